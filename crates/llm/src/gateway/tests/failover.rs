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

/// 7.4: the tier first, then priority, then the score; ties as registered (fixes 003-B4).
#[tokio::test(start_paused = true)]
async fn the_score_decides_inside_a_tier() {
    let slow = model([Reply::text("hi").after(secs(2.0))]);
    let fast = model([Reply::text("hi").after(secs(1.0))]);
    let other = model([Reply::text("hi")]);
    let last = AccountLimits {
        priority: 2,
        ..AccountLimits::default()
    };
    let world = world(
        vec![
            account("openai", &other),
            account_with("groq_0", &other, last),
            account("groq_1", &slow),
            account("groq_2", &fast),
        ],
        GatewayConfig::default(),
    );
    let order = || world.gateway.candidates(Use::Chat, &call());
    assert_eq!(
        order(),
        ["groq_1", "groq_2", "groq_0", "openai"],
        "as registered"
    );
    assert_eq!(
        order(),
        ["groq_1", "groq_2", "groq_0", "openai"],
        "looking changes nothing"
    );
    world.chat().await.unwrap();
    assert_eq!(
        order()[..2],
        ["groq_2", "groq_1"],
        "the fresh key scores 1.0, the other less"
    );
    world.chat().await.unwrap();
    assert_eq!(
        order()[..2],
        ["groq_2", "groq_1"],
        "1 s scores more than 2 s"
    );
}

/// 003-B1: keys of one provider share neither breaker nor counters.
/// Contract 003-B1; P-21, P-22.
#[tokio::test(start_paused = true)]
async fn failures_spread_over_three_keys_block_none() {
    let models = [2, 2, 1].map(|n| model(after_failures(n, Reply::text("hi"))));
    let world = world(groq_keys(&models.each_ref()), GatewayConfig::default());
    let error = world.chat().await.unwrap_err();
    assert!(matches!(error, ModelError::AllFailed { .. }), "{error}");
    let failed: u64 = world.gateway.metrics().provider_failures.values().sum();
    assert_eq!(failed, 5, "three, and two repetitions");
    for _ in 0..5 {
        world.chat().await.unwrap();
    }
    for status in world.gateway.status() {
        let name = status.provider.provider_name;
        assert_eq!(
            status.circuit_breaker.state,
            crate::breaker::CircuitState::Closed,
            "{name}"
        );
    }
}

/// A request that is wrong is not carried from door to door, and blames nobody (row 8, D8.13).
#[tokio::test(start_paused = true)]
async fn a_bad_request_ends_at_once_and_never_opens_a_circuit() {
    let picky = model([Reply::Fail(ModelError::BadRequest("no".to_owned()))]);
    let other = model([Reply::text("hi")]);
    let world = world(
        vec![account("groq_1", &picky), account("openai", &other)],
        GatewayConfig::default(),
    );
    for _ in 0..100 {
        let error = world.chat().await.unwrap_err();
        assert!(matches!(error, ModelError::BadRequest(_)), "{error}");
    }
    assert_eq!((picky.calls(), other.calls()), (100, 0));
    let status = world.gateway.account("groq_1").unwrap();
    assert_eq!(status.circuit_breaker.failure_count, 0);
    assert!((status.provider.health_score - 1.0).abs() < 1e-9);
    assert_eq!((status.calls, status.failures), (100, 100));
}

/// A refused key is put aside and said so; the next answers.
#[tokio::test(start_paused = true)]
async fn a_refused_key_is_not_tried_again_for_a_while() {
    let refused = model([Reply::Fail(ModelError::Unauthorized(
        "no such key".to_owned(),
    ))]);
    let other = model([Reply::text("hi")]);
    let world = world(
        vec![account("groq_1", &refused), account("openai", &other)],
        GatewayConfig::default(),
    );
    for _ in 0..10 {
        assert_eq!(world.chat().await.unwrap().account, "openai");
    }
    assert_eq!(refused.calls(), 1);
    let status = world.gateway.account("groq_1").unwrap();
    assert_eq!(
        (status.paused_for, status.last_error),
        (Some("unauthorized"), Some("unauthorized"))
    );
    pass(301.0).await;
    world.chat().await.unwrap();
    assert_eq!(refused.calls(), 2, "a slow probe");
}

/// Contract 6, “model gone”: not repeated, the chain moves on, and the status shows it.
#[tokio::test(start_paused = true)]
async fn a_model_that_is_gone_is_left_alone_and_shown() {
    let gone = || ModelError::ModelGone {
        model: "old".to_owned(),
        message: "retired".to_owned(),
    };
    let groq = model([Reply::Fail(gone()), Reply::text("hi from another model")]);
    let other = model([Reply::text("hi")]);
    let world = world(
        vec![account("groq_1", &groq), account("openai", &other)],
        GatewayConfig::default(),
    );
    for _ in 0..3 {
        assert_eq!(world.chat().await.unwrap().account, "openai");
    }
    assert_eq!(groq.calls(), 1);
    let status = world.gateway.account("groq_1").unwrap();
    assert_eq!(status.models_gone, ["groq-model"]);
    assert_eq!(status.circuit_breaker.failure_count, 0);
    let request = ChatRequest {
        model: Some("new".to_owned()),
        ..hello()
    };
    let answered = world
        .gateway
        .chat(Use::Chat, request, call())
        .await
        .unwrap();
    assert_eq!(
        answered.account, "groq_1",
        "other models of the account are not affected"
    );
    let alone = call().only(Only::Account("groq_1".to_owned()));
    let error = world
        .gateway
        .chat(Use::Chat, hello(), alone)
        .await
        .unwrap_err();
    assert!(
        matches!(&error, ModelError::ModelGone { model, .. } if model == "groq-model"),
        "{error}: the same when it is not asked again"
    );
    assert_eq!(groq.calls(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_call_may_say_who_answers() {
    let any = model([Reply::text("hi")]);
    let names = ["groq_1", "gemini", "ollama", "local", "mock", "special"];
    let mut accounts: Vec<Account> = names.iter().map(|name| account(name, &any)).collect();
    accounts[3].limits.enabled = false;
    accounts[2].model_type = ModelType::Local;
    let world = world(accounts, GatewayConfig::default());
    let kinds = |kinds: &[&str]| Only::Kinds(kinds.iter().map(|k| (*k).to_owned()).collect());
    let order = |purpose, only| world.gateway.candidates(purpose, &call().only(only));
    assert_eq!(
        order(Use::Suggestion, Only::Any),
        ["ollama", "gemini", "mock"]
    );
    assert_eq!(
        order(Use::Suggestion, kinds(&["mock", "gemini"])),
        ["gemini", "mock"]
    );
    assert!(
        order(Use::Suggestion, kinds(&["local"])).is_empty(),
        "disabled"
    );
    assert!(order(Use::Conversation, Only::Any).is_empty());
    assert_eq!(order(Use::Conversation, kinds(&["ollama"])), ["ollama"]);
    assert_eq!(
        order(Use::Conversation, kinds(&["special", "ollama"])),
        ["special", "ollama"]
    );
    assert_eq!(
        order(Use::Chat, Only::Account("special".to_owned())),
        ["special"]
    );
    assert_eq!(
        order(Use::Suggestion, Only::Type(ModelType::Local)),
        ["ollama"]
    );
    assert_eq!(
        order(Use::Suggestion, Only::Type(ModelType::Cloud)),
        ["gemini", "mock"]
    );
    assert!(order(Use::Caption, Only::Any).is_empty(), "none can see");
    let mut avoiding = call();
    avoiding.avoid.push("groq_1".to_owned());
    assert_eq!(
        world.gateway.candidates(Use::Chat, &avoiding),
        ["gemini", "ollama"]
    );
    assert!(world.gateway.can(Use::Suggestion, &call()));
    assert!(!world.gateway.can(Use::Transcription, &call()));
}

/// 64 requests at the same time, one of three keys failing: all are answered.
#[tokio::test(start_paused = true)]
async fn one_failing_key_of_three_costs_no_answer() {
    let down = model([Reply::down().after(secs(0.1))]);
    let up = model([Reply::text("hi").after(secs(0.5))]);
    let world = world(groq_keys(&[&down, &up, &up]), GatewayConfig::default());
    let all = (0..64).map(|_| world.chat());
    let answers = futures_util::future::join_all(all).await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 64);
    assert!(
        answers
            .iter()
            .flatten()
            .all(|answer| answer.latency <= secs(1.2))
    );
    assert!(down.calls() <= 64);
    let tried = down.calls();
    let again = futures_util::future::join_all((0..64).map(|_| world.chat())).await;
    assert_eq!(again.iter().filter(|answer| answer.is_ok()).count(), 64);
    assert_eq!(down.calls(), tried, "its circuit is open");
}
