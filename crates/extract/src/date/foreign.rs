//! Days and months of other languages, as people leave them in English notes: “keys back bis Freitag”,
//! `Montag:`, “17 juli”.
//!
//! The lexer marks what could be one ([`Word::Foreign`]); what stands around it decides, once the whole text is cut
//! into tokens.

use std::sync::LazyLock;

use jiff::civil::Weekday::{self, Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};

use super::lexer::{Kind, Token};
use super::words::Word;
use crate::hash::HashMap;

/// The days from Monday on, as each language writes them; the languages keep their order.
#[rustfmt::skip]
const WEEKS: &[[&str; 7]] = &[
    ["montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"],
    ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"],
    ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"],
    ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"],
    ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
    ["lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"],
    ["poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela"],
    ["maanantai", "tiistai", "keskiviikko", "torstai", "perjantai", "lauantai", "sunnuntai"],
];

/// The months, as each language writes them. A name alone is often a person's (“Mai”, “Julio”): each wants the
/// number of a day beside it.
#[rustfmt::skip]
const YEARS: &[[&str; 12]] = &[
    ["januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "dezember"],
    ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"],
    ["januari", "februari", "marts", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"],
    ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"],
    ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"],
    ["gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"],
    ["janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro", "dezembro"],
];

/// Letters of the German days from Monday on: read only where the text shows that its writer uses them.
const SHORT: [&str; 7] = ["mo", "di", "mi", "do", "fr", "sa", "so"];

/// Words that are read as the English one.
#[rustfmt::skip]
const PLAIN: &[(&str, Word)] = &[
    ("sonnabend", Word::Weekday(Saturday)),
    ("heute", Word::Today),
    ("vandaag", Word::Today),
    ("morgen", Word::Tomorrow),
    ("demain", Word::Tomorrow),
    ("imorgon", Word::Tomorrow),
    ("bis", Word::Until),
    ("spätestens", Word::By),
    ("hasta", Word::Until),
    ("até", Word::Until),
    ("kw", Word::Plain),
];

/// Small words of sentences that are not English at all: nothing in those is read.
#[rustfmt::skip]
const SMALL: &[&str] = &[
    "der", "das", "dem", "den", "und", "ist", "nicht", "von", "zum", "zur", "ein", "eine", "einer", "euch", "wir",
    "ihr", "für", "mit", "auf", "ich", "het", "een", "wie", "mee", "niet", "voor", "naar", "ik", "je", "wij", "les",
    "des", "le", "el", "los", "las", "que", "por", "con", "una", "pour", "avec", "che", "jag", "och", "att", "vi",
];

/// Words of a sentence that are looked at on either side.
const REACH: usize = 12;

static TABLE: LazyLock<HashMap<&'static str, Word>> = LazyLock::new(|| {
    const DAYS: [Weekday; 7] = [
        Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday,
    ];
    let days = WEEKS.iter().flat_map(|week| {
        week.iter()
            .zip(DAYS)
            .map(|(name, day)| (*name, Word::Weekday(day)))
    });
    let months = YEARS.iter().flat_map(|year| {
        year.iter()
            .zip(1..)
            .map(|(name, month)| (*name, Word::Month(month)))
    });
    let short = SHORT
        .iter()
        .zip(DAYS)
        .map(|(name, day)| (*name, Word::Weekday(day)));
    days.chain(months)
        .chain(short)
        .chain(PLAIN.iter().copied())
        .collect()
});

/// Spellings that the lexer marks; those that are English words as well are looked up among the English ones.
pub(super) fn spellings() -> impl Iterator<Item = &'static str> {
    TABLE.keys().copied()
}

/// Whether `lower` names a weekday in one of the languages.
pub(crate) fn is_weekday(lower: &str) -> bool {
    !SHORT.contains(&lower) && matches!(TABLE.get(lower), Some(Word::Weekday(_)))
}

/// Gives the marked tokens the meaning they have where they stand.
pub(super) fn settle<'t>(tokens: &mut [Token], low: impl Fn(&Token) -> &'t str) {
    let german = |token: &Token| is_german(low(token));
    let headings = || {
        tokens
            .iter()
            .enumerate()
            .filter(|(i, token)| SHORT.contains(&low(token)) && alone(tokens, *i))
    };
    let short = tokens.iter().any(german) || headings().take(2).count() == 2;
    for i in 0..tokens.len() {
        let marked = tokens[i].word == Word::Foreign;
        if !(marked || short && tokens[i].capital && SHORT.contains(&low(&tokens[i]))) {
            continue;
        }
        let letters = low(&tokens[i]);
        let word = TABLE.get(letters).copied().unwrap_or(Word::Plain);
        let meant = match word {
            _ if SHORT.contains(&letters) => short && cell(tokens, i),
            Word::Month(_) => beside_number(tokens, i),
            Word::Weekday(_) => !behind_name(tokens, i) && !in_foreign(tokens, i, &low),
            // A greeting (“Tot morgen”), or a surname.
            // `MORGEN` above the hours of that day; alone, it says good morning.
            Word::Tomorrow => {
                (!tokens[i].capital || heads_hours(tokens, i))
                    && !greets(tokens, i)
                    && !in_foreign(tokens, i, &low)
            }
            Word::Until | Word::By => until_day(tokens, i, &low),
            _ => true,
        };
        if meant {
            tokens[i].word = word;
        } else if marked {
            tokens[i].word = Word::Plain;
        }
    }
}

/// Words that show that the letters of [`SHORT`] are days.
fn is_german(lower: &str) -> bool {
    WEEKS[0].contains(&lower)
        || matches!(lower, "sonnabend" | "heute" | "bis" | "spätestens" | "kw")
}

fn kind(tokens: &[Token], i: Option<usize>) -> Kind {
    i.and_then(|i| tokens.get(i))
        .map_or(Kind::Break, |token| token.kind)
}

/// A line of its own: `Di`.
fn alone(tokens: &[Token], i: usize) -> bool {
    let ends = |kind| matches!(kind, Kind::Break | Kind::Mark(':' | '.'));
    tokens[i].capital && ends(kind(tokens, i.checked_sub(1))) && ends(kind(tokens, Some(i + 1)))
}

/// A line of its own, with a colon or above a line that opens with a number.
fn heads_hours(tokens: &[Token], i: usize) -> bool {
    let colon = kind(tokens, Some(i + 1)) == Kind::Mark(':');
    alone(tokens, i) && (colon || matches!(kind(tokens, Some(i + 2)), Kind::Number { .. }))
}

/// Letters that stand for a day in a row of such: `(Oskar) Mo`, `bis Fr`, `Mi 14:30`.
fn cell(tokens: &[Token], i: usize) -> bool {
    let before = kind(tokens, i.checked_sub(1));
    let led = i > 0 && tokens[i - 1].word == Word::Until;
    let behind = kind(tokens, Some(i + 1));
    let timed = matches!(behind, Kind::Number { .. })
        && matches!(kind(tokens, Some(i + 2)), Kind::Mark(':' | '.'));
    let closed = matches!(
        behind,
        Kind::Break | Kind::Mark(')' | ']' | ':' | ';' | '|')
    ) || behind == Kind::Mark('.') && kind(tokens, Some(i + 2)) == Kind::Break;
    timed || closed && (led || matches!(before, Kind::Break | Kind::Mark(_)))
}

/// `17 juli`, `3. Oktober`, `5 de mayo`, `März 3`.
fn beside_number(tokens: &[Token], i: usize) -> bool {
    let number = |i: Option<usize>| {
        matches!(
            kind(tokens, i),
            Kind::Number { digits: 1..=2, .. } | Kind::Ordinal(_)
        )
    };
    let joins = |i: usize| {
        tokens[i].kind == Kind::Mark('.')
            || matches!(tokens[i].kind, Kind::Word) && tokens[i].end - tokens[i].start == 2
    };
    number(i.checked_sub(1)) || i > 1 && joins(i - 1) && number(Some(i - 2)) || number(Some(i + 1))
}

/// “Tot morgen, Wilma”, `Bis morgen`: a line that opens with a word and the day, and says no more.
fn greets(tokens: &[Token], i: usize) -> bool {
    let opens = matches!(
        kind(tokens, i.checked_sub(2)),
        Kind::Break | Kind::Mark('.' | '!')
    );
    i > 0 && opens && tokens[i - 1].capital && !matches!(kind(tokens, Some(i + 1)), Kind::Word)
}

/// Whether the sentence is of another language as a whole.
fn in_foreign<'t>(tokens: &[Token], i: usize, low: &impl Fn(&Token) -> &'t str) -> bool {
    let inside = |token: &&Token| !matches!(token.kind, Kind::Break | Kind::Mark('.' | '!' | '?'));
    let before = tokens[..i].iter().rev().take(REACH).take_while(inside);
    let behind = tokens[i + 1..].iter().take(REACH).take_while(inside);
    let small = |token: &&Token| SMALL.contains(&low(token));
    before.chain(behind).filter(small).take(2).count() == 2
}

/// “Frau Sonntag”, “Eric Freitag”.
fn behind_name(tokens: &[Token], i: usize) -> bool {
    i > 0
        && tokens[i - 1].kind == Kind::Word
        && tokens[i - 1].capital
        && tokens[i - 1].word == Word::Plain
        && tokens[i].capital
}

/// Before a day only: “bis Freitag”, “bis 4.6.”.
fn until_day<'t>(tokens: &[Token], i: usize, low: &impl Fn(&Token) -> &'t str) -> bool {
    tokens.get(i + 1).is_some_and(|next| {
        matches!(
            next.kind,
            Kind::Number { .. } | Kind::Ordinal(_) | Kind::Stamp(_)
        ) || !matches!(next.word, Word::Plain | Word::Function)
            || SHORT.contains(&low(next))
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::dues as days;

    fn on(days: &[&str]) -> Vec<Option<String>> {
        days.iter().map(|day| Some((*day).to_owned())).collect()
    }

    #[test]
    fn days_of_other_languages_are_read_in_english_notes() {
        assert_eq!(
            days(
                "Please post the keys bis Freitag. Fetch the drill jeudi, and I'll ring Kim demain."
            ),
            on(&["2026-03-13", "2026-03-12", "2026-03-11"])
        );
        assert_eq!(days("Send the plan by 17 juli"), on(&["2026-07-17"]));
        assert_eq!(
            days("Montag:\n[ ] sweep the yard\n[ ] mend the gate"),
            on(&["2026-03-16", "2026-03-16"])
        );
    }

    #[test]
    fn letters_of_a_german_day_are_one_in_german_notes_only() {
        let text = "KW 11\n- mend the gate (Ida) – Di\n- measure the boat Mi 14:30";
        assert_eq!(days(text), on(&["2026-03-17", "2026-03-11T14:30:00+01:00"]));
        assert_eq!(days("- call Ida – Di"), [None]);
    }

    #[test]
    fn a_surname_a_first_name_and_a_greeting_are_no_days() {
        assert_eq!(days("Call Frau Sonntag, please."), [None]);
        assert_eq!(days("Julio, please bring the mayo."), [None]);
        assert_eq!(days("Please mend the gate.\nTot morgen, Ida"), [None]);
    }
}
