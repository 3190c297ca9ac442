//! The weights.

use std::sync::LazyLock;

use crate::weights::{Sum, Weights, read};

static WEIGHTS: LazyLock<Weights<f32>> =
    LazyLock::new(|| read(include_str!("../../data/weights.tsv")));

/// The sum of the weights of no feature yet.
pub(super) fn sum() -> Sum {
    Sum::of(&WEIGHTS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::weights::{BIAS, key};

    #[test]
    fn every_line_of_the_file_is_a_weight_of_its_own() {
        let lines = include_str!("../../data/weights.tsv").lines().count();
        assert!(lines > 1000, "{lines}");
        assert_eq!(WEIGHTS.len(), lines);
        assert!(WEIGHTS.values().all(|weight| weight.is_finite()));
        assert!(WEIGHTS.contains_key(&key(BIAS, &[])));
    }
}
