//! `/api/v1/add`: one task in one line, with a preview of what was understood.

use assistant::{AddInput, Line, LineKind, QuickAdd};
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::AppState;
use crate::api::found;
use crate::api::task_fields::TaskRead;
use crate::body::Json;
use crate::error::ApiError;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(add))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Add {
    /// The line: `Pay rent every 1st at 9am #finance p1 @alex`. At most 2000 characters.
    text: String,
    /// When it was written (RFC 3339); now if absent.
    reference_time: Option<String>,
    /// Where it was written (IANA name); the offset of `reference_time`, or the server's zone, if
    /// absent.
    timezone: Option<String>,
    /// Owner of the task.
    user_id: Option<String>,
    /// Only shows what would be added.
    #[serde(default)]
    dry_run: bool,
    /// Keeps nothing where an open task says the same: `duplicate_of` names it, and `task` is null.
    #[serde(default)]
    unless_known: bool,
    /// Pieces of the line (first character, one past the last) that are nothing but words: they stay in
    /// the title.
    #[serde(default)]
    refused: Vec<[usize; 2]>,
}

/// What the line was understood as.
#[derive(Debug, Serialize, ToSchema)]
struct Added {
    /// The words that are left.
    title: String,
    /// `YYYY-MM-DD`, or a date-time with the offset of the line.
    due: Option<String>,
    /// RRULE (RFC 5545) when it repeats.
    recurrence: Option<String>,
    priority: &'static str,
    category: String,
    area: Option<String>,
    assignee: Option<String>,
    /// `#word`s.
    labels: Vec<String>,
    /// `+word` or `/word`.
    project: Option<String>,
    /// How long it takes.
    duration_minutes: Option<i64>,
    /// Which words were understood as what, in the order of the line.
    understood: Vec<Piece>,
    /// The open task that says the same.
    duplicate_of: Option<i64>,
    /// The task as it was kept; null where it was not.
    task: Option<TaskRead>,
    status: &'static str,
}

/// Some words of the line and what they were understood as.
#[derive(Debug, Serialize, ToSchema)]
struct Piece {
    /// First character and one past the last.
    span: [usize; 2],
    words: String,
    /// `due`, `recurrence`, `duration`, `priority`, `label`, `project` or `assignee`.
    #[schema(value_type = String)]
    kind: LineKind,
}

/// Reads a task written in one line; keeps it, or only shows what was understood.
#[utoipa::path(
    post, path = "/api/v1/add", tag = "tasks", request_body = Add,
    responses((status = 200, body = Added), (status = 422, description = "No words, or too many"))
)]
async fn add(
    State(state): State<AppState>,
    Json(asked): Json<Add>,
) -> Result<axum::Json<Added>, ApiError> {
    let view = state.assistant.as_user(asked.user_id);
    let now = view.reference(asked.reference_time.as_deref(), asked.timezone.as_deref())?;
    let input = AddInput {
        text: asked.text,
        now,
        refused: found::spans(&asked.refused),
    };
    let line = view.read_line(&input)?;
    let mut answer = Added::new(&line, &input.text);
    answer.duplicate_of = view.known([&line.task]).await?[0];
    let unwanted = asked.unless_known && answer.duplicate_of.is_some();
    if !asked.dry_run && !unwanted {
        answer.task = Some(view.add(line).await?.into());
    }
    Ok(axum::Json(answer))
}

impl Added {
    fn new(line: &Line, text: &str) -> Self {
        let QuickAdd {
            title,
            due,
            rrule,
            labels,
            project,
            duration,
            understood,
            ..
        } = line.read.clone();
        let task = &line.task;
        Self {
            title,
            due: due.map(|due| due.to_string()),
            recurrence: rrule,
            priority: task.priority.as_str(),
            category: task.category.clone(),
            area: task.area.clone(),
            assignee: task.assignee.clone(),
            labels,
            project,
            duration_minutes: duration.map(|length| length.as_mins()),
            understood: understood
                .into_iter()
                .map(|piece| Piece {
                    span: [piece.span.start, piece.span.end],
                    words: text
                        .chars()
                        .skip(piece.span.start)
                        .take(piece.span.end - piece.span.start)
                        .collect(),
                    kind: piece.kind,
                })
                .collect(),
            duplicate_of: None,
            task: None,
            status: "success",
        }
    }
}
