//! An account: one key at one provider (or one model in this process), and how far it may be used.
//!
//! Accounts with different keys of the same provider are different accounts with different names:
//! each has its own breaker, score, quota and queue (contract 7.4, fixes 003-B1).

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::{Captioner, ChatModel, TextReader, Transcriber, Use};

/// Where a model runs, as metrics name it (contract 7.8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ModelType {
    /// On this machine or network: `ollama`, `local`.
    Local,
    /// Hosted by someone.
    Cloud,
    /// No model: canned answers.
    Fallback,
}

impl ModelType {
    /// Its name in metrics.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Cloud => "cloud",
            Self::Fallback => "fallback",
        }
    }
}

/// Which form of structured output a provider enforces by itself (contract D8.17).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum StructuredOutput {
    /// None: the form is asked for in words.
    #[default]
    Words,
    /// Any JSON object; the schema is asked for in words.
    JsonObject,
    /// JSON that satisfies a schema.
    JsonSchema,
}

/// What a quota counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum QuotaUnit {
    /// Calls.
    Requests,
    /// Characters of prompt and answer.
    Characters,
}

/// When a quota starts anew, in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum QuotaPeriod {
    /// At midnight.
    Day,
    /// On the first of the month.
    Month,
}

/// How much an account may be used in a period (contract 003-A8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quota {
    /// What is counted.
    pub unit: QuotaUnit,
    /// When it starts anew.
    pub period: QuotaPeriod,
    /// How much; 0 is no limit.
    pub limit: u64,
}

/// How an account may be used.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountLimits {
    /// Whether it is used at all.
    pub enabled: bool,
    /// 1 (first) to 10 (last) among the accounts of one tier.
    pub priority: u8,
    /// Time for a whole answer that is not streamed.
    pub timeout: Duration,
    /// The same for single uses, such as speech, which takes longer (contract D8.15).
    pub timeout_by_use: BTreeMap<Use, Duration>,
    /// Time until the provider accepts a request for a stream; `None` leaves it to `first_token`.
    pub connect: Option<Duration>,
    /// Time until the first content of a stream; `None` takes `timeout`.
    pub first_token: Option<Duration>,
    /// Silence allowed inside a stream.
    pub between_tokens: Duration,
    /// Time for a whole stream.
    pub stream_total: Duration,
    /// Calls at the same time; 0 is no limit.
    pub max_concurrency: usize,
    /// Calls that may wait for their turn; more are sent elsewhere or refused as busy.
    pub queue: usize,
    /// How much it may be used in a day or month.
    pub quota: Option<Quota>,
    /// Calls per minute (contract 002-A13).
    pub per_minute: Option<u32>,
    /// Whether `per_minute` is held, or only counted.
    pub enforce_per_minute: bool,
}

impl Default for AccountLimits {
    fn default() -> Self {
        Self {
            enabled: true,
            priority: 1,
            timeout: Duration::from_secs(30),
            timeout_by_use: BTreeMap::new(),
            connect: None,
            first_token: None,
            between_tokens: Duration::from_secs(30),
            stream_total: Duration::from_mins(10),
            max_concurrency: 32,
            queue: 64,
            quota: None,
            per_minute: None,
            enforce_per_minute: false,
        }
    }
}

impl AccountLimits {
    /// Time for a whole answer of a use that is not streamed.
    pub fn timeout_for(&self, purpose: Use) -> Duration {
        self.timeout_by_use
            .get(&purpose)
            .copied()
            .unwrap_or(self.timeout)
    }
}

/// The models an account answers with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Models {
    /// For every use without a model of its own.
    pub default: String,
    /// Models for single uses.
    pub by_use: BTreeMap<Use, String>,
}

impl Models {
    /// One model for everything.
    pub fn one(model: impl Into<String>) -> Self {
        Self {
            default: model.into(),
            by_use: BTreeMap::new(),
        }
    }

    /// The same with another model for one use.
    #[must_use]
    pub fn with(mut self, purpose: Use, model: impl Into<String>) -> Self {
        self.by_use.insert(purpose, model.into());
        self
    }

    /// The model for a use.
    pub fn for_use(&self, purpose: Use) -> &str {
        self.by_use.get(&purpose).unwrap_or(&self.default)
    }
}

/// One key at one provider.
#[derive(Clone)]
pub struct Account {
    /// Unique: `groq_1`.
    pub name: String,
    /// The provider: `groq`, `openai`, `gemini`, `gemma`, `anthropic`, `ollama`, `local`,
    /// `huggingface`, `mock`, or a name from the configuration.
    pub kind: String,
    /// Where its models run.
    pub model_type: ModelType,
    /// Its models.
    pub models: Models,
    /// What answers chats, if it can.
    pub chat: Option<Arc<dyn ChatModel>>,
    /// What understands speech, if it can.
    pub transcriber: Option<Arc<dyn Transcriber>>,
    /// What describes pictures, if it can.
    pub captioner: Option<Arc<dyn Captioner>>,
    /// What reads the text in pictures, if it can.
    pub text_reader: Option<Arc<dyn TextReader>>,
    /// What its chat model enforces of structured output.
    pub structured: StructuredOutput,
    /// How it may be used.
    pub limits: AccountLimits,
}

impl Account {
    /// An account without capabilities, with default limits.
    pub fn new(name: impl Into<String>, kind: impl Into<String>, model_type: ModelType) -> Self {
        Self {
            name: name.into(),
            kind: kind.into(),
            model_type,
            models: Models::default(),
            chat: None,
            transcriber: None,
            captioner: None,
            text_reader: None,
            structured: StructuredOutput::default(),
            limits: AccountLimits::default(),
        }
    }

    /// Checks the rules of contract 4.2.
    ///
    /// # Errors
    /// The account, the field and its rule.
    pub fn validate(&self) -> Result<(), InvalidAccount> {
        let limits = &self.limits;
        let rule = if self.name.trim().is_empty() {
            "name must not be empty"
        } else if self.kind.trim().is_empty() {
            "kind must not be empty"
        } else if !(1..=10).contains(&limits.priority) {
            "priority must be from 1 to 10"
        } else if limits.timeout.is_zero() || limits.timeout_by_use.values().any(Duration::is_zero)
        {
            "timeout must be more than 0 seconds"
        } else if limits.connect.is_some_and(|limit| limit.is_zero())
            || limits.first_token.is_some_and(|limit| limit.is_zero())
            || limits.between_tokens.is_zero()
            || limits.stream_total.is_zero()
        {
            "time limits of streams must be more than 0 seconds"
        } else if limits.per_minute == Some(0) {
            "calls per minute must be at least 1"
        } else {
            return Ok(());
        };
        Err(InvalidAccount {
            account: self.name.clone(),
            rule,
        })
    }
}

/// Says nothing of the models inside, which hold keys.
impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Account")
            .field("name", &self.name)
            .field("kind", &self.kind)
            .field("model_type", &self.model_type)
            .field("models", &self.models)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

/// A rule that an account breaks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("account {account}: {rule}")]
pub struct InvalidAccount {
    /// Its name.
    pub account: String,
    /// What is wrong.
    pub rule: &'static str,
}
