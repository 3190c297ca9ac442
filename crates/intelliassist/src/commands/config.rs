//! `config`: settings in force, settings there are, files to begin with.

use anyhow::Result;

use crate::cli::Config;
use crate::config::{ConfigError, Loaded, database, report};
use crate::output::{Cell, Look, Output, cell, note};

/// Shows them. A page and a template need no settings to be right.
///
/// # Errors
/// Settings that cannot be used.
pub(super) fn run(load: impl FnOnce() -> Result<Loaded, ConfigError>, what: &Config) -> Result<()> {
    match what {
        Config::Check(json) => check(&load()?, &mut Output::new(json.json)),
        Config::Docs => print(&report::page()),
        Config::Template { env: false } => print(&report::template()),
        Config::Template { env: true } => print(&report::env_template()),
    }
}

fn print(text: &str) -> Result<()> {
    Ok(Output::new(false).words(text)?)
}

fn check(loaded: &Loaded, output: &mut Output) -> Result<()> {
    let chosen = database::choose(loaded)?;
    let settings = &loaded.settings;
    server::Door::new(
        settings.server.auth_mode,
        settings.server.host,
        &settings.door_keys(),
    )?;
    let rows = report::in_force(loaded);
    if output.json {
        output.pretty(&rows)?;
    } else {
        let cells: Vec<Vec<Cell>> = rows
            .iter()
            .map(|row| {
                let look = if row.origin == "default" {
                    Look::Dim
                } else {
                    Look::Green
                };
                vec![
                    cell(&row.setting),
                    cell(&row.variable).look(Look::Dim),
                    cell(&row.value),
                    cell(&row.origin).look(look),
                ]
            })
            .collect();
        output.table(&["setting", "variable", "value", "from"], &cells)?;
        output.line("")?;
        let place = crate::wire::database::describe(&chosen.store.url);
        output.styled(
            Look::Dim,
            format_args!("database: {place} ({})", chosen.because),
        )?;
    }
    output.flush()?;
    for warning in loaded.sources.warnings.iter().chain(&chosen.hint) {
        note(format_args!("warning: {warning}"));
    }
    Ok(())
}
