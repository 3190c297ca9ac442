//! The pools of connections.

use std::path::Path;
use std::time::Duration;

use secrecy::ExposeSecret;
use sqlx::Executor;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use tokio::time::{Instant, sleep};

use crate::StoreError;
use crate::config::{DatabaseUrl, StoreConfig};
use crate::error::is_busy;
use crate::link::Raw;

/// How many rows of an index SQLite looks at to plan its queries (`sqlite.org/lang_analyze.html`).
const ANALYSED_ROWS: u32 = 400;
/// How long an opening that found another one at work waits before it tries again.
const BUSY_PAUSE: Duration = Duration::from_millis(20);
const APPLICATION: &str = "intelliassist";

/// Connections to either database.
pub(crate) enum Database {
    /// One connection that writes, and several that read beside it.
    Sqlite {
        writer: SqlitePool,
        readers: SqlitePool,
    },
    Postgres(PgPool),
}

impl Database {
    pub(crate) async fn connect(config: &StoreConfig) -> Result<Self, StoreError> {
        match &config.url {
            DatabaseUrl::SqliteFile(path) => sqlite_file(path, config).await,
            DatabaseUrl::SqliteMemory => sqlite_memory(config).await,
            DatabaseUrl::Postgres(url) => postgres(url.expose_secret(), config).await,
        }
    }

    pub(crate) async fn reader(&self) -> Result<Raw, StoreError> {
        match self {
            Self::Sqlite { readers, .. } => Ok(Raw::Sqlite(readers.acquire().await?)),
            Self::Postgres(pool) => Ok(Raw::Postgres(pool.acquire().await?)),
        }
    }

    pub(crate) async fn writer(&self) -> Result<Raw, StoreError> {
        match self {
            Self::Sqlite { writer, .. } => Ok(Raw::Sqlite(writer.acquire().await?)),
            Self::Postgres(pool) => Ok(Raw::Postgres(pool.acquire().await?)),
        }
    }

    /// A transaction. On SQLite it takes the right to write at once, since one that takes it
    /// later is refused when somebody else has written meanwhile.
    pub(crate) async fn begin(&self) -> Result<Raw, StoreError> {
        match self {
            Self::Sqlite { writer, .. } => Ok(Raw::SqliteTransaction(
                writer.begin_with("BEGIN IMMEDIATE").await?,
            )),
            Self::Postgres(pool) => Ok(Raw::PostgresTransaction(pool.begin().await?)),
        }
    }

    pub(crate) async fn close(&self) {
        match self {
            Self::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

async fn sqlite_file(path: &Path, config: &StoreConfig) -> Result<Database, StoreError> {
    if let Some(parent) = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
    {
        std::fs::create_dir_all(parent).map_err(|error| unwritable(parent, path, &error))?;
    }
    let options = sqlite(path, config)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    let writer = sqlite_writer(&options, config).await.map_err(|error| {
        let folder = path.parent().unwrap_or(path);
        unwritable(folder, path, &error)
    })?;
    let readers = SqlitePoolOptions::new()
        .max_connections(config.pool_size.max(1))
        .acquire_timeout(config.acquire_timeout)
        .test_before_acquire(false)
        .connect_with(options.create_if_missing(false).pragma("query_only", "on"))
        .await?;
    Ok(Database::Sqlite { writer, readers })
}

/// SQLite does not wait when the journal of a file is changed to a log by two at once, however
/// long it is told to wait (`sqlite.org/wal.html`, “Sometimes Queries Return `SQLITE_BUSY` In WAL
/// Mode”), so the waiting is done here.
async fn sqlite_writer(
    options: &SqliteConnectOptions,
    config: &StoreConfig,
) -> Result<SqlitePool, sqlx::Error> {
    let begun = Instant::now();
    loop {
        match one_connection(config).connect_with(options.clone()).await {
            Err(error) if is_busy(&error) && begun.elapsed() < config.acquire_timeout => {
                sleep(BUSY_PAUSE).await;
            }
            opened => return opened,
        }
    }
}

/// The database lives as long as its one connection, which therefore reads as well.
async fn sqlite_memory(config: &StoreConfig) -> Result<Database, StoreError> {
    let options = sqlite(Path::new(":memory:"), config).in_memory(true);
    let writer = one_connection(config).connect_with(options).await?;
    Ok(Database::Sqlite {
        readers: writer.clone(),
        writer,
    })
}

fn sqlite(path: &Path, config: &StoreConfig) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .foreign_keys(true)
        .optimize_on_close(true, ANALYSED_ROWS)
        // Another process that writes is waited for as long as one of our own.
        .busy_timeout(config.acquire_timeout)
}

fn one_connection(config: &StoreConfig) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(1)
        .min_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .acquire_timeout(config.acquire_timeout)
}

fn unwritable(folder: &Path, path: &Path, error: &dyn std::fmt::Display) -> StoreError {
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    StoreError::unavailable(format!(
        "cannot open the database {}: {error}; the directory {} must exist and be writable for \
         this user",
        path.display(),
        folder.display(),
    ))
}

async fn postgres(url: &str, config: &StoreConfig) -> Result<Database, StoreError> {
    let options: PgConnectOptions = url
        .parse()
        .map_err(|error: sqlx::Error| StoreError::Invalid(format!("DATABASE_URL: {error}")))?;
    let options = options.application_name(APPLICATION);
    let limit = config.statement_timeout.as_millis();
    // A transaction left open (a request that hangs) holds locks: the server ends it.
    let session = format!(
        "SET statement_timeout = {limit}; SET lock_timeout = {limit}; \
         SET idle_in_transaction_session_timeout = {limit}; SET client_min_messages = warning"
    );
    let pool = PgPoolOptions::new()
        .max_connections(config.pool_size.saturating_add(config.max_overflow).max(1))
        .acquire_timeout(config.acquire_timeout)
        .after_connect(move |connection, _| {
            let session = session.clone();
            Box::pin(async move {
                connection
                    .execute(sqlx::raw_sql(sqlx::AssertSqlSafe(session)))
                    .await
                    .map(|_| ())
            })
        })
        .connect_with(options)
        .await?;
    Ok(Database::Postgres(pool))
}
