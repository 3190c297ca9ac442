//! Pages, reloads, refused configurations, the other capabilities (contract 003-M1, 003-M2, 4.2, row 13).

use super::*;
use crate::mock::{ScriptedCaptioner, ScriptedTranscriber};

fn lineup(names: &[&str], model: &Arc<ScriptedChat>) -> Vec<Account> {
    names.iter().map(|name| account(name, model)).collect()
}

/// The field names of contract 003-M1 and 003-M2.
#[tokio::test(start_paused = true)]
async fn the_status_has_the_contracts_fields() {
    let groq = model([Reply::text("hi").after(secs(1.89))]);
    let world = world(groq_keys(&[&groq]), GatewayConfig::default());
    world.chat().await.unwrap();
    let status = serde_json::to_value(world.gateway.account("groq_1").unwrap()).unwrap();
    assert_eq!(
        status["provider"],
        serde_json::json!({
            "provider_name": "groq_1", "provider_type": "groq", "model": "groq-model",
            "priority": 1, "enabled": true, "is_healthy": true, "health_score": 0.94,
            "quota_remaining": 1.0, "total_requests": 1, "successful_requests": 1,
            "failed_requests": 0, "consecutive_failures": 0, "average_response_time": 1.89,
            "last_success": status["provider"]["last_success"], "last_failure": null,
        })
    );
    assert!(
        status["provider"]["last_success"]
            .as_str()
            .unwrap()
            .ends_with('Z')
    );
    assert_eq!(status["circuit_breaker"]["state"], "closed");
    assert_eq!(
        (&status["calls"], &status["failures"]),
        (&1.into(), &0.into())
    );
    assert!(world.gateway.account("nobody").is_none());
    assert_eq!(world.gateway.status().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_reload_swaps_accounts_and_keeps_what_is_known_of_them() {
    let groq = model(after_failures(2, Reply::text("hi").after(secs(5.0))));
    let other = model([Reply::text("other")]);
    let config = GatewayConfig {
        max_retries: 0,
        ..GatewayConfig::default()
    };
    let world = world(lineup(&["groq_1", "gemini"], &groq), config.clone());
    let chains = || Chains::default_order(false, true);
    let alone = || call().only(Only::Account("groq_1".to_owned()));
    for _ in 0..2 {
        world
            .gateway
            .chat(Use::Chat, hello(), alone())
            .await
            .unwrap_err();
    }
    let running = world.gateway.chat(Use::Chat, hello(), alone());
    let reloading = async {
        tokio::time::sleep(secs(1.0)).await;
        world.gateway.reload(
            config.clone(),
            lineup(&["openai", "groq_1"], &other),
            chains(),
        )
    };
    let (running, reloaded) = tokio::join!(running, reloading);
    reloaded.unwrap();
    assert_eq!(
        running.unwrap().value.text,
        "hi",
        "a running request keeps its account"
    );
    assert_eq!(
        world.gateway.candidates(Use::Chat, &call()),
        ["groq_1", "openai"]
    );
    let health = world.gateway.account("groq_1").unwrap().provider;
    assert_eq!((health.total_requests, health.successful_requests), (3, 1));
    assert_eq!(world.chat().await.unwrap().value.text, "other");
}

/// Row 13: what is refused changes nothing, and says why.
#[tokio::test(start_paused = true)]
async fn a_bad_configuration_leaves_the_old_one() {
    let groq = model([Reply::text("hi")]);
    let world = world(groq_keys(&[&groq]), GatewayConfig::default());
    let reload = |config, accounts| {
        world
            .gateway
            .reload(config, accounts, Chains::default_order(false, true))
    };
    let twice = reload(GatewayConfig::default(), lineup(&["a", "a"], &groq)).unwrap_err();
    assert_eq!(twice.to_string(), "two accounts are named a");
    let mut priority = lineup(&["a"], &groq);
    priority[0].limits.priority = 11;
    let priority = reload(GatewayConfig::default(), priority).unwrap_err();
    assert_eq!(
        priority.to_string(),
        "account a: priority must be from 1 to 10"
    );
    let mut timeout = lineup(&["a"], &groq);
    timeout[0].limits.timeout = Duration::ZERO;
    assert!(reload(GatewayConfig::default(), timeout).is_err());
    let config = GatewayConfig {
        breaker_failure_threshold: 0,
        ..GatewayConfig::default()
    };
    assert!(reload(config, vec![]).is_err());
    assert_eq!(world.chat().await.unwrap().account, "groq_1");
}

/// A key that was refused is asked again after a reload, which may have brought another.
#[tokio::test(start_paused = true)]
async fn a_reload_gives_a_refused_key_another_chance() {
    let refused = Reply::Fail(ModelError::Unauthorized("no".to_owned()));
    let groq = model([refused, Reply::text("hi")]);
    let world = world(groq_keys(&[&groq]), GatewayConfig::default());
    world.chat().await.unwrap_err();
    world.chat().await.unwrap_err();
    assert_eq!(groq.calls(), 1);
    let chains = Chains::default_order(false, true);
    world
        .gateway
        .reload(GatewayConfig::default(), groq_keys(&[&groq]), chains)
        .unwrap();
    world.chat().await.unwrap();
}

/// Limits are taken from the new configuration, with what was used so far.
#[tokio::test(start_paused = true)]
async fn a_reload_changes_limits() {
    let groq = model([Reply::text("hi")]);
    let world = world(groq_keys(&[&groq]), GatewayConfig::default());
    for _ in 0..3 {
        world.chat().await.unwrap();
    }
    let reload = |limits: AccountLimits, config| {
        let accounts = vec![account_with("groq_1", &groq, limits)];
        world
            .gateway
            .reload(config, accounts, Chains::default_order(false, true))
            .unwrap();
    };
    let quota = crate::Quota {
        unit: crate::QuotaUnit::Requests,
        period: crate::QuotaPeriod::Day,
        limit: 3,
    };
    let limits = AccountLimits {
        quota: Some(quota),
        ..AccountLimits::default()
    };
    reload(limits, GatewayConfig::default());
    world.chat().await.unwrap_err();
    let limits = AccountLimits {
        per_minute: Some(3),
        ..AccountLimits::default()
    };
    let config = GatewayConfig {
        enforce_per_minute: true,
        ..GatewayConfig::default()
    };
    reload(limits, config);
    world.chat().await.unwrap_err();
    reload(AccountLimits::default(), GatewayConfig::default());
    world.chat().await.unwrap();
    let config = GatewayConfig {
        breaker_failure_threshold: 1,
        ..GatewayConfig::default()
    };
    reload(AccountLimits::default(), config);
    let status = world.gateway.account("groq_1").unwrap();
    assert_eq!(status.circuit_breaker.failure_threshold, 1);
    reload(
        AccountLimits {
            enabled: false,
            ..AccountLimits::default()
        },
        GatewayConfig::default(),
    );
    assert!(!world.gateway.can(Use::Chat, &call()));
}

/// Row 13: a hundred reloads under load, and no request fails.
#[tokio::test(start_paused = true)]
async fn a_hundred_reloads_under_load_fail_no_request() {
    let groq = model([Reply::text("hi").after(secs(0.35))]);
    let world = world(groq_keys(&[&groq, &groq]), GatewayConfig::default());
    let load = async {
        let mut answered = 0;
        for _ in 0..100 {
            let answers = futures_util::future::join_all((0..4).map(|_| world.chat())).await;
            answered += answers.iter().filter(|answer| answer.is_ok()).count();
        }
        answered
    };
    let reloads = async {
        for n in 0..100 {
            tokio::time::sleep(secs(0.2)).await;
            let keys = if n % 2 == 0 {
                vec![&groq]
            } else {
                vec![&groq; 3]
            };
            let chains = Chains::default_order(false, true);
            world
                .gateway
                .reload(GatewayConfig::default(), groq_keys(&keys), chains)
                .unwrap();
        }
    };
    let (answered, ()) = tokio::join!(load, reloads);
    assert_eq!(answered, 400);
}

/// Nothing that is printed shows what is inside a model.
#[tokio::test(start_paused = true)]
async fn printing_a_gateway_shows_names_only() {
    let groq = model([Reply::text("hi")]);
    let world = world(groq_keys(&[&groq]), GatewayConfig::default());
    assert_eq!(
        format!("{:?}", world.gateway),
        r#"Gateway { accounts: ["groq_1"], .. }"#
    );
    assert!(!format!("{:?}", account("groq_1", &groq)).contains("scripted"));
}

#[tokio::test(start_paused = true)]
async fn speech_and_pictures_walk_their_chains_too() {
    let hears = ScriptedTranscriber::new([Reply::text("good morning")]);
    let deaf = ScriptedTranscriber::new([Reply::down()]);
    let sees = ScriptedCaptioner::new([Reply::text("a cat")]);
    let mut huggingface = Account::new("huggingface_1", "huggingface", ModelType::Cloud);
    let mut local = Account::new("local", "local", ModelType::Local);
    let (deaf, hears): (Arc<dyn crate::Transcriber>, Arc<dyn crate::Transcriber>) = (deaf, hears);
    let sees: Arc<dyn crate::Captioner> = sees;
    huggingface.transcriber = Some(deaf);
    local.transcriber = Some(hears);
    local.captioner = Some(sees);
    local.models = Models::one("whisper").with(Use::Caption, "eyes");
    let world = world(vec![local, huggingface], GatewayConfig::default());
    let speech = TranscriptionRequest {
        audio: bytes::Bytes::from_static(b"..."),
        media_type: "audio/wav".to_owned(),
        samples: None,
        language: Some("en".to_owned()),
        model: None,
    };
    let transcribed = world
        .gateway
        .transcribe(Use::Transcription, speech, call())
        .await
        .unwrap();
    assert_eq!(
        (transcribed.value.text.as_str(), transcribed.model.as_str()),
        ("good morning", "whisper")
    );
    let picture = CaptionRequest {
        image: bytes::Bytes::from_static(b"..."),
        media_type: "image/png".to_owned(),
        model: None,
    };
    let captioned = world
        .gateway
        .caption(Use::Caption, picture, call())
        .await
        .unwrap();
    assert_eq!(
        (captioned.value.text.as_str(), captioned.model.as_str()),
        ("a cat", "eyes")
    );
    assert_eq!(
        world.outcomes(),
        [
            "huggingface_1 unavailable",
            "local success",
            "local success"
        ]
    );
    assert!(
        world
            .rows()
            .iter()
            .all(|row| row.input_tokens.is_none() && !row.estimated)
    );
    let error = world.chat().await.unwrap_err();
    assert!(matches!(error, ModelError::NotConfigured(_)), "{error}");
}
