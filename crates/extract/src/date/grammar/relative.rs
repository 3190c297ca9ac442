//! Days counted from another: “in 3 days”, “two weeks from Tuesday”, “the day before Easter”,
//! “next Friday”, “the week after next”, “end of the month”.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::{Parser, Step};
use crate::date::Grain;
use crate::date::lexer::Kind;
use crate::date::resolve::{self, Amount, Period};
use crate::date::words::{Part, Unit, Word};

impl Parser<'_> {
    /// Any day or period, with what is counted from it or cut out of it.
    pub(super) fn day(&self, i: usize) -> Step<Period> {
        self.spoken(i)
            .or_else(|| self.anchored(i))
            .or_else(|| self.counted(i))
            .or_else(|| self.edge(i))
            .or_else(|| self.nth(i))
            .or_else(|| self.simple_day(i))
    }

    /// A day or period that is named by itself.
    pub(super) fn simple_day(&self, i: usize) -> Step<Period> {
        self.stamp(i)
            .or_else(|| self.named_day(i))
            .or_else(|| self.holiday(i))
            .or_else(|| self.modified(i))
            .or_else(|| self.weekday(i))
            .or_else(|| self.calendar_date(i))
            .or_else(|| self.numeric_date(i))
            .or_else(|| self.period(i))
    }

    /// “today”, “tomorrow night”, “later today”, “end of day” and their kind.
    fn named_day(&self, i: usize) -> Step<Period> {
        let calendar = &self.calendar;
        let (days, why) = match self.word(i) {
            Word::Today => (0, "today is the reference day"),
            Word::Tomorrow => (1, "the day after the reference day"),
            Word::Yesterday => (-1, "the day before the reference day"),
            Word::Tonight => {
                let night = calendar.day_in(0, "tonight: the reference day")?;
                return Some((night.with_part(Part::Evening), i + 1));
            }
            Word::Now if i == usize::from(matches!(self.low(0), "right" | "just")) => {
                let mut now = Amount {
                    to_second: true,
                    ..Amount::default()
                }
                .moment_from(self.calendar.now, "now")?;
                now.weak = true;
                return Some((now, i + 1));
            }
            Word::Later => return self.later(i),
            Word::EndOf(unit) => return self.shortened(i, unit),
            _ => return None,
        };
        let day = calendar.day_in(days, why)?;
        if self.is(i + 1, Word::Unit(Unit::Week)) && days == 1 {
            // British “tomorrow week”: a week from tomorrow.
            return Some((calendar.day_in(8, "a week from tomorrow")?, i + 2));
        }
        Some((day, i + 1))
    }

    fn later(&self, i: usize) -> Step<Period> {
        match self.word(i + 1) {
            Word::Today | Word::Tonight => self.named_day(i + 1),
            Word::This => self.modified(i + 1),
            _ => None,
        }
    }

    /// “the day after tomorrow”, “the Friday before Christmas”, “the week of 9 March”.
    fn anchored(&self, i: usize) -> Step<Period> {
        let at = self.skip(i, Word::The);
        let unit = match self.word(at) {
            Word::Unit(
                unit @ (Unit::Day
                | Unit::Workday
                | Unit::Week
                | Unit::Weekend
                | Unit::Month
                | Unit::Year),
            ) => Some(unit),
            Word::Weekday(_) | Word::Part(Part::Evening | Part::Night | Part::Morning) => None,
            _ => return None,
        };
        if let Some(found) = self.after_next(at) {
            return Some(found);
        }
        let sign = match self.word(at + 1) {
            Word::After | Word::Following => 1,
            Word::Before => -1,
            Word::From if unit.is_some() && !self.low(at).ends_with('s') => {
                let (base, end) = self
                    .simple_day(self.skip(at + 2, Word::The))
                    .filter(|(base, _)| !base.weak)?;
                let amount = Amount::of(100, unit?)?;
                return Some((
                    Period::day(amount.counted_from(base.due)?, "counted from a day")?,
                    end,
                ));
            }
            Word::Of if unit == Some(Unit::Weekend) => {
                let (base, end) = self
                    .simple_day(self.skip(at + 2, Word::The))
                    .filter(|(base, _)| base.is_day())?;
                let monday = self.calendar.week_of(base.first_day(), "")?.first_day();
                let weekend = Period::span(
                    resolve::add(monday, 5.days())?,
                    resolve::add(monday, 7.days())?,
                    Grain::Day,
                    "weekend of a day",
                )?;
                return Some((weekend, end));
            }
            Word::Of if matches!(self.word(at), Word::Part(_)) => {
                // “the evening of the 20th”
                let Word::Part(part) = self.word(at) else {
                    return None;
                };
                let (mut day, end) = self.simple_day(at + 2).filter(|(day, _)| day.is_day())?;
                day.weak = false;
                return Some((day.with_part(part), end));
            }
            Word::Of | Word::Starting if unit == Some(Unit::Week) => 0,
            _ => return None,
        };
        let start = self.skip(at + 2, Word::The);
        let event = unit == Some(Unit::Day) && sign != 0 && start > at + 2;
        let (base, end) = self
            .simple_day(start)
            .or_else(|| self.calendar_date(start - usize::from(start > at + 2)))
            .or_else(|| event.then(|| self.day_of_event(start))?)?;
        // “the day after the 20th”
        let numbered = start > at + 2 && self.ordinal(start).is_some() && base.is_day();
        if base.weak && !numbered {
            return None;
        }
        let from = if sign > 0 { base.due } else { base.first_day() };
        if matches!(self.word(at), Word::Weekday(_)) && self.weekday_at(at + 2).is_some() {
            return None;
        }
        Some((self.beside(self.word(at), from, sign)?, end))
    }

    /// The day, week, weekday or part of the day directly before (-1) or behind (1) `from`; 0 is
    /// the week of it.
    pub(super) fn beside(&self, what: Word, from: Date, sign: i64) -> Option<Period> {
        match what {
            Word::Unit(Unit::Week) => self.calendar.week_of(
                resolve::add(from, (7 * sign).days())?,
                "week counted from a day",
            ),
            Word::Unit(Unit::Weekend) => {
                let saturday = nearest_weekday(from, Weekday::Saturday, sign)?;
                // The Saturday before a Sunday is of the same weekend.
                let own = from.weekday() == Weekday::Sunday && sign < 0;
                let saturday = resolve::add(saturday, if own { -7 } else { 0 }.days())?;
                let end = resolve::add(saturday, 2.days())?;
                Period::span(saturday, end, Grain::Day, "weekend counted from a day")
            }
            Word::Unit(unit) => {
                let amount = Amount::of(100, unit)?;
                let amount = if sign < 0 { amount.negated() } else { amount };
                Period::day(amount.counted_from(from)?, "day counted from another")
            }
            Word::Weekday(weekday) => Period::day(
                nearest_weekday(from, weekday, sign)?,
                "weekday counted from a day",
            ),
            Word::Part(part) => {
                let day = resolve::add(from, sign.days())?;
                Some(Period::day(day, "part of the day beside another")?.with_part(part))
            }
            _ => None,
        }
    }

    /// “week after next”, “Friday after next”.
    pub(super) fn after_next(&self, i: usize) -> Step<Period> {
        if self.is(i + 1, Word::Before) && self.is(i + 2, Word::Last) && self.clause_ends(i + 3) {
            return self.before_last(i);
        }
        if !self.is(i + 1, Word::After) || !self.is(i + 2, Word::Next) {
            return None;
        }
        if matches!(self.word(i + 3), Word::Unit(_)) {
            return None;
        }
        let period = match self.word(i) {
            Word::Unit(unit) => self.calendar.unit(unit, 2)?,
            Word::Weekday(weekday) => {
                let coming = self.calendar.coming(weekday)?;
                Period::day(
                    resolve::add(coming, 7.days())?,
                    "the second such weekday from now",
                )?
            }
            _ => return None,
        };
        Some((period, i + 3))
    }

    /// “the week before last”, “the Monday before last”.
    fn before_last(&self, i: usize) -> Step<Period> {
        let period = match self.word(i) {
            Word::Unit(unit) => self.calendar.unit(unit, -2)?,
            Word::Weekday(weekday) => {
                let past = self.calendar.past(weekday)?;
                Period::day(
                    resolve::add(past, (-7).days())?,
                    "the second such weekday before now",
                )?
            }
            _ => return None,
        };
        Some((period, i + 3))
    }

    /// “in 3 days”, “2 weeks ago”, “2 weeks from Tuesday”, “within the next month”.
    fn counted(&self, i: usize) -> Step<Period> {
        let leads = matches!(
            self.word(i),
            Word::In | Word::Within | Word::During | Word::For
        );
        let lead = if leads { self.word(i) } else { Word::Plain };
        let in_at_most = lead == Word::In && matches!(self.low(i + 1), "under" | "max" | "maximum");
        let at = if leads {
            self.skip(i + 1 + usize::from(in_at_most), Word::The)
        } else {
            self.skip(i, Word::The)
        };
        // “in the 90s”
        if at > 0 && self.is(at - 1, Word::The) && self.low(at + 1) == "s" {
            return None;
        }
        if let Some(found) = self.stretch(at, lead) {
            return Some(found);
        }
        let about = if matches!(self.word(at), Word::Around) {
            at + 1
        } else {
            at
        };
        let about =
            if matches!(self.low(about), "less" | "at" | "another" | "like") && lead != Word::For {
                // “in less than 3 days”, “in another 2 weeks”
                about
                    + if matches!(self.low(about + 1), "than" | "most") {
                        2
                    } else {
                        1
                    }
            } else if self.is(about, Word::No) && self.low(about + 1) == "more" {
                about + 3
            } else {
                about
            };
        if let Some(found) = self.weekdays_from_now(about) {
            return Some(found);
        }
        let (amount, end) = self
            .choice_of_amounts(about)
            .or_else(|| self.amount(about))?;
        if lead == Word::Plain && amount.days > 0 && self.is_given(at) && self.clause_ends(end) {
            let until = amount.counted_from_now(&self.calendar, "asked for from now on")?;
            return Some((until, end));
        }
        self.after_amount(amount, end, lead)
    }

    /// “give me three weeks”, “gimme a couple of days”: in that time.
    fn is_given(&self, i: usize) -> bool {
        match self.low_before(i) {
            "me" | "us" => i > 1 && matches!(self.low(i - 2), "give" | "allow"),
            before => before == "gimme",
        }
    }

    /// “2 Fridays from now”.
    fn weekdays_from_now(&self, i: usize) -> Step<Period> {
        let (n, end) = self.integer(i)?;
        let weekday = self.weekday_at(end)?;
        if (1..=60).contains(&n) && self.is(end + 1, Word::Ago) {
            let date = resolve::add(self.calendar.past(weekday)?, (-7 * (n - 1)).days())?;
            return Some((Period::day(date, "nth such weekday before now")?, end + 2));
        }
        if !(1..=60).contains(&n)
            || !self.is(end + 1, Word::From)
            || !matches!(self.word(end + 2), Word::Now | Word::Today)
        {
            return None;
        }
        let date = resolve::add(self.calendar.coming(weekday)?, (7 * (n - 1)).days())?;
        Some((Period::day(date, "nth such weekday from now")?, end + 3))
    }

    /// “next 3 days”, “past two weeks”.
    fn stretch(&self, at: usize, lead: Word) -> Step<Period> {
        let ahead = match self.word(at) {
            Word::Next | Word::Coming | Word::Following => true,
            Word::Last | Word::Past => false,
            _ => return None,
        };
        let hour = self.is(at + 1, Word::Unit(Unit::Hour)) && self.low(at + 1) == "hour";
        let (amount, end) = if hour && lead != Word::Plain {
            (Amount::of(100, Unit::Hour)?, at + 2)
        } else {
            self.amount(at + 1).filter(|_| !self.is(at + 1, Word::A))?
        };
        if amount.is_clock() && lead == Word::Plain {
            return None;
        }
        let why = "stretch of time counted from now";
        let other =
            if ahead { amount } else { amount.negated() }.counted_from_now(&self.calendar, why)?;
        let mut period = other.clone();
        if ahead {
            period.bound = true;
            period.start = self.calendar.today.at(0, 0, 0, 0);
            period.end = other.end;
            period.due = other.due;
        } else {
            period.end = self.calendar.now.datetime();
        }
        Some((period, end))
    }

    fn after_amount(&self, amount: Amount, end: usize, lead: Word) -> Step<Period> {
        let calendar = &self.calendar;
        let possessive = usize::from(
            matches!(self.kind(end), Kind::Mark('\'' | '’')) && self.low(end + 1) == "time",
        );
        let end = if self.low(end + possessive) == "time" {
            end + possessive + 1
        } else {
            end
        };
        let weeks = amount.is_weeks();
        let mut found = match (self.word(end), self.word(end + 1)) {
            (Word::Ago, Word::Yesterday | Word::Today) if weeks => {
                // “a week ago yesterday”
                let days = amount.days + i64::from(self.is(end + 1, Word::Yesterday));
                (calendar.day_in(-days, "weeks back from today")?, end + 2)
            }
            _ => self.beside_amount(amount, end, lead)?,
        };
        found.0.bound |= lead == Word::Within;
        Some(found)
    }

    /// An amount of time and the word behind it, which tells from where it counts.
    fn beside_amount(&self, amount: Amount, end: usize, lead: Word) -> Step<Period> {
        let calendar = &self.calendar;
        let found = match self.word(end) {
            Word::Ago => (
                amount
                    .negated()
                    .counted_from_now(calendar, "counted back from now")?,
                end + 1,
            ),
            Word::Hence => (
                amount.counted_from_now(calendar, "counted from now")?,
                end + 1,
            ),
            Word::From | Word::After | Word::Following if self.is(end + 1, Word::Now) => (
                amount.counted_from_now(calendar, "counted from now")?,
                end + 2,
            ),
            Word::Today | Word::Tomorrow if lead == Word::Plain && amount.is_weeks() => {
                // British “a week today”.
                let days = amount.days + i64::from(self.is(end, Word::Tomorrow));
                (calendar.day_in(days, "weeks from today")?, end + 1)
            }
            Word::Weekday(weekday) if lead == Word::Plain && amount.is_weeks() => {
                // American “a week Friday”.
                let date = resolve::add(calendar.coming(weekday)?, amount.days.days())?;
                (Period::day(date, "weeks from the coming weekday")?, end + 1)
            }
            Word::On
                if lead == Word::Plain
                    && (amount.days == 0
                        || amount.days % 7 != 0
                        || self.weekday_at(end + 1).is_none()) =>
            {
                return None;
            }
            Word::From | Word::After | Word::Before | Word::Of | Word::Following | Word::On => {
                return self.amount_from(amount, end, lead);
            }
            Word::Later
                if lead == Word::Plain && self.clause_ends(end + 1) && !self.capital(end) =>
            {
                (
                    amount
                        .counted_from_now(calendar, "counted from now")?
                        .sure(0.6),
                    end + 1,
                )
            }
            Word::Plain
                if matches!(
                    (self.low(end), self.low(end + 1)),
                    ("prior", "to") | ("ahead", "of")
                ) =>
            {
                return self.amount_from(amount, end, lead);
            }
            _ if matches!(lead, Word::In | Word::Within) => {
                (amount.counted_from_now(calendar, "counted from now")?, end)
            }
            _ => return None,
        };
        Some(found)
    }

    fn amount_from(&self, amount: Amount, end: usize, lead: Word) -> Step<Period> {
        let counts = matches!(lead, Word::In | Word::Within);
        if self.is(end, Word::On) && !counts && lead != Word::Plain {
            return None;
        }
        if self.is(end, Word::On) && counts {
            // “in 3 days on the phone” counts from now.
            let period = amount.counted_from_now(&self.calendar, "counted from now")?;
            return Some((period, end));
        }
        // “within two weeks of this letter”
        if counts
            && self.is(end, Word::Of)
            && (self.is(end + 1, Word::This) || self.is(end + 1, Word::Today))
            && !matches!(
                self.word(end + 2),
                Word::Unit(_) | Word::Weekday(_) | Word::Month(_)
            )
        {
            let mut period = amount.counted_from_now(&self.calendar, "counted from now")?;
            period.bound = lead == Word::Within;
            let letter = self.is(end + 1, Word::This) && self.kind(end + 2) == Kind::Word;
            return Some((period, end + 2 + usize::from(letter)));
        }
        // “3 days after the launch” counts from a day that is not known.
        let said = matches!(self.low(end), "prior" | "ahead");
        let start = self.skip(end + 1 + usize::from(said), Word::The);
        let (base, behind) = self
            .simple_day(start)
            .or_else(|| self.edge(start))
            // “the 15th”
            .filter(|(base, _)| !base.weak || start > end + 1 && base.is_day())
            .or_else(|| self.day_of_event(start))?;
        let back = said || self.is(end, Word::Before);
        let amount = if back { amount.negated() } else { amount };
        if amount.is_clock() {
            return None;
        }
        let from = if back { base.first_day() } else { base.due };
        let mut period = Period::day(amount.counted_from(from)?, "counted from a day")?;
        period.bound = lead == Word::Within;
        Some((period, behind))
    }

    /// “(two days before) the meeting on Friday”: the day behind a few words without a mark.
    fn day_of_event(&self, i: usize) -> Step<Period> {
        let on = (i..i + 5)
            .take_while(|k| self.kind(*k) == Kind::Word)
            .find(|k| self.is(*k, Word::On))?;
        self.simple_day(self.skip(on + 1, Word::The))
    }
}

/// The weekday before (-1) or after (1) `from`, never `from` itself.
pub(super) fn nearest_weekday(from: Date, weekday: Weekday, sign: i64) -> Option<Date> {
    let ahead = if sign > 0 {
        i64::from(from.weekday().until(weekday))
    } else {
        -i64::from(weekday.until(from.weekday()))
    };
    let days = if ahead == 0 { 7 * sign } else { ahead };
    resolve::add(from, days.days())
}
