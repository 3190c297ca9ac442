//! `/api/v1/jobs`: work in the background, to be seen and given another try (contract D8.28).

use axum::Json;
use axum::extract::State;
use domain::job::{Job, JobState};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::AppState;
use crate::api::paging;
use crate::body::{Params, PathId};
use crate::error::ApiError;
use crate::problem::Problems;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(read))
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

#[derive(Debug, Serialize, ToSchema)]
struct JobRead {
    id: i64,
    kind: String,
    #[schema(value_type = Object)]
    payload: Value,
    /// `ready`, `running`, `done` or `dead`.
    state: &'static str,
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

impl From<Job> for JobRead {
    fn from(job: Job) -> Self {
        Self {
            id: job.id,
            kind: job.kind,
            payload: job.payload,
            state: job.state.as_str(),
            attempts: job.attempts,
            max_attempts: job.max_attempts,
            run_at: job.run_at.to_string(),
            last_error: job.last_error,
            result: job.result,
            created_at: job.created_at.to_string(),
            updated_at: job.updated_at.to_string(),
        }
    }
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

/// One job.
#[utoipa::path(
    get, path = "/api/v1/jobs/{job_id}", tag = "jobs", params(("job_id" = i64, Path)),
    responses((status = 200, body = JobRead), (status = 404, description = "Job not found"))
)]
async fn read(
    State(state): State<AppState>,
    PathId(id): PathId<i64>,
) -> Result<Json<JobRead>, ApiError> {
    Ok(Json(state.assistant.job(id).await?.into()))
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
