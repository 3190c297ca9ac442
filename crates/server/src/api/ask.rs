//! `/api/ask` (contract 001-E4).

use assistant::{AskInput, AskReply};
use axum::extract::{Extension, State};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::AppState;
use crate::body::Json;
use crate::error::ApiError;
use crate::layers::RequestId;
use crate::problem::Problems;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(ask))
}

#[derive(Debug, Deserialize, ToSchema)]
struct AskQuery {
    /// The question, 1 to 1000 characters.
    query: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct AskAnswer {
    answer: String,
    meta: AskMeta,
}

#[derive(Debug, Serialize, ToSchema)]
struct AskMeta {
    /// Whether the answer was given before.
    cached: bool,
    /// Who restated the question and who answered it; `cached` for an answer given before.
    model: String,
    request_id: Uuid,
    /// `ok`, `fallback` (the question was asked as it stands) or `error` (no model answered).
    status: &'static str,
    /// What the answering model was asked, for a new answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    orchestrator_prompt: Option<String>,
}

/// Answers a question, with an answer given before if there is one (001-E4).
#[utoipa::path(
    post, path = "/api/ask", tag = "assistant", request_body = AskQuery,
    responses(
        (status = 200, body = AskAnswer, description = "An answer, or words of regret"),
        (status = 422, description = "No question, or one over 1000 characters"),
    )
)]
async fn ask(
    State(state): State<AppState>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    Json(asked): Json<AskQuery>,
) -> Result<axum::Json<AskAnswer>, ApiError> {
    let mut problems = Problems::of("body");
    let blank = asked.query.trim().is_empty();
    let query = if blank { "" } else { &asked.query };
    problems.length("query", query, 1, 1000);
    problems.finish()?;
    let input = AskInput {
        request_id,
        query: asked.query,
    };
    let reply = state.assistant.as_user(None).ask(input).await?;
    Ok(axum::Json(AskAnswer::new(reply, request_id)))
}

impl AskAnswer {
    fn new(reply: AskReply, request_id: Uuid) -> Self {
        let (model, orchestrator_prompt) = if reply.cached {
            ("cached".to_owned(), None)
        } else {
            (reply.model, Some(reply.refined))
        };
        Self {
            answer: reply.answer,
            meta: AskMeta {
                cached: reply.cached,
                model,
                request_id,
                status: reply.status.as_str(),
                orchestrator_prompt,
            },
        }
    }
}
