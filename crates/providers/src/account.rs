//! An account of the gateway from an account of the configuration.

use std::collections::BTreeMap;

use llm::{Account, AccountLimits, ModelType, Models, StructuredOutput, Use};
use reqwest::Client;

use crate::config::{ConfigError, Kind, ProviderConfig, Seconds};
use crate::{Connected, connect};

/// Connects an account and says how far it may be used.
///
/// # Errors
/// As [`connect`].
pub fn account(config: &ProviderConfig, client: &Client) -> Result<Account, ConfigError> {
    let connected = connect(config, client)?;
    let model_type = if config.kind == Kind::Ollama {
        ModelType::Local
    } else {
        ModelType::Cloud
    };
    Ok(Account {
        models: models(config),
        limits: limits(config, &connected),
        chat: connected.chat,
        transcriber: connected.transcriber,
        captioner: connected.captioner,
        // Which form a model can be held to depends on the model, and on whether it streams or has
        // tools. The adapters know, and say in words what is left.
        structured: StructuredOutput::JsonSchema,
        ..Account::new(config.name.clone(), config.kind.name(), model_type)
    })
}

fn models(config: &ProviderConfig) -> Models {
    let kind = config.kind;
    let mut models = Models {
        default: config
            .models
            .default
            .as_deref()
            .or(config.models.named(Use::Chat))
            .or(kind.default_model())
            .unwrap_or_default()
            .to_owned(),
        by_use: config.models.by_use.clone(),
    };
    // What listens and looks is seldom what talks.
    for (purpose, model) in [
        (Use::Transcription, kind.default_transcription_model()),
        (Use::Caption, kind.default_caption_model()),
        (
            Use::Questions,
            kind.default_question_model()
                .filter(|_| config.models.default.is_none()),
        ),
    ] {
        if let Some(model) = model {
            models
                .by_use
                .entry(purpose)
                .or_insert_with(|| model.to_owned());
        }
    }
    models
}

/// The adapters hold each attempt to the same times; the gateway's are bounds around them. An
/// Ollama account may ask one instance after the other, each for its full time.
fn limits(config: &ProviderConfig, connected: &Connected) -> AccountLimits {
    let usual = AccountLimits::default();
    let timeouts = config.timeouts();
    let places = u32::try_from(config.places()).unwrap_or(u32::MAX);
    let chat = timeouts.answer.saturating_mul(places);
    let mut timeout_by_use = BTreeMap::new();
    if connected.transcriber.is_some() {
        timeout_by_use.insert(Use::Transcription, config.transcription_timeouts().answer);
    }
    if connected.captioner.is_some() {
        let captions = config.caption_timeouts().answer.max(chat);
        timeout_by_use.insert(Use::Caption, captions);
    }
    AccountLimits {
        enabled: config.enabled,
        priority: config.priority,
        timeout: chat,
        timeout_by_use,
        first_token: Some(
            config
                .first_token_timeout_seconds
                .map_or(chat, Seconds::duration),
        ),
        between_tokens: timeouts.idle,
        stream_total: config
            .stream_total_seconds
            .map_or(usual.stream_total, Seconds::duration),
        max_concurrency: config.max_concurrency.unwrap_or(usual.max_concurrency),
        queue: config.queue.unwrap_or(usual.queue),
        quota: config.quota,
        per_minute: config.per_minute,
        enforce_per_minute: config.enforce_per_minute,
        ..usual
    }
}
