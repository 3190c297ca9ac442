use domain::task::{NewTask, TaskFilter, TaskPatch};
use domain::user::UserOrder;
use domain::{Direction, Page};
use store::StoreError;

use crate::db::{Db, id, on_both};
use crate::message::{answer, said};
use crate::queue::job;

async fn count(db: &Db) -> i64 {
    db.store.count_tasks(&TaskFilter::default()).await.unwrap()
}

on_both! {
    async fn what_belongs_together_happens_together(db: &Db) {
        let message = db.store.add_message(said("x", None, None)).await.unwrap();
        let mut transaction = db.store.begin().await.unwrap();
        let task = transaction.create_task(NewTask::new("x")).await.unwrap();
        transaction.answer_message(message.id, answer("y")).await.unwrap();
        let queued = transaction.enqueue(job("suggest")).await.unwrap().unwrap();
        // It sees what it did.
        assert_eq!(transaction.task(task.id, None).await.unwrap(), task);
        transaction.commit().await.unwrap();
        assert_eq!(db.store.task(task.id, None).await.unwrap(), task);
        assert_eq!(db.store.job(queued.id).await.unwrap(), queued);
    }

    async fn dropping_it_undoes_it(db: &Db) {
        let mut transaction = db.store.begin().await.unwrap();
        transaction.create_task(NewTask::new("x")).await.unwrap();
        transaction.enqueue(job("suggest")).await.unwrap();
        drop(transaction);
        // The next one can be had and written.
        db.store.create_user(id(1), "a@x.y").await.unwrap();
        assert_eq!(count(db).await, 0);
        assert!(db.store.queue_depth().await.unwrap().is_empty());
    }

    async fn rolling_back_undoes_it(db: &Db) {
        let mut transaction = db.store.begin().await.unwrap();
        transaction.create_task(NewTask::new("x")).await.unwrap();
        transaction.rollback().await.unwrap();
        assert_eq!(count(db).await, 0);
    }

    // PostgreSQL answers COMMIT of a failed transaction with a quiet ROLLBACK.
    async fn a_transaction_in_which_something_failed_cannot_be_committed(db: &Db) {
        db.store.create_user(id(1), "a@x.y").await.unwrap();
        let mut transaction = db.store.begin().await.unwrap();
        transaction.create_task(NewTask::new("x")).await.unwrap();
        let conflict = transaction.create_user(id(2), "A@x.y").await;
        assert!(matches!(conflict, Err(StoreError::Conflict(_))));
        assert!(matches!(transaction.commit().await, Err(StoreError::Invalid(_))));
        assert_eq!(count(db).await, 0);
        db.store.create_task(NewTask::new("x")).await.unwrap();
    }

    async fn a_transaction_in_which_something_was_not_found_can(db: &Db) {
        let mut transaction = db.store.begin().await.unwrap();
        let patch = TaskPatch { summary: Some("y".to_owned()), ..TaskPatch::default() };
        let lost = transaction.update_task(9, None, patch).await;
        assert!(matches!(lost, Err(StoreError::NotFound)));
        transaction.create_task(NewTask::new("x")).await.unwrap();
        transaction.commit().await.unwrap();
        assert_eq!(count(db).await, 1);
    }

    async fn others_read_beside_a_transaction_and_do_not_see_it(db: &Db) {
        let mut transaction = db.store.begin().await.unwrap();
        transaction.create_task(NewTask::new("x")).await.unwrap();
        assert_eq!(count(db).await, 0);
        let users = db.store.users(UserOrder::CreatedAt, Direction::Ascending, Page::ALL).await;
        assert!(users.unwrap().is_empty());
        transaction.commit().await.unwrap();
        assert_eq!(count(db).await, 1);
    }

    async fn a_request_that_is_given_up_leaves_nothing_behind(db: &Db) {
        for _ in 0..20 {
            let store = db.store.clone();
            let task = tokio::spawn(async move {
                let new = (0..50).map(|_| NewTask::new("x")).collect();
                store.create_tasks(new, &[], &[]).await
            });
            tokio::task::yield_now().await;
            task.abort();
            drop(task.await);
            assert_eq!(count(db).await % 50, 0);
        }
        db.store.create_task(NewTask::new("x")).await.unwrap();
    }
}
