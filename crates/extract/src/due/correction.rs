//! Days and hours that are taken back: in the same breath (`by Thursday, no, Friday`), or in the sentence behind
//! (`Correction: the 6th.`, `Hang on. Make that Thursday.`).

use jiff::ToSpan;
use jiff::civil::Date;

use super::context::{chosen, place_of};
use super::{Candidate, Chosen, DAY_ONLY, hour, verb_token};
use crate::date::{Due, FoundDate, Grain, Role};
use crate::detect::Source;
use crate::sentence::Sentence;
use crate::token::{List, Mask, Token, list};
use crate::words::MOVED;

/// Words by which the date before them is taken back.
pub(super) const CUES: List<'static> = list![
    "wait",
    "sorry",
    "actually",
    "correction",
    "rather",
    "scratch",
    "strike",
    "scrap",
    "oops",
    "whoops",
    "no",
];

/// Words that take something back in a sentence of its own, where they pause.
const OPENERS: List<'static> = list![
    "correction",
    "sorry",
    "oops",
    "wait",
    "actually",
    "scratch",
    "rather",
    "no",
    "er",
    "nope",
    "whoops",
    "ah",
    "argh",
    "edit",
    "update",
];

/// `by Thursday, no, Friday`: what was said before a correction no longer counts, but the day of an hour does.
pub(super) fn apply(sentence: &Sentence, dates: &[FoundDate], candidates: &mut Vec<Candidate>) {
    let mut cut = None;
    for pair in candidates.windows(2) {
        let last = sentence.tokens.len();
        let between = &sentence.tokens[pair[0].token.min(last)..pair[1].token.min(last)];
        let hesitates =
            between.len() <= 5 && between.iter().any(|token| token.any(list!["er", "erm"]));
        // `it leaves on Monday, so today`
        let concludes = between.last().is_some_and(|token| token.is("so"));
        let cue = between.iter().any(|token| token.any(CUES)) || hesitates || concludes;
        let meant = between.iter().any(|token| token.is("mean"))
            && between.iter().any(|token| token.is("i"));
        let verb_between = sentence.actions().any(|clause| {
            let verb = verb_token(sentence, clause);
            (pair[0].token..pair[1].token).contains(&verb)
        });
        if (cue || meant) && !verb_between {
            // What was said with an earlier deed stands.
            let verbs = sentence
                .actions()
                .map(|clause| verb_token(sentence, clause));
            let from = verbs.filter(|verb| *verb < pair[0].token).max();
            let apart = from
                .filter(|from| candidates[0].token < *from && pair[0].token != candidates[0].token);
            let hour = dates[pair[1].date].time_alone.is_some()
                && dates[pair[0].date].time_alone.is_none();
            cut = Some((apart.unwrap_or(0), pair[1].token, hour));
        }
    }
    let Some((from, cut, hour)) = cut else {
        return;
    };
    if hour {
        for candidate in candidates
            .iter_mut()
            .filter(|one| (from..cut).contains(&one.token))
        {
            candidate.rank += DAY_ONLY;
        }
    } else {
        candidates.retain(|candidate| candidate.token >= cut || candidate.token < from);
    }
}

/// `Book it for the 5th. Correction: the 6th.`, `Meet her at 9 tomorrow. Sorry, 10:30.`
pub(super) fn behind(source: &Source<'_>, sentence: &Sentence) -> Option<Chosen> {
    let mut index = place_of(source, sentence)?;
    let mut own = sentence.date_tokens();
    // `Could you scan the plate? By Monday. Hang on, …`
    if own.is_empty()
        && let Some(next) = source.sentences.get(index + 1)
        && next.plain_words().is_empty()
    {
        own = next.date_tokens();
        index += 1;
    }
    let (_, last) = *own.last()?;
    if let Some(found) = contrasted(source, index, last) {
        return Some(found);
    }
    let block = sentence.unit.place.block;
    let mut doubted = false;
    for next in source.sentences.iter().skip(index + 1).take(2) {
        let strong = insists(next);
        let opens = strong || takes_back(next);
        let silent = strong || holds(next) || next.actions().next().is_none();
        if next.unit.place.block != block
            || next.question
            || !(opens || doubted && strong)
            || !silent
        {
            return None;
        }
        if let Some(found) = newer(source, next, last, strong) {
            return Some(found);
        }
        doubted = true;
    }
    None
}

/// `Hang on, 40 was too few. Make it 65, by Tuesday.`: what is set anew has a deadline that the deed had not.
pub(super) fn added(source: &Source<'_>, index: usize) -> Option<Chosen> {
    let block = source.sentences[index].unit.place.block;
    let next = source.sentences.iter().skip(index + 1).take(2);
    let mut near = next.take_while(|next| next.unit.place.block == block && !next.question);
    let next = near.find(|next| insists(next))?;
    let [(_, date)] = next.date_tokens()[..] else {
        return None;
    };
    let bound = matches!(source.dates[date].role, Role::By | Role::Before);
    bound.then(|| chosen(source, date))?
}

/// `And Friday, not Saturday.`: the day of a deed, and the one that stands in its place.
fn contrasted(source: &Source<'_>, index: usize, old: usize) -> Option<Chosen> {
    let sentence = &source.sentences[index];
    let day = source.dates[old].due.date();
    let behind = source.sentences.iter().skip(index + 1).take(3);
    behind
        .take_while(|next| next.unit.place.block == sentence.unit.place.block)
        .filter(|next| !next.question && next.plain_words().len() <= 6)
        .find_map(|next| {
            let dates = next.date_tokens();
            let [(one, first), (other, second)] = dates[..] else {
                return None;
            };
            let denied = |token: usize| token > 0 && next.tokens[token - 1].is("not");
            let (new, gone) = match (denied(one), denied(other)) {
                (true, false) => (second, first),
                (false, true) => (first, second),
                _ => return None,
            };
            (source.dates[gone].due.date() == day).then(|| chosen(source, new))?
        })
}

/// The day or hour that a sentence sets in place of the date `old`.
fn newer(source: &Source<'_>, next: &Sentence, old: usize, strong: bool) -> Option<Chosen> {
    let before = &source.dates[old];
    let fresh = |found: &FoundDate| {
        let other =
            found.due != before.due && found.start != before.start || found.time_alone.is_some();
        other
            && found.recurrence.is_none()
            && found.grain <= Grain::Week
            && found.why != "the day named before"
    };
    let dates = next.date_tokens();
    let (token, date) = *dates
        .iter()
        .rev()
        .find(|(_, date)| fresh(&source.dates[*date]))?;
    // `wait no its the 30th they gave us longer`
    let counts = |token: &&Token| {
        token.mask == Mask::None
            && token.lower.contains(char::is_alphabetic)
            && !token.any(list!["it", "is", "'s", "it's", "should", "be"])
    };
    let words = next.tokens[..=token].iter().filter(counts).count();
    let told_only = dates.len() == 1 || strong;
    let most = match (moves(next), strong) {
        (true, _) => 15,
        (false, true) => 9,
        (false, false) => 3,
    };
    if words > most || !told_only {
        return None;
    }
    let found = &source.dates[date];
    if found.time_alone.is_none() {
        let new = chosen(source, date)?;
        return in_the_week_of(source, before.due.date(), &new).or(Some(new));
    }
    let (due, grain) = hour::join(source, before, found)?;
    (before.grain <= Grain::Day && before.time_alone.is_none()).then_some(Chosen {
        due,
        grain,
        recurrence: None,
        date: Some(date),
    })
}

/// `for the 21st. Make that Thursday`: a weekday in place of a day further off is one of that day's week.
pub(crate) fn in_the_week_of(source: &Source<'_>, old: Date, chosen: &Chosen) -> Option<Chosen> {
    let Due::Day(new) = chosen.due else {
        return None;
    };
    let why = source.dates.get(chosen.date?)?.why;
    let far = source.now.date().saturating_add(7.days()) < old;
    if !far || !why.starts_with("weekday alone") {
        return None;
    }
    let offset = |date: Date| i64::from(date.weekday().to_monday_zero_offset());
    let day = old.checked_add((offset(new) - offset(old)).days()).ok()?;
    Some(Chosen {
        due: Due::Day(day),
        ..chosen.clone()
    })
}

/// `they've pulled it forward`, `it has been moved to the 29th`: a day is said to be another one now.
fn moves(sentence: &Sentence) -> bool {
    sentence
        .tokens
        .iter()
        .any(|token| token.any(MOVED) || token.any(list!["forward", "changed", "earlier"]))
}

/// `Correction: …`, `Correction from the chair: …`, `Make that …`, `I mean …`
fn insists(sentence: &Sentence) -> bool {
    // `Half nine, she said half nine.`
    let says_again = sentence.tokens.first().is_some_and(Token::is_dated)
        && (sentence.tokens.iter()).any(|token| token.any(list!["said", "meant", "says"]));
    if says_again || settles(sentence) {
        return true;
    }
    let words: Vec<&str> = sentence
        .tokens
        .iter()
        .filter(|token| token.is_word())
        .take(2)
        .map(|token| token.lower.as_str())
        .collect();
    matches!(
        words.as_slice(),
        ["correction" | "edit" | "update", ..]
            | ["make", "that" | "it"]
            | ["scratch" | "strike" | "scrap", "that"]
            | ["i", "mean" | "meant"]
            | ["better", "still"]
    )
}

/// `Monday then.`, `Thursday instead, please.`: a day that stands in place of another.
fn settles(sentence: &Sentence) -> bool {
    let words = sentence.plain_words();
    sentence.tokens.first().is_some_and(Token::is_dated)
        && matches!(
            words[..],
            ["then" | "instead"] | ["then" | "instead", "please" | "pls"]
        )
}

/// `Sorry, …`, `Hang on, …`, `No, wait, …`: words that pause. `No rehearsal on Friday` takes nothing back.
fn takes_back(sentence: &Sentence) -> bool {
    let Some(place) = opening(sentence) else {
        return false;
    };
    let paused = sentence.tokens.get(place + 1).is_some_and(|token| {
        token.is_mark()
            || token.mask != Mask::None
            || token.any(list!["no", "wait", "its", "it's", "that's", "make"])
    });
    holds(sentence) || sentence.tokens[place].any(OPENERS) && paused
}

/// The first word that is no sigh.
fn opening(sentence: &Sentence) -> Option<usize> {
    let word = |token: &Token| token.is_word() && !token.any(list!["oh", "uh", "um", "hm", "hmm"]);
    sentence.tokens.iter().position(word)
}

/// `Hang on, …`, `Hold on: …`
fn holds(sentence: &Sentence) -> bool {
    opening(sentence).is_some_and(|place| {
        let on = sentence
            .tokens
            .get(place + 1)
            .is_some_and(|next| next.is("on"));
        on && sentence.tokens[place].any(list!["hang", "hold"])
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::dues;

    #[test]
    fn a_sentence_behind_sets_another_day() {
        for text in [
            "Fetch the tent on the 21st, Ida. Correction: the shop is shut that day, it's the 20th.",
            "Fetch the tent by the 18th. Correction from the office: by 20 March.",
            "Ida, fetch the tent on Wednesday. Hang on, Wednesday is market day. Make that the 20th.",
            "Fetch the tent on Friday, er, the 20th, please.",
        ] {
            assert_eq!(dues(text), [Some("2026-03-20".to_owned())], "{text}");
        }
    }

    #[test]
    fn an_hour_set_anew_keeps_its_day() {
        for text in [
            "Meet the joiner at 9 tomorrow. Correction: 10:30.",
            "Meet the joiner tomorrow at 9, sorry, 10:30.",
        ] {
            assert_eq!(
                dues(text),
                [Some("2026-03-11T10:30:00+01:00".to_owned())],
                "{text}"
            );
        }
    }
}
