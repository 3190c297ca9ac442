//! Times told from the hour: “half past nine”, “quarter to 5”, “ten past three”, “half nine”.

use super::Clock;
use crate::date::Grain;
use crate::date::grammar::{Parser, Step};
use crate::date::lexer::Kind;
use crate::date::words::{Unit, Word};

impl Parser<'_> {
    /// “half past nine”, “quarter to 5”, “ten past three”, “half nine”.
    pub(super) fn spoken_fraction(&self, i: usize) -> Step<Clock> {
        let at = self.skip(i, Word::A);
        let (minutes, next) = match self.word(at) {
            Word::Half => (30, at + 1),
            Word::Unit(Unit::Quarter) if self.low(at) == "quarter" => (15, at + 1),
            _ => {
                let (n, end) = self.integer(at).filter(|(n, _)| (1..30).contains(n))?;
                let unit = usize::from(self.is(end, Word::Unit(Unit::Minute)));
                // “nine to five” is no 4:51.
                if n % 5 != 0 && unit == 0 && matches!(self.word(at), Word::Number(_)) {
                    return None;
                }
                (i8::try_from(n).ok()?, end + unit)
            }
        };
        let sign = match (self.word(next), self.low(next)) {
            (Word::Past | Word::After, _) => 1,
            (Word::To | Word::Before | Word::Until, _) | (_, "of") if minutes != 30 => -1,
            (Word::Number(_) | Word::Plain, _) if minutes == 30 && at == i => {
                let (hour, end) = self.hour_number(next)?;
                let stands = self.goes_on_without_noun(end);
                return stands.then_some((Clock::at(hour, 30, Grain::Minute, true), end));
            }
            _ => return None,
        };
        let (hour, mut end) = match self.word(next + 1) {
            Word::Noon => (12, next + 2),
            Word::Midnight => (24, next + 2),
            _ => self.hour_number(next + 1)?,
        };
        // “10 to 12” is a range of numbers; words, quarters and halves tell the time.
        let digits = matches!(self.kind(at), Kind::Number { .. });
        let ranged =
            matches!(self.low_before(i), "from" | "between") || minutes % 5 != 0 && next == at + 1;
        let sun = matches!(self.word(next + 1), Word::Noon | Word::Midnight);
        let unmarked = self.meridiem(end).is_none() && !self.behind_at(i) && !sun;
        let plain = sign < 0 && digits && (ranged || unmarked) || self.low(next) == "of";
        // “at half past three take them home”
        let led = sign > 0 && self.behind_at(i) && (minutes == 30 || minutes == 15);
        if plain || !led && !self.goes_on_without_noun(end) && self.meridiem(end).is_none() {
            return None;
        }
        let (hour, minute) = if sign > 0 {
            (hour, minutes)
        } else {
            ((hour + 23) % 24, 60 - minutes)
        };
        let hour = if sign < 0 && hour == 0 && !self.is(next + 1, Word::Midnight) {
            12
        } else {
            hour
        };
        let mut clock = Clock::at(
            hour,
            minute,
            Grain::Minute,
            !matches!(self.word(next + 1), Word::Noon | Word::Midnight),
        );
        if let Some((pm, behind)) = self.meridiem(end) {
            clock = Self::with_meridiem(clock, pm)?;
            end = behind;
        }
        Some((clock, end))
    }
}
