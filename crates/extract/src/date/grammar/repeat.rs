//! Repetition in words: “every other Thursday until June”, “on the last workday of each month”,
//! “monthly on the 1st”, “Mondays and Fridays”.

mod tail;

use jiff::civil::{Date, Weekday};

use super::often::quarter_months;
use super::{Parser, Step};
use crate::date::lexer::Kind;
use crate::date::recurrence::{Frequency, Rule};
use crate::date::resolve::Amount;
use crate::date::words::{Part, Unit, Word};
use crate::lexicon;

pub(super) const WORKDAYS: [Weekday; 5] = [
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
    pub(super) fn of(rule: Rule) -> Self {
        Self {
            rule,
            part: None,
            from: None,
            lasts: None,
        }
    }
}

pub(super) fn weekly(days: &[Weekday], interval: u16) -> Repeat {
    let mut rule = Rule::every(Frequency::Weekly, interval);
    rule.by_day = days.iter().map(|day| (0, *day)).collect();
    Repeat::of(rule)
}

impl Parser<'_> {
    /// A repetition that begins at token `i`.
    pub(super) fn repeat(&self, i: usize) -> Step<Repeat> {
        if let Some(found) = self.edge_of_every(i) {
            return Some(found);
        }
        match self.word(i) {
            // “every! 3 days”
            Word::Every => self.every(i + 1 + usize::from(self.mark(i + 1, '!'))),
            Word::Often(_) if self.is(i + 1, Word::Every) => self.every(i + 2),
            Word::Often(often) => self.adverb(i, often.unit, often.interval),
            Word::Weekday(_) => self.plural_days(i),
            Word::Part(part) if self.each_day(i) => {
                let mut repeat = Repeat::of(Rule::every(Frequency::Daily, 1));
                repeat.part = Some(part);
                Some((repeat, i + 1))
            }
            Word::Unit(Unit::Workday | Unit::Weekend) => self.plural_unit(i),
            Word::The | Word::Ordinal(_) | Word::Last => self.nth_of_every(i),
            _ if matches!(self.kind(i), Kind::Ordinal(_)) => self.nth_of_every(i),
            _ => self
                .times_in(i)
                .or_else(|| self.prefixed_adverb(i))
                .or_else(|| self.kind_of_days(i)),
        }
    }

    /// “water them mornings till she is back”, but not “for three mornings”.
    fn each_day(&self, i: usize) -> bool {
        let plural = matches!(self.low(i), "mornings" | "evenings" | "afternoons");
        let counted = i.checked_sub(1).is_none_or(|before| {
            self.integer(before).is_some()
                || !matches!(self.word(before), Word::Plain | Word::Function | Word::And)
                || self.kind(before) != Kind::Word
        });
        let ends = self.clause_ends(i + 1)
            || matches!(
                self.word(i + 1),
                Word::Until | Word::From | Word::And | Word::At
            );
        plural && !counted && ends
    }

    pub(super) fn every(&self, i: usize) -> Step<Repeat> {
        if let Some(found) = self.every_ordinal(i) {
            return Some(found);
        }
        let (interval, at) = match (self.word(i), self.kind(i)) {
            (Word::Other, _) => (2, i + 1),
            (Word::Ordinal(n @ 2..=12), _) | (_, Kind::Ordinal(n @ 2..=31)) => {
                (u16::try_from(n).ok()?, i + 1)
            }
            (Word::Half, _) if self.is(i + 1, Word::Unit(Unit::Hour)) => {
                return Some((Repeat::of(Rule::every(Frequency::Minutely, 30)), i + 2));
            }
            (Word::A | Word::Few | Word::Couple, _) => {
                let (hundredths, end) = self.hundredths(i).filter(|(n, _)| *n >= 200)?;
                (u16::try_from(hundredths / 100).ok()?, end)
            }
            (Word::Half, _) => return None,
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
            // “every 12 June”
            Word::Month(month) if at > i => {
                let day = i8::try_from(interval)
                    .ok()
                    .filter(|day| (1..=31).contains(day))?;
                Some((on_date(month, day), at + 1))
            }
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
                if unit == Unit::Week && matches!(self.low(end), "day" | "days") {
                    return Some((weekly(&WORKDAYS, 1), end + 1));
                }
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
        if let Some(((all, weekday), end)) = self.ordinals_of_weekday(i) {
            let mut rule = Rule::every(Frequency::Monthly, 1);
            rule.by_day = all.iter().map(|n| (*n, weekday)).collect();
            return Some((Repeat::of(rule), self.of_the_month(end)));
        }
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
            Word::Month(month) => Some((on_date(month, n), end + 1)),
            Word::Of if n > 0 && matches!(self.word(end + 1), Word::Month(_)) => {
                let Word::Month(month) = self.word(end + 1) else {
                    return None;
                };
                Some((on_date(month, n), end + 2))
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
            let next = self.skip(end + 1, Word::The);
            let last = self.is(next, Word::Last) && self.is(next + 1, Word::Unit(Unit::Day));
            let found = if last {
                Some((-1, next + 2))
            } else {
                self.ordinal(next)
            };
            let Some((day, behind)) = found else { break };
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
        if let Some(((all, weekday), end)) = self.ordinals_of_weekday(at) {
            let mut rule = Rule::every(Frequency::Monthly, 1);
            rule.by_day = all.iter().map(|n| (*n, weekday)).collect();
            let every = matches!(self.word(end + 1), Word::Every | Word::A);
            let behind = self.of_the_month(end);
            return (every && behind > end).then(|| (Repeat::of(rule), behind));
        }
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
            Word::Unit(Unit::Quarter) => rule.by_month = quarter_months(i16::from(n)),
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
    pub(super) fn weekday_list(&self, i: usize) -> Step<Vec<Weekday>> {
        let mut days = vec![self.weekday_at(i)?];
        let mut end = i + 1;
        let hyphen = self.token(end).is_some_and(|t| t.hyphen);
        let to = if hyphen {
            end
        } else if self.is_dash(end) || matches!(self.word(end), Word::To | Word::Until) {
            end + 1
        } else {
            usize::MAX
        };
        if let Some(last) = (to < usize::MAX).then(|| self.weekday_at(to)).flatten() {
            let count = usize::try_from(days[0].until(last)).unwrap_or(0);
            days = days[0].cycle_forward().take(count + 1).collect();
            end = to + 1;
        }
        while days.len() < 7 {
            let joined = matches!(self.kind(end), Kind::Mark(',' | '/' | '&' | '+'))
                || matches!(self.word(end), Word::And | Word::Or);
            // “every mon wed fri”
            let beside = self.weekday_at(end).is_some();
            if !joined && !beside {
                break;
            }
            let mut next = end + usize::from(joined);
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
        // “a month of Sundays”
        if i > 0 && self.is(i - 1, Word::Of) {
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
        // “Sundays scrape the tank”, “Mondays Ida collects the mail”
        let opens =
            self.opens_sentence(i) || i > 0 && self.is_dash(i - 1) || self.shared_out(i, end);
        let heads = opens && self.kind(end) == Kind::Word && self.is(end, Word::Plain);
        if !led && !stands && !heads && self.clock(end).is_none() {
            return None;
        }
        let all_plural = (i..end).any(plural) && plural(i);
        all_plural.then(|| (weekly(&days, 1), end))
    }

    /// “…, Wednesdays Ben mops”: between a comma and somebody who does something.
    pub(in crate::date) fn shared_out(&self, i: usize, end: usize) -> bool {
        let parted = i.checked_sub(1).is_some_and(|before| {
            matches!(self.kind(before), Kind::Mark(',' | ';' | ':' | '–' | '—'))
                || self.is(before, Word::And)
        });
        let deed = self.low(end + 1);
        let does = !self.capital(end + 1)
            && (matches!(deed, "will" | "is" | "has" | "does")
                || lexicon::verb(deed).is_some_and(|verb| verb.forms.third));
        parted && self.capital(end) && does
    }

    /// “(on) school days”, “(on) working days”.
    fn kind_of_days(&self, i: usize) -> Step<Repeat> {
        let led = i
            .checked_sub(1)
            .is_some_and(|before| self.is(before, Word::On));
        let works = matches!(self.low(i), "school" | "working" | "work" | "business");
        (led && works && self.low(i + 1) == "days").then(|| (weekly(&WORKDAYS, 1), i + 2))
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
            || matches!(self.word(i + 1), Word::Next | Word::This | Word::During)
            || self.low(i + 1) == "while"
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
}

/// Every year on a day of a month.
fn on_date(month: i8, day: i8) -> Repeat {
    let mut rule = Rule::every(Frequency::Yearly, 1);
    rule.by_month = vec![month];
    rule.by_month_day = vec![day];
    Repeat::of(rule)
}

/// Every `interval` of a unit; the clock's units only when they are counted.
pub(super) fn unit_rule(unit: Unit, interval: u16, counted: bool) -> Option<Repeat> {
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
