//! A connection in hand, with or without an open transaction. Every query of the crate is a
//! method of [`Link`], in the file of its record.

use std::sync::Arc;
use std::time::Duration;

use domain::Clock;
use jiff::Timestamp;
use sqlx::pool::PoolConnection;
use sqlx::{PgConnection, Postgres, Sqlite, SqliteConnection, Transaction};

use crate::StoreError;
use crate::dialect::Dialect;
use crate::row::Row;
use crate::statement::Statement;

/// A connection and what its queries need to know.
pub(crate) struct Link {
    pub(crate) raw: Raw,
    pub(crate) clock: Arc<dyn Clock>,
    /// How long an answer of a server may take.
    pub(crate) patience: Duration,
}

pub(crate) enum Raw {
    Sqlite(PoolConnection<Sqlite>),
    SqliteTransaction(Transaction<'static, Sqlite>),
    Postgres(PoolConnection<Postgres>),
    PostgresTransaction(Transaction<'static, Postgres>),
}

enum Handle<'c> {
    Sqlite(&'c mut SqliteConnection),
    Postgres(&'c mut PgConnection),
}

impl Link {
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn dialect(&self) -> Dialect {
        match self.raw {
            Raw::Sqlite(_) | Raw::SqliteTransaction(_) => Dialect::Sqlite,
            Raw::Postgres(_) | Raw::PostgresTransaction(_) => Dialect::Postgres,
        }
    }

    fn handle(&mut self) -> Handle<'_> {
        match &mut self.raw {
            Raw::Sqlite(connection) => Handle::Sqlite(connection),
            Raw::SqliteTransaction(transaction) => Handle::Sqlite(transaction),
            Raw::Postgres(connection) => Handle::Postgres(connection),
            Raw::PostgresTransaction(transaction) => Handle::Postgres(transaction),
        }
    }

    /// Every row.
    pub(crate) async fn all(&mut self, statement: Statement) -> Result<Vec<Row>, StoreError> {
        let patience = self.patience;
        match self.handle() {
            Handle::Sqlite(connection) => {
                let rows = statement.for_sqlite().fetch_all(connection).await?;
                Ok(rows.into_iter().map(Row::Sqlite).collect())
            }
            Handle::Postgres(connection) => {
                let rows = statement.for_postgres().fetch_all(connection);
                let rows = within(patience, rows).await?;
                Ok(rows.into_iter().map(Row::Postgres).collect())
            }
        }
    }

    /// Every row, read as a record.
    pub(crate) async fn list<T>(
        &mut self,
        statement: Statement,
        read: fn(&Row) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        self.all(statement).await?.iter().map(read).collect()
    }

    /// The one row, if there is one.
    pub(crate) async fn optional(
        &mut self,
        statement: Statement,
    ) -> Result<Option<Row>, StoreError> {
        let patience = self.patience;
        match self.handle() {
            Handle::Sqlite(connection) => {
                let row = statement.for_sqlite().fetch_optional(connection).await?;
                Ok(row.map(Row::Sqlite))
            }
            Handle::Postgres(connection) => {
                let row = statement.for_postgres().fetch_optional(connection);
                Ok(within(patience, row).await?.map(Row::Postgres))
            }
        }
    }

    /// The one row; [`StoreError::NotFound`] without.
    pub(crate) async fn one(&mut self, statement: Statement) -> Result<Row, StoreError> {
        self.optional(statement).await?.ok_or(StoreError::NotFound)
    }

    /// How many rows were changed.
    pub(crate) async fn execute(&mut self, statement: Statement) -> Result<u64, StoreError> {
        let patience = self.patience;
        match self.handle() {
            Handle::Sqlite(connection) => {
                let done = statement.for_sqlite().execute(connection).await?;
                Ok(done.rows_affected())
            }
            Handle::Postgres(connection) => {
                let done = statement.for_postgres().execute(connection);
                Ok(within(patience, done).await?.rows_affected())
            }
        }
    }

    /// Several statements without arguments.
    pub(crate) async fn script(&mut self, sql: String) -> Result<(), StoreError> {
        let script = sqlx::raw_sql(sqlx::AssertSqlSafe(sql));
        match self.handle() {
            Handle::Sqlite(connection) => script.execute(connection).await.map(|_| ())?,
            Handle::Postgres(connection) => script.execute(connection).await.map(|_| ())?,
        }
        Ok(())
    }

    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        match self.raw {
            Raw::SqliteTransaction(transaction) => transaction.commit().await?,
            Raw::PostgresTransaction(transaction) => {
                within(self.patience, transaction.commit()).await?;
            }
            Raw::Sqlite(_) | Raw::Postgres(_) => {}
        }
        Ok(())
    }

    pub(crate) async fn rollback(self) -> Result<(), StoreError> {
        match self.raw {
            Raw::SqliteTransaction(transaction) => transaction.rollback().await?,
            Raw::PostgresTransaction(transaction) => {
                within(self.patience, transaction.rollback()).await?;
            }
            Raw::Sqlite(_) | Raw::Postgres(_) => {}
        }
        Ok(())
    }
}

/// A server that has gone without a word must not hold a request for the minutes TCP takes.
async fn within<T>(
    patience: Duration,
    answer: impl Future<Output = Result<T, sqlx::Error>>,
) -> Result<T, StoreError> {
    match tokio::time::timeout(patience, answer).await {
        Ok(answer) => Ok(answer?),
        Err(late) => Err(StoreError::unavailable(late)),
    }
}
