//! Whether the sentence makes the words a date: names, titles, amounts and idioms are refused.

mod cell;
mod note;
mod title;

pub(super) use self::cell::in_columns_of_days;
use self::title::{large, titled};
use super::Grain;
use super::english;
use super::grammar::{Expression, Parser};
use super::lexer::Kind;
use super::words::{Part, Unit, Word};
use crate::lexicon;

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
    if stamped_line(parser, e) {
        return Verdict::Name;
    }
    // “she ran it in 3:45”
    // “not a minute later”
    let never = matches!(parser.low_before(e.first), "not" | "no")
        && e.lead.is_none()
        && parser.is(e.end - 1, Word::Later);
    let lap = never || e.day.is_none() && e.clock.is_some() && parser.low_before(e.first) == "in";
    if lap || joined(parser, e) || rate(parser, e) {
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
    // “the hires start 6/7”
    let begins = (numeric || matches!(parser.kind(e.core), Kind::Ordinal(4..)))
        && parser.clause_ends(e.end)
        && matches!(
            parser.low_before(e.first),
            // “it runs out 30th”
            "out"
                | "expires"
                | "expire"
                | "up"
                | "start"
                | "starts"
                | "starting"
                | "begins"
                | "begin"
                | "opens"
                | "closes"
                | "ends"
                | "leaving"
                | "leave"
        );
    // “(the 12th)”, “(Sun)”
    let closed = matches!(parser.kind(e.end), Kind::Mark(')' | ','));
    let enclosed = e.first > 0
        && closed
        && (parser.mark(e.first - 1, '(')
            || parser.mark(e.first - 1, ',') && parser.mark(e.end, ')'))
        && (matches!(parser.word(e.core), Word::Weekday(_)) || parser.is(e.first, Word::The));
    if chosen_among(parser, e) || begins || enclosed {
        return true;
    }
    if hinted(parser, e) {
        return true;
    }
    let Some(lead) = e.lead else {
        let pair = numeric
            && parser.mark(e.core + 1, '/')
            && !fraction(parser, e.core)
            && day.grain == Grain::Day
            && parser.clause_ends(e.end);
        let cell = numeric && cell::of_days(parser, e);
        return (pair || cell || dotted(parser, e) || corrects(parser, e))
            && e.core > 0
            && parser.kind(e.core - 1) != Kind::Mark('$');
    };
    match day.grain {
        Grain::Month | Grain::Quarter => {
            !matches!(lead.word, Word::On | Word::At | Word::From | Word::Around)
                && !by_name(parser, e)
        }
        Grain::Year => {
            let bare = lead.word == Word::In && !english::AMOUNT_AFTER.holds(parser.low(e.end));
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

/// Whether a note or what stands around it makes it a day.
fn hinted(parser: &Parser<'_>, e: &Expression) -> bool {
    note::noted_or_texted(parser, e) || begins_telling(parser, e)
}

/// “The 27th is Ada's last day”: a day of the month that a sentence tells of.
fn begins_telling(parser: &Parser<'_>, e: &Expression) -> bool {
    e.lead.is_none()
        && matches!(parser.kind(e.end - 1), Kind::Ordinal(4..))
        && matches!(parser.low(e.end), "is" | "works" | "suits")
        && parser.is(e.first, Word::The)
        && parser.opens_sentence(e.first)
}

/// “either the 20th or the 21st”, “in May or June”.
fn chosen_among(parser: &Parser<'_>, e: &Expression) -> bool {
    let Some(before) = e.first.checked_sub(1).filter(|_| e.lead.is_none()) else {
        return false;
    };
    if parser.low(before) == "either" {
        return true;
    }
    let Some(other) = before.checked_sub(1) else {
        return false;
    };
    let same = match (parser.word(other), parser.word(e.core)) {
        (Word::Month(_), Word::Month(_)) => parser.capital(e.core),
        _ => matches!(parser.kind(other), Kind::Ordinal(_)),
    };
    parser.is(before, Word::Or) && same && parser.clause_ends(e.end)
}

/// “Correction: the 21st.”, “sorry, the 6th”: a day alone in place of another one.
fn corrects(parser: &Parser<'_>, e: &Expression) -> bool {
    let Some(mark) = e.first.checked_sub(1) else {
        return false;
    };
    // “it's the 20th”, “which makes it the 30th”
    let states = parser.possessive(mark) && matches!(parser.low(mark), "it" | "that")
        || matches!(
            parser.low(mark),
            "it's" | "its" | "it’s" | "that's" | "thats"
        )
        || matches!(parser.low(mark), "it" | "that")
            && matches!(parser.low_before(mark), "make" | "makes");
    // “it has been moved to the 29th”
    let moved = parser.is(mark, Word::To)
        && (1..=3).filter_map(|back| mark.checked_sub(back)).any(|at| {
            let word = parser.low(at);
            english::moves(word) || word == "forward"
        });
    let states = states || moved;
    // “by, what is it, the fifteenth”
    let hesitates = parser.mark(mark, ',') || parser.low(mark) == "said";
    let bound = || {
        let mut words = (1..=6).filter_map(|back| mark.checked_sub(back));
        words.any(|at| {
            parser.mark(at + 1, ',') && matches!(parser.word(at), Word::By | Word::Until | Word::On)
        })
    };
    let states = states || hesitates && bound();
    let number = matches!(parser.kind(e.end - 1), Kind::Ordinal(4..))
        || matches!(parser.word(e.end - 1), Word::Ordinal(4..));
    if states && number && parser.is(e.first, Word::The) && parser.clause_ends(e.end) {
        return true;
    }
    let paused = parser.mark(mark, ':') || parser.mark(mark, ',');
    paused
        && parser.is(e.first, Word::The)
        && parser.clause_ends(e.end)
        && matches!(
            parser.low_before(mark),
            "correction" | "sorry" | "no" | "wait" | "oops" | "rather" | "actually" | "er" | "erm"
        )
}

/// “report 24.4.”: with its final stop, behind a noun, and no other number could be meant.
fn dotted(parser: &Parser<'_>, e: &Expression) -> bool {
    let Kind::Number { value, .. } = parser.kind(e.core) else {
        return false;
    };
    if parser.behind_taker(e.core) {
        return true;
    }
    let noun = parser.low_before(e.core);
    // “(Ewelina, 16.10.)”: both in two digits, and nothing else in its place.
    let full = |at: usize| matches!(parser.kind(at), Kind::Number { digits: 2, .. });
    let two_digits = full(e.core) && full(e.core + 2);
    let apart = e.core.checked_sub(1).is_none_or(|before| {
        matches!(
            parser.kind(before),
            Kind::Mark(',' | '(' | '|' | '→' | '–' | '-' | ':' | '/' | ';') | Kind::Break
        ) || matches!(
            parser.low(before),
            "mo" | "di" | "mi" | "do" | "fr" | "sa" | "so"
        )
    });
    // “(Gernot, 1.4.)”, “stamp card – 1.4.”: a mark before it is as good, where the line ends behind it.
    let closed = matches!(
        parser.kind(e.end),
        Kind::Break | Kind::Mark(')' | '|' | '!' | ',' | ';')
    );
    // `warn the tenants – 27.03`: no hour of the day.
    let day = apart && closed && two_digits && (25..=31).contains(&value);
    if day && e.end == e.core + 3 {
        return true;
    }
    // “birthday 11.10. !!!”
    let insisted = matches!(parser.kind(e.end), Kind::Mark('!' | ')'));
    let two = two_digits;
    if parser.mark(e.end - 1, '.')
        && e.end == e.core + 4
        && (two && (apart && parser.clause_ends(e.end) || insisted)
            || apart && closed && !parser.opens_sentence(e.core))
    {
        return true;
    }
    // “FR 17.12. hand in the report”: what a line opens with.
    let opens = |at: usize| at == 0 || parser.kind(at - 1) == Kind::Break;
    let labelled = e.core > 0
        && opens(e.core - 1)
        && parser.kind(e.core - 1) == Kind::Word
        && parser.low(e.core - 1).len() <= 3;
    if full(e.core)
        && full(e.core + 2)
        && (opens(e.core) || labelled)
        && parser.mark(e.end - 1, '.')
        && e.end == e.core + 4
    {
        return true;
    }
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
    // “01/04” is none.
    let padded = parser.low(i).starts_with('0');
    (part, whole) == (9, 11) || part <= 12 && whole <= 12 && !padded
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
    // “Happy Easter”, “guten Morgen”
    if matches!(parser.low_before(e.first), "happy" | "merry" | "guten") || reviewed(parser, e) {
        return true;
    }
    let placed = e.clock.is_none() && parser.capital(e.end);
    // “on Easter Island”
    if placed && (e.lead.is_none() || holiday(e)) && english::PLACES.holds(parser.low(e.end)) {
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
        if english::NAME_AFTER.holds(parser.low(e.end)) && parser.capital(e.end) {
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
        // “call the agent today” names nobody.
        if english::NAME_BEFORE.holds(before) && (alone || next_capital) && parser.capital(e.core) {
            return true;
        }
    }
    false
}

/// “Groundhog Day is a classic film”, “Independence Day: Resurgence”, “…, Before Midnight”.
fn reviewed(parser: &Parser<'_>, e: &Expression) -> bool {
    if !parser.capital(e.core) || e.clock.is_some() && e.lead.is_none() {
        return false;
    }
    // “Tomorrow is the talent show” tells of a day.
    let day = matches!(
        parser.word(e.core),
        Word::Today | Word::Tomorrow | Word::Tonight
    ) && !parser.is(e.end + 1, Word::A);
    let told = matches!(parser.low(e.end), "is" | "was")
        && !day
        && (e.end + 1..e.end + 7)
            .take_while(|i| parser.kind(*i) == Kind::Word)
            .any(|i| english::KINDS_OF_WORK.holds(parser.low(i)));
    let part = holiday(e)
        && e.first == 0
        && parser.mark(e.end, ':')
        && large(parser, e.end + 1)
        && parser.token(e.end + 2).is_none();
    let row = e.lead.is_some()
        && parser.capital(e.first)
        && e.first > 1
        && parser.mark(e.first - 1, ',')
        && parser.capital(e.first - 2);
    told && e.lead.is_none() || part || row && matches!(parser.word(e.core), Word::Midnight)
}

/// “Tuesday's Gone”, “Robinson and Friday”, “Taking Back Sunday record”, “grandma's Sunday roast”,
/// “the First of May riots”, “Twelfth Night”.
fn compound(parser: &Parser<'_>, e: &Expression) -> bool {
    let small_noun = parser.kind(e.end) == Kind::Word
        && parser.is(e.end, Word::Plain)
        && !parser.capital(e.end)
        && !english::CLAUSE_WORDS.holds(parser.low(e.end));
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
    // “in autumn colours”, “by the summer holidays”: what is of a season. “In spring prune the roses” asks.
    let from = e.core + usize::from(parser.is(e.core, Word::The));
    let season = matches!(parser.word(from), Word::Season(_)) && e.end == from + 1;
    let asks = || parser.opens_sentence(e.first) && lexicon::verb(parser.low(e.end)).is_some();
    if season && small_noun && !asks() {
        return true;
    }
    // “for the Easter menu”
    let purpose = e.lead.is_some_and(|lead| lead.word == Word::For);
    if holiday(e) && small_noun && purpose && parser.is(e.core, Word::The) {
        return true;
    }
    let weekday = matches!(parser.word(e.core), Word::Weekday(_)) && e.end == e.core + 1;
    if !weekday || e.clock.is_some() {
        return false;
    }
    if parser.possessive(e.core) && large(parser, e.end) {
        return true;
    }
    if small_noun && english::DAY_NOUNS.holds(parser.low(e.end)) {
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
    let kind = owned && small_noun && !english::MEETINGS.holds(parser.low(e.end));
    let mid = |i: usize| large(parser, i) && !parser.opens_sentence(i);
    let led = before > 0 && mid(before) && mid(before - 1) && small_noun;
    paired || kind || led
}
