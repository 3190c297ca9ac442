//! The form of an upload, read as it comes: the file goes to the disk, with its limit held.

use std::time::Duration;

use assistant::{FileInput, Upload, UploadError, View};
use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError, MultipartRejection};
use axum::http::StatusCode;
use domain::file::Topic;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::AppState;
use crate::error::ApiError;
use crate::problem::Problems;

/// Longest value of a form field beside the file, in bytes.
const FIELD: usize = 8 * 1024;
/// Most fields of one form.
const FIELDS: usize = 32;
/// Silence after which a form that stopped coming is given up.
const SILENCE: Duration = Duration::from_secs(30);

/// The form of an upload.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "only describes the form")]
pub(super) struct UploadForm {
    /// The file.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// What it is about.
    description: Option<String>,
    /// Label of the person; owner of file and tasks.
    user_id: Option<String>,
    /// Whether the tasks found are saved; yes if absent.
    save_tasks: Option<bool>,
    /// When it was written or said (RFC 3339); now if absent.
    reference_time: Option<String>,
    /// Where it was written or said (IANA name); the server's zone if absent.
    timezone: Option<String>,
    /// Whether only suggestions that name something to do are listed.
    actionable_only: Option<bool>,
    /// What a picture is taken to be about: general, document, chart, meeting or planning.
    task_type: Option<String>,
    /// Whether the answer waits for the work; with `false` it is 202 with a job to follow.
    wait: Option<bool>,
}

/// The fields beside the file.
#[derive(Debug, Default)]
pub(super) struct Form {
    pub(super) description: Option<String>,
    pub(super) user_id: Option<String>,
    pub(super) save_tasks: Option<bool>,
    pub(super) reference_time: Option<String>,
    pub(super) timezone: Option<String>,
    pub(super) actionable_only: bool,
    pub(super) task_type: Option<String>,
    pub(super) wait: Option<bool>,
}

/// A form that has come in whole; the file lies on the disk, not kept yet.
pub(super) struct Received {
    pub(super) upload: Upload,
    pub(super) name: String,
    pub(super) form: Form,
}

/// Reads the whole form.
///
/// # Errors
/// 415 for what is no form, 422 for one without a file, with a file over `limit` bytes, or that breaks
/// off; nothing of the file is left then.
pub(super) async fn receive(
    state: &AppState,
    form: Result<Multipart, MultipartRejection>,
    limit: u64,
) -> Result<Received, ApiError> {
    let mut multipart = form.map_err(|_| not_a_form())?;
    let anyone = state.assistant.as_user(None);
    let mut form = Form::default();
    let mut taken: Option<(Upload, String)> = None;
    for _ in 0..FIELDS {
        let Some(field) = in_time(multipart.next_field()).await? else {
            let Some((upload, name)) = taken else {
                let message = "Send the file in the form field `file`, with its name.";
                return Err(ApiError::unprocessable("Invalid file", message));
            };
            return Ok(Received { upload, name, form });
        };
        match field.name().unwrap_or_default() {
            "file" if taken.is_none() => taken = Some(file(&anyone, field, limit).await?),
            "file" => {
                let message = "Send one file at a time.";
                return Err(ApiError::unprocessable("Invalid file", message));
            }
            "description" => form.description = value(field).await?,
            "user_id" => form.user_id = value(field).await?,
            "save_tasks" => form.save_tasks = flag(field).await?,
            "reference_time" => form.reference_time = value(field).await?,
            "timezone" => form.timezone = value(field).await?,
            "actionable_only" => form.actionable_only = flag(field).await?.unwrap_or(false),
            "task_type" => form.task_type = value(field).await?,
            "wait" => form.wait = flag(field).await?,
            // Fields nobody knows are passed over, as the services before did.
            _ => {
                value(field).await?;
            }
        }
    }
    let message = format!("The form has more than {FIELDS} fields.");
    Err(ApiError::unprocessable("Invalid input", message))
}

impl Form {
    /// What the assistant is told of the file.
    ///
    /// # Errors
    /// 422 for a moment, a zone, a kind of picture or a label that cannot be used.
    pub(super) fn input(
        &self,
        view: &View,
        request_id: Uuid,
        name: String,
        audio_only: bool,
    ) -> Result<FileInput, ApiError> {
        let mut problems = Problems::of("body");
        problems.optional_length("user_id", self.user_id.as_deref(), 1, 100);
        let topic = topic(self.task_type.as_deref(), &mut problems);
        problems.finish()?;
        Ok(FileInput {
            request_id,
            name,
            description: self.description.clone(),
            now: view.reference(self.reference_time.as_deref(), self.timezone.as_deref())?,
            save_tasks: self.save_tasks.unwrap_or(true),
            topic,
            audio_only,
        })
    }
}

/// What a picture is taken to be about; general if nobody says.
pub(crate) fn topic(word: Option<&str>, problems: &mut Problems) -> Topic {
    let parsed = word.and_then(|word| problems.word("task_type", word, word.parse::<Topic>()));
    parsed.unwrap_or(Topic::General)
}

async fn file(view: &View, mut field: Field<'_>, limit: u64) -> Result<(Upload, String), ApiError> {
    let name = field.file_name().unwrap_or_default().to_owned();
    if name.trim().is_empty() {
        let message = "The file has no name.";
        return Err(ApiError::unprocessable("Invalid file", message));
    }
    let mut upload = view.begin_upload(limit).await?;
    while let Some(chunk) = in_time(field.chunk()).await? {
        let written = upload.write(&chunk).await;
        written.map_err(|error| refused(error, limit))?;
    }
    Ok((upload, name))
}

async fn value(mut field: Field<'_>) -> Result<Option<String>, ApiError> {
    let name = field.name().unwrap_or_default().to_owned();
    let mut bytes = Vec::new();
    while let Some(chunk) = in_time(field.chunk()).await? {
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

/// The next part of a form, unless nothing comes any more.
async fn in_time<T>(next: impl Future<Output = Result<T, MultipartError>>) -> Result<T, ApiError> {
    match tokio::time::timeout(SILENCE, next).await {
        Ok(Ok(part)) => Ok(part),
        Ok(Err(error)) => {
            tracing::debug!(%error, "a form could not be read");
            let message = "The form broke off or could not be read; send it again.";
            Err(ApiError::unprocessable("Invalid file", message))
        }
        Err(_) => Err(ApiError::from_status(StatusCode::REQUEST_TIMEOUT)),
    }
}

/// A file that is not taken, as an answer.
pub(super) fn refused(error: UploadError, limit: u64) -> ApiError {
    match error {
        UploadError::TooLarge { .. } => {
            let megabytes = limit / (1024 * 1024);
            let message =
                format!("The file is larger than {megabytes} MB, which this route takes.");
            ApiError::unprocessable("File too large", message)
        }
        UploadError::NotAudio { .. } => ApiError::unprocessable(
            "Invalid file type",
            format!("This route takes recordings only, and {error}."),
        ),
        UploadError::Unsupported { .. } | UploadError::Unreadable(_) => ApiError::unprocessable(
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
