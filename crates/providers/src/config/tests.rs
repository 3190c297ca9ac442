//! Reading accounts.

use std::time::Duration;

use llm::{ModelType, QuotaPeriod, QuotaUnit, Use};
use secrecy::SecretString;

use super::{ConfigError, Kind, ProviderConfig};
use crate::http::{ClientConfig, Timeouts};
use crate::{account, connect};

fn read(toml: &str) -> Result<ProviderConfig, String> {
    toml::from_str(toml).map_err(|error| error.to_string())
}

fn client() -> reqwest::Client {
    // Each test may be the first of its process.
    let _ = rustls::crypto::ring::default_provider().install_default();
    crate::http::client(&ClientConfig::default()).unwrap()
}

#[test]
fn an_account_with_everything() {
    let config = read(
        r#"
        kind = "groq"
        name = "groq_2"
        api_key = "gsk-canary"
        base_url = "http://127.0.0.1:9/openai/v1"
        timeout_seconds = 0.5
        idle_timeout_seconds = 3
        priority = 2
        per_minute = 30
        quota = { unit = "requests", period = "day", limit = 14400 }
        models = { default = "a", questions = "b", transcription = "c" }
        "#,
    )
    .unwrap();
    assert_eq!(config.timeouts().answer, Duration::from_millis(500));
    assert_eq!(config.timeouts().idle, Duration::from_secs(3));
    assert!(!format!("{config:?}").contains("gsk-canary"));

    let account = account(&config, &client()).unwrap();
    assert_eq!(account.validate(), Ok(()));
    assert_eq!(account.models.for_use(Use::Chat), "a");
    assert_eq!(account.models.for_use(Use::Questions), "b");
    assert_eq!(account.models.for_use(Use::Transcription), "c");
    assert_eq!(account.model_type, ModelType::Cloud);
    let quota = account.limits.quota.unwrap();
    assert_eq!(
        (quota.unit, quota.period, quota.limit),
        (QuotaUnit::Requests, QuotaPeriod::Day, 14_400)
    );
    assert!(account.chat.is_some() && account.transcriber.is_some());
    assert!(account.captioner.is_none());
    assert_eq!(account.limits.timeout, Duration::from_millis(500));
    let speech = account.limits.timeout_for(Use::Transcription);
    assert_eq!(speech, Duration::from_mins(1));
    assert_eq!(account.limits.first_token, Some(Duration::from_millis(500)));
}

/// Contract D8.15.
#[test]
fn times_where_nothing_is_said() {
    let seconds = |kind, call: fn(&ProviderConfig) -> Timeouts| {
        call(&ProviderConfig::new(kind, "x")).answer.as_secs()
    };
    for kind in Kind::ALL {
        let chat = if kind == Kind::Groq { 10 } else { 30 };
        assert_eq!(seconds(kind, ProviderConfig::timeouts), chat, "{kind}");
        assert_eq!(seconds(kind, ProviderConfig::transcription_timeouts), 60);
        assert_eq!(seconds(kind, ProviderConfig::caption_timeouts), 30);
    }
}

#[test]
fn instances_each_have_their_time() {
    let mut config = ProviderConfig::new(Kind::Ollama, "ollama");
    config.endpoints = vec![
        "http://127.0.0.1:1".to_owned(),
        "http://127.0.0.1:2".to_owned(),
    ];
    let limits = |config: &ProviderConfig| account(config, &client()).unwrap().limits;
    assert_eq!(limits(&config).timeout, Duration::from_mins(1));
    config.base_url = Some("http://127.0.0.1:3".to_owned());
    assert_eq!(limits(&config).timeout, Duration::from_secs(90));
}

#[test]
fn unknown_words_are_refused_and_known_ones_named() {
    let unknown = read("kind = \"gorq\"\nname = \"x\"").unwrap_err();
    for kind in Kind::ALL {
        assert!(unknown.contains(kind.name()), "{unknown}");
    }
    assert!(read("kind = \"groq\"\nname = \"x\"\napi_kee = \"y\"").is_err());
    assert!(read("kind = \"groq\"\nname = \"x\"\nmodels = { chatt = \"y\" }").is_err());
    assert!(read("kind = \"groq\"\nname = \"x\"\ntimeout_seconds = 0").is_err());
    assert!(read("kind = \"groq\"\nname = \"x\"\ntimeout_seconds = -1").is_err());
    assert!(read("kind = \"groq\"").is_err());
}

#[test]
fn every_kind_has_a_name_of_its_own() {
    for kind in Kind::ALL {
        assert_eq!(kind.name().parse(), Ok(kind));
    }
}

#[test]
fn what_is_missing_is_named() {
    let client = client();
    let error = |config: &ProviderConfig| connect(config, &client).err().unwrap();
    for kind in [
        Kind::OpenAi,
        Kind::Groq,
        Kind::HuggingFace,
        Kind::Gemini,
        Kind::Anthropic,
    ] {
        let mut config = ProviderConfig::new(kind, "mine");
        assert!(matches!(error(&config), ConfigError::MissingKey { .. }));
        config.api_key = Some(SecretString::from("  "));
        assert!(matches!(error(&config), ConfigError::MissingKey { .. }));
        config.api_key = Some(SecretString::from("sk-canary\n"));
        let bad = error(&config);
        assert!(matches!(bad, ConfigError::BadKey { .. }));
        assert!(!format!("{bad} {bad:?}").contains("canary"));
    }
    let mut own = ProviderConfig::new(Kind::OpenAiCompatible, "mine");
    assert!(matches!(error(&own), ConfigError::MissingUrl { .. }));
    own.base_url = Some("http://127.0.0.1:9".to_owned());
    assert!(matches!(error(&own), ConfigError::MissingModel { .. }));
    own.models.default = Some("m".to_owned());
    assert!(connect(&own, &client).is_ok());
    own.base_url = Some("127.0.0.1:9".to_owned());
    assert!(matches!(error(&own), ConfigError::BadUrl { .. }));
}

/// Contract D8.10: who can listen and who can look.
#[test]
fn each_kind_has_what_it_can_do() {
    let client = client();
    for (kind, hears, sees) in [
        (Kind::OpenAi, true, true),
        (Kind::Groq, true, false),
        (Kind::HuggingFace, true, true),
        (Kind::Gemini, false, true),
        (Kind::Gemma, false, false),
        (Kind::Anthropic, false, true),
        (Kind::Ollama, false, false),
        (Kind::OpenAiCompatible, false, false),
    ] {
        let mut config = ProviderConfig::new(kind, "mine");
        config.api_key = Some(SecretString::from("key"));
        if kind == Kind::OpenAiCompatible {
            config.base_url = Some("http://127.0.0.1:9".to_owned());
            config.models.default = Some("m".to_owned());
        }
        let connected = connect(&config, &client).unwrap();
        assert!(connected.chat.is_some());
        assert_eq!(connected.transcriber.is_some(), hears, "{kind}");
        assert_eq!(connected.captioner.is_some(), sees, "{kind}");
        config
            .models
            .by_use
            .insert(Use::Caption, "looks".to_owned());
        assert!(
            connect(&config, &client).unwrap().captioner.is_some(),
            "{kind}"
        );
    }
}
