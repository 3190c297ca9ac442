//! Whether a line can still be open: not ticked, not under what is done, not written by a program.

use crate::sentence::Sentence;
use crate::text::Section;
use crate::token::{Mask, list};
use crate::words::ENDED;

/// Whether anything in the sentence can still be open.
pub(super) fn is_open(sentence: &Sentence) -> bool {
    let place = &sentence.unit.place;
    let ticked = place
        .item
        .as_ref()
        .is_some_and(|item| item.checked == Some(true));
    let closed = matches!(place.section, Section::Done | Section::Ignored) && !place.marked;
    // `? merge the teams`: an item that is itself in question.
    let asked = place.item.is_none()
        && place.first
        && sentence.tokens.first().is_some_and(|token| token.is("?"));
    !(ticked
        || closed
        || asked
        || is_logged(sentence)
        || (place.item.is_some() && says_done(sentence)))
}

/// `AKTION: buy a headset (Noor) ✔`, `Wed ☑ staff photo`: ticked wherever the mark stands.
pub(super) fn is_ticked(sentence: &Sentence) -> bool {
    let any = |marks: &[char]| {
        sentence
            .tokens
            .iter()
            .any(|token| token.lower.starts_with(marks))
    };
    any(&['✔', '✓', '✅', '☑']) && !any(&['☐', '□', '✗', '☒', '✘', '→', '/', '🔜'])
}

/// A line that a program wrote: a level such as `WARN` in its first words.
fn is_logged(sentence: &Sentence) -> bool {
    sentence.tokens.iter().take(4).any(|token| {
        token.upper
            && token.any(list![
                "info", "warn", "warning", "error", "debug", "fatal", "trace",
            ])
    })
}

/// `Buy milk (done)`, `buy milk – done`, `buy milk ✔`: a mark behind an item.
fn says_done(sentence: &Sentence) -> bool {
    let told = |at: &usize| {
        let token = &sentence.tokens[*at];
        token.any(ENDED)
            || token.any(list![
                "✔", "✓", "✅", "erledigt", "declined", "parked", "obsolete", "moved",
            ])
    };
    let last = (0..sentence.tokens.len())
        .rev()
        .find(|at| sentence.tokens[*at].mask == Mask::None && !sentence.tokens[*at].is_mark());
    // `kayak day: cancelled (Jo's shoulder)`
    let amid = (1..sentence.tokens.len()).any(|at| {
        let before = &sentence.tokens[at - 1];
        let closes = sentence
            .tokens
            .get(at + 1)
            .is_none_or(|token| token.any(list!["(", ",", ".", "–", "-"]));
        told(&at) && (before.is(":") || before.is_dash()) && closes
    });
    amid || last.filter(told).is_some_and(|at| {
        let token = &sentence.tokens[at];
        at > 0 && (sentence.tokens[at - 1].is_mark() || token.kind == crate::token::Kind::Symbol)
    })
}
