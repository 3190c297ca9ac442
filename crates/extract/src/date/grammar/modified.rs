//! Days and periods told from now by a word: “next Friday”, “this week”, “last March”.

use jiff::civil::{Date, Weekday};

use super::{Parser, Step};
use crate::date::lexer::Kind;
use crate::date::resolve::Period;
use crate::date::words::{Part, Unit, Word};

impl Parser<'_> {
    /// “next Friday”, “this week”, “last March”, “this coming Monday”, “next week Friday”.
    pub(super) fn modified(&self, i: usize) -> Step<Period> {
        let i = self.skip(i, Word::The);
        let mut which = self.word(i);
        let mut at = i + 1;
        if !matches!(
            which,
            Word::This | Word::Next | Word::Last | Word::Coming | Word::Following | Word::Past
        ) {
            return None;
        }
        if which == Word::This
            && matches!(
                self.word(at),
                Word::Coming | Word::Next | Word::Last | Word::Past
            )
        {
            which = if self.is(at, Word::Past) {
                Word::Last
            } else {
                self.word(at)
            };
            at += 1;
        }
        // `the plumber is coming Thursday` says that he comes.
        if which == Word::Coming && i > 0 && self.is_verb_of(i) {
            return None;
        }
        let n = match which {
            Word::This => 0,
            Word::Last | Word::Past => -1,
            _ => 1,
        };
        match self.word(at) {
            Word::Weekday(_)
                if self.low(at) == "sun"
                    && (self.is(at + 1, Word::Of)
                        || self.kind(at + 1) == Kind::Word && self.is(at + 1, Word::Plain)) =>
            {
                None
            }
            Word::Weekday(weekday) => {
                let date = self.modified_weekday(weekday, which)?;
                let period = Period::day(date, "weekday of this, the next or the last week")?;
                Some((period, at + 1))
            }
            Word::Unit(Unit::Day) => None,
            Word::Unit(Unit::Workday) if n == 0 => None,
            Word::Unit(_)
                if matches!(
                    self.low(at),
                    "weeks" | "months" | "years" | "quarters" | "weekends" | "workdays"
                ) =>
            {
                None
            }
            Word::Unit(unit) => self.modified_unit(
                unit,
                if which == Word::Coming && unit == Unit::Weekend {
                    0
                } else {
                    n
                },
                at,
            ),
            _ if matches!(self.low(at), "business" | "working")
                && self.is(at + 1, Word::Unit(Unit::Day))
                && n != 0 =>
            {
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
            _ => self
                .holiday_at(at, n)
                .filter(|_| n >= 0 || which == Word::Last),
        }
    }

    /// Whether `coming` stands behind a form of `to be`: `is coming`, `she's still coming`, `the landlord's coming`.
    fn is_verb_of(&self, coming: usize) -> bool {
        let before = coming - 1;
        let between = matches!(self.low(before), "still" | "also" | "only" | "not" | "all");
        let subject = before.saturating_sub(usize::from(between));
        let word = self.low(subject);
        self.token(subject).is_some_and(|token| token.possessive)
            || matches!(
                word,
                "is" | "are" | "am" | "was" | "be" | "been" | "isn't" | "aren't" | "you" | "anyone"
            )
            || word.ends_with("'re")
            || word.ends_with("'m")
    }

    /// “this may be” and “the next march” are no months.
    pub(super) fn names_a_month(&self, i: usize) -> bool {
        let common = matches!(self.low(i), "may" | "march" | "mar");
        let shouted = self
            .token(i)
            .and_then(|t| self.lexed.text.get(t.start..t.end))
            .is_some_and(|t| !t.contains(char::is_lowercase));
        !common || self.clause_ends(i + 1) || self.capital(i) && !shouted
    }

    pub(super) fn modified_weekday(&self, weekday: Weekday, which: Word) -> Option<Date> {
        match which {
            Word::This => self.calendar.weekday_of_week(weekday, 0),
            Word::Next => self.calendar.weekday_of_week(weekday, 1),
            Word::Last | Word::Past => self.calendar.past(weekday),
            _ => self.calendar.coming(weekday),
        }
    }

    pub(super) fn modified_unit(&self, unit: Unit, n: i64, at: usize) -> Step<Period> {
        if unit == Unit::Fortnight {
            return Some((
                self.calendar.day_in(14 * n, "fortnight counted from now")?,
                at + 1,
            ));
        }
        if self.token(at + 1).is_some_and(|t| t.hyphen)
            && unit == Unit::Week
            && self.low(at + 1) == "end"
        {
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
    pub(super) fn day_behind_month(&self, n: i64, i: usize) -> Step<Period> {
        let at = self.skip(self.is(i, Word::On).then_some(i + 1)?, Word::The);
        let (day, end) = self.ordinal(at)?;
        let first = self.calendar.month(n, "month")?.first_day();
        let date = Date::new(first.year(), first.month(), day).ok()?;
        Some((Period::day(date, "day of a month counted from this")?, end))
    }

    pub(super) fn modified_month(&self, month: i8, which: Word) -> Option<Period> {
        let today = self.calendar.today;
        let why = "month of this, the next or the last year";
        let year = match which {
            Word::This => today.year(),
            Word::Last | Word::Past => today.year() - i16::from(month >= today.month()),
            _ => today.year() + i16::from(month <= today.month()),
        };
        self.calendar.month_named(month, Some(year), why)
    }

    pub(super) fn modified_part(&self, part: Part, which: Word, at: usize) -> Step<Period> {
        let days = match which {
            Word::This => 0,
            Word::Last if matches!(part, Part::Night | Part::Evening) => -1,
            _ => return None,
        };
        let day = self.calendar.day_in(days, "part of the reference day")?;
        Some((day.with_part(part), at + 1))
    }
}
