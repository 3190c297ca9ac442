//! What of the accounts outlives a restart: open circuits, scores, and what was used of the quotas.
//! Whoever runs the gateway keeps it somewhere and tells it again.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::watch;

use super::Gateway;
use super::slot::Slot;
use crate::ModelError;

/// A call of an earlier process, as the ledger kept it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastCall {
    /// When it ended.
    pub at: Timestamp,
    /// Time to the first content of a stream, else to the end.
    pub took: Duration,
    /// [`ModelError::class`] where it failed.
    pub failed: Option<String>,
}

impl Gateway {
    /// Tells of every circuit that opens or closes, so that [`Gateway::open_circuits`] need not be
    /// kept after every call.
    pub fn circuit_changes(&self) -> watch::Receiver<u64> {
        self.core.circuits()
    }

    /// After a restart: the calls of an account, oldest first, count for its score as if this process
    /// had made them. `false` when there is no such account.
    pub fn restore_health(&self, name: &str, calls: &[PastCall]) -> bool {
        self.change(name, |slot| {
            let mut known = slot.state.known();
            for call in calls {
                match &call.failed {
                    None => known.health.success(call.took, call.at),
                    Some(class) if ModelError::class_counts(class) => {
                        known.health.failure(call.at);
                    }
                    Some(_) => {}
                }
            }
            known.last_call = known.last_call.max(calls.last().map(|call| call.at));
        })
    }

    /// After a restart: the circuit stays open until its time. `false` when there is no such account.
    pub fn restore_circuit(&self, name: &str, open_until: Timestamp) -> bool {
        self.change(name, |slot| slot.state.known().breaker.restore(open_until))
    }

    /// After a restart: what the ledger says was used in the current period of the quota.
    /// `false` when there is no such account.
    pub fn restore_quota(&self, name: &str, requests: u64, characters: u64) -> bool {
        let now = self.now();
        self.change(name, |slot| {
            slot.state.known().quota.restore(requests, characters, now);
        })
    }

    /// The open circuits and until when they are, to be stored for a restart.
    pub fn open_circuits(&self) -> Vec<(String, Timestamp)> {
        let until = |slot: &Arc<Slot>| {
            Some((
                slot.account.name.clone(),
                slot.state.known().breaker.open_until()?,
            ))
        };
        self.current().slots.iter().filter_map(until).collect()
    }
}
