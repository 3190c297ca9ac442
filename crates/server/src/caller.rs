//! Who asks: keys at the edge (contract D8.19).
//!
//! Without login a `user_id` is only a label (contract D8.21); a key opens the door and no more.

use std::fmt::Write;
use std::net::IpAddr;
use std::sync::Arc;

use axum::http::{HeaderMap, header};
use sha2::{Digest, Sha256};
use subtle::{Choice, ConstantTimeEq};

use crate::config::AuthMode;

/// The keys that open the door, kept as hashes only.
#[derive(Clone)]
pub struct Door {
    keys: Arc<[[u8; 32]]>,
    open: bool,
}

/// The server would stand open on an address others can reach.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "refusing to listen on {0} without a key: set API_KEYS=<a long random secret>, \
     or AUTH_MODE=off to serve everyone who can reach this address, or API_HOST=127.0.0.1"
)]
pub struct OpenDoor(pub IpAddr);

impl Door {
    /// The door for an address.
    ///
    /// # Errors
    /// [`OpenDoor`] when the address is not loopback, no key is set, and nobody said that this is
    /// wanted.
    pub fn new(mode: AuthMode, host: IpAddr, keys: &[String]) -> Result<Self, OpenDoor> {
        let open = match mode {
            AuthMode::Off => true,
            AuthMode::Auto => host.is_loopback() && keys.is_empty(),
            AuthMode::Keys => false,
        };
        if !open && keys.is_empty() {
            return Err(OpenDoor(host));
        }
        Ok(Self {
            keys: keys.iter().map(|key| hash(key)).collect(),
            open,
        })
    }

    /// Whether a request with these headers may come in.
    pub fn admits(&self, headers: &HeaderMap) -> bool {
        self.open || self.key_of(headers).is_some()
    }

    /// A name for the key that a request opens the door with, from which the key cannot be told.
    pub(crate) fn key_of(&self, headers: &HeaderMap) -> Option<String> {
        let given = hash(presented(headers)?);
        let mut name = String::new();
        for byte in &given[..8] {
            // Writing to a String does not fail.
            let _ = write!(name, "{byte:02x}");
        }
        self.knows(&given).then_some(name)
    }

    /// Compares with every key in the same time, whichever it is.
    fn knows(&self, given: &[u8; 32]) -> bool {
        let none = Choice::from(0);
        bool::from(
            self.keys
                .iter()
                .fold(none, |found, known| found | known.ct_eq(given)),
        )
    }
}

/// The key of a request: `Authorization: Bearer …` or `X-API-Key`.
pub(crate) fn presented(headers: &HeaderMap) -> Option<&str> {
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let bearer = bearer.and_then(|value| {
        let (scheme, key) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(key.trim())
    });
    bearer.or_else(|| {
        headers
            .get("x-api-key")
            .and_then(|value| value.to_str().ok())
    })
}

fn hash(key: &str) -> [u8; 32] {
    Sha256::digest(key.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOOPBACK: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);
    const EVERYWHERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::UNSPECIFIED);

    fn with(name: &'static str, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name.parse().unwrap(), value.parse().unwrap())])
    }

    #[test]
    fn d8_19_another_address_needs_a_key_or_a_word() {
        assert!(Door::new(AuthMode::Auto, EVERYWHERE, &[]).is_err());
        assert!(Door::new(AuthMode::Off, EVERYWHERE, &[]).is_ok());
        assert!(Door::new(AuthMode::Auto, EVERYWHERE, &["secret".to_owned()]).is_ok());
    }

    #[test]
    fn d8_19_loopback_is_open_unless_keys_are_set() {
        let open = Door::new(AuthMode::Auto, LOOPBACK, &[]).unwrap();
        assert!(open.admits(&HeaderMap::new()));
        let keyed = Door::new(AuthMode::Auto, LOOPBACK, &["secret".to_owned()]).unwrap();
        assert!(!keyed.admits(&HeaderMap::new()));
    }

    #[test]
    fn d8_19_both_headers_carry_the_key() {
        let door = Door::new(AuthMode::Keys, LOOPBACK, &["one".into(), "two".into()]).unwrap();
        assert!(door.admits(&with("authorization", "Bearer two")));
        assert!(door.admits(&with("x-api-key", "one")));
        assert!(!door.admits(&with("x-api-key", "three")));
        assert!(!door.admits(&with("authorization", "Basic two")));
    }
}
