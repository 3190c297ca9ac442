//! Days told from the day named before: “the night before”, “that morning”, “the following week”,
//! “two days later”.

use crate::token::{List, list};
use jiff::ToSpan;
use jiff::civil::Date;

use super::relative::nearest_weekday;
use super::{Expression, Parser, Step};
use crate::date::lexer::Kind;
use crate::date::resolve::{self, Period};
use crate::date::words::{Part, Unit, Word};

impl Parser<'_> {
    /// The expression at token `i` that is told from `anchor`.
    pub(in crate::date) fn behind(&self, i: usize, anchor: Date) -> Option<Expression> {
        let (lead, core) = match self.lead(i) {
            Some((lead, core)) => (Some(lead), core),
            None => (None, i),
        };
        let (day, end) = self.told_from(core, anchor)?;
        let mut e = Expression::empty(i, core, lead);
        e.day = Some(day);
        e.end = end;
        Some(e)
    }

    /// Whether token `i` can open what [`Self::behind`] reads: most words open none of it.
    pub(in crate::date) fn looks_behind(&self, i: usize) -> bool {
        let core = self.lead(i).map_or(i, |(_, core)| core);
        let number = matches!(self.kind(core), Kind::Number { .. });
        !self.is(core, Word::Plain) || number || self.low(core) == "same"
    }

    /// “the day before”, “the night before”, with nothing behind it that it would be before.
    pub(in crate::date) fn is_eve(&self, i: usize) -> bool {
        self.is(i, Word::The)
            && matches!(self.low(i + 1), "day" | "night" | "evening")
            && self.low(i + 2) == "before"
    }

    fn told_from(&self, i: usize, anchor: Date) -> Step<Period> {
        self.same_day(i, anchor)
            .or_else(|| self.of_that_week(i, anchor))
            .or_else(|| self.following(i, anchor))
            .or_else(|| self.preceding(i, anchor))
            .or_else(|| self.day_beside(i, anchor))
            .or_else(|| self.amount_later(i, anchor))
    }

    /// Whether nothing follows that would make more of the words before token `i`.
    fn ends_here(&self, i: usize) -> bool {
        self.mark(i, '&')
            || self.clause_ends(i)
            || matches!(
                self.word(i),
                Word::Function | Word::And | Word::At | Word::By
            )
            // “the night before in any case”
            || self.is(i, Word::In) && self.low(i + 1) == "any"
    }

    /// “that morning”, “the same day”.
    fn same_day(&self, i: usize, anchor: Date) -> Step<Period> {
        let that = self.low(i) == "that";
        let at = i + usize::from(that || self.is(i, Word::The));
        let same = self.low(at) == "same";
        let at = at + usize::from(same);
        // “That day the tables must be up”, “The same day Lena hands it in”
        let opens = self.opens_sentence(i) || self.low_before(i) == "on";
        let goes_on = opens && (self.is(at + 1, Word::The) || self.capital(at + 1));
        if !(that || same) || !(self.ends_here(at + 1) || goes_on) {
            return None;
        }
        let day = Period::day(anchor, "the day named before")?;
        match self.word(at) {
            Word::Unit(Unit::Day) => Some((day, at + 1)),
            Word::Part(part) if part != Part::Midday => Some((day.with_part(part), at + 1)),
            Word::Unit(Unit::Week) => {
                let week = self.calendar.week_of(anchor, "the week of a day")?;
                Some((week, at + 1))
            }
            _ => None,
        }
    }

    /// “the following day”, “the next morning”, “the following Friday”.
    fn following(&self, i: usize, anchor: Date) -> Step<Period> {
        let at = self.skip(i, Word::The);
        let following = self.is(at, Word::Following);
        if at == i || !(following || self.is(at, Word::Next)) {
            return None;
        }
        let next = resolve::add(anchor, 1.day())?;
        let why = "counted from the day named before";
        // “the following working day”
        if following && let Some((Unit::Workday, end)) = self.unit(at + 1) {
            return Some((self.beside(Word::Unit(Unit::Workday), anchor, 1)?, end));
        }
        if !self.ends_here(at + 2) {
            return None;
        }
        let period = match self.word(at + 1) {
            Word::Unit(Unit::Day) => Period::day(next, why)?,
            Word::Part(part) if part != Part::Midday => Period::day(next, why)?.with_part(part),
            Word::Unit(Unit::Week) if following => self
                .calendar
                .week_of(resolve::add(anchor, 7.days())?, why)?,
            Word::Weekday(weekday) if following => {
                Period::day(nearest_weekday(anchor, weekday, 1)?, why)?
            }
            _ => return None,
        };
        Some((period, at + 2))
    }

    /// “the preceding Wednesday”, “the previous evening”: of the week, or right before the day.
    fn preceding(&self, i: usize, anchor: Date) -> Step<Period> {
        let named = self.is(i, Word::The) && matches!(self.low(i + 1), "preceding" | "previous");
        if !named || !self.ends_here(i + 3) {
            return None;
        }
        match self.word(i + 2) {
            Word::Unit(Unit::Day | Unit::Workday | Unit::Weekend) | Word::Weekday(_) => {}
            Word::Part(part) if part != Part::Midday => {}
            _ => return None,
        }
        Some((self.beside(self.word(i + 2), anchor, -1)?, i + 3))
    }

    /// “the Monday of that week”
    fn of_that_week(&self, i: usize, anchor: Date) -> Step<Period> {
        let at = self.skip(i, Word::The);
        let weekday = self.weekday_at(at)?;
        let told = self.is(at + 1, Word::Of)
            && matches!(self.low(at + 2), "that" | "same")
            && self.is(at + 3, Word::Unit(Unit::Week));
        if !told {
            return None;
        }
        let monday = self.calendar.week_of(anchor, "")?.first_day();
        let days = i64::from(weekday.to_monday_zero_offset());
        let day = resolve::add(monday, days.days())?;
        Some((
            Period::day(day, "weekday of the week named before")?,
            at + 4,
        ))
    }

    /// “the night before”, “the weekend after”, “the day before the opening”.
    fn day_beside(&self, i: usize, anchor: Date) -> Step<Period> {
        let at = self.skip(i, Word::The);
        let sign = match self.word(at + 1) {
            Word::Before => -1,
            Word::After => 1,
            // “on the eve of departure”
            Word::Of if self.low(at) == "eve" => -1,
            _ => return None,
        };
        let named = match self.word(at) {
            Word::Unit(Unit::Day | Unit::Weekend | Unit::Week) | Word::Weekday(_) => true,
            Word::Part(part) => part != Part::Midday,
            _ => false,
        };
        if at == i || !named {
            return None;
        }
        let end = if self.ends_here(at + 2) {
            at + 2
        } else {
            self.occasion(at + 2)?
        };
        Some((self.beside(self.word(at), anchor, sign)?, end))
    }

    /// “two days later”, “a week after that”, “three days in advance”, “a week before”.
    fn amount_later(&self, i: usize, anchor: Date) -> Step<Period> {
        let (amount, end) = self.amount(i)?;
        let behind = |length: usize| self.ends_here(end + length);
        let of = usize::from(matches!(
            (self.low(end), self.low(end + 1)),
            ("prior", "to") | ("ahead", "of")
        ));
        let (back, end) = match (self.word(end), self.low(end), self.low(end + 1)) {
            (_, "before" | "b4" | "after" | "prior" | "ahead", _)
                if let Some(behind) = self.occasion(end + 1 + of) =>
            {
                (self.low(end) != "after", behind)
            }
            (Word::After, _, "that") => (false, end + 2),
            (Word::Later, "later", _) | (Word::After, "after", _) if behind(1) => (false, end + 1),
            (Word::Before, _, "that" | "then" | "it") | (Word::In, _, "advance") if behind(2) => {
                (true, end + 2)
            }
            (_, "prior" | "ahead", _) if of > 0 && self.low(end + 2) == "it" && behind(3) => {
                (true, end + 3)
            }
            (_, "before" | "b4" | "beforehand" | "prior" | "ahead" | "earlier" | "sooner", _)
                if behind(1) =>
            {
                (true, end + 1)
            }
            _ => return None,
        };
        if amount.is_clock() {
            return None;
        }
        let date = if back {
            amount.negated().counted_from(anchor)?
        } else {
            amount.counted_from(anchor)?
        };
        Some((Period::day(date, "counted from the day named before")?, end))
    }

    /// “the release”, “our departure”, “delivery”: what took or takes place on the day named before; the index
    /// behind it.
    fn occasion(&self, i: usize) -> Option<usize> {
        const OCCASIONS: List<'static> = list![
            "departure",
            "release",
            "launch",
            "start",
            "kickoff",
            "kick-off",
            "delivery",
            "opening",
            "event",
            "meeting",
            "deadline",
            "date",
            "day",
            "trip",
            "flight",
            "wedding",
            "party",
            "exam",
            "hearing",
            "deposition",
            "move",
            "visit",
            "show",
            "concert",
            "arrival",
            "audit",
            "inspection",
            "review",
            "ceremony",
            "fair",
            "festival",
            "race",
            "match",
            "game",
            "conference",
            "workshop",
            "performance",
            "premiere",
            "election",
            "vote",
            "freeze",
            "closing",
            "expiry",
            "birthday",
        ];
        let owned = matches!(
            self.low(i),
            "the" | "its" | "our" | "your" | "my" | "his" | "her" | "their" | "that"
        );
        let at = i + usize::from(owned);
        let named = OCCASIONS.holds(self.low(at)) && !self.possessive(at);
        if named && self.ends_here(at + 1) {
            return Some(at + 1);
        }
        // “race day”
        let at = at + usize::from(self.is(at + 1, Word::Unit(Unit::Day)));
        (self.ends_here(at + 1) && self.said_before(at, i)).then_some(at + 1)
    }

    /// Whether the noun at token `at` stands somewhere near before token `from` as well.
    fn said_before(&self, at: usize, from: usize) -> bool {
        const NEAR: usize = 40;
        let noun = self.low(at);
        let plain = noun.len() > 2 && matches!(self.word(at), Word::Plain | Word::Unit(Unit::Day));
        let pair = |other: usize| {
            self.low(other) == noun
                && (noun != "day" || self.low_before(other) == self.low_before(at))
        };
        plain && (from.saturating_sub(NEAR)..from).any(pair)
    }

    /// “within 10 days of the letter”, “within a week of its date”: counted from the day that a paper bears.
    pub(in crate::date) fn within_of(&self, i: usize, bears: Date) -> Option<Expression> {
        const PAPERS: List<'static> = list![
            "letter", "date", "receipt", "notice", "invoice", "delivery", "email", "mail",
            "summons", "order", "bill", "issue",
        ];
        if !self.is(i, Word::Within) {
            return None;
        }
        let (amount, end) = self.amount(i + 1)?;
        let from = matches!(self.low(end), "of" | "from" | "after");
        let owned = matches!(
            self.low(end + 1),
            "the" | "its" | "that" | "your" | "our" | "my" | "their"
        );
        let at = end + 1 + usize::from(owned);
        if !from || amount.is_clock() || !PAPERS.holds(self.low(at)) || !self.ends_here(at + 1) {
            return None;
        }
        let date = amount.counted_from(bears)?;
        let mut e = Expression::empty(i, i, None);
        e.day = Some(Period::day(date, "counted from the day named before")?);
        e.end = at + 1;
        Some(e)
    }
}

#[cfg(test)]
mod tests {
    use crate::date::{Policy, find};

    fn last(text: &str) -> Option<String> {
        let now: jiff::Zoned = "2026-03-10T11:00:00+01:00[+01:00]"
            .parse()
            .expect("a moment");
        let dates = find(text, &now, &Policy::default());
        dates.last().map(|date| date.due.to_string())
    }

    #[test]
    fn days_are_counted_from_what_was_named() {
        for (text, day) in [
            (
                "The move is on 20 March, pack a week before the move.",
                "2026-03-13",
            ),
            (
                "The notice is dated 6 March. Reply within 10 days of its date.",
                "2026-03-16",
            ),
            (
                "Fair, 20 March\n- print, the Monday before\n- fold, 2 days before",
                "2026-03-18",
            ),
            (
                "The fair is on 20 March. That day the stalls open early.",
                "2026-03-20",
            ),
            (
                "The vote is on 20 March. Mail the slips three days earlier.",
                "2026-03-17",
            ),
            (
                "The vote is on 20 March. Mail the slips by the preceding Monday.",
                "2026-03-16",
            ),
            (
                "School starts on 19 March. Pay by the Monday of that week.",
                "2026-03-16",
            ),
            (
                "Derby day: 20 March. Groom the horses two days before derby day.",
                "2026-03-18",
            ),
            (
                "The vote is on 20 March. Count them on the following working day.",
                "2026-03-23",
            ),
            (
                "The vote is on 20 March. Pack the evening before the vote.",
                "2026-03-19",
            ),
            (
                "Oil the gate on the eve of the vote (20 March).",
                "2026-03-19",
            ),
            (
                "The 24th is her last day. Lock it the day after.",
                "2026-03-25",
            ),
        ] {
            assert_eq!(last(text).as_deref(), Some(day), "{text}");
        }
    }

    #[test]
    fn the_day_before_is_not_told_from_tomorrow() {
        for (text, day) in [
            (
                "The fair is on 20 March. Order the bread tomorrow. Bake it the day before.",
                "2026-03-19",
            ),
            (
                "The fair is on 20 March, the vote on the 25th. Bake it the day before.",
                "2026-03-24",
            ),
        ] {
            assert_eq!(last(text).as_deref(), Some(day), "{text}");
        }
    }
}
