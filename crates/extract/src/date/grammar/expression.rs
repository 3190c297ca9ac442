//! A whole expression: preposition, day, time, part of the day, zone and ranges of them, joined.

use std::sync::LazyLock;

use jiff::tz::TimeZone;

use super::repeat::Repeat;
use super::{Clock, Parser, Step};
use crate::date::lexer::Kind;
use crate::date::resolve::{Amount, Period};
use crate::date::words::{Part, Unit, Word};
use crate::date::{Role, english};
use crate::hash::HashSet;

/// The words that lead to a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::date) struct Lead {
    /// The first word, which decides what may follow.
    pub(in crate::date) word: Word,
    pub(in crate::date) role: Role,
}

/// What was read, before it is resolved to moments.
#[derive(Debug, Clone)]
pub(in crate::date) struct Expression {
    /// Index of the first token, the preposition included.
    pub(in crate::date) first: usize,
    /// Index of the first token behind the preposition.
    pub(in crate::date) core: usize,
    /// Index behind the last token.
    pub(in crate::date) end: usize,
    pub(in crate::date) lead: Option<Lead>,
    pub(in crate::date) role: Role,
    pub(in crate::date) day: Option<Period>,
    pub(in crate::date) last_day: Option<Period>,
    pub(in crate::date) clock: Option<Clock>,
    pub(in crate::date) last_clock: Option<Clock>,
    pub(in crate::date) part: Option<Part>,
    pub(in crate::date) zone: Option<TimeZone>,
    pub(in crate::date) length: Option<Amount>,
    pub(in crate::date) repeat: Option<Repeat>,
}

impl Parser<'_> {
    /// The expression that begins exactly at token `i`.
    pub(in crate::date) fn expression(&self, i: usize) -> Option<Expression> {
        if matches!(self.kind(i), Kind::Break | Kind::Mixed)
            || self.kind(i) == Kind::Word && self.token(i)?.hyphen
        {
            return None;
        }
        if !self.leads_on(i) {
            if cfg!(test) {
                let found = self.begun(i);
                assert!(found.is_none(), "missing in OPENERS: {}", self.low(i));
            }
            return None;
        }
        self.begun(i)
    }

    /// Whether an expression can begin at token `i`, and can go on behind the preposition or the
    /// article there.
    fn leads_on(&self, i: usize) -> bool {
        let behind = match self.word(i) {
            // Words that join two dates and begin none: there are many of them.
            Word::And | Word::Or | Word::Of | Word::To | Word::Meridiem(_) => return false,
            Word::The => i + 1,
            Word::By
            | Word::On
            | Word::At
            | Word::In
            | Word::For
            | Word::From
            | Word::After
            | Word::Before
            | Word::Until
            | Word::Since => i + 1 + usize::from(self.is(i + 1, Word::The)),
            _ => return self.opens(i),
        };
        // “since ’19”
        let mark = matches!(self.kind(behind), Kind::Mark(_));
        mark || self.opens(behind) || english::BEHIND_LEADS.holds(self.low(behind))
    }

    /// Whether an expression can begin at token `i`: most words of a text begin none.
    fn opens(&self, i: usize) -> bool {
        static KNOWN: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
            let names = super::holidays::first_words();
            english::OPENERS.iter().copied().chain(names).collect()
        });
        match self.kind(i) {
            Kind::Word => {
                !matches!(self.word(i), Word::Plain | Word::Function) || KNOWN.contains(self.low(i))
            }
            Kind::Mark(mark) => matches!(mark, '@' | '~'),
            _ => true,
        }
    }

    fn begun(&self, i: usize) -> Option<Expression> {
        let (lead, core) = match self.lead(i) {
            Some((lead, core)) => (Some(lead), core),
            None => (None, i),
        };
        let mut e = Expression::empty(i, core, lead);
        let mut at = core;
        for _ in 0..7 {
            let tail = if e.repeat.is_some() {
                self.repeat_tail(at, &mut e)
            } else {
                None
            };
            let read = tail.or_else(|| {
                let next = if e.is_empty() {
                    at
                } else {
                    self.connector(at, &mut e)
                };
                self.piece(next, &mut e)
            });
            let Some(end) = read else { break };
            at = end;
            e.end = end;
        }
        if e.is_empty() {
            return self.length_for(e);
        }
        self.year_behind_clock(&mut e);
        self.trailer(&mut e);
        Some(e)
    }

    /// `Fri Mar 20 14:00:00 2026`
    fn year_behind_clock(&self, e: &mut Expression) {
        let Some(day) = e.day.as_ref().filter(|day| day.is_day()) else {
            return;
        };
        let Some((year, end)) = self
            .year_at(e.end)
            .filter(|(_, end)| self.clause_ends(*end))
        else {
            return;
        };
        let named = (e.core..e.end).any(|i| matches!(self.word(i), Word::Month(_)));
        if e.clock.is_none() || !named {
            return;
        }
        let dated = day.first_day().with().year(year).build().ok();
        if let Some(dated) = dated.and_then(|date| Period::day(date, day.why)) {
            e.day = Some(dated.sure(1.0));
            e.end = end;
        }
    }

    /// “for two hours”: how long, not when.
    fn length_for(&self, mut e: Expression) -> Option<Expression> {
        if e.lead?.word != Word::For {
            return None;
        }
        let at = if matches!(self.word(e.core), Word::Around) || self.low(e.core) == "another" {
            e.core + 1
        } else {
            e.core
        };
        let (amount, end) = self.amount(at)?;
        e.length = Some(amount);
        e.role = Role::Duration;
        e.end = end;
        Some(e)
    }

    /// Takes the next piece that the expression does not have yet.
    fn piece(&self, i: usize, e: &mut Expression) -> Option<usize> {
        if matches!(self.kind(i), Kind::Break) {
            return None;
        }
        if e.is_empty()
            && e.lead.is_some()
            && i == e.core
            && let Some((day, end)) = self.of_the_day(e.first)
        {
            e.role = Role::On;
            e.day = Some(day);
            return Some(end);
        }
        if e.day.is_none()
            && e.repeat.is_none()
            && let Some((repeat, end)) = self.repeat(i)
        {
            e.part = e.part.or(repeat.part);
            e.repeat = Some(repeat);
            return Some(end);
        }
        if e.day.is_none()
            && e.repeat.is_none()
            && let Some((first, last, end)) = self.day_range(i, e)
        {
            e.take_stamp(self, i);
            e.day = Some(first);
            e.last_day = last;
            return Some(end);
        }
        if let Some(end) = self.repeat_behind_day(i, e) {
            return Some(end);
        }
        if e.clock.is_none()
            && let Some((first, last, end)) = self.clock_range(i, e)
        {
            e.clock = Some(first);
            e.last_clock = last;
            return Some(end);
        }
        if e.part.is_none()
            && let Some((part, end)) = self.part(i, e)
        {
            e.part = Some(part);
            return Some(end);
        }
        if e.zone.is_none() && e.clock.is_some() {
            let (zone, end) = self.zone(i)?;
            e.zone = Some(zone);
            return Some(end);
        }
        None
    }

    /// Commas, “at”, “on” and the like between two pieces; a stronger preposition takes over.
    fn connector(&self, i: usize, e: &mut Expression) -> usize {
        let mut at = i;
        let dash = self.is_dash(at) && self.token(at).is_some_and(|t| t.spaced);
        if self.mark(at, ',')
            || self.mark(at, '@')
            || e.clock.is_none() && (dash || self.mark(at, '('))
        {
            at += 1;
        }
        let role = match self.word(at) {
            Word::At | Word::On | Word::Around | Word::From | Word::For => None,
            Word::By | Word::Until => Some(Role::By),
            Word::Before => Some(Role::Before),
            Word::After => Some(Role::After),
            Word::In if matches!(self.word(at + 1), Word::The | Word::In) => return at,
            _ if self.low(at) == "between" => None,
            _ => return at,
        };
        let next = self.skip(at + 1, Word::Around);
        if let Some(role) = role {
            // Only when a piece follows does the preposition belong to this date.
            let mut probe = e.clone();
            if self.piece(next, &mut probe).is_none() {
                return at;
            }
            if e.role == Role::On {
                e.role = role;
            }
        }
        next
    }

    /// “at the latest”, “or earlier”, “onwards”, “latest”.
    fn trailer(&self, e: &mut Expression) {
        let at = e.end;
        let (role, length) = match (self.word(at), self.low(at + 1), self.low(at + 2)) {
            (Word::At, "the", "latest") => (Role::By, 3),
            (Word::At, "the", "very") if self.low(at + 3) == "latest" => (Role::By, 4),
            (Word::At, "the", "earliest") => (Role::After, 3),
            (Word::The, "latest", _) | (Word::Or, "before" | "earlier" | "sooner", _) => {
                (Role::By, 2)
            }
            (Word::Or, "later" | "after", _) => (Role::After, 2),
            _ => match self.low(at) {
                "latest" if self.clause_ends(at + 1) => (Role::By, 1),
                "onwards" | "onward" => (Role::After, 1),
                _ => return,
            },
        };
        e.role = role;
        e.end = at + length;
    }

    /// “first thing (tomorrow, on Monday, in the morning)”.
    pub(super) fn first_thing(&self, i: usize) -> Step<Period> {
        if !self.is(i, Word::Ordinal(1)) || self.low(i + 1) != "thing" {
            return None;
        }
        let at = self.skip(i + 2, Word::On);
        if let Some((day, end)) = self.simple_day(at) {
            return Some((day.with_part(Part::Morning), end));
        }
        let morning = self.is(i + 2, Word::In)
            && self.is(i + 3, Word::The)
            && self.is(i + 4, Word::Part(Part::Morning));
        if !morning && !self.clause_ends(i + 2) {
            return None;
        }
        let early = self.calendar.now.hour() < 9;
        let day = self
            .calendar
            .day_in(i64::from(!early), "first thing: the next morning")?;
        Some((
            day.with_part(Part::Morning),
            if morning { i + 5 } else { i + 2 },
        ))
    }

    /// “(tomorrow) EOD”, “(Friday) end of business”, “(tomorrow) first thing”, “(at 8) tonight”.
    fn end_of_named_day(&self, i: usize, e: &Expression) -> Step<Part> {
        if self.is(i, Word::Tonight) && e.clock.is_some() {
            return Some((Part::Evening, i + 1));
        }
        e.day.as_ref()?;
        if self.is(i, Word::EndOf(Unit::Day)) {
            return Some((Part::Evening, i + 1));
        }
        if self.is(i, Word::Ordinal(1)) && self.low(i + 1) == "thing" {
            return Some((Part::Morning, i + 2));
        }
        let of = self.skip(i + 2, Word::The);
        let ends = self.is(i, Word::End)
            && self.is(i + 1, Word::Of)
            && matches!(self.low(of), "day" | "business" | "play" | "work");
        ends.then_some((Part::Evening, of + 1))
    }

    /// “morning”, “in the evening”, “at night”, beside a day or a time; “in the morning” alone.
    fn part(&self, i: usize, e: &Expression) -> Step<Part> {
        let the = self.is(i, Word::In) && self.is(i + 1, Word::The)
            || self.is(i, Word::During) && self.is(i + 1, Word::The);
        let at = if the { i + 2 } else { self.skip(i, Word::At) };
        let at = if matches!(self.word(at), Word::Early | Word::Late | Word::Middle) {
            at + 1
        } else {
            at
        };
        let at = if at > i && self.is(at, Word::In) && self.is(at + 1, Word::The) {
            at + 2
        } else {
            at
        };
        if !e.is_empty() {
            if let Some(found) = self.end_of_named_day(i, e) {
                return Some(found);
            }
            if let Word::Meridiem(pm) = self.word(at)
                && e.day.is_some()
                && e.clock.is_none()
                && self.clause_ends(at + 1)
            {
                let half = if pm { Part::Afternoon } else { Part::Morning };
                return Some((half, at + 1));
            }
            let Word::Part(part) = self.word(at) else {
                return None;
            };
            let noun = part == Part::Midday && self.low(at) == "lunch";
            return (!noun || self.goes_on_without_noun(at + 1)).then_some((part, at + 1));
        }
        // Alone only as “in the morning”, and “before lunch”.
        let lead = e.lead.map(|l| l.word);
        let inside = lead == Some(Word::In) && self.is(i, Word::The);
        let at = if inside { i + 1 } else { i };
        let bound = matches!(lead, Some(Word::By | Word::Before | Word::Until));
        // “before dark”, “by nightfall”
        let dusk = matches!(
            self.low(at),
            "dark" | "nightfall" | "dusk" | "sundown" | "sunset" | "teatime" | "supper" | "bedtime"
        );
        if bound && dusk && !self.capital(at) && self.goes_on_without_noun(at + 1) {
            return Some((Part::Evening, at + 1));
        }
        let Word::Part(part) = self.word(at) else {
            return None;
        };
        // “will do by evening”
        if bound && part == Part::Evening && self.low(at) == "evening" && self.clause_ends(at + 1) {
            return Some((part, at + 1));
        }
        let meal = part == Part::Midday
            && matches!(lead, Some(Word::By | Word::Before | Word::After | Word::At));
        ((inside || meal) && self.goes_on_without_noun(at + 1)).then_some((part, at + 1))
    }
}

impl Expression {
    /// Nothing read yet behind the words that lead to it.
    pub(super) fn empty(first: usize, core: usize, lead: Option<Lead>) -> Self {
        Self {
            first,
            core,
            end: core,
            lead,
            role: lead.map_or(Role::On, |lead| lead.role),
            day: None,
            last_day: None,
            clock: None,
            last_clock: None,
            part: None,
            zone: None,
            length: None,
            repeat: None,
        }
    }

    /// Whether nothing has been read yet.
    pub(in crate::date) fn is_empty(&self) -> bool {
        self.day.is_none() && self.clock.is_none() && self.part.is_none() && self.repeat.is_none()
    }

    fn take_stamp(&mut self, parser: &Parser<'_>, i: usize) {
        let Kind::Stamp(index) = parser.kind(i) else {
            return;
        };
        let Some(stamp) = parser.lexed.stamps.get(index) else {
            return;
        };
        if let Some((time, seconds)) = stamp.time {
            let mut clock = Clock::plain(time.hour());
            clock.minute = time.minute();
            clock.second = time.second();
            clock.grain = if seconds {
                crate::date::Grain::Second
            } else {
                crate::date::Grain::Minute
            };
            clock.open = false;
            clock.certainty = 1.0;
            self.clock = Some(clock);
            self.zone.clone_from(&stamp.zone);
        }
    }
}
