//! Lists without bullets: runs of short lines, with a title or without.

use super::super::line::{Line, Shape};
use super::{acts, done, has_leader, is_entry, names_a_month, opens_with_day, run};
use crate::hash::HashSet;
use crate::token::{List, list};

/// Turns runs of short lines into the items they are: `dump run`, `oil change`, `call mom`.
pub(in crate::text) fn bare_lists(text: &str, lines: &mut [Line], skip: &HashSet<usize>) {
    let mut at = 0;
    while at < lines.len() {
        let length = run(lines, at, skip, |shape| matches!(shape, Shape::Text { .. }));
        let run = at..at + length;
        if length >= 3 && is_list(text, &lines[run.clone()]) {
            let titled = usize::from(is_title(text, &lines[run.clone()]));
            for line in &mut lines[run.start + titled..run.end] {
                if heads_column(&text[line.range.clone()]) {
                    continue;
                }
                line.shape = Shape::Item {
                    indent: 0,
                    checked: done(&text[line.range.clone()]),
                    number: None,
                };
            }
        }
        at += length.max(1);
    }
}

/// `IN PROGRESS`, `DONE`: the head of a column of a board, among the cards of it.
fn heads_column(line: &str) -> bool {
    let letters = || line.chars().filter(|c| c.is_alphabetic());
    let brief = line.len() <= 24 && letters().count() >= 4;
    brief
        && letters().all(char::is_uppercase)
        && super::super::section::read(line) != super::super::Section::Plain
}

/// Short lines that are no sentences, one of them at least a deed.
fn is_list(text: &str, run: &[Line]) -> bool {
    let lines: Vec<&str> = run.iter().map(|line| &text[line.range.clone()]).collect();
    let counts: Vec<usize> = lines
        .iter()
        .map(|line| line.split_whitespace().count())
        .collect();
    let short = counts.iter().all(|count| *count <= 14)
        && counts.iter().sum::<usize>() * 2 <= counts.len() * 13;
    let sentences = lines
        .iter()
        .filter(|line| line.ends_with(['.', '?', ',', '…']))
        .count();
    let goes_on = lines
        .iter()
        .any(|line| line.ends_with([',', '-', ';', '&']));
    let asks = run.iter().any(|line| acts(text, line));
    let dated = lines.iter().filter(|line| opens_with_day(line)).count();
    let led = lines.iter().filter(|line| has_leader(line)).count();
    if dated.max(led) * 2 > lines.len() {
        return true;
    }
    short && asks && !goes_on && sentences * 4 <= lines.len()
}

/// `Anna: tent, stove`: one word and a colon.
fn is_labelled(line: &str) -> bool {
    let label = line.split_once(": ").map(|(label, _)| label);
    label.is_some_and(|label| !label.is_empty() && label.chars().all(char::is_alphabetic))
}

/// What people get ready for.
const EVENTS: List<'static> = list![
    "move",
    "trip",
    "party",
    "wedding",
    "bbq",
    "barbecue",
    "picnic",
    "camping",
    "holiday",
    "fair",
    "fete",
    "fête",
    "festival",
    "concert",
    "gig",
    "christmas",
    "birthday",
    "bday",
    "fundraiser",
    "renovation",
    "reno",
    "regatta",
    "tournament",
    "jumble",
    "hike",
    "tour",
    "reunion",
    "raffle",
];

/// Whether the first line says what the others are.
fn is_title(text: &str, run: &[Line]) -> bool {
    let line = &text[run[0].range.clone()];
    let letters = || line.chars().filter(|c| c.is_alphabetic());
    let count = line.split_whitespace().count();
    let shouts = letters().count() > 2 && letters().all(char::is_uppercase);
    let lower = |line: &Line| {
        text[line.range.clone()]
            .chars()
            .next()
            .is_some_and(char::is_lowercase)
    };
    let first = line.split_whitespace().next().unwrap_or_default();
    let first = crate::words::lower(first);
    let stands_out =
        !lower(&run[0]) && run[1..].iter().filter(|line| lower(line)).count() * 2 > run.len() - 1;
    let last = line.split_whitespace().next_back();
    let dated = last.is_some_and(|word| names_a_month(&word.to_lowercase())) && count <= 4;
    // `tomorrow` or `Sat` above what is to be done then.
    let day = count == 1
        && (opens_with_day(line) || matches!(&*first, "today" | "tomorrow" | "tonight" | "tmrw"));
    let leads = dated
        || day
        || matches!(
            &*first,
            "before" | "for" | "things" | "todo" | "to-do" | "list" | "after"
        );
    let entry = opens_with_day(line) && count > 1 || has_leader(line);
    let entries = run[1..]
        .iter()
        .filter(|line| is_entry(&text[line.range.clone()]))
        .count();
    let heads = entries * 4 >= (run.len() - 1) * 3 && count <= 10;
    let heads = heads && !entry && !line.to_lowercase().starts_with("week ");
    // `shop` above what is bought there, and below it perhaps `pharmacy: nose spray`.
    let shop = count <= 2
        && !line.contains(':')
        && super::super::section::read(line) == super::super::Section::Shopping;
    // `Bike trip` above `Anna: tent`, `Tom: maps`.
    let labelled = || {
        run[1..]
            .iter()
            .filter(|line| is_labelled(&text[line.range.clone()]))
    };
    let shares = count <= 3
        && !line.contains([':', '@', '-', '–'])
        && !entry
        && !acts(text, &run[0])
        && labelled().count() * 2 > run.len();
    // `office move` above `label the crates`: what all of it is for.
    let event = (2..=3).contains(&count)
        && !entry
        && !acts(text, &run[0])
        && last.is_some_and(|word| EVENTS.holds(crate::words::lower(word).as_ref()));
    heads
        || event
        || shop
        || shares
        || count <= 6
            && !entry
            && !acts(text, &run[0])
            && (line.ends_with(':') || shouts || stands_out || leads)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::line;

    fn items(text: &str) -> usize {
        let mut lines = line::lines(text);
        bare_lists(text, &mut lines, &HashSet::default());
        lines
            .iter()
            .filter(|line| matches!(line.shape, Shape::Item { .. }))
            .count()
    }

    #[test]
    fn short_lines_with_a_deed_among_them_are_items() {
        assert_eq!(items("SATURDAY\ndump run\noil change\ncall mom"), 3);
        assert_eq!(items("call mom\noil change\ndump run"), 3);
    }

    #[test]
    fn prose_and_verse_stay_lines() {
        let verse = "all the leaves come down like unpaid bills\nI said I'd mend the gate by spring\nthe spring came in, the gate hangs still";
        assert_eq!(items(verse), 0);
        assert_eq!(items("We met.\nWe talked.\nCall it a day."), 0);
    }
}
