//! How urgent the text says a task is: only words that say so count, never a near date.

use std::sync::LazyLock;

use crate::rows::Rows;
use crate::task::Priority;
use crate::token::{Mask, Token};

/// Rows of words that say something is pressing.
const HIGH: &[&str] = &[
    "as soon as possible",
    "as soon as you can",
    "as soon as humanly possible",
    "top priority",
    "high priority",
    "highest priority",
    "high prio",
    "top prio",
    "priority : high",
    "prio : high",
    "priority high",
    "priority 1",
    "prio 1",
    "priority one",
    "number one priority",
    "really important",
    "very important",
    "super important",
    "extremely important",
    "time critical",
    "time sensitive",
    "mission critical",
    "right away",
    "straight away",
    "drop everything",
    "is urgent",
    "super urgent",
    "very urgent",
    "of the essence",
    "most important",
    "is important",
    "'s important",
    "so important",
    "is critical",
    "'s critical",
    "is crucial",
    "'s crucial",
    "can not wait",
    "can n't wait",
    "ca n't wait any longer",
    "can n't slip",
    "without delay",
    "at all costs",
    "top of the list",
    "must not slip",
    "it 's a blocker",
    "is a blocker",
];

const HIGH_WORDS: &[&str] = &[
    "urgent",
    "urgently",
    "asap",
    "a.s.a.p",
    "critical",
    "p0",
    "p1",
    "#urgent",
    "#p1",
    "#high",
    "immediately",
    "time-critical",
    "time-sensitive",
    "top-priority",
    "high-priority",
    "mission-critical",
    "showstopper",
    "emergency",
    "pronto",
    "prio1",
    "prio-1",
    "sev1",
];

/// Rows of words that say something is not pressing.
const LOW: &[&str] = &[
    "no rush at all",
    "no rush",
    "no hurry",
    "not in a hurry",
    "no big rush",
    "no pressure",
    "not urgent",
    "not super urgent",
    "not that urgent",
    "is n't urgent",
    "n't urgent",
    "not time critical",
    "not very urgent",
    "not too urgent",
    "nothing urgent",
    "not so urgent",
    "not a priority",
    "not pressing",
    "not critical",
    "not important",
    "n't important",
    "low priority",
    "low prio",
    "lowest priority",
    "priority : low",
    "prio : low",
    "priority low",
    "priority 3",
    "nice to have",
    "when you get around to it",
    "when i get around to it",
    "if you get around to it",
    "at your leisure",
    "when you have time",
    "if time permits",
    "if there 's time",
    "if there is time",
    "when there 's time",
    "if you have time",
    "if we have time",
    "if i have time",
    "when time allows",
    "when possible",
    "at some point",
    "some day",
    "one of these days",
    "take your time",
    "can wait",
    "back burner",
    "not a big deal",
    "whenever you can",
    "whenever possible",
    "no particular rush",
    "no deadline",
    "there 's no rush",
    "when convenient",
];

const LOW_WORDS: &[&str] = &[
    "whenever",
    "someday",
    "p3",
    "p4",
    "#low",
    "#p3",
    "nice-to-have",
    "low-priority",
    "eventually",
    "sometime",
    "low-prio",
    "optional",
    "non-urgent",
    "prio3",
    "unhurried",
    "low",
];

static HIGH_ROWS: LazyLock<Rows> = LazyLock::new(|| Rows::new(HIGH));
static LOW_ROWS: LazyLock<Rows> = LazyLock::new(|| Rows::new(LOW));

/// Marks the words of a sentence that say how urgent it is.
pub(crate) fn mark(tokens: &mut [Token]) {
    for at in 0..tokens.len() {
        if tokens[at].mask == Mask::None
            && let Some((_, length)) = read(tokens, at)
        {
            for token in &mut tokens[at..at + length] {
                token.mask = Mask::Priority;
            }
        }
    }
}

/// The strongest marker among the tokens, and where it stands.
pub(crate) fn find(tokens: &[Token]) -> Option<(Priority, std::ops::Range<usize>)> {
    let mut at = 0;
    let mut found = None;
    while at < tokens.len() {
        let Some((priority, length)) = read(tokens, at) else {
            at += 1;
            continue;
        };
        if found.is_none() || priority == Priority::High {
            found = Some((priority, at..at + length));
        }
        at += length;
    }
    found
}

fn read(tokens: &[Token], at: usize) -> Option<(Priority, usize)> {
    let row = |rows: &Rows| {
        rows.find(|offset| {
            tokens
                .get(at + offset)
                .map_or("", |token| token.lower.as_str())
        })
        .map(|(_, length)| length)
    };
    if let Some(length) = row(&LOW_ROWS) {
        return Some((Priority::Low, length));
    }
    let word = tokens[at].lower.as_str();
    if LOW_WORDS.contains(&word) {
        let before = at
            .checked_sub(1)
            .map_or("", |before| tokens[before].lower.as_str());
        let after = tokens.get(at + 1).map_or("", |token| token.lower.as_str());
        let bare = matches!(
            before,
            "" | "(" | "[" | "," | "–" | "-" | "!" | ":" | ";" | "." | "|"
        ) && matches!(after, "" | ")" | "]" | "," | "." | ";" | "|" | "!");
        let noun = matches!(word, "low" | "optional") && !bare
            || word == "sometime" && matches!(after, "in" | "on" | "next" | "this" | "during");
        if !noun {
            return Some((Priority::Low, 1));
        }
    }
    if let Some(length) = row(&HIGH_ROWS) {
        return Some((Priority::High, length));
    }
    if word == "important" {
        let before = at
            .checked_sub(1)
            .map_or("", |before| tokens[before].lower.as_str());
        let after = tokens.get(at + 1).map_or("", |token| token.lower.as_str());
        let marks = matches!(before, "" | "(" | "[" | "–" | "-" | "," | ":" | "is" | "!")
            && matches!(after, "" | ")" | "]" | ":" | "!" | "." | "," | ";");
        return marks.then_some((Priority::High, 1));
    }
    if HIGH_WORDS.contains(&word) {
        return Some((Priority::High, 1));
    }
    if word.starts_with('!') {
        let after = tokens.get(at + 1).map_or("", |token| token.lower.as_str());
        let tight = tokens
            .get(at + 1)
            .is_some_and(|next| next.start == tokens[at].end);
        if tight && matches!(after, "high" | "urgent") {
            return Some((Priority::High, 2));
        }
        if tight && after == "low" {
            return Some((Priority::Low, 2));
        }
        if tight && after == "medium" {
            return Some((Priority::Medium, 2));
        }
        if word.len() >= 3 {
            return Some((Priority::High, 1));
        }
    }
    None
}
