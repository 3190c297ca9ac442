//! Misspelt date words: one slip (a letter too many, too few, wrong or swapped) is forgiven in long
//! words whose neighbours are not words themselves.

use super::english::{NOT_MISSPELT, SPELLABLE};

/// The date word that `folded` most likely is a slip of.
pub(super) fn nearest(folded: &str) -> Option<&'static str> {
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
    found.filter(|_| !NOT_MISSPELT.contains(&folded))
}

/// Whether one insertion, deletion, substitution or swap of neighbours leads from `a` to `b`.
fn one_slip(a: &[u8], b: &[u8]) -> bool {
    let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (rest_a, rest_b) = (&a[same..], &b[same..]);
    match (rest_a, rest_b) {
        ([], []) => false,
        ([], [_]) | ([_], []) => true,
        ([_, tail_a @ ..], [_, tail_b @ ..]) if tail_a == tail_b => true,
        ([_, tail_a @ ..], _) if tail_a == rest_b => true,
        (_, [_, tail_b @ ..]) if rest_a == tail_b => true,
        ([x, y, tail_a @ ..], [v, w, tail_b @ ..]) => x == w && y == v && tail_a == tail_b,
        _ => false,
    }
}
