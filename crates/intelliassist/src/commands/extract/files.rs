//! `extract` for recordings, pictures, documents and any mix of files: each is read by itself, and one
//! that cannot be read does not hold up the others.

use std::io;
use std::path::Path;

use anyhow::{Result, bail};
use assistant::{
    Content, ExtractInput, ModelUse, Progress, Proposal, ReadInput, ReadStatus, Reading,
};
use domain::file::Topic;
use jiff::Zoned;
use serde::Serialize;

use super::show;
use crate::cli::Extract;
use crate::config::Loaded;
use crate::output::{Look, Output, note};
use crate::progress::Waiting;
use crate::wire::{Records, Running};
use crate::{input, reference};

/// What came of one file.
struct Outcome {
    name: String,
    read: Result<Read, String>,
}

/// A file that was read.
struct Read {
    kind: &'static str,
    words: Option<String>,
    content: Option<Content>,
    model: Option<String>,
    notes: Vec<String>,
    tasks: Vec<Proposal>,
}

#[derive(Serialize)]
struct Shown<'a> {
    files: Vec<ShownFile<'a>>,
}

#[derive(Serialize)]
struct ShownFile<'a> {
    file: &'a str,
    kind: Option<&'a str>,
    tasks: Vec<show::FoundTask<'a>>,
    /// Transcript or text of the picture.
    text: Option<&'a str>,
    content: Option<&'a Content>,
    model: Option<&'a str>,
    notes: &'a [String],
    error: Option<&'a str>,
}

/// Reads them all.
pub(super) fn run(loaded: &Loaded, options: &Extract) -> Result<()> {
    let now = reference::of(&options.when, &loaded.settings)?;
    let outcomes = crate::commands::with_assistant(loaded, Records::Kept, async |running| {
        let mut outcomes = Vec::new();
        for path in &options.files {
            let read = one(running, path, options, &now).await;
            if let Err(why) = &read {
                note(format_args!("{}: {why}", path.display()));
            }
            outcomes.push(Outcome {
                name: path.display().to_string(),
                read,
            });
        }
        Ok(outcomes)
    })?;
    let mut output = Output::new(options.json);
    if output.json {
        json(&mut output, &outcomes, options)?;
    } else {
        table(&mut output, &outcomes, options)?;
    }
    output.flush()?;
    let failed = outcomes.iter().filter(|outcome| outcome.read.is_err());
    match failed.count() {
        0 => Ok(()),
        1 => bail!("one file could not be read"),
        count => bail!("{count} files could not be read"),
    }
}

async fn one(
    running: &Running,
    path: &Path,
    options: &Extract,
    now: &Zoned,
) -> Result<Read, String> {
    let view = running.view(options.user.as_deref());
    let model = if options.rules_only {
        ModelUse::Never
    } else {
        ModelUse::Auto
    };
    let request_id = running.ids.next();
    if path.as_os_str() == "-" {
        let text = input::text(path).map_err(|error| format!("{error:#}"))?;
        let wanted = ExtractInput {
            text,
            now: now.clone(),
            save: options.save,
            model,
            refused: Vec::new(),
            request_id,
        };
        let found = view
            .extract(wanted)
            .await
            .map_err(|error| error.to_string())?;
        return Ok(Read {
            kind: "text",
            words: None,
            content: None,
            model: found.model,
            notes: Vec::new(),
            tasks: found.tasks,
        });
    }
    let wanted = ReadInput {
        request_id,
        now: now.clone(),
        topic: Topic::General,
        tasks: model,
    };
    let (progress, steps) = Progress::new();
    let name = name(path);
    let waiting = Waiting::follow(name, steps, &running.statuses);
    let read = view.read_local(path, &wanted, &progress).await;
    waiting.end();
    let mut read = read.map_err(|error| error.to_string())?;
    let nothing = matches!(read.content, Content::Unknown);
    if nothing || read.status == ReadStatus::Error || unheard(&read) {
        return Err(read.notes.join(" "));
    }
    if options.save {
        let saved = view.save_proposals(&mut read.tasks).await;
        saved.map_err(|error| error.to_string())?;
    }
    Ok(Read::of(read))
}

/// Whether it needed a model that did not do its work.
fn unheard(read: &Reading) -> bool {
    match &read.content {
        Content::Speech(speech) => speech.hearing.stand_in().is_some(),
        Content::Picture(picture) => picture.read_by.is_none(),
        Content::Document(_) | Content::Unknown => false,
    }
}

fn name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

impl Read {
    fn of(read: Reading) -> Self {
        let (kind, words) = match &read.content {
            Content::Speech(speech) => ("audio", Some(speech.text.clone())),
            Content::Picture(picture) => ("image", Some(picture.text.clone())),
            Content::Document(_) => ("document", None),
            Content::Unknown => ("file", None),
        };
        Self {
            kind,
            words,
            model: read.task_model,
            notes: read.notes,
            tasks: read.tasks,
            content: Some(read.content),
        }
    }
}

fn json(output: &mut Output, outcomes: &[Outcome], options: &Extract) -> io::Result<()> {
    let files = outcomes.iter().map(|outcome| {
        let read = outcome.read.as_ref().ok();
        let tasks = read.map(|read| read.tasks.as_slice()).unwrap_or_default();
        ShownFile {
            file: &outcome.name,
            kind: read.map(|read| read.kind),
            tasks: tasks
                .iter()
                .map(|task| show::shown(task, options.explain))
                .collect(),
            text: read.and_then(|read| read.words.as_deref()),
            content: read.and_then(|read| read.content.as_ref()),
            model: read.and_then(|read| read.model.as_deref()),
            notes: read.map(|read| read.notes.as_slice()).unwrap_or_default(),
            error: outcome.read.as_ref().err().map(String::as_str),
        }
    });
    output.pretty(&Shown {
        files: files.collect(),
    })
}

fn table(output: &mut Output, outcomes: &[Outcome], options: &Extract) -> io::Result<()> {
    for (index, outcome) in outcomes.iter().enumerate() {
        let Ok(read) = &outcome.read else { continue };
        if index > 0 {
            output.line("")?;
        }
        let name = crate::output::tame(&outcome.name);
        output.styled(Look::Bold, format_args!("{name} ({})", read.kind))?;
        for told in &read.notes {
            output.styled(Look::Yellow, crate::output::tame(told))?;
        }
        if read.tasks.is_empty() {
            output.line("No tasks in it.")?;
        } else {
            show::tasks(output, &read.tasks)?;
        }
        if options.explain {
            show::all_reasons(output, &read.tasks)?;
        }
    }
    let tasks = || {
        outcomes
            .iter()
            .filter_map(|outcome| outcome.read.as_ref().ok())
    };
    let count: usize = tasks().map(|read| read.tasks.len()).sum();
    output.line("")?;
    let then = show::fate(options.save, tasks().flat_map(|read| &read.tasks));
    let plural = if count == 1 { "task" } else { "tasks" };
    output.styled(Look::Dim, format_args!("{count} {plural}, {then}"))
}
