//! Parts and periods of the calendar: “first Monday of June”, “Q3”, “spring 2027”, “week 46”.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::{Parser, Step};
use crate::date::Grain;
use crate::date::lexer::Kind;
use crate::date::resolve::{self, Period};
use crate::date::words::{Unit, Word};

impl Parser<'_> {
    /// “first Monday of June”, “last workday of the month”, “third quarter of 2026”.
    pub(super) fn nth(&self, i: usize) -> Step<Period> {
        let at = self.skip(i, Word::The);
        let (n, next) = self.nth_number(at)?;
        let worked = matches!(self.low(next), "business" | "working" | "work");
        let next = next + usize::from(worked);
        let what = self.word(next);
        if what == Word::Unit(Unit::Quarter) && (1..=4).contains(&n) {
            return self.quarter_with_year(n, next + 1);
        }
        if !matches!(
            what,
            Word::Weekday(_) | Word::Unit(Unit::Day | Unit::Workday | Unit::Week | Unit::Weekend)
        ) {
            return None;
        }
        if !matches!(self.word(next + 1), Word::Of | Word::In) {
            return None;
        }
        let (period, end) = self.containing(next + 2)?;
        let (first, last) = (period.first_day(), period.end.date().yesterday().ok()?);
        let workdays = worked || what == Word::Unit(Unit::Workday);
        let date = match what {
            Word::Weekday(weekday) => nth_where(first, last, n, |d| d.weekday() == weekday)?,
            _ if workdays => nth_where(first, last, n, resolve::is_workday)?,
            Word::Unit(Unit::Day) => nth_where(first, last, n, |_| true)?,
            Word::Unit(Unit::Weekend) => {
                let saturday = nth_where(first, last, n, |d| d.weekday() == Weekday::Saturday)?;
                let end_day = resolve::add(saturday, 2.days())?;
                return Some((
                    Period::span(saturday, end_day, Grain::Day, "weekend of a month")?,
                    end,
                ));
            }
            _ => {
                // A week belongs to the month it lies in as a whole, its first to the one it begins in.
                let whole = |d: Date| {
                    d.weekday() == Weekday::Monday
                        && (n > 0 || resolve::add(d, 6.days()).is_some_and(|sunday| sunday <= last))
                };
                let monday = nth_where(first, last, n, whole)?;
                return Some((self.calendar.week_of(monday, "week of a month")?, end));
            }
        };
        Some((Period::day(date, "nth such day of a period")?.edge(), end))
    }

    /// 1, 2, …, or -1 for “last”, -2 for “second to last”.
    pub(super) fn nth_number(&self, i: usize) -> Step<i8> {
        if self.is(i, Word::Last) || self.low(i) == "final" {
            return Some((-1, i + 1));
        }
        if self.low(i) == "penultimate" {
            return Some((-2, i + 1));
        }
        let (n, next) = self.ordinal(i)?;
        if self.is(next, Word::Last) {
            return Some((-n, next + 1));
        }
        if self.is(next, Word::To) && self.is(next + 1, Word::Last) {
            return Some((-n, next + 2));
        }
        Some((n, next))
    }

    /// The month, quarter or year behind “of”.
    pub(super) fn containing(&self, i: usize) -> Step<Period> {
        let at = self.skip(i, Word::The);
        if let Word::Unit(unit @ (Unit::Month | Unit::Quarter | Unit::Year)) = self.word(at) {
            let current = self.calendar.unit(unit, 0)?;
            return Some((current, at + 1));
        }
        if let Some((year, end)) = self.year_at(at) {
            return Some((resolve::year_at(year, "calendar year")?, end));
        }
        let (period, end) = self.simple_day(at)?;
        matches!(period.grain, Grain::Month | Grain::Quarter | Grain::Year).then_some((period, end))
    }

    /// Quarters, seasons, years and weeks by number.
    pub(super) fn period(&self, i: usize) -> Step<Period> {
        let i = if matches!(
            self.word(i + 1),
            Word::Season(_) | Word::Unit(Unit::Weekend)
        ) {
            self.skip(i, Word::The)
        } else {
            i
        };
        if let Word::Season(season) = self.word(i) {
            let of = self.skip(i + 1, Word::Of);
            if let Some((year, end)) = self.year_at(of) {
                return Some((self.calendar.season(season, Some(year), 0)?, end));
            }
            return Some((
                self.calendar.season(season, None, 0)?.weak().sure(0.6),
                i + 1,
            ));
        }
        if let Kind::Number {
            value: n @ 1..=4,
            digits: 1,
        } = self.kind(i + 1)
            && self.glued(i + 1)
        {
            let n = i8::try_from(n).ok()?;
            match self.low(i) {
                "q" => return self.quarter_with_year(n, i + 2),
                "h" if n <= 2 => return self.half_year(n, i + 2),
                _ => {}
            }
        }
        if let Some(found) = self.month_in_digits(i) {
            return Some(found);
        }
        if let Some(found) = self.week_by_number(i) {
            return Some(found);
        }
        if matches!(self.word(i), Word::Unit(Unit::Weekend)) {
            let weekend = self
                .calendar
                .weekend(0, "weekend; due on Sunday")?
                .sure(0.8);
            // “weekend: wash the car”
            let label = self.opens_sentence(i) && self.mark(i + 1, ':');
            return Some((if label { weekend } else { weekend.weak() }, i + 1));
        }
        let said = self.skip(i, Word::The);
        if self.low(said) == "year"
            && let Some((year, end)) = self.year_at(said + 1)
        {
            return Some((
                resolve::year_at(year, "calendar year; due on its last day")?,
                end,
            ));
        }
        let (year, end) = self.year_at(i)?;
        if self.is_dash(end) || self.mark(end, '/') || self.mark(end, '.') && self.glued(end + 1) {
            return None;
        }
        Some((
            resolve::year_at(year, "calendar year; due on its last day")?
                .weak()
                .sure(0.6),
            end,
        ))
    }

    /// `2026-11`, `11/2026`: only behind a preposition.
    pub(super) fn month_in_digits(&self, i: usize) -> Step<Period> {
        let chained = self.glued(i + 3) && matches!(self.kind(i + 3), Kind::Mark('-' | '/'))
            || self.glued(i) && i > 0;
        if !self.glued(i + 1) || !self.glued(i + 2) || chained {
            return None;
        }
        let (
            Kind::Number {
                value: a,
                digits: a_digits,
            },
            Kind::Number {
                value: b,
                digits: b_digits,
            },
        ) = (self.kind(i), self.kind(i + 2))
        else {
            return None;
        };
        let (month, year) = match (a_digits, self.kind(i + 1), b_digits) {
            (1..=2, Kind::Mark('/'), 4) => (a, b),
            (4, Kind::Mark('-'), 2) => (b, a),
            _ => return None,
        };
        let year = i16::try_from(year)
            .ok()
            .filter(|year| (1900..=2199).contains(year))?;
        let month = i8::try_from(month)
            .ok()
            .filter(|month| (1..=12).contains(month))?;
        let period =
            self.calendar
                .month_named(month, Some(year), "month of a year; due on its last day")?;
        Some((period.weak().sure(0.7), i + 3))
    }

    pub(super) fn quarter_with_year(&self, n: i8, next: usize) -> Step<Period> {
        let of = self.skip(self.skip(next, Word::Of), Word::The);
        let dash = if self.is_dash(of) || self.mark(of, '/') {
            of + 1
        } else {
            of
        };
        if let Some((year, end)) = self.year_at(dash) {
            return Some((self.calendar.quarter_named(n, Some(year))?, end));
        }
        if self.mark(of, '/')
            && let Kind::Number { value, digits: 2 } = self.kind(dash)
            && self.glued(dash)
        {
            let year = 2000 + i16::try_from(value).ok()?;
            return Some((self.calendar.quarter_named(n, Some(year))?, dash + 1));
        }
        let years = match (self.word(of), self.word(of + 1)) {
            (Word::This, Word::Unit(Unit::Year)) => Some((0, of + 2)),
            (Word::Next, Word::Unit(Unit::Year)) => Some((1, of + 2)),
            (Word::Last, Word::Unit(Unit::Year)) => Some((-1, of + 2)),
            (Word::Unit(Unit::Year), _) if of > next => Some((0, of + 1)),
            _ => None,
        };
        if let Some((years, end)) = years {
            let year = self.calendar.today.year() + years;
            return Some((self.calendar.quarter_named(n, Some(year))?, end));
        }
        Some((self.calendar.quarter_named(n, None)?.weak().sure(0.7), next))
    }

    pub(super) fn half_year(&self, n: i8, next: usize) -> Step<Period> {
        let (year, end) = match self.year_at(next) {
            Some((year, end)) => (year, end),
            None => (self.calendar.today.year(), next),
        };
        let first = Date::new(year, if n == 1 { 1 } else { 7 }, 1).ok()?;
        let period = Period::span(
            first,
            resolve::add(first, 6.months())?,
            Grain::Quarter,
            "half of a year",
        )?;
        Some((
            if end == next {
                period.weak().sure(0.6)
            } else {
                period
            },
            end,
        ))
    }

    /// “week 46” and “calendar week 46”: only behind a preposition.
    pub(super) fn week_by_number(&self, i: usize) -> Step<Period> {
        let at = if self.low(i) == "calendar" { i + 1 } else { i };
        if !matches!(self.low(at), "week" | "wk" | "kw" | "cw") {
            return None;
        }
        let Kind::Number {
            value: n @ 1..=53,
            digits: 1..=2,
        } = self.kind(at + 1)
        else {
            return None;
        };
        let week = i8::try_from(n).ok()?;
        let year = self.calendar.today.iso_week_date().year();
        let monday = |year| {
            jiff::civil::ISOWeekDate::new(year, week, Weekday::Monday)
                .ok()
                .map(jiff::civil::ISOWeekDate::date)
        };
        let this = monday(year)?;
        let passed = self.calendar.week_of(this, "")?.end.date() <= self.calendar.today;
        let date = if passed && self.calendar.policy.forward {
            monday(year + 1)?
        } else {
            this
        };
        Some((
            self.calendar
                .week_of(date, "ISO week by its number")?
                .weak()
                .sure(0.7),
            at + 2,
        ))
    }
}

/// The `n`th day from `first` to `last` that fits; negative counts from the end.
fn nth_where(first: Date, last: Date, n: i8, fits: impl Fn(Date) -> bool) -> Option<Date> {
    let mut day = if n > 0 { first } else { last };
    let step = if n > 0 { 1.day() } else { (-1).days() };
    let mut left = n.unsigned_abs();
    // A year is the longest period this is asked for.
    for _ in 0..366 {
        if day < first || day > last {
            return None;
        }
        if fits(day) {
            left = left.checked_sub(1)?;
            if left == 0 {
                return Some(day);
            }
        }
        day = resolve::add(day, step)?;
    }
    None
}
