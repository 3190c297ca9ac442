//! Line breaks where one line holds several.

use std::borrow::Cow;

/// The text with a line break in place of each blank that `blanks` finds in one of its lines; every byte keeps its
/// place.
pub(super) fn at_blanks(text: Cow<'_, str>, blanks: impl Fn(&str) -> Vec<usize>) -> Cow<'_, str> {
    replaced(text, |line| {
        blanks(line).into_iter().map(|at| (at, "\n")).collect()
    })
}

/// The text with other bytes where `pieces` finds them in one of its lines, each as long as what it stands for.
pub(super) fn replaced(
    text: Cow<'_, str>,
    pieces: impl Fn(&str) -> Vec<(usize, &'static str)>,
) -> Cow<'_, str> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        found.extend(
            pieces(line)
                .into_iter()
                .map(|(at, piece)| (start + at, piece)),
        );
        start += line.len();
    }
    if found.is_empty() {
        return text;
    }
    let mut text = text.into_owned();
    for (at, piece) in found {
        text.replace_range(at..at + piece.len(), piece);
    }
    Cow::Owned(text)
}
