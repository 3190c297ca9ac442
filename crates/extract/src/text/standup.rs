//! What each of a team did and does next, below a name on a line of its own: `Nora`, `done: the invoices`,
//! `today: call the bank`.

use std::ops::Range;

use super::label;
use super::line::{Line, Shape};
use crate::hash::{HashMap, HashSet};
use crate::lexicon;
use crate::token::{List, list};

/// What stands before the colon of such lines.
const STATES: List<'static> = list![
    "done",
    "did",
    "finished",
    "completed",
    "yesterday",
    "last week",
    "today",
    "tomorrow",
    "this week",
    "next week",
    "next",
    "next up",
    "now",
    "doing",
    "plan",
    "planned",
    "todo",
    "to do",
    "in progress",
    "wip",
    "working on",
    "blocked",
    "blocker",
    "blockers",
];

/// The lines that are the names of those who report, by their index, and where the name stands. What they report
/// are the items below.
pub(super) fn find(
    text: &str,
    lines: &mut [Line],
    skip: &HashSet<usize>,
) -> HashMap<usize, Range<usize>> {
    let mut found = HashMap::default();
    for at in 0..lines.len().saturating_sub(1) {
        if skip.contains(&at) || !is_state(text, &lines[at + 1]) {
            continue;
        }
        if let Some(name) = alone(text, &lines[at]) {
            found.insert(at, name);
        }
    }
    // One name may head a list of another kind, unless it is told of more than one time.
    let states = |at: usize| {
        let below = lines[at + 1..].iter();
        below.take_while(|line| is_state(text, line)).count()
    };
    if found.len() < 2 && !found.keys().any(|at| states(*at) >= 2) {
        found.clear();
    }
    if let Some(first) = found.keys().min().copied() {
        reported(text, lines, first, &mut found);
    }
    found
}

/// Makes items of what stands below the names from `first` on, and adds the names of those who report nothing of
/// that kind: `Lotte`, `off sick`.
fn reported(
    text: &str,
    lines: &mut [Line],
    first: usize,
    found: &mut HashMap<usize, Range<usize>>,
) {
    let indent = |line: &Line| match line.shape {
        Shape::Text { indent } | Shape::Item { indent, .. } => Some(indent),
        _ => None,
    };
    let margin = indent(&lines[first]);
    let mut inside = false;
    for at in first..lines.len() {
        let deeper = |at: usize| lines.get(at).and_then(indent) > margin;
        let named = found.contains_key(&at);
        if named {
            inside = true;
        } else if indent(&lines[at]).is_none() {
            inside = false;
        } else if indent(&lines[at]) == margin
            && deeper(at + 1)
            && let Some(name) = alone(text, &lines[at])
        {
            found.insert(at, name);
            inside = true;
        } else if let Shape::Text { indent } = lines[at].shape
            && inside
        {
            lines[at].shape = Shape::Item {
                indent,
                checked: None,
                number: None,
            };
        }
    }
}

/// Whether a line opens with what its words were or will be: `done: …`, `today/tomorrow: …`.
fn is_state(text: &str, line: &Line) -> bool {
    if !matches!(line.shape, Shape::Text { .. } | Shape::Item { .. }) {
        return false;
    }
    let words = super::front(&text[line.range.clone()], 24).trim_start_matches(['*', '_']);
    let Some((label, _)) = words.split_once(':') else {
        return false;
    };
    label.split('/').all(|part| {
        let part = part.trim_matches(['*', '_', ' ']);
        STATES.holds(crate::words::lower(part).as_ref())
    })
}

/// What may stand around a name.
const MARKS: [char; 4] = ['*', '_', ':', ' '];

/// The name that a line consists of.
fn alone(text: &str, line: &Line) -> Option<Range<usize>> {
    if !matches!(line.shape, Shape::Text { .. } | Shape::Heading { .. }) || line.range.len() > 30 {
        return None;
    }
    let words = &text[line.range.clone()];
    let name = words.trim_matches(MARKS);
    let start = line.range.start + words.len() - words.trim_start_matches(MARKS).len();
    is_name(name).then_some(start..start + name.len())
}

/// Whether words, one or two, are what somebody is called.
fn is_name(words: &str) -> bool {
    let first = words.split(' ').next().unwrap_or_default();
    let known = lexicon::is_first_name(&crate::words::lower(first)) || label::unheard(first);
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    known && words.split(' ').count() <= 2 && words.split(' ').all(capital)
}

#[cfg(test)]
mod tests {
    use super::find;
    use crate::hash::HashSet;
    use crate::text::line::{Shape, lines};

    /// The names found, and how many lines became items.
    fn read(text: &str) -> (Vec<&str>, usize) {
        let mut lines = lines(text);
        let found = find(text, &mut lines, &HashSet::default());
        let mut heads: Vec<_> = found.into_iter().collect();
        heads.sort_by_key(|(at, _)| *at);
        let names = heads.into_iter().map(|(_, range)| &text[range]).collect();
        let items = lines.iter();
        let items = items.filter(|line| matches!(line.shape, Shape::Item { .. }));
        (names, items.count())
    }

    #[test]
    fn names_above_what_was_and_will_be_head_a_report() {
        let report = "Daily\n\nNora\n  done: invoices\n  today: call the bank\nLotte\n  off sick\nPiotr:\n  next/now: tidy";
        assert_eq!(read(report), (vec!["Nora", "Lotte", "Piotr"], 4));
        let one = "**Ida**\nyesterday: milking\ntoday: order feed";
        assert_eq!(read(one), (vec!["Ida"], 2));
    }

    #[test]
    fn other_lines_above_labels_are_no_names() {
        for text in [
            "Kitchen\ndone: tiles\ntoday: paint",
            "Nora\ndone: invoices",
            "Nora\nwe met and talked\ntoday: call the bank",
            "Call Nora\ntoday: tidy\nnext: paint",
        ] {
            assert_eq!(read(text), (vec![], 0), "{text}");
        }
    }
}
