//! One file per command. A command reads its options, calls one part, and prints.

mod add;
mod config;
mod dates;
mod doctor;
mod extract;
mod migrate;
mod models;
mod providers;
mod serve;
mod shown;
mod talk;
mod tasks;

use std::future::Future;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::CommandFactory;
use tracing::Level;

use crate::cli::{Cli, Command};
use crate::config::Loaded;
use crate::output::Output;
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
    let file = cli.common.config.clone();
    let load = move || crate::config::load(file.as_deref(), &flags);
    match cli.command {
        Command::Serve(_) => serve::run(load),
        Command::Extract(options) => extract::run(&quiet(load()?), &options),
        Command::Add(options) => add::run(&quiet(load()?), &options),
        Command::Dates(options) => dates::run(&quiet(load()?), &options),
        Command::Tasks(tasks) => tasks::run(&quiet(load()?), &tasks),
        Command::Ask(options) => talk::ask(&quiet(load()?), &options),
        Command::Chat(options) => talk::chat(&quiet(load()?), &options),
        Command::Models(models) => models::run(&load()?, models),
        Command::Providers(providers) => providers::run(&quiet(load()?), &providers),
        Command::Migrate(options) => migrate::run(&quiet(load()?), &options),
        Command::Config(what) => config::run(load, &what),
        Command::Doctor(json) => doctor::run(load, json),
        Command::ReadMedia => media::child::serve(std::io::stdin(), std::io::stdout())
            .context("cannot read for others"),
        Command::Openapi => openapi(&load()?),
        Command::Completions { shell } => {
            let mut command = Cli::command();
            let mut text = Vec::new();
            clap_complete::generate(shell, &mut command, "intelliassist", &mut text);
            let mut output = Output::new(false);
            output.words(&String::from_utf8_lossy(&text))?;
            Ok(())
        }
    }
}

/// The API document, as the server would serve it.
fn openapi(loaded: &Loaded) -> Result<()> {
    let mut output = Output::new(true);
    output.pretty(&server::document(&loaded.settings.server))?;
    Ok(output.flush()?)
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
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    let runtime = runtime.context("cannot start the runtime")?;
    let outcome = runtime.block_on(work);
    // A thread that still reads the terminal must not hold up the end.
    runtime.shutdown_timeout(Duration::from_millis(100));
    outcome
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
        start(loaded, &providers, records, work).await
    })
}

/// The same for work on records, in which no model is asked and none is looked for.
fn with_records<T>(loaded: &Loaded, work: impl AsyncFnOnce(&Running) -> Result<T>) -> Result<T> {
    let _logs = prepare(loaded, Console::Stderr);
    block_on(async {
        let providers = Providers::configured(loaded)?;
        start(loaded, &providers, Records::Kept, work).await
    })
}

async fn start<T>(
    loaded: &Loaded,
    providers: &Providers,
    records: Records,
    work: impl AsyncFnOnce(&Running) -> Result<T>,
) -> Result<T> {
    let running = Box::pin(Running::start(loaded, providers, records, PATIENCE)).await?;
    let outcome = work(&running).await;
    running.stop().await;
    outcome
}

/// How dates are read.
fn policy(loaded: &Loaded) -> ::extract::Policy {
    ::extract::Policy {
        day_first: loaded.settings.assistant.day_first,
        ..::extract::Policy::default()
    }
}
