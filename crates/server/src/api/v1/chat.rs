//! `/api/v1/chat` (contract 002-E11, D8.2, D8.5, D8.6).

use std::convert::Infallible;

use assistant::{ChatInput, ChatPiece, ChatReply};
use axum::extract::{Extension, State};
use axum::http::{HeaderMap, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::{Stream, StreamExt};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::AppState;
use crate::api::found::FoundTask;
use crate::api::probes::unix_seconds;
use crate::api::task_fields::TaskRead;
use crate::body::{Json, Params};
use crate::error::ApiError;
use crate::layers::RequestId;
use crate::problem::Problems;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(chat, session))
}

#[derive(Debug, Deserialize, ToSchema)]
struct Chat {
    /// 1 to 2000 characters; for longer texts there is `/api/v1/extract`.
    message: String,
    /// What the assistant should know besides; 500 characters of it are used.
    context: Option<String>,
    /// Label of the person; owner of saved tasks.
    user_id: Option<String>,
    /// Label of the session whose messages form the history, up to 64 characters.
    session_id: Option<String>,
    /// Whether the tasks found are saved; yes if absent.
    save_tasks: Option<bool>,
    /// When it is said (RFC 3339); now if absent.
    reference_time: Option<String>,
    /// Where it is said (IANA name); the server's zone if absent.
    timezone: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
struct ChatResponse {
    response: String,
    model: String,
    /// The account that answered, as `/api/v1/ai/providers` names it; null where none did.
    provider: Option<String>,
    /// Seconds, to the millisecond.
    response_time: f64,
    tokens_used: u64,
    /// `success`, `placeholder` (no model is set up), `api_error` (all failed) or `error`.
    status: &'static str,
    /// Seconds since 1970.
    timestamp: f64,
    /// Tasks found in message and answer; saved unless that was not wanted.
    tasks: Vec<FoundTask>,
    session_id: Option<String>,
    message_id: i64,
}

/// Answers a message and keeps the tasks in it; with `Accept: text/event-stream` piece by piece
/// (events `text`, `tasks`, `done`, `error`).
#[utoipa::path(
    post, path = "/api/v1/chat", tag = "assistant", request_body = Chat,
    responses(
        (status = 200, body = ChatResponse),
        (status = 422, description = "No message, or one over 2000 characters"),
    )
)]
async fn chat(
    State(state): State<AppState>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    headers: HeaderMap,
    Json(asked): Json<Chat>,
) -> Result<Response, ApiError> {
    check(&asked)?;
    let session_id = asked.session_id.clone();
    let view = state.assistant.as_user(asked.user_id.clone());
    let now = view.reference(asked.reference_time.as_deref(), asked.timezone.as_deref())?;
    let input = ChatInput {
        request_id,
        message: asked.message,
        context: asked.context,
        session_id: asked.session_id,
        save_tasks: asked.save_tasks.unwrap_or(true),
        now,
    };
    if wants_stream(&headers) {
        let pieces = view.chat_stream(input).await?;
        let ping = KeepAlive::new().interval(state.config.stream_ping);
        let events = events(pieces, state, session_id, request_id);
        return Ok(Sse::new(events).keep_alive(ping).into_response());
    }
    let reply = view.chat(input).await?;
    Ok(axum::Json(shown(reply, &state, session_id)).into_response())
}

#[derive(Debug, Deserialize, IntoParams)]
struct Session {
    /// Label of the session, up to 64 characters.
    session_id: String,
    /// Label of the person; only messages said under it are shown.
    user_id: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
struct SessionRead {
    session_id: String,
    /// The last 100 messages, oldest first.
    messages: Vec<Exchange>,
    count: usize,
}

/// What was said and what was answered.
#[derive(Debug, Serialize, ToSchema)]
struct Exchange {
    message_id: i64,
    message: String,
    /// Empty while it is not answered.
    response: String,
    model: Option<String>,
    /// The account that answered.
    provider: Option<String>,
    /// As in the answer to the message; also `pending` (it is being answered) and `aborted` (somebody
    /// stopped it, the model broke off, or the server was stopped).
    status: &'static str,
    created_at: String,
    /// Tasks found in message and answer, as they stand now: with `id` where one was kept and is there.
    /// Null where none were looked for.
    tasks: Option<Vec<FoundTask>>,
    /// The tasks that were kept of this exchange and are there.
    kept: Vec<TaskRead>,
}

impl From<assistant::Exchange> for Exchange {
    fn from(exchange: assistant::Exchange) -> Self {
        let found = exchange.found.map(|found| {
            let shown = found.into_iter().map(|task| FoundTask::new(task, false));
            shown.collect()
        });
        let kept = exchange.message;
        Self {
            message_id: kept.id,
            provider: kept.provider().map(str::to_owned),
            message: kept.message,
            response: kept.response,
            model: kept.model,
            status: kept.status.as_str(),
            created_at: kept.created_at.to_string(),
            tasks: found,
            kept: exchange.kept.into_iter().map(TaskRead::from).collect(),
        }
    }
}

/// What was said in a session, for whoever comes back to it.
#[utoipa::path(
    get, path = "/api/v1/chat", tag = "assistant", params(Session),
    responses((status = 200, body = SessionRead), (status = 422, description = "No session, or a label too long"))
)]
async fn session(
    State(state): State<AppState>,
    Params(asked): Params<Session>,
) -> Result<axum::Json<SessionRead>, ApiError> {
    let mut problems = Problems::of("query");
    problems.length("session_id", &asked.session_id, 1, 64);
    problems.optional_length("user_id", asked.user_id.as_deref(), 1, 100);
    problems.finish()?;
    let view = state.assistant.as_user(asked.user_id);
    let exchanges = view.session(&asked.session_id).await?;
    let messages: Vec<Exchange> = exchanges.into_iter().map(Exchange::from).collect();
    Ok(axum::Json(SessionRead {
        session_id: asked.session_id,
        count: messages.len(),
        messages,
    }))
}

fn check(asked: &Chat) -> Result<(), ApiError> {
    if !asked.message.is_empty() && asked.message.trim().is_empty() {
        return Err(ApiError::unprocessable(
            "Invalid input",
            "Message cannot be empty.",
        ));
    }
    let mut problems = Problems::of("body");
    if asked.message.chars().count() > 2000 {
        let rule = "String should have at most 2000 characters; \
                    for longer texts use POST /api/v1/extract";
        problems.too_long("message", &asked.message, 2000, rule);
    } else {
        problems.length("message", &asked.message, 1, 2000);
    }
    problems.optional_length("user_id", asked.user_id.as_deref(), 1, 100);
    problems.optional_length("session_id", asked.session_id.as_deref(), 1, 64);
    problems.finish()
}

pub(super) fn wants_stream(headers: &HeaderMap) -> bool {
    let accepted = headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok());
    accepted.is_some_and(|accept| accept.contains("text/event-stream"))
}

fn shown(reply: ChatReply, state: &AppState, session_id: Option<String>) -> ChatResponse {
    ChatResponse {
        response: reply.response,
        model: reply.model,
        provider: reply.provider,
        response_time: (reply.response_time.as_secs_f64() * 1000.0).round() / 1000.0,
        tokens_used: reply.tokens_used,
        status: reply.status.as_str(),
        timestamp: unix_seconds(state.clock.now()),
        tasks: reply
            .tasks
            .into_iter()
            .map(|task| FoundTask::new(task, false))
            .collect(),
        session_id,
        message_id: reply.message_id,
    }
}

fn events(
    pieces: mpsc::Receiver<ChatPiece>,
    state: AppState,
    session_id: Option<String>,
    request_id: Uuid,
) -> impl Stream<Item = Result<Event, Infallible>> {
    ReceiverStream::new(pieces).flat_map(move |piece| {
        let events = match piece {
            ChatPiece::Text(text) => vec![event("text", &json!({ "text": text }))],
            ChatPiece::Done(reply) => {
                let shown = shown(*reply, &state, session_id.clone());
                vec![
                    event("tasks", &json!({ "tasks": shown.tasks })),
                    event("done", &shown),
                ]
            }
            ChatPiece::Broken { message } => {
                let now = state.clock.now().to_string();
                let failure = ApiError::new(
                    axum::http::StatusCode::SERVICE_UNAVAILABLE,
                    "Service Unavailable",
                    message,
                );
                vec![event("error", &failure.body(&request_id.to_string(), &now))]
            }
        };
        futures_util::stream::iter(events.into_iter().map(Ok))
    })
}

pub(super) fn event(name: &str, data: &impl Serialize) -> Event {
    let data = serde_json::to_string(data).unwrap_or_default();
    Event::default().event(name).data(data)
}
