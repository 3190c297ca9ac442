//! What the assistant can be told.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use serde::Deserialize;

use crate::advice::UseLocal;
use crate::cache::CacheConfig;

/// Settings of the assistant.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Where uploaded files lie.
    pub upload_dir: PathBuf,
    /// Zone of people who do not say theirs, as an IANA name; `None` is the machine's.
    pub timezone: Option<String>,
    /// Whether `03/04` is the 3rd of April.
    pub day_first: bool,
    /// Types of files that may be uploaded; empty allows every kind that can be read.
    pub allowed_file_types: Vec<String>,
    /// Files that are worked on at once; each takes up to a few hundred megabytes of memory.
    pub files_at_once: NonZeroUsize,
    /// Days for which single calls of models are kept; 0 is for ever. What they used in all, by provider
    /// and day, is always kept.
    pub keep_calls_days: u32,
    /// Names of providers that exist, set up or not.
    pub known_providers: Vec<String>,
    /// A hint for the operator about the choice of the database, shown with its health.
    pub database_hint: Option<String>,
    /// How often it is noted that a message is still being answered; after 30 seconds without such a note
    /// it counts as given up.
    #[serde(skip)]
    pub note_answering_every: Duration,
    /// Whether models in this process are used; of a table of its own in the configuration.
    #[serde(skip)]
    pub use_local: UseLocal,
    /// What is kept for a while; of a table of its own in the configuration.
    #[serde(skip)]
    pub cache: CacheConfig,
    /// Where exports of what was called are written.
    #[serde(skip)]
    pub monitoring_dir: PathBuf,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            upload_dir: PathBuf::from("data/uploads"),
            timezone: None,
            day_first: false,
            allowed_file_types: Vec::new(),
            files_at_once: NonZeroUsize::MIN.saturating_add(1),
            keep_calls_days: 90,
            known_providers: Vec::new(),
            database_hint: None,
            note_answering_every: Duration::from_secs(10),
            use_local: UseLocal::Auto,
            cache: CacheConfig::default(),
            monitoring_dir: PathBuf::from("data/monitoring"),
        }
    }
}
