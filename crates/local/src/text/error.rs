//! Why the text model did not answer, by what can be done about it.

use llm::ModelError;

use crate::machine::Shortage;

/// One variant per possible reaction.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// The queue is full.
    #[error("the local text model is busy")]
    Busy,
    /// Not even the system text and the last message fit.
    #[error("the message is too long for the local model: {tokens} tokens, {limit} fit")]
    TooLong {
        /// Tokens there are, at least.
        tokens: usize,
        /// Tokens that fit.
        limit: usize,
    },
    /// The schema or grammar cannot be kept to.
    #[error("the wanted form cannot be kept to: {0}")]
    Format(String),
    /// The deadline passed.
    #[error("the local text model ran out of time")]
    Timeout,
    /// The engine is being stopped.
    #[error("the local text model is being stopped")]
    Stopped,
    /// The model cannot be loaded.
    #[error("the local text model cannot be loaded: {0}")]
    Load(#[from] LoadError),
    /// The engine failed; another attempt may work.
    #[error("the local text model failed: {0}")]
    Engine(String),
}

/// Why a model cannot be loaded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// The CPU lacks instructions.
    #[error("this CPU lacks {0}")]
    Cpu(String),
    /// Too little memory is free.
    #[error("{0}; LOCAL_TEXT_MODEL chooses a smaller model")]
    Memory(#[from] Shortage),
    /// The file is missing or damaged; says which command mends it.
    #[error("{0}")]
    File(String),
    /// The file is not a model that the engine understands.
    #[error("{0} is no model that can be read here")]
    Unreadable(String),
    /// The engine has no memory for its context.
    #[error("no memory for the conversation; a smaller context may fit")]
    Context,
    /// The engine's library refused to begin.
    #[error("the engine did not start")]
    Library,
}

impl From<TextError> for ModelError {
    fn from(error: TextError) -> Self {
        match error {
            TextError::Busy => Self::Busy,
            TextError::TooLong { .. } | TextError::Format(_) => Self::BadRequest(error.to_string()),
            TextError::Timeout => Self::Timeout("local text model"),
            TextError::Load(_) => Self::NotConfigured(error.to_string()),
            TextError::Stopped | TextError::Engine(_) => Self::Unavailable {
                message: error.to_string(),
                retry_after: None,
            },
        }
    }
}
