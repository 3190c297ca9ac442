//! What the parent asks: one line of JSON.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::ReadError;
use crate::audio::AudioError;
use crate::document::DocumentError;
use crate::image::ImageError;
use crate::kind::Kind;
use crate::limits::Limits;

/// Bytes of the longest request.
pub(super) const LONGEST: u64 = 64 * 1024;

/// What is wanted of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum What {
    /// The pieces of a recording.
    Pieces,
    /// A picture.
    Picture,
    /// The words of a document.
    Document,
    /// A page of a PDF as a picture.
    Page(u32),
}

impl What {
    /// The error for a file that needs no looking into to know that it cannot be read.
    pub(super) fn refused(self, why: &str) -> ReadError {
        let why = why.to_owned();
        match self {
            Self::Pieces => AudioError::Unsupported(why).into(),
            Self::Picture => ImageError::Unsupported(why).into(),
            Self::Document | Self::Page(_) => DocumentError::Unsupported(why).into(),
        }
    }
}

/// One request.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Request {
    pub(super) what: What,
    pub(super) path: PathBuf,
    pub(super) kind: Kind,
    pub(super) limits: Limits,
}

impl Request {
    pub(super) fn new(what: What, path: &Path, kind: Kind, limits: Limits) -> Self {
        Self {
            what,
            path: path.to_owned(),
            kind,
            limits,
        }
    }

    /// Seconds of processor time that it may take. A recording may take its time for each piece.
    pub(super) fn processor(&self) -> u64 {
        let pieces = match self.what {
            What::Pieces => self.limits.audio.as_secs() / 600 + 2,
            _ => 1,
        };
        (self.limits.time.as_secs() + 1) * pieces
    }
}
