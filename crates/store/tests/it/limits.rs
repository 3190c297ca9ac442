//! Text and numbers at the edges.

use domain::Page;
use domain::conversation::NewConversation;
use domain::task::{NewTask, TaskFilter, TaskOrder};
use jiff::{SignedDuration, Timestamp};
use store::StoreError;

use crate::db::{Db, id, on_both};
use crate::message::said;

on_both! {
    // PostgreSQL refuses NUL; a character of the same length keeps every offset.
    async fn nul_becomes_another_character(db: &Db) {
        let task = db.store.create_task(NewTask::new("a\0b")).await.unwrap();
        assert_eq!(task.summary, "a\u{fffd}b");
        let filter = TaskFilter { user_id: Some("u\0".to_owned()), ..TaskFilter::default() };
        assert_eq!(db.store.count_tasks(&filter).await.unwrap(), 0);
        assert!(db.store.search_tasks("a\0b", None, Page::ALL).await.unwrap().len() == 1);
        db.store.create_user(id(1), "a\0@x.y").await.unwrap();
        assert!(matches!(db.store.create_user(id(2), "A\0@x.y").await, Err(StoreError::Conflict(_))));
    }

    async fn any_text_comes_back_as_it_was(db: &Db) {
        for text in [
            "", " ", "'; DROP TABLE tasks; --", "$1 {identity} {text} % _ \\", "\r\n\t",
            "日本語 العربية 👩‍👩‍👧‍👦 é e\u{301}", "\u{10ffff}\u{feff}\u{202e}",
        ] {
            let task = db.store.create_task(NewTask::new(text)).await.unwrap();
            assert_eq!(db.store.task(task.id, None).await.unwrap().summary, text);
        }
    }

    async fn a_mebibyte_is_kept_and_found(db: &Db) {
        let long: Vec<String> = (0..150_000).map(|n| format!("w{n:06}")).collect();
        let long = long.join(" ");
        assert!(long.len() > 1 << 20);
        let message = db.store.add_message(said(&long, None, None)).await.unwrap();
        assert_eq!(db.store.message(message.id, None).await.unwrap().message, long);
        let found = db.store.search_messages("w000007", None, Page::ALL).await.unwrap();
        assert_eq!(found.len(), 1);
        db.store.create_task(NewTask::new("x".repeat(1 << 20))).await.unwrap();
    }

    async fn numbers_at_the_edges(db: &Db) {
        db.store.create_user(id(1), "a@x.y").await.unwrap();
        db.store.create_model_version(id(2), "p", "m", "v").await.unwrap();
        let new = |number, temperature| NewConversation {
            id: id(number),
            user_id: id(1),
            model_version_id: id(2),
            prompt: "p".to_owned(),
            response: "r".to_owned(),
            temperature: Some(temperature),
            top_p: Some(0.1 + 0.2),
            max_tokens: Some(i64::MAX),
            input_tokens: Some(0),
            output_tokens: Some(i64::MIN),
            total_tokens: None,
            latency_ms: None,
        };
        let made = db.store.create_conversation(new(3, 2.0)).await.unwrap();
        assert_eq!((made.temperature, made.top_p), (Some(2.0), Some(0.1 + 0.2)));
        assert_eq!((made.max_tokens, made.output_tokens), (Some(i64::MAX), Some(i64::MIN)));
        let odd = db.store.create_conversation(new(4, f64::NAN)).await.unwrap();
        assert_eq!(odd.temperature, None);
    }

    async fn ids_that_cannot_be_are_not_found(db: &Db) {
        for id in [0, -1, i64::MIN, i64::MAX] {
            assert!(matches!(db.store.task(id, None).await, Err(StoreError::NotFound)));
            let all = TaskFilter::default();
            let order = TaskOrder::OldestFirst;
            assert!(db.store.tasks_after(&all, order, Some(id), u32::MAX).await.unwrap().is_empty());
        }
    }

    async fn times_at_the_edges(db: &Db) {
        let until = [Timestamp::MIN, Timestamp::MAX];
        for moment in until {
            db.store.cache_put("n", "k", "v", moment).await.unwrap();
        }
        assert!(db.store.cache_get("n", "k").await.unwrap().is_some());
        let lease = SignedDuration::MAX;
        db.store.enqueue(crate::queue::job("suggest")).await.unwrap();
        assert_eq!(db.store.claim("w", &["suggest"], lease, 1).await.unwrap().len(), 1);
    }
}
