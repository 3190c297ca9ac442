//! What both vocabularies of tasks share: fields to write, filters, and how a task is shown
//! (contract 7.2).

use assistant::parse_due;
use domain::page::Page;
use domain::task::{Due, Evidence, NewTask, Priority, Status, Task, TaskFilter, TaskPatch};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use utoipa::{IntoParams, ToSchema};

use super::paging;
use crate::body::{nullable, present};
use crate::error::ApiError;
use crate::problem::{Problem, Problems};

/// Fields of a task to be made or changed; unknown ones are ignored, as the services before did.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub(crate) struct TaskFields {
    /// What is to be done (also accepted as `title`).
    #[serde(default, alias = "title", deserialize_with = "present")]
    pub(crate) summary: Option<String>,
    /// More about it.
    #[serde(default, deserialize_with = "nullable")]
    pub(crate) description: Option<Option<String>>,
    /// What kind of activity it is; `general` if absent.
    #[serde(default, deserialize_with = "present")]
    pub(crate) category: Option<String>,
    /// The part of life it belongs to.
    #[serde(default, deserialize_with = "nullable")]
    pub(crate) area: Option<Option<String>>,
    /// `low`, `medium`, `high` or `urgent`.
    #[serde(default, deserialize_with = "present")]
    pub(crate) priority: Option<String>,
    /// `pending`/`todo`, `in_progress`, `completed`/`done` or `cancelled`.
    #[serde(default, deserialize_with = "present")]
    pub(crate) status: Option<String>,
    /// Label of its owner.
    #[serde(default, deserialize_with = "nullable")]
    pub(crate) user_id: Option<Option<String>>,
    /// Who is to do it.
    #[serde(default, deserialize_with = "nullable")]
    pub(crate) assignee: Option<Option<String>>,
    /// A date, or a date-time with offset.
    #[serde(default, deserialize_with = "nullable")]
    pub(crate) due_date: Option<Option<String>>,
    /// RRULE (RFC 5545) when it repeats.
    #[serde(default, deserialize_with = "nullable")]
    pub(crate) recurrence: Option<Option<String>>,
    /// At most 50 labels.
    #[serde(default, deserialize_with = "present")]
    pub(crate) tags: Option<Vec<String>>,
    /// Anything else, up to 16 KiB.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Object>)]
    pub(crate) metadata: Option<Map<String, Value>>,
    /// Ids of tasks that come first.
    #[serde(default, deserialize_with = "present")]
    pub(crate) depends_on: Option<Vec<i64>>,
}

impl TaskFields {
    /// A task to be made; `name` is what this path calls the summary.
    ///
    /// # Errors
    /// 422 with everything that is wrong.
    pub(crate) fn into_new(self, name: &'static str) -> Result<NewTask, ApiError> {
        let patch = self.into_patch()?;
        let Some(summary) = patch.summary else {
            let missing = Problem::new("missing", &["body", name], "Field required", Value::Null);
            return Err(ApiError::validation(vec![missing]));
        };
        let plain = NewTask::new(summary);
        Ok(NewTask {
            description: patch.description.flatten(),
            category: patch.category.unwrap_or_else(|| plain.category.clone()),
            area: patch.area.flatten(),
            priority: patch.priority.unwrap_or(plain.priority),
            status: patch.status.unwrap_or(plain.status),
            user_id: patch.user_id.flatten(),
            assignee: patch.assignee.flatten(),
            due: patch.due.flatten(),
            recurrence: patch.recurrence.flatten(),
            tags: patch.tags.unwrap_or_default(),
            metadata: patch.metadata.unwrap_or_default(),
            depends_on: patch.depends_on.unwrap_or_default(),
            ..plain
        })
    }

    /// The fields to change.
    ///
    /// # Errors
    /// 422 with everything that is wrong.
    pub(crate) fn into_patch(self) -> Result<TaskPatch, ApiError> {
        let mut problems = Problems::of("body");
        let priority = self
            .priority
            .as_deref()
            .and_then(|word| problems.word("priority", word, word.parse::<Priority>()));
        let status = self
            .status
            .as_deref()
            .and_then(|word| problems.word("status", word, Status::parse_any(word)));
        let due = self.due_date.map(|due| {
            due.filter(|text| !text.trim().is_empty()).and_then(|text| {
                parse_due(&text)
                    .map_err(|error| problems.rule("due_date", json!(text), error.to_string()))
                    .ok()
            })
        });
        problems.finish()?;
        Ok(TaskPatch {
            summary: self.summary,
            description: self.description,
            category: self.category,
            area: self.area,
            priority,
            status,
            user_id: self.user_id,
            assignee: self.assignee,
            due,
            recurrence: self.recurrence,
            tags: self.tags,
            metadata: self.metadata,
            depends_on: self.depends_on,
        })
    }
}

/// Which tasks are wanted; everything given must hold.
#[derive(Debug, Default, Deserialize, IntoParams)]
pub(crate) struct TaskQuery {
    /// Only this owner's.
    pub(crate) user_id: Option<String>,
    /// In either vocabulary.
    status: Option<String>,
    /// `low`, `medium`, `high` or `urgent`.
    priority: Option<String>,
    /// What kind of activity.
    category: Option<String>,
    /// The part of life.
    area: Option<String>,
    /// Who is to do it.
    assignee: Option<String>,
    /// Due on or after this date or date-time.
    due_from: Option<String>,
    /// Due on or before this date or date-time.
    due_to: Option<String>,
    /// How many at most; all if absent.
    limit: Option<i64>,
    /// How many to leave out at the start.
    offset: Option<i64>,
    /// Id of the last task of the page before (faster than `offset`).
    pub(crate) after: Option<i64>,
}

impl TaskQuery {
    /// The filter and the page.
    ///
    /// # Errors
    /// 422 for unknown words, unreadable dates and numbers out of range.
    pub(crate) fn read(&self) -> Result<(TaskFilter, Page), ApiError> {
        let mut problems = Problems::of("query");
        let page = match (self.limit, self.offset) {
            (None, None) => Page::ALL,
            (None, offset) => Page {
                limit: Page::ALL.limit,
                ..paging::page(Some(1), offset, Page::ALL.limit, &mut problems)
            },
            (limit, offset) => paging::page(limit, offset, Page::ALL.limit, &mut problems),
        };
        let status = self
            .status
            .as_deref()
            .and_then(|word| problems.word("status", word, Status::parse_any(word)));
        let priority = self
            .priority
            .as_deref()
            .and_then(|word| problems.word("priority", word, word.parse::<Priority>()));
        let filter = TaskFilter {
            user_id: self.user_id.clone(),
            status,
            priority,
            category: self.category.clone(),
            area: self.area.clone(),
            assignee: self.assignee.clone(),
            due_from: bound("due_from", self.due_from.as_deref(), false, &mut problems),
            due_to: bound("due_to", self.due_to.as_deref(), true, &mut problems),
        };
        problems.finish()?;
        Ok((filter, page))
    }
}

/// One end of a range of deadlines; a day as the upper end counts to its last microsecond.
fn bound(
    field: &'static str,
    text: Option<&str>,
    upper: bool,
    problems: &mut Problems,
) -> Option<Timestamp> {
    let text = text?;
    match parse_due(text) {
        Ok(due @ Due::Day(_)) if upper => {
            let last = SignedDuration::from_hours(24) - SignedDuration::from_micros(1);
            due.sort_key().checked_add(last).ok()
        }
        Ok(due) => Some(due.sort_key()),
        Err(error) => {
            problems.rule(field, json!(text), error.to_string());
            None
        }
    }
}

/// A task as `/api/v1` shows it (contract 002-E6).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TaskRead {
    id: i64,
    summary: String,
    /// First line of the summary, at most 200 characters.
    title: String,
    description: Option<String>,
    category: String,
    area: Option<String>,
    priority: &'static str,
    status: &'static str,
    user_id: Option<String>,
    assignee: Option<String>,
    /// `YYYY-MM-DD`, or a date-time in UTC where a time was given.
    due_date: Option<String>,
    recurrence: Option<String>,
    tags: Vec<String>,
    #[schema(value_type = Object)]
    metadata: Map<String, Value>,
    ai_suggestion: Option<String>,
    /// The exact words it came from.
    #[schema(value_type = Option<Object>)]
    evidence: Option<Evidence>,
    parent_id: Option<i64>,
    /// The task that followed when this one, which repeats, was done.
    next_id: Option<i64>,
    depends_on: Vec<i64>,
    created_at: String,
    updated_at: String,
    completed_at: Option<String>,
}

impl From<Task> for TaskRead {
    fn from(task: Task) -> Self {
        Self {
            title: task.title(),
            id: task.id,
            summary: task.summary,
            description: task.description,
            category: task.category,
            area: task.area,
            priority: task.priority.as_str(),
            status: task.status.as_str(),
            user_id: task.user_id,
            assignee: task.assignee,
            due_date: task.due.map(|due| due.to_string()),
            recurrence: task.recurrence,
            tags: task.tags,
            metadata: task.metadata,
            ai_suggestion: task.ai_suggestion,
            evidence: task.evidence,
            parent_id: task.parent_id,
            next_id: task.next_id,
            depends_on: task.depends_on,
            created_at: task.created_at.to_string(),
            updated_at: task.updated_at.to_string(),
            completed_at: task.completed_at.map(|moment| moment.to_string()),
        }
    }
}

/// A task as `/tasks` shows it (contract 000-E3).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TodoRead {
    id: i64,
    title: String,
    description: Option<String>,
    /// `todo`, `in_progress`, `done` or `cancelled`.
    status: &'static str,
    priority: &'static str,
    /// A date-time; a deadline that is only a day is its start in UTC.
    due_date: Option<String>,
    created_at: String,
    ai_suggestion: Option<String>,
    category: String,
    area: Option<String>,
    assignee: Option<String>,
    tags: Vec<String>,
    user_id: Option<String>,
    /// The task that followed when this one, which repeats, was done.
    next_id: Option<i64>,
}

impl From<Task> for TodoRead {
    fn from(task: Task) -> Self {
        Self {
            title: task.title(),
            id: task.id,
            description: task.description,
            status: task.status.as_todo_word(),
            priority: task.priority.as_str(),
            due_date: task.due.map(|due| due.sort_key().to_string()),
            created_at: task.created_at.to_string(),
            ai_suggestion: task.ai_suggestion,
            category: task.category,
            area: task.area,
            assignee: task.assignee,
            tags: task.tags,
            user_id: task.user_id,
            next_id: task.next_id,
        }
    }
}
