//! A talk in one line: `A: who sends the invoice? B: I'll send it tomorrow. A: thanks`.

use std::borrow::Cow;

use super::breaks;

/// Longest name of a speaker, in bytes.
const LONGEST: usize = 12;

/// The text with each turn of such a line in a line of its own; every byte keeps its place.
pub(crate) fn in_lines(text: Cow<'_, str>) -> Cow<'_, str> {
    let colons = text.as_bytes().windows(2).filter(|pair| *pair == b": ");
    if colons.count() < 3 {
        return text;
    }
    breaks::at_blanks(text, turns)
}

/// The blanks in front of the turns of a line behind the first: where it opens with a speaker, two take turns,
/// and one of them speaks again.
fn turns(line: &str) -> Vec<usize> {
    let mut speakers: Vec<&str> = Vec::new();
    let mut blanks = Vec::new();
    for (colon, _) in line.match_indices(": ") {
        let from = line[..colon].rfind(' ').map_or(0, |blank| blank + 1);
        let name = &line[from..colon];
        let capital = name.starts_with(|c: char| c.is_ascii_uppercase());
        let letters = name.chars().all(char::is_alphabetic) && name.len() <= LONGEST;
        let opens = from == 0 || line[..from - 1].ends_with(['.', '?', '!']);
        if !(capital && letters && opens) {
            if speakers.is_empty() {
                return Vec::new();
            }
            continue;
        }
        if from > 0 {
            blanks.push(from - 1);
        }
        speakers.push(name);
    }
    let again = speakers.len() >= 3
        && speakers
            .windows(3)
            .all(|row| row[0] == row[2] && row[0] != row[1]);
    if again { blanks } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{assignees, found};

    #[test]
    fn who_speaks_in_one_line_is_told_apart() {
        for (text, summary, who) in [
            (
                "A: who posts the parcel? B: I'll post it tomorrow. A: thanks",
                "Post the parcel",
                "B",
            ),
            (
                "Kim: is the hall booked? Lou: not yet, I'll book it today. Kim: great",
                "Book the hall",
                "Lou",
            ),
            (
                "M: can you get milk? D: ok, after work. M: ta!",
                "Get milk",
                "D",
            ),
        ] {
            assert_eq!(found(text), [summary], "{text}");
            assert_eq!(assignees(text), [Some(who.to_owned())], "{text}");
        }
    }

    #[test]
    fn other_colons_stay_where_they_are() {
        for text in [
            "Options: A: blue, B: green. C: red.",
            "Owner: Kim. Due: Friday. Priority: low.",
            "Note: one thing. Also: another. Well: that is it.",
        ] {
            assert_eq!(in_lines(Cow::Borrowed(text)), text);
        }
    }
}
