//! Deadlines that point to a moment named before (`by then`, `before that`), and dates that are only
//! spoken of (`ask whether 8 pm works`).

use super::{Chosen, is_past};
use crate::date::{Due, FoundDate, Grain, Role};
use crate::detect::Source;
use crate::sentence::Sentence;

/// Words before `then` and `that` by which they mean a moment.
const BOUNDS: &[&str] = &["before", "b4", "by", "until", "till", "til"];

/// `before then`, `till then`: the deadline is the day or moment named last.
pub(super) fn points_back(
    source: &Source<'_>,
    sentence: &Sentence,
    clause: usize,
) -> Option<Chosen> {
    let at = pointer(sentence, clause)?;
    let before = sentence.tokens[at].any(&["before", "b4"]);
    let end = source
        .dates
        .partition_point(|date| date.bytes.end <= sentence.tokens[at].start);
    let fits = |date: &usize| {
        let found = &source.dates[*date];
        found.time_alone.is_none()
            && found.recurrence.is_none()
            && found.grain <= Grain::Week
            && !matches!(found.role, Role::Duration)
            && !is_past(found, source.now)
    };
    let date = (0..end).rev().find(fits)?;
    let found = &source.dates[date];
    let due = match &found.due {
        Due::Day(day) if before && found.role == Role::On => Due::Day(day.yesterday().ok()?),
        due => due.clone(),
    };
    Some(Chosen {
        due,
        grain: found.grain,
        recurrence: None,
        date: Some(date),
    })
}

/// The token of the preposition in `by then`, between the clause's first word and the next deed.
fn pointer(sentence: &Sentence, clause: usize) -> Option<usize> {
    let from = *sentence.at.get(sentence.clauses[clause].start)?;
    let next = sentence
        .actions()
        .find(|other| *other > clause)
        .and_then(|other| sentence.at.get(sentence.clauses[other].start))
        .copied();
    // `then` may have been taken for the first word of what follows.
    let until = next.map_or(sentence.tokens.len(), |next| next + 1);
    let pair = |at: &usize| {
        let told = sentence.tokens.get(at + 1).is_some_and(|next| {
            next.is("then") || next.is("that") && !follows_noun(sentence, at + 2)
        });
        sentence.tokens[*at].any(BOUNDS) && told
    };
    (from..until.min(sentence.tokens.len())).find(pair)
}

/// `before that meeting` names the thing.
fn follows_noun(sentence: &Sentence, at: usize) -> bool {
    sentence.tokens.get(at).is_some_and(|next| {
        next.is_word() && !next.any(&["please", "pls", "and", "so", "or", "too", "if", "i", "we"])
    })
}

/// Verbs behind which `if` and `whether` open what is asked.
const ASKING: &[&str] = &[
    "ask", "check", "see", "confirm", "know", "find", "tell", "say", "clarify", "decide", "verify",
    "enquire", "inquire", "hear",
];

/// `ask whether 8 pm works`, `check if she can come on Friday`: a date in what is asked is none of
/// the asking.
pub(super) fn is_told(sentence: &Sentence, token: usize, verb: usize) -> bool {
    if verb >= token {
        return false;
    }
    let between = &sentence.tokens[verb..token];
    let Some(opens) = between
        .iter()
        .position(|word| word.any(&["whether", "if", "that"]))
    else {
        return false;
    };
    let near = between[..opens]
        .iter()
        .filter(|word| word.is_word())
        .count()
        <= 5;
    let stops = between[opens..]
        .iter()
        .any(|word| word.any(&[",", ";", "(", "–", "—", "by", "until", "before"]));
    let question = between[opens].is("whether") || between[0].any(ASKING);
    near && question && !stops && opens > 0
}

/// `every second evening, first time on the 2nd`: when a repetition starts.
pub(super) fn first_time(text: &str, repeated: &FoundDate, date: &FoundDate) -> bool {
    if repeated.recurrence.is_none() || date.recurrence.is_some() || date.grain > Grain::Day {
        return false;
    }
    let words = text
        .get(repeated.bytes.end..date.bytes.start)
        .filter(|between| between.len() < 80)
        .unwrap_or_default()
        .to_lowercase();
    let mut words = words.split(|c: char| !c.is_alphanumeric());
    words.any(|word| matches!(word, "first" | "starting" | "starts" | "beginning"))
        || date.role == Role::After
}
