//! Edges of periods: “end of June”, “mid-March”, “early next week”, “EOD Friday”.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Parser, Step};
use crate::date::Grain;
use crate::date::resolve::{self, Period};
use crate::date::words::{Part, Unit, Word};

/// Why a day is the first of a period that begins with it.
pub(crate) const PERIOD_STARTS: &str = "beginning of the period: its first day";

impl Parser<'_> {
    /// “EOD”, “EOW”, “EOD Friday”.
    pub(super) fn shortened(&self, i: usize, unit: Unit) -> Step<Period> {
        if unit == Unit::Day {
            let comma = self.mark(i + 1, ',') && self.weekday_at(i + 2).is_some();
            let after = self.skip(self.skip(i + 1, Word::On), Word::The) + usize::from(comma);
            if let Some((day, end)) = self.simple_day(after)
                && day.is_day()
            {
                return Some((day.day_end(), end));
            }
            let today = self
                .calendar
                .day_in(0, "end of the day: the reference day")?;
            return Some((today.day_end(), i + 1));
        }
        if let Some((period, end)) = self.simple_day(i + 1)
            && period.grain > Grain::Day
        {
            return Some((last_of(&period)?, end));
        }
        Some((last_of(&self.calendar.unit(unit, 0)?)?, i + 1))
    }

    /// “end of June”, “mid-March”, “early next week”, “beginning of the year”.
    pub(super) fn edge(&self, i: usize) -> Step<Period> {
        let at = self.skip(i, Word::The);
        let top = self.low(at) == "top"
            && self.is(at + 1, Word::Of)
            && matches!(self.word(at + 2), Word::The | Word::Next | Word::Unit(_));
        let which = if top { Word::Start } else { self.word(at) };
        let tight =
            matches!(which, Word::Early | Word::Late | Word::Middle) && self.low(at) != "middle";
        if !tight && !matches!(which, Word::End | Word::Start | Word::Middle) {
            return None;
        }
        if which == Word::Late && matches!(self.low(at), "later" | "latest") {
            return None;
        }
        let mut next = at + 1;
        if self.is_dash(next) && self.glued(next) {
            next += 1;
        }
        let of = self.is(next, Word::Of) || tight && self.is(next, Word::In);
        let hyphened = which == Word::End && self.token(next).is_some_and(|t| t.hyphen);
        let month = which == Word::End
            && (matches!(self.word(next), Word::Month(_))
                && self.capital(next)
                && self.clause_ends(next + 1)
                || self.low(next) == "q");
        // “Close Q4 accounts” is a deed.
        let month = month && self.low(at) != "close";
        let led = of || tight || hyphened || month;
        if !led {
            return None;
        }
        next = if of { next + 1 } else { next };
        if which == Word::End
            && let Some(found) = self.end_of_work(next)
        {
            return Some(found);
        }
        let (period, end) = self.edge_base(next)?;
        let cut = cut(which, &period)?;
        // “at the start of the month”, once it has begun, is the next one's.
        let passed = cut.due < self.calendar.today && self.calendar.policy.forward;
        if passed && let Word::Unit(unit) = self.word(self.skip(next, Word::The)) {
            return Some((self::cut(which, &self.calendar.unit(unit, 1)?)?, end));
        }
        Some((cut, end))
    }

    /// “business”, “play”, “work”, “the day” behind “end of”, with the day they are of.
    pub(super) fn end_of_work(&self, i: usize) -> Step<Period> {
        let at = self.skip(i, Word::The);
        if matches!(self.low(at), "working" | "work" | "business")
            && self.is(at + 1, Word::Unit(Unit::Week))
        {
            return Some((last_of(&self.calendar.unit(Unit::Week, 0)?)?, at + 2));
        }
        let mut end = match self.low(at) {
            "day" | "business" | "play" | "work" | "working" | "office" | "trading" => at + 1,
            _ => return None,
        };
        if self.is(end, Word::Unit(Unit::Day)) || matches!(self.low(end), "hours") {
            end += 1;
        }
        let after = self.skip(self.skip(end, Word::Of), Word::On);
        if let Some((day, behind)) = self.simple_day(after)
            && day.is_day()
        {
            return Some((day.day_end(), behind));
        }
        let today = self
            .calendar
            .day_in(0, "end of the day: the reference day")?;
        Some((today.day_end(), end))
    }

    pub(super) fn edge_base(&self, i: usize) -> Step<Period> {
        let at = self.skip(i, Word::The);
        let at = if matches!(self.low(at), "calendar" | "current") {
            at + 1
        } else {
            at
        };
        if self.low(at) != "q"
            && let Word::Unit(
                unit @ (Unit::Week | Unit::Weekend | Unit::Month | Unit::Quarter | Unit::Year),
            ) = self.word(at)
        {
            if let Some(found) = self.after_next(at) {
                return Some(found);
            }
            return Some((self.calendar.unit(unit, 0)?, at + 1));
        }
        if let Some(found) = self.nth(at) {
            return Some(found);
        }
        if let Some((year, end)) = self.year_at(at) {
            return Some((resolve::year_at(year, "calendar year")?, end));
        }
        self.simple_day(at)
    }
}

/// The beginning, the middle or the end of a period.
fn cut(which: Word, period: &Period) -> Option<Period> {
    match which {
        Word::End | Word::Late => last_of(period),
        Word::Middle => middle_of(period),
        _ if period.is_day() => Some(period.clone().with_part(Part::Morning)),
        _ => {
            let first = Period::day(period.first_day(), PERIOD_STARTS)?;
            Some(first.edge())
        }
    }
}

/// The last day of a period; of a day, its end.
pub(super) fn last_of(period: &Period) -> Option<Period> {
    if period.is_day() && period.first_day() == period.due {
        return Some(period.clone().day_end());
    }
    Some(Period::day(period.due, "end of the period: its last day")?.edge())
}

/// The middle day of a period.
fn middle_of(period: &Period) -> Option<Period> {
    let first = period.first_day();
    let date = match period.grain {
        Grain::Week => resolve::add(first, 2.days())?,
        Grain::Month => Date::new(first.year(), first.month(), 15).ok()?,
        Grain::Quarter => resolve::add(first, 1.month().days(14))?,
        Grain::Year => resolve::add(first, 6.months())?,
        _ => return None,
    };
    Some(Period::day(date, "middle of the period")?.edge())
}
