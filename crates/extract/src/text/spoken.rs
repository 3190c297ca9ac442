//! Marks that were spoken: `dear Sofia comma new line thank you full stop`.
//!
//! Where a dictation names its marks, they are put in place of their names, padded with blanks, so
//! that every other word keeps its bytes.

use std::borrow::Cow;

use crate::words::ascii_lower;

/// Names of marks, longest first, with the mark each stands for.
const MARKS: &[(&str, &str)] = &[
    ("new paragraph", "\n\n"),
    ("exclamation mark", "!"),
    ("exclamation point", "!"),
    ("question mark", "?"),
    ("full stop", "."),
    ("semicolon", ";"),
    ("new line", "\n"),
    ("newline", "\n"),
    ("period", "."),
    ("comma", ","),
    ("colon", ":"),
];

/// The text with the marks that it spells out, if it spells out any.
///
/// Two names must occur, and more of them than marks that are written.
pub(crate) fn with_marks(text: &str) -> Cow<'_, str> {
    if !names_any(text) {
        return in_lines(text);
    }
    let found = named(text);
    if found.len() < 2 {
        return in_lines(text);
    }
    let written = text
        .bytes()
        .zip(text.bytes().skip(1).chain(std::iter::once(b' ')))
        .filter(|(byte, next)| {
            matches!(byte, b',' | b'.' | b'?' | b'!') && next.is_ascii_whitespace()
        })
        .count();
    if found.len() <= written {
        return Cow::Borrowed(text);
    }
    let mut bytes = text.as_bytes().to_vec();
    for (at, length, mark) in found {
        bytes[at..at + length].fill(b' ');
        // A mark stands close behind the word before it.
        let from = if mark.starts_with('\n') { at } else { at - 1 };
        bytes[from..from + mark.len()].copy_from_slice(mark.as_bytes());
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// `need to 1 ring the bank 2 post the forms 3 milk`: what is counted off in one line, each in its own, with
/// a bullet in place of its number.
fn in_lines(text: &str) -> Cow<'_, str> {
    const COUNTED: &[&str] = &[
        "am", "pm", "x", "of", "and", "or", "to", "is", "was", "in", "at", "on", "for", "kg", "km",
        "cm", "mm", "ml", "min", "mins", "minute", "minutes", "hour", "hours", "hrs", "day",
        "days", "week", "weeks", "month", "months", "year", "years", "people", "person", "bag",
        "bags", "by",
    ];
    // Nothing is counted without a first.
    if !text.contains("1 ") && !text.contains("1\n") {
        return Cow::Borrowed(text);
    }
    let mut found = Vec::new();
    let mut start = 0;
    for word in text.split([' ', '\n']) {
        let at = start;
        start += word.len() + 1;
        let digits =
            (1..=2).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
        if !digits || word.parse() != Ok(found.len() + 1) {
            continue;
        }
        let rest = text.get(start..).unwrap_or_default();
        let next = &rest[..rest.find([' ', '\n', ',', '.']).unwrap_or(rest.len())];
        let counts = COUNTED.iter().any(|unit| next.eq_ignore_ascii_case(unit));
        let broken = at > 0 && text.as_bytes()[at - 1] == b'\n';
        if !broken && next.starts_with(char::is_alphabetic) && !counts {
            found.push((at, word.len()));
        }
    }
    let one_line = found
        .first()
        .zip(found.last())
        .is_some_and(|(first, last)| !text[first.0..last.0].contains('\n'));
    if found.len() < 3 || !one_line {
        return Cow::Borrowed(text);
    }
    let mut bytes = text.as_bytes().to_vec();
    for (at, length) in found {
        bytes[at..at + length].fill(b' ');
        bytes[at] = b'-';
        if at > 0 {
            bytes[at - 1] = b'\n';
        }
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// Whether any mark can be named, which few texts do.
fn names_any(text: &str) -> bool {
    let lower = ascii_lower(text);
    MARKS.iter().any(|(name, _)| lower.contains(name))
}

/// Where marks are named: first byte, length, mark.
fn named(text: &str) -> Vec<(usize, usize, &'static str)> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut before = "";
    while at < text.len() {
        let initial = matches!(
            bytes[at].to_ascii_lowercase(),
            b'n' | b'e' | b'q' | b'f' | b's' | b'p' | b'c'
        );
        let starts = at > 0 && bytes[at - 1] == b' ' && initial;
        let mark = starts
            .then(|| {
                MARKS.iter().find(|(name, _)| {
                    let end = at + name.len();
                    text.get(at..end)
                        .is_some_and(|words| words.eq_ignore_ascii_case(name))
                        && bytes
                            .get(end)
                            .is_none_or(|next| !next.is_ascii_alphanumeric() && *next != b'-')
                })
            })
            .flatten()
            .filter(|(name, _)| !is_noun(before, name));
        if let Some((name, mark)) = mark {
            found.push((at, name.len(), *mark));
            at += name.len();
            before = name;
            continue;
        }
        let rest = &text[at..];
        let word = word_length(rest);
        if word == 0 {
            at += rest.chars().next().map_or(1, char::len_utf8);
        } else {
            before = &rest[..word];
            at += word;
        }
    }
    found
}

/// Bytes up to the next white space.
fn word_length(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let plain = bytes.iter().take_while(|byte| byte.is_ascii_graphic());
    let plain = plain.count();
    if matches!(bytes.get(plain), None | Some(b' ' | b'\n')) {
        return plain;
    }
    rest.find(char::is_whitespace).unwrap_or(rest.len())
}

/// `a trial period`, `the new line`: a thing, and no mark.
fn is_noun(before: &str, name: &str) -> bool {
    let before = before.to_ascii_lowercase();
    let determined = matches!(
        before.as_str(),
        "a" | "an"
            | "the"
            | "this"
            | "that"
            | "my"
            | "your"
            | "our"
            | "his"
            | "her"
            | "each"
            | "every"
            | "no"
            | "one"
            | "any"
            | "new"
            | "of"
            | "free"
    );
    let spoken = matches!(name, "full stop" | "new paragraph" | "question mark");
    let long = name == "period"
        && matches!(
            before.as_str(),
            "trial"
                | "notice"
                | "grace"
                | "time"
                | "long"
                | "short"
                | "cooling-off"
                | "probation"
                | "holiday"
        );
    determined && !spoken || long
}

#[cfg(test)]
mod tests {
    use super::{MARKS, with_marks};

    #[test]
    fn every_mark_is_heard() {
        for (name, mark) in MARKS {
            let text = format!("milk {name} bread {name} eggs");
            assert!(with_marks(&text).contains(mark), "{name}");
        }
    }

    #[test]
    fn named_marks_are_set() {
        let text = "Hello Vera comma new line please send the map full stop thanks";
        let read = with_marks(text);
        assert_eq!(read.len(), text.len());
        assert!(read.starts_with("Hello Vera,"), "{read}");
        assert!(read.contains("map. "), "{read}");
        assert!(read.contains('\n'), "{read}");
    }

    #[test]
    fn what_is_counted_off_stands_in_lines_of_its_own() {
        assert_eq!(
            with_marks("need to 1 ring the bank 2 post the forms 3 milk"),
            "need to\n- ring the bank\n- post the forms\n- milk"
        );
        for text in [
            "1 bag of rice, 2 bags of oats, 3 kg of salt",
            "in week 1 we rest, in week 2 we run",
        ] {
            assert_eq!(with_marks(text), text);
        }
    }

    #[test]
    fn written_texts_stay_as_they_are() {
        for text in [
            "The notice period ends in May, so tell the landlord.",
            "Use a comma, not a colon, in the title. Then send it.",
            "We open a new line in June",
            "",
        ] {
            assert_eq!(with_marks(text), text);
        }
    }
}
