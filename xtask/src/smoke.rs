//! The product as a stranger meets it: `make run` on a fresh folder, a few questions, and a clean end.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};

use crate::cleaner::Cleaner;
use crate::http::ask;
use crate::out;

/// How long the build and the start may take together.
const START_LIMIT: Duration = Duration::from_mins(45);

/// How long the server may take to end after SIGTERM.
const END_LIMIT: Duration = Duration::from_secs(10);

/// What comes before the port in the line that says where the server listens.
const ADDRESS: &str = "listening on http://127.0.0.1:";

/// Runs it, and prints a closing line that counts; what failed is printed before it.
pub(crate) fn run(root: &Path) -> ExitCode {
    if let Err(failure) = try_run(root) {
        out::note(format_args!("smoke: {failure:#}"));
        out::line("0 passed, 1 failed");
        return ExitCode::FAILURE;
    }
    out::line("1 passed, 0 failed");
    ExitCode::SUCCESS
}

fn try_run(root: &Path) -> Result<()> {
    let mut product = Product::start(root)?;
    let port = product.port()?;
    question(port)?;
    product.end()
}

/// `make run`, and everything it started.
struct Product {
    make: Child,
    lines: Receiver<String>,
    cleaner: Cleaner,
}

impl Product {
    fn start(root: &Path) -> Result<Self> {
        let (mut cleaner, data) = Cleaner::with_folder()?;
        let mut make = crate::cargo::command("sh")
            .args(["-c", "exec make --no-print-directory run \"$@\" 2>&1"])
            .args(["make", "MODELS=none", "API_PORT=0"])
            .arg(format!("DATA_DIR={}", data.display()))
            .current_dir(root)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot run make")?;
        cleaner.end_with_us(make.id())?;
        let output = make.stdout.take().context("make has no output")?;
        let (sender, lines) = mpsc::channel();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                out::line(format_args!("  | {line}"));
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        Ok(Self {
            make,
            lines,
            cleaner,
        })
    }

    /// Waits for the line that says where the server listens.
    fn port(&self) -> Result<u16> {
        loop {
            let line = self
                .lines
                .recv_timeout(START_LIMIT)
                .context("`make run` ended, or was silent too long, before it listened")?;
            if let Some(port) = port_of(&line) {
                return Ok(port);
            }
        }
    }

    /// Sends SIGTERM to the server and wants everything gone in time, with a good answer.
    fn end(&mut self) -> Result<()> {
        let server = child_of(self.make.id())?;
        let sent = Command::new("sh")
            .args(["-c", "kill -TERM \"$1\"", "sh", &server])
            .status()?;
        ensure!(sent.success(), "cannot signal the server");
        // The channel closes when nobody holds the output any more: make, the server, a helper.
        loop {
            match self.lines.recv_timeout(END_LIMIT) {
                Ok(_) => {}
                Err(mpsc::RecvTimeoutError::Disconnected) => break,
                Err(mpsc::RecvTimeoutError::Timeout) => {
                    bail!("still running {END_LIMIT:?} after SIGTERM")
                }
            }
        }
        let status = self.make.wait()?;
        self.cleaner.has_ended(self.make.id())?;
        ensure!(status.success(), "`make run` ended with {status}");
        Ok(())
    }
}

impl Drop for Product {
    fn drop(&mut self) {
        // Where it failed half-way, the cleaner ends what still runs, and its answer does not matter.
        self.cleaner.begin();
        let _ = self.make.wait();
        self.cleaner.wait();
    }
}

fn port_of(line: &str) -> Option<u16> {
    let (_, rest) = line.split_once(ADDRESS)?;
    let digits = rest.split(|next: char| !next.is_ascii_digit()).next()?;
    digits.parse().ok()
}

/// The one process that make waits for.
fn child_of(parent: u32) -> Result<String> {
    let path = format!("/proc/{parent}/task/{parent}/children");
    let children = std::fs::read_to_string(&path).with_context(|| format!("cannot read {path}"))?;
    let mut numbers = children.split_whitespace();
    let first = numbers.next().context("make waits for nothing")?;
    ensure!(numbers.next().is_none(), "make waits for several processes");
    Ok(first.to_owned())
}

/// The first things that anybody asks.
fn question(port: u16) -> Result<()> {
    let health = ask(port, "GET", "/health", None)?;
    ensure!(health["status"] == "healthy", "/health says {health}");
    let status = ask(port, "GET", "/api/v1/status", None)?;
    ensure!(status["status"] == "operational", "status says {status}");

    let note = json!({
        "text": "Notes of Monday:\n- Ben sends the invoice to Mrs Okafor by Friday\n- Order chairs\n",
        "reference_time": "2026-03-09T09:00:00+01:00",
        "model": "never",
    });
    let extraction = ask(port, "POST", "/api/v1/extract", Some(&note))?;
    has_dated_task(&extraction, "2026-03-13")?;

    let task = json!({"summary": "Order chairs", "priority": "urgent", "user_id": "smoke"});
    let created = ask(port, "POST", "/api/v1/tasks", Some(&task))?;
    let listed = ask(port, "GET", "/api/v1/tasks?user_id=smoke", None)?;
    ensure!(listed["count"] == 1, "one task was made, listed: {listed}");
    ensure!(
        listed["tasks"][0]["id"] == created["id"] && created["id"].is_number(),
        "made {created}, listed {listed}"
    );
    Ok(())
}

/// Wants two tasks of the note, the first of them due on the day it names.
fn has_dated_task(extraction: &Value, day: &str) -> Result<()> {
    let tasks = extraction["tasks"].as_array().context("no list of tasks")?;
    ensure!(
        tasks.len() == 2,
        "two tasks in the note, found {extraction}"
    );
    let due = tasks[0]["due"].as_str().unwrap_or_default();
    ensure!(due.starts_with(day), "due on {day}, found {extraction}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_in_the_line_that_says_where_it_listens() {
        let line = "2026-03-09 INFO listening on http://127.0.0.1:41213 (SQLite)";
        assert_eq!(port_of(line), Some(41213));
        assert_eq!(port_of("listening on http://127.0.0.1:"), None);
        assert_eq!(port_of("Compiling server"), None);
    }

    #[test]
    fn an_extraction_without_the_day_is_a_failure() {
        let good = json!({"tasks": [{"due": "2026-03-13"}, {"due": null}]});
        assert!(has_dated_task(&good, "2026-03-13").is_ok());
        let undated = json!({"tasks": [{"due": null}, {"due": null}]});
        assert!(has_dated_task(&undated, "2026-03-13").is_err());
        assert!(has_dated_task(&json!({"tasks": []}), "2026-03-13").is_err());
        assert!(has_dated_task(&json!({}), "2026-03-13").is_err());
    }
}
