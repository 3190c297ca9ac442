//! Watches how long steps take. On a machine that is busy with other things, two threads waiting for
//! each other are slower than one: three times the best time seen, for a second, is the sign.

use std::collections::HashMap;
use std::time::Duration;

const SLOWER: u32 = 3;
const FOR: Duration = Duration::from_secs(1);
const CELLS_PER_CLASS: usize = 1024;

/// Best times of comparable steps: as many answers at once, over a cache about as full.
#[derive(Debug, Default)]
pub(super) struct Steps {
    best: HashMap<(usize, usize), Duration>,
    slow: Duration,
}

impl Steps {
    /// Notes a step of `answers` tokens over `cells` cached ones; true when steps have been slow for a
    /// second in a row.
    pub(super) fn are_slow(&mut self, answers: usize, cells: usize, took: Duration) -> bool {
        let class = (answers, cells / CELLS_PER_CLASS);
        let best = self.best.entry(class).or_insert(took);
        *best = took.min(*best);
        if took > *best * SLOWER {
            self.slow += took;
        } else {
            self.slow = Duration::ZERO;
        }
        self.slow >= FOR
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Duration = Duration::from_millis(1);

    #[test]
    fn a_second_of_slow_steps_is_a_sign() {
        let mut steps = Steps::default();
        assert!(!steps.are_slow(1, 0, 50 * MS));
        for _ in 0..4 {
            assert!(!steps.are_slow(1, 0, 200 * MS));
        }
        assert!(steps.are_slow(1, 0, 200 * MS));
    }

    #[test]
    fn one_step_as_quick_as_ever_ends_the_count() {
        let mut steps = Steps::default();
        steps.are_slow(1, 0, 50 * MS);
        assert!(!steps.are_slow(1, 0, 900 * MS));
        assert!(!steps.are_slow(1, 0, 60 * MS));
        assert!(!steps.are_slow(1, 0, 900 * MS));
    }

    #[test]
    fn only_comparable_steps_are_compared() {
        let mut steps = Steps::default();
        steps.are_slow(1, 0, 10 * MS);
        assert!(!steps.are_slow(4, 0, 2000 * MS));
        assert!(!steps.are_slow(1, 4000, 2000 * MS));
    }
}
