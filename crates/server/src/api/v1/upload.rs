//! `/api/v1/upload`, `/upload/audio` and `/upload/file` (contract 002-E13…E15, D8.5, D8.23, D8.24).

mod form;

use std::time::Instant;

use assistant::Taken;
use axum::Json;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{DefaultBodyLimit, Extension, Multipart, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::file::File;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::AppState;
use crate::api::probes::unix_seconds;
use crate::api::reading::{self, Around, MultimodalResponse};
use crate::body::Params;
use crate::error::ApiError;
use crate::layers::RequestId;

pub(crate) use form::topic;
use form::{Received, UploadForm, refused};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(upload))
        .routes(routes!(upload_audio))
        .routes(routes!(upload_file))
        .layer(DefaultBodyLimit::disable())
}

#[derive(Debug, Deserialize, IntoParams)]
struct Waiting {
    /// As the form field of this name.
    wait: Option<bool>,
}

/// A file that is kept, and nothing more (contract 3.1).
#[derive(Debug, Serialize, ToSchema)]
struct FileUploadResponse {
    filename: String,
    /// Bytes.
    size: i64,
    /// The type its content has.
    content_type: String,
    /// Path below the upload directory.
    upload_path: String,
    status: &'static str,
    message: String,
    file_id: String,
    sha256: String,
}

/// Work that goes on (contract D8.28).
#[derive(Debug, Serialize, ToSchema)]
struct Accepted {
    /// The job to follow; null where the work was done before.
    job_id: Option<i64>,
    file_id: String,
    filename: String,
    /// Whether the same bytes had been uploaded before.
    duplicate: bool,
    status: &'static str,
    message: &'static str,
    links: Links,
}

/// Where to look.
#[derive(Debug, Serialize, ToSchema)]
struct Links {
    /// The job.
    job: Option<String>,
    /// Its progress, as server-sent events.
    events: Option<String>,
    /// The file, with what came of it.
    file: String,
}

/// Keeps a file of up to 5 MiB, and does nothing with it (002-E13). `/api/v1/multimodal` takes its id.
#[utoipa::path(
    post, path = "/api/v1/upload", tag = "files",
    request_body(content = UploadForm, content_type = "multipart/form-data"),
    responses(
        (status = 200, body = FileUploadResponse),
        (status = 422, description = "No file, too large, or of a kind that is not taken"),
        (status = 507, description = "No room on the disk"),
    )
)]
async fn upload(
    State(state): State<AppState>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Json<FileUploadResponse>, ApiError> {
    let limit = state.config.max_file_size;
    let Received { upload, name, form } = Box::pin(form::receive(&state, form, limit)).await?;
    let view = state.assistant.as_user(form.user_id.clone());
    let input = form.input(&view, request_id, name, false)?;
    let stored = Box::pin(view.store_upload(upload, &input)).await;
    let file = stored.map_err(|error| refused(error, limit))?;
    Ok(Json(FileUploadResponse {
        message: kept(&file),
        filename: file.original_filename,
        size: file.file_size,
        content_type: file.content_type,
        upload_path: file.file_path,
        status: "success",
        file_id: file.id.to_string(),
        sha256: file.sha256,
    }))
}

/// What is told of a file that is only kept.
fn kept(file: &File) -> String {
    let status = file.processing_status;
    let (what, field) = match file.content_type.split('/').next() {
        Some("image") => ("The picture", "image_file_id"),
        Some("audio") => ("The recording", "audio_file_id"),
        _ => ("The file", "document_file_id"),
    };
    format!(
        "{what} is kept (processing status: {status}). Send its id as `{field}` to \
         /api/v1/multimodal to have it worked on."
    )
}

/// Takes a recording of up to 5 MiB, transcribes it and finds its tasks (002-E14, 002-A7).
#[utoipa::path(
    post, path = "/api/v1/upload/audio", tag = "files", params(Waiting),
    request_body(content = UploadForm, content_type = "multipart/form-data"),
    responses(
        (status = 200, body = MultimodalResponse),
        (status = 202, body = Accepted, description = "With `wait=false`, or when the work takes long"),
        (status = 422, description = "No file, too large, or no recording"),
        (status = 507, description = "No room on the disk"),
    )
)]
async fn upload_audio(
    State(state): State<AppState>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    Params(waiting): Params<Waiting>,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, ApiError> {
    let limit = state.config.max_file_size;
    Box::pin(read(&state, form, limit, true, request_id, waiting)).await
}

/// Takes a file of any kind of up to 50 MiB, makes out its words and finds its tasks (002-E15).
#[utoipa::path(
    post, path = "/api/v1/upload/file", tag = "files", params(Waiting),
    request_body(content = UploadForm, content_type = "multipart/form-data"),
    responses(
        (status = 200, body = MultimodalResponse),
        (status = 202, body = Accepted, description = "With `wait=false`, or when the work takes long"),
        (status = 422, description = "No file, too large, or of a kind that is not taken"),
        (status = 507, description = "No room on the disk"),
    )
)]
async fn upload_file(
    State(state): State<AppState>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    Params(waiting): Params<Waiting>,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, ApiError> {
    let limit = state.config.max_document_size;
    Box::pin(read(&state, form, limit, false, request_id, waiting)).await
}

/// Takes a file and has it worked on; waits for that unless told otherwise, and not for ever.
async fn read(
    state: &AppState,
    form: Result<Multipart, MultipartRejection>,
    limit: u64,
    audio_only: bool,
    request_id: Uuid,
    waiting: Waiting,
) -> Result<Response, ApiError> {
    let start = Instant::now();
    let Received { upload, name, form } = form::receive(state, form, limit).await?;
    let view = state.assistant.as_user(form.user_id.clone());
    let input = form.input(&view, request_id, name, audio_only)?;
    let wait = form.wait.or(waiting.wait).unwrap_or(true);
    let taken = Box::pin(view.take(upload, input, wait)).await;
    let mut taken = taken.map_err(|error| refused(error, limit))?;
    if !wait {
        return Ok(accepted(&taken));
    }
    let patience = state.config.request_timeout;
    let Ok(finished) = tokio::time::timeout(patience, taken.finished()).await else {
        let answer = accepted(&taken);
        taken.go_on();
        return Ok(answer);
    };
    let around = Around {
        actionable_only: form.actionable_only,
        total: Some(start.elapsed().as_secs_f64()),
        timestamp: unix_seconds(state.clock.now()),
        duplicate: Some(taken.duplicate),
        job_id: taken.job_id,
    };
    Ok(Json(reading::of_file(&taken.file, finished?, around)).into_response())
}

fn accepted(taken: &Taken) -> Response {
    let job = taken.job_id.map(|id| format!("/api/v1/jobs/{id}"));
    let answer = Accepted {
        job_id: taken.job_id,
        file_id: taken.file.id.to_string(),
        filename: taken.file.original_filename.clone(),
        duplicate: taken.duplicate,
        status: if job.is_some() {
            "pending"
        } else {
            "completed"
        },
        message: "The file is kept and worked on; follow the job, or look at the file.",
        links: Links {
            events: job.as_ref().map(|job| format!("{job}/events")),
            job,
            file: format!("/api/v1/files/{}", taken.file.id),
        },
    };
    (StatusCode::ACCEPTED, Json(answer)).into_response()
}
