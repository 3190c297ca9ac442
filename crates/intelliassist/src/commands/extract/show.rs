//! What was found, for people and for programs.

use std::collections::BTreeMap;
use std::io;

use assistant::{Field, FoundDate, Proposal, Proposals, Reason};
use domain::task::Evidence;
use serde::Serialize;

use crate::cli::Extract;
use crate::output::{Cell, Look, Output, cell};

/// The same shape as `POST /api/v1/extract`.
#[derive(Serialize)]
struct Found<'a> {
    tasks: Vec<FoundTask<'a>>,
    dates: Vec<ShownDate<'a>>,
    model: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct FoundTask<'a> {
    id: Option<i64>,
    summary: &'a str,
    due: Option<String>,
    grain: Option<assistant::Grain>,
    recurrence: Option<&'a str>,
    priority: &'static str,
    category: &'static str,
    area: &'static str,
    assignee: Option<&'a str>,
    depends_on: &'a [usize],
    parent: Option<usize>,
    evidence: &'a Evidence,
    confidence: f32,
    needs_confirmation: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    duplicate_of: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reasons: Option<&'a BTreeMap<Field, Reason>>,
}

#[derive(Serialize)]
struct ShownDate<'a> {
    span: [usize; 2],
    start: String,
    end: String,
    grain: assistant::Grain,
    role: assistant::DateRole,
    certainty: f32,
    due: String,
    recurrence: Option<&'a str>,
    why: &'static str,
}

/// For programs.
pub(super) fn json(output: &mut Output, found: &Proposals, explain: bool) -> io::Result<()> {
    output.pretty(&Found {
        tasks: found
            .tasks
            .iter()
            .map(|task| shown(task, explain))
            .collect(),
        dates: found.dates.iter().map(date).collect(),
        model: found.model.as_deref(),
    })
}

pub(super) fn shown(task: &Proposal, explain: bool) -> FoundTask<'_> {
    FoundTask {
        id: task.id,
        summary: &task.summary,
        due: task.due.as_ref().map(ToString::to_string),
        grain: task.grain,
        recurrence: task.recurrence.as_deref(),
        priority: task.priority.as_str(),
        category: task.category,
        area: task.area,
        assignee: task.assignee.as_deref(),
        depends_on: &task.depends_on,
        parent: task.parent,
        evidence: &task.evidence,
        confidence: task.confidence,
        needs_confirmation: task.needs_confirmation,
        duplicate_of: task.duplicate_of,
        reasons: explain.then_some(&task.reasons),
    }
}

fn date(found: &FoundDate) -> ShownDate<'_> {
    let moment = |zoned: &jiff::Zoned| {
        zoned
            .timestamp()
            .display_with_offset(zoned.offset())
            .to_string()
    };
    ShownDate {
        span: [found.span.start, found.span.end],
        start: moment(&found.start),
        end: moment(&found.end),
        grain: found.grain,
        role: found.role,
        certainty: found.certainty,
        due: found.due.to_string(),
        recurrence: found.recurrence.as_deref(),
        why: found.why,
    }
}

/// For people.
pub(super) fn table(output: &mut Output, found: &Proposals, options: &Extract) -> io::Result<()> {
    if found.tasks.is_empty() {
        return output.line("No tasks in this text.");
    }
    tasks(output, &found.tasks)?;
    if options.explain {
        all_reasons(output, &found.tasks)?;
    }
    output.line("")?;
    let count = match found.tasks.len() {
        1 => "1 task".to_owned(),
        count => format!("{count} tasks"),
    };
    let by = match &found.model {
        Some(model) => format!("by rules and {model}"),
        None => "by rules".to_owned(),
    };
    let then = fate(options.save, &found.tasks);
    output.styled(Look::Dim, format_args!("{count}, found {by}, {then}"))
}

/// What became of the tasks, in words.
pub(super) fn fate<'a>(save: bool, tasks: impl IntoIterator<Item = &'a Proposal>) -> String {
    let (mut known, mut doubtful) = (0, 0);
    for task in tasks {
        if task.duplicate_of.is_some() {
            known += 1;
        } else if task.needs_confirmation {
            doubtful += 1;
        }
    }
    let known = (known > 0).then(|| format!("{known} that you have already"));
    let doubtful =
        (save && doubtful > 0).then(|| format!("{doubtful}, whose words were hard to make out"));
    let but: Vec<String> = known.into_iter().chain(doubtful).collect();
    let but = but.join(" and ");
    match (save, but.is_empty()) {
        (false, true) => "not saved (--save saves)".to_owned(),
        (false, false) => format!("{but}, not saved (--save saves)"),
        (true, true) => "saved".to_owned(),
        (true, false) => format!("saved but {but}"),
    }
}

/// Tasks as a table.
pub(super) fn tasks(output: &mut Output, tasks: &[Proposal]) -> io::Result<()> {
    let headings = ["#", "task", "due", "priority", "area", "who", "after"];
    let rows: Vec<Vec<Cell>> = tasks
        .iter()
        .enumerate()
        .map(|(index, task)| row(index, task))
        .collect();
    output.table(&headings, &rows)
}

fn row(index: usize, task: &Proposal) -> Vec<Cell> {
    let number = task
        .id
        .map_or_else(|| (index + 1).to_string(), |id| id.to_string());
    let after: Vec<String> = task
        .depends_on
        .iter()
        .map(|first| (first + 1).to_string())
        .collect();
    vec![
        cell(number).look(Look::Dim),
        cell(&task.summary).look(Look::Bold),
        cell(due_words(task)),
        cell(task.priority).look(crate::commands::shown::priority(task.priority)),
        cell(task.area),
        cell(task.assignee.as_deref().unwrap_or_default()),
        cell(after.join(", ")),
    ]
}

fn due_words(task: &Proposal) -> String {
    let due = match &task.due {
        None => String::new(),
        Some(extract::Due::Day(day)) => day.strftime("%a %Y-%m-%d").to_string(),
        Some(extract::Due::Moment(moment)) => moment.strftime("%a %Y-%m-%d %H:%M").to_string(),
    };
    if task.recurrence.is_some() {
        format!("{due} repeats")
    } else {
        due
    }
}

/// Which words led to which field of each task.
pub(super) fn all_reasons(output: &mut Output, tasks: &[Proposal]) -> io::Result<()> {
    for (index, task) in tasks.iter().enumerate() {
        reasons(output, index, task)?;
    }
    Ok(())
}

fn reasons(output: &mut Output, index: usize, task: &Proposal) -> io::Result<()> {
    output.line("")?;
    let title = format!("{}. {}", index + 1, crate::output::tame(&task.summary));
    output.styled(Look::Bold, title)?;
    let rows: Vec<Vec<Cell>> = task
        .reasons
        .iter()
        .map(|(field, reason)| {
            let words = reason.evidence.as_ref();
            let words = words.map_or_else(String::new, |words| format!("“{}”", words.quote));
            vec![
                cell(format!("   {}", field_name(*field))),
                cell(words),
                cell(&reason.rule),
            ]
        })
        .collect();
    output.table(&["   field", "words", "rule"], &rows)
}

fn field_name(field: Field) -> &'static str {
    match field {
        Field::Task => "task",
        Field::Due => "due",
        Field::Recurrence => "recurrence",
        Field::Priority => "priority",
        Field::Category => "category",
        Field::Area => "area",
        Field::Assignee => "assignee",
        Field::DependsOn => "depends on",
    }
}
