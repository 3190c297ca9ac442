//! Work that must not be lost: a row, written in the transaction that causes it.

use jiff::Timestamp;
use serde_json::Value;

use crate::words::words;

words! {
    /// Where a job stands.
    JobState as "job state" {
        /// Waiting for its time or a worker.
        Ready = "ready",
        /// Claimed by a worker, until its lease ends.
        Running = "running",
        /// Finished.
        Done = "done",
        /// Given up after its last attempt; can be retried by hand.
        Dead = "dead",
    }
}

/// A job.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// Identity.
    pub id: i64,
    /// What is to be done: `suggest`, `process_file`, …
    pub kind: String,
    /// On what.
    pub payload: Value,
    /// Where it stands.
    pub state: JobState,
    /// Attempts begun.
    pub attempts: i64,
    /// Attempts allowed.
    pub max_attempts: i64,
    /// Not before.
    pub run_at: Timestamp,
    /// Until when its worker may be silent.
    pub lease_until: Option<Timestamp>,
    /// The worker that holds it.
    pub worker: Option<String>,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// What came of it.
    pub result: Option<Value>,
    /// When it was caused.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// A job to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct NewJob {
    /// What is to be done.
    pub kind: String,
    /// On what.
    pub payload: Value,
    /// Not before; `None` is at once.
    pub run_at: Option<Timestamp>,
    /// Attempts allowed.
    pub max_attempts: i64,
    /// Two jobs with the same key are one, while the first is not finished.
    pub dedupe: Option<String>,
}
