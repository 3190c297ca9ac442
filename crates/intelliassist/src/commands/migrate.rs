//! `migrate`: the schema of the database.

use std::sync::Arc;

use anyhow::{Context, Result};
use domain::SystemClock;
use serde_json::{Value, json};
use store::{Store, StoreConfig};

use crate::cli::Migrate;
use crate::config::{Loaded, database};
use crate::output::{Cell, Look, Output, cell};
use crate::telemetry::Console;
use crate::wire;

/// Applies what is missing, or only shows it.
///
/// # Errors
/// A database that cannot be reached, or whose schema is newer than this program.
pub(super) fn run(loaded: &Loaded, options: &Migrate) -> Result<()> {
    let _logs = super::prepare(loaded, Console::Stderr);
    let chosen = database::choose(loaded)?;
    let place = wire::database::describe(&chosen.store.url);
    super::block_on(async {
        wire::database::make_ready(&chosen.store)?;
        let config = StoreConfig {
            migrate: !options.status,
            ..chosen.store
        };
        let opened = Store::open(&config, Arc::new(SystemClock)).await;
        let store = opened.with_context(|| format!("cannot open {place}"))?;
        let migrations = store.migration_status().await?;
        store.close().await;
        let mut output = Output::new(options.json.json);
        if output.json {
            let all = migrations.iter().map(|step| {
                json!({
                    "version": step.version,
                    "name": step.name,
                    "applied_at": step.applied_at.map(|moment| moment.to_string()),
                })
            });
            output.pretty(&all.collect::<Vec<Value>>())?;
            return Ok(output.flush()?);
        }
        let rows: Vec<Vec<Cell>> = migrations
            .iter()
            .map(|step| {
                let applied = match step.applied_at {
                    Some(moment) => cell(moment.strftime("%Y-%m-%d %H:%M UTC")).look(Look::Green),
                    None => cell("not yet").look(Look::Yellow),
                };
                vec![cell(step.version), cell(&step.name), applied]
            })
            .collect();
        output.table(&["", "migration", "applied"], &rows)?;
        let left = migrations
            .iter()
            .filter(|step| step.applied_at.is_none())
            .count();
        output.line("")?;
        let told = if left == 0 {
            "up to date".to_owned()
        } else {
            format!("{left} to apply: intelliassist migrate")
        };
        output.styled(Look::Dim, format_args!("{place}: {told}"))?;
        Ok(output.flush()?)
    })
}
