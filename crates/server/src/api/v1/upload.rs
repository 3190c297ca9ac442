//! `/api/v1/upload/file` (contract 002-E15, D8.5, D8.23, D8.24).

use std::time::Instant;

use assistant::{ReadInput, Reading, Upload, UploadError, View};
use axum::Json;
use axum::extract::multipart::{Field, MultipartRejection};
use axum::extract::{DefaultBodyLimit, Extension, Multipart, State};
use axum::http::StatusCode;
use domain::file::File;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::AppState;
use crate::api::found::FoundTask;
use crate::api::probes::unix_seconds;
use crate::error::ApiError;
use crate::layers::RequestId;

/// Longest value of a form field beside the file, in bytes.
const FIELD: usize = 8 * 1024;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(upload_file))
        .layer(DefaultBodyLimit::disable())
}

/// The form of an upload.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "only describes the form")]
struct UploadForm {
    /// The file.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// What it is about.
    description: Option<String>,
    /// Label of the person; owner of file and tasks.
    user_id: Option<String>,
    /// Whether the tasks found are saved; yes if absent.
    save_tasks: Option<bool>,
    /// When it was written (RFC 3339); now if absent.
    reference_time: Option<String>,
    /// Where it was written (IANA name); the server's zone if absent.
    timezone: Option<String>,
    /// Whether only suggestions that name something to do are listed.
    actionable_only: Option<bool>,
}

/// What came of reading a file, an image or a recording.
#[derive(Debug, Serialize, ToSchema)]
struct MultimodalResponse {
    response: String,
    #[schema(value_type = Object)]
    processing_details: Value,
    inputs_processed: Vec<&'static str>,
    #[schema(value_type = Object)]
    model_info: Value,
    /// `success`, `partial` or `error`.
    status: &'static str,
    /// Seconds since 1970.
    timestamp: f64,
    /// Tasks found; saved unless that was not wanted.
    tasks: Vec<FoundTask>,
    file_id: String,
    filename: String,
}

/// The fields beside the file.
#[derive(Debug, Default)]
struct Form {
    description: Option<String>,
    user_id: Option<String>,
    save_tasks: Option<bool>,
    reference_time: Option<String>,
    timezone: Option<String>,
    actionable_only: bool,
}

/// Takes a text, Markdown or CSV file of up to 50 MiB, analyses it and finds its tasks (002-E15).
#[utoipa::path(
    post, path = "/api/v1/upload/file", tag = "files",
    request_body(content = UploadForm, content_type = "multipart/form-data"),
    responses(
        (status = 200, body = MultimodalResponse),
        (status = 422, description = "No file, too large, or of a kind that is not taken"),
    )
)]
async fn upload_file(
    State(state): State<AppState>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Json<MultimodalResponse>, ApiError> {
    let start = Instant::now();
    let form = form.map_err(|_| not_a_form())?;
    let limit = state.config.max_document_size;
    let (file, form) = Box::pin(take(&state, form, limit)).await?;
    let view = state.assistant.as_user(form.user_id.clone());
    let now = view.reference(form.reference_time.as_deref(), form.timezone.as_deref())?;
    let input = ReadInput {
        request_id,
        now,
        save_tasks: form.save_tasks.unwrap_or(true),
    };
    let reading = view.read_file(&file, input).await?;
    let total = start.elapsed().as_secs_f64();
    Ok(Json(shown(
        file,
        reading,
        &form,
        total,
        unix_seconds(state.clock.now()),
    )))
}

/// Reads the whole form: the file goes to the disk as it comes, with the limit held.
async fn take(
    state: &AppState,
    mut multipart: Multipart,
    limit: u64,
) -> Result<(File, Form), ApiError> {
    let anyone = state.assistant.as_user(None);
    let mut form = Form::default();
    let mut taken: Option<(Upload, String)> = None;
    while let Some(field) = multipart
        .next_field()
        .await
        .map_err(|error| broken(&error))?
    {
        match field.name().unwrap_or_default() {
            "file" if taken.is_none() => taken = Some(receive(&anyone, field, limit).await?),
            "file" => {
                return Err(ApiError::unprocessable(
                    "Invalid file",
                    "Send one file at a time.",
                ));
            }
            "description" => form.description = value(field).await?,
            "user_id" => form.user_id = value(field).await?,
            "save_tasks" => form.save_tasks = flag(field).await?,
            "reference_time" => form.reference_time = value(field).await?,
            "timezone" => form.timezone = value(field).await?,
            "actionable_only" => form.actionable_only = flag(field).await?.unwrap_or(false),
            // Fields nobody knows are passed over, as the services before did.
            _ => {
                value(field).await?;
            }
        }
    }
    let Some((upload, name)) = taken else {
        let message = "Send the file in the form field `file`, with its name.";
        return Err(ApiError::unprocessable("Invalid file", message));
    };
    let view = state.assistant.as_user(form.user_id.clone());
    let keeping = view.finish_upload(upload, &name, form.description.clone());
    let kept = Box::pin(keeping).await;
    let file = kept.map_err(|error| refused(error, limit))?;
    Ok((file, form))
}

async fn receive(
    view: &View,
    mut field: Field<'_>,
    limit: u64,
) -> Result<(Upload, String), ApiError> {
    let name = field.file_name().unwrap_or_default().to_owned();
    if name.trim().is_empty() {
        let message = "The file has no name.";
        return Err(ApiError::unprocessable("Invalid file", message));
    }
    let mut upload = view.begin_upload(limit).await?;
    while let Some(chunk) = field.chunk().await.map_err(|error| broken(&error))? {
        upload
            .write(&chunk)
            .await
            .map_err(|error| refused(error, limit))?;
    }
    Ok((upload, name))
}

async fn value(mut field: Field<'_>) -> Result<Option<String>, ApiError> {
    let name = field.name().unwrap_or_default().to_owned();
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|error| broken(&error))? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > FIELD {
            let message = format!("The field `{name}` is longer than {FIELD} bytes.");
            return Err(ApiError::unprocessable("Invalid input", message));
        }
    }
    let text = String::from_utf8_lossy(&bytes).trim().to_owned();
    Ok((!text.is_empty()).then_some(text))
}

async fn flag(field: Field<'_>) -> Result<Option<bool>, ApiError> {
    let name = field.name().unwrap_or_default().to_owned();
    let Some(text) = value(field).await? else {
        return Ok(None);
    };
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" | "on" => Ok(Some(true)),
        "false" | "0" | "no" | "off" => Ok(Some(false)),
        _ => {
            let message = format!("The field `{name}` is neither true nor false.");
            Err(ApiError::unprocessable("Invalid input", message))
        }
    }
}

fn refused(error: UploadError, limit: u64) -> ApiError {
    match error {
        UploadError::TooLarge { .. } => {
            let megabytes = limit / (1024 * 1024);
            let message =
                format!("The file is larger than {megabytes} MB, which this route takes.");
            ApiError::unprocessable("File too large", message)
        }
        UploadError::Unsupported { .. } => ApiError::unprocessable(
            "Unsupported file type",
            format!("This file cannot be used: {error}."),
        ),
        UploadError::Assistant(error) => error.into(),
    }
}

fn not_a_form() -> ApiError {
    ApiError::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "HTTP Error",
        "Send a form (multipart/form-data) with the file in the field `file`.",
    )
}

fn broken(error: &axum::extract::multipart::MultipartError) -> ApiError {
    tracing::debug!(%error, "a form could not be read");
    ApiError::unprocessable(
        "Invalid file",
        "The form broke off or could not be read; send it again.",
    )
}

fn shown(file: File, read: Reading, form: &Form, total: f64, timestamp: f64) -> MultimodalResponse {
    let suggestions: Vec<Value> = read
        .suggestions
        .iter()
        .filter(|one| one.actionable || !form.actionable_only)
        .map(|one| {
            json!({ "text": one.text, "category": one.category, "priority": one.priority,
                    "actionable": one.actionable })
        })
        .collect();
    let seconds = read.time.as_secs_f64();
    let analysis = json!({
        "status": read.status.as_str(),
        "analysis": read.analysis,
        "processing_time": seconds,
        "ai_response": read.model.as_ref().map(|_| &read.analysis),
        "suggestions": suggestions,
        "table": read.table,
        "metadata": {
            "file_size": file.file_size,
            "content_type": file.content_type,
            "encoding": read.encoding,
            "content_preview": read.preview,
            "analysis_enhanced": read.model.is_some(),
        },
    });
    MultimodalResponse {
        response: read.response,
        processing_details: json!({
            "file_analysis": analysis, "processing_time": seconds, "total_time": total,
        }),
        inputs_processed: vec![read.input],
        model_info: json!({ "model": read.model, "method": if read.model.is_some() { "rules+model" } else { "rules" } }),
        status: read.status.as_str(),
        timestamp,
        tasks: read
            .tasks
            .into_iter()
            .map(|task| FoundTask::new(task, false))
            .collect(),
        file_id: file.id.to_string(),
        filename: file.original_filename,
    }
}
