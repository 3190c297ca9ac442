//! Calendars: lines that open with the letters of a weekday (`Mo call Ana`, `19 Th –`), with the number of a day
//! below the name of its month, or with both.
//!
//! The label is taken off the line, which becomes an item; what day it names is kept beside it.

use std::ops::Range;

use super::layout;
use super::line::{self, Line, Shape};
use super::moment;
use crate::token::{List, list};

/// How houses shorten the days from Monday to Sunday.
const SYSTEMS: &[[&str; 7]] = &[
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
    ["mo", "tu", "we", "th", "fr", "sa", "su"],
    ["mo", "di", "mi", "do", "fr", "sa", "so"],
    ["m", "t", "w", "t", "f", "s", "s"],
    ["m", "t", "w", "th", "f", "s", "su"],
    ["m", "tu", "w", "th", "f", "sa", "su"],
    ["ma", "di", "wo", "do", "vr", "za", "zo"],
    ["lu", "ma", "me", "je", "ve", "sa", "di"],
    ["lu", "ma", "mi", "ju", "vi", "sa", "do"],
    ["lun", "mar", "mer", "gio", "ven", "sab", "dom"],
    ["mån", "tis", "ons", "tor", "fre", "lör", "sön"],
    ["ma", "ti", "on", "to", "fr", "lø", "sø"],
];

/// Letters of a weekday that are an English word as well.
const WORDS: List<'static> = list![
    "we", "do", "so", "me", "on", "to", "ma", "sun", "sat", "mar",
];

/// Lines that make a calendar.
const FEW: usize = 3;

/// Lines of a calendar at most: two months.
const MOST: usize = 62;

/// Bytes of the letters of a weekday at most: three letters, one of which may take two.
const LETTERS: usize = 4;

/// Bytes of a line of a calendar at most.
const LONGEST: usize = 160;

/// What a line of a calendar is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Its words, without the label.
    pub range: Range<usize>,
    /// From Monday, which is 0.
    pub weekday: Option<usize>,
    pub day: Option<i8>,
    /// The month above it, or in it; the other reading where either number could be the month.
    pub month: Option<i8>,
    /// Its label has a number, or a mark behind it: what stands there is planned.
    pub marked: bool,
}

/// A label as it is written.
#[derive(Debug, Default)]
struct Label {
    letters: Option<String>,
    day: Option<i8>,
    /// The second number of `28/9`.
    second: Option<i8>,
    /// It has a number, or a mark behind it.
    marked: bool,
    /// Its letters are small.
    small: bool,
    /// Bytes of the line it takes, the mark behind it included.
    length: usize,
}

/// Finds the calendars of a text: their lines become items.
pub(super) fn find(text: &str, lines: &mut [Line]) -> Vec<Entry> {
    let labels: Vec<Option<Label>> = lines.iter().map(|line| labelled(text, line)).collect();
    let mut entries = Vec::new();
    let mut at = 0;
    let mut month = None;
    while at < lines.len() {
        let run = labels[at..].iter().take(MOST + 1);
        let run: Vec<&Label> = run.map_while(Option::as_ref).collect();
        let count = run.len();
        if count > MOST {
            // A list that only looks like one: none of its lines is looked at again.
            at += labels[at..]
                .iter()
                .take_while(|label| label.is_some())
                .count();
            month = None;
            continue;
        }
        match days(&run, month) {
            Some(weekdays) if count >= FEW => {
                if let Some(above) = at.checked_sub(1).filter(|_| month.is_some()) {
                    lines[above].shape = Shape::Heading { level: 7 };
                }
                for ((line, label), weekday) in
                    lines[at..at + count].iter_mut().zip(&run).zip(weekdays)
                {
                    let start = line.range.start + label.length;
                    *line = entry(text, start..line.range.end);
                    entries.push(Entry {
                        range: start..line.range.end,
                        weekday,
                        day: label.day,
                        marked: label.marked,
                        month: label.second.or(month.filter(|_| label.day.is_some())),
                    });
                }
                at += count;
                month = None;
            }
            _ => {
                let opens = labels.get(at + 1).is_some_and(Option::is_some);
                month = opens
                    .then(|| heading(&text[lines[at].range.clone()]))
                    .flatten();
                at += 1;
            }
        }
    }
    entries
}

/// The label of a line that could stand in a calendar.
fn labelled(text: &str, line: &Line) -> Option<Label> {
    let plain = matches!(
        line.shape,
        Shape::Text { .. }
            | Shape::Item {
                number: None,
                checked: None,
                ..
            }
    );
    plain.then(|| label(&text[line.range.clone()]))?
}

/// An entry as an item; one without words parts those around it.
fn entry(text: &str, range: Range<usize>) -> Line {
    let words = &text[range.clone()];
    if !words.contains(char::is_alphanumeric) {
        return Line {
            range,
            shape: Shape::Rule,
        };
    }
    line::item(words, range.start, range.end, 0).unwrap_or(Line {
        shape: Shape::Item {
            indent: 0,
            checked: layout::done(words),
            number: None,
        },
        range,
    })
}

/// The month that a heading of few words ends with: `MARCH`, `Kitchen calendar / MAY`.
fn heading(line: &str) -> Option<i8> {
    const MONTHS: &[&str] = &[
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let line = line.trim_matches(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = line
        .split(|c: char| c.is_whitespace() || c == '/')
        .filter(|word| !word.is_empty())
        .collect();
    let year = |word: &&str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    let last = words.iter().rev().find(|word| !year(word))?.to_lowercase();
    let opens = MONTHS.iter().position(|month| last.starts_with(month))?;
    let named =
        words.len() <= 4 && moment::names_a_month(&last) && line.starts_with(char::is_uppercase);
    named.then(|| i8::try_from(opens + 1).ok())?
}

/// Reads the label that a line opens with.
fn label(line: &str) -> Option<Label> {
    if line.len() > LONGEST {
        return None;
    }
    let mut label = Label::default();
    let mut rest = line;
    for _ in 0..2 {
        if label.day.is_none()
            && let Some((day, second, behind)) = number(rest)
        {
            (label.day, label.second) = (Some(day), second);
            rest = behind;
        } else if label.letters.is_none()
            && let Some((letters, behind)) = letters(rest)
        {
            label.small = rest.starts_with(char::is_lowercase);
            label.letters = Some(letters);
            rest = behind;
        }
    }
    let bare = rest.trim_start_matches([' ', '\t', ':', '|', ',']);
    let bare = ["– ", "— ", "-- ", "- ", "/ "]
        .iter()
        .find_map(|dash| bare.strip_prefix(dash))
        .unwrap_or(bare)
        .trim_start();
    label.length = line.len() - bare.len();
    let between = &rest[..rest.len() - bare.len()];
    label.marked = label.day.is_some() || between.contains(|c: char| !c.is_whitespace());
    // A date that is written out needs no calendar.
    let next = bare
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    if label.day.is_some() && moment::names_a_month(&next.to_lowercase()) {
        return None;
    }
    (label.day.is_some() || label.letters.is_some()).then_some(label)
}

/// `17`, `17.`, `28/9`, `28.9.`, with a blank or a mark behind it.
fn number(words: &str) -> Option<(i8, Option<i8>, &str)> {
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let day: i8 = words
        .get(..digits)?
        .parse()
        .ok()
        .filter(|day| (1..=31).contains(day))?;
    let rest = &words[digits..];
    let second = rest.strip_prefix(['/', '.']).and_then(|behind| {
        let digits = behind.bytes().take_while(u8::is_ascii_digit).count();
        let second: i8 = behind.get(..digits)?.parse().ok()?;
        // `7.5` hours are no day.
        let closed = rest.starts_with('/') || behind[digits..].starts_with('.');
        ((1..=31).contains(&second) && closed).then_some((second, &behind[digits..]))
    });
    let (second, rest) = second.map_or((None, rest), |(second, rest)| (Some(second), rest));
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    let clock = rest.starts_with(':') && rest[1..].starts_with(|c: char| c.is_ascii_digit());
    let ends = !clock && (rest.is_empty() || rest.starts_with([' ', '\t', ':', ',', '|']));
    (digits <= 2 && ends).then(|| (day, second, rest.trim_start()))
}

/// The letters of a weekday, with a blank or a mark behind them.
fn letters(words: &str) -> Option<(String, &str)> {
    let end = words
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(words.len());
    if end > LETTERS {
        return None;
    }
    let letters = words[..end].to_lowercase();
    let known = SYSTEMS
        .iter()
        .any(|system| system.contains(&letters.as_str()));
    let rest = &words[end..];
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    let ends = rest.is_empty() || rest.starts_with([' ', '\t', ':', ',', '|', '/']);
    (known && ends).then_some((letters, rest.trim_start()))
}

/// The weekday of each label, where the labels are those of a calendar: letters of one house in the order of the
/// week, or numbers in order below a month or beside a weekday.
fn days(labels: &[&Label], month: Option<i8>) -> Option<Vec<Option<usize>>> {
    let lettered = labels
        .iter()
        .filter(|label| label.letters.is_some())
        .count();
    let numbered = labels.iter().filter(|label| label.day.is_some()).count();
    let whole = labels.len();
    // A date that is written out needs no calendar to be read, nor does the name of a day alone.
    let named = |label: &Label| {
        label
            .letters
            .as_ref()
            .is_some_and(|letters| SYSTEMS[0].contains(&letters.as_str()))
    };
    // `mon - tip run`: small letters name a day only where a mark parts them from the words.
    let parted = labels.iter().all(|label| label.marked && label.small);
    let many = labels.iter().filter(|label| named(label)).count() * 2 > whole;
    if numbered == 0 && many && !parted {
        return None;
    }
    let ascending = || {
        labels.windows(2).all(|pair| {
            pair[0].second.is_some() || pair[0].day <= pair[1].day || pair[1].day <= Some(7)
        })
    };
    if lettered == 0 {
        return (numbered == whole && month.is_some() && ascending()).then(|| vec![None; whole]);
    }
    if lettered < whole && (month.is_none() || numbered < whole) || numbered > 0 && !ascending() {
        return None;
    }
    SYSTEMS.iter().find_map(|system| weekdays(labels, system))
}

/// The places of the labels in the week of one house; letters that are shared count on from the day before.
fn weekdays(labels: &[&Label], system: &[&str; 7]) -> Option<Vec<Option<usize>>> {
    let mut found = Vec::with_capacity(labels.len());
    let mut last: Option<usize> = None;
    for label in labels {
        let Some(letters) = &label.letters else {
            found.push(None);
            continue;
        };
        let from = last.map_or(0, |last| last + 1);
        let ahead = (from..from + 7).map(|day| day % 7);
        let day = ahead.clone().find(|day| system[*day] == letters.as_str())?;
        last = Some(day);
        found.push(Some(day));
    }
    let wraps = found
        .iter()
        .flatten()
        .zip(found.iter().flatten().skip(1))
        .filter(|(one, next)| one >= next)
        .count();
    let sure = labels
        .iter()
        .filter_map(|label| label.letters.as_ref())
        .filter(|letters| !WORDS.holds(letters.as_str()))
        .count();
    let numbered = labels.iter().all(|label| label.day.is_some());
    (sure >= 2 && (wraps <= 1 || numbered)).then_some(found)
}

#[cfg(test)]
mod tests {
    use crate::testing::{dues, summaries};

    #[test]
    fn lines_with_the_letters_of_a_day_are_entries() {
        let text = "Mo ring the tailor\nTu –\nWe fetch the drill\nTh pay the gym";
        assert_eq!(
            summaries(text),
            ["Ring the tailor", "Fetch the drill", "Pay the gym"]
        );
        assert_eq!(
            dues(text),
            ["2026-03-16", "2026-03-11", "2026-03-12"].map(|day| Some(day.to_owned()))
        );
    }

    #[test]
    fn numbers_below_a_month_are_its_days() {
        let text = "APRIL\n2 sign the form\n9 –\n17 Ida: return the van, 18:00";
        assert_eq!(summaries(text), ["Sign the form", "Return the van"]);
        assert_eq!(
            dues(text),
            ["2026-04-02", "2026-04-17T18:00:00+01:00"].map(|day| Some(day.to_owned()))
        );
    }

    #[test]
    fn numbers_and_letters_name_a_day() {
        let text = "12 Th sweep the yard\n13 Fr –\n14 Sa –\n16 Mo post the parcel";
        assert_eq!(
            dues(text),
            ["2026-03-12", "2026-03-16"].map(|day| Some(day.to_owned()))
        );
        let text = "NEXT WEEK\nM – sweep the yard\nT –\nW – mend the gate\nT – Ida: post the parcel\nF – off";
        assert_eq!(
            dues(text)[..3],
            ["2026-03-16", "2026-03-18", "2026-03-19"].map(|day| Some(day.to_owned()))
        );
    }

    #[test]
    fn sentences_that_open_with_small_words_are_none() {
        assert_eq!(
            super::find(
                "We met Ana.\nDo you know her?\nSo be it.",
                &mut super::line::lines("We met Ana.\nDo you know her?\nSo be it.")
            ),
            []
        );
        assert_eq!(
            super::find(
                "1 maths\n2 sports\n3 art",
                &mut super::line::lines("1 maths\n2 sports\n3 art")
            ),
            []
        );
    }
}
