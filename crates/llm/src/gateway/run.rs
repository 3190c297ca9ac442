//! The loop: one request, one deadline, one budget of attempts.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use futures_util::future::{Either, select};
use tokio::time::{Instant, sleep, timeout};

use super::Gateway;
use super::ask::Ask;
use super::attempt::{Attempt, Job, Permission};
use super::call::{Answered, CacheNote, Call};
use super::plan::Lineup;
use super::slot::{Refusal, Slot};
use super::walk::Walk;
use crate::clock::ends;
use crate::{ModelError, Use};

/// Why an account gave no answer.
enum Missed {
    /// It was not asked.
    Refused(Refusal),
    /// It was, in vain.
    Failed(ModelError),
}

/// A request on its way.
struct Run<A> {
    lineup: Arc<Lineup>,
    job: Job,
    ask: A,
    /// Calls made so far.
    calls: AtomicU32,
}

impl Gateway {
    pub(super) async fn run<A: Ask>(
        &self,
        purpose: Use,
        call: &Call,
        ask: A,
    ) -> Result<Answered<A::Answer>, ModelError> {
        let begun = Instant::now();
        let lineup = self.current();
        let slots = lineup.order(purpose, call, A::offers, self.now());
        if slots.is_empty() {
            let message = format!("nothing is set up that could answer for {purpose}");
            return Err(ModelError::NotConfigured(message));
        }
        let order = || -> Vec<&str> {
            slots
                .iter()
                .map(|slot| slot.account.name.as_str())
                .collect()
        };
        tracing::debug!(%purpose, request_id = %call.request_id, order = ?order(), "accounts chosen");
        self.core.bucket().earn();
        let model_of = |slot: &Slot| ask.model(&slot.account, purpose);
        let mut walk = Walk::new(slots, model_of, &lineup.config);
        let job = job(purpose, call, begun, &lineup, &ask);
        let run = Run {
            lineup,
            job,
            ask,
            calls: AtomicU32::new(0),
        };

        while let Some(step) = walk.next(&self.core, &run.lineup.config, run.left()) {
            if !step.wait.is_zero() {
                sleep(step.wait).await;
            }
            let missed = match self.hedged(&run, &mut walk, step.index).await {
                Ok(mut answered) => {
                    answered.latency = begun.elapsed();
                    answered.attempts = run.calls.load(Ordering::Relaxed);
                    return Ok(answered);
                }
                Err(missed) => missed,
            };
            for (index, missed) in missed {
                match missed {
                    Missed::Refused(refusal) => walk.refused(index, refusal),
                    Missed::Failed(error @ ModelError::BadRequest(_)) => return Err(error),
                    Missed::Failed(error) => walk.failed(index, error),
                }
            }
        }
        Err(walk.into_error(self.now()))
    }

    /// Asks one account, and beside it the next when the answer takes long and that is wanted. The
    /// first answer counts; the other call is dropped, and with it cancelled.
    async fn hedged<A: Ask>(
        &self,
        run: &Run<A>,
        walk: &mut Walk,
        first: usize,
    ) -> Result<Answered<A::Answer>, Vec<(usize, Missed)>> {
        let (slot, model) = walk.slot(first);
        let (slot, model) = (Arc::clone(slot), model.to_owned());
        let mut one = pin!(self.attempt(run, &slot, model));
        let alone = |missed| vec![(first, missed)];
        let Some(after) = run.lineup.config.hedge_after else {
            return one.await.map_err(alone);
        };
        if let Ok(result) = timeout(after, &mut one).await {
            return result.map_err(alone);
        }
        let Some(second) = walk.next_fresh() else {
            return one.await.map_err(alone);
        };
        let (slot, model) = walk.slot(second);
        let (slot, model) = (Arc::clone(slot), model.to_owned());
        let two = pin!(self.attempt(run, &slot, model));
        let (loser, missed, rest) = match select(one, two).await {
            Either::Left((Ok(answered), _)) | Either::Right((Ok(answered), _)) => {
                return Ok(answered);
            }
            Either::Left((Err(missed), rest)) => (first, missed, (second, rest.await)),
            Either::Right((Err(missed), rest)) => (second, missed, (first, rest.await)),
        };
        let (index, result) = rest;
        result.map_err(|other| vec![(loser, missed), (index, other)])
    }

    /// Asks one account: a look at its gates, its queue, the gates in earnest, the call.
    async fn attempt<A: Ask>(
        &self,
        run: &Run<A>,
        slot: &Arc<Slot>,
        model: String,
    ) -> Result<Answered<A::Answer>, Missed> {
        let refusal = slot.state.known().refusal(&model, self.now());
        if let Some(refusal) = refusal {
            return Err(Missed::Refused(refusal));
        }
        let queue_end = run.job.deadline.min(ends(
            Instant::now(),
            slot.account.limits.timeout_for(run.job.purpose),
        ));
        let turn = slot.turns.take(queue_end).await.map_err(Missed::Refused)?;
        let now = self.now();
        let admission = slot.state.known().admit(&model, run.job.estimate, now);
        let admission = admission.map_err(Missed::Refused)?;
        let number = run.calls.fetch_add(1, Ordering::Relaxed) + 1;
        let permission = Permission {
            admission,
            turn,
            number,
            model,
        };
        let attempt = Attempt::begin(&self.core, &run.lineup, slot, &run.job, permission);
        run.ask.call(attempt).await.map_err(Missed::Failed)
    }

    pub(super) fn count(&self, call: &Call) {
        let mut counters = self.core.counters();
        counters.requests += 1;
        counters.cache_misses += u64::from(call.cache == CacheNote::Miss);
    }
}

impl<A> Run<A> {
    fn left(&self) -> std::time::Duration {
        self.job.deadline.saturating_duration_since(Instant::now())
    }
}

fn job<A: Ask>(purpose: Use, call: &Call, begun: Instant, lineup: &Lineup, ask: &A) -> Job {
    let characters_in = ask.characters();
    Job {
        purpose,
        request_id: call.request_id,
        user: call.user.clone(),
        deadline: ends(begun, call.deadline.unwrap_or(lineup.config.deadline)),
        stream_end: call.deadline.map(|deadline| ends(begun, deadline)),
        characters_in,
        estimate: characters_in.saturating_add(ask.most_characters_out()),
        counts_tokens: A::COUNTS_TOKENS,
    }
}
