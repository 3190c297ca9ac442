//! Repetition as RFC 5545 writes it: rules as values, their text, and their next occurrence.
//!
//! All of RFC 5545 §3.3.10 from minutes to years: INTERVAL, COUNT, UNTIL, WKST, and every BY… part
//! but BYSECOND. Rules work on the wall clock, as a repetition keeps its hour when the clocks
//! change; [`next_after`] puts them into a zone. [`expand`] knows which days a period has,
//! [`text`] how a rule is written.

mod expand;
mod text;

use jiff::Zoned;
use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ToSpan, Unit};

use super::Due;

pub use self::text::UnknownRule;

/// How often a rule repeats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frequency {
    /// FREQ=MINUTELY
    Minutely,
    /// FREQ=HOURLY
    Hourly,
    /// FREQ=DAILY
    Daily,
    /// FREQ=WEEKLY
    Weekly,
    /// FREQ=MONTHLY
    Monthly,
    /// FREQ=YEARLY
    Yearly,
}

/// The last moment at which a rule may fall, inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// `20260630`: all of that day.
    Day(Date),
    /// `20260630T120000`: a wall clock time.
    Local(DateTime),
    /// `20260630T100000Z`: a moment.
    Moment(Timestamp),
}

/// A recurrence rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// FREQ
    pub frequency: Frequency,
    /// INTERVAL, at least 1.
    pub interval: u16,
    /// BYMONTH
    pub by_month: Vec<i8>,
    /// BYWEEKNO, 1 to 53 (negative from the end of the year).
    pub by_week_no: Vec<i8>,
    /// BYYEARDAY, 1 to 366 (negative from the end of the year).
    pub by_year_day: Vec<i16>,
    /// BYMONTHDAY, 1 to 31 (negative from the end of the month).
    pub by_month_day: Vec<i8>,
    /// BYDAY; 0 for every such day, otherwise which one of the period (negative from its end).
    pub by_day: Vec<(i8, Weekday)>,
    /// BYHOUR
    pub by_hour: Vec<i8>,
    /// BYMINUTE
    pub by_minute: Vec<i8>,
    /// BYSETPOS
    pub by_set_pos: Vec<i16>,
    /// WKST
    pub week_start: Weekday,
    /// COUNT
    pub count: Option<u32>,
    /// UNTIL, inclusive.
    pub until: Option<Until>,
}

/// What follows when one occurrence of something repeated is done.
#[derive(Debug, Clone, PartialEq)]
pub struct Next {
    /// When it is due next: a day where it was a day, a moment where it was a moment.
    pub due: Due,
    /// The rule that goes on from `due`: as it was, with less left of its COUNT.
    pub rrule: String,
}

/// The occurrence that follows when what repeats by `rrule` and is due at `due` is done at `done`,
/// whose zone is the one in which its clock time holds.
///
/// It is the first occurrence later than both `due` and `done`, so that what is overdue is not made
/// up for; a day counts as later when it is a later day. `None` when the series has ended or
/// `rrule` cannot be read ([`Rule`] parses it and tells which).
pub fn next_after(rrule: &str, due: &Due, done: &Zoned) -> Option<Next> {
    let series: Rule = rrule.parse().ok()?;
    let zone = done.time_zone();
    match due {
        Due::Day(day) => {
            let start = day.at(0, 0, 0, 0);
            let after = done.date().max(*day).at(23, 59, 59, 0);
            let found = series.in_zone(zone).occurrence(start, after)?;
            Some(Next {
                due: Due::Day(found.at.date()),
                rrule: series.left(found.passed).to_string(),
            })
        }
        Due::Moment(moment) => {
            let moment = moment.with_time_zone(zone.clone());
            let local = series.in_zone(zone);
            let later = if moment.timestamp() > done.timestamp() {
                moment.clone()
            } else {
                done.clone()
            };
            let mut after = later.datetime();
            // Where the clock is set back a later wall clock time may be an earlier moment.
            for _ in 0..MOMENTS {
                let found = local.occurrence(moment.datetime(), after)?;
                let at = found.at.to_zoned(zone.clone()).ok()?;
                if at.timestamp() > later.timestamp() {
                    return Some(Next {
                        due: Due::Moment(at),
                        rrule: series.left(found.passed).to_string(),
                    });
                }
                after = found.at;
            }
            None
        }
    }
}

/// Occurrences looked at to find one that is later in time as well as on the wall clock; an hour
/// set back has no more minutes than this.
const MOMENTS: usize = 200;
/// Periods looked at before a rule is taken to have no further occurrence; more than the 400 years
/// after which the calendar repeats would hold for yearly rules.
const PERIODS: u32 = 2_000;
/// Occurrences counted from the start for a rule with COUNT.
const COUNTED: u32 = 10_000;

/// An occurrence, and how many of the series came before it.
struct Occurrence {
    at: DateTime,
    passed: u32,
}

impl Rule {
    /// Every `interval` of a frequency.
    pub fn every(frequency: Frequency, interval: u16) -> Self {
        Self {
            frequency,
            interval: interval.max(1),
            by_month: Vec::new(),
            by_week_no: Vec::new(),
            by_year_day: Vec::new(),
            by_month_day: Vec::new(),
            by_day: Vec::new(),
            by_hour: Vec::new(),
            by_minute: Vec::new(),
            by_set_pos: Vec::new(),
            week_start: Weekday::Monday,
            count: None,
            until: None,
        }
    }

    /// The first day that fits on or after `start`; with it as its start, the rule counts from there.
    pub fn first_from(&self, start: DateTime) -> Option<DateTime> {
        let before = start.checked_sub(1.second()).ok()?;
        let each = Self {
            interval: 1,
            count: None,
            until: None,
            ..self.clone()
        };
        each.next_after(start, before)
    }

    /// The first occurrence after `after`, on the wall clock, when the rule starts at `start`. An
    /// UNTIL in UTC is read as UTC's wall clock.
    pub fn next_after(&self, start: DateTime, after: DateTime) -> Option<DateTime> {
        Some(self.occurrence(start, after)?.at)
    }

    fn occurrence(&self, start: DateTime, after: DateTime) -> Option<Occurrence> {
        let mut k = if self.count.is_some() {
            0
        } else {
            self.periods_before(start, after)?
        };
        // The start is the first occurrence, whether or not it fits the rule (RFC 5545 §3.8.5.3).
        let mut seen = 0u32;
        let mut started = self.count.is_none();
        for _ in 0..PERIODS.max(self.count.unwrap_or(0).min(COUNTED)) {
            let times = expand::times_of(self, start, k)?;
            for at in times.iter().copied().filter(|at| *at >= start) {
                if !started {
                    started = true;
                    seen += u32::from(at != start);
                }
                if self.is_over(at) {
                    return None;
                }
                seen += 1;
                if self.count.is_some_and(|count| seen > count) || seen > COUNTED {
                    return None;
                }
                if at > after {
                    return Some(Occurrence {
                        at,
                        passed: seen - 1,
                    });
                }
            }
            k = expand::next_period(self, start, k, times.is_empty())?;
        }
        None
    }

    fn is_over(&self, at: DateTime) -> bool {
        match self.until {
            None => false,
            Some(Until::Day(last)) => at.date() > last,
            Some(Until::Local(last)) => at > last,
            Some(Until::Moment(last)) => at > last.to_zoned(TimeZone::UTC).datetime(),
        }
    }

    /// The same with an UNTIL in UTC told on the wall clock of `zone`.
    fn in_zone(&self, zone: &TimeZone) -> Self {
        let mut rule = self.clone();
        if let Some(Until::Moment(last)) = self.until {
            rule.until = Some(Until::Local(last.to_zoned(zone.clone()).datetime()));
        }
        rule
    }

    /// What is left of the rule when `passed` occurrences are over.
    fn left(&self, passed: u32) -> Self {
        Self {
            count: self.count.map(|count| count.saturating_sub(passed)),
            ..self.clone()
        }
    }

    /// How many periods certainly end before `after`.
    fn periods_before(&self, start: DateTime, after: DateTime) -> Option<i64> {
        let interval = i64::from(self.interval);
        let gone = match self.frequency {
            Frequency::Minutely => start.until((Unit::Minute, after)).ok()?.get_minutes(),
            Frequency::Hourly => i64::from(start.until((Unit::Hour, after)).ok()?.get_hours()),
            Frequency::Daily => i64::from(start.until((Unit::Day, after)).ok()?.get_days()),
            Frequency::Weekly => i64::from(start.until((Unit::Week, after)).ok()?.get_weeks()),
            Frequency::Monthly => i64::from(start.until((Unit::Month, after)).ok()?.get_months()),
            Frequency::Yearly => i64::from(start.until((Unit::Year, after)).ok()?.get_years()),
        };
        Some((gone / interval - 1).max(0))
    }
}

/// `n` units of a frequency as a length of time.
fn step(frequency: Frequency, n: i64) -> Option<Span> {
    let span = Span::new();
    match frequency {
        Frequency::Minutely => span.try_minutes(n),
        Frequency::Hourly => span.try_hours(n),
        Frequency::Daily => span.try_days(n),
        Frequency::Weekly => span.try_weeks(n),
        Frequency::Monthly => span.try_months(n),
        Frequency::Yearly => span.try_years(n),
    }
    .ok()
}

#[cfg(test)]
mod tests;
