//! The wordings by the words they begin with, so that few of them are tried at a place.

use std::sync::LazyLock;

use super::{Element, PATTERNS, Pattern};
use crate::hash::HashMap;

/// Patterns by the word they start with; those that start with a subject are kept apart.
static BY_WORD: LazyLock<HashMap<&'static str, Vec<usize>>> = LazyLock::new(|| {
    let mut index: HashMap<&'static str, Vec<usize>> = HashMap::default();
    for (place, pattern) in PATTERNS.iter().enumerate() {
        if let Some(Element::Words { any, .. }) = pattern.elements.first() {
            for word in *any {
                index.entry(word).or_default().push(place);
            }
        }
    }
    index
});

/// Patterns that start with a subject: by the word behind it, and those behind which no certain word
/// has to stand.
struct AfterSubject {
    by_word: HashMap<&'static str, Vec<usize>>,
    any_word: Vec<usize>,
}

static AFTER_SUBJECT: LazyLock<AfterSubject> = LazyLock::new(|| {
    let mut found = AfterSubject {
        by_word: HashMap::default(),
        any_word: Vec::new(),
    };
    for (place, pattern) in PATTERNS.iter().enumerate() {
        match pattern.elements.as_slice() {
            [
                Element::Who,
                Element::Words {
                    any,
                    optional: false,
                },
                ..,
            ] => {
                for word in *any {
                    found.by_word.entry(word).or_default().push(place);
                }
            }
            [Element::Who, ..] => found.any_word.push(place),
            _ => {}
        }
    }
    for places in found.by_word.values_mut() {
        places.extend(&found.any_word);
        places.sort_unstable();
        places.dedup();
    }
    found
});

/// Wordings that start with this word.
pub(in crate::action) fn candidates(word: &str) -> impl Iterator<Item = &'static Pattern> {
    BY_WORD
        .get(word)
        .into_iter()
        .flatten()
        .map(|place| &PATTERNS[*place])
}

/// Wordings that start with a subject and can go on with this word.
pub(in crate::action) fn after_subject(word: &str) -> impl Iterator<Item = &'static Pattern> {
    let index = &*AFTER_SUBJECT;
    let places = index.by_word.get(word).unwrap_or(&index.any_word);
    places.iter().map(|place| &PATTERNS[*place])
}
