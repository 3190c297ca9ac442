//! Jobs in one line behind the words that announce them: `Jobs for Saturday: hoover, change beds, ring Mum`.

use std::borrow::Cow;

use super::breaks;

/// Longest announcement, in bytes.
const LONGEST: usize = 50;

/// How such an announcement begins. What is bought or packed together stays in one line.
const BEGINS: &[&str] = &[
    "jobs",
    "chores",
    "errands",
    "things to ",
    "to do",
    "to-do",
    "todo",
    "remember for ",
    "before we ",
    "before i ",
    "for today",
    "for tomorrow",
    "people to ",
    "calls to make",
    "emails to ",
    "must do",
    "tasks for ",
];

/// The text with each job of such a line in a line of its own; every byte keeps its place.
pub(crate) fn in_lines(text: Cow<'_, str>) -> Cow<'_, str> {
    breaks::replaced(text, |line| jobs(line).unwrap_or_default())
}

/// The line breaks of such a line, behind its colon and in place of its commas: at least two commas, a few words
/// between them, and no sentences.
fn jobs(line: &str) -> Option<Vec<(usize, &'static str)>> {
    // Most words behind a comma.
    const MOST: usize = 7;
    let colon = line.find(": ").filter(|colon| *colon <= LONGEST)?;
    let opening = crate::words::lower(line[..colon].trim_start());
    if !BEGINS.iter().any(|begins| opening.starts_with(begins)) {
        return None;
    }
    let first = colon + 2;
    let behind = line[first..].trim_end().trim_end_matches('.');
    let few = |job: &str| {
        (1..=MOST).contains(&job.split_whitespace().count())
            && !job.contains(['.', '!', '?', ':', ';', '('])
            && !job.starts_with("and ")
    };
    let commas = behind
        .match_indices(", ")
        .map(|(at, _)| (first + at, " \n"));
    let enough = behind.split(", ").count() > 2 && behind.split(", ").all(few);
    enough.then(|| std::iter::once((colon + 1, "\n")).chain(commas).collect())
}

#[cfg(test)]
mod tests {
    use crate::testing::{dues, found};

    #[test]
    fn jobs_behind_what_announces_them_are_one_each() {
        assert_eq!(
            found("Jobs for Saturday: hoover, change beds, car wash, ring Mum"),
            ["Hoover", "Change beds", "Car wash", "Ring Mum"]
        );
        assert_eq!(
            dues("Jobs for Saturday: hoover, change beds, ring Mum"),
            vec![Some("2026-03-14".to_owned()); 3]
        );
        assert_eq!(
            found("Calls to make: dentist, plumber, Aunt May"),
            ["Call dentist", "Call plumber", "Call Aunt May"]
        );
    }

    #[test]
    fn what_is_got_together_and_what_is_told_stay_in_one_line() {
        assert_eq!(
            found("To pack: passport, charger, sunscreen"),
            ["Pack passport, charger, sunscreen"]
        );
        for text in [
            "Ingredients: flour, eggs, milk",
            "Jobs: three are open, two are filled. We start in May.",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
    }
}
