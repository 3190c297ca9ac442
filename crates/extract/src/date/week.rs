//! “Next week we rehearse on Tuesday”: a weekday behind a week is one of that week.

use jiff::ToSpan;

use super::grammar::PERIOD_STARTS;
use super::{Due, FoundDate, Grain, Role};

/// Bytes between a week and its weekday at most.
const FAR: usize = 60;

/// Moves weekdays that stand behind a coming week in the same sentence into that week.
pub(super) fn mark(text: &str, dates: &mut [FoundDate]) {
    let mut week: Option<(usize, jiff::civil::Date)> = None;
    for date in dates {
        let apart = week.is_some_and(|(end, _)| {
            text.get(end..date.bytes.start).is_none_or(|between| {
                between.len() > FAR || between.contains(['.', '!', '?', '\n', ';'])
            })
        });
        if apart {
            week = None;
        }
        let words = text.get(date.bytes.clone()).unwrap_or_default();
        // `early next week, say on Thursday`
        if (date.grain == Grain::Week || date.why == PERIOD_STARTS)
            && date.role == Role::On
            && words.to_lowercase().contains("next week")
        {
            week = Some((date.bytes.end, date.due.date()));
            continue;
        }
        let Some((end, friday)) = week else { continue };
        if !date.why.starts_with("weekday alone") || date.recurrence.is_some() {
            continue;
        }
        let from = i64::from(date.due.date().weekday().to_monday_zero_offset());
        let monday = friday.checked_sub(i64::from(friday.weekday().to_monday_zero_offset()).days());
        let Some(day) = monday
            .ok()
            .and_then(|monday| monday.checked_add(from.days()).ok())
        else {
            continue;
        };
        let days = date.due.date().until(day).map_or(0, |span| span.get_days());
        let moved = |moment: &jiff::Zoned| moment.checked_add(i64::from(days).days()).ok();
        let due = match &date.due {
            Due::Day(_) => Some(Due::Day(day)),
            Due::Moment(moment) => moved(moment).map(Due::Moment),
        };
        if let (Some(due), Some(start), Some(last)) = (due, moved(&date.start), moved(&date.end)) {
            (date.due, date.start, date.end) = (due, start, last);
            date.why = "weekday of the week named before it";
        }
        week = Some((date.bytes.end.max(end), friday));
    }
}
