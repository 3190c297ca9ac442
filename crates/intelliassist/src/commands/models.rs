//! `models`: the files of local models.

use std::io::IsTerminal;

use anyhow::{Result, bail};
use local::models::{Installed, Listed, Models as Files, Printer, PullOptions, Sum};
use serde_json::{Value, json};

use crate::cli::Models;
use crate::config::Loaded;
use crate::output::{Cell, Look, Output, cell, note};
use crate::telemetry::Console;
use crate::wire::models::purpose;

/// Does it.
///
/// # Errors
/// A name that is not known, a file that is wrong, sources that all failed.
pub(super) fn run(loaded: &Loaded, what: Models) -> Result<()> {
    let _logs = super::prepare(loaded, Console::Stderr);
    let files = Files::open(&loaded.settings.models.dir)?;
    match what {
        Models::List(json) => list(&files, &mut Output::new(json.json)),
        Models::Pull { what } => pull(&files, loaded, &what),
        Models::Check { what, json } => check(&files, &what, &mut Output::new(json.json)),
    }
}

fn list(files: &Files, output: &mut Output) -> Result<()> {
    let models = files.list();
    if output.json {
        let all: Vec<Value> = models.iter().map(as_json).collect();
        output.pretty(&all)?;
        return Ok(output.flush()?);
    }
    let rows: Vec<Vec<Cell>> = models.iter().map(row).collect();
    output.table(
        &["model", "use", "size", "sets", "licence", "installed"],
        &rows,
    )?;
    output.line("")?;
    let dir = files.dir().display();
    output.styled(
        Look::Dim,
        format_args!("in {dir}; `intelliassist models pull NAME` fetches one"),
    )?;
    Ok(output.flush()?)
}

fn as_json(model: &Listed) -> Value {
    json!({
        "name": model.name,
        "use": purpose(model.purpose),
        "bytes": model.bytes,
        "sets": model.sets,
        "licence": model.licence,
        "tasks": model.tasks,
        "installed": word(model.installed),
    })
}

fn word(installed: Installed) -> &'static str {
    match installed {
        Installed::Complete | Installed::Unchecked => "yes",
        Installed::Partial { .. } => "partly",
        Installed::Missing => "no",
    }
}

fn row(model: &Listed) -> Vec<Cell> {
    let installed = match model.installed {
        Installed::Complete => cell("yes").look(Look::Green),
        Installed::Unchecked => cell("yes, not checked").look(Look::Yellow),
        Installed::Partial { bytes } => {
            let percent = bytes * 100 / model.bytes.max(1);
            cell(format!("{percent} %")).look(Look::Yellow)
        }
        Installed::Missing => cell("no").look(Look::Dim),
    };
    let megabytes = model.bytes as f64 / 1e6;
    vec![
        cell(&model.name).look(Look::Bold),
        cell(purpose(model.purpose)),
        cell(format!("{megabytes:.0} MB")),
        cell(model.sets.join(", ")),
        cell(&model.licence),
        installed,
    ]
}

fn pull(files: &Files, loaded: &Loaded, what: &[String]) -> Result<()> {
    let settings = &loaded.settings.models;
    let options = PullOptions {
        mirror: settings.mirror.clone(),
        ..PullOptions::default()
    };
    let stderr = std::io::stderr();
    let terminal = stderr.is_terminal();
    let mut printer = Printer::new(stderr, terminal);
    let wanted = if what.is_empty() {
        std::slice::from_ref(&settings.set)
    } else {
        what
    };
    for name in wanted {
        files.pull(name, &options, &mut |event| {
            // A closed stderr must not stop the download.
            let _ = printer.show(event);
        })?;
    }
    note(format_args!(
        "{} is complete in {}",
        wanted.join(", "),
        files.dir().display()
    ));
    Ok(())
}

fn check(files: &Files, what: &[String], output: &mut Output) -> Result<()> {
    let mut checked = Vec::new();
    if what.is_empty() {
        checked = files.check(None)?;
    }
    for name in what {
        checked.extend(files.check(Some(name))?);
    }
    let wrong = checked
        .iter()
        .filter(|file| matches!(file.sum, Sum::Wrong(_)))
        .count();
    let told = |sum: &Sum| match sum {
        Sum::Right => "right".to_owned(),
        Sum::Wrong(error) => error.to_string(),
    };
    if output.json {
        let all = checked.iter().map(|file| {
            json!({ "model": file.model, "file": file.file, "right": matches!(file.sum, Sum::Right), "message": told(&file.sum) })
        });
        output.pretty(&all.collect::<Vec<_>>())?;
    } else if checked.is_empty() {
        output
            .line("No model is installed; `intelliassist models pull` brings the default ones.")?;
    } else {
        let rows: Vec<Vec<Cell>> = checked
            .iter()
            .map(|file| {
                let look = if matches!(file.sum, Sum::Right) {
                    Look::Green
                } else {
                    Look::Red
                };
                vec![
                    cell(&file.model),
                    cell(&file.file),
                    cell(told(&file.sum)).look(look),
                ]
            })
            .collect();
        output.table(&["model", "file", "sum"], &rows)?;
    }
    output.flush()?;
    if wrong > 0 {
        bail!("{wrong} of {} files are wrong", checked.len());
    }
    Ok(())
}
