//! Text as the full-text search sees it.
//!
//! The two databases cut and fold text each in its own way, and the extension that takes accents
//! off is not on every PostgreSQL server. So this is done here, once: both index the words made
//! by [`index`], and the same search finds the same rows on both.

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longer words are cut, in text and search alike (PostgreSQL takes at most 2046 bytes).
const WORD_CHARS: usize = 64;
/// What comes later in a text is not found (PostgreSQL takes at most 1 MiB).
const INDEX_BYTES: usize = 100_000;
/// Further words of a search are ignored.
const SEARCH_WORDS: usize = 16;

/// The words of the given texts, each once, separated by blanks.
pub(crate) fn index<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut seen = HashSet::new();
    let mut out = String::new();
    for word in texts.into_iter().flat_map(fold) {
        if out.len() + word.len() > INDEX_BYTES {
            break;
        }
        if seen.insert(word.clone()) {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(&word);
        }
    }
    out
}

/// The words of a search; empty if there is nothing to look for.
pub(crate) fn search(query: &str) -> Vec<String> {
    let mut words = fold(query);
    words.truncate(SEARCH_WORDS);
    words
}

/// Cuts text into words without case and accents. Scripts that are written without blanks are
/// cut into characters.
fn fold(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut length = 0;
    for c in text.nfkd().flat_map(char::to_lowercase) {
        if is_accent(c) {
            continue;
        }
        if is_unspaced(c) {
            words.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
            words.push(c.to_string());
            length = 0;
        } else if c.is_alphanumeric() || is_combining_mark(c) {
            if length < WORD_CHARS {
                push_plain(&mut word, c);
                length += 1;
            }
        } else {
            words.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
            length = 0;
        }
    }
    words.extend((!word.is_empty()).then_some(word));
    words
}

/// Accents of Latin, Greek and Cyrillic letters, which people leave out when they search. Marks of
/// other scripts are part of the word.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}')
}

/// Han, kana and Thai.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '\u{e01}'..='\u{e4e}')
}

/// Letters that Unicode does not take apart.
fn push_plain(word: &mut String, c: char) {
    match c {
        'ß' => word.push_str("ss"),
        'æ' => word.push_str("ae"),
        'œ' => word.push_str("oe"),
        'ø' => word.push('o'),
        'ł' => word.push('l'),
        'đ' => word.push('d'),
        'ı' => word.push('i'),
        'ς' => word.push('σ'),
        other => word.push(other),
    }
}

#[cfg(test)]
mod tests {
    use super::{index, search};

    #[test]
    fn case_and_accents_do_not_matter() {
        assert_eq!(
            search("Crème BRÛLÉE, Straße!"),
            ["creme", "brulee", "strasse"]
        );
        assert_eq!(
            search("Łódź Øre ΟΔΟΣ οδός"),
            ["lodz", "ore", "οδοσ", "οδοσ"]
        );
    }

    #[test]
    fn signs_separate_words() {
        assert_eq!(
            search("e-mail a.b@c.de \"x' AND NOT (y*)\""),
            ["e", "mail", "a", "b", "c", "de", "x", "and", "not", "y"]
        );
        assert!(search("?! -- \u{0} \u{1f600}").is_empty());
    }

    #[test]
    fn scripts_without_blanks_are_cut_into_characters() {
        assert_eq!(search("周一开会 at 9"), ["周", "一", "开", "会", "at", "9"]);
        assert_eq!(search("हिन्दी"), ["हिन्दी"]);
    }

    #[test]
    fn words_are_indexed_once_and_within_bounds() {
        assert_eq!(index(["Buy milk", "milk, bread"]), "buy milk bread");
        assert_eq!(index([""]), "");
        assert_eq!(index([&*"x".repeat(1000)]).len(), 64);
        let long: Vec<String> = (0..100_000).map(|n| format!("word{n}")).collect();
        let long = long.join(" ");
        assert!(index([&*long]).len() <= 100_100);
    }
}
