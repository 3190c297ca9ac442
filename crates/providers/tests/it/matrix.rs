//! Every fault of every provider through the gateway: what the caller gets, how breaker, pause, quota
//! and ledger stand after it, and when the account is asked again. The gateway's clock is the test's.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use llm::breaker::CircuitState;
use llm::gateway::{AccountStatus, Call};
use llm::mock::MemoryLedger;
use llm::{
    Account, Chains, ChatAnswer, Gateway, GatewayConfig, ModelError, Quota, QuotaPeriod, QuotaUnit,
    Use,
};
use providers::{Kind, ProviderConfig};
use testkit::upstream::{Behaviour, Upstream};
use uuid::Uuid;

use crate::support::{client, config, hasty, hello};

/// Midday in UTC.
const NOON: i64 = 1_800_014_400;
/// Contract 003-A6.
const OPENS_AFTER: usize = 5;
const STAYS_OPEN: i64 = 60;

/// One account behind a gateway, and time as the test says.
struct World {
    gateway: Gateway,
    ledger: Arc<MemoryLedger>,
    now: Arc<AtomicI64>,
}

/// What a gateway with this account is made of.
fn parts(mut account: ProviderConfig) -> (GatewayConfig, Vec<Account>, Chains) {
    account.quota = Some(Quota {
        unit: QuotaUnit::Requests,
        period: QuotaPeriod::Day,
        limit: 1000,
    });
    let mut chains = Chains::default_order(false, true);
    chains.set(Use::Chat, vec![vec!["mine".to_owned()]]);
    let settings = GatewayConfig {
        max_retries: 0,
        recovery_wait: Duration::ZERO,
        ..GatewayConfig::default()
    };
    let account = providers::account(&account, &client()).unwrap();
    (settings, vec![account], chains)
}

impl World {
    fn new(account: ProviderConfig) -> Self {
        let now = Arc::new(AtomicI64::new(NOON));
        let time = Arc::clone(&now);
        let clock = Arc::new(move || Timestamp::from_second(time.load(Ordering::Relaxed)).unwrap());
        let (settings, accounts, chains) = parts(account);
        let ledger = MemoryLedger::new();
        let gateway = Gateway::new(settings, accounts, chains, ledger.clone(), clock).unwrap();
        Self {
            gateway,
            ledger,
            now,
        }
    }

    async fn chat(&self) -> Result<ChatAnswer, ModelError> {
        let call = Call::new(Uuid::from_u128(7));
        let answered = self.gateway.chat(Use::Chat, hello(), call).await;
        answered.map(|answered| answered.value)
    }

    fn pass(&self, seconds: i64) {
        self.now.fetch_add(seconds, Ordering::Relaxed);
    }

    fn status(&self) -> AccountStatus {
        self.gateway.account("mine").unwrap()
    }
}

/// What an account does after a fault.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Then {
    /// It counts against the breaker, and is asked again at once.
    Counts,
    /// It rests for so many seconds, and the breaker is left alone.
    Rests(i64),
    /// Nothing: the fault was the caller's.
    Nothing,
    /// This model is not asked for again for so many seconds.
    Forgets(i64),
}

struct Fault {
    behaviour: Behaviour,
    class: &'static str,
    then: Then,
    /// Requests of the quota that it uses.
    used: u64,
    /// Whether it takes as long as a caller waits.
    hangs: bool,
}

fn fault(behaviour: Behaviour, class: &'static str, then: Then, used: u64) -> Fault {
    Fault {
        behaviour,
        class,
        then,
        used,
        hangs: false,
    }
}

fn faults() -> Vec<Fault> {
    use Then::{Counts, Forgets, Nothing, Rests};
    let status = Behaviour::status;
    let wait = |status, wait| Behaviour::status_with(status, "retry-after", wait);
    let hangs = |behaviour| Fault {
        hangs: true,
        ..fault(behaviour, "timeout", Counts, 1)
    };
    vec![
        fault(status(400), "bad_request", Nothing, 1),
        fault(status(413), "bad_request", Nothing, 1),
        fault(status(422), "bad_request", Nothing, 1),
        fault(status(401), "unauthorized", Rests(300), 0),
        fault(status(403), "unauthorized", Rests(300), 0),
        fault(status(404), "model_gone", Forgets(300), 1),
        fault(Behaviour::ModelGone, "model_gone", Forgets(300), 1),
        fault(status(429), "rate_limited", Rests(1), 0),
        fault(wait(429, "30"), "rate_limited", Rests(30), 0),
        fault(wait(429, "9000"), "rate_limited", Rests(300), 0),
        fault(status(408), "timeout", Counts, 1),
        fault(status(500), "unavailable", Counts, 1),
        fault(status(502), "unavailable", Counts, 1),
        fault(status(503), "unavailable", Counts, 1),
        fault(Behaviour::Reset, "unavailable", Counts, 1),
        fault(Behaviour::TruncateAfter(1), "malformed", Counts, 1),
        fault(Behaviour::EndAfter(1), "malformed", Counts, 1),
        fault(Behaviour::Malformed, "malformed", Counts, 1),
        fault(Behaviour::Page, "malformed", Counts, 1),
        hangs(Behaviour::HangBeforeHeaders),
        hangs(Behaviour::HangAfter(1)),
        hangs(Behaviour::Drip {
            gap: Duration::from_secs(1),
        }),
    ]
}

fn account(kind: Kind, upstream: &Upstream, fault: &Fault) -> ProviderConfig {
    if fault.hangs {
        hasty(kind, upstream)
    } else {
        config(kind, upstream)
    }
}

/// Prompts, without the questions what an Ollama has.
fn prompts(upstream: &Upstream) -> usize {
    let received = upstream.received();
    received.iter().filter(|one| !one.is_probe()).count()
}

#[tokio::test]
async fn every_fault_of_every_provider_is_told_counted_and_recovered_from() {
    for kind in Kind::ALL {
        for fault in faults() {
            let shown = format!("{kind} {:.60?}", fault.behaviour);
            let upstream = Upstream::start().await.unwrap();
            upstream.has_models(&["llama3.2:3b", "own-model"]);
            let world = World::new(account(kind, &upstream, &fault));
            upstream.set(fault.behaviour.clone());
            let error = world.chat().await.unwrap_err();
            assert_eq!(error.class(), fault.class, "{shown}: {error:?}");
            let row = world.ledger.rows().pop().unwrap();
            assert_eq!(row.error_class, Some(fault.class), "{shown}");
            assert_eq!(
                world.ledger.rows().len(),
                1,
                "{shown}: one row for one call"
            );
            let status = world.status();
            assert_eq!(status.quota.request_count, fault.used, "{shown}");
            assert_eq!((status.calls, status.failures), (1, 1), "{shown}");
            assert_eq!((status.in_flight, status.queued), (0, 0), "{shown}");
            let failures = usize::from(fault.then == Then::Counts);
            assert_eq!(status.circuit_breaker.failure_count, failures, "{shown}");
            assert_eq!(status.circuit_breaker.state, CircuitState::Closed);
            recovers(&world, &upstream, kind, &fault, &shown).await;
        }
    }
}

/// The fault ends: when is the account asked again, and does it answer then?
async fn recovers(world: &World, upstream: &Upstream, kind: Kind, fault: &Fault, shown: &str) {
    let before = prompts(upstream);
    let (rests, paused) = match fault.then {
        Then::Counts => {
            for _ in 1..OPENS_AFTER {
                let error = world.chat().await.unwrap_err();
                assert_eq!(error.class(), fault.class, "{shown}");
            }
            let state = world.status().circuit_breaker.state;
            assert_eq!(
                state,
                CircuitState::Open,
                "{shown}: {OPENS_AFTER} requests show it"
            );
            (STAYS_OPEN, false)
        }
        Then::Rests(seconds) => (seconds, true),
        Then::Forgets(seconds) => (seconds, false),
        Then::Nothing => (0, false),
    };
    let before = before.max(prompts(upstream));
    assert_eq!(world.status().paused_for.is_some(), paused, "{shown}");
    upstream.set(Behaviour::Answer);
    if fault.hangs {
        // A good answer may take its time on a machine that is busy.
        let (settings, accounts, chains) = parts(config(kind, upstream));
        world.gateway.reload(settings, accounts, chains).unwrap();
    }
    if rests > 1 {
        world.pass(rests - 1);
        world.chat().await.unwrap_err();
        assert_eq!(
            prompts(upstream),
            before,
            "{shown}: nothing is sent before its time"
        );
        world.pass(1);
    } else {
        world.pass(rests);
    }
    let answer = world.chat().await;
    assert!(answer.is_ok(), "{shown}: {answer:?}");
    assert_eq!(
        prompts(upstream),
        before + 1,
        "{shown}: one request tries it"
    );
    let status = world.status();
    assert_eq!(
        status.circuit_breaker.state,
        CircuitState::Closed,
        "{shown}"
    );
    assert_eq!(status.circuit_breaker.failure_count, 0, "{shown}");
    assert!(status.paused_for.is_none() && status.models_gone.is_empty());
}
