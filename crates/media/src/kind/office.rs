//! Documents that are archives, and those of older programs.

use super::Kind;

const OLD: &str = "documents of older Office programs (.doc, .xls, .ppt) and protected ones cannot be \
                   read; saved as .docx or PDF they can";
const SHEET: &str = "spreadsheets cannot be read; saved as CSV or PDF they can";
const SLIDES: &str = "presentations cannot be read; saved as PDF they can";
const OPEN: &str = "OpenDocument files cannot be read; saved as .docx or PDF they can";
const BOOK: &str = "electronic books cannot be read; saved as PDF they can";

/// Tells Word from spreadsheets, presentations, books and plain archives, by the names in the archive.
pub(super) fn detect(head: &[u8]) -> Option<Kind> {
    if head.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        return Some(Kind::Unreadable(OLD));
    }
    if !head.starts_with(b"PK\x03\x04") {
        return None;
    }
    for (name, content) in entries(head) {
        let starts = |start: &[u8]| name.starts_with(start);
        if name == b"mimetype" {
            let book = content.starts_with(b"application/epub");
            return Some(Kind::Unreadable(if book { BOOK } else { OPEN }));
        }
        if starts(b"word/") {
            return Some(Kind::Docx);
        }
        if starts(b"xl/") {
            return Some(Kind::Unreadable(SHEET));
        }
        if starts(b"ppt/") {
            return Some(Kind::Unreadable(SLIDES));
        }
    }
    Some(Kind::Binary)
}

/// Names and beginnings of what is in an archive, as far as it is in sight (APPNOTE.TXT §4.3.7).
fn entries(head: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let marks = head
        .windows(4)
        .enumerate()
        .filter(|(_, four)| *four == b"PK\x03\x04");
    marks.filter_map(|(at, _)| {
        let short = |offset: usize| {
            let two = head.get(at + offset..at + offset + 2)?;
            Some(usize::from(u16::from_le_bytes([two[0], two[1]])))
        };
        let name = at + 30..at + 30 + short(26)?;
        let content = name.end + short(28)?;
        Some((head.get(name)?, head.get(content..).unwrap_or_default()))
    })
}
