//! Word documents: paragraphs, lists, tables and check boxes out of `word/document.xml`
//! (ECMA-376 part 1, §17). Deleted text, field codes, notes and headers are left out.
//!
//! The markup is read as a stream of events: nothing is built from it, so that no nesting is too deep.

mod body;
mod numbering;

use std::io::{Cursor, Read};

use quick_xml::events::Event;
use zip::ZipArchive;
use zip::result::ZipError;

use super::{Document, DocumentError, tidy};
use crate::limits::Limits;
use numbering::Numbering;

/// Entries of an archive above which it is no document.
const ENTRIES: usize = 10_000;
/// Bytes of the parts that are only looked into: numbering and properties.
const SMALL: u64 = 4 << 20;

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Reads the body.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, DocumentError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| failed(&error))?;
    if archive.len() > ENTRIES {
        return Err(DocumentError::TooLarge);
    }
    let body = part(&mut archive, "word/document.xml", limits.archive)?;
    let small = SMALL.min(limits.archive);
    let numbering = part(&mut archive, "word/numbering.xml", small).unwrap_or_default();
    let properties = part(&mut archive, "docProps/core.xml", small).unwrap_or_default();
    let styles = part(&mut archive, "word/styles.xml", small).unwrap_or_default();
    let mut numbering = Numbering::read(&numbering);
    numbering.read_styles(&styles);
    let (text, truncated) = body::read(&body, numbering, limits.text)?;
    Ok(Document {
        text: tidy::spaced(&text),
        title: title(&properties),
        truncated,
        ..Document::default()
    })
}

/// One part, unpacked. What its header says of its size is not believed.
fn part(archive: &mut Archive<'_>, name: &str, most: u64) -> Result<Vec<u8>, DocumentError> {
    let entry = archive.by_name(name).map_err(|error| failed(&error))?;
    let mut bytes = Vec::new();
    entry
        .take(most.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|_| DocumentError::Broken)?;
    if bytes.len() as u64 > most {
        return Err(DocumentError::TooLarge);
    }
    Ok(bytes)
}

fn failed(error: &ZipError) -> DocumentError {
    match error {
        ZipError::UnsupportedArchive(what) if what.contains("assword") => DocumentError::Encrypted,
        _ => DocumentError::Broken,
    }
}

/// `dc:title` of the properties.
fn title(properties: &[u8]) -> Option<String> {
    let mut reader = quick_xml::Reader::from_reader(properties);
    let (mut inside, mut title) = (false, String::new());
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) => inside = tag.local_name().as_ref() == "title",
            Event::End(_) if inside => break,
            Event::Text(text) if inside => title.push_str(&text),
            Event::GeneralRef(name) if inside => title.push_str(&body::entity(&name)),
            Event::Eof => return None,
            _ => {}
        }
    }
    let title = title.trim();
    (!title.is_empty()).then(|| title.to_owned())
}
