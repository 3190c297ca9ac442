//! When and how often a call is repeated (contract 001-A7, D8.12, D8.31).

use std::time::Duration;

use crate::GatewayConfig;

/// The longest random wait before repetition `n` (from 0): `cap`, or `base · 2^n` if that is less.
pub fn longest_wait(n: u32, base: Duration, cap: Duration) -> Duration {
    let factor = 2_u32.saturating_pow(n);
    base.checked_mul(factor).unwrap_or(cap).min(cap)
}

/// The wait before repetition `n`: full jitter, from nothing to [`longest_wait`] by `chance` (0..1).
pub fn full_jitter(n: u32, base: Duration, cap: Duration, chance: f64) -> Duration {
    longest_wait(n, base, cap).mul_f64(chance.clamp(0.0, 1.0))
}

/// Caps the repetitions of the whole process: every call earns a part of one, each costs one.
#[derive(Debug, Clone)]
pub struct RetryBucket {
    tokens: f64,
    most: f64,
    refill: f64,
}

impl RetryBucket {
    /// A full bucket.
    pub fn new(config: &GatewayConfig) -> Self {
        Self {
            tokens: config.retry_tokens,
            most: config.retry_tokens,
            refill: config.retry_refill,
        }
    }

    /// Takes other sizes; what is in it stays, as far as it fits.
    pub fn configure(&mut self, config: &GatewayConfig) {
        (self.most, self.refill) = (config.retry_tokens, config.retry_refill);
        self.tokens = self.tokens.min(self.most);
    }

    /// A first call was made.
    pub fn earn(&mut self) {
        self.tokens = (self.tokens + self.refill).min(self.most);
    }

    /// Takes a token for a repetition, if there is one.
    pub fn take(&mut self) -> bool {
        // Ten times a fifth is a little less than two.
        let enough = self.tokens > 1.0 - 1e-9;
        if enough {
            self.tokens = (self.tokens - 1.0).max(0.0);
        }
        enough
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: Duration = Duration::from_millis(500);
    const CAP: Duration = Duration::from_secs(8);

    /// Contract 001-A7: random in 0..min(8 s, 0.5 s · 2^n).
    #[test]
    fn waits_grow_to_a_cap() {
        let longest: Vec<u128> = (0..7)
            .map(|n| longest_wait(n, BASE, CAP).as_millis())
            .collect();
        assert_eq!(longest, [500, 1000, 2000, 4000, 8000, 8000, 8000]);
        assert_eq!(longest_wait(u32::MAX, BASE, CAP), CAP);
        assert_eq!(full_jitter(2, BASE, CAP, 0.0), Duration::ZERO);
        assert_eq!(full_jitter(2, BASE, CAP, 0.5), Duration::from_secs(1));
        assert_eq!(full_jitter(2, BASE, CAP, 1.0), Duration::from_secs(2));
    }

    /// Contract D8.31: ten at the start, one more for every five calls.
    #[test]
    fn repetitions_are_capped_over_the_process() {
        let mut bucket = RetryBucket::new(&GatewayConfig::default());
        assert_eq!((0..100).filter(|_| bucket.take()).count(), 10);
        let mut repeated = 0;
        for _ in 0..100 {
            bucket.earn();
            repeated += u32::from(bucket.take());
        }
        assert_eq!(repeated, 20);
        for _ in 0..1_000_000 {
            bucket.earn();
        }
        assert_eq!(
            (0..100).filter(|_| bucket.take()).count(),
            10,
            "it does not hoard"
        );
    }
}
