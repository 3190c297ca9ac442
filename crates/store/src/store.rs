//! The store as a whole: opened, asked for its health, closed.

use std::sync::Arc;
use std::time::Duration;

use domain::Clock;

use crate::StoreError;
use crate::config::{DatabaseUrl, StoreConfig};
use crate::database::Database;
use crate::link::{Link, Raw};
use crate::migrate::Migration;
use crate::statement::Statement;

/// What the client waits beyond the server's own limit for a statement, so that the server has
/// the first word.
const GRACE: Duration = Duration::from_secs(5);

/// The records. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    database: Database,
    backend: Backend,
    clock: Arc<dyn Clock>,
    patience: Duration,
}

/// What kind of database a store lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// A file.
    Sqlite,
    /// Memory of this process.
    Memory,
    /// A server.
    Postgres,
}

/// A database that answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Health {
    /// What kind of database.
    pub backend: Backend,
    /// Tasks in it that are not deleted.
    pub tasks_count: i64,
}

impl Store {
    /// Connects, and brings the schema up to date if `config.migrate` says so.
    ///
    /// # Errors
    /// `Unavailable` if the database cannot be reached or its file not be written; `Invalid` if
    /// its address cannot be read or its schema is newer than this program.
    pub async fn open(config: &StoreConfig, clock: Arc<dyn Clock>) -> Result<Self, StoreError> {
        let backend = match config.url {
            DatabaseUrl::SqliteFile(_) => Backend::Sqlite,
            DatabaseUrl::SqliteMemory => Backend::Memory,
            DatabaseUrl::Postgres(_) => Backend::Postgres,
        };
        let store = Self {
            inner: Arc::new(Inner {
                database: Database::connect(config).await?,
                backend,
                clock,
                patience: config.statement_timeout + GRACE,
            }),
        };
        if config.migrate {
            store.migrate().await?;
        }
        Ok(store)
    }

    /// A store in the memory of this process.
    ///
    /// # Errors
    /// `Internal`, should the database in memory fail.
    pub async fn in_memory(clock: Arc<dyn Clock>) -> Result<Self, StoreError> {
        Self::open(&StoreConfig::new(DatabaseUrl::SqliteMemory), clock).await
    }

    /// What kind of database this is.
    pub fn backend(&self) -> Backend {
        self.inner.backend
    }

    /// Begins a transaction. Dropping it undoes what was done in it.
    ///
    /// # Errors
    /// `Unavailable` if the database is.
    pub async fn begin(&self) -> Result<Transaction, StoreError> {
        Ok(Transaction {
            link: self.link(self.inner.database.begin().await?),
            failed: false,
        })
    }

    /// Brings the schema up to date. Several processes may do so at the same time.
    ///
    /// # Errors
    /// `Invalid` if the schema is newer than this program.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        let mut transaction = self.begin().await?;
        transaction.link.migrate(None).await?;
        transaction.commit().await
    }

    /// The migrations this program knows, oldest first, and when each was applied here.
    ///
    /// # Errors
    /// `Invalid` if the schema is newer than this program.
    pub async fn migration_status(&self) -> Result<Vec<Migration>, StoreError> {
        self.reader().await?.migrations().await
    }

    /// Asks the database for something simple.
    ///
    /// # Errors
    /// `Unavailable` if it does not answer.
    pub async fn health(&self) -> Result<Health, StoreError> {
        let count = Statement::new("SELECT COUNT(*) AS n FROM tasks WHERE deleted_at IS NULL");
        Ok(Health {
            backend: self.inner.backend,
            tasks_count: self.reader().await?.one(count).await?.get("n")?,
        })
    }

    /// Writes something and takes it back.
    ///
    /// # Errors
    /// `Unavailable` if the database does not take it.
    pub async fn check_writable(&self) -> Result<(), StoreError> {
        let mut transaction = self.begin().await?;
        let value = serde_json::Value::Bool(true);
        transaction
            .put_state("store.check_writable", &value)
            .await?;
        transaction.rollback().await
    }

    /// Lets go of every connection, once the operations under way are done.
    pub async fn close(&self) {
        self.inner.database.close().await;
    }

    pub(crate) async fn reader(&self) -> Result<Link, StoreError> {
        Ok(self.link(self.inner.database.reader().await?))
    }

    pub(crate) async fn writer(&self) -> Result<Link, StoreError> {
        Ok(self.link(self.inner.database.writer().await?))
    }

    fn link(&self, raw: Raw) -> Link {
        Link {
            raw,
            clock: Arc::clone(&self.inner.clock),
            patience: self.inner.patience,
        }
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store")
            .field("backend", &self.inner.backend)
            .finish_non_exhaustive()
    }
}

/// Several changes that happen together or not at all. Dropping it undoes them.
pub struct Transaction {
    pub(crate) link: Link,
    failed: bool,
}

impl Transaction {
    /// Makes the changes last.
    ///
    /// # Errors
    /// `Invalid` if an operation of it failed, in which case nothing was changed; `Unavailable`
    /// if the database went away, in which case nobody knows.
    pub async fn commit(self) -> Result<(), StoreError> {
        if self.failed {
            self.rollback().await?;
            return Err(StoreError::Invalid(
                "an operation of this transaction failed, so it was undone".to_owned(),
            ));
        }
        self.link.commit().await
    }

    /// Undoes the changes.
    ///
    /// # Errors
    /// `Unavailable` if the database went away; the changes are undone then, too.
    pub async fn rollback(self) -> Result<(), StoreError> {
        self.link.rollback().await
    }

    /// Keeps in mind that an operation failed. One that found nothing has changed nothing.
    pub(crate) fn note<T>(&mut self, result: Result<T, StoreError>) -> Result<T, StoreError> {
        self.failed |= matches!(&result, Err(error) if !matches!(error, StoreError::NotFound));
        result
    }
}

impl std::fmt::Debug for Transaction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Transaction")
            .field("failed", &self.failed)
            .finish_non_exhaustive()
    }
}
