//! What is known of the accounts over a restart: used quotas and scores come from the ledger, open
//! circuits from the store, where they are written when one opens or closes and never for a call.
//! Where it cannot be read, the start goes on: what is counted anew errs on the side of answering.

use std::collections::BTreeMap;
use std::time::Duration;

use domain::Clock;
use domain::call::{CallStatus, ModelCall};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use llm::gateway::PastCall;
use llm::{Gateway, QuotaPeriod};
use serde_json::{Value, json};
use store::{Store, StoreError};
use tokio_util::sync::CancellationToken;

/// How far back calls count for the scores, and how many do at most: what is older says little about
/// today, and a score forgets it anyway.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(24);
const MOST_CALLS: u32 = 5000;
/// How long to wait before circuits that could not be written are written again.
const AGAIN: Duration = Duration::from_secs(5);
/// What a key of a circuit begins with; the name of its account follows.
const CIRCUIT: &str = "circuit.";

/// Tells the gateway what earlier processes knew.
pub(super) async fn restore(gateway: &Gateway, store: &Store, clock: &dyn Clock) {
    let now = clock.now();
    let told = async {
        quotas(gateway, store, now).await?;
        scores(gateway, store, now).await?;
        circuits(gateway, store).await
    };
    if let Err(error) = told.await {
        tracing::warn!(%error, "what was known of the providers is lost; they begin anew");
    }
}

/// What was used of every quota (contract 003-A8).
async fn quotas(gateway: &Gateway, store: &Store, now: Timestamp) -> Result<(), StoreError> {
    let today = now.to_zoned(TimeZone::UTC).date();
    let used = store
        .provider_usage(None, today.first_of_month(), today)
        .await?;
    for quota in gateway.quota() {
        let name = quota.provider_name;
        let days = used.iter().filter(|day| {
            let of_period = quota.period == Some(QuotaPeriod::Month) || day.date == today;
            day.provider_name == name && of_period
        });
        let sums = days.fold((0, 0), |(requests, characters), day| {
            (
                requests + day.request_count,
                characters + day.character_count,
            )
        });
        let count = |number: i64| u64::try_from(number).unwrap_or_default();
        gateway.restore_quota(&name, count(sums.0), count(sums.1));
    }
    Ok(())
}

async fn scores(gateway: &Gateway, store: &Store, now: Timestamp) -> Result<(), StoreError> {
    let since = now.checked_sub(REMEMBERED).unwrap_or(Timestamp::MIN);
    let calls = store.calls_since(since, MOST_CALLS).await?;
    let mut by_account: BTreeMap<String, Vec<PastCall>> = BTreeMap::new();
    // They come newest first.
    for call in calls.into_iter().rev() {
        let past = past(&call);
        by_account.entry(call.provider).or_default().extend(past);
    }
    for (name, calls) in by_account {
        // An account that is not set up any more has no score.
        gateway.restore_health(&name, &calls);
    }
    Ok(())
}

/// A call that says something about the provider.
fn past(call: &ModelCall) -> Option<PastCall> {
    let millis = |millis: i64| Duration::from_millis(u64::try_from(millis).unwrap_or_default());
    let failed = match call.status {
        CallStatus::Success => None,
        CallStatus::Error => Some(call.error_class.clone()?),
        CallStatus::Cached | CallStatus::Aborted => return None,
    };
    let took = millis(call.latency_ms);
    Some(PastCall {
        at: call.created_at.checked_add(took).ok()?,
        took: call.first_token_ms.map_or(took, millis),
        failed,
    })
}

async fn circuits(gateway: &Gateway, store: &Store) -> Result<(), StoreError> {
    for status in gateway.status() {
        let name = status.provider.provider_name;
        let kept = store.get_state(&key(&name)).await?;
        let until = kept.as_ref().and_then(|kept| kept["open_until"].as_str());
        if let Some(until) = until.and_then(|until| until.parse().ok()) {
            gateway.restore_circuit(&name, until);
            tracing::info!(account = name, %until, "the circuit was open before this start");
        }
    }
    Ok(())
}

/// Writes every circuit that opens or closes, until the end.
pub(super) async fn keep_circuits(gateway: Gateway, store: Store, stop: CancellationToken) {
    let mut circuits = gateway.circuit_changes();
    let mut written: BTreeMap<String, Timestamp> = gateway.open_circuits().into_iter().collect();
    loop {
        tokio::select! {
            changed = circuits.changed() => if changed.is_err() { return },
            () = stop.cancelled() => return,
        }
        while let Err(error) = write(&gateway, &store, &mut written).await {
            tracing::warn!(%error, "the state of the circuits could not be kept");
            tokio::select! {
                () = tokio::time::sleep(AGAIN) => {}
                () = stop.cancelled() => return,
            }
        }
    }
}

/// Writes those that changed since they were last written.
async fn write(
    gateway: &Gateway,
    store: &Store,
    written: &mut BTreeMap<String, Timestamp>,
) -> Result<(), StoreError> {
    let open: BTreeMap<String, Timestamp> = gateway.open_circuits().into_iter().collect();
    let names: Vec<String> = open.keys().chain(written.keys()).cloned().collect();
    for name in names {
        let until = open.get(&name);
        if until == written.get(&name) {
            continue;
        }
        let value = until.map_or(Value::Null, |until| json!(until.to_string()));
        let value = json!({ "open_until": value });
        store.put_state(&key(&name), &value).await?;
        tracing::debug!(account = name, %value, "the state of a circuit was kept");
        match until {
            Some(until) => written.insert(name, *until),
            None => written.remove(&name),
        };
    }
    Ok(())
}

fn key(account: &str) -> String {
    format!("{CIRCUIT}{account}")
}
