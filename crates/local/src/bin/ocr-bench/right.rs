//! How much of a text is right.

/// Share of characters right, from 0 to 1: one less the edit distance over the length of what should
/// stand there. Spaces and line ends do not count.
pub(crate) fn characters_right(expected: &str, read: &str) -> f64 {
    let letters =
        |text: &str| -> Vec<char> { text.chars().filter(|c| !c.is_whitespace()).collect() };
    share_right(&letters(expected), &letters(read))
}

/// Share of words right and in their order, from 0 to 1: spaces count, where lines end does not.
pub(crate) fn words_right(expected: &str, read: &str) -> f64 {
    let words =
        |text: &str| -> Vec<String> { text.split_whitespace().map(str::to_owned).collect() };
    share_right(&words(expected), &words(read))
}

fn share_right<T: PartialEq>(expected: &[T], read: &[T]) -> f64 {
    let length = expected.len().max(1) as f64;
    (1.0 - distance(expected, read) as f64 / length).max(0.0)
}

/// Insertions, deletions and replacements that make one of the other (Levenshtein, 1965).
fn distance<T: PartialEq>(from: &[T], to: &[T]) -> usize {
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in to.iter().enumerate() {
            let replaced = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[to.len()]
}
