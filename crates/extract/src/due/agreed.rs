//! Days that a conversation settles behind a request: `by the 8th`, `Tomorrow?` – `Yes.`, `Not Saturday. Friday.`

use super::carried::asked_before;
use super::context::{chosen, repeating};
use super::own_term::own_term;
use super::{Chosen, awaited, hour};
use crate::date::{FoundDate, Grain, Role};
use crate::detect::{ACCEPTED, Source};
use crate::draft::Draft;
use crate::sentence::Sentence;
use crate::text::Section;
use crate::token::{List, Mask, Token, list};

/// Sentences looked ahead for the day that somebody names.
const NEAR: usize = 6;

/// Words that agree to what was asked.
const AGREES: List<'static> = list![
    "yes", "yeah", "yep", "yup", "ya", "sure", "ok", "okay", "fine", "works", "perfect", "deal",
    "great", "good", "right", "exactly", "please", "pls", "👍", "k", "alright", "agreed", "both",
];

/// Words with which a message is about something else, or about nobody's work.
const TELLS: &[&str] = &[
    "i", "i'm", "im", "we", "he", "she", "they", "see", "is", "are", "was", "were", "'m", "'s",
    "'re", "not", "n't", "no", "never", "after", "since", "ago", "did", "had", "back", "off",
    "away", "closed", "happy", "birthday", "party", "till",
];

/// The day that the messages behind a request agree on.
pub(super) fn settled(source: &Source<'_>, drafts: &[Draft], at: usize) -> Option<Chosen> {
    let draft = &drafts[at];
    if !source.document.chat || awaited::is_open(source, draft) {
        return None;
    }
    let own = draft.due.as_ref();
    // An hour waits for its day; a day stands.
    let hour = own.and_then(|own| source.dates.get(own.date?)?.time_alone);
    // `next month` – `Not later than the 20th, please`
    let vague = own.is_some_and(|own| own.grain >= Grain::Week && own.recurrence.is_none());
    if let Some(own) = own.filter(|_| hour.is_none() && !vague) {
        return replaced(source, drafts, at).or_else(|| hour_behind(source, drafts, at, own));
    }
    if own.is_none()
        && let Some(asked) = asked_before(source, draft.sentence)
    {
        return Some(asked);
    }
    if own.is_none()
        && let Some(date) =
            behind(source, drafts, at).find_map(|(_, sentence)| own_term(source, draft, sentence))
    {
        return chosen(source, date);
    }
    let mut found = None;
    for (index, sentence) in behind(source, drafts, at) {
        let Some(date) = names_day(source, sentence).filter(|_| concerned(source, draft, sentence))
        else {
            continue;
        };
        if sentence.question && !agreed(source, index, date) {
            continue;
        }
        found = Some(date);
        if !sentence.question {
            break;
        }
    }
    let Some(found) = found.filter(|date| {
        !vague || source.dates[*date].role == Role::By || source.dates[*date].recurrence.is_some()
    }) else {
        return vague.then(|| replaced(source, drafts, at)).flatten();
    };
    let named = repeating(source, found)?;
    match own {
        Some(own) => hour::on_day(source, own, Some(&named)).or(Some(named)),
        None => Some(named),
    }
}

/// `Who walks him round on Monday?` – `Me. What time?` – `Half past eight.`: an hour and nothing else.
fn hour_behind(source: &Source<'_>, drafts: &[Draft], at: usize, own: &Chosen) -> Option<Chosen> {
    if own.grain != Grain::Day || own.recurrence.is_some() {
        return None;
    }
    let said = |sentence: &Sentence| {
        let dates = sentence.date_tokens();
        let [(_, date)] = dates[..] else { return None };
        let found = &source.dates[date];
        let alone = found.time_alone.is_some() && matches!(found.role, Role::On | Role::By);
        (alone && !sentence.question && sentence.plain_words().is_empty()).then_some(date)
    };
    let (_, date) = behind(source, drafts, at).find_map(|(_, sentence)| {
        let date = said(sentence)?;
        concerned(source, &drafts[at], sentence).then_some((sentence, date))
    })?;
    let found = &source.dates[date];
    let timed = Chosen {
        due: found.due.clone(),
        grain: found.grain,
        recurrence: None,
        date: Some(date),
    };
    hour::on_day(source, &timed, Some(own))
}

/// The sentences behind a request in which nobody asks for anything else.
fn behind<'a>(
    source: &'a Source<'_>,
    drafts: &'a [Draft],
    at: usize,
) -> impl Iterator<Item = (usize, &'a Sentence)> {
    let from = drafts[at].sentence + 1;
    let other = move |index: usize| {
        drafts
            .iter()
            .any(|other| other.alive && other.sentence == index)
    };
    (from..source.sentences.len().min(from + NEAR))
        .take_while(move |index| !other(*index) || settles(&source.sentences[*index]))
        .map(|index| (index, &source.sentences[index]))
}

/// Whether a message is of the one who asks, or of the one who is to do it.
fn concerned(source: &Source<'_>, draft: &Draft, sentence: &Sentence) -> bool {
    let name = |sentence: &Sentence| {
        let owner = sentence
            .unit
            .place
            .owner
            .as_ref()
            .filter(|owner| owner.speaks);
        owner.and_then(|owner| owner.name.clone())
    };
    let speaker = name(sentence);
    let taker = draft.assignee.as_ref().map(|(taker, _)| taker.clone());
    speaker.is_some()
        && (draft.rule == ACCEPTED
            || speaker == name(&source.sentences[draft.sentence])
            || same_name(speaker.as_ref(), taker.as_ref()))
        && sentence.unit.place.item.is_none()
        && !matches!(
            sentence.unit.place.section,
            Section::Done | Section::Ignored
        )
}

fn same_name(one: Option<&String>, other: Option<&String>) -> bool {
    one.zip(other)
        .is_some_and(|(one, other)| one.to_lowercase() == other.to_lowercase())
}

/// A message of a day and hardly anything else: `In two weeks.`, `with your brother, this weekend`.
fn names_day(source: &Source<'_>, sentence: &Sentence) -> Option<usize> {
    let dates = sentence.date_tokens();
    // `pls, today if u can, he starts tomorrow`
    let plain = |date: usize| {
        let found = &source.dates[date];
        found.grain <= Grain::Week && found.role == Role::On && found.time_alone.is_none()
    };
    let first = dates.first().filter(|(_, date)| plain(*date));
    let agrees = first.filter(|(token, _)| {
        let bare = |token: &Token| token.is_mark() || token.any(AGREES);
        *token > 0 && sentence.tokens[..*token].iter().all(bare)
    });
    // `Is Thursday fine?`
    let suits = first.filter(|(token, _)| {
        let asks = sentence.tokens[..*token].iter().all(|token| {
            token.is_mark() || token.any(list!["is", "would", "does", "how", "about", "what"])
        });
        sentence.question
            && asks
            && sentence.tokens.iter().any(|token| {
                token.any(list![
                    "fine",
                    "ok",
                    "okay",
                    "good",
                    "alright",
                    "possible",
                    "convenient",
                    "suit",
                    "work",
                ])
            })
    });
    if let Some((_, date)) = agrees.or(suits).or(first.filter(|_| settles(sentence))) {
        return Some(*date);
    }
    let [(token, date)] = dates[..] else {
        return None;
    };
    let found = &source.dates[date];
    let mut words = sentence.plain_words();
    // `I will, tomorrow.`
    if matches!(
        words[..],
        ["i", "will" | "can" | "do" | "shall" | "'ll"] | ["will", "do"] | ["i'll"]
    ) {
        words.clear();
    }
    // `not yet, tonight`
    if matches!(words[..], ["not", "yet", ..]) {
        words.drain(..2);
    }
    if matches!(words[..], ["no" | "nope" | "nah"]) {
        words.clear();
    }
    // `the butcher closes at one today`
    let shuts =
        token > 0 && sentence.tokens[token - 1].any(list!["closes", "shuts", "close", "shut"]);
    let bare = words.len() <= 5 && !words.iter().any(|word| TELLS.contains(word));
    let exact = found.grain <= Grain::Week
        && found.time_alone.is_none()
        && !matches!(found.role, Role::Duration | Role::After);
    let tells = sentence.tokens.iter().any(|token| {
        token.mask == Mask::None
            && token
                .verb
                .is_some_and(|verb| (verb.forms.third || verb.forms.past) && !verb.forms.base)
    });
    ((bare && !tells || shuts) && exact && sentence.actions().next().is_none()).then_some(date)
}

/// `Friday it is`, `thurs it is then`
fn settles(sentence: &Sentence) -> bool {
    let mut rest = sentence.tokens.iter().skip_while(|token| token.is_dated());
    let opens = sentence.tokens.first().is_some_and(Token::is_dated);
    opens
        && rest.next().is_some_and(|token| token.is("it"))
        && rest
            .next()
            .is_some_and(|token| token.any(list!["is", "'s"]))
}

/// `Tomorrow?` – `Tomorrow, both.`, `Next Thursday?` – `works for me`
fn agreed(source: &Source<'_>, index: usize, date: usize) -> bool {
    let day = source.dates[date].due.date();
    source.sentences[index + 1..].iter().take(2).any(|answer| {
        let again = answer
            .date_tokens()
            .iter()
            .any(|(_, other)| source.dates[*other].due.date() == day);
        let first = answer.tokens.iter().find(|token| !token.is_mark());
        let refuses = answer
            .tokens
            .iter()
            .any(|token| token.any(list!["no", "not", "n't", "cannot"]));
        (again || first.is_some_and(|first| first.any(AGREES))) && !refuses
    })
}

/// `Not Saturday, they close. Friday.`, `they're shut on Fridays` – `Saturday then`, `the 2nd is full, the 3rd`: a
/// day in place of the one before.
fn replaced(source: &Source<'_>, drafts: &[Draft], at: usize) -> Option<Chosen> {
    let own = drafts[at].due.as_ref()?;
    own.date?;
    let day = own.due.date();
    let mut taken_back = false;
    for (_, sentence) in behind(source, drafts, at) {
        let dates = sentence.date_tokens();
        let refuses = refuses(sentence);
        let other: Vec<usize> = dates
            .iter()
            .map(|(_, date)| *date)
            .filter(|date| differs(&source.dates[*date], day))
            .collect();
        let same = dates.len() > other.len();
        if let [date] = other[..]
            && (taken_back || same && refuses || closes(sentence))
            && sentence.plain_words().len() <= 9
            && !sentence.question
        {
            return chosen(source, date).filter(|named| named.due.date() != day);
        }
        taken_back |= refuses && (same || dates.is_empty() && sentence.plain_words().len() <= 6);
    }
    None
}

fn differs(found: &FoundDate, day: jiff::civil::Date) -> bool {
    found.due.date() != day
        && found.recurrence.is_none()
        && found.grain <= Grain::Day
        && found.time_alone.is_none()
        && !matches!(found.role, Role::Duration | Role::After)
}

/// `Not Saturday`, `they're closed`, `scratch that`: the day before it is not the one.
fn refuses(sentence: &Sentence) -> bool {
    sentence.tokens.iter().any(|token| {
        token.any(list![
            "not",
            "n't",
            "no",
            "closed",
            "close",
            "shut",
            "full",
            "scratch",
            "wait",
            "sorry",
            "impossible",
            "cannot",
            "taken",
            "cancelled",
            "wrong",
        ])
    })
}

/// `Saturday then`, `Friday instead`: the last word sets the day.
fn closes(sentence: &Sentence) -> bool {
    let last = sentence.tokens.iter().rev().find(|token| !token.is_mark());
    let sets =
        last.is_some_and(|last| last.any(list!["then", "instead"]) && last.mask == Mask::None);
    sets && sentence.plain_words().len() <= 4
}

#[cfg(test)]
mod tests {
    use crate::testing::dues;

    #[test]
    fn a_day_named_behind_a_request_is_its_own() {
        for (text, day) in [
            (
                "Ben: can you wash the mugs?\nIda: all of them??\nBen: every single one by Friday",
                "2026-03-13",
            ),
            (
                "Ben: Ida, please sweep the yard\nIda: alone?\nBen: with your brother, this weekend",
                "2026-03-15",
            ),
            (
                "Ben: you paint the door, Ida\nIda: tomorrow?\nBen: yes please",
                "2026-03-11",
            ),
            (
                "Ben: Ida, could you repair the lamp?\nIda: When?\nBen: In two weeks.",
                "2026-03-24",
            ),
        ] {
            assert_eq!(dues(text), [Some(day.to_owned())], "{text}");
        }
    }

    #[test]
    fn a_question_for_the_day_is_answered_by_one() {
        for (text, day) in [
            (
                "Ben: can you sew the curtain?\nIda: when do you need it?\nBen: The 21st.\n",
                "2026-03-21",
            ),
            (
                "Ben: can you sew the curtain?\nIda: by when?\nBen: the 19th please\n",
                "2026-03-19",
            ),
            (
                "Ben: can you sew the curtain?\nIda: Give me three weeks.\n",
                "2026-03-31",
            ),
            (
                "Ben: can you sew the curtain?\nIda: ok, gimme four days\n",
                "2026-03-14",
            ),
        ] {
            assert_eq!(dues(text), [Some(day.to_owned())], "{text}");
        }
        for text in [
            "Ben: can you sew the curtain?\nIda: which floor?\nBen: The 21st floor\n",
            "Ben: can you sew the curtain?\nIda: they give me three weeks off\n",
            "Ben: can you sew the curtain?\nIda: give me a break\n",
        ] {
            assert_eq!(dues(text), [None], "{text}");
        }
    }

    #[test]
    fn a_day_can_be_set_anew() {
        for text in [
            "Ben: I'll take the keys to the caretaker on Saturday.\nIda: Not Saturday, they close early. Thursday.",
            "Ben: Ida, fetch my coat from the tailor tomorrow\nBen: wait they're closed on Wednesdays\nBen: Thursday then",
        ] {
            assert_eq!(dues(text), [Some("2026-03-12".to_owned())], "{text}");
        }
    }

    #[test]
    fn other_days_of_a_talk_are_none_of_the_deed() {
        for text in [
            "Ben: can you wash the mugs?\nIda: sure\nBen: see you Friday!",
            "Ben: can you wash the mugs?\nIda: sure\nBen: I'm away on Friday",
        ] {
            assert_eq!(dues(text), [None], "{text}");
        }
    }
}
