//! Which account of a request's chain is asked next, and when none is left (contract D8.12).
//!
//! Every account once, in order. Then, while the budget lasts, one of those whose failure may pass,
//! after a random wait; and, for a short while, one that refused before it was asked (its circuit
//! open, its minute full) and will soon take calls again.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::core::Core;
use super::slot::{Refusal, Slot};
use crate::error::FailedAttempt;
use crate::{GatewayConfig, ModelError, retry};

/// Shortest wait for an account that refused.
const SHORTEST_WAIT: Duration = Duration::from_millis(10);

/// When to ask again where a probe is on its way.
const PROBE_WAIT: Duration = Duration::from_secs(1);

/// An account to ask.
pub(super) struct Step {
    pub index: usize,
    pub wait: Duration,
}

enum Stage {
    Fresh,
    Asking,
    Refused(Refusal),
    Failed(ModelError),
}

struct Entry {
    slot: Arc<Slot>,
    model: String,
    stage: Stage,
    tries: u32,
}

pub(super) struct Walk {
    entries: Vec<Entry>,
    retries_left: u32,
    repeated: u32,
    /// How long the request still waits for accounts that refused.
    patience: Duration,
}

impl Walk {
    pub(super) fn new(
        slots: Vec<Arc<Slot>>,
        model_of: impl Fn(&Slot) -> String,
        config: &GatewayConfig,
    ) -> Self {
        let entry = |slot: Arc<Slot>| {
            let model = model_of(&slot);
            Entry {
                slot,
                model,
                stage: Stage::Fresh,
                tries: 0,
            }
        };
        Self {
            entries: slots.into_iter().map(entry).collect(),
            retries_left: config.max_retries,
            repeated: 0,
            patience: config.recovery_wait,
        }
    }

    pub(super) fn slot(&self, index: usize) -> (&Arc<Slot>, &str) {
        let entry = &self.entries[index];
        (&entry.slot, &entry.model)
    }

    /// The next account, with `left` until the deadline. It is taken as asked.
    pub(super) fn next(
        &mut self,
        core: &Core,
        config: &GatewayConfig,
        left: Duration,
    ) -> Option<Step> {
        if left.is_zero() {
            return None;
        }
        if let Some(index) = self.next_fresh() {
            return Some(Step {
                index,
                wait: Duration::ZERO,
            });
        }
        let jitter = retry::full_jitter(
            self.repeated,
            config.retry_base,
            config.retry_cap,
            core.chance(),
        );
        let now = core.now();
        let repetition = (self.retries_left > 0)
            .then(|| self.soonest(left, |e| e.again(jitter, self.patience, now)));
        let recovery = self.soonest(left, |entry| entry.recovers(self.patience, now));
        match (repetition.flatten(), recovery) {
            (Some(step), other) if other.as_ref().is_none_or(|o| step.wait <= o.wait) => {
                if core.bucket().take() {
                    self.retries_left -= 1;
                    self.repeated += 1;
                    return Some(self.ask(step));
                }
                tracing::warn!("no repetition: too many calls fail");
                self.retries_left = 0;
                self.wait_for(other)
            }
            (_, recovery) => self.wait_for(recovery),
        }
    }

    /// The next account not asked yet, taken as asked.
    pub(super) fn next_fresh(&mut self) -> Option<usize> {
        let index = self
            .entries
            .iter()
            .position(|entry| matches!(entry.stage, Stage::Fresh))?;
        self.entries[index].stage = Stage::Asking;
        Some(index)
    }

    /// The account refused before it was asked.
    pub(super) fn refused(&mut self, index: usize, refusal: Refusal) {
        let entry = &mut self.entries[index];
        // What it answered when it was asked says more.
        if entry.tries == 0 {
            entry.stage = Stage::Refused(refusal);
        }
    }

    /// The account was asked and failed.
    pub(super) fn failed(&mut self, index: usize, error: ModelError) {
        let entry = &mut self.entries[index];
        entry.tries += 1;
        entry.stage = Stage::Failed(error);
    }

    /// Why nobody answered: the reason itself where there is one account, else what came of each.
    pub(super) fn into_error(self, now: Timestamp) -> ModelError {
        let waits = self
            .entries
            .iter()
            .filter_map(|entry| entry.refuses_for(now));
        let retry_after = waits.min();
        let mut attempts = Vec::new();
        let mut only = None;
        for entry in self.entries {
            let class = match &entry.stage {
                Stage::Failed(error) => error.class(),
                Stage::Refused(refusal) => refusal.class,
                Stage::Fresh | Stage::Asking => continue,
            };
            attempts.push(FailedAttempt {
                account: entry.slot.account.name.clone(),
                class,
            });
            only = Some(entry);
        }
        match only {
            None => ModelError::Timeout("deadline"),
            Some(entry) if attempts.len() == 1 => entry.into_error(retry_after),
            Some(_) => ModelError::AllFailed {
                attempts,
                retry_after,
            },
        }
    }

    fn soonest(&self, left: Duration, wait: impl Fn(&Entry) -> Option<Duration>) -> Option<Step> {
        let waits = self
            .entries
            .iter()
            .enumerate()
            .filter_map(|(index, entry)| {
                let wait = wait(entry).filter(|wait| *wait < left)?;
                Some((wait, entry.tries, index))
            });
        let (wait, _, index) = waits.min()?;
        Some(Step { index, wait })
    }

    fn wait_for(&mut self, recovery: Option<Step>) -> Option<Step> {
        let step = recovery?;
        self.patience = self.patience.saturating_sub(step.wait);
        Some(self.ask(step))
    }

    fn ask(&mut self, step: Step) -> Step {
        let entry = &mut self.entries[step.index];
        if !matches!(entry.stage, Stage::Failed(_)) {
            entry.stage = Stage::Asking;
        }
        step
    }
}

impl Entry {
    /// How long to wait before it is asked again, if that may help: as long as the provider asked
    /// for, but for our own gates only if they open soon.
    fn again(&self, jitter: Duration, patience: Duration, now: Timestamp) -> Option<Duration> {
        match &self.stage {
            Stage::Failed(error) if error.is_transient() => {}
            _ => return None,
        }
        let Some(refusal) = self.slot.state.known().refusal(&self.model, now) else {
            return Some(jitter);
        };
        let asked_for = matches!(refusal.class, "rate_limited" | "unavailable");
        let wait = refusal.wait.filter(|wait| asked_for || *wait <= patience)?;
        Some(wait.max(jitter))
    }

    /// How long to wait until it no longer refuses, if that is soon.
    fn recovers(&self, patience: Duration, now: Timestamp) -> Option<Duration> {
        let Stage::Refused(refusal) = self.stage else {
            return None;
        };
        let wait = match self.refuses_for(now) {
            Some(wait) => wait,
            None if refusal.class == "model_gone" => return None,
            None => SHORTEST_WAIT,
        };
        Some(wait.max(SHORTEST_WAIT)).filter(|wait| *wait <= patience)
    }

    /// When it may be asked again, as far as that is known.
    fn refuses_for(&self, now: Timestamp) -> Option<Duration> {
        match &self.stage {
            Stage::Failed(error) if !error.is_transient() => return None,
            Stage::Refused(Refusal {
                class: "busy",
                wait,
            }) => return *wait,
            _ => {}
        }
        let refusal = self.slot.state.known().refusal(&self.model, now)?;
        // Nobody knows how long a probe takes that is on its way.
        refusal
            .wait
            .or((refusal.class == "circuit_open").then_some(PROBE_WAIT))
    }

    /// The reason as an error of its own.
    fn into_error(self, retry_after: Option<Duration>) -> ModelError {
        let class = match self.stage {
            Stage::Failed(error) => return error,
            Stage::Refused(refusal) => refusal.class,
            Stage::Fresh | Stage::Asking => return ModelError::Timeout("deadline"),
        };
        let before = "it was refused a short while ago, and is not asked again yet".to_owned();
        match class {
            "model_gone" => ModelError::ModelGone {
                model: self.model,
                message: before,
            },
            "unauthorized" => ModelError::Unauthorized(before),
            "rate_limited" | "rate_window" | "quota" => ModelError::RateLimited { retry_after },
            "busy" => ModelError::Busy,
            _ => ModelError::Unavailable {
                message: class.to_owned(),
                retry_after,
            },
        }
    }
}
