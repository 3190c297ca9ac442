use domain::call::{CallStatus, ModelCall, ProviderUsage};
use jiff::civil::date;

use crate::db::{Db, at, id, on_both};

fn call(number: u128, provider: &str, status: CallStatus, created_at: &str) -> ModelCall {
    ModelCall {
        id: id(number),
        request_id: id(1000),
        user_id: None,
        purpose: "chat".to_owned(),
        provider: provider.to_owned(),
        model_type: "cloud".to_owned(),
        model: "m".to_owned(),
        status,
        error_class: (status == CallStatus::Error).then(|| "timeout".to_owned()),
        input_tokens: Some(10),
        output_tokens: None,
        characters: 100,
        usage_estimated: true,
        cost_micros: Some(3),
        latency_ms: 250,
        first_token_ms: None,
        created_at: at(created_at),
    }
}

fn usage(provider: &str, day: i8, requests: i64) -> ProviderUsage {
    ProviderUsage {
        provider_name: provider.to_owned(),
        date: date(2026, 3, day),
        request_count: requests,
        character_count: 100 * requests,
    }
}

on_both! {
    async fn calls_are_kept_and_counted_once(db: &Db) {
        let calls = [
            call(1, "groq_1", CallStatus::Success, "2026-03-10T23:59:59Z"),
            call(2, "groq_1", CallStatus::Error, "2026-03-10T12:00:00Z"),
            call(3, "groq_1", CallStatus::Cached, "2026-03-10T12:00:01Z"),
            call(4, "groq_1", CallStatus::Aborted, "2026-03-11T00:00:00Z"),
            call(5, "local", CallStatus::Success, "2026-03-11T01:00:00Z"),
        ];
        db.store.add_calls(&calls[..3]).await.unwrap();
        // The same again, as after a failure whose outcome nobody saw.
        db.store.add_calls(&calls).await.unwrap();
        let (from, to) = (date(2026, 3, 10), date(2026, 3, 11));
        let all = db.store.provider_usage(None, from, to).await.unwrap();
        assert_eq!(all, [usage("groq_1", 10, 2), usage("groq_1", 11, 1), usage("local", 11, 1)]);
        let one = db.store.provider_usage(Some("groq_1"), to, to).await.unwrap();
        assert_eq!(one, [usage("groq_1", 11, 1)]);

        let newest = db.store.calls_since(at("2026-03-10T12:00:01Z"), 2).await.unwrap();
        assert_eq!(newest, [calls[4].clone(), calls[3].clone()]);
        let since = db.store.calls_since(at("2026-03-10T12:00:01Z"), 10).await.unwrap();
        assert_eq!(since.len(), 4);
        db.store.add_calls(&[]).await.unwrap();
    }

    async fn old_calls_are_forgotten_in_pieces_and_what_they_used_is_not(db: &Db) {
        let calls: Vec<ModelCall> = (1..=5)
            .map(|n| call(n, "groq_1", CallStatus::Success, &format!("2026-03-10T12:00:0{n}Z")))
            .collect();
        db.store.add_calls(&calls).await.unwrap();
        let before = at("2026-03-10T12:00:05Z");
        assert_eq!(db.store.sweep_calls(before, 3).await.unwrap(), 3);
        let left = db.store.calls_since(at("2026-03-10T00:00:00Z"), 10).await.unwrap();
        assert_eq!(left, [calls[4].clone(), calls[3].clone()], "the oldest went");
        assert_eq!(db.store.sweep_calls(before, 3).await.unwrap(), 1);
        assert_eq!(db.store.sweep_calls(before, 3).await.unwrap(), 0);
        let day = date(2026, 3, 10);
        let used = db.store.provider_usage(None, day, day).await.unwrap();
        assert_eq!(used, [usage("groq_1", 10, 5)]);
    }

    // Contract 003-A8.
    async fn usage_is_forgotten_for_one_or_all(db: &Db) {
        let (from, to) = (date(2026, 3, 1), date(2026, 3, 31));
        let left = async || db.store.provider_usage(None, from, to).await.unwrap().len();
        let calls: Vec<ModelCall> = (1..=3)
            .map(|n| call(n, &format!("p{n}"), CallStatus::Success, "2026-03-10T12:00:00Z"))
            .collect();
        db.store.add_calls(&calls).await.unwrap();
        assert_eq!(db.store.reset_usage(Some("p2")).await.unwrap(), 1);
        assert_eq!(left().await, 2);
        assert_eq!(db.store.reset_usage(None).await.unwrap(), 2);
        assert_eq!(left().await, 0);
    }
}
