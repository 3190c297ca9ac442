//! What a clause shows of itself, of its place and of what stands around it.
//!
//! Features are known to the weights by their names and values: whoever renames one, or the wording of
//! a rule, trains the weights anew (`make train`).

use super::class::{class, form, lean};
use super::whole::{Whole, share, size};
use crate::action::opener::Agent;
use crate::clause::{Head, Order};
use crate::date::Role;
use crate::detect::Source;
use crate::sentence::Sentence;
use crate::text::Section;
use crate::weights::Sink;
use crate::{area, words};

/// Gives the features of a clause.
pub(super) fn of(
    source: &Source<'_>,
    whole: &Whole,
    index: usize,
    clause: usize,
    to: &mut impl Sink,
) {
    let sentence = &source.sentences[index];
    let head = head_name(&sentence.clauses[clause].head);
    opening(sentence, clause, head, to);
    flags(source, sentence, clause, head, to);
    place(sentence, clause, head, to);
    counts(whole, index, head, to);
    dates(source, sentence, clause, head, to);
    first_words(source, sentence, clause, to);
    all_words(source, sentence, clause, head, to);
    near(source, index, head, to);
    edges(sentence, clause, head, to);
}

/// The sentences before and behind.
fn near(source: &Source<'_>, index: usize, head: &str, to: &mut impl Sink) {
    let block = source.sentences[index].unit.place.block;
    for (name, at) in [
        ("sentence before", index.checked_sub(1)),
        ("sentence behind", Some(index + 1)),
    ] {
        let Some(other) = at.and_then(|at| source.sentences.get(at)) else {
            continue;
        };
        let same = if other.unit.place.block == block {
            "same"
        } else {
            "other"
        };
        let begins = other.clauses.first();
        let begins = begins.map_or("", |clause| head_name(&clause.head));
        let ends = if other.question { "?" } else { "." };
        let acts = if other.actions().next().is_some() {
            "acts"
        } else {
            "rests"
        };
        to.give(name, &[same, begins, head]);
        to.give(name, &[ends, acts]);
    }
}

/// The form that asks, if there is one.
fn opening(sentence: &Sentence, clause: usize, head: &str, to: &mut impl Sink) {
    to.give("head", &[head]);
    let (Head::Action(opener) | Head::Negated(opener)) = &sentence.clauses[clause].head else {
        return;
    };
    to.give("rule", &[opener.rule]);
    let agent = match opener.agent {
        Agent::Unsaid => "unsaid",
        Agent::Speaker => "speaker",
        Agent::We => "we",
        Agent::Addressee => "you",
        Agent::Anyone => "anyone",
        Agent::Third => "third",
        Agent::Named(_) => "named",
    };
    to.give("agent", &[agent]);
    if opener.firm {
        to.give("firm", &[]);
    }
}

fn flags(source: &Source<'_>, sentence: &Sentence, clause: usize, head: &str, to: &mut impl Sink) {
    let lead = sentence.clauses[clause].lead;
    let place = &sentence.unit.place;
    for (name, holds) in [
        ("then", lead.then),
        ("hedged", lead.hedged),
        ("polite", lead.polite),
        ("joined", lead.joined),
        ("or", lead.or),
        ("corrects", lead.corrects),
        ("general", lead.general),
        ("first", place.first),
        ("marked", place.marked),
        ("question", sentence.question),
        ("chat", source.document.chat),
        ("notes", source.document.notes),
        ("last", clause + 1 == sentence.clauses.len()),
        ("signed", source.document.signer.is_some()),
        ("greeted", source.document.addressee.is_some()),
        ("person", sentence.person.is_some()),
        ("urgent", sentence.priority.is_some()),
        ("acts", sentence.actions().next().is_some()),
    ] {
        if holds {
            to.give("is", &[name]);
            to.give("is", &[name, head]);
        }
    }
}

/// Where the clause stands.
fn place(sentence: &Sentence, clause: usize, head: &str, to: &mut impl Sink) {
    let place = &sentence.unit.place;
    let section = match place.section {
        Section::Plain => "plain",
        Section::Tasks => "tasks",
        Section::Shopping => "shopping",
        Section::Someday => "someday",
        Section::Done => "done",
        Section::Ignored => "ignored",
    };
    let item = match &place.item {
        None => "none",
        Some(item) if item.checked == Some(false) => "open",
        Some(item) if item.checked == Some(true) => "ticked",
        Some(item) if item.number.is_some() => "number",
        Some(_) => "item",
    };
    let owner = match &place.owner {
        None => "none",
        Some(owner) if owner.speaks => "speaks",
        Some(_) => "works",
    };
    to.give("section", &[section, head]);
    to.give("item", &[item, head]);
    to.give("owner", &[owner, head]);
    to.give("clause", &[few(clause), few(sentence.clauses.len())]);
    to.give("length", &[size(sentence.clauses[clause].full.len()), head]);
}

/// How the whole text is written.
fn counts(whole: &Whole, index: usize, head: &str, to: &mut impl Sink) {
    let where_in_text = if index == 0 {
        "first"
    } else if index + 1 == whole.sentences {
        "last"
    } else {
        "amid"
    };
    to.give("place", &[where_in_text, size(whole.sentences)]);
    to.give("actions", &[share(whole.actions, whole.clauses), head]);
    to.give("past", &[share(whole.past, whole.clauses), head]);
    to.give("items", &[share(whole.items, whole.sentences)]);
    to.give("dated", &[share(whole.dated, whole.sentences)]);
    to.give("own", &[share(whole.own, whole.clauses)]);
    to.give("you", &[share(whole.you, whole.clauses)]);
    to.give("asks", &[share(whole.asks, whole.clauses)]);
}

/// Dates in the clause, and elsewhere in its sentence.
fn dates(source: &Source<'_>, sentence: &Sentence, clause: usize, head: &str, to: &mut impl Sink) {
    let own = &sentence.clauses[clause].full;
    let token = |word: usize| sentence.at.get(word).copied();
    let from = token(own.start).unwrap_or(0);
    let until = token(own.end).unwrap_or(sentence.tokens.len());
    for (at, date) in sentence.date_tokens() {
        let found = &source.dates[date];
        let inside = if (from..until).contains(&at) {
            "in"
        } else {
            "out"
        };
        let day = found.due.date();
        let time = if found.recurrence.is_some() {
            "again"
        } else if day < source.now.date() {
            "past"
        } else if day == source.now.date() {
            "today"
        } else {
            "ahead"
        };
        let role = match found.role {
            Role::By => "by",
            Role::Before => "before",
            Role::Duration => "for",
            _ => "on",
        };
        to.give("date", &[inside, time]);
        to.give("date", &[inside, time, role, head]);
    }
}

/// The first words of the clause and their kinds.
fn first_words(source: &Source<'_>, sentence: &Sentence, clause: usize, to: &mut impl Sink) {
    let own = &sentence.clauses[clause];
    let token = |place: usize| {
        let word = own.start + place;
        (word < own.full.end)
            .then(|| sentence.token(word))
            .flatten()
    };
    let lower = |place: usize| token(place).map_or("", |token| token.lower.as_str());
    let class = |place: usize| token(place).map_or("", |token| class(source, token));
    to.give("word1", &[lower(0)]);
    to.give("word2", &[lower(1)]);
    to.give("kind1", &[class(0)]);
    to.give("kinds12", &[class(0), class(1)]);
    to.give("kinds123", &[class(0), class(1), class(2)]);
    if token(0).is_some_and(|token| token.capital) {
        to.give("capital", &[class(0)]);
    }
}

/// All words of the clause.
fn all_words(
    source: &Source<'_>,
    sentence: &Sentence,
    clause: usize,
    head: &str,
    to: &mut impl Sink,
) {
    let own = &sentence.clauses[clause];
    let mut verbs = 0;
    let mut previous: Option<(&str, &str)> = None;
    for token in own.full.clone().filter_map(|word| sentence.token(word)) {
        match token.verb {
            Some(verb) if token.is_word() => to.give("stem", &[verb.base]),
            None if token.is_word() => to.give("stem", &[words::cut(&token.lower).as_ref()]),
            _ => to.give("mark", &[token.lower.as_str()]),
        }
        let here = class(source, token);
        to.give("has", &[here, head]);
        if area::tells(token) {
            to.give("thing", &[head]);
            to.give("thing as", &[here]);
        }
        if let Some((kind, word)) = previous {
            to.give("pair", &[kind, here]);
            to.give("words", &[word, token.lower.as_str()]);
        }
        previous = Some((here, token.lower.as_str()));
        if let Some(verb) = token.verb {
            if verbs == 0 {
                to.give("verb", &[form(token), lean(verb.lean), head]);
            }
            verbs += 1;
        }
    }
    to.give("verbs", &[few(verbs), head]);
}

/// What stands before and behind.
fn edges(sentence: &Sentence, clause: usize, head: &str, to: &mut impl Sink) {
    let own = &sentence.clauses[clause];
    let before = own.full.start.checked_sub(1);
    to.give("before", &[before.map_or("", |word| sentence.lower(word))]);
    let end = sentence.tokens.last().filter(|token| token.is_mark());
    to.give("end", &[end.map_or("", |token| token.lower.as_str()), head]);
    for word in own.full.start..own.start {
        to.give("lead", &[sentence.lower(word)]);
    }
    let name = |at: Option<usize>| {
        at.and_then(|at| sentence.clauses.get(at))
            .map_or("", |clause| head_name(&clause.head))
    };
    let previous = clause.checked_sub(1);
    to.give("heads", &[name(previous), head, name(Some(clause + 1))]);
    if let Some(previous) = previous {
        let first = sentence.clauses[previous].start;
        to.give("previous", &[sentence.lower(first)]);
    }
}

fn head_name(head: &Head) -> &'static str {
    match head {
        Head::Action(opener) if opener.weak => "weak",
        Head::Action(_) => "action",
        Head::Negated(_) => "negated",
        Head::Cancel { .. } => "cancel",
        Head::Blocked => "blocked",
        Head::Subordinate(Order::Condition) => "if",
        Head::Subordinate(Order::After) => "after",
        Head::Subordinate(Order::Before) => "before",
        Head::Subordinate(Order::Aside) => "aside",
        Head::Statement => "statement",
        Head::Phrase => "phrase",
    }
}

fn few(count: usize) -> &'static str {
    match count {
        0 => "0",
        1 => "1",
        2 => "2",
        3 => "3",
        _ => "4+",
    }
}
