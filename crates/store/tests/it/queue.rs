use domain::Page;
use domain::job::{Job, JobState, NewJob};
use jiff::SignedDuration;
use serde_json::json;
use store::StoreError;

use crate::db::{Db, on_both};

const LEASE: SignedDuration = SignedDuration::from_secs(30);

pub(crate) fn job(kind: &str) -> NewJob {
    NewJob {
        kind: kind.to_owned(),
        payload: json!({"task": 1}),
        run_at: None,
        max_attempts: 3,
        dedupe: None,
    }
}

fn keyed(key: &str) -> NewJob {
    NewJob {
        dedupe: Some(key.to_owned()),
        ..job("suggest")
    }
}

fn ids(jobs: &[Job]) -> Vec<i64> {
    jobs.iter().map(|job| job.id).collect()
}

async fn claim(db: &Db, worker: &str) -> Vec<Job> {
    db.store
        .claim(worker, &["suggest", "file"], LEASE, 10)
        .await
        .unwrap()
}

async fn state(db: &Db, id: i64) -> JobState {
    db.store.job(id).await.unwrap().state
}

on_both! {
    async fn a_job_is_claimed_by_one_worker_and_finished(db: &Db) {
        let made = db.store.enqueue(job("suggest")).await.unwrap().unwrap();
        assert_eq!((made.state, made.attempts, made.run_at), (JobState::Ready, 0, db.now()));
        let claimed = claim(db, "w1").await;
        let expected = Job {
            state: JobState::Running,
            attempts: 1,
            worker: Some("w1".to_owned()),
            lease_until: Some(db.now() + LEASE),
            ..made
        };
        assert_eq!(claimed, [expected]);
        assert!(claim(db, "w2").await.is_empty());
        assert!(db.store.finish(1, "w1", Some(json!({"ok": true}))).await.unwrap());
        let done = db.store.job(1).await.unwrap();
        assert_eq!((done.state, done.result), (JobState::Done, Some(json!({"ok": true}))));
        assert!(!db.store.finish(1, "w1", None).await.unwrap());
        assert!(matches!(db.store.job(2).await, Err(StoreError::NotFound)));
    }

    async fn jobs_are_claimed_by_kind_when_due_the_longest_due_first(db: &Db) {
        let in_a_minute = Some(db.now() + SignedDuration::from_secs(60));
        db.store.enqueue(NewJob { run_at: in_a_minute, ..job("suggest") }).await.unwrap();
        db.store.enqueue(job("other")).await.unwrap();
        db.wait(1);
        db.store.enqueue(job("suggest")).await.unwrap();
        let earlier = Some(db.now() - SignedDuration::from_secs(5));
        db.store.enqueue(NewJob { run_at: earlier, ..job("file") }).await.unwrap();
        assert_eq!(ids(&db.store.claim("w", &["suggest", "file"], LEASE, 1).await.unwrap()), [4]);
        assert_eq!(ids(&claim(db, "w").await), [3]);
        assert!(db.store.claim("w", &[], LEASE, 10).await.unwrap().is_empty());
        db.wait(59);
        assert_eq!(ids(&claim(db, "w").await), [4, 3, 1]);
    }

    async fn a_job_whose_worker_is_silent_is_claimed_by_another(db: &Db) {
        db.store.enqueue(job("suggest")).await.unwrap();
        claim(db, "w1").await;
        db.wait(20);
        assert!(db.store.renew(1, "w1", LEASE).await.unwrap());
        db.wait(29);
        assert!(claim(db, "w2").await.is_empty());
        db.wait(1);
        let claimed = claim(db, "w2").await;
        assert_eq!((claimed[0].attempts, claimed[0].worker.as_deref()), (2, Some("w2")));
        assert_eq!(claimed[0].last_error.as_deref(), Some("worker w1 was silent"));
        // The first one comes back, too late for everything.
        assert!(!db.store.renew(1, "w1", LEASE).await.unwrap());
        assert!(!db.store.finish(1, "w1", None).await.unwrap());
        assert!(!db.store.fail(1, "w1", "x", None).await.unwrap());
        assert_eq!(state(db, 1).await, JobState::Running);
        assert!(db.store.finish(1, "w2", None).await.unwrap());
    }

    async fn a_job_that_silences_its_workers_is_given_up(db: &Db) {
        db.store.enqueue(job("suggest")).await.unwrap();
        for attempt in 1..=3 {
            assert_eq!(claim(db, "w").await[0].attempts, attempt);
            db.wait(31);
        }
        assert!(claim(db, "w").await.is_empty());
        let dead = db.store.job(1).await.unwrap();
        assert_eq!((dead.state, dead.attempts, dead.lease_until), (JobState::Dead, 3, None));
    }

    async fn a_failed_job_waits_and_dies_after_its_last_attempt(db: &Db) {
        db.store.enqueue(job("suggest")).await.unwrap();
        for attempt in 1..=3 {
            assert_eq!(claim(db, "w").await.len(), 1, "attempt {attempt}");
            let later = db.now() + SignedDuration::from_secs(10);
            assert!(db.store.fail(1, "w", "no model", Some(later)).await.unwrap());
            assert!(claim(db, "w").await.is_empty());
            db.wait(10);
        }
        let dead = db.store.job(1).await.unwrap();
        assert_eq!((dead.state, dead.last_error.as_deref()), (JobState::Dead, Some("no model")));

        db.store.enqueue(job("suggest")).await.unwrap();
        claim(db, "w").await;
        assert!(db.store.fail(2, "w", "hopeless", None).await.unwrap());
        assert_eq!(state(db, 2).await, JobState::Dead);
    }

    async fn a_dead_job_is_tried_again_by_hand(db: &Db) {
        db.store.enqueue(keyed("t1")).await.unwrap();
        claim(db, "w").await;
        assert!(matches!(db.store.retry_job(1).await, Err(StoreError::Conflict(_))));
        db.store.fail(1, "w", "x", None).await.unwrap();
        let ready = db.store.retry_job(1).await.unwrap();
        assert_eq!((ready.state, ready.attempts, ready.run_at), (JobState::Ready, 0, db.now()));
        claim(db, "w").await;
        db.store.fail(1, "w", "x", None).await.unwrap();
        // Meanwhile somebody asked for the same.
        db.store.enqueue(keyed("t1")).await.unwrap().unwrap();
        assert!(matches!(db.store.retry_job(1).await, Err(StoreError::Conflict(_))));
        assert!(matches!(db.store.retry_job(99).await, Err(StoreError::NotFound)));
    }

    async fn two_unfinished_jobs_with_one_key_are_one(db: &Db) {
        assert!(db.store.enqueue(keyed("t1")).await.unwrap().is_some());
        assert_eq!(db.store.enqueue(keyed("t1")).await.unwrap(), None);
        assert!(db.store.enqueue(keyed("t2")).await.unwrap().is_some());
        let claimed = claim(db, "w").await;
        assert_eq!(db.store.enqueue(keyed("t1")).await.unwrap(), None);
        for job in claimed {
            db.store.finish(job.id, "w", None).await.unwrap();
        }
        assert!(db.store.enqueue(keyed("t1")).await.unwrap().is_some());
        assert!(db.store.enqueue(job("suggest")).await.unwrap().is_some());
        assert!(db.store.enqueue(job("suggest")).await.unwrap().is_some());
    }

    async fn a_job_can_be_written_as_begun_and_tells_how_far_it_is(db: &Db) {
        let held = db.store.enqueue_held(keyed("t1"), "w1", LEASE).await.unwrap().unwrap();
        assert_eq!((held.state, held.attempts), (JobState::Running, 1));
        assert_eq!(held.lease_until, Some(db.now() + LEASE));
        assert_eq!(db.store.enqueue_held(keyed("t1"), "w2", LEASE).await.unwrap(), None);
        assert!(claim(db, "w2").await.is_empty());
        let half = json!({"progress": 0.5});
        assert!(!db.store.note_progress(1, "w2", half.clone()).await.unwrap());
        assert!(db.store.note_progress(1, "w1", half.clone()).await.unwrap());
        assert_eq!(db.store.job(1).await.unwrap().result, Some(half));
        // Its worker died: another does it, once.
        db.wait(31);
        let again = claim(db, "w2").await;
        assert_eq!((ids(&again), again[0].attempts), (vec![1], 2));
        assert!(!db.store.note_progress(1, "w1", json!({})).await.unwrap());
        db.store.fail(1, "w2", "x", None).await.unwrap();
        assert_eq!(db.store.job(1).await.unwrap().result, None);
        let newer = db.store.enqueue(keyed("t1")).await.unwrap();
        assert_eq!(db.store.job_of("t1").await.unwrap(), newer);
        assert_eq!(db.store.job_of("t2").await.unwrap(), None);
    }

    async fn a_worker_that_stops_gives_back_what_it_holds(db: &Db) {
        db.store.enqueue(job("suggest")).await.unwrap();
        db.store.enqueue(job("suggest")).await.unwrap();
        claim(db, "w1").await;
        db.store.finish(1, "w1", None).await.unwrap();
        assert_eq!(db.store.release("w2").await.unwrap(), 0);
        assert_eq!(db.store.release("w1").await.unwrap(), 1);
        let again = claim(db, "w2").await;
        assert_eq!((ids(&again), again[0].attempts), (vec![2], 1));
    }

    async fn jobs_are_listed_counted_and_swept(db: &Db) {
        for kind in ["suggest", "file", "suggest"] {
            db.store.enqueue(job(kind)).await.unwrap();
        }
        db.store.claim("w", &["file"], LEASE, 1).await.unwrap();
        db.store.finish(2, "w", None).await.unwrap();
        let list = async |state, kind| ids(&db.store.jobs(state, kind, Page::ALL).await.unwrap());
        assert_eq!(list(None, None).await, [3, 2, 1]);
        assert_eq!(list(Some(JobState::Ready), None).await, [3, 1]);
        assert_eq!(list(None, Some("file")).await, [2]);
        let depth = db.store.queue_depth().await.unwrap();
        assert_eq!(depth, [("file".to_owned(), JobState::Done, 1),
            ("suggest".to_owned(), JobState::Ready, 2)]);
        assert_eq!(db.store.sweep_jobs(db.now(), 10).await.unwrap(), 0);
        db.wait(1);
        assert_eq!(db.store.sweep_jobs(db.now(), 10).await.unwrap(), 1);
        assert_eq!(list(None, None).await, [3, 1]);
    }
}
