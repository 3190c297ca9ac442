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
use crate::weights::{Part, Sink, part};
use crate::{area, words};

/// The value of what is not there.
const NONE: &Part<'static> = part!("");

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
fn near(source: &Source<'_>, index: usize, head: &Part<'_>, to: &mut impl Sink) {
    let block = source.sentences[index].unit.place.block;
    for (name, at) in [
        (part!("sentence before"), index.checked_sub(1)),
        (part!("sentence behind"), Some(index + 1)),
    ] {
        let Some(other) = at.and_then(|at| source.sentences.get(at)) else {
            continue;
        };
        let same = if other.unit.place.block == block {
            part!("same")
        } else {
            part!("other")
        };
        let begins = other.clauses.first();
        let begins = begins.map_or(NONE, |clause| head_name(&clause.head));
        let ends = if other.question {
            part!("?")
        } else {
            part!(".")
        };
        let acts = if other.actions().next().is_some() {
            part!("acts")
        } else {
            part!("rests")
        };
        to.give(name, &[same, begins, head]);
        to.give(name, &[ends, acts]);
    }
}

/// The form that asks, if there is one.
fn opening(sentence: &Sentence, clause: usize, head: &Part<'_>, to: &mut impl Sink) {
    to.give(part!("head"), &[head]);
    let (Head::Action(opener) | Head::Negated(opener)) = &sentence.clauses[clause].head else {
        return;
    };
    to.give(part!("rule"), &[&Part::of(opener.rule)]);
    let agent = match opener.agent {
        Agent::Unsaid => part!("unsaid"),
        Agent::Speaker => part!("speaker"),
        Agent::We => part!("we"),
        Agent::Addressee => part!("you"),
        Agent::Anyone => part!("anyone"),
        Agent::Third => part!("third"),
        Agent::Named(_) => part!("named"),
    };
    to.give(part!("agent"), &[agent]);
    if opener.firm {
        to.give(part!("firm"), &[]);
    }
}

fn flags(
    source: &Source<'_>,
    sentence: &Sentence,
    clause: usize,
    head: &Part<'_>,
    to: &mut impl Sink,
) {
    let lead = sentence.clauses[clause].lead;
    let place = &sentence.unit.place;
    for (name, holds) in [
        (part!("then"), lead.then),
        (part!("hedged"), lead.hedged),
        (part!("polite"), lead.polite),
        (part!("joined"), lead.joined),
        (part!("or"), lead.or),
        (part!("corrects"), lead.corrects),
        (part!("general"), lead.general),
        (part!("first"), place.first),
        (part!("marked"), place.marked),
        (part!("question"), sentence.question),
        (part!("chat"), source.document.chat),
        (part!("notes"), source.document.notes),
        (part!("last"), clause + 1 == sentence.clauses.len()),
        (part!("signed"), source.document.signer.is_some()),
        (part!("greeted"), source.document.addressee.is_some()),
        (part!("person"), sentence.person.is_some()),
        (part!("urgent"), sentence.priority.is_some()),
        (part!("acts"), sentence.actions().next().is_some()),
    ] {
        if holds {
            to.give(part!("is"), &[name]);
            to.give(part!("is"), &[name, head]);
        }
    }
}

/// Where the clause stands.
fn place(sentence: &Sentence, clause: usize, head: &Part<'_>, to: &mut impl Sink) {
    let place = &sentence.unit.place;
    let section = match place.section {
        Section::Plain => part!("plain"),
        Section::Tasks => part!("tasks"),
        Section::Shopping => part!("shopping"),
        Section::Someday => part!("someday"),
        Section::Done => part!("done"),
        Section::Ignored => part!("ignored"),
    };
    let item = match &place.item {
        None => part!("none"),
        Some(item) if item.checked == Some(false) => part!("open"),
        Some(item) if item.checked == Some(true) => part!("ticked"),
        Some(item) if item.number.is_some() => part!("number"),
        Some(_) => part!("item"),
    };
    let owner = match &place.owner {
        None => part!("none"),
        Some(owner) if owner.speaks => part!("speaks"),
        Some(_) => part!("works"),
    };
    to.give(part!("section"), &[section, head]);
    to.give(part!("item"), &[item, head]);
    to.give(part!("owner"), &[owner, head]);
    to.give(part!("clause"), &[few(clause), few(sentence.clauses.len())]);
    to.give(
        part!("length"),
        &[size(sentence.clauses[clause].full.len()), head],
    );
}

/// How the whole text is written.
fn counts(whole: &Whole, index: usize, head: &Part<'_>, to: &mut impl Sink) {
    let where_in_text = if index == 0 {
        part!("first")
    } else if index + 1 == whole.sentences {
        part!("last")
    } else {
        part!("amid")
    };
    to.give(part!("place"), &[where_in_text, size(whole.sentences)]);
    to.give(
        part!("actions"),
        &[share(whole.actions, whole.clauses), head],
    );
    to.give(part!("past"), &[share(whole.past, whole.clauses), head]);
    to.give(part!("items"), &[share(whole.items, whole.sentences)]);
    to.give(part!("dated"), &[share(whole.dated, whole.sentences)]);
    to.give(part!("own"), &[share(whole.own, whole.clauses)]);
    to.give(part!("you"), &[share(whole.you, whole.clauses)]);
    to.give(part!("asks"), &[share(whole.asks, whole.clauses)]);
}

/// Dates in the clause, and elsewhere in its sentence.
fn dates(
    source: &Source<'_>,
    sentence: &Sentence,
    clause: usize,
    head: &Part<'_>,
    to: &mut impl Sink,
) {
    let own = &sentence.clauses[clause].full;
    let token = |word: usize| sentence.at.get(word).copied();
    let from = token(own.start).unwrap_or(0);
    let until = token(own.end).unwrap_or(sentence.tokens.len());
    for (at, date) in sentence.date_tokens() {
        let found = &source.dates[date];
        let inside = if (from..until).contains(&at) {
            part!("in")
        } else {
            part!("out")
        };
        let day = found.due.date();
        let time = if found.recurrence.is_some() {
            part!("again")
        } else if day < source.now.date() {
            part!("past")
        } else if day == source.now.date() {
            part!("today")
        } else {
            part!("ahead")
        };
        let role = match found.role {
            Role::By => part!("by"),
            Role::Before => part!("before"),
            Role::Duration => part!("for"),
            _ => part!("on"),
        };
        to.give(part!("date"), &[inside, time]);
        to.give(part!("date"), &[inside, time, role, head]);
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
    let lower = |place: usize| token(place).map_or(*NONE, |token| Part::of(&token.lower));
    let class = |place: usize| token(place).map_or(*NONE, |token| class(source, token));
    let kinds = [class(0), class(1), class(2)];
    let [first, second, third] = &kinds;
    to.give(part!("word1"), &[&lower(0)]);
    to.give(part!("word2"), &[&lower(1)]);
    to.give(part!("kind1"), &[first]);
    to.give(part!("kinds12"), &[first, second]);
    to.give(part!("kinds123"), &[first, second, third]);
    if token(0).is_some_and(|token| token.capital) {
        to.give(part!("capital"), &[first]);
    }
}

/// All words of the clause.
fn all_words(
    source: &Source<'_>,
    sentence: &Sentence,
    clause: usize,
    head: &Part<'_>,
    to: &mut impl Sink,
) {
    let words = sentence.clauses[clause].full.clone();
    let mut verbs = 0;
    let mut previous: Option<(Part<'_>, Part<'_>)> = None;
    for token in words.filter_map(|word| sentence.token(word)) {
        let own = Part::of(&token.lower);
        match token.verb {
            Some(verb) if token.is_word() => to.give(part!("stem"), &[&Part::of(verb.base)]),
            None if token.is_word() => {
                let stem = words::cut(&token.lower);
                let same = stem.len() == token.lower.len();
                let stem = if same { own } else { Part::of(&stem) };
                to.give(part!("stem"), &[&stem]);
            }
            _ => to.give(part!("mark"), &[&own]),
        }
        let here = class(source, token);
        to.give(part!("has"), &[&here, head]);
        if area::tells(token) {
            to.give(part!("thing"), &[head]);
            to.give(part!("thing as"), &[&here]);
        }
        if let Some((kind, word)) = &previous {
            to.give(part!("pair"), &[kind, &here]);
            to.give(part!("words"), &[word, &own]);
        }
        previous = Some((here, own));
        if let Some(verb) = token.verb {
            if verbs == 0 {
                to.give(
                    part!("verb"),
                    &[&Part::of(form(token)), lean(verb.lean), head],
                );
            }
            verbs += 1;
        }
    }
    to.give(part!("verbs"), &[few(verbs), head]);
}

/// What stands before and behind.
fn edges(sentence: &Sentence, clause: usize, head: &Part<'_>, to: &mut impl Sink) {
    let own = &sentence.clauses[clause];
    let before = own.full.start.checked_sub(1);
    let lower = |word: usize| Part::of(sentence.lower(word));
    to.give(part!("before"), &[&before.map_or(*NONE, lower)]);
    let end = sentence.tokens.last().filter(|token| token.is_mark());
    to.give(
        part!("end"),
        &[&end.map_or(*NONE, |token| Part::of(&token.lower)), head],
    );
    for word in own.full.start..own.start {
        to.give(part!("lead"), &[&lower(word)]);
    }
    let name = |at: Option<usize>| {
        at.and_then(|at| sentence.clauses.get(at))
            .map_or(NONE, |clause| head_name(&clause.head))
    };
    let previous = clause.checked_sub(1);
    to.give(
        part!("heads"),
        &[name(previous), head, name(Some(clause + 1))],
    );
    if let Some(previous) = previous {
        let first = sentence.clauses[previous].start;
        to.give(part!("previous"), &[&lower(first)]);
    }
}

pub(crate) fn head_name(head: &Head) -> &'static Part<'static> {
    match head {
        Head::Action(opener) if opener.weak => part!("weak"),
        Head::Action(_) => part!("action"),
        Head::Negated(_) => part!("negated"),
        Head::Cancel { .. } => part!("cancel"),
        Head::Blocked => part!("blocked"),
        Head::Subordinate(Order::Condition) => part!("if"),
        Head::Subordinate(Order::After) => part!("after"),
        Head::Subordinate(Order::Before) => part!("before"),
        Head::Subordinate(Order::Aside) => part!("aside"),
        Head::Statement => part!("statement"),
        Head::Phrase => part!("phrase"),
    }
}

fn few(count: usize) -> &'static Part<'static> {
    match count {
        0 => part!("0"),
        1 => part!("1"),
        2 => part!("2"),
        3 => part!("3"),
        _ => part!("4+"),
    }
}
