//! The first time of what repeats: from its start on, whatever its end.

use super::{Candidate, anaphora, is_past};
use crate::date::{self, Due, FoundDate, Grain, Role};
use crate::detect::Source;

/// `until summer`, `till the 4th`: until when something goes on.
fn lasts(text: &str, date: &FoundDate) -> bool {
    let words = text[date.bytes.clone()].to_lowercase();
    let first = words.split_whitespace().next().unwrap_or_default();
    matches!(first, "until" | "till" | "til" | "through")
}

/// The first time of what repeats, and its rule.
pub(super) fn repeated(
    source: &Source<'_>,
    candidates: &[Candidate],
    best: &FoundDate,
    due: Due,
) -> Option<(Due, Option<String>)> {
    let Source {
        text, dates, now, ..
    } = *source;
    let repeats = candidates
        .iter()
        .find(|candidate| dates[candidate.date].recurrence.is_some());
    let recurrence = repeats.and_then(|candidate| dates[candidate.date].recurrence.clone());
    // `every Friday, with the new list, until summer`: the end of what repeats.
    let due = match repeats {
        Some(repeats) if lasts(text, best) => dates[repeats.date].due.clone(),
        _ => due,
    };
    let starts = repeats.and_then(|repeats| {
        dates[repeats.date + 1..].iter().take(2).find(|date| {
            date.time_alone.is_none() && anaphora::first_time(text, &dates[repeats.date], date)
        })
    });
    let due = match (starts, &due) {
        (Some(first), _) if is_past(first, now) => due,
        (Some(first), Due::Moment(moment)) if matches!(first.due, Due::Day(_)) => {
            let joined = first.due.date().to_datetime(moment.time());
            Due::Moment(joined.to_zoned(now.time_zone().clone()).ok()?)
        }
        (Some(first), _) => first.due.clone(),
        (None, _) => due,
    };
    // `Starting Monday, lock the gate every evening`
    let opens = |date: &&FoundDate| {
        let first = date.start.date();
        date.role == Role::After && date.grain <= Grain::Quarter && first > due.date()
    };
    // `every Friday, starting next week`
    let behind = |repeats: usize| {
        let next = dates.get(repeats + 1)?;
        let near = next.bytes.start - dates[repeats].bytes.end < 60;
        Some(next).filter(|next| near && next.grain > Grain::Day)
    };
    let from = repeats
        .and_then(|repeats| {
            let before = dates[..repeats.date].last().filter(opens);
            before.or_else(|| behind(repeats.date).filter(opens))
        })
        .or(starts.filter(|date| date.role == Role::After));
    let first = from.zip(recurrence.as_deref()).and_then(|(from, rule)| {
        let rule: date::recurrence::Rule = rule.parse().ok()?;
        Some(rule.first_from(from.start.date().at(0, 0, 0, 0))?.date())
    });
    let due = match (first, due) {
        (Some(first), Due::Day(_)) => Due::Day(first),
        (Some(first), Due::Moment(moment)) => {
            let joined = first.to_datetime(moment.time());
            Due::Moment(joined.to_zoned(now.time_zone().clone()).ok()?)
        }
        (None, due) => due,
    };
    Some((due, recurrence))
}
