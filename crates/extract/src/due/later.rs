//! Days of deeds that are only clear once all of them are read: the day that the one who took it on names
//! afterwards, when that takes place which it is named by, and the day of another deed that it follows.

use super::context::chosen;
use super::{Chosen, agreed, awaited, hour, leads, promised, told};
use crate::action::IS_AGREED;
use crate::clause::{Head, Order};
use crate::date::{BEFORE_EVENT, Due, Grain, Role};
use crate::detect::{DEED_FIRST, Source};
use crate::draft::Draft;
use crate::sentence::Sentence;
use crate::token::{List, Mask, Token, list};
use crate::words;

/// Sentences looked ahead for the day that somebody names.
const NEAR: usize = 8;

/// Words with which a sentence demands something of what was told before it.
const DEMANDS: List<'static> = list![
    "must", "needs", "has", "due", "needed", "required", "wanted", "to", "deadline", "target",
];

/// Settles the days of the drafts.
pub(crate) fn settle(source: &Source<'_>, drafts: &mut [Draft]) {
    for at in 0..drafts.len() {
        if !drafts[at].alive {
            continue;
        }
        if drafts[at].due.is_none() {
            drafts[at].due = named_by_taker(source, drafts, at)
                .or_else(|| stated_behind(source, drafts, at))
                .or_else(|| of_the_line(source, drafts, at))
                .or_else(|| of_the_present(source, drafts, at))
                .or_else(|| in_place_of(source, drafts, at))
                .or_else(|| demanded(source, drafts, at));
        } else if let Some(due) = same_day_instead(source, drafts, at) {
            drafts[at].due = Some(due);
        } else if is_of_other(source, drafts, at) {
            drafts[at].due = None;
        } else {
            of_its_own(source, &mut drafts[at]);
        }
        if let Some(agreed) = agreed::settled(source, drafts, at) {
            drafts[at].due = Some(agreed);
        }
        if let Some(due) = &mut drafts[at].due {
            hour::midnight_ends(source, due);
        }
    }
}

/// `Before Ida can send the cards on the 16th, …`: of the two deeds the later one is done on the day itself.
fn of_its_own(source: &Source<'_>, draft: &mut Draft) {
    let Some(due) = &mut draft.due else { return };
    let Some(found) = due.date.and_then(|date| source.dates.get(date)) else {
        return;
    };
    let sentence = &source.sentences[draft.sentence];
    let later = found.why == BEFORE_EVENT
        && sentence
            .clauses
            .get(draft.clause)
            .is_some_and(|own| own.head == Head::Subordinate(Order::Before));
    if later {
        due.due = Due::Day(found.start.date());
    }
}

/// `You order the tags, I write the speech. All of it has to be ready by Friday.`: what somebody does, as agreed, and
/// the deadline told around it.
fn of_the_present(source: &Source<'_>, drafts: &[Draft], at: usize) -> Option<Chosen> {
    let draft = &drafts[at];
    let sentence = &source.sentences[draft.sentence];
    let clause = sentence.clauses.get(draft.clause)?;
    let index = draft.sentence;
    if draft.rule == DEED_FIRST {
        return promised::promised(source, draft);
    }
    let answered = drafts[at + 1..]
        .iter()
        .take(NEAR)
        .any(|other| other.alive && other.sentence == index + 1);
    let told = draft.rule == IS_AGREED || draft.proposed && !answered;
    if matches!(clause.head, Head::Action(_)) {
        return None;
    }
    if !told {
        return told::told_of_all(source, index);
    }
    told::told_behind(source, index)
        .or_else(|| told::told_further_on(source, index))
        .or_else(|| told::told_of_all(source, index))
        .or_else(|| told::told_before(source, index, draft.clause))
}

/// `Mails do not arrive. Owner: Ida. Must be fixed by Friday.`: what a sentence further on, that opens with its verb,
/// demands of the only deeds of a text.
fn demanded(source: &Source<'_>, drafts: &[Draft], at: usize) -> Option<Chosen> {
    let own = drafts[at].sentence;
    let block = source.sentences[own].unit.place.block;
    // Drafts stand in the order of the text.
    let here = |other: Option<&Draft>| other.is_some_and(|other| other.sentence == own);
    let alive = |other: &&Draft| other.alive;
    if !here(drafts.iter().find(alive)) || !here(drafts.iter().rev().find(alive)) {
        return None;
    }
    let behind = source.sentences.iter().skip(own + 1).take(NEAR);
    let mut behind = behind.take_while(|next| next.unit.place.block <= block + 4);
    let next = behind.find(|next| !next.date_tokens().is_empty())?;
    let opens = |token: &Token| token.any(DEMANDS) || token.is_dated();
    // `They should leave the house by Monday.`
    let back = |first: &Token| first.any(list!["they", "it", "this", "that", "both", "all"]);
    let obliges =
        |token: &Token| token.any(list!["must", "should", "has", "have", "needs", "need"]);
    let points =
        next.tokens.first().is_some_and(back) && next.tokens.iter().skip(1).take(2).any(obliges);
    let demands = (next.tokens.first().is_some_and(opens) || points) && !next.question;
    let (_, date) = *next.date_tokens().first()?;
    let bound = matches!(source.dates[date].role, Role::By | Role::Before);
    (demands && bound && next.plain_words().len() <= 9).then(|| chosen(source, date))?
}

/// `Can you bring the tent on Friday? Scratch that. Just bring the stove.`: what is done instead is done then.
fn in_place_of(source: &Source<'_>, drafts: &[Draft], at: usize) -> Option<Chosen> {
    let draft = &drafts[at];
    let verb = |draft: &Draft| {
        let sentence = &source.sentences[draft.sentence];
        match &sentence.clauses.get(draft.clause)?.head {
            Head::Action(opener) => sentence.token(opener.verb).map(words::stem_of),
            _ => None,
        }
    };
    let sentence = &source.sentences[draft.sentence];
    let instead = sentence
        .words(draft.clause)
        .any(|token| token.any(list!["instead", "just"]));
    let other = drafts[..at].last().filter(|other| {
        !other.alive && draft.sentence > other.sentence && draft.sentence - other.sentence <= 4
    })?;
    (instead && verb(draft).is_some() && verb(draft) == verb(other)).then(|| other.due.clone())?
}

/// `Ida opens up on Saturday. Ignore that. Ben will open up instead, at 7:30.`: the hour is of the day before.
fn same_day_instead(source: &Source<'_>, drafts: &[Draft], at: usize) -> Option<Chosen> {
    let own = drafts[at].due.as_ref()?;
    source.dates.get(own.date?)?.time_alone?;
    let day = in_place_of(source, drafts, at)?;
    hour::on_day(source, own, Some(&day))
}

/// `smear test – ring the surgery on Wednesday`: a thing and what is to be done about it have one day.
fn of_the_line(source: &Source<'_>, drafts: &[Draft], at: usize) -> Option<Chosen> {
    let draft = &drafts[at];
    let sentence = &source.sentences[draft.sentence];
    let clause = sentence.clauses.get(draft.clause)?;
    if matches!(clause.head, Head::Action(_)) {
        return None;
    }
    let mut beside = drafts.iter().filter(|other| {
        other.alive && other.sentence == draft.sentence && other.clause != draft.clause
    });
    let other = beside.next()?;
    let starts = |due: &Chosen| {
        due.date
            .is_some_and(|date| source.dates[date].role == Role::After)
    };
    let due = other.due.clone().filter(|due| !starts(due));
    (beside.next().is_none() && other.clause == draft.clause + 1).then_some(due)?
}

/// Whether the words of a deed put it off beyond the day it was given.
pub(super) fn is_of_other(source: &Source<'_>, drafts: &[Draft], at: usize) -> bool {
    follows(source, drafts, at) || awaited::waits(source, &drafts[at])
}

/// `I'll fill it on Thursday, you label it after that`: the day is that of the deed before.
fn follows(source: &Source<'_>, drafts: &[Draft], at: usize) -> bool {
    let draft = &drafts[at];
    let sentence = &source.sentences[draft.sentence];
    let Some(Head::Action(opener)) = sentence
        .clauses
        .get(draft.clause)
        .map(|clause| &clause.head)
    else {
        return false;
    };
    let Some(date) = draft.due.as_ref().and_then(|due| due.date) else {
        return false;
    };
    let words: Vec<&str> = sentence
        .words(draft.clause)
        .map(|token| token.lower.as_str())
        .collect();
    let after = words
        .windows(2)
        .any(|pair| pair[0] == "after" && matches!(pair[1], "that" | "this"))
        || words
            .iter()
            .any(|word| matches!(*word, "afterwards" | "thereafter"));
    let Some(own) = sentence.span(draft.clause).map(|span| span.start) else {
        return false;
    };
    let found = &source.dates[date];
    let other_has = |date: usize| {
        drafts[..at].iter().any(|other| {
            other.alive
                && other.sentence == draft.sentence
                && other.due.as_ref().and_then(|due| due.date) == Some(date)
        })
    };
    // `if it is wet on Saturday then …`, `see you at six then, I'll bring it`
    let plain = |token: usize| {
        let place = sentence.clause_of(token);
        let head = sentence.clauses.get(place).map(|clause| &clause.head);
        let closes = sentence.tokens[token..own]
            .iter()
            .find(|next| next.mask == Mask::None)
            .is_some_and(|next| next.is("then"));
        // `Order for Thursday: Ida drains it, then Ben fills it`
        let opens = leads::leads(sentence, token);
        // `and after that, tomorrow afternoon, Ben takes it out`, `then on Friday Ben takes it out`
        let opening = token.checked_sub(1).is_some_and(|before| {
            sentence.tokens[before].any(list!["then", "that", "this", "afterwards", ","])
        }) && sentence.tokens[token..own]
            .iter()
            .all(|next| next.mask == Mask::Date(date) || next.is_mark());
        !matches!(head, Some(Head::Subordinate(_))) && !opening && !closes && !opens
    };
    let ahead = sentence
        .date_tokens()
        .iter()
        .any(|(token, other)| *other == date && *token < own && plain(*token));
    let other = other_has(date);
    let then = draft.then
        || draft.clause > 0
            && matches!(
                sentence.clauses[draft.clause - 1].head,
                Head::Subordinate(Order::After)
            )
            && sentence.clauses[draft.clause - 1].lead.then;
    (after || then && opener.subject_said)
        && ahead
        && (other || then)
        && matches!(found.role, Role::On)
        && found.recurrence.is_none()
}

/// `Ana: I'll sand it.` … `Ana: Saturday then.`: the day that the one who took it on names last.
fn named_by_taker(source: &Source<'_>, drafts: &[Draft], at: usize) -> Option<Chosen> {
    let draft = &drafts[at];
    if !source.document.chat {
        return None;
    }
    let (taker, _) = draft.assignee.as_ref()?;
    let mut found = None;
    for index in draft.sentence + 1..(draft.sentence + NEAR).min(source.sentences.len()) {
        let sentence = &source.sentences[index];
        let speaker = sentence.unit.place.owner.as_ref()?.name.as_ref();
        let other = drafts
            .iter()
            .any(|other| other.alive && other.sentence == index);
        if other {
            break;
        }
        if speaker != Some(taker) || sentence.question {
            continue;
        }
        if let Some(date) = names_day(source, sentence) {
            found = chosen(source, date).or(found);
        }
    }
    found
}

/// `Okay, Tuesday.`, `Saturday then, by phone.`, `on it, will kick it off at 22:00`: a day, and no deed of its own.
fn names_day(source: &Source<'_>, sentence: &Sentence) -> Option<usize> {
    let dates = sentence.date_tokens();
    let [(_, date)] = dates[..] else { return None };
    let found = &source.dates[date];
    let words: Vec<&str> = sentence.plain_words();
    let refuses = words.iter().any(|word| {
        matches!(
            *word,
            "not"
                | "n't"
                | "no"
                | "cannot"
                | "after"
                | "out"
                | "away"
                | "off"
                | "was"
                | "busy"
                | "late"
        )
    });
    let takes = words
        .iter()
        .any(|word| matches!(*word, "it" | "that" | "them" | "this"))
        && words
            .iter()
            .any(|word| matches!(*word, "will" | "'ll" | "i'll" | "gonna" | "promise"));
    let short = words.len() <= 5 || takes && words.len() <= 12;
    // `the call is on Friday`
    let tells = !takes
        && words
            .iter()
            .any(|word| matches!(*word, "is" | "are" | "'s" | "was"));
    let kicks = takes && words.contains(&"off") && !words.contains(&"not");
    (short
        && !tells
        && (!refuses || kicks)
        && found.grain <= Grain::Quarter
        && found.recurrence.is_none())
    .then_some(date)
}

/// `Before Ana mails the cards …. The cards go out on the 20th.`, `They need our order by the 20th.`: what a
/// sentence that asks for nothing says of the deed before it.
fn stated_behind(source: &Source<'_>, drafts: &[Draft], at: usize) -> Option<Chosen> {
    let draft = &drafts[at];
    let own = &source.sentences[draft.sentence];
    let last = drafts[at + 1..]
        .iter()
        .all(|other| !other.alive || other.sentence != draft.sentence);
    let until = (draft.sentence + 3).min(source.sentences.len());
    for index in draft.sentence + 1..until {
        let next = &source.sentences[index];
        let other = drafts
            .iter()
            .any(|other| other.alive && other.sentence == index);
        if other || next.question || next.unit.place.block != own.unit.place.block {
            return None;
        }
        let dates = next.date_tokens();
        let [(token, date)] = dates[..] else { continue };
        let found = &source.dates[date];
        let exact = found.grain <= Grain::Week && found.recurrence.is_none();
        let bound = matches!(found.role, Role::By | Role::Before);
        let back = next.tokens.iter().any(|word| {
            word.any(list![
                "it", "that", "them", "this", "our", "your", "these", "those", "both",
            ])
        });
        let wanted = bound && last && back && told::wants(next) && next.tokens.len() <= 12;
        // `Same date, 12 June, 7 am.`
        let same = next.tokens.first().is_some_and(|first| first.is("same")) && last;
        if exact && (wanted || same || takes_place(next, token, &draft.stems)) {
            return chosen(source, date);
        }
    }
    None
}

/// `Reopening is planned for 12 August`, `The cards go out on the 20th`: when that takes place which a deed is
/// named by.
fn takes_place(sentence: &Sentence, token: usize, stems: &[String]) -> bool {
    let before = &sentence.tokens[..token];
    let verb = before.iter().position(|word| {
        word.any(list![
            "is", "are", "'s", "goes", "go", "happens", "starts", "start", "leaves", "leave",
            "ships", "takes",
        ])
    });
    let Some(verb) = verb.filter(|verb| *verb <= 4) else {
        return false;
    };
    let between = token - verb;
    let denied = before
        .iter()
        .any(|word| word.any(list!["not", "n't", "no", "was", "until", "away", "off"]));
    let about = before[..verb]
        .iter()
        .filter(|word| words::is_content(word) && word.mask == Mask::None)
        .map(|word| words::stem(&word.lower))
        .next_back();
    between <= 5 && !denied && about.is_some_and(|stem| stems.contains(&stem))
}

#[cfg(test)]
mod tests {
    use crate::testing::dues;

    #[test]
    fn the_one_who_took_it_on_names_the_day() {
        let text = "Ben: who waters the ferns?\nIda: I'll water the ferns. Thursday?\nBen: too late.\nIda: Fine, tomorrow then.";
        assert_eq!(dues(text), [Some("2026-03-11".to_owned())]);
    }

    #[test]
    fn what_comes_after_another_deed_has_not_its_day() {
        let text = "Ida, I'll fill the jars on Thursday, you label them after that.";
        assert_eq!(dues(text), [Some("2026-03-12".to_owned()), None]);
    }

    #[test]
    fn a_statement_behind_says_when_it_takes_place() {
        let text = "Ravi has to print the posters. The posters leave on Friday.";
        assert_eq!(dues(text), [Some("2026-03-13".to_owned())]);
    }
}
