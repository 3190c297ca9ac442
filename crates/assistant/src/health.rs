//! Whether what the assistant stands on is there.

use store::Backend;

use crate::{Assistant, AssistantError};

/// State of the database (contract 002-E5, D8.20, D8.33).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatabaseHealth {
    /// How it is.
    pub status: DatabaseStatus,
    /// What it is: `postgresql`, `sqlite` or `memory`.
    pub kind: &'static str,
    /// In words.
    pub message: String,
    /// Tasks in it, when it answers.
    pub tasks_count: Option<i64>,
}

/// How the database is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatabaseStatus {
    /// It answers.
    Connected,
    /// It answers, and forgets everything at the end.
    DevelopmentMode,
    /// It does not answer.
    Error,
}

impl DatabaseStatus {
    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Connected => "connected",
            Self::DevelopmentMode => "development_mode",
            Self::Error => "error",
        }
    }
}

impl Assistant {
    /// How the database is; never fails.
    pub async fn database_health(&self) -> DatabaseHealth {
        let backend = self.parts.store.backend();
        let kind = match backend {
            Backend::Sqlite => "sqlite",
            Backend::Memory => "memory",
            Backend::Postgres => "postgresql",
        };
        match self.parts.store.health().await {
            Ok(health) => {
                let (status, words) = match backend {
                    Backend::Memory => (
                        DatabaseStatus::DevelopmentMode,
                        "The database lives in memory: everything is forgotten at the end.",
                    ),
                    Backend::Sqlite | Backend::Postgres => {
                        (DatabaseStatus::Connected, "The database answers.")
                    }
                };
                let message = match &self.parts.config.database_hint {
                    Some(hint) => format!("{words} {hint}"),
                    None => words.to_owned(),
                };
                DatabaseHealth {
                    status,
                    kind,
                    message,
                    tasks_count: Some(health.tasks_count),
                }
            }
            Err(error) => {
                tracing::warn!(%error, "the database does not answer");
                let message = "The database does not answer.".to_owned();
                DatabaseHealth {
                    status: DatabaseStatus::Error,
                    kind,
                    message,
                    tasks_count: None,
                }
            }
        }
    }

    /// Whether records can be written.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn check_ready(&self) -> Result<(), AssistantError> {
        Ok(self.parts.store.check_writable().await?)
    }

    /// Whether answers can be kept (contract 003-E3): `connected`, or `unavailable` where the
    /// settings leave no room or no time for any, or the Redis that is set up did not answer when it
    /// was last asked. Nothing is asked for it.
    pub fn cache_state(&self) -> &'static str {
        let cache = &self.parts.config.cache;
        let is_off = cache.ask_most == 0 || cache.ask_ttl.is_zero();
        if is_off || self.shared_answers() == Some(false) {
            "unavailable"
        } else {
            "connected"
        }
    }
}
