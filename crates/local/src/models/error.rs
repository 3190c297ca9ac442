//! What can go wrong with model files, by what the user can do about it.

use std::path::{Path, PathBuf};

/// One variant per possible reaction.
#[derive(Debug, thiserror::Error)]
pub enum ModelFileError {
    /// The manifest is wrong.
    #[error("{}: {why}", path.display())]
    Manifest {
        /// The file.
        path: PathBuf,
        /// What is wrong in it.
        why: String,
    },
    /// No model, set or file of that name.
    #[error("there is no model or set named {name:?}; known: {known}")]
    Unknown {
        /// The name asked for.
        name: String,
        /// The names there are.
        known: String,
    },
    /// The model's files are not here, or not all of them.
    #[error("the model {model} is not installed; `intelliassist models pull {model}` brings it")]
    Missing {
        /// The model.
        model: String,
    },
    /// A file differs from what its manifest says.
    #[error(
        "{} is damaged: expected sha256 {expected}, found {found}; \
         `intelliassist models pull {model}` replaces it",
        path.display()
    )]
    Damaged {
        /// The model.
        model: String,
        /// The file.
        path: PathBuf,
        /// The sum it should have.
        expected: String,
        /// What was found: a sum, or a size when that differs already.
        found: String,
    },
    /// The disk is too small.
    #[error(
        "{} has {free} bytes free, {needed} are needed; make room or set MODELS_DIR",
        path.display()
    )]
    NoSpace {
        /// The models directory.
        path: PathBuf,
        /// Bytes needed.
        needed: u64,
        /// Bytes free.
        free: u64,
    },
    /// Another process fetches the same model.
    #[error("another process is fetching {model}")]
    Locked {
        /// The model.
        model: String,
    },
    /// Every source failed.
    #[error("{model}/{file} could not be had from any source:{}", tried.join(""))]
    NoSource {
        /// The model.
        model: String,
        /// The file.
        file: String,
        /// One line per source: what it was and why it failed.
        tried: Vec<String>,
    },
    /// The file system refused.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: std::io::Error,
    },
}

impl ModelFileError {
    /// A refusal of the file system at a path.
    pub(super) fn io(path: &Path, source: std::io::Error) -> Self {
        Self::Io {
            path: path.to_owned(),
            source,
        }
    }
}
