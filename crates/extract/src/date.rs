//! Dates and times in ordinary text.
//!
//! Lexer → small grammar over normalised tokens → candidates with grain, span and certainty →
//! resolution against (reference, zone, policy).

mod ahead;
mod context;
mod deadline;
mod english;
mod evening;
mod foreign;
mod found;
mod grammar;
mod lexer;
mod past;
pub mod recurrence;
mod resolve;
mod shifted;
mod spelling;
mod stamp;
mod week;
mod words;

use jiff::Zoned;
use jiff::civil::{Date, DateTime, Time, Weekday};

pub(crate) use self::ahead::{BEFORE_EVENT, counted as steps_back};
pub(crate) use self::deadline::replaced;
pub use self::deadline::{deadline, deadline_of};
pub(crate) use self::foreign::is_weekday as is_foreign_weekday;
pub(crate) use self::grammar::PERIOD_STARTS;
pub(crate) use self::past::told;

use self::context::Verdict;
use self::grammar::Parser;
use self::lexer::Lexed;
use self::resolve::Calendar;
use crate::Span;

/// How exactly a date was given.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Grain {
    /// To the second.
    Second,
    /// To the minute: a clock time such as 9:30.
    Minute,
    /// To the hour: a clock time such as 9 am.
    Hour,
    /// A calendar day.
    Day,
    /// A week.
    Week,
    /// A month.
    Month,
    /// A quarter of a year.
    Quarter,
    /// A year.
    Year,
}

/// The readings on which houses differ. The default follows `docs/tasks.md`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Prefer the next occurrence of what has no year or no date (true for tasks).
    pub forward: bool,
    /// Read `03/04` as the 3rd of April rather than the 4th of March.
    pub day_first: bool,
    /// The day meant by “end of the week” and “this week”.
    pub week_end: Weekday,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            forward: true,
            day_first: false,
            week_end: Weekday::Friday,
        }
    }
}

/// What word led to the date, which decides how it bounds a deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// “on Friday”, “Friday”: happens then.
    On,
    /// “by”, “until”, “no later than”: at the latest then.
    By,
    /// “before the 28th”: earlier than that.
    Before,
    /// “after”, “from”, “since”: not earlier than that.
    After,
    /// “for two hours”: how long, not when.
    Duration,
}

/// One date, time or interval found in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundDate {
    /// Where it stands, in Unicode scalar values, with its preposition (“by Friday”).
    pub span: Span,
    /// The same in bytes.
    pub bytes: std::ops::Range<usize>,
    /// Start of what was named, at the reference's zone.
    pub start: Zoned,
    /// Exclusive end of what was named; equal to `start + grain` for a point in time.
    pub end: Zoned,
    /// How exactly it was given.
    pub grain: Grain,
    /// What word led to it.
    pub role: Role,
    /// From 0 (could be a name or a number) to 1 (can only be a date).
    pub certainty: f32,
    /// The time of day when no day was named with it: “at nine” is 9:00 beside a day named elsewhere
    /// in the sentence, whatever the next nine o'clock is.
    pub time_alone: Option<Time>,
    /// RRULE (RFC 5545) when the text says that it repeats.
    pub recurrence: Option<String>,
    /// The day (or moment) by which something bound to this date is due.
    pub due: Due,
    /// In words, which rule read it this way.
    pub why: &'static str,
}

/// A deadline: a day, or a moment where the text gives a clock time.
#[derive(Debug, Clone, PartialEq)]
pub enum Due {
    /// A calendar day in the reference's zone.
    Day(Date),
    /// A moment.
    Moment(Zoned),
}

impl Due {
    /// The calendar day of the deadline.
    pub fn date(&self) -> Date {
        match self {
            Self::Day(date) => *date,
            Self::Moment(moment) => moment.date(),
        }
    }

    /// Wall clock of the deadline; the start of the day where no time is given.
    pub fn wall_clock(&self) -> DateTime {
        match self {
            Self::Day(date) => date.at(0, 0, 0, 0),
            Self::Moment(moment) => moment.datetime(),
        }
    }
}

/// Formats as `YYYY-MM-DD`, or as RFC 3339 with the offset in force.
impl std::fmt::Display for Due {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Day(date) => write!(f, "{date}"),
            Self::Moment(moment) => {
                let offset = moment.offset();
                write!(f, "{}", moment.timestamp().display_with_offset(offset))
            }
        }
    }
}

impl serde::Serialize for Due {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Bytes within which a day is still the one spoken of.
const NEAR: usize = 400;

/// Finds every date in `text`, in order, without overlaps.
///
/// Linear in the length of the text; never panics, whatever the text.
pub fn find(text: &str, now: &Zoned, policy: &Policy) -> Vec<FoundDate> {
    let lexed = Lexed::new(text);
    let parser = Parser::new(&lexed, Calendar::new(now, policy));
    let mut dates: Vec<FoundDate> = Vec::new();
    // The day that each date was told from.
    let mut roots: Vec<Option<Date>> = Vec::new();
    // The day before a day that is tomorrow at the latest would be called today.
    let tomorrow = now.date().saturating_add(jiff::ToSpan::days(1));
    let mut at = 0;
    while at < lexed.tokens.len() {
        roots.resize(dates.len(), None);
        if let Some((date, end)) = shifted::shifted(&parser, at) {
            dates.push(date);
            at = end;
            continue;
        }
        let told_from = (0..dates.len())
            .rev()
            .take(3)
            .find(|last| {
                dates[*last].time_alone.is_none()
                    && (dates[*last].due.date() > tomorrow || !parser.is_eve(at))
            })
            .filter(|_| parser.looks_behind(at))
            .and_then(|last| anchor(text, (&dates[last], roots[last]), &lexed, at));
        let bears = (parser.low(at) == "within")
            .then(|| dated(text, &dates, now))
            .flatten()
            .and_then(|day| Some((parser.within_of(at, day)?, day)));
        let anchored =
            bears.or_else(|| told_from.and_then(|day| Some((parser.behind(at, day)?, day))));
        let root = anchored.as_ref().map(|(_, day)| *day);
        let expression = anchored.map(|(expression, _)| expression);
        let Some(expression) = expression.or_else(|| parser.expression(at)) else {
            at += 1;
            continue;
        };
        let verdict = context::judge(&parser, &expression);
        let date = (verdict == Verdict::Date)
            .then(|| found::found(&parser, &expression))
            .flatten();
        let whole = date.is_some() || verdict == Verdict::Name;
        at = if whole {
            expression.end.max(at + 1)
        } else {
            at + 1
        };
        if date.is_some() {
            roots.push(root);
        }
        dates.extend(date);
    }
    week::mark(text, &mut dates);
    ahead::told_behind(text, &mut dates);
    ahead::mark(text, now, &mut dates);
    evening::mark(text, now, &mut dates);
    dates
}

/// The day that “the day before” and “that morning” at token `at` are told from: the one named
/// last in the paragraph.
fn anchor(
    text: &str,
    (last, root): (&FoundDate, Option<Date>),
    lexed: &Lexed<'_>,
    at: usize,
) -> Option<Date> {
    let between = text.get(last.bytes.end..lexed.tokens.get(at)?.start)?;
    let day = last.grain <= Grain::Week && last.role != Role::Duration;
    if between.len() > NEAR || !day || last.recurrence.is_some() || between.contains("\n\n") {
        return None;
    }
    // Lines of a plan count from the same day, not each from the one above; so does what is said of the time
    // before it.
    let root = root.filter(|root| between.contains('\n') || last.due.date() < *root);
    Some(root.unwrap_or_else(|| last.due.date()))
}

/// The day that a paper bears: “the summons is dated 28 July”.
fn dated(text: &str, dates: &[FoundDate], now: &Zoned) -> Option<Date> {
    let found = dates.iter().rev().take(4).find(|date| {
        let before = text.get(..date.bytes.start).unwrap_or_default();
        date.grain == Grain::Day && before.trim_end().ends_with("dated")
    })?;
    let day = found.due.date();
    let ahead = day > now.date();
    if ahead {
        day.checked_sub(jiff::ToSpan::years(1)).ok()
    } else {
        Some(day)
    }
}

/// The first date in `text` that says when, not how long.
pub fn first(text: &str, now: &Zoned, policy: &Policy) -> Option<FoundDate> {
    find(text, now, policy)
        .into_iter()
        .find(|date| date.role != Role::Duration)
}

/// Lengths in hours and minutes that stand without “for” (`1h`, `30 min`), with their seconds.
pub(crate) fn bare_lengths(
    text: &str,
    now: &Zoned,
    policy: &Policy,
) -> Vec<(std::ops::Range<usize>, i64)> {
    let lexed = Lexed::new(text);
    let parser = Parser::new(&lexed, Calendar::new(now, policy));
    let mut lengths = Vec::new();
    let mut at = 0;
    while at < lexed.tokens.len() {
        match parser.clock_length(at) {
            Some((bytes, seconds, end)) => {
                lengths.push((bytes, seconds));
                at = end.max(at + 1);
            }
            None => at += 1,
        }
    }
    lengths
}
