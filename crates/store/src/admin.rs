//! Whole databases, for tests: made, dropped, cut off, taken back to an earlier schema.

use crate::statement::Statement;
use crate::{Store, StoreError, Transaction};

/// Makes an empty database on the PostgreSQL server at `url` and tells its address.
///
/// # Errors
/// `Unavailable` if the server is.
pub async fn create_database(url: &str, name: &str) -> Result<String, StoreError> {
    run(url, format!("CREATE DATABASE \"{name}\"")).await?;
    let (address, options) = url.split_once('?').unwrap_or((url, ""));
    let (server, _) = address
        .rsplit_once('/')
        .filter(|(server, _)| !server.ends_with('/'))
        .unwrap_or((address, ""));
    let question = if options.is_empty() { "" } else { "?" };
    Ok(format!("{server}/{name}{question}{options}"))
}

/// Drops a database, whoever is connected to it.
///
/// # Errors
/// `Unavailable` if the server is.
pub async fn drop_database(url: &str, name: &str) -> Result<(), StoreError> {
    run(
        url,
        format!("DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)"),
    )
    .await
}

/// Runs SQL on the PostgreSQL server at `url`.
///
/// # Errors
/// Whatever the server answers.
pub async fn run(url: &str, sql: String) -> Result<(), StoreError> {
    use sqlx::{Connection, Executor};
    let mut connection = sqlx::PgConnection::connect(url).await?;
    connection
        .execute(sqlx::raw_sql(sqlx::AssertSqlSafe(sql)))
        .await?;
    connection.close().await?;
    Ok(())
}

/// Brings the schema up to a version and not further.
///
/// # Errors
/// As in bringing it up to date.
pub async fn migrate_to(store: &Store, version: i64) -> Result<(), StoreError> {
    let mut transaction = store.begin().await?;
    transaction.link.migrate(Some(version)).await?;
    transaction.commit().await
}

/// Runs SQL without arguments in a transaction of the store.
///
/// # Errors
/// Whatever the database answers.
pub async fn execute(transaction: &mut Transaction, sql: &str) -> Result<u64, StoreError> {
    let result = transaction.link.execute(Statement::new(sql)).await;
    transaction.note(result)
}
