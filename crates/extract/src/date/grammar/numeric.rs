//! Dates in digits: time stamps, `13/11`, `3/4/2026`, `24.12.`, `24-11-2026`.

use jiff::civil::Date;

use super::{Parser, Step};
use crate::date::english;
use crate::date::lexer::Kind;
use crate::date::resolve::Period;
use crate::date::stamp::Shape;
use crate::date::words::Word;
use crate::lexicon;

/// Days ahead of what is taken for next year's because this year's has gone by.
const GONE_BY: i32 = 120;

/// Days ahead of what is meant soon.
const SOON: i32 = 60;

impl Parser<'_> {
    /// A machine-written date without its time, which the clock rule reads.
    pub(super) fn stamp(&self, i: usize) -> Step<Period> {
        let Kind::Stamp(index) = self.kind(i) else {
            return None;
        };
        let stamp = self.lexed.stamps.get(index)?;
        if stamp.shape == Shape::Week {
            return Some((
                self.calendar.week_of(stamp.date, "ISO week")?.sure(1.0),
                i + 1,
            ));
        }
        Some((Period::day(stamp.date, "ISO 8601 date")?.sure(1.0), i + 1))
    }

    /// Two or three numbers joined by slashes, dots or hyphens.
    pub(super) fn numeric_date(&self, i: usize) -> Step<Period> {
        if let Some(found) = self.eight_digits(i) {
            return Some(found);
        }
        let (a, _) = self.short_number(i)?;
        let Kind::Mark(separator @ ('/' | '.' | '-')) = self.kind(i + 1) else {
            return None;
        };
        if !self.glued(i + 1) || !self.glued(i + 2) || self.chained_before(i) {
            return None;
        }
        let (b, _) = self.short_number(i + 2)?;
        let third = self.mark(i + 3, separator) && self.glued(i + 3) && self.glued(i + 4);
        if third && let Kind::Number { value, digits } = self.kind(i + 4) {
            return self.with_numeric_year(i, (a, b), separator, (value, digits));
        }
        self.without_year(i, (a, b), separator)
    }

    /// `20261124`: only behind a preposition, or as the whole text.
    fn eight_digits(&self, i: usize) -> Step<Period> {
        let Kind::Number { value, digits: 8 } = self.kind(i) else {
            return None;
        };
        let year = i16::try_from(value / 10_000)
            .ok()
            .filter(|year| (1900..=2199).contains(year))?;
        let month = i8::try_from(value / 100 % 100).ok()?;
        let date = Date::new(year, month, i8::try_from(value % 100).ok()?).ok()?;
        let period = Period::day(date, "eight digits")?;
        Some((period.weak().sure(0.7), i + 1))
    }

    fn with_numeric_year(
        &self,
        i: usize,
        (a, b): (i8, i8),
        separator: char,
        (value, digits): (u32, u8),
    ) -> Step<Period> {
        let year = match digits {
            4 => i16::try_from(value)
                .ok()
                .filter(|y| (1900..=2199).contains(y))?,
            2 if separator == '/' || value >= 20 && separator != '-' || self.near(value) => {
                let short = i16::try_from(value).ok()?;
                if short >= 70 {
                    1900 + short
                } else {
                    2000 + short
                }
            }
            _ => return None,
        };
        if self.chained_after(i + 5) || digits == 2 && self.counted_noun_before(i) {
            return None;
        }
        let (day, month) = self.order(a, b, separator)?;
        let date = Date::new(year, month, day).ok()?;
        let certainty = if digits == 4 { 1.0 } else { 0.85 };
        Some((
            Period::day(date, "numeric date with its year")?.sure(certainty),
            i + 5,
        ))
    }

    /// Whether a year of two digits is within ten of the reference's: `12-24-36` is a number.
    fn near(&self, short: u32) -> bool {
        let here = i64::from(self.calendar.today.year()) % 100;
        (i64::from(short) - here).abs() < 10
    }

    fn without_year(&self, i: usize, (a, b): (i8, i8), separator: char) -> Step<Period> {
        let mut end = i + 3;
        let dotted_end = self.mark(end, '.') && self.glued(end);
        match separator {
            '.' => {
                let more = self
                    .token(end + 1)
                    .is_some_and(|t| !t.spaced && !matches!(t.kind, Kind::Mark(_) | Kind::Break));
                if dotted_end && !more {
                    end += 1;
                } else if !(matches!(self.kind(i + 2), Kind::Number { digits: 2, .. })
                    && matches!(self.kind(i), Kind::Number { digits: 2, .. })
                    || self.behind_taker(i))
                {
                    return None;
                }
            }
            '/' => {}
            _ => return None,
        }
        if self.chained_after(end) && end == i + 3 || self.counted_noun_before(i) {
            return None;
        }
        if english::AMOUNT_AFTER.holds(self.low(end))
            || (a, b) == (24, 7) && separator == '/'
            || (a, b) == (50, 50)
        {
            return None;
        }
        if matches!(self.kind(end), Kind::Mark('€' | '$' | '£' | '%' | '°')) {
            return None;
        }
        let (day, month) = self
            .agreeing(i, (a, b))
            .or_else(|| self.order(a, b, separator).map(|pair| self.nearer(pair)))?;
        let date = self.calendar.month_day(month, day)?;
        let period = Period::day(date, "day and month in digits: the next such day")?;
        Some((period.weak().sure(0.8), end))
    }

    /// “tree → Fatima, 4.12”: behind the one to whom an arrow hands a thing.
    pub(in crate::date) fn behind_taker(&self, i: usize) -> bool {
        let Some(arrow) = i.checked_sub(3).filter(|_| self.mark(i - 1, ',')) else {
            return false;
        };
        matches!(self.kind(arrow), Kind::Mark('→' | '>' | '⇒' | '➜'))
            && self.kind(i - 2) == Kind::Word
            && self.capital(i - 2)
            && lexicon::is_first_name(self.low(i - 2))
            && self.clause_ends(i + 3)
    }

    /// “Wed 2/9”: the weekday beside it says which number is the day, where only one of them fits.
    fn agreeing(&self, i: usize, (a, b): (i8, i8)) -> Option<(i8, i8)> {
        let comma = i > 0 && matches!(self.kind(i - 1), Kind::Mark(',' | '.'));
        let weekday = self.weekday_at(i.checked_sub(1 + usize::from(comma))?)?;
        let fits = |day: i8, month: i8| {
            (1..=12).contains(&month)
                && self
                    .calendar
                    .month_day(month, day)
                    .is_some_and(|date| date.weekday() == weekday)
        };
        match (fits(a, b), fits(b, a)) {
            (true, false) => Some((a, b)),
            (false, true) => Some((b, a)),
            _ => None,
        }
    }

    /// `2/10` written in September: a day that is soon, where the other order has just gone by and would be of
    /// next year.
    fn nearer(&self, (day, month): (i8, i8)) -> (i8, i8) {
        let days = |day, month| {
            let date = self.calendar.month_day(month, day)?;
            date.since(self.calendar.today)
                .ok()
                .map(|span| span.get_days())
        };
        let nearer = self.calendar.policy.forward
            && days(day, month).is_some_and(|days| days > GONE_BY)
            && days(month, day).is_some_and(|days| (0..=SOON).contains(&days));
        if nearer { (month, day) } else { (day, month) }
    }

    /// Which number is the day and which the month; a number above twelve decides, here or in another
    /// date of the text.
    fn order(&self, a: i8, b: i8, separator: char) -> Option<(i8, i8)> {
        if separator == '.' && b > 12 {
            return None;
        }
        let day_first =
            self.calendar.policy.day_first || separator == '.' || a > 12 || self.lexed.day_first;
        let (day, month) = if day_first && b <= 12 { (a, b) } else { (b, a) };
        ((1..=31).contains(&day) && (1..=12).contains(&month)).then_some((day, month))
    }

    fn short_number(&self, i: usize) -> Step<i8> {
        match self.kind(i) {
            Kind::Number {
                value: value @ 0..=99,
                digits: 1..=2,
            } => Some((i8::try_from(value).ok()?, i + 1)),
            _ => None,
        }
    }

    /// Whether a longer chain of digits and marks runs into token `i`: phone numbers, prices.
    fn chained_before(&self, i: usize) -> bool {
        self.glued(i)
            && i.checked_sub(1).is_some_and(|before| {
                !matches!(
                    self.kind(before),
                    Kind::Mark('(' | '[' | '"' | '“' | '@' | ',' | ':' | '–' | '~') | Kind::Break
                )
            })
    }

    fn chained_after(&self, i: usize) -> bool {
        // “till 15/9: order the cards”
        let labels = self.mark(i, ':') && self.clause_ends(i);
        self.glued(i)
            && !labels
            && (matches!(
                self.kind(i),
                Kind::Mark('/' | '-' | '%' | '$' | '€' | '£' | ':' | '_' | '+')
            ) || matches!(self.kind(i), Kind::Word | Kind::Mixed | Kind::Number { .. })
                || matches!(self.kind(i), Kind::Mark('.'))
                    && self.glued(i + 1)
                    && self.kind(i + 1) != Kind::Break)
    }

    /// “page 3/4”, “version 1.2.26”.
    pub(super) fn counted_noun_before(&self, i: usize) -> bool {
        // “ratio of 3:30”
        let of = i > 1 && self.is(i - 1, Word::Of) && english::COUNTED.holds(self.low(i - 2));
        of || english::COUNTED.holds(self.low_before(i))
            || i.checked_sub(1)
                .is_some_and(|b| matches!(self.kind(b), Kind::Mark('#' | '$' | '€' | '£' | '№')))
    }
}
