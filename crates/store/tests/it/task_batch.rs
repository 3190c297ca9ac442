use domain::task::{NewTask, Status, TaskBatch, TaskFilter, TaskPatch};
use store::StoreError;

use crate::db::{Db, on_both};
use crate::task::{ids, owned};

fn complete() -> TaskBatch {
    TaskBatch::Set(Box::new(TaskPatch {
        status: Some(Status::Completed),
        ..TaskPatch::default()
    }))
}

async fn five(db: &Db) {
    for owner in ["u1", "u1", "u2", "u1", "u1"] {
        db.store.create_task(owned("x", owner)).await.unwrap();
    }
}

async fn completed(db: &Db) -> i64 {
    let filter = TaskFilter {
        status: Some(Status::Completed),
        ..TaskFilter::default()
    };
    db.store.count_tasks(&filter).await.unwrap()
}

on_both! {
    async fn the_same_is_done_to_each_in_the_order_given(db: &Db) {
        five(db).await;
        let tasks = db.store.batch_tasks(&[4, 1, 4], Some("u1"), complete()).await.unwrap();
        assert_eq!(ids(&tasks), [4, 1]);
        assert!(tasks.iter().all(|task| task.completed_at == Some(db.now())));
        let gone = db.store.batch_tasks(&[5, 2], None, TaskBatch::Delete).await.unwrap();
        assert_eq!(ids(&gone), [5, 2]);
        assert!(gone.iter().all(|task| task.deleted_at == Some(db.now())));
        assert_eq!(db.store.count_tasks(&TaskFilter::default()).await.unwrap(), 3);
        let back = db.store.batch_tasks(&[2, 5, 1], Some("u1"), TaskBatch::Restore).await.unwrap();
        assert_eq!(ids(&back), [2, 5, 1]);
        assert_eq!(db.store.count_tasks(&TaskFilter::default()).await.unwrap(), 5);
        assert!(db.store.batch_tasks(&[], None, TaskBatch::Delete).await.unwrap().is_empty());
    }

    // Contract D8.28: all or nothing.
    async fn nothing_is_done_if_one_is_not_there(db: &Db) {
        five(db).await;
        db.store.delete_task(5, None).await.unwrap();
        let missing = |result| match result {
            Err(StoreError::TasksNotFound(ids)) => ids,
            other => panic!("{other:?}"),
        };
        let ids = [1, 3, 99, 5, 2];
        assert_eq!(missing(db.store.batch_tasks(&ids, Some("u1"), complete()).await), [3, 99, 5]);
        assert_eq!(missing(db.store.batch_tasks(&ids, None, TaskBatch::Delete).await), [99, 5]);
        assert_eq!(missing(db.store.batch_tasks(&ids, None, TaskBatch::Restore).await), [99]);
        assert_eq!(completed(db).await, 0);
        assert_eq!(db.store.count_tasks(&TaskFilter::default()).await.unwrap(), 4);
    }

    async fn nothing_is_done_if_it_cannot_be_done_to_one(db: &Db) {
        db.store.create_task(NewTask::new("x")).await.unwrap();
        db.store.create_task(NewTask::new("x")).await.unwrap();
        let patch = TaskPatch {
            status: Some(Status::Completed),
            depends_on: Some(vec![2]),
            ..TaskPatch::default()
        };
        let result = db.store.batch_tasks(&[1, 2], None, TaskBatch::Set(Box::new(patch))).await;
        assert!(matches!(result, Err(StoreError::Invalid(_))));
        assert_eq!(completed(db).await, 0);
        assert!(db.store.task(1, None).await.unwrap().depends_on.is_empty());
    }

    async fn a_thousand_at_once(db: &Db) {
        let new = (0..1000).map(|_| NewTask::new("x")).collect();
        let made = ids(&db.store.create_tasks(new, &[], &[]).await.unwrap());
        assert_eq!(db.store.batch_tasks(&made, None, complete()).await.unwrap().len(), 1000);
        assert_eq!(completed(db).await, 1000);
        assert_eq!(db.store.batch_tasks(&made, None, TaskBatch::Delete).await.unwrap().len(), 1000);
    }
}
