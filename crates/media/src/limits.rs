//! What reading one file may cost. Every reader takes these, and none of them has limits of its own
//! that a setting could not reach.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Limits of one call. Whatever goes over them is an error that says so, never a longer wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Pixels of a picture, as its header declares them.
    pub pixels: u64,
    /// Length of a recording.
    pub audio: Duration,
    /// Pages of a document.
    pub pages: u32,
    /// Bytes of text taken from a document; what lies behind is cut off and said to be.
    pub text: usize,
    /// Bytes of one part of an archive, unpacked.
    pub archive: u64,
    /// Wall clock of one call. For a recording: of one piece.
    pub time: Duration,
    /// Address space of the process that reads, in bytes.
    pub memory: u64,
    /// Bytes of a file that is read whole: a picture or a document.
    pub file: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            pixels: 40_000_000,
            audio: Duration::from_hours(6),
            pages: 500,
            text: 8 << 20,
            archive: 64 << 20,
            time: Duration::from_mins(1),
            memory: 1 << 30,
            file: 64 << 20,
        }
    }
}
