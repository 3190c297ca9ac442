//! An account of the gateway from an account of the configuration.

use std::time::Duration;

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

/// The adapters hold each call to its own time: chat, speech and captions have different ones, and
/// an Ollama account may ask several instances. The gateway's is the outer bound of them all.
fn limits(config: &ProviderConfig, connected: &Connected) -> AccountLimits {
    let usual = AccountLimits::default();
    let timeouts = config.timeouts();
    let places = u32::try_from(config.places()).unwrap_or(u32::MAX);
    let chat = timeouts.answer.saturating_mul(places);
    let speech = connected
        .transcriber
        .as_ref()
        .map(|_| config.transcription_timeouts().answer);
    let captions = connected
        .captioner
        .as_ref()
        .map(|_| config.caption_timeouts().answer);
    let longest = [speech, captions]
        .into_iter()
        .flatten()
        .fold(chat, Duration::max);
    AccountLimits {
        enabled: config.enabled,
        priority: config.priority,
        timeout: longest,
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
