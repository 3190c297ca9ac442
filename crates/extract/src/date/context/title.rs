//! Titles: words that a sentence writes small, written large, in quotation marks, or beside a word
//! for a work.

use super::holiday;
use crate::date::english;
use crate::date::grammar::{Expression, Parser};
use crate::date::lexer::Kind;
use crate::date::words::{Part, Word};

/// Titles: words that are written small in a sentence, written large among other large words.
pub(super) fn titled(parser: &Parser<'_>, e: &Expression) -> bool {
    if quoted_title(parser, e) || watched(parser, e) || headed(parser, e) {
        return true;
    }
    let opens = parser.opens_sentence(e.first);
    let behind = large(parser, e.end);
    let before = e.first > 0 && large(parser, e.first - 1) && !parser.opens_sentence(e.first - 1);
    let media = (1..=4).any(|k| {
        e.first
            .checked_sub(k)
            .is_some_and(|i| english::MEDIA.holds(parser.low(i)))
    });
    let odd = (e.first..e.end).any(|i| oddly_large(parser, i, e));
    // “top it up tonight Dieter”, “send it Friday Anna”: whoever is spoken to closes the sentence.
    if behind && !odd && calls(parser, e) {
        return false;
    }
    if media && (behind || odd) {
        return true;
    }
    let twice = before && e.first > 1 && parser.capital(e.first - 2);
    if odd && (behind || before_of(parser, e) || before && media || twice && !headline(parser, e)) {
        return true;
    }
    // “tickets for October Sky”
    let for_month = e.lead.is_some_and(|lead| lead.word == Word::For)
        && matches!(parser.word(e.core), Word::Month(_) | Word::Season(_));
    let bare_name = (e.lead.is_none() || for_month)
        && e.clock.is_none()
        && matches!(
            parser.word(e.core),
            Word::Weekday(_)
                | Word::Month(_)
                | Word::Season(_)
                | Word::Noon
                | Word::Midnight
                | Word::Tomorrow
                | Word::Yesterday
                | Word::Today
                | Word::Tonight
        );
    if bare_name && behind && !opens {
        // “Monday Ana sweeps, Wednesday Ben mops”
        let day = matches!(parser.word(e.core), Word::Weekday(_));
        return !(day && parser.shared_out(e.first, e.end));
    }
    // “Friday Night Lights was great”: opens the sentence, and large words follow.
    bare_name && behind && opens && (large(parser, e.end + 1) || odd)
}

/// A name behind a date, and nothing else: the word for the day is written small, or the name is one.
fn calls(parser: &Parser<'_>, e: &Expression) -> bool {
    let relative = matches!(
        parser.word(e.core),
        Word::Today | Word::Tomorrow | Word::Tonight
    ) && !parser.capital(e.core);
    let name = crate::lexicon::is_first_name(parser.low(e.end));
    parser.clause_ends(e.end + 1) && (relative || name) && e.first > 1
}

/// “The Nightmare Before Christmas”, “Thank God It's Friday”, “Friday on My Mind”, “Yesterday
/// soundtrack”: words that a sentence writes small, written large, or a word for a work behind.
fn headed(parser: &Parser<'_>, e: &Expression) -> bool {
    let mid = |i: usize| parser.capital(i) && !parser.opens_sentence(i) && !shouted(parser, i);
    let small = |i: usize| {
        let word = parser.low(i);
        parser.kind(i) == Kind::Word
            && word.len() > 1
            && !word.starts_with("i'")
            && !matches!(
                parser.word(i),
                Word::Plain | Word::Weekday(_) | Word::Month(_)
            )
    };
    if !parser.capital(e.core) {
        return false;
    }
    if e.lead.is_some() {
        let article = (1..=4).filter_map(|k| e.first.checked_sub(k)).any(|i| {
            let work = parser.opens_sentence(i) || english::MEDIA.holds(parser.low_before(i));
            matches!(parser.word(i), Word::The | Word::A) && parser.capital(i) && work
        });
        return mid(e.first) && small(e.first) && (article || !headline(parser, e));
    }
    let before = e.first.checked_sub(1);
    let led = before.is_some_and(|b| {
        mid(b) && small(b) && parser.is(b, Word::Function) && !headline(parser, e)
            || mid(b) && parser.is(b, Word::Function) && e.first > 1 && mid(b - 1)
    });
    let painted =
        matches!(parser.word(e.end), Word::On | Word::In) && mid(e.end + 1) && small(e.end + 1);
    let work = e.clock.is_none()
        && matches!(
            parser.word(e.core),
            Word::Weekday(_) | Word::Yesterday | Word::Tomorrow | Word::Plain
        )
        && english::WORKS.holds(parser.low(e.end));
    // “Add Groundhog Day to the playlist”
    let listed = e.clock.is_none()
        && parser.is(e.end, Word::To)
        && (e.end + 1..e.end + 4).any(|i| {
            matches!(
                parser.low(i),
                "playlist" | "watchlist" | "queue" | "library" | "collection"
            )
        })
        && parser.low_before(e.first) == "add";
    led || painted || work || listed
}

fn shouted(parser: &Parser<'_>, i: usize) -> bool {
    parser
        .token(i)
        .and_then(|t| parser.lexed.text.get(t.start..t.end))
        .is_some_and(|t| t.len() > 1 && !t.contains(char::is_lowercase))
}

/// Whether the text around writes every longer word large.
fn headline(parser: &Parser<'_>, e: &Expression) -> bool {
    let from = e.first.saturating_sub(8);
    (from..e.first)
        .chain(e.end..e.end + 6)
        .all(|i| parser.kind(i) != Kind::Word || parser.low(i).len() < 4 || parser.capital(i))
}

/// “Watch Groundhog Day”, “Listen to Friday …”, “Last Christmas by Wham”.
fn watched(parser: &Parser<'_>, e: &Expression) -> bool {
    if e.lead.is_some() || e.clock.is_some() || !parser.capital(e.core) {
        return false;
    }
    let heard = parser.is(e.first.wrapping_sub(1), Word::To)
        && parser.low(e.first.wrapping_sub(2)).starts_with("listen");
    let media = heard || english::MEDIA.holds(parser.low_before(e.first));
    let named = matches!(parser.word(e.core), Word::Weekday(_)) || holiday(e);
    let work = e.first == 0 && parser.is(e.end, Word::By) && large(parser, e.end + 1);
    media && named || work
}

/// A capital letter where a sentence would not have one.
fn oddly_large(parser: &Parser<'_>, i: usize, e: &Expression) -> bool {
    let Some(token) = parser.token(i) else {
        return false;
    };
    if !token.capital || parser.opens_sentence(i) || token.kind != Kind::Word {
        return false;
    }
    let shouted = parser
        .lexed
        .text
        .get(token.start..token.end)
        .is_some_and(|t| t.len() > 1 && !t.chars().any(char::is_lowercase));
    let letter = token.char_end - token.char_start == 1;
    let usually_small = matches!(
        token.word,
        Word::Unit(_)
            | Word::Part(_)
            | Word::Next
            | Word::Last
            | Word::This
            | Word::After
            | Word::Before
            | Word::The
            | Word::Tomorrow
            | Word::Yesterday
            | Word::Today
            | Word::Tonight
            | Word::Noon
            | Word::Midnight
            | Word::Ordinal(_)
            | Word::Later
            | Word::End
            | Word::Number(_)
            | Word::Ago
            | Word::Coming
    );
    usually_small && !letter && !shouted && !holiday(e)
}

/// A word with a capital that is not one of the date's own words.
pub(super) fn large(parser: &Parser<'_>, i: usize) -> bool {
    let Some(token) = parser.token(i) else {
        return false;
    };
    token.kind == Kind::Word
        && token.capital
        && token.char_end - token.char_start > 1
        && matches!(
            token.word,
            Word::Plain | Word::Part(Part::Night) | Word::Unit(_) | Word::Season(_)
        )
}

/// “Edge of Tomorrow”, “The Day After Tomorrow” behind a large word and a small one.
fn before_of(parser: &Parser<'_>, e: &Expression) -> bool {
    let Some(joint) = e.first.checked_sub(1) else {
        return false;
    };
    matches!(
        parser.word(joint),
        Word::Of | Word::The | Word::A | Word::And
    ) && joint > 0
        && large(parser, joint - 1)
}

/// Within quotation marks whose every longer word is large.
fn quoted_title(parser: &Parser<'_>, e: &Expression) -> bool {
    let quote = |i: usize| {
        matches!(
            parser.kind(i),
            Kind::Mark('"' | '“' | '”' | '«' | '»' | '„')
        )
    };
    let Some(open) = (1..=8)
        .filter_map(|k| e.first.checked_sub(k))
        .find(|i| quote(*i))
    else {
        return false;
    };
    let Some(close) = (e.end..e.end + 8).find(|i| quote(*i)) else {
        return false;
    };
    (open + 1..close).all(|i| {
        parser.token(i).is_some_and(|t| {
            t.kind != Kind::Break
                && (t.capital || t.kind != Kind::Word || t.char_end - t.char_start < 4)
        })
    }) && (open + 1..close).any(|i| parser.capital(i))
}
