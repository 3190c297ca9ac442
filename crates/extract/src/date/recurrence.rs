//! Repetition as RFC 5545 writes it: rules as values, their text, and their next occurrence.
//!
//! A subset of RFC 5545 §3.3.10: FREQ (minutes to years), INTERVAL, COUNT, UNTIL, BYDAY with
//! ordinals, BYMONTHDAY, BYMONTH and BYSETPOS; weeks begin on Monday. Times are wall clock, as a
//! recurrence keeps its hour when the clocks change; the caller puts them into a zone.

use std::fmt::{self, Display};
use std::str::FromStr;

use jiff::civil::{Date, DateTime, Weekday};
use jiff::{Span, ToSpan, Unit};

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

/// A recurrence rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// FREQ
    pub frequency: Frequency,
    /// INTERVAL, at least 1.
    pub interval: u16,
    /// BYDAY; 0 for every such day, otherwise which one of the period (negative from its end).
    pub by_day: Vec<(i8, Weekday)>,
    /// BYMONTHDAY (negative from the end of the month).
    pub by_month_day: Vec<i8>,
    /// BYMONTH
    pub by_month: Vec<i8>,
    /// BYSETPOS
    pub by_set_pos: Option<i16>,
    /// COUNT
    pub count: Option<u32>,
    /// UNTIL, inclusive.
    pub until: Option<DateTime>,
}

/// A rule that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownRule;

impl Display for UnknownRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a recurrence rule of the subset that is understood")
    }
}

impl std::error::Error for UnknownRule {}

const DAYS: [(&str, Weekday); 7] = [
    ("MO", Weekday::Monday),
    ("TU", Weekday::Tuesday),
    ("WE", Weekday::Wednesday),
    ("TH", Weekday::Thursday),
    ("FR", Weekday::Friday),
    ("SA", Weekday::Saturday),
    ("SU", Weekday::Sunday),
];

/// Periods looked at before a rule is taken to have no further occurrence; more than the 400 years
/// after which the calendar repeats would hold for yearly rules.
const PERIODS: i64 = 2_000;
/// Occurrences counted from the start for a rule with COUNT.
const COUNTED: u32 = 10_000;

/// The first occurrence after `after` of a rule that starts at `start`; `None` when there is none
/// or the rule cannot be read.
pub fn next_after(rule: &str, start: DateTime, after: DateTime) -> Option<DateTime> {
    rule.parse::<Rule>().ok()?.next_after(start, after)
}

impl Rule {
    /// Every `interval` of a frequency.
    pub fn every(frequency: Frequency, interval: u16) -> Self {
        Self {
            frequency,
            interval: interval.max(1),
            by_day: Vec::new(),
            by_month_day: Vec::new(),
            by_month: Vec::new(),
            by_set_pos: None,
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
            ..self.clone()
        };
        each.next_after(start, before)
    }

    /// The first occurrence after `after` when the rule starts at `start`.
    pub fn next_after(&self, start: DateTime, after: DateTime) -> Option<DateTime> {
        if matches!(self.frequency, Frequency::Minutely | Frequency::Hourly) {
            return self.next_by_clock(start, after);
        }
        let first = if self.count.is_some() {
            0
        } else {
            self.periods_before(start, after)?
        };
        let mut seen = 0;
        for k in first
            ..first.checked_add(PERIODS.max(i64::from(self.count.unwrap_or(0).min(COUNTED))))?
        {
            for date in self.dates_of(start.date(), k)? {
                let at = date.to_datetime(start.time());
                if at < start {
                    continue;
                }
                if self.until.is_some_and(|until| at > until) {
                    return None;
                }
                seen += 1;
                if self.count.is_some_and(|count| seen > count) || seen > COUNTED {
                    return None;
                }
                if at > after {
                    return Some(at);
                }
            }
        }
        None
    }

    fn next_by_clock(&self, start: DateTime, after: DateTime) -> Option<DateTime> {
        let step: i64 = if self.frequency == Frequency::Hourly {
            3600
        } else {
            60
        };
        let step = step * i64::from(self.interval);
        let gone = start.until((Unit::Second, after)).ok()?.get_seconds();
        let k = if gone < 0 { 0 } else { gone / step + 1 };
        if self.count.is_some_and(|count| k >= i64::from(count)) {
            return None;
        }
        let at = start
            .checked_add(Span::new().try_seconds(k.checked_mul(step)?).ok()?)
            .ok()?;
        (self.until.is_none_or(|until| at <= until)).then_some(at)
    }

    /// How many periods certainly end before `after`.
    fn periods_before(&self, start: DateTime, after: DateTime) -> Option<i64> {
        let unit = match self.frequency {
            Frequency::Weekly => Unit::Week,
            Frequency::Monthly => Unit::Month,
            Frequency::Yearly => Unit::Year,
            _ => Unit::Day,
        };
        let gone = start.until((unit, after)).ok()?;
        let gone = match self.frequency {
            Frequency::Weekly => i64::from(gone.get_weeks()),
            Frequency::Monthly => i64::from(gone.get_months()),
            Frequency::Yearly => i64::from(gone.get_years()),
            _ => i64::from(gone.get_days()),
        };
        Some((gone / i64::from(self.interval) - 1).max(0))
    }

    /// The days of the `k`th period, in order.
    fn dates_of(&self, start: Date, k: i64) -> Option<Vec<Date>> {
        let n = k.checked_mul(i64::from(self.interval))?;
        let mut dates = match self.frequency {
            Frequency::Weekly => {
                let back = i64::from(start.weekday().to_monday_zero_offset());
                let monday = start
                    .checked_add(Span::new().try_days(n * 7 - back).ok()?)
                    .ok()?;
                self.of_week(monday, start.weekday())
            }
            Frequency::Monthly => {
                let month = start
                    .first_of_month()
                    .checked_add(Span::new().try_months(n).ok()?)
                    .ok()?;
                self.of_month(month, start.day())
            }
            Frequency::Yearly => {
                let year = i16::try_from(i64::from(start.year()).checked_add(n)?).ok()?;
                self.of_year(year, start)
            }
            _ => vec![start.checked_add(Span::new().try_days(n).ok()?).ok()?],
        };
        if self.frequency == Frequency::Daily {
            dates.retain(|d| {
                self.by_day.is_empty() || self.by_day.iter().any(|(_, w)| *w == d.weekday())
            });
            dates.retain(|d| {
                self.by_month_day.is_empty()
                    || self.by_month_day.iter().any(|n| on_month_day(*d, *n))
            });
        }
        if self.frequency != Frequency::Yearly {
            dates.retain(|d| self.by_month.is_empty() || self.by_month.contains(&d.month()));
        }
        dates.sort_unstable();
        dates.dedup();
        if let Some(position) = self.by_set_pos {
            let index = if position > 0 {
                usize::try_from(position - 1).ok()
            } else {
                dates
                    .len()
                    .checked_sub(usize::from(position.unsigned_abs()))
            };
            dates = index
                .and_then(|i| dates.get(i).copied())
                .into_iter()
                .collect();
        }
        Some(dates)
    }

    fn of_week(&self, monday: Date, own: Weekday) -> Vec<Date> {
        let days: Vec<Weekday> = if self.by_day.is_empty() {
            vec![own]
        } else {
            self.by_day.iter().map(|(_, weekday)| *weekday).collect()
        };
        days.iter()
            .filter_map(|day| {
                monday
                    .checked_add(i64::from(day.to_monday_zero_offset()).days())
                    .ok()
            })
            .collect()
    }

    /// Days of the month that begins on `first`.
    fn of_month(&self, first: Date, own: i8) -> Vec<Date> {
        let last = first.days_in_month();
        let all = || (1..=last).filter_map(move |day| first.with().day(day).build().ok());
        if self.by_day.is_empty() {
            let days = if self.by_month_day.is_empty() {
                vec![own]
            } else {
                self.by_month_day.clone()
            };
            return all()
                .filter(|date| days.iter().any(|n| on_month_day(*date, *n)))
                .collect();
        }
        all()
            .filter(|date| {
                self.by_day.iter().any(|(n, weekday)| {
                    *weekday == date.weekday()
                        && (*n == 0
                            || first
                                .nth_weekday_of_month(*n, *weekday)
                                .is_ok_and(|nth| nth == *date))
                })
            })
            .filter(|date| {
                self.by_month_day.is_empty()
                    || self.by_month_day.iter().any(|n| on_month_day(*date, *n))
            })
            .collect()
    }

    fn of_year(&self, year: i16, start: Date) -> Vec<Date> {
        let by_days = !self.by_day.is_empty() || !self.by_month_day.is_empty();
        let months = match (self.by_month.is_empty(), by_days) {
            (false, _) => self.by_month.clone(),
            (true, false) => vec![start.month()],
            (true, true) => (1..=12).collect(),
        };
        months
            .iter()
            .filter_map(|month| Date::new(year, *month, 1).ok())
            .flat_map(|first| self.of_month(first, start.day()))
            .collect()
    }
}

fn on_month_day(date: Date, n: i8) -> bool {
    if n > 0 {
        date.day() == n
    } else {
        date.day() == date.days_in_month() + 1 + n
    }
}

impl Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let frequency = match self.frequency {
            Frequency::Minutely => "MINUTELY",
            Frequency::Hourly => "HOURLY",
            Frequency::Daily => "DAILY",
            Frequency::Weekly => "WEEKLY",
            Frequency::Monthly => "MONTHLY",
            Frequency::Yearly => "YEARLY",
        };
        write!(f, "FREQ={frequency}")?;
        if self.interval > 1 {
            write!(f, ";INTERVAL={}", self.interval)?;
        }
        if !self.by_month.is_empty() {
            write!(f, ";BYMONTH={}", joined(&self.by_month))?;
        }
        if !self.by_month_day.is_empty() {
            write!(f, ";BYMONTHDAY={}", joined(&self.by_month_day))?;
        }
        if !self.by_day.is_empty() {
            let days: Vec<String> = self
                .by_day
                .iter()
                .map(|(n, day)| day_text(*n, *day))
                .collect();
            write!(f, ";BYDAY={}", days.join(","))?;
        }
        if let Some(position) = self.by_set_pos {
            write!(f, ";BYSETPOS={position}")?;
        }
        if let Some(count) = self.count {
            write!(f, ";COUNT={count}")?;
        }
        if let Some(until) = self.until {
            write!(f, ";UNTIL={}", until.strftime("%Y%m%d"))?;
            if until.hour() != 23 || until.minute() != 59 {
                write!(f, "{}", until.strftime("T%H%M%S"))?;
            }
        }
        Ok(())
    }
}

fn joined(numbers: &[i8]) -> String {
    numbers
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(",")
}

fn day_text(n: i8, day: Weekday) -> String {
    let name = DAYS
        .iter()
        .find(|(_, weekday)| *weekday == day)
        .map_or("", |(name, _)| name);
    if n == 0 {
        name.to_owned()
    } else {
        format!("{n}{name}")
    }
}

impl FromStr for Rule {
    type Err = UnknownRule;

    fn from_str(text: &str) -> Result<Self, UnknownRule> {
        let text = text.trim().strip_prefix("RRULE:").unwrap_or(text.trim());
        let mut rule = Self::every(Frequency::Daily, 1);
        let mut has_frequency = false;
        for part in text.split(';').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').ok_or(UnknownRule)?;
            match name {
                "FREQ" => {
                    rule.frequency = frequency(value).ok_or(UnknownRule)?;
                    has_frequency = true;
                }
                "INTERVAL" => {
                    rule.interval = value.parse().ok().filter(|n| *n > 0).ok_or(UnknownRule)?;
                }
                "COUNT" => rule.count = Some(value.parse().map_err(|_| UnknownRule)?),
                "UNTIL" => rule.until = Some(until(value).ok_or(UnknownRule)?),
                "BYDAY" => rule.by_day = list(value, day_value)?,
                "BYMONTHDAY" => {
                    rule.by_month_day = list(value, |v| {
                        v.parse().ok().filter(|n: &i8| *n != 0 && n.abs() <= 31)
                    })?;
                }
                "BYMONTH" => {
                    rule.by_month =
                        list(value, |v| v.parse().ok().filter(|n| (1..=12).contains(n)))?;
                }
                "BYSETPOS" => {
                    rule.by_set_pos =
                        Some(value.parse().ok().filter(|n| *n != 0).ok_or(UnknownRule)?);
                }
                "WKST" if value == "MO" => {}
                _ => return Err(UnknownRule),
            }
        }
        if has_frequency {
            Ok(rule)
        } else {
            Err(UnknownRule)
        }
    }
}

fn frequency(name: &str) -> Option<Frequency> {
    Some(match name {
        "MINUTELY" => Frequency::Minutely,
        "HOURLY" => Frequency::Hourly,
        "DAILY" => Frequency::Daily,
        "WEEKLY" => Frequency::Weekly,
        "MONTHLY" => Frequency::Monthly,
        "YEARLY" => Frequency::Yearly,
        _ => return None,
    })
}

fn list<T>(text: &str, value: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, UnknownRule> {
    text.split(',')
        .map(|item| value(item.trim()).ok_or(UnknownRule))
        .collect()
}

fn day_value(text: &str) -> Option<(i8, Weekday)> {
    let split = text.len().checked_sub(2)?;
    let (number, name) = (text.get(..split)?, text.get(split..)?);
    let weekday = DAYS.iter().find(|(short, _)| *short == name)?.1;
    let n = if number.is_empty() {
        0
    } else {
        number.parse().ok()?
    };
    Some((n, weekday))
}

/// `20260630` (that whole day) or `20260630T120000`, with or without `Z`.
fn until(text: &str) -> Option<DateTime> {
    let text = text.strip_suffix('Z').unwrap_or(text);
    if text.contains('T') {
        return DateTime::strptime("%Y%m%dT%H%M%S", text).ok();
    }
    Some(Date::strptime("%Y%m%d", text).ok()?.at(23, 59, 59, 0))
}

#[cfg(test)]
mod tests;
