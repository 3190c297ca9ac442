//! `extract`: the tasks of a text, or of files of any kind.

mod files;
mod lines;
mod show;

use std::path::{Path, PathBuf};

use anyhow::Result;
use assistant::{ExtractInput, ModelUse};

use crate::cli::Extract;
use crate::config::Loaded;
use crate::output::Output;
use crate::wire::Records;
use crate::{input, reference};

/// Finds the tasks.
///
/// # Errors
/// A text that cannot be read; with `--save` the database's.
pub(super) fn run(loaded: &Loaded, options: &Extract) -> Result<()> {
    if options.jsonl {
        return lines::run(loaded, options);
    }
    if !input::are_one_text(&options.files)? {
        return files::run(loaded, options);
    }
    let path = options
        .files
        .first()
        .map_or(Path::new("-"), PathBuf::as_path);
    let text = input::text(path)?;
    let now = reference::of(&options.when, &loaded.settings)?;
    // What a model is asked counts against its quota, so the records must be the kept ones then.
    let records = if options.save || !options.rules_only {
        Records::Kept
    } else {
        Records::Forgotten
    };
    let model = if options.rules_only {
        ModelUse::Never
    } else {
        ModelUse::Auto
    };
    let found = super::with_assistant(loaded, records, async |running| {
        let input = ExtractInput {
            text: text.clone(),
            now,
            save: options.save,
            model,
            refused: Vec::new(),
            request_id: running.ids.next(),
        };
        let waiting = crate::progress::Waiting::begin("finding tasks", &running.statuses);
        let found = running.view(options.user.as_deref()).extract(input).await;
        waiting.end();
        Ok(found?)
    })?;
    let mut output = Output::new(options.json);
    if output.json {
        show::json(&mut output, &found, options.explain)?;
    } else {
        show::table(&mut output, &found, options)?;
    }
    Ok(output.flush()?)
}
