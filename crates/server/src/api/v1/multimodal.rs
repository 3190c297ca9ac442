//! `/api/v1/multimodal` (contract 002-E12, 002-A8, D8.5, D8.6, D8.21).

use assistant::MultimodalInput;
use axum::extract::{Extension, State};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::upload::topic;
use crate::AppState;
use crate::api::probes::unix_seconds;
use crate::api::reading::{self, MultimodalResponse};
use crate::body::Json;
use crate::error::ApiError;
use crate::layers::RequestId;
use crate::problem::Problems;

/// Longest message in characters.
const MESSAGE: usize = 20_000;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(multimodal))
}

#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
struct Multimodal {
    /// What is said.
    message: Option<String>,
    /// Id of an uploaded picture.
    image_file_id: Option<String>,
    /// Id of an uploaded recording.
    audio_file_id: Option<String>,
    /// Id of an uploaded document.
    document_file_id: Option<String>,
    /// What the assistant should know besides; 500 characters of it are used.
    context: Option<String>,
    /// Label of the person; owner of the files and of saved tasks.
    user_id: Option<String>,
    /// What pictures are taken to be about: general, document, chart, meeting or planning.
    task_type: Option<String>,
    /// Label of the session whose messages form the history, up to 64 characters.
    session_id: Option<String>,
    /// Whether the tasks found are saved; yes if absent.
    save_tasks: Option<bool>,
    /// When it is said (RFC 3339); now if absent.
    reference_time: Option<String>,
    /// Where it is said (IANA name); the server's zone if absent.
    timezone: Option<String>,
}

/// Answers a message together with a recording, a picture or a document, and keeps the tasks in them.
#[utoipa::path(
    post, path = "/api/v1/multimodal", tag = "assistant", request_body = Multimodal,
    responses(
        (status = 200, body = MultimodalResponse),
        (status = 404, description = "File not found; the message names it"),
        (status = 422, description = "Neither a message nor a file"),
    )
)]
async fn multimodal(
    State(state): State<AppState>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    Json(asked): Json<Multimodal>,
) -> Result<axum::Json<MultimodalResponse>, ApiError> {
    let given = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    let message = given(asked.message);
    let ids = [
        asked.audio_file_id,
        asked.image_file_id,
        asked.document_file_id,
    ];
    let file_ids: Vec<String> = ids.into_iter().filter_map(given).collect();
    if message.is_none() && file_ids.is_empty() {
        return Err(ApiError::unprocessable(
            "Invalid input",
            "Send a `message`, an `image_file_id`, an `audio_file_id` or a `document_file_id`.",
        ));
    }
    let mut problems = Problems::of("body");
    problems.optional_length("message", message.as_deref(), 1, MESSAGE);
    problems.optional_length("user_id", asked.user_id.as_deref(), 1, 100);
    problems.optional_length("session_id", asked.session_id.as_deref(), 1, 64);
    let topic = topic(asked.task_type.as_deref(), &mut problems);
    problems.finish()?;
    let view = state.assistant.as_user(asked.user_id);
    let now = view.reference(asked.reference_time.as_deref(), asked.timezone.as_deref())?;
    let had_message = message.is_some();
    let input = MultimodalInput {
        request_id,
        message,
        file_ids,
        context: asked.context,
        session_id: asked.session_id.clone(),
        save_tasks: asked.save_tasks.unwrap_or(true),
        topic,
        now,
    };
    let reply = Box::pin(view.multimodal(input)).await?;
    let timestamp = unix_seconds(state.clock.now());
    let shown = reading::of_parts(reply, had_message, asked.session_id, timestamp);
    Ok(axum::Json(shown))
}
