//! The work on an uploaded file: begun by a request that waits for it, or by a worker; done once.
//!
//! The file and the job of its work are written in one transaction, and so are the tasks found, what
//! came of it, and the end of the job. A process that is killed before that has saved nothing, and the
//! job is done again; after that there is nothing left to do. A request that waits holds its job
//! itself, so that only a crash leaves it to a worker; a person who leaves ends it.

mod record;
mod taken;
mod view;

use domain::file::{File, Processing, Topic};
use domain::job::{Job, NewJob};
use jiff::Zoned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::StoreError;
use uuid::Uuid;

use crate::propose::ModelUse;
use crate::read::{Progress, ReadInput, ReadStatus, Reading};
use crate::work::{Ended, Failure};
use crate::{Assistant, AssistantError, View};

pub(crate) use record::Record;

pub use taken::{FileInput, Taken};
pub use view::JobView;

/// What is to be done with a file, as the row of its job holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ReadJob {
    pub(crate) file_id: Uuid,
    pub(crate) user_id: Option<String>,
    pub(crate) request_id: Uuid,
    pub(crate) now: Zoned,
    pub(crate) save_tasks: bool,
    pub(crate) topic: Topic,
}

impl ReadJob {
    /// The kind of its row.
    pub(crate) const KIND: &'static str = "process_file";
    /// Attempts it gets.
    const ATTEMPTS: i64 = 4;

    /// One file is worked on once at a time.
    pub(crate) fn key(file_id: Uuid) -> String {
        format!("process_file:{file_id}")
    }

    pub(crate) fn to_job(&self) -> NewJob {
        NewJob {
            kind: Self::KIND.to_owned(),
            payload: serde_json::to_value(self).unwrap_or_default(),
            run_at: None,
            max_attempts: Self::ATTEMPTS,
            dedupe: Some(Self::key(self.file_id)),
        }
    }

    pub(crate) fn of(payload: &Value) -> Option<Self> {
        Self::deserialize(payload).ok()
    }

    fn input(&self) -> ReadInput {
        ReadInput {
            request_id: self.request_id,
            now: self.now.clone(),
            topic: self.topic,
            tasks: ModelUse::Auto,
        }
    }
}

/// How the end of the work was kept.
enum Settled {
    /// As it should.
    Kept,
    /// The job is another's by now, or the file is gone.
    Lost,
}

impl Assistant {
    /// What a worker does.
    pub(crate) async fn read_in_background(
        &self,
        job: &Job,
        read: &ReadJob,
        worker: &str,
    ) -> Result<Ended, Failure> {
        let is_last = job.attempts >= job.max_attempts;
        match Box::pin(self.read_file(job, read, worker, is_last)).await {
            Ok(_) => Ok(Ended::Settled),
            Err(AssistantError::NotFound(_)) => {
                Ok(Ended::With(Some(json!({ "skipped": "the file is gone" }))))
            }
            Err(error) if is_last => {
                self.give_up(job, read, worker, &error.to_string()).await;
                Ok(Ended::Settled)
            }
            Err(error) => Err(Failure::Again(error)),
        }
    }

    /// Reads the file of a job that `worker` holds, and keeps what came of it. Where another attempt
    /// may do more, and this is not the last, nothing is kept.
    async fn read_file(
        &self,
        job: &Job,
        read: &ReadJob,
        worker: &str,
        is_last: bool,
    ) -> Result<Reading, AssistantError> {
        let view = self.as_user(read.user_id.clone());
        let file = view.file(&read.file_id.to_string()).await?;
        let slot = self.parts.files_at_once.acquire().await;
        let slot = slot.map_err(AssistantError::internal)?;
        view.store().mark_file(file.id, Processing::Running).await?;
        self.parts.changed.notify_waiters();
        let subject = view.subject(&file).await?;
        let (progress, mut steps) = Progress::new();
        let input = read.input();
        let mut work = Box::pin(view.read_subject(&subject, &input, &progress));
        let outcome = loop {
            tokio::select! {
                outcome = &mut work => break outcome,
                changed = steps.changed() => {
                    if changed.is_ok() {
                        let step = *steps.borrow_and_update();
                        let told = json!({ "progress": step.share, "step": step.doing });
                        view.store().note_progress(job.id, worker, told).await?;
                        self.parts.changed.notify_waiters();
                    }
                }
            }
        };
        drop(work);
        drop(slot);
        let mut reading = outcome?;
        if reading.again && !is_last {
            let message = reading.notes.first().cloned().unwrap_or_default();
            return Err(AssistantError::Unavailable {
                message,
                retry_after: None,
                cause: None,
            });
        }
        let settled = view
            .settle(job, worker, &file, &mut reading, read.save_tasks)
            .await;
        self.parts.changed.notify_waiters();
        match settled? {
            Settled::Kept => Ok(reading),
            Settled::Lost => Err(AssistantError::Conflict(
                "The file was deleted, or somebody else works on it by now.".to_owned(),
            )),
        }
    }

    /// Keeps that nothing came of it, and why. What came of earlier work stays.
    async fn give_up(&self, job: &Job, read: &ReadJob, worker: &str, reason: &str) {
        let kept = async {
            let file = self.parts.store.file(read.file_id, None).await?;
            let record = Record::of(&file).failed(reason.to_owned());
            let mut transaction = self.parts.store.begin().await?;
            if !transaction.fail(job.id, worker, reason, None).await? {
                return transaction.rollback().await;
            }
            transaction
                .set_file_processing(file.id, Processing::Failed, Some(record.to_value()))
                .await?;
            transaction.commit().await
        };
        match kept.await {
            Ok(()) | Err(StoreError::NotFound) => {}
            Err(error) => tracing::warn!(%error, "the end of the work on a file was not kept"),
        }
        self.parts.changed.notify_waiters();
    }
}

impl View {
    /// Saves the tasks, keeps what came of the work and ends the job: all of it or nothing.
    async fn settle(
        &self,
        job: &Job,
        worker: &str,
        file: &File,
        reading: &mut Reading,
        save_tasks: bool,
    ) -> Result<Settled, AssistantError> {
        let failed = reading.status == ReadStatus::Error;
        let before = Record::of(file);
        before.recognise(&mut reading.tasks);
        let mut transaction = self.store().begin().await?;
        let held = if failed {
            transaction
                .fail(job.id, worker, &reading.analysis, None)
                .await?
        } else {
            let result = json!({ "file_id": file.id, "status": reading.status.as_str() });
            transaction.finish(job.id, worker, Some(result)).await?
        };
        if !held {
            transaction.rollback().await?;
            return Ok(Settled::Lost);
        }
        if save_tasks {
            self.save_within(&mut transaction, &mut reading.tasks)
                .await?;
        }
        let processing = if failed {
            Processing::Failed
        } else {
            Processing::Completed
        };
        let record = Record::with(reading.clone()).to_value();
        let kept = transaction
            .set_file_processing(file.id, processing, Some(record))
            .await;
        match kept {
            Ok(_) => {}
            Err(StoreError::NotFound) => {
                transaction.rollback().await?;
                return Ok(Settled::Lost);
            }
            Err(error) => return Err(error.into()),
        }
        transaction.commit().await?;
        Ok(Settled::Kept)
    }
}
