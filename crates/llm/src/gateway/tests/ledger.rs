//! One row for every call that was made, and right numbers in it (row 3, decision 8).

use super::*;
use crate::mock::Piece;
use crate::prices::Price;
use crate::{CallStatus, StructuredOutput, Usage};

#[tokio::test(start_paused = true)]
async fn a_row_says_who_asked_whom_for_what() {
    let groq = model([Reply::Pieces(vec![
        Piece::text("hi"),
        Piece::usage(1_000_000, 100_000),
        Piece::stop(),
    ])
    .after(secs(1.5))]);
    let mut account = account("groq_1", &groq);
    account.models = Models::one("llama-3.1-8b-instant").with(Use::Questions, "gpt-4o-mini");
    let price = |input, output| Price { input, output };
    let config = GatewayConfig {
        prices: [
            ("llama-3.1-8b-instant".to_owned(), price(0.05, 0.08)),
            ("gpt-4o-mini".to_owned(), price(0.15, 0.60)),
        ]
        .into(),
        ..GatewayConfig::default()
    };
    let world = world(vec![account], config);
    pass(10.0).await;
    let call = call().for_user(Some("u1".to_owned()));
    world
        .gateway
        .chat(Use::Chat, hello(), call.clone())
        .await
        .unwrap();
    world
        .gateway
        .chat(Use::Questions, hello(), call)
        .await
        .unwrap();
    let rows = world.rows();
    let [chat, questions] = &rows[..] else {
        panic!("two rows")
    };
    assert_eq!((chat.purpose, chat.request_id.as_u128()), (Use::Chat, 7));
    assert_eq!(
        (chat.account.as_str(), chat.kind.as_str()),
        ("groq_1", "groq")
    );
    assert_eq!(
        (chat.model.as_str(), chat.user.as_deref()),
        ("llama-3.1-8b-instant", Some("u1"))
    );
    assert_eq!(chat.created_at.as_second(), START + 10);
    assert_eq!((chat.latency, chat.attempt), (secs(1.5), 1));
    assert_eq!(chat.total_tokens(), Some(1_100_000));
    assert_eq!(chat.price, Some(58_000), "5 ct and 0.8 ct");
    assert_eq!(questions.model, "gpt-4o-mini");
    assert_eq!(questions.price, Some(210_000));
    assert!(questions.id > chat.id, "ids are in order of time");
}

#[tokio::test(start_paused = true)]
async fn an_unknown_price_is_unknown_and_a_local_model_costs_nothing() {
    let any = model([Reply::text("hi")]);
    let mut local = account("local", &any);
    local.model_type = ModelType::Local;
    let world = world(
        vec![account("groq_1", &any), local],
        GatewayConfig::default(),
    );
    world.chat().await.unwrap();
    let only = call().only(Only::Account("local".to_owned()));
    world.gateway.chat(Use::Chat, hello(), only).await.unwrap();
    let prices: Vec<Option<u64>> = world.rows().iter().map(|row| row.price).collect();
    assert_eq!(prices, [None, Some(0)]);
}

/// The seeds' answers of a cache are requests too.
#[tokio::test(start_paused = true)]
async fn cached_answers_have_their_row_and_count() {
    let groq = model([Reply::text("hi")]);
    let world = world(groq_keys(&[&groq]), GatewayConfig::default());
    let miss = call().after_cache_miss();
    let answered = world
        .gateway
        .chat(Use::AskAnswer, hello(), miss)
        .await
        .unwrap();
    let origin = snapshot::Origin {
        account: answered.account,
        kind: answered.kind,
        model: answered.model,
        model_type: answered.model_type,
    };
    world
        .gateway
        .record_cached(Use::AskAnswer, &call(), &origin);
    world
        .gateway
        .record_cached(Use::AskAnswer, &call(), &origin);
    let status: Vec<CallStatus> = world.rows().iter().map(|row| row.status).collect();
    assert_eq!(
        status,
        [CallStatus::Success, CallStatus::Cached, CallStatus::Cached]
    );
    let metrics = serde_json::to_value(world.gateway.metrics()).unwrap();
    assert_eq!(
        metrics,
        serde_json::json!({
            "total_requests": 3, "cache_hits": 2, "cache_misses": 1, "cache_hit_rate": 66.67,
            "provider_calls": {"groq_1": 1}, "provider_failures": {}, "registered_providers": 1,
        })
    );
    world.gateway.record_fallback(Use::Suggestion, &call());
    let last = world.rows().pop().unwrap();
    assert_eq!(
        (last.model_type, last.price),
        (ModelType::Fallback, Some(0)),
        "000-M1"
    );
    world.gateway.reset_metrics();
    assert_eq!(world.gateway.metrics().total_requests, 0);
}

/// Row 3: whatever the mixture, rows = calls.
#[tokio::test(start_paused = true)]
async fn rows_and_calls_are_the_same_number() {
    let replies = [
        Reply::text("hi"),
        Reply::down(),
        Reply::rate_limited(Some(secs(0.2))),
        Reply::Pieces(vec![Piece::text("cut")]),
        Reply::Fail(ModelError::Malformed("not json".to_owned())),
        Reply::text("slow").after(secs(40.0)),
        Reply::Fail(ModelError::BadRequest("no".to_owned())),
    ];
    let script = || {
        replies
            .iter()
            .cycle()
            .take(700)
            .cloned()
            .collect::<Vec<_>>()
    };
    let models = [model(script()), model(script()), model(script())];
    let world = world(groq_keys(&models.each_ref()), GatewayConfig::default());
    let mut answered = 0;
    for n in 0..200 {
        let patience = if n % 7 == 0 { 5.0 } else { 100.0 };
        let result = tokio::time::timeout(secs(patience), world.chat()).await;
        answered += usize::from(matches!(result, Ok(Ok(_))));
    }
    let calls: usize = models.iter().map(|model| model.calls()).sum();
    let rows = world.rows();
    assert_eq!(rows.len(), calls);
    let succeeded = rows
        .iter()
        .filter(|row| row.status == CallStatus::Success)
        .count();
    assert_eq!(succeeded, answered);
    assert!(answered > 50, "{answered}");
    let counted: u64 = world.gateway.metrics().provider_calls.values().sum();
    assert_eq!(counted, calls as u64);
    assert!(
        world
            .gateway
            .status()
            .iter()
            .all(|status| status.in_flight == 0)
    );
}

/// Contract D8.17: checked, and repaired once.
#[tokio::test(start_paused = true)]
async fn an_answer_without_its_form_is_repaired_once() {
    let schema = serde_json::json!({"type": "object", "required": ["title"]});
    let request = ChatRequest {
        format: crate::Format::JsonSchema {
            name: "task".to_owned(),
            schema,
        },
        ..hello()
    };
    let ask = |world: &World| {
        let gateway = world.gateway.clone();
        let request = request.clone();
        async move { gateway.chat(Use::Extract, request, call()).await }
    };

    let good = model([Reply::text("```json\n{\"title\": \"a\",}\n```")]);
    let world = super::world(groq_keys(&[&good]), GatewayConfig::default());
    assert_eq!(ask(&world).await.unwrap().value.text, r#"{"title":"a"}"#);
    let sent = &good.requests()[0];
    assert_eq!(
        sent.format,
        crate::Format::Text,
        "this provider gets it in words"
    );
    assert!(sent.messages[0].words().contains("\"required\""));

    let mended = model([
        Reply::text("{\"name\": \"a\"}"),
        Reply::text("{\"title\": \"a\"}"),
    ]);
    let mut account = account("groq_1", &mended);
    account.structured = StructuredOutput::JsonSchema;
    let world = super::world(vec![account], GatewayConfig::default());
    let answered = ask(&world).await.unwrap();
    assert_eq!(
        (answered.value.text.as_str(), answered.attempts),
        (r#"{"title":"a"}"#, 2)
    );
    assert_eq!(
        mended.requests()[0].format,
        request.format,
        "this one as it is"
    );
    let told = mended.requests()[1].messages.last().unwrap().words();
    assert!(told.contains("must have \"title\""), "{told}");
    assert_eq!(
        (world.rows().len(), world.gateway.metrics().total_requests),
        (2, 1)
    );

    let slow = model([Reply::text("no").after(secs(6.0)), Reply::Hang]);
    let world = super::world(groq_keys(&[&slow]), GatewayConfig::default());
    let begun = Instant::now();
    let hurried = call().within(secs(10.0));
    world
        .gateway
        .chat(Use::Extract, request.clone(), hurried)
        .await
        .unwrap_err();
    assert_eq!(begun.elapsed(), secs(10.0), "one deadline for both");

    let hopeless = model([Reply::text("I am sorry")]);
    let world = super::world(groq_keys(&[&hopeless]), GatewayConfig::default());
    let error = ask(&world).await.unwrap_err();
    assert!(matches!(error, ModelError::Malformed(_)), "{error}");
    assert_eq!(hopeless.calls(), 2, "once, not for ever");
}

#[tokio::test(start_paused = true)]
async fn tokens_the_provider_told_are_not_estimated() {
    let groq = model([Reply::Pieces(vec![
        Piece::text("some words"),
        Piece::Event(crate::ChatEvent::Usage(Usage {
            input_tokens: Some(9),
            ..Usage::default()
        })),
        Piece::stop(),
    ])]);
    let world = world(groq_keys(&[&groq]), GatewayConfig::default());
    world.chat().await.unwrap();
    let [row] = &world.rows()[..] else {
        panic!("one row")
    };
    assert_eq!((row.input_tokens, row.output_tokens), (Some(9), Some(3)));
    assert!(row.estimated, "because half of it is");
}

/// The same on four threads: no row, turn or reservation is lost between them.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_is_lost_between_threads() {
    let replies = [
        Reply::text("hi"),
        Reply::text("hi"),
        Reply::down(),
        Reply::Pieces(vec![]),
    ];
    let script = || {
        replies
            .iter()
            .cycle()
            .take(20_000)
            .cloned()
            .collect::<Vec<_>>()
    };
    let models = [model(script()), model(script()), model(script())];
    let limits = AccountLimits {
        max_concurrency: 2,
        queue: 1000,
        ..AccountLimits::default()
    };
    let accounts = models
        .iter()
        .enumerate()
        .map(|(n, model)| account_with(&format!("groq_{}", n + 1), model, limits.clone()));
    let config = GatewayConfig {
        retry_base: Duration::ZERO,
        ..GatewayConfig::default()
    };
    let world = Arc::new(world(accounts.collect(), config));
    let work = (0..8).map(|_| {
        let world = Arc::clone(&world);
        tokio::spawn(async move {
            let mut answered = 0;
            for _ in 0..500 {
                answered += usize::from(world.chat().await.is_ok());
            }
            answered
        })
    });
    let answers: usize = futures_util::future::try_join_all(work)
        .await
        .unwrap()
        .iter()
        .sum();
    let rows = world.rows();
    let calls: usize = models.iter().map(|model| model.calls()).sum();
    assert_eq!(rows.len(), calls);
    let succeeded = rows
        .iter()
        .filter(|row| row.status == CallStatus::Success)
        .count();
    assert_eq!(succeeded, answers);
    assert!(answers > 3_000, "{answers} of 4000");
    for status in world.gateway.status() {
        assert_eq!((status.in_flight, status.queued), (0, 0));
        let counted = status.quota.request_count;
        let made = rows
            .iter()
            .filter(|row| row.account == status.provider.provider_name)
            .count();
        assert_eq!(counted, made as u64);
    }
}
