//! Which Redis is shared, if any (contract 003-C4, D8.25, D8.39): `REDIS_URL`, else `REDIS_HOST` and its
//! fellows, else none.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use secrecy::{ExposeSecret, SecretString};

use super::Settings;

/// Its address.
pub(crate) fn address(settings: &Settings) -> Option<SecretString> {
    let redis = &settings.redis;
    let given = redis.url.as_ref();
    if let Some(url) = given.filter(|url| !url.expose_secret().trim().is_empty()) {
        return Some(url.clone());
    }
    let host = redis.host.as_deref().map(str::trim);
    let host = host.filter(|host| !host.is_empty())?;
    let password = redis.password.as_ref().map(ExposeSecret::expose_secret);
    let password = password.filter(|password| !password.is_empty());
    let password = password.map_or_else(String::new, |password| {
        format!(":{}@", utf8_percent_encode(password, NON_ALPHANUMERIC))
    });
    let (port, db) = (redis.port, redis.db);
    Some(format!("redis://{password}{host}:{port}/{db}").into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::load_from;

    fn address_of(variables: &[(&str, &str)]) -> Option<String> {
        let variables: Vec<(String, String)> = variables
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let loaded = load_from(None, &[], &variables, &[]).unwrap();
        Some(address(&loaded.settings)?.expose_secret().to_owned())
    }

    #[test]
    fn c4_003_d8_25_d8_39_the_url_wins_over_its_parts_and_nothing_is_no_redis() {
        assert_eq!(address_of(&[]), None);
        assert_eq!(address_of(&[("REDIS_PORT", "6380")]), None);
        let parts = [
            ("REDIS_HOST", "cache"),
            ("REDIS_PORT", "6380"),
            ("REDIS_DB", "2"),
            ("REDIS_PASSWORD", "p@ss/word"),
        ];
        let made = "redis://:p%40ss%2Fword@cache:6380/2";
        assert_eq!(address_of(&parts).as_deref(), Some(made));
        let usual = address_of(&[("REDIS_HOST", "cache")]);
        assert_eq!(usual.as_deref(), Some("redis://cache:6379/0"));
        let both = [("REDIS_URL", "rediss://r:1/3"), ("REDIS_HOST", "cache")];
        assert_eq!(address_of(&both).as_deref(), Some("rediss://r:1/3"));
    }
}
