//! Which days and times one period of a rule has.
//!
//! Every day of the period is held against the BY… parts (RFC 5545 §3.3.10 calls the parts that add
//! days “expanding” and those that take days away “limiting”; for a set of days both are a filter).
//! What a rule leaves open is taken from its start.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time, Weekday};

use super::{Frequency, Rule, step};

/// The occurrences of the `k`th period, in order; `None` outside the calendar.
pub(super) fn times_of(rule: &Rule, start: DateTime, k: i64) -> Option<Vec<DateTime>> {
    let n = k.checked_mul(i64::from(rule.interval))?;
    let by_clock = matches!(rule.frequency, Frequency::Hourly | Frequency::Minutely);
    let mut times = if by_clock {
        let at = start.checked_add(step(rule.frequency, n)?).ok()?;
        clock_times(rule, at)
    } else {
        let filter = Filter::new(rule, start.date());
        let days = days_of(rule, start.date(), n)?;
        let fits = days.into_iter().filter(|day| filter.fits(*day));
        fits.flat_map(|day| day_times(rule, day, start.time()))
            .collect()
    };
    times.sort_unstable();
    times.dedup();
    Some(at_positions(rule, times))
}

/// The period to look at after the `k`th; where a whole day or hour is left out, behind that.
pub(super) fn next_period(rule: &Rule, start: DateTime, k: i64, empty: bool) -> Option<i64> {
    let seconds = match rule.frequency {
        Frequency::Hourly => 3600,
        Frequency::Minutely => 60,
        _ => return k.checked_add(1),
    };
    let seconds = i64::from(rule.interval) * seconds;
    if !empty {
        return k.checked_add(1);
    }
    let n = k.checked_mul(i64::from(rule.interval))?;
    let at = start.checked_add(step(rule.frequency, n)?).ok()?;
    let filter = Filter::new(rule, start.date());
    let open = if filter.fits(at.date()) {
        let hour = at.date().at(at.hour(), 0, 0, 0);
        hour.checked_add(1.hour()).ok()?
    } else {
        at.date().tomorrow().ok()?.at(0, 0, 0, 0)
    };
    let skipped = at.duration_until(open).as_secs() / seconds;
    k.checked_add(skipped.max(1))
}

/// Every day of the period that begins `n` units behind the start.
fn days_of(rule: &Rule, start: Date, n: i64) -> Option<Vec<Date>> {
    let (first, last) = match rule.frequency {
        Frequency::Weekly => {
            let first = week_of(start, rule.week_start)?;
            let first = first.checked_add(step(Frequency::Weekly, n)?).ok()?;
            (first, first.checked_add(6.days()).ok()?)
        }
        Frequency::Monthly => {
            let first = start.first_of_month().checked_add(step(rule.frequency, n)?);
            let first = first.ok()?;
            (first, first.last_of_month())
        }
        Frequency::Yearly => {
            let year = i16::try_from(i64::from(start.year()).checked_add(n)?).ok()?;
            let first = Date::new(year, 1, 1).ok()?;
            (first, first.last_of_year())
        }
        _ => {
            let day = start.checked_add(step(Frequency::Daily, n)?).ok()?;
            (day, day)
        }
    };
    Some(
        first
            .series(1.day())
            .take_while(|day| *day <= last)
            .collect(),
    )
}

/// The first day of the week that `day` lies in.
fn week_of(day: Date, week_start: Weekday) -> Option<Date> {
    let back = i64::from(week_start.until(day.weekday()));
    day.checked_sub(back.days()).ok()
}

/// The days that a rule allows; what it leaves open is the start's.
struct Filter<'r> {
    rule: &'r Rule,
    month: Option<i8>,
    month_day: Option<i8>,
    weekday: Option<Weekday>,
}

impl<'r> Filter<'r> {
    fn new(rule: &'r Rule, start: Date) -> Self {
        let mut filter = Self {
            rule,
            month: None,
            month_day: None,
            weekday: None,
        };
        let days_told = !(rule.by_year_day.is_empty()
            && rule.by_month_day.is_empty()
            && rule.by_day.is_empty());
        if days_told {
            return filter;
        }
        match rule.frequency {
            Frequency::Yearly if !rule.by_week_no.is_empty() => {
                filter.weekday = Some(start.weekday());
            }
            Frequency::Yearly => {
                filter.month = Some(start.month()).filter(|_| rule.by_month.is_empty());
                filter.month_day = Some(start.day());
            }
            Frequency::Monthly => filter.month_day = Some(start.day()),
            Frequency::Weekly => filter.weekday = Some(start.weekday()),
            _ => {}
        }
        filter
    }

    fn fits(&self, day: Date) -> bool {
        let rule = self.rule;
        let length = day.days_in_year();
        let own = self.month.is_none_or(|month| month == day.month())
            && self.month_day.is_none_or(|n| n == day.day())
            && self.weekday.is_none_or(|weekday| weekday == day.weekday());
        own && (rule.by_month.is_empty() || rule.by_month.contains(&day.month()))
            && (rule.by_month_day.is_empty() || rule.by_month_day.iter().any(|n| on_day(day, *n)))
            && (rule.by_year_day.is_empty()
                || rule
                    .by_year_day
                    .iter()
                    .any(|n| from_end(*n, length) == day.day_of_year()))
            && (rule.by_week_no.is_empty() || self.in_week(day))
            && (rule.by_day.is_empty() || rule.by_day.iter().any(|by| self.on_weekday(day, *by)))
    }

    /// Whether the week of `day` is one of BYWEEKNO.
    fn in_week(&self, day: Date) -> bool {
        let Some((week, weeks)) = week_number(day, self.rule.week_start) else {
            return false;
        };
        self.rule
            .by_week_no
            .iter()
            .any(|n| from_end(i16::from(*n), weeks) == week)
    }

    /// Whether `day` is one BYDAY names: the nth of its month or, in a rule by years, of its year.
    fn on_weekday(&self, day: Date, (n, weekday): (i8, Weekday)) -> bool {
        if day.weekday() != weekday {
            return false;
        }
        let rule = self.rule;
        let of_year = rule.frequency == Frequency::Yearly && rule.by_month.is_empty();
        let counts = of_year || matches!(rule.frequency, Frequency::Monthly | Frequency::Yearly);
        if n == 0 || !counts || !rule.by_week_no.is_empty() {
            return true;
        }
        let (place, length) = if of_year {
            (day.day_of_year(), day.days_in_year())
        } else {
            (i16::from(day.day()), i16::from(day.days_in_month()))
        };
        let nth = if n > 0 {
            (place - 1) / 7 + 1
        } else {
            -((length - place) / 7 + 1)
        };
        nth == i16::from(n)
    }
}

fn on_day(day: Date, n: i8) -> bool {
    from_end(i16::from(n), i16::from(day.days_in_month())) == i16::from(day.day())
}

/// A place counted from the start, where a negative one counts from the end of `length`.
fn from_end(n: i16, length: i16) -> i16 {
    if n > 0 { n } else { length + 1 + n }
}

/// The number of the week that `day` lies in, and how many weeks the year of that week has; the
/// first week is the first with four days in the year (RFC 5545 §3.3.10, BYWEEKNO).
fn week_number(day: Date, week_start: Weekday) -> Option<(i16, i16)> {
    let week = week_of(day, week_start)?;
    // The fourth day of a week lies in the year that the week belongs to.
    let year = week.checked_add(3.days()).ok()?.year();
    let first = |year: i16| week_of(Date::new(year, 1, 4).ok()?, week_start);
    let days = |from: Date, to: Date| i16::try_from(from.duration_until(to).as_hours() / 24).ok();
    let start = first(year)?;
    let number = days(start, week)? / 7 + 1;
    Some((number, days(start, first(year.checked_add(1)?)?)? / 7))
}

/// The times of a day: those told, or the start's.
fn day_times(rule: &Rule, day: Date, start: Time) -> Vec<DateTime> {
    let hours = or_own(&rule.by_hour, start.hour());
    let minutes = or_own(&rule.by_minute, start.minute());
    hours
        .iter()
        .flat_map(|hour| minutes.iter().map(move |minute| (*hour, *minute)))
        .filter_map(|(hour, minute)| Time::new(hour, minute, start.second(), 0).ok())
        .map(|time| day.to_datetime(time))
        .collect()
}

/// The times of the hour or minute at `at`.
fn clock_times(rule: &Rule, at: DateTime) -> Vec<DateTime> {
    let hour = rule.by_hour.is_empty() || rule.by_hour.contains(&at.hour());
    if !hour || !Filter::new(rule, at.date()).fits(at.date()) {
        return Vec::new();
    }
    if rule.frequency == Frequency::Minutely {
        let minute = rule.by_minute.is_empty() || rule.by_minute.contains(&at.minute());
        return minute.then_some(at).into_iter().collect();
    }
    or_own(&rule.by_minute, at.minute())
        .into_iter()
        .filter_map(|minute| Time::new(at.hour(), minute, at.second(), 0).ok())
        .map(|time| at.date().to_datetime(time))
        .collect()
}

fn or_own(told: &[i8], own: i8) -> Vec<i8> {
    if told.is_empty() {
        vec![own]
    } else {
        told.to_vec()
    }
}

/// Those of BYSETPOS, where it is told.
fn at_positions(rule: &Rule, times: Vec<DateTime>) -> Vec<DateTime> {
    if rule.by_set_pos.is_empty() {
        return times;
    }
    let length = times.len();
    let mut places: Vec<usize> = rule
        .by_set_pos
        .iter()
        .filter_map(|position| {
            let distance = usize::from(position.unsigned_abs());
            if *position > 0 {
                distance.checked_sub(1)
            } else {
                length.checked_sub(distance)
            }
        })
        .collect();
    places.sort_unstable();
    places.dedup();
    let chosen = places.into_iter().filter_map(|i| times.get(i).copied());
    chosen.collect()
}
