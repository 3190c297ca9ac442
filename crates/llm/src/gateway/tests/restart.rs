//! What outlives a restart: circuits and scores (quotas: `limits.rs`).

use super::*;
use crate::breaker::CircuitState;
use crate::gateway::PastCall;

fn state(world: &World, name: &str) -> CircuitState {
    world.gateway.account(name).unwrap().circuit_breaker.state
}

fn past(seconds_ago: i64, took: f64, failed: Option<&str>) -> PastCall {
    PastCall {
        at: clock()() - jiff::SignedDuration::from_secs(seconds_ago),
        took: secs(took),
        failed: failed.map(str::to_owned),
    }
}

#[tokio::test(start_paused = true)]
async fn an_open_circuit_stays_open_until_its_time_in_the_next_process() {
    let groq = model(after_failures(5, Reply::text("hi")));
    let config = GatewayConfig {
        max_retries: 0,
        recovery_wait: Duration::ZERO,
        ..GatewayConfig::default()
    };
    let before = world(groq_keys(&[&groq]), config.clone());
    let mut changes = before.gateway.circuit_changes();
    for _ in 0..4 {
        before.chat().await.unwrap_err();
    }
    assert!(!changes.has_changed().unwrap(), "no word for every call");
    before.chat().await.unwrap_err();
    assert!(changes.has_changed().unwrap());
    changes.mark_unchanged();
    let open = before.gateway.open_circuits();

    let well = model([Reply::text("hi")]);
    let after = world(groq_keys(&[&well]), config);
    for (name, until) in &open {
        assert!(after.gateway.restore_circuit(name, *until));
    }
    assert_eq!(state(&after, "groq_1"), CircuitState::Open);
    pass(59.0).await;
    after.chat().await.unwrap_err();
    assert_eq!(well.calls(), 0, "nothing is sent before its time");
    pass(1.0).await;
    let mut closed = after.gateway.circuit_changes();
    after.chat().await.unwrap();
    assert_eq!(state(&after, "groq_1"), CircuitState::Closed);
    assert!(closed.has_changed().unwrap());
    closed.mark_unchanged();
    assert!(after.gateway.open_circuits().is_empty());
    // Closing by hand is told as well.
    assert!(before.gateway.reset_circuit("groq_1"));
    assert!(changes.has_changed().unwrap());
}

#[tokio::test(start_paused = true)]
async fn a_circuit_that_waits_for_a_probe_still_does_in_the_next_process() {
    let groq = model(after_failures(5, Reply::Hang));
    let config = GatewayConfig {
        max_retries: 0,
        ..GatewayConfig::default()
    };
    let before = world(groq_keys(&[&groq]), config.clone());
    for _ in 0..5 {
        before.chat().await.unwrap_err();
    }
    pass(60.0).await;
    let probe = before.chat();
    let open = tokio::select! {
        biased;
        _ = probe => panic!("it hangs"),
        open = async { before.gateway.open_circuits() } => open,
    };
    let failing = model([Reply::Fail(ModelError::Timeout("total"))]);
    let after = world(groq_keys(&[&failing]), config);
    assert!(after.gateway.restore_circuit(&open[0].0, open[0].1));
    after.chat().await.unwrap_err();
    assert_eq!(failing.calls(), 1, "it is the probe");
    assert_eq!(state(&after, "groq_1"), CircuitState::Open);
}

/// The vectors of contract 003-A1 and A3, told instead of lived through.
#[tokio::test(start_paused = true)]
async fn the_calls_of_before_count_for_the_score() {
    let models = [model([]), model([]), model([])];
    let world = world(groq_keys(&models.each_ref()), GatewayConfig::default());
    let gateway = &world.gateway;
    assert!(gateway.restore_health("groq_1", &[past(9, 1.89, None)]));
    let mut ten = vec![past(30, 1.0, None); 10];
    ten.extend(["timeout", "malformed", "unavailable"].map(|class| past(20, 9.0, Some(class))));
    assert!(gateway.restore_health("groq_2", &ten));
    // What was no fault of the provider is none now.
    let neutral = ["rate_limited", "bad_request", "busy", "model_gone"];
    let neutral = neutral.map(|class| past(20, 9.0, Some(class)));
    assert!(gateway.restore_health("groq_3", &neutral));
    assert!(!gateway.restore_health("nobody", &[]));
    let told: Vec<(f64, f64, u32, u64)> = gateway
        .status()
        .iter()
        .map(|status| &status.provider)
        .map(|p| {
            let average = p.average_response_time;
            (
                p.health_score,
                average,
                p.consecutive_failures,
                p.total_requests,
            )
        })
        .collect();
    assert_eq!(
        told,
        [(0.94, 1.89, 0, 1), (0.55, 1.0, 3, 13), (1.0, 0.0, 0, 0)]
    );
    let order = gateway.candidates(Use::Chat, &call());
    assert_eq!(order, ["groq_3", "groq_1", "groq_2"]);
}
