//! What a model in this process is doing, for status pages, and the name that stands for any of them.

use serde::Serialize;

/// The name that stands for whichever model is there.
pub const ANY: &str = "local";

/// A local model as a status page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LocalState {
    /// The model that answers or would answer.
    pub model: Option<String>,
    /// What it is doing.
    #[serde(flatten)]
    pub status: Status,
    /// Whether the model is good enough to propose tasks.
    pub tasks: bool,
    /// What the user could do next.
    pub hint: Option<String>,
}

/// What the model is doing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "status", rename_all = "lowercase")]
pub enum Status {
    /// No model file is there.
    Missing,
    /// No model file is there yet; one is being fetched.
    Downloading {
        /// From 0 to 100.
        percent: u8,
    },
    /// The file is there; the first request loads it.
    Ready,
    /// The model is being loaded.
    Loading {
        /// From 0 to 100.
        percent: u8,
    },
    /// The model is loaded.
    Loaded,
    /// The last attempt to load it failed.
    Failed {
        /// Why, and what mends it.
        why: String,
    },
    /// It cannot run on this machine.
    Unavailable {
        /// Why.
        why: String,
    },
}
