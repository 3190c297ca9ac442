//! “half an hour before noon”, “30 minutes before the meeting at 3pm”: a moment counted from
//! another one.

use jiff::{SignedDuration, ToSpan};

use super::context::{self, Verdict};
use super::grammar::Parser;
use super::words::Word;
use super::{Due, FoundDate, Grain, Role, found};
use crate::Span;

/// Words between “before” and the time of what it is before.
const WORDS: usize = 5;

/// The moment that begins with an amount at token `i`, and the index behind it.
pub(super) fn shifted(parser: &Parser<'_>, i: usize) -> Option<(FoundDate, usize)> {
    let (amount, end) = parser.amount(i)?;
    let only_clock = amount.months == 0 && amount.days == 0 && amount.workdays == 0;
    let (sign, from) = match parser.word(end) {
        Word::Before => (-1, end + 1),
        Word::After => (1, end + 1),
        _ if parser.low(end) == "prior" && parser.is(end + 1, Word::To) => (-1, end + 2),
        _ => return None,
    };
    if !only_clock || !amount.is_clock() {
        return None;
    }
    let at = (from..from + WORDS)
        .take_while(|at| !parser.clause_ends(*at))
        .find(|at| parser.expression(*at).is_some_and(|e| e.clock.is_some()))?;
    let expression = parser.expression(at)?;
    if expression.repeat.is_some() || context::judge(parser, &expression) != Verdict::Date {
        return None;
    }
    let base = found::found(parser, &expression)?;
    let Due::Moment(moment) = &base.due else {
        return None;
    };
    let length = SignedDuration::from_secs(amount.seconds.checked_mul(sign)?);
    let moment = moment.checked_add(length).ok()?;
    let first = parser.token(i)?;
    let date = FoundDate {
        span: Span {
            start: first.char_start,
            end: base.span.end,
        },
        bytes: first.start..base.bytes.end,
        end: moment.checked_add(1.minute()).ok()?,
        start: moment.clone(),
        grain: Grain::Minute,
        role: Role::On,
        time_alone: None,
        due: Due::Moment(moment),
        why: "counted from a moment",
        ..base
    };
    Some((date, expression.end))
}
