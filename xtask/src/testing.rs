//! The tests, and any other command, beside throw-away servers.

use std::path::Path;
use std::process::{ExitCode, ExitStatus};

use anyhow::{Context, Result};

use crate::cargo::Profile;
use crate::servers::Servers;
use crate::sources;
use crate::{out, programs};

/// Runs the tests, or those that the arguments leave, and answers as the runner does.
///
/// # Errors
/// When the servers or the runner cannot be started.
pub(crate) fn test(root: &Path, mut arguments: Vec<String>) -> Result<ExitCode> {
    let profile = Profile::take(&mut arguments)?;
    let nextest = programs::succeeds("cargo", &["nextest", "--version"]);
    if !nextest {
        out::note("cargo-nextest is not installed: running `cargo test`");
    }
    let mut servers = Servers::start()?;
    let mut cargo = crate::cargo::command("cargo");
    cargo
        .current_dir(root)
        .args(runner(nextest, &profile, &arguments));
    let status = servers.run(&mut cargo)?;
    if !status.success() || !nextest || narrows(&arguments) || !has_doc_tests(root)? {
        return Ok(exit_code(status));
    }
    // nextest leaves the examples of docstrings out.
    let mut cargo = crate::cargo::command("cargo");
    cargo
        .current_dir(root)
        .args(["test", "--doc", "--workspace", "--locked"])
        .args(profile.flags("--profile"));
    Ok(exit_code(servers.run(&mut cargo)?))
}

/// Runs any command, given after `--`.
///
/// # Errors
/// When there is none, or it or the servers cannot be started.
pub(crate) fn with_servers(arguments: &[String]) -> Result<ExitCode> {
    let words = match arguments {
        [dashes, rest @ ..] if dashes == "--" => rest,
        all => all,
    };
    let (program, rest) = words
        .split_first()
        .context("which command? with-servers -- COMMAND…")?;
    let mut servers = Servers::start()?;
    let status = servers.run(crate::cargo::command(program).args(rest))?;
    Ok(exit_code(status))
}

/// The words after `cargo` that run the tests.
fn runner(nextest: bool, profile: &Profile, arguments: &[String]) -> Vec<String> {
    let (command, flag): (&[&str], _) = if nextest {
        (&["nextest", "run"], "--cargo-profile")
    } else {
        (&["test"], "--profile")
    };
    let mut words: Vec<String> = command.iter().map(|&word| word.to_owned()).collect();
    words.push("--locked".to_owned());
    words.extend(profile.flags(flag));
    if !names_package(arguments) {
        words.push("--workspace".to_owned());
    }
    words.extend_from_slice(arguments);
    words
}

/// Whether the arguments leave some tests out.
fn narrows(arguments: &[String]) -> bool {
    !arguments.is_empty()
}

fn names_package(arguments: &[String]) -> bool {
    arguments
        .iter()
        .any(|word| word.starts_with("-p") || word.starts_with("--package"))
}

/// Whether a docstring of a library holds an example that runs.
fn has_doc_tests(root: &Path) -> Result<bool> {
    Ok(sources::all(root)?
        .iter()
        .filter(|file| file.path.starts_with("crates/") && !file.is_test())
        .any(|file| file.text.lines().any(opens_example)))
}

fn opens_example(line: &str) -> bool {
    let code = line.trim_start();
    let text = code.strip_prefix("///").or(code.strip_prefix("//!"));
    text.and_then(|text| text.trim_start().strip_prefix("```"))
        .is_some_and(|language| matches!(language.trim(), "rust" | "no_run" | "should_panic" | ""))
}

/// The same answer as the command's; 1 for one that a signal ended.
fn exit_code(status: ExitStatus) -> ExitCode {
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    ExitCode::from(code.unwrap_or(1))
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    fn run(nextest: bool, line: &str) -> String {
        let mut arguments = words(line);
        let profile = Profile::take(&mut arguments).unwrap();
        runner(nextest, &profile, &arguments).join(" ")
    }

    #[test]
    fn everything_runs_unless_a_package_is_named() {
        assert_eq!(run(true, ""), "nextest run --locked --release --workspace");
        assert_eq!(
            run(true, "-p store tasks --profile dev"),
            "nextest run --locked -p store tasks"
        );
        assert_eq!(
            run(false, "tasks --profile dist"),
            "test --locked --profile dist --workspace tasks"
        );
    }

    #[test]
    fn examples_that_run_are_told_from_other_blocks() {
        assert!(opens_example("    /// ```"));
        assert!(opens_example("//! ```no_run"));
        assert!(!opens_example("/// ```json"));
        assert!(!opens_example("let fence = \"```\";"));
    }

    #[test]
    fn a_command_s_answer_is_ours() {
        let status = Command::new("sh").args(["-c", "exit 4"]).status().unwrap();
        assert_eq!(exit_code(status), ExitCode::from(4));
    }
}
