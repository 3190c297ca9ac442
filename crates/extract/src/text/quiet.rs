//! Lines that tell what was, what costs how much or what is on when: logs, price lists, programmes.

use std::borrow::Cow;

use super::layout::opens_with_day;
use super::line::{Line, Shape};
use super::moment::names_a_month;
use crate::hash::HashSet;
use crate::lexicon::{self, Lean};
use crate::token::{List, list};
use crate::words;

/// Words of titles above what is on when.
const PROGRAMMES: &[&str] = &[
    "programme",
    "program",
    "timetable",
    "schedule",
    "hours",
    "rota",
    "roster",
    "fixtures",
    "line-up",
    "lineup",
    "screenings",
    "showtimes",
    "departures",
    "arrivals",
    "classes",
    "courses",
    "concerts",
    "season",
    "listings",
    "menu",
    "lectures",
    "sessions",
];

/// Words of titles and notes about prices.
const PRICES: &[&str] = &[
    "price",
    "prices",
    "pricing",
    "rates",
    "rate",
    "fees",
    "fee",
    "tariff",
    "menu",
    "costs",
    "charges",
    "tickets",
    "admission",
    "receipt",
    "total",
    "free",
    "quote",
    "invoice",
];

/// Words that ask for something in spite of the form.
const ASKING: List<'static> = list![
    "please", "pls", "need", "needs", "must", "will", "todo", "should", "->", "→", "=>", ">>",
    "remember", "chase", "follow", "tomorrow", "to", "then",
];

/// A word without the marks around it, in small letters.
fn plain(word: &str) -> Cow<'_, str> {
    let plain = word.trim_matches(|c: char| matches!(c, ',' | ';' | '.' | '(' | ')' | ':'));
    words::lower(if plain.is_empty() { word } else { plain })
}

/// The lines of a text that hold nothing to do, by their form and that of the lines around them.
pub(super) fn lines(text: &str, lines: &[Line], skip: &HashSet<usize>) -> HashSet<usize> {
    let own = lines.iter().enumerate().filter(|(at, line)| {
        !skip.contains(at) && !matches!(line.shape, Shape::Blank | Shape::Rule | Shape::Quoted)
    });
    if own.clone().count() < 4 {
        return HashSet::default();
    }
    // Few texts have lines that open with a time or end with an amount.
    let formed = |forms: fn(&str) -> bool| {
        let lines = own.clone().map(|(_, line)| &text[line.range.clone()]);
        lines.filter(|line| forms(line)).count() >= 3
    };
    if !formed(opens_with_stamp) && !formed(ends_with_amount) {
        return HashSet::default();
    }
    let words = |line: &Line| -> Vec<Cow<'_, str>> {
        text[line.range.clone()]
            .split_whitespace()
            .map(plain)
            .collect()
    };
    let all: Vec<(usize, Vec<Cow<'_, str>>)> = own.map(|(at, line)| (at, words(line))).collect();
    let Some(((first, title), body)) = all.split_first() else {
        return HashSet::default();
    };
    let led: Vec<&(usize, Vec<Cow<'_, str>>)> = all
        .iter()
        .filter(|(at, words)| behind_stamp(&text[lines[*at].range.clone()], words) > 0)
        .collect();
    let titled = |list: &[&str]| title.iter().any(|word| list.contains(&word.as_ref()));
    let mut found = HashSet::default();
    if led.len() >= 3 && led.len() * 5 >= body.len() * 3 {
        let of = |test: &dyn Fn(&[Cow<'_, str>]) -> bool| {
            led.iter()
                .filter(|(at, words)| {
                    let from = behind_stamp(&text[lines[*at].range.clone()], words);
                    test(words.get(from..).unwrap_or_default())
                })
                .count()
        };
        let past = of(&tells_past);
        let acts = of(&acts);
        let log = past * 2 >= led.len();
        let programme = titled(PROGRAMMES) && acts * 5 <= led.len();
        if log || programme {
            found.extend(
                led.iter()
                    .filter(|(_, words)| !words.iter().any(|word| ASKING.holds(word.as_ref())))
                    .map(|(at, _)| *at),
            );
        }
    }
    let priced = body
        .iter()
        .filter(|(_, words)| words.last().is_some_and(|word| is_amount(word)))
        .count();
    let coined = all
        .iter()
        .filter(|(_, words)| words.iter().any(|word| word.contains(['€', '$', '£'])))
        .count();
    let acting = body.iter().filter(|(_, words)| acts(words)).count();
    let about = titled(PRICES) || coined * 2 >= body.len();
    if priced >= 3 && priced * 5 >= body.len() * 3 && about && acting * 3 <= body.len() {
        found.insert(*first);
        found.extend(body.iter().map(|(at, _)| *at));
    }
    found
}

/// Whether a line opens with a time or a day.
fn opens_with_stamp(line: &str) -> bool {
    line.split_whitespace()
        .next()
        .is_some_and(|word| is_time(&plain(word)) || opens_with_day(line))
}

fn ends_with_amount(line: &str) -> bool {
    line.split_whitespace()
        .next_back()
        .is_some_and(|word| is_amount(&plain(word)))
}

/// Whether a word is nothing but figures and the marks of a time or date.
fn is_figures(word: &str) -> bool {
    word.bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.' | b'-'))
}

/// `09:15`, `9.15am`, `2026-03-04`
fn is_time(word: &str) -> bool {
    let figures = word.trim_end_matches(['a', 'p', 'm', 'h']);
    figures.contains([':', '.']) && figures.len() >= 4 && is_figures(figures)
        || super::speaker::is_clock(figures)
}

/// How many words the time or day takes that a line opens with.
fn behind_stamp(line: &str, words: &[Cow<'_, str>]) -> usize {
    let dated = opens_with_day(line);
    let mut at = 0;
    while words.get(at).is_some_and(|word| {
        is_time(word)
            || (dated || at > 0)
                && at < 3
                && (is_figures(word) || opens_with_day(word) || names_a_month(word))
            || at > 0 && matches!(word.as_ref(), "-" | "–" | "am" | "pm" | "—" | "|")
            || dated && at == 0
    }) {
        at += 1;
    }
    at
}

/// `replaced the toner`, `backup completed`: told of the past.
fn tells_past(words: &[Cow<'_, str>]) -> bool {
    words.iter().take(5).any(|word| {
        lexicon::verb(word).is_some_and(|verb| {
            (verb.forms.past || verb.forms.participle) && !verb.forms.base && !verb.forms.ing
        }) || matches!(word.as_ref(), "was" | "were" | "had" | "ok" | "back")
    })
}

/// A verb in front that is hardly anything else.
fn acts(words: &[Cow<'_, str>]) -> bool {
    words.first().is_some_and(|word| {
        lexicon::base_verb(word).is_some_and(|verb| matches!(verb.lean, Lean::Verb | Lean::Either))
    }) && words.len() > 1
}

/// `22`, `12.50 €`, `£40`, `1,842.30`
fn is_amount(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| matches!(c, '€' | '$' | '£' | '–' | '-' | 'p'));
    !bare.is_empty()
        && bare
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','))
        || matches!(word, "€" | "eur" | "usd" | "chf" | "free")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::line;

    fn quiet(text: &str) -> usize {
        lines(text, &line::lines(text), &HashSet::default()).len()
    }

    #[test]
    fn what_was_done_and_when_is_a_log() {
        assert_eq!(
            quiet(
                "Night shift\n22:10 locked the gate\n23:40 alarm tested\n01:15 let the fitter in"
            ),
            3
        );
        assert_eq!(
            quiet(
                "08:00 fed the horses\n09:30 mended the fence\n10:15 ordered hay\n11:00 please ring the vet"
            ),
            3
        );
    }

    #[test]
    fn prices_and_programmes_ask_for_nothing() {
        assert_eq!(
            quiet("Car wash prices\nSmall 8\nLarge 12\nInside and out 25"),
            4
        );
        assert_eq!(
            quiet(
                "Chapel concerts programme\nFri 6 Nov 19:30 Brass quintet\nSat 7 Nov 15:00 Organ\nSun 8 Nov 18:00 Choir"
            ),
            3
        );
    }

    #[test]
    fn plans_are_kept() {
        assert_eq!(
            quiet("Monday\n8:00 call the bank\n9:30 fetch the keys\n11:00 pay the fine"),
            0
        );
        assert_eq!(
            quiet("To pay\npay Ida 20 €\npay Jon 35 €\npay the rent 900 €"),
            0
        );
    }
}
