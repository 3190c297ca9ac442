//! Which of the dates around an action is its deadline.
//!
//! Dates are found and computed by [`crate::date`]; here one is chosen: a deadline (`by`, `before`)
//! before a day on which it happens, a day before the event it is for, and what lies in the past
//! never. A clock time that stands apart from its day is put together with it.

mod agreed;
mod anaphora;
mod arrival;
mod awaited;
mod carried;
mod context;
mod correction;
mod event;
mod heading;
mod hour;
mod later;
mod leads;
mod learned;
mod met;
mod needed;
mod object;
mod own_term;
mod place;
mod promised;
mod reach;
mod repeats;
mod row;
mod setting;
mod statement;
#[cfg(test)]
mod tests;
mod told;
mod weekdays;

use crate::token::{List, list};
use jiff::Zoned;

use crate::clause::{Head, Order};
use crate::date::{self, Due, FoundDate, Grain, Role};
use crate::detect::Source;
use crate::sentence::Sentence;

pub(crate) use carried::{EVENTS, carried, labelled_before};
pub(crate) use correction::in_the_week_of;
pub(crate) use heading::{heading_due, label_due, title_day};
use hour::{is_hour_of_other, join};
pub(crate) use hour::{is_time_only, on_day};
pub(crate) use later::settle;
pub(crate) use learned::propose;
pub use learned::{Dating, datings};
use object::{is_object, names_event};
use place::place_of;
use reach::reach;
pub(crate) use row::told_in_front;

/// A deadline and the date it comes from.
#[derive(Debug, Clone)]
pub(crate) struct Chosen {
    pub due: Due,
    pub grain: Grain,
    pub recurrence: Option<String>,
    /// Index of the date; `None` for a label such as `Today:`.
    pub date: Option<usize>,
}

/// The day of the reference itself.
pub(crate) fn today(now: &Zoned) -> Chosen {
    Chosen {
        due: Due::Day(now.date()),
        grain: Grain::Day,
        recurrence: None,
        date: None,
    }
}

/// The day of a deadline, without its hour.
pub(crate) fn day_of(chosen: &Chosen) -> Chosen {
    Chosen {
        due: Due::Day(chosen.due.date()),
        grain: Grain::Day,
        ..chosen.clone()
    }
}

/// Rank from which a date only lends its day to a clock time.
const DAY_ONLY: u32 = 100;

/// A date that could be the deadline of an action, the better the smaller its rank.
struct Candidate {
    date: usize,
    token: usize,
    rank: u32,
}

/// The dates in reach of the action in a clause.
fn candidates(source: &Source<'_>, sentence: &Sentence, clause: usize) -> Vec<Candidate> {
    let Source {
        text, dates, now, ..
    } = *source;
    let verb = verb_token(sentence, clause);
    let mut candidates: Vec<Candidate> = Vec::new();
    for (token, date) in sentence.date_tokens() {
        let found = &dates[date];
        let about = found.grain >= Grain::Month
            && text[found.bytes.clone()]
                .split_whitespace()
                .next()
                .is_some_and(|word| word.eq_ignore_ascii_case("for"))
            || found.grain >= Grain::Month
                && token > 0
                && sentence.tokens[token - 1].any(list!["for", "of"]);
        if about
            || is_past(found, now)
            || is_object(text, sentence, token, found, verb)
            || anaphora::is_told(sentence, token, verb)
            || is_no_deadline(source, sentence, token, found)
            || statement::is_threat(sentence, token, verb)
            || token < verb && setting::has_time(sentence, token)
        {
            continue;
        }
        let place = place_of(sentence, token, date);
        // `once the survey is back (he hopes for the 9th)`
        let awaited = matches!(
            sentence.clauses.get(place).map(|clause| &clause.head),
            Some(Head::Subordinate(Order::After))
        );
        if awaited && statement::bracketed(sentence, token) {
            continue;
        }
        let distance = reach(source, sentence, (clause, verb), (place, token), found);
        let Some(distance) = distance else {
            continue;
        };
        let role = match found.role {
            _ if place > clause && distance == 0 => 0,
            Role::By | Role::Before => 0,
            Role::On => 10,
            Role::After => 40,
            Role::Duration => 45,
        };
        let role = if found.recurrence.is_some() {
            role.min(5)
        } else {
            role
        };
        let event = if names_event(sentence, token, date) {
            12
        } else {
            0
        };
        candidates.push(Candidate {
            date,
            token,
            rank: role + event + distance,
        });
    }
    for date in sentence.row_dates.iter().copied() {
        if candidates.iter().all(|candidate| candidate.date != date) && !is_past(&dates[date], now)
        {
            candidates.push(Candidate {
                date,
                token: usize::MAX,
                rank: 15,
            });
        }
    }
    candidates
}

/// Whether a date is the deadline of nothing: taken back, waived, told of the past, a stamp.
fn is_no_deadline(
    source: &Source<'_>,
    sentence: &Sentence,
    token: usize,
    found: &FoundDate,
) -> bool {
    let Source { text, now, .. } = *source;
    date::replaced(text, found)
        || statement::has_just_been(text, sentence, token, found, now)
        || date::told(text, found)
        || statement::is_waived(sentence, token)
        || hour::is_stamp(source, token, found)
        || hour::is_number(text, sentence, found)
        || statement::shuts_then(sentence, token, found)
}

/// `each weekday morning through winter`, `every Friday till summer`: the season in which a deed repeats is not its day.
fn bounded_by_season(dates: &[FoundDate], candidates: &mut [Candidate]) {
    if candidates
        .iter()
        .all(|candidate| dates[candidate.date].recurrence.is_none())
    {
        return;
    }
    for candidate in candidates {
        let found = &dates[candidate.date];
        if found.recurrence.is_none() && found.grain >= Grain::Month {
            candidate.rank += DAY_ONLY;
        }
    }
}

/// `ring the bank tomorrow about the payment due on Friday`: the second day is of the payment.
fn of_the_noun(
    source: &Source<'_>,
    sentence: &Sentence,
    verb: usize,
    candidates: &mut [Candidate],
) {
    let own = |candidate: &Candidate| {
        candidate.token != usize::MAX && candidate.token > verb && candidate.rank < 12
    };
    let Some(first) = candidates
        .iter()
        .filter(|one| own(one))
        .map(|one| one.token)
        .min()
    else {
        return;
    };
    for candidate in candidates {
        let found = &source.dates[candidate.date];
        let due = crate::words::lower(&source.text[found.bytes.clone()]).starts_with("due");
        let noun = candidate.token > first + 1
            && candidate.token != usize::MAX
            && sentence.tokens[candidate.token - 1].is_word()
            && sentence.tokens[candidate.token - 1].mask == crate::token::Mask::None;
        if due && noun && own(candidate) {
            candidate.rank += DAY_ONLY;
        }
    }
}

/// The dates in reach, with what the words around them make of each.
fn weighed(source: &Source<'_>, sentence: &Sentence, clause: usize) -> Vec<Candidate> {
    let dates = source.dates;
    let mut candidates = candidates(source, sentence, clause);
    correction::apply(sentence, dates, &mut candidates);
    anaphora::drop_anchors(sentence, dates, &mut candidates);
    prefer_own(sentence, clause, dates, &mut candidates);
    bounded_by_season(dates, &mut candidates);
    let verb = verb_token(sentence, clause);
    of_the_noun(source, sentence, verb, &mut candidates);
    candidates
}

/// Chooses the deadline of the action in a clause.
pub(crate) fn choose(source: &Source<'_>, sentence: &Sentence, clause: usize) -> Option<Chosen> {
    let Source {
        text, dates, now, ..
    } = *source;
    if let Some(chosen) = weekdays::entry(source, sentence)
        .or_else(|| correction::behind(source, sentence))
        .or_else(|| context::behind_leader(source, sentence))
    {
        return Some(chosen);
    }
    let candidates = weighed(source, sentence, clause);
    let best = candidates
        .iter()
        .filter(|candidate| candidate.rank < DAY_ONLY)
        .min_by_key(|candidate| candidate.rank);
    // `the course starts on the 7th, do the badges before that`: the pointer stands with the deed.
    if best.is_some_and(|best| best.rank > 11)
        && let Some(pointed) = anaphora::points_back(source, sentence, clause)
    {
        return Some(pointed);
    }
    let best = best.map(|best| finer(dates, &candidates, best));
    let Some(best) = best else {
        return anaphora::points_back(source, sentence, clause)
            .or_else(|| on_the_way(sentence, clause).then(|| today(now)))
            .or_else(|| context::around(source, sentence, clause));
    };
    let other = |time: bool| {
        candidates.iter().find(|other| {
            other.date != best.date
                && is_time_only(text, &dates[other.date]) == time
                && dates[other.date].role != Role::After
                && !(time && is_hour_of_other(sentence, clause, best, other))
        })
    };
    let found = &dates[best.date];
    // `The party is on Saturday. Collect the cake in the morning.`
    if found.why.starts_with("part of the day alone")
        && let Some(chosen) = context::part_of(source, sentence, best.date)
    {
        return Some(chosen);
    }
    // `Friday: hand in the report, COB`
    if found.why == "end of the day: the reference day"
        && let Some(day) = other(false).map(|other| &dates[other.date])
        && day.grain == Grain::Day
        && day.recurrence.is_none()
    {
        return Some(Chosen {
            due: Due::Day(day.due.date()),
            grain: Grain::Day,
            recurrence: None,
            date: Some(best.date),
        });
    }
    let (day, time) = if is_time_only(text, found) {
        (other(false).map(|other| &dates[other.date]), Some(found))
    } else {
        (Some(found), other(true).map(|other| &dates[other.date]))
    };
    let told_before = || hour::day_before(source, sentence, best.date).map(|date| &dates[date]);
    let day = day.or_else(|| time.and_then(|_| told_before()));
    let (due, grain) = match (day, time) {
        (Some(day), Some(time)) => {
            join(source, day, time).unwrap_or((found.due.clone(), found.grain))
        }
        _ => (found.due.clone(), found.grain),
    };
    let (due, recurrence) = repeats::repeated(source, &candidates, found, due)?;
    let chosen = Chosen {
        due,
        grain,
        recurrence,
        date: Some(best.date),
    };
    // `9 Oct flu jab, pharmacy, 4.20`: an entry of a calendar.
    let opens = best.token == 0 && found.role == Role::On && time.is_none();
    Some(if opens {
        weekdays::with_hour(source, sentence, chosen)
    } else {
        chosen
    })
}

/// `next week, ideally on Wednesday`, `early next week, say Thursday at two`: the day within what was named first.
fn finer<'a>(
    dates: &[FoundDate],
    candidates: &'a [Candidate],
    best: &'a Candidate,
) -> &'a Candidate {
    let wide = &dates[best.date];
    let starts = wide.why == date::PERIOD_STARTS;
    if wide.recurrence.is_some() || !(starts || wide.grain >= Grain::Week) {
        return best;
    }
    let until = if starts {
        wide.start.saturating_add(jiff::ToSpan::hours(7 * 24))
    } else {
        wide.end.clone()
    };
    let within = |other: &&Candidate| {
        let found = &dates[other.date];
        other.token > best.token
            && other.token != usize::MAX
            && other.rank < DAY_ONLY
            && found.grain <= Grain::Day
            && found.time_alone.is_none()
            && found.recurrence.is_none()
            && (wide.start.clone()..until.clone()).contains(&found.start)
    };
    candidates.iter().find(within).unwrap_or(best)
}

/// `Em figures by Sat, Wen proofreads on Sunday`: a day said with the deed stands above what was said
/// with another one.
fn prefer_own(
    sentence: &Sentence,
    clause: usize,
    dates: &[FoundDate],
    candidates: &mut [Candidate],
) {
    let verb = verb_token(sentence, clause);
    let own = |candidate: &Candidate| {
        candidate.token != usize::MAX
            && candidate.token > verb
            && candidate.rank < DAY_ONLY
            && dates[candidate.date].time_alone.is_none()
            && place_of(sentence, candidate.token, candidate.date) == clause
    };
    let Some(nearest) = candidates
        .iter()
        .filter(|one| own(one))
        .map(|one| one.rank)
        .min()
    else {
        return;
    };
    let subject = |place: usize| match &sentence.clauses[place].head {
        Head::Action(opener) => opener.subject_said,
        _ => true,
    };
    for candidate in candidates.iter_mut() {
        if candidate.token != usize::MAX {
            let place = place_of(sentence, candidate.token, candidate.date);
            let before = place < clause && subject(clause);
            // `Ida meets them on Friday, Ben does the seating, which they must have by Sunday`
            let apart = nearest <= 11 && (before || place > clause + 1);
            let other = (clause + 1..=place).any(|at| {
                matches!(&sentence.clauses[at].head, Head::Action(opener) if opener.subject_said)
            });
            if (apart || other) && candidate.rank < DAY_ONLY {
                candidate.rank += DAY_ONLY;
            }
        }
    }
}

/// `on the way home`, `charge it overnight`: the errand is one of today.
fn on_the_way(sentence: &Sentence, clause: usize) -> bool {
    let words: Vec<&str> = sentence
        .words(clause)
        .map(|token| token.lower.as_str())
        .collect();
    let acts = matches!(&sentence.clauses[clause].head, Head::Action(_));
    let last = words.iter().rposition(|word| *word == "overnight");
    if acts && last.is_some_and(|at| at > 1 && words.len() - at <= 3) {
        return true;
    }
    words.windows(4).any(|row| {
        row[0] == "on"
            && matches!(row[1], "the" | "my" | "your" | "ur" | "yr")
            && row[2] == "way"
            && matches!(row[3], "home" | "back" | "hm")
    })
}

fn is_past(date: &FoundDate, now: &Zoned) -> bool {
    date.recurrence.is_none() && date.due.date() < now.date()
}

fn verb_token(sentence: &Sentence, clause: usize) -> usize {
    match &sentence.clauses[clause].head {
        Head::Action(opener) => sentence.at.get(opener.verb).copied().unwrap_or(0),
        _ => sentence
            .at
            .get(sentence.clauses[clause].start)
            .copied()
            .unwrap_or(0),
    }
}

/// Words that open a clause which depends on the one before.
const CONJUNCTIONS: List<'static> = list![
    "when", "once", "because", "as", "since", "if", "so", "after", "before", "until", "unless",
    "while", "whenever", "though", "although",
];
