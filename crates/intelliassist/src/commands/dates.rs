//! `dates`: the dates of a text.

use anyhow::{Context, Result, anyhow};
use extract::date::{self, FoundDate, Grain};
use extract::{Due, Policy};
use jiff::Zoned;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::cli::Dates;
use crate::config::Loaded;
use crate::output::{Cell, Look, Output, cell};
use crate::{jsonl, reference};

/// From here on a date is told to be certain.
const CERTAIN: f32 = 0.5;

/// A text and the wall clock beside it.
#[derive(Deserialize)]
struct Question {
    id: Value,
    text: String,
    now: String,
    off: f64,
    tz: Option<String>,
    forward: Option<bool>,
    /// `phrase` or `sentence`: both are read alike.
    #[serde(default)]
    mode: Mode,
}

#[derive(Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Mode {
    Phrase,
    #[default]
    Sentence,
}

#[derive(Serialize)]
struct Answer {
    id: Value,
    start: Option<DateTime>,
    end: Option<DateTime>,
    grain: Option<Grain>,
    span: Option<[usize; 2]>,
    certain: Option<bool>,
}

#[derive(Deserialize)]
struct DeadlineQuestion {
    id: Value,
    text: String,
    #[serde(rename = "ref")]
    reference: String,
    tz: Option<String>,
}

#[derive(Serialize)]
struct DeadlineAnswer {
    id: Value,
    due: Option<Due>,
}

#[derive(Serialize)]
struct Shown<'a> {
    text: &'a str,
    span: [usize; 2],
    start: String,
    end: String,
    grain: Grain,
    role: date::Role,
    certainty: f32,
    due: &'a Due,
    recurrence: Option<&'a str>,
    why: &'static str,
}

/// Reads the dates.
///
/// # Errors
/// A moment or zone that does not exist.
pub(super) fn run(loaded: &Loaded, options: &Dates) -> Result<()> {
    let policy = super::policy(loaded);
    if options.jsonl && options.deadline {
        return jsonl::answer(|question: DeadlineQuestion| deadline(question, &policy));
    }
    if options.jsonl {
        return jsonl::answer(|question: Question| first(question, &policy));
    }
    let text = options.text.join(" ");
    let now = reference::of(&options.when, &loaded.settings)?;
    let mut output = Output::new(options.json.json);
    if options.deadline {
        let due = date::deadline(&text, &now, &policy);
        if output.json {
            output.pretty(&serde_json::json!({ "due": due }))?;
        } else {
            output.line(due.map_or_else(|| "no date".to_owned(), |due| due.to_string()))?;
        }
    } else {
        show(&mut output, &text, &date::find(&text, &now, &policy))?;
    }
    Ok(output.flush()?)
}

fn show(output: &mut Output, text: &str, found: &[FoundDate]) -> Result<()> {
    let words = |date: &FoundDate| text.get(date.bytes.clone()).unwrap_or_default().to_owned();
    if output.json {
        let moment = |zoned: &Zoned| {
            zoned
                .timestamp()
                .display_with_offset(zoned.offset())
                .to_string()
        };
        let dates = found.iter().map(|date| Shown {
            text: text.get(date.bytes.clone()).unwrap_or_default(),
            span: [date.span.start, date.span.end],
            start: moment(&date.start),
            end: moment(&date.end),
            grain: date.grain,
            role: date.role,
            certainty: date.certainty,
            due: &date.due,
            recurrence: date.recurrence.as_deref(),
            why: date.why,
        });
        return Ok(output.pretty(&dates.collect::<Vec<_>>())?);
    }
    if found.is_empty() {
        return Ok(output.line("No dates in this text.")?);
    }
    let rows: Vec<Vec<Cell>> = found
        .iter()
        .map(|date| {
            let shown = |zoned: &Zoned| zoned.strftime("%a %Y-%m-%d %H:%M").to_string();
            vec![
                cell(words(date)).look(Look::Bold),
                cell(shown(&date.start)),
                cell(shown(&date.end)),
                cell(&date.due),
                cell(date.recurrence.as_deref().unwrap_or_default()),
                cell(date.why).look(Look::Dim),
            ]
        })
        .collect();
    Ok(output.table(&["words", "from", "to", "due", "repeats", "why"], &rows)?)
}

fn first(question: Question, policy: &Policy) -> Result<Answer> {
    let policy = Policy {
        forward: question.forward.unwrap_or(policy.forward),
        ..policy.clone()
    };
    let offset = offset(question.off)?;
    let here = TimeZone::fixed(offset);
    let wall: DateTime = question.now.trim().parse().with_context(|| {
        format!(
            "now: {:?} is no wall clock such as 2026-03-10T11:00:00",
            question.now
        )
    })?;
    let now = wall.to_zoned(here.clone()).context("now")?;
    let now = match question.tz.as_deref() {
        Some(name) => now.with_time_zone(reference::zone(name)?),
        None => now,
    };
    let (Mode::Phrase | Mode::Sentence) = question.mode;
    let found = date::first(&question.text, &now, &policy);
    let clock = |zoned: &Zoned| zoned.with_time_zone(here.clone()).datetime();
    Ok(Answer {
        id: question.id,
        start: found.as_ref().map(|date| clock(&date.start)),
        end: found.as_ref().map(|date| clock(&date.end)),
        grain: found.as_ref().map(|date| date.grain),
        span: found.as_ref().map(|date| [date.span.start, date.span.end]),
        certain: found.as_ref().map(|date| date.certainty >= CERTAIN),
    })
}

/// Whole seconds east of UTC.
fn offset(seconds: f64) -> Result<Offset> {
    let wrong = || anyhow!("off: {seconds} is no offset in seconds");
    if seconds.fract() != 0.0 || seconds.abs() > 100_000.0 {
        return Err(wrong());
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "checked just above to be small and whole"
    )]
    let seconds_whole = seconds as i32;
    Offset::from_seconds(seconds_whole).map_err(|_| wrong())
}

fn deadline(question: DeadlineQuestion, policy: &Policy) -> Result<DeadlineAnswer> {
    let zone = question.tz.as_deref().map(reference::zone).transpose()?;
    let now =
        reference::moment(&question.reference, zone).map_err(|error| anyhow!("ref: {error}"))?;
    Ok(DeadlineAnswer {
        id: question.id,
        due: date::deadline(&question.text, &now, policy),
    })
}
