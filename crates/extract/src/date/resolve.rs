//! Calendar arithmetic: what was named, against the day and the zone of the reference.
//!
//! Everything that can leave the calendar (year 9999) answers `None`, which means “no date”.

use jiff::civil::{Date, DateTime, Weekday};
use jiff::{Span as Length, ToSpan, Zoned};

use super::words::{Part, Season, Unit};
use super::{Grain, Policy};

/// Something named in the calendar, before a clock time is put to it.
#[derive(Debug, Clone)]
pub(super) struct Period {
    /// First moment, wall clock.
    pub(super) start: DateTime,
    /// Exclusive end, wall clock.
    pub(super) end: DateTime,
    pub(super) grain: Grain,
    /// The day on which something bound to it is due.
    pub(super) due: Date,
    /// Counted from now in hours or less: the exact moment.
    pub(super) moment: Option<Zoned>,
    /// It is the edge of something longer, so that “before” it does not step back a day.
    pub(super) edge: bool,
    /// At the latest then, whatever the preposition (“within 3 days”).
    pub(super) bound: bool,
    /// A date only where a preposition, a time or the whole text makes it one.
    pub(super) weak: bool,
    pub(super) part: Option<Part>,
    pub(super) certainty: f32,
    pub(super) why: &'static str,
}

impl Period {
    /// One calendar day.
    pub(super) fn day(date: Date, why: &'static str) -> Option<Self> {
        Self::span(date, date.tomorrow().ok()?, Grain::Day, why).map(|p| Self { due: date, ..p })
    }

    /// From a day to another, exclusive; due on its last day.
    pub(super) fn span(first: Date, end: Date, grain: Grain, why: &'static str) -> Option<Self> {
        Some(Self {
            start: first.at(0, 0, 0, 0),
            end: end.at(0, 0, 0, 0),
            grain,
            due: end.yesterday().ok()?,
            moment: None,
            edge: false,
            bound: false,
            weak: false,
            part: None,
            certainty: 0.95,
            why,
        })
    }

    pub(super) fn sure(mut self, certainty: f32) -> Self {
        self.certainty = certainty;
        self
    }

    pub(super) fn weak(mut self) -> Self {
        self.weak = true;
        self
    }

    pub(super) fn edge(mut self) -> Self {
        self.edge = true;
        self
    }

    pub(super) fn first_day(&self) -> Date {
        self.start.date()
    }

    pub(super) fn is_day(&self) -> bool {
        self.grain == Grain::Day && self.moment.is_none()
    }

    /// The end of a working day: late on that day, which is due as a whole.
    pub(super) fn day_end(self) -> Self {
        let mut day = self.with_part(Part::Evening).edge();
        day.start = day.start.date().at(17, 0, 0, 0);
        day
    }

    /// Narrows a day to a part of it; the day stays what is due.
    pub(super) fn with_part(mut self, part: Part) -> Self {
        let (from, to) = hours(part);
        let date = self.first_day();
        self.start = date.at(from, 0, 0, 0);
        self.end = if to == 24 {
            date.tomorrow().map_or(self.end, |next| next.at(0, 0, 0, 0))
        } else {
            date.at(to, 0, 0, 0)
        };
        self.part = Some(part);
        self
    }
}

/// First and last (exclusive) hour of a part of the day.
pub(super) fn hours(part: Part) -> (i8, i8) {
    match part {
        Part::Morning => (6, 12),
        Part::Midday => (12, 14),
        Part::Afternoon => (12, 18),
        Part::Evening => (18, 24),
        Part::Night => (20, 24),
    }
}

/// The calendar as seen from the reference.
#[derive(Debug, Clone, Copy)]
pub(super) struct Calendar<'a> {
    pub(super) now: &'a Zoned,
    pub(super) today: Date,
    pub(super) policy: &'a Policy,
}

impl<'a> Calendar<'a> {
    pub(super) fn new(now: &'a Zoned, policy: &'a Policy) -> Self {
        Self {
            now,
            today: now.date(),
            policy,
        }
    }

    /// The reference day plus `days`.
    pub(super) fn day_in(&self, n: i64, why: &'static str) -> Option<Period> {
        Period::day(add(self.today, days(n)?)?, why)
    }

    /// Monday of the ISO week `weeks` from this one.
    pub(super) fn monday(&self, weeks: i64) -> Option<Date> {
        let back = i64::from(self.today.weekday().to_monday_zero_offset());
        add(self.today, days(weeks.checked_mul(7)?.checked_sub(back)?)?)
    }

    /// A weekday named alone: the next one after today, or the nearest when looking both ways.
    pub(super) fn weekday(&self, weekday: Weekday) -> Option<Date> {
        let ahead = i64::from(self.today.weekday().until(weekday));
        let days = match (self.policy.forward, ahead) {
            (true, 0) => 7,
            (false, 4..) => ahead - 7,
            _ => ahead,
        };
        add(self.today, days.days())
    }

    /// The next such weekday after today, whatever the policy.
    pub(super) fn coming(&self, weekday: Weekday) -> Option<Date> {
        let ahead = i64::from(self.today.weekday().until(weekday));
        add(self.today, if ahead == 0 { 7 } else { ahead }.days())
    }

    /// The last such weekday before today.
    pub(super) fn past(&self, weekday: Weekday) -> Option<Date> {
        let back = i64::from(weekday.until(self.today.weekday()));
        add(self.today, (-if back == 0 { 7 } else { back }).days())
    }

    /// That weekday of the ISO week `weeks` from this one.
    pub(super) fn weekday_of_week(&self, weekday: Weekday, weeks: i64) -> Option<Date> {
        let offset = i64::from(weekday.to_monday_zero_offset());
        add(self.monday(weeks)?, offset.days())
    }

    /// The week that `day` lies in, due on the policy's last day of a week.
    pub(super) fn week_of(&self, day: Date, why: &'static str) -> Option<Period> {
        let back = i64::from(day.weekday().to_monday_zero_offset());
        let monday = add(day, (-back).days())?;
        let mut week = Period::span(monday, add(monday, 7.days())?, Grain::Week, why)?;
        let offset = i64::from(self.policy.week_end.to_monday_zero_offset());
        week.due = add(monday, offset.days())?;
        Some(week)
    }

    /// The week `weeks` from this one; when this week's last day has passed, it is due in the next.
    pub(super) fn week(&self, weeks: i64, why: &'static str) -> Option<Period> {
        let mut week = self.week_of(self.monday(weeks)?, why)?;
        if weeks == 0 && self.policy.forward && week.due < self.today {
            week.due = add(week.due, 7.days())?;
        }
        Some(week)
    }

    /// Saturday and Sunday of the week `weeks` from this one.
    pub(super) fn weekend(&self, weeks: i64, why: &'static str) -> Option<Period> {
        let saturday = self.weekday_of_week(Weekday::Saturday, weeks)?;
        Period::span(saturday, add(saturday, 2.days())?, Grain::Day, why)
    }

    /// The month `months` from this one.
    pub(super) fn month(&self, n: i64, why: &'static str) -> Option<Period> {
        let first = add(self.today.first_of_month(), months(n)?)?;
        month_at(first, why)
    }

    /// A month by its number, in the next (or nearest) year that fits.
    pub(super) fn month_named(
        &self,
        month: i8,
        year: Option<i16>,
        why: &'static str,
    ) -> Option<Period> {
        let year = year.unwrap_or_else(|| {
            let here = self.today.year();
            if self.policy.forward {
                here + i16::from(month < self.today.month())
            } else {
                nearest_year(here, i16::from(month) - i16::from(self.today.month()), 6)
            }
        });
        month_at(Date::new(year, month, 1).ok()?, why)
    }

    /// The quarter `quarters` from this one.
    pub(super) fn quarter(&self, quarters: i64, why: &'static str) -> Option<Period> {
        let month = (self.today.month() - 1) / 3 * 3 + 1;
        let first = Date::new(self.today.year(), month, 1).ok()?;
        quarter_at(add(first, months(quarters.checked_mul(3)?)?)?, why)
    }

    /// The `n`th quarter, in the next year that fits.
    pub(super) fn quarter_named(&self, n: i8, year: Option<i16>) -> Option<Period> {
        let current = (self.today.month() - 1) / 3 + 1;
        let year =
            year.unwrap_or(self.today.year() + i16::from(self.policy.forward && n < current));
        quarter_at(Date::new(year, n * 3 - 2, 1).ok()?, "quarter of the year")
    }

    /// The year `years` from this one.
    pub(super) fn year(&self, years: i64, why: &'static str) -> Option<Period> {
        let year = i16::try_from(i64::from(self.today.year()).checked_add(years)?).ok()?;
        year_at(year, why)
    }

    /// A unit of the calendar `n` from the current one (“this”, “next”, “last”).
    pub(super) fn unit(&self, unit: Unit, n: i64) -> Option<Period> {
        match unit {
            Unit::Day => self.day_in(n, "day counted from the reference day"),
            Unit::Workday => {
                let date = add_workdays(self.today, n)?;
                Period::day(date, "working day counted from the reference day")
            }
            Unit::Week => self.week(n, "ISO week; due on its last working day"),
            Unit::Weekend => self.weekend(n, "weekend; due on Sunday"),
            Unit::Month => self.month(n, "calendar month; due on its last day"),
            Unit::Quarter => self.quarter(n, "quarter; due on its last day"),
            Unit::Year => self.year(n, "calendar year; due on its last day"),
            Unit::Fortnight | Unit::Decade | Unit::Second | Unit::Minute | Unit::Hour => None,
        }
    }

    /// A day and month without a year: the next (or nearest) such day that exists.
    pub(super) fn month_day(&self, month: i8, day: i8) -> Option<Date> {
        let here = self.today.year();
        if self.policy.forward {
            return (here..here.saturating_add(9))
                .filter_map(|year| Date::new(year, month, day).ok())
                .find(|date| *date >= self.today);
        }
        (here.saturating_sub(4)..=here.saturating_add(4))
            .filter_map(|year| Date::new(year, month, day).ok())
            .min_by_key(|date| (date.duration_since(self.today).as_secs()).abs())
    }

    /// The `day`th of a month alone: the next month that has it, today included.
    pub(super) fn day_of_month(&self, day: i8) -> Option<Date> {
        let first = self.today.first_of_month();
        (0..5i64)
            .filter_map(|n| add(first, n.months()))
            .filter_map(|month| Date::new(month.year(), month.month(), day).ok())
            .find(|date| !self.policy.forward || *date >= self.today)
    }

    /// A season of the northern year, astronomical.
    pub(super) fn season(&self, season: Season, year: Option<i16>, skip: i64) -> Option<Period> {
        let at = |year: i16| {
            let (m1, d1, m2, d2, over) = match season {
                Season::Spring => (3, 20, 6, 21, 0),
                Season::Summer => (6, 21, 9, 23, 0),
                Season::Autumn => (9, 23, 12, 21, 0),
                Season::Winter => (12, 21, 3, 20, 1),
            };
            let end = Date::new(year.checked_add(over)?, m2, d2).ok()?;
            Period::span(Date::new(year, m1, d1).ok()?, end, Grain::Quarter, "season")
        };
        if let Some(year) = year {
            return at(year);
        }
        let here = self.today.year();
        let mut found = (here.saturating_sub(1)..=here.saturating_add(1))
            .filter_map(at)
            .filter(|p| p.due >= self.today);
        let current = found.next()?;
        let running = current.first_day() <= self.today;
        let shift = if skip > 0 && !running { 0 } else { skip };
        at(current
            .first_day()
            .year()
            .checked_add(i16::try_from(shift).ok()?)?)
    }
}

/// Whole month that begins on `first`.
pub(super) fn month_at(first: Date, why: &'static str) -> Option<Period> {
    Period::span(first, add(first, 1.month())?, Grain::Month, why)
}

fn quarter_at(first: Date, why: &'static str) -> Option<Period> {
    Period::span(first, add(first, 3.months())?, Grain::Quarter, why)
}

/// Whole calendar year.
pub(super) fn year_at(year: i16, why: &'static str) -> Option<Period> {
    let first = Date::new(year, 1, 1).ok()?;
    Period::span(first, add(first, 1.year())?, Grain::Year, why)
}

fn nearest_year(here: i16, ahead: i16, half: i16) -> i16 {
    if ahead > half {
        here - 1
    } else if ahead < -half {
        here + 1
    } else {
        here
    }
}

fn days(n: i64) -> Option<Length> {
    Length::new().try_days(n).ok()
}

fn months(n: i64) -> Option<Length> {
    Length::new().try_months(n).ok()
}

/// Adds within the calendar.
pub(super) fn add(date: Date, length: Length) -> Option<Date> {
    date.checked_add(length).ok()
}

/// Adds days on which offices work: Monday to Friday.
pub(super) fn add_workdays(date: Date, n: i64) -> Option<Date> {
    let step = if n < 0 { -1i64 } else { 1 };
    // Five of them from a Sunday end on the Friday: counted from the last day of work.
    let mut date = date;
    while n != 0 && !is_workday(date) {
        date = add(date, (-step).days())?;
    }
    // Whole weeks at once, so that a large number costs no more than a small one.
    let mut day = add(date, days(n / 5 * 7)?)?;
    let mut left = (n % 5).abs();
    while left > 0 {
        day = add(day, step.days())?;
        if is_workday(day) {
            left -= 1;
        }
    }
    Some(day)
}

/// Monday to Friday.
pub(super) fn is_workday(date: Date) -> bool {
    !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// A length of time as the text gave it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Amount {
    pub(super) months: i64,
    pub(super) days: i64,
    pub(super) workdays: i64,
    pub(super) seconds: i64,
    /// It counts seconds.
    pub(super) to_second: bool,
}

impl Amount {
    /// Whether it counts whole weeks, and at least one.
    pub(super) fn is_weeks(&self) -> bool {
        self.days > 0 && self.days % 7 == 0
    }

    /// `hundredths` of a unit.
    pub(super) fn of(hundredths: i64, unit: Unit) -> Option<Self> {
        let whole = |factor: i64| Some(hundredths.checked_mul(factor)? / 100);
        let mut amount = Self::default();
        match unit {
            Unit::Second => {
                amount.seconds = whole(1)?;
                amount.to_second = true;
            }
            Unit::Minute => amount.seconds = whole(60)?,
            Unit::Hour => amount.seconds = whole(3600)?,
            Unit::Day if hundredths % 100 != 0 => amount.seconds = whole(86400)?,
            Unit::Day => amount.days = whole(1)?,
            Unit::Workday => amount.workdays = whole(1)?,
            Unit::Week | Unit::Weekend => amount.days = whole(7)?,
            Unit::Fortnight => amount.days = whole(14)?,
            Unit::Month if hundredths % 100 != 0 => {
                amount.months = hundredths / 100;
                amount.days = hundredths % 100 * 30 / 100;
            }
            Unit::Month => amount.months = whole(1)?,
            Unit::Quarter => amount.months = whole(3)?,
            Unit::Year => amount.months = whole(12)?,
            Unit::Decade => amount.months = whole(120)?,
        }
        Some(amount)
    }

    pub(super) fn plus(self, other: Self) -> Option<Self> {
        Some(Self {
            months: self.months.checked_add(other.months)?,
            days: self.days.checked_add(other.days)?,
            workdays: self.workdays.checked_add(other.workdays)?,
            seconds: self.seconds.checked_add(other.seconds)?,
            to_second: self.to_second || other.to_second,
        })
    }

    pub(super) fn negated(self) -> Self {
        Self {
            months: -self.months,
            days: -self.days,
            workdays: -self.workdays,
            seconds: -self.seconds,
            ..self
        }
    }

    /// Whether it is shorter than days.
    pub(super) fn is_clock(&self) -> bool {
        self.seconds != 0
    }

    /// Days and more, from `date`.
    pub(super) fn counted_from(&self, date: Date) -> Option<Date> {
        let date = add(date, months(self.months)?)?;
        let date = add(date, days(self.days)?)?;
        if self.workdays == 0 {
            return Some(date);
        }
        add_workdays(date, self.workdays)
    }

    /// What lies this far from the reference.
    pub(super) fn counted_from_now(
        &self,
        calendar: &Calendar<'_>,
        why: &'static str,
    ) -> Option<Period> {
        if !self.is_clock() {
            return Period::day(self.counted_from(calendar.today)?, why);
        }
        let day = self.counted_from(calendar.today)?;
        let base = if day == calendar.today {
            calendar.now.clone()
        } else {
            calendar.now.with().date(day).build().ok()?
        };
        let moment = base
            .checked_add(Length::new().try_seconds(self.seconds).ok()?)
            .ok()?;
        self.moment_from(&moment, why)
    }

    /// A moment, cut to the second or the minute.
    pub(super) fn moment_from(&self, moment: &Zoned, why: &'static str) -> Option<Period> {
        let to_second = self.to_second;
        let mut builder = moment.with().subsec_nanosecond(0);
        if !to_second {
            builder = builder.second(0);
        }
        let moment = builder.build().ok()?;
        let grain = if to_second {
            Grain::Second
        } else {
            Grain::Minute
        };
        let mut period = Period::day(moment.date(), why)?;
        period.start = moment.datetime();
        period.grain = grain;
        period.moment = Some(moment);
        Some(period)
    }
}
