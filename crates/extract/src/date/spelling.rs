//! Misspelt date words: one slip (a letter too many, too few, wrong or swapped) is forgiven in long
//! words whose neighbours are not words themselves.

use super::english::{NOT_MISSPELT, SPELLABLE};

/// The date word that `folded` most likely is a slip of.
pub(super) fn nearest(folded: &str) -> Option<&'static str> {
    if folded.len() == 5 {
        return shortest(folded);
    }
    if folded.len() < 6 || folded.len() > 10 || !folded.is_ascii() {
        return None;
    }
    let first = folded.as_bytes().first()?;
    let mut found = None;
    for target in SPELLABLE {
        if target.as_bytes().first() == Some(first)
            && target.len().abs_diff(folded.len()) <= 1
            && one_slip(folded.as_bytes(), target.as_bytes())
        {
            found = Some(*target);
            break;
        }
    }
    found.filter(|_| !NOT_MISSPELT.holds(folded))
}

/// The shortest weekdays with a letter left out: `frday`.
fn shortest(folded: &str) -> Option<&'static str> {
    let left_out = |day: &&&str| {
        day.as_bytes()[0] == folded.as_bytes()[0] && one_slip(folded.as_bytes(), day.as_bytes())
    };
    let days = ["monday", "friday", "sunday"].iter().find(left_out);
    days.copied()
        .filter(|_| folded.is_ascii() && folded.ends_with('y'))
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

    #[test]
    fn a_weekday_with_a_letter_left_out_is_known() {
        assert_eq!(nearest("frday"), Some("friday"));
        assert_eq!(nearest("mondy"), Some("monday"));
        assert_eq!(nearest("frida"), None);
        assert_eq!(nearest("candy"), None);
    }
}
