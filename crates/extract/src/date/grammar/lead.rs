//! What leads to a date: prepositions, “no later than”, “latest”, the label of a ticket's line.

use super::expression::Lead;
use super::{Parser, Step};
use crate::date::Role;
use crate::date::words::Word;
use crate::words::is_drawer;

impl Parser<'_> {
    /// The preposition, and the index behind it.
    pub(super) fn lead(&self, i: usize) -> Step<Lead> {
        let word = self.word(i);
        let (role, end) = match word {
            // “the till next Saturday”
            Word::Until if is_drawer(self.low_before(i), self.low(i)) => return None,
            Word::By | Word::Until => (Role::By, i + 1),
            Word::Due => {
                let next = match self.word(i + 1) {
                    Word::On | Word::By | Word::At | Word::Before => i + 2,
                    _ if self.low(i + 1) == "date" => i + 2,
                    _ => i + 1,
                };
                (Role::By, if self.mark(next, ':') { next + 1 } else { next })
            }
            Word::Before => (Role::Before, i + 1),
            Word::After | Word::From | Word::Since | Word::Starting => {
                let next = if word == Word::Starting
                    && matches!(
                        self.word(i + 1),
                        Word::From | Word::On | Word::At | Word::In
                    ) {
                    i + 2
                } else {
                    i + 1
                };
                (Role::After, next)
            }
            Word::On if self.is(i + 1, Word::Or) && self.is(i + 2, Word::Before) => {
                (Role::By, i + 3)
            }
            Word::Around if self.low(i) != "around" => return None,
            Word::On
            | Word::At
            | Word::For
            | Word::Around
            | Word::In
            | Word::During
            | Word::Between => (Role::On, i + 1),
            Word::No | Word::Not => return self.negative_lead(i),
            _ => return self.spoken_lead(i),
        };
        Some((Lead { word, role }, end))
    }

    /// “no later than”, “not before”.
    fn negative_lead(&self, i: usize) -> Step<Lead> {
        let (role, end) = match (self.word(i + 1), self.low(i + 1)) {
            (Word::Later, _) if self.low(i + 2) == "than" => (Role::By, i + 3),
            (_, "earlier" | "sooner") if self.low(i + 2) == "than" => (Role::After, i + 3),
            (Word::Before | Word::Until, _) if self.is(i, Word::Not) => (Role::After, i + 2),
            _ => return None,
        };
        let end = if matches!(self.word(end), Word::By | Word::On | Word::At) {
            end + 1
        } else {
            end
        };
        let word = if role == Role::By {
            Word::By
        } else {
            Word::After
        };
        Some((Lead { word, role }, end))
    }

    /// “Needed: ”, “Target date: ”, “Complete by: ”: the label of a ticket's line before its deadline.
    fn label_lead(&self, i: usize) -> Step<Lead> {
        let words = match (self.low(i), self.low(i + 1)) {
            ("target" | "needed" | "required" | "wanted", _) if self.mark(i + 1, ':') => 1,
            ("target" | "completion", "date")
            | ("date", "needed" | "required" | "wanted")
            | ("needed" | "required" | "wanted" | "complete" | "done" | "finish" | "ready", "by") => {
                2
            }
            _ => return None,
        };
        let role = Lead {
            word: Word::By,
            role: Role::By,
        };
        let label = self.opens_sentence(i) && self.mark(i + words, ':');
        label.then_some((role, i + words + 1))
    }

    fn spoken_lead(&self, i: usize) -> Step<Lead> {
        if let Some(found) = self.label_lead(i) {
            return Some(found);
        }
        let (role, word, end) = match (self.low(i), self.low(i + 1)) {
            ("prior", "to") | ("ahead", "of") => (Role::Before, Word::Before, i + 2),
            ("up", "to" | "until" | "till") => (Role::By, Word::Until, i + 2),
            ("as", "of") => (Role::After, Word::After, i + 2),
            ("latest", "by" | "on") => (Role::By, Word::By, i + 2),
            ("latest", _) if i > 0 || self.capital(i) => (Role::By, Word::By, i + 1),
            ("deadline", _) => {
                let next = if self.mark(i + 1, ':') || matches!(self.low(i + 1), "is" | "on" | "of")
                {
                    i + 2
                } else {
                    i + 1
                };
                (Role::By, Word::By, next)
            }
            _ if self.mark(i, '@') => (Role::On, Word::At, i + 1),
            _ => return None,
        };
        Some((Lead { word, role }, end))
    }
}
