//! A file that was taken, and the work on it as the person sees it who brought it.

use domain::file::{File, Topic};
use domain::job::Job;
use jiff::Zoned;
use tokio::task::JoinHandle;
use tokio_util::sync::{CancellationToken, DropGuard};
use uuid::Uuid;

use super::{ReadJob, Record};
use crate::files::{Upload, UploadError};
use crate::propose::Proposal;
use crate::read::Reading;
use crate::work::{self, LEASE};
use crate::{Assistant, AssistantError, View};

/// Told to whoever looks at the work on a file whose person did not wait.
const LEFT: &str = "The caller left before the end.";

/// What is known of an uploaded file, and what is to be done with it.
#[derive(Debug, Clone)]
pub struct FileInput {
    /// The request this serves.
    pub request_id: Uuid,
    /// The name it came with.
    pub name: String,
    /// The person's words about it.
    pub description: Option<String>,
    /// When and where it was written or said.
    pub now: Zoned,
    /// Whether the tasks found are saved at once.
    pub save_tasks: bool,
    /// What a picture is taken to be about.
    pub topic: Topic,
    /// Whether only recordings are taken.
    pub audio_only: bool,
}

/// A file that was taken, and the work on it. Dropped, it ends work that it waits for.
pub struct Taken {
    /// Its record.
    pub file: File,
    /// Whether the same bytes were there before.
    pub duplicate: bool,
    /// The job of its work; none where there is nothing left to do.
    pub job_id: Option<i64>,
    view: View,
    doing: Doing,
}

enum Doing {
    /// Nothing is left to do.
    Done(Box<Reading>),
    /// The request does it, and stops when this goes.
    Here {
        task: JoinHandle<Result<Reading, AssistantError>>,
        guard: DropGuard,
    },
    /// A worker does it, or another request.
    Elsewhere,
}

impl View {
    /// Keeps a file that has come in whole, together with the job of its work. With `wait` that begins
    /// at once, and [`Taken::finished`] waits for it; without, a worker does it.
    ///
    /// # Errors
    /// `Unsupported`, `Unreadable` and `NotAudio` for a kind that is not taken.
    pub async fn take(
        &self,
        upload: Upload,
        input: FileInput,
        wait: bool,
    ) -> Result<Taken, UploadError> {
        let worker = format!("request {}", input.request_id);
        let held = wait.then_some(worker.as_str());
        let mut wish = ReadJob {
            file_id: upload.id(),
            user_id: self.owner.clone(),
            request_id: input.request_id,
            now: input.now.clone(),
            save_tasks: input.save_tasks,
            topic: input.topic,
        };
        let kept = Box::pin(self.keep_file(upload, &input, Some((&wish, held)))).await?;
        let (file, duplicate) = (kept.file, kept.duplicate);
        let mut job = kept.job;
        if duplicate {
            if let Some(reading) = self.known_reading(&file, input.save_tasks).await? {
                return Ok(self.taken(file, true, None, Doing::Done(Box::new(reading))));
            }
            wish.file_id = file.id;
            job = self.begin(&wish, held).await?;
        }
        let Some(job) = job else {
            let key = ReadJob::key(file.id);
            let other = self
                .store()
                .job_of(&key)
                .await
                .map_err(AssistantError::from)?;
            let id = other.map(|job| job.id);
            return Ok(self.taken(file, duplicate, id, Doing::Elsewhere));
        };
        let id = Some(job.id);
        if !wait {
            self.parts.wake.slow.notify_one();
            return Ok(self.taken(file, duplicate, id, Doing::Elsewhere));
        }
        let doing = self.work_here(job, wish, worker);
        Ok(self.taken(file, duplicate, id, doing))
    }

    /// The reading of a file that is there already, if nothing is to be gained by another. Which of its
    /// tasks are open as others may have changed since.
    async fn known_reading(
        &self,
        file: &File,
        save_tasks: bool,
    ) -> Result<Option<Reading>, AssistantError> {
        let Some(mut reading) = Record::of(file).whole() else {
            return Ok(None);
        };
        self.mark_known(&mut reading.tasks).await?;
        let unsaved = save_tasks && reading.tasks.iter().any(Proposal::is_new);
        Ok((!unsaved).then_some(reading))
    }

    /// Writes the job of a file that is there already; nothing if it is being worked on.
    async fn begin(
        &self,
        wish: &ReadJob,
        held: Option<&str>,
    ) -> Result<Option<Job>, AssistantError> {
        Ok(match held {
            Some(worker) => {
                self.store()
                    .enqueue_held(wish.to_job(), worker, LEASE)
                    .await?
            }
            None => self.store().enqueue(wish.to_job()).await?,
        })
    }

    fn taken(&self, file: File, duplicate: bool, job_id: Option<i64>, doing: Doing) -> Taken {
        Taken {
            file,
            duplicate,
            job_id,
            view: self.clone(),
            doing,
        }
    }

    /// Does the work for a request that waits, holding its job, until that is done or nobody waits.
    fn work_here(&self, job: Job, wish: ReadJob, worker: String) -> Doing {
        let assistant = Assistant {
            parts: self.parts.clone(),
        };
        let stop = CancellationToken::new();
        let guard = stop.clone().drop_guard();
        let task = self.parts.tasks.spawn(async move {
            tokio::select! {
                outcome = assistant.read_file(&job, &wish, &worker, true) => {
                    if let Err(error) = &outcome {
                        assistant.leave_to_workers(&job, &worker, error).await;
                    }
                    outcome
                }
                () = assistant.keep_alive(&job, &worker) => Err(AssistantError::Conflict(
                    "Somebody else works on this file by now.".to_owned(),
                )),
                () = stop.cancelled() => {
                    assistant.give_up(&job, &wish, &worker, LEFT).await;
                    Err(AssistantError::Conflict(LEFT.to_owned()))
                }
            }
        });
        Doing::Here { task, guard }
    }
}

impl Assistant {
    /// What failed for a request that waited may succeed later.
    async fn leave_to_workers(&self, job: &Job, worker: &str, error: &AssistantError) {
        let again = self.parts.clock.now() + work::wait(1);
        let why = error.to_string();
        let told = self
            .parts
            .store
            .fail(job.id, worker, &why, Some(again))
            .await;
        if let Err(error) = told {
            tracing::warn!(%error, "a job waits for its lease to end");
        }
    }
}

impl Taken {
    /// Waits for the work. The wait can be given up with [`Taken::go_on`], or the work with it by
    /// dropping this.
    ///
    /// # Errors
    /// The store's and the disk's: a file that cannot be understood is a reading with its own status.
    pub async fn finished(&mut self) -> Result<Reading, AssistantError> {
        match &mut self.doing {
            Doing::Done(reading) => Ok((**reading).clone()),
            Doing::Here { task, .. } => task.await.map_err(AssistantError::internal)?,
            Doing::Elsewhere => {
                let Some(job) = self.job_id else {
                    let gone = crate::Missing::File(self.file.id.to_string());
                    return Err(AssistantError::NotFound(gone));
                };
                Box::pin(self.view.reading_of(job)).await
            }
        }
    }

    /// Lets the work go on without anybody waiting for it.
    pub fn go_on(self) {
        if let Doing::Here { guard, .. } = self.doing {
            guard.disarm();
        }
    }
}
