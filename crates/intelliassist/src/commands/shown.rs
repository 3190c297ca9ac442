//! Tasks as they are shown.

use std::io;

use domain::task::{Due, Priority, Status, Task};
use jiff::tz::TimeZone;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::output::{Cell, Look, Output, cell};

/// A task for programs: the fields of `/api/v1/tasks`.
#[derive(Serialize)]
pub(super) struct ShownTask<'a> {
    id: i64,
    summary: &'a str,
    description: Option<&'a str>,
    category: &'a str,
    area: Option<&'a str>,
    priority: &'static str,
    status: &'static str,
    user_id: Option<&'a str>,
    assignee: Option<&'a str>,
    due_date: Option<String>,
    recurrence: Option<&'a str>,
    tags: &'a [String],
    metadata: &'a Map<String, Value>,
    evidence: Option<&'a domain::task::Evidence>,
    parent_id: Option<i64>,
    next_id: Option<i64>,
    depends_on: &'a [i64],
    created_at: String,
    updated_at: String,
    completed_at: Option<String>,
}

impl<'a> From<&'a Task> for ShownTask<'a> {
    fn from(task: &'a Task) -> Self {
        Self {
            id: task.id,
            summary: &task.summary,
            description: task.description.as_deref(),
            category: &task.category,
            area: task.area.as_deref(),
            priority: task.priority.as_str(),
            status: task.status.as_str(),
            user_id: task.user_id.as_deref(),
            assignee: task.assignee.as_deref(),
            due_date: task.due.map(|due| due.to_string()),
            recurrence: task.recurrence.as_deref(),
            tags: &task.tags,
            metadata: &task.metadata,
            evidence: task.evidence.as_ref(),
            parent_id: task.parent_id,
            next_id: task.next_id,
            depends_on: &task.depends_on,
            created_at: task.created_at.to_string(),
            updated_at: task.updated_at.to_string(),
            completed_at: task.completed_at.map(|moment| moment.to_string()),
        }
    }
}

/// A list of tasks.
pub(super) fn list(
    output: &mut Output,
    tasks: &[Task],
    zone: &TimeZone,
    now: jiff::Timestamp,
) -> io::Result<()> {
    if output.json {
        let tasks: Vec<ShownTask<'_>> = tasks.iter().map(ShownTask::from).collect();
        return output.pretty(&tasks);
    }
    if tasks.is_empty() {
        return output.line("No tasks.");
    }
    let rows: Vec<Vec<Cell>> = tasks.iter().map(|task| row(task, zone, now)).collect();
    output.table(
        &["id", "task", "due", "priority", "status", "area", "who"],
        &rows,
    )
}

fn row(task: &Task, zone: &TimeZone, now: jiff::Timestamp) -> Vec<Cell> {
    let due = cell(due(task, zone));
    let is_late = task.is_overdue(now);
    let status = cell(task.status.as_str().replace('_', " "));
    vec![
        cell(task.id).look(Look::Dim),
        cell(task.title()).look(if task.status.is_closed() {
            Look::Dim
        } else {
            Look::Bold
        }),
        if is_late { due.look(Look::Red) } else { due },
        cell(task.priority).look(priority(task.priority)),
        status.look(match task.status {
            Status::Completed => Look::Green,
            Status::InProgress => Look::Yellow,
            Status::Pending => Look::Plain,
            Status::Cancelled => Look::Dim,
        }),
        cell(task.area.as_deref().unwrap_or_default()),
        cell(task.assignee.as_deref().unwrap_or_default()),
    ]
}

/// How pressing things look.
pub(super) fn priority(priority: Priority) -> Look {
    match priority {
        Priority::Urgent | Priority::High => Look::Red,
        Priority::Medium => Look::Plain,
        Priority::Low => Look::Dim,
    }
}

fn due(task: &Task, zone: &TimeZone) -> String {
    let text = match task.due {
        None => String::new(),
        Some(Due::Day(day)) => day.strftime("%a %Y-%m-%d").to_string(),
        Some(Due::Moment(moment)) => moment
            .to_zoned(zone.clone())
            .strftime("%a %Y-%m-%d %H:%M")
            .to_string(),
    };
    if task.recurrence.is_some() {
        format!("{text} repeats")
    } else {
        text
    }
}

/// One task with everything about it.
pub(super) fn one(output: &mut Output, task: &Task, zone: &TimeZone) -> io::Result<()> {
    if output.json {
        return output.pretty(&ShownTask::from(task));
    }
    output.styled(
        Look::Bold,
        format_args!("{}. {}", task.id, crate::output::tame(&task.summary)),
    )?;
    let list = |ids: &[i64]| {
        ids.iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(", ")
    };
    let word = |key: &str| {
        let value = task.metadata.get(key).and_then(Value::as_str);
        value.unwrap_or_default().to_owned()
    };
    let evidence = task
        .evidence
        .as_ref()
        .map(|words| format!("“{}”", words.quote));
    let moment = |moment: jiff::Timestamp| {
        moment
            .to_zoned(zone.clone())
            .strftime("%Y-%m-%d %H:%M")
            .to_string()
    };
    let fields = [
        ("description", task.description.clone().unwrap_or_default()),
        ("due", due(task, zone)),
        ("repeats", task.recurrence.clone().unwrap_or_default()),
        ("priority", task.priority.to_string()),
        ("status", task.status.to_string()),
        ("category", task.category.clone()),
        ("area", task.area.clone().unwrap_or_default()),
        ("who", task.assignee.clone().unwrap_or_default()),
        ("tags", task.tags.join(", ")),
        ("project", word("project")),
        ("after", list(&task.depends_on)),
        (
            "part of",
            task.parent_id.map_or_else(String::new, |id| id.to_string()),
        ),
        ("from", evidence.unwrap_or_default()),
        ("owner", task.user_id.clone().unwrap_or_default()),
        ("made", moment(task.created_at)),
        ("done", task.completed_at.map_or_else(String::new, moment)),
    ];
    let told = fields.into_iter().filter(|(_, value)| !value.is_empty());
    for (name, value) in told {
        output.line(format_args!("  {name:12}{}", crate::output::tame(&value)))?;
    }
    Ok(())
}
