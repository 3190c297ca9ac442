//! The weights.

use std::sync::LazyLock;

use crate::weights::{Sum, Weights, read};

const FILE: &str = include_str!("../../data/weights.tsv");

static WEIGHTS: LazyLock<Weights<f32>> = LazyLock::new(|| read(FILE));

/// The sum of the weights of no feature yet.
pub(super) fn sum() -> Sum {
    Sum::of(&WEIGHTS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::weights::check;

    #[test]
    fn every_line_of_the_file_is_a_weight_of_its_own() {
        check(FILE, &WEIGHTS, 1000);
    }
}
