//! What the child answers, before the bytes.

use serde::{Deserialize, Serialize};

use super::Harm;
use crate::document::Document;
use crate::image::{LONGEST_SIDE, Picture};

/// Bytes of the longest head of an answer.
pub(super) const LONGEST_HEAD: usize = 1 << 20;

/// A picture without its pixels.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct PictureHead {
    width: u32,
    height: u32,
    original: (u32, u32),
    animated: bool,
}

impl PictureHead {
    pub(super) fn of(picture: &Picture) -> Self {
        Self {
            width: picture.width,
            height: picture.height,
            original: picture.original,
            animated: picture.animated,
        }
    }

    /// Bytes of its pixels.
    pub(super) fn bytes(&self) -> Result<usize, Harm> {
        if self.width.max(self.height) > LONGEST_SIDE {
            return Err(Harm::TooMuch);
        }
        Ok(self.width as usize * self.height as usize * 3)
    }

    pub(super) fn with(self, rgb: Vec<u8>) -> Result<Picture, Harm> {
        if rgb.len() != self.bytes()? {
            return Err(Harm::Garbled);
        }
        Ok(Picture {
            width: self.width,
            height: self.height,
            rgb,
            original: self.original,
            animated: self.animated,
        })
    }
}

/// A document without its text.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct DocumentHead {
    title: Option<String>,
    pages: Option<u32>,
    blank_pages: Vec<u32>,
    truncated: bool,
}

impl DocumentHead {
    pub(super) fn of(document: &Document) -> Self {
        Self {
            title: document.title.clone(),
            pages: document.pages,
            blank_pages: document.blank_pages.clone(),
            truncated: document.truncated,
        }
    }

    pub(super) fn with(self, text: Vec<u8>) -> Result<Document, Harm> {
        Ok(Document {
            text: String::from_utf8(text).map_err(|_| Harm::Garbled)?,
            title: self.title,
            pages: self.pages,
            blank_pages: self.blank_pages,
            truncated: self.truncated,
        })
    }
}
