//! Keeping the ledger of model calls (contract 7.3): rows are taken on the request path without
//! waiting, and written in batches beside it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use domain::call::{CallStatus, ModelCall};
use llm::{CallRecord, LedgerSink};
use store::Store;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// Rows that may wait to be written; more are dropped, and told.
const WAITING: usize = 10_000;
/// Rows written in one transaction.
const BATCH: usize = 256;
/// First wait before rows that could not be written are tried again; it doubles.
const FIRST_WAIT: Duration = Duration::from_millis(500);
/// Longest such wait.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// Takes the rows.
#[derive(Debug)]
pub struct Ledger {
    rows: mpsc::Sender<ModelCall>,
    dropped: Arc<AtomicU64>,
}

/// Writes the rows.
#[derive(Debug)]
pub struct LedgerWriter {
    rows: mpsc::Receiver<ModelCall>,
    dropped: Arc<AtomicU64>,
}

/// A ledger, and what has to run beside it.
pub fn ledger() -> (Ledger, LedgerWriter) {
    let (sender, receiver) = mpsc::channel(WAITING);
    let dropped = Arc::<AtomicU64>::default();
    let writer = LedgerWriter {
        rows: receiver,
        dropped: Arc::clone(&dropped),
    };
    (
        Ledger {
            rows: sender,
            dropped,
        },
        writer,
    )
}

impl LedgerSink for Ledger {
    fn record(&self, record: CallRecord) {
        if self.rows.try_send(row(record)).is_err() {
            self.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl LedgerWriter {
    /// Writes rows as they come until `stop` is cancelled, then those that wait, once more.
    pub async fn run(mut self, store: Store, stop: CancellationToken) {
        let mut batch = Vec::with_capacity(BATCH);
        loop {
            let received = tokio::select! {
                received = self.rows.recv_many(&mut batch, BATCH) => received,
                () = stop.cancelled() => 0,
            };
            if received == 0 {
                break;
            }
            self.write(&store, &mut batch, &stop).await;
        }
        self.rows.close();
        // A batch the stop interrupted comes before those that still wait.
        while let Ok(row) = self.rows.try_recv() {
            batch.push(row);
        }
        for rows in batch.chunks(BATCH) {
            if let Err(error) = store.add_calls(rows).await {
                tracing::warn!(%error, "model calls of the last moments could not be kept");
                return;
            }
        }
    }

    /// Writes a batch, as often as it takes; the same rows may be given twice.
    async fn write(&self, store: &Store, batch: &mut Vec<ModelCall>, stop: &CancellationToken) {
        let mut wait = FIRST_WAIT;
        loop {
            match store.add_calls(batch).await {
                Ok(()) => {
                    batch.clear();
                    let dropped = self.dropped.swap(0, Ordering::Relaxed);
                    if dropped > 0 {
                        tracing::warn!(dropped, "model calls were not kept: too many at once");
                    }
                    return;
                }
                Err(store::StoreError::Unavailable(error)) => {
                    tracing::warn!(%error, "model calls wait for the database");
                }
                Err(error) => {
                    // The same rows would fail again.
                    tracing::error!(%error, lost = batch.len(), "model calls could not be kept");
                    batch.clear();
                    return;
                }
            }
            tokio::select! {
                () = tokio::time::sleep(wait) => wait = (wait * 2).min(LONGEST_WAIT),
                () = stop.cancelled() => return,
            }
        }
    }
}

fn row(record: CallRecord) -> ModelCall {
    let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let millis = |time: Duration| i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
    ModelCall {
        id: record.id,
        request_id: record.request_id,
        user_id: record.user,
        purpose: record.purpose.as_str().to_owned(),
        provider: record.account,
        model_type: record.model_type.as_str().to_owned(),
        model: record.model,
        status: match record.status {
            llm::CallStatus::Success => CallStatus::Success,
            llm::CallStatus::Error => CallStatus::Error,
            llm::CallStatus::Cached => CallStatus::Cached,
            llm::CallStatus::Aborted => CallStatus::Aborted,
        },
        error_class: record.error_class.map(str::to_owned),
        input_tokens: record.input_tokens.map(count),
        output_tokens: record.output_tokens.map(count),
        characters: count(record.characters_in.saturating_add(record.characters_out)),
        usage_estimated: record.estimated,
        cost_micros: record.price.map(count),
        latency_ms: millis(record.latency),
        first_token_ms: record.first_token.map(millis),
        created_at: record.created_at,
    }
}

#[cfg(test)]
mod tests;
