//! Several at once.

use std::collections::BTreeMap;

use domain::job::{Job, JobState, NewJob};
use domain::task::{NewTask, TaskFilter, TaskPatch};
use jiff::SignedDuration;
use store::{Store, StoreError};

use crate::db::{Db, id, on_both};
use crate::queue::job;

const LEASE: SignedDuration = SignedDuration::from_secs(30);

/// Claims and finishes until nothing is left; tells what it did.
async fn work(store: Store, worker: &'static str) -> Vec<i64> {
    let mut done = Vec::new();
    loop {
        let jobs = store.claim(worker, &["suggest"], LEASE, 7).await.unwrap();
        if jobs.is_empty() {
            return done;
        }
        for job in jobs {
            assert!(store.finish(job.id, worker, None).await.unwrap());
            done.push(job.id);
        }
    }
}

// On SQLite the second worker waits, as there is one writer.
#[tokio::test]
async fn a_worker_passes_over_what_another_is_claiming() {
    let db = Db::postgres().await;
    for _ in 0..6 {
        db.store.enqueue(job("suggest")).await.unwrap();
    }
    let mut transaction = db.store.begin().await.unwrap();
    let first = transaction
        .claim("w1", &["suggest"], LEASE, 3)
        .await
        .unwrap();
    let second = db.store.claim("w2", &["suggest"], LEASE, 6).await.unwrap();
    transaction.commit().await.unwrap();
    let ids = |jobs: &[Job]| jobs.iter().map(|job| job.id).collect::<Vec<_>>();
    assert_eq!((ids(&first), ids(&second)), (vec![1, 2, 3], vec![4, 5, 6]));
    db.end().await;
}

on_both! {
    async fn two_workers_do_every_job_once(db: &Db) {
        let mut transaction = db.store.begin().await.unwrap();
        for _ in 0..500 {
            transaction.enqueue(job("suggest")).await.unwrap();
        }
        transaction.commit().await.unwrap();
        let other = db.again().await;
        let first = tokio::spawn(work(db.store.clone(), "w1"));
        let second = tokio::spawn(work(other.clone(), "w2"));
        let mut times: BTreeMap<i64, u32> = BTreeMap::new();
        for id in first.await.unwrap().into_iter().chain(second.await.unwrap()) {
            *times.entry(id).or_default() += 1;
        }
        // A worker may stop early while the other holds the last rows; nothing is left for good.
        assert_eq!(times.len(), 500);
        assert!(times.values().all(|times| *times == 1));
        let depth = db.store.queue_depth().await.unwrap();
        assert_eq!(depth, [("suggest".to_owned(), JobState::Done, 500)]);
        other.close().await;
    }

    async fn one_address_is_given_to_one_of_many(db: &Db) {
        let tries: Vec<_> = (1..=8)
            .map(|number| {
                let store = db.store.clone();
                tokio::spawn(async move { store.create_user(id(number), "a@x.y").await })
            })
            .collect();
        let mut made = 0;
        for attempt in tries {
            match attempt.await.unwrap() {
                Ok(_) => made += 1,
                Err(StoreError::Conflict(_)) => {}
                Err(other) => panic!("{other:?}"),
            }
        }
        assert_eq!(made, 1);
    }

    async fn one_job_is_made_of_many_with_one_key(db: &Db) {
        let tries: Vec<_> = (0..8)
            .map(|_| {
                let store = db.store.clone();
                let new = NewJob { dedupe: Some("k".to_owned()), ..job("suggest") };
                tokio::spawn(async move { store.enqueue(new).await.unwrap() })
            })
            .collect();
        let mut made = 0;
        for attempt in tries {
            made += usize::from(attempt.await.unwrap().is_some());
        }
        assert_eq!(made, 1);
    }

    async fn no_change_of_a_task_is_lost(db: &Db) {
        db.store.create_task(NewTask::new("x")).await.unwrap();
        let change = |patch: TaskPatch| {
            let store = db.store.clone();
            tokio::spawn(async move { store.update_task(1, None, patch).await.unwrap() })
        };
        for round in 0..10 {
            let text = |name: &str| Some(format!("{name} {round}"));
            let changes = [
                change(TaskPatch { summary: text("summary"), ..TaskPatch::default() }),
                change(TaskPatch { category: text("category"), ..TaskPatch::default() }),
                change(TaskPatch { area: Some(text("area")), ..TaskPatch::default() }),
                change(TaskPatch { assignee: Some(text("assignee")), ..TaskPatch::default() }),
            ];
            for one in changes {
                one.await.unwrap();
            }
            let task = db.store.task(1, None).await.unwrap();
            let all = [Some(task.summary), Some(task.category), task.area, task.assignee];
            assert!(all.iter().flatten().all(|text| text.ends_with(&format!(" {round}"))), "{all:?}");
        }
    }

    async fn two_changes_cannot_close_a_circle_together(db: &Db) {
        for round in 0..10 {
            let new = vec![NewTask::new("a"), NewTask::new("b")];
            let pair = db.store.create_tasks(new, &[], &[]).await.unwrap();
            let (a, b) = (pair[0].id, pair[1].id);
            let after = |task, on| {
                let store = db.store.clone();
                let patch = TaskPatch { depends_on: Some(vec![on]), ..TaskPatch::default() };
                tokio::spawn(async move { store.update_task(task, None, patch).await })
            };
            let (first, second) = (after(a, b), after(b, a));
            let results = [first.await.unwrap(), second.await.unwrap()];
            let made = results.iter().filter(|result| result.is_ok()).count();
            let refused = |result: &&_| matches!(result, Err(StoreError::Invalid(_)));
            let refused = results.iter().filter(refused).count();
            assert_eq!((made, refused), (1, 1), "round {round}: {results:?}");
        }
    }

    async fn tasks_written_at_once_are_all_there(db: &Db) {
        let writers: Vec<_> = (0..4)
            .map(|_| {
                let store = db.store.clone();
                tokio::spawn(async move {
                    for _ in 0..25 {
                        store.create_task(NewTask::new("x")).await.unwrap();
                        store.count_tasks(&TaskFilter::default()).await.unwrap();
                    }
                })
            })
            .collect();
        for writer in writers {
            writer.await.unwrap();
        }
        assert_eq!(db.store.count_tasks(&TaskFilter::default()).await.unwrap(), 100);
    }
}
