//! Settings of the models in this process.

use std::num::{NonZeroU32, NonZeroUsize};
use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Settings; the defaults suit a machine with two cores and 4 GiB.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LocalConfig {
    /// Text model: a name of the manifest or the path of any GGUF file. Unset: the best one that is
    /// installed and fits.
    pub text_model: Option<String>,
    /// Threads for heavy work. Unset: the physical cores this process may use, less one above four.
    pub threads: Option<NonZeroUsize>,
    /// Threads while answering; on machines that are busy with other things 1 is quickest. Unset: as
    /// `threads`.
    pub text_threads: Option<NonZeroUsize>,
    /// How long a model without work stays loaded.
    #[serde(rename = "idle_seconds", with = "seconds")]
    pub idle: Duration,
    /// Tokens of one conversation, prompt and answer together; never more than the model's own limit.
    pub context: NonZeroU32,
    /// Requests that may wait for a model before it is “busy”.
    pub queue: NonZeroUsize,
}

impl Default for LocalConfig {
    fn default() -> Self {
        Self {
            text_model: None,
            threads: None,
            text_threads: None,
            idle: Duration::from_mins(10),
            context: NonZeroU32::MIN.saturating_add(4095),
            queue: NonZeroUsize::MIN.saturating_add(7),
        }
    }
}

/// Seconds with fractions.
mod seconds {
    use super::{Deserialize, Deserializer, Duration, Serializer};

    pub(super) fn serialize<S: Serializer>(time: &Duration, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_f64(time.as_secs_f64())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
        Duration::try_from_secs_f64(f64::deserialize(from)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_said_is_the_default() {
        let config: LocalConfig = toml::from_str("").unwrap();
        assert_eq!(config, LocalConfig::default());
        assert_eq!((config.context.get(), config.queue.get()), (4096, 8));
        assert_eq!(config.idle, Duration::from_mins(10));
    }

    #[test]
    fn seconds_have_fractions_and_are_never_negative() {
        let config: LocalConfig = toml::from_str("idle_seconds = 0.5").unwrap();
        assert_eq!(config.idle, Duration::from_millis(500));
        assert!(toml::from_str::<LocalConfig>("idle_seconds = -1.0").is_err());
    }

    #[test]
    fn nonsense_is_refused() {
        assert!(toml::from_str::<LocalConfig>("thread = 2").is_err());
        assert!(toml::from_str::<LocalConfig>("threads = 0").is_err());
        assert!(toml::from_str::<LocalConfig>("context = 0").is_err());
    }
}
