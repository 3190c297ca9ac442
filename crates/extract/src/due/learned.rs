//! The day of a deed to which no rule gives one, by weights that were trained on labelled texts.
//!
//! A day that is told behind a deed has too many forms for rules: `Ida offered to take it, until Friday she says`.
//! Each date near behind the deed is weighed by how far away it stands, by what stands around it and by what else
//! takes it; the likeliest is taken where it is likely enough. (What stands before a deed gives it a day in few
//! forms, which the rules have.) The weights (`data/due_weights.tsv`) are those of a logistic regression, made by
//! `make train`.

mod example;
mod feature;

use std::sync::LazyLock;

use super::{Chosen, context, hour, later};
use crate::date::FoundDate;
use crate::detect::Source;
use crate::draft::Draft;
use crate::weights::{Sum, Weights, read};

pub use example::{Dating, datings};
use feature::Deeds;

/// A day that is less likely than this is none.
const LEAST: f32 = 0.5;
/// Bytes between a deed and a date that has something to do with it.
const REACH: usize = 400;
/// Dates behind a deed that are looked at.
const MOST: usize = 6;

const FILE: &str = include_str!("../../data/due_weights.tsv");

static WEIGHTS: LazyLock<Weights<f32>> = LazyLock::new(|| read(FILE));

/// Gives the deeds that have no day the likeliest one.
pub(crate) fn propose(source: &Source<'_>, drafts: &mut [Draft]) {
    if source.dates.is_empty() || !drafts.iter().any(is_open) {
        return;
    }
    let deeds = Deeds::of(source, drafts);
    let open = drafts
        .iter()
        .enumerate()
        .filter(|(_, draft)| is_open(draft));
    let proposed: Vec<(usize, Chosen)> = open
        .filter_map(|(at, draft)| Some((at, likeliest(source, &deeds, draft)?)))
        .collect();
    for (at, mut due) in proposed {
        hour::midnight_ends(source, &mut due);
        drafts[at].due = Some(due);
        if later::is_of_other(source, drafts, at) {
            drafts[at].due = None;
        }
    }
}

fn is_open(draft: &Draft) -> bool {
    draft.alive && draft.due.is_none()
}

fn likeliest(source: &Source<'_>, deeds: &Deeds<'_>, draft: &Draft) -> Option<Chosen> {
    let weighed = near(source, deeds, draft).map(|(date, due)| {
        let mut sum = Sum::of(&WEIGHTS);
        feature::of(source, deeds, draft, date, &mut sum);
        (sum.likelihood(), due)
    });
    let (likely, due) = weighed.max_by(|a, b| a.0.total_cmp(&b.0))?;
    (likely >= LEAST).then_some(due)
}

/// The dates behind a deed that could be its own, those that no rule gives to something else, with what each would
/// make its deadline.
fn near(
    source: &Source<'_>,
    deeds: &Deeds<'_>,
    draft: &Draft,
) -> impl Iterator<Item = (usize, Chosen)> {
    let own = draft.bytes.end;
    let first = source.dates.partition_point(|date| date.bytes.start < own);
    let reached = move |date: &usize| {
        let found = source.dates.get(*date);
        found.is_some_and(|found| found.bytes.start <= own.saturating_add(REACH))
    };
    let reached = (first..first + MOST).take_while(reached);
    reached.filter_map(move |date| {
        let due = context::chosen(source, date)?;
        let apart = is_behind_arrow(source.text, own, &source.dates[date]);
        (!apart && !deeds.bars(source, draft, date)).then_some((date, due))
    })
}

/// `fill cracks → paint (Sunday latest)`: what comes behind an arrow is done later.
fn is_behind_arrow(text: &str, own: usize, found: &FoundDate) -> bool {
    let between = text.get(own..found.bytes.start);
    between.is_some_and(|between| between.contains('→') || between.contains("->"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::dues;
    use crate::weights;

    #[test]
    fn every_line_of_the_file_is_a_weight_of_its_own() {
        weights::check(FILE, &WEIGHTS, 200);
    }

    #[test]
    fn a_day_that_only_looks_like_that_of_something_else_is_found() {
        for (text, day) in [
            (
                "The CSV import bores me, but Ida offered to take it, until Friday she says.",
                "2026-03-13",
            ),
            (
                "The timer must be reset because of that, today still, otherwise we heat an empty church.",
                "2026-03-10",
            ),
        ] {
            assert_eq!(dues(text), [Some(day.to_owned())], "{text}");
        }
        let both = "I'd better swap my slot at the clinic, I'll ring them first thing tomorrow.";
        assert_eq!(dues(both), vec![Some("2026-03-11".to_owned()); 2]);
    }

    #[test]
    fn a_day_that_is_asked_about_or_is_that_of_a_noun_is_not_theirs() {
        let asked = "Gail: is it raining tomorrow?\nTom: no idea. I'll wash the car\n";
        assert_eq!(dues(asked), [None]);
        let noun = "buy bread, dentist on Friday";
        assert_eq!(dues(noun), [None, Some("2026-03-13".to_owned())]);
    }

    #[test]
    fn a_deed_without_dates_around_it_has_no_day() {
        assert_eq!(dues("Paint the fence. The weather is fine."), [None]);
    }
}
