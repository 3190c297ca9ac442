//! Documents: their words, in reading order, with lines and paragraphs kept, because a list of tasks
//! is a matter of lines.
//!
//! A page without a layer of text (a scan, a picture) has no words here; [`Document::blank_pages`]
//! names it, and [`page_picture`] draws it, so that it can be read as a picture.
//!
//! Memory: the file, its text, and for DOCX one part of at most
//! [`Limits::archive`](crate::limits::Limits::archive) bytes. PDF objects are unpacked by the libraries
//! that read them, which only the limit of the child process holds.

mod docx;
mod html;
mod pdf;
mod tidy;

use serde::{Deserialize, Serialize};

use crate::image::{ImageError, Picture};
use crate::kind::Kind;
use crate::limits::Limits;

/// Longest title, in characters.
const TITLE: usize = 300;

/// The words of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Its text: a line for a line, an empty line between paragraphs, list items with their marks.
    pub text: String,
    /// What it calls itself, if it does.
    pub title: Option<String>,
    /// How many pages it has, where it has pages.
    pub pages: Option<u32>,
    /// Pages that have no text but something to see, counted from 1.
    pub blank_pages: Vec<u32>,
    /// Whether text was left out because of [`Limits::text`](crate::limits::Limits::text).
    pub truncated: bool,
}

/// Why a document cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum DocumentError {
    /// There are no bytes in it.
    #[error("the document is empty")]
    Empty,
    /// It is of no kind that is read.
    #[error("{0}")]
    Unsupported(String),
    /// It cannot be opened without a password.
    #[error("the document is protected by a password")]
    Encrypted,
    /// More pages than [`Limits::pages`](crate::limits::Limits::pages).
    #[error("the document has {pages} pages; {limit} can be read")]
    TooManyPages {
        /// Pages it has.
        pages: u32,
        /// Pages that are read.
        limit: u32,
    },
    /// Unpacked, it is larger than [`Limits::archive`](crate::limits::Limits::archive).
    #[error("the document is larger inside than can be read")]
    TooLarge,
    /// There is no page of that number.
    #[error("the document has no page {0}")]
    NoPage(u32),
    /// It is damaged, or not what it seems to be.
    #[error("the document is damaged and cannot be read")]
    Broken,
}

/// Reads the words of a document. `kind` is what [`crate::kind::detect`] said.
///
/// # Errors
/// See [`DocumentError`].
pub fn read(bytes: &[u8], kind: Kind, limits: &Limits) -> Result<Document, DocumentError> {
    if bytes.is_empty() {
        return Err(DocumentError::Empty);
    }
    let mut document = match kind {
        Kind::Pdf => pdf::read(bytes, limits)?,
        Kind::Docx => docx::read(bytes, limits)?,
        Kind::Html => html::read(bytes)?,
        Kind::Markdown | Kind::Text | Kind::Csv | Kind::Json => plain(bytes, kind)?,
        Kind::Unreadable(why) => return Err(DocumentError::Unsupported(why.to_owned())),
        Kind::Image(_) | Kind::Audio(_) | Kind::Binary => {
            let why = "this is not a document that can be read";
            return Err(DocumentError::Unsupported(why.to_owned()));
        }
    };
    document.title = document
        .title
        .map(|title| title.chars().take(TITLE).collect());
    document.truncated |= tidy::cut(&mut document.text, limits.text);
    Ok(document)
}

/// Draws a page of a PDF, counted from 1, at about 150 dots an inch, the longest side at most 2400
/// pixels.
///
/// # Errors
/// [`DocumentError::NoPage`] and what [`read`] says of the whole document.
pub fn page_picture(pdf: &[u8], page: u32, limits: &Limits) -> Result<Picture, DocumentError> {
    if pdf.is_empty() {
        return Err(DocumentError::Empty);
    }
    pdf::draw(pdf, page, limits)
}

fn plain(bytes: &[u8], kind: Kind) -> Result<Document, DocumentError> {
    let text = crate::text::decode(bytes)
        .map_err(|_| DocumentError::Broken)?
        .text;
    let heading = |line: &str| line.strip_prefix("# ").map(|title| title.trim().to_owned());
    let title = (kind == Kind::Markdown)
        .then(|| text.lines().find_map(heading))
        .flatten();
    Ok(Document {
        text,
        title,
        ..Document::default()
    })
}

impl From<ImageError> for DocumentError {
    fn from(error: ImageError) -> Self {
        match error {
            ImageError::TooLarge { .. } => Self::TooLarge,
            _ => Self::Broken,
        }
    }
}
