//! Work that must not be lost: jobs claimed from the queue, tried again with growing waits, and
//! given back on a clean stop (design: durable jobs).
//!
//! A job is written in the transaction that causes it. Jobs may run twice after a crash, so each is
//! written to do no harm the second time.

mod backoff;
mod runner;

use domain::job::{Job, JobState, NewJob};
use domain::page::Page;
use serde_json::{Value, json};

use crate::processing::ReadJob;
use crate::{Assistant, AssistantError, Missing};

pub(crate) use backoff::wait;
pub(crate) use runner::{LEASE, Wake};

/// Attempts a job gets before it is given up.
const ATTEMPTS: i64 = 5;

/// What a job does. One variant per kind, with what it works on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Work {
    /// Suggest how to go about a task (contract 000-E3).
    Suggest {
        /// The task.
        task_id: i64,
    },
    /// Read an uploaded file (contract 002-A5, A7, A9).
    Read(Box<ReadJob>),
}

/// How a job ended well.
#[derive(Debug)]
pub(crate) enum Ended {
    /// With this result, which is to be kept.
    With(Option<Value>),
    /// It has told the queue itself, together with what it did.
    Settled,
}

/// Why a job did not end well.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Another attempt may succeed.
    Again(AssistantError),
    /// No attempt will.
    Never(String),
}

impl Work {
    /// Kinds that take seconds.
    const QUICK: &'static [&'static str] = &["suggest"];
    /// Kinds that take minutes, and whose number at once bounds the memory.
    const SLOW: &'static [&'static str] = &[ReadJob::KIND];

    /// The row to be written.
    pub(crate) fn to_job(&self) -> NewJob {
        let (kind, payload, dedupe) = match self {
            Self::Suggest { task_id } => (
                "suggest",
                json!({ "task_id": task_id }),
                format!("suggest:{task_id}"),
            ),
            Self::Read(read) => return read.to_job(),
        };
        NewJob {
            kind: kind.to_owned(),
            payload,
            run_at: None,
            max_attempts: ATTEMPTS,
            dedupe: Some(dedupe),
        }
    }

    /// Reads a row back.
    fn of(job: &Job) -> Option<Self> {
        match job.kind.as_str() {
            "suggest" => Some(Self::Suggest {
                task_id: job.payload.get("task_id")?.as_i64()?,
            }),
            ReadJob::KIND => ReadJob::of(&job.payload).map(|read| Self::Read(Box::new(read))),
            _ => None,
        }
    }
}

impl Assistant {
    /// Does one job.
    async fn perform(&self, job: &Job, worker: &str) -> Result<Ended, Failure> {
        match Work::of(job) {
            Some(Work::Suggest { task_id }) => {
                self.suggest_in_background(task_id).await.map(Ended::With)
            }
            Some(Work::Read(read)) => self.read_in_background(job, &read, worker).await,
            None => Err(Failure::Never(format!(
                "nobody knows how to do a {:?} job",
                job.kind
            ))),
        }
    }

    /// Jobs, newest first.
    ///
    /// # Errors
    /// Only the store's.
    pub async fn jobs(
        &self,
        state: Option<JobState>,
        kind: Option<&str>,
        page: Page,
    ) -> Result<Vec<Job>, AssistantError> {
        Ok(self.parts.store.jobs(state, kind, page).await?)
    }

    /// One job.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn job(&self, id: i64) -> Result<Job, AssistantError> {
        self.parts
            .store
            .job(id)
            .await
            .map_err(AssistantError::missing(Missing::Job(id)))
    }

    /// Gives a job that was given up another set of attempts.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` for one that was not given up.
    pub async fn retry_job(&self, id: i64) -> Result<Job, AssistantError> {
        let again = self.parts.store.retry_job(id).await;
        let again = again.map_err(AssistantError::missing(Missing::Job(id)))?;
        self.parts.wake.all();
        Ok(again)
    }
}
