//! Whether the sentence makes the words a date: names, titles, amounts and idioms are refused.

use super::Grain;
use super::english;
use super::grammar::{Expression, Parser};
use super::lexer::Kind;
use super::words::{Part, Unit, Word};

/// What the sentence makes of an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// A date.
    Date,
    /// No date as it was read; its later words may still be one.
    Unsupported,
    /// A name or a title, with all of its words.
    Name,
}

/// Whether `e` is a date where it stands.
pub(super) fn judge(parser: &Parser<'_>, e: &Expression) -> Verdict {
    if e.length.is_some() {
        return Verdict::Date;
    }
    if idiom(parser, e) {
        return Verdict::Name;
    }
    if joined(parser, e) || stamped_line(parser, e) || rate(parser, e) {
        return Verdict::Unsupported;
    }
    if whole_text(parser, e) {
        return Verdict::Date;
    }
    if named(parser, e) || compound(parser, e) || titled(parser, e) {
        return Verdict::Name;
    }
    match (supported(parser, e), holiday(e)) {
        (true, _) => Verdict::Date,
        // “Black Friday deals” is no Friday either.
        (false, true) => Verdict::Name,
        (false, false) => Verdict::Unsupported,
    }
}

/// Part of a longer word by a hyphen: “day-to-day”, “T-2 days”.
fn joined(parser: &Parser<'_>, e: &Expression) -> bool {
    let domain = parser.mark(e.end, '.')
        && parser.glued(e.end)
        && parser.glued(e.end + 1)
        && parser.kind(e.end + 1) == Kind::Word;
    domain || parser.token(e.end).is_some_and(|t| t.hyphen)
}

fn holiday(e: &Expression) -> bool {
    e.day.as_ref().is_some_and(|d| d.why == "day with a name")
}

/// `[09:12] Lea:` tells when a line was written, not a date of its text.
fn stamped_line(parser: &Parser<'_>, e: &Expression) -> bool {
    let opens =
        e.first == 0 || e.first == 1 || e.first >= 2 && parser.kind(e.first - 2) == Kind::Break;
    let bracket = e.first > 0 && parser.mark(e.first - 1, '[');
    opens && bracket && parser.mark(e.end, ']')
}

/// The text is nothing but this date.
fn whole_text(parser: &Parser<'_>, e: &Expression) -> bool {
    let trivial = |i: usize| {
        matches!(parser.kind(i), Kind::Mark(_) | Kind::Break)
            || matches!(parser.low(i), "right" | "just")
    };
    let count = parser.lexed.tokens.len();
    e.first <= 3 && (0..e.first).all(trivial) && e.end + 3 >= count && (e.end..count).all(trivial)
}

/// Whether a weak date has a preposition, a time or a clause of its own to lean on.
fn supported(parser: &Parser<'_>, e: &Expression) -> bool {
    let word_alone = e.lead.is_none()
        && e.end == e.core + 1
        && matches!(parser.word(e.core), Word::Noon | Word::Midnight);
    if word_alone && !parser.clause_ends(e.end) {
        return false;
    }
    let Some(day) = &e.day else { return true };
    if !day.weak || e.clock.is_some() || e.part.is_some() || e.last_day.is_some() {
        return true;
    }
    let numeric = matches!(parser.kind(e.core), Kind::Number { .. });
    let Some(lead) = e.lead else {
        let pair = numeric
            && parser.mark(e.core + 1, '/')
            && !fraction(parser, e.core)
            && day.grain == Grain::Day
            && parser.clause_ends(e.end);
        return (pair || dotted(parser, e))
            && e.core > 0
            && parser.kind(e.core - 1) != Kind::Mark('$');
    };
    match day.grain {
        Grain::Month | Grain::Quarter => {
            !matches!(lead.word, Word::On | Word::At | Word::From | Word::Around)
                && !by_name(parser, e)
        }
        Grain::Year => {
            let bare = lead.word == Word::In && !english::AMOUNT_AFTER.contains(&parser.low(e.end));
            bare || !matches!(
                lead.word,
                Word::At | Word::On | Word::Around | Word::From | Word::For
            ) && parser.goes_on_without_noun(e.end)
        }
        Grain::Week => !matches!(lead.word, Word::On | Word::At | Word::From),
        _ if numeric => lead.word != Word::In,
        _ if parser.low(e.core) == "sun"
            && parser.kind(e.end) == Kind::Word
            && parser.is(e.end, Word::Plain) =>
        {
            false
        }
        _ => {
            !matches!(lead.word, Word::In)
                || matches!(parser.word(e.end - 1), Word::Unit(Unit::Weekend))
        }
    }
}

/// “report 24.4.”: with its final stop, behind a noun, and no other number could be meant.
fn dotted(parser: &Parser<'_>, e: &Expression) -> bool {
    let Kind::Number { value, .. } = parser.kind(e.core) else {
        return false;
    };
    let noun = parser.low_before(e.core);
    value > 12
        && parser.mark(e.core + 1, '.')
        && parser.mark(e.end - 1, '.')
        && parser.clause_ends(e.end)
        && e.core > 0
        && parser.is(e.core - 1, Word::Plain)
        && parser.kind(e.core - 1) == Kind::Word
        && !parser.capital(e.core - 1)
        && noun.len() > 3
        && !noun.ends_with("ed")
        && !english::COUNTED.contains(&noun)
}

/// `3/4`, `4/3`: more often a part of something than a day; and `9/11`, which is long past.
fn fraction(parser: &Parser<'_>, i: usize) -> bool {
    let (Kind::Number { value: part, .. }, Kind::Number { value: whole, .. }) =
        (parser.kind(i), parser.kind(i + 2))
    else {
        return false;
    };
    (part, whole) == (9, 11) || part <= 12 && whole <= 12
}

/// “7 days in a week”
fn rate(parser: &Parser<'_>, e: &Expression) -> bool {
    parser.is(e.first, Word::In)
        && parser.is(e.first + 1, Word::A)
        && e.first > 0
        && (matches!(parser.word(e.first - 1), Word::Unit(_))
            || matches!(parser.low(e.first - 1), "times" | "once" | "twice"))
}

/// “At the end of the day, it works”: the idiom.
fn idiom(parser: &Parser<'_>, e: &Expression) -> bool {
    parser.is(e.first, Word::At)
        && parser.opens_sentence(e.first)
        && (parser.mark(e.end, ',') || parser.is(e.end, Word::Function))
        && parser.is(e.end - 1, Word::Unit(Unit::Day))
        && e.end >= e.first + 5
}

/// “reviewed by April”: done by a person, not until a month.
fn by_name(parser: &Parser<'_>, e: &Expression) -> bool {
    let names = matches!(
        parser.low(e.core),
        "april" | "may" | "june" | "august" | "jan"
    );
    let before = parser.low_before(e.first);
    if names && parser.is(e.first, Word::By) && large(parser, e.end) {
        return true;
    }
    names
        && parser.is(e.first, Word::By)
        && before.len() > 4
        && (before.ends_with("ed") || before.ends_with("ten") || before.ends_with("ade"))
        && !matches!(
            before,
            "needed" | "completed" | "finished" | "delivered" | "expected"
        )
}

/// “Ruby Tuesday”, “Meet with Friday”.
fn named(parser: &Parser<'_>, e: &Expression) -> bool {
    let first = parser.word(e.core);
    let alone = e.end == e.core + 1;
    if matches!(parser.low_before(e.first), "happy" | "merry") {
        return true;
    }
    if e.lead.is_none()
        && matches!(
            first,
            Word::Weekday(_)
                | Word::Month(_)
                | Word::Season(_)
                | Word::Tomorrow
                | Word::Today
                | Word::Tonight
                | Word::Noon
        )
    {
        if english::NAME_AFTER.contains(&parser.low(e.end)) && parser.capital(e.end) {
            return true;
        }
        let titled = parser.mark(e.first.wrapping_sub(1), '.')
            && matches!(
                parser.low(e.first.wrapping_sub(2)),
                "dr" | "mr" | "mrs" | "ms" | "prof"
            );
        if titled && parser.glued(e.first.wrapping_sub(1)) {
            return true;
        }
        let before = parser.low_before(e.first);
        let next_capital = parser.capital(e.end) && parser.word(e.end) == Word::Plain;
        if english::NAME_BEFORE.contains(&before) && (alone || next_capital) {
            return true;
        }
    }
    false
}

/// “Tuesday's Gone”, “Robinson and Friday”, “Taking Back Sunday record”, “grandma's Sunday roast”,
/// “the First of May riots”, “Twelfth Night”.
fn compound(parser: &Parser<'_>, e: &Expression) -> bool {
    let small_noun = parser.kind(e.end) == Kind::Word
        && parser.is(e.end, Word::Plain)
        && !parser.capital(e.end)
        && !english::CLAUSE_WORDS.contains(&parser.low(e.end));
    let ordinal = (e.core..e.end).find(|i| {
        parser.kind(*i) == Kind::Word
            && matches!(parser.word(*i), Word::Ordinal(_))
            && parser.capital(*i)
            && !parser.opens_sentence(*i)
    });
    if let Some(i) = ordinal {
        let night = parser.is(i + 1, Word::Part(Part::Night)) && parser.capital(i + 1);
        return night || small_noun;
    }
    let weekday = matches!(parser.word(e.core), Word::Weekday(_)) && e.end == e.core + 1;
    if !weekday || e.clock.is_some() {
        return false;
    }
    if parser.possessive(e.core) && large(parser, e.end) {
        return true;
    }
    if small_noun && english::DAY_NOUNS.contains(&parser.low(e.end)) {
        return true;
    }
    if e.lead.is_some() || e.core == 0 {
        return false;
    }
    let before = e.core - 1;
    let paired = parser.is(before, Word::And)
        && before > 0
        && large(parser, before - 1)
        && parser.clause_ends(e.end);
    let owned = parser.is(before, Word::A) || parser.possessive(before);
    let kind = owned && small_noun && !english::MEETINGS.contains(&parser.low(e.end));
    let mid = |i: usize| large(parser, i) && !parser.opens_sentence(i);
    let led = before > 0 && mid(before) && mid(before - 1) && small_noun;
    paired || kind || led
}

/// Titles: words that are written small in a sentence, written large among other large words.
fn titled(parser: &Parser<'_>, e: &Expression) -> bool {
    if quoted_title(parser, e) || watched(parser, e) || headed(parser, e) {
        return true;
    }
    let opens = parser.opens_sentence(e.first);
    let behind = large(parser, e.end);
    let before = e.first > 0 && large(parser, e.first - 1) && !parser.opens_sentence(e.first - 1);
    let media = (1..=4).any(|k| {
        e.first
            .checked_sub(k)
            .is_some_and(|i| english::MEDIA.contains(&parser.low(i)))
    });
    let odd = (e.first..e.end).any(|i| oddly_large(parser, i, e));
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
        return true;
    }
    // “Friday Night Lights was great”: opens the sentence, and large words follow.
    bare_name && behind && opens && (large(parser, e.end + 1) || odd)
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
            let work = parser.opens_sentence(i) || english::MEDIA.contains(&parser.low_before(i));
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
        && english::WORKS.contains(&parser.low(e.end));
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
    let media = heard || english::MEDIA.contains(&parser.low_before(e.first));
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
fn large(parser: &Parser<'_>, i: usize) -> bool {
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
