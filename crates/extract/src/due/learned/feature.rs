//! What a date shows of its place, seen from a deed.
//!
//! Features are known to the weights by their names and values: whoever renames one, or the wording of
//! a rule, trains the weights anew (`make train`).

use std::ops::Range;

use crate::action::HAS_ITS_DAY;
use crate::clause::Head;
use crate::date::{FoundDate, Grain, Role};
use crate::detect::Source;
use crate::draft::Draft;
use crate::due;
use crate::scorer::head_name;
use crate::sentence::Sentence;
use crate::token::{List, Mask, Token, list};
use crate::weights::{Part, Sink, part, step};
use crate::words;

/// The value of what is not there.
const NONE: &Part<'static> = part!("");

/// Tokens of a sentence that are read.
const READ: usize = 60;

/// Bytes of a line that are read to either side of a date.
const LINE: usize = 200;

/// Words that tell what a date is of.
const TELLING: List<'static> = list![
    "it", "them", "that", "this", "they", "those", "these", "he", "she", "i", "you", "we",
    "everyone", "all", "both", "deadline", "due", "is", "are", "comes", "come", "needs", "need",
    "must", "done", "by", "latest", "ready", "will", "was", "here", "back", "arrives", "leaves",
    "leave", "before", "for", "with", "starts", "opens", "closes", "until", "till", "if", "when",
    "after", "meeting", "today", "tomorrow", "tonight",
];

/// Words of a deed that point to what was told elsewhere.
const POINTING: List<'static> = list![
    "it",
    "them",
    "then",
    "that",
    "there",
    "everything",
    "all",
    "before",
    "after",
    "once",
    "when",
    "if",
    "so",
    "also",
    "too",
];

/// What is counted once for all deeds of a text.
pub(super) struct Deeds<'d> {
    /// Where each begins, in order.
    starts: Vec<usize>,
    /// The dates that are taken, once for each deed that has it, in order, with that deed.
    taken: Vec<(usize, &'d Draft)>,
    /// The sentence of each date, and its first token there.
    places: Vec<Option<(usize, usize)>>,
}

impl<'d> Deeds<'d> {
    pub(super) fn of(source: &Source<'_>, drafts: &'d [Draft]) -> Self {
        let alive = || drafts.iter().filter(|draft| draft.alive);
        let mut starts: Vec<usize> = alive().map(|draft| draft.bytes.start).collect();
        starts.sort_unstable();
        let date_of = |draft: &'d Draft| Some((draft.due.as_ref()?.date?, draft));
        let mut taken: Vec<(usize, &Draft)> = alive().filter_map(date_of).collect();
        taken.sort_by_key(|(date, _)| *date);
        let mut places = vec![None; source.dates.len()];
        for (index, sentence) in source.sentences.iter().enumerate() {
            for (token, date) in sentence.dated() {
                places[*date] = Some((index, *token));
            }
        }
        Self {
            starts,
            taken,
            places,
        }
    }

    /// Whether a date cannot be that of a deed: it is asked about, is no deadline at all, or was named with another
    /// thing or with what somebody else does.
    pub(super) fn bars(&self, source: &Source<'_>, draft: &Draft, date: usize) -> bool {
        let own = doer(draft);
        let alone = |(_, other): &(usize, &Draft)| {
            let apart = own.is_some() && doer(other).is_some_and(|name| own != Some(name));
            apart || other.rule == HAS_ITS_DAY
        };
        if self.taking(date).iter().any(alone) {
            return true;
        }
        self.places[date].is_some_and(|(index, token)| {
            let sentence = &source.sentences[index];
            let clause = sentence.clause_of(token);
            let noun = index != draft.sentence
                && sentence
                    .clauses
                    .get(clause)
                    .is_some_and(|own| own.head == Head::Phrase);
            sentence.question
                || due::is_no_deadline(source, sentence, token, &source.dates[date])
                || noun && names_other(sentence, clause, draft)
        })
    }

    /// How many begin there.
    fn within(&self, bytes: &Range<usize>) -> usize {
        let before = |end: usize| self.starts.partition_point(|start| *start < end);
        before(bytes.end).saturating_sub(before(bytes.start))
    }

    fn taking(&self, date: usize) -> &[(usize, &'d Draft)] {
        let until = |date: usize| self.taken.partition_point(|(taken, _)| *taken < date);
        &self.taken[until(date)..until(date + 1)]
    }
}

/// Gives the features of a date, seen from a deed.
pub(super) fn of(
    source: &Source<'_>,
    deeds: &Deeds<'_>,
    draft: &Draft,
    date: usize,
    to: &mut impl Sink,
) {
    let found = &source.dates[date];
    let place = place(source.text, draft, found);
    to.give(part!("place"), &[place]);
    to.give(part!("rule"), &[&Part::of(draft.rule)]);
    counts(source, deeds, draft, date, place, to);
    kind(found, to);
    line(source.text, found, place, to);
    let item = source.sentences[draft.sentence].unit.place.item.is_some();
    let item = if item { part!("item") } else { part!("prose") };
    to.give(part!("kind"), &[item, place]);
    for token in own_words(source, draft) {
        if token.any(POINTING) {
            to.give(part!("points"), &[&Part::of(&token.lower)]);
        }
    }
    if let Some((index, at)) = deeds.places[date] {
        told(source, draft, (index, at, date), place, to);
    }
}

fn doer(draft: &Draft) -> Option<&str> {
    draft.assignee.as_ref().map(|(name, _)| name.as_str())
}

fn own_words<'a>(source: &Source<'a>, draft: &Draft) -> impl Iterator<Item = &'a Token> {
    let own = draft.bytes.clone();
    let tokens = &source.sentences[draft.sentence].tokens;
    let words = tokens.iter().take(READ);
    words.filter(move |token| own.contains(&token.start))
}

/// How far it is, and how many deeds are told with it and take it.
fn counts(
    source: &Source<'_>,
    deeds: &Deeds<'_>,
    draft: &Draft,
    date: usize,
    place: &Part<'_>,
    to: &mut impl Sink,
) {
    let own = &draft.bytes;
    let found = &source.dates[date].bytes;
    let words = source.text.get(own.end..found.start).unwrap_or("");
    let words = words.split_whitespace().take(30).count();
    to.give(part!("far"), &[step(words, &[1, 3, 6, 10, 18, 30])]);
    let taking = step(deeds.taking(date).len(), &[1, 2]);
    to.give(part!("taken"), &[taking]);
    to.give(part!("taken"), &[taking, place]);
    to.give(part!("dated"), &[step(deeds.taken.len(), &[1, 2])]);
    if let Some((index, _)) = deeds.places[date] {
        let range = &source.sentences[index].unit.range;
        let inside = range.contains(&own.start);
        let beside = deeds.within(range) - usize::from(inside);
        to.give(part!("beside"), &[step(beside, &[1, 2])]);
    }
}

/// The date itself.
fn kind(found: &FoundDate, to: &mut impl Sink) {
    let role = match found.role {
        Role::On => part!("on"),
        Role::By => part!("by"),
        Role::Before => part!("before"),
        Role::After => part!("after"),
        Role::Duration => part!("for"),
    };
    let grain = match found.grain {
        Grain::Second | Grain::Minute | Grain::Hour => part!("hour"),
        Grain::Day => part!("day"),
        Grain::Week => part!("week"),
        Grain::Month | Grain::Quarter | Grain::Year => part!("month"),
    };
    to.give(part!("date"), &[role]);
    to.give(part!("date"), &[role, grain]);
    to.give(part!("why"), &[&Part::of(found.why)]);
}

/// Whether nothing else stands in its line before it, or behind it.
fn line(text: &str, found: &FoundDate, place: &Part<'_>, to: &mut impl Sink) {
    let from = text.floor_char_boundary(found.bytes.start.saturating_sub(LINE));
    let until = text.floor_char_boundary(found.bytes.end.saturating_add(LINE).min(text.len()));
    let before = text.get(from..found.bytes.start).unwrap_or("");
    let behind = text.get(found.bytes.end..until).unwrap_or("");
    let before = before.rsplit('\n').next().unwrap_or("");
    let behind = behind.split('\n').next().unwrap_or("");
    let plain = |piece: &str| !piece.contains(char::is_alphanumeric);
    let line = match (plain(before), plain(behind)) {
        (true, true) if behind.trim_end().ends_with(':') => part!("heads"),
        (true, true) => part!("alone"),
        (true, false) => part!("opens"),
        (false, true) => part!("ends"),
        (false, false) => part!("within"),
    };
    to.give(part!("line"), &[line]);
    to.give(part!("line"), &[line, place]);
}

/// The sentence of the date.
fn told(
    source: &Source<'_>,
    draft: &Draft,
    (index, at, date): (usize, usize, usize),
    place: &Part<'_>,
    to: &mut impl Sink,
) {
    let sentence = &source.sentences[index];
    let tokens = &sentence.tokens;
    let before = Part::of(word(at.checked_sub(1).and_then(|at| tokens.get(at))));
    let mut rest = tokens[at..].iter();
    let behind = Part::of(word(rest.find(|token| token.mask != Mask::Date(date))));
    to.give(part!("before it"), &[&before]);
    to.give(part!("before it"), &[&before, place]);
    to.give(part!("behind it"), &[&behind]);
    to.give(part!("its word"), &[&Part::of(&tokens[at].lower)]);
    let first = tokens.iter().find(|token| token.is_word());
    to.give(part!("first word"), &[&Part::of(word(first))]);
    let read = tokens.iter().take(READ);
    for token in read.filter(|token| token.any(TELLING)) {
        to.give(part!("told"), &[&Part::of(&token.lower)]);
    }
    let asked = if sentence.question {
        part!("?")
    } else {
        part!(".")
    };
    to.give(part!("asked"), &[asked, place]);
    let clause = sentence.clause_of(at);
    let head = sentence
        .clauses
        .get(clause)
        .map_or(NONE, |own| head_name(&own.head));
    to.give(part!("clause"), &[head, place]);
    if index == draft.sentence {
        let apart = step(clause.abs_diff(draft.clause), &[1, 2, 3]);
        to.give(part!("apart"), &[apart, head]);
    }
}

/// `Seating plan until the end of May`: whether the words of a clause name a thing, and none of the deed.
fn names_other(sentence: &Sentence, clause: usize, draft: &Draft) -> bool {
    let own = sentence.words(clause).take(READ);
    let mut things = own
        .filter(|token| token.mask == Mask::None && words::is_content(token))
        .peekable();
    things.peek().is_some() && things.all(|token| !draft.stems.contains(&words::stem_of(token)))
}

fn word(token: Option<&Token>) -> &str {
    token.map_or(NONE.text(), |token| &token.lower)
}

/// What parts the date from the words of the deed.
fn place(text: &str, draft: &Draft, found: &FoundDate) -> &'static Part<'static> {
    // The mark that ends a deed is part of its words.
    let from = draft.bytes.end.max(1) - 1;
    let between = text.as_bytes().get(from..found.bytes.start);
    let between = between.unwrap_or_default();
    let pair = |first: &[u8], second: &[u8]| {
        let mut pairs = between.windows(2);
        pairs.any(|two| first.contains(&two[0]) && second.contains(&two[1]))
    };
    if pair(b"\n", b"\n") {
        part!("paragraph")
    } else if between.contains(&b'\n') {
        part!("line")
    } else if pair(b".!?;", b" \t") {
        part!("sentence")
    } else {
        part!("same")
    }
}
