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
        if self.mark(next, '.')
            && self.glued(next)
            && self.low(i).len() <= 5
            && !self.clause_breaks(next)
        {
            next += 1;
        }
        let comma = if self.mark(next, ',') { next + 1 } else { next };
        if let Some(found) = self.weekday_and_date(weekday, comma) {
            return Some(found);
        }
        // “Friday (20 March)”
        if self.mark(next, '(')
            && let Some((period, end)) = self.weekday_and_date(weekday, next + 1)
            && self.mark(end, ')')
        {
            return Some((period, end + 1));
        }
        // “Friday night the 30th”
        if matches!(self.word(next), Word::Part(_))
            && self.is(next + 1, Word::The)
            && let Some(found) = self.weekday_and_date(weekday, next + 1)
        {
            return Some(found);
        }
        if let Some(found) = self.weekday_and_week(weekday, next) {
            return Some(found);
        }
        let date = self.calendar.weekday(weekday)?;
        let period = Period::day(
            date,
            "weekday alone: the next such day after the reference day",
        )?;
        let short = self.low(i).len() <= 3;
        let plain = matches!(self.low(i), "sat" | "sun" | "wed" | "mon")
            && (!self.capital(i) || self.low(i) == "sun" && !self.mark(i + 1, ':'));
        let french = matches!(
            self.low(i + 1),
            "ami" | "dieu" | "amour" | "petit" | "cheri"
        );
        let opens = matches!(self.low(i), "sat" | "sun")
            && self.opens_sentence(i)
            && self.kind(i + 1) == Kind::Word
            || self.low(i) == "mon" && french;
        let period = if plain || opens {
            period.weak()
        } else {
            period
        };
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
        // “(2) Tomorrow …”
        let marker = self.mark(before, ')')
            && before
                .checked_sub(1)
                .is_some_and(|at| matches!(self.kind(at), Kind::Number { digits: 1..=2, .. }));
        marker
            || matches!(
                self.kind(before),
                Kind::Break
                    | Kind::Mark('.' | '!' | '?' | ':' | '*' | '•' | '-' | ']' | '"' | '“' | '>')
            )
    }

    fn weekday_and_date(&self, weekday: Weekday, next: usize) -> Step<Period> {
        let at = self.skip(next, Word::The);
        let dated = self
            .stamp(at)
            .or_else(|| {
                self.calendar_date(at)
                    .filter(|(p, _)| p.is_day() || p.grain == Grain::Day)
            })
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
        if self.is(next, Word::Unit(Unit::Week)) && matches!(self.low(next), "week" | "wk") {
            let date = resolve::add(coming, 7.days())?;
            return Some((
                Period::day(date, "a week from the coming weekday")?,
                next + 1,
            ));
        }
        let at = self.skip(
            self.skip(self.skip(self.skip(next, Word::Of), Word::In), Word::From),
            Word::The,
        );
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
        if let Some((year, end)) =
            self.year_at(self.skip(if self.mark(i + 1, ',') { i + 2 } else { i + 1 }, Word::Of))
        {
            // “29 Feb 2027” is no day, and no month either.
            if i > 0
                && self.glued(i) == self.glued(i + 1)
                && matches!(
                    self.kind(i - 1),
                    Kind::Number { digits: 1..=2, .. } | Kind::Ordinal(_)
                )
            {
                return None;
            }
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
            return Some((
                self.calendar.month_named(
                    month,
                    Some(year),
                    "month of a year; due on its last day",
                )?,
                of + 2,
            ));
        }
        let period = self
            .calendar
            .month_named(month, None, "month; due on its last day")?;
        Some((period.weak().sure(0.8), i + 1))
    }

    /// Whether the number in `at..end` is a day of the month before it, not an hour or an amount.
    fn counts_as_day(&self, i: usize, at: usize, end: usize) -> bool {
        let ordinal = !matches!(self.kind(at), Kind::Number { .. });
        if self.mark(end, ':')
            && self.glued(end)
            && matches!(self.kind(end + 1), Kind::Number { .. })
            || matches!(self.word(end), Word::Meridiem(_) | Word::Oclock)
        {
            return false;
        }
        if ordinal {
            return true;
        }
        // “may 5 people come”, “march 3 miles”: lower case and a noun behind.
        let common =
            matches!(self.low(i), "may" | "march" | "mar" | "sep" | "dec") && !self.capital(i);
        let noun = self.word(end) == Word::Plain && self.kind(end) == Kind::Word
            || matches!(self.word(end), Word::Unit(_));
        let amount = !self.is(end, Word::Of) && english::AMOUNT_AFTER.holds(self.low(end));
        let other = common && noun || self.mark(end, '%') || amount;
        !other
    }

    fn with_year(&self, month: i8, day: i8, end: usize) -> Step<Period> {
        let comma = if self.mark(end, ',') { end + 1 } else { end };
        let joined =
            self.is_dash(comma) || self.mark(comma, '/') && self.year_at(comma + 1).is_some();
        let comma = if joined && self.glued(comma) {
            comma + 1
        } else {
            comma
        };
        let comma = self.skip(comma, Word::Of);
        // `08-Feb-94`
        let hyphened = self.is_dash(end) && self.glued(end) && self.glued(comma);
        let short = match self.kind(comma) {
            Kind::Number { value, digits: 2 }
                if hyphened && matches!(self.word(end - 1), Word::Month(_)) =>
            {
                i16::try_from(value).ok()
            }
            _ => None,
        };
        let written = short.map(|year| (if year >= 70 { 1900 } else { 2000 } + year, comma + 1));
        if let Some((year, behind)) = written.or_else(|| self.year_at(comma)) {
            let date = Date::new(year, month, day).ok()?;
            return Some((
                Period::day(date, "day of a month with its year")?.sure(1.0),
                behind,
            ));
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
        let slash = self.mark(next, '/') && self.glued(next) && self.glued(next + 1);
        let month_at = if of || slash || self.is_dash(next) && self.glued(next) {
            next + 1
        } else {
            next
        };
        let common = matches!(
            self.low(month_at),
            "may" | "march" | "mar" | "sep" | "dec" | "jan"
        ) && !self.capital(month_at);
        let number = matches!(self.kind(at), Kind::Number { .. });
        // “seat 14 May Wing”
        if number && self.counted_noun_before(at) && self.capital(month_at + 1) {
            return None;
        }
        let verb = common
            && number
            && self.kind(month_at + 1) == Kind::Word
            && self.word(month_at + 1) == Word::Plain;
        if let Word::Month(month) = self.word(month_at)
            && !verb
        {
            let dot = self.mark(month_at + 1, '.')
                && self.glued(month_at + 1)
                && self.year_at(month_at + 2).is_some();
            return self.with_year(month, day, month_at + 1 + usize::from(dot));
        }
        if !ordinal {
            return None;
        }
        if let Some(found) = self.instant(day, next) {
            return Some(found);
        }
        if of && let Some(found) = self.day_of_period(day, month_at) {
            return Some(found);
        }
        // “the 20th (Friday)”
        if self.mark(next, '(')
            && let Some(weekday) = self.weekday_at(next + 1)
            && self.mark(next + 2, ')')
        {
            let date = self.next_with(weekday, day)?;
            return Some((Period::day(date, "weekday and day of the month")?, next + 3));
        }
        let spelt = day < 10 && !matches!(self.kind(at), Kind::Ordinal(_));
        let bounded = i.checked_sub(1).is_some_and(|b| {
            matches!(
                self.word(b),
                Word::By | Word::Due | Word::Before | Word::Until
            ) || self.is(b, Word::On)
                && b > 0
                && (self.is(b - 1, Word::Due) || day > 2 && self.clause_ends(next))
        });
        if spelt && !bounded {
            return None;
        }
        // “before the 18th farmers' market”, but not “by the 18th floor”
        let meeting = bounded
            && (next..next + 3)
                .take_while(|at| self.kind(*at) == Kind::Word)
                .any(|at| english::MEETINGS.holds(self.low(at)));
        if of
            || !(self.goes_on_without_noun(next)
                || meeting && day > 3
                || self.clock(next).is_some())
            || !the && !matches!(self.kind(at), Kind::Ordinal(_))
        {
            return None;
        }
        let date = self.calendar.day_of_month(day)?;
        let period = Period::day(date, "day of the month alone: the next such day")?;
        Some((period.weak().sure(if the { 0.8 } else { 0.7 }), next))
    }

    /// “14th instant”, “3rd prox.”: of this month, of the next.
    fn instant(&self, day: i8, i: usize) -> Step<Period> {
        let months = match self.low(i) {
            "instant" | "inst" => 0,
            "proximo" | "prox" => 1,
            "ultimo" | "ult" => -1,
            _ => return None,
        };
        let first = self.calendar.month(months, "month")?.first_day();
        let date = Date::new(first.year(), first.month(), day).ok()?;
        let stop = self.mark(i + 1, '.') && self.glued(i + 1) && self.low(i).len() <= 4;
        Some((
            Period::day(date, "day of a month counted from this")?,
            i + 1 + usize::from(stop),
        ))
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
}
