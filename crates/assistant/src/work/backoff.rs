//! How long a job waits after a failure.

use jiff::SignedDuration;

/// Wait after the first failure.
const FIRST: i64 = 5;
/// Longest wait.
const LONGEST: i64 = 600;

/// The wait before the next attempt: 5 s, 10 s, 20 s, …, at most ten minutes.
pub(crate) fn wait(attempts: i64) -> SignedDuration {
    let doublings = u32::try_from(attempts.saturating_sub(1))
        .unwrap_or(0)
        .min(10);
    SignedDuration::from_secs((FIRST << doublings).min(LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_ten_minutes() {
        let seconds: Vec<i64> = (0..10).map(|attempts| wait(attempts).as_secs()).collect();
        assert_eq!(seconds, [5, 5, 10, 20, 40, 80, 160, 320, 600, 600]);
    }
}
