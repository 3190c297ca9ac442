//! Deadlines that point to a moment named before (`by then`, `before that`), and dates that are only
//! spoken of (`ask whether 8 pm works`).

use super::{Chosen, context, is_past};
use crate::date::{Due, FoundDate, Grain, Role};
use crate::detect::Source;
use crate::sentence::Sentence;
use crate::token::{List, Token, list};

/// Words before `then` and `that` by which they mean a moment.
const BOUNDS: List<'static> = list!["before", "b4", "by", "until", "till", "til"];

/// `before then`, `till then`: the deadline is the day or moment named last.
pub(super) fn points_back(
    source: &Source<'_>,
    sentence: &Sentence,
    clause: usize,
) -> Option<Chosen> {
    let shares = |clause: usize| {
        let lead = sentence.clauses[clause].lead;
        let also = sentence.words(clause).any(|token| token.is("also"));
        lead.joined && clause > 0 && !also
    };
    // `read it till then and each one prepares two questions`
    let at = pointer(sentence, clause)
        .or_else(|| shares(clause).then(|| pointer(sentence, clause - 1))?)
        .or_else(|| opening(sentence))
        .or_else(|| same_day(sentence, clause))
        .or_else(|| closing(source, sentence, clause))?;
    let before = sentence.tokens[at].any(list!["before", "b4"]);
    let end = source
        .dates
        .partition_point(|date| date.bytes.end <= sentence.tokens[at].start);
    let index = context::place_of(source, sentence)?;
    // `the firm comes at three. Ida moves the boxes before that`: an hour of today, told just before.
    let hour = |found: &FoundDate| {
        let inside = |at: &usize| {
            source.sentences[*at]
                .unit
                .range
                .contains(&found.bytes.start)
        };
        let told = (index.saturating_sub(2)..=index).find(inside);
        before
            && found.role == Role::On
            && told.is_some_and(|at| {
                let mut others = source.sentences[at].date_tokens().into_iter();
                others.all(|(_, other)| source.dates[other].time_alone.is_some())
            })
    };
    let fits = |date: &usize| {
        let found = &source.dates[*date];
        (found.time_alone.is_none() || hour(found))
            && found.recurrence.is_none()
            && found.grain <= Grain::Week
            && !matches!(found.role, Role::Duration)
            && !is_past(found, source.now)
    };
    let date = (0..end).rev().find(fits)?;
    let found = &source.dates[date];
    let due = match &found.due {
        Due::Day(day) if before && matches!(found.role, Role::On | Role::After) => {
            Due::Day(day.yesterday().ok()?)
        }
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
            let dated = sentence
                .tokens
                .get(at + 2)
                .is_some_and(|noun| noun.any(list!["date", "day", "time", "point", "moment"]));
            next.is("then") || next.is("that") && (dated || !follows_noun(sentence, at + 2))
        });
        sentence.tokens[*at].any(BOUNDS) && told
    };
    (from..until.min(sentence.tokens.len())).find(pair)
}

/// `Until then: Ana closes the tickets, Ben files the logs`: what a sentence opens with holds for all of it.
fn opening(sentence: &Sentence) -> Option<usize> {
    let [bound, then, next, ..] = sentence.tokens.as_slice() else {
        return None;
    };
    // `Before that she hands in the key`, `By then the captions need to be mounted`
    let before = bound.any(list!["before", "b4"]) && next.is_word() && !follows_noun(sentence, 2)
        || bound.any(BOUNDS) && then.is("then");
    let points = bound.any(BOUNDS) && then.any(list!["then", "that"]);
    (points && (next.any(list![":", ","]) || before)).then_some(0)
}

/// `I'm in Leeds on Friday and will drop it off then`, `I'm away from Friday, send it before`: the last word points
/// to a day of the same sentence.
fn closing(source: &Source<'_>, sentence: &Sentence, clause: usize) -> Option<usize> {
    let mut span = sentence.span(clause)?;
    let from = span.start;
    // `ask her then about the keys`
    let behind = |at: &usize| {
        sentence.tokens[*at].is("then")
            && sentence.tokens[*at - 1].any(list!["him", "her", "them", "it"])
    };
    let pointed = span.clone().skip(1).find(behind);
    let last = pointed.or_else(|| span.rfind(|at| !sentence.tokens[*at].is_mark()))?;
    let token = &sentence.tokens[last];
    let ahead = sentence.date_tokens().iter().any(|(at, date)| {
        let found = &source.dates[*date];
        *at < from && found.time_alone.is_none() && found.recurrence.is_none()
    });
    let then = token.is("then") && !sentence.tokens[last - 1].any(BOUNDS);
    // `Ida is back on Friday. She will call the plumber then.`
    let before = || {
        let index = context::place_of(source, sentence)?;
        let other = source.sentences.get(index.checked_sub(1)?)?;
        let near = source.document.chat || other.unit.place.block == sentence.unit.place.block;
        let mut dates = other.date_tokens().into_iter();
        let (_, date) = dates.next()?;
        let found = &source.dates[date];
        let single = dates.next().is_none() && found.time_alone.is_none();
        (near && single && found.role == Role::On).then_some(())
    };
    let told =
        ahead && (then || token.is("before")) || then && !sentence.question && before().is_some();
    (told && last > from + 1).then_some(last)
}

/// `I'll upload them the same day`
fn same_day(sentence: &Sentence, clause: usize) -> Option<usize> {
    let span = sentence.span(clause)?;
    (span.start..span.end.saturating_sub(1)).find(|at| {
        sentence.tokens[*at].is("same")
            && sentence.tokens[at + 1].any(list!["day", "morning", "evening", "night"])
    })
}

/// `before that meeting` names the thing.
fn follows_noun(sentence: &Sentence, at: usize) -> bool {
    sentence.tokens.get(at).is_some_and(|next| {
        next.is_word()
            && !next.any(list![
                "please", "pls", "and", "so", "or", "too", "if", "i", "we", "ye", "you", "u",
                "mate", "though", "ok", "okay", "then", "lol", "with", "as", "because", "he",
                "she", "they", "it", "i'll", "we'll", "can", "could", "would",
            ])
            && !(next.capital && next.kind == crate::token::Kind::Word)
    })
}

/// `(renews 2 May, so the day before)`, `for the release (15 Oct), a week before it`: the day another one is counted
/// from is none of the deed.
pub(super) fn drop_anchors(
    sentence: &Sentence,
    dates: &[FoundDate],
    candidates: &mut Vec<super::Candidate>,
) {
    const COUNTED: List<'static> = list![
        "counted from the day named before",
        "day counted from another",
        "part of the day beside another",
    ];
    let counted = |date: usize| COUNTED.holds(dates[date].why);
    let last = sentence.tokens.len();
    let verbs: Vec<usize> = sentence
        .actions()
        .map(|clause| super::verb_token(sentence, clause))
        .collect();
    let anchored = |candidate: &super::Candidate| {
        candidates.iter().any(|other| {
            counted(other.date)
                && !counted(candidate.date)
                && dates[candidate.date].time_alone.is_none()
                && dates[other.date].due.date() < dates[candidate.date].due.date()
                && candidate.token < other.token.min(last)
                && candidate.date + 1 == other.date
                && !verbs
                    .iter()
                    .any(|verb| (candidate.token..other.token).contains(verb))
        })
    };
    let keep: Vec<bool> = candidates.iter().map(|one| !anchored(one)).collect();
    let mut keep = keep.into_iter();
    candidates.retain(|_| keep.next().unwrap_or(true));
}

/// Verbs behind which `if` and `whether` open what is asked.
const ASKING: List<'static> = list![
    "ask", "check", "see", "confirm", "know", "find", "tell", "say", "clarify", "decide", "verify",
    "enquire", "inquire", "hear",
];

/// `ask whether 8 pm works`, `check if she can come on Friday`: a date in what is asked is none of
/// the asking.
pub(super) fn is_told(sentence: &Sentence, token: usize, verb: usize) -> bool {
    if verb >= token {
        return false;
    }
    // `Ana is going to see if it is free in May`
    let verb = (verb..token.min(verb + 4))
        .find(|at| sentence.tokens[*at].any(ASKING))
        .filter(|_| sentence.tokens[verb].any(list!["go", "going", "goes", "try", "trying"]))
        .unwrap_or(verb);
    let between = &sentence.tokens[verb..token];
    // `tell the cleaner not to come on Thursday`: a day of what is told.
    let forbids = between
        .windows(2)
        .any(|pair| pair[0].is("not") && pair[1].is("to"));
    if forbids && between[0].any(list!["tell", "ask", "remind", "warn"]) {
        return true;
    }
    // `tell Ana the train leaves at nine`
    let third = |word: &Token| {
        word.any(list!["is", "are", "'s", "will", "was"])
            || word.verb.is_some_and(|verb| verb.forms.only_third())
    };
    // `remind Nan about her drops tonight`: a noun.
    let owned = |word: &Token| {
        word.any(list![
            "my", "your", "his", "her", "our", "their", "the", "about", "of"
        ])
    };
    if between[0].any(list!["tell", "inform", "remind", "warn"])
        && between
            .windows(2)
            .skip(1)
            .any(|pair| !owned(&pair[0]) && third(&pair[1]))
        && !between.iter().any(|word| word.is(",") || word.any(BOUNDS))
    {
        return true;
    }
    let Some(opens) = between
        .iter()
        .position(|word| word.any(list!["whether", "if", "that"]))
    else {
        return false;
    };
    // `email Ida, she knows him, to see if he would come in May`
    if opens > 0
        && between[opens].any(list!["whether", "if"])
        && between[opens - 1].any(list!["see", "ask", "know"])
        && !between[opens..].iter().any(Token::is_mark)
    {
        return true;
    }
    let near = between[..opens]
        .iter()
        .filter(|word| word.is_word())
        .count()
        <= 5;
    let stops = between[opens..]
        .iter()
        .any(|word| word.any(list![",", ";", "(", "–", "—", "by", "until", "before"]));
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
    // `every October; this year on the 14th`
    let this_year = words.contains("this year")
        || words.trim_end().ends_with("next")
        || words.contains("next time")
        || words.contains("next on ");
    let mut words = words.split(|c: char| !c.is_alphanumeric());
    words.any(|word| matches!(word, "first" | "starting" | "starts" | "beginning"))
        || this_year
        || date.role == Role::After && date.grain <= Grain::Day
}
