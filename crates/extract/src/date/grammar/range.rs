//! Ranges of days and of times: “10–12 March”, “Mon-Wed”, “from 2 to 4pm”.

use super::{Clock, Expression, Parser, Step};
use crate::date::Grain;
use crate::date::english;
use crate::date::lexer::Kind;
use crate::date::resolve::Period;
use crate::date::words::{Unit, Word};

impl Parser<'_> {
    /// One day or period, or a range of them.
    pub(super) fn day_range(
        &self,
        i: usize,
        e: &Expression,
    ) -> Option<(Period, Option<Period>, usize)> {
        if let Some(found) = self.shared_month(i) {
            return Some(found);
        }
        let from_in = i == e.core
            && matches!(
                e.lead.map(|l| l.word),
                Some(Word::In | Word::During | Word::For)
            );
        let led = if from_in {
            self.day(e.first).filter(|(_, end)| *end > i)
        } else {
            None
        };
        let (first, end) = match led {
            Some(found) => found,
            None => self.first_thing(i).or_else(|| self.day(i))?,
        };
        let moves =
            e.lead.is_none_or(|l| l.word == Word::From) && english::moves(self.low_before(e.first));
        let joined = !moves
            && (self.is_dash(end) || matches!(self.word(end), Word::To | Word::Until))
            || self.is(end, Word::And) && e.lead.is_some_and(|l| l.word == Word::Between);
        let hyphen = self.token(end).is_some_and(|t| t.hyphen)
            && (self.weekday_at(end).is_some()
                || first.grain == Grain::Month && matches!(self.word(end), Word::Month(_)));
        let next = if hyphen {
            end
        } else {
            self.skip(end + 1, Word::The)
        };
        if (joined || hyphen) && first.moment.is_none() {
            if let Some((last, behind)) = self.simple_day(next)
                && let Some(first) = same_year(&first, &last)
            {
                return Some((first, Some(last), behind));
            }
            if let Some((last, behind)) = self.simple_day(next)
                && last.due >= first.first_day()
            {
                return Some((first, Some(last), behind));
            }
            if let Some((last, behind)) = self.weekday_behind(&first, next) {
                return Some((first, Some(last), behind));
            }
            if first.is_day()
                && matches!(self.word(end.wrapping_sub(2)), Word::Month(_))
                && let Some((last, behind)) = self.same_month(&first, next)
            {
                return Some((first, Some(last), behind));
            }
        }
        Some((first, None, end))
    }

    /// “Friday to Monday”: the second weekday lies in the next week.
    pub(super) fn weekday_behind(&self, first: &Period, i: usize) -> Step<Period> {
        let weekday = self.weekday_at(i)?;
        let days = i64::from(first.first_day().weekday().until(weekday));
        let span = jiff::Span::new().try_days(days).ok()?;
        let date = first.first_day().checked_add(span).ok()?;
        Some((Period::day(date, "end of a range of weekdays")?, i + 1))
    }

    /// “March 10-12”: the second number is a day of the same month.
    pub(super) fn same_month(&self, first: &Period, i: usize) -> Step<Period> {
        let (day, end) = self.day_number(i)?;
        if self.mark(end, ':') || matches!(self.word(end), Word::Meridiem(_) | Word::Month(_)) {
            return None;
        }
        let from = first.first_day();
        let (year, end) = match self.year_at(if self.mark(end, ',') { end + 1 } else { end }) {
            Some((year, behind)) => (year, behind),
            None => (from.year(), end),
        };
        let date = jiff::civil::Date::new(year, from.month(), day).ok()?;
        (date > from).then(|| Some((Period::day(date, "end of a range of days")?, end)))?
    }

    /// “10–12 March”, “the 3rd to the 5th of June”.
    pub(super) fn shared_month(&self, i: usize) -> Option<(Period, Option<Period>, usize)> {
        let (day, end) = self.day_number(self.skip(i, Word::The))?;
        if !(self.is_dash(end) || matches!(self.word(end), Word::To | Word::Until | Word::And)) {
            return None;
        }
        let (last, behind) = self.calendar_date(self.skip(end + 1, Word::The))?;
        if !last.is_day() || last.weak {
            return None;
        }
        let date = last.first_day().with().day(day).build().ok()?;
        (date < last.first_day()).then_some(())?;
        Some((
            Period::day(date, "range of days in a month")?,
            Some(last),
            behind,
        ))
    }

    /// One time, or a range of them: “2-4pm”, “from 9 to 5”, “10:00–11:30”.
    pub(super) fn clock_range(
        &self,
        i: usize,
        e: &Expression,
    ) -> Option<(Clock, Option<Clock>, usize)> {
        let lead = e.lead.map(|l| l.word);
        let at_core = i == e.core;
        let from = at_core && matches!(lead, Some(Word::From | Word::Between))
            || matches!(self.low_before(i), "from" | "between");
        if let Some(found) = self.two_clocks(i, from || e.day.is_some(), e) {
            return Some(found);
        }
        let strict = matches!(
            lead,
            Some(
                Word::By
                    | Word::Until
                    | Word::Before
                    | Word::After
                    | Word::Since
                    | Word::From
                    | Word::Around
                    | Word::Due
            )
        );
        let by_word = matches!(
            self.word(i.wrapping_sub(1)),
            Word::By | Word::Until | Word::Before | Word::After | Word::Around | Word::From
        );
        let found = if i > 0
            && (self.is(i - 1, Word::At) || self.mark(i - 1, '@') || by_word && e.day.is_some())
        {
            self.clock_after_at(i)
        } else if at_core && strict && !english::CHANGE.holds(self.low_before(e.first)) {
            self.clock(i).or_else(|| {
                self.clock_after_at(i)
                    .filter(|(clock, end)| self.stands_as_hour(*clock, *end, e))
            })
        } else {
            // “drop the load by 1400 today”
            let exact = || {
                let written = self.clock_after_at(i).filter(|_| at_core && strict);
                written.filter(|(clock, end)| {
                    clock.grain == Grain::Minute
                        && self.simple_day(self.skip(*end, Word::On)).is_some()
                })
            };
            self.clock(i)
                .or_else(|| self.hour_behind_day(i))
                .or_else(exact)
        };
        let (clock, end) = found?;
        if clock.certainty < 0.8 && clock.hour > 12 && clock.grain == Grain::Hour && e.day.is_none()
        {
            return None;
        }
        if e.is_empty() && lead == Some(Word::For) && clock.certainty < 0.8 {
            return None;
        }
        // “she ran it in 3:45”
        if e.is_empty() && lead == Some(Word::In) && clock.grain == Grain::Minute && clock.open {
            return None;
        }
        Some((clock, None, end))
    }

    /// “tomorrow 9”, “Thursday 0830”: a number directly behind a day that is named by a word, and
    /// nothing behind it.
    fn hour_behind_day(&self, i: usize) -> Step<Clock> {
        let before = i.checked_sub(1)?;
        let comma = usize::from(self.mark(before, ','));
        let day = before.checked_sub(comma)?;
        let named = matches!(
            self.word(day),
            Word::Today | Word::Tomorrow | Word::Tonight | Word::Weekday(_)
        );
        let Kind::Number { digits, .. } = self.kind(i) else {
            return None;
        };
        // “Friday 13” is a day of a month.
        let may_be_day = matches!(self.word(day), Word::Weekday(_));
        let hour = !may_be_day || self.is(i + 1, Word::Unit(Unit::Hour));
        // “on Friday, 10h”, “on 12 May, 14h”
        let marked = self.low(i + 1) == "h" && self.glued(i + 1);
        let named = named || marked && self.behind_month_day(day);
        let hours = digits == 4 || digits <= 2 && (comma == 0 && hour || marked);
        let fits = named && hours && self.token(i)?.spaced;
        fits.then(|| self.clock_after_at(i))?
            .filter(|(_, end)| self.clause_ends(*end))
    }

    /// Whether a bare hour behind “by”, “until” and the like is one: “by five”, not “up to 5” or “by one”.
    pub(super) fn stands_as_hour(&self, clock: Clock, end: usize, e: &Expression) -> bool {
        let word = self.word(e.first);
        let count = clock.minute == 0 && clock.hour == 1 && word == Word::By;
        let said = matches!(
            word,
            Word::By
                | Word::Until
                | Word::Before
                | Word::After
                | Word::Around
                | Word::Due
                | Word::No
                | Word::Not
        );
        let followed = self.simple_day(self.skip(end, Word::On)).is_some();
        let goes_on = matches!(
            self.low(end),
            "so" | "and" | "or" | "if" | "because" | "please" | "pls" | "but" | "then"
        );
        let changes = word == Word::By && self.changes_before(e.first);
        followed || said && !count && (self.clause_ends(end) || goes_on && !changes)
    }

    /// “cut the queue by 3 and …”: whether the words before the “by” at `by` make what follows an amount.
    fn changes_before(&self, by: usize) -> bool {
        (2..=5)
            .filter_map(|back| by.checked_sub(back))
            .any(|at| english::CHANGE.holds(self.low(at)))
    }

    /// “by 11.30”, “before 9.45, please”: no day of a month, and nothing counted behind it.
    pub(super) fn bounds_dotted(&self, i: usize, end: usize) -> bool {
        let led = i
            .checked_sub(1)
            .filter(|b| matches!(self.word(*b), Word::By | Word::Before));
        let minute = matches!(self.kind(i + 2), Kind::Number { value, digits: 2 } if value > 12);
        minute && self.clause_ends(end) && led.is_some_and(|by| !self.changes_before(by + 1))
    }

    pub(super) fn two_clocks(
        &self,
        i: usize,
        bare: bool,
        e: &Expression,
    ) -> Option<(Clock, Option<Clock>, usize)> {
        let (mut first, end) = self.clock(i).or_else(|| self.range_start(i))?;
        let joined = self.is_dash(end)
            || matches!(self.word(end), Word::To | Word::Until)
            || self.is(end, Word::And) && bare;
        if !joined {
            return None;
        }
        let second = self.clock(end + 1);
        let (mut last, behind) = match second {
            Some(found) => found,
            None => self.clock_after_at(end + 1).filter(|(_, behind)| {
                bare || self.is_dash(end) && self.simple_day(self.skip(*behind, Word::On)).is_some()
            })?,
        };
        let numbers =
            first.certainty < 0.8 && last.certainty < 0.8 && e.day.is_none() && e.part.is_none();
        if numbers && self.simple_day(self.skip(behind, Word::On)).is_none() {
            // Two numbers alone are hours only as those of a working day: “from 9 to 5”.
            let working = (7..=11).contains(&first.hour) && last.hour < first.hour && last.hour > 0;
            if !working {
                return None;
            }
        }
        if first.open && !last.open {
            let pm = last.hour >= 12;
            let fits = |pm: bool| {
                i32::from(first.hour % 12 + if pm { 12 } else { 0 }) * 60 + i32::from(first.minute)
            };
            first.settle(
                pm && fits(true) < last.minutes() || pm && last.hour < 13 && first.hour == 12,
            );
        } else if first.open && last.open && last.hour < first.hour {
            // “9 to 5”: across noon.
            first.settle(false);
            last.settle(true);
        } else if !first.open && last.open {
            last.settle(first.hour >= 12 || last.hour < first.hour);
        }
        Some((first, Some(last), behind))
    }

    /// A bare hour in front of a dash or “to”.
    pub(super) fn range_start(&self, i: usize) -> Step<Clock> {
        let Kind::Number {
            value: hour @ 0..=24,
            digits: 1..=2,
        } = self.kind(i)
        else {
            return None;
        };
        if self.glued(i) && i > 0 && !matches!(self.kind(i - 1), Kind::Mark('(' | '[' | ','))
            || self.counted_noun_before(i)
        {
            return None;
        }
        let hour = i8::try_from(hour).ok()?;
        let clock = Clock::plain(hour);
        Some((clock, i + 1))
    }
}

/// “January to March 2027”: the first month is of the year told with the last.
fn same_year(first: &Period, last: &Period) -> Option<Period> {
    if first.grain != Grain::Month || last.grain != Grain::Month {
        return None;
    }
    let year = last.first_day().year();
    let moved = first.first_day().with().year(year).build().ok()?;
    let first = crate::date::resolve::month_at(moved, "range of months")?;
    (moved <= last.first_day()).then_some(first)
}
