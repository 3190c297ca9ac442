//! Repetition in other words: “twice a week”, “at the end of every month”, “every day except
//! Sunday”, “the second and fourth Tuesday of every month”.

use jiff::civil::Weekday;

use super::repeat::{Repeat, WORKDAYS, weekly};
use super::{Parser, Step};
use crate::date::Grain;
use crate::date::lexer::Kind;
use crate::date::recurrence::{Frequency, Rule, Until};
use crate::date::resolve::Period;
use crate::date::words::{Unit, Word};

/// The first and the last months of the quarters.
const QUARTER_STARTS: [i8; 4] = [1, 4, 7, 10];
const QUARTER_ENDS: [i8; 4] = [3, 6, 9, 12];

impl Parser<'_> {
    /// “once a week”, “twice a month”, “three times a year”: spread evenly over what is counted.
    pub(super) fn times_in(&self, i: usize) -> Step<Repeat> {
        let (n, at) = match self.low(i) {
            "once" => (1, i + 1),
            "twice" => (2, i + 1),
            "thrice" => (3, i + 1),
            _ => {
                let (n, end) = self.integer(i)?;
                let times = matches!(self.low(end), "times" | "x") && (1..=7).contains(&n);
                (n, times.then_some(end + 1)?)
            }
        };
        if n == 1 && self.is(at, Word::Every) {
            return self.every(at + 1);
        }
        let per = matches!(self.word(at), Word::A | Word::Every) || self.low(at) == "per";
        let (unit, end) = self.unit(per.then_some(at + 1)?)?;
        let repeat = match (unit, n) {
            (Unit::Week, 2..) => weekly(spread_days(n)?, 1),
            (Unit::Month, 2..=4) => {
                let mut rule = Rule::every(Frequency::Monthly, 1);
                rule.by_month_day = match n {
                    2 => vec![1, 15],
                    3 => vec![1, 11, 21],
                    _ => vec![1, 8, 15, 22],
                };
                Repeat::of(rule)
            }
            (Unit::Year, 2 | 3 | 4 | 6) => {
                let months = u16::try_from(12 / n).ok()?;
                Repeat::of(Rule::every(Frequency::Monthly, months))
            }
            (_, 1) => super::repeat::unit_rule(unit, 1, true)?,
            _ => return None,
        };
        let stands = n == 1
            || self.clause_ends(end)
            || matches!(
                self.word(end),
                Word::At | Word::On | Word::From | Word::Until | Word::For | Word::Starting
            );
        stands.then_some((repeat, end))
    }

    /// “bi-weekly”, “semi-annually”.
    pub(super) fn prefixed_adverb(&self, i: usize) -> Step<Repeat> {
        let Word::Often(often) = self.word(i + 1) else {
            return None;
        };
        if !self.token(i + 1)?.hyphen {
            return None;
        }
        let (unit, interval) = match (self.low(i), often.unit) {
            ("bi" | "semi" | "half", Unit::Year) => (Unit::Month, 6),
            ("bi", unit) => (unit, often.interval.checked_mul(2)?),
            _ => return None,
        };
        let repeat = super::repeat::unit_rule(unit, interval, true)?;
        Some((repeat, i + 2))
    }

    /// “(at the) end of every month”, “beginning of each quarter”, “every end of month”.
    pub(super) fn edge_of_every(&self, i: usize) -> Step<Repeat> {
        let (every_first, i) = if self.is(i, Word::Every) {
            (true, i + 1)
        } else {
            (false, self.skip(i, Word::The))
        };
        let last = match self.word(i) {
            Word::End if matches!(self.low(i), "end" | "close") => true,
            Word::Start => false,
            _ => return None,
        };
        let of = self.is(i + 1, Word::Of).then_some(i + 2)?;
        let every = self.is(of, Word::Every);
        if every == every_first {
            return None;
        }
        let at = self.skip(of + usize::from(every), Word::The);
        let Word::Unit(unit) = self.word(at) else {
            return None;
        };
        let day = if last { -1 } else { 1 };
        let mut rule = Rule::every(Frequency::Monthly, 1);
        rule.by_month_day = vec![day];
        match unit {
            Unit::Week => {
                let day = if last {
                    self.calendar.policy.week_end
                } else {
                    Weekday::Monday
                };
                return Some((weekly(&[day], 1), at + 1));
            }
            Unit::Day => rule = Rule::every(Frequency::Daily, 1),
            Unit::Month => {}
            Unit::Quarter => rule.by_month = quarter_months(i16::from(day)),
            Unit::Year => {
                rule.frequency = Frequency::Yearly;
                rule.by_month = vec![if last { 12 } else { 1 }];
            }
            _ => return None,
        }
        Some((Repeat::of(rule), at + 1))
    }

    /// “every day except Sunday”, “daily but not on weekends”.
    pub(super) fn except(&self, i: usize, rule: &mut Rule) -> Option<usize> {
        let at = match (self.low(i), self.low(i + 1)) {
            ("except", "for" | "on") | ("but", "not") => i + 2,
            ("except" | "excluding" | "but", _) => i + 1,
            _ => return None,
        };
        if rule.frequency != Frequency::Daily || rule.interval > 1 {
            return None;
        }
        let at = self.skip(self.skip(at, Word::On), Word::The);
        let (out, end) = match self.word(at) {
            Word::Unit(Unit::Weekend) => (vec![Weekday::Saturday, Weekday::Sunday], at + 1),
            _ => self.weekday_list(at)?,
        };
        let all = Weekday::Monday.cycle_forward().take(7);
        rule.frequency = Frequency::Weekly;
        rule.by_day = all
            .filter(|day| !out.contains(day))
            .map(|day| (0, day))
            .collect();
        Some(end)
    }

    /// “(every) first and third Monday”, “the second and fourth Tuesday of every month”: the
    /// ordinals in order, and the index of the weekday.
    pub(super) fn ordinals_of_weekday(&self, i: usize) -> Step<(Vec<i8>, Weekday)> {
        let (first, mut end) = self.nth_number(i)?;
        let mut all = vec![first];
        while all.len() < 5
            && (self.is(end, Word::And) || matches!(self.kind(end), Kind::Mark(',' | '&' | '/')))
        {
            let (n, behind) = self.nth_number(self.skip(end + 1, Word::The))?;
            all.push(n);
            end = behind;
        }
        let several = all.len() > 1 && all.iter().all(|n| (-1..=5).contains(n));
        let weekday = self.weekday_at(end).filter(|_| several)?;
        Some(((all, weekday), end + 1))
    }

    /// “(every Monday) in October”, “(daily) next week”: the month or the week it goes on for.
    pub(super) fn period_of_repeat(&self, i: usize, repeat: &mut Repeat) -> Option<usize> {
        let from = match self.word(i) {
            Word::In | Word::During => self.skip(i + 1, Word::The),
            Word::Next | Word::This => i,
            _ => return None,
        };
        let often = matches!(repeat.rule.frequency, Frequency::Daily | Frequency::Weekly);
        let (period, end) = self.day(from)?;
        let whole = matches!(period.grain, Grain::Week | Grain::Month);
        if !often || !whole || repeat.from.is_some() || repeat.rule.until.is_some() {
            return None;
        }
        repeat.from = Some(period.first_day());
        repeat.rule.until = Some(Until::Day(period.end.date().yesterday().ok()?));
        Some(end)
    }

    /// “(starting) with the opening on 19 December”: the day of what it starts with.
    pub(super) fn starting_event(&self, i: usize) -> Step<Period> {
        // Words of the event at most, the article among them.
        const WORDS: usize = 4;
        if self.low(i) != "with" {
            return None;
        }
        let on = (i + 2..i + 2 + WORDS)
            .take_while(|at| self.kind(*at - 1) == Kind::Word)
            .find(|at| self.is(*at, Word::On))?;
        self.day(on + 1)
    }

    /// “(every Monday) from April to June”, “(every day) from 1 to 5 April”.
    pub(super) fn span_of_repeat(&self, i: usize, repeat: &mut Repeat) -> Option<usize> {
        let (first, last, end) = self.shared_month(i).or_else(|| {
            let (first, to) = self.simple_day(i)?;
            let joined = self.is_dash(to) || matches!(self.word(to), Word::To | Word::Until);
            let (last, end) = joined.then(|| self.simple_day(self.skip(to + 1, Word::The)))??;
            Some((first, Some(last), end))
        })?;
        let last =
            last.filter(|last| last.grain <= Grain::Year && last.due >= first.first_day())?;
        repeat.from = Some(first.first_day());
        repeat.rule.until = Some(Until::Day(last.due));
        Some(end)
    }
}

/// Months in which the first or the last such day of a quarter lies.
pub(super) fn quarter_months(n: i16) -> Vec<i8> {
    if n < 0 {
        QUARTER_ENDS.to_vec()
    } else {
        QUARTER_STARTS.to_vec()
    }
}

/// Days of a week on which something is done `n` times.
pub(super) fn spread_days(n: i64) -> Option<&'static [Weekday]> {
    use Weekday::{Friday, Monday, Saturday, Thursday, Tuesday, Wednesday};
    Some(match n {
        2 => &[Monday, Thursday],
        3 => &[Monday, Wednesday, Friday],
        4 => &[Monday, Tuesday, Thursday, Friday],
        5 => &WORKDAYS,
        6 => &[Monday, Tuesday, Wednesday, Thursday, Friday, Saturday],
        _ => return None,
    })
}
