//! What an account at a provider is made of, as the configuration says it.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use llm::{Quota, StructuredOutput, Use};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer};

use crate::http::Timeouts;

/// Hugging Face's public address for chat.
pub const HUGGING_FACE_ROUTER_URL: &str = "https://router.huggingface.co/v1";

/// Every kind of provider there is, in the order messages name them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// `OpenAI`.
    OpenAi,
    /// Groq.
    Groq,
    /// Hugging Face: chat over its router, speech and captions over classic inference.
    HuggingFace,
    /// Google AI.
    Gemini,
    /// Google AI with an open model, which takes neither system instructions nor schemas.
    Gemma,
    /// Anthropic.
    Anthropic,
    /// One or more Ollama instances.
    Ollama,
    /// Anything that speaks `OpenAI`'s protocol: vLLM, LM Studio, llama.cpp, `OpenRouter`, …
    OpenAiCompatible,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::OpenAi,
        Self::Groq,
        Self::HuggingFace,
        Self::Gemini,
        Self::Gemma,
        Self::Anthropic,
        Self::Ollama,
        Self::OpenAiCompatible,
    ];

    /// Its name in the configuration.
    pub fn name(self) -> &'static str {
        match self {
            Self::OpenAi => "openai",
            Self::Groq => "groq",
            Self::HuggingFace => "huggingface",
            Self::Gemini => "gemini",
            Self::Gemma => "gemma",
            Self::Anthropic => "anthropic",
            Self::Ollama => "ollama",
            Self::OpenAiCompatible => "openai_compatible",
        }
    }

    /// Its public address, where it has one, up to where its own routes begin.
    pub fn default_base_url(self) -> Option<&'static str> {
        match self {
            Self::OpenAi => Some("https://api.openai.com/v1"),
            Self::Groq => Some("https://api.groq.com/openai/v1"),
            Self::HuggingFace => Some("https://router.huggingface.co/hf-inference"),
            Self::Gemini | Self::Gemma => Some("https://generativelanguage.googleapis.com/v1beta"),
            Self::Anthropic => Some("https://api.anthropic.com/v1"),
            Self::Ollama => Some("http://localhost:11434"),
            Self::OpenAiCompatible => None,
        }
    }

    /// The model for chat where the configuration names none.
    pub fn default_model(self) -> Option<&'static str> {
        match self {
            Self::OpenAi => Some("gpt-4o-mini"),
            Self::Groq => Some("llama-3.1-8b-instant"),
            Self::HuggingFace => Some("mistralai/Mistral-7B-Instruct-v0.2"),
            Self::Gemini => Some("gemini-2.5-flash"),
            Self::Gemma => Some("gemma-3-1b-it"),
            Self::Anthropic => Some("claude-haiku-4-5"),
            Self::Ollama => Some("llama3.2:3b"),
            Self::OpenAiCompatible => None,
        }
    }

    /// The model for interview questions where it is another than for chat (contract 4.2).
    pub fn default_question_model(self) -> Option<&'static str> {
        match self {
            Self::Groq => Some("openai/gpt-oss-120b"),
            _ => None,
        }
    }

    /// The model for speech where the configuration names none.
    pub fn default_transcription_model(self) -> Option<&'static str> {
        match self {
            Self::OpenAi => Some("whisper-1"),
            Self::Groq => Some("whisper-large-v3"),
            Self::HuggingFace => Some("openai/whisper-large-v3"),
            _ => None,
        }
    }

    /// The model for captions where the configuration names none.
    pub fn default_caption_model(self) -> Option<&'static str> {
        match self {
            Self::HuggingFace => Some("Salesforce/blip-image-captioning-large"),
            Self::OpenAi | Self::Gemini | Self::Anthropic => self.default_model(),
            _ => None,
        }
    }

    /// How long an answer may take where the configuration does not say (contract D8.15).
    fn default_timeout(self) -> Duration {
        Duration::from_secs(if self == Self::Groq { 10 } else { 30 })
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Kind {
    type Err = ConfigError;

    fn from_str(text: &str) -> Result<Self, ConfigError> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.name() == text)
            .ok_or_else(|| ConfigError::UnknownKind(text.to_owned()))
    }
}

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

/// A time in seconds; fractions are allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seconds(Duration);

impl Seconds {
    /// Whole seconds.
    pub const fn whole(seconds: u64) -> Self {
        Self(Duration::from_secs(seconds))
    }

    /// The time.
    pub const fn duration(self) -> Duration {
        self.0
    }
}

impl From<Duration> for Seconds {
    fn from(duration: Duration) -> Self {
        Self(duration)
    }
}

impl<'de> Deserialize<'de> for Seconds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let seconds = f64::deserialize(deserializer)?;
        match Duration::try_from_secs_f64(seconds) {
            Ok(duration) if !duration.is_zero() => Ok(Self(duration)),
            _ => Err(serde::de::Error::custom(format!(
                "{seconds} is no time: a positive number of seconds is needed"
            ))),
        }
    }
}

/// Which model an account uses for what; a use that is not named takes `default`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct ModelNames {
    /// For every use without a model of its own.
    #[serde(default)]
    pub default: Option<String>,
    /// Models for single uses, by the use's name: `questions`, `caption`, `transcription`, …
    #[serde(flatten)]
    pub by_use: BTreeMap<Use, String>,
}

impl ModelNames {
    /// The model named for a use itself.
    pub(crate) fn named(&self, purpose: Use) -> Option<&str> {
        self.by_use.get(&purpose).map(String::as_str)
    }

    /// Every model named.
    pub(crate) fn all(&self) -> impl Iterator<Item = &str> {
        self.default
            .iter()
            .chain(self.by_use.values())
            .map(String::as_str)
    }
}

/// Where a compatible server differs from the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Compatibility {
    /// Whether its chat takes pictures.
    pub images: bool,
    /// How answers are held to a form: `schema`, `object` (any JSON) or `words`.
    #[serde(deserialize_with = "structured_output")]
    pub structured_output: StructuredOutput,
    /// Whether the limit is called `max_completion_tokens`.
    pub max_completion_tokens: bool,
    /// Whether it knows `stream_options`, which makes it tell the tokens of a stream.
    pub stream_usage: bool,
}

impl Default for Compatibility {
    fn default() -> Self {
        Self {
            images: true,
            structured_output: StructuredOutput::Words,
            max_completion_tokens: false,
            stream_usage: true,
        }
    }
}

fn structured_output<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<StructuredOutput, D::Error> {
    match String::deserialize(deserializer)?.as_str() {
        "schema" => Ok(StructuredOutput::JsonSchema),
        "object" => Ok(StructuredOutput::JsonObject),
        "words" => Ok(StructuredOutput::Words),
        other => Err(serde::de::Error::custom(format!(
            "{other:?} is none of schema, object, words"
        ))),
    }
}

/// One account at one provider.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProviderConfig {
    /// Which provider.
    pub kind: Kind,
    /// The account's own name: `groq_2`.
    pub name: String,
    /// The key.
    #[serde(default)]
    pub api_key: Option<SecretString>,
    /// The address up to where the provider's routes begin; an address without a path gets the
    /// provider's usual one. For Ollama a balancer, tried before `endpoints`; for Hugging Face
    /// classic inference.
    #[serde(default)]
    pub base_url: Option<String>,
    /// Hugging Face only: the address for chat.
    #[serde(default)]
    pub router_url: Option<String>,
    /// Ollama only: the instances.
    #[serde(default)]
    pub endpoints: Vec<String>,
    /// Models by use.
    #[serde(default)]
    pub models: ModelNames,
    /// Longest wait for an answer, or for a stream to begin.
    #[serde(default)]
    pub timeout_seconds: Option<Seconds>,
    /// The same for speech; 60.
    #[serde(default)]
    pub transcription_timeout_seconds: Option<Seconds>,
    /// The same for captions; as `timeout_seconds`, but at least 30.
    #[serde(default)]
    pub caption_timeout_seconds: Option<Seconds>,
    /// Longest wait for the first words of a stream; as `timeout_seconds`.
    #[serde(default)]
    pub first_token_timeout_seconds: Option<Seconds>,
    /// Longest a stream may take; 600.
    #[serde(default)]
    pub stream_total_seconds: Option<Seconds>,
    /// Longest silence inside a stream; as `timeout_seconds`.
    #[serde(default)]
    pub idle_timeout_seconds: Option<Seconds>,
    /// What it may use; nothing is counted against it without.
    #[serde(default)]
    pub quota: Option<Quota>,
    /// Calls per minute.
    #[serde(default)]
    pub per_minute: Option<u32>,
    /// Whether `per_minute` is held, or only counted.
    #[serde(default)]
    pub enforce_per_minute: bool,
    /// Calls at the same time; 0 is no limit.
    #[serde(default)]
    pub max_concurrency: Option<usize>,
    /// Calls that may wait for their turn.
    #[serde(default)]
    pub queue: Option<usize>,
    /// 1 (first) to 10 (last) among the accounts of one tier.
    #[serde(default = "first_tier")]
    pub priority: u8,
    /// Whether it is used at all.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// Compatible servers only.
    #[serde(default)]
    pub compatibility: Compatibility,
}

const fn first_tier() -> u8 {
    1
}

const fn yes() -> bool {
    true
}

impl ProviderConfig {
    /// An account with everything at its default.
    pub fn new(kind: Kind, name: impl Into<String>) -> Self {
        Self {
            kind,
            name: name.into(),
            api_key: None,
            base_url: None,
            router_url: None,
            endpoints: Vec::new(),
            models: ModelNames::default(),
            timeout_seconds: None,
            transcription_timeout_seconds: None,
            caption_timeout_seconds: None,
            first_token_timeout_seconds: None,
            stream_total_seconds: None,
            idle_timeout_seconds: None,
            quota: None,
            per_minute: None,
            enforce_per_minute: false,
            max_concurrency: None,
            queue: None,
            priority: first_tier(),
            enabled: yes(),
            compatibility: Compatibility::default(),
        }
    }

    /// The key.
    ///
    /// # Errors
    /// [`ConfigError::MissingKey`] when there is none or it is blank.
    pub(crate) fn key(&self) -> Result<&SecretString, ConfigError> {
        self.api_key
            .as_ref()
            .filter(|key| !key.expose_secret().trim().is_empty())
            .ok_or_else(|| ConfigError::MissingKey {
                account: self.name.clone(),
                kind: self.kind,
            })
    }

    /// How many addresses a call may be tried at, one after the other.
    pub(crate) fn places(&self) -> usize {
        if self.kind == Kind::Ollama && !self.endpoints.is_empty() {
            self.endpoints.len() + usize::from(self.base_url.is_some())
        } else {
            1
        }
    }

    pub(crate) fn timeouts(&self) -> Timeouts {
        let answer = self
            .timeout_seconds
            .map_or(self.kind.default_timeout(), Seconds::duration);
        Timeouts {
            answer,
            idle: self.idle_timeout_seconds.map_or(answer, Seconds::duration),
        }
    }

    pub(crate) fn transcription_timeouts(&self) -> Timeouts {
        let answer = self
            .transcription_timeout_seconds
            .map_or(Duration::from_mins(1), Seconds::duration);
        Timeouts {
            answer,
            ..self.timeouts()
        }
    }

    pub(crate) fn caption_timeouts(&self) -> Timeouts {
        let answer = self.caption_timeout_seconds.map_or_else(
            || self.timeouts().answer.max(Duration::from_secs(30)),
            Seconds::duration,
        );
        Timeouts {
            answer,
            ..self.timeouts()
        }
    }
}

/// Why an account cannot be connected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// A kind nobody knows.
    #[error("there is no provider kind {0:?}; known are {known}", known = known_kinds())]
    UnknownKind(String),
    /// A provider that needs a key has none.
    #[error("{account}: a provider of kind {kind} needs api_key")]
    MissingKey {
        /// The account.
        account: String,
        /// Its kind.
        kind: Kind,
    },
    /// A key that cannot be sent.
    #[error("{account}: api_key has characters that cannot be sent")]
    BadKey {
        /// The account.
        account: String,
    },
    /// An address that is none.
    #[error("{account}: bad address: {reason}")]
    BadUrl {
        /// The account.
        account: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A provider without a public address has none.
    #[error("{account}: a provider of kind {kind} needs base_url")]
    MissingUrl {
        /// The account.
        account: String,
        /// Its kind.
        kind: Kind,
    },
    /// No model is named and the kind has none of its own.
    #[error("{account}: a provider of kind {kind} needs models.default")]
    MissingModel {
        /// The account.
        account: String,
        /// Its kind.
        kind: Kind,
    },
    /// The HTTP client could not be made.
    #[error("the HTTP client could not be made: {0}")]
    Client(String),
}

fn known_kinds() -> String {
    Kind::ALL.map(Kind::name).join(", ")
}

#[cfg(test)]
mod tests;
