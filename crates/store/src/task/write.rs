//! Making, changing, deleting and restoring tasks.

use domain::task::{Due, Evidence, NewTask, Status, Task, TaskPatch};

use super::{COLUMNS, read};
use crate::StoreError;
use crate::conversation::set;
use crate::link::Link;
use crate::statement::{Statement, json};
use crate::words;

impl Link {
    pub(super) async fn create_task(&mut self, new: NewTask) -> Result<Task, StoreError> {
        let depends_on = new.depends_on.clone();
        let owner = new.user_id.clone();
        if let Some(parent) = new.parent_id {
            self.must_exist(&[parent], owner.as_deref()).await?;
        }
        self.must_exist(&depends_on, owner.as_deref()).await?;
        let mut task = self.insert_task(new).await?;
        if !depends_on.is_empty() {
            self.add_dependencies(task.id, &depends_on).await?;
            task.depends_on = depends_on;
            task.depends_on.sort_unstable();
            task.depends_on.dedup();
        }
        Ok(task)
    }

    async fn insert_task(&mut self, new: NewTask) -> Result<Task, StoreError> {
        let now = self.now();
        let (due_at, due_day) = due_columns(new.due);
        let description = new.description.as_deref();
        let words = words_of(
            &new.summary,
            description,
            &new.tags,
            new.assignee.as_deref(),
        );
        let insert = Statement::new(format!(
            "INSERT INTO tasks (summary, description, category, area, priority, status, user_id, \
             assignee, due_at, due_day, recurrence, tags, metadata, evidence, parent_id, \
             summary_words, words, created_at, updated_at, completed_at, message_id) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, \
             $18, $18, $19, $20) RETURNING {COLUMNS}"
        ))
        .bind(&*new.summary)
        .bind(description)
        .bind(new.category)
        .bind(new.area)
        .bind(new.priority.as_str())
        .bind(new.status.as_str())
        .bind(new.user_id)
        .bind(new.assignee)
        .bind(due_at)
        .bind(due_day)
        .bind(new.recurrence)
        .bind(json(&new.tags)?)
        .bind(json(&new.metadata)?)
        .bind(new.evidence.as_ref().map(json).transpose()?)
        .bind(new.parent_id)
        .bind(words::index([&*new.summary]))
        .bind(words)
        .bind(now)
        .bind((new.status == Status::Completed).then_some(now))
        .bind(new.evidence.as_ref().and_then(Evidence::message_id));
        read(&self.one(insert).await?)
    }

    pub(super) async fn update_task(
        &mut self,
        id: i64,
        owner: Option<&str>,
        patch: TaskPatch,
    ) -> Result<Task, StoreError> {
        if patch.depends_on.is_some() {
            self.lock_dependencies().await?;
        }
        let select = Statement::new(format!("SELECT {COLUMNS} FROM tasks WHERE id = "))
            .push_bind(id)
            .push(" AND deleted_at IS NULL")
            .and_equal("user_id", owner)
            .push(self.dialect().lock_rows());
        let mut task = read(&self.one(select).await?)?;
        if patch == TaskPatch::default() {
            return Ok(task);
        }
        if let Some(depends_on) = &patch.depends_on {
            self.replace_dependencies(id, owner, depends_on).await?;
        }
        let was = task.status;
        apply(&mut task, patch);
        if task.status != Status::Completed {
            task.completed_at = None;
        } else if was != Status::Completed {
            task.completed_at = Some(self.now());
        }
        self.write_task(task).await
    }

    async fn write_task(&mut self, task: Task) -> Result<Task, StoreError> {
        let now = self.now();
        let (due_at, due_day) = due_columns(task.due);
        let description = task.description.as_deref();
        let words = words_of(
            &task.summary,
            description,
            &task.tags,
            task.assignee.as_deref(),
        );
        let update = Statement::new(format!(
            "UPDATE tasks SET summary = $2, description = $3, category = $4, area = $5, \
             priority = $6, status = $7, user_id = $8, assignee = $9, due_at = $10, \
             due_day = $11, recurrence = $12, tags = $13, metadata = $14, summary_words = $15, \
             words = $16, updated_at = $17, completed_at = $18 WHERE id = $1 RETURNING {COLUMNS}"
        ))
        .bind(task.id)
        .bind(&*task.summary)
        .bind(description)
        .bind(task.category)
        .bind(task.area)
        .bind(task.priority.as_str())
        .bind(task.status.as_str())
        .bind(task.user_id)
        .bind(task.assignee)
        .bind(due_at)
        .bind(due_day)
        .bind(task.recurrence)
        .bind(json(&task.tags)?)
        .bind(json(&task.metadata)?)
        .bind(words::index([&*task.summary]))
        .bind(words)
        .bind(now)
        .bind(task.completed_at);
        read(&self.one(update).await?)
    }

    pub(super) async fn delete_task(
        &mut self,
        id: i64,
        owner: Option<&str>,
    ) -> Result<(), StoreError> {
        let now = self.now();
        let delete = Statement::new(
            "UPDATE tasks SET deleted_at = $1, updated_at = $1 WHERE deleted_at IS NULL AND id = $2",
        );
        let delete = delete.bind(now).bind(id).and_equal("user_id", owner);
        match self.execute(delete).await? {
            0 => Err(StoreError::NotFound),
            _ => Ok(()),
        }
    }

    pub(super) async fn restore_task(
        &mut self,
        id: i64,
        owner: Option<&str>,
    ) -> Result<Task, StoreError> {
        let now = self.now();
        let restore = Statement::new(
            "UPDATE tasks SET deleted_at = NULL, \
             updated_at = CASE WHEN deleted_at IS NULL THEN updated_at ELSE $1 END WHERE id = $2",
        );
        let restore = restore
            .bind(now)
            .bind(id)
            .and_equal("user_id", owner)
            .push(&format!(" RETURNING {COLUMNS}"));
        read(&self.one(restore).await?)
    }

    pub(super) async fn clear_tasks(&mut self, owner: Option<&str>) -> Result<u64, StoreError> {
        let now = self.now();
        let clear = Statement::new(
            "UPDATE tasks SET deleted_at = $1, updated_at = $1 WHERE deleted_at IS NULL",
        );
        self.execute(clear.bind(now).and_equal("user_id", owner))
            .await
    }

    pub(super) async fn set_next_task(&mut self, id: i64, next_id: i64) -> Result<(), StoreError> {
        let update = Statement::new("UPDATE tasks SET next_id = $2 WHERE id = $1");
        self.execute(update.bind(id).bind(next_id)).await?;
        Ok(())
    }

    pub(super) async fn set_suggestion(
        &mut self,
        id: i64,
        suggestion: &str,
    ) -> Result<bool, StoreError> {
        let now = self.now();
        let update = Statement::new(
            "UPDATE tasks SET ai_suggestion = $2, updated_at = $3 \
             WHERE id = $1 AND deleted_at IS NULL",
        );
        let done = self
            .execute(update.bind(id).bind(suggestion).bind(now))
            .await?;
        Ok(done > 0)
    }
}

/// The moment that orders deadlines in microseconds, and the day, if it is a day.
fn due_columns(due: Option<Due>) -> (Option<i64>, Option<String>) {
    let moment = due.map(|due| due.sort_key().as_microsecond());
    let day = match due {
        Some(Due::Day(day)) => Some(day.to_string()),
        Some(Due::Moment(_)) | None => None,
    };
    (moment, day)
}

fn words_of(
    summary: &str,
    description: Option<&str>,
    tags: &[String],
    assignee: Option<&str>,
) -> String {
    let texts = [summary].into_iter().chain(description).chain(assignee);
    words::index(texts.chain(tags.iter().map(String::as_str)))
}

fn apply(task: &mut Task, patch: TaskPatch) {
    set(&mut task.summary, patch.summary);
    set(&mut task.description, patch.description);
    set(&mut task.category, patch.category);
    set(&mut task.area, patch.area);
    set(&mut task.priority, patch.priority);
    set(&mut task.status, patch.status);
    set(&mut task.user_id, patch.user_id);
    set(&mut task.assignee, patch.assignee);
    set(&mut task.due, patch.due);
    set(&mut task.recurrence, patch.recurrence);
    set(&mut task.tags, patch.tags);
    set(&mut task.metadata, patch.metadata);
}
