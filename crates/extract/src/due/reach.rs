//! How far a date is from an action: in its clause, beside it, or out of reach.

use super::leads::leads;
use super::{DAY_ONLY, row, setting, statement};
use crate::action::opener::{Agent, Shape};
use crate::clause::{Head, Order};
use crate::date::{FoundDate, Role};
use crate::detect::Source;
use crate::sentence::Sentence;
use crate::token::{List, Mask, Token, list};
use crate::words::MOVED;

/// Verbs of going somewhere to do the next thing there.
const GOING: List<'static> = list![
    "go", "goes", "going", "come", "comes", "coming", "drop", "pop", "drive", "swing", "stop",
    "head", "run", "nip", "walk", "cycle", "stay", "meet", "fly", "travel", "sit",
];

/// How far a date in the clause `place` is from the action in `clause`; `None` out of reach.
pub(super) fn reach(
    source: &Source<'_>,
    sentence: &Sentence,
    (clause, verb): (usize, usize),
    (place, token): (usize, usize),
    date: &FoundDate,
) -> Option<u32> {
    if place == clause {
        return Some(u32::from(token < verb));
    }
    if place > clause {
        let other = |at: usize| {
            let head = &sentence.clauses[at].head;
            matches!(head, Head::Action(_) | Head::Subordinate(Order::After))
        };
        if statement::restates(sentence, place) && !(clause + 1..place).any(other) {
            return Some(0);
        }
        behind(sentence, (clause, verb), (place, token), date)
    } else {
        ahead(source, sentence, clause, (place, token), date)
    }
}

/// A date in a clause behind that of the action.
fn behind(
    sentence: &Sentence,
    (clause, verb): (usize, usize),
    (place, token): (usize, usize),
    date: &FoundDate,
) -> Option<u32> {
    let head = &sentence.clauses[place].head;
    let acts = |at: &usize| matches!(sentence.clauses[*at].head, Head::Action(_));
    let between = (clause + 1..=place)
        .filter(|at| acts(at))
        .collect::<Vec<_>>();
    match (head, between.as_slice()) {
        (Head::Phrase | Head::Blocked | Head::Cancel { .. }, []) => Some(2),
        // `by Thursday, no, he said Wednesday`
        (Head::Statement | Head::Phrase, _) if corrected(sentence, (verb, place)) => Some(1),
        // `it goes out Monday so today`
        (Head::Statement, []) if token > 0 && sentence.tokens[token - 1].is("so") => Some(1),
        (Head::Statement | Head::Subordinate(Order::Aside), []) => {
            let lends = date.time_alone.is_some() && of_the_person(sentence, place);
            let told = statement::says_deadline(sentence, place, date)
                && !(is_named(sentence, clause) && statement::of_another(sentence, place))
                || statement::supposes(sentence, place);
            let aside = sentence.tokens[verb.min(token)..token]
                .iter()
                .any(|word| word.is("oh"));
            let event =
                !aside && place == clause + 1 && statement::takes_place(sentence, place, token);
            let beside = place == clause + 1 && !aside && setting::is_there(sentence, place);
            let event = (event || beside).then_some(9);
            let bound = told.then_some(3).or(event);
            bound.or(lends.then_some(DAY_ONLY + 2))
        }
        // `Punch list items, Luis to coordinate: must be finished by Wednesday`
        (Head::Statement, [_]) => statement::demands(sentence, place, date).then_some(22),
        // `ask legal, need an answer by Friday`
        (Head::Action(opener), [_]) if statement::needs(sentence, opener, date) => Some(21),
        (Head::Subordinate(Order::Condition), []) => Some(30),
        // `hand it over when he checks out on Friday`
        // `… until we land on Thursday`
        (Head::Subordinate(Order::After), [])
            if ["when", "until", "till"]
                .iter()
                .any(|word| opens_with(sentence, place, word)) =>
        {
            Some(31)
        }
        (Head::Subordinate(Order::Before), rest) if row::is_whole(sentence, rest) => Some(25),
        // `she wants her meter back, give it to her next week`
        (Head::Action(_), [next])
            if *next == place
                && setting::wants(sentence, clause)
                && sentence
                    .words(place)
                    .any(|token| token.any(list!["it", "them"])) =>
        {
            Some(22)
        }
        // `wrap the vase, she collects it on Thursday`
        (Head::Action(opener), [next])
            if *next == place
                && place == clause + 1
                && opener.subject_said
                && (of_the_person(sentence, place) || takes_back(sentence, place))
                && statement::takes_place(sentence, place, token) =>
        {
            Some(9)
        }
        // `invoice to Kestrel (they pay quick, send Monday)`
        (Head::Action(_), [_]) if statement::ordered_aside(sentence, place, verb) => Some(3),
        // `call Anna and book the room by Friday`: one date for both.
        (Head::Action(_), [next])
            if *next == place
                && coordinated(sentence, place)
                && (matches!(date.role, Role::By | Role::Before)
                    && sentence.actions().count() == 2
                    || !parted(sentence, place))
                && !is_hour_only(sentence, place, date)
                && token > sentence.at[verb_word(sentence, place)] =>
        {
            Some(20)
        }
        _ => None,
    }
}

/// `start the oven and put the lasagne in at six`: an hour without a day is of its own deed only.
fn is_hour_only(sentence: &Sentence, place: usize, date: &FoundDate) -> bool {
    let dates = sentence.date_tokens();
    let mut own = dates
        .iter()
        .filter(|(token, _)| sentence.clause_of(*token) == place);
    date.role == Role::On && date.time_alone.is_some() && own.nth(1).is_none()
}

/// A date in a clause before that of the action.
fn ahead(
    source: &Source<'_>,
    sentence: &Sentence,
    clause: usize,
    (place, token): (usize, usize),
    date: &FoundDate,
) -> Option<u32> {
    let between =
        (place + 1..clause).any(|at| matches!(sentence.clauses[at].head, Head::Action(_)));
    if leads(sentence, token) {
        return Some(16);
    }
    // `The report can wait until Friday, but send the invoice`
    if is_apart(sentence, clause, (place, token)) || setting::can_wait(sentence, place) {
        return None;
    }
    if !between && clause == place + 1 {
        let found = beside(sentence, clause, place);
        if found.is_some() {
            return found;
        }
    }
    by_head(source, sentence, clause, (place, token), date, between)
}

/// How far a date in a clause before that of the action is, by what that clause is.
fn by_head(
    source: &Source<'_>,
    sentence: &Sentence,
    clause: usize,
    (place, token): (usize, usize),
    date: &FoundDate,
    between: bool,
) -> Option<u32> {
    let head = &sentence.clauses[place].head;
    match head {
        // `If it is dry on Saturday, mow the lawn and trim the hedge`.
        Head::Subordinate(Order::Condition) if between && coordinated(sentence, clause) => Some(34),
        // `We no longer need the projector for Thursday, so cancel it`
        Head::Blocked if sentence.words(place).any(|token| token.is("longer")) => None,
        // `swap the tyre, by Thursday I guess, and, that's it, oh, and call Ida`: it is of the deed before it.
        Head::Phrase
            if clause > place + 1
                && sentence.actions().next().is_some_and(|first| first < place) =>
        {
            None
        }
        Head::Phrase | Head::Blocked if !between => Some(4),
        // `When it rains on Saturday we move indoors; in that case …`
        Head::Subordinate(Order::Condition | Order::After)
            if setting::in_that_case(sentence, clause) =>
        {
            Some(35)
        }
        // `The party is on Friday: bake a cake`.
        Head::Statement if sentence.lower(sentence.clauses[place].full.end) == ":" => Some(16),
        // `On Monday my colleague Emil will mount the boards`
        Head::Statement if !between && opens_only(sentence, place, token) => Some(9),
        // `I take her to the doctor on Monday, can you mind the dog meanwhile?`
        Head::Action(_) | Head::Statement
            if !between
                && clause == place + 1
                && sentence
                    .words(clause)
                    .any(|token| token.any(list!["meanwhile", "meantime"])) =>
        {
            Some(13)
        }
        Head::Statement if !between && clause == place + 1 => {
            Some(stated_ahead(source, sentence, clause, place, date))
        }
        // `they want the chart by the 22nd, and before I can send it …`
        Head::Statement
            if !between
                && statement::says_deadline(sentence, place, date)
                && says_back(sentence, clause) =>
        {
            Some(18)
        }
        // `They want the form by Friday, can you post it?`
        Head::Action(opener)
            if !between
                && says_back(sentence, clause)
                && (opener.weak || sentence.words(place).any(|token| token.is("due")))
                && statement::says_deadline(sentence, place, date) =>
        {
            Some(14)
        }
        Head::Subordinate(Order::Condition) if !between => Some(30),
        // `Before you leave on Friday, water the plants`
        Head::Subordinate(Order::Before)
            if !between && sentence.actions().next().is_none_or(|first| place < first) =>
        {
            Some(26)
        }
        // `Before I fly on Friday: seal the crates, and upload the logs`
        Head::Subordinate(Order::Before)
            if place == 0 && sentence.lower(sentence.clauses[place].full.end) == ":" =>
        {
            Some(27)
        }
        // `Since we have guests on Friday, please buy wine`
        Head::Subordinate(Order::Aside)
            if clause == place + 1
                && sentence.actions().next().is_none_or(|first| place < first)
                && (names_event_in(sentence, place) || statement::happens(sentence, place)) =>
        {
            Some(33)
        }
        Head::Subordinate(Order::After) if !between && clause == place + 1 => Some(32),
        // `I'll drop in tomorrow and re-hang it`
        Head::Action(opener)
            if !between
                && clause == place + 1
                && coordinated(sentence, clause)
                && !matches!(opener.shape, Shape::Placed { .. })
                && goes(sentence, opener.verb) =>
        {
            Some(12)
        }
        // What stands before the first deed of a sentence holds for all of them.
        Head::Action(_) if token < sentence.at[verb_word(sentence, place)] => Some(8),
        Head::Phrase if sentence.actions().next().is_none_or(|first| place < first) => Some(9),
        _ => None,
    }
}

/// Whether a deed says who does it.
fn is_named(sentence: &Sentence, clause: usize) -> bool {
    matches!(&sentence.clauses[clause].head, Head::Action(opener)
        if opener.subject_said && matches!(opener.agent, Agent::Named(_)))
}

/// `drop in`, `stop by`, `go`, but `stop the press`: whether a verb takes somebody somewhere.
fn goes(sentence: &Sentence, verb: usize) -> bool {
    let next = sentence.lower(verb + 1);
    let thing = matches!(
        next,
        "the"
            | "a"
            | "an"
            | "my"
            | "our"
            | "your"
            | "his"
            | "her"
            | "their"
            | "it"
            | "them"
            | "this"
            | "that"
            | "all"
    );
    let moves =
        |token: &Token| token.any(list!["drop", "stop", "run", "walk", "drive", "head", "sit"]);
    sentence
        .token(verb)
        .is_some_and(|word| word.any(GOING) && !(thing && moves(word)))
}

/// A date in the clause right before the action, which tells where somebody is then, or asks for time.
fn beside(sentence: &Sentence, clause: usize, place: usize) -> Option<u32> {
    let head = &sentence.clauses[place].head;
    let tells = matches!(head, Head::Statement | Head::Subordinate(Order::Aside));
    // `give me till tomorrow, I'll mend it`
    if setting::asks_time(sentence, place) {
        return Some(14);
    }
    // `On my way to Leeds on Friday I'll fetch the keys`
    if *head == Head::Statement && setting::is_setting(sentence, place) {
        return Some(9);
    }
    // `since he's in Leeds on Wednesday he'll buy it there`
    let there = || {
        let mut words = sentence.words(clause);
        coordinated(sentence, clause)
            || words.any(|token| token.any(list!["there", "then", "while"]))
    };
    (tells && setting::is_there(sentence, place) && there()).then_some(18)
}

/// Whether a date before a deed is that of something told apart: `The council pays (by 15 May), Ana measures the
/// stairs`, `physio Friday 7:30; ask Ana for the form`.
fn is_apart(sentence: &Sentence, clause: usize, (place, token): (usize, usize)) -> bool {
    let said =
        matches!(&sentence.clauses[clause].head, Head::Action(opener) if opener.subject_said);
    let closed = sentence.span(clause).is_some_and(|span| {
        sentence
            .tokens
            .get(token..span.start)
            .is_some_and(|row| row.iter().any(|mark| mark.is(")")))
    });
    said && closed && statement::bracketed(sentence, token) || listed_apart(sentence, place, clause)
}

/// How far a date of the statement right before a deed is from it.
fn stated_ahead(
    source: &Source<'_>,
    sentence: &Sentence,
    clause: usize,
    place: usize,
    date: &FoundDate,
) -> u32 {
    // `the pack has to go out by Wednesday, and ring Ben`: the statement is a deed of its own.
    let near = statement::says_deadline(sentence, place, date)
        && !(sentence.clauses[clause].lead.joined
            && !says_back(sentence, clause)
            && statement::is_obliged(sentence, place));
    let event = names_event_in(sentence, place) && !is_moved(sentence, place)
        || super::arrival::attends(sentence, clause) && !is_moved(sentence, place)
        || takes_back(sentence, clause)
        || date.time_alone.is_none() && statement::happens(sentence, place)
        || statement::leads_to(source, sentence, place, clause, date);
    match (near, event) {
        (true, _) => 15,
        (false, true) => 17,
        _ => DAY_ONLY,
    }
}

/// `…, he comes at 7:30`: the hour of the one who was spoken of.
fn of_the_person(sentence: &Sentence, clause: usize) -> bool {
    let first = sentence.words(clause).find(|token| token.is_word());
    first.is_some_and(|token| token.any(list!["he", "she", "they"]))
}

/// A date opens a clause that has no verb of its own.
fn opens_only(sentence: &Sentence, clause: usize, token: usize) -> bool {
    let first = sentence.clauses[clause].start;
    let opens = sentence.at.get(first).is_some_and(|at| token < *at);
    let mut words = sentence.words(clause);
    opens
        && sentence.clauses[clause].full.len() <= 4
        && words.all(|token| {
            token
                .verb
                .is_none_or(|verb| verb.lean == crate::lexicon::Lean::Either)
                && !token.any(list![
                    "is", "are", "was", "were", "has", "have", "will", "'s", "'re",
                ])
        })
}

/// `The talent show is tomorrow and I still have to learn the verse`
fn names_event_in(sentence: &Sentence, clause: usize) -> bool {
    sentence
        .words(clause)
        .any(|token| token.any(super::carried::EVENTS))
}

/// `The form goes home on Friday, and Mrs Cho will prepare it`: of what the statement is about.
fn takes_back(sentence: &Sentence, clause: usize) -> bool {
    sentence
        .words(clause)
        .filter(|token| token.is_word())
        .last()
        .is_some_and(|token| token.any(list!["it", "them"]))
}

/// `…, no, he said Wednesday`: a few words behind one that takes the day before it back.
fn corrected(sentence: &Sentence, (verb, place): (usize, usize)) -> bool {
    let Some(span) = sentence.span(place) else {
        return false;
    };
    let words: Vec<&Token> = sentence
        .words(place)
        .filter(|token| token.is_word() && token.mask == Mask::None)
        .collect();
    let cue = span.start.checked_sub(2).is_some_and(|from| {
        from > verb
            && sentence.tokens[from..=span.start]
                .iter()
                .any(|token| token.any(super::correction::CUES))
    });
    let said = words.iter().any(|token| {
        token.any(list![
            "said", "says", "meant", "mean", "it", "make", "is", "'s"
        ])
    });
    let dated = sentence.date_tokens();
    let before = dated.iter().any(|(at, _)| (verb..span.start).contains(at));
    cue && said && before && words.len() <= 4
}

/// Whether a phrase with words of its own is parted from a clause by a semicolon.
fn listed_apart(sentence: &Sentence, place: usize, clause: usize) -> bool {
    let (Some(first), Some(last)) = (sentence.span(place), sentence.span(clause)) else {
        return false;
    };
    let parted = sentence
        .tokens
        .get(first.start..last.start)
        .is_some_and(|row| row.iter().any(|token| token.is(";")));
    let own = sentence.words(place).any(|token| {
        token.is_word() && token.mask == Mask::None && crate::words::is_content(token)
    });
    parted && own && sentence.clauses[place].head == Head::Phrase
}

/// Whether the first word of a clause is this one.
fn opens_with(sentence: &Sentence, clause: usize, word: &str) -> bool {
    let mut words = sentence.clauses[clause].full.clone();
    words
        .find(|at| sentence.token(*at).is_some_and(Token::is_word))
        .is_some_and(|at| sentence.lower(at) == word)
}

/// `send it`: the clause speaks of what was said before.
fn says_back(sentence: &Sentence, clause: usize) -> bool {
    sentence
        .words(clause)
        .any(|token| token.any(list!["it", "them", "that", "this", "those", "these"]))
}

/// `The meeting moved to Friday, tell Ana`: news of another day.
fn is_moved(sentence: &Sentence, clause: usize) -> bool {
    sentence
        .words(clause)
        .any(|token| token.any(MOVED) || token.any(list!["cancelled", "canceled", "changed"]))
}

pub(super) fn verb_word(sentence: &Sentence, clause: usize) -> usize {
    match &sentence.clauses[clause].head {
        Head::Action(opener) => opener.verb.min(sentence.at.len().max(1) - 1),
        _ => sentence.clauses[clause]
            .start
            .min(sentence.at.len().max(1) - 1),
    }
}

/// The clause goes on with the deed before it: `and book the room`.
pub(super) fn coordinated(sentence: &Sentence, clause: usize) -> bool {
    let clause = &sentence.clauses[clause];
    clause.lead.joined && matches!(&clause.head, Head::Action(opener) if !opener.subject_said)
}

/// `collect yours at the break, and bring a pencil on Friday`: a comma keeps the two apart.
pub(super) fn parted(sentence: &Sentence, clause: usize) -> bool {
    sentence.lower(sentence.clauses[clause].full.start) == ","
}
