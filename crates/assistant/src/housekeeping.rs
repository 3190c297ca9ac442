//! What would grow without end is forgotten after a while: calls of models, jobs that are done.
//!
//! In pieces small enough that nobody who writes beside it waits for long, and that cost no memory.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio_util::sync::CancellationToken;

use crate::{Assistant, AssistantError};

/// How often it is looked for what is old.
const EVERY: Duration = Duration::from_hours(1);
/// Rows forgotten at once.
const PIECE: u32 = 500;
/// How long jobs that are done can be looked at.
const JOBS: SignedDuration = SignedDuration::from_hours(7 * 24);
const DAY: SignedDuration = SignedDuration::from_hours(24);

impl Assistant {
    /// Forgets what is old, now and every hour, until `stop` is cancelled.
    pub async fn keep_house(&self, stop: CancellationToken) {
        let tidying = async {
            loop {
                match self.forget_old().await {
                    Ok(0) => {}
                    Ok(count) => tracing::info!(count, "old calls and jobs were forgotten"),
                    Err(error) => tracing::warn!(%error, "what is old could not be forgotten"),
                }
                tokio::time::sleep(EVERY).await;
            }
        };
        tokio::select! {
            () = tidying => {}
            () = stop.cancelled() => {}
        }
    }

    /// Forgets what is old now; tells how many rows.
    ///
    /// # Errors
    /// When the database does not answer; what went before stays gone.
    pub async fn forget_old(&self) -> Result<u64, AssistantError> {
        let store = &self.parts.store;
        let now = self.parts.clock.now();
        let jobs = before(now, JOBS);
        let mut gone = 0;
        while let count @ 1.. = store.sweep_jobs(jobs, PIECE).await? {
            gone += count;
        }
        let days = self.parts.config.keep_calls_days;
        if days > 0 {
            let calls = before(now, DAY * i32::try_from(days).unwrap_or(i32::MAX));
            while let count @ 1.. = store.sweep_calls(calls, PIECE).await? {
                gone += count;
            }
        }
        Ok(gone)
    }
}

/// That long ago, or as long as there is time.
fn before(now: Timestamp, age: SignedDuration) -> Timestamp {
    now.checked_sub(age).unwrap_or(Timestamp::MIN)
}
