//! Text in whatever encoding it came (contract D8.36).

use std::borrow::Cow;

use chardetng::EncodingDetector;
use encoding_rs::{Encoding, UTF_8};

/// Bytes of a text looked at to tell its encoding.
const LOOKED_AT: usize = 64 * 1024;
/// Share of control characters, in percent, above which bytes are no text.
const CONTROLS: usize = 2;

/// A text and how it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The words.
    pub text: String,
    /// Name of the encoding they came in.
    pub encoding: &'static str,
}

/// Bytes that are no text in any encoding that can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no text: it holds bytes that no text has")]
pub struct NotText;

/// Reads bytes as text: by its byte order mark, as UTF-8, or in the encoding it most looks like.
///
/// # Errors
/// [`NotText`] for pictures, programs, archives and the like.
pub fn decode(bytes: &[u8]) -> Result<Decoded, NotText> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, malformed) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return if malformed {
            Err(NotText)
        } else {
            checked(text, encoding)
        };
    }
    let whole = match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        // The first bytes of a file may end within a character.
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&bytes[..error.valid_up_to()]).ok()
        }
        Err(_) => None,
    };
    if let Some(text) = whole.filter(|text| bytes.is_empty() || !text.is_empty()) {
        return checked(Cow::Borrowed(text), UTF_8);
    }
    if bytes.contains(&0) {
        return Err(NotText);
    }
    let mut detector = EncodingDetector::new();
    detector.feed(&bytes[..bytes.len().min(LOOKED_AT)], true);
    let encoding = detector.guess(None, true);
    let (text, malformed) = encoding.decode_without_bom_handling(bytes);
    // What is nearly UTF-8 is a text with a few broken bytes.
    if malformed && encoding != UTF_8 {
        return Err(NotText);
    }
    checked(text, encoding)
}

fn checked(text: Cow<'_, str>, encoding: &'static Encoding) -> Result<Decoded, NotText> {
    let is_strange =
        |c: &char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{1b}');
    let strange = text.chars().filter(is_strange).count();
    let broken = text.matches(char::REPLACEMENT_CHARACTER).count();
    let length = text.chars().count();
    if text.contains('\0') || (strange + broken) * 100 > length * CONTROLS {
        return Err(NotText);
    }
    Ok(Decoded {
        text: text.into_owned(),
        encoding: encoding.name(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_that_can_be_told_is_read() {
        let read = |bytes: &[u8]| decode(bytes).unwrap().text;
        assert_eq!(read("Grüße".as_bytes()), "Grüße");
        assert_eq!(read(b"\xef\xbb\xbfBuy milk"), "Buy milk");
        assert_eq!(read(b"\xff\xfeB\0u\0y\0"), "Buy");
        assert_eq!(read(b"Caf\xe9 am Freitag"), "Café am Freitag");
        assert_eq!(read(b""), "");
        let cut = &"Übermorgen nach Köln".as_bytes()[..18];
        assert_eq!(read(cut), "Übermorgen nach K");
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), Err(NotText));
        assert_eq!(decode(b"\x7fELF\x02\x01\x01\0\0\0"), Err(NotText));
        let noise: Vec<u8> = (0..2000u32).map(|i| (i * 7919 % 251) as u8).collect();
        assert_eq!(decode(&noise), Err(NotText));
    }
}
