//! Tasks (contract 000-E3…E9, 002-E6…E10, 7.2, D8.28).
//!
//! A deleted task stays, unseen, until it is restored: other tasks that depend on it do not show
//! it meanwhile.

mod batch;
mod find;
mod links;
mod write;

use domain::page::Page;
use domain::task::{
    Due, NewTask, OpenTask, Task, TaskBatch, TaskFilter, TaskOrder, TaskPatch, TaskSummary,
};

use crate::StoreError;
use crate::operations::operations;
use crate::row::Row;

operations! {
    /// Writes a task. `Invalid` if it refers to a task that is not there or not its owner's.
    atomic fn create_task(new: NewTask) -> Task;
    /// Writes tasks that belong together, in the order given. `(i, j)` in `links` lets task `i`
    /// depend on task `j`, in `parents` makes it a part of task `j`. `Invalid` if there is no
    /// such place, or if tasks would wait for each other.
    atomic fn create_tasks(
        new: Vec<NewTask>, links: &[(usize, usize)], parents: &[(usize, usize)],
    ) -> Vec<Task>;
    /// A task.
    read fn task(id: i64, owner: Option<&str>) -> Task;
    /// Tasks by the order of their making.
    read fn tasks(filter: &TaskFilter, order: TaskOrder, page: Page) -> Vec<Task>;
    /// The tasks that come after task `after` in the order, or the first ones. Unlike pages by
    /// offset this neither skips nor repeats a task when others come and go.
    read fn tasks_after(
        filter: &TaskFilter, order: TaskOrder, after: Option<i64>, limit: u32,
    ) -> Vec<Task>;
    /// The newest tasks of an owner (of nobody, if none is given) that are not done.
    read fn open_tasks(owner: Option<&str>, limit: u32) -> Vec<OpenTask>;
    /// The tasks whose evidence is in these messages or in the answers to them, in the order of their
    /// making.
    read fn tasks_of_messages(message_ids: &[i64], owner: Option<&str>) -> Vec<Task>;
    /// How many tasks there are.
    read fn count_tasks(filter: &TaskFilter) -> i64;
    /// Changes a task. `completed_at` follows the status. `Invalid` if it would depend on a task
    /// that is not there, or on itself through others.
    atomic fn update_task(id: i64, owner: Option<&str>, patch: TaskPatch) -> Task;
    /// Deletes a task; it can be restored.
    write fn delete_task(id: i64, owner: Option<&str>) -> ();
    /// Brings a deleted task back. One that is not deleted stays as it is.
    write fn restore_task(id: i64, owner: Option<&str>) -> Task;
    /// Deletes every task, or every task of the owner; tells how many.
    write fn clear_tasks(owner: Option<&str>) -> u64;
    /// Does the same to many tasks, or nothing if one of them is not there
    /// ([`StoreError::TasksNotFound`](crate::StoreError::TasksNotFound) names those). Answers
    /// them in the order given, each once.
    atomic fn batch_tasks(ids: &[i64], owner: Option<&str>, batch: TaskBatch) -> Vec<Task>;
    /// The tasks whose words (summary, description, tags, assignee) include all words of the
    /// query, the last as the beginning of a word; case and accents do not matter. Those with
    /// more of them in the summary come first, then the newest. Any text is a query; one without
    /// letters and digits finds nothing, and words after the 16th do not count.
    read fn search_tasks(query: &str, owner: Option<&str>, page: Page) -> Vec<Task>;
    /// How many tasks there are of each kind.
    read fn task_summary(owner: Option<&str>) -> TaskSummary;
    /// Keeps what the assistant suggests about a task; false if the task is gone.
    write fn set_suggestion(id: i64, suggestion: &str) -> bool;
    /// Notes which task followed on one that repeats.
    write fn set_next_task(id: i64, next_id: i64) -> ();
}

/// What [`read`] reads.
const COLUMNS: &str = "id, summary, description, category, area, priority, status, user_id, \
     assignee, due_at, due_day, recurrence, tags, metadata, ai_suggestion, evidence, parent_id, \
     next_id, created_at, updated_at, completed_at, deleted_at, \
     (SELECT string_agg(CAST(d.depends_on AS TEXT), ',' ORDER BY d.depends_on) \
      FROM task_dependencies d JOIN tasks t ON t.id = d.depends_on \
      WHERE d.task_id = tasks.id AND t.deleted_at IS NULL) AS depends_on";

fn read(row: &Row) -> Result<Task, StoreError> {
    Ok(Task {
        id: row.get("id")?,
        summary: row.get("summary")?,
        description: row.get("description")?,
        category: row.get("category")?,
        area: row.get("area")?,
        priority: row.parsed("priority")?,
        status: row.parsed("status")?,
        user_id: row.get("user_id")?,
        assignee: row.get("assignee")?,
        due: read_due(row)?,
        recurrence: row.get("recurrence")?,
        tags: row.json("tags")?,
        metadata: row.json("metadata")?,
        ai_suggestion: row.get("ai_suggestion")?,
        evidence: row.opt_json("evidence")?,
        parent_id: row.get("parent_id")?,
        next_id: row.get("next_id")?,
        depends_on: read_depends_on(row)?,
        created_at: row.moment("created_at")?,
        updated_at: row.moment("updated_at")?,
        completed_at: row.opt_moment("completed_at")?,
        deleted_at: row.opt_moment("deleted_at")?,
    })
}

fn read_due(row: &Row) -> Result<Option<Due>, StoreError> {
    match row.get::<Option<String>>("due_day")? {
        Some(day) => day
            .parse()
            .map(|day| Some(Due::Day(day)))
            .map_err(StoreError::internal),
        None => Ok(row.opt_moment("due_at")?.map(Due::Moment)),
    }
}

fn read_depends_on(row: &Row) -> Result<Vec<i64>, StoreError> {
    let ids: Option<String> = row.get("depends_on")?;
    ids.iter()
        .flat_map(|ids| ids.split(','))
        .map(|id| id.parse().map_err(StoreError::internal))
        .collect()
}
