//! Checks, throw-away servers and generated files, as `cargo xtask COMMAND`.
//!
//! What is longer than three lines of shell and is not the product lives here. The tool builds with
//! nothing but cargo, because it runs before anything else is known to work.

mod arrows;
mod cargo;
mod cleaner;
mod cluster;
mod database;
mod generated;
mod http;
mod metadata;
mod migration;
mod out;
mod programs;
mod servers;
mod sizes;
mod smoke;
mod sources;
mod testing;

use std::process::ExitCode;

use anyhow::{Result, bail};

const HELP: &str = "\
cargo xtask COMMAND

  arrows                        which crate may use which, and who may read the environment
  sizes                         no file over 500 lines, no mod.rs, no lint switched off
  test [--profile P] [ARGS…]    all tests, with a throw-away PostgreSQL and Redis; ARGS go to the
                                test runner, and `-p CRATE` narrows the run to a crate
  with-servers -- COMMAND…      any command beside the same servers
  generated [--check] [--profile P]
                                write the generated files, or fail where one is out of date
  migration WHAT [--dialects]   begin the next migration; --dialects for one file per database
  database up|down [FOLDER]     a PostgreSQL that keeps its data, under FOLDER (data/postgres)
  smoke                         `make run` on a fresh data folder, asked a few questions

--profile is a cargo profile: release (the default, shared by everything here) or dev.";

fn main() -> ExitCode {
    run().unwrap_or_else(|error| {
        out::note(format_args!("xtask: {error:#}"));
        ExitCode::FAILURE
    })
}

fn run() -> Result<ExitCode> {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    let root = metadata::workspace_root()?;
    match command.as_str() {
        "arrows" => verdict("arrows", &arrows::check(&root)?),
        "sizes" => verdict("sizes", &sizes::check(&root)?),
        "test" => testing::test(&root, rest),
        "with-servers" => testing::with_servers(&rest),
        "generated" => generated::run(&root, rest),
        "database" => database::run(&root, &rest),
        "migration" => migration::run(&root, &rest),
        "smoke" => Ok(smoke::run(&root)),
        "" | "help" | "--help" | "-h" => {
            out::line(HELP);
            Ok(ExitCode::SUCCESS)
        }
        other => bail!("there is no command `{other}`; `cargo xtask help` lists them"),
    }
}

/// Prints what a check found and turns it into an exit code.
fn verdict(check: &str, violations: &[String]) -> Result<ExitCode> {
    for violation in violations {
        out::note(violation);
    }
    if violations.is_empty() {
        out::line(format_args!("{check}: in order"));
        Ok(ExitCode::SUCCESS)
    } else {
        bail!("{check}: {} to mend", violations.len())
    }
}
