//! A corner of the throw-away Redis for one test.

use uuid::Uuid;

/// Where `make test` and `cargo xtask test` say that their Redis is.
const SERVER: &str = "TEST_REDIS_URL";

/// A server that all tests share, and keys that no other test uses.
#[derive(Debug, Clone)]
pub struct TestRedis {
    /// Where the server is, as `REDIS_URL` takes it.
    pub url: String,
    /// What the keys of this test begin with.
    pub prefix: String,
}

#[cfg(feature = "whole")]
impl TestRedis {
    /// How an assistant shares it.
    pub fn config(&self) -> store::SharedConfig {
        store::SharedConfig {
            prefix: self.prefix.clone(),
            ..store::SharedConfig::new(self.url.clone().into())
        }
    }
}

/// A prefix of the test's own on the throw-away Redis.
///
/// # Panics
/// When no server is there, with the commands that bring one.
pub fn redis() -> TestRedis {
    TestRedis {
        url: crate::server_address(SERVER, "Redis"),
        prefix: format!("test:{}:", Uuid::new_v4().simple()),
    }
}
