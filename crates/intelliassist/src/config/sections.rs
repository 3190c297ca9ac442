//! The tables of the configuration, each read into the settings of the part it belongs to.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::path::PathBuf;

use providers::ProviderConfig;
use secrecy::SecretString;
use serde::Deserialize;
use toml::Value;

use super::names::{self, Kind};
use super::{ConfigError, Origin, Sources};

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

/// Whether models in this process are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum UseLocal {
    /// Beside the others.
    #[default]
    Auto,
    /// Never.
    Off,
    /// No others.
    Only,
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

/// Settings of parts that are worked out from others; nobody may set them.
const DERIVED: &[(&str, &str)] = &[
    ("server.groq_model", "set accounts.groq_model instead"),
    ("assistant.known_providers", "it follows from the accounts"),
    (
        "assistant.database_hint",
        "it follows from the choice of the database",
    ),
];

/// Reads what was said into settings, and fills in what follows from it.
pub(super) fn read(sources: &mut Sources) -> Result<Settings, ConfigError> {
    for (path, remedy) in DERIVED {
        if sources.is_set(path) {
            return Err(refuse(sources, path, format!("is not a setting: {remedy}")));
        }
    }
    if sources
        .table
        .get("server")
        .and_then(|server| server.get("host"))
        .and_then(Value::as_str)
        == Some("localhost")
    {
        sources.replace(
            "server.host",
            Value::String(Ipv4Addr::LOCALHOST.to_string()),
        );
    }
    let mut settings: Settings =
        serde_path_to_error::deserialize(Value::Table(sources.table.clone()))
            .map_err(|error| unusable(sources, &error.path().to_string(), error.inner()))?;
    environment(sources, &mut settings)?;
    places(sources, &mut settings);
    zone(sources, &mut settings)?;
    documents(sources, &mut settings);
    numbers(sources, &settings)?;
    settings
        .gateway
        .validate()
        .map_err(|error| ConfigError::Value {
            place: "gateway".to_owned(),
            message: error.to_string(),
        })?;
    Ok(settings)
}

/// The words of contract 7.7.
fn environment(sources: &mut Sources, settings: &mut Settings) -> Result<(), ConfigError> {
    let word = match settings
        .server
        .environment
        .trim()
        .to_ascii_lowercase()
        .as_str()
    {
        "dev" | "development" => "development",
        "hml" | "staging" => "staging",
        "prd" | "prod" | "production" => "production",
        other => {
            let message = format!(
                "{other:?} is no environment: use development (DEV), staging (HML) or production (PRD)"
            );
            return Err(refuse(sources, "server.environment", message));
        }
    };
    word.clone_into(&mut settings.server.environment);
    Ok(())
}

/// What lies in the data directory unless somebody says otherwise.
fn places(sources: &mut Sources, settings: &mut Settings) {
    if !sources.is_set("assistant.upload_dir") {
        settings.assistant.upload_dir = settings.data_dir.join("uploads");
    }
    if !sources.is_set("log.dir") {
        settings.log.dir = settings.data_dir.join("logs");
    }
    let (cache, assistant) = (&settings.cache, &mut settings.assistant);
    assistant.monitoring_dir = settings.data_dir.join("monitoring");
    assistant.cache.ask_ttl = super::database::seconds(cache.ttl_seconds);
    assistant.cache.ask_most = cache.max_size;
    assistant.ask_deadline = settings.gateway.timeout;
    sources.resolve("data_dir", settings.data_dir.display());
    sources.resolve(
        "assistant.upload_dir",
        settings.assistant.upload_dir.display(),
    );
    sources.resolve("log.dir", settings.log.dir.display());
}

/// The machine's zone where nobody names one. `TZ` may hold more than a name, and what it holds then
/// is the machine's zone.
fn zone(sources: &mut Sources, settings: &mut Settings) -> Result<(), ConfigError> {
    let path = "assistant.timezone";
    if let Some(name) = settings.assistant.timezone.clone() {
        if jiff::tz::TimeZone::get(&name).is_ok() {
            sources.resolve(path, name);
            return Ok(());
        }
        if sources.origin(path).1 != "TZ" {
            let message =
                format!("{name:?} is no time zone: use an IANA name such as Europe/Berlin");
            return Err(refuse(sources, path, message));
        }
    }
    let system = jiff::tz::TimeZone::system();
    settings.assistant.timezone = system.iana_name().map(str::to_owned);
    sources.resolve(path, system.iana_name().unwrap_or("UTC"));
    Ok(())
}

/// Documentation is hidden in production and by a `DEBUG` that is said to be false, unless it is
/// switched on by its own name (contract 7.7); a page needs the document (contract 004-A6).
fn documents(sources: &mut Sources, settings: &mut Settings) {
    let server = &mut settings.server;
    let hidden =
        server.environment == "production" || (sources.is_set("server.debug") && !server.debug);
    if hidden && !sources.is_set("server.openapi_enabled") {
        server.openapi_enabled = false;
    }
    if hidden && !sources.is_set("server.swagger_ui_enabled") {
        server.swagger_ui_enabled = false;
    }
    if server.swagger_ui_enabled && !server.openapi_enabled {
        server.swagger_ui_enabled = false;
        if sources.is_set("server.swagger_ui_enabled") {
            let message = "Swagger UI is off because the API document is (OPENAPI_ENABLED)";
            sources.warnings.push(message.to_owned());
        }
    }
    sources.resolve("server.openapi_enabled", server.openapi_enabled);
    sources.resolve("server.swagger_ui_enabled", server.swagger_ui_enabled);
}

/// Times that are used as they are, and so must be times.
fn numbers(sources: &Sources, settings: &Settings) -> Result<(), ConfigError> {
    let accounts = &settings.accounts;
    let database = &settings.database;
    let times = [
        (
            "accounts.groq_timeout_seconds",
            accounts.groq_timeout_seconds,
        ),
        ("accounts.hf_timeout_seconds", accounts.hf_timeout_seconds),
        (
            "accounts.transcribe_timeout_seconds",
            accounts.transcribe_timeout_seconds,
        ),
        (
            "accounts.openai_timeout_seconds",
            accounts.openai_timeout_seconds,
        ),
        (
            "accounts.gemini_timeout_seconds",
            accounts.gemini_timeout_seconds,
        ),
        (
            "accounts.anthropic_timeout_seconds",
            accounts.anthropic_timeout_seconds,
        ),
        (
            "accounts.ollama_timeout_seconds",
            accounts.ollama_timeout_seconds,
        ),
        (
            "database.acquire_timeout_seconds",
            Some(database.acquire_timeout_seconds),
        ),
        (
            "database.statement_timeout_seconds",
            Some(database.statement_timeout_seconds),
        ),
        (
            "database.start_timeout_seconds",
            Some(database.start_timeout_seconds),
        ),
    ];
    for (path, seconds) in times {
        if seconds.is_some_and(|seconds| !(0.001..=86_400.0).contains(&seconds)) {
            let message = "must be a time in seconds, more than 0 and at most a day".to_owned();
            return Err(refuse(sources, path, message));
        }
    }
    Ok(())
}

fn refuse(sources: &Sources, path: &str, message: String) -> ConfigError {
    ConfigError::Value {
        place: sources.place(path),
        message,
    }
}

/// What serde found wrong, in words for whoever wrote it.
fn unusable(sources: &Sources, path: &str, error: &toml::de::Error) -> ConfigError {
    let message = error.message();
    if let Some((unknown, known)) = unknown_field(message) {
        let last = path.rsplit('.').next();
        // The path ends in the key itself or in the table around it.
        let place = match path {
            "." | "" => unknown.to_owned(),
            _ if last == Some(unknown) => path.to_owned(),
            _ => format!("{path}.{unknown}"),
        };
        let hint = match names::nearest(unknown, &known) {
            Some(near) => format!("is no setting; did you mean {near}?"),
            None => format!("is no setting; there are {}", known.join(", ")),
        };
        return refuse(sources, &place, hint);
    }
    let setting = names::SETTINGS.iter().find(|setting| setting.path == path);
    let message = match setting.map(|setting| setting.kind) {
        Some(Kind::Secret | Kind::SecretList) => "must be a text".to_owned(),
        _ if path.starts_with("provider") && path.ends_with("api_key") => {
            "must be a text".to_owned()
        }
        _ if path == "server.host" => {
            "is no address: use 127.0.0.1, 0.0.0.0 (with API_KEYS), or another IP of this machine"
                .to_owned()
        }
        _ if path == "server.port" => format!("{message}: a port is a number from 0 to 65535"),
        _ => message.to_owned(),
    };
    refuse(sources, path, message)
}

/// Takes apart "unknown field `prot`, expected one of `host`, `port`".
fn unknown_field(message: &str) -> Option<(&str, Vec<&str>)> {
    let rest = message.strip_prefix("unknown field `")?;
    let (unknown, rest) = rest.split_once('`')?;
    let known = rest.split('`').skip(1).step_by(2).collect();
    Some((unknown, known))
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

impl Sources {
    /// The name under which a value was given, for messages.
    pub(super) fn place(&self, path: &str) -> String {
        match self.origin(path) {
            (Origin::Default, _) => match &self.file {
                Some(file) => format!("{path} in {}", file.display()),
                None => path.to_owned(),
            },
            (Origin::File(file), _) => format!("{path} in {}", file.display()),
            (Origin::DotEnv, name) => format!("{name} in .env"),
            (Origin::Environment, name) => name.to_owned(),
            (Origin::Flag, name) => name.to_owned(),
        }
    }
}
