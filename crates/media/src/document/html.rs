//! Web pages: what a reader of the page would see, without scripts and styles.

mod decorator;
mod depth;

use encoding_rs::Encoding;
use html2text::config;

use super::{Document, DocumentError, tidy};

/// Columns that text is wrapped at: more than any paragraph has, because a line is a line of the text.
const WIDTH: usize = 100_000;
/// Bytes in which a page declares its encoding (WHATWG HTML §4.2.5.4).
const DECLARED_WITHIN: usize = 1024;

/// Reads a page.
pub(super) fn read(bytes: &[u8]) -> Result<Document, DocumentError> {
    let page = decode(bytes)?;
    let text = config::with_decorator(decorator::Plain)
        .no_table_borders()
        .no_link_wrapping()
        .link_footnotes(false)
        .allow_width_overflow()
        .string_from_read(depth::flattened(&page).as_bytes(), WIDTH)
        .map_err(|_| DocumentError::Broken)?;
    Ok(Document {
        text: tidy::spaced(&text),
        title: title(&page),
        ..Document::default()
    })
}

/// In the encoding that the page declares, unless it is UTF-8 anyway.
fn decode(bytes: &[u8]) -> Result<String, DocumentError> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.trim_start_matches('\u{feff}').to_owned());
    }
    if Encoding::for_bom(bytes).is_none()
        && let Some(encoding) = declared(&bytes[..bytes.len().min(DECLARED_WITHIN)])
    {
        return Ok(encoding.decode(bytes).0.into_owned());
    }
    let decoded = crate::text::decode(bytes).map_err(|_| DocumentError::Broken)?;
    Ok(decoded.text)
}

fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let head = head.to_ascii_lowercase();
    let mark = b"charset=";
    let at = head.windows(mark.len()).position(|window| window == mark)? + mark.len();
    let label: Vec<u8> = head[at..]
        .iter()
        .copied()
        .skip_while(|byte| matches!(byte, b'"' | b'\''))
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        .collect();
    Encoding::for_label(&label)
}

fn title(page: &str) -> Option<String> {
    let lower = page.to_ascii_lowercase();
    let start = lower.find("<title")?;
    let start = start + lower[start..].find('>')? + 1;
    let end = start + lower[start..].find("</title")?;
    let title = quick_xml::escape::unescape(&page[start..end]).map_or_else(
        |_| page[start..end].to_owned(),
        std::borrow::Cow::into_owned,
    );
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    (!title.is_empty()).then_some(title)
}
