//! The date of an action that has none in its own sentence: a label before it, a deadline told
//! right behind it, one told of what it is about, or the event it is for.

use super::Chosen;
use crate::clause::{Head, Order};
use crate::date::{Due, FoundDate, Grain, Role};
use crate::detect::Source;
use crate::sentence::Sentence;
use crate::token::{Mask, Token};

/// Words for what was just spoken of.
const BACK: &[&str] = &[
    "it", "that", "this", "them", "these", "those", "all", "both",
];

/// Words by which a sentence says until when something may be done.
const CLOSING: &[&str] = &[
    "due", "deadline", "closes", "close", "closing", "expires", "expire", "needed", "ends",
    "latest", "until", "till", "til",
];

/// Deeds that are done where people meet.
const AT_EVENTS: &[&str] = &["bring", "brings", "bringing", "present", "presents"];

/// Sentences looked back for the event that something is brought to.
const NEAR: usize = 24;

/// The date that the text around an action of `sentence` gives it.
pub(super) fn around(source: &Source<'_>, sentence: &Sentence, clause: usize) -> Option<Chosen> {
    let acts = matches!(sentence.clauses.get(clause)?.head, Head::Action(_));
    let listed = sentence.unit.place.item.is_some() && clause == 0;
    if !acts && !listed {
        return None;
    }
    let index = place_of(source, sentence)?;
    labelled(source, sentence)
        .or_else(|| before_leaving(source, index))
        .or_else(|| told_behind(source, index))
        .or_else(|| told_further_on(source, index))
        .or_else(|| acts.then(|| told_before(source, index, clause))?)
        .or_else(|| acts.then(|| at_event(source, index, clause))?)
}

/// `Rough cut ........ May 22 (Inez)`: the date at the other end of a line with leaders.
pub(super) fn behind_leader(source: &Source<'_>, sentence: &Sentence) -> Option<Chosen> {
    let start = sentence.unit.range.start;
    let length = source.text[start..].find('\n');
    let end = length.map_or(source.text.len(), |length| start + length);
    let line = source
        .text
        .get(start..end)
        .filter(|line| line.len() < 300)?;
    let leader = line.find("...").or_else(|| line.find('…'))?;
    let first = source
        .dates
        .partition_point(|date| date.bytes.start < start + leader);
    let found = source.dates.get(first)?;
    let behind = source.text.get(found.bytes.end..end)?;
    let words = behind.split(['(', ',']).next().unwrap_or("");
    let short = words.split_whitespace().count() <= 3;
    let told = line[leader..].starts_with("....") || line.contains(" … ") || line.contains(" ...");
    (told && short).then(|| chosen(source, first))?
}

/// Where a sentence stands among those of the text.
fn place_of(source: &Source<'_>, sentence: &Sentence) -> Option<usize> {
    let start = sentence.unit.range.start;
    let index = source
        .sentences
        .partition_point(|other| other.unit.range.start < start);
    let found = source.sentences.get(index)?;
    (found.unit.range == sentence.unit.range).then_some(index)
}

fn chosen(source: &Source<'_>, date: usize) -> Option<Chosen> {
    let found = source.dates.get(date)?;
    let open = matches!(found.role, Role::Duration | Role::After);
    let ahead = found.due.date() >= source.now.date() && found.recurrence.is_none();
    (ahead && !open).then(|| Chosen {
        due: found.due.clone(),
        grain: found.grain,
        recurrence: None,
        date: Some(date),
    })
}

/// `Mon: Antti buys coffee`, `weekend: wash the car`: nothing but a date stands before it.
fn labelled(source: &Source<'_>, sentence: &Sentence) -> Option<Chosen> {
    let start = sentence.unit.range.start;
    let line = source.text[..start].rfind('\n').map_or(0, |at| at + 1);
    let date = source
        .dates
        .partition_point(|date| date.bytes.end <= start)
        .checked_sub(1)?;
    let found = &source.dates[date];
    if found.bytes.start < line || source.document.chat {
        return None;
    }
    let plain = |text: &str| !text.contains(char::is_alphabetic);
    let alone =
        plain(&source.text[line..found.bytes.start]) && plain(&source.text[found.bytes.end..start]);
    alone.then(|| chosen(source, date))?
}

/// `Grant application: Maddy. Closes 13 Nov.`, `P45 to payroll!! today`: the sentence behind it
/// asks for nothing and only says until when.
fn told_behind(source: &Source<'_>, index: usize) -> Option<Chosen> {
    let sentence = &source.sentences[index];
    let next = source.sentences.get(index + 1)?;
    let between = source
        .text
        .get(sentence.unit.range.end..next.unit.range.start)?;
    let near = next.unit.place.block == sentence.unit.place.block && !next.question;
    if !near || next.actions().next().is_some() {
        return None;
    }
    let same_line = !between.contains('\n');
    let names_deadline = names_deadline(next);
    let words = next
        .tokens
        .iter()
        .filter(|token| token.is_word() && token.mask == Mask::None)
        .count();
    let back = next.tokens.iter().any(|token| token.any(BACK));
    next.date_tokens().into_iter().find_map(|(at, date)| {
        let found = &source.dates[date];
        let bound = matches!(found.role, Role::By | Role::Before);
        let closing = at > 0 && next.tokens[at - 1].any(CLOSING) || next.tokens[at].any(CLOSING);
        let told = words == 0 && same_line
            || bound && (same_line || back)
            || (closing || names_deadline) && same_line;
        let exact = found.grain <= Grain::Week;
        (told && exact).then(|| chosen(source, date))?
    })
}

/// `Can you chase the theatre? They promised four. By Thursday please`: a sentence that opens with until
/// when, behind one that only adds something.
fn told_further_on(source: &Source<'_>, index: usize) -> Option<Chosen> {
    let block = source.sentences[index].unit.place.block;
    let between = source.sentences.get(index + 1)?;
    let next = if opens_with_bound(source, between) {
        between
    } else {
        source.sentences.get(index + 2)?
    };
    let adds = next.unit.range == between.unit.range
        || between.actions().next().is_none() && between.date_tokens().is_empty();
    let same = next.unit.place.block == block && between.unit.place.block == block;
    if !adds || !same || !opens_with_bound(source, next) || next.actions().next().is_some() {
        return None;
    }
    let (_, date) = *next.date_tokens().first()?;
    chosen(source, date)
}

/// `By Thursday please, …`, `Thursday, I promise.`
fn opens_with_bound(source: &Source<'_>, sentence: &Sentence) -> bool {
    let Some((0, date)) = sentence.date_tokens().first().copied() else {
        return false;
    };
    let found = &source.dates[date];
    let behind = sentence
        .tokens
        .iter()
        .find(|token| token.mask != Mask::Date(date));
    let promised = sentence.tokens.len() <= 7
        && sentence.tokens.iter().any(|token| {
            token.any(&[
                "promise", "promised", "latest", "please", "pls", "ok", "okay", "sure",
            ])
        });
    let asked = behind.is_none_or(|token| token.any(&["please", "pls", ",", ".", "!", "at"]));
    found.grain <= Grain::Week
        && (matches!(found.role, Role::By | Role::Before) && asked || promised)
}

/// `The deadline for referees is 5 February`, `The last day to appeal is tomorrow`
fn names_deadline(sentence: &Sentence) -> bool {
    let tokens = &sentence.tokens;
    let told = |at: usize| {
        tokens[at].any(&["deadline", "cutoff", "cut-off"])
            || tokens[at].is("last")
                && tokens
                    .get(at + 1)
                    .is_some_and(|next| next.any(&["day", "date", "chance"]))
    };
    let moved = tokens
        .iter()
        .any(|token| token.any(&["extended", "moved", "was", "missed", "passed", "no"]));
    sentence.date_tokens().len() == 1 && !moved && (0..tokens.len()).any(told)
}

/// `They want the layout by Friday. Can you draw it up?`, `Problem set 3 is due on Monday. I have
/// to do 5 and 6.`: the deadline of what the action is about.
fn told_before(source: &Source<'_>, index: usize, clause: usize) -> Option<Chosen> {
    let sentence = &source.sentences[index];
    let before = source.sentences.get(index.checked_sub(1)?)?;
    let same = before.unit.place.block == sentence.unit.place.block && !before.question;
    let first: Vec<&str> = (0..3).map(|word| sentence.lower(word)).collect();
    let in_that_case = first == ["in", "that", "case"];
    let asks = before.actions().next().is_some() && !in_that_case;
    if !same || asks || !sentence.date_tokens().is_empty() {
        return None;
    }
    let back = sentence.words(clause).any(|token| token.any(BACK));
    let owed = before
        .tokens
        .iter()
        .any(|token| token.any(&["due", "deadline", "expires", "closes"]));
    let [(_, date)] = before.date_tokens()[..] else {
        return None;
    };
    let bound = matches!(source.dates[date].role, Role::By | Role::Before);
    (owed || in_that_case || bound && back).then(|| chosen(source, date))?
}

/// `I'm on leave from Friday. Before I go I'll finish the forecast`: the day before.
fn before_leaving(source: &Source<'_>, index: usize) -> Option<Chosen> {
    let sentence = &source.sentences[index];
    let leaves = (0..sentence.clauses.len()).any(|clause| {
        let before = matches!(
            sentence.clauses[clause].head,
            Head::Subordinate(Order::Before)
        );
        before
            && sentence
                .words(clause)
                .any(|token| token.any(&["go", "leave", "fly", "travel", "off", "away"]))
    });
    let end = sentence.unit.range.start;
    let last = source.dates.partition_point(|date| date.bytes.end <= end);
    let date = last.checked_sub(1).filter(|_| leaves)?;
    let found = &source.dates[date];
    let day = found.start.date().yesterday().ok()?;
    let near = source.text.get(found.bytes.end..end)?.len() < 200;
    let starts = found.grain == Grain::Day && found.recurrence.is_none();
    (near && starts && day >= source.now.date()).then_some(Chosen {
        due: Due::Day(day),
        grain: Grain::Day,
        recurrence: None,
        date: Some(date),
    })
}

/// `Bring the speaker`, `give them back at the rehearsal`: the day of the event named before.
fn at_event(source: &Source<'_>, index: usize, clause: usize) -> Option<Chosen> {
    let sentence = &source.sentences[index];
    let words: Vec<&Token> = sentence.words(clause).collect();
    let brings = match &sentence.clauses[clause].head {
        Head::Action(opener) => sentence
            .token(opener.verb)
            .is_some_and(|verb| verb.any(AT_EVENTS)),
        _ => false,
    };
    let beforehand = words.iter().any(|token| token.is("beforehand"));
    if brings
        && listed_agenda(source, index)
        && let Some(found) = title_called(source, index, "meeting")
    {
        return Some(found);
    }
    if brings || beforehand {
        return last_event(source, index);
    }
    words.windows(3).find_map(|row| {
        let leads = row[0].any(&["at", "before", "during"]);
        let thing = row[1].any(&["the", "our", "my", "your", "his", "her", "their"]);
        let named = leads && thing && row[2].is_word() && row[2].lower.len() > 2;
        let found = named.then(|| event_called(source, index, &row[2].lower))??;
        if row[0].is("before") {
            return day_before(found);
        }
        Some(found)
    })
}

/// An item of an agenda, whose title names the day.
fn listed_agenda(source: &Source<'_>, index: usize) -> bool {
    source.sentences[index].unit.place.item.is_some()
}

fn day_before(mut chosen: Chosen) -> Option<Chosen> {
    if let Due::Day(day) = chosen.due {
        chosen.due = Due::Day(day.yesterday().ok()?);
    }
    Some(chosen)
}

/// The date said last before a sentence, or at its own beginning.
fn last_event(source: &Source<'_>, index: usize) -> Option<Chosen> {
    let start = source.sentences[index].unit.range.end;
    let from = source.sentences[index.saturating_sub(NEAR)]
        .unit
        .range
        .start;
    let end = source.dates.partition_point(|date| date.bytes.end <= start);
    (0..end)
        .rev()
        .take_while(|date| source.dates[*date].bytes.start >= from)
        .find_map(|date| exact(&source.dates[date]).then(|| chosen(source, date))?)
}

/// `at the talk`, `at the meeting`, where the title names it and its day.
fn title_called(source: &Source<'_>, index: usize, name: &str) -> Option<Chosen> {
    const ANY: &[&str] = &["meeting", "event", "day", "session"];
    let own = source.sentences[index].unit.range.start;
    let title = source.document.title.clone()?;
    let words = source.text.get(title.clone())?.to_lowercase();
    let named = ANY.contains(&name)
        || words
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| word == name);
    let first = source
        .dates
        .partition_point(|date| date.bytes.end <= title.start);
    let found = source.dates.get(first)?;
    let inside = found.bytes.start < title.end && title.end <= own;
    (named && inside && exact(found)).then(|| chosen(source, first))?
}

/// The date of another sentence that names the event.
fn event_called(source: &Source<'_>, index: usize, name: &str) -> Option<Chosen> {
    let from = index.saturating_sub(NEAR);
    let until = (index + 4).min(source.sentences.len());
    if let Some(found) = title_called(source, index, name) {
        return Some(found);
    }
    (from..until).filter(|at| *at != index).find_map(|at| {
        let other = &source.sentences[at];
        let named = other
            .tokens
            .iter()
            .any(|token| token.mask == Mask::None && token.is(name));
        let dates = other.date_tokens();
        let [(_, date)] = dates[..] else { return None };
        let told = named && exact(&source.dates[date]) && other.actions().next().is_none();
        told.then(|| chosen(source, date))?
    })
}

fn exact(date: &FoundDate) -> bool {
    date.grain <= Grain::Day && matches!(date.role, Role::On) && date.time_alone.is_none()
}
