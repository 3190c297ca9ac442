//! `/tasks`: the to-do vocabulary (contract 000-E3…E7, E9).

use assistant::{DueRule, Suggester};
use axum::Json as Answer;
use axum::extract::{Extension, State};
use domain::task::{Priority, Status, TaskOrder};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::task_fields::{TaskFields, TaskQuery, TodoRead};
use crate::AppState;
use crate::body::{Json, Params, PathId};
use crate::error::ApiError;
use crate::layers::RequestId;
use crate::problem::{Problem, Problems};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(create, list))
        .routes(routes!(summary))
        .routes(routes!(read, update, delete))
        .routes(routes!(suggestion))
}

/// Makes a task; its suggestion follows in the background (000-E3).
#[utoipa::path(
    post, path = "/tasks", tag = "tasks", request_body = TaskFields,
    responses((status = 200, body = TodoRead), (status = 422, description = "Not a task"))
)]
async fn create(
    State(state): State<AppState>,
    Json(fields): Json<TaskFields>,
) -> Result<Answer<TodoRead>, ApiError> {
    check(&fields)?;
    let task = fields.into_new("title")?;
    let made = state
        .assistant
        .as_user(None)
        .create_task(task, DueRule::Future)
        .await?;
    Ok(Answer(made.into()))
}

/// Tasks in the order of their making (000-E4).
#[utoipa::path(
    get, path = "/tasks", tag = "tasks", params(TaskQuery),
    responses((status = 200, body = Vec<TodoRead>))
)]
async fn list(
    State(state): State<AppState>,
    Params(query): Params<TaskQuery>,
) -> Result<Answer<Vec<TodoRead>>, ApiError> {
    let (filter, page) = query.read()?;
    let view = state.assistant.as_user(query.user_id.clone());
    let tasks = match query.after {
        Some(_) => {
            view.tasks_after(filter, TaskOrder::OldestFirst, query.after, page.limit)
                .await?
        }
        None => view.tasks(filter, TaskOrder::OldestFirst, page).await?,
    };
    Ok(Answer(tasks.into_iter().map(TodoRead::from).collect()))
}

/// One task (000-E5).
#[utoipa::path(
    get, path = "/tasks/{task_id}", tag = "tasks", params(("task_id" = i64, Path)),
    responses((status = 200, body = TodoRead), (status = 404, description = "Task not found"))
)]
async fn read(
    State(state): State<AppState>,
    PathId(id): PathId<i64>,
) -> Result<Answer<TodoRead>, ApiError> {
    Ok(Answer(
        state
            .assistant
            .as_user(None)
            .task(id)
            .await
            .map_err(plainly)?
            .into(),
    ))
}

/// Changes the given fields (000-E6).
#[utoipa::path(
    put, path = "/tasks/{task_id}", tag = "tasks", params(("task_id" = i64, Path)),
    request_body = TaskFields,
    responses((status = 200, body = TodoRead), (status = 404, description = "Task not found"))
)]
async fn update(
    State(state): State<AppState>,
    PathId(id): PathId<i64>,
    Json(fields): Json<TaskFields>,
) -> Result<Answer<TodoRead>, ApiError> {
    check(&fields)?;
    let patch = fields.into_patch()?;
    let view = state.assistant.as_user(None);
    let changed = view
        .update_task(id, patch, DueRule::Future)
        .await
        .map_err(plainly)?;
    Ok(Answer(changed.into()))
}

#[derive(Debug, Serialize, ToSchema)]
struct Deleted {
    message: &'static str,
}

/// Takes a task away; it can be restored (000-E7).
#[utoipa::path(
    delete, path = "/tasks/{task_id}", tag = "tasks", params(("task_id" = i64, Path)),
    responses((status = 200, body = Deleted), (status = 404, description = "Task not found"))
)]
async fn delete(
    State(state): State<AppState>,
    PathId(id): PathId<i64>,
) -> Result<Answer<Deleted>, ApiError> {
    state
        .assistant
        .as_user(None)
        .delete_task(id)
        .await
        .map_err(plainly)?;
    Ok(Answer(Deleted {
        message: "Task deleted successfully",
    }))
}

#[derive(Debug, Deserialize, IntoParams)]
struct Who {
    /// `local`, `cloud` or `mock`: who is to make a new suggestion.
    model: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
struct SuggestionRead {
    suggestion: String,
}

/// How to go about a task: the stored suggestion, or a new one where a model is named (000-E8).
#[utoipa::path(
    get, path = "/tasks/{task_id}/ai-suggestion", tag = "tasks",
    params(("task_id" = i64, Path), Who),
    responses(
        (status = 200, body = SuggestionRead),
        (status = 404, description = "Task not found"),
        (status = 503, description = "Local LLM unavailable, where it was named"),
    )
)]
async fn suggestion(
    State(state): State<AppState>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    PathId(id): PathId<i64>,
    Params(who): Params<Who>,
) -> Result<Answer<SuggestionRead>, ApiError> {
    let forced = match who.model.as_deref() {
        None => None,
        Some("local") => Some(Suggester::Local),
        Some("cloud") => Some(Suggester::Cloud),
        Some("mock") => Some(Suggester::Mock),
        Some(other) => {
            let rule = "Input should be one of local, cloud, mock";
            let problem = Problem::new("enum", &["query", "model"], rule, Value::from(other));
            return Err(ApiError::validation(vec![problem]));
        }
    };
    let view = state.assistant.as_user(None);
    let suggestion = view
        .suggestion(request_id, id, forced)
        .await
        .map_err(plainly)?;
    Ok(Answer(SuggestionRead { suggestion }))
}

#[derive(Debug, Serialize, ToSchema)]
struct Summary {
    total_tasks: i64,
    /// Every status, 0 if none.
    #[schema(value_type = Object)]
    by_status: Map<String, Value>,
    /// Every priority, 0 if none.
    #[schema(value_type = Object)]
    by_priority: Map<String, Value>,
    overdue_count: i64,
}

/// Counts by status and priority, and what is overdue (000-E9, D8.26).
#[utoipa::path(
    get, path = "/tasks/analytics/summary", tag = "tasks",
    responses((status = 200, body = Summary))
)]
async fn summary(State(state): State<AppState>) -> Result<Answer<Summary>, ApiError> {
    let counts = state.assistant.as_user(None).task_summary().await?;
    let of = |status: &Status| count(&counts.by_status, status);
    let by_status = Status::ALL
        .iter()
        .map(|status| (status.as_todo_word().to_owned(), of(status)));
    let by_priority = Priority::ALL.iter().map(|priority| {
        (
            priority.as_str().to_owned(),
            count(&counts.by_priority, priority),
        )
    });
    Ok(Answer(Summary {
        total_tasks: counts.total,
        by_status: by_status.collect(),
        by_priority: by_priority.collect(),
        overdue_count: counts.overdue,
    }))
}

fn count<T: PartialEq>(counts: &[(T, i64)], wanted: &T) -> Value {
    Value::from(
        counts
            .iter()
            .find(|(key, _)| key == wanted)
            .map_or(0, |(_, count)| *count),
    )
}

/// The limits of this path: a title of 1 to 200 characters, a description up to 5000.
fn check(fields: &TaskFields) -> Result<(), ApiError> {
    let mut problems = Problems::of("body");
    problems.optional_length("title", fields.summary.as_deref().map(str::trim), 1, 200);
    let description = fields.description.as_ref().and_then(Option::as_deref);
    problems.optional_length("description", description, 0, 5000);
    problems.finish()
}

/// This path's clients compare the bare words (contract 000-E5).
fn plainly(error: assistant::AssistantError) -> ApiError {
    let mut failure = ApiError::from(error);
    if failure.error == "Task not found" {
        failure.error.clone_into(&mut failure.message);
    }
    failure
}
