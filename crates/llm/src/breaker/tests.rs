//! The state machine of contract 003-A6 and D8.13, on given times.

use proptest::prelude::*;

use super::*;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + seconds).unwrap()
}

fn breaker() -> Breaker {
    Breaker::new(BreakerSettings::from(&GatewayConfig::default()))
}

/// One call at a time, settled at once.
fn call(breaker: &mut Breaker, second: i64, verdict: Verdict) -> Option<CircuitState> {
    let ticket = breaker.admit(at(second)).unwrap();
    breaker.settle(ticket, verdict, at(second))
}

fn opened(second: i64) -> Breaker {
    let mut breaker = breaker();
    for _ in 0..5 {
        call(&mut breaker, second, Verdict::Failure);
    }
    breaker
}

#[test]
fn five_failures_open_it() {
    let mut breaker = breaker();
    for second in 0..4 {
        assert_eq!(call(&mut breaker, second, Verdict::Failure), None);
    }
    assert_eq!(breaker.look(at(4)), Gate::Passes);
    assert_eq!(
        call(&mut breaker, 4, Verdict::Failure),
        Some(CircuitState::Open)
    );
    assert_eq!(
        breaker.admit(at(5)),
        Err(Some(Duration::from_secs(59))),
        "nothing passes"
    );
}

#[test]
fn a_success_between_forgets_the_failures() {
    let mut breaker = breaker();
    for second in 0..100 {
        let verdict = if second % 5 == 4 {
            Verdict::Success
        } else {
            Verdict::Failure
        };
        assert_eq!(call(&mut breaker, second, verdict), None);
    }
}

#[test]
fn failures_must_happen_within_the_window() {
    let mut breaker = breaker();
    for second in (0..2000).step_by(16) {
        assert_eq!(call(&mut breaker, second, Verdict::Failure), None);
    }
    assert_eq!(breaker.status("a", at(1984)).failure_count, 4);
    let mut faster = self::breaker();
    let states: Vec<_> = (0..5)
        .map(|n| call(&mut faster, n * 15, Verdict::Failure))
        .collect();
    assert_eq!(
        states[4],
        Some(CircuitState::Open),
        "the first is exactly 60 s old"
    );
}

/// D8.13: a caller's 4xx, a 429 and a caller who leaves say nothing.
#[test]
fn what_is_not_the_providers_fault_never_counts() {
    let mut breaker = breaker();
    for second in 0..1000 {
        assert_eq!(call(&mut breaker, second, Verdict::Neutral), None);
    }
    assert_eq!(breaker.status("a", at(0)).failure_count, 0);
}

#[test]
fn one_probe_alone_passes_when_the_time_is_over() {
    let mut breaker = opened(0);
    assert!(breaker.admit(at(59)).is_err());
    assert_eq!(breaker.look(at(60)), Gate::Probes);
    assert_eq!(
        breaker.look(at(60)),
        Gate::Probes,
        "looking changes nothing"
    );
    let probe = breaker.admit(at(60)).unwrap();
    for second in 60..100 {
        assert_eq!(breaker.admit(at(second)), Err(None), "one at a time");
    }
    assert_eq!(
        breaker.settle(probe, Verdict::Success, at(100)),
        Some(CircuitState::Closed)
    );
    assert_eq!(breaker.look(at(100)), Gate::Passes);
    assert_eq!(
        breaker.status("a", at(100)).failure_count,
        0,
        "all counters are cleared"
    );
}

#[test]
fn a_probe_that_fails_opens_it_for_another_full_time() {
    let mut breaker = opened(0);
    assert_eq!(
        call(&mut breaker, 75, Verdict::Failure),
        Some(CircuitState::Open)
    );
    assert!(breaker.admit(at(134)).is_err());
    assert!(breaker.admit(at(135)).is_ok());
}

/// A probe whose caller left must not block the circuit for ever.
#[test]
fn a_probe_without_an_outcome_lets_the_next_one_probe() {
    let mut breaker = opened(0);
    assert_eq!(call(&mut breaker, 60, Verdict::Neutral), None);
    assert_eq!(breaker.look(at(60)), Gate::Probes);
    assert_eq!(
        call(&mut breaker, 61, Verdict::Success),
        Some(CircuitState::Closed)
    );
}

#[test]
fn several_successes_may_be_wanted() {
    let settings = BreakerSettings {
        success_threshold: 2,
        ..BreakerSettings::from(&GatewayConfig::default())
    };
    let mut breaker = opened(0);
    breaker.configure(settings);
    assert_eq!(call(&mut breaker, 60, Verdict::Success), None);
    let status = breaker.status("a", at(60));
    assert_eq!(
        (status.state, status.success_count),
        (CircuitState::HalfOpen, 1)
    );
    assert_eq!(
        call(&mut breaker, 61, Verdict::Success),
        Some(CircuitState::Closed)
    );
}

/// A stream may end minutes after it was admitted.
#[test]
fn outcomes_of_an_earlier_state_change_nothing() {
    let mut breaker = breaker();
    let slow: Vec<Ticket> = (0..3).map(|_| breaker.admit(at(0)).unwrap()).collect();
    for _ in 0..5 {
        call(&mut breaker, 1, Verdict::Failure);
    }
    assert_eq!(breaker.settle(slow[0], Verdict::Success, at(2)), None);
    assert!(breaker.admit(at(2)).is_err(), "still open");
    let probe = breaker.admit(at(61)).unwrap();
    assert_eq!(breaker.settle(slow[1], Verdict::Success, at(62)), None);
    assert_eq!(
        breaker.look(at(62)),
        Gate::Blocks(None),
        "the probe is still out"
    );
    breaker.settle(probe, Verdict::Success, at(63));
    breaker.settle(slow[2], Verdict::Failure, at(64));
    assert_eq!(breaker.status("a", at(64)).failure_count, 0);
}

#[test]
fn reset_by_hand_closes_it() {
    let mut breaker = opened(0);
    breaker.reset();
    assert_eq!(breaker.look(at(1)), Gate::Passes);
    assert_eq!(breaker.status("a", at(1)).failure_count, 0);
}

#[test]
fn an_open_circuit_survives_a_restart_until_its_time() {
    let until = opened(0).open_until().unwrap();
    assert_eq!(until, at(60));
    let mut restarted = breaker();
    restarted.restore(until);
    assert_eq!(restarted.open_until(), Some(until));
    assert!(restarted.admit(at(59)).is_err());
    assert_eq!(
        call(&mut restarted, 60, Verdict::Success),
        Some(CircuitState::Closed)
    );
    restarted.restore(at(0));
    assert_eq!(
        restarted.look(at(100)),
        Gate::Probes,
        "its time passed while we were down"
    );
}

#[test]
fn a_clock_set_back_does_not_keep_it_open() {
    let breaker = opened(10_000);
    assert_eq!(breaker.look(at(0)), Gate::Probes);
}

/// The field names of contract 003-A6.
#[test]
fn the_status_has_the_contracts_fields() {
    let closed = serde_json::to_value(breaker().status("groq_1", at(0))).unwrap();
    assert_eq!(
        closed,
        serde_json::json!({
            "name": "groq_1", "state": "closed", "failure_count": 0, "success_count": 0,
            "failure_threshold": 5, "timeout_duration": 60.0, "success_threshold": 1,
        })
    );
    let open = serde_json::to_value(opened(0).status("groq_1", at(45))).unwrap();
    assert_eq!(open["state"], "open");
    assert_eq!(open["failure_count"], 5);
    assert_eq!(open["opened_at"], at(0).to_string());
    assert_eq!(open["last_failure_time"], at(0).to_string());
    assert_eq!(
        (&open["time_since_opened"], &open["time_until_retry"]),
        (&45.0.into(), &15.0.into())
    );
    let late = opened(0).status("groq_1", at(500));
    assert_eq!(late.time_until_retry, Some(0.0), "never negative");
    let mut half = opened(0);
    half.admit(at(60)).unwrap();
    let half = serde_json::to_value(half.status("groq_1", at(60))).unwrap();
    assert_eq!(half["state"], "half_open");
}

#[derive(Debug, Clone)]
enum Event {
    Wait(i64),
    Ask,
    /// One of the calls on their way ends.
    End(prop::sample::Index, Verdict),
}

fn event() -> impl Strategy<Value = Event> {
    let verdict = prop_oneof![
        Just(Verdict::Success),
        Just(Verdict::Failure),
        Just(Verdict::Failure),
        Just(Verdict::Neutral)
    ];
    prop_oneof![
        (0..40_i64).prop_map(Event::Wait),
        Just(Event::Ask),
        Just(Event::Ask),
        (any::<prop::sample::Index>(), verdict).prop_map(|(which, how)| Event::End(which, how)),
    ]
}

proptest! {
    /// Whatever happens: closed lets all through, open none, half open one at a time; and no history
    /// shuts it for good (003-B2).
    #[test]
    fn no_history_breaks_its_promises(events in prop::collection::vec(event(), 0..200)) {
        let mut breaker = breaker();
        let mut second = 0;
        let mut under_way: Vec<Ticket> = Vec::new();
        for event in events {
            match event {
                Event::Wait(seconds) => second += seconds,
                Event::Ask => {
                    let before = breaker.status("a", at(second));
                    let probing = |t: &Ticket| t.probe && t.generation == breaker.generation;
                    let may = match before.state {
                        CircuitState::Closed => true,
                        CircuitState::Open => before.time_until_retry == Some(0.0),
                        CircuitState::HalfOpen => !under_way.iter().any(probing),
                    };
                    let answer = breaker.admit(at(second));
                    prop_assert_eq!(answer.is_ok(), may, "{:?}", before);
                    under_way.extend(answer);
                }
                Event::End(which, verdict) if !under_way.is_empty() => {
                    let ticket = under_way.swap_remove(which.index(under_way.len()));
                    breaker.settle(ticket, verdict, at(second));
                }
                Event::End(..) => {}
            }
        }
        for ticket in under_way {
            breaker.settle(ticket, Verdict::Neutral, at(second));
        }
        prop_assert!(breaker.admit(at(second + 60)).is_ok());
    }
}
