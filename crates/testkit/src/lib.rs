//! A whole assistant in a test: scripted models, frozen clock, both databases.
//!
//! For `tests/it/` of any crate, never for unit tests: a crate under test that the kit itself uses would
//! exist twice.

#[cfg(feature = "whole")]
#[expect(
    clippy::expect_used,
    reason = "a test that cannot go on ends here, and says why"
)]
mod app;
mod database;
#[cfg(feature = "whole")]
#[expect(
    clippy::expect_used,
    reason = "a test that cannot go on ends here, and says why"
)]
mod http;
mod redis;
pub mod upstream;

#[cfg(feature = "whole")]
pub use app::{NOW, Setup, TestApp};
pub use database::{TestDatabase, databases, postgres, sqlite};
#[cfg(feature = "whole")]
pub use http::{Answer, Client};
pub use redis::{TestRedis, redis};

/// What the runner of the tests said about a server of theirs.
fn server_address(variable: &str, server: &str) -> String {
    #[expect(
        clippy::disallowed_methods,
        reason = "how the runner of the tests speaks to them"
    )]
    let address = std::env::var(variable);
    address.unwrap_or_else(|_| {
        #[expect(
            clippy::panic,
            reason = "a test that is skipped in silence proves nothing"
        )]
        {
            panic!(
                "run `make test` or `cargo xtask test -p …`: the {server} tests need their \
                 throw-away server ({variable} is not set)"
            )
        }
    })
}
