//! The worker: claims jobs, keeps their leases alive, and tells the queue how they ended.

use std::sync::Arc;
use std::time::Duration;

use domain::job::Job;
use jiff::SignedDuration;
use tokio::sync::{Notify, Semaphore};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::{Ended, Failure, Work, backoff};
use crate::Assistant;

/// Jobs done at once.
const AT_ONCE: usize = 4;
/// How long a worker may be silent before its job is another's.
pub(crate) const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// How often a worker tells that it is alive.
const HEARTBEAT: Duration = Duration::from_secs(20);
/// How often the queue is looked at when nobody says that there is something.
const POLL: Duration = Duration::from_secs(5);
/// Wait after the database did not answer.
const TROUBLE: Duration = Duration::from_secs(2);

/// Tells the workers that there is a job.
#[derive(Debug, Default)]
pub(crate) struct Wake {
    /// One that takes seconds.
    pub(crate) quick: Notify,
    /// One that takes minutes.
    pub(crate) slow: Notify,
}

impl Wake {
    /// Some job.
    pub(crate) fn all(&self) {
        self.quick.notify_one();
        self.slow.notify_one();
    }
}

/// Jobs that are done beside others, so that long ones hold up none that is short.
struct Lane<'a> {
    kinds: &'static [&'static str],
    slots: Arc<Semaphore>,
    wake: &'a Notify,
    /// Whether what runs is cut when the worker stops, and done anew later.
    cut: bool,
}

impl Assistant {
    /// Works until `stop` is cancelled, then finishes what takes seconds and gives the rest back.
    pub async fn work(&self, stop: CancellationToken) {
        let worker = self.parts.ids.next().to_string();
        let quick = Lane {
            kinds: Work::QUICK,
            slots: Arc::new(Semaphore::new(AT_ONCE)),
            wake: &self.parts.wake.quick,
            cut: false,
        };
        let slow = Lane {
            kinds: Work::SLOW,
            slots: Arc::new(Semaphore::new(self.parts.config.files_at_once.get())),
            wake: &self.parts.wake.slow,
            cut: true,
        };
        tokio::join!(
            Box::pin(self.work_on(&quick, &worker, &stop)),
            Box::pin(self.work_on(&slow, &worker, &stop))
        );
        if let Err(error) = self.parts.store.release(&worker).await {
            tracing::warn!(%error, "claimed jobs wait for their lease to end");
        }
    }

    async fn work_on(&self, lane: &Lane<'_>, worker: &str, stop: &CancellationToken) {
        let running = TaskTracker::new();
        while !stop.is_cancelled() {
            let wait = match self.claim(worker, lane, &running, stop).await {
                Ok(0) => POLL,
                Ok(_) => continue,
                Err(error) => {
                    tracing::warn!(%error, "the queue cannot be read");
                    TROUBLE
                }
            };
            tokio::select! {
                () = stop.cancelled() => {}
                () = lane.wake.notified() => {}
                () = tokio::time::sleep(wait) => {}
            }
        }
        running.close();
        running.wait().await;
    }

    /// Claims as many jobs as there are free slots and starts them; how many.
    async fn claim(
        &self,
        worker: &str,
        lane: &Lane<'_>,
        running: &TaskTracker,
        stop: &CancellationToken,
    ) -> Result<usize, store::StoreError> {
        let slots = &lane.slots;
        let first = tokio::select! {
            first = Arc::clone(slots).acquire_owned() => first,
            () = stop.cancelled() => return Ok(0),
        };
        let Ok(first) = first else {
            return Ok(0);
        };
        let free = 1 + slots.available_permits();
        let limit = u32::try_from(free).unwrap_or(1);
        let jobs = self
            .parts
            .store
            .claim(worker, lane.kinds, LEASE, limit)
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
            let cut = lane.cut.then(|| stop.clone());
            running.spawn(async move {
                let stopped = async {
                    match cut {
                        Some(stop) => stop.cancelled().await,
                        None => std::future::pending().await,
                    }
                };
                tokio::select! {
                    () = Box::pin(assistant.run(job, &worker)) => {}
                    () = stopped => {}
                }
                drop(slot);
                assistant.parts.wake.all();
            });
        }
        Ok(count)
    }

    async fn run(&self, job: Job, worker: &str) {
        let outcome = tokio::select! {
            outcome = self.perform(&job, worker) => outcome,
            () = self.keep_alive(&job, worker) => {
                tracing::warn!(job.id = job.id, "a job's lease went to another worker");
                return;
            }
        };
        let store = &self.parts.store;
        let told = match outcome {
            Ok(Ended::Settled) => Ok(true),
            Ok(Ended::With(result)) => store.finish(job.id, worker, result).await,
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
        self.parts.changed.notify_waiters();
    }

    /// Renews the lease; ends when it is lost.
    pub(crate) async fn keep_alive(&self, job: &Job, worker: &str) {
        loop {
            tokio::time::sleep(HEARTBEAT).await;
            if let Ok(false) = self.parts.store.renew(job.id, worker, LEASE).await {
                return;
            }
        }
    }
}
