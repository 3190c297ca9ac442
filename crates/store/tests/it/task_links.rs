use domain::Page;
use domain::task::{NewTask, TaskFilter, TaskOrder, TaskPatch};
use store::StoreError;

use crate::db::{Db, on_both};
use crate::task::{ids, owned};

fn after(depends_on: &[i64]) -> NewTask {
    NewTask {
        depends_on: depends_on.to_vec(),
        ..NewTask::new("x")
    }
}

fn patch(depends_on: &[i64]) -> TaskPatch {
    TaskPatch {
        depends_on: Some(depends_on.to_vec()),
        ..TaskPatch::default()
    }
}

fn refused<T: std::fmt::Debug>(result: &Result<T, StoreError>) {
    assert!(matches!(result, Err(StoreError::Invalid(_))), "{result:?}");
}

on_both! {
    async fn dependencies_are_kept_once_and_in_order(db: &Db) {
        for _ in 0..3 {
            db.store.create_task(NewTask::new("x")).await.unwrap();
        }
        let made = db.store.create_task(after(&[3, 1, 3])).await.unwrap();
        assert_eq!(made.depends_on, [1, 3]);
        assert_eq!(db.store.task(4, None).await.unwrap(), made);
        let changed = db.store.update_task(4, None, patch(&[2])).await.unwrap();
        assert_eq!(changed.depends_on, [2]);
        assert!(db.store.update_task(4, None, patch(&[])).await.unwrap().depends_on.is_empty());
    }

    async fn nothing_waits_for_itself(db: &Db) {
        db.store.create_task(NewTask::new("x")).await.unwrap();
        db.store.create_task(after(&[1])).await.unwrap();
        db.store.create_task(after(&[2])).await.unwrap();
        refused(&db.store.update_task(1, None, patch(&[1])).await);
        refused(&db.store.update_task(1, None, patch(&[2])).await);
        refused(&db.store.update_task(1, None, patch(&[3])).await);
        assert!(db.store.task(1, None).await.unwrap().depends_on.is_empty());
        // Without what closed the circle it is allowed.
        db.store.update_task(2, None, patch(&[])).await.unwrap();
        db.store.update_task(1, None, patch(&[3])).await.unwrap();
        refused(&db.store.update_task(2, None, patch(&[1])).await);
    }

    async fn references_must_be_there_and_ones_own(db: &Db) {
        db.store.create_task(owned("a", "u1")).await.unwrap();
        refused(&db.store.create_task(after(&[9])).await);
        let foreign = NewTask { depends_on: vec![1], ..owned("b", "u2") };
        refused(&db.store.create_task(foreign).await);
        let part = NewTask { parent_id: Some(1), ..owned("b", "u2") };
        refused(&db.store.create_task(part).await);
        let mine = NewTask { parent_id: Some(1), depends_on: vec![1], ..owned("c", "u1") };
        let mine = db.store.create_task(mine).await.unwrap();
        assert_eq!((mine.parent_id, mine.depends_on), (Some(1), vec![1]));
        let all = db.store.tasks(&TaskFilter::default(), TaskOrder::OldestFirst, Page::ALL).await;
        assert_eq!(all.unwrap().len(), 2);
    }

    async fn a_deleted_task_is_waited_for_only_once_it_is_back(db: &Db) {
        db.store.create_task(NewTask::new("x")).await.unwrap();
        db.store.create_task(after(&[1])).await.unwrap();
        db.store.delete_task(1, None).await.unwrap();
        assert!(db.store.task(2, None).await.unwrap().depends_on.is_empty());
        refused(&db.store.create_task(after(&[1])).await);
        db.store.restore_task(1, None).await.unwrap();
        assert_eq!(db.store.task(2, None).await.unwrap().depends_on, [1]);
    }

    async fn tasks_that_belong_together_are_written_together(db: &Db) {
        db.store.create_task(NewTask::new("before")).await.unwrap();
        let new = vec![NewTask::new("a"), after(&[1]), NewTask::new("c")];
        let tasks = db.store.create_tasks(new, &[(0, 1), (2, 0), (2, 0)], &[(1, 2)]).await.unwrap();
        let [a, b, c] = &tasks[..] else { panic!("{tasks:?}") };
        assert_eq!([&*a.summary, &*b.summary, &*c.summary], ["a", "x", "c"]);
        assert_eq!(a.depends_on, [b.id]);
        assert_eq!(b.depends_on, [1]);
        assert_eq!(c.depends_on, [a.id]);
        assert_eq!((a.parent_id, b.parent_id, c.parent_id), (None, Some(c.id), None));
        for task in &tasks {
            assert_eq!(db.store.task(task.id, None).await.unwrap(), *task);
        }
    }

    async fn tasks_that_cannot_be_linked_are_not_written(db: &Db) {
        let new = || vec![NewTask::new("a"), NewTask::new("b")];
        refused(&db.store.create_tasks(new(), &[(0, 1), (1, 0)], &[]).await);
        refused(&db.store.create_tasks(new(), &[(0, 2)], &[]).await);
        refused(&db.store.create_tasks(new(), &[], &[(0, 0)]).await);
        refused(&db.store.create_tasks(vec![NewTask::new("a"), after(&[99])], &[], &[]).await);
        let all = db.store.tasks(&TaskFilter::default(), TaskOrder::OldestFirst, Page::ALL).await;
        assert!(ids(&all.unwrap()).is_empty());
        assert!(db.store.create_tasks(Vec::new(), &[], &[]).await.unwrap().is_empty());
    }
}
