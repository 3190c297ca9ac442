//! Keeping the key out of what providers send back: some repeat it in their refusals.

use llm::ModelError;
use secrecy::{ExposeSecret, SecretString};

/// No message is longer than this many characters.
const MAX_MESSAGE: usize = 500;

/// Takes one key out of messages, and anything that would spoil a log line.
#[derive(Debug, Clone)]
pub(crate) struct Scrub {
    secret: Option<SecretString>,
}

impl Scrub {
    pub(crate) fn none() -> Self {
        Self { secret: None }
    }

    pub(crate) fn of(secret: SecretString) -> Self {
        Self {
            secret: Some(secret),
        }
    }

    /// The text without the key, without control characters, cut to a bearable length.
    pub(crate) fn text(&self, text: &str) -> String {
        let mut text = text.to_owned();
        if let Some(secret) = &self.secret {
            let secret = secret.expose_secret();
            if !secret.is_empty() {
                text = text.replace(secret, "[key]");
            }
        }
        let mut clean: String = text
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .take(MAX_MESSAGE)
            .collect();
        if text.chars().nth(MAX_MESSAGE).is_some() {
            clean.push('…');
        }
        clean
    }

    /// The error with every message cleaned.
    pub(crate) fn error(&self, error: ModelError) -> ModelError {
        match error {
            ModelError::BadRequest(message) => ModelError::BadRequest(self.text(&message)),
            ModelError::Unauthorized(message) => ModelError::Unauthorized(self.text(&message)),
            ModelError::ModelGone { model, message } => ModelError::ModelGone {
                model: self.text(&model),
                message: self.text(&message),
            },
            ModelError::Unavailable {
                message,
                retry_after,
            } => ModelError::Unavailable {
                message: self.text(&message),
                retry_after,
            },
            ModelError::Malformed(message) => ModelError::Malformed(self.text(&message)),
            ModelError::NotConfigured(message) => ModelError::NotConfigured(self.text(&message)),
            // The rest has no words of the provider's.
            other => other,
        }
    }
}
