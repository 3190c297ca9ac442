//! The area of a task by weights that were trained on labelled texts.
//!
//! The lists say what a word speaks for; the weights (`data/area_weights.tsv`, made by `make train`)
//! add the words no list has, and how far the points of the lists can be trusted. They are those of
//! nine logistic regressions, one an area against all others; the largest sum wins.

use std::sync::LazyLock;

use super::Score;
use super::table::{NAMES, counts};
use crate::task::Area;
use crate::token::Token;
use crate::weights::{BIAS, Part, Sink, Weights, key, lines, part, step};
use crate::words;

/// The last value of a feature is the number of the area it speaks for.
static WEIGHTS: LazyLock<Weights<Score>> = LazyLock::new(|| {
    let mut weights: Weights<Score> = Weights::default();
    for (name, values, weight) in lines(include_str!("../../data/area_weights.tsv")) {
        let Some((area, values)) = values.split_last() else {
            continue;
        };
        let area = NAMES[..Area::ALL.len()]
            .iter()
            .position(|name| *name == area.text());
        if let Some(area) = area {
            let values: Vec<&Part<'_>> = values.iter().collect();
            weights.entry(key(&name, &values)).or_default()[area] = weight;
        }
    }
    weights
});

/// The names of the areas, as values of features.
static PARTS: [Part<'static>; Area::ALL.len()] = {
    let mut parts = [Part::of(""); Area::ALL.len()];
    let mut at = 0;
    while at < parts.len() {
        parts[at] = Part::of(NAMES[at]);
        at += 1;
    }
    parts
};

/// Shares of the most points from which an area is well placed.
const PLACED: [f32; 5] = [0.3, 0.5, 0.7, 0.85, 0.999];
/// Shares of the most points from which the second area is near the first.
const NEAR: [f32; 4] = [0.2, 0.4, 0.6, 0.8];

/// Gives the features of a task: the words of its summary, and how the areas are placed by points.
pub(super) fn features(summary: &[Token], points: &Score, to: &mut impl Sink) {
    let stems: Vec<String> = summary
        .iter()
        .filter(|token| counts(token))
        .map(words::stem_of)
        .collect();
    let stems: Vec<Part<'_>> = stems.iter().map(|stem| Part::of(stem)).collect();
    let mut previous = None;
    for stem in &stems {
        to.give(part!("word"), &[stem]);
        match previous {
            Some(previous) => to.give(part!("words"), &[previous, stem]),
            None => to.give(part!("first"), &[stem]),
        }
        previous = Some(stem);
    }
    let mut order: Vec<usize> = (0..Area::ALL.len()).collect();
    order.sort_by(|a, b| points[*b].total_cmp(&points[*a]));
    let most = points[order[0]].max(f32::MIN_POSITIVE);
    for (area, points) in PARTS.iter().zip(points) {
        to.give(part!("points"), &[area, step(points / most, &PLACED)]);
    }
    let (best, second) = (&PARTS[order[0]], &PARTS[order[1]]);
    to.give(part!("order"), &[best, second]);
    to.give(part!("near"), &[best, step(points[order[1]] / most, &NEAR)]);
}

/// The area that the features of a task speak for most.
pub(super) fn choose(summary: &[Token], points: &Score) -> usize {
    let mut sums = Sums([0.0; Area::ALL.len()]);
    sums.give(BIAS, &[]);
    features(summary, points, &mut sums);
    (1..Area::ALL.len()).fold(0, |best, area| {
        if sums.0[area] > sums.0[best] {
            area
        } else {
            best
        }
    })
}

struct Sums(Score);

impl Sink for Sums {
    fn give(&mut self, name: &Part<'static>, values: &[&Part<'_>]) {
        if let Some(weights) = WEIGHTS.get(&key(name, values)) {
            for (sum, weight) in self.0.iter_mut().zip(weights) {
                *sum += weight;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token;

    fn chosen(summary: &str, points: Score) -> &'static str {
        NAMES[choose(&token::tokenize(summary, 0..summary.len()), &points)]
    }

    #[test]
    fn every_area_has_weights() {
        assert!(WEIGHTS.len() > 500, "{}", WEIGHTS.len());
        assert!(WEIGHTS.values().flatten().all(|weight| weight.is_finite()));
        for area in 0..Area::ALL.len() {
            assert!(WEIGHTS.values().any(|weights| weights[area] != 0.0));
        }
    }

    #[test]
    fn what_leads_by_far_is_chosen() {
        for (at, area) in NAMES[..Area::ALL.len()].iter().enumerate() {
            let mut points = [1.0; Area::ALL.len()];
            points[at] = 30.0;
            assert_eq!(chosen("Xyzzy", points), *area);
        }
    }

    #[test]
    fn a_telling_word_decides_between_areas_that_are_near() {
        let mut points = [1.0; Area::ALL.len()];
        (points[0], points[2]) = (7.0, 6.0);
        assert_eq!(chosen("Pay the deposit", points), "finance");
        assert_eq!(chosen("Write the minutes", points), "work");
    }
}
