//! What is in a file, as far as it could be made out; kept with the file.

use domain::file::Topic;
use llm::Segment;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What is in a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Content {
    /// Text.
    Document(DocumentContent),
    /// Speech.
    Speech(SpeechContent),
    /// A picture.
    Picture(PictureContent),
    /// Nothing that could be made out.
    Unknown,
}

impl Content {
    /// What `inputs_processed` calls it (contract 3.1).
    pub const fn input(&self) -> &'static str {
        match self {
            Self::Document(_) => "text_file",
            Self::Speech(_) => "audio",
            Self::Picture(_) => "image",
            Self::Unknown => "file",
        }
    }
}

/// What is in a document (contract 002-A9).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct DocumentContent {
    /// The first 200 characters.
    pub preview: String,
    /// Characters of the whole.
    pub characters: usize,
    /// What it calls itself.
    pub title: Option<String>,
    /// Pages, where it has pages.
    pub pages: Option<u32>,
    /// Pages without text of their own that were read as pictures.
    pub pages_read: Vec<u32>,
    /// Pages without text of their own that could not be read.
    pub pages_unread: Vec<u32>,
    /// Whether it is longer than what was read.
    pub truncated: bool,
    /// Encoding, where it is text.
    pub encoding: Option<String>,
    /// Columns, counts and a sample, where it is a table.
    pub table: Option<Value>,
}

/// What was heard, or why nothing was (contract 002-A7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Hearing {
    /// Words.
    Heard,
    /// There are none.
    Silence,
    /// No speech model is set up.
    Placeholder,
    /// The speech model is being loaded.
    Loading,
    /// It did not answer in time.
    Timeout,
    /// It failed.
    Error,
}

impl Hearing {
    /// The word in place of a model's name (contract 002-A7); `None` where a model did its work.
    pub const fn stand_in(self) -> Option<&'static str> {
        match self {
            Self::Heard | Self::Silence => None,
            Self::Placeholder => Some("placeholder"),
            Self::Loading => Some("loading"),
            Self::Timeout => Some("timeout"),
            Self::Error => Some("error"),
        }
    }
}

/// What is in a recording (contract 002-A7).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SpeechContent {
    /// What was said.
    pub text: String,
    /// From 0 to 1; `None` where the model does not say.
    pub confidence: Option<f32>,
    /// ISO 639-1 code, when known.
    pub language: Option<String>,
    /// Stretches with the second they begin and end at.
    pub segments: Vec<Segment>,
    /// Length of the recording in seconds.
    pub seconds: f64,
    /// Stretches in seconds that no model could make out.
    pub missing: Vec<(f64, f64)>,
    /// Whether the recording breaks off before its own end.
    pub truncated: bool,
    /// The model that listened.
    pub model: Option<String>,
    /// How that went.
    pub hearing: Hearing,
}

/// What is in a picture (contract 002-A5).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PictureContent {
    /// What it shows, by a model, or what can be said without one.
    pub description: String,
    /// The model that described it; `None` where none did.
    pub described_by: Option<String>,
    /// From 0 to 1, where something says.
    pub confidence: Option<f32>,
    /// The text in it.
    pub text: String,
    /// Lines of text in it.
    pub lines: usize,
    /// The model that read the text; `None` where none did.
    pub read_by: Option<String>,
    /// Pixels in a row of the file.
    pub width: u32,
    /// Rows of the file.
    pub height: u32,
    /// Colours that fill most of it, with their share from 0 to 1.
    pub colours: Vec<(String, f64)>,
    /// Mean lightness from 0 to 1.
    pub brightness: f64,
    /// What it is about.
    pub context: Topic,
    /// What the caller took it to be about.
    pub requested: Topic,
}
