//! Logs: one line an event, for people or for programs, to the console and to a file that is turned
//! over by size (contract 001-C10, 5.5, D8.30).
//!
//! The fields of the spans around an event, the request's id among them, stand in its line.

mod line;

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

use file_rotate::compression::Compression;
use file_rotate::suffix::AppendCount;
use file_rotate::{ContentLimit, FileRotate};
use tracing_appender::non_blocking::{NonBlocking, WorkerGuard};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::config::{LogSettings, Settings};
use line::Lines;

/// Where lines for the console go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Console {
    /// The server's (contract 5.5).
    Stdout,
    /// That of commands whose answer is on stdout.
    Stderr,
}

/// Writes what is left when it is dropped.
#[must_use = "dropping it ends the logs"]
pub(crate) struct Logs {
    /// Held for their end, which writes what is left.
    guards: Vec<WorkerGuard>,
    /// What could not be set up, to be told once the logs run.
    problem: Option<String>,
}

/// A line is longer than this only by the defect of a caller.
const BUFFERED_LINES: usize = 16_384;

/// Sets the logs up for this process.
pub(crate) fn install(settings: &Settings, console: Console, with_file: bool) -> Logs {
    let log = &settings.log;
    let (console, guard) = match console {
        Console::Stdout => non_blocking(io::stdout()),
        Console::Stderr => non_blocking(io::stderr()),
    };
    let mut logs = Logs {
        guards: vec![guard],
        problem: None,
    };
    let mut outputs = vec![console];
    if with_file && !log.file.eq_ignore_ascii_case("none") && !log.file.is_empty() {
        match file(log) {
            Ok((file, guard)) => {
                outputs.push(file);
                logs.guards.push(guard);
            }
            Err(error) => {
                let path = log.dir.join(&log.file);
                logs.problem = Some(format!(
                    "no log file: {} cannot be written ({error}); set LOG_DIR to a directory that can",
                    path.display()
                ));
            }
        }
    }
    let lines = Lines::new(
        log.format,
        settings.server.app_name.clone(),
        settings.server.environment.clone(),
        outputs,
    );
    let installed = tracing_subscriber::registry()
        .with(targets(log.level.0))
        .with(lines)
        .try_init();
    if let Err(error) = installed {
        logs.problem = Some(format!("the logs could not be set up: {error}"));
    }
    if let Some(problem) = &logs.problem {
        tracing::warn!("{problem}");
    }
    logs
}

fn non_blocking(writer: impl Write + Send + 'static) -> (NonBlocking, WorkerGuard) {
    tracing_appender::non_blocking::NonBlockingBuilder::default()
        .buffered_lines_limit(BUFFERED_LINES)
        .lossy(true)
        .finish(writer)
}

/// Our own events from the level asked for; those of libraries only where something is wrong, or
/// everything is to be seen.
fn targets(level: tracing::Level) -> Targets {
    let others = match level {
        tracing::Level::TRACE => LevelFilter::DEBUG,
        tracing::Level::ERROR => LevelFilter::ERROR,
        _ => LevelFilter::WARN,
    };
    let ours = [
        "intelliassist",
        "assistant",
        "domain",
        "extract",
        "llm",
        "local",
        "media",
        "providers",
        "server",
        "store",
    ];
    Targets::new()
        .with_default(others)
        .with_targets(ours.map(|name| (name, level)))
}

/// The file, made sure of before the rotation takes it over, which would not survive its absence.
fn file(log: &LogSettings) -> io::Result<(NonBlocking, WorkerGuard)> {
    std::fs::create_dir_all(&log.dir)?;
    let path = log.dir.join(&log.file);
    probe(&path)?;
    let rotate = FileRotate::new(
        path,
        AppendCount::new(log.backup_count),
        ContentLimit::BytesSurpassed(log.max_size.max(1)),
        Compression::None,
        None,
    );
    Ok(non_blocking(rotate))
}

fn probe(path: &Path) -> io::Result<()> {
    OpenOptions::new()
        .create(true)
        .append(true)
        .open(path)
        .map(drop)
}

/// Tells of a panic where it happened, without words that may hold what a person wrote.
pub(crate) fn note_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic
            .location()
            .map(ToString::to_string)
            .unwrap_or_default();
        // A formatted message may repeat somebody's text; a fixed one cannot.
        let message = panic.payload().downcast_ref::<&'static str>().copied();
        let message = message.unwrap_or("a message that is not shown, as it may hold data");
        tracing::error!(panic.place = place, "a defect: {message}");
    }));
}
