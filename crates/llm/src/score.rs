//! How well an account did lately, as one number (contract 003-A1…A4).

use std::time::Duration;

use jiff::Timestamp;

/// Answers older than these count half, so that a long history does not hide a new trouble.
const HISTORY: f64 = 1000.0;
/// Failures in a row from which an account counts as unhealthy (contract 003-A3).
const UNHEALTHY_AFTER: u32 = 5;
/// An average response as slow as this scores nothing.
const SLOWEST_SECONDS: f64 = 10.0;

/// What is remembered of an account's calls.
#[derive(Debug, Clone, Default)]
pub struct Health {
    /// Calls counted since the start.
    pub total: u64,
    /// Those that were answered.
    pub successes: u64,
    /// Failures since the last success.
    pub consecutive_failures: u32,
    /// When it last answered.
    pub last_success: Option<Timestamp>,
    /// When it last failed.
    pub last_failure: Option<Timestamp>,
    average: Option<f64>,
    weighed_total: f64,
    weighed_successes: f64,
}

impl Health {
    /// Counts an answer that took so long.
    pub fn success(&mut self, took: Duration, now: Timestamp) {
        let seconds = took.as_secs_f64();
        self.average = Some(
            self.average
                .map_or(seconds, |average| 0.7 * average + 0.3 * seconds),
        );
        self.successes += 1;
        self.weighed_successes += 1.0;
        self.consecutive_failures = 0;
        self.last_success = Some(now);
        self.count();
    }

    /// Counts a failure.
    pub fn failure(&mut self, now: Timestamp) {
        self.consecutive_failures = self.consecutive_failures.saturating_add(1);
        self.last_failure = Some(now);
        self.count();
    }

    /// Mean response time in seconds, newer answers weighing more (003-A2); 0 without an answer.
    pub fn average_seconds(&self) -> f64 {
        self.average.unwrap_or(0.0)
    }

    /// Whether fewer than five calls in a row have failed (003-A3).
    pub fn is_healthy(&self) -> bool {
        self.consecutive_failures < UNHEALTHY_AFTER
    }

    /// The health score from 0 to 1 (003-A1); `quota_remaining` is from 0 to 1.
    pub fn score(&self, quota_remaining: f64) -> f64 {
        if self.weighed_total == 0.0 {
            return 1.0;
        }
        let rate = self.weighed_successes / self.weighed_total;
        let penalty = (0.1 * f64::from(self.consecutive_failures)).min(0.5);
        (0.5 * rate + 0.3 * self.speed() + 0.2 * quota_remaining - penalty).clamp(0.0, 1.0)
    }

    /// The score by which accounts of one tier are ordered (003-A4).
    pub fn selection(&self, quota_remaining: f64) -> f64 {
        0.4 * self.score(quota_remaining) + 0.3 * quota_remaining + 0.3 * self.speed()
    }

    fn speed(&self) -> f64 {
        (1.0 - self.average_seconds() / SLOWEST_SECONDS).max(0.0)
    }

    fn count(&mut self) {
        self.total += 1;
        self.weighed_total += 1.0;
        if self.weighed_total > HISTORY {
            self.weighed_total /= 2.0;
            self.weighed_successes /= 2.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A call of the history: an answer after so many seconds, or a failure.
    type Calls = Vec<Option<f64>>;

    fn health(calls: &Calls) -> Health {
        let mut health = Health::default();
        for call in calls {
            match call {
                Some(seconds) => {
                    health.success(Duration::from_secs_f64(*seconds), Timestamp::UNIX_EPOCH);
                }
                None => health.failure(Timestamp::UNIX_EPOCH),
            }
        }
        health
    }

    fn ten_then(failures: usize) -> Calls {
        let mut calls = vec![Some(1.0); 10];
        calls.extend(vec![None; failures]);
        calls
    }

    #[track_caller]
    fn close(what: &str, is: f64, should: f64) {
        assert!((is - should).abs() < 5e-5, "{what}: {is}, not {should}");
    }

    /// The vectors of contract 003-A1…A3: history, quota left, score, average.
    #[test]
    fn health_scores_are_the_contracts() {
        let mut recovered = ten_then(5);
        recovered.push(Some(1.0));
        let table: Vec<(Calls, f64, f64, f64)> = vec![
            (vec![], 1.0, 1.0, 0.0),
            (vec![Some(1.89)], 1.0, 0.9433, 1.89),
            (vec![Some(6.49)], 1.0, 0.8053, 6.49),
            (vec![Some(1.0)], 1.0, 0.97, 1.0),
            (vec![Some(1.0), Some(2.0)], 1.0, 0.961, 1.3),
            (vec![Some(12.0)], 1.0, 0.7, 12.0),
            (vec![Some(1.89)], 0.5, 0.8433, 1.89),
            (vec![None; 1], 1.0, 0.4, 0.0),
            (vec![None; 2], 1.0, 0.3, 0.0),
            (vec![None; 3], 1.0, 0.2, 0.0),
            (vec![None; 4], 1.0, 0.1, 0.0),
            (vec![None; 5], 1.0, 0.0, 0.0),
            (ten_then(1), 1.0, 0.8245, 1.0),
            (ten_then(2), 1.0, 0.6867, 1.0),
            (ten_then(3), 1.0, 0.5546, 1.0),
            (ten_then(4), 1.0, 0.4271, 1.0),
            (ten_then(5), 1.0, 0.3033, 1.0),
            (recovered, 1.0, 0.8137, 1.0),
        ];
        for (calls, quota, score, average) in table {
            let health = health(&calls);
            close(&format!("score of {calls:?}"), health.score(quota), score);
            close(
                &format!("average of {calls:?}"),
                health.average_seconds(),
                average,
            );
        }
    }

    /// The vectors of contract 003-A4.
    #[test]
    fn selection_scores_are_the_contracts() {
        let table: Vec<(Calls, f64, f64)> = vec![
            (vec![], 1.0, 1.0),
            (vec![Some(1.89)], 1.0, 0.9206),
            (vec![Some(6.49)], 1.0, 0.7274),
            (vec![Some(1.89)], 0.1, 0.5786),
            (vec![None], 1.0, 0.76),
            (vec![Some(1.0), None, None], 1.0, 0.7447),
        ];
        for (calls, quota, score) in table {
            close(
                &format!("selection of {calls:?}"),
                health(&calls).selection(quota),
                score,
            );
        }
        close(
            "health with little quota",
            health(&vec![Some(1.89)]).score(0.1),
            0.7633,
        );
    }

    /// Contract 003-A3.
    #[test]
    fn five_failures_in_a_row_are_unhealthy_and_one_answer_heals() {
        assert!(health(&ten_then(4)).is_healthy());
        assert!(!health(&ten_then(5)).is_healthy());
        let mut calls = ten_then(5);
        calls.push(Some(1.0));
        let health = health(&calls);
        assert!(health.is_healthy());
        assert_eq!(health.consecutive_failures, 0);
        assert_eq!((health.total, health.successes), (16, 11));
    }

    #[test]
    fn a_long_history_does_not_hide_a_new_trouble() {
        let mut calls = vec![Some(1.0); 100_000];
        for _ in 0..400 {
            calls.extend([None, Some(1.0)]);
        }
        // About half of what counts failed: 0.5 of 1, 0.27 for 1 s, 0.2 for the quota.
        let score = health(&calls).score(1.0);
        assert!((0.70..0.87).contains(&score), "{score}");
    }
}
