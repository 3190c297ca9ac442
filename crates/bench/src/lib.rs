//! Measurements that anyone can rerun.

use std::io::Write;
use std::process::ExitCode;

pub mod dates;
pub mod learn;
pub mod learn_area;
pub mod learn_due;
pub mod regression;
pub mod score;

/// As in the product: an extraction makes many small pieces of text.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Writes what a command found, or why it found nothing.
pub fn told(report: &Result<String, String>) -> ExitCode {
    let written = match report {
        Ok(report) => std::io::stdout().write_all(report.as_bytes()),
        Err(error) => writeln!(std::io::stderr(), "{error}"),
    };
    if report.is_ok() && written.is_ok() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Reads JSON objects, one a line.
///
/// # Errors
/// The number of the line that is not of this form, and why.
fn objects<T: serde::de::DeserializeOwned>(lines: &str) -> Result<Vec<T>, String> {
    let lines = lines.lines().enumerate();
    let written = lines.filter(|(_, line)| !line.trim().is_empty());
    let objects = written.map(|(at, line)| {
        serde_json::from_str(line).map_err(|error| format!("line {}: {error}", at + 1))
    });
    objects.collect()
}
