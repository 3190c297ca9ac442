//! The weights, and the sum of those of a clause.

use std::sync::LazyLock;

use crate::weights::{Part, Sink, Weights, key, lines, part};

/// The first line is the bias.
static WEIGHTS: LazyLock<Weights<f32>> = LazyLock::new(|| {
    lines(include_str!("../../data/weights.tsv"))
        .map(|(name, values, weight)| (key(&name, &values.iter().collect::<Vec<_>>()), weight))
        .collect()
});

/// Name under which the bias stands.
const BIAS: &Part<'static> = part!("bias");

/// The weights of the features given, summed up.
pub(super) struct Sum {
    weights: &'static Weights<f32>,
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
}
