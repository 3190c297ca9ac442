//! One line at a time: its shape, without its markers.

mod dated;
mod pointed;

use std::ops::Range;

use crate::token::{List, list};

/// What a line looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shape {
    Blank,
    /// `---`, `====`.
    Rule,
    /// `> …`
    Quoted,
    /// A row of a table.
    Row,
    /// `# …`; the rank counts from 1.
    Heading {
        level: usize,
    },
    /// `- …`, `3) …`, `[ ] …`
    Item {
        indent: usize,
        checked: Option<bool>,
        number: Option<u32>,
    },
    Text {
        indent: usize,
    },
}

/// A line without its markers.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) range: Range<usize>,
    pub(super) shape: Shape,
}

impl Line {
    /// Whether this line of text goes on with the sentence that `block` left open; `listed` is the
    /// indent of the item that the block is.
    pub(super) fn continues(
        &self,
        text: &str,
        block: Range<usize>,
        indent: usize,
        listed: Option<usize>,
        wrapped_at: Option<usize>,
        alike: bool,
    ) -> bool {
        let before = text[block].trim_end();
        let last_line = before.lines().next_back().unwrap_or_default();
        let ended = before.ends_with(['.', '!', '?', ':', ';', '…']);
        if let Some(own) = listed {
            return indent > own;
        }
        // `missing: lanyards` above `missing: a stand`: lines that open alike each stand for themselves.
        let labelled = |line: &str| {
            let first = line.split_whitespace().next();
            first.is_some_and(|word| word.len() > 1 && word.ends_with(':'))
        };
        if labelled(last_line) && labelled(&text[self.range.clone()]) {
            return false;
        }
        // The line was broken only where the next word would not have found room.
        let next = text[self.range.clone()]
            .split_whitespace()
            .next()
            .map_or(0, |word| word.chars().count());
        let width = last_line.chars().count();
        let full = wrapped_at.is_some_and(|limit| width + 1 + next > limit);
        let lower = text[self.range.clone()]
            .chars()
            .next()
            .is_some_and(char::is_lowercase);
        let long = width >= 60;
        // One line that is longer than the others is no proof of a margin.
        let proven = lower || before.lines().count() > 1;
        width >= 45 && full && (proven || alike) && (!ended || (!lower && long))
    }
}

/// Cuts a text into lines.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    for raw in text.split('\n') {
        lines.push(read(raw, start));
        start += raw.len() + 1;
    }
    dated::days(text, &mut lines);
    pointed::items(text, &mut lines);
    alphabetical(text, &mut lines);
    super::graded::items(text, &mut lines);
    lines
}

fn read(raw: &str, start: usize) -> Line {
    let trimmed = raw.trim_end();
    let content = trimmed.trim_start();
    let indent = indent_of(&trimmed[..trimmed.len() - content.len()]);
    let from = start + trimmed.len() - content.len();
    let range = from..start + trimmed.len();
    let whole = |shape| Line {
        range: range.clone(),
        shape,
    };
    if content.is_empty() {
        return whole(Shape::Blank);
    }
    if content.starts_with('>') {
        return whole(Shape::Quoted);
    }
    if content.len() >= 3
        && content
            .chars()
            .all(|c| matches!(c, '-' | '=' | '*' | '_' | '─' | '–'))
    {
        return whole(Shape::Rule);
    }
    let hashes = content.bytes().take_while(|b| *b == b'#').count();
    if (1..=6).contains(&hashes) && content[hashes..].starts_with(' ') {
        let words = content[hashes..].trim().trim_end_matches('#').trim_end();
        let offset = content.len() - content[hashes..].trim_start().len();
        return Line {
            range: from + offset..from + offset + words.len(),
            shape: Shape::Heading { level: hashes },
        };
    }
    if content.starts_with('|') && content.len() > 1 && !content.starts_with("|--")
        || content.matches(" | ").count() >= 2 && !keyed(content)
        || content.matches('\t').count() >= 2
    {
        return whole(Shape::Row);
    }
    item(content, from, range.end, indent).unwrap_or_else(|| whole(Shape::Text { indent }))
}

/// `2. Name a deputy | Owner: Cem | Due: Friday`: a numbered item with fields behind it.
fn keyed(content: &str) -> bool {
    let mut cells = content.split(" | ");
    let numbered = cells.next().is_some_and(|first| {
        first.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '*' | '•' | '#'))
    });
    numbered && cells.all(|cell| cell.contains(':'))
}

fn indent_of(blank: &str) -> usize {
    blank.chars().map(|c| if c == '\t' { 4 } else { 1 }).sum()
}

/// Reads bullet, number and checkbox from the front of a line.
pub(super) fn item(content: &str, from: usize, end: usize, indent: usize) -> Option<Line> {
    let mut rest = content;
    let mut listed = false;
    let mut number = None;
    if let Some(after) = bullet(rest) {
        rest = after;
        listed = true;
    } else if let Some((value, after)) = numbering(rest).filter(|_| checkbox(rest).is_none()) {
        rest = after;
        number = Some(value);
        listed = true;
    }
    let mut checked = None;
    if let Some((state, after)) = checkbox(rest) {
        checked = state;
        rest = after;
        listed = true;
    } else if let Some((value, after)) = numbering(rest).filter(|_| listed && number.is_none()) {
        number = Some(value);
        rest = after;
    }
    if checked.is_none() && rest.starts_with("~~") {
        checked = Some(true);
    }
    if checked.is_none() && listed && ends_ticked(rest) {
        checked = Some(true);
    }
    (listed && !rest.trim().is_empty()).then(|| Line {
        range: from + (content.len() - rest.len())..end,
        shape: Shape::Item {
            indent,
            checked,
            number,
        },
    })
}

/// `traps ✔`, `traps [x]`
fn ends_ticked(rest: &str) -> bool {
    let rest = rest.trim_end();
    rest.ends_with(['✔', '✓', '✅', '☑']) || rest.ends_with("[x]") || rest.ends_with("[X]")
}

fn bullet(text: &str) -> Option<&str> {
    let mut chars = text.chars();
    let mark = chars.next()?;
    let rest = chars.as_str();
    let tight = matches!(
        mark,
        '•' | '◦'
            | '▪'
            | '‣'
            | '●'
            | '○'
            | '·'
            | '➤'
            | '▶'
            | '►'
            | '→'
            | '■'
            | '▸'
            | '▫'
            | '⁃'
            | '◾'
            | '▹'
    );
    let long = ["-> ", "=> ", "-- ", ">> ", "|-- ", "`-- ", "├── ", "└── "]
        .iter()
        .find_map(|mark| text.strip_prefix(mark));
    if let Some(rest) = long {
        return Some(rest.trim_start());
    }
    let loose = matches!(mark, '-' | '*' | '+' | '–' | '—' | '»' | 'o' | '>' | '~')
        && rest.starts_with([' ', '\t']);
    let hugging = matches!(mark, '-' | '*')
        && rest.starts_with(|c: char| c.is_alphabetic() || c == '[')
        && !rest.contains(mark);
    (tight || (loose && mark != 'o') || hugging).then(|| rest.trim_start())
}

/// `3.`, `3)`, `(3)`, `#3`, `a)`, `Step 2:`.
fn numbering(text: &str) -> Option<(u32, &str)> {
    let text = ["TOP ", "Item ", "Agenda item ", "Step "]
        .iter()
        .find_map(|word| {
            text.strip_prefix(word)
                .filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        })
        .unwrap_or(text);
    let open = text.strip_prefix('(');
    let body = open.unwrap_or(text);
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=3).contains(&digits) {
        let rest = &body[digits..];
        // `1.2 Map the process`; two digits would be minutes.
        let deeper = rest
            .strip_prefix('.')
            .filter(|rest| {
                let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
                digits == 1 && open.is_none()
            })
            .map(|rest| &rest[1..])
            .and_then(|rest| rest.strip_prefix(['.', ')']).or(Some(rest)))
            .filter(|rest| rest.starts_with(' ') && !measured(rest.trim_start()));
        if let Some(rest) = deeper {
            return Some((body[..digits].parse().unwrap_or(0), rest.trim_start()));
        }
        let after = if open.is_some() {
            rest.strip_prefix(')')
        } else {
            rest.strip_prefix(['.', ')', ':'])
                .or_else(|| rest.strip_prefix(" -"))
                .or_else(|| rest.strip_prefix('/').filter(|rest| rest.starts_with(' ')))
        }?;
        let spaced = after.starts_with([' ', '\t'])
            || after.starts_with(|c: char| c.is_alphabetic() || c == '[');
        return spaced.then(|| (body[..digits].parse().unwrap_or(0), after.trim_start()));
    }
    let letter = body.bytes().next().filter(u8::is_ascii_alphabetic)?;
    // `b. no salt left?`; `a.m.` and `e.g.` go on without a blank.
    let stopped = open.is_none() && letter.is_ascii_lowercase();
    let after = body[1..]
        .strip_prefix(')')
        .or_else(|| body[1..].strip_prefix('.').filter(|_| stopped))?;
    after
        .starts_with(' ')
        .then(|| (place_of(letter), after.trim_start()))
}

/// The place of a letter in the alphabet, from 1.
fn place_of(letter: u8) -> u32 {
    u32::from(letter.to_ascii_lowercase() - b'a') + 1
}

/// `A. Order the badges`: a letter with its stop.
fn lettered(text: &str) -> Option<(u32, &str)> {
    let letter = text.bytes().next().filter(u8::is_ascii_uppercase)?;
    let after = text[1..].strip_prefix('.')?;
    after
        .starts_with(' ')
        .then(|| (place_of(letter), after.trim_start()))
}

/// Lines whose letters count up from A, with a bullet or without, are the items of a list.
fn alphabetical(text: &str, lines: &mut [Line]) {
    let mut at = 0;
    while at < lines.len() {
        let length = lines[at..]
            .iter()
            .zip(1u32..)
            .take_while(|(line, wanted)| {
                matches!(
                    line.shape,
                    Shape::Text { .. } | Shape::Item { number: None, .. }
                ) && lettered(&text[line.range.clone()]).is_some_and(|(place, _)| place == *wanted)
            })
            .count();
        for line in lines[at..at + length].iter_mut().filter(|_| length >= 2) {
            let words = &text[line.range.clone()];
            if let Some((place, rest)) = lettered(words) {
                line.range.start += words.len() - rest.len();
                let (indent, checked) = match line.shape {
                    Shape::Item {
                        indent, checked, ..
                    } => (indent, checked),
                    _ => (0, ends_ticked(rest).then_some(true)),
                };
                line.shape = Shape::Item {
                    indent,
                    checked,
                    number: Some(place),
                };
            }
        }
        at += length.max(1);
    }
}

/// `1.5 kg of flour`, `2.3 million`: how much, and no number of an item.
fn measured(rest: &str) -> bool {
    const UNITS: List<'static> = list![
        "kg", "g", "l", "ml", "cl", "m", "km", "cm", "mm", "lb", "lbs", "oz", "h", "hr", "hrs",
        "hours", "hour", "days", "weeks", "months", "years", "litres", "liters", "metres",
        "meters", "miles", "cups", "cup", "million", "k", "percent", "gb", "mb", "tb", "v", "w",
        "kw", "x", "of", "is", "to", "and", "or", "was", "out", "per", "stars", "am", "pm",
        "degrees", "points", "tons", "tonnes",
    ];
    let word = rest
        .split(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default();
    word.is_empty() || UNITS.holds(word.to_lowercase().as_str())
}

/// A box before the words; the state is `None` for a box that only marks the item.
fn checkbox(text: &str) -> Option<(Option<bool>, &str)> {
    const OPEN: &[&str] = &["[ ]", "[]", "[_]", "[.]", "☐", "□", "◻", "⬜", "( )", "_  "];
    const TICKED: &[&str] = &[
        "[x]",
        "[X]",
        "[✓]",
        "[✔]",
        "[*]",
        "[v]",
        "☑",
        "☒",
        "✔",
        "✓",
        "✅",
        "✗",
        "(x)",
        "[-]",
        "[done]",
        "[DONE]",
        "[Done]",
        "[cancelled]",
        "[✗]",
        "[~]",
        "x  ",
    ];
    let strip = |marks: &[&str]| {
        marks
            .iter()
            .find_map(|mark| text.strip_prefix(mark))
            .map(|rest| rest.trim_start_matches(['\u{fe0f}', ' ', '\t']))
    };
    strip(OPEN)
        .map(|rest| (Some(false), rest))
        .or_else(|| strip(TICKED).map(|rest| (Some(true), rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(line: &str) -> (Shape, String) {
        let read = &lines(line)[0];
        (read.shape.clone(), line[read.range.clone()].to_owned())
    }

    #[test]
    fn markers_are_taken_off() {
        for (line, checked, number, words) in [
            ("- buy milk", None, None, "buy milk"),
            ("3) Pay rent", None, Some(3), "Pay rent"),
            ("12. Call", None, Some(12), "Call"),
            ("* [ ] Renew", Some(false), None, "Renew"),
            ("- [x] Rotate", Some(true), None, "Rotate"),
            ("☐ tidy", Some(false), None, "tidy"),
            ("✔ tidy", Some(true), None, "tidy"),
            ("• water", None, None, "water"),
            ("1. [x] done", Some(true), Some(1), "done"),
            ("- ~~sell the car~~", Some(true), None, "~~sell the car~~"),
        ] {
            assert_eq!(
                shape(line),
                (
                    Shape::Item {
                        indent: 0,
                        checked,
                        number
                    },
                    words.to_owned()
                ),
                "{line}"
            );
        }
    }

    #[test]
    fn letters_and_parts_number_items() {
        for (line, number, words) in [
            ("b. no salt left", 2, "no salt left"),
            ("2.1 dig out the book", 2, "dig out the book"),
            ("(x) list the china", 0, "list the china"),
        ] {
            let (read, rest) = shape(line);
            assert_eq!(rest, words, "{line}");
            let found = match read {
                Shape::Item { number, .. } => number.unwrap_or(0),
                other => panic!("{other:?}"),
            };
            assert_eq!(found, number, "{line}");
        }
        assert_eq!(shape("1.5 kg of flour").0, Shape::Text { indent: 0 });
    }

    #[test]
    fn other_lines() {
        assert_eq!(
            shape("## Next steps ##"),
            (Shape::Heading { level: 2 }, "Next steps".to_owned())
        );
        assert_eq!(shape("> I will").0, Shape::Quoted);
        assert_eq!(shape("---").0, Shape::Rule);
        assert_eq!(shape("| a | b |").0, Shape::Row);
        assert_eq!(shape("13/11 is late").0, Shape::Text { indent: 0 });
        assert_eq!(shape("3 people came").0, Shape::Text { indent: 0 });
        assert_eq!(shape("10:30 call").0, Shape::Text { indent: 0 });
        assert_eq!(shape("**Prepare** slides").0, Shape::Text { indent: 0 });
    }

    #[test]
    fn short_lines_that_are_pointed_at_are_items() {
        let items = |text: &str| {
            let lines = lines(text);
            lines
                .iter()
                .filter(|line| matches!(line.shape, Shape::Item { .. }))
                .count()
        };
        assert_eq!(items("FLAT\n> hide the grill (Omar)\n> vacuum the hall"), 2);
        assert_eq!(
            items("See below.\n> Please send it.\n> We need it soon."),
            0
        );
        assert_eq!(items("1. Name a deputy | Owner: Cem | Due: Friday"), 1);
        assert_eq!(items("1 | Owner | Due"), 0);
        assert_eq!(items("A. Order the badges\nB. Book the hall"), 2);
        assert_eq!(items("A. Miller called.\nWe talked."), 0);
    }
}
