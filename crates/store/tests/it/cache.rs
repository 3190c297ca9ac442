use jiff::SignedDuration;
use serde_json::json;

use crate::db::{Db, on_both};

on_both! {
    async fn an_entry_can_be_had_until_its_time_is_over(db: &Db) {
        let until = |seconds| db.now() + SignedDuration::from_secs(seconds);
        db.store.cache_put("ask", "k", "old", until(5)).await.unwrap();
        db.store.cache_put("ask", "k", "new", until(10)).await.unwrap();
        db.store.cache_put("questions", "k", "other", until(100)).await.unwrap();
        let get = async |namespace: &str| db.store.cache_get(namespace, "k").await.unwrap();
        assert_eq!(get("ask").await.as_deref(), Some("new"));
        assert_eq!(db.store.cache_size("ask").await.unwrap(), 1);
        db.wait(9);
        assert_eq!(get("ask").await.as_deref(), Some("new"));
        db.wait(1);
        assert_eq!(get("ask").await, None);
        assert_eq!(db.store.cache_size("ask").await.unwrap(), 0);
        assert_eq!(db.store.cache_sweep().await.unwrap(), 1);
        assert_eq!(get("questions").await.as_deref(), Some("other"));
        assert!(db.store.cache_delete("questions", "k").await.unwrap());
        assert!(!db.store.cache_delete("questions", "k").await.unwrap());
        assert_eq!(get("questions").await, None);
    }

    async fn small_values_outlive_the_store(db: &Db) {
        assert_eq!(db.store.get_state("breaker.groq_1").await.unwrap(), None);
        db.store.put_state("breaker.groq_1", &json!({"open": true})).await.unwrap();
        db.store.put_state("breaker.groq_1", &json!({"open": false})).await.unwrap();
        let again = db.again().await;
        let state = again.get_state("breaker.groq_1").await.unwrap();
        assert_eq!(state, Some(json!({"open": false})));
        again.close().await;
    }
}
