//! `/api/v1/files` (contract 002-E16, D8.21, D8.28).

use assistant::{JobView, View};
use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::file::{File, Processing};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio_util::io::ReaderStream;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::AppState;
use crate::api::paging;
use crate::api::probes::unix_seconds;
use crate::api::reading::{self, Around};
use crate::body::{Params, PathId};
use crate::error::ApiError;
use crate::problem::Problems;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(read, delete))
        .routes(routes!(content))
}

#[derive(Debug, Deserialize, IntoParams)]
struct Whose {
    /// Only this person's files are seen and touched.
    user_id: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FileRead {
    file_id: String,
    filename: String,
    /// Bytes.
    size: i64,
    content_type: String,
    sha256: String,
    description: Option<String>,
    /// Seconds since 1970.
    created_at: f64,
    /// Seconds since 1970.
    modified_at: f64,
    status: &'static str,
    /// `pending`, `processing`, `completed` or `failed`.
    processing_status: &'static str,
    /// What came of it: the answer that a waiting upload has.
    #[schema(value_type = Option<Object>)]
    processing_result: Option<Value>,
    /// Why it failed.
    reason: Option<String>,
    /// What is done, from 0 to 1; of one file only.
    #[serde(skip_serializing_if = "Option::is_none")]
    progress: Option<f64>,
    /// The newest job on it; of one file only. One that failed can be retried.
    #[serde(skip_serializing_if = "Option::is_none")]
    job_id: Option<i64>,
}

impl FileRead {
    /// What is known of a file; with its newest job, if that was looked up.
    fn new(view: &View, file: File, job: Option<JobView>) -> Self {
        let mut status = file.processing_status;
        let mut reason = view.failure(&file);
        let under_way = matches!(status, Processing::Pending | Processing::Running);
        // The job says more of work that is not over, such as that its worker died too often.
        if let Some(job) = job.as_ref().filter(|_| under_way) {
            status = job.state;
            reason = job.reason.clone().or(reason);
        }
        let result = view.reading(&file).map(|read| {
            let around = Around {
                timestamp: unix_seconds(file.updated_at),
                job_id: job.as_ref().map(|job| job.job.id),
                ..Around::default()
            };
            json!(reading::of_file(&file, read, around))
        });
        Self {
            file_id: file.id.to_string(),
            filename: file.original_filename,
            size: file.file_size,
            content_type: file.content_type,
            sha256: file.sha256,
            description: file.description,
            created_at: unix_seconds(file.created_at),
            modified_at: unix_seconds(file.updated_at),
            status: "available",
            processing_status: status.as_str(),
            processing_result: result,
            reason,
            progress: job.as_ref().map(|job| job.share),
            job_id: job.map(|job| job.job.id),
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
struct FileList {
    files: Vec<FileRead>,
    count: usize,
    status: &'static str,
}

#[derive(Debug, Deserialize, IntoParams)]
struct ListQuery {
    /// Only this person's.
    user_id: Option<String>,
    /// How many at most, 1 to 100; 50 if absent.
    limit: Option<i64>,
    /// How many to leave out at the start.
    offset: Option<i64>,
}

/// Uploaded files, newest first.
#[utoipa::path(
    get, path = "/api/v1/files", tag = "files", params(ListQuery),
    responses((status = 200, body = FileList))
)]
async fn list(
    State(state): State<AppState>,
    Params(query): Params<ListQuery>,
) -> Result<Json<FileList>, ApiError> {
    let mut problems = Problems::of("query");
    let page = paging::page(query.limit, query.offset, 100, &mut problems);
    problems.finish()?;
    let view = state.assistant.as_user(query.user_id);
    let files = view.files(page).await?;
    let files = files.into_iter();
    let files: Vec<FileRead> = files.map(|file| FileRead::new(&view, file, None)).collect();
    Ok(Json(FileList {
        count: files.len(),
        files,
        status: "success",
    }))
}

/// What is known of a file (002-E16).
#[utoipa::path(
    get, path = "/api/v1/files/{file_id}", tag = "files", params(("file_id" = String, Path), Whose),
    responses((status = 200, body = FileRead), (status = 404, description = "File not found"))
)]
async fn read(
    State(state): State<AppState>,
    PathId(id): PathId<String>,
    Params(whose): Params<Whose>,
) -> Result<Json<FileRead>, ApiError> {
    let view = state.assistant.as_user(whose.user_id);
    let file = view.file(&id).await?;
    let job = view.file_view(&file).await?;
    Ok(Json(FileRead::new(&view, file, job)))
}

/// The bytes of a file, always as a download of the type its content has.
#[utoipa::path(
    get, path = "/api/v1/files/{file_id}/content", tag = "files",
    params(("file_id" = String, Path), Whose),
    responses((status = 200, description = "The bytes"), (status = 404, description = "File not found"))
)]
async fn content(
    State(state): State<AppState>,
    PathId(id): PathId<String>,
    Params(whose): Params<Whose>,
) -> Result<Response, ApiError> {
    let view = state.assistant.as_user(whose.user_id);
    let file = view.file(&id).await?;
    let bytes = view.file_content(&file).await?;
    let mut response = Body::from_stream(ReaderStream::new(bytes)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(file.file_size));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; sandbox"),
    );
    if let Ok(kind) = HeaderValue::from_str(&file.content_type) {
        headers.insert(header::CONTENT_TYPE, kind);
    }
    let disposition = format!("attachment; filename=\"{}\"", file.filename);
    if let Ok(disposition) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    Ok(response)
}

#[derive(Debug, Serialize, ToSchema)]
struct Deleted {
    message: String,
    status: &'static str,
}

/// Deletes a file and its bytes.
#[utoipa::path(
    delete, path = "/api/v1/files/{file_id}", tag = "files",
    params(("file_id" = String, Path), Whose),
    responses((status = 200, body = Deleted), (status = 404, description = "File not found"))
)]
async fn delete(
    State(state): State<AppState>,
    PathId(id): PathId<String>,
    Params(whose): Params<Whose>,
) -> Result<Json<Deleted>, ApiError> {
    state
        .assistant
        .as_user(whose.user_id)
        .delete_file(&id)
        .await?;
    Ok(Json(Deleted {
        message: format!("File {id} deleted successfully"),
        status: "success",
    }))
}
