//! `tasks`: list and change them, straight on the data directory.

use anyhow::{Context, Result, anyhow};
use assistant::{DueRule, View};
use domain::page::Page;
use domain::task::{Due, Status, Task, TaskBatch, TaskFilter, TaskOrder, TaskPatch};
use jiff::Zoned;
use serde_json::json;

use super::shown;
use crate::cli::{TaskEdit, TaskList, Tasks, When, Who};
use crate::config::Loaded;
use crate::output::{Cell, Output, cell};
use crate::reference;

/// Does it.
///
/// # Errors
/// A task that is not there, a value that is none, the database's.
pub(super) fn run(loaded: &Loaded, tasks: &Tasks) -> Result<()> {
    let now = reference::of(&When::default(), &loaded.settings)?;
    super::with_records(loaded, async |running| {
        let mut output = Output::new(who(tasks).json.json);
        let view = running.view(who(tasks).user.as_deref());
        Box::pin(act(&view, &mut output, tasks, &now)).await?;
        Ok(output.flush()?)
    })
}

fn who(tasks: &Tasks) -> &Who {
    match tasks {
        Tasks::List(list) => &list.who,
        Tasks::Edit(edit) => &edit.who,
        Tasks::Show { who, .. }
        | Tasks::Done { who, .. }
        | Tasks::Delete { who, .. }
        | Tasks::Restore { who, .. }
        | Tasks::Search { who, .. }
        | Tasks::Summary { who } => who,
    }
}

/// The tasks that follow on those that repeat and were done. Programs find their ids with the others.
async fn following(view: &View, output: &mut Output, done: &[Task], now: &Zoned) -> Result<()> {
    let mut next = Vec::new();
    for id in done.iter().filter_map(|task| task.next_id) {
        // One that was taken away since is not shown.
        next.extend(view.task(id).await.ok());
    }
    if output.json || next.is_empty() {
        return Ok(());
    }
    output.line("\nNext:")?;
    Ok(shown::list(
        output,
        &next,
        now.time_zone(),
        now.timestamp(),
    )?)
}

async fn act(view: &View, output: &mut Output, tasks: &Tasks, now: &Zoned) -> Result<()> {
    let zone = now.time_zone();
    let moment = now.timestamp();
    match tasks {
        Tasks::List(options) => list(view, output, options, now).await?,
        Tasks::Show { id, .. } => shown::one(output, &view.task(*id).await?, zone)?,
        Tasks::Done { ids, .. } => {
            let patch = TaskPatch {
                status: Some(Status::Completed),
                ..TaskPatch::default()
            };
            let changed = view
                .batch_tasks(ids, TaskBatch::Set(Box::new(patch)))
                .await?;
            shown::list(output, &changed, zone, moment)?;
            following(view, output, &changed, now).await?;
        }
        Tasks::Edit(edit) => {
            let changed = view
                .update_task(edit.id, patch(edit, now)?, DueRule::Any)
                .await?;
            shown::one(output, &changed, zone)?;
        }
        Tasks::Delete { ids, .. } => {
            view.batch_tasks(ids, TaskBatch::Delete).await?;
            if output.json {
                output.pretty(&json!({ "deleted": ids }))?;
            } else {
                let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
                let again = format!("intelliassist tasks restore {}", ids.join(" "));
                output.line(format_args!("Deleted; `{again}` brings back."))?;
            }
        }
        Tasks::Restore { ids, .. } => {
            let back = view.batch_tasks(ids, TaskBatch::Restore).await?;
            shown::list(output, &back, zone, moment)?;
        }
        Tasks::Search { words, .. } => {
            let found = view.search_tasks(&words.join(" "), Page::default()).await?;
            shown::list(output, &found, zone, moment)?;
        }
        Tasks::Summary { .. } => summary(view, output).await?,
    }
    Ok(())
}

async fn list(view: &View, output: &mut Output, options: &TaskList, now: &Zoned) -> Result<()> {
    let status = options.status.as_deref().map(status).transpose()?;
    let filter = TaskFilter {
        status,
        priority: options.priority.as_deref().map(priority).transpose()?,
        area: options.area.clone(),
        assignee: options.assignee.clone(),
        ..TaskFilter::default()
    };
    // What is closed is left out here, so more may have to be read than is shown.
    let open_only = status.is_none() && !options.all;
    let page = if open_only {
        Page::ALL
    } else {
        Page {
            limit: options.limit,
            offset: 0,
        }
    };
    let mut tasks = view.tasks(filter, TaskOrder::NewestFirst, page).await?;
    if open_only {
        tasks.retain(|task| !task.status.is_closed());
        tasks.truncate(usize::try_from(options.limit).unwrap_or(usize::MAX));
    }
    Ok(shown::list(
        output,
        &tasks,
        now.time_zone(),
        now.timestamp(),
    )?)
}

async fn summary(view: &View, output: &mut Output) -> Result<()> {
    let summary = view.task_summary().await?;
    if output.json {
        let by_status: serde_json::Map<_, _> = summary
            .by_status
            .iter()
            .map(|(s, n)| (s.to_string(), json!(n)))
            .collect();
        let by_priority: serde_json::Map<_, _> = summary
            .by_priority
            .iter()
            .map(|(p, n)| (p.to_string(), json!(n)))
            .collect();
        let all = json!({
            "total": summary.total,
            "by_status": by_status,
            "by_priority": by_priority,
            "overdue": summary.overdue,
        });
        return Ok(output.pretty(&all)?);
    }
    let mut rows: Vec<Vec<Cell>> = vec![
        vec![cell("all"), cell(summary.total)],
        vec![cell("overdue"), cell(summary.overdue)],
    ];
    rows.extend(
        summary
            .by_status
            .iter()
            .map(|(status, n)| vec![cell(status), cell(n)]),
    );
    rows.extend(
        summary
            .by_priority
            .iter()
            .map(|(priority, n)| vec![cell(priority), cell(n)]),
    );
    Ok(output.table(&["tasks", "number"], &rows)?)
}

fn patch(edit: &TaskEdit, now: &Zoned) -> Result<TaskPatch> {
    // An empty text empties a field.
    let field = |text: &Option<String>| {
        text.as_ref()
            .map(|text| Some(text.trim().to_owned()).filter(|text| !text.is_empty()))
    };
    let patch = TaskPatch {
        summary: edit.summary.clone(),
        description: field(&edit.description),
        area: field(&edit.area),
        assignee: field(&edit.assignee),
        priority: edit.priority.as_deref().map(priority).transpose()?,
        status: edit.status.as_deref().map(status).transpose()?,
        due: edit.due.as_deref().map(|text| due(text, now)).transpose()?,
        ..TaskPatch::default()
    };
    if patch == TaskPatch::default() {
        return Err(anyhow!(
            "nothing to change: say for example --due tomorrow or --priority high"
        ));
    }
    Ok(patch)
}

/// A date, a moment, or words; nothing takes the deadline away.
fn due(text: &str, now: &Zoned) -> Result<Option<Due>> {
    if text.trim().is_empty() || text.eq_ignore_ascii_case("none") {
        return Ok(None);
    }
    if let Ok(due) = assistant::parse_due(text) {
        return Ok(Some(due));
    }
    let found = extract::date::deadline(text, now, &extract::Policy::default());
    let found = found.with_context(|| {
        format!("{text:?} is no date: write 2026-03-31, 2026-03-31T17:00:00+01:00 or words such as “next friday”")
    })?;
    Ok(Some(assistant::stored_due(&found)))
}

fn status(word: &str) -> Result<Status> {
    Status::parse_any(&word.replace('-', "_")).map_err(|_| {
        anyhow!("{word:?} is no status: use pending, in_progress, completed or cancelled")
    })
}

fn priority(word: &str) -> Result<domain::task::Priority> {
    word.parse()
        .map_err(|_| anyhow!("{word:?} is no priority: use low, medium, high or urgent"))
}
