//! How a rule is written: RFC 5545 §3.3.10, read and written.

use std::fmt::{self, Display};
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZone;

use super::{Frequency, Rule, Until};

/// A rule that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownRule;

impl Display for UnknownRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a recurrence rule of RFC 5545, from minutes to years")
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

const FREQUENCIES: [(&str, Frequency); 6] = [
    ("MINUTELY", Frequency::Minutely),
    ("HOURLY", Frequency::Hourly),
    ("DAILY", Frequency::Daily),
    ("WEEKLY", Frequency::Weekly),
    ("MONTHLY", Frequency::Monthly),
    ("YEARLY", Frequency::Yearly),
];

/// Values of one part: a day of a year at most 366 times.
const VALUES: usize = 400;

impl Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let frequency = FREQUENCIES
            .iter()
            .find(|(_, frequency)| *frequency == self.frequency)
            .map_or("", |(name, _)| name);
        write!(f, "FREQ={frequency}")?;
        if self.interval > 1 {
            write!(f, ";INTERVAL={}", self.interval)?;
        }
        part(f, "BYMONTH", &self.by_month)?;
        part(f, "BYWEEKNO", &self.by_week_no)?;
        part(f, "BYYEARDAY", &self.by_year_day)?;
        part(f, "BYMONTHDAY", &self.by_month_day)?;
        let days: Vec<String> = self.by_day.iter().copied().map(day_text).collect();
        part(f, "BYDAY", &days)?;
        part(f, "BYHOUR", &self.by_hour)?;
        part(f, "BYMINUTE", &self.by_minute)?;
        part(f, "BYSETPOS", &self.by_set_pos)?;
        if self.week_start != Weekday::Monday {
            write!(f, ";WKST={}", weekday_text(self.week_start))?;
        }
        if let Some(count) = self.count {
            write!(f, ";COUNT={count}")?;
        }
        match self.until {
            None => Ok(()),
            Some(Until::Day(day)) => write!(f, ";UNTIL={}", day.strftime("%Y%m%d")),
            Some(Until::Local(at)) => write!(f, ";UNTIL={}", at.strftime("%Y%m%dT%H%M%S")),
            Some(Until::Moment(at)) => write!(f, ";UNTIL={}", at.strftime("%Y%m%dT%H%M%SZ")),
        }
    }
}

fn part<T: Display>(f: &mut fmt::Formatter<'_>, name: &str, values: &[T]) -> fmt::Result {
    for (i, value) in values.iter().enumerate() {
        if i == 0 {
            write!(f, ";{name}={value}")?;
        } else {
            write!(f, ",{value}")?;
        }
    }
    Ok(())
}

fn weekday_text(day: Weekday) -> &'static str {
    DAYS.iter()
        .find(|(_, weekday)| *weekday == day)
        .map_or("", |(name, _)| name)
}

fn day_text((n, day): (i8, Weekday)) -> String {
    let name = weekday_text(day);
    if n == 0 {
        name.to_owned()
    } else {
        format!("{n}{name}")
    }
}

/// Reads a rule, with or without `RRULE:` before it; names and values in either case.
impl FromStr for Rule {
    type Err = UnknownRule;

    fn from_str(text: &str) -> Result<Self, UnknownRule> {
        let text = text.trim().to_ascii_uppercase();
        let text = text.strip_prefix("RRULE:").unwrap_or(&text);
        let mut rule = Self::every(Frequency::Daily, 1);
        let mut has_frequency = false;
        for part in text.split(';').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').ok_or(UnknownRule)?;
            has_frequency |= name == "FREQ";
            rule.read_part(name, value)?;
        }
        let weeks = rule.by_week_no.is_empty() || rule.frequency == Frequency::Yearly;
        let ends = rule.count.is_none() || rule.until.is_none();
        if has_frequency && weeks && ends {
            Ok(rule)
        } else {
            Err(UnknownRule)
        }
    }
}

impl Rule {
    fn read_part(&mut self, name: &str, value: &str) -> Result<(), UnknownRule> {
        match name {
            "FREQ" => {
                let found = FREQUENCIES.iter().find(|(name, _)| *name == value);
                self.frequency = found.ok_or(UnknownRule)?.1;
            }
            "INTERVAL" => {
                self.interval = value.parse().ok().filter(|n| *n > 0).ok_or(UnknownRule)?;
            }
            "COUNT" => {
                let count = value.parse().ok().filter(|n| *n > 0);
                self.count = Some(count.ok_or(UnknownRule)?);
            }
            "UNTIL" => self.until = Some(until(value).ok_or(UnknownRule)?),
            "BYDAY" => self.by_day = list(value, day_value)?,
            "BYMONTHDAY" => self.by_month_day = list(value, |v| place(v, 31))?,
            "BYMONTH" => self.by_month = list(value, |v| between(v, 1, 12))?,
            "BYYEARDAY" => self.by_year_day = list(value, |v| place(v, 366))?,
            "BYWEEKNO" => self.by_week_no = list(value, |v| place(v, 53))?,
            "BYHOUR" => self.by_hour = list(value, |v| between(v, 0, 23))?,
            "BYMINUTE" => self.by_minute = list(value, |v| between(v, 0, 59))?,
            "BYSETPOS" => self.by_set_pos = list(value, |v| place(v, 366))?,
            "WKST" => self.week_start = weekday(value).ok_or(UnknownRule)?,
            _ => return Err(UnknownRule),
        }
        Ok(())
    }
}

fn list<T>(text: &str, value: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, UnknownRule> {
    if text.split(',').count() > VALUES {
        return Err(UnknownRule);
    }
    text.split(',')
        .map(|item| value(item.trim()).ok_or(UnknownRule))
        .collect()
}

fn between(text: &str, least: i8, most: i8) -> Option<i8> {
    text.parse().ok().filter(|n| (least..=most).contains(n))
}

/// A number from 1 to `most`, or as far from the end.
fn place<T: TryFrom<i16>>(text: &str, most: i16) -> Option<T> {
    let n: i16 = text.parse().ok()?;
    (n != 0 && n.abs() <= most).then(|| T::try_from(n).ok())?
}

fn weekday(name: &str) -> Option<Weekday> {
    DAYS.iter()
        .find(|(short, _)| *short == name)
        .map(|(_, weekday)| *weekday)
}

fn day_value(text: &str) -> Option<(i8, Weekday)> {
    let split = text.len().checked_sub(2)?;
    let (number, name) = (text.get(..split)?, text.get(split..)?);
    let n = if number.is_empty() {
        0
    } else {
        place(number, 53)?
    };
    Some((n, weekday(name)?))
}

/// `20260630`, `20260630T120000` or `20260630T100000Z`.
fn until(text: &str) -> Option<Until> {
    if let Some(text) = text.strip_suffix('Z') {
        let at: DateTime = DateTime::strptime("%Y%m%dT%H%M%S", text).ok()?;
        let moment: Timestamp = at.to_zoned(TimeZone::UTC).ok()?.timestamp();
        return Some(Until::Moment(moment));
    }
    if text.contains('T') {
        return Some(Until::Local(
            DateTime::strptime("%Y%m%dT%H%M%S", text).ok()?,
        ));
    }
    Some(Until::Day(Date::strptime("%Y%m%d", text).ok()?))
}
