//! The binary: reads the configuration, wires the parts, runs a command.

#[expect(
    clippy::doc_markdown,
    reason = "these are the texts of --help, shown as they stand"
)]
mod cli;
mod commands;
mod config;
mod input;
mod jsonl;
mod output;
mod progress;
mod reference;
mod telemetry;
mod wire;

use std::process::ExitCode;

use clap::Parser;

use cli::{Cli, Command};

/// Reading a text makes many small pieces of it, which the system's allocator takes a tenth of the time for.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// It failed.
const FAILURE: u8 = 1;
/// The command line or the configuration is wrong.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    let cli = Cli::parse();
    if loads_models(&cli.command) {
        bound_spinning();
    }
    match commands::run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            if is_closed_pipe(&error) {
                return ExitCode::SUCCESS;
            }
            output::note(format_args!("intelliassist: {error:#}"));
            let of_configuration = error.downcast_ref::<config::ConfigError>().is_some();
            ExitCode::from(if of_configuration { USAGE } else { FAILURE })
        }
    }
}

/// Whoever read the answer has seen enough.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let cause = cause.downcast_ref::<std::io::Error>();
        cause.is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
    })
}

/// Whether a command may load a text model.
fn loads_models(command: &Command) -> bool {
    match command {
        Command::Extract(extract) => !extract.rules_only,
        Command::Serve(_) | Command::Ask(_) | Command::Chat(_) => true,
        Command::Providers(providers) => matches!(providers, cli::Providers::Test { .. }),
        _ => false,
    }
}

/// Executes this program once more with the bound on the spinning of a text model's threads, before
/// any thread exists: the library that spins reads it when a process starts.
fn bound_spinning() {
    use std::os::unix::process::CommandExt;

    let present = config::variable(local::spin::VARIABLE);
    if cfg!(not(feature = "text")) || !local::spin::needs_reexec(present.as_deref()) {
        return;
    }
    let Ok(program) = std::env::current_exe() else {
        return;
    };
    let mut arguments = std::env::args_os();
    let name = arguments
        .next()
        .unwrap_or_else(|| program.clone().into_os_string());
    let mut again = std::process::Command::new(program);
    again
        .arg0(name)
        .args(arguments)
        .env(local::spin::VARIABLE, local::spin::VALUE);
    // It returns only if it failed, and then the work goes on without the bound.
    let _ = again.exec();
}
