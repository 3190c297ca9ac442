//! Settings of the gateway. Durations are seconds with fractions.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::prices::Price;

/// Settings of the gateway; the defaults are the contract's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct GatewayConfig {
    /// Failures of a provider that open its circuit (contract 003-A6).
    pub breaker_failure_threshold: u32,
    /// Time within which they must happen, with no success between (contract D8.13).
    #[serde(rename = "breaker_window_seconds", with = "seconds")]
    pub breaker_window: Duration,
    /// How long a circuit stays open before one request may probe it.
    #[serde(rename = "breaker_timeout_seconds", with = "seconds")]
    pub breaker_timeout: Duration,
    /// Probes that must succeed to close it.
    pub breaker_success_threshold: u32,
    /// Longest wait before the first repetition; it doubles with each (contract 001-A7).
    #[serde(rename = "retry_base_seconds", with = "seconds")]
    pub retry_base: Duration,
    /// Longest wait before any repetition.
    #[serde(rename = "retry_cap_seconds", with = "seconds")]
    pub retry_cap: Duration,
    /// Repetitions per request, after every account was asked once (contract D8.12).
    pub max_retries: u32,
    /// Repetitions the whole process may start with (contract D8.31).
    pub retry_tokens: f64,
    /// Share of calls that refills them.
    pub retry_refill: f64,
    /// Time for an answer, for accounts without a time-out of their own.
    #[serde(rename = "timeout_seconds", with = "seconds")]
    pub timeout: Duration,
    /// Time for a request with all its attempts, when the caller gives none.
    #[serde(rename = "deadline_seconds", with = "seconds")]
    pub deadline: Duration,
    /// Whether `per_minute` is held for every account, or only for those that say so.
    pub enforce_per_minute: bool,
    /// Longest wait that a provider may ask of an account with `Retry-After`.
    #[serde(rename = "rate_limit_pause_seconds", with = "seconds")]
    pub rate_limit_pause: Duration,
    /// How long an account rests whose key was refused, and a model that does not exist.
    #[serde(rename = "refused_pause_seconds", with = "seconds")]
    pub refused_pause: Duration,
    /// How long a request waits for an account to recover when none can be asked now.
    #[serde(rename = "recovery_wait_seconds", with = "seconds")]
    pub recovery_wait: Duration,
    /// Accounts with a lower health score are asked last in their tier (contract 003-A3, 7.4).
    pub demote_below: f64,
    /// Ask a second account when the first has not answered for this long; the first answer counts.
    #[serde(rename = "hedge_after_seconds", with = "seconds::optional")]
    pub hedge_after: Option<Duration>,
    /// Prices by model.
    pub prices: BTreeMap<String, Price>,
}

impl Default for GatewayConfig {
    fn default() -> Self {
        Self {
            breaker_failure_threshold: 5,
            breaker_window: Duration::from_mins(1),
            breaker_timeout: Duration::from_mins(1),
            breaker_success_threshold: 1,
            retry_base: Duration::from_millis(500),
            retry_cap: Duration::from_secs(8),
            max_retries: 2,
            retry_tokens: 10.0,
            retry_refill: 0.2,
            timeout: Duration::from_secs(30),
            deadline: Duration::from_mins(2),
            enforce_per_minute: false,
            rate_limit_pause: Duration::from_mins(5),
            refused_pause: Duration::from_mins(5),
            recovery_wait: Duration::from_secs(2),
            demote_below: 0.3,
            hedge_after: None,
            prices: BTreeMap::new(),
        }
    }
}

impl GatewayConfig {
    /// Checks what a type cannot say.
    ///
    /// # Errors
    /// The rule that is broken.
    pub fn validate(&self) -> Result<(), InvalidConfig> {
        let rule = if self.breaker_failure_threshold == 0 || self.breaker_success_threshold == 0 {
            "breaker thresholds must be at least 1"
        } else if self.breaker_window.is_zero() {
            "breaker_window_seconds must be more than 0"
        } else if self.timeout.is_zero() || self.deadline.is_zero() {
            "timeout_seconds and deadline_seconds must be more than 0"
        } else if self.retry_cap < self.retry_base {
            "retry_cap_seconds must not be less than retry_base_seconds"
        } else if !(0.0..=1.0).contains(&self.retry_refill) || !(0.0..).contains(&self.retry_tokens)
        {
            "retry_refill must be from 0 to 1 and retry_tokens not negative"
        } else if !(0.0..=1.0).contains(&self.demote_below) {
            "demote_below must be from 0 to 1"
        } else {
            return Ok(());
        };
        Err(InvalidConfig(rule))
    }
}

/// A rule that the configuration breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidConfig(pub &'static str);

/// Durations as seconds with fractions.
mod seconds {
    use std::time::Duration;

    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(value: &Duration, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_f64(value.as_secs_f64())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
        let seconds = f64::deserialize(from)?;
        Duration::try_from_secs_f64(seconds)
            .map_err(|_| D::Error::custom("must be a number of seconds, not negative"))
    }

    /// The same, or nothing.
    pub(super) mod optional {
        use std::time::Duration;

        use serde::{Deserialize, Deserializer, Serializer, de::Error};

        #[expect(
            clippy::ref_option,
            reason = "serde calls it with a reference to the field"
        )]
        pub(in super::super) fn serialize<S: Serializer>(
            value: &Option<Duration>,
            to: S,
        ) -> Result<S::Ok, S::Error> {
            match value {
                Some(value) => to.serialize_some(&value.as_secs_f64()),
                None => to.serialize_none(),
            }
        }

        pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
            from: D,
        ) -> Result<Option<Duration>, D::Error> {
            Option::<f64>::deserialize(from)?
                .map(Duration::try_from_secs_f64)
                .transpose()
                .map_err(|_| D::Error::custom("must be a number of seconds, not negative"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_seconds_with_fractions() {
        let config: GatewayConfig =
            serde_json::from_str(r#"{"breaker_window_seconds": 0.25, "hedge_after_seconds": 1.5}"#)
                .unwrap();
        assert_eq!(config.breaker_window, Duration::from_millis(250));
        assert_eq!(config.hedge_after, Some(Duration::from_millis(1500)));
        assert_eq!(config.breaker_failure_threshold, 5);
        let back = serde_json::to_value(&config).unwrap();
        assert_eq!(back["breaker_window_seconds"], 0.25);
    }

    #[test]
    fn refuses_what_it_does_not_know_and_what_cannot_be() {
        for bad in [
            r#"{"breaker_windw_seconds": 1}"#,
            r#"{"breaker_window_seconds": -1}"#,
            r#"{"hedge_after_seconds": 1e300}"#,
        ] {
            assert!(serde_json::from_str::<GatewayConfig>(bad).is_err(), "{bad}");
        }
        assert!(GatewayConfig::default().validate().is_ok());
        let none = GatewayConfig {
            breaker_failure_threshold: 0,
            ..GatewayConfig::default()
        };
        assert!(none.validate().is_err());
        let nan = GatewayConfig {
            retry_tokens: f64::NAN,
            ..GatewayConfig::default()
        };
        assert!(nan.validate().is_err());
    }
}
