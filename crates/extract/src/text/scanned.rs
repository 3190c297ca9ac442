//! Letters that a scan took for digits in a date: `2O/01`, `2l Feb`, `Frl`.

use std::borrow::Cow;

use super::moment::names_a_month;
use super::speaker::has_digit;

/// The text with digits in the place of such letters, byte for byte as long.
pub(crate) fn with_digits(text: &str) -> Cow<'_, str> {
    let scanned = has_digit(text) || ["Frl", "FRl"].iter().any(|day| text.contains(day));
    if !scanned {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let mut changed: Vec<(usize, u8)> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        let length = bytes[at..]
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric())
            .count();
        let word = at..at + length;
        if (2..=4).contains(&length) {
            repair(text, word, &mut changed);
        }
        at += length;
    }
    if changed.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut bytes = bytes.to_vec();
    for (at, byte) in changed {
        bytes[at] = byte;
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

fn repair(text: &str, word: std::ops::Range<usize>, changed: &mut Vec<(usize, u8)>) {
    let letters = &text[word.clone()];
    if matches!(letters, "Frl" | "FRl" | "Fr1" | "FR1") {
        changed.push((word.end - 1, b'i'));
        return;
    }
    if matches!(letters, "M0n" | "M0N" | "m0n") {
        changed.push((word.start + 1, b'o'));
        return;
    }
    let bytes = letters.as_bytes();
    let digits = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
    let alike = |byte: &u8| matches!(byte, b'O' | b'o' | b'l' | b'I');
    let scanned = digits > 0
        && digits < bytes.len()
        && bytes
            .iter()
            .all(|byte| byte.is_ascii_digit() || alike(byte));
    if !scanned || !beside_date(text, &word) {
        return;
    }
    for (at, byte) in bytes.iter().enumerate().filter(|(_, byte)| alike(byte)) {
        let digit = if matches!(byte, b'O' | b'o') {
            b'0'
        } else {
            b'1'
        };
        changed.push((word.start + at, digit));
    }
}

/// Whether digits and a mark, or the name of a month, stand beside a word.
fn beside_date(text: &str, word: &std::ops::Range<usize>) -> bool {
    let behind = &text[word.end..];
    let joined = behind.starts_with(['/', '.', ':'])
        && behind[1..].starts_with(|c: char| c.is_ascii_digit());
    let ahead = &text[..word.start];
    let led = ahead.ends_with(['/', '.', ':'])
        && ahead[..ahead.len() - 1].ends_with(|c: char| c.is_ascii_digit());
    let month = |word: Option<&str>| {
        word.is_some_and(|word| {
            names_a_month(
                &word
                    .trim_matches(|c: char| !c.is_alphabetic())
                    .to_lowercase(),
            )
        })
    };
    let next = behind
        .strip_prefix(' ')
        .and_then(|rest| rest.split_whitespace().next());
    let last = ahead.strip_suffix(' ').and_then(|rest| {
        let from = rest.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        rest.get(from..)
    });
    joined || led || month(next) || month(last)
}

#[cfg(test)]
mod tests {
    use super::with_digits;

    #[test]
    fn letters_in_dates_are_digits() {
        assert_eq!(
            with_digits("by 2O/01 or 2l Feb, at 1O:30"),
            "by 20/01 or 21 Feb, at 10:30"
        );
        assert_eq!(with_digits("due Frl"), "due Fri");
        assert_eq!(with_digits("March l2"), "March 12");
    }

    #[test]
    fn other_words_stay() {
        for text in [
            "room 2O and 3l",
            "O2 and I1",
            "we met in 1l bottles",
            "l0ok at h2o",
        ] {
            assert_eq!(with_digits(text), text);
        }
    }
}
