//! What a file is, told from its first bytes.

/// Bytes that are enough to tell.
pub const HEAD: usize = 8192;

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
            Self::Binary => "application/octet-stream",
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
            Self::Binary => "bin",
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

    /// Whether its bytes are text.
    pub const fn is_text(self) -> bool {
        matches!(
            self,
            Self::Text | Self::Markdown | Self::Csv | Self::Html | Self::Json
        )
    }
}

/// Tells what a file is from its first [`HEAD`] bytes. The name decides only between kinds of text,
/// which look alike.
pub fn detect(head: &[u8], name: &str) -> Kind {
    if head.is_empty() {
        return Kind::Text;
    }
    if let Some(kind) = binary(head) {
        return kind;
    }
    match crate::text::decode(head) {
        Ok(decoded) => text_kind(&decoded.text, name),
        Err(_) => Kind::Binary,
    }
}

/// Kinds with marks of their own at the start.
fn binary(head: &[u8]) -> Option<Kind> {
    let found = infer::get(head)?;
    match found.mime_type() {
        "image/jpeg" => Some(Kind::Image("image/jpeg")),
        "image/png" => Some(Kind::Image("image/png")),
        "image/gif" => Some(Kind::Image("image/gif")),
        "image/webp" => Some(Kind::Image("image/webp")),
        "audio/mpeg" => Some(Kind::Audio("audio/mpeg")),
        "audio/x-wav" => Some(Kind::Audio("audio/wav")),
        "audio/ogg" | "application/ogg" | "audio/opus" | "video/ogg" => {
            Some(Kind::Audio("audio/ogg"))
        }
        "audio/x-flac" => Some(Kind::Audio("audio/flac")),
        "audio/aac" => Some(Kind::Audio("audio/aac")),
        // Browsers record sound alone into these containers; their marks are those of films.
        "audio/m4a" | "audio/mp4" | "video/mp4" | "video/x-m4v" | "video/quicktime" => {
            Some(Kind::Audio("audio/mp4"))
        }
        "video/webm" | "video/x-matroska" => Some(Kind::Audio("audio/webm")),
        "application/pdf" => Some(Kind::Pdf),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => {
            Some(Kind::Docx)
        }
        "text/html" => Some(Kind::Html),
        "text/plain" | "text/xml" | "application/json" | "text/x-shellscript" => None,
        _ => Some(Kind::Binary),
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
    let start = text
        .trim_start()
        .get(..15)
        .unwrap_or_default()
        .to_ascii_lowercase();
    if start.starts_with("<!doctype html") || start.starts_with("<html") {
        return Kind::Html;
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
