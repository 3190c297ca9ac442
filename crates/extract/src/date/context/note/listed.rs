//! Lines that each open with a day in digits: `4.3. call the bank`, `14.3. renew the passport`.

use crate::date::grammar::{Expression, Parser};
use crate::date::lexer::Kind;

/// Tokens of a line at most.
const LINE: usize = 40;

/// Lines that are looked at above and below.
const LINES: usize = 6;

/// Two numbers of a day and the mark between them.
#[derive(Clone, Copy)]
struct Pair {
    first: u32,
    second: u32,
    mark: char,
    /// Nothing else is written so: `14/3`, `04/03`.
    sure: bool,
}

/// Whether a day opens its line, and the line behind it or before it opens with another one of the same month.
pub(super) fn in_list_of_days(parser: &Parser<'_>, e: &Expression) -> bool {
    let opens = e.core == e.first && opens_line(parser, e.core);
    let Some(own) = pair(parser, e.core).filter(|_| opens) else {
        return false;
    };
    let next = beside(parser, e.core, own, below);
    let before = beside(parser, e.core, own, above);
    // `1/2` and `1/4` are parts of something, where no line has another number.
    let certain = own.mark == '.' || own.sure || next == Some(true) || before == Some(true);
    (next.is_some() || before.is_some()) && certain
}

/// Whether one of the lines on one side can be nothing but a day; `None` where none goes on with the days.
fn beside(
    parser: &Parser<'_>,
    from: usize,
    own: Pair,
    step: fn(&Parser<'_>, usize) -> Option<usize>,
) -> Option<bool> {
    let (mut at, mut last) = (from, own);
    let (mut count, mut certain) = (0, false);
    while count < LINES
        && let Some(line) = step(parser, at)
        && let Some(other) = pair(parser, line)
    {
        let (earlier, later) = if line > at {
            (last, other)
        } else {
            (other, last)
        };
        if !is_next(earlier, later) {
            break;
        }
        certain |= other.sure;
        count += 1;
        (at, last) = (line, other);
    }
    (count > 0).then_some(certain)
}

/// The first token of the line below.
fn below(parser: &Parser<'_>, at: usize) -> Option<usize> {
    let line = (at..at + LINE).find(|at| parser.kind(*at) == Kind::Break)?;
    Some(line + 1 + usize::from(is_bullet(parser, line + 1)))
}

/// The first token of the line above; `at` opens its own.
fn above(parser: &Parser<'_>, at: usize) -> Option<usize> {
    let end = at.checked_sub(1)?;
    let end = end.saturating_sub(usize::from(is_bullet(parser, end)));
    let start = end.saturating_sub(LINE);
    let line = (start..end).rfind(|at| parser.kind(*at) == Kind::Break);
    let line = line.map(|line| line + 1).or((start == 0).then_some(0))?;
    Some(line + usize::from(is_bullet(parser, line)))
}

/// Whether a token is the first of its line, its bullet aside.
fn opens_line(parser: &Parser<'_>, at: usize) -> bool {
    let breaks = |at: usize| at == 0 || parser.kind(at - 1) == Kind::Break;
    breaks(at) || is_bullet(parser, at - 1) && breaks(at - 1)
}

fn is_bullet(parser: &Parser<'_>, at: usize) -> bool {
    matches!(parser.kind(at), Kind::Mark('-' | '*' | '•' | '–'))
}

/// The numbers at a token: `4.3.`, `14/3`.
fn pair(parser: &Parser<'_>, at: usize) -> Option<Pair> {
    let number = |at: usize| match parser.kind(at) {
        Kind::Number {
            value: value @ 1..=31,
            digits: 1..=2,
        } => Some(value),
        _ => None,
    };
    let (first, second) = (number(at)?, number(at + 2)?);
    let Kind::Mark(mark @ ('.' | '/')) = parser.kind(at + 1) else {
        return None;
    };
    let stopped = mark == '/' || parser.mark(at + 3, '.');
    let padded = parser.low(at).starts_with('0') || parser.low(at + 2).starts_with('0');
    (opens_line(parser, at) && stopped).then_some(Pair {
        first,
        second,
        mark,
        sure: first > 12 || second > 12 || padded,
    })
}

/// Whether `later` is a day of the same month. `1.1.` and `1.2.` are sections.
fn is_next(earlier: Pair, later: Pair) -> bool {
    let same = earlier.second == later.second && earlier.first < later.first;
    let swapped = earlier.first == later.first && earlier.second < later.second;
    earlier.mark == later.mark
        && if earlier.mark == '.' {
            same && earlier.second <= 12
        } else {
            same || swapped
        }
}
