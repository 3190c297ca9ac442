//! Letters that a scan took for digits: `sw1tches`, `r00m`, `T0DO`.

use super::{List, list};

/// Names of things that are written with digits for good.
const WITH_DIGITS: List<'static> = list![
    "a11y", "i18n", "l10n", "k8s", "o11y", "e2e", "b2b", "b2c", "p2p", "h1n1", "s3", "ec2",
    "oauth2", "mp3",
];

/// The word with letters in place of digits, where the digits cannot be meant.
///
/// Only 0, 1, 3 and 5 are taken for letters, and only with letters on both sides, or in front of a
/// longer run of letters, so that `Q3`, `v2`, `13th`, `3pm` and `B12` stay.
pub(super) fn letters_for_digits(word: &str) -> Option<String> {
    if !word.bytes().any(|b| b.is_ascii_digit()) || !word.is_ascii() {
        return None;
    }
    // The small words that no code looks like.
    let small = match word {
        "1n" => "in",
        "0n" => "on",
        "1t" => "it",
        "0f" => "of",
        "1s" => "is",
        "0r" => "or",
        "t0" => "to",
        "n0" => "no",
        _ => "",
    };
    if !small.is_empty() {
        return Some(small.to_owned());
    }
    let letters = word.bytes().filter(u8::is_ascii_alphabetic).count();
    let digits = word.len() - letters;
    if word.bytes().any(|b| !b.is_ascii_alphanumeric())
        || letters < 2
        || digits > letters
        || WITH_DIGITS.holds(word.to_ascii_lowercase().as_str())
    {
        return None;
    }
    if let Some(known) = known_with_letters(word) {
        return Some(known);
    }
    let read = |b: u8| !b.is_ascii_digit() || matches!(b, b'0' | b'1' | b'3' | b'5');
    if !word.bytes().all(read) || !is_scan_error(word.as_bytes()) {
        return None;
    }
    let upper = word.bytes().filter(u8::is_ascii_uppercase).count() > 1;
    let bytes = word.as_bytes();
    let repaired = bytes
        .iter()
        .enumerate()
        .map(|(index, byte)| {
            let read = letter(*byte, one_at(bytes, index));
            if upper && byte.is_ascii_digit() {
                read.to_ascii_uppercase()
            } else {
                read
            }
        })
        .collect();
    Some(repaired)
}

/// `1nventory`, `ca11`, `c4rds`, `rev1ew`: digits that only a word that is known tells from those of a code.
fn known_with_letters(word: &str) -> Option<String> {
    const ONES: usize = 3;
    let lower = word.to_ascii_lowercase();
    let ones = lower.bytes().filter(|byte| *byte == b'1').count();
    let alike =
        |byte: u8| !byte.is_ascii_digit() || matches!(byte, b'0' | b'1' | b'3' | b'4' | b'5');
    // At the end only a 1 is a letter: `room 4`, `mp3`.
    let ends = lower
        .trim_end_matches('1')
        .ends_with(|c: char| c.is_ascii_digit());
    if lower.len() < 4 || ones > ONES || ends || !lower.bytes().all(alike) {
        return None;
    }
    let spelt = |choice: usize| -> String {
        let mut seen = 0;
        let letters = lower.bytes().map(|byte| {
            let one = if choice >> seen & 1 == 1 { 'i' } else { 'l' };
            seen += usize::from(byte == b'1');
            letter(byte, one)
        });
        letters.collect()
    };
    let known = |word: &String| {
        let one = crate::words::cut(word);
        crate::lexicon::verb(word).is_some() || crate::area::knows(word) || crate::area::knows(&one)
    };
    let found = (0..1 << ones).map(spelt).find(known)?;
    let upper = word.bytes().filter(u8::is_ascii_uppercase).count();
    Some(match upper {
        0 => found,
        1 if word.starts_with(|c: char| c.is_ascii_uppercase()) => {
            crate::words::capitalised(&found)
        }
        _ => found.to_uppercase(),
    })
}

/// Digits inside a word, or one in front of at least three letters that are no unit or ordinal.
fn is_scan_error(word: &[u8]) -> bool {
    let first = word.iter().position(u8::is_ascii_digit).unwrap_or(0);
    let last = word.iter().rposition(u8::is_ascii_digit).unwrap_or(0);
    if first == 0 {
        let rest = &word[last + 1..];
        return last == 0 && matches!(word[0], b'0' | b'5') && rest.len() >= 3;
    }
    if last + 1 == word.len() {
        // `mai1`, `cal1`, `t0`: a digit at the very end is a letter only after a longer word.
        return last == first && word[last] == b'1' && word.len() >= 4 && word[last - 1] == b'l'
            || last == first && word[last] == b'0' && word.len() == 2 && word[0] == b't';
    }
    true
}

/// The letter in place of a digit, where a 1 stands for `one`.
fn letter(byte: u8, one: char) -> char {
    match byte {
        b'0' => 'o',
        b'1' => one,
        b'3' => 'e',
        b'4' => 'a',
        b'5' => 's',
        other => char::from(other),
    }
}

/// What the 1 at a place of an unknown word stands for: an `l` beside vowels and at the end, else an `i`.
fn one_at(word: &[u8], index: usize) -> char {
    let vowel = |b: Option<&u8>| {
        b.is_some_and(|b| {
            matches!(
                b.to_ascii_lowercase(),
                b'a' | b'e' | b'i' | b'o' | b'u' | b'0' | b'3'
            )
        })
    };
    let before = index.checked_sub(1).and_then(|at| word.get(at));
    let after = word.get(index + 1);
    if vowel(before) || vowel(after) || after.is_none() {
        'l'
    } else {
        'i'
    }
}

#[cfg(test)]
mod tests {
    use super::letters_for_digits;

    #[test]
    fn digits_inside_words_are_letters() {
        for (scan, word) in [
            ("sw1tches", "switches"),
            ("r00m", "room"),
            ("T0DO", "TODO"),
            ("0rder", "order"),
            ("pr1nt", "print"),
            ("emai1", "email"),
            ("ca1l", "call"),
            ("5end", "send"),
            ("1nventory", "inventory"),
            ("1abel", "label"),
            ("ca11", "call"),
            ("insur4nce", "insurance"),
            ("rev1ew", "review"),
            ("Fr1dge", "Fridge"),
            ("c4rds", "cards"),
        ] {
            let read = letters_for_digits(scan);
            assert_eq!(read.as_deref(), Some(word), "{scan}");
        }
    }

    #[test]
    fn codes_and_numbers_stay() {
        for word in [
            "Q3", "v2", "13th", "3pm", "B12", "k8s", "A4", "1st", "10am", "H1", "30min", "e2e",
            "1hour", "1litre", "room1", "test1", "step1", "b4", "gr8", "2nite", "h4",
        ] {
            assert_eq!(letters_for_digits(word), None, "{word}");
        }
    }
}
