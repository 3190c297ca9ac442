//! What has to come first: `after that`, `once X is done`, `before we print`, `blocked by 3`.

use std::ops::Range;
use std::sync::LazyLock;

use crate::clause::{Head, Order};
use crate::detect::Source;
use crate::draft::Draft;
use crate::rows::Rows;
use crate::words;

/// Words before the number of a task that comes first.
static BEFORE_NUMBERS: LazyLock<Rows> = LazyLock::new(|| {
    Rows::new(&[
        "blocked by",
        "depends on",
        "dependent on",
        "after",
        "needs",
        "requires",
        "waiting on",
        "waiting for",
        "once",
        "following",
        "blocked on",
        "after step",
    ])
});

/// Words before a thing that comes first.
static BEFORE_THINGS: LazyLock<Rows> = LazyLock::new(|| {
    Rows::new(&[
        "blocked by",
        "depends on",
        "dependent on",
        "waiting on",
        "waiting for",
        "blocked on",
        "after",
        "following",
        "pending",
        "contingent on",
        "subject to",
        "requires",
        "as soon as",
    ])
});

/// Links the drafts of a text.
pub(crate) fn link(source: &Source<'_>, drafts: &mut [Draft]) {
    for at in 0..drafts.len() {
        if drafts[at].alive {
            link_one(source, drafts, at);
        }
    }
    unloop(drafts);
}

fn link_one(source: &Source<'_>, drafts: &mut [Draft], at: usize) {
    let sentence = &source.sentences[drafts[at].sentence];
    if drafts[at].then
        && let Some(before) = previous(drafts, at)
    {
        let words = sentence.bytes(drafts[at].clause..drafts[at].clause + 1);
        drafts[at].after(before, Some(words));
    }
    for clause in 0..sentence.clauses.len() {
        let Head::Subordinate(order) = sentence.clauses[clause].head else {
            continue;
        };
        if belongs_to(source, drafts, at, clause) {
            let bytes = sentence.bytes(clause..clause + 1);
            let stems = clause_stems(source, drafts[at].sentence, clause);
            match order {
                Order::After => {
                    let that = stems.is_empty().then(|| previous(drafts, at)).flatten();
                    if let Some(first) = matching(drafts, &stems, at).or(that) {
                        drafts[at].after(first, Some(bytes));
                    }
                }
                Order::Before => {
                    if let Some(later) = matching(drafts, &stems, at) {
                        drafts[later].after(at, Some(bytes));
                    }
                }
                Order::Condition | Order::Aside => {}
            }
        }
    }
    for (number, bytes) in numbers(source, drafts, at) {
        if let Some(first) = numbered(source, drafts, number) {
            drafts[at].after(first, Some(bytes));
        }
    }
    phrases(source, drafts, at);
}

/// The task before this one that still holds.
fn previous(drafts: &[Draft], at: usize) -> Option<usize> {
    (0..at).rev().find(|before| drafts[*before].alive)
}

/// Whether a subordinate clause goes with the draft's clause: the nearest action after or before it.
fn belongs_to(source: &Source<'_>, drafts: &[Draft], at: usize, clause: usize) -> bool {
    let own = drafts[at].clause;
    if own == clause {
        return false;
    }
    let sentence = &source.sentences[drafts[at].sentence];
    let action = |index: &usize| matches!(sentence.clauses[*index].head, Head::Action(_));
    if clause < own {
        let leading = !(0..clause).any(|index| action(&index));
        let direct = !(clause + 1..own).any(|index| action(&index));
        leading && (direct || sentence.clauses[own].lead.joined)
    } else {
        !(own + 1..clause).any(|index| action(&index))
    }
}

fn clause_stems(source: &Source<'_>, sentence: usize, clause: usize) -> Vec<String> {
    let tokens: Vec<_> = source.sentences[sentence]
        .words(clause)
        .filter(|token| {
            !token.any(&[
                "once", "after", "when", "before", "done", "finished", "soon", "ready", "complete",
                "as", "until", "is", "through",
            ])
        })
        .cloned()
        .collect();
    words::stems_of(&tokens)
}

/// The task that words speak of.
fn matching(drafts: &[Draft], stems: &[String], except: usize) -> Option<usize> {
    if stems.is_empty() {
        return None;
    }
    let score = |at: usize| {
        let shared = words::shared(stems, &drafts[at].stems) as f64;
        let named = drafts[at]
            .assignee
            .as_ref()
            .is_some_and(|(name, _)| stems.contains(&words::stem(&name.to_lowercase())));
        (shared + if named { 0.5 } else { 0.0 }) / stems.len() as f64
    };
    (0..drafts.len())
        .filter(|at| {
            *at != except && drafts[*at].alive && drafts[*at].stems != drafts[except].stems
        })
        .map(|at| (at, score(at)))
        .filter(|(_, score)| *score >= 0.5)
        .max_by(|a, b| {
            a.1.total_cmp(&b.1)
                .then(b.0.abs_diff(except).cmp(&a.0.abs_diff(except)))
        })
        .map(|(at, _)| at)
}

/// Numbers after `blocked by`, `depends on`, `after`.
fn numbers(source: &Source<'_>, drafts: &[Draft], at: usize) -> Vec<(u32, Range<usize>)> {
    let sentence = &source.sentences[drafts[at].sentence];
    if sentence
        .unit
        .place
        .item
        .as_ref()
        .is_none_or(|item| item.number.is_none())
        && drafts.len() < 2
    {
        return Vec::new();
    }
    let tokens = &sentence.tokens;
    let mut found = Vec::new();
    for start in 0..tokens.len() {
        let word_at = |offset: usize| {
            tokens
                .get(start + offset)
                .map_or("", |token| token.lower.as_str())
        };
        if let Some((_, length)) = BEFORE_NUMBERS.find(word_at) {
            let mut next = start + length;
            while let Some(token) = tokens.get(next) {
                if let Ok(number) = token.lower.trim_start_matches('#').parse::<u32>() {
                    found.push((number, tokens[start].start..token.end));
                } else if !token.any(&[
                    "and", ",", "&", "#", "task", "step", "item", "number", "no", "point", "tasks",
                    "steps",
                ]) {
                    break;
                }
                next += 1;
            }
        }
    }
    found
}

/// The task with this number in its list.
fn numbered(source: &Source<'_>, drafts: &[Draft], number: u32) -> Option<usize> {
    (0..drafts.len()).find(|at| {
        drafts[*at].alive
            && source.sentences[drafts[*at].sentence]
                .unit
                .place
                .item
                .as_ref()
                .is_some_and(|item| item.number == Some(number))
    })
}

/// `after the audit`, `blocked by the migration`, `needs the contract first`: no clause of their own.
fn phrases(source: &Source<'_>, drafts: &mut [Draft], at: usize) {
    let sentence = &source.sentences[drafts[at].sentence];
    let range = sentence.bytes(drafts[at].clause..drafts[at].clause + 1);
    let spoken: Vec<crate::token::Token> = sentence
        .tokens
        .iter()
        .filter(|token| token.mask != crate::token::Mask::Filler)
        .cloned()
        .collect();
    let limit = if sentence.actions().count() <= 1 {
        sentence.unit.range.clone()
    } else {
        range
    };
    let tokens = &spoken;
    for start in 0..tokens.len() {
        if tokens[start].start < limit.start || tokens[start].end > limit.end {
            continue;
        }
        let word_at = |offset: usize| {
            tokens
                .get(start + offset)
                .map_or("", |token| token.lower.as_str())
        };
        let Some((_, length)) = BEFORE_THINGS.find(word_at) else {
            continue;
        };
        let from = start + length;
        let end = (from..tokens.len().min(from + 7))
            .find(|next| tokens[*next].is_mark() || tokens[*next].any(&["and", "to", "by"]))
            .unwrap_or(tokens.len().min(from + 7));
        let stems = words::stems_of(&tokens[from..end]);
        let bytes = tokens[start].start..tokens[end.max(from + 1).min(tokens.len()) - 1].end;
        if let Some(first) = matching(drafts, &stems, at) {
            drafts[at].after(first, Some(bytes));
        }
    }
}

/// Takes out links until no task waits for itself.
fn unloop(drafts: &mut [Draft]) {
    // Links that all point back cannot close a circle.
    let forward = (0..drafts.len()).any(|at| drafts[at].depends.keys().any(|link| *link >= at));
    for at in 0..drafts.len() {
        let links: Vec<usize> = drafts[at].depends.keys().copied().collect();
        for link in links {
            if link == at || !drafts[link].alive || (forward && reaches(drafts, link, at)) {
                drafts[at].depends.remove(&link);
            }
        }
    }
}

fn reaches(drafts: &[Draft], from: usize, to: usize) -> bool {
    let mut seen = vec![false; drafts.len()];
    let mut open = vec![from];
    while let Some(at) = open.pop() {
        if at == to {
            return true;
        }
        if !std::mem::replace(&mut seen[at], true) {
            open.extend(drafts[at].depends.keys());
        }
    }
    false
}
