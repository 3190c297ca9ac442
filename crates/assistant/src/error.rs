//! Why the assistant could not do what was asked: one variant per possible answer.

use std::time::Duration;

use llm::ModelError;
use store::StoreError;

/// A failure, by what the caller can do about it.
#[derive(Debug, thiserror::Error)]
pub enum AssistantError {
    /// There is no such record, or it belongs to somebody else (contract D8.21).
    #[error("{0}")]
    NotFound(Missing),
    /// It clashes with what is there.
    #[error("{0}")]
    Conflict(String),
    /// A field holds what it may not; nothing was changed.
    #[error("{field}: {message}")]
    Invalid {
        /// The field, as the caller names it.
        field: &'static str,
        /// What is wrong and what would be right.
        message: String,
    },
    /// The request asks for something that is not offered.
    #[error("{0}")]
    Unsupported(String),
    /// Something underneath does not answer; later it may.
    #[error("{message}")]
    Unavailable {
        /// What is down, in words for a person.
        message: String,
        /// When to try again.
        retry_after: Option<Duration>,
        /// What happened inside.
        #[source]
        cause: Option<Box<dyn std::error::Error + Send + Sync>>,
    },
    /// There is no room left on the disk.
    #[error(
        "There is no room left to store files. Nothing was kept; free some space and try again."
    )]
    Full(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A fault of ours.
    #[error("internal error")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// What could not be found.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Missing {
    /// A task.
    #[error("Task with ID {0} not found.")]
    Task(i64),
    /// Several tasks of one batch.
    #[error("Tasks not found: {0}")]
    Tasks(String),
    /// A user.
    #[error("User not found")]
    User,
    /// A model version.
    #[error("Model version not found")]
    ModelVersion,
    /// A conversation.
    #[error("Conversation not found")]
    Conversation,
    /// A file.
    #[error("File {0} not found")]
    File(String),
    /// A job.
    #[error("Job {0} not found")]
    Job(i64),
    /// A provider account.
    #[error("Provider {0} not found")]
    Provider(String),
    /// A monitored service.
    #[error("Service not found")]
    Service,
}

impl AssistantError {
    /// A field that holds what it may not: what is wrong and what would be right.
    pub(crate) fn invalid(field: &'static str, message: impl Into<String>) -> Self {
        let message = message.into();
        Self::Invalid { field, message }
    }

    /// Wraps a fault of ours.
    pub fn internal(cause: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Internal(Box::new(cause))
    }

    /// Names the record that a store's plain “not found” was about.
    pub(crate) fn missing(what: Missing) -> impl FnOnce(StoreError) -> Self {
        move |error| match error {
            StoreError::NotFound => Self::NotFound(what),
            other => other.into(),
        }
    }
}

impl From<StoreError> for AssistantError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict(what) => Self::Conflict(what),
            StoreError::Invalid(message) => Self::invalid("body", message),
            StoreError::Unavailable(_) => Self::Unavailable {
                message: "The database does not answer. Nothing was lost; try again shortly."
                    .to_owned(),
                retry_after: Some(Duration::from_secs(2)),
                cause: Some(Box::new(error)),
            },
            StoreError::TasksNotFound(ids) => {
                let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
                Self::NotFound(Missing::Tasks(ids.join(", ")))
            }
            StoreError::NotFound | StoreError::Internal(_) => Self::Internal(Box::new(error)),
        }
    }
}

impl From<ModelError> for AssistantError {
    fn from(error: ModelError) -> Self {
        Self::Unavailable {
            message: error.to_string(),
            retry_after: error.retry_after(),
            cause: Some(Box::new(error)),
        }
    }
}
