//! Several things to do in one line, parted by slashes or led on by arrows: `renew the permit / photos / ring
//! Gran`, `fill the holes → let dry → sand → paint`.

use std::ops::Range;

use super::layout::opens_with_day;
use super::section::{self, Section};
use super::sentence;
use crate::lexicon::{self, Lean};
use crate::token::{List, list};

/// Parts of a row at most, and words of one of them.
const MOST: usize = 12;
const WORDS: usize = 12;
/// Longest row, in bytes.
const LONGEST: usize = 600;

/// How the parts of a row stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// In any order: slashes.
    Free,
    /// Each after the one in front of it: arrows.
    Chain,
}

/// A line that is a row of deeds.
pub(super) struct Row {
    /// What stands in front of it: `todo Friday: …`.
    pub(super) label: Option<Range<usize>>,
    pub(super) order: Order,
    pub(super) parts: Vec<Range<usize>>,
}

/// The parts of a line that is a row of deeds; `None` for any other line.
pub(super) fn read(text: &str, mut range: Range<usize>) -> Option<Row> {
    if !text[range.clone()].contains(['/', '→', '>']) {
        return None;
    }
    let label = label(&text[range.clone()]).map(|length| range.start..range.start + length);
    if let Some(label) = &label {
        range.start = label.end + ": ".len();
    }
    let body = &text[range.clone()];
    if body.len() > LONGEST {
        return None;
    }
    let (order, found) = if body.contains(" / ") {
        (Order::Free, cut(body, &[" / "]))
    } else if body.contains(['→', '>']) {
        (Order::Chain, cut(body, &[" → ", " -> ", " => "]))
    } else {
        return None;
    };
    let fits = (3..=MOST).contains(&found.len())
        && (found.iter()).all(|part| (1..=WORDS).contains(&body[part.clone()].split(' ').count()))
        && match order {
            Order::Free => are_errands(body, &found),
            Order::Chain => are_steps(body, &found),
        }
        && (found.iter())
            .all(|part| is_one(text, range.start + part.start..range.start + part.end));
    fits.then(|| {
        let place = |part: Range<usize>| range.start + part.start..range.start + part.end;
        Row {
            label,
            order,
            parts: found.into_iter().map(place).collect(),
        }
    })
}

/// The length of a label that says when, or that what follows is to be done: `this week: …`.
fn label(body: &str) -> Option<usize> {
    let length = body[..body.floor_char_boundary(30)].find(": ")?;
    let words = &body[..length];
    let labelled = opens_with_day(words) || section::read(words) == Section::Tasks;
    labelled.then_some(length)
}

/// Whether such a step only lets time go by: `let dry overnight`, `wait 2 h`.
pub(super) fn only_waits(words: &str) -> bool {
    let first = first_word(words);
    matches!(first.as_str(), "let" | "leave" | "wait" | "rest" | "dry")
}

/// Cuts a line at marks outside brackets, without the blanks around them.
fn cut(body: &str, marks: &[&str]) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut depth = 0_usize;
    let mut start = 0;
    for (at, c) in body.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            ' ' if depth == 0 && at >= start => {
                if let Some(mark) = marks.iter().find(|mark| body[at..].starts_with(**mark)) {
                    parts.push(start..at);
                    start = at + mark.len();
                }
            }
            _ => {}
        }
    }
    parts.push(start..body.len());
    parts
}

/// Whether a part is no more than one sentence.
fn is_one(text: &str, part: Range<usize>) -> bool {
    sentence::split(text, part).len() <= 1
}

fn first_word(words: &str) -> String {
    let word = words.split_whitespace().next().unwrap_or_default();
    word.trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase()
}

/// Whether words open with a verb that is hardly anything else.
fn acts(words: &str) -> bool {
    lexicon::base_verb(&first_word(words))
        .is_some_and(|verb| matches!(verb.lean, Lean::Verb | Lean::Either))
}

/// `photos / renew the permit / ring Gran`: short notes, one of them an order; no prices, hours, or verse.
fn are_errands(body: &str, parts: &[Range<usize>]) -> bool {
    let mut words = parts.iter().map(|part| body[part.clone()].trim());
    // What is counted or priced is no deed: `250 butter`, `lamp $8`, `9:00 nap`.
    let listed = words.clone().all(|part| {
        let numbered = part.starts_with(|c: char| c.is_ascii_digit());
        !numbered && !part.contains(['$', '€', '£', '|'])
    });
    let alone = words.clone().filter(|part| !part.contains(' ')).count();
    let ordered = words.any(|part| part.contains(' ') && acts(part));
    listed && ordered && alone * 2 <= parts.len()
}

/// `strip the wall → fill the cracks → paint`: deeds, and neither how to use a machine nor a recipe.
fn are_steps(body: &str, parts: &[Range<usize>]) -> bool {
    const SHOWN: List<'static> = list![
        "open", "click", "press", "select", "choose", "tap", "go", "log", "login", "sign", "enter",
        "scroll", "swipe", "type", "turn", "mix", "knead", "bake", "stir", "whisk", "chop", "boil",
        "simmer", "fry", "roast", "fold", "proof", "heat", "preheat", "pour", "run", "walk", "eat",
        "sleep", "repeat", "wake", "read", "train", "learn", "think", "work", "play", "drink",
    ];
    let words = || parts.iter().map(|part| body[part.clone()].trim());
    // Behind an arrow `paint` is a verb, and so is a lone word that no list of verbs has.
    let verb = |part: &str| {
        let said = part.split(" (").next().unwrap_or_default();
        lexicon::base_verb(&first_word(part)).is_some() || said.chars().all(char::is_lowercase)
    };
    let deeds = words()
        .filter(|part| verb(part) || only_waits(part))
        .count();
    let shown = words().any(|part| SHOWN.holds(first_word(part).as_str()));
    let first = words().next().unwrap_or_default();
    // The first step says of what: `measure → cut` is how a thing is done.
    deeds == parts.len()
        && lexicon::base_verb(&first_word(first)).is_some()
        && words().any(acts)
        && !shown
        && first.contains(' ')
        && !words().any(|part| part.contains([':', '=', '?']))
}

#[cfg(test)]
mod tests {
    use crate::testing::{depends, dues, found, summaries};

    #[test]
    fn slashes_part_errands() {
        assert_eq!(
            found("library card / renew parking permit / water plants / ring Gran"),
            [
                "Library card",
                "Renew parking permit",
                "Water plants",
                "Ring Gran"
            ]
        );
    }

    #[test]
    fn a_label_dates_the_whole_row() {
        let text = "todo Fri: print labels / book courier / pack samples";
        assert_eq!(summaries(text).len(), 3);
        assert_eq!(dues(text), vec![Some("2026-03-13".to_owned()); 3]);
    }

    #[test]
    fn arrows_lead_from_step_to_step() {
        let text = "- strip the hall wall → fill cracks → let dry → prime → paint (Sunday latest)";
        assert_eq!(
            summaries(text),
            ["Strip the hall wall", "Fill cracks", "Prime", "Paint"]
        );
        assert_eq!(depends(text), [vec![], vec![0], vec![1], vec![2]]);
        assert_eq!(
            dues(text),
            [None, None, None, Some("2026-03-15".to_owned())]
        );
    }

    #[test]
    fn other_slashes_and_arrows_are_no_rows() {
        for text in [
            "500 flour / 250 butter / melt 100 chocolate",
            "draft → review → final",
            "open the app → tap the gear → clear the cache",
            "mix the flour → knead → let rest → bake",
            "desk 20 € / lamp 5 € / sell rug 8 €",
            "Leeds → York → Durham",
            "trust / speed / humour",
            "9:00 nap / 10:15 bottle / walk the dog",
            "gate squeaks → oil the hinges",
        ] {
            assert!(super::read(text, 0..text.len()).is_none(), "{text}");
        }
    }
}
