//! Why a model did not answer, by what the caller can do about it.

use std::time::Duration;

/// One variant per possible reaction; the upstream's own words are for the log, never for a page.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ModelError {
    /// The request itself is wrong: no other account would take it.
    #[error("the model refused the request: {0}")]
    BadRequest(String),
    /// The key is missing, wrong or not allowed: this account cannot be used.
    #[error("the provider refused the key")]
    Unauthorized(String),
    /// The model does not exist (any more) at this provider (contract 6, “model gone”).
    #[error("the model {model} is not available at this provider")]
    ModelGone {
        /// The model asked for.
        model: String,
        /// What the provider said.
        message: String,
    },
    /// Too many requests for this account: try another, or later.
    #[error("the provider's rate limit is reached")]
    RateLimited {
        /// How long the provider asked to wait.
        retry_after: Option<Duration>,
    },
    /// The provider failed, could not be reached, or is overloaded: another attempt may work.
    #[error("the provider failed: {message}")]
    Unavailable {
        /// What happened, without secrets.
        message: String,
        /// How long the provider asked to wait.
        retry_after: Option<Duration>,
    },
    /// No answer in time.
    #[error("no answer in time ({0})")]
    Timeout(&'static str),
    /// The answer could not be understood or was cut.
    #[error("the answer could not be read: {0}")]
    Malformed(String),
    /// The queue in front of the model is full.
    #[error("the model is busy")]
    Busy,
    /// Nothing is set up that could answer.
    #[error("no model is available: {0}")]
    NotConfigured(String),
    /// The caller went away.
    #[error("cancelled")]
    Cancelled,
    /// Several accounts could have answered and none did.
    #[error("no model answered ({})", describe(attempts))]
    AllFailed {
        /// What came of each account, in the order asked.
        attempts: Vec<FailedAttempt>,
        /// When the first of them may be asked again, where that is known.
        retry_after: Option<Duration>,
    },
}

/// What came of asking one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedAttempt {
    /// Its name.
    pub account: String,
    /// [`ModelError::class`] of its error, or why it was not asked: `circuit_open`, `paused`,
    /// `quota`, `rate_window`, `busy`.
    pub class: &'static str,
}

fn describe(attempts: &[FailedAttempt]) -> String {
    let each: Vec<String> = attempts
        .iter()
        .map(|attempt| format!("{}: {}", attempt.account, attempt.class))
        .collect();
    each.join(", ")
}

impl ModelError {
    /// Whether another attempt, here or elsewhere, may succeed.
    pub fn is_transient(&self) -> bool {
        matches!(
            self,
            Self::RateLimited { .. }
                | Self::Unavailable { .. }
                | Self::Timeout(_)
                | Self::Malformed(_)
                | Self::Busy
                | Self::AllFailed { .. }
        )
    }

    /// Whether the fault lies with the provider and counts against its breaker
    /// (contract D8.13: a caller's 4xx and 429 never do).
    pub fn is_provider_fault(&self) -> bool {
        matches!(
            self,
            Self::Unavailable { .. } | Self::Timeout(_) | Self::Malformed(_)
        )
    }

    /// Whether an error of this [`ModelError::class`] counted against the account's score: the
    /// provider's own faults, and a key that it refused.
    pub(crate) fn class_counts(class: &str) -> bool {
        matches!(
            class,
            "unavailable" | "timeout" | "malformed" | "unauthorized"
        )
    }

    /// How long the provider asked to wait.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::RateLimited { retry_after }
            | Self::Unavailable { retry_after, .. }
            | Self::AllFailed { retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    /// A short name for ledgers and metrics.
    pub fn class(&self) -> &'static str {
        match self {
            Self::BadRequest(_) => "bad_request",
            Self::Unauthorized(_) => "unauthorized",
            Self::ModelGone { .. } => "model_gone",
            Self::RateLimited { .. } => "rate_limited",
            Self::Unavailable { .. } => "unavailable",
            Self::Timeout(_) => "timeout",
            Self::Malformed(_) => "malformed",
            Self::Busy => "busy",
            Self::NotConfigured(_) => "not_configured",
            Self::Cancelled => "cancelled",
            Self::AllFailed { .. } => "all_failed",
        }
    }
}
