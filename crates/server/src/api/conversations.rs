//! `/conversations` (contract 004-E10…E14).

use assistant::ConversationInput;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use domain::conversation::{Conversation, ConversationOrder, ConversationPatch};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::paging::Paging;
use crate::AppState;
use crate::body::{Json, Params, PathId, nullable, present};
use crate::error::ApiError;
use crate::layers::RequestId;
use crate::problem::Problems;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(create, list))
        .routes(routes!(read, update, delete))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewConversation {
    user_id: Uuid,
    model_version_id: Uuid,
    /// At least one character.
    prompt: String,
    /// Given: stored as it is. Absent, null or blank: generated.
    response: Option<String>,
    /// 0 to 2.
    temperature: Option<f64>,
    /// 0 to 1.
    top_p: Option<f64>,
    /// At least 1.
    max_tokens: Option<i64>,
    input_tokens: Option<i64>,
    output_tokens: Option<i64>,
    total_tokens: Option<i64>,
    latency_ms: Option<i64>,
    /// Instructions for the generation.
    system_instruction: Option<String>,
    /// Context for the generation.
    context: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ConversationChange {
    #[serde(default, deserialize_with = "present")]
    user_id: Option<Uuid>,
    #[serde(default, deserialize_with = "present")]
    model_version_id: Option<Uuid>,
    #[serde(default, deserialize_with = "present")]
    prompt: Option<String>,
    #[serde(default, deserialize_with = "present")]
    response: Option<String>,
    #[serde(default, deserialize_with = "nullable")]
    temperature: Option<Option<f64>>,
    #[serde(default, deserialize_with = "nullable")]
    top_p: Option<Option<f64>>,
    #[serde(default, deserialize_with = "nullable")]
    max_tokens: Option<Option<i64>>,
    #[serde(default, deserialize_with = "nullable")]
    input_tokens: Option<Option<i64>>,
    #[serde(default, deserialize_with = "nullable")]
    output_tokens: Option<Option<i64>>,
    #[serde(default, deserialize_with = "nullable")]
    total_tokens: Option<Option<i64>>,
    #[serde(default, deserialize_with = "nullable")]
    latency_ms: Option<Option<i64>>,
}

#[derive(Debug, Serialize, ToSchema)]
struct ConversationRead {
    id: Uuid,
    user_id: Uuid,
    model_version_id: Uuid,
    prompt: String,
    response: String,
    temperature: Option<f64>,
    top_p: Option<f64>,
    max_tokens: Option<i64>,
    input_tokens: Option<i64>,
    output_tokens: Option<i64>,
    total_tokens: Option<i64>,
    latency_ms: Option<i64>,
    created_at: String,
    is_active: bool,
}

impl From<Conversation> for ConversationRead {
    fn from(kept: Conversation) -> Self {
        Self {
            id: kept.id,
            user_id: kept.user_id,
            model_version_id: kept.model_version_id,
            prompt: kept.prompt,
            response: kept.response,
            temperature: kept.temperature,
            top_p: kept.top_p,
            max_tokens: kept.max_tokens,
            input_tokens: kept.input_tokens,
            output_tokens: kept.output_tokens,
            total_tokens: kept.total_tokens,
            latency_ms: kept.latency_ms,
            created_at: kept.created_at.to_string(),
            is_active: kept.is_active,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
struct Whose {
    /// Only this user's.
    user_id: Option<Uuid>,
}

/// Keeps a conversation; generates the response if none is given (004-E10).
#[utoipa::path(
    post, path = "/conversations", tag = "conversations", request_body = NewConversation,
    responses(
        (status = 201, body = ConversationRead),
        (status = 400, description = "Unsupported LLM provider"),
        (status = 404, description = "User or model version not found"),
        (status = 503, description = "LLM provider unavailable"),
    )
)]
async fn create(
    State(state): State<AppState>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    Json(new): Json<NewConversation>,
) -> Result<(StatusCode, axum::Json<ConversationRead>), ApiError> {
    let mut problems = Problems::of("body");
    problems.length("prompt", &new.prompt, 1, 1_000_000);
    problems.optional_length("response", new.response.as_deref(), 1, 1_000_000);
    problems.optional_length(
        "system_instruction",
        new.system_instruction.as_deref(),
        1,
        100_000,
    );
    problems.optional_length("context", new.context.as_deref(), 1, 1_000_000);
    check_numbers(&mut problems, [new.temperature, new.top_p]);
    let counters = [
        new.input_tokens,
        new.output_tokens,
        new.total_tokens,
        new.latency_ms,
    ];
    check_counts(&mut problems, new.max_tokens, counters);
    problems.finish()?;
    let input = ConversationInput {
        user_id: new.user_id,
        model_version_id: new.model_version_id,
        prompt: new.prompt,
        response: new.response,
        temperature: new.temperature,
        top_p: new.top_p,
        max_tokens: new.max_tokens,
        input_tokens: new.input_tokens,
        output_tokens: new.output_tokens,
        total_tokens: new.total_tokens,
        latency_ms: new.latency_ms,
        system_instruction: new.system_instruction,
        context: new.context,
    };
    let kept = state
        .assistant
        .create_conversation(request_id, input)
        .await?;
    Ok((StatusCode::CREATED, axum::Json(kept.into())))
}

/// Conversations, of one user if given (004-E11).
#[utoipa::path(
    get, path = "/conversations", tag = "conversations", params(Whose, Paging),
    responses((status = 200, body = Vec<ConversationRead>))
)]
async fn list(
    State(state): State<AppState>,
    Params(whose): Params<Whose>,
    Params(paging): Params<Paging>,
) -> Result<axum::Json<Vec<ConversationRead>>, ApiError> {
    let orders = [
        ("created_at", ConversationOrder::CreatedAt),
        ("latency_ms", ConversationOrder::Latency),
    ];
    let (order, direction, page) = paging.read(&orders)?;
    let kept = state
        .assistant
        .conversations(whose.user_id, order, direction, page)
        .await?;
    Ok(axum::Json(
        kept.into_iter().map(ConversationRead::from).collect(),
    ))
}

/// One conversation (004-E12).
#[utoipa::path(
    get, path = "/conversations/{id}", tag = "conversations", params(("id" = Uuid, Path)),
    responses(
        (status = 200, body = ConversationRead),
        (status = 404, description = "Conversation not found"),
    )
)]
async fn read(
    State(state): State<AppState>,
    PathId(id): PathId<Uuid>,
) -> Result<axum::Json<ConversationRead>, ApiError> {
    Ok(axum::Json(state.assistant.conversation(id).await?.into()))
}

/// Changes a conversation; nothing is generated anew (004-E13).
#[utoipa::path(
    patch, path = "/conversations/{id}", tag = "conversations", params(("id" = Uuid, Path)),
    request_body = ConversationChange,
    responses(
        (status = 200, body = ConversationRead),
        (status = 404, description = "Conversation, user or model version not found"),
    )
)]
async fn update(
    State(state): State<AppState>,
    PathId(id): PathId<Uuid>,
    Json(change): Json<ConversationChange>,
) -> Result<axum::Json<ConversationRead>, ApiError> {
    let mut problems = Problems::of("body");
    problems.optional_length("prompt", change.prompt.as_deref(), 1, 1_000_000);
    problems.optional_length("response", change.response.as_deref(), 1, 1_000_000);
    check_numbers(
        &mut problems,
        [change.temperature.flatten(), change.top_p.flatten()],
    );
    let counters = [
        change.input_tokens,
        change.output_tokens,
        change.total_tokens,
        change.latency_ms,
    ];
    check_counts(
        &mut problems,
        change.max_tokens.flatten(),
        counters.map(Option::flatten),
    );
    problems.finish()?;
    let patch = ConversationPatch {
        user_id: change.user_id,
        model_version_id: change.model_version_id,
        prompt: change.prompt,
        response: change.response,
        temperature: change.temperature,
        top_p: change.top_p,
        max_tokens: change.max_tokens,
        input_tokens: change.input_tokens,
        output_tokens: change.output_tokens,
        total_tokens: change.total_tokens,
        latency_ms: change.latency_ms,
    };
    Ok(axum::Json(
        state.assistant.update_conversation(id, patch).await?.into(),
    ))
}

/// Deletes a conversation (004-E14).
#[utoipa::path(
    delete, path = "/conversations/{id}", tag = "conversations", params(("id" = Uuid, Path)),
    responses((status = 204), (status = 404, description = "Conversation not found"))
)]
async fn delete(
    State(state): State<AppState>,
    PathId(id): PathId<Uuid>,
) -> Result<StatusCode, ApiError> {
    state.assistant.delete_conversation(id).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn check_numbers(problems: &mut Problems, [temperature, top_p]: [Option<f64>; 2]) {
    if let Some(temperature) = temperature {
        problems.range("temperature", temperature, 0.0, 2.0);
    }
    if let Some(top_p) = top_p {
        problems.range("top_p", top_p, 0.0, 1.0);
    }
}

/// Counts fit what programs elsewhere keep in 32 bits.
fn check_counts(problems: &mut Problems, max_tokens: Option<i64>, counters: [Option<i64>; 4]) {
    let most = f64::from(i32::MAX);
    if let Some(max_tokens) = max_tokens {
        problems.range("max_tokens", max_tokens as f64, 1.0, most);
    }
    let fields = [
        "input_tokens",
        "output_tokens",
        "total_tokens",
        "latency_ms",
    ];
    for (field, counter) in fields.into_iter().zip(counters) {
        if let Some(counter) = counter {
            problems.range(field, counter as f64, 0.0, most);
        }
    }
}
