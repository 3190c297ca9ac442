//! Which database is taken (contract D8.20): `DATABASE_URL`, else `POSTGRES_*`, else
//! `SUPABASE_DB_URL`, else SQLite in the data directory.

use std::path::Path;
use std::time::Duration;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use secrecy::{ExposeSecret, SecretString};
use store::{DatabaseUrl, StoreConfig};

use super::{ConfigError, DatabaseSettings, Loaded};

/// The database that was taken.
#[derive(Debug)]
pub(crate) struct Chosen {
    pub(crate) store: StoreConfig,
    /// Which settings decided.
    pub(crate) because: &'static str,
    /// What the operator may have meant instead.
    pub(crate) hint: Option<String>,
}

/// Takes one.
///
/// # Errors
/// An address that cannot be read; it is not repeated, for it may hold a password.
pub(crate) fn choose(loaded: &Loaded) -> Result<Chosen, ConfigError> {
    let settings = &loaded.settings.database;
    let (url, because) = address(loaded, &loaded.settings.data_dir)?;
    let store = StoreConfig {
        url,
        pool_size: settings.pool_size.max(1),
        max_overflow: settings.max_overflow,
        acquire_timeout: seconds(settings.acquire_timeout_seconds),
        statement_timeout: seconds(settings.statement_timeout_seconds),
        migrate: true,
    };
    Ok(Chosen {
        store,
        because,
        hint: hint(settings),
    })
}

/// A number of seconds that was checked when it was read.
pub(crate) fn seconds(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or(Duration::ZERO)
}

fn address(loaded: &Loaded, data_dir: &Path) -> Result<(DatabaseUrl, &'static str), ConfigError> {
    let settings = &loaded.settings.database;
    let given = [
        (&settings.url, "database.url", "DATABASE_URL"),
        (&None, "", ""),
        (
            &settings.supabase_db_url,
            "database.supabase_db_url",
            "SUPABASE_DB_URL",
        ),
    ];
    for (url, path, because) in given {
        if path.is_empty() {
            if let Some(url) = from_parts(settings) {
                return Ok((
                    DatabaseUrl::Postgres(url),
                    "POSTGRES_HOSTNAME and its fellows",
                ));
            }
            continue;
        }
        let Some(url) = url
            .as_ref()
            .filter(|url| !url.expose_secret().trim().is_empty())
        else {
            continue;
        };
        let read = url.expose_secret().parse::<DatabaseUrl>();
        let url = read.map_err(|error| ConfigError::Value {
            place: loaded.sources.place(path),
            message: error.to_string(),
        })?;
        return Ok((url, because));
    }
    let file = data_dir.join("intelliassist.db");
    Ok((
        DatabaseUrl::SqliteFile(file),
        "the default: a file in DATA_DIR",
    ))
}

/// An address made of its parts (contract 004-C6).
fn from_parts(settings: &DatabaseSettings) -> Option<SecretString> {
    let host = settings.postgres_hostname.as_deref()?;
    let coded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let user = settings
        .postgres_user
        .as_deref()
        .map_or_else(|| "postgres".to_owned(), coded);
    let password = settings.postgres_password.as_ref();
    let password = password.map_or_else(String::new, |p| format!(":{}", coded(p.expose_secret())));
    let name = settings.postgres_db.as_deref().unwrap_or("postgres");
    // A socket's directory cannot stand where a host stands.
    let place = if host.starts_with('/') {
        coded(host)
    } else {
        host.to_owned()
    };
    let port = settings.postgres_port;
    let url = format!("postgres://{user}{password}@{place}:{port}/{}", coded(name));
    Some(SecretString::from(url))
}

/// What was set and does nothing.
fn hint(settings: &DatabaseSettings) -> Option<String> {
    let is_placeholder = |url: &str| url.contains("your-") || url.contains("your_");
    let supabase = settings
        .supabase_url
        .as_deref()
        .filter(|url| !is_placeholder(url));
    if supabase.is_some() && settings.supabase_db_url.is_none() {
        return Some(
            "SUPABASE_URL alone is not enough: set SUPABASE_DB_URL to the project's connection \
             string (Supabase: Connect, Connection string)."
                .to_owned(),
        );
    }
    let parts = settings.postgres_db.is_some() || settings.postgres_user.is_some();
    (parts && settings.postgres_hostname.is_none() && settings.url.is_none())
        .then(|| "POSTGRES_USER and POSTGRES_DB are not used without POSTGRES_HOSTNAME.".to_owned())
}
