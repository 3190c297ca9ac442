//! How far the work on a file is, for whoever looks: now, or whenever that changes.

use std::time::Duration;

use domain::file::{File, Processing};
use domain::job::{Job, JobState};

use super::{ReadJob, Record};
use crate::read::Reading;
use crate::{AssistantError, Missing, View};

/// How often another process is asked, which tells nobody here of its steps.
const LOOK: Duration = Duration::from_secs(1);

/// How far a job is.
#[derive(Debug, Clone)]
pub struct JobView {
    /// The job.
    pub job: Job,
    /// Pending, being processed, completed or failed.
    pub state: Processing,
    /// What is done, from 0 to 1.
    pub share: f64,
    /// What is being done.
    pub doing: Option<String>,
    /// Why it failed.
    pub reason: Option<String>,
    /// The file, where it is one that is worked on.
    pub file: Option<File>,
    /// What came of reading it.
    pub reading: Option<Box<Reading>>,
}

impl JobView {
    /// Whether nothing more will come.
    pub fn is_over(&self) -> bool {
        matches!(self.state, Processing::Completed | Processing::Failed)
    }

    /// Whether it looks the same as another.
    fn is_like(&self, other: &Self) -> bool {
        self.state == other.state
            && self.doing == other.doing
            && (self.share - other.share).abs() < f64::EPSILON
    }

    /// What the row says.
    pub fn of(job: Job) -> Self {
        let state = match job.state {
            JobState::Ready => Processing::Pending,
            JobState::Running => Processing::Running,
            JobState::Done => Processing::Completed,
            JobState::Dead => Processing::Failed,
        };
        let told = job.result.as_ref();
        let share = told.and_then(|told| told.get("progress")?.as_f64());
        let doing = told.and_then(|told| told.get("step")?.as_str().map(str::to_owned));
        let reason = (state == Processing::Failed)
            .then(|| job.last_error.clone())
            .flatten();
        Self {
            share: match state {
                Processing::Completed => 1.0,
                _ => share.unwrap_or_default(),
            },
            doing,
            state,
            reason,
            job,
            file: None,
            reading: None,
        }
    }
}

impl View {
    /// How far a job is. Jobs of another person's files are not there (contract D8.21).
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn job_view(&self, id: i64) -> Result<JobView, AssistantError> {
        let job = self.store().job(id).await;
        let job = job.map_err(AssistantError::missing(Missing::Job(id)))?;
        let read = (job.kind == ReadJob::KIND)
            .then(|| ReadJob::of(&job.payload))
            .flatten();
        let mut view = JobView::of(job);
        let Some(read) = read else { return Ok(view) };
        if self.owner.is_some() && self.owner != read.user_id {
            return Err(AssistantError::NotFound(Missing::Job(id)));
        }
        let file = self.store().file(read.file_id, self.owner()).await.ok();
        if view.is_over()
            && let Some(file) = &file
        {
            view.reading = Record::of(file).reading.map(Box::new);
        }
        view.file = file;
        Ok(view)
    }

    /// How far the work on a file is: its newest job; nothing if there never was one.
    ///
    /// # Errors
    /// Only the store's.
    pub async fn file_view(&self, file: &File) -> Result<Option<JobView>, AssistantError> {
        let job = self.store().job_of(&ReadJob::key(file.id)).await?;
        Ok(job.map(JobView::of))
    }

    /// Why nothing, or nothing newer, came of reading a file.
    pub fn failure(&self, file: &File) -> Option<String> {
        Record::of(file).reason
    }

    /// What came of reading a file, if it was read.
    pub fn reading(&self, file: &File) -> Option<Reading> {
        Record::of(file).reading
    }

    /// Waits until a job looks different from `seen`.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn job_after(
        &self,
        id: i64,
        seen: Option<&JobView>,
    ) -> Result<JobView, AssistantError> {
        loop {
            // Listened to before looking, so that no step falls in between.
            let mut changed = std::pin::pin!(self.parts.changed.notified());
            changed.as_mut().enable();
            let view = self.job_view(id).await?;
            if seen.is_none_or(|seen| !view.is_like(seen)) {
                return Ok(view);
            }
            tokio::select! {
                () = changed => {}
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    /// Waits until a job is over, and gives what came of it.
    pub(super) async fn reading_of(&self, job: i64) -> Result<Reading, AssistantError> {
        let mut seen = None;
        loop {
            let view = self.job_after(job, seen.as_ref()).await?;
            if !view.is_over() {
                seen = Some(view);
                continue;
            }
            let reason = view.reason.unwrap_or_default();
            return view
                .reading
                .map(|reading| *reading)
                .ok_or(AssistantError::Unavailable {
                    message: format!("The file could not be worked on: {reason}"),
                    retry_after: None,
                    cause: None,
                });
        }
    }
}
