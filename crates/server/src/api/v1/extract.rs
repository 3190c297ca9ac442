//! `/api/v1/extract` (contract D8.2).

use std::time::Instant;

use assistant::{ExtractInput, ModelUse};
use axum::extract::{Extension, State};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::AppState;
use crate::api::found::{self, FoundDate, FoundTask};
use crate::body::Json;
use crate::error::ApiError;
use crate::layers::RequestId;
use crate::problem::{Problem, Problems};

/// Longest text in bytes.
const TEXT: usize = 1024 * 1024;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(extract))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Extract {
    /// The text, up to 1 MiB.
    text: String,
    /// When it was written (RFC 3339); now if absent.
    reference_time: Option<String>,
    /// Where it was written (IANA name); the offset of `reference_time`, or the server's zone, if
    /// absent.
    timezone: Option<String>,
    /// Pieces of the text (first character, one past the last) that are no dates, whatever they look
    /// like: “The 5th Wave”.
    #[serde(default)]
    refused: Vec<[usize; 2]>,
    /// Owner of saved tasks.
    user_id: Option<String>,
    /// Whether the tasks are saved; proposed only if false.
    #[serde(default)]
    save: bool,
    /// `auto`, `never` or `always`: whether a model is asked besides the rules.
    model: Option<String>,
    /// Whether every field comes with the words that led to it.
    #[serde(default)]
    explain: bool,
}

#[derive(Debug, Serialize, ToSchema)]
struct Extracted {
    tasks: Vec<FoundTask>,
    dates: Vec<FoundDate>,
    model_info: ModelInfo,
    /// Seconds.
    processing_time: f64,
    status: &'static str,
}

#[derive(Debug, Serialize, ToSchema)]
struct ModelInfo {
    /// `rules`, or `rules+model`.
    method: &'static str,
    /// The model that was asked, if one was.
    model: Option<String>,
}

/// Finds tasks and dates in a text of any length; proposes them, and saves only when told so.
#[utoipa::path(
    post, path = "/api/v1/extract", tag = "assistant", request_body = Extract,
    responses((status = 200, body = Extracted), (status = 422, description = "No text, or too long"))
)]
async fn extract(
    State(state): State<AppState>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    Json(asked): Json<Extract>,
) -> Result<axum::Json<Extracted>, ApiError> {
    let start = Instant::now();
    check(&asked)?;
    let model = match asked.model.as_deref() {
        None | Some("auto") => ModelUse::Auto,
        Some("never") => ModelUse::Never,
        Some("always") => ModelUse::Always,
        Some(_) => {
            let rule = "Input should be one of auto, never, always";
            return Err(ApiError::validation(vec![Problem::value(
                &["body", "model"],
                rule,
            )]));
        }
    };
    let view = state.assistant.as_user(asked.user_id.clone());
    let now = view.reference(asked.reference_time.as_deref(), asked.timezone.as_deref())?;
    let input = ExtractInput {
        text: asked.text,
        now,
        save: asked.save,
        refused: found::spans(&asked.refused),
        model,
        request_id,
    };
    let found = view.extract(input).await?;
    let explain = asked.explain;
    let method = if found.model.is_some() {
        "rules+model"
    } else {
        "rules"
    };
    Ok(axum::Json(Extracted {
        tasks: found
            .tasks
            .into_iter()
            .map(|task| FoundTask::new(task, explain))
            .collect(),
        dates: found.dates.into_iter().map(FoundDate::from).collect(),
        model_info: ModelInfo {
            method,
            model: found.model,
        },
        processing_time: start.elapsed().as_secs_f64(),
        status: "success",
    }))
}

fn check(asked: &Extract) -> Result<(), ApiError> {
    let mut problems = Problems::of("body");
    problems.optional_length("user_id", asked.user_id.as_deref(), 1, 100);
    if asked.text.trim().is_empty() {
        problems.rule(
            "text",
            json!(""),
            "Give the text in which tasks are to be found",
        );
    } else if asked.text.len() > TEXT {
        let rule = format!(
            "Text should have at most {TEXT} bytes; it has {}",
            asked.text.len()
        );
        problems.rule("text", json!(null), rule);
    }
    problems.finish()
}
