//! `/api/v1/tasks/accept`: proposals become tasks once somebody has looked at them (contract D8.3).

use assistant::Accepted;
use axum::extract::State;
use domain::task::Evidence;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::AppState;
use crate::api::task_fields::{TaskFields, TaskRead};
use crate::body::Json;
use crate::error::ApiError;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(accept))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Accept {
    /// The tasks, each as `/api/v1/extract` proposed it or as it was changed. At most 1000.
    tasks: Vec<Proposed>,
    /// Their owner.
    user_id: Option<String>,
    /// Keeps nothing where one of them says the same as an open task that its `duplicate_of` does not
    /// name: somebody may not know. `duplicates` names them then.
    #[serde(default)]
    unless_known: bool,
}

/// A proposed task; what else `/api/v1/extract` tells of it may be sent back and is ignored.
#[derive(Debug, Deserialize, ToSchema)]
struct Proposed {
    /// What is to be done.
    summary: String,
    /// A date, or a date-time with offset.
    due: Option<String>,
    /// RRULE (RFC 5545) when it repeats.
    recurrence: Option<String>,
    /// `low`, `medium`, `high` or `urgent`; `medium` if absent.
    priority: Option<String>,
    /// What kind of activity it is; `general` if absent.
    category: Option<String>,
    /// The part of life it belongs to.
    area: Option<String>,
    /// Who is to do it.
    assignee: Option<String>,
    /// At most 50 labels.
    tags: Option<Vec<String>>,
    /// Places in this list of tasks that come first.
    #[serde(default)]
    depends_on: Vec<usize>,
    /// Place in this list of the task it is a part of.
    parent: Option<usize>,
    /// The open task that says the same, where that is known.
    duplicate_of: Option<i64>,
    /// The exact words it came from.
    #[schema(value_type = Option<Object>)]
    evidence: Option<Evidence>,
}

impl Proposed {
    fn into_accepted(self) -> Result<Accepted, ApiError> {
        let fields = TaskFields {
            summary: Some(self.summary),
            category: self.category,
            area: Some(self.area),
            priority: self.priority,
            assignee: Some(self.assignee),
            due_date: Some(self.due),
            recurrence: Some(self.recurrence),
            tags: self.tags,
            ..TaskFields::default()
        };
        let mut task = fields.into_new("summary")?;
        task.evidence = self.evidence;
        Ok(Accepted {
            task,
            depends_on: self.depends_on,
            parent: self.parent,
        })
    }
}

#[derive(Debug, Serialize, ToSchema)]
struct Saved {
    tasks: Vec<TaskRead>,
    count: usize,
    /// With `unless_known`: what says the same as an open task, so that nothing was kept.
    duplicates: Vec<Duplicate>,
    status: &'static str,
}

/// A proposal that says the same as an open task.
#[derive(Debug, Serialize, ToSchema)]
struct Duplicate {
    /// Its place in the list.
    place: usize,
    /// The open task.
    duplicate_of: i64,
}

/// Keeps proposed tasks as they were shown or changed, with the links between them: all, or none.
#[utoipa::path(
    post, path = "/api/v1/tasks/accept", tag = "tasks", request_body = Accept,
    responses((status = 200, body = Saved), (status = 422, description = "One of them is no task; none was kept"))
)]
async fn accept(
    State(state): State<AppState>,
    Json(asked): Json<Accept>,
) -> Result<axum::Json<Saved>, ApiError> {
    let told: Vec<Option<i64>> = asked.tasks.iter().map(|task| task.duplicate_of).collect();
    let accepted = asked.tasks.into_iter().map(Proposed::into_accepted);
    let accepted = accepted.collect::<Result<Vec<_>, _>>()?;
    let view = state.assistant.as_user(asked.user_id);
    let mut duplicates = Vec::new();
    if asked.unless_known {
        let known = view.known(accepted.iter().map(|item| &item.task)).await?;
        let news = known.into_iter().zip(told).enumerate();
        duplicates.extend(news.filter_map(|(place, (known, told))| {
            let duplicate_of = known.filter(|_| known != told)?;
            Some(Duplicate {
                place,
                duplicate_of,
            })
        }));
    }
    let kept = if duplicates.is_empty() {
        view.accept(accepted).await?
    } else {
        Vec::new()
    };
    let tasks: Vec<TaskRead> = kept.into_iter().map(TaskRead::from).collect();
    Ok(axum::Json(Saved {
        count: tasks.len(),
        tasks,
        duplicates,
        status: "success",
    }))
}
