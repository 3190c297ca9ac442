//! Days as they are said rather than written: “Friday next”, “Monday fortnight”, “month end”,
//! “second half of April”, “the third Tuesday after Easter”, “in two or three days”, “w/c 20 April”.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::{Parser, Step};
use crate::date::Grain;
use crate::date::resolve::{self, Amount, Period};
use crate::date::words::{Part, Unit, Word};

impl Parser<'_> {
    /// Any of them.
    pub(super) fn spoken(&self, i: usize) -> Step<Period> {
        match self.word(self.skip(i, Word::The)) {
            Word::Weekday(weekday) => self.weekday_fortnight(weekday, i),
            Word::Unit(_) if self.low(i) == "q" => self.named_end(i),
            Word::Unit(_) => self
                .period_end(i)
                .or_else(|| self.week_commencing(i))
                .or_else(|| self.week_ending(i)),
            Word::Ordinal(_) | Word::Last => self.half_of(i).or_else(|| self.nth_weekday(i)),
            Word::Within => self.within_the(i),
            Word::Month(_) => self.named_end(i),
            _ if self.low(i) == "midweek" => self.midweek(i),
            _ if self.low(self.skip(i, Word::The) + 1) == "time" => self.same_time_next(i),
            _ => self.half_of(i).or_else(|| self.nth_weekday(i)),
        }
    }

    /// “Friday next”, “Monday fortnight”.
    fn weekday_fortnight(&self, weekday: Weekday, i: usize) -> Step<Period> {
        let at = self.skip(i, Word::The);
        if self.is(at + 1, Word::Next) && self.clause_ends(at + 2) {
            let date = self.calendar.weekday_of_week(weekday, 1)?;
            return Some((Period::day(date, "weekday of the next week")?, at + 2));
        }
        if self.low(at + 1) != "fortnight" {
            return None;
        }
        let date = resolve::add(self.calendar.coming(weekday)?, 14.days())?;
        Some((
            Period::day(date, "a fortnight from the coming weekday")?,
            at + 2,
        ))
    }

    /// “month end”, “by quarter-end”, “at year's end”.
    fn period_end(&self, i: usize) -> Step<Period> {
        let at = self.skip(i, Word::The);
        let Word::Unit(unit) = self.word(at) else {
            return None;
        };
        let bare = matches!(unit, Unit::Month | Unit::Quarter | Unit::Year);
        let fits = bare || unit == Unit::Week && self.possessive(at);
        if !fits || self.low(at + 1) != "end" || self.low(at).ends_with('s') {
            return None;
        }
        let mut period = super::edge::last_of(&self.calendar.unit(unit, 0)?)?;
        period.weak = !self.goes_on_without_noun(at + 2);
        Some((period, at + 2))
    }

    /// “Q3 end”, “June end”: the end told behind what ends.
    fn named_end(&self, i: usize) -> Step<Period> {
        let month = matches!(self.word(i), Word::Month(_)) && self.capital(i);
        if !month && !matches!(self.low(i), "q") {
            return None;
        }
        let (period, end) = self.period(i).or_else(|| {
            let Word::Month(month) = self.word(i) else {
                return None;
            };
            Some((self.calendar.month_named(month, None, "month")?, i + 1))
        })?;
        let ends = self.is(end, Word::End) && self.low(end) == "end" && self.clause_ends(end + 1);
        ends.then(|| Some((super::edge::last_of(&period)?, end + 1)))?
    }

    /// “w/c 20 April”, “week beginning Monday 20 April”.
    fn week_commencing(&self, i: usize) -> Step<Period> {
        let at = self.skip(i, Word::The);
        let behind = match self.low(at) {
            "w" if self.mark(at + 1, '/') && matches!(self.low(at + 2), "c" | "b") => at + 3,
            "week" if matches!(self.low(at + 1), "beginning" | "commencing" | "starting") => at + 2,
            _ => return None,
        };
        let (base, end) = self
            .simple_day(self.skip(self.skip(behind, Word::On), Word::The))
            .filter(|(base, _)| base.is_day())?;
        Some((
            self.calendar
                .week_of(base.first_day(), "week counted from a day")?,
            end,
        ))
    }

    /// “week ending 24 April”.
    fn week_ending(&self, i: usize) -> Step<Period> {
        let at = self.skip(i, Word::The);
        let behind = match self.low(at) {
            "w" if self.mark(at + 1, '/') && self.low(at + 2) == "e" => at + 3,
            "week" if self.low(at + 1) == "ending" => at + 2,
            _ => return None,
        };
        let (base, end) = self
            .simple_day(self.skip(self.skip(behind, Word::On), Word::The))
            .filter(|(base, _)| base.is_day())?;
        let mut week = self
            .calendar
            .week_of(base.first_day(), "week that ends on a day")?;
        week.due = base.first_day();
        Some((week, end))
    }

    /// “the second half of April”, “first half of next year”.
    fn half_of(&self, i: usize) -> Step<Period> {
        let at = self.skip(i, Word::The);
        let second = match self.word(at) {
            Word::Ordinal(1) => false,
            Word::Ordinal(2) | Word::Last => true,
            _ => match self.low(at) {
                "1st" => false,
                "2nd" | "latter" => true,
                _ => return None,
            },
        };
        let of = self.is(at + 1, Word::Half) && matches!(self.word(at + 2), Word::Of | Word::In);
        let (whole, end) = of.then(|| self.containing(at + 3))??;
        let first = whole.first_day();
        let middle = match whole.grain {
            Grain::Year => resolve::add(first, 6.months())?,
            Grain::Quarter => resolve::add(first, 1.month().days(15))?,
            _ => resolve::add(first, 15.days())?,
        };
        let (from, to) = if second {
            (middle, whole.end.date())
        } else {
            (first, middle)
        };
        let grain = if whole.grain == Grain::Month {
            Grain::Week
        } else {
            Grain::Quarter
        };
        Some((
            Period::span(from, to, grain, "half of a period; due on its last day")?,
            end,
        ))
    }

    /// “the third Tuesday after Easter”; “the third Friday” of this month, or of the next.
    fn nth_weekday(&self, i: usize) -> Step<Period> {
        let at = self.skip(i, Word::The);
        let (n, next) = self.nth_number(at).filter(|(n, _)| (-1..=5).contains(n))?;
        let weekday = self.weekday_at(next)?;
        // “the last Monday before Christmas” is the first one back from it.
        let n = match n {
            -1 if self.is(next + 1, Word::Before) => 1,
            n => Some(n).filter(|n| *n > 0)?,
        };
        let sign = match self.word(next + 1) {
            Word::After | Word::Following => 1,
            Word::Before => -1,
            _ if self.clause_ends(next + 1) && at > i => {
                let date = self.nth_of_month(n, weekday)?;
                return Some((
                    Period::day(date, "nth such weekday of this month, or of the next")?,
                    next + 1,
                ));
            }
            _ => return None,
        };
        let (base, end) = self
            .simple_day(self.skip(next + 2, Word::The))
            .filter(|(base, _)| !base.weak)?;
        let from = if sign > 0 { base.due } else { base.first_day() };
        let nearest = super::relative::nearest_weekday(from, weekday, sign)?;
        let weeks = i64::from(n - 1) * 7 * sign;
        let date = resolve::add(nearest, weeks.days())?;
        Some((
            Period::day(date, "nth such weekday counted from a day")?,
            end,
        ))
    }

    fn nth_of_month(&self, n: i8, weekday: Weekday) -> Option<Date> {
        let first = self.calendar.today.first_of_month();
        (0..3i64)
            .filter_map(|months| resolve::add(first, months.months()))
            .filter_map(|month| month.nth_weekday_of_month(n, weekday).ok())
            .find(|date| *date >= self.calendar.today || !self.calendar.policy.forward)
    }

    /// “within the week”, “within the hour”.
    fn within_the(&self, i: usize) -> Step<Period> {
        if !matches!(self.word(i + 1), Word::The | Word::This) {
            return None;
        }
        let Word::Unit(unit) = self.word(i + 2) else {
            return None;
        };
        let mut period = match unit {
            Unit::Hour => Amount::of(100, unit)?
                .counted_from_now(&self.calendar, "an hour counted from now")?,
            Unit::Day | Unit::Week | Unit::Month | Unit::Quarter | Unit::Year => {
                self.calendar.unit(unit, 0)?
            }
            Unit::Fortnight => self.calendar.day_in(14, "a fortnight counted from now")?,
            _ => return None,
        };
        if !self.goes_on_without_noun(i + 3) || self.low(i + 2).ends_with('s') {
            return None;
        }
        period.bound = true;
        Some((period, i + 3))
    }

    /// “(the) same time next week”, “this time next month”.
    fn same_time_next(&self, i: usize) -> Step<Period> {
        let at = self.skip(i, Word::The);
        let same = matches!(self.low(at), "same" | "this") && self.is(at + 2, Word::Next);
        let Word::Unit(unit @ (Unit::Week | Unit::Month | Unit::Year)) = self.word(at + 3) else {
            return None;
        };
        let amount = Amount::of(100, unit).filter(|_| same)?;
        let date = amount.counted_from(self.calendar.today)?;
        let moment = self.calendar.now.with().date(date).build().ok()?;
        Some((
            amount.moment_from(&moment, "same time, counted from now")?,
            at + 4,
        ))
    }

    fn midweek(&self, i: usize) -> Step<Period> {
        let this = self.calendar.weekday_of_week(Weekday::Wednesday, 0)?;
        let date = if this < self.calendar.today && self.calendar.policy.forward {
            resolve::add(this, 7.days())?
        } else {
            this
        };
        Some((Period::day(date, "midweek: Wednesday")?.weak(), i + 1))
    }

    /// “(call her) after work”, “on the way home”: today, where something is asked for.
    pub(super) fn of_the_day(&self, i: usize) -> Step<Period> {
        if let Some(found) = self.is_out(i).or_else(|| self.at_dawn(i)) {
            return Some(found);
        }
        let (part, end) = match (self.word(i), self.low(i + 1)) {
            (Word::After, "work" | "school") => (Part::Evening, i + 2),
            (Word::Before | Word::By, "bed" | "bedtime" | "dinner" | "supper") => {
                (Part::Evening, i + 2)
            }
            (Word::On, "the" | "my" | "your")
                if self.low(i + 2) == "way" && matches!(self.low(i + 3), "home" | "back") =>
            {
                (Part::Evening, i + 4)
            }
            _ => return None,
        };
        let asked = (1..=12)
            .filter_map(|k| i.checked_sub(k))
            .find(|k| self.opens_sentence(*k))
            .is_some_and(|k| self.is(k, Word::Plain) && !self.low(k).ends_with("ed"));
        if !asked || !self.clause_ends(end) {
            return None;
        }
        let today = self.calendar.day_in(0, "of the reference day")?;
        Some((today.with_part(part).edge().sure(0.5), end))
    }

    /// “at dawn”, “at first light”, “by morning”: of the coming morning; “at dusk”: of today.
    fn at_dawn(&self, i: usize) -> Step<Period> {
        let led = matches!(self.word(i), Word::At | Word::Before | Word::By);
        let (part, end) = match (self.low(i + 1), self.low(i + 2)) {
            ("dawn" | "daybreak" | "sunrise" | "sunup" | "daylight", _) => (Part::Morning, i + 2),
            ("first", "light") => (Part::Morning, i + 3),
            ("morning", _) if !self.is(i, Word::At) => (Part::Morning, i + 2),
            (
                "dusk" | "sunset" | "sundown" | "nightfall" | "twilight" | "teatime" | "bedtime",
                _,
            ) if self.is(i, Word::At) => (Part::Evening, i + 2),
            _ => return None,
        };
        if !led || self.capital(i + 1) || !self.goes_on_without_noun(end) {
            return None;
        }
        let early = self.calendar.now.hour() < 5;
        let ahead = part == Part::Morning && !early && self.calendar.policy.forward;
        let day = self
            .calendar
            .day_in(i64::from(ahead), "light or dark of the coming day")?;
        Some((day.with_part(part).edge().sure(0.5), end))
    }

    /// “before the week is out”, “before May is over”.
    fn is_out(&self, i: usize) -> Step<Period> {
        if !self.is(i, Word::Before) {
            return None;
        }
        let (whole, at) = match (self.word(i + 1), self.word(i + 2)) {
            (Word::The | Word::This, Word::Unit(unit)) => (self.calendar.unit(unit, 0)?, i + 3),
            (Word::Month(month), _) => (self.calendar.month_named(month, None, "month")?, i + 2),
            _ => return None,
        };
        let end = match (self.low(at), self.low(at + 1)) {
            ("is", "out" | "over" | "up" | "through") => at + 2,
            ("ends", _) => at + 1,
            _ => return None,
        };
        let mut last = super::edge::last_of(&whole)?;
        last.bound = true;
        Some((last, end))
    }

    /// “2-3 (days)”, “two or three (days)”, “a day or two”: the later of the two, and the index
    /// behind its unit.
    pub(super) fn choice_of_amounts(&self, i: usize) -> Step<Amount> {
        if self.is(i, Word::A) || self.integer(i).is_some_and(|(n, _)| n == 1) {
            let (unit, or) = self.unit(i + 1)?;
            let two = self.is(or, Word::Or) && self.is(or + 1, Word::Number(2));
            return two.then(|| Some((Amount::of(200, unit)?, or + 2)))?;
        }
        let (from, joint) = self.integer(i)?;
        let joined = self.is_dash(joint) || matches!(self.word(joint), Word::To | Word::Or);
        let (to, unit_at) = joined.then(|| self.integer(joint + 1))??;
        let (unit, end) = self.unit(unit_at)?;
        (to > from).then_some(())?;
        Some((Amount::of(to.checked_mul(100)?, unit)?, end))
    }
}
