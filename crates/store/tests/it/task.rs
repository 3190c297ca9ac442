use domain::Page;
use domain::task::{
    Due, Evidence, EvidenceSource, NewTask, Priority, Status, Task, TaskFilter, TaskOrder,
    TaskPatch,
};
use serde_json::json;
use store::StoreError;

use crate::db::{Db, at, on_both};

/// A task with every field filled.
pub(crate) fn full() -> NewTask {
    NewTask {
        description: Some("Two of them, \u{1f6d2} and “oak”".to_owned()),
        category: "planning".to_owned(),
        area: Some("work".to_owned()),
        priority: Priority::Urgent,
        user_id: Some("u1".to_owned()),
        assignee: Some("Ann".to_owned()),
        due: Some(Due::Moment(at("2026-03-13T17:00:00.123456Z"))),
        recurrence: Some("FREQ=WEEKLY".to_owned()),
        tags: vec!["office".to_owned(), "a,b\"c".to_owned()],
        metadata: json!({"z": 1, "a": {"nul": "\u{0}"}})
            .as_object()
            .unwrap()
            .clone(),
        evidence: Some(Evidence {
            source: EvidenceSource::Message,
            source_id: Some("7".to_owned()),
            start: 3,
            end: 15,
            quote: "order chairs".to_owned(),
            second: Some(1.5),
        }),
        ..NewTask::new("Order chairs")
    }
}

pub(crate) fn owned(summary: &str, owner: &str) -> NewTask {
    NewTask {
        user_id: Some(owner.to_owned()),
        ..NewTask::new(summary)
    }
}

pub(crate) fn ids(tasks: &[Task]) -> Vec<i64> {
    tasks.iter().map(|task| task.id).collect()
}

on_both! {
    // Contract 002-B1: what is stored is answered, and found again.
    async fn a_task_is_kept_as_it_is(db: &Db) {
        let new = full();
        let made = db.store.create_task(new.clone()).await.unwrap();
        assert_eq!(made.id, 1);
        assert_eq!((&*made.summary, made.priority, made.status),
            ("Order chairs", Priority::Urgent, Status::Pending));
        assert_eq!((&made.description, &made.area, &made.assignee, &made.user_id),
            (&new.description, &new.area, &new.assignee, &new.user_id));
        assert_eq!((&made.due, &made.recurrence, &made.tags), (&new.due, &new.recurrence, &new.tags));
        assert_eq!((&made.metadata, &made.evidence), (&new.metadata, &new.evidence));
        assert_eq!(made.metadata.keys().collect::<Vec<_>>(), ["z", "a"]);
        assert_eq!((made.created_at, made.updated_at), (db.now(), db.now()));
        assert_eq!((made.completed_at, made.deleted_at), (None, None));
        assert_eq!(db.store.task(1, None).await.unwrap(), made);
    }

    async fn tasks_are_found_by_the_message_that_they_come_from(db: &Db) {
        let from = |source, id: &str, owner: &str| {
            let evidence = full().evidence.map(|evidence| Evidence {
                source,
                source_id: Some(id.to_owned()),
                ..evidence
            });
            NewTask { evidence, ..owned("x", owner) }
        };
        for new in [
            from(EvidenceSource::Message, "7", "u1"),
            from(EvidenceSource::Answer, "7", "u1"),
            from(EvidenceSource::File, "7", "u1"),
            from(EvidenceSource::Message, "8", "u2"),
            from(EvidenceSource::Message, "9", "u1"),
            from(EvidenceSource::Message, "no number", "u1"),
            owned("x", "u1"),
            from(EvidenceSource::Message, "7", "u1"),
        ] {
            db.store.create_task(new).await.unwrap();
        }
        db.store.delete_task(8, None).await.unwrap();
        let found = async |messages: &[i64], owner| {
            ids(&db.store.tasks_of_messages(messages, owner).await.unwrap())
        };
        assert_eq!(found(&[7, 8], None).await, [1, 2, 4]);
        assert_eq!(found(&[8, 7], Some("u1")).await, [1, 2]);
        assert!(found(&[], None).await.is_empty());
        db.store.restore_task(8, None).await.unwrap();
        assert_eq!(found(&[7], None).await, [1, 2, 8]);
    }

    async fn a_day_stays_a_day(db: &Db) {
        for day in ["2026-03-13", "0001-01-01", "9999-12-30", "9999-12-31", "-000044-03-15"] {
            let due = Some(Due::Day(day.parse().unwrap()));
            let made = db.store.create_task(NewTask { due, ..NewTask::new("x") }).await.unwrap();
            assert_eq!(made.due, due);
        }
    }

    async fn ids_count_up_and_are_never_used_again(db: &Db) {
        for number in 1..=3 {
            assert_eq!(db.store.create_task(NewTask::new("x")).await.unwrap().id, number);
        }
        db.store.delete_task(3, None).await.unwrap();
        assert!(db.store.create_task(NewTask::new("x")).await.unwrap().id > 3);
    }

    async fn completed_at_follows_the_status(db: &Db) {
        let done = NewTask { status: Status::Completed, ..NewTask::new("x") };
        let made = db.store.create_task(done).await.unwrap();
        assert_eq!(made.completed_at, Some(db.now()));
        let first = db.now();
        let set = async |status| {
            db.wait(60);
            let patch = TaskPatch { status: Some(status), ..TaskPatch::default() };
            db.store.update_task(1, None, patch).await.unwrap()
        };
        let still = set(Status::Completed).await;
        assert_eq!((still.completed_at, still.updated_at), (Some(first), db.now()));
        assert_eq!(set(Status::InProgress).await.completed_at, None);
        assert_eq!(set(Status::Completed).await.completed_at, Some(db.now()));
        assert_eq!(set(Status::Cancelled).await.completed_at, None);
    }

    async fn a_change_touches_only_what_it_names(db: &Db) {
        let made = db.store.create_task(full()).await.unwrap();
        db.wait(60);
        let nothing = db.store.update_task(1, None, TaskPatch::default()).await.unwrap();
        assert_eq!(nothing, made);
        let patch = TaskPatch {
            summary: Some("Order desks".to_owned()),
            description: Some(None),
            due: Some(Some(Due::Day("2026-04-01".parse().unwrap()))),
            tags: Some(Vec::new()),
            ..TaskPatch::default()
        };
        let changed = db.store.update_task(1, Some("u1"), patch).await.unwrap();
        let expected = Task {
            summary: "Order desks".to_owned(),
            description: None,
            due: Some(Due::Day("2026-04-01".parse().unwrap())),
            tags: Vec::new(),
            updated_at: db.now(),
            ..made
        };
        assert_eq!(changed, expected);
        assert_eq!(db.store.task(1, None).await.unwrap(), expected);
    }

    async fn a_deleted_task_is_gone_until_it_is_restored(db: &Db) {
        let made = db.store.create_task(full()).await.unwrap();
        db.wait(60);
        db.store.delete_task(1, None).await.unwrap();
        assert!(matches!(db.store.task(1, None).await, Err(StoreError::NotFound)));
        assert!(matches!(db.store.delete_task(1, None).await, Err(StoreError::NotFound)));
        let patch = TaskPatch { summary: Some("y".to_owned()), ..TaskPatch::default() };
        assert!(matches!(db.store.update_task(1, None, patch).await, Err(StoreError::NotFound)));
        assert!(!db.store.set_suggestion(1, "hm").await.unwrap());
        assert_eq!(db.store.count_tasks(&TaskFilter::default()).await.unwrap(), 0);
        assert_eq!(db.store.health().await.unwrap().tasks_count, 0);

        let restored = db.store.restore_task(1, Some("u1")).await.unwrap();
        assert_eq!(restored, Task { updated_at: db.now(), ..made });
        db.wait(60);
        assert_eq!(db.store.restore_task(1, None).await.unwrap(), restored);
        assert!(matches!(db.store.restore_task(2, None).await, Err(StoreError::NotFound)));
    }

    // Contract D8.21.
    async fn people_see_and_touch_only_their_own(db: &Db) {
        db.store.create_task(owned("a", "u1")).await.unwrap();
        db.store.create_task(owned("b", "u2")).await.unwrap();
        db.store.create_task(NewTask::new("c")).await.unwrap();
        let (me, other) = (Some("u1"), 2);
        let not_found = |result: Result<(), StoreError>| {
            assert!(matches!(result, Err(StoreError::NotFound)), "{result:?}");
        };
        not_found(db.store.task(other, me).await.map(drop));
        let patch = TaskPatch { summary: Some("y".to_owned()), ..TaskPatch::default() };
        not_found(db.store.update_task(other, me, patch).await.map(drop));
        not_found(db.store.delete_task(other, me).await);
        not_found(db.store.restore_task(other, me).await.map(drop));
        not_found(db.store.delete_task(3, me).await);
        assert_eq!(db.store.task_summary(me).await.unwrap().total, 1);
        assert_eq!(db.store.clear_tasks(me).await.unwrap(), 1);
        assert_eq!(db.store.clear_tasks(me).await.unwrap(), 0);
        assert_eq!(db.store.clear_tasks(None).await.unwrap(), 2);
        assert_eq!(db.store.restore_task(1, me).await.unwrap().id, 1);
    }

    async fn every_filter_holds(db: &Db) {
        let filters = [
            TaskFilter { user_id: Some("u1".to_owned()), ..TaskFilter::default() },
            TaskFilter { priority: Some(Priority::Urgent), ..TaskFilter::default() },
            TaskFilter { category: Some("planning".to_owned()), ..TaskFilter::default() },
            TaskFilter { area: Some("work".to_owned()), ..TaskFilter::default() },
            TaskFilter { assignee: Some("Ann".to_owned()), ..TaskFilter::default() },
            TaskFilter { due_from: Some(at("2026-03-13T17:00:00Z")), ..TaskFilter::default() },
            TaskFilter { due_to: Some(at("2026-03-13T17:00:01Z")), ..TaskFilter::default() },
            TaskFilter { status: Some(Status::Pending), ..TaskFilter::default() },
        ];
        db.store.create_task(full()).await.unwrap();
        db.store.create_task(NewTask { status: Status::Cancelled, ..NewTask::new("x") }).await.unwrap();
        for filter in filters {
            let found = db.store.tasks(&filter, TaskOrder::NewestFirst, Page::ALL).await.unwrap();
            assert_eq!(ids(&found), [1], "{filter:?}");
            assert_eq!(db.store.count_tasks(&filter).await.unwrap(), 1);
        }
    }

    async fn pages_by_key_neither_skip_nor_repeat(db: &Db) {
        for _ in 0..7 {
            db.store.create_task(NewTask::new("x")).await.unwrap();
        }
        let all = TaskFilter::default();
        let after = async |order, after| {
            ids(&db.store.tasks_after(&all, order, after, 3).await.unwrap())
        };
        assert_eq!(after(TaskOrder::NewestFirst, None).await, [7, 6, 5]);
        db.store.delete_task(6, None).await.unwrap();
        db.store.create_task(NewTask::new("new")).await.unwrap();
        assert_eq!(after(TaskOrder::NewestFirst, Some(5)).await, [4, 3, 2]);
        assert_eq!(after(TaskOrder::NewestFirst, Some(2)).await, [1]);
        assert_eq!(after(TaskOrder::OldestFirst, None).await, [1, 2, 3]);
        assert_eq!(after(TaskOrder::OldestFirst, Some(5)).await, [7, 8]);
        let page = Page { limit: 2, offset: 1 };
        let tasks = db.store.tasks(&all, TaskOrder::OldestFirst, page).await.unwrap();
        assert_eq!(ids(&tasks), [2, 3]);
        let far = Page { limit: 2, offset: u64::MAX };
        assert!(db.store.tasks(&all, TaskOrder::OldestFirst, far).await.unwrap().is_empty());
    }

    // Contract 000-E9, 000-A8.
    async fn the_summary_counts_as_the_tasks_do(db: &Db) {
        let day = |text: &str| Some(Due::Day(text.parse().unwrap()));
        let moment = |text: &str| Some(Due::Moment(at(text)));
        for (due, status) in [
            (day("2026-03-09"), Status::Pending),
            (day("2026-03-09"), Status::Completed),
            (day("2026-03-09"), Status::Cancelled),
            (day("2026-03-10"), Status::InProgress),
            (moment("2026-03-10T11:59:59Z"), Status::InProgress),
            (moment("2026-03-10T12:00:00Z"), Status::Pending),
            (None, Status::Pending),
        ] {
            db.store.create_task(NewTask { due, status, ..NewTask::new("x") }).await.unwrap();
        }
        db.store.create_task(full()).await.unwrap();
        let summary = db.store.task_summary(None).await.unwrap();
        let tasks = db.store.tasks(&TaskFilter::default(), TaskOrder::OldestFirst, Page::ALL).await;
        let overdue = tasks.unwrap().iter().filter(|task| task.is_overdue(db.now())).count();
        assert_eq!((summary.total, summary.overdue), (8, i64::try_from(overdue).unwrap()));
        assert_eq!(overdue, 2);
        assert_eq!(summary.by_status, [(Status::Pending, 4), (Status::InProgress, 2),
            (Status::Completed, 1), (Status::Cancelled, 1)]);
        assert_eq!(summary.by_priority, [(Priority::Medium, 7), (Priority::Urgent, 1)]);
    }

    async fn a_suggestion_is_kept(db: &Db) {
        db.store.create_task(NewTask::new("x")).await.unwrap();
        db.wait(1);
        assert!(db.store.set_suggestion(1, "Split it").await.unwrap());
        let task = db.store.task(1, None).await.unwrap();
        assert_eq!((task.ai_suggestion.as_deref(), task.updated_at), (Some("Split it"), db.now()));
        assert!(!db.store.set_suggestion(2, "x").await.unwrap());
    }
}
