//! Whether Ollama is there, at start (contract 004-A3, D8.32).

use std::time::Duration;

use reqwest::Client;

use super::pool::{listed, lists};
use crate::config::{ConfigError, Kind, ProviderConfig};
use crate::http::{Timeouts, Upstream};
use crate::ollama_pool;

/// Why the server must not start.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StartupError {
    /// The account itself is wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// Nobody answers.
    #[error("Ollama does not answer at {urls} ({reason}); is `ollama serve` running?")]
    Unreachable {
        /// The addresses tried.
        urls: String,
        /// What the last one did.
        reason: String,
    },
    /// It answers, but the model is not there.
    #[error("the model {model} is missing at {urls}; fetch it with `ollama pull {model}`")]
    ModelMissing {
        /// The model.
        model: String,
        /// The addresses that answered.
        urls: String,
    },
}

/// Asks every instance of an account for its models; one that has the model is enough.
///
/// # Errors
/// By what the operator has to do: see [`StartupError`].
pub async fn check(
    config: &ProviderConfig,
    client: &Client,
    model: &str,
) -> Result<(), StartupError> {
    let pool = ollama_pool(config, client)?;
    let (mut silent, mut without) = (Vec::new(), Vec::new());
    let mut reason = String::new();
    for place in pool.places() {
        match listed(place, Duration::from_secs(5)).await {
            Ok(models) if lists(&models, model) => return Ok(()),
            Ok(_) => without.push(place.base().to_owned()),
            Err(error) => {
                silent.push(place.base().to_owned());
                reason = error.to_string();
            }
        }
    }
    if without.is_empty() {
        return Err(StartupError::Unreachable {
            urls: silent.join(", "),
            reason,
        });
    }
    Err(StartupError::ModelMissing {
        model: model.to_owned(),
        urls: without.join(", "),
    })
}

/// Whether an instance answers at an address: one question, `within` this time.
pub async fn answers(client: &Client, base_url: &str, within: Duration) -> bool {
    let timeouts = Timeouts {
        answer: within,
        idle: within,
    };
    match Upstream::new(client, Kind::Ollama.name(), base_url, timeouts) {
        Ok(upstream) => listed(&upstream, within).await.is_ok(),
        Err(_) => false,
    }
}
