//! Days and periods by their place in the calendar: weekdays, “31 March”, “the 3rd of next month”,
//! “first Monday of June”, “Q3”, “in 2027”, “week 46”.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::{Parser, Step};
use crate::date::Grain;
use crate::date::english;
use crate::date::lexer::Kind;
use crate::date::resolve::{self, Period};
use crate::date::words::{Unit, Word};

impl Parser<'_> {
    /// A weekday, alone or with the date it falls on.
    pub(super) fn weekday(&self, i: usize) -> Step<Period> {
        let weekday = self.weekday_at(i)?;
        if self.low(i).ends_with("days") {
            return None;
        }
        let mut next = i + 1;
        if self.mark(next, '.') && self.glued(next) && self.low(i).len() <= 5 && !self.clause_breaks(next) {
            next += 1;
        }
        let comma = if self.mark(next, ',') { next + 1 } else { next };
        if let Some(found) = self.weekday_and_date(weekday, comma) {
            return Some(found);
        }
        if let Some(found) = self.weekday_and_week(weekday, next) {
            return Some(found);
        }
        let date = self.calendar.weekday(weekday)?;
        let period = Period::day(date, "weekday alone: the next such day after the reference day")?;
        let short = self.low(i).len() <= 3;
        let plain = matches!(self.low(i), "sat" | "sun" | "wed" | "mon") && (!self.capital(i) || self.low(i) == "sun");
        let opens = matches!(self.low(i), "sat" | "sun" | "wed") && self.opens_sentence(i) && self.kind(i + 1) == Kind::Word;
        let period = if plain || opens { period.weak() } else { period };
        let certainty = if self.possessive(i) {
            0.6
        } else if short {
            0.85
        } else {
            0.95
        };
        Some((period.sure(certainty), i + 1))
    }

    /// Whether the full stop at `i` ends a sentence rather than an abbreviation.
    fn clause_breaks(&self, i: usize) -> bool {
        match self.kind(i + 1) {
            Kind::Number { .. } | Kind::Ordinal(_) => false,
            Kind::Word => !matches!(self.word(i + 1), Word::Month(_) | Word::At | Word::Part(_)),
            _ => true,
        }
    }

    /// Whether token `i` is the first of its sentence.
    pub(in crate::date) fn opens_sentence(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1) else {
            return true;
        };
        matches!(self.kind(before), Kind::Break | Kind::Mark('.' | '!' | '?' | ':' | '*' | '•' | '-' | ']' | '"' | '“' | '>'))
    }

    fn weekday_and_date(&self, weekday: Weekday, next: usize) -> Step<Period> {
        let at = self.skip(next, Word::The);
        let dated = self
            .stamp(at)
            .or_else(|| self.calendar_date(at).filter(|(p, _)| p.is_day() || p.grain == Grain::Day))
            .or_else(|| self.numeric_date(at));
        if let Some((mut period, end)) = dated {
            period.weak = false;
            if period.is_day() && period.first_day().weekday() != weekday {
                period.certainty = 0.8;
            }
            return Some((period, end));
        }
        let (day, end) = match self.kind(at) {
            Kind::Ordinal(_) => self.day_number(at)?,
            _ if at > next => self.ordinal(at)?,
            _ => return None,
        };
        let nearest = self.calendar.day_of_month(day)?;
        let date = if nearest.weekday() == weekday {
            nearest
        } else {
            self.next_with(weekday, day).unwrap_or(nearest)
        };
        Some((Period::day(date, "weekday and day of the month")?, end))
    }

    /// The next month, within a year, whose `day` is that weekday.
    fn next_with(&self, weekday: Weekday, day: i8) -> Option<Date> {
        let first = self.calendar.today.first_of_month();
        (0..14i64)
            .filter_map(|n| resolve::add(first, n.months()))
            .filter_map(|month| Date::new(month.year(), month.month(), day).ok())
            .find(|date| *date >= self.calendar.today && date.weekday() == weekday)
    }

    /// “Friday week”, “Friday next week”, “Friday of next week”, “Monday in two weeks”.
    fn weekday_and_week(&self, weekday: Weekday, next: usize) -> Step<Period> {
        let coming = self.calendar.coming(weekday)?;
        if self.is(next, Word::Unit(Unit::Week)) && matches!(self.low(next), "week") {
            let date = resolve::add(coming, 7.days())?;
            return Some((Period::day(date, "a week from the coming weekday")?, next + 1));
        }
        let at = self.skip(self.skip(self.skip(self.skip(next, Word::Of), Word::In), Word::From), Word::The);
        let weeks = match (self.word(at), self.word(at + 1)) {
            (Word::This, Word::Unit(Unit::Week)) => 0,
            (Word::Next | Word::Following | Word::Coming, Word::Unit(Unit::Week)) => 1,
            (Word::Last, Word::Unit(Unit::Week)) => -1,
            _ => {
                let in_weeks = self.is(next, Word::In);
                let (amount, end) = in_weeks.then(|| self.amount(next + 1))??;
                if amount.days == 0 || amount.days % 7 != 0 || amount.months != 0 {
                    return None;
                }
                let date = self.calendar.weekday_of_week(weekday, amount.days / 7)?;
                return Some((Period::day(date, "weekday of a later week")?, end));
            }
        };
        let date = self.calendar.weekday_of_week(weekday, weeks)?;
        Some((Period::day(date, "weekday of a week")?, at + 2))
    }

    /// “31 March 2026”, “March 31st”, “the 3rd”, “the 3rd of next month”.
    pub(super) fn calendar_date(&self, i: usize) -> Step<Period> {
        self.month_first(i).or_else(|| self.day_first(i))
    }

    fn month_first(&self, i: usize) -> Step<Period> {
        let Word::Month(month) = self.word(i) else {
            return None;
        };
        let mut at = i + 1;
        if self.mark(at, '.') && self.glued(at) && self.low(i).len() <= 4 {
            at += 1;
        }
        if self.is_dash(at) && self.glued(at) {
            at += 1;
        }
        at = self.skip(at, Word::The);
        if let Some((day, end)) = self.day_number(at)
            && self.counts_as_day(i, at, end)
        {
            return self.with_year(month, day, end);
        }
        if let Some((year, end)) = self.year_at(self.skip(if self.mark(i + 1, ',') { i + 2 } else { i + 1 }, Word::Of)) {
            let why = "month of a year; due on its last day";
            return Some((self.calendar.month_named(month, Some(year), why)?, end));
        }
        let of = self.skip(i + 1, Word::Of);
        let years = match (self.word(of), self.word(of + 1)) {
            (Word::This, Word::Unit(Unit::Year)) => Some(0),
            (Word::Next | Word::Coming, Word::Unit(Unit::Year)) => Some(1),
            (Word::Last, Word::Unit(Unit::Year)) => Some(-1),
            _ => None,
        };
        if let Some(years) = years {
            let year = self.calendar.today.year() + years;
            return Some((self.calendar.month_named(month, Some(year), "month of a year; due on its last day")?, of + 2));
        }
        let period = self.calendar.month_named(month, None, "month; due on its last day")?;
        Some((period.weak().sure(0.8), i + 1))
    }

    /// Whether the number in `at..end` is a day of the month before it, not an hour or an amount.
    fn counts_as_day(&self, i: usize, at: usize, end: usize) -> bool {
        let ordinal = !matches!(self.kind(at), Kind::Number { .. });
        if self.mark(end, ':') && self.glued(end) && self.glued(end + 1) || matches!(self.word(end), Word::Meridiem(_) | Word::Oclock) {
            return false;
        }
        if ordinal {
            return true;
        }
        // “may 5 people come”, “march 3 miles”: lower case and a noun behind.
        let common = matches!(self.low(i), "may" | "march" | "mar" | "sep" | "dec") && !self.capital(i);
        let noun = self.word(end) == Word::Plain && self.kind(end) == Kind::Word || matches!(self.word(end), Word::Unit(_));
        !(common && noun) && !self.mark(end, '%') && !english::AMOUNT_AFTER[1..].contains(&self.low(end))
    }

    fn with_year(&self, month: i8, day: i8, end: usize) -> Step<Period> {
        let comma = if self.mark(end, ',') { end + 1 } else { end };
        let comma = if self.is_dash(comma) && self.glued(comma) { comma + 1 } else { comma };
        let comma = self.skip(comma, Word::Of);
        // `08-Feb-94`
        let hyphened = self.is_dash(end) && self.glued(end) && self.glued(comma);
        let short = match self.kind(comma) {
            Kind::Number { value, digits: 2 } if hyphened && matches!(self.word(end - 1), Word::Month(_)) => i16::try_from(value).ok(),
            _ => None,
        };
        let written = short.map(|year| (if year >= 70 { 1900 } else { 2000 } + year, comma + 1));
        if let Some((year, behind)) = written.or_else(|| self.year_at(comma)) {
            let date = Date::new(year, month, day).ok()?;
            return Some((Period::day(date, "day of a month with its year")?.sure(1.0), behind));
        }
        let relative = match (self.word(comma), self.word(comma + 1)) {
            (Word::This, Word::Unit(Unit::Year)) => Some(0),
            (Word::Next, Word::Unit(Unit::Year)) => Some(1),
            (Word::Last, Word::Unit(Unit::Year)) => Some(-1),
            _ => None,
        };
        if let Some(years) = relative {
            let date = Date::new(self.calendar.today.year() + years, month, day).ok()?;
            return Some((Period::day(date, "day of a month of a year")?, comma + 2));
        }
        let date = self.calendar.month_day(month, day)?;
        Some((Period::day(date, "day and month: the next such day")?, end))
    }

    fn day_first(&self, i: usize) -> Step<Period> {
        let the = self.is(i, Word::The);
        let at = if the { i + 1 } else { i };
        let (day, mut next) = self.day_number(at)?;
        let ordinal = !matches!(self.kind(at), Kind::Number { .. });
        if self.mark(next, '.') && self.glued(next) && !ordinal {
            next += 1;
        }
        let of = self.is(next, Word::Of);
        let month_at = if of || self.is_dash(next) && self.glued(next) { next + 1 } else { next };
        let common = matches!(self.low(month_at), "may" | "march" | "mar" | "sep" | "dec" | "jan") && !self.capital(month_at);
        let number = matches!(self.kind(at), Kind::Number { .. });
        let verb = common && number && self.kind(month_at + 1) == Kind::Word && self.word(month_at + 1) == Word::Plain;
        if let Word::Month(month) = self.word(month_at)
            && !verb
        {
            let dot = self.mark(month_at + 1, '.') && self.glued(month_at + 1) && self.year_at(month_at + 2).is_some();
            return self.with_year(month, day, month_at + 1 + usize::from(dot));
        }
        if !ordinal {
            return None;
        }
        if of && let Some(found) = self.day_of_period(day, month_at) {
            return Some(found);
        }
        let spelt = day < 10 && !matches!(self.kind(at), Kind::Ordinal(_));
        let bounded = i.checked_sub(1).is_some_and(|b| matches!(self.word(b), Word::By | Word::Due));
        if spelt && !bounded {
            return None;
        }
        if of || !self.goes_on_without_noun(next) || !the && !matches!(self.kind(at), Kind::Ordinal(_)) {
            return None;
        }
        let date = self.calendar.day_of_month(day)?;
        let period = Period::day(date, "day of the month alone: the next such day")?;
        Some((period.weak().sure(if the { 0.8 } else { 0.7 }), next))
    }

    /// “(the 3rd of) next month”, “the month”, “this month”.
    fn day_of_period(&self, day: i8, i: usize) -> Step<Period> {
        let at = self.skip(i, Word::The);
        let (months, end) = match (self.word(at), self.word(at + 1)) {
            (Word::Unit(Unit::Month), _) => {
                let date = self.calendar.day_of_month(day)?;
                return Some((Period::day(date, "day of the month")?, at + 1));
            }
            (Word::This, Word::Unit(Unit::Month)) => (0, at + 2),
            (Word::Next | Word::Following | Word::Coming, Word::Unit(Unit::Month)) => (1, at + 2),
            (Word::Last, Word::Unit(Unit::Month)) => (-1, at + 2),
            _ => return None,
        };
        let first = self.calendar.month(months, "month")?.first_day();
        let date = Date::new(first.year(), first.month(), day).ok()?;
        Some((Period::day(date, "day of a month counted from this")?, end))
    }

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
        if !matches!(what, Word::Weekday(_) | Word::Unit(Unit::Day | Unit::Workday | Unit::Week | Unit::Weekend)) {
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
                return Some((Period::span(saturday, end_day, Grain::Day, "weekend of a month")?, end));
            }
            _ => {
                // A week belongs to the month it lies in as a whole, its first to the one it begins in.
                let whole = |d: Date| d.weekday() == Weekday::Monday && (n > 0 || resolve::add(d, 6.days()).is_some_and(|sunday| sunday <= last));
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
    fn containing(&self, i: usize) -> Step<Period> {
        let at = self.skip(i, Word::The);
        if let Word::Unit(unit @ (Unit::Month | Unit::Quarter | Unit::Year)) = self.word(at) {
            let current = self.calendar.unit(unit, 0)?;
            return Some((current, at + 1));
        }
        if let Some((year, end)) = self.year_at(at) {
            return Some((resolve::year_at(year, "calendar year")?, end));
        }
        let (period, end) = self.simple_day(at)?;
        matches!(period.grain, Grain::Month | Grain::Quarter | Grain::Year)
            .then_some((period, end))
    }

    /// Quarters, seasons, years and weeks by number.
    pub(super) fn period(&self, i: usize) -> Step<Period> {
        let i = if matches!(self.word(i + 1), Word::Season(_) | Word::Unit(Unit::Weekend)) { self.skip(i, Word::The) } else { i };
        if let Word::Season(season) = self.word(i) {
            let of = self.skip(i + 1, Word::Of);
            if let Some((year, end)) = self.year_at(of) {
                return Some((self.calendar.season(season, Some(year), 0)?, end));
            }
            return Some((self.calendar.season(season, None, 0)?.weak().sure(0.6), i + 1));
        }
        if let Kind::Number { value: n @ 1..=4, digits: 1 } = self.kind(i + 1)
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
            let weekend = self.calendar.weekend(0, "weekend; due on Sunday")?;
            return Some((weekend.weak().sure(0.8), i + 1));
        }
        let (year, end) = self.year_at(i)?;
        if self.is_dash(end) || self.mark(end, '/') || self.mark(end, '.') && self.glued(end + 1) {
            return None;
        }
        Some((resolve::year_at(year, "calendar year; due on its last day")?.weak().sure(0.6), end))
    }

    /// `2026-11`, `11/2026`: only behind a preposition.
    fn month_in_digits(&self, i: usize) -> Step<Period> {
        let chained = self.glued(i + 3) && matches!(self.kind(i + 3), Kind::Mark('-' | '/')) || self.glued(i) && i > 0;
        if !self.glued(i + 1) || !self.glued(i + 2) || chained {
            return None;
        }
        let (month, year) = match (self.kind(i), self.kind(i + 1), self.kind(i + 2)) {
            (Kind::Number { value: month, digits: 1..=2 }, Kind::Mark('/'), Kind::Number { value: year, digits: 4 })
            | (Kind::Number { value: year, digits: 4 }, Kind::Mark('-'), Kind::Number { value: month, digits: 2 }) => (month, year),
            _ => return None,
        };
        let year = i16::try_from(year).ok().filter(|year| (1900..=2199).contains(year))?;
        let month = i8::try_from(month).ok().filter(|month| (1..=12).contains(month))?;
        let period = self.calendar.month_named(month, Some(year), "month of a year; due on its last day")?;
        Some((period.weak().sure(0.7), i + 3))
    }

    fn quarter_with_year(&self, n: i8, next: usize) -> Step<Period> {
        let of = self.skip(self.skip(next, Word::Of), Word::The);
        let dash = if self.is_dash(of) || self.mark(of, '/') { of + 1 } else { of };
        if let Some((year, end)) = self.year_at(dash) {
            return Some((self.calendar.quarter_named(n, Some(year))?, end));
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

    fn half_year(&self, n: i8, next: usize) -> Step<Period> {
        let (year, end) = match self.year_at(next) {
            Some((year, end)) => (year, end),
            None => (self.calendar.today.year(), next),
        };
        let first = Date::new(year, if n == 1 { 1 } else { 7 }, 1).ok()?;
        let period = Period::span(first, resolve::add(first, 6.months())?, Grain::Quarter, "half of a year")?;
        Some((if end == next { period.weak().sure(0.6) } else { period }, end))
    }

    /// “week 46” and “calendar week 46”: only behind a preposition.
    fn week_by_number(&self, i: usize) -> Step<Period> {
        let at = if self.low(i) == "calendar" { i + 1 } else { i };
        if !matches!(self.low(at), "week" | "wk" | "kw" | "cw") {
            return None;
        }
        let Kind::Number { value: n @ 1..=53, digits: 1..=2 } = self.kind(at + 1) else {
            return None;
        };
        let week = i8::try_from(n).ok()?;
        let year = self.calendar.today.iso_week_date().year();
        let monday = |year| jiff::civil::ISOWeekDate::new(year, week, Weekday::Monday).ok().map(jiff::civil::ISOWeekDate::date);
        let this = monday(year)?;
        let passed = self.calendar.week_of(this, "")?.end.date() <= self.calendar.today;
        let date = if passed && self.calendar.policy.forward { monday(year + 1)? } else { this };
        Some((self.calendar.week_of(date, "ISO week by its number")?.weak().sure(0.7), at + 2))
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
