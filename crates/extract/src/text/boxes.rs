//! A list of boxes in one line: `Packing – ✔ tarps ☐ patch the canoe ☐ buy rope`.

use std::borrow::Cow;

use super::breaks;

/// Boxes, ticked or open, each of more than one byte, so that few texts are looked at twice.
const BOXES: &[char] = &['☐', '□', '☑', '✔', '✓', '✅'];
const OPEN: &[char] = &['☐', '□'];

/// The text with each box of such a line in a line of its own; every byte keeps its place.
pub(crate) fn in_lines(text: Cow<'_, str>) -> Cow<'_, str> {
    if !OPEN.iter().any(|open| text.contains(*open)) {
        return text;
    }
    breaks::at_blanks(text, blanks)
}

/// The blanks in front of the boxes of a line that holds several.
fn blanks(line: &str) -> Vec<usize> {
    let words = line.trim_end();
    let before: Vec<usize> = words
        .match_indices(BOXES)
        .filter(|(at, _)| words[..*at].ends_with(' '))
        .map(|(at, _)| at - 1)
        .collect();
    // Boxes that stand behind their words end the line with one.
    let leads = !words.ends_with(BOXES) && words.contains(OPEN);
    if before.len() >= 2 && leads {
        before
    } else {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::found;

    #[test]
    fn boxes_in_one_line_are_the_items_of_a_list() {
        assert_eq!(
            found("Canoe camp – ✔ tarps ✔ first-aid kit ☐ patch the canoe ☐ buy rope ✔ spray"),
            ["Patch the canoe", "Buy rope"]
        );
    }

    #[test]
    fn boxes_behind_their_words_stay_where_they_are() {
        for text in ["tarps ✔ kit ✔ canoe ☐", "☐ buy rope", "buy rope ☐ and more"] {
            assert_eq!(in_lines(Cow::Borrowed(text)), text);
        }
    }
}
