//! `/api/v1/tasks` (contract 002-E6…E10, D8.28).

use assistant::DueRule;
use axum::Json as Answer;
use axum::extract::State;
use domain::task::{Task, TaskBatch, TaskOrder};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::AppState;
use crate::api::paging;
use crate::api::task_fields::{TaskFields, TaskQuery, TaskRead};
use crate::body::{Json, Params, PathId};
use crate::error::ApiError;
use crate::problem::{Problem, Problems};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, create, clear))
        .routes(routes!(search))
        .routes(routes!(batch))
        .routes(routes!(read, update, delete))
        .routes(routes!(restore))
}

#[derive(Debug, Deserialize, IntoParams)]
struct Whose {
    /// Only this owner's records are seen and touched.
    user_id: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
struct TaskList {
    tasks: Vec<TaskRead>,
    count: usize,
    status: &'static str,
    /// Where the next page begins (`after`); absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<i64>,
}

impl TaskList {
    fn of(tasks: Vec<Task>, limit: u32) -> Self {
        let full = u32::try_from(tasks.len()).is_ok_and(|count| count == limit);
        let next = tasks.last().filter(|_| full).map(|task| task.id);
        let tasks: Vec<TaskRead> = tasks.into_iter().map(TaskRead::from).collect();
        Self {
            count: tasks.len(),
            tasks,
            status: "success",
            next,
        }
    }
}

/// Tasks, newest first (002-E6).
#[utoipa::path(
    get, path = "/api/v1/tasks", tag = "tasks", params(TaskQuery),
    responses((status = 200, body = TaskList))
)]
async fn list(
    State(state): State<AppState>,
    Params(query): Params<TaskQuery>,
) -> Result<Answer<TaskList>, ApiError> {
    let (filter, page) = query.read()?;
    let view = state.assistant.as_user(query.user_id.clone());
    let order = TaskOrder::NewestFirst;
    let tasks = match query.after {
        Some(_) => {
            view.tasks_after(filter, order, query.after, page.limit)
                .await?
        }
        None => view.tasks(filter, order, page).await?,
    };
    Ok(Answer(TaskList::of(tasks, page.limit)))
}

/// Makes a task; its suggestion follows in the background (002-E7).
#[utoipa::path(
    post, path = "/api/v1/tasks", tag = "tasks", request_body = TaskFields,
    responses((status = 200, body = TaskRead), (status = 422, description = "Not a task"))
)]
async fn create(
    State(state): State<AppState>,
    Json(fields): Json<TaskFields>,
) -> Result<Answer<TaskRead>, ApiError> {
    let task = fields.into_new("summary")?;
    let made = state
        .assistant
        .as_user(None)
        .create_task(task, DueRule::Any)
        .await?;
    Ok(Answer(made.into()))
}

/// One task.
#[utoipa::path(
    get, path = "/api/v1/tasks/{task_id}", tag = "tasks", params(("task_id" = i64, Path), Whose),
    responses((status = 200, body = TaskRead), (status = 404, description = "Task not found"))
)]
async fn read(
    State(state): State<AppState>,
    PathId(id): PathId<i64>,
    Params(whose): Params<Whose>,
) -> Result<Answer<TaskRead>, ApiError> {
    Ok(Answer(
        state
            .assistant
            .as_user(whose.user_id)
            .task(id)
            .await?
            .into(),
    ))
}

/// Changes the given fields (002-E8).
#[utoipa::path(
    put, path = "/api/v1/tasks/{task_id}", tag = "tasks", params(("task_id" = i64, Path), Whose),
    request_body = TaskFields,
    responses((status = 200, body = TaskRead), (status = 404, description = "Task not found"))
)]
async fn update(
    State(state): State<AppState>,
    PathId(id): PathId<i64>,
    Params(whose): Params<Whose>,
    Json(fields): Json<TaskFields>,
) -> Result<Answer<TaskRead>, ApiError> {
    let patch = fields.into_patch()?;
    let view = state.assistant.as_user(whose.user_id);
    Ok(Answer(
        view.update_task(id, patch, DueRule::Any).await?.into(),
    ))
}

#[derive(Debug, Serialize, ToSchema)]
struct Done {
    message: String,
    status: &'static str,
}

/// Takes a task away; it can be restored (002-E9).
#[utoipa::path(
    delete, path = "/api/v1/tasks/{task_id}", tag = "tasks",
    params(("task_id" = i64, Path), Whose),
    responses((status = 200, body = Done), (status = 404, description = "Task not found"))
)]
async fn delete(
    State(state): State<AppState>,
    PathId(id): PathId<i64>,
    Params(whose): Params<Whose>,
) -> Result<Answer<Done>, ApiError> {
    state
        .assistant
        .as_user(whose.user_id)
        .delete_task(id)
        .await?;
    Ok(Answer(Done {
        message: format!("Task {id} deleted successfully"),
        status: "success",
    }))
}

/// Brings a deleted task back (D8.28).
#[utoipa::path(
    post, path = "/api/v1/tasks/{task_id}/restore", tag = "tasks",
    params(("task_id" = i64, Path), Whose),
    responses((status = 200, body = TaskRead), (status = 404, description = "Task not found"))
)]
async fn restore(
    State(state): State<AppState>,
    PathId(id): PathId<i64>,
    Params(whose): Params<Whose>,
) -> Result<Answer<TaskRead>, ApiError> {
    Ok(Answer(
        state
            .assistant
            .as_user(whose.user_id)
            .restore_task(id)
            .await?
            .into(),
    ))
}

#[derive(Debug, Serialize, ToSchema)]
struct Cleared {
    message: String,
    status: &'static str,
    count: u64,
}

/// Takes away all tasks, of one owner if given; they can be restored (002-E10).
#[utoipa::path(
    delete, path = "/api/v1/tasks", tag = "tasks", params(Whose),
    responses((status = 200, body = Cleared))
)]
async fn clear(
    State(state): State<AppState>,
    Params(whose): Params<Whose>,
) -> Result<Answer<Cleared>, ApiError> {
    let count = state.assistant.as_user(whose.user_id).clear_tasks().await?;
    let message = format!("Successfully cleared {count} tasks");
    Ok(Answer(Cleared {
        message,
        status: "success",
        count,
    }))
}

#[derive(Debug, Deserialize, IntoParams)]
struct Search {
    /// Words to look for; the last may be the beginning of a word.
    q: Option<String>,
    /// Only this owner's.
    user_id: Option<String>,
    /// How many at most, 1 to 100; 50 if absent.
    limit: Option<i64>,
    /// How many to leave out at the start.
    offset: Option<i64>,
}

/// Tasks whose words match, best first (D8.28).
#[utoipa::path(
    get, path = "/api/v1/tasks/search", tag = "tasks", params(Search),
    responses((status = 200, body = TaskList), (status = 422, description = "Nothing to look for"))
)]
async fn search(
    State(state): State<AppState>,
    Params(search): Params<Search>,
) -> Result<Answer<TaskList>, ApiError> {
    let mut problems = Problems::of("query");
    let page = paging::page(search.limit, search.offset, 100, &mut problems);
    let query = search.q.unwrap_or_default();
    problems.length("q", query.trim(), 1, 500);
    problems.finish()?;
    let found = state
        .assistant
        .as_user(search.user_id)
        .search_tasks(&query, page)
        .await?;
    Ok(Answer(TaskList {
        next: None,
        ..TaskList::of(found, page.limit)
    }))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Batch {
    /// 1 to 1000 ids.
    ids: Vec<i64>,
    /// Fields to set on all of them.
    set: Option<TaskFields>,
    /// Takes all of them away.
    #[serde(default)]
    delete: bool,
    /// Brings all of them back.
    #[serde(default)]
    restore: bool,
    /// Only this owner's records are touched.
    user_id: Option<String>,
}

/// Changes, deletes or restores many tasks: all or none (D8.28).
#[utoipa::path(
    post, path = "/api/v1/tasks/batch", tag = "tasks", request_body = Batch,
    responses(
        (status = 200, body = TaskList),
        (status = 404, description = "Some of them are not there; none was touched"),
    )
)]
async fn batch(
    State(state): State<AppState>,
    Json(batch): Json<Batch>,
) -> Result<Answer<TaskList>, ApiError> {
    let asked = [batch.set.is_some(), batch.delete, batch.restore];
    let change = match (asked, batch.set) {
        ([true, false, false], Some(fields)) => TaskBatch::Set(Box::new(fields.into_patch()?)),
        ([false, true, false], _) => TaskBatch::Delete,
        ([false, false, true], _) => TaskBatch::Restore,
        _ => {
            let rule = "Give exactly one of `set`, `delete: true`, `restore: true`";
            return Err(ApiError::validation(vec![Problem::value(
                &["body", "set"],
                rule,
            )]));
        }
    };
    let touched = state
        .assistant
        .as_user(batch.user_id)
        .batch_tasks(&batch.ids, change)
        .await?;
    Ok(Answer(TaskList {
        next: None,
        ..TaskList::of(touched, u32::MAX)
    }))
}
