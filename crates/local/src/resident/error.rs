//! Why an engine did not do a job, by what can be done about it.

use llm::ModelError;

use crate::machine::Shortage;

/// One variant per possible reaction.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EngineError {
    /// The queue is full.
    #[error("the local {0} model is busy")]
    Busy(&'static str),
    /// There is no such model for this use.
    #[error("there is no local {what} model {model}")]
    Unknown {
        /// What it would be for.
        what: &'static str,
        /// The name asked for.
        model: String,
    },
    /// The model is not installed; says which command brings it.
    #[error("{0}")]
    Missing(String),
    /// The model cannot be loaded.
    #[error("the local {what} model cannot be loaded: {why}")]
    Load {
        /// What it is for.
        what: &'static str,
        /// Why.
        why: LoadError,
    },
    /// What was asked cannot be done by any attempt.
    #[error("{0}")]
    Input(String),
    /// The caller went away.
    #[error("cancelled")]
    Cancelled,
    /// The engine is being stopped.
    #[error("the local {0} model is being stopped")]
    Stopped(&'static str),
    /// The engine failed; another attempt may work.
    #[error("the local {what} model failed: {why}")]
    Failed {
        /// What it is for.
        what: &'static str,
        /// What happened.
        why: String,
    },
}

/// Why a model cannot be loaded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// Too little memory is free.
    #[error("{0}; a shorter LOCAL_IDLE_SECONDS lets the other models go sooner")]
    Memory(#[from] Shortage),
    /// A file is missing or damaged; says which command mends it.
    #[error("{0}")]
    File(String),
    /// A file is whole but not what the engine understands.
    #[error("{file} is no model that can be read here: {why}")]
    Unreadable {
        /// The file's name inside its model.
        file: String,
        /// What is wrong in it.
        why: String,
    },
}

impl From<EngineError> for ModelError {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::Busy(_) => Self::Busy,
            EngineError::Unknown { ref model, .. } => Self::ModelGone {
                model: model.clone(),
                message: error.to_string(),
            },
            EngineError::Missing(hint) => Self::NotConfigured(hint),
            EngineError::Load { .. } => Self::NotConfigured(error.to_string()),
            EngineError::Input(why) => Self::BadRequest(why),
            EngineError::Cancelled => Self::Cancelled,
            EngineError::Stopped(_) | EngineError::Failed { .. } => Self::Unavailable {
                message: error.to_string(),
                retry_after: None,
            },
        }
    }
}
