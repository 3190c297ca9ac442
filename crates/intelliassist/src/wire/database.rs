//! Opens the database, with patience where it may still be starting.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use domain::Clock;
use store::{DatabaseUrl, Store, StoreConfig, StoreError};
use tokio::time::Instant;

use super::Records;
use crate::config::{Loaded, database};

/// First wait before a database that does not answer is asked again; it doubles.
const FIRST_WAIT: Duration = Duration::from_millis(250);
/// Longest such wait.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// Opens the configured database, or one in memory. Beside it, what the operator may have meant.
///
/// # Errors
/// What is wrong and what to do about it.
pub(super) async fn open(
    loaded: &Loaded,
    records: Records,
    patience: Duration,
    clock: Arc<dyn Clock>,
) -> Result<(Store, Option<String>)> {
    if records == Records::Forgotten {
        return Ok((Store::in_memory(clock).await?, None));
    }
    let chosen = database::choose(loaded)?;
    if let Some(hint) = &chosen.hint {
        tracing::warn!("{hint}");
    }
    make_ready(&chosen.store)?;
    tracing::info!(
        database.because = chosen.because,
        "opening {}",
        describe(&chosen.store.url)
    );
    let store = open_patiently(&chosen.store, patience, clock).await;
    let store = store.with_context(|| format!("cannot open {}", describe(&chosen.store.url)))?;
    Ok((store, chosen.hint))
}

/// What and where, without the password.
pub(crate) fn describe(url: &DatabaseUrl) -> String {
    match url {
        DatabaseUrl::SqliteFile(path) => format!("the SQLite database {}", path.display()),
        DatabaseUrl::SqliteMemory => "a database in memory (nothing is kept)".to_owned(),
        DatabaseUrl::Postgres(url) => {
            use secrecy::ExposeSecret;
            let text = url.expose_secret();
            let place = text.split_once("://").map_or(text, |(_, rest)| rest);
            let place = place.rsplit_once('@').map_or(place, |(_, place)| place);
            let place = place.split_once('?').map_or(place, |(place, _)| place);
            format!("the PostgreSQL database {place}")
        }
    }
}

/// Makes the directory of a database that is a file.
///
/// # Errors
/// A directory that cannot be made.
pub(crate) fn make_ready(config: &StoreConfig) -> Result<()> {
    match &config.url {
        DatabaseUrl::SqliteFile(path) => make_directory(path),
        DatabaseUrl::SqliteMemory | DatabaseUrl::Postgres(_) => Ok(()),
    }
}

fn make_directory(file: &Path) -> Result<()> {
    let Some(directory) = file
        .parent()
        .filter(|directory| !directory.as_os_str().is_empty())
    else {
        return Ok(());
    };
    std::fs::create_dir_all(directory).with_context(|| {
        format!(
            "cannot make the data directory {}: set DATA_DIR to a directory that can be written",
            directory.display()
        )
    })
}

async fn open_patiently(
    config: &StoreConfig,
    patience: Duration,
    clock: Arc<dyn Clock>,
) -> Result<Store> {
    let is_server = matches!(config.url, DatabaseUrl::Postgres(_));
    let begun = Instant::now();
    let mut wait = FIRST_WAIT;
    loop {
        let error = match Store::open(config, Arc::clone(&clock)).await {
            Ok(store) => return Ok(store),
            Err(error) => error,
        };
        let may_pass = is_server && matches!(error, StoreError::Unavailable(_));
        if !may_pass {
            let remedy = "make sure that the file and its directory can be written, and that DATA_DIR \
                          or DATABASE_URL names the right place";
            return Err(error).context(remedy);
        }
        if begun.elapsed() + wait > patience {
            bail!(
                "it did not answer within {:.0} s ({}); is it running, and is its address right \
                 (DATABASE_URL)?",
                begun.elapsed().as_secs_f64(),
                innermost(&error)
            );
        }
        tracing::warn!(
            error = innermost(&error),
            "the database does not answer; trying again in {:.1} s",
            wait.as_secs_f64()
        );
        tokio::time::sleep(wait).await;
        wait = (wait * 2).min(LONGEST_WAIT);
    }
}

/// The cause at the bottom, which says most.
fn innermost(error: &dyn std::error::Error) -> String {
    let mut error = error;
    while let Some(source) = error.source() {
        error = source;
    }
    error.to_string()
}
