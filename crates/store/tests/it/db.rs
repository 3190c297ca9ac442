//! A database of its own for each test, on SQLite (in a file, as it is served) and PostgreSQL.

use std::sync::Arc;
use std::time::Duration;

use domain::{Clock, ManualClock};
use jiff::{SignedDuration, Timestamp};
use store::{DatabaseUrl, Store, StoreConfig, admin};
use uuid::Uuid;

/// A store, its clock, and how to open it once more.
pub(crate) struct Db {
    pub(crate) store: Store,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) config: StoreConfig,
    place: Place,
}

enum Place {
    Sqlite(#[expect(dead_code, reason = "held for its Drop")] tempfile::TempDir),
    Postgres { server: String, name: String },
}

/// Runs each test on both databases.
macro_rules! on_both {
    ($( $(#[$meta:meta])* async fn $name:ident($db:ident: &Db) $body:block )+) => {
        $(
            mod $name {
                use super::*;

                $(#[$meta])*
                async fn check($db: &Db) $body

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn sqlite() {
                    let db = Db::sqlite().await;
                    check(&db).await;
                    db.end().await;
                }

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn postgres() {
                    let db = Db::postgres().await;
                    check(&db).await;
                    db.end().await;
                }
            }
        )+
    };
}

pub(crate) use on_both;

impl Db {
    pub(crate) async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = DatabaseUrl::SqliteFile(folder.path().join("store.db"));
        Self::open(url, Place::Sqlite(folder)).await
    }

    pub(crate) async fn postgres() -> Self {
        let (url, place) = Self::empty_postgres().await;
        Self::open(url, place).await
    }

    async fn empty_postgres() -> (DatabaseUrl, Place) {
        let server = server();
        let name = format!("store_{}", Uuid::new_v4().simple());
        let url = admin::create_database(&server, &name).await.unwrap();
        (url.parse().unwrap(), Place::Postgres { server, name })
    }

    async fn open(url: DatabaseUrl, place: Place) -> Self {
        let config = StoreConfig {
            acquire_timeout: Duration::from_secs(3),
            ..StoreConfig::new(url)
        };
        let clock = Arc::new(ManualClock::new(at("2026-03-10T12:00:00Z")));
        let store = Store::open(&config, clock.clone()).await.unwrap();
        Self {
            store,
            clock,
            config,
            place,
        }
    }

    /// The same database through another store, as another process has it.
    pub(crate) async fn again(&self) -> Store {
        Store::open(&self.config, self.clock.clone()).await.unwrap()
    }

    /// Lets seconds pass.
    pub(crate) fn wait(&self, seconds: i64) {
        self.clock.advance(SignedDuration::from_secs(seconds));
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn is_postgres(&self) -> bool {
        matches!(self.place, Place::Postgres { .. })
    }

    /// The server this database lies on, and its name there.
    pub(crate) fn on_server(&self) -> Option<(&str, &str)> {
        match &self.place {
            Place::Sqlite(_) => None,
            Place::Postgres { server, name } => Some((server, name)),
        }
    }

    pub(crate) async fn end(self) {
        self.store.close().await;
        if let Place::Postgres { server, name } = self.place {
            admin::drop_database(&server, &name).await.unwrap();
        }
    }
}

/// The throw-away PostgreSQL server of this run.
#[expect(
    clippy::disallowed_methods,
    reason = "how the test run names its server"
)]
pub(crate) fn server() -> String {
    std::env::var("TEST_POSTGRES_URL").expect(
        "the tests need a PostgreSQL server that may be thrown away: run them with \
         `cargo xtask test -p store`, or set TEST_POSTGRES_URL to the address of a superuser",
    )
}

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}
