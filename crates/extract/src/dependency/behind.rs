//! Order that is told apart from the deed: in a sentence behind it (`Blocked by the audit.`, `Once they
//! are in.`), by the last word (`hand them out after`), by a heading (`in this order`).

use crate::action::opener::Agent;
use crate::clause::{Head, Order};
use crate::detect::Source;
use crate::draft::Draft;
use crate::rows::Rows;
use crate::sentence::Sentence;
use crate::token::{Mask, Token, list};
use crate::words;

use super::{hint, matching};

use std::ops::Range;
use std::sync::LazyLock;

/// Words that open a sentence about what the deed before it waits for.
static WAITS: LazyLock<Rows> = LazyLock::new(|| {
    Rows::new(&[
        "blocked by",
        "blocked on",
        "depends on",
        "dependent on",
        "waiting for",
        "waiting on",
        "waits for",
        "needs",
        "requires",
        "only after",
        "only once",
        "not before",
        "not until",
        "right after",
        "after",
        "once",
    ])
});

/// Words of a heading or sentence by which what follows is told in its order.
static IN_ORDER: LazyLock<Rows> = LazyLock::new(|| {
    Rows::new(&[
        "in this order",
        "in that order",
        "in the order",
        "in the following order",
        "in order :",
        "order of events",
        "order of work",
        "order of play",
        "order matters",
        "ordered list",
        "sequence for|of",
        "chain of",
        "sign-off chain",
        "approval chain",
        "one after the other",
        "ticket order",
        "running order",
        "step by step",
    ])
});

/// `Backfill on staging. Blocked by missing grants.`, `She calls them? – Yes. Once they're in.`
pub(super) fn told_behind(source: &Source<'_>, drafts: &mut [Draft]) {
    for (index, sentence) in source.sentences.iter().enumerate() {
        let mut words = sentence.tokens.iter().filter(|token| !token.is_mark());
        if !(words.clone().next()).is_some_and(|first| WAITS.may_open(first)) {
            continue;
        }
        let opening: Vec<&Token> = words.by_ref().take(10).collect();
        let at = |at: usize| {
            opening
                .get(at)
                .map_or("", |token: &&Token| token.lower.as_str())
        };
        let Some((_, length)) = WAITS.find(at).filter(|_| words.count() <= 4) else {
            continue;
        };
        let own = drafts
            .iter()
            .any(|draft| draft.alive && draft.sentence == index);
        if own {
            continue;
        }
        let Some(at) = waiting(source, drafts, index) else {
            continue;
        };
        let rest = &opening[length.min(opening.len())..];
        let rest = &rest[..rest.len().min(7)];
        let stems = words::stems_of(rest.iter().copied());
        let points = rest.iter().any(|token| {
            token.any(list![
                "that", "they", "it", "them", "those", "this", "he", "she"
            ])
        }) && rest.len() <= 4;
        let first =
            matching(drafts, &stems, at).or_else(|| points.then(|| earlier(drafts, at)).flatten());
        if let Some(first) = first {
            drafts[at].after(first, Some(sentence.unit.range.clone()));
        }
    }
}

/// The task that a sentence without one of its own speaks of: the last one of its paragraph or item, or
/// of the messages right before.
fn waiting(source: &Source<'_>, drafts: &[Draft], index: usize) -> Option<usize> {
    let place = &source.sentences[index].unit.place;
    let near = |draft: &Draft| {
        let other = &source.sentences[draft.sentence].unit.place;
        let same = other.block == place.block;
        let answered = source.document.chat && index.abs_diff(draft.sentence) <= 2;
        draft.sentence < index && (same || answered)
    };
    (0..drafts.len())
        .rev()
        .find(|at| drafts[*at].alive && near(&drafts[*at]))
}

fn earlier(drafts: &[Draft], at: usize) -> Option<usize> {
    (0..at).rev().find(|before| drafts[*before].alive)
}

/// `run me to the Morrison job after`: the last word puts it behind the task just told.
pub(super) fn closing(source: &Source<'_>, drafts: &mut [Draft], at: usize) {
    let sentence = &source.sentences[drafts[at].sentence];
    let tokens: Vec<&Token> = sentence
        .words(drafts[at].clause)
        .filter(|token| !token.is_mark() && !token.any(list!["please", "pls", "though", "too"]))
        .collect();
    let Some(word) = tokens
        .last()
        .filter(|word| word.is("after") && word.mask == Mask::None)
    else {
        return;
    };
    // `the day after`, `look after`
    let leads = tokens.len().checked_sub(2).is_none_or(|at| {
        tokens[at].any(list![
            "day", "night", "week", "month", "year", "morning", "look", "looking", "days", "weeks",
        ])
    });
    let masked = sentence
        .tokens
        .iter()
        .any(|token| token.start > word.start && token.is_dated());
    if !leads
        && !masked
        && tokens.len() > 2
        && let Some(other) = hint::just_before(source, drafts, at)
    {
        drafts[at].after(other, Some(word.start..word.end));
    }
}

/// `Please send a photograph. On receipt we shall prepare an estimate.`: what is received is what was asked
/// for just before.
pub(super) fn on_receipt(source: &Source<'_>, drafts: &mut [Draft], at: usize) {
    let sentence = &source.sentences[drafts[at].sentence];
    let found = sentence.tokens.windows(2).find(|pair| {
        pair[1].is("receipt") && pair[0].any(list!["on", "upon", "after", "following"])
    });
    let Some(pair) = found.filter(|_| drafts[at].depends.is_empty()) else {
        return;
    };
    let asked = hint::just_before(source, drafts, at).filter(|before| {
        drafts[*before].sentence < drafts[at].sentence && drafts[*before].agent != Agent::Speaker
    });
    if let Some(asked) = asked {
        drafts[at].after(asked, Some(pair[0].start..pair[1].end));
    }
}

/// `Ticket order: (1) … (2) … (3) …`, `To-dos in the order the bank gave us`: each waits for the one before.
pub(super) fn in_order(source: &Source<'_>, drafts: &mut [Draft]) {
    let says = |sentence: &Sentence| {
        (sentence.tokens.iter().enumerate()).any(|(at, token)| {
            IN_ORDER.may_open(token)
                && IN_ORDER.starts(|offset| {
                    sentence
                        .tokens
                        .get(at + offset)
                        .map_or("", |token| token.lower.as_str())
                })
        })
    };
    if drafts.iter().filter(|draft| draft.alive).nth(1).is_none() {
        return;
    }
    match source.sentences.iter().position(says) {
        // Said in one line, as it is written.
        Some(told) if names_order(source.text) => {
            let end = told_until(source, drafts, told);
            chain(source, drafts, told..end);
        }
        Some(_) => {}
        None => in_titled_order(source, drafts),
    }
}

/// Up to which sentence an order goes that sentence `told` announces.
fn told_until(source: &Source<'_>, drafts: &[Draft], told: usize) -> usize {
    // `Order of play: strip the wall; fill the holes. Dear Kim, …`: what is put in order is told whole
    let goes_on = |pair: &&[Sentence]| {
        let between = pair[0].unit.range.end..pair[1].unit.range.start;
        let mark = source.text.get(between);
        mark.is_some_and(|mark| mark.trim() == ";")
    };
    let parts = source.sentences[told..].windows(2).take_while(goes_on);
    let own = told..told + 1 + parts.count();
    let of_own = |draft: &&Draft| draft.alive && own.contains(&draft.sentence);
    if drafts.iter().filter(of_own).nth(1).is_some() {
        own.end
    } else {
        source.sentences.len()
    }
}

/// Whether the text has words of an order as they are written.
fn names_order(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words = ["order", "one after", "step by", "sequence", "chain"];
    words.iter().any(|word| lower.contains(word))
}

/// The heading or title says so.
fn in_titled_order(source: &Source<'_>, drafts: &mut [Draft]) {
    let heads = |sentence: &Sentence| {
        let heading = sentence
            .unit
            .place
            .heading
            .clone()
            .or(source.document.title.clone());
        heading.is_some_and(|heading| {
            let words = source.text[heading].to_lowercase();
            words.contains("in the order")
                || words.contains("in this order")
                || words.contains("order of events")
        })
    };
    if let Some(first) = source.sentences.iter().position(heads) {
        chain(source, drafts, first..source.sentences.len());
    }
}

/// Each deed of these sentences waits for the one before.
fn chain(source: &Source<'_>, drafts: &mut [Draft], sentences: Range<usize>) {
    let listed = |draft: &Draft| source.sentences[draft.sentence].unit.place.item.is_some();
    let told: Vec<usize> = (0..drafts.len())
        .filter(|at| drafts[*at].alive && sentences.contains(&drafts[*at].sentence))
        .collect();
    let items = told.iter().any(|at| listed(&drafts[*at]));
    let told: Vec<usize> = told
        .into_iter()
        .filter(|at| !items || listed(&drafts[*at]))
        .collect();
    for pair in told.windows(2) {
        let apart = drafts[pair[1]].sentence.abs_diff(drafts[pair[0]].sentence) <= 3;
        if apart && !drafts[pair[0]].depends.contains_key(&pair[1]) {
            drafts[pair[1]].after(pair[0], None);
        }
    }
}

/// Whether the `then` of a draft follows something that only happens: `the part comes on Monday, then Bo
/// fits it`.
pub(super) fn follows_event(source: &Source<'_>, drafts: &[Draft], at: usize) -> bool {
    let index = drafts[at].sentence;
    let sentence = &source.sentences[index];
    let Some(before) = drafts[at].clause.checked_sub(1) else {
        return false;
    };
    let taken = drafts
        .iter()
        .any(|draft| draft.alive && draft.sentence == index && draft.clause < drafts[at].clause);
    let states = (0..=before).any(|clause| {
        matches!(
            sentence.clauses[clause].head,
            Head::Statement | Head::Subordinate(Order::After)
        ) && sentence.words(clause).any(|token| {
            token.any(list![
                "comes", "come", "arrives", "arrive", "is", "are", "'s", "gets", "lands", "starts",
                "opens", "ends", "goes", "returns",
            ])
        })
    });
    !taken && states
}

/// `whenever she gets round to it`: no order.
pub(super) fn whenever(sentence: &Sentence, clause: usize) -> bool {
    sentence
        .words(clause)
        .find(|token| token.is_word())
        .is_some_and(|first| first.any(list!["whenever", "wherever", "every", "each"]))
}

/// `2 weeks before the move`: a length of time, and no order of deeds.
pub(super) fn measured(tokens: &[Token], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| {
        tokens[before].any(list![
            "day", "days", "week", "weeks", "wk", "wks", "month", "months", "hour", "hours", "min",
            "mins", "minutes", "night", "evening",
        ])
    })
}
