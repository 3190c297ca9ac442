//! What all requests share beside the accounts: clock, chance, ledger, retry bucket, counters.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use tokio::sync::watch;
use uuid::{NoContext, Uuid};

use crate::ledger::{CallRecord, LedgerSink};
use crate::retry::RetryBucket;
use crate::{Clock, GatewayConfig};

pub(super) struct Core {
    clock: Clock,
    chance: Box<dyn Fn() -> f64 + Send + Sync>,
    ledger: Arc<dyn LedgerSink>,
    bucket: Mutex<RetryBucket>,
    counters: Mutex<Counters>,
    /// How often a circuit opened or closed.
    circuits: watch::Sender<u64>,
}

/// What contract 003-M3 counts.
#[derive(Debug, Clone, Default)]
pub(super) struct Counters {
    pub requests: u64,
    pub cache_hits: u64,
    pub cache_misses: u64,
    pub calls: BTreeMap<String, u64>,
    pub failures: BTreeMap<String, u64>,
}

impl Core {
    pub(super) fn new(
        config: &GatewayConfig,
        ledger: Arc<dyn LedgerSink>,
        clock: Clock,
        chance: Box<dyn Fn() -> f64 + Send + Sync>,
    ) -> Self {
        let bucket = Mutex::new(RetryBucket::new(config));
        Self {
            clock,
            chance,
            ledger,
            bucket,
            counters: Mutex::default(),
            circuits: watch::Sender::default(),
        }
    }

    pub(super) fn configure(&self, config: &GatewayConfig) {
        self.bucket().configure(config);
    }

    pub(super) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    pub(super) fn chance(&self) -> f64 {
        (self.chance)()
    }

    /// A new id, ordered by time.
    pub(super) fn new_id(&self) -> Uuid {
        let now = self.now();
        let seconds = u64::try_from(now.as_second()).unwrap_or_default();
        let nanos = u32::try_from(now.subsec_nanosecond()).unwrap_or_default();
        Uuid::new_v7(uuid::Timestamp::from_unix(NoContext, seconds, nanos))
    }

    pub(super) fn bucket(&self) -> MutexGuard<'_, RetryBucket> {
        self.bucket.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn counters(&self) -> MutexGuard<'_, Counters> {
        self.counters.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A circuit opened or closed.
    pub(super) fn note_circuit(&self) {
        self.circuits.send_modify(|changes| *changes += 1);
    }

    /// Tells of every circuit that opens or closes.
    pub(super) fn circuits(&self) -> watch::Receiver<u64> {
        self.circuits.subscribe()
    }

    pub(super) fn record(&self, record: CallRecord) {
        self.ledger.record(record);
    }
}
