//! Jobs in one line behind the words that announce them: `Jobs for Saturday: hoover, change beds, ring Mum`.

use std::borrow::Cow;

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
    let mut found: Vec<(usize, Vec<usize>)> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if let Some((colon, commas)) = jobs(line) {
            found.push((
                start + colon,
                commas.into_iter().map(|at| start + at).collect(),
            ));
        }
        start += line.len();
    }
    if found.is_empty() {
        return text;
    }
    let mut text = text.into_owned();
    for (colon, commas) in found {
        text.replace_range(colon + 1..=colon + 1, "\n");
        for comma in commas {
            text.replace_range(comma..comma + 2, " \n");
        }
    }
    Cow::Owned(text)
}

/// Where the colon and the commas of such a line stand: at least two commas, a few words between them, and no
/// sentences.
fn jobs(line: &str) -> Option<(usize, Vec<usize>)> {
    // Most words behind a comma.
    const MOST: usize = 7;
    let colon = line.find(": ").filter(|colon| *colon <= LONGEST)?;
    let opening = crate::words::lower(line[..colon].trim_start());
    if !BEGINS.iter().any(|begins| opening.starts_with(begins)) {
        return None;
    }
    let behind = line[colon + 2..].trim_end().trim_end_matches('.');
    let few = |job: &str| {
        (1..=MOST).contains(&job.split_whitespace().count())
            && !job.contains(['.', '!', '?', ':', ';', '('])
            && !job.starts_with("and ")
    };
    let commas: Vec<usize> = behind
        .match_indices(", ")
        .map(|(at, _)| colon + 2 + at)
        .collect();
    (commas.len() >= 2 && behind.split(", ").all(few)).then_some((colon, commas))
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
