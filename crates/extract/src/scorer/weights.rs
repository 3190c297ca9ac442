//! The weights, and the sum of those of a clause.

use std::hash::Hasher;
use std::sync::LazyLock;

use super::feature::Sink;
use crate::hash::{HashMap, Short};

/// A feature a line: its name, its values and its weight, parted by tabs. The first is the bias.
static WEIGHTS: LazyLock<HashMap<u64, f32>> = LazyLock::new(|| {
    include_str!("../../data/weights.tsv")
        .lines()
        .filter_map(|line| {
            let (feature, weight) = line.rsplit_once('\t')?;
            let mut parts = feature.split('\t');
            let name = parts.next()?;
            let values: Vec<&str> = parts.collect();
            Some((key(name, &values), weight.parse().ok()?))
        })
        .collect()
});

/// Name under which the bias stands.
pub(super) const BIAS: &str = "bias";

fn key(name: &str, values: &[&str]) -> u64 {
    let mut hash = Short::default();
    hash.write(name.as_bytes());
    for value in values {
        hash.write_u8(0);
        hash.write(value.as_bytes());
    }
    hash.finish()
}

/// The weights of the features given, summed up.
pub(super) struct Sum {
    weights: &'static HashMap<u64, f32>,
    sum: f32,
}

impl Default for Sum {
    fn default() -> Self {
        let weights = &*WEIGHTS;
        let bias = weights.get(&key(BIAS, &[])).copied().unwrap_or_default();
        Self { weights, sum: bias }
    }
}

impl Sum {
    /// The logistic function of the sum.
    pub(super) fn likelihood(&self) -> f32 {
        1.0 / (1.0 + (-self.sum).exp())
    }
}

impl Sink for Sum {
    fn give(&mut self, name: &'static str, values: &[&str]) {
        self.sum += self
            .weights
            .get(&key(name, values))
            .copied()
            .unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_file_is_a_weight_of_its_own() {
        let lines = include_str!("../../data/weights.tsv").lines().count();
        assert!(lines > 1000, "{lines}");
        assert_eq!(WEIGHTS.len(), lines);
        assert!(WEIGHTS.values().all(|weight| weight.is_finite()));
        assert!(WEIGHTS.contains_key(&key(BIAS, &[])));
    }

    #[test]
    fn values_are_told_apart() {
        assert_ne!(key("a", &["bc"]), key("ab", &["c"]));
        assert_ne!(key("a", &["b", "c"]), key("a", &["bc"]));
        assert_ne!(key("a", &["b"]), key("a", &["b", ""]));
    }
}
