//! What can be said of a file without a model, and no more.

use std::fmt::Write as _;

use super::{Content, DocumentContent, Perceived, SpeechContent};
use crate::propose::Proposal;
use crate::read::Hearing;

/// Characters of a transcript that are repeated in the answer.
const TRANSCRIPT: usize = 600;

/// The facts, what is missing, and the tasks.
pub(super) fn analysis(perceived: &Perceived, tasks: &[Proposal]) -> String {
    let mut told = match &perceived.content {
        Content::Document(document) => of_document(document, &perceived.words),
        Content::Speech(speech) => of_speech(speech),
        Content::Picture(picture) => picture.description.clone(),
        Content::Unknown => String::new(),
    };
    for note in &perceived.notes {
        if !told.is_empty() {
            told.push('\n');
        }
        told.push_str(note);
    }
    if !perceived.words.trim().is_empty() {
        list(&mut told, tasks);
    }
    told
}

fn of_document(document: &DocumentContent, words: &str) -> String {
    let table = document.table.as_ref().and_then(|table| {
        let columns = table.get("columns")?.as_array()?;
        let columns: Vec<&str> = columns.iter().filter_map(|name| name.as_str()).collect();
        let rows = table.get("row_count")?.as_u64()?;
        let columns = columns.join(", ");
        Some(format!(
            "A table of {rows} rows with the columns {columns}."
        ))
    });
    table.unwrap_or_else(|| {
        let (lines, count) = (words.lines().count(), words.split_whitespace().count());
        match document.pages {
            Some(1) => format!("A document of one page with {count} words."),
            Some(pages) => format!("A document of {pages} pages with {count} words."),
            None => format!("A text of {lines} lines and {count} words."),
        }
    })
}

fn of_speech(speech: &SpeechContent) -> String {
    let length = clock(speech.seconds);
    match speech.hearing {
        Hearing::Heard => {
            let mut told: String = speech.text.chars().take(TRANSCRIPT).collect();
            if told.len() < speech.text.len() {
                told.push('…');
            }
            format!("A recording of {length}. What was said: “{told}”")
        }
        Hearing::Silence => format!("A recording of {length} in which no speech was found."),
        _ => String::new(),
    }
}

/// Minutes and seconds.
pub(crate) fn clock(seconds: f64) -> String {
    let whole = std::time::Duration::try_from_secs_f64(seconds.max(0.0)).unwrap_or_default();
    let whole = whole.as_secs_f64().round();
    let (hours, rest) = ((whole / 3600.0).floor(), whole % 3600.0);
    let (minutes, seconds) = ((rest / 60.0).floor(), rest % 60.0);
    if hours > 0.0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

fn list(told: &mut String, tasks: &[Proposal]) {
    told.push_str(match tasks.len() {
        0 => " No tasks were found in it.",
        1 => " One task was found in it:",
        _ => " These tasks were found in it:",
    });
    for task in tasks {
        told.push_str("\n- ");
        told.push_str(&task.summary);
        if let Some(due) = &task.due {
            // Writing to a text cannot fail.
            let _ = write!(told, " (due {due})");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::clock;

    #[test]
    fn lengths_are_told_as_clocks_tell_them() {
        let told: Vec<String> = [0.0, 59.6, 61.0, 3661.2].map(clock).into();
        assert_eq!(told, ["0:00", "1:00", "1:01", "1:01:01"]);
    }
}
