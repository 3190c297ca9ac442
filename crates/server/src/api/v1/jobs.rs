//! `/api/v1/jobs`: work in the background, to be seen, followed and given another try (contract
//! D8.28).

use std::convert::Infallible;

use assistant::{JobView, View};
use axum::Json;
use axum::extract::{Extension, State};
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use domain::file::Processing;
use domain::job::{Job, JobState};
use futures_util::Stream;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::chat::{event, wants_stream};
use crate::AppState;
use crate::api::paging;
use crate::api::probes::unix_seconds;
use crate::api::reading::{self, Around};
use crate::body::{Params, PathId};
use crate::error::ApiError;
use crate::layers::RequestId;
use crate::problem::Problems;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(read))
        .routes(routes!(events))
        .routes(routes!(retry))
}

#[derive(Debug, Deserialize, IntoParams)]
struct JobQuery {
    /// `ready`, `running`, `done` or `dead`.
    state: Option<String>,
    /// Only of this kind.
    kind: Option<String>,
    /// How many at most, 1 to 100; 50 if absent.
    limit: Option<i64>,
    /// How many to leave out at the start.
    offset: Option<i64>,
}

#[derive(Debug, Deserialize, IntoParams)]
struct Whose {
    /// Only jobs on this person's files are seen.
    user_id: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
struct JobRead {
    id: i64,
    kind: String,
    #[schema(value_type = Object)]
    payload: Value,
    /// `ready`, `running`, `done` or `dead`.
    state: &'static str,
    /// The same as files say it: `pending`, `processing`, `completed` or `failed`.
    status: &'static str,
    /// What is done, from 0 to 1.
    progress: f64,
    /// What is being done.
    step: Option<String>,
    attempts: i64,
    max_attempts: i64,
    /// Not before this moment.
    run_at: String,
    last_error: Option<String>,
    #[schema(value_type = Option<Object>)]
    result: Option<Value>,
    created_at: String,
    updated_at: String,
}

impl From<JobView> for JobRead {
    fn from(view: JobView) -> Self {
        let result = result(&view);
        let job = view.job;
        Self {
            id: job.id,
            kind: job.kind,
            payload: job.payload,
            state: job.state.as_str(),
            status: view.state.as_str(),
            progress: view.share,
            step: view.doing,
            attempts: job.attempts,
            max_attempts: job.max_attempts,
            run_at: job.run_at.to_string(),
            last_error: job.last_error,
            result,
            created_at: job.created_at.to_string(),
            updated_at: job.updated_at.to_string(),
        }
    }
}

impl From<Job> for JobRead {
    fn from(job: Job) -> Self {
        JobView::of(job).into()
    }
}

/// What came of a job that is over: of a file, the answer that a waiting request would have had.
fn result(view: &JobView) -> Option<Value> {
    if let (Some(file), Some(read)) = (&view.file, &view.reading) {
        let around = Around {
            timestamp: unix_seconds(view.job.updated_at),
            job_id: Some(view.job.id),
            ..Around::default()
        };
        return serde_json::to_value(reading::of_file(file, (**read).clone(), around)).ok();
    }
    view.job.result.clone().filter(|_| view.is_over())
}

#[derive(Debug, Serialize, ToSchema)]
struct JobList {
    jobs: Vec<JobRead>,
    count: usize,
    status: &'static str,
}

/// Jobs, newest first.
#[utoipa::path(
    get, path = "/api/v1/jobs", tag = "jobs", params(JobQuery),
    responses((status = 200, body = JobList))
)]
async fn list(
    State(state): State<AppState>,
    Params(query): Params<JobQuery>,
) -> Result<Json<JobList>, ApiError> {
    let mut problems = Problems::of("query");
    let page = paging::page(query.limit, query.offset, 100, &mut problems);
    let wanted = query.state.as_deref();
    let wanted = wanted.and_then(|word| problems.word("state", word, word.parse::<JobState>()));
    problems.finish()?;
    let jobs = state
        .assistant
        .jobs(wanted, query.kind.as_deref(), page)
        .await?;
    let jobs: Vec<JobRead> = jobs.into_iter().map(JobRead::from).collect();
    Ok(Json(JobList {
        count: jobs.len(),
        jobs,
        status: "success",
    }))
}

/// One job; with `Accept: text/event-stream` its progress, as `/api/v1/jobs/{job_id}/events`.
#[utoipa::path(
    get, path = "/api/v1/jobs/{job_id}", tag = "jobs", params(("job_id" = i64, Path), Whose),
    responses((status = 200, body = JobRead), (status = 404, description = "Job not found"))
)]
async fn read(
    State(state): State<AppState>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    PathId(id): PathId<i64>,
    Params(whose): Params<Whose>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let view = state.assistant.as_user(whose.user_id);
    let job = view.job_view(id).await?;
    if wants_stream(&headers) {
        return Ok(follow(state, view, job, request_id));
    }
    Ok(Json(JobRead::from(job)).into_response())
}

/// How far a job is, as server-sent events: `pending` and `processing` with `progress` from 0 to 1, then
/// `completed` with the `result`, or `failed` with the `reason`, and the end.
#[utoipa::path(
    get, path = "/api/v1/jobs/{job_id}/events", tag = "jobs",
    params(("job_id" = i64, Path), Whose),
    responses(
        (status = 200, content_type = "text/event-stream", body = String),
        (status = 404, description = "Job not found"),
    )
)]
async fn events(
    State(state): State<AppState>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    PathId(id): PathId<i64>,
    Params(whose): Params<Whose>,
) -> Result<Response, ApiError> {
    let view = state.assistant.as_user(whose.user_id);
    let job = view.job_view(id).await?;
    Ok(follow(state, view, job, request_id))
}

/// Where a stream of events stands.
enum At {
    /// This is to be told next.
    Told(Box<JobView>),
    /// This was told last.
    Waiting(Box<JobView>),
    /// Nothing more comes.
    End,
}

fn follow(state: AppState, view: View, job: JobView, request_id: Uuid) -> Response {
    let ping = KeepAlive::new().interval(state.config.stream_ping);
    let events = steps(state, view, job, request_id);
    Sse::new(events).keep_alive(ping).into_response()
}

fn steps(
    state: AppState,
    view: View,
    job: JobView,
    request_id: Uuid,
) -> impl Stream<Item = Result<Event, Infallible>> {
    let first = At::Told(Box::new(job));
    futures_util::stream::unfold((first, state, view), move |(at, state, view)| async move {
        let now = match at {
            At::End => return None,
            At::Told(job) => Ok(job),
            At::Waiting(seen) => {
                let next = view.job_after(seen.job.id, Some(&seen)).await;
                next.map(Box::new)
            }
        };
        let (event, at) = match now {
            Ok(job) => {
                let event = step(&job);
                let at = if job.is_over() {
                    At::End
                } else {
                    At::Waiting(job)
                };
                (event, at)
            }
            Err(error) => {
                let moment = state.clock.now().to_string();
                let failure = ApiError::from(error).body(&request_id.to_string(), &moment);
                (event("error", &failure), At::End)
            }
        };
        Some((Ok(event), (at, state, view)))
    })
}

/// One step, told.
fn step(job: &JobView) -> Event {
    let mut told = json!({
        "job_id": job.job.id,
        "status": job.state.as_str(),
        "progress": job.share,
        "step": job.doing,
    });
    match job.state {
        Processing::Completed => told["result"] = json!(result(job)),
        Processing::Failed => {
            told["reason"] = json!(job.reason);
            told["retry"] = json!(format!("/api/v1/jobs/{}/retry", job.job.id));
        }
        Processing::Pending | Processing::Running => {}
    }
    event(job.state.as_str(), &told)
}

/// Gives a job that was given up another set of attempts.
#[utoipa::path(
    post, path = "/api/v1/jobs/{job_id}/retry", tag = "jobs", params(("job_id" = i64, Path)),
    responses(
        (status = 200, body = JobRead),
        (status = 404, description = "Job not found"),
        (status = 409, description = "The job was not given up"),
    )
)]
async fn retry(
    State(state): State<AppState>,
    PathId(id): PathId<i64>,
) -> Result<Json<JobRead>, ApiError> {
    Ok(Json(state.assistant.retry_job(id).await?.into()))
}
