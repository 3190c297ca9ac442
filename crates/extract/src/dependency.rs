//! What has to come first: `after that`, `once X is done`, `before we print`, `blocked by 3`.

mod behind;
mod event;
mod hint;
mod order;
mod table;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use crate::clause::{Head, Order};
use crate::detect::Source;
use crate::draft::Draft;
use crate::rows::Rows;
use crate::sentence::Sentence;
use crate::token::{self, Mask, Token, list};
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
        "wait for",
        "waits for",
        "then after",
        "only after",
        "starts after",
        "not before",
        "until",
        "possible with",
        "possible after",
        "only with",
        "right after",
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
        "upon receipt of",
        "on receipt of",
        "upon completion of",
        "on completion of",
        "upon",
        "starts when",
        "starts once",
        "starts after",
        "begins when",
        "begins once",
        "begins after",
        "possible with",
        "possible after",
        "possible once",
        "not before",
        "only with",
    ])
});

/// Words before a thing that comes later.
static LATER_THINGS: LazyLock<Rows> =
    LazyLock::new(|| Rows::new(&["before", "b4", "prior to", "ahead of", "in time for"]));

/// Words before a thing that is needed.
static NEEDED: LazyLock<Rows> = LazyLock::new(|| {
    Rows::new(&[
        "needs",
        "need",
        "requires",
        "require",
        "waits for",
        "wait for",
    ])
});

/// Links the drafts of a text.
pub(crate) fn link(source: &Source<'_>, drafts: &mut [Draft]) {
    let own = lend_labels(source, drafts);
    for at in 0..drafts.len() {
        if drafts[at].alive {
            link_one(source, drafts, at);
        }
    }
    hint::cannot_without(source, drafts);
    order::told_apart(source, drafts);
    behind::told_behind(source, drafts);
    behind::in_order(source, drafts);
    table::columns(source, drafts);
    hint::needed(source, drafts);
    unloop(drafts);
    for (draft, own) in drafts.iter_mut().zip(own) {
        draft.stems = own;
    }
}

/// Adds the words in front of a draft on its line (`Licence – Ida sends the papers`) to those it is known by;
/// the answer are its own.
fn lend_labels(source: &Source<'_>, drafts: &mut [Draft]) -> Vec<Vec<String>> {
    let lend = |draft: &mut Draft| {
        let own = draft.stems.clone();
        let unit = &source.sentences[draft.sentence].unit;
        if !unit.place.first || source.document.chat {
            return own;
        }
        let start = source.text[..unit.range.start]
            .rfind('\n')
            .map_or(0, |at| at + 1);
        let label = start..unit.range.start;
        if !label.is_empty() && label.len() < 60 {
            let tokens = token::tokenize(source.text, label);
            draft.stems.extend(words::stems_of(&tokens));
        }
        own
    };
    drafts.iter_mut().map(lend).collect()
}

fn link_one(source: &Source<'_>, drafts: &mut [Draft], at: usize) {
    let sentence = &source.sentences[drafts[at].sentence];
    if (drafts[at].then || hint::led_to(source, drafts, at))
        && !behind::follows_event(source, drafts, at)
        && !hint::answers(source, drafts, at)
        && !order::is_bound(sentence, drafts[at].clause)
        && let Some(before) = previous(drafts, at)
    {
        let words = sentence.bytes(drafts[at].clause..drafts[at].clause + 1);
        drafts[at].after(before, Some(words));
    }
    for clause in 0..sentence.clauses.len() {
        let Head::Subordinate(order) = sentence.clauses[clause].head else {
            continue;
        };
        if belongs_to(source, drafts, at, clause) && !behind::whenever(sentence, clause) {
            let bytes = sentence.bytes(clause..clause + 1);
            let stems = clause_stems(source, drafts[at].sentence, clause);
            match order {
                Order::After => {
                    let said: Vec<&Token> = sentence.words(clause).collect();
                    let all = order::all_before(source, drafts, at, &said);
                    if !all.is_empty() {
                        for first in all {
                            drafts[at].after(first, Some(bytes.clone()));
                        }
                        continue;
                    }
                    let points = stems.is_empty() || hint::points_back(sentence, clause);
                    let that = (points && !event::arrives(sentence, clause))
                        .then(|| {
                            hint::just_before(source, drafts, hint::opening(drafts, at, clause))
                        })
                        .flatten();
                    let first = matching(drafts, &stems, at)
                        .or(that)
                        .or_else(|| order::ends_before(source, drafts, at, clause));
                    if let Some(first) = first {
                        drafts[at].after(first, Some(bytes));
                    }
                }
                Order::Before => {
                    let that = hint::only_begins(sentence, clause)
                        .then(|| hint::just_before(source, drafts, at))
                        .flatten();
                    if let Some(later) = matching(drafts, &stems, at).or(that) {
                        drafts[later].after(at, Some(bytes));
                    }
                }
                Order::Condition if hint::succeeds(sentence, clause) => {
                    if let Some(first) = matching(drafts, &stems, at).filter(|first| *first < at) {
                        drafts[at].after(first, Some(bytes));
                    }
                }
                Order::Condition | Order::Aside => {}
            }
        }
    }
    for (number, bytes) in numbers(source, drafts, at) {
        if let Some(first) = numbered(source, drafts, &number).filter(|first| *first != at) {
            drafts[at].after(first, Some(bytes));
        }
    }
    phrases(source, drafts, at);
    hint::adverbs(source, drafts, at);
    hint::beforehand(source, drafts, at);
    order::around(source, drafts, at);
    behind::closing(source, drafts, at);
    behind::on_receipt(source, drafts, at);
    hint::chained(source, drafts, at);
    hint::opened(source, drafts, at);
    hint::last_of_all(source, drafts, at);
    hint::days_later(source, drafts, at);
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
        // `Ben drafts it, and once he's done, Ana signs it`
        let leading = led_on(sentence, clause) || !(0..clause).any(|index| action(&index));
        let direct = !(clause + 1..drafts[at].clause).any(|index| action(&index));
        leading && (direct || sentence.clauses[drafts[at].clause].lead.joined)
    } else {
        // `Ida sands it, and when the dust has settled Ben oils it`: of the deed behind it.
        let next = sentence.clauses.get(clause + 1);
        let passed_on = next.is_some_and(|next| matches!(next.head, Head::Action(_)))
            && led_on(sentence, clause);
        !passed_on && !(own + 1..clause).any(|index| action(&index))
    }
}

/// Whether a clause opens with a word that goes on to something else: `and once he's done`.
fn led_on(sentence: &Sentence, clause: usize) -> bool {
    let own = &sentence.clauses[clause];
    let place = |word: usize| sentence.at.get(word).copied();
    place(own.full.start)
        .zip(place(own.start))
        .is_some_and(|(from, to)| {
            let row = &sentence.tokens[from.saturating_sub(1)..=to];
            row.iter()
                .any(|token| token.any(list!["and", "then", "but", ";"]))
        })
}

fn clause_stems(source: &Source<'_>, sentence: usize, clause: usize) -> Vec<String> {
    let words = source.sentences[sentence].words(clause).filter(|token| {
        !token.any(list![
            "once",
            "after",
            "when",
            "before",
            "done",
            "finished",
            "soon",
            "ready",
            "complete",
            "as",
            "until",
            "is",
            "are",
            "through",
            "here",
            "there",
            "available",
            "back",
            "arrives",
            "arrived",
            "come",
            "comes",
        ])
    });
    words::stems_of(words)
}

/// How many tasks away the one may be that words speak of.
const FAR: usize = 400;

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
    (except.saturating_sub(FAR)..drafts.len().min(except + FAR))
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
fn numbers(source: &Source<'_>, drafts: &[Draft], at: usize) -> Vec<(String, Range<usize>)> {
    let tokens = spoken(source, drafts, at);
    if drafts.len() < 2 {
        return Vec::new();
    }
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
                let number = token.lower.trim_start_matches('#');
                if hint::is_label(number) || hint::is_letter(token) {
                    found.push((number.to_owned(), tokens[start].start..token.end));
                } else if !token.any(list![
                    "and", ",", "&", "+", "or", "#", "task", "step", "item", "number", "no",
                    "point", "tasks", "steps", "(", ")", "seen", "he", "she", "'s", "has", "is",
                    "nr", "phase", "part",
                ]) {
                    break;
                }
                next += 1;
            }
        }
    }
    found
}

/// The task with this number in its list, or in front of its words.
fn numbered(source: &Source<'_>, drafts: &[Draft], number: &str) -> Option<usize> {
    let in_list = (0..drafts.len()).find(|at| {
        let place = &source.sentences[drafts[*at].sentence].unit.place;
        drafts[*at].alive
            && place
                .item
                .as_ref()
                .and_then(|item| item.number)
                .is_some_and(|own| number.parse() == Ok(own))
    });
    in_list.or_else(|| {
        (0..drafts.len()).find(|at| {
            drafts[*at].alive
                && hint::label(source, &drafts[*at])
                    .is_some_and(|label| label.eq_ignore_ascii_case(number))
        })
    })
}

/// The words in which a draft's order can be said: its sentence, or the row of its table.
fn spoken<'a>(source: &'a Source<'_>, drafts: &[Draft], at: usize) -> Cow<'a, [Token]> {
    let sentence = &source.sentences[drafts[at].sentence];
    let unit = &sentence.unit;
    if unit.scope == unit.range {
        Cow::Borrowed(&sentence.tokens)
    } else {
        Cow::Owned(token::tokenize(source.text, unit.scope.clone()))
    }
}

/// `after the audit`, `blocked by the migration`, `needs the contract first`: no clause of their own.
fn phrases(source: &Source<'_>, drafts: &mut [Draft], at: usize) {
    let sentence = &source.sentences[drafts[at].sentence];
    let row = sentence.unit.scope != sentence.unit.range;
    let all = spoken(source, drafts, at);
    let orders = |token: &Token| {
        BEFORE_THINGS.opens(&token.lower)
            || NEEDED.opens(&token.lower)
            || LATER_THINGS.opens(&token.lower)
    };
    if !all.iter().any(orders) {
        return;
    }
    let counts = |token: &&Token| token.mask != Mask::Filler;
    let tokens: Cow<'_, [Token]> = if all.iter().all(|token| counts(&token)) {
        all
    } else {
        all.iter().filter(counts).cloned().collect()
    };
    let limit = if row {
        sentence.unit.scope.clone()
    } else if sentence.actions().count() <= 1 {
        sentence.unit.range.clone()
    } else {
        sentence.bytes(drafts[at].clause..drafts[at].clause + 1)
    };
    for start in 0..tokens.len() {
        if tokens[start].start < limit.start || tokens[start].end > limit.end {
            continue;
        }
        let word_at = |offset: usize| {
            tokens
                .get(start + offset)
                .map_or("", |token| token.lower.as_str())
        };
        let first = BEFORE_THINGS.find(word_at).map(|(_, length)| length);
        let needed = NEEDED
            .find(word_at)
            .map(|(_, length)| length)
            .filter(|length| hint::needs_first(&tokens[start + length..]));
        // `before the talk`: an event is no deed.
        let later = LATER_THINGS
            .find(word_at)
            .map(|(_, length)| length)
            .filter(|length| !event::names_event(&tokens[start + length..]))
            .filter(|_| !behind::measured(&tokens, start));
        let Some(length) = first.or(needed).or(later) else {
            continue;
        };
        let from = start + length;
        let end = (from..tokens.len().min(from + 7))
            .find(|next| tokens[*next].is_mark() || tokens[*next].any(list!["and", "to", "by"]))
            .unwrap_or(tokens.len().min(from + 7));
        // `before 1 October` names no deed.
        let named = tokens[from..end].iter().filter(|token| !token.is_dated());
        let stems: Vec<String> = words::stems_of(named)
            .into_iter()
            .filter(|stem| !matches!(stem.as_str(), "first" | "from" | "approval"))
            .collect();
        let bytes = tokens[start].start..tokens[end.max(from + 1).min(tokens.len()) - 1].end;
        // `after that` speaks of the task before.
        let that = first.is_some()
            && stems.is_empty()
            && tokens.get(from).is_some_and(|token| {
                token.any(list!["that", "this", "it", "which", "them", "these"])
            });
        let other = matching(drafts, &stems, at).or_else(|| {
            that.then(|| hint::just_before(source, drafts, at))
                .flatten()
        });
        match other {
            Some(other) if first.is_some() || needed.is_some() => {
                drafts[at].after(other, Some(bytes));
            }
            Some(other) => drafts[other].after(at, Some(bytes)),
            None => {}
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
