//! The tables of the configuration, each read into the settings of the part it belongs to.

use std::collections::BTreeMap;
use std::path::PathBuf;

use assistant::UseLocal;
use providers::ProviderConfig;
use secrecy::SecretString;
use serde::Deserialize;

/// Every setting, read and checked.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Settings {
    pub(crate) server: server::Config,
    pub(crate) assistant: assistant::Config,
    pub(crate) database: DatabaseSettings,
    pub(crate) redis: RedisSettings,
    pub(crate) models: ModelSettings,
    pub(crate) local: local::LocalConfig,
    pub(crate) routing: RoutingSettings,
    pub(crate) accounts: AccountSettings,
    pub(crate) gateway: llm::GatewayConfig,
    pub(crate) http: providers::http::ClientConfig,
    pub(crate) cache: CacheSettings,
    pub(crate) log: LogSettings,
    pub(crate) telemetry: TelemetrySettings,
    pub(crate) data_dir: PathBuf,
    pub(crate) api_keys: Vec<SecretString>,
    pub(crate) provider: Vec<ProviderConfig>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            server: server::Config::default(),
            assistant: assistant::Config::default(),
            database: DatabaseSettings::default(),
            redis: RedisSettings::default(),
            models: ModelSettings::default(),
            local: local::LocalConfig::default(),
            routing: RoutingSettings::default(),
            accounts: AccountSettings::default(),
            gateway: llm::GatewayConfig::default(),
            http: providers::http::ClientConfig::default(),
            cache: CacheSettings::default(),
            log: LogSettings::default(),
            telemetry: TelemetrySettings::default(),
            data_dir: PathBuf::from("data"),
            api_keys: Vec::new(),
            provider: Vec::new(),
        }
    }
}

/// Where the records lie; which one is taken is decided in `database.rs` (contract D8.20).
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct DatabaseSettings {
    pub(crate) url: Option<SecretString>,
    pub(crate) postgres_hostname: Option<String>,
    pub(crate) postgres_port: u16,
    pub(crate) postgres_user: Option<String>,
    pub(crate) postgres_password: Option<SecretString>,
    pub(crate) postgres_db: Option<String>,
    pub(crate) supabase_db_url: Option<SecretString>,
    pub(crate) supabase_url: Option<String>,
    pub(crate) pool_size: u32,
    pub(crate) max_overflow: u32,
    pub(crate) acquire_timeout_seconds: f64,
    pub(crate) statement_timeout_seconds: f64,
    /// How long an unreachable database is waited for when the server starts.
    pub(crate) start_timeout_seconds: f64,
}

impl Default for DatabaseSettings {
    fn default() -> Self {
        Self {
            url: None,
            postgres_hostname: None,
            postgres_port: 5432,
            postgres_user: None,
            postgres_password: None,
            postgres_db: None,
            supabase_db_url: None,
            supabase_url: None,
            pool_size: 10,
            max_overflow: 20,
            acquire_timeout_seconds: 5.0,
            statement_timeout_seconds: 30.0,
            start_timeout_seconds: 30.0,
        }
    }
}

/// Redis, which is never required.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct RedisSettings {
    pub(crate) url: Option<SecretString>,
    pub(crate) host: Option<String>,
    pub(crate) port: u16,
    pub(crate) db: u32,
    pub(crate) password: Option<SecretString>,
}

impl Default for RedisSettings {
    fn default() -> Self {
        Self {
            url: None,
            host: None,
            port: 6379,
            db: 0,
            password: None,
        }
    }
}

/// The files of local models.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ModelSettings {
    pub(crate) dir: PathBuf,
    pub(crate) mirror: Option<String>,
    pub(crate) set: String,
    pub(crate) use_local: UseLocal,
}

impl Default for ModelSettings {
    fn default() -> Self {
        Self {
            dir: PathBuf::from("models"),
            mirror: None,
            set: "default".to_owned(),
            use_local: UseLocal::Auto,
        }
    }
}

/// Who is asked, in which order.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct RoutingSettings {
    pub(crate) prefer_local: bool,
    pub(crate) use_local_llm: bool,
    /// Tiers of accounts or kinds for single uses, in place of the built-in chains (contract D8.10).
    pub(crate) chains: BTreeMap<llm::Use, Vec<Vec<String>>>,
}

impl Default for RoutingSettings {
    fn default() -> Self {
        Self {
            prefer_local: false,
            use_local_llm: true,
            chains: BTreeMap::new(),
        }
    }
}

/// The accounts that have variables of their own; further ones are `[[provider]]` tables.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct AccountSettings {
    pub(crate) groq_api_key: Option<SecretString>,
    pub(crate) groq_api_key_2: Option<SecretString>,
    pub(crate) groq_api_key_3: Option<SecretString>,
    pub(crate) groq_model: Option<String>,
    pub(crate) groq_question_model: Option<String>,
    pub(crate) groq_base_url: Option<String>,
    pub(crate) groq_timeout_seconds: Option<f64>,
    pub(crate) groq_daily_requests: Option<u64>,
    pub(crate) huggingface_api_key: Option<SecretString>,
    pub(crate) huggingface_api_key_2: Option<SecretString>,
    pub(crate) hf_base_url: Option<String>,
    pub(crate) hf_router_base_url: Option<String>,
    pub(crate) hf_question_model: Option<String>,
    pub(crate) whisper_model: Option<String>,
    pub(crate) vision_model: Option<String>,
    pub(crate) hf_timeout_seconds: Option<f64>,
    pub(crate) transcribe_timeout_seconds: Option<f64>,
    pub(crate) hf_monthly_characters: Option<u64>,
    pub(crate) openai_api_key: Option<SecretString>,
    pub(crate) openai_model: Option<String>,
    pub(crate) openai_base_url: Option<String>,
    pub(crate) openai_timeout_seconds: Option<f64>,
    pub(crate) google_api_key: Option<SecretString>,
    pub(crate) gemini_model: Option<String>,
    pub(crate) gemma_model: Option<String>,
    pub(crate) gemini_base_url: Option<String>,
    pub(crate) gemini_timeout_seconds: Option<f64>,
    pub(crate) anthropic_api_key: Option<SecretString>,
    pub(crate) anthropic_model: Option<String>,
    pub(crate) anthropic_base_url: Option<String>,
    pub(crate) anthropic_timeout_seconds: Option<f64>,
    pub(crate) ollama_endpoints: Vec<String>,
    pub(crate) ollama_base_url: Option<String>,
    pub(crate) ollama_suggestion_model: Option<String>,
    pub(crate) ollama_default_model: Option<String>,
    pub(crate) ollama_timeout_seconds: Option<f64>,
    pub(crate) ollama_startup_check: Option<bool>,
}

/// Answers that are kept.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct CacheSettings {
    pub(crate) ttl_seconds: f64,
    pub(crate) max_size: u64,
    pub(crate) question_ttl_seconds: f64,
}

impl Default for CacheSettings {
    fn default() -> Self {
        Self {
            ttl_seconds: 600.0,
            max_size: 1000,
            question_ttl_seconds: 2_592_000.0,
        }
    }
}

/// How much is told, in which form, and where to.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct LogSettings {
    pub(crate) level: Level,
    pub(crate) format: LogFormat,
    /// Set to `logs` in the data directory where nobody says otherwise.
    pub(crate) dir: PathBuf,
    /// Empty writes no file.
    pub(crate) file: String,
    pub(crate) max_size: usize,
    pub(crate) backup_count: usize,
}

impl Default for LogSettings {
    fn default() -> Self {
        Self {
            level: Level(tracing::Level::INFO),
            format: LogFormat::Human,
            dir: PathBuf::new(),
            file: "intelliassist.log".to_owned(),
            max_size: 10_485_760,
            backup_count: 5,
        }
    }
}

/// How much is told: all the usual words (contract 7.7, fixes 004-B4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Level(pub(crate) tracing::Level);

impl TryFrom<String> for Level {
    type Error = String;

    fn try_from(word: String) -> Result<Self, String> {
        let level = match word.trim().to_ascii_uppercase().as_str() {
            "TRACE" | "NOTSET" => tracing::Level::TRACE,
            "DEBUG" => tracing::Level::DEBUG,
            "INFO" => tracing::Level::INFO,
            "WARN" | "WARNING" => tracing::Level::WARN,
            "ERROR" | "CRITICAL" | "FATAL" => tracing::Level::ERROR,
            _ => {
                return Err(format!(
                    "{word:?} is no log level: use TRACE, DEBUG, INFO, WARNING or ERROR"
                ));
            }
        };
        Ok(Self(level))
    }
}

/// The form of a line in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) enum LogFormat {
    /// For people.
    Human,
    /// One JSON object a line.
    Json,
}

impl TryFrom<String> for LogFormat {
    type Error = String;

    fn try_from(word: String) -> Result<Self, String> {
        match word.trim().to_ascii_uppercase().as_str() {
            "HUMAN" | "TEXT" => Ok(Self::Human),
            "JSON" => Ok(Self::Json),
            // A format string, as contract 002-C11 has it, asks for lines that people read.
            format if format.contains(" - ") || format.contains("%(") => Ok(Self::Human),
            _ => Err(format!("{word:?} is no log format: use HUMAN or JSON")),
        }
    }
}

/// Traces.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct TelemetrySettings {
    pub(crate) otlp_endpoint: Option<String>,
}

impl Settings {
    /// Keys that open the door, in the form the edge takes them.
    pub(crate) fn door_keys(&self) -> Vec<String> {
        use secrecy::ExposeSecret;
        let keys = self
            .api_keys
            .iter()
            .map(|key| key.expose_secret().trim().to_owned());
        keys.filter(|key| !key.is_empty()).collect()
    }
}
