//! `extract --jsonl`: one text a line, for pipelines and evaluation.

use anyhow::{Result, anyhow};
use assistant::{ExtractInput, ModelUse, Proposal};
use extract::{Due, ExtractedTask, Policy};
use jiff::Zoned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::cli::Extract;
use crate::commands::{PATIENCE, prepare};
use crate::config::Loaded;
use crate::telemetry::Console;
use crate::wire::{Providers, Records, Running};
use crate::{jsonl, reference};

#[derive(Deserialize)]
struct Question {
    id: Value,
    text: String,
    reference_time: String,
    tz: Option<String>,
}

#[derive(Serialize)]
struct Answer {
    id: Value,
    tasks: Vec<Task>,
}

#[derive(Serialize)]
struct Task {
    summary: String,
    due: Option<Due>,
    priority: Word<extract::Priority>,
    category: Word<extract::Category>,
    area: Word<extract::Area>,
    assignee: Option<String>,
    depends_on: Vec<usize>,
    evidence: Evidence,
}

/// A word as the rules have it, or as a proposal does.
#[derive(Serialize)]
#[serde(untagged)]
enum Word<T> {
    Ours(T),
    Told(&'static str),
}

#[derive(Serialize)]
struct Evidence {
    start: usize,
    end: usize,
    quote: String,
}

/// Answers every line. Without models nothing is opened and nothing is waited for.
pub(super) fn run(loaded: &Loaded, options: &Extract) -> Result<()> {
    let policy = Policy {
        day_first: loaded.settings.assistant.day_first,
        ..Policy::default()
    };
    if options.rules_only {
        return jsonl::answer(|question: Question| by_rules(question, &policy));
    }
    let logs = prepare(loaded, Console::Stderr);
    let outcome = with_models(loaded, options);
    drop(logs);
    outcome
}

fn by_rules(question: Question, policy: &Policy) -> Result<Answer> {
    let now = question.now()?;
    let found = extract::extract(&question.text, &now, policy);
    Ok(Answer {
        id: question.id,
        tasks: found.tasks.into_iter().map(Task::from).collect(),
    })
}

/// As [`by_rules`], and a model is asked where the rules are unsure and one can.
fn with_models(loaded: &Loaded, options: &Extract) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let running = runtime.block_on(async {
        let providers = Providers::find(loaded).await?;
        Box::pin(Running::start(loaded, &providers, Records::Kept, PATIENCE)).await
    })?;
    let view = running.view(options.user.as_deref());
    let outcome = jsonl::answer(|question: Question| {
        let input = ExtractInput {
            now: question.now()?,
            text: question.text,
            save: false,
            model: ModelUse::Auto,
            refused: Vec::new(),
            request_id: running.ids.next(),
        };
        let found = runtime.block_on(view.extract(input))?;
        Ok(Answer {
            id: question.id,
            tasks: found.tasks.into_iter().map(Task::from).collect(),
        })
    });
    runtime.block_on(running.stop());
    outcome
}

impl Question {
    fn now(&self) -> Result<Zoned> {
        let zone = self.tz.as_deref().map(reference::zone).transpose()?;
        reference::moment(&self.reference_time, zone)
            .map_err(|error| anyhow!("reference_time: {error}"))
    }
}

impl From<ExtractedTask> for Task {
    fn from(task: ExtractedTask) -> Self {
        Self {
            summary: task.summary,
            due: task.due,
            priority: Word::Ours(task.priority),
            category: Word::Ours(task.category),
            area: Word::Ours(task.area),
            assignee: task.assignee,
            depends_on: task.depends_on,
            evidence: Evidence {
                start: task.evidence.start,
                end: task.evidence.end,
                quote: task.evidence.quote,
            },
        }
    }
}

impl From<Proposal> for Task {
    fn from(task: Proposal) -> Self {
        Self {
            summary: task.summary,
            due: task.due,
            priority: Word::Told(task.priority.as_str()),
            category: Word::Told(task.category),
            area: Word::Told(task.area),
            assignee: task.assignee,
            depends_on: task.depends_on,
            evidence: Evidence {
                start: task.evidence.start,
                end: task.evidence.end,
                quote: task.evidence.quote,
            },
        }
    }
}
