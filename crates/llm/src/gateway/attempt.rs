//! One call at one account, from the permission to make it to its row in the ledger.
//!
//! An attempt is settled exactly once: by success, by failure, or, when it is dropped before either
//! because the caller went away, as aborted. Settling tells breaker, score, quota and pauses, gives
//! the turn back and writes the row.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::time::Instant;
use uuid::Uuid;

use super::call::Answered;
use super::core::Core;
use super::plan::Lineup;
use super::slot::{Admission, Known, Slot, Turn};
use crate::breaker::{CircuitState, Verdict};
use crate::clock::ends;
use crate::ledger::{CallRecord, CallStatus, estimated_tokens, http_status};
use crate::quota::QuotaLevel;
use crate::{ModelError, Usage, Use, prices, retry};

/// What every attempt of a request shares.
#[derive(Debug, Clone)]
pub(super) struct Job {
    pub purpose: Use,
    pub request_id: Uuid,
    pub user: Option<String>,
    /// When the answer, or the first content of a stream, must be there.
    pub deadline: Instant,
    /// When a stream must have ended, if the caller says so.
    pub stream_end: Option<Instant>,
    /// Characters of the prompt.
    pub characters_in: u64,
    /// Characters that prompt and answer may have together.
    pub estimate: u64,
    /// Whether tokens are what this kind of call uses.
    pub counts_tokens: bool,
}

/// What came of a call so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Progress {
    pub usage: Usage,
    pub characters_out: u64,
    /// The model, as it names itself.
    pub model: Option<String>,
}

pub(super) struct Attempt {
    pub core: Arc<Core>,
    pub lineup: Arc<Lineup>,
    pub slot: Arc<Slot>,
    pub job: Job,
    /// The model asked for.
    pub model: String,
    pub progress: Progress,
    /// The account's own time for what is waited for at present.
    pub own_limit: Duration,
    admission: Option<Admission>,
    _turn: Turn,
    number: u32,
    started: Instant,
    created_at: Timestamp,
    first_content: Option<Duration>,
}

enum Outcome<'a> {
    Success,
    Error(&'a ModelError),
    Aborted,
}

/// What the loop has in its hands when it begins a call.
pub(super) struct Permission {
    pub admission: Admission,
    pub turn: Turn,
    pub number: u32,
    pub model: String,
}

impl Attempt {
    pub(super) fn begin(
        core: &Arc<Core>,
        lineup: &Arc<Lineup>,
        slot: &Arc<Slot>,
        job: &Job,
        permission: Permission,
    ) -> Self {
        let account = slot.account.name.as_str();
        if permission.admission.window_warning {
            tracing::warn!(account, "80 % of this minute's calls are made");
        }
        *core.counters().calls.entry(account.to_owned()).or_default() += 1;
        Self {
            core: Arc::clone(core),
            lineup: Arc::clone(lineup),
            slot: Arc::clone(slot),
            job: job.clone(),
            model: permission.model,
            progress: Progress::default(),
            own_limit: slot.account.limits.timeout_for(job.purpose),
            admission: Some(permission.admission),
            _turn: permission.turn,
            number: permission.number,
            started: Instant::now(),
            created_at: core.now(),
            first_content: None,
        }
    }

    /// Waits for a step of the call, for the account's time or until the request's deadline.
    pub(super) async fn in_time<T>(
        &self,
        own: Duration,
        what: &'static str,
        step: impl Future<Output = Result<T, ModelError>>,
    ) -> Result<T, ModelError> {
        let own_end = ends(self.started, own);
        let (end, what) = if self.job.deadline < own_end {
            (self.job.deadline, "deadline")
        } else {
            (own_end, what)
        };
        tokio::time::timeout_at(end, step)
            .await
            .unwrap_or(Err(ModelError::Timeout(what)))
    }

    /// Content has come: from here on the time of a stream is measured otherwise.
    pub(super) fn note_content(&mut self) {
        self.first_content
            .get_or_insert_with(|| self.started.elapsed());
    }

    /// When a stream must have ended.
    pub(super) fn stream_end(&self) -> (Instant, &'static str) {
        let own = ends(self.started, self.slot.account.limits.stream_total);
        match self.job.stream_end {
            Some(end) if end < own => (end, "deadline"),
            _ => (own, "total"),
        }
    }

    /// The call has its answer.
    pub(super) fn succeed(&mut self) {
        self.settle(&Outcome::Success);
    }

    /// The call has failed.
    pub(super) fn fail(&mut self, error: &ModelError) {
        self.settle(&Outcome::Error(error));
    }

    fn settle(&mut self, outcome: &Outcome<'_>) {
        let Some(admission) = self.admission.take() else {
            return;
        };
        let latency = self.started.elapsed();
        let now = self.core.now();
        let verdict = self.verdict(outcome, latency);
        if let Outcome::Error(_) = outcome {
            let account = self.slot.account.name.clone();
            *self.core.counters().failures.entry(account).or_default() += 1;
        }
        let (circuit, level) = {
            let mut known = self.slot.state.known();
            self.tell(&mut known, outcome, verdict, latency, now);
            let (requests, characters) = self.used(outcome);
            let circuit = known.breaker.settle(admission.ticket, verdict, now);
            (
                circuit,
                known
                    .quota
                    .settle(admission.reservation, requests, characters, now),
            )
        };
        if circuit.is_some() {
            self.core.note_circuit();
        }
        let row = self.row(outcome, latency);
        log(&row, circuit, level);
        self.core.record(row);
    }

    /// Whether the provider is to blame. A deadline that left less than half of the account's own
    /// time says nothing about the provider.
    fn verdict(&self, outcome: &Outcome<'_>, latency: Duration) -> Verdict {
        match outcome {
            Outcome::Success => Verdict::Success,
            Outcome::Error(ModelError::Timeout("deadline"))
                if self.first_content.is_some() || latency * 2 < self.own_limit =>
            {
                Verdict::Neutral
            }
            Outcome::Error(error) if error.is_provider_fault() => Verdict::Failure,
            Outcome::Error(_) | Outcome::Aborted => Verdict::Neutral,
        }
    }

    /// Keeps what the outcome says about the account: its score, and pauses.
    fn tell(
        &self,
        known: &mut Known,
        outcome: &Outcome<'_>,
        verdict: Verdict,
        latency: Duration,
        now: Timestamp,
    ) {
        let config = &self.lineup.config;
        let error = match outcome {
            Outcome::Success => {
                known.rate_limited = 0;
                known
                    .health
                    .success(self.first_content.unwrap_or(latency), now);
                return;
            }
            Outcome::Aborted => return,
            Outcome::Error(error) => error,
        };
        known.failures += 1;
        known.last_error = Some(error.class());
        if verdict == Verdict::Failure {
            known.health.failure(now);
        }
        match error {
            ModelError::RateLimited { retry_after } => {
                let wait = retry_after.unwrap_or_else(|| {
                    retry::longest_wait(known.rate_limited, config.retry_base, config.retry_cap)
                });
                known.rate_limited = known.rate_limited.saturating_add(1);
                known.pause("rate_limited", wait.min(config.rate_limit_pause), now);
            }
            ModelError::Unavailable {
                retry_after: Some(wait),
                ..
            } => {
                known.pause("unavailable", (*wait).min(config.rate_limit_pause), now);
            }
            ModelError::Unauthorized(_) => {
                known.health.failure(now);
                known.pause(error.class(), config.refused_pause, now);
            }
            ModelError::ModelGone { .. } => {
                known.note_gone(&self.model, config.refused_pause, now);
            }
            _ => {}
        }
    }

    /// Requests and characters that count against the quota: none where the provider did no work.
    fn used(&self, outcome: &Outcome<'_>) -> (u64, u64) {
        let characters = self
            .job
            .characters_in
            .saturating_add(self.progress.characters_out);
        match outcome {
            Outcome::Success | Outcome::Aborted => (1, characters),
            Outcome::Error(
                ModelError::RateLimited { .. }
                | ModelError::Unauthorized(_)
                | ModelError::NotConfigured(_)
                | ModelError::Busy,
            ) => (0, 0),
            Outcome::Error(_) if self.progress.characters_out > 0 => (1, characters),
            Outcome::Error(_) => (1, 0),
        }
    }

    fn row(&self, outcome: &Outcome<'_>, latency: Duration) -> CallRecord {
        let account = &self.slot.account;
        let (status, error) = match outcome {
            Outcome::Success => (CallStatus::Success, None),
            Outcome::Error(error) => (CallStatus::Error, Some(*error)),
            Outcome::Aborted => (CallStatus::Aborted, None),
        };
        let model = self.answering_model();
        let (usage, estimated) = self.usage(outcome);
        let own = &self.lineup.config.prices;
        let price = prices::micro_usd(own, &model, account.model_type, usage)
            .or_else(|| prices::micro_usd(own, &self.model, account.model_type, usage));
        CallRecord {
            id: self.core.new_id(),
            request_id: self.job.request_id,
            purpose: self.job.purpose,
            account: account.name.clone(),
            kind: account.kind.clone(),
            model_type: account.model_type,
            model,
            status,
            error_class: error.map(ModelError::class),
            http_status: match error {
                Some(error) => http_status(error),
                None => (status == CallStatus::Success).then_some(200),
            },
            input_tokens: usage.input_tokens,
            output_tokens: usage.output_tokens,
            estimated,
            characters_in: self.job.characters_in,
            characters_out: self.progress.characters_out,
            latency,
            first_token: self.first_content,
            attempt: self.number,
            price,
            created_at: self.created_at,
            user: self.job.user.clone(),
        }
    }

    /// The answer, and whose it is.
    pub(super) fn answered<T>(&self, value: T) -> Answered<T> {
        Answered::by(&self.slot.account, self.answering_model(), value)
    }

    /// The model as it names itself, or else the one asked for.
    fn answering_model(&self) -> String {
        let named = self
            .progress
            .model
            .as_ref()
            .filter(|model| !model.is_empty());
        named.unwrap_or(&self.model).clone()
    }

    /// The tokens used, and whether some of them had to be estimated.
    fn usage(&self, outcome: &Outcome<'_>) -> (Usage, bool) {
        let told = self.progress.usage;
        let worked = !matches!(outcome, Outcome::Error(_)) || self.progress.characters_out > 0;
        let missing = told.input_tokens.is_none() || told.output_tokens.is_none();
        if !(self.job.counts_tokens && worked && missing) {
            return (told, false);
        }
        let input = || estimated_tokens(self.job.characters_in);
        let output = || estimated_tokens(self.progress.characters_out);
        let usage = Usage {
            input_tokens: told.input_tokens.or_else(|| Some(input())),
            output_tokens: told.output_tokens.or_else(|| Some(output())),
            ..told
        };
        (usage, true)
    }
}

impl Drop for Attempt {
    fn drop(&mut self) {
        self.settle(&Outcome::Aborted);
    }
}

fn log(row: &CallRecord, circuit: Option<CircuitState>, level: Option<QuotaLevel>) {
    let account = row.account.as_str();
    let seconds = row.latency.as_secs_f64();
    tracing::info!(
        account, request_id = %row.request_id, purpose = %row.purpose, model = row.model,
        status = row.status.as_str(), class = row.error_class, seconds, "model call"
    );
    match circuit {
        Some(CircuitState::Open) => tracing::warn!(account, "circuit opened"),
        Some(CircuitState::Closed) => tracing::info!(account, "circuit closed"),
        Some(CircuitState::HalfOpen) | None => {}
    }
    match level {
        Some(QuotaLevel::Warning) => tracing::warn!(account, "80 % of the quota is used"),
        Some(QuotaLevel::Critical) => tracing::warn!(account, "90 % of the quota is used"),
        Some(QuotaLevel::Disabled) => {
            tracing::error!(account, "the quota is used up; the account rests");
        }
        Some(QuotaLevel::Available) | None => {}
    }
}
