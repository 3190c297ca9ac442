//! Days counted from another: “in 3 days”, “two weeks from Tuesday”, “the day before Easter”,
//! “next Friday”, “the week after next”, “end of the month”.

use jiff::civil::{Date, Weekday};
use jiff::ToSpan;

use super::{Parser, Step};
use crate::date::Grain;
use crate::date::lexer::Kind;
use crate::date::resolve::{self, Amount, Period};
use crate::date::words::{Part, Unit, Word};

impl Parser<'_> {
    /// Any day or period, with what is counted from it or cut out of it.
    pub(super) fn day(&self, i: usize) -> Step<Period> {
        self.anchored(i)
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
            Word::Now if i == usize::from(self.low(0) == "right") => {
                let mut now = Amount { to_second: true, ..Amount::default() }.moment_from(self.calendar.now.clone(), "now")?;
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

    /// “EOD”, “EOW”, “EOD Friday”.
    fn shortened(&self, i: usize, unit: Unit) -> Step<Period> {
        if unit == Unit::Day {
            let after = self.skip(self.skip(i + 1, Word::On), Word::The);
            if let Some((day, end)) = self.simple_day(after)
                && day.is_day()
            {
                return Some((day.day_end(), end));
            }
            let today = self.calendar.day_in(0, "end of the day: the reference day")?;
            return Some((today.day_end(), i + 1));
        }
        if let Some((period, end)) = self.simple_day(i + 1)
            && period.grain > Grain::Day
        {
            return Some((self.last_of(&period)?, end));
        }
        Some((self.last_of(&self.calendar.unit(unit, 0)?)?, i + 1))
    }

    fn last_of(&self, period: &Period) -> Option<Period> {
        if period.is_day() && period.first_day() == period.due {
            return Some(period.clone().day_end());
        }
        Some(Period::day(period.due, "end of the period: its last day")?.edge())
    }

    /// “end of June”, “mid-March”, “early next week”, “beginning of the year”.
    fn edge(&self, i: usize) -> Step<Period> {
        let at = self.skip(i, Word::The);
        let which = self.word(at);
        let tight = matches!(which, Word::Early | Word::Late | Word::Middle) && self.low(at) != "middle";
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
        if !of && !tight && !(which == Word::End && self.token(next).is_some_and(|t| t.hyphen)) {
            return None;
        }
        next = if of { next + 1 } else { next };
        if which == Word::End
            && let Some(found) = self.end_of_work(next)
        {
            return Some(found);
        }
        let (period, end) = self.edge_base(next)?;
        let cut = match which {
            Word::End | Word::Late => self.last_of(&period)?,
            Word::Middle => self.middle_of(&period)?,
            _ if period.is_day() => period.with_part(Part::Morning),
            _ => Period::day(period.first_day(), "beginning of the period: its first day")?.edge(),
        };
        Some((cut, end))
    }

    /// “business”, “play”, “work”, “the day” behind “end of”, with the day they are of.
    fn end_of_work(&self, i: usize) -> Step<Period> {
        let at = self.skip(i, Word::The);
        let mut end = match self.low(at) {
            "business" | "play" | "work" | "working" | "office" | "trading" => at + 1,
            "day" => at + 1,
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
        let today = self.calendar.day_in(0, "end of the day: the reference day")?;
        Some((today.day_end(), end))
    }

    fn edge_base(&self, i: usize) -> Step<Period> {
        let at = self.skip(i, Word::The);
        let at = if matches!(self.low(at), "calendar" | "current") { at + 1 } else { at };
        if self.low(at) != "q"
            && let Word::Unit(unit @ (Unit::Week | Unit::Weekend | Unit::Month | Unit::Quarter | Unit::Year)) = self.word(at)
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

    fn middle_of(&self, period: &Period) -> Option<Period> {
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

    /// “the day after tomorrow”, “the Friday before Christmas”, “the week of 9 March”.
    fn anchored(&self, i: usize) -> Step<Period> {
        let at = self.skip(i, Word::The);
        let unit = match self.word(at) {
            Word::Unit(unit @ (Unit::Day | Unit::Workday | Unit::Week | Unit::Weekend | Unit::Month | Unit::Year)) => Some(unit),
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
                let (base, end) = self.simple_day(self.skip(at + 2, Word::The)).filter(|(base, _)| !base.weak)?;
                let amount = Amount::of(100, unit?)?;
                return Some((Period::day(amount.from_date(base.due)?, "counted from a day")?, end));
            }
            Word::Of if unit == Some(Unit::Weekend) => {
                let (base, end) = self.simple_day(self.skip(at + 2, Word::The)).filter(|(base, _)| base.is_day())?;
                let monday = self.calendar.week_of(base.first_day(), "")?.first_day();
                let weekend = Period::span(resolve::add(monday, 5.days())?, resolve::add(monday, 7.days())?, Grain::Day, "weekend of a day")?;
                return Some((weekend, end));
            }
            Word::Of | Word::Starting if unit == Some(Unit::Week) => 0,
            _ => return None,
        };
        let (base, end) = self.simple_day(self.skip(at + 2, Word::The))?;
        if base.weak {
            return None;
        }
        let from = if sign > 0 { base.due } else { base.first_day() };
        let period = match (unit, self.word(at)) {
            (Some(Unit::Week), _) => {
                self.calendar.week_of(resolve::add(from, (7 * sign).days())?, "week counted from a day")?
            }
            (Some(unit), _) => {
                let amount = Amount::of(100, unit)?;
                let amount = if sign < 0 { amount.negated() } else { amount };
                Period::day(amount.from_date(from)?, "day counted from another")?
            }
            (None, Word::Weekday(weekday)) => {
                if self.weekday_at(at + 2).is_some() {
                    return None;
                }
                Period::day(nearest_weekday(from, weekday, sign)?, "weekday counted from a day")?
            }
            (None, Word::Part(part)) => {
                let day = resolve::add(from, sign.days())?;
                Period::day(day, "part of the day beside another")?.with_part(part)
            }
            _ => return None,
        };
        Some((period, end))
    }

    /// “week after next”, “Friday after next”.
    fn after_next(&self, i: usize) -> Step<Period> {
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
                Period::day(resolve::add(coming, 7.days())?, "the second such weekday from now")?
            }
            _ => return None,
        };
        Some((period, i + 3))
    }

    /// “in 3 days”, “2 weeks ago”, “2 weeks from Tuesday”, “within the next month”.
    fn counted(&self, i: usize) -> Step<Period> {
        let leads = matches!(self.word(i), Word::In | Word::Within | Word::During | Word::For);
        let lead = if leads { self.word(i) } else { Word::Plain };
        let in_at_most = lead == Word::In && matches!(self.low(i + 1), "under" | "max" | "maximum");
        let at = if leads { self.skip(i + 1 + usize::from(in_at_most), Word::The) } else { self.skip(i, Word::The) };
        if let Some(found) = self.stretch(at, lead) {
            return Some(found);
        }
        let about = if matches!(self.word(at), Word::Around) { at + 1 } else { at };
        let about = if matches!(self.low(about), "less" | "at" | "another") && lead != Word::For {
            // “in less than 3 days”, “in another 2 weeks”
            about + if matches!(self.low(about + 1), "than" | "most") { 2 } else { 1 }
        } else {
            about
        };
        if let Some(found) = self.weekdays_from_now(about) {
            return Some(found);
        }
        let (amount, end) = self.amount(about)?;
        self.after_amount(amount, end, lead)
    }

    /// “2 Fridays from now”.
    fn weekdays_from_now(&self, i: usize) -> Step<Period> {
        let (n, end) = self.integer(i)?;
        let weekday = self.weekday_at(end)?;
        if !(1..=60).contains(&n) || !self.is(end + 1, Word::From) || !matches!(self.word(end + 2), Word::Now | Word::Today) {
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
        let (amount, end) = self.amount(at + 1).filter(|_| !self.is(at + 1, Word::A))?;
        if amount.is_clock() && lead == Word::Plain {
            return None;
        }
        let why = "stretch of time counted from now";
        let other = if ahead { amount } else { amount.negated() }.from_now(&self.calendar, why)?;
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
        let possessive = usize::from(matches!(self.kind(end), Kind::Mark('\'' | '’')) && self.low(end + 1) == "time");
        let end = if self.low(end + possessive) == "time" { end + possessive + 1 } else { end };
        let mut found = match self.word(end) {
            Word::Ago => (amount.negated().from_now(calendar, "counted back from now")?, end + 1),
            Word::Hence => (amount.from_now(calendar, "counted from now")?, end + 1),
            Word::From | Word::After | Word::Following if self.is(end + 1, Word::Now) => {
                (amount.from_now(calendar, "counted from now")?, end + 2)
            }
            Word::Today | Word::Tomorrow if lead == Word::Plain && amount.days > 0 && amount.days % 7 == 0 => {
                // British “a week today”.
                let days = amount.days + i64::from(self.is(end, Word::Tomorrow));
                (calendar.day_in(days, "weeks from today")?, end + 1)
            }
            Word::On if lead == Word::Plain && (amount.days == 0 || amount.days % 7 != 0 || self.weekday_at(end + 1).is_none()) => return None,
            Word::From | Word::After | Word::Before | Word::Of | Word::Following | Word::On => {
                return self.amount_from(amount, end, lead);
            }
            Word::Later if lead == Word::Plain && self.clause_ends(end + 1) => {
                (amount.from_now(calendar, "counted from now")?.sure(0.6), end + 1)
            }
            _ if matches!(lead, Word::In | Word::Within) => {
                (amount.from_now(calendar, "counted from now")?, end)
            }
            _ => return None,
        };
        found.0.bound |= lead == Word::Within;
        Some(found)
    }

    fn amount_from(&self, amount: Amount, end: usize, lead: Word) -> Step<Period> {
        let bare = matches!(lead, Word::In | Word::Within).then(|| amount.from_now(&self.calendar, "counted from now"));
        let start = self.skip(end + 1, Word::The);
        let base = if self.is(end, Word::On) && lead != Word::Plain {
            None
        } else {
            self.simple_day(start).or_else(|| self.day_of_event(start))
        };
        let Some((base, behind)) = base.filter(|(base, _)| !base.weak) else {
            // “in 3 days on the phone” counts from now; “3 days after the launch” from the unknown.
            let unknown = !self.is(end, Word::On);
            return if unknown { None } else { bare.flatten().map(|p| (p, end)) };
        };
        let back = self.is(end, Word::Before);
        let amount = if back { amount.negated() } else { amount };
        if amount.is_clock() {
            return None;
        }
        let from = if back { base.first_day() } else { base.due };
        let mut period = Period::day(amount.from_date(from)?, "counted from a day")?;
        period.bound = lead == Word::Within;
        Some((period, behind))
    }

    /// “(two days before) the meeting on Friday”: the day behind a few words without a mark.
    fn day_of_event(&self, i: usize) -> Step<Period> {
        let on = (i..i + 5).take_while(|k| self.kind(*k) == Kind::Word).find(|k| self.is(*k, Word::On))?;
        self.simple_day(self.skip(on + 1, Word::The))
    }

    /// “next Friday”, “this week”, “last March”, “this coming Monday”, “next week Friday”.
    fn modified(&self, i: usize) -> Step<Period> {
        let i = self.skip(i, Word::The);
        let mut which = self.word(i);
        let mut at = i + 1;
        if !matches!(which, Word::This | Word::Next | Word::Last | Word::Coming | Word::Following | Word::Past) {
            return None;
        }
        if which == Word::This && matches!(self.word(at), Word::Coming | Word::Next | Word::Last | Word::Past) {
            which = if self.is(at, Word::Past) { Word::Last } else { self.word(at) };
            at += 1;
        }
        let n = match which {
            Word::This => 0,
            Word::Last | Word::Past => -1,
            _ => 1,
        };
        match self.word(at) {
            Word::Weekday(_) if self.low(at) == "sun" && (self.is(at + 1, Word::Of) || self.kind(at + 1) == Kind::Word && self.is(at + 1, Word::Plain)) => None,
            Word::Weekday(weekday) => {
                let date = self.modified_weekday(weekday, which)?;
                let period = Period::day(date, "weekday of this, the next or the last week")?;
                Some((period, at + 1))
            }
            Word::Unit(Unit::Day) => None,
            Word::Unit(Unit::Workday) if n == 0 => None,
            Word::Unit(_) if matches!(self.low(at), "weeks" | "months" | "years" | "quarters" | "weekends" | "workdays") => None,
            Word::Unit(unit) => self.modified_unit(unit, if which == Word::Coming && unit == Unit::Weekend { 0 } else { n }, at),
            _ if matches!(self.low(at), "business" | "working") && self.is(at + 1, Word::Unit(Unit::Day)) && n != 0 => {
                Some((self.calendar.unit(Unit::Workday, n)?, at + 2))
            }
            Word::Month(_) if !self.names_a_month(at) => None,
            Word::Month(month) => {
                let period = self.modified_month(month, which)?;
                Some((period, at + 1))
            }
            Word::Season(season) => Some((self.calendar.season(season, None, n)?, at + 1)),
            Word::Part(part) => self.modified_part(part, which, at),
            Word::Ordinal(_) => None,
            _ => self.holiday_at(at, n).filter(|_| n >= 0 || which == Word::Last),
        }
    }

    /// “this may be” and “the next march” are no months.
    pub(super) fn names_a_month(&self, i: usize) -> bool {
        let common = matches!(self.low(i), "may" | "march" | "mar");
        let shouted = self.token(i).and_then(|t| self.lexed.text.get(t.start..t.end)).is_some_and(|t| !t.contains(char::is_lowercase));
        !common || self.clause_ends(i + 1) || self.capital(i) && !shouted
    }

    fn modified_weekday(&self, weekday: Weekday, which: Word) -> Option<Date> {
        match which {
            Word::This => self.calendar.weekday_of_week(weekday, 0),
            Word::Next => self.calendar.weekday_of_week(weekday, 1),
            Word::Last | Word::Past => self.calendar.past(weekday),
            _ => self.calendar.coming(weekday),
        }
    }

    fn modified_unit(&self, unit: Unit, n: i64, at: usize) -> Step<Period> {
        if unit == Unit::Fortnight {
            return Some((self.calendar.day_in(14 * n, "fortnight counted from now")?, at + 1));
        }
        if self.token(at + 1).is_some_and(|t| t.hyphen) && unit == Unit::Week && self.low(at + 1) == "end" {
            return Some((self.calendar.unit(Unit::Weekend, n)?, at + 2));
        }
        if unit == Unit::Month
            && let Some(found) = self.day_behind_month(n, at + 1)
        {
            return Some(found);
        }
        let period = self.calendar.unit(unit, n)?;
        let next = self.skip(self.skip(at + 1, Word::On), Word::On);
        let comma = if self.mark(next, ',') { next + 1 } else { next };
        if unit == Unit::Week
            && let Some(weekday) = self.weekday_at(comma)
        {
            let date = self.calendar.weekday_of_week(weekday, n)?;
            return Some((Period::day(date, "weekday of a week")?, comma + 1));
        }
        Some((period, at + 1))
    }

    /// “next month on the 5th”.
    fn day_behind_month(&self, n: i64, i: usize) -> Step<Period> {
        let at = self.skip(self.is(i, Word::On).then_some(i + 1)?, Word::The);
        let (day, end) = self.ordinal(at)?;
        let first = self.calendar.month(n, "month")?.first_day();
        let date = Date::new(first.year(), first.month(), day).ok()?;
        Some((Period::day(date, "day of a month counted from this")?, end))
    }

    fn modified_month(&self, month: i8, which: Word) -> Option<Period> {
        let today = self.calendar.today;
        let why = "month of this, the next or the last year";
        let year = match which {
            Word::This => today.year(),
            Word::Last | Word::Past => today.year() - i16::from(month >= today.month()),
            _ => today.year() + i16::from(month <= today.month()),
        };
        self.calendar.month_named(month, Some(year), why)
    }

    fn modified_part(&self, part: Part, which: Word, at: usize) -> Step<Period> {
        let days = match which {
            Word::This => 0,
            Word::Last if matches!(part, Part::Night | Part::Evening) => -1,
            _ => return None,
        };
        let day = self.calendar.day_in(days, "part of the reference day")?;
        Some((day.with_part(part), at + 1))
    }
}

/// The weekday before (-1) or after (1) `from`, never `from` itself.
fn nearest_weekday(from: Date, weekday: Weekday, sign: i64) -> Option<Date> {
    let ahead = if sign > 0 {
        i64::from(from.weekday().until(weekday))
    } else {
        -i64::from(weekday.until(from.weekday()))
    };
    let days = if ahead == 0 { 7 * sign } else { ahead };
    resolve::add(from, days.days())
}
