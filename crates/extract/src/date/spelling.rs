//! Misspelt date words: one slip (a letter too many, too few, wrong or swapped) is forgiven in long
//! words whose neighbours are not words themselves.

use super::english::{NOT_MISSPELT, SPELLABLE};

/// The date word that `folded` most likely is a slip of.
pub(super) fn nearest(folded: &str) -> Option<&'static str> {
    slip_of(folded).filter(|_| !NOT_MISSPELT.holds(folded))
}

/// The date word that lies one slip from `folded`.
fn slip_of(folded: &str) -> Option<&'static str> {
    if !(5..=10).contains(&folded.len()) || !folded.is_ascii() {
        return None;
    }
    // The shortest weekdays with a letter left out: `frday`.
    let targets = match folded.len() {
        5 if folded.ends_with('y') => SHORTEST,
        5 => return None,
        _ => SPELLABLE,
    };
    targets
        .iter()
        .copied()
        .find(|target| is_slip(folded, target))
}

/// Weekdays that are known with a letter left out.
const SHORTEST: &[&str] = &["monday", "friday", "sunday"];

/// Whether `word` begins like `target` and is one slip from it.
fn is_slip(word: &str, target: &str) -> bool {
    let (word, target) = (word.as_bytes(), target.as_bytes());
    word.first() == target.first()
        && word.len().abs_diff(target.len()) <= 1
        && one_slip(word, target)
}

/// Whether one insertion, deletion, substitution or swap of neighbours leads from `word` to `target`.
fn one_slip(word: &[u8], target: &[u8]) -> bool {
    let same = word.iter().zip(target).take_while(|(a, b)| a == b).count();
    let (word, target) = (&word[same..], &target[same..]);
    let substituted = !word.is_empty() && word.get(1..) == target.get(1..);
    let inserted = word.get(1..) == Some(target);
    let dropped = target.get(1..) == Some(word);
    let swapped = word.len() > 1
        && word.get(2..) == target.get(2..)
        && word.first() == target.get(1)
        && word.get(1) == target.first();
    substituted || inserted || dropped || swapped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::english::WORDS;

    #[test]
    fn a_weekday_with_a_letter_left_out_is_known() {
        assert_eq!(nearest("frday"), Some("friday"));
        assert_eq!(nearest("mondy"), Some("monday"));
        assert_eq!(nearest("frida"), None);
        assert_eq!(nearest("candy"), None);
    }

    #[test]
    fn a_name_one_letter_short_of_a_weekday_is_a_name() {
        assert_eq!(nearest("sunay"), None);
    }

    #[test]
    fn every_word_of_its_own_would_be_taken_for_a_slip() {
        for word in NOT_MISSPELT {
            let known = WORDS.iter().any(|(known, _)| known == word);
            assert!(slip_of(word).is_some() && !known, "{word}");
        }
    }
}
