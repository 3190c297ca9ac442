//! The parser's ground: looking at tokens, counting, lengths of time.
//!
//! Every rule takes the index of a token and answers with what it read and the index behind it. No
//! rule looks further than a fixed number of tokens, and rules for days call only simpler ones, so
//! reading a text is linear in its length.

mod anchor;
mod behind;
mod calendar;
mod clock;
mod edge;
mod expression;
mod holidays;
mod lead;
mod modified;
mod numeric;
mod often;
mod period;
mod range;
mod relative;
mod repeat;
mod spoken;
mod zone;

use std::cell::OnceCell;
use std::mem::discriminant;

use jiff::civil::Weekday;

use super::context::in_columns_of_days;
use super::english;
use super::lexer::{Kind, Lexed, Token};
use super::resolve::{Amount, Calendar};
use super::words::{Unit, Word};

pub(super) use clock::Clock;
pub(crate) use edge::PERIOD_STARTS;
pub(super) use expression::Expression;
pub(super) use repeat::Repeat;

/// What a rule read, and the index of the token behind it.
pub(super) type Step<T> = Option<(T, usize)>;

/// Reads dates off tokens.
#[derive(Debug)]
pub(super) struct Parser<'t> {
    pub(super) lexed: &'t Lexed<'t>,
    pub(super) calendar: Calendar<'t>,
    /// The tokens' texts in lower case.
    lows: Vec<&'t str>,
    /// Where the cells of columns of days begin, once a number in a cell was asked about.
    day_cells: OnceCell<Vec<usize>>,
}

impl<'t> Parser<'t> {
    pub(super) fn new(lexed: &'t Lexed<'t>, calendar: Calendar<'t>) -> Self {
        let lows = lexed.tokens.iter().map(|token| lexed.low(token)).collect();
        Self {
            lexed,
            calendar,
            lows,
            day_cells: OnceCell::new(),
        }
    }

    /// Where the cells of tables begin that stand in a column of days.
    pub(super) fn day_cells(&self) -> &[usize] {
        let find = || in_columns_of_days(self.lexed.text);
        self.day_cells.get_or_init(find)
    }

    pub(super) fn token(&self, i: usize) -> Option<&Token> {
        self.lexed.tokens.get(i)
    }

    pub(super) fn word(&self, i: usize) -> Word {
        self.token(i).map_or(Word::Plain, |t| t.word)
    }

    pub(super) fn kind(&self, i: usize) -> Kind {
        self.token(i).map_or(Kind::Break, |t| t.kind)
    }

    /// The token's text in lower case.
    pub(super) fn low(&self, i: usize) -> &str {
        self.lows.get(i).copied().unwrap_or("")
    }

    /// The text before token `i`, in lower case; empty at the start.
    pub(super) fn low_before(&self, i: usize) -> &str {
        i.checked_sub(1).map_or("", |before| self.low(before))
    }

    pub(super) fn is(&self, i: usize, word: Word) -> bool {
        match self.word(i) {
            // What most words are is asked for least.
            Word::Plain => matches!(word, Word::Plain),
            // Nor is what a word holds compared before what it is.
            own => discriminant(&own) == discriminant(&word) && own == word,
        }
    }

    pub(super) fn mark(&self, i: usize, mark: char) -> bool {
        self.kind(i) == Kind::Mark(mark)
    }

    pub(super) fn is_dash(&self, i: usize) -> bool {
        matches!(self.kind(i), Kind::Mark('-' | '–' | '—' | '‐' | '‑' | '−'))
    }

    /// Whether nothing stands between token `i` and the one before.
    pub(super) fn glued(&self, i: usize) -> bool {
        self.token(i).is_some_and(|t| !t.spaced)
    }

    pub(super) fn possessive(&self, i: usize) -> bool {
        self.token(i).is_some_and(|t| t.possessive)
    }

    pub(super) fn capital(&self, i: usize) -> bool {
        self.token(i).is_some_and(|t| t.capital)
    }

    /// The index behind `word` when it stands at `i`, else `i`.
    pub(super) fn skip(&self, i: usize, word: Word) -> usize {
        if self.is(i, word) { i + 1 } else { i }
    }

    /// Whether a sentence or a part of it ends before token `i`.
    pub(super) fn clause_ends(&self, i: usize) -> bool {
        match self.kind(i) {
            Kind::Mark('.') => {
                let more = self.token(i + 1).is_some_and(|t| !t.spaced);
                !(more && matches!(self.kind(i + 1), Kind::Number { .. }))
            }
            Kind::Break
            | Kind::Mark(
                ',' | ';' | '!' | '?' | ')' | ']' | '"' | '”' | '’' | '…' | '(' | '[' | '|' | '*'
                | '_' | '}' | '>' | '→',
            ) => true,
            Kind::Mark(':') => self.token(i + 1).is_none_or(|t| t.spaced),
            Kind::Mark('-' | '–' | '—' | '@' | '#' | '+' | '/') => {
                self.token(i).is_some_and(|t| t.spaced)
            }
            Kind::Mark(c) => {
                !c.is_ascii() && !matches!(c, '€' | '£' | '°' | '¥' | '×' | '½' | '¼' | '¾')
            }
            // “tonight at 11 p1”
            Kind::Mixed => matches!(self.low(i), "p0" | "p1" | "p2" | "p3" | "p4"),
            _ => false,
        }
    }

    /// Whether what follows token `i` lets a bare number before it stand alone.
    pub(super) fn goes_on_without_noun(&self, i: usize) -> bool {
        // “by the 28th cheers”
        if self.clause_ends(i) || english::PARTING.holds(self.low(i)) {
            return true;
        }
        !matches!(
            self.word(i),
            Word::Plain | Word::Unit(_) | Word::Number(_) | Word::Ordinal(_)
        ) && !matches!(
            self.word(i),
            Word::Season(_) | Word::Half | Word::Few | Word::Couple
        ) && self.kind(i) == Kind::Word
            && !english::AMOUNT_AFTER.holds(self.low(i))
    }

    /// A whole number in digits or words.
    pub(super) fn integer(&self, i: usize) -> Step<i64> {
        match (self.kind(i), self.word(i)) {
            (
                Kind::Number {
                    value,
                    digits: 1..=5,
                },
                _,
            ) => Some((i64::from(value), i + 1)),
            (_, Word::Number(tens @ (20 | 30 | 40 | 50))) => match self.word(i + 1) {
                Word::Number(ones @ 1..=9) => Some((i64::from(tens + ones), i + 2)),
                _ => Some((i64::from(tens), i + 1)),
            },
            (_, Word::Number(n)) => Some((i64::from(n), i + 1)),
            _ => None,
        }
    }

    /// How many of something, in hundredths: “2.5”, “a couple of”, “half a”, “an”.
    pub(super) fn hundredths(&self, i: usize) -> Step<i64> {
        if let Some(found) = self.fraction(i) {
            return Some(found);
        }
        if let Some((n, mut end)) = self.integer(i) {
            let mut value = n * 100;
            if matches!(self.kind(end), Kind::Mark('.' | ','))
                && self.glued(end)
                && self.glued(end + 1)
                && let Kind::Number {
                    value: fraction,
                    digits: digits @ 1..=2,
                } = self.kind(end + 1)
            {
                value += i64::from(fraction) * if digits == 1 { 10 } else { 1 };
                end += 2;
            } else if self.is(end, Word::And)
                && self.is(end + 1, Word::A)
                && self.is(end + 2, Word::Half)
            {
                return Some((value + 50, end + 3));
            }
            return Some((value, end));
        }
        match self.word(i) {
            Word::A => match self.word(i + 1) {
                Word::Couple | Word::Few | Word::Half => self.hundredths(i + 1),
                Word::Number(n @ (12 | 100)) => Some((i64::from(n) * 100, i + 2)),
                _ => Some((100, i + 1)),
            },
            Word::Couple => Some((200, self.skip(i + 1, Word::Of))),
            Word::Few => Some((300, i + 1)),
            Word::Half => Some((50, self.skip(i + 1, Word::A))),
            _ => None,
        }
    }

    /// “1/2”, “3/4”, “three quarters of”.
    fn fraction(&self, i: usize) -> Step<i64> {
        if self.integer(i).is_some_and(|(n, _)| n == 3)
            && matches!(self.low(i + 1), "quarters" | "quarter")
            && self.is(i + 2, Word::Of)
        {
            return Some((75, self.skip(i + 3, Word::A)));
        }
        let (
            Kind::Number {
                value: part,
                digits: 1,
            },
            Kind::Number {
                value: whole @ 2..=4,
                digits: 1,
            },
        ) = (self.kind(i), self.kind(i + 2))
        else {
            return None;
        };
        let tight = self.mark(i + 1, '/') && self.glued(i + 1) && self.glued(i + 2);
        (tight && (1..whole).contains(&part)).then(|| (i64::from(part * 100 / whole), i + 3))
    }

    /// A unit of time; “business”, “working” and “calendar” before days are understood.
    pub(super) fn unit(&self, i: usize) -> Step<Unit> {
        if matches!(self.low(i), "business" | "working" | "work" | "office") {
            return matches!(self.word(i + 1), Word::Unit(Unit::Day))
                .then_some((Unit::Workday, i + 2));
        }
        let i = if matches!(
            self.low(i),
            "calendar" | "full" | "more" | "whole" | "short" | "long"
        ) {
            i + 1
        } else {
            i
        };
        match self.word(i) {
            // “in a mo”
            Word::Unit(_) if self.low(i) == "mo" && i > 0 && self.is(i - 1, Word::A) => None,
            Word::Unit(unit) => {
                let letter = self
                    .token(i)
                    .is_some_and(|t| t.char_end - t.char_start == 1);
                (!letter || self.glued(i)).then_some((unit, i + 1))
            }
            Word::Ordinal(2) if self.low(i) == "second" => Some((Unit::Second, i + 1)),
            _ => None,
        }
    }

    /// A length of time: “2 hours”, “1h30”, “a week and a half”, “two weeks and 3 days”.
    pub(super) fn amount(&self, i: usize) -> Step<Amount> {
        if !self.counts(i) {
            return None;
        }
        let mut at = i;
        let mut total: Option<Amount> = None;
        for _ in 0..4 {
            let Some((amount, end)) = self.one_amount(at) else {
                break;
            };
            total = Some(match total {
                None => amount,
                Some(sum) => sum.plus(amount)?,
            });
            at = end;
            let next = if self.is(at, Word::And) || self.mark(at, ',') {
                at + 1
            } else {
                at
            };
            if self.one_amount(next).is_none() || self.is(next, Word::A) && next == at {
                break;
            }
            at = next;
        }
        // “1h30”: minutes without a unit.
        if let (Some(sum), Kind::Number { value, digits: 2 }) = (total, self.kind(at))
            && self.glued(at)
            && value < 60
        {
            let minutes = Amount::of(i64::from(value) * 100, Unit::Minute)?;
            return Some((sum.plus(minutes)?, at + 1));
        }
        total.map(|sum| (sum, at))
    }

    /// Whether an amount can begin at token `i`; most words begin none.
    fn counts(&self, i: usize) -> bool {
        matches!(self.kind(i), Kind::Number { .. })
            || matches!(
                self.word(i),
                Word::Number(_)
                    | Word::A
                    | Word::Couple
                    | Word::Few
                    | Word::Half
                    | Word::Unit(Unit::Quarter)
            )
    }

    /// An amount of hours or minutes in digits: its bytes, its seconds, the index behind it.
    pub(super) fn clock_length(&self, i: usize) -> Option<(std::ops::Range<usize>, i64, usize)> {
        if !matches!(self.kind(i), Kind::Number { .. }) {
            return None;
        }
        let (amount, end) = self.amount(i)?;
        let only_clock = amount.months == 0 && amount.days == 0 && amount.workdays == 0;
        let bytes = self.token(i)?.start..self.token(end.checked_sub(1)?)?.end;
        (only_clock && amount.seconds >= 60).then_some((bytes, amount.seconds, end))
    }

    fn one_amount(&self, i: usize) -> Step<Amount> {
        if let Some(end) = self.quarter_of_an_hour(i) {
            return Some((Amount::of(25, Unit::Hour)?, end));
        }
        let (mut hundredths, end) = self.hundredths(i)?;
        // A number and its unit: “3 days”, “3d”; but not “3-day”.
        let (unit, mut end) = self.unit(end)?;
        if self.is(end, Word::And) && self.is(end + 1, Word::A) && self.is(end + 2, Word::Half) {
            hundredths += 50;
            end += 3;
        }
        Some((Amount::of(hundredths, unit)?, end))
    }

    fn quarter_of_an_hour(&self, i: usize) -> Option<usize> {
        let at = self.skip(i, Word::A);
        (self.is(at, Word::Unit(Unit::Quarter))
            && self.is(at + 1, Word::Of)
            && self.is(at + 2, Word::A)
            && self.is(at + 3, Word::Unit(Unit::Hour)))
        .then_some(at + 4)
    }

    pub(super) fn weekday_at(&self, i: usize) -> Option<Weekday> {
        match self.word(i) {
            Word::Weekday(weekday) if self.kind(i) == Kind::Word => Some(weekday),
            _ => None,
        }
    }

    /// A day of a month: “3”, “3rd”, “third”, “twenty-first”.
    pub(super) fn day_number(&self, i: usize) -> Step<i8> {
        if let Kind::Number {
            value,
            digits: 1..=2,
        } = self.kind(i)
        {
            let day = i8::try_from(value).ok()?;
            return (1..=31).contains(&day).then_some((day, i + 1));
        }
        self.ordinal(i)
    }

    /// “3rd”, “third”, “twenty-first”.
    pub(super) fn ordinal(&self, i: usize) -> Step<i8> {
        match (self.kind(i), self.word(i), self.word(i + 1)) {
            (Kind::Ordinal(n), _, _) | (_, Word::Ordinal(n), _) => Some((n, i + 1)),
            (_, Word::Number(tens @ (20 | 30)), Word::Ordinal(ones @ 1..=9)) => {
                Some((i8::try_from(tens).ok()? + ones, i + 2))
            }
            _ => None,
        }
        .filter(|(n, _)| (1..=31).contains(n))
    }

    /// A year written out, in digits.
    pub(super) fn year_at(&self, i: usize) -> Step<i16> {
        if matches!(self.kind(i), Kind::Mark('\'' | '’' | '‘'))
            && let Kind::Number { value, digits: 2 } = self.kind(i + 1)
            && self.glued(i + 1)
        {
            let short = i16::try_from(value).ok()?;
            return Some((if short >= 70 { 1900 } else { 2000 } + short, i + 2));
        }
        let Kind::Number { value, digits: 4 } = self.kind(i) else {
            return None;
        };
        let year = i16::try_from(value).ok()?;
        let clock = self.mark(i + 1, ':') || self.is(i + 1, Word::Unit(Unit::Hour));
        ((1900..=2199).contains(&year) && !clock).then_some((year, i + 1))
    }
}
