//! Jobs: rows that workers claim for a while (design decision 7).
//!
//! A claim is a lease. A worker that lives renews it; the jobs of one that died are claimed by
//! others when it runs out. Only the worker that holds a job can finish it, so that one that was
//! given up and comes back cannot undo what another did.

use domain::job::{Job, JobState, NewJob};
use domain::page::Page;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::StoreError;
use crate::link::Link;
use crate::operations::operations;
use crate::row::Row;
use crate::statement::{Statement, json};

operations! {
    /// Writes a job; `None` if an unfinished one has the same dedupe key.
    write fn enqueue(new: NewJob) -> Option<Job>;
    /// Writes a job that a worker has begun already; `None` as for `enqueue`.
    atomic fn enqueue_held(new: NewJob, worker: &str, lease: SignedDuration) -> Option<Job>;
    /// Takes jobs of these kinds whose time has come, or whose worker was silent for too long,
    /// the longest due first. A job that spent its last attempt on a worker that was silent is
    /// given up.
    write fn claim(worker: &str, kinds: &[&str], lease: SignedDuration, limit: u32) -> Vec<Job>;
    /// Holds a job for longer, from now; false if the worker does not hold it any more.
    write fn renew(job_id: i64, worker: &str, lease: SignedDuration) -> bool;
    /// Keeps how far a job has come, as its result until it ends; false if the worker does not hold
    /// it any more.
    write fn note_progress(job_id: i64, worker: &str, progress: Value) -> bool;
    /// Ends a job well; false if the worker does not hold it any more.
    write fn finish(job_id: i64, worker: &str, result: Option<Value>) -> bool;
    /// Ends an attempt badly. The job is tried again at `retry_at`; it is dead without, and after
    /// its last attempt. False if the worker does not hold it any more.
    write fn fail(
        job_id: i64, worker: &str, error: &str, retry_at: Option<Timestamp>,
    ) -> bool;
    /// A job.
    read fn job(id: i64) -> Job;
    /// The newest job with this dedupe key, if there is one.
    read fn job_of(dedupe: &str) -> Option<Job>;
    /// Jobs, newest first.
    read fn jobs(state: Option<JobState>, kind: Option<&str>, page: Page) -> Vec<Job>;
    /// Tries a dead job again, with all its attempts, or a waiting one at once. `Conflict` if it
    /// is running, done, or replaced by one with the same dedupe key.
    atomic fn retry_job(id: i64) -> Job;
    /// How many jobs there are, by kind and state.
    read fn queue_depth() -> Vec<QueueDepth>;
    /// Gives back what a worker holds, as if it had never been claimed; tells how many.
    write fn release(worker: &str) -> u64;
    /// Forgets jobs that were done before a moment, at most so many; tells how many.
    write fn sweep_jobs(done_before: Timestamp, most: u32) -> u64;
}

/// Kind, state, and how many jobs of them there are.
pub type QueueDepth = (String, JobState, i64);

const COLUMNS: &str = "id, kind, payload, state, attempts, max_attempts, run_at, lease_until, \
     worker, last_error, result, created_at, updated_at";

impl Link {
    async fn enqueue(&mut self, new: NewJob) -> Result<Option<Job>, StoreError> {
        let now = self.now();
        let insert = Statement::new(format!(
            "INSERT INTO jobs (kind, payload, state, attempts, max_attempts, run_at, dedupe, \
             created_at, updated_at) VALUES ($1, $2, 'ready', 0, $3, $4, $5, $6, $6) \
             ON CONFLICT (dedupe) WHERE state IN ('ready', 'running') DO NOTHING \
             RETURNING {COLUMNS}"
        ))
        .bind(new.kind)
        .bind(new.payload.to_string())
        .bind(new.max_attempts.max(1))
        .bind(new.run_at.unwrap_or(now))
        .bind(new.dedupe)
        .bind(now);
        self.optional(insert).await?.as_ref().map(read).transpose()
    }

    async fn enqueue_held(
        &mut self,
        new: NewJob,
        worker: &str,
        lease: SignedDuration,
    ) -> Result<Option<Job>, StoreError> {
        let Some(job) = self.enqueue(new).await? else {
            return Ok(None);
        };
        let now = self.now();
        let hold = Statement::new(format!(
            "UPDATE jobs SET state = 'running', worker = $2, lease_until = $3, attempts = 1 \
             WHERE id = $1 AND state = 'ready' RETURNING {COLUMNS}"
        ));
        let hold = hold.bind(job.id).bind(worker).bind(after(now, lease));
        self.optional(hold).await?.as_ref().map(read).transpose()
    }

    async fn claim(
        &mut self,
        worker: &str,
        kinds: &[&str],
        lease: SignedDuration,
        limit: u32,
    ) -> Result<Vec<Job>, StoreError> {
        let now = self.now();
        // The rows are picked first, as PostgreSQL could otherwise pick anew for each row it
        // changes. Those without an attempt left die here.
        let claim = Statement::new(format!(
            "WITH due AS MATERIALIZED (SELECT id FROM jobs WHERE \
                 (state = 'ready' AND run_at <= $3 OR state = 'running' AND lease_until <= $3) \
                 AND kind IN {} ORDER BY run_at, id LIMIT $5{}) \
             UPDATE jobs SET updated_at = $3, worker = $1, \
             last_error = CASE WHEN state = 'running' \
                 THEN 'worker ' || COALESCE(worker, '') || ' was silent' ELSE last_error END, \
             state = CASE WHEN attempts < max_attempts THEN 'running' ELSE 'dead' END, \
             lease_until = CASE WHEN attempts < max_attempts THEN $2 END, \
             attempts = CASE WHEN attempts < max_attempts THEN attempts + 1 ELSE attempts END \
             WHERE id IN (SELECT id FROM due) RETURNING {COLUMNS}",
            self.dialect().texts(4),
            self.dialect().skip_locked(),
        ))
        .bind(worker)
        .bind(after(now, lease))
        .bind(now)
        .bind(json(kinds)?)
        .bind(i64::from(limit));
        let mut jobs = self.list(claim, read).await?;
        jobs.retain(|job| job.state == JobState::Running);
        jobs.sort_by_key(|job| (job.run_at, job.id));
        Ok(jobs)
    }

    async fn renew(
        &mut self,
        job_id: i64,
        worker: &str,
        lease: SignedDuration,
    ) -> Result<bool, StoreError> {
        let now = self.now();
        let renew = Statement::new(
            "UPDATE jobs SET lease_until = $3, updated_at = $4 \
             WHERE id = $1 AND worker = $2 AND state = 'running'",
        );
        let renew = renew
            .bind(job_id)
            .bind(worker)
            .bind(after(now, lease))
            .bind(now);
        Ok(self.execute(renew).await? > 0)
    }

    async fn note_progress(
        &mut self,
        job_id: i64,
        worker: &str,
        progress: Value,
    ) -> Result<bool, StoreError> {
        let now = self.now();
        let note = Statement::new(
            "UPDATE jobs SET result = $3, updated_at = $4 \
             WHERE id = $1 AND worker = $2 AND state = 'running'",
        );
        let note = note
            .bind(job_id)
            .bind(worker)
            .bind(progress.to_string())
            .bind(now);
        Ok(self.execute(note).await? > 0)
    }

    async fn finish(
        &mut self,
        job_id: i64,
        worker: &str,
        result: Option<Value>,
    ) -> Result<bool, StoreError> {
        let now = self.now();
        let finish = Statement::new(
            "UPDATE jobs SET state = 'done', result = $3, lease_until = NULL, updated_at = $4 \
             WHERE id = $1 AND worker = $2 AND state = 'running'",
        );
        let result = result.map(|result| result.to_string());
        let finish = finish.bind(job_id).bind(worker).bind(result).bind(now);
        Ok(self.execute(finish).await? > 0)
    }

    async fn fail(
        &mut self,
        job_id: i64,
        worker: &str,
        error: &str,
        retry_at: Option<Timestamp>,
    ) -> Result<bool, StoreError> {
        let now = self.now();
        let fail = Statement::new(
            "UPDATE jobs SET lease_until = NULL, last_error = $3, result = NULL, updated_at = $5, \
             state = CASE WHEN $4 IS NULL OR attempts >= max_attempts THEN 'dead' ELSE 'ready' END, \
             worker = CASE WHEN $4 IS NULL OR attempts >= max_attempts THEN worker END, \
             run_at = COALESCE($4, run_at) \
             WHERE id = $1 AND worker = $2 AND state = 'running'",
        );
        let fail = fail
            .bind(job_id)
            .bind(worker)
            .bind(error)
            .bind(retry_at)
            .bind(now);
        Ok(self.execute(fail).await? > 0)
    }

    async fn job(&mut self, id: i64) -> Result<Job, StoreError> {
        let select = format!("SELECT {COLUMNS} FROM jobs WHERE id = $1");
        read(&self.one(Statement::new(select).bind(id)).await?)
    }

    async fn job_of(&mut self, dedupe: &str) -> Result<Option<Job>, StoreError> {
        let select = Statement::new(format!("SELECT {COLUMNS} FROM jobs WHERE dedupe = "))
            .push_bind(dedupe)
            .push(" ORDER BY id DESC LIMIT 1");
        self.optional(select).await?.as_ref().map(read).transpose()
    }

    async fn jobs(
        &mut self,
        state: Option<JobState>,
        kind: Option<&str>,
        page: Page,
    ) -> Result<Vec<Job>, StoreError> {
        let select = Statement::new(format!("SELECT {COLUMNS} FROM jobs WHERE TRUE"))
            .and_equal("state", state.map(JobState::as_str))
            .and_equal("kind", kind)
            .push(" ORDER BY id DESC");
        self.list(select.page(page), read).await
    }

    async fn retry_job(&mut self, id: i64) -> Result<Job, StoreError> {
        let select = Statement::new(format!(
            "SELECT {COLUMNS} FROM jobs WHERE id = $1{}",
            self.dialect().lock_rows()
        ));
        let job = read(&self.one(select.bind(id)).await?)?;
        if matches!(job.state, JobState::Running | JobState::Done) {
            return Err(StoreError::Conflict(format!("job {id} is {}", job.state)));
        }
        let now = self.now();
        let retry = Statement::new(format!(
            "UPDATE jobs SET attempts = CASE WHEN state = 'dead' THEN 0 ELSE attempts END, \
             state = 'ready', worker = NULL, lease_until = NULL, run_at = $2, updated_at = $2 \
             WHERE id = $1 RETURNING {COLUMNS}"
        ));
        let row = self.one(retry.bind(id).bind(now)).await;
        let replaced = format!("job {id} was replaced by a newer one");
        read(&row.map_err(|error| error.in_conflict(&replaced))?)
    }

    async fn queue_depth(&mut self) -> Result<Vec<QueueDepth>, StoreError> {
        let count = Statement::new(
            "SELECT kind, state, COUNT(*) AS n FROM jobs GROUP BY kind, state ORDER BY kind, state",
        );
        self.list(count, |row| {
            Ok((row.get("kind")?, row.parsed("state")?, row.get("n")?))
        })
        .await
    }

    async fn release(&mut self, worker: &str) -> Result<u64, StoreError> {
        let now = self.now();
        let release = Statement::new(
            "UPDATE jobs SET state = 'ready', worker = NULL, lease_until = NULL, \
             attempts = attempts - 1, updated_at = $2 WHERE worker = $1 AND state = 'running'",
        );
        self.execute(release.bind(worker).bind(now)).await
    }

    async fn sweep_jobs(&mut self, done_before: Timestamp, most: u32) -> Result<u64, StoreError> {
        let sweep = Statement::new(
            "DELETE FROM jobs WHERE id IN (SELECT id FROM jobs \
             WHERE state = 'done' AND updated_at < $1 ORDER BY id LIMIT $2)",
        );
        self.execute(sweep.bind(done_before).bind(i64::from(most)))
            .await
    }
}

/// The end of a lease; the end of time, if it is beyond that.
fn after(now: Timestamp, lease: SignedDuration) -> Timestamp {
    now.checked_add(lease).unwrap_or(Timestamp::MAX)
}

fn read(row: &Row) -> Result<Job, StoreError> {
    Ok(Job {
        id: row.get("id")?,
        kind: row.get("kind")?,
        payload: row.json("payload")?,
        state: row.parsed("state")?,
        attempts: row.get("attempts")?,
        max_attempts: row.get("max_attempts")?,
        run_at: row.moment("run_at")?,
        lease_until: row.opt_moment("lease_until")?,
        worker: row.get("worker")?,
        last_error: row.get("last_error")?,
        result: row.opt_json("result")?,
        created_at: row.moment("created_at")?,
        updated_at: row.moment("updated_at")?,
    })
}
