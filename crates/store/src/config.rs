//! Which database, and how much of it.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde::de::Error as _;

/// How the store reaches its database.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StoreConfig {
    /// Which database.
    pub url: DatabaseUrl,
    /// Connections kept (SQLite: connections that read; one more writes).
    pub pool_size: u32,
    /// Connections beyond those while there is much to do (PostgreSQL).
    pub max_overflow: u32,
    /// How long a request waits for a connection, in seconds.
    #[serde(deserialize_with = "seconds")]
    pub acquire_timeout: Duration,
    /// How long one statement may run, in seconds (PostgreSQL).
    #[serde(deserialize_with = "seconds")]
    pub statement_timeout: Duration,
    /// Whether opening the store brings its schema up to date.
    pub migrate: bool,
}

impl Default for StoreConfig {
    fn default() -> Self {
        Self {
            url: DatabaseUrl::SqliteFile(PathBuf::from("data/intelliassist.db")),
            pool_size: 5,
            max_overflow: 10,
            acquire_timeout: Duration::from_secs(5),
            statement_timeout: Duration::from_secs(30),
            migrate: true,
        }
    }
}

impl StoreConfig {
    /// The defaults with this database.
    pub fn new(url: DatabaseUrl) -> Self {
        Self {
            url,
            ..Self::default()
        }
    }
}

/// Where the database is. Read from `sqlite://relative/path`, `sqlite:///absolute/path`,
/// `sqlite::memory:` or `postgres://…`; drivers named as in Python (`postgresql+psycopg2://`)
/// are understood.
#[derive(Debug, Clone)]
pub enum DatabaseUrl {
    /// A file; it is made if it is not there.
    SqliteFile(PathBuf),
    /// Memory of this process, gone when the store closes.
    SqliteMemory,
    /// A server. The address holds the password.
    Postgres(SecretString),
}

/// An address that is none of a database we know. Does not repeat the address, which may hold a
/// password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "not the address of a database we know: write sqlite://path/to/file.db, sqlite::memory: or \
     postgres://user:password@host:5432/name"
)]
pub struct UnknownDatabase;

impl FromStr for DatabaseUrl {
    type Err = UnknownDatabase;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (scheme, rest) = text.trim().split_once(':').ok_or(UnknownDatabase)?;
        let scheme = scheme.to_ascii_lowercase();
        let path = rest.strip_prefix("//");
        match (scheme.split('+').next().unwrap_or_default(), path) {
            ("sqlite", _) if rest.trim_start_matches('/') == ":memory:" => Ok(Self::SqliteMemory),
            ("sqlite", path) => {
                let path = path.unwrap_or(rest);
                let path = path.split_once('?').map_or(path, |(path, _)| path);
                if path.is_empty() {
                    return Err(UnknownDatabase);
                }
                Ok(Self::SqliteFile(PathBuf::from(path)))
            }
            ("postgres" | "postgresql", Some(rest)) => Ok(Self::Postgres(SecretString::from(
                format!("postgres://{rest}"),
            ))),
            _ => Err(UnknownDatabase),
        }
    }
}

impl<'de> Deserialize<'de> for DatabaseUrl {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = SecretString::deserialize(deserializer)?;
        text.expose_secret().parse().map_err(D::Error::custom)
    }
}

fn seconds<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    let seconds = f64::deserialize(deserializer)?;
    Duration::try_from_secs_f64(seconds).map_err(D::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        match text.parse() {
            Ok(DatabaseUrl::SqliteFile(path)) => format!("file {}", path.display()),
            Ok(DatabaseUrl::SqliteMemory) => "memory".to_owned(),
            Ok(DatabaseUrl::Postgres(url)) => url.expose_secret().to_owned(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn addresses_are_read() {
        assert_eq!(read("sqlite://data/a.db"), "file data/a.db");
        assert_eq!(read("sqlite:///var/a.db?mode=rwc"), "file /var/a.db");
        assert_eq!(read("sqlite:a.db"), "file a.db");
        assert_eq!(read("sqlite::memory:"), "memory");
        assert_eq!(read("sqlite://:memory:"), "memory");
        assert_eq!(read("postgresql+asyncpg://u:p@h/d"), "postgres://u:p@h/d");
    }

    #[test]
    fn other_addresses_are_refused_without_repeating_them() {
        for text in ["", "mysql://u:secret@h/d", "postgres:secret", "sqlite://"] {
            assert!(read(text).contains("write sqlite://"), "{text}");
            assert!(!read(text).contains("secret"));
        }
    }

    #[test]
    fn a_password_is_not_printed() {
        let config = StoreConfig::new("postgres://u:hush@h/d".parse().unwrap());
        assert!(!format!("{config:?}").contains("hush"));
    }

    #[test]
    fn a_configuration_is_read_and_unknown_keys_are_refused() {
        let config: StoreConfig =
            serde_json::from_str(r#"{"url": "sqlite::memory:", "acquire_timeout": 0.25}"#).unwrap();
        assert_eq!(config.acquire_timeout, Duration::from_millis(250));
        assert!(serde_json::from_str::<StoreConfig>(r#"{"uri": "x"}"#).is_err());
    }
}
