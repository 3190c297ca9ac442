//! `add`: one task in one line.

use anyhow::{Result, anyhow, bail};
use assistant::AddInput;
use extract::{Due, Policy, QuickAdd, quick_add};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::shown;
use crate::cli::Add;
use crate::config::Loaded;
use crate::output::{Look, Output, note, tame};
use crate::{jsonl, reference};

#[derive(Deserialize)]
struct Question {
    id: Value,
    text: String,
    #[serde(rename = "ref")]
    reference: String,
    tz: Option<String>,
}

#[derive(Serialize)]
struct Answer {
    id: Value,
    #[serde(flatten)]
    understood: Understood,
}

/// What a line was understood as.
#[derive(Serialize)]
struct Understood {
    title: String,
    due: Option<Due>,
    rrule: Option<String>,
    priority: extract::Priority,
    labels: Vec<String>,
    project: Option<String>,
    assignee: Option<String>,
}

impl From<QuickAdd> for Understood {
    fn from(task: QuickAdd) -> Self {
        Self {
            title: task.title,
            due: task.due,
            rrule: task.rrule,
            priority: task.priority,
            labels: task.labels,
            project: task.project,
            assignee: task.assignee,
        }
    }
}

/// Adds the task, or shows what would be added.
///
/// # Errors
/// A line without words of its own; the database's.
pub(super) fn run(loaded: &Loaded, options: &Add) -> Result<()> {
    let policy = super::policy(loaded);
    if options.jsonl {
        return jsonl::answer(|question: Question| answer(question, &policy));
    }
    let text = options.text.join(" ");
    let now = reference::of(&options.when, &loaded.settings)?;
    let understood = quick_add(&text, &now, &policy);
    if understood.title.trim().is_empty() {
        bail!(
            "there is no task in {:?}: write what is to be done",
            tame(&text)
        );
    }
    let mut output = Output::new(options.who.json.json);
    if options.dry_run {
        show(&mut output, understood)?;
        return Ok(output.flush()?);
    }
    let input = AddInput {
        text,
        now,
        refused: Vec::new(),
    };
    super::with_records(loaded, async |running| {
        let view = running.view(options.who.user.as_deref());
        let line = view.read_line(&input)?;
        let known = view.known([&line.task]).await?.into_iter().flatten().next();
        if let Some(id) = known.filter(|_| options.unless_known) {
            note(format_args!(
                "not added: task {id} says the same and is open"
            ));
            let task = view.task(id).await?;
            shown::one(&mut output, &task, input.now.time_zone())?;
            return Ok(output.flush()?);
        }
        let task = view.add(line).await?;
        shown::one(&mut output, &task, input.now.time_zone())?;
        output.flush()?;
        if let Some(id) = known {
            note(format_args!(
                "task {id} says the same and is open; `intelliassist tasks delete {}` takes this one back",
                task.id
            ));
        }
        Ok(())
    })
}

fn answer(question: Question, policy: &Policy) -> Result<Answer> {
    let zone = question.tz.as_deref().map(reference::zone).transpose()?;
    let now =
        reference::moment(&question.reference, zone).map_err(|error| anyhow!("ref: {error}"))?;
    let understood = quick_add(&question.text, &now, policy).into();
    Ok(Answer {
        id: question.id,
        understood,
    })
}

fn show(output: &mut Output, task: QuickAdd) -> Result<()> {
    let understood = Understood::from(task);
    if output.json {
        return Ok(output.pretty(&understood)?);
    }
    output.styled(Look::Bold, tame(&understood.title))?;
    let priority = match understood.priority {
        extract::Priority::High => "high",
        extract::Priority::Medium => "",
        extract::Priority::Low => "low",
    };
    let fields = [
        (
            "due",
            understood
                .due
                .map_or_else(String::new, |due| due.to_string()),
        ),
        ("repeats", understood.rrule.unwrap_or_default()),
        ("priority", priority.to_owned()),
        ("labels", understood.labels.join(", ")),
        ("project", understood.project.unwrap_or_default()),
        ("who", understood.assignee.unwrap_or_default()),
    ];
    for (name, value) in fields.into_iter().filter(|(_, value)| !value.is_empty()) {
        output.line(format_args!("  {name:12}{}", tame(&value)))?;
    }
    Ok(output.styled(Look::Dim, "not saved (--dry-run)")?)
}
