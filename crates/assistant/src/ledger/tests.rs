use domain::SystemClock;
use jiff::Timestamp;
use llm::{ModelType, Use};
use uuid::Uuid;

use super::*;

fn record(number: u128) -> CallRecord {
    CallRecord {
        id: Uuid::from_u128(number),
        request_id: Uuid::from_u128(1),
        purpose: Use::Chat,
        account: "groq_1".to_owned(),
        kind: "groq".to_owned(),
        model_type: ModelType::Cloud,
        model: "a-model".to_owned(),
        status: llm::CallStatus::Success,
        error_class: None,
        http_status: Some(200),
        input_tokens: Some(3),
        output_tokens: Some(4),
        estimated: false,
        characters_in: 10,
        characters_out: 5,
        latency: Duration::from_millis(250),
        first_token: None,
        attempt: 1,
        price: None,
        created_at: Timestamp::from_second(1_800_000_000).unwrap(),
        user: None,
    }
}

async fn memory() -> Store {
    Store::in_memory(Arc::new(SystemClock)).await.unwrap()
}

#[tokio::test]
async fn rows_given_before_the_stop_are_written_before_the_end() {
    let store = memory().await;
    let (ledger, writer) = ledger();
    for number in 1..=600 {
        ledger.record(record(number));
    }
    let stop = CancellationToken::new();
    stop.cancel();
    writer.run(store.clone(), stop).await;
    let kept = store
        .calls_since(Timestamp::UNIX_EPOCH, 1000)
        .await
        .unwrap();
    assert_eq!(kept.len(), 600);
    assert_eq!((kept[0].characters, kept[0].latency_ms), (15, 250));
}

#[tokio::test]
async fn the_writer_ends_when_nobody_records_any_more() {
    let store = memory().await;
    let (ledger, writer) = ledger();
    ledger.record(record(1));
    drop(ledger);
    writer.run(store.clone(), CancellationToken::new()).await;
    let kept = store.calls_since(Timestamp::UNIX_EPOCH, 10).await.unwrap();
    assert_eq!(kept.len(), 1);
}

#[tokio::test]
async fn too_many_rows_are_counted_and_hold_nobody_up() {
    let (ledger, writer) = ledger();
    for number in 1..=(WAITING as u128 + 7) {
        ledger.record(record(number));
    }
    assert_eq!(writer.dropped.load(Ordering::Relaxed), 7);
}
