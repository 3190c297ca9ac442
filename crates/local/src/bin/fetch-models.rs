//! `fetch-models`: brings model files, and nothing else.
//!
//! Built without the engines it compiles in about a minute, so that the download runs beside the build
//! of the product: `cargo run -p local --no-default-features --bin fetch-models -- --set default`.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use local::models::{Models, Printer, PullOptions};

const HELP: &str = "\
usage: fetch-models [--set default|full|ci|none] [--name MODEL]... [--dir DIR] [--mirror M]

  --set SET      the models of a set (default: default)
  --name MODEL   one model; may be repeated, and takes the place of --set
  --dir DIR      where models live (MODELS_DIR; default: ./models)
  --mirror M     a directory or address holding <model>/<file> (MODELS_MIRROR)
";

struct Arguments {
    wanted: Vec<String>,
    dir: PathBuf,
    options: PullOptions,
}

fn main() -> ExitCode {
    let mut err = io::stderr();
    let said = match arguments() {
        Ok(None) => io::stdout()
            .write_all(HELP.as_bytes())
            .map_err(|error| error.to_string()),
        Ok(Some(arguments)) => run(&arguments),
        Err(why) => Err(format!("{why}\n{HELP}")),
    };
    match said {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            // A closed stderr leaves nowhere to say it.
            let _ = writeln!(err, "fetch-models: {why}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), String> {
    let models = Models::open(&arguments.dir).map_err(|error| error.to_string())?;
    let err = io::stderr();
    let terminal = err.is_terminal();
    let mut printer = Printer::new(err, terminal);
    for wanted in &arguments.wanted {
        models
            .pull(wanted, &arguments.options, &mut |event| {
                // A closed stderr must not stop the download.
                let _ = printer.show(event);
            })
            .map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// `None` when help is asked for.
fn arguments() -> Result<Option<Arguments>, String> {
    let mut names = Vec::new();
    let mut set = "default".to_owned();
    let mut dir = variable("MODELS_DIR");
    let mut mirror = variable("MODELS_MIRROR");
    let mut given = std::env::args().skip(1);
    while let Some(flag) = given.next() {
        if matches!(flag.as_str(), "-h" | "--help") {
            return Ok(None);
        }
        let value = given
            .next()
            .ok_or_else(|| format!("{flag} wants a value"))?;
        match flag.as_str() {
            "--set" => set = value,
            "--name" => names.push(value),
            "--dir" => dir = Some(value),
            "--mirror" => mirror = Some(value),
            _ => return Err(format!("{flag} is not known")),
        }
    }
    if names.is_empty() {
        names.push(set);
    }
    Ok(Some(Arguments {
        wanted: names,
        dir: PathBuf::from(dir.unwrap_or_else(|| "models".to_owned())),
        options: PullOptions {
            mirror,
            ..PullOptions::default()
        },
    }))
}

#[expect(
    clippy::disallowed_methods,
    reason = "this binary is its own configuration"
)]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
