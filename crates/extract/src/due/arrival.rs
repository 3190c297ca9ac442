//! Days told in other sentences: when somebody arrives who is to be met, when that takes place which
//! the deed is named by, and when an answer says it will be done.

use super::Chosen;
use super::context::chosen;
use crate::clause::Head;
use crate::date::{FoundDate, Grain, Role};
use crate::detect::Source;
use crate::sentence::Sentence;
use crate::token::{List, Mask, Token, list};
use crate::words;

/// Deeds done when somebody or something arrives.
const RECEIVING: List<'static> = list![
    "let", "accept", "receive", "collect", "fetch", "meet", "meets", "greet", "welcome", "sign",
    "collects", "fetches", "accepts", "unload", "pick", "unlock", "open", "hold", "holds", "show",
    "shows", "help", "helps", "assist",
];

/// Words by which somebody or something arrives.
const ARRIVES: List<'static> = list![
    "come",
    "comes",
    "coming",
    "arrive",
    "arrives",
    "arriving",
    "lands",
    "landing",
    "delivery",
    "deliver",
    "delivers",
    "delivered",
    "gets",
    "visit",
    "visits",
    "here",
    "round",
    "train",
    "flight",
];

/// Sentences looked back.
const NEAR: usize = 8;

/// `The plumber can only come tomorrow` – `I'll let him in`.
pub(super) fn received(source: &Source<'_>, index: usize, clause: usize) -> Option<Chosen> {
    let sentence = &source.sentences[index];
    let verb = match &sentence.clauses[clause].head {
        // `I can collect them`
        Head::Action(opener)
            if opener.weak && !(source.document.chat && pronoun(sentence, clause)) =>
        {
            return None;
        }
        Head::Action(opener) => sentence.token(opener.verb)?,
        // `who accepts it?`
        _ if sentence.lower(0) == "who" => sentence.token(1)?,
        _ => return None,
    };
    let words: Vec<&Token> = sentence.words(clause).collect();
    let someone = words.iter().any(|token| {
        token.any(list!["him", "her", "them", "it"])
            || token.capital && token.kind == crate::token::Kind::Word
    });
    // `I'll let her know`
    let tells = verb.is("let") && words.iter().any(|token| token.is("know"));
    if !verb.any(RECEIVING) || tells || !(someone || words.len() <= 4) {
        return None;
    }
    let from = index.saturating_sub(NEAR);
    (from..index).rev().find_map(|at| {
        let other = &source.sentences[at];
        // `I should come back on Friday` brings nobody.
        let ours = |at: usize| {
            let before = &other.tokens[at.saturating_sub(3)..at];
            before
                .iter()
                .any(|token| token.any(list!["i", "we", "you"]))
        };
        let arrives = (0..other.tokens.len()).any(|at| other.tokens[at].any(ARRIVES) && !ours(at));
        let dates = other.date_tokens();
        let [(_, date)] = dates[..] else { return None };
        // `The roofer comes at 3.` is said of today.
        let found = &source.dates[date];
        let hour = found.time_alone.is_some()
            && found.role == Role::On
            && found.due.date() == source.now.date()
            && at + 1 == index;
        (arrives && (told(found) || hour)).then(|| chosen(source, date))?
    })
}

/// `the roofer comes at 3, somebody has to let him in`: a deed that is done when that takes place.
pub(super) fn attends(sentence: &Sentence, clause: usize) -> bool {
    let Head::Action(opener) = &sentence.clauses[clause].head else {
        return false;
    };
    let verb = sentence.token(opener.verb);
    let receives = verb.is_some_and(|verb| verb.any(RECEIVING)) && pronoun_in(sentence, clause);
    let there = verb.is_some_and(|verb| verb.is("be"))
        && sentence
            .words(clause)
            .any(|token| token.any(list!["there", "home", "in"]));
    receives || there
}

fn pronoun_in(sentence: &Sentence, clause: usize) -> bool {
    sentence
        .words(clause)
        .any(|token| token.any(list!["him", "her", "them"]))
}

/// Whether the last word of a deed is what or whom it is done to, as spoken of before.
fn pronoun(sentence: &Sentence, clause: usize) -> bool {
    let last = sentence
        .words(clause)
        .filter(|token| token.is_word())
        .last();
    last.is_some_and(|token| token.any(list!["him", "her", "them", "it"]))
}

fn told(date: &FoundDate) -> bool {
    date.grain <= Grain::Day
        && date.time_alone.is_none()
        && matches!(date.role, Role::On | Role::By | Role::Before)
}

/// `Upload is Friday 18:00` – `I'll upload it`; `the form is due on Monday` … `fill in the form`: a short
/// statement says when that is which the deed is named by.
pub(super) fn named_before(source: &Source<'_>, index: usize, clause: usize) -> Option<Chosen> {
    let sentence = &source.sentences[index];
    let own: Vec<String> = sentence
        .words(clause)
        .filter(|token| words::is_content(token) && token.mask == Mask::None)
        .map(|token| words::stem(&token.lower))
        .collect();
    let from = index.saturating_sub(NEAR);
    let block = sentence.unit.place.block;
    (from..index).rev().find_map(|at| {
        let other = &source.sentences[at];
        let near = source.document.chat || other.unit.place.block == block;
        if !near || other.question || other.actions().next().is_some() {
            return None;
        }
        let tells = |token: usize| {
            let before = &other.tokens[..token];
            let states = before.iter().rposition(|token| {
                token.any(list!["is", "'s", "due", "closes", "deadline", "ends"])
            })?;
            let about = before[..states]
                .iter()
                .rev()
                .find(|token| words::is_content(token) && token.mask == Mask::None)?;
            let last = states + 2 >= token;
            (last && own.contains(&words::stem(&about.lower))).then_some(())
        };
        let found = other
            .date_tokens()
            .into_iter()
            .find(|(token, date)| told(&source.dates[*date]) && tells(*token).is_some());
        found.and_then(|(_, date)| chosen(source, date))
    })
}

/// `who hosts in May?` – `I could do Thursday 14th`: the day in a short answer.
pub(super) fn answered(source: &Source<'_>, index: usize) -> Option<Chosen> {
    let sentence = &source.sentences[index];
    let asks = sentence.lower(0) == "who" || sentence.question && sentence.lower(0) != "when";
    if !source.document.chat || !asks {
        return None;
    }
    let own = &sentence.unit.place;
    let later = source.sentences.iter().skip(index + 1).take(4);
    let answers = later.filter(|later| {
        later.unit.place.block > own.block && later.unit.place.block <= own.block + 2
    });
    let mut replies = answers.filter(|answer| {
        let asker = own.owner.as_ref().and_then(|owner| owner.name.as_ref());
        let speaker = answer
            .unit
            .place
            .owner
            .as_ref()
            .and_then(|owner| owner.name.as_ref());
        asker != speaker && !answer.question && takes_on(answer)
    });
    let answer = replies.next()?;
    let dates = answer.date_tokens();
    let [(_, date)] = dates[..] else { return None };
    told(&source.dates[date]).then(|| chosen(source, date))?
}

/// `I could do Thursday`, `Give me till Monday`, `me, on the 4th`: an answer of few words besides the day.
fn takes_on(answer: &Sentence) -> bool {
    let words: Vec<&str> = answer.plain_words();
    let refuses = words
        .iter()
        .any(|word| matches!(*word, "not" | "n't" | "no" | "cannot" | "until" | "after"));
    let gives = matches!(words.as_slice(), ["give", "me" | "us", ..]);
    let own = words
        .first()
        .is_some_and(|word| matches!(*word, "i" | "me" | "will" | "mine" | "ok" | "sure" | "yes"));
    words.len() <= 6 && !refuses && (gives || own) && !answer.date_tokens().is_empty()
}

#[cfg(test)]
mod tests {
    use crate::testing::dues;

    #[test]
    fn who_arrives_is_met_then() {
        let text = "Ben: the meter man comes on Thursday\nIda: I'm home, I'll let him in";
        assert_eq!(dues(text), [Some("2026-03-12".to_owned())]);
    }

    #[test]
    fn what_the_writer_comes_back_for_is_no_arrival() {
        let text = "I should come back on Friday. I also need to pick up the new tablets.";
        assert_eq!(dues(text).last(), Some(&None));
    }

    #[test]
    fn a_deed_takes_the_day_of_what_it_is_named_by() {
        let text = "Ben: the submission is due on Friday at 17:00\nIda: I know\nIda: I'll print the submission";
        assert_eq!(dues(text), [Some("2026-03-13T17:00:00+01:00".to_owned())]);
    }
}
