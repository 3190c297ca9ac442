//! Accounts at the test upstream.

use std::time::Duration;

use futures_util::StreamExt;
use llm::{ChatEvent, ChatModel, ChatRequest, Message, ModelError};
use providers::http::ClientConfig;
use providers::{Connected, Kind, ProviderConfig, connect};
use secrecy::SecretString;
use testkit::upstream::Upstream;

/// A key that must never be seen again.
pub(crate) const CANARY: &str = "sk-canary-7f3a91";

pub(crate) fn client() -> reqwest::Client {
    // Only the first test of a process installs it.
    let _ = rustls::crypto::ring::default_provider().install_default();
    providers::http::client(&ClientConfig::default()).unwrap()
}

/// An account whose address is the upstream.
pub(crate) fn config(kind: Kind, upstream: &Upstream) -> ProviderConfig {
    let mut config = ProviderConfig::new(kind, "mine");
    config.api_key = Some(SecretString::from(CANARY));
    config.base_url = Some(upstream.url(""));
    config.router_url = Some(upstream.url(""));
    if kind == Kind::OpenAiCompatible {
        config.models.default = Some("own-model".to_owned());
    }
    config
}

pub(crate) fn connected(config: &ProviderConfig) -> Connected {
    connect(config, &client()).unwrap()
}

/// The chat model of an account with everything at its default.
pub(crate) fn chat(kind: Kind, upstream: &Upstream) -> std::sync::Arc<dyn ChatModel> {
    connected(&config(kind, upstream)).chat.unwrap()
}

/// The same with as little patience as a test may have.
pub(crate) fn hasty(kind: Kind, upstream: &Upstream) -> ProviderConfig {
    let mut config = config(kind, upstream);
    let moment = Some(Duration::from_millis(60).into());
    config.timeout_seconds = moment;
    config.idle_timeout_seconds = moment;
    config.transcription_timeout_seconds = moment;
    config.caption_timeout_seconds = moment;
    config
}

pub(crate) fn hello() -> ChatRequest {
    ChatRequest {
        messages: vec![Message::user("What is to be done?")],
        ..ChatRequest::default()
    }
}

/// Everything a stream gives, and how it ended.
pub(crate) async fn drain(
    chat: &dyn ChatModel,
    request: ChatRequest,
) -> (Vec<ChatEvent>, Result<(), ModelError>) {
    let mut events = Vec::new();
    let mut stream = match chat.stream(request).await {
        Ok(stream) => stream,
        Err(error) => return (events, Err(error)),
    };
    while let Some(event) = stream.next().await {
        match event {
            Ok(event) => events.push(event),
            Err(error) => {
                assert!(
                    stream.next().await.is_none(),
                    "nothing comes after an error"
                );
                return (events, Err(error));
            }
        }
    }
    (events, Ok(()))
}

/// The words among events.
pub(crate) fn words(events: &[ChatEvent]) -> String {
    events
        .iter()
        .filter_map(|event| match event {
            ChatEvent::Text(text) => Some(text.as_str()),
            _ => None,
        })
        .collect()
}

/// Nothing of the key is in an error.
pub(crate) fn assert_no_key(error: &ModelError, context: &str) {
    let seen = format!("{error} {error:?}");
    assert!(!seen.contains("canary"), "{context}: {seen}");
}
