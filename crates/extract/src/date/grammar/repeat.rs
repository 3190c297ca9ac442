//! Repetition in words: “every other Thursday until June”, “on the last workday of each month”,
//! “monthly on the 1st”, “Mondays and Fridays”.

use jiff::civil::{Date, Weekday};

use super::{Expression, Parser, Step};
use crate::date::Grain;
use crate::date::lexer::Kind;
use crate::date::recurrence::{Frequency, Rule, Until};
use crate::date::resolve::Amount;
use crate::date::words::{Part, Unit, Word};

const WORKDAYS: [Weekday; 5] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
];

/// A repetition as the text gave it.
#[derive(Debug, Clone)]
pub(in crate::date) struct Repeat {
    pub(in crate::date) rule: Rule,
    pub(in crate::date) part: Option<Part>,
    /// The first day it may fall on, when the text says from when.
    pub(in crate::date) from: Option<Date>,
    /// How long it goes on.
    pub(in crate::date) lasts: Option<Amount>,
}

impl Repeat {
    fn of(rule: Rule) -> Self {
        Self {
            rule,
            part: None,
            from: None,
            lasts: None,
        }
    }
}

fn weekly(days: &[Weekday], interval: u16) -> Repeat {
    let mut rule = Rule::every(Frequency::Weekly, interval);
    rule.by_day = days.iter().map(|day| (0, *day)).collect();
    Repeat::of(rule)
}

impl Parser<'_> {
    /// A repetition that begins at token `i`.
    pub(super) fn repeat(&self, i: usize) -> Step<Repeat> {
        match self.word(i) {
            Word::Every => self.every(i + 1),
            Word::Often(often) => self.adverb(i, often.unit, often.interval),
            Word::Weekday(_) => self.plural_days(i),
            Word::Unit(Unit::Workday | Unit::Weekend) => self.plural_unit(i),
            Word::The | Word::Ordinal(_) | Word::Last => self.nth_of_every(i),
            _ if matches!(self.kind(i), Kind::Ordinal(_)) => self.nth_of_every(i),
            _ if self.low(i) == "once" => self.once(i),
            _ => None,
        }
    }

    fn every(&self, i: usize) -> Step<Repeat> {
        if let Some(found) = self.every_ordinal(i) {
            return Some(found);
        }
        let (interval, at) = match (self.word(i), self.kind(i)) {
            (Word::Other, _) => (2, i + 1),
            (Word::Ordinal(n @ 2..=12), _) => (u16::try_from(n).ok()?, i + 1),
            (Word::Few | Word::Couple | Word::Half, _) => return None,
            (Word::Number(_), _) | (_, Kind::Number { .. }) => {
                let (n, end) = self.integer(i)?;
                (u16::try_from(n).ok().filter(|n| *n > 0)?, end)
            }
            _ => (1, i),
        };
        if let Some((days, end)) = self.weekday_list(at) {
            return Some((self.with_part(weekly(&days, interval), end - 1), end));
        }
        match self.word(at) {
            Word::Part(part) => {
                let mut repeat = Repeat::of(Rule::every(Frequency::Daily, interval));
                repeat.part = Some(part);
                Some((repeat, at + 1))
            }
            Word::Month(month) if self.names_a_month(at) || self.day_number(at + 1).is_some() => {
                Some(self.every_month_named(month, at))
            }
            Word::Plain if self.fixed_holiday(at).is_some() => {
                let ((month, day), end) = self.fixed_holiday(at)?;
                let mut rule = Rule::every(Frequency::Yearly, interval);
                rule.by_month = vec![month];
                rule.by_month_day = vec![day];
                Some((Repeat::of(rule), end))
            }
            _ if matches!(self.low(at), "business" | "working" | "work")
                && self.is(at + 1, Word::Unit(Unit::Day)) =>
            {
                Some((weekly(&WORKDAYS, 1), at + 2))
            }
            _ => {
                let (unit, end) = self.unit(at)?;
                let counted = at > i;
                let repeat = unit_rule(unit, interval, counted)?;
                Some((self.with_part(repeat, end), end))
            }
        }
    }

    fn with_part(&self, mut repeat: Repeat, at: usize) -> Repeat {
        if let Word::Part(part) = self.word(at) {
            repeat.part = Some(part);
        }
        repeat
    }

    /// “every 1st”, “every 3rd Thursday”, “every last Friday”, “every 1st and 15th”.
    fn every_ordinal(&self, i: usize) -> Step<Repeat> {
        let (n, end) = self.nth_number(i)?;
        let spoken = matches!(self.word(i), Word::Ordinal(2));
        let of = matches!(self.word(end + 1), Word::Of | Word::In);
        match self.word(end) {
            Word::Weekday(_) if spoken && !of => None,
            Word::Weekday(_) | Word::Unit(Unit::Day | Unit::Workday)
                if of || n < 0 || self.weekday_at(end).is_some() =>
            {
                let mut rule = Rule::every(Frequency::Monthly, 1);
                self.put_nth(&mut rule, n, end)?;
                Some((Repeat::of(rule), self.of_the_month(end + 1)))
            }
            Word::Unit(_) | Word::Weekday(_) => None,
            Word::Month(month) => {
                let mut rule = Rule::every(Frequency::Yearly, 1);
                rule.by_month = vec![month];
                rule.by_month_day = vec![n];
                Some((Repeat::of(rule), end + 1))
            }
            _ => {
                let digits = matches!(self.kind(i), Kind::Ordinal(_)) || self.is(end, Word::Of);
                if !digits || n < 0 {
                    return None;
                }
                let mut rule = Rule::every(Frequency::Monthly, 1);
                let (days, end) = self.more_ordinals(n, end);
                rule.by_month_day = days;
                Some((Repeat::of(rule), self.of_the_month(end)))
            }
        }
    }

    fn more_ordinals(&self, n: i8, mut end: usize) -> (Vec<i8>, usize) {
        let mut days = vec![n];
        while days.len() < 6
            && (self.is(end, Word::And) || self.mark(end, ',') || self.mark(end, '&'))
        {
            let Some((day, behind)) = self.ordinal(self.skip(end + 1, Word::The)) else {
                break;
            };
            days.push(day);
            end = behind;
        }
        (days, end)
    }

    /// Skips “of the month”, “of each month”.
    fn of_the_month(&self, i: usize) -> usize {
        if !matches!(self.word(i), Word::Of | Word::In) {
            return i;
        }
        let at = if matches!(self.word(i + 1), Word::The | Word::Every | Word::A) {
            i + 2
        } else {
            i + 1
        };
        if self.is(at, Word::Unit(Unit::Month)) {
            at + 1
        } else {
            i
        }
    }

    /// Puts “nth weekday”, “nth workday” or “nth day” at token `i` into a rule.
    fn put_nth(&self, rule: &mut Rule, n: i8, i: usize) -> Option<()> {
        match self.word(i) {
            Word::Weekday(weekday) => rule.by_day = vec![(n, weekday)],
            Word::Unit(Unit::Workday) => {
                rule.by_day = WORKDAYS.iter().map(|day| (0, *day)).collect();
                rule.by_set_pos = vec![i16::from(n)];
            }
            Word::Unit(Unit::Day) => rule.by_month_day = vec![n],
            _ => return None,
        }
        Some(())
    }

    /// “the last workday of each month”, “the 15th of every month”, “first Monday of each quarter”.
    fn nth_of_every(&self, i: usize) -> Step<Repeat> {
        let at = self.skip(i, Word::The);
        let (n, end) = self.nth_number(at)?;
        let mut rule = Rule::every(Frequency::Monthly, 1);
        let worked = matches!(self.low(end), "business" | "working" | "work");
        let what = end + usize::from(worked);
        let of = if worked && self.is(what, Word::Unit(Unit::Day)) {
            rule.by_day = WORKDAYS.iter().map(|day| (0, *day)).collect();
            rule.by_set_pos = vec![i16::from(n)];
            what + 1
        } else if self.put_nth(&mut rule, n, what).is_some() {
            what + 1
        } else {
            let (days, end) = self.more_ordinals(n, end);
            rule.by_month_day = days;
            end
        };
        if !matches!(self.word(of), Word::Of | Word::In)
            || !matches!(self.word(of + 1), Word::Every | Word::A)
        {
            return None;
        }
        let (interval, unit_at) = match self.word(of + 2) {
            Word::Other => (2, of + 3),
            Word::Ordinal(n @ 2..=12) => (u16::try_from(n).ok()?, of + 3),
            _ => (1, of + 2),
        };
        match self.word(unit_at) {
            Word::Unit(Unit::Month) => rule.interval = interval,
            Word::Unit(Unit::Quarter) => rule.interval = 3,
            Word::Unit(Unit::Week) if !rule.by_day.is_empty() => rule.frequency = Frequency::Weekly,
            Word::Month(month) => {
                rule.frequency = Frequency::Yearly;
                rule.by_month = vec![month];
            }
            _ => return None,
        }
        Some((Repeat::of(rule), unit_at + 1))
    }

    /// “every January”, “every 4 July” is read as an ordinal; “every March 5th”.
    fn every_month_named(&self, month: i8, i: usize) -> (Repeat, usize) {
        let mut rule = Rule::every(Frequency::Yearly, 1);
        rule.by_month = vec![month];
        let (day, end) = self.day_number(i + 1).unwrap_or((1, i + 1));
        rule.by_month_day = vec![day];
        (Repeat::of(rule), end)
    }

    /// “Monday, Wednesday and Friday”, “mon/wed/fri”.
    fn weekday_list(&self, i: usize) -> Step<Vec<Weekday>> {
        let mut days = vec![self.weekday_at(i)?];
        let mut end = i + 1;
        while days.len() < 7 {
            let joined = matches!(self.kind(end), Kind::Mark(',' | '/' | '&' | '+'))
                || matches!(self.word(end), Word::And | Word::Or);
            let mut next = if joined { end + 1 } else { break };
            next = self.skip(self.skip(next, Word::And), Word::Every);
            let Some(day) = self.weekday_at(next) else {
                break;
            };
            days.push(day);
            end = next + 1;
        }
        days.sort_by_key(|day| day.to_monday_zero_offset());
        days.dedup();
        Some((days, end))
    }

    /// “Mondays”, “on Mondays and Thursdays”.
    fn plural_days(&self, i: usize) -> Step<Repeat> {
        let (days, end) = self.weekday_list(i)?;
        let plural = |k: usize| self.low(k).ends_with("days") && self.low(k) != "days";
        if i > 0
            && (matches!(self.kind(i - 1), Kind::Number { .. })
                || matches!(self.word(i - 1), Word::Number(_)))
        {
            return None;
        }
        let led = i
            .checked_sub(1)
            .is_some_and(|b| matches!(self.word(b), Word::On | Word::Every | Word::By));
        let stands = self.clause_ends(end)
            || matches!(
                self.word(end),
                Word::At | Word::From | Word::Until | Word::Part(_) | Word::In
            );
        if !led && !stands && self.clock(end).is_none() {
            return None;
        }
        let all_plural = (i..end).any(plural) && plural(i);
        all_plural.then(|| (weekly(&days, 1), end))
    }

    fn plural_unit(&self, i: usize) -> Step<Repeat> {
        let led = i
            .checked_sub(1)
            .is_some_and(|b| matches!(self.word(b), Word::On | Word::At))
            || self.is(i + 1, Word::At)
            || self.clock(i + 1).is_some();
        match self.low(i) {
            "weekdays" | "workdays" if led => Some((weekly(&WORKDAYS, 1), i + 1)),
            "weekends" if led => Some((weekly(&[Weekday::Saturday, Weekday::Sunday], 1), i + 1)),
            _ => None,
        }
    }

    /// “weekly”, “monthly”, where it is not an adjective (“the weekly report”).
    fn adverb(&self, i: usize, unit: Unit, interval: u16) -> Step<Repeat> {
        let behind = self.clause_ends(i + 1)
            || matches!(
                self.word(i + 1),
                Word::At
                    | Word::On
                    | Word::In
                    | Word::Until
                    | Word::Starting
                    | Word::For
                    | Word::From
                    | Word::Start
            )
            || self.clock(i + 1).is_some();
        let before = i.checked_sub(1).map(|b| self.word(b));
        let shouted = self
            .token(i)
            .and_then(|t| self.lexed.text.get(t.start..t.end))
            .is_some_and(|t| !t.contains(char::is_lowercase));
        let adjective = matches!(
            before,
            Some(Word::The | Word::A | Word::This | Word::Next | Word::To)
        ) || matches!(
            self.low_before(i),
            "our" | "my" | "your" | "their" | "his" | "her" | "is" | "are"
        );
        if !behind || adjective || shouted {
            return None;
        }
        Some((unit_rule(unit, interval, true)?, i + 1))
    }

    /// “once a week”.
    fn once(&self, i: usize) -> Step<Repeat> {
        if !matches!(self.word(i + 1), Word::A | Word::Every) {
            return None;
        }
        let (unit, end) = self.unit(i + 2)?;
        Some((unit_rule(unit, 1, true)?, end))
    }

    /// What follows a repetition: days it falls on, from when, until when, how long, how often.
    pub(super) fn repeat_tail(&self, i: usize, e: &mut Expression) -> Option<usize> {
        let repeat = e.repeat.as_mut()?;
        let at = if self.mark(i, ',') { i + 1 } else { i };
        match self.word(at) {
            Word::Until => {
                let (period, end) = self.day(at + 1)?;
                let through = matches!(self.low(at), "through" | "thru");
                let open = period.grain >= Grain::Month && !through;
                let last = if open {
                    period.first_day().yesterday().ok()?
                } else {
                    period.due
                };
                repeat.rule.until = Some(Until::Day(last));
                Some(end)
            }
            Word::Starting | Word::From | Word::Start | Word::Since | Word::After => {
                let next = if matches!(
                    self.word(at + 1),
                    Word::On | Word::From | Word::At | Word::In
                ) {
                    at + 2
                } else {
                    at + 1
                };
                let (period, end) = self.day(next)?;
                repeat.from = Some(period.first_day());
                Some(end)
            }
            Word::For => {
                let next = if self.is(at + 1, Word::The)
                    && matches!(self.word(at + 2), Word::Next | Word::Coming)
                {
                    at + 3
                } else {
                    at + 1
                };
                let (amount, end) = self.amount(next)?;
                (!amount.is_clock()).then(|| repeat.lasts = Some(amount))?;
                Some(end)
            }
            Word::On | Word::In => self.repeat_on(self.skip(at + 1, Word::The), &mut repeat.rule),
            Word::Weekday(_) if repeat.rule.frequency == Frequency::Weekly => {
                self.repeat_on(at, &mut repeat.rule)
            }
            _ => {
                let (n, end) = self.integer(at)?;
                (self.low(end) == "times").then(|| repeat.rule.count = u32::try_from(n).ok())?;
                Some(end + 1)
            }
        }
    }

    /// “(every 2 weeks) on Friday”, “(monthly) on the 1st”, “(every year) on March 5”.
    fn repeat_on(&self, i: usize, rule: &mut Rule) -> Option<usize> {
        if !rule.by_day.is_empty() || !rule.by_month_day.is_empty() {
            return None;
        }
        match rule.frequency {
            Frequency::Weekly => {
                let (days, end) = self.weekday_list(i)?;
                rule.by_day = days.iter().map(|day| (0, *day)).collect();
                Some(end)
            }
            Frequency::Monthly => {
                let (n, end) = self.nth_number(i).or_else(|| self.day_number(i))?;
                if self.put_nth(rule, n, end).is_some() {
                    return Some(self.of_the_month(end + 1));
                }
                let (days, end) = self.more_ordinals(n, end);
                rule.by_month_day = days;
                Some(self.of_the_month(end))
            }
            Frequency::Yearly => {
                let (period, end) = self.calendar_date(i)?;
                let day = period.first_day();
                rule.by_month = vec![day.month()];
                rule.by_month_day = vec![day.day()];
                Some(end)
            }
            _ => None,
        }
    }

    /// “May 5th every year”, “Friday 3pm weekly”: the day says on which.
    pub(super) fn repeat_behind_day(&self, i: usize, e: &mut Expression) -> Option<usize> {
        if e.repeat.is_some() || e.last_day.is_some() {
            return None;
        }
        let day = e.day.as_ref().filter(|day| day.is_day())?.first_day();
        let (mut repeat, end) = self.repeat(i)?;
        let rule = &mut repeat.rule;
        if !rule.by_day.is_empty() || !rule.by_month_day.is_empty() || !rule.by_month.is_empty() {
            return None;
        }
        match rule.frequency {
            Frequency::Yearly => {
                rule.by_month = vec![day.month()];
                rule.by_month_day = vec![day.day()];
            }
            Frequency::Monthly => rule.by_month_day = vec![day.day()],
            Frequency::Weekly => rule.by_day = vec![(0, day.weekday())],
            Frequency::Daily => {}
            _ => return None,
        }
        repeat.from = Some(day);
        e.day = None;
        e.repeat = Some(repeat);
        Some(end)
    }
}

/// Every `interval` of a unit; the clock's units only when they are counted.
fn unit_rule(unit: Unit, interval: u16, counted: bool) -> Option<Repeat> {
    let (frequency, factor) = match unit {
        Unit::Day => (Frequency::Daily, 1),
        Unit::Week => (Frequency::Weekly, 1),
        Unit::Fortnight => (Frequency::Weekly, 2),
        Unit::Month => (Frequency::Monthly, 1),
        Unit::Quarter => (Frequency::Monthly, 3),
        Unit::Year => (Frequency::Yearly, 1),
        Unit::Hour => (Frequency::Hourly, 1),
        Unit::Minute if counted => (Frequency::Minutely, 1),
        Unit::Workday if interval == 1 => return Some(weekly(&WORKDAYS, 1)),
        Unit::Weekend => return Some(weekly(&[Weekday::Saturday, Weekday::Sunday], interval)),
        Unit::Second | Unit::Minute | Unit::Workday | Unit::Decade => return None,
    };
    Some(Repeat::of(Rule::every(
        frequency,
        interval.checked_mul(factor)?,
    )))
}
