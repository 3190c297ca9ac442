//! Line breaks where one line holds several.

use std::borrow::Cow;

/// The text with a line break in place of each blank that `blanks` finds in one of its lines; every byte keeps its
/// place.
pub(super) fn at_blanks(text: Cow<'_, str>, blanks: impl Fn(&str) -> Vec<usize>) -> Cow<'_, str> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        found.extend(blanks(line).into_iter().map(|at| start + at));
        start += line.len();
    }
    if found.is_empty() {
        return text;
    }
    let mut text = text.into_owned();
    for blank in found {
        text.replace_range(blank..=blank, "\n");
    }
    Cow::Owned(text)
}
