//! One file per command. A command reads its options, calls one part, and prints.

mod extract;
mod serve;

use std::future::Future;
use std::time::Duration;

use anyhow::{Context, Result};
use tracing::Level;

use crate::cli::{Cli, Command};
use crate::config::{self, Loaded};
use crate::telemetry::{self, Console, Logs};
use crate::wire::{Providers, Records, Running};

/// How long a command waits for a database that does not answer; a server waits longer.
const PATIENCE: Duration = Duration::from_secs(2);

/// Runs the command.
///
/// # Errors
/// What went wrong and what to do about it.
pub(crate) fn run(cli: Cli) -> Result<()> {
    let mut flags = cli.common.flags();
    if let Command::Serve(serve) = &cli.command {
        flags.extend(serve.flags());
    }
    let load = || config::load(cli.common.config.as_deref(), &flags);
    match cli.command {
        Command::Serve(_) => serve::run(load()?),
        Command::Extract(options) => extract::run(quiet(load()?), &options),
    }
}

/// Only what is wrong is told beside an answer, unless somebody asked for more.
fn quiet(mut loaded: Loaded) -> Loaded {
    if !loaded.sources.is_set("log.level") {
        loaded.settings.log.level.0 = Level::WARN;
    }
    loaded
}

/// Prepares the process for work with models and the database.
fn prepare(loaded: &Loaded, console: Console) -> Logs {
    let is_server = console == Console::Stdout;
    let logs = telemetry::install(&loaded.settings, console, is_server);
    telemetry::note_panics();
    // It fails only where one is installed already, which serves as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
    for warning in &loaded.sources.warnings {
        tracing::warn!("{warning}");
    }
    logs
}

/// Runs a future on a runtime of its own.
fn block_on<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.context("cannot start the runtime")?.block_on(work)
}

/// Runs something on an assistant that is started for it and ended after it.
fn with_assistant<T>(
    loaded: &Loaded,
    records: Records,
    work: impl AsyncFnOnce(&Running) -> Result<T>,
) -> Result<T> {
    let _logs = prepare(loaded, Console::Stderr);
    block_on(async {
        let providers = Providers::find(loaded).await?;
        let running = Running::start(loaded, &providers, records, PATIENCE).await?;
        let outcome = work(&running).await;
        running.stop().await;
        outcome
    })
}
