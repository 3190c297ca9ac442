//! Who is asked, in what order, how often (contract 7.4, 003-A5, 003-B1…B5, D8.12).

use super::*;

#[tokio::test(start_paused = true)]
async fn the_first_of_the_chain_answers_and_leaves_one_row() {
    let (groq, openai) = (model([Reply::text("hi there")]), model([Reply::text("no")]));
    let world = world(
        vec![account("openai", &openai), account("groq_1", &groq)],
        GatewayConfig::default(),
    );
    let answered = world.chat().await.unwrap();
    assert_eq!(answered.value.text, "hi there");
    assert_eq!(
        (answered.account.as_str(), answered.kind.as_str()),
        ("groq_1", "groq")
    );
    assert_eq!(
        (answered.attempts, answered.model.as_str()),
        (1, "scripted")
    );
    assert_eq!(groq.requests()[0].model.as_deref(), Some("groq-model"));
    assert_eq!(openai.calls(), 0);
    let [row] = &world.rows()[..] else {
        panic!("one row")
    };
    assert_eq!(
        (row.status.as_str(), row.http_status),
        ("success", Some(200))
    );
    assert_eq!((row.characters_in, row.characters_out), (5, 8));
    assert_eq!(
        (row.input_tokens, row.output_tokens, row.estimated),
        (Some(2), Some(2), true)
    );
}

/// Contract 003-A5: each failure is recorded and the next is tried.
#[tokio::test(start_paused = true)]
async fn a_failing_account_is_replaced_by_the_next() {
    let (down, up) = (model([Reply::down()]), model([Reply::text("hi")]));
    let world = world(
        vec![
            account("groq_1", &down),
            account("groq_2", &down),
            account("openai", &up),
        ],
        GatewayConfig::default(),
    );
    let answered = world.chat().await.unwrap();
    assert_eq!(
        (answered.account.as_str(), answered.attempts),
        ("openai", 3)
    );
    assert_eq!(
        world.outcomes(),
        ["groq_1 unavailable", "groq_2 unavailable", "openai success"]
    );
    assert_eq!(
        answered.latency,
        Duration::ZERO,
        "failing over waits for nothing"
    );
}

#[tokio::test(start_paused = true)]
async fn nothing_set_up_is_its_own_error() {
    let world = world(vec![], GatewayConfig::default());
    assert!(!world.gateway.can(Use::Chat, &call()));
    let error = world.chat().await.unwrap_err();
    assert!(matches!(error, ModelError::NotConfigured(_)), "{error}");
}
