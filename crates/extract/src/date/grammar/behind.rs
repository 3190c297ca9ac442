//! What a clock time stands behind: “at”, a day named by a word, a day of a month, a label.

use super::Parser;
use crate::date::lexer::Kind;
use crate::date::words::Word;

impl Parser<'_> {
    /// Whether “at” or a word like it stands before token `i`.
    pub(super) fn behind_at(&self, i: usize) -> bool {
        i.checked_sub(1)
            .is_some_and(|b| matches!(self.word(b), Word::At | Word::Around | Word::Until))
    }

    /// Whether “8.45” with a dot is an hour by what stands before it.
    pub(super) fn leads_dotted(&self, i: usize) -> bool {
        self.behind_at(i) || self.behind_day(i) || self.behind_meeting(i)
    }

    /// “Meet 8.45 in the car park”, “leave 7.30”: behind what people do at an hour.
    fn behind_meeting(&self, i: usize) -> bool {
        i.checked_sub(1).is_some_and(|b| {
            self.kind(b) == Kind::Word
                && matches!(
                    self.low(b),
                    "meet" | "meeting" | "leave" | "leaving" | "kick-off" | "doors"
                )
        })
    }

    /// “Monday 8.30”: directly behind a day that is named by a word.
    pub(super) fn behind_day(&self, i: usize) -> bool {
        i.checked_sub(1).is_some_and(|b| {
            matches!(
                self.word(b),
                Word::Weekday(_) | Word::Today | Word::Tomorrow | Word::Tonight | Word::Part(_)
            ) && self.kind(b) == Kind::Word
                || self.behind_month_day(b)
        })
    }

    /// `Wednesday 16:00: …`, `Wednesdays, at 16:00: …`
    pub(super) fn behind_label_day(&self, i: usize) -> bool {
        let at = i
            .checked_sub(1)
            .filter(|before| self.is(*before, Word::At))
            .unwrap_or(i);
        let comma = at.checked_sub(1).filter(|before| self.mark(*before, ','));
        self.behind_day(comma.unwrap_or(at))
    }

    /// “18 Feb 17.30”, “Feb 18 17.30”
    pub(super) fn behind_month_day(&self, b: usize) -> bool {
        let Some(before) = b.checked_sub(1) else {
            return false;
        };
        let day = |at: usize| {
            matches!(
                self.kind(at),
                Kind::Number { digits: 1..=2, .. } | Kind::Ordinal(_)
            )
        };
        let month = |at: usize| matches!(self.word(at), Word::Month(_));
        month(b) && day(before) && self.capital(b)
            || month(before) && day(b) && self.capital(before)
    }
}
