//! Breakers in the loop: found out, left alone, tried again (contract 003-A6, 003-B2, 7.4, row 8).

use super::*;
use crate::breaker::CircuitState;

fn state(world: &World, name: &str) -> CircuitState {
    world.gateway.account(name).unwrap().circuit_breaker.state
}

#[tokio::test(start_paused = true)]
async fn an_open_circuit_sees_no_call_and_one_probe_closes_it() {
    let groq = model(after_failures(5, Reply::text("back").after(secs(1.0))));
    let other = model([Reply::text("hi")]);
    let world = world(
        vec![account("groq_1", &groq), account("openai", &other)],
        GatewayConfig::default(),
    );
    while state(&world, "groq_1") == CircuitState::Closed {
        assert_eq!(world.chat().await.unwrap().account, "openai");
        pass(61.0 / 5.0).await;
    }
    assert_eq!(groq.calls(), 5);
    pass(40.0).await;
    for _ in 0..20 {
        assert_eq!(world.chat().await.unwrap().account, "openai");
    }
    assert_eq!(groq.calls(), 5, "open is open");
    pass(20.0).await;
    let all = futures_util::future::join_all((0..20).map(|_| world.chat())).await;
    let by_groq = all
        .iter()
        .flatten()
        .filter(|answer| answer.account == "groq_1")
        .count();
    assert_eq!(
        (by_groq, groq.calls()),
        (1, 6),
        "exactly one request is the probe"
    );
    assert_eq!(state(&world, "groq_1"), CircuitState::Closed);
    assert_eq!(world.chat().await.unwrap().account, "groq_1");
}

/// 003-B2: three failures put the score at 0.2, which once was death; here it means last of the
/// tier, and a try every minute.
#[tokio::test(start_paused = true)]
async fn a_low_score_demotes_but_never_kills() {
    let groq = model(after_failures(3, Reply::text("back")));
    let other = model([Reply::text("hi").after(secs(1.0))]);
    let world = world(groq_keys(&[&groq, &other]), GatewayConfig::default());
    let alone = || call().only(Only::Account("groq_1".to_owned()));
    world
        .gateway
        .chat(Use::Chat, hello(), alone())
        .await
        .unwrap_err();
    let score = world
        .gateway
        .account("groq_1")
        .unwrap()
        .provider
        .health_score;
    assert!((score - 0.2).abs() < 1e-9, "{score}");
    assert_eq!(state(&world, "groq_1"), CircuitState::Closed);
    for _ in 0..10 {
        assert_eq!(world.chat().await.unwrap().account, "groq_2", "demoted");
    }
    assert_eq!(groq.calls(), 3);
    let order = world.gateway.candidates(Use::Chat, &call());
    assert_eq!(order, ["groq_2", "groq_1"], "not excluded");
    pass(60.0).await;
    assert_eq!(
        world.chat().await.unwrap().account,
        "groq_1",
        "time for a try"
    );
}

/// 003-B2: the probe is not kept from an account by its score, though others of its tier are well.
#[tokio::test(start_paused = true)]
async fn the_probe_passes_the_gate_of_the_score() {
    let groq = model(after_failures(5, Reply::text("back")));
    let other = model([Reply::text("hi")]);
    let config = GatewayConfig {
        max_retries: 0,
        ..GatewayConfig::default()
    };
    let world = world(groq_keys(&[&other, &groq]), config);
    let second = || call().only(Only::Account("groq_2".to_owned()));
    for _ in 0..5 {
        world
            .gateway
            .chat(Use::Chat, hello(), second())
            .await
            .unwrap_err();
    }
    assert_eq!(world.chat().await.unwrap().account, "groq_1");
    pass(60.0).await;
    assert_eq!(world.chat().await.unwrap().account, "groq_2");
    assert_eq!(state(&world, "groq_2"), CircuitState::Closed);
}

/// 003-B2, second half: five failures in a row make an account unhealthy, and still its probe passes.
#[tokio::test(start_paused = true)]
async fn an_unhealthy_account_comes_back_by_itself() {
    let groq = model(after_failures(5, Reply::text("back")));
    let config = GatewayConfig {
        max_retries: 0,
        ..GatewayConfig::default()
    };
    let world = world(groq_keys(&[&groq]), config);
    for _ in 0..5 {
        world.chat().await.unwrap_err();
    }
    let status = world.gateway.account("groq_1").unwrap();
    assert!(!status.provider.is_healthy);
    assert!(status.provider.health_score.abs() < 1e-9);
    pass(60.0).await;
    world.chat().await.unwrap();
    assert!(world.gateway.account("groq_1").unwrap().provider.is_healthy);
}

/// Row 8: with all circuits open there is no call, and an error that says when to come back.
#[tokio::test(start_paused = true)]
async fn with_all_circuits_open_the_answer_is_when_to_come_back() {
    let down = model([Reply::down()]);
    let config = GatewayConfig {
        max_retries: 0,
        ..GatewayConfig::default()
    };
    let world = world(groq_keys(&[&down, &down]), config);
    for _ in 0..5 {
        world.chat().await.unwrap_err();
        pass(1.0).await;
    }
    assert_eq!(down.calls(), 10);
    let begun = Instant::now();
    let error = world.chat().await.unwrap_err();
    assert_eq!((down.calls(), begun.elapsed()), (10, Duration::ZERO));
    let ModelError::AllFailed {
        attempts,
        retry_after,
    } = error
    else {
        panic!("{error}")
    };
    assert!(
        attempts
            .iter()
            .all(|attempt| attempt.class == "circuit_open"),
        "{attempts:?}"
    );
    assert_eq!(retry_after, Some(secs(59.0)));
    assert_eq!(world.rows().len(), 10, "what was not asked leaves no row");
}

#[tokio::test(start_paused = true)]
async fn a_recovery_that_is_near_is_waited_for() {
    let groq = model(after_failures(5, Reply::text("back")));
    let config = GatewayConfig {
        max_retries: 0,
        ..GatewayConfig::default()
    };
    let world = world(groq_keys(&[&groq]), config);
    for _ in 0..5 {
        world.chat().await.unwrap_err();
    }
    pass(58.5).await;
    let answered = world.chat().await.unwrap();
    assert_eq!((answered.latency, answered.attempts), (secs(1.5), 1));
}

/// A probe whose caller leaves must not keep the circuit half open for ever.
#[tokio::test(start_paused = true)]
async fn a_probe_that_is_abandoned_lets_the_next_one_probe() {
    let mut replies = vec![Reply::down(); 5];
    replies.extend([Reply::Hang, Reply::text("back")]);
    let groq = model(replies);
    let config = GatewayConfig {
        max_retries: 0,
        ..GatewayConfig::default()
    };
    let world = world(groq_keys(&[&groq]), config);
    for _ in 0..5 {
        world.chat().await.unwrap_err();
    }
    pass(60.0).await;
    tokio::time::timeout(secs(1.0), world.chat())
        .await
        .unwrap_err();
    assert_eq!(state(&world, "groq_1"), CircuitState::HalfOpen);
    assert_eq!(world.chat().await.unwrap().value.text, "back");
    assert_eq!(state(&world, "groq_1"), CircuitState::Closed);
}

#[tokio::test(start_paused = true)]
async fn circuits_can_be_closed_by_hand_and_opened_after_a_restart() {
    let groq = model(after_failures(5, Reply::text("hi")));
    let config = GatewayConfig {
        max_retries: 0,
        ..GatewayConfig::default()
    };
    let world = world(groq_keys(&[&groq]), config);
    for _ in 0..5 {
        world.chat().await.unwrap_err();
    }
    let open = world.gateway.open_circuits();
    assert_eq!(open.len(), 1);
    let refused = model([
        Reply::Fail(ModelError::Unauthorized("no".to_owned())),
        Reply::text("hi"),
    ]);
    let paused = super::world(groq_keys(&[&refused]), GatewayConfig::default());
    paused.chat().await.unwrap_err();
    assert!(paused.gateway.reset_circuit("groq_1"));
    paused.chat().await.unwrap();
    assert!(world.gateway.reset_circuit("groq_1"));
    assert!(!world.gateway.reset_circuit("nobody"));
    world.chat().await.unwrap();
    assert!(world.gateway.restore_circuit(&open[0].0, open[0].1));
    assert_eq!(state(&world, "groq_1"), CircuitState::Open);
    pass(60.0).await;
    world.chat().await.unwrap();
}

/// One account alone: the reason keeps its kind, whether it was asked or not.
#[tokio::test(start_paused = true)]
async fn a_single_account_that_is_not_asked_says_why() {
    let seconds = |wait| Some(secs(wait));
    let table = [
        (
            Reply::Fail(ModelError::Unauthorized("no".to_owned())),
            "unauthorized",
            None,
        ),
        (
            Reply::rate_limited(seconds(200.0)),
            "rate_limited",
            seconds(200.0),
        ),
        (
            Reply::Fail(ModelError::Unavailable {
                message: "overloaded".to_owned(),
                retry_after: seconds(200.0),
            }),
            "unavailable",
            seconds(200.0),
        ),
    ];
    for (reply, class, retry_after) in table {
        let groq = model([reply]);
        let world = world(groq_keys(&[&groq]), GatewayConfig::default());
        for _ in 0..2 {
            let error = world.chat().await.unwrap_err();
            assert_eq!((error.class(), error.retry_after()), (class, retry_after));
        }
        assert_eq!(groq.calls(), 1, "{class}");
    }
}

/// One model less says nothing about the account's others, and it may be there in a moment.
#[tokio::test(start_paused = true)]
async fn an_account_that_lacks_a_model_is_asked_again_at_once() {
    let local = model([
        Reply::Fail(ModelError::NotConfigured("no text model".to_owned())),
        Reply::text("hi"),
    ]);
    let world = world(groq_keys(&[&local]), GatewayConfig::default());
    let before = world
        .gateway
        .account("groq_1")
        .unwrap()
        .provider
        .health_score;
    let error = world.chat().await.unwrap_err();
    assert_eq!(error.class(), "not_configured");
    let after = world
        .gateway
        .account("groq_1")
        .unwrap()
        .provider
        .health_score;
    assert!(after >= before, "{after}");
    assert_eq!(world.chat().await.unwrap().value.text, "hi");
}
