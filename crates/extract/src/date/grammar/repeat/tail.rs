//! What follows a repetition: the days it falls on, from when, until when, how long, how often; and
//! repetitions behind the day they fall on.

use crate::date::Grain;
use crate::date::grammar::often::spread_days;
use crate::date::grammar::{Expression, Parser};
use crate::date::recurrence::{Frequency, Rule, Until};
use crate::date::words::Word;

impl Parser<'_> {
    /// What follows a repetition: days it falls on, from when, until when, how long, how often.
    pub(in crate::date) fn repeat_tail(&self, i: usize, e: &mut Expression) -> Option<usize> {
        let repeat = e.repeat.as_mut()?;
        let mut at = if self.mark(i, ',') { i + 1 } else { i };
        // “from now on”, “from now till summer”
        if matches!(self.word(at), Word::From | Word::Starting) && self.low(at + 1) == "now" {
            at += 2;
            if matches!(self.low(at), "on" | "onwards" | "onward") {
                return Some(at + 1);
            }
            if self.clause_ends(at) {
                return Some(at);
            }
        }
        if let Some(end) = self.period_of_repeat(at, repeat) {
            return Some(end);
        }
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
                if let Some(end) = self.span_of_repeat(next, repeat) {
                    return Some(end);
                }
                let (period, end) = self.day(next).or_else(|| self.starting_event(next))?;
                repeat.from = Some(period.first_day());
                let on = matches!(self.low(end), "on" | "onwards" | "onward")
                    && self.clause_ends(end + 1);
                Some(end + usize::from(on))
            }
            Word::For => {
                let next = if self.is(at + 1, Word::The)
                    && matches!(self.word(at + 2), Word::Next | Word::Coming)
                {
                    at + 3
                } else {
                    at + 1
                };
                if let Some((n, end)) = self.integer(next)
                    && matches!(self.low(end), "times" | "occurrences" | "sessions")
                {
                    repeat.rule.count = Some(u32::try_from(n).ok().filter(|n| *n > 0)?);
                    return Some(end + 1);
                }
                let (amount, end) = self.amount(next)?;
                (!amount.is_clock()).then(|| repeat.lasts = Some(amount))?;
                Some(end)
            }
            Word::On | Word::In => self.repeat_on(self.skip(at + 1, Word::The), &mut repeat.rule),
            Word::Weekday(_) if repeat.rule.frequency == Frequency::Weekly => {
                self.repeat_on(at, &mut repeat.rule)
            }
            _ if matches!(self.low(at), "except" | "excluding" | "but") => {
                self.except(at, &mut repeat.rule)
            }
            _ => {
                let (n, end) = self.integer(at)?;
                let count = u32::try_from(n).ok().filter(|n| *n > 0)?;
                (self.low(end) == "times").then(|| repeat.rule.count = Some(count))?;
                Some(end + 1)
            }
        }
    }

    /// “(every 2 weeks) on Friday”, “(monthly) on the 1st”, “(every year) on March 5”.
    fn repeat_on(&self, i: usize, rule: &mut Rule) -> Option<usize> {
        // “(twice a week) on Tuesday and Friday”: the days that are named stand above those that were spread.
        let named = || {
            let (days, _) = self.weekday_list(i)?;
            let spread = spread_days(i64::try_from(days.len()).ok()?)?;
            let own = rule.by_day.iter().map(|(_, day)| *day);
            Some(rule.frequency == Frequency::Weekly && own.eq(spread.iter().copied()))
        };
        let open = rule.by_day.is_empty() && rule.by_month_day.is_empty();
        if !open && named() != Some(true) {
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
                if let Some((n, weekday_at)) = self.nth_number(i)
                    && let Some(weekday) = self.weekday_at(weekday_at)
                    && matches!(self.word(weekday_at + 1), Word::Of | Word::In)
                    && let Word::Month(month) = self.word(weekday_at + 2)
                {
                    rule.by_month = vec![month];
                    rule.by_day = vec![(n, weekday)];
                    return Some(weekday_at + 3);
                }
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
    pub(in crate::date) fn repeat_behind_day(&self, i: usize, e: &mut Expression) -> Option<usize> {
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
