//! From what was said to settings: read, checked, and what follows from them filled in.

use std::net::Ipv4Addr;

use toml::Value;

use super::names::{self, Kind};
use super::{ConfigError, Origin, Settings, Sources};

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
            (Origin::Environment | Origin::Flag, name) => name.to_owned(),
        }
    }
}
