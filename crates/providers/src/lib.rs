//! One folder per provider: its wire format, to and from [`llm`].
//!
//! [`connect`] makes of an account in the configuration what it can do: chat, transcribe, caption.
//! What a provider cannot do it does not have. Everything sent and read here is lenient: fields
//! nobody asked for are ignored, fields that are missing are optional, and what cannot be
//! understood is a [`llm::ModelError`], never a panic and never half an answer.

mod account;
mod anthropic;
mod audio;
mod caption;
pub mod config;
mod gemini;
pub mod http;
mod huggingface;
mod lenient;
pub mod ollama;
mod openai;
pub mod prices;
mod prompt;
pub mod retired;
mod sse;

use std::sync::Arc;

use ::http::header::{HeaderName, HeaderValue};
use llm::{Captioner, ChatModel, Transcriber, Use};
use reqwest::Client;

pub use account::account;
pub use caption::ChatCaptioner;
pub use config::{ConfigError, Kind, ModelNames, ProviderConfig};

use self::config::Compatibility;
use self::http::{KeyHeader, Timeouts, Upstream, with_default_path};
use self::openai::{Dialect, OpenAiChat, OpenAiTranscriber};

/// What an account can do.
#[derive(Clone, Default)]
pub struct Connected {
    /// Talk.
    pub chat: Option<Arc<dyn ChatModel>>,
    /// Listen.
    pub transcriber: Option<Arc<dyn Transcriber>>,
    /// Look.
    pub captioner: Option<Arc<dyn Captioner>>,
}

/// Connects one account. Nothing is sent yet.
///
/// This is the one list of providers: a new one is a folder and an arm here.
///
/// # Errors
/// By what is wrong with the account: see [`ConfigError`].
pub fn connect(config: &ProviderConfig, client: &Client) -> Result<Connected, ConfigError> {
    warn_about_retired(config);
    let account = Account { config, client };
    match config.kind {
        Kind::OpenAi | Kind::Groq | Kind::OpenAiCompatible => account.openai(),
        Kind::HuggingFace => account.hugging_face(),
        Kind::Gemini | Kind::Gemma => account.gemini(),
        Kind::Anthropic => account.anthropic(),
        Kind::Ollama => account.ollama(),
    }
}

struct Account<'a> {
    config: &'a ProviderConfig,
    client: &'a Client,
}

impl Account<'_> {
    fn openai(&self) -> Result<Connected, ConfigError> {
        let config = self.config;
        let dialect = Dialect::of(config.kind, config.compatibility);
        let base = self.base("/v1")?;
        let upstream = self.upstream(&base, config.timeouts(), KeyHeader::Bearer)?;
        let chat = OpenAiChat::new(upstream, dialect, self.model()?);
        let speech = self.transcription_model();
        let transcriber = speech
            .map(|model| {
                let timeouts = config.transcription_timeouts();
                let upstream = self.upstream(&base, timeouts, KeyHeader::Bearer)?;
                Ok(OpenAiTranscriber::new(upstream, config.kind, model))
            })
            .transpose()?;
        Ok(Connected {
            transcriber: transcriber.map(|it| Arc::new(it) as Arc<dyn Transcriber>),
            ..self.talking(chat)
        })
    }

    fn hugging_face(&self) -> Result<Connected, ConfigError> {
        let config = self.config;
        // Classic inference has its routes right below whatever is set.
        let base = config
            .base_url
            .as_deref()
            .or(config.kind.default_base_url())
            .unwrap_or_default();
        let router = config
            .router_url
            .as_deref()
            .unwrap_or(config::HUGGING_FACE_ROUTER_URL);
        let router = with_default_path(router, "/v1");
        let upstream = |base: &str, timeouts| self.upstream(base, timeouts, KeyHeader::Bearer);

        let dialect = Dialect::of(config.kind, Compatibility::default());
        let chat = OpenAiChat::new(
            upstream(&router, config.timeouts())?,
            dialect,
            self.model()?,
        );
        let transcriber = self.transcription_model().map(|model| {
            let upstream = upstream(base, config.transcription_timeouts())?;
            Ok(huggingface::HuggingFaceTranscriber::new(upstream, model))
        });
        let captioner = self.caption_model().map(|model| {
            let upstream = upstream(base, config.caption_timeouts())?;
            Ok(huggingface::HuggingFaceCaptioner::new(upstream, model))
        });
        Ok(Connected {
            chat: Some(Arc::new(chat)),
            transcriber: transcriber
                .transpose()?
                .map(|it| Arc::new(it) as Arc<dyn Transcriber>),
            captioner: captioner
                .transpose()?
                .map(|it| Arc::new(it) as Arc<dyn Captioner>),
        })
    }

    fn gemini(&self) -> Result<Connected, ConfigError> {
        let header = KeyHeader::Named(HeaderName::from_static("x-goog-api-key"));
        let base = self.base("/v1beta")?;
        let upstream = self.upstream(&base, self.config.timeouts(), header)?;
        let chat = gemini::GeminiChat::new(upstream, self.config.kind, self.model()?);
        Ok(self.talking(chat))
    }

    fn anthropic(&self) -> Result<Connected, ConfigError> {
        let header = KeyHeader::Named(HeaderName::from_static("x-api-key"));
        let base = self.base("/v1")?;
        let upstream = self
            .upstream(&base, self.config.timeouts(), header)?
            .with_header(
                HeaderName::from_static("anthropic-version"),
                HeaderValue::from_static(anthropic::VERSION),
            );
        let chat = anthropic::AnthropicChat::new(upstream, self.model()?);
        Ok(self.talking(chat))
    }

    fn ollama(&self) -> Result<Connected, ConfigError> {
        let pool = ollama_pool(self.config, self.client)?;
        Ok(self.talking(ollama::OllamaChat::new(pool, self.model()?)))
    }

    /// A chat model, which is a captioner too where a model for pictures is known.
    fn talking(&self, chat: impl ChatModel) -> Connected {
        let chat: Arc<dyn ChatModel> = Arc::new(chat);
        let captioner = self.caption_model().map(|model| {
            Arc::new(ChatCaptioner::new(Arc::clone(&chat), Some(model))) as Arc<dyn Captioner>
        });
        Connected {
            chat: Some(chat),
            transcriber: None,
            captioner,
        }
    }

    /// The address; one without a path gets the path of the public address, or `usual_path`.
    fn base(&self, usual_path: &str) -> Result<String, ConfigError> {
        let kind = self.config.kind;
        let public = kind.default_base_url();
        let Some(base) = self.config.base_url.as_deref().or(public) else {
            return Err(ConfigError::MissingUrl {
                account: self.config.name.clone(),
                kind,
            });
        };
        let path = if kind == Kind::Groq {
            "/openai/v1"
        } else {
            usual_path
        };
        Ok(with_default_path(base, path))
    }

    fn upstream(
        &self,
        base: &str,
        timeouts: Timeouts,
        header: KeyHeader,
    ) -> Result<Upstream, ConfigError> {
        let name = &self.config.name;
        let upstream = Upstream::new(self.client, name, base, timeouts)?;
        match self.config.key() {
            Ok(key) => upstream.with_key(name, key, header),
            // One's own server may want none.
            Err(_) if self.config.kind == Kind::OpenAiCompatible => Ok(upstream),
            Err(error) => Err(error),
        }
    }

    fn model(&self) -> Result<String, ConfigError> {
        let models = &self.config.models;
        models
            .default
            .as_deref()
            .or(models.named(Use::Chat))
            .or(self.config.kind.default_model())
            .map(str::to_owned)
            .ok_or_else(|| ConfigError::MissingModel {
                account: self.config.name.clone(),
                kind: self.config.kind,
            })
    }

    fn transcription_model(&self) -> Option<String> {
        let configured = self.config.models.named(Use::Transcription);
        configured
            .or(self.config.kind.default_transcription_model())
            .map(str::to_owned)
    }

    fn caption_model(&self) -> Option<String> {
        let configured = self.config.models.named(Use::Caption);
        configured
            .or(self.config.kind.default_caption_model())
            .map(str::to_owned)
    }
}

/// The instances of an Ollama account: `base_url` alone is one of them, beside `endpoints` it is a
/// balancer in front of them.
fn ollama_pool(config: &ProviderConfig, client: &Client) -> Result<ollama::Pool, ConfigError> {
    let upstream = |base: &str| {
        let upstream = Upstream::new(client, &config.name, base, config.timeouts())?;
        // Ollama itself knows no keys; a proxy in front of it may.
        match config.key() {
            Ok(key) => upstream.with_key(&config.name, key, KeyHeader::Bearer),
            Err(_) => Ok(upstream),
        }
    };
    let own = config.base_url.as_deref();
    if config.endpoints.is_empty() {
        let base = own.or(config.kind.default_base_url()).unwrap_or_default();
        return Ok(ollama::Pool::new(None, vec![upstream(base)?]));
    }
    let balancer = own.map(upstream).transpose()?;
    let instances: Result<Vec<Upstream>, ConfigError> =
        config.endpoints.iter().map(|base| upstream(base)).collect();
    Ok(ollama::Pool::new(balancer, instances?))
}

fn warn_about_retired(config: &ProviderConfig) {
    for model in config.models.all() {
        retired::warn(config.kind, &config.name, model);
    }
}
