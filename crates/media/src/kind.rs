//! What a file is, told from its first bytes.
//!
//! Kinds that are known but not read ([`Kind::Unreadable`]) say why, in words for whoever sent the file.

mod container;
mod office;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Bytes that are enough to tell.
pub const HEAD: usize = 8192;

/// Media types of the pictures that are read.
const IMAGES: [&str; 4] = ["image/jpeg", "image/png", "image/gif", "image/webp"];
/// Media types of the recordings that are read.
const AUDIO: [&str; 7] = [
    "audio/mpeg",
    "audio/wav",
    "audio/ogg",
    "audio/flac",
    "audio/mp4",
    "audio/aac",
    "audio/webm",
];

/// A kind of file, with its media type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Plain text in any encoding.
    Text,
    /// Text with Markdown's marks.
    Markdown,
    /// A table as text.
    Csv,
    /// A web page.
    Html,
    /// JSON.
    Json,
    /// A PDF document.
    Pdf,
    /// A Word document.
    Docx,
    /// A picture, by its media type.
    Image(&'static str),
    /// A recording, by its media type.
    Audio(&'static str),
    /// Something known that is not read, and why not, as a sentence for people.
    Unreadable(&'static str),
    /// Anything else.
    Binary,
}

impl Kind {
    /// The media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Text => "text/plain",
            Self::Markdown => "text/markdown",
            Self::Csv => "text/csv",
            Self::Html => "text/html",
            Self::Json => "application/json",
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Image(media_type) | Self::Audio(media_type) => media_type,
            Self::Unreadable(_) | Self::Binary => "application/octet-stream",
        }
    }

    /// A safe extension for stored files.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Markdown => "md",
            Self::Csv => "csv",
            Self::Html => "html",
            Self::Json => "json",
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Unreadable(_) | Self::Binary => "bin",
            Self::Image(media_type) => match media_type {
                "image/jpeg" => "jpg",
                "image/png" => "png",
                "image/gif" => "gif",
                _ => "webp",
            },
            Self::Audio(media_type) => match media_type {
                "audio/mpeg" => "mp3",
                "audio/wav" => "wav",
                "audio/ogg" => "ogg",
                "audio/flac" => "flac",
                "audio/mp4" => "m4a",
                "audio/aac" => "aac",
                _ => "webm",
            },
        }
    }

    /// The kind with this media type, among those that are read.
    pub fn of_media_type(media_type: &str) -> Option<Self> {
        let named = |types: &[&'static str]| types.iter().copied().find(|name| *name == media_type);
        let plain = [
            Self::Text,
            Self::Markdown,
            Self::Csv,
            Self::Html,
            Self::Json,
            Self::Pdf,
            Self::Docx,
        ];
        plain
            .into_iter()
            .find(|kind| kind.media_type() == media_type)
            .or_else(|| named(&IMAGES).map(Self::Image))
            .or_else(|| named(&AUDIO).map(Self::Audio))
    }

    /// Whether its bytes are text.
    pub const fn is_text(self) -> bool {
        matches!(
            self,
            Self::Text | Self::Markdown | Self::Csv | Self::Html | Self::Json
        )
    }
}

impl Serialize for Kind {
    /// As its media type.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.media_type())
    }
}

impl<'de> Deserialize<'de> for Kind {
    /// From its media type; what is not known is [`Kind::Binary`].
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let media_type = String::deserialize(deserializer)?;
        Ok(Self::of_media_type(&media_type).unwrap_or(Self::Binary))
    }
}

/// Tells what a file is from its first [`HEAD`] bytes. The name decides only between kinds of text,
/// which look alike.
pub fn detect(head: &[u8], name: &str) -> Kind {
    if head.is_empty() {
        return Kind::Text;
    }
    if let Some(kind) = container::detect(head)
        .or_else(|| office::detect(head))
        .or_else(|| binary(head))
    {
        return kind;
    }
    match crate::text::decode(head) {
        Ok(decoded) => text_kind(&decoded.text, name),
        Err(_) => Kind::Binary,
    }
}

/// Other kinds with marks of their own at the start.
fn binary(head: &[u8]) -> Option<Kind> {
    let found = infer::get(head)?;
    let media_type = found.mime_type();
    // Some marks are but two letters: "BMW" begins as a bitmap does.
    if Kind::of_media_type(media_type).is_none() && crate::text::decode(head).is_ok() {
        return None;
    }
    match media_type {
        "audio/x-wav" => Some(Kind::Audio("audio/wav")),
        "audio/x-flac" => Some(Kind::Audio("audio/flac")),
        "application/pdf" => Some(Kind::Pdf),
        "text/html" => Some(Kind::Html),
        "text/plain" | "text/xml" | "application/json" | "text/x-shellscript" => None,
        "image/avif" => Some(Kind::Unreadable(container::HEIC)),
        _ => Some(Kind::of_media_type(media_type).unwrap_or(match found.matcher_type() {
            infer::MatcherType::Image => Kind::Unreadable(
                "pictures of this kind cannot be read; JPEG, PNG, GIF and WebP can",
            ),
            infer::MatcherType::Audio => Kind::Unreadable(
                "recordings of this kind cannot be played here; MP3, M4A, WAV, FLAC, OGG and WebM can",
            ),
            infer::MatcherType::Video => Kind::Unreadable(container::VIDEO),
            _ => Kind::Binary,
        })),
    }
}

fn text_kind(text: &str, name: &str) -> Kind {
    let extension = name
        .rsplit_once('.')
        .map(|(_, end)| end.to_ascii_lowercase());
    match extension.as_deref() {
        Some("md" | "markdown") => return Kind::Markdown,
        Some("csv" | "tsv") => return Kind::Csv,
        Some("html" | "htm") => return Kind::Html,
        Some("json") => return Kind::Json,
        _ => {}
    }
    let trimmed = text.trim_start();
    let start = trimmed.get(..15).unwrap_or_default().to_ascii_lowercase();
    if start.starts_with("<!doctype html") || start.starts_with("<html") {
        return Kind::Html;
    }
    if trimmed.starts_with("{\\rtf") {
        return Kind::Unreadable("rich text (.rtf) cannot be read; saved as .docx or PDF it can");
    }
    Kind::Text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_and_not_the_name() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
        assert_eq!(detect(png, "notes.txt"), Kind::Image("image/png"));
        assert_eq!(detect(b"%PDF-1.7\n", "photo.jpg"), Kind::Pdf);
        assert_eq!(detect(b"just words", "board.png"), Kind::Text);
        assert_eq!(
            detect(b"\x7fELF\x02\x01\x01\0\0\0", "notes.md"),
            Kind::Binary
        );
        assert_eq!(detect(b"\0\x01\x02\x03\xff\xfe\xfd", "a.txt"), Kind::Binary);
    }

    #[test]
    fn names_tell_kinds_of_text_apart() {
        assert_eq!(detect(b"a,b\n1,2", "t.csv"), Kind::Csv);
        assert_eq!(detect(b"# Title", "README.md"), Kind::Markdown);
        assert_eq!(detect(b"<!DOCTYPE html><p>x", "page"), Kind::Html);
        assert_eq!(detect(b"", "empty.txt"), Kind::Text);
    }
}
