//! The worker: claims jobs, keeps their leases alive, and tells the queue how they ended.

use std::sync::Arc;
use std::time::Duration;

use domain::job::Job;
use jiff::SignedDuration;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::{Failure, Work, backoff};
use crate::Assistant;

/// Jobs done at once.
const AT_ONCE: usize = 4;
/// How long a worker may be silent before its job is another's.
const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// How often a worker tells that it is alive.
const HEARTBEAT: Duration = Duration::from_secs(20);
/// How often the queue is looked at when nobody says that there is something.
const POLL: Duration = Duration::from_secs(5);
/// Wait after the database did not answer.
const TROUBLE: Duration = Duration::from_secs(2);

impl Assistant {
    /// Works until `stop` is cancelled, then finishes what was begun and gives the rest back.
    pub async fn work(&self, stop: CancellationToken) {
        let worker = self.parts.ids.next().to_string();
        let slots = Arc::new(Semaphore::new(AT_ONCE));
        let running = TaskTracker::new();
        while !stop.is_cancelled() {
            let wait = match self.claim(&worker, &slots, &running).await {
                Ok(0) => POLL,
                Ok(_) => continue,
                Err(error) => {
                    tracing::warn!(%error, "the queue cannot be read");
                    TROUBLE
                }
            };
            tokio::select! {
                () = stop.cancelled() => {}
                () = self.parts.wake.notified() => {}
                () = tokio::time::sleep(wait) => {}
            }
        }
        running.close();
        running.wait().await;
        if let Err(error) = self.parts.store.release(&worker).await {
            tracing::warn!(%error, "claimed jobs wait for their lease to end");
        }
    }

    /// Claims as many jobs as there are free slots and starts them; how many.
    async fn claim(
        &self,
        worker: &str,
        slots: &Arc<Semaphore>,
        running: &TaskTracker,
    ) -> Result<usize, store::StoreError> {
        let Ok(first) = Arc::clone(slots).acquire_owned().await else {
            return Ok(0);
        };
        let free = 1 + slots.available_permits();
        let limit = u32::try_from(free).unwrap_or(1);
        let jobs = self
            .parts
            .store
            .claim(worker, Work::KINDS, LEASE, limit)
            .await?;
        let count = jobs.len();
        let mut first = Some(first);
        for job in jobs {
            let slot = match first.take() {
                Some(slot) => slot,
                None => match Arc::clone(slots).acquire_owned().await {
                    Ok(slot) => slot,
                    Err(_) => break,
                },
            };
            let (assistant, worker) = (self.clone(), worker.to_owned());
            running.spawn(async move {
                Box::pin(assistant.run(job, &worker)).await;
                drop(slot);
                assistant.parts.wake.notify_one();
            });
        }
        Ok(count)
    }

    async fn run(&self, job: Job, worker: &str) {
        let outcome = tokio::select! {
            outcome = self.perform(&job) => outcome,
            () = self.keep_alive(&job, worker) => {
                tracing::warn!(job.id = job.id, "a job's lease went to another worker");
                return;
            }
        };
        let store = &self.parts.store;
        let told = match outcome {
            Ok(result) => store.finish(job.id, worker, result).await,
            Err(Failure::Never(reason)) => {
                tracing::error!(
                    job.id = job.id,
                    job.kind = job.kind,
                    reason,
                    "a job was given up"
                );
                store.fail(job.id, worker, &reason, None).await
            }
            Err(Failure::Again(error)) => {
                tracing::warn!(job.id = job.id, job.kind = job.kind, %error, "a job failed");
                let retry_at = (job.attempts < job.max_attempts)
                    .then(|| self.parts.clock.now() + backoff::wait(job.attempts));
                store
                    .fail(job.id, worker, &error.to_string(), retry_at)
                    .await
            }
        };
        match told {
            Ok(true) => {}
            Ok(false) => tracing::warn!(job.id = job.id, "a job ended after its lease"),
            Err(error) => {
                tracing::warn!(job.id = job.id, %error, "a job's end could not be noted; it runs again");
            }
        }
    }

    /// Renews the lease; ends when it is lost.
    async fn keep_alive(&self, job: &Job, worker: &str) {
        loop {
            tokio::time::sleep(HEARTBEAT).await;
            if let Ok(false) = self.parts.store.renew(job.id, worker, LEASE).await {
                return;
            }
        }
    }
}
