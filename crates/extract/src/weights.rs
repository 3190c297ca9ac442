//! What trained weights have in common: features, and how a weight is found by one.
//!
//! A feature has a name and values; a file of weights has one to a line, its parts parted by tabs and
//! its weight last (`words\tcall\tback\t0.41`).

use std::hash::BuildHasherDefault;

use crate::hash::{self, Same};

/// A [`Part`] that is always the same, hashed when the program is compiled.
macro_rules! part {
    ($text:expr) => {
        const { &$crate::weights::Part::of($text) }
    };
}
pub(crate) use part;

/// Weights by the [`key`] of their feature.
pub(crate) type Weights<W> = std::collections::HashMap<u64, W, BuildHasherDefault<Same>>;

/// Name under which the bias stands.
pub(crate) const BIAS: &Part<'static> = part!("bias");

/// The name of a feature or one of its values, with its hash: a word is hashed once, in however many
/// features it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part<'a> {
    text: &'a str,
    hash: u64,
}

impl<'a> Part<'a> {
    pub(crate) const fn of(text: &'a str) -> Self {
        let hash = hash::text(text);
        Self { text, hash }
    }

    pub(crate) fn text(self) -> &'a str {
        self.text
    }
}

/// Takes the features of what is weighed.
pub(crate) trait Sink {
    /// A feature by its name and its values.
    fn give(&mut self, name: &Part<'static>, values: &[&Part<'_>]);
}

/// Keeps the features as the files of weights write them.
#[derive(Debug, Default)]
pub(crate) struct Names(pub(crate) Vec<String>);

impl Sink for Names {
    fn give(&mut self, name: &Part<'static>, values: &[&Part<'_>]) {
        let mut feature = name.text.to_owned();
        for value in values {
            feature.push('\t');
            feature.push_str(value.text);
        }
        self.0.push(feature);
    }
}

/// The weights of the features given, summed up.
pub(crate) struct Sum {
    weights: &'static Weights<f32>,
    sum: f32,
}

impl Sum {
    /// Of no feature yet: the bias.
    pub(crate) fn of(weights: &'static Weights<f32>) -> Self {
        let bias = weights.get(&key(BIAS, &[])).copied().unwrap_or_default();
        Self { weights, sum: bias }
    }

    /// The logistic function of the sum.
    pub(crate) fn likelihood(&self) -> f32 {
        1.0 / (1.0 + (-self.sum).exp())
    }
}

impl Sink for Sum {
    // Dozens of features are given in a row: their code stays small where it is called.
    #[inline(never)]
    fn give(&mut self, name: &Part<'static>, values: &[&Part<'_>]) {
        self.sum += self
            .weights
            .get(&key(name, values))
            .copied()
            .unwrap_or_default();
    }
}

/// The weights of a file.
pub(crate) fn read(file: &str) -> Weights<f32> {
    lines(file)
        .map(|(name, values, weight)| (key(&name, &values.iter().collect::<Vec<_>>()), weight))
        .collect()
}

/// How many of the steps are reached: a count or a share as the value of a feature.
pub(crate) fn step<T: PartialOrd + Copy>(reached: T, steps: &[T]) -> &'static Part<'static> {
    const STEPS: [&Part<'static>; 7] = [
        part!("0"),
        part!("1"),
        part!("2"),
        part!("3"),
        part!("4"),
        part!("5"),
        part!("6"),
    ];
    STEPS[steps.iter().filter(|step| reached >= **step).count().min(6)]
}

/// The number of a feature.
#[inline]
pub(crate) fn key(name: &Part<'_>, values: &[&Part<'_>]) -> u64 {
    let all = |all, value: &&Part<'_>| hash::mixed(all, value.hash);
    hash::spread(values.iter().fold(name.hash, all))
}

/// The parts of each line of a file of weights: the feature's name, its values, its weight.
pub(crate) fn lines(file: &str) -> impl Iterator<Item = (Part<'_>, Vec<Part<'_>>, f32)> {
    file.lines().filter_map(|line| {
        let (feature, weight) = line.rsplit_once('\t')?;
        let mut parts = feature.split('\t').map(Part::of);
        let name = parts.next()?;
        Some((name, parts.collect(), weight.parse().ok()?))
    })
}

/// Fails unless every line of a file is a weight of its own, the bias among them.
#[cfg(test)]
pub(crate) fn check(file: &str, weights: &Weights<f32>, least: usize) {
    let lines = file.lines().count();
    assert!(lines > least, "{lines}");
    assert_eq!(weights.len(), lines);
    assert!(weights.values().all(|weight| weight.is_finite()));
    assert!(weights.contains_key(&key(BIAS, &[])));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str, values: &[&str]) -> u64 {
        let values: Vec<Part<'_>> = values.iter().copied().map(Part::of).collect();
        super::key(&Part::of(name), &values.iter().collect::<Vec<_>>())
    }

    #[test]
    fn values_are_told_apart() {
        assert_ne!(key("a", &["bc"]), key("ab", &["c"]));
        assert_ne!(key("a", &["b", "c"]), key("a", &["bc"]));
        assert_ne!(key("a", &["b"]), key("a", &["b", ""]));
    }

    #[test]
    fn what_is_written_of_a_feature_is_read_again() {
        let mut names = Names::default();
        names.give(part!("words"), &[&Part::of("call"), part!("")]);
        let file = format!("bias\t-1.5\n{}\t0.25\nno weight\n", names.0[0]);
        let read: Vec<(&str, Vec<&str>, f32)> = lines(&file)
            .map(|(name, values, weight)| {
                let values = values.iter().map(|value| value.text).collect();
                (name.text, values, weight)
            })
            .collect();
        assert_eq!(
            read,
            [("bias", vec![], -1.5), ("words", vec!["call", ""], 0.25)]
        );
    }
}
