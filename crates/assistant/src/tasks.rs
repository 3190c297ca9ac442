//! Tasks: making, changing, finding, taking away and bringing back.

use domain::page::Page;
use domain::task::{Due, NewTask, Task, TaskBatch, TaskFilter, TaskOrder, TaskPatch, TaskSummary};
use serde_json::{Map, Value};

use crate::work::Work;
use crate::{AssistantError, Missing, View};

/// Longest summary in characters (contract D8.41).
const SUMMARY: usize = 2000;
/// Longest description in characters.
const DESCRIPTION: usize = 20_000;
/// Longest category, area, owner and assignee in characters.
const LABEL: usize = 100;
/// Most tags, and the longest tag in characters.
const TAGS: usize = 50;
/// Largest metadata in bytes of JSON.
const METADATA: usize = 16 * 1024;
/// Most tasks in one batch (contract D8.28).
const BATCH: usize = 1000;

/// Which deadlines are accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DueRule {
    /// Any (contract 002-E7).
    Any,
    /// Only what lies ahead (contract 000-E3).
    Future,
}

impl View {
    /// Writes a new task, and with it the job that makes a suggestion for it.
    ///
    /// # Errors
    /// `Invalid` when a field breaks its limit; `NotFound` for an unknown task it depends on.
    pub async fn create_task(&self, task: NewTask, rule: DueRule) -> Result<Task, AssistantError> {
        let task = self.prepared(task)?;
        self.check_due(task.due, rule)?;
        let mut transaction = self.store().begin().await?;
        let made = transaction.create_task(task).await?;
        transaction
            .enqueue(Work::Suggest { task_id: made.id }.to_job())
            .await?;
        transaction.commit().await?;
        self.parts.wake.quick.notify_one();
        Ok(made)
    }

    /// A task as it is to be written: under this view's owner unless it names one, its fields within
    /// their limits.
    ///
    /// # Errors
    /// `Invalid` when a field breaks its limit.
    pub(crate) fn prepared(&self, mut task: NewTask) -> Result<NewTask, AssistantError> {
        task.summary = task.summary.trim().to_owned();
        if task.user_id.is_none() {
            task.user_id.clone_from(&self.owner);
        }
        check_new(&task)?;
        Ok(task)
    }

    /// One task.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn task(&self, id: i64) -> Result<Task, AssistantError> {
        let found = self.store().task(id, self.owner()).await;
        found.map_err(AssistantError::missing(Missing::Task(id)))
    }

    /// Tasks that pass a filter.
    ///
    /// # Errors
    /// Only the store's.
    pub async fn tasks(
        &self,
        mut filter: TaskFilter,
        order: TaskOrder,
        page: Page,
    ) -> Result<Vec<Task>, AssistantError> {
        if self.owner.is_some() {
            filter.user_id.clone_from(&self.owner);
        }
        Ok(self.store().tasks(&filter, order, page).await?)
    }

    /// The next tasks after one that was the last of a page; see [`View::tasks`].
    ///
    /// # Errors
    /// Only the store's.
    pub async fn tasks_after(
        &self,
        mut filter: TaskFilter,
        order: TaskOrder,
        after: Option<i64>,
        limit: u32,
    ) -> Result<Vec<Task>, AssistantError> {
        if self.owner.is_some() {
            filter.user_id.clone_from(&self.owner);
        }
        Ok(self
            .store()
            .tasks_after(&filter, order, after, limit)
            .await?)
    }

    /// Changes the given fields and no other. Completing a task that repeats makes the next one, whose
    /// id is `next_id` of the answer.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` when a field breaks its limit.
    pub async fn update_task(
        &self,
        id: i64,
        mut patch: TaskPatch,
        rule: DueRule,
    ) -> Result<Task, AssistantError> {
        if let Some(summary) = &mut patch.summary {
            *summary = summary.trim().to_owned();
        }
        check_patch(&patch)?;
        self.check_due(patch.due.flatten(), rule)?;
        let changed = Box::pin(self.change_task(id, patch)).await;
        changed.map_err(AssistantError::missing(Missing::Task(id)))
    }

    /// Takes a task away; it can be restored.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn delete_task(&self, id: i64) -> Result<(), AssistantError> {
        let gone = self.store().delete_task(id, self.owner()).await;
        gone.map_err(AssistantError::missing(Missing::Task(id)))
    }

    /// Brings a deleted task back.
    ///
    /// # Errors
    /// `NotFound`, also for a task that was never deleted.
    pub async fn restore_task(&self, id: i64) -> Result<Task, AssistantError> {
        let back = self.store().restore_task(id, self.owner()).await;
        back.map_err(AssistantError::missing(Missing::Task(id)))
    }

    /// Takes away every task of this view; how many.
    ///
    /// # Errors
    /// Only the store's.
    pub async fn clear_tasks(&self) -> Result<u64, AssistantError> {
        Ok(self.store().clear_tasks(self.owner()).await?)
    }

    /// Changes, deletes or restores many tasks, or none if one of them is missing. As with
    /// [`View::update_task`], what repeats goes on.
    ///
    /// # Errors
    /// `Invalid` for an empty batch, one over 1000, or a field over its limit; `NotFound` names the
    /// missing ids.
    pub async fn batch_tasks(
        &self,
        ids: &[i64],
        change: TaskBatch,
    ) -> Result<Vec<Task>, AssistantError> {
        if ids.is_empty() || ids.len() > BATCH {
            let message = format!("give between 1 and {BATCH} ids, not {}", ids.len());
            return Err(AssistantError::invalid("ids", message));
        }
        if let TaskBatch::Set(patch) = &change {
            check_patch(patch)?;
        }
        let listed = || {
            ids.iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(", ")
        };
        let changed = Box::pin(self.change_tasks(ids, change)).await;
        changed.map_err(|error| AssistantError::missing(Missing::Tasks(listed()))(error))
    }

    /// Tasks whose words match, best first (contract D8.28).
    ///
    /// # Errors
    /// `Invalid` for an empty query.
    pub async fn search_tasks(&self, query: &str, page: Page) -> Result<Vec<Task>, AssistantError> {
        if query.trim().is_empty() {
            let message = "write at least one word to look for";
            return Err(AssistantError::invalid("q", message));
        }
        Ok(self.store().search_tasks(query, self.owner(), page).await?)
    }

    /// Counts by status and priority (contract 000-E9).
    ///
    /// # Errors
    /// Only the store's.
    pub async fn task_summary(&self) -> Result<TaskSummary, AssistantError> {
        Ok(self.store().task_summary(self.owner()).await?)
    }

    fn check_due(&self, due: Option<Due>, rule: DueRule) -> Result<(), AssistantError> {
        let now = self.parts.clock.now();
        if rule == DueRule::Future && due.is_some_and(|due| due.has_passed(now)) {
            let message = "Due date must be in the future";
            return Err(AssistantError::invalid("due_date", message));
        }
        Ok(())
    }
}

fn check_new(task: &NewTask) -> Result<(), AssistantError> {
    length("summary", &task.summary, 1, SUMMARY)?;
    length(
        "description",
        task.description.as_deref().unwrap_or_default(),
        0,
        DESCRIPTION,
    )?;
    length("category", &task.category, 1, LABEL)?;
    length("area", task.area.as_deref().unwrap_or_default(), 0, LABEL)?;
    length(
        "user_id",
        task.user_id.as_deref().unwrap_or_default(),
        0,
        LABEL,
    )?;
    length(
        "assignee",
        task.assignee.as_deref().unwrap_or_default(),
        0,
        LABEL,
    )?;
    check_tags(&task.tags)?;
    check_metadata(&task.metadata)
}

fn check_patch(patch: &TaskPatch) -> Result<(), AssistantError> {
    let given = |field: &Option<Option<String>>| field.clone().flatten().unwrap_or_default();
    if let Some(summary) = &patch.summary {
        length("summary", summary, 1, SUMMARY)?;
    }
    if let Some(category) = &patch.category {
        length("category", category, 1, LABEL)?;
    }
    length("description", &given(&patch.description), 0, DESCRIPTION)?;
    length("area", &given(&patch.area), 0, LABEL)?;
    length("user_id", &given(&patch.user_id), 0, LABEL)?;
    length("assignee", &given(&patch.assignee), 0, LABEL)?;
    check_tags(patch.tags.as_deref().unwrap_or_default())?;
    patch.metadata.as_ref().map_or(Ok(()), check_metadata)
}

fn length(
    field: &'static str,
    text: &str,
    least: usize,
    most: usize,
) -> Result<(), AssistantError> {
    let count = text.chars().count();
    if (least..=most).contains(&count) {
        return Ok(());
    }
    let message = if count < least {
        "must not be empty".to_owned()
    } else {
        format!("has {count} characters; at most {most} are kept")
    };
    Err(AssistantError::invalid(field, message))
}

fn check_tags(tags: &[String]) -> Result<(), AssistantError> {
    if tags.len() > TAGS || tags.iter().any(|tag| tag.chars().count() > TAGS) {
        let message = format!("at most {TAGS} tags of at most {TAGS} characters are kept");
        return Err(AssistantError::invalid("tags", message));
    }
    Ok(())
}

fn check_metadata(metadata: &Map<String, Value>) -> Result<(), AssistantError> {
    let size = serde_json::to_vec(metadata).map_or(usize::MAX, |json| json.len());
    if size > METADATA {
        let message = format!("is {size} bytes of JSON; at most {METADATA} are kept");
        return Err(AssistantError::invalid("metadata", message));
    }
    Ok(())
}
