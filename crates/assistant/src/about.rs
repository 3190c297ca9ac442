//! What the assistant can do just now, for `/api/v1/status`.

use crate::{Assistant, UseLocal};

/// Facts for the status page.
#[derive(Debug, Clone, PartialEq)]
pub struct About {
    /// Types of files that can be uploaded.
    pub allowed_file_types: Vec<String>,
    /// Where uploads lie.
    pub upload_dir: String,
    /// Whether models in this process are used.
    pub use_local: UseLocal,
    /// Models in this process.
    pub local_models: Vec<LocalModelState>,
}

/// A model in this process.
#[derive(Debug, Clone, PartialEq)]
pub struct LocalModelState {
    /// Its name.
    pub name: String,
    /// `text`, `speech`, `ocr` or `embed`.
    pub purpose: String,
    /// `missing`, `downloading`, `ready`, `loading`, `loaded`, `failed` or `unavailable`.
    pub status: String,
    /// How far a download or loading is.
    pub percent: Option<f64>,
    /// What to do about it.
    pub hint: Option<String>,
}

/// Types that can be read where the configuration does not choose.
const READABLE: [&str; 17] = [
    "text/plain",
    "text/markdown",
    "text/csv",
    "text/html",
    "application/json",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "image/jpeg",
    "image/png",
    "image/gif",
    "image/webp",
    "audio/mpeg",
    "audio/wav",
    "audio/ogg",
    "audio/mp4",
    "audio/flac",
    "audio/webm",
];

impl Assistant {
    /// The configured types, else all that can be read.
    fn allowed_file_types(&self) -> Vec<String> {
        let chosen = &self.parts.config.allowed_file_types;
        if chosen.is_empty() {
            return READABLE.iter().map(ToString::to_string).collect();
        }
        chosen.clone()
    }

    /// What the assistant can do just now.
    pub fn about(&self) -> About {
        let config = &self.parts.config;
        About {
            allowed_file_types: self.allowed_file_types(),
            upload_dir: config.upload_dir.display().to_string(),
            use_local: config.use_local,
            local_models: (self.parts.local_models)(),
        }
    }
}
