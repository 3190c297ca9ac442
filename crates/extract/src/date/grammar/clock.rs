//! Times of day: `3pm`, `15:30`, “half past nine”, “at nine”, “quarter to 5”, “noon”.

mod fraction;

use super::{Parser, Step};
use crate::date::Grain;
use crate::date::english;
use crate::date::lexer::Kind;
use crate::date::words::{Part, Unit, Word};
use crate::lexicon;
use crate::token::{List, list};

/// A time of day as the text gave it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::date) struct Clock {
    /// 0 to 24.
    pub(in crate::date) hour: i8,
    pub(in crate::date) minute: i8,
    pub(in crate::date) second: i8,
    pub(in crate::date) grain: Grain,
    /// The half of the day is not said: “at 3”.
    pub(in crate::date) open: bool,
    /// Said as the word midnight.
    pub(in crate::date) midnight: bool,
    pub(in crate::date) certainty: f32,
}

impl Clock {
    fn at(hour: i8, minute: i8, grain: Grain, open: bool) -> Self {
        Self {
            hour,
            minute,
            second: 0,
            grain,
            open: open && (1..=12).contains(&hour),
            midnight: false,
            certainty: 0.95,
        }
    }

    /// An hour alone, its half of the day not said.
    pub(in crate::date) fn plain(hour: i8) -> Self {
        Self::at(hour, 0, Grain::Hour, true).sure(0.75)
    }

    fn sure(mut self, certainty: f32) -> Self {
        self.certainty = certainty;
        self
    }

    /// Settles an open hour to the half of the day `pm` tells.
    pub(in crate::date) fn settle(&mut self, pm: bool) {
        if self.open {
            self.hour = self.hour % 12 + if pm { 12 } else { 0 };
            self.open = false;
        }
    }

    /// Settles an open hour by the part of the day it is in.
    pub(in crate::date) fn settle_by(&mut self, part: Part) {
        let pm = match part {
            Part::Morning => false,
            Part::Midday => self.hour == 12 || self.hour <= 3,
            Part::Afternoon => true,
            Part::Evening => self.hour != 12,
            Part::Night => (6..12).contains(&self.hour),
        };
        self.settle(pm);
    }

    pub(in crate::date) fn minutes(&self) -> i32 {
        i32::from(self.hour) * 60 + i32::from(self.minute)
    }
}

impl Parser<'_> {
    /// A time that can stand without “at”.
    pub(super) fn clock(&self, i: usize) -> Step<Clock> {
        self.clock_word(i)
            .or_else(|| self.same_time(i))
            .or_else(|| self.hundreds(i))
            .or_else(|| self.digital(i))
            .or_else(|| self.spoken_fraction(i))
            .or_else(|| self.hour_with_suffix(i))
            .or_else(|| self.planned_hour(i))
            .map(|(clock, end)| (clock, self.ornaments(end)))
    }

    /// A time behind “at”, a preposition or a day, where a bare number will do.
    pub(super) fn clock_after_at(&self, i: usize) -> Step<Clock> {
        let i = if self.is(i, Word::Around) || self.mark(i, '~') {
            i + 1
        } else {
            i
        };
        // `18h` and `07h` are times; “tomorrow 2h” says how long.
        let short = matches!(
            self.kind(i),
            Kind::Number {
                value: ..7,
                digits: 1
            }
        );
        if let Some((hour, next)) = self.hour_number(i)
            && self.low(next) == "h"
            && self.glued(next)
            && !short
            && self.goes_on_without_noun(next + 1)
        {
            return Some((Clock::at(hour, 0, Grain::Hour, false), next + 1));
        }
        self.clock(i).or_else(|| {
            self.bare_clock(i)
                .map(|(clock, end)| (clock, self.ornaments(end)))
        })
    }

    /// `mi – fetch Ida 15h`: an hour in a line that opens with a weekday and a mark.
    fn planned_hour(&self, i: usize) -> Step<Clock> {
        const DAYS: List<'static> = list![
            "mo", "di", "mi", "do", "fr", "sa", "so", "tu", "we", "th", "su", "mon", "tue", "wed",
            "thu", "fri", "sat", "sun", "lu", "ma", "je", "ve", "me", "vi", "ju",
        ];
        // Words of such a line.
        const LONGEST: usize = 14;
        let ends = self.kind(i + 2) == Kind::Break || !self.glued(i + 2);
        if self.low(i + 1) != "h" || !self.glued(i + 1) || !ends {
            return None;
        }
        let (hour, next) = self.hour_number(i)?;
        let start = (i.saturating_sub(LONGEST)..i)
            .rev()
            .find(|at| self.kind(*at) == Kind::Break)
            .map_or(0, |at| at + 1);
        let marked = matches!(self.kind(start + 1), Kind::Mark('–' | '—' | '-' | ':'));
        let opens = marked && i - start <= LONGEST && DAYS.holds(self.low(start));
        (opens && hour >= 7).then(|| (Clock::at(hour, 0, Grain::Hour, false), next + 1))
    }

    /// “0900 hours tomorrow”, `1730h`.
    fn hundreds(&self, i: usize) -> Step<Clock> {
        let Kind::Number { value, digits: 4 } = self.kind(i) else {
            return None;
        };
        let (hour, minute) = (value / 100, value % 100);
        let marked = self.low(i + 1) == "h" && self.glued(i + 1)
            || matches!(self.low(i + 1), "hours" | "hrs")
                && (hour < 10 || self.simple_day(self.skip(i + 2, Word::On)).is_some());
        let spaced = self.token(i).is_some_and(|t| t.spaced);
        (marked && spaced && hour < 24 && minute < 60).then_some(())?;
        let (hour, minute) = (i8::try_from(hour).ok()?, i8::try_from(minute).ok()?);
        Some((Clock::at(hour, minute, Grain::Minute, false), i + 2))
    }

    /// “(the) same time tomorrow”: the time of writing.
    fn same_time(&self, i: usize) -> Step<Clock> {
        let at = self.skip(i, Word::The);
        if !matches!(self.low(at), "same" | "this") || self.low(at + 1) != "time" {
            return None;
        }
        let comma = usize::from(i > 0 && self.mark(i - 1, ','));
        let day_before = i
            .checked_sub(1 + comma)
            .is_some_and(|before| matches!(self.word(before), Word::Tomorrow | Word::Weekday(_)));
        if !(day_before && self.clause_ends(at + 2)) {
            self.simple_day(at + 2).filter(|(day, _)| day.is_day())?;
        }
        let now = self.calendar.now;
        let clock = Clock::at(now.hour(), now.minute(), Grain::Minute, false);
        Some((clock, at + 2))
    }

    fn clock_word(&self, i: usize) -> Step<Clock> {
        let at = if self.low(i) == "12" || matches!(self.kind(i), Kind::Number { value: 12, .. }) {
            i + 1
        } else {
            i
        };
        match self.word(at) {
            Word::Noon => Some((Clock::at(12, 0, Grain::Hour, false), at + 1)),
            Word::Midnight => {
                let mut clock = Clock::at(0, 0, Grain::Hour, false);
                clock.midnight = true;
                Some((clock, at + 1))
            }
            _ => None,
        }
    }

    /// `9:30`, `17:05:10`, `9.30am`, `9h30`.
    fn digital(&self, i: usize) -> Step<Clock> {
        let Kind::Number {
            value: hour @ 0..=24,
            digits: 1..=2,
        } = self.kind(i)
        else {
            return None;
        };
        if self.glued(i) && self.bad_before(i) {
            return None;
        }
        let colon = self.mark(i + 1, ':');
        let h = self.is(i + 1, Word::Unit(Unit::Hour)) && self.low(i + 1) == "h";
        if !(colon || h || self.mark(i + 1, '.')) || !self.glued(i + 1) || !self.glued(i + 2) {
            return None;
        }
        let Kind::Number {
            value: minute @ 0..=59,
            digits: 2,
        } = self.kind(i + 2)
        else {
            return None;
        };
        // “2h30m” is how long.
        if h && self.is(i + 3, Word::Unit(Unit::Minute)) {
            return None;
        }
        let mut clock = Clock::at(
            i8::try_from(hour).ok()?,
            i8::try_from(minute).ok()?,
            Grain::Minute,
            true,
        );
        let zero = matches!(self.kind(i), Kind::Number { digits: 2, .. }) && hour < 10;
        clock.open &= !zero;
        let mut end = i + 3;
        // “Wednesday 16:00: Ida skims the feed” has no seconds.
        if colon && self.mark(end, ':') && self.glued(end) && self.glued(end + 1) {
            let Kind::Number {
                value: second @ 0..=59,
                digits: 2,
            } = self.kind(end + 1)
            else {
                return None;
            };
            clock.second = i8::try_from(second).ok()?;
            clock.grain = Grain::Second;
            clock.open = false;
            end += 2;
        }
        let marked = self.meridiem(end);
        if let Some((pm, behind)) = marked {
            return Self::with_meridiem(clock, pm).map(|clock| (clock, behind));
        }
        let oclock = self.is(end, Word::Oclock);
        let day = self.skip(i + 3, Word::On);
        let dotted = self.mark(i + 1, '.')
            && !self.leads_dotted(i)
            && !self.bounds_dotted(i, end)
            && !matches!(
                self.word(day),
                Word::Weekday(_) | Word::Tomorrow | Word::Today
            );
        // `Wednesday 16:00: Ida sweeps`, but not `Last update 13:35: no change`
        let labels = self.mark(end, ':') && !self.glued(end + 1) && self.behind_label_day(i);
        if dotted && !oclock || !labels && self.glued(end) && self.bad_after(end) {
            return None;
        }
        if self.numeric_noun_before(i) || clock.hour == 24 && clock.minute > 0 {
            return None;
        }
        Some((clock, end + usize::from(oclock)))
    }

    /// “today 2) I rebind the tail”: the number of an item that follows.
    fn numbers_an_item(&self, end: usize) -> bool {
        let opened = (1..=6)
            .filter_map(|k| end.checked_sub(k))
            .any(|k| self.mark(k, '('));
        self.mark(end, ')') && self.glued(end) && !opened
    }

    fn numeric_noun_before(&self, i: usize) -> bool {
        self.counted_noun_before(i)
    }

    fn bad_before(&self, i: usize) -> bool {
        i.checked_sub(1).is_some_and(|b| {
            matches!(
                self.kind(b),
                Kind::Mark(':' | '.' | '/' | '$' | '€' | '£' | '#' | '+' | '_' | '=')
                    | Kind::Number { .. }
                    | Kind::Mixed
            ) || self.kind(b) == Kind::Word && self.low(b) != "t"
        })
    }

    fn bad_after(&self, end: usize) -> bool {
        matches!(
            self.kind(end),
            Kind::Mark(':' | '/' | '%' | '$' | '€' | '_') | Kind::Mixed | Kind::Number { .. }
        ) || self.mark(end, '.')
            && self.glued(end + 1)
            && matches!(self.kind(end + 1), Kind::Number { .. } | Kind::Word)
    }

    fn meridiem(&self, i: usize) -> Step<bool> {
        match self.word(i) {
            Word::Meridiem(pm) if self.low(i).len() > 1 || self.glued(i) => {
                // “I am”: a verb when it does not belong to the number before it.
                Some((pm, i + 1))
            }
            _ => None,
        }
    }

    fn with_meridiem(mut clock: Clock, pm: bool) -> Option<Clock> {
        if clock.hour > 12 {
            return pm.then(|| {
                clock.open = false;
                clock
            });
        }
        if clock.hour == 0 {
            return (!pm).then_some(clock);
        }
        clock.open = true;
        clock.settle(pm);
        Some(clock)
    }

    /// `3pm`, “nine o'clock”, “9ish”, “3 in the afternoon”, `15h`.
    fn hour_with_suffix(&self, i: usize) -> Step<Clock> {
        let (hour, next) = self.hour_number(i)?;
        let letter = self.low(next).len() == 1 && !self.leads_a_time(i);
        if let Some((pm, end)) = self.meridiem(next).filter(|_| !letter) {
            let clock = Self::with_meridiem(Clock::at(hour, 0, Grain::Hour, true), pm)?;
            return Some((clock, end));
        }
        // “nine thirty pm”
        if let Some((minute, behind)) = self.spoken_minute(next)
            && let Some((pm, end)) = self.meridiem(behind)
        {
            let clock = Self::with_meridiem(Clock::at(hour, minute, Grain::Minute, true), pm)?;
            return Some((clock, end));
        }
        let oclock = if self.is(next, Word::Oclock) {
            next + 1
        } else {
            next
        };
        let the = if self.is(next, Word::In) && self.is(next + 1, Word::The) {
            next + 2
        } else {
            oclock
        };
        if the > next
            && let Word::Meridiem(pm) = self.word(the)
        {
            let clock = Self::with_meridiem(Clock::at(hour, 0, Grain::Hour, true), pm)?;
            return Some((clock, the + 1));
        }
        // “three thirty this afternoon”
        let (minute, behind) = self.spoken_minute(next).unwrap_or((0, next));
        let evening = self.is(behind, Word::Tonight)
            || matches!(
                (self.word(behind), self.word(behind + 1)),
                (Word::This | Word::Tomorrow, Word::Part(_))
            );
        if evening && minute > 0 && hour <= 12 {
            let clock = Clock::at(hour, minute, Grain::Minute, true).sure(0.8);
            return Some((clock, behind));
        }
        // “order a new one this morning”, “reset room 3 tonight”, “refill tanker 2 this morning”
        let morning = matches!(self.word(next + 1), Word::Part(Part::Morning));
        let counts =
            self.is(i, Word::Number(1)) || self.counted_noun_before(i) || morning && hour < 5;
        if evening && hour <= 12 && (!counts || self.leads_a_time(i)) {
            return Some((Clock::at(hour, 0, Grain::Hour, true).sure(0.8), next));
        }
        if self.is(next, Word::Oclock) {
            return Some((Clock::at(hour, 0, Grain::Hour, true), next + 1));
        }
        if self.is(next, Word::Ish) {
            return Some((Clock::at(hour, 0, Grain::Hour, true).sure(0.8), next + 1));
        }
        if self.is(next, Word::In)
            && self.is(next + 1, Word::The)
            && matches!(self.word(next + 2), Word::Part(_))
        {
            return Some((Clock::at(hour, 0, Grain::Hour, true), next));
        }
        None
    }

    fn hour_number(&self, i: usize) -> Step<i8> {
        if self.glued(i) && self.bad_before(i) {
            return None;
        }
        let (n, end) = match (self.kind(i), self.word(i)) {
            (
                Kind::Number {
                    value,
                    digits: 1..=2,
                },
                _,
            ) => (value, i + 1),
            (_, Word::Number(n)) => (u32::from(n), i + 1),
            _ => return None,
        };
        (n <= 24)
            .then(|| i8::try_from(n).ok())
            .flatten()
            .map(|hour| (hour, end))
    }

    /// Whether the word before token `i` leads to a time, so that `9a` is one and no item number.
    fn leads_a_time(&self, i: usize) -> bool {
        i.checked_sub(1).is_some_and(|b| {
            matches!(
                self.word(b),
                Word::At
                    | Word::From
                    | Word::To
                    | Word::By
                    | Word::Until
                    | Word::Before
                    | Word::After
                    | Word::Weekday(_)
                    | Word::Tomorrow
                    | Word::Today
                    | Word::Around
            ) || self.is_dash(b)
                && b > 0
                && matches!(self.kind(b - 1), Kind::Number { .. } | Kind::Word)
        })
    }

    fn spoken_minute(&self, i: usize) -> Step<i8> {
        let (n, end) = self
            .integer(i)
            .filter(|_| matches!(self.word(i), Word::Number(_)))?;
        (5..60)
            .contains(&n)
            .then(|| i8::try_from(n).ok())
            .flatten()
            .map(|minute| (minute, end))
    }

    /// A bare hour, where what follows does not make it an amount: “at nine”, “at 9”, “at 1530”.
    fn bare_clock(&self, i: usize) -> Step<Clock> {
        if let Kind::Number { value, digits: 4 } = self.kind(i) {
            let (hour, minute) = (value / 100, value % 100);
            let mut end = i + 1;
            let marked = matches!(self.low(end), "hours" | "hrs" | "h");
            end += usize::from(marked);
            let fits = hour < 24
                && minute < 60
                && (marked || minute % 5 == 0 && !(1900..=2199).contains(&value));
            let stands = self.goes_on_without_noun(end) && !self.glued(i);
            return (fits && stands).then_some((
                Clock::at(
                    i8::try_from(hour).ok()?,
                    i8::try_from(minute).ok()?,
                    Grain::Minute,
                    false,
                )
                .sure(0.8),
                end,
            ));
        }
        let (hour, mut end) = self
            .hour_number(i)
            .filter(|(hour, end)| *hour > 0 && !self.numbers_an_item(*end))?;
        let mut clock = Clock::at(hour, 0, Grain::Hour, true).sure(0.75);
        if let Some((minute, behind)) = self.spoken_minute(end) {
            clock.minute = minute;
            clock.grain = Grain::Minute;
            end = behind;
        }
        let day_behind = self.token(end).is_some()
            && self.word(end) == Word::Plain
            && self.simple_day(end).is_some();
        let stands = self.goes_on_without_noun(end)
            || day_behind
            || matches!(self.word(end), Word::Season(_));
        // “it closes at one today”, but not “look at one today”
        let dated = self.simple_day(self.skip(end, Word::On)).is_some();
        let closes = dated && i > 1 && !english::LOOKS.holds(self.low_before(i - 1));
        let one_with =
            hour == 1 && !self.clause_ends(end) && self.is(i, Word::Number(1)) && !closes;
        // “at 3 to go over the plan”
        let asks = || lexicon::base_verb(self.low(end + 1)).is_some();
        let range = self.is_dash(end) || self.is(end, Word::To) && !asks();
        let counted =
            matches!(self.word(end), Word::Function) && english::AMOUNT_AFTER.holds(self.low(end));
        (stands && !one_with && !counted && !range && !self.mark(end, '%')).then_some((clock, end))
    }

    /// “sharp”, “o'clock”, “on the dot”, “or so”.
    fn ornaments(&self, end: usize) -> usize {
        match self.word(end) {
            Word::Sharp | Word::Ish | Word::Oclock => end + 1,
            Word::On if self.is(end + 1, Word::The) && self.low(end + 2) == "dot" => end + 3,
            Word::Or if matches!(self.low(end + 1), "so" | "thereabouts") => end + 2,
            _ => end,
        }
    }
}
