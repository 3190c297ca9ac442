//! Days in hurried notes and text messages, where no preposition leads to them.

mod listed;

use crate::date::english;
use crate::date::grammar::{Expression, Parser};
use crate::date::lexer::Kind;
use crate::date::words::{Unit, Word};
use crate::lexicon;
use crate::token::{List, list};

/// Days that stand as hurried writers put them.
pub(super) fn jotted(parser: &Parser<'_>, e: &Expression) -> bool {
    texted(parser, e)
        || noted(parser, e)
        || pointed_to(parser, e)
        || answered(parser, e)
        || listed::in_list_of_days(parser, e)
}

/// “I'll watch it sat”, “can u do it wed”: a short weekday at the end of what somebody will do.
fn texted(parser: &Parser<'_>, e: &Expression) -> bool {
    let short = matches!(parser.low(e.core), "sat" | "sun" | "wed" | "fri" | "mon");
    if !short || e.lead.is_some() || e.end != e.core + 1 {
        return false;
    }
    // `errands sat:`, `patterns -> Ida — wed`
    let headed = parser.mark(e.end, ':') && parser.kind(e.end + 1) == Kind::Break;
    let closes = e.core > 0
        && matches!(
            parser.kind(e.core - 1),
            Kind::Mark('–' | '—' | '-' | '→' | '>' | '|')
        )
        && matches!(
            parser.kind(e.end),
            Kind::Break | Kind::Mark(',' | '.' | ')' | '!')
        );
    if headed || closes || in_row(parser, e) {
        return true;
    }
    if !parser.clause_ends(e.end) {
        return false;
    }
    (1..=12)
        .map_while(|back| e.core.checked_sub(back))
        .take_while(|at| !matches!(parser.kind(*at), Kind::Break | Kind::Mark('.' | '!' | '?')))
        .any(|at| {
            let word = parser.low(at);
            word.ends_with("'ll")
                || word.ends_with("’ll")
                || matches!(
                    word,
                    "will" | "ill" | "gonna" | "can" | "could" | "lets" | "pls" | "please"
                )
        })
        && e.core > 1
}

/// “vet thurs, council tax wed”: a short weekday that ends a thing, beside another day.
fn in_row(parser: &Parser<'_>, e: &Expression) -> bool {
    const NO_THING: List<'static> = list![
        "the", "a", "an", "my", "your", "his", "her", "our", "their", "in", "to", "of", "from",
        "i", "we", "he", "she", "they", "it", "you", "who", "and", "or", "just", "all", "get",
        "be", "soon",
    ];
    let short = matches!(parser.low(e.core), "sat" | "wed" | "mon");
    if !short || e.lead.is_some() || e.end != e.core + 1 || !parser.clause_ends(e.end) {
        return false;
    }
    let thing = e.core.checked_sub(1).is_some_and(|before| {
        parser.kind(before) == Kind::Word
            && parser.is(before, Word::Plain)
            && !NO_THING.holds(parser.low(before))
    });
    let day = |at: usize| {
        matches!(parser.word(at), Word::Weekday(_))
            && !matches!(parser.low(at), "sat" | "sun" | "wed" | "mon")
    };
    thing && (e.core.saturating_sub(9)..e.core + 10).any(day)
}

/// “lit review → 23rd”: a day of the month alone, to which an arrow points.
fn pointed_to(parser: &Parser<'_>, e: &Expression) -> bool {
    e.lead.is_none()
        && e.first.checked_sub(1).is_some_and(|before| {
            matches!(parser.kind(before), Kind::Mark('→' | '⇒' | '➜'))
                || parser.mark(before, '>') && before > 0 && parser.is_dash(before - 1)
        })
        && matches!(parser.kind(e.end - 1), Kind::Ordinal(4..))
        && parser.clause_ends(e.end)
}

/// “when do you need it?” – “The 21st.”: a day of the month alone, as the answer to a question on the line before.
fn answered(parser: &Parser<'_>, e: &Expression) -> bool {
    let alone = e.lead.is_none()
        && parser.is(e.first, Word::The)
        && matches!(parser.kind(e.end - 1), Kind::Ordinal(4..))
        && (parser.clause_ends(e.end) || matches!(parser.low(e.end), "please" | "pls" | "would"));
    if !alone {
        return false;
    }
    // The name of who answers may stand in front.
    let label = usize::from(e.first > 0 && parser.mark(e.first - 1, ':'));
    let start = e.first - label;
    let line = (1..=4 * label + 1)
        .map_while(|back| start.checked_sub(back))
        .find(|at| parser.kind(*at) == Kind::Break);
    line.is_some_and(|line| line > 0 && parser.mark(line - 1, '?'))
}

/// “shred files weekend, low prio”: a bare word for the days at the end of a hurried order.
fn noted(parser: &Parser<'_>, e: &Expression) -> bool {
    let weekend = matches!(parser.word(e.core), Word::Unit(Unit::Weekend)) && e.end == e.core + 1;
    if !weekend || e.lead.is_some() || !parser.clause_ends(e.end) {
        return false;
    }
    let first = (1..=6)
        .map_while(|back| e.core.checked_sub(back))
        .take_while(|at| parser.kind(*at) == Kind::Word && parser.is(*at, Word::Plain))
        .last();
    first.is_some_and(|first| {
        first + 1 < e.core
            && parser.opens_sentence(first)
            && lexicon::base_verb(parser.low(first)).is_some()
            && !english::GOOD.holds(parser.low(e.core - 1))
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::dues;

    #[test]
    fn an_arrow_points_to_a_day_of_the_month() {
        for text in [
            "- return the atlas → 23rd\n",
            "- return the atlas -> 23rd\n",
        ] {
            assert_eq!(dues(text), [Some("2026-03-23".to_owned())], "{text}");
        }
        assert_eq!(dues("- return the atlas → 23rd floor\n"), [None]);
    }
}
