//! How often and how long a request tries (contract 001-A7, D8.12, D8.31, row 9).

use super::*;

/// Contract 001-B2; P-06.
#[tokio::test(start_paused = true)]
async fn a_single_account_is_repeated_with_full_jitter() {
    let flaky = model(after_failures(2, Reply::text("hi")));
    let world = world(groq_keys(&[&flaky]), GatewayConfig::default());
    let answered = world.chat().await.unwrap();
    assert_eq!(answered.attempts, 3);
    assert_eq!(
        answered.latency,
        secs(0.25 + 0.5),
        "half of 0.5 s, half of 1 s"
    );
    let numbers: Vec<u32> = world.rows().iter().map(|row| row.attempt).collect();
    assert_eq!(numbers, [1, 2, 3]);
}

/// Every account once and two more calls: the next comes before the same one again.
#[tokio::test(start_paused = true)]
async fn the_budget_is_every_account_once_and_two_more() {
    let down = model([Reply::down()]);
    let config = GatewayConfig {
        breaker_failure_threshold: 100,
        ..GatewayConfig::default()
    };
    for (keys, calls) in [(1, 3), (2, 4), (3, 5)] {
        let before = down.calls();
        let world = world(groq_keys(&vec![&down; keys]), config.clone());
        let error = world.chat().await.unwrap_err();
        assert_eq!(down.calls() - before, calls, "{keys} keys");
        let asked: Vec<String> = world.rows().into_iter().map(|row| row.account).collect();
        let order = ["groq_1", "groq_2", "groq_3"]
            .iter()
            .take(keys)
            .cycle()
            .take(calls);
        assert_eq!(
            asked,
            order.map(|name| (*name).to_owned()).collect::<Vec<_>>()
        );
        match error {
            ModelError::Unavailable { .. } => assert_eq!(keys, 1),
            ModelError::AllFailed { attempts, .. } => assert_eq!(attempts.len(), keys),
            other => panic!("{other}"),
        }
    }
}

/// 003-B5: the number of repetitions is a setting that holds.
#[tokio::test(start_paused = true)]
async fn repetitions_can_be_switched_off() {
    let down = model([Reply::down()]);
    let config = GatewayConfig {
        max_retries: 0,
        ..GatewayConfig::default()
    };
    let world = world(groq_keys(&[&down]), config);
    world.chat().await.unwrap_err();
    assert_eq!(down.calls(), 1);
}

/// Row 9: one deadline for all attempts together, however long each may take.
/// Contract D8.34.
#[tokio::test(start_paused = true)]
async fn nothing_outlives_the_deadline() {
    let hangs = model([Reply::Hang]);
    let world = world(
        groq_keys(&[&hangs, &hangs, &hangs]),
        GatewayConfig::default(),
    );
    let begun = Instant::now();
    let call = call().within(secs(40.0));
    let error = world
        .gateway
        .chat(Use::Chat, hello(), call)
        .await
        .unwrap_err();
    assert_eq!(begun.elapsed(), secs(40.0));
    assert_eq!(hangs.calls(), 2, "30 s for the first, 10 s for the second");
    let ModelError::AllFailed { attempts, .. } = error else {
        panic!("{error}")
    };
    assert!(attempts.iter().all(|attempt| attempt.class == "timeout"));
    assert_eq!(hangs.dropped(), 2);
    let faults = |name| {
        world
            .gateway
            .account(name)
            .unwrap()
            .circuit_breaker
            .failure_count
    };
    assert_eq!(
        (faults("groq_1"), faults("groq_2")),
        (1, 0),
        "a call that had a third of its time says nothing about the provider"
    );
}

/// A deadline of the caller is no excuse for a provider that had most of its time.
#[tokio::test(start_paused = true)]
async fn hanging_counts_even_when_the_deadline_ends_it() {
    for (deadline, failures) in [(14.0, 0), (15.0, 1), (20.0, 1)] {
        let hangs = model([Reply::Hang]);
        let world = world(groq_keys(&[&hangs]), GatewayConfig::default());
        let call = call().within(secs(deadline));
        world
            .gateway
            .chat(Use::Chat, hello(), call)
            .await
            .unwrap_err();
        let status = world.gateway.account("groq_1").unwrap();
        assert_eq!(
            status.circuit_breaker.failure_count, failures,
            "{deadline} s of 30 s"
        );
    }
}

/// Row 9: a wait that the deadline does not allow is not begun.
#[tokio::test(start_paused = true)]
async fn a_retry_after_beyond_the_deadline_is_not_waited_for() {
    let limited = model([Reply::rate_limited(Some(secs(47.0)))]);
    let up = model([Reply::text("hi")]);
    let both = world(
        vec![account("groq_1", &limited), account("openai", &up)],
        GatewayConfig::default(),
    );
    let answered = both.chat().await.unwrap();
    assert_eq!(
        (answered.account.as_str(), answered.latency),
        ("openai", Duration::ZERO)
    );

    let alone = world(groq_keys(&[&limited]), GatewayConfig::default());
    let begun = Instant::now();
    let call = call().within(secs(30.0));
    let error = alone
        .gateway
        .chat(Use::Chat, hello(), call)
        .await
        .unwrap_err();
    assert_eq!(begun.elapsed(), Duration::ZERO);
    assert_eq!(error.retry_after(), Some(secs(47.0)));
    assert!(matches!(error, ModelError::RateLimited { .. }), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_retry_after_within_the_deadline_is_kept() {
    let limited = model([Reply::rate_limited(Some(secs(2.0))), Reply::text("hi")]);
    let world = world(groq_keys(&[&limited]), GatewayConfig::default());
    let answered = world.chat().await.unwrap();
    assert_eq!((answered.attempts, answered.latency), (2, secs(2.0)));
}

/// Row 8: a 429 backs off that key alone, and opens nothing.
#[tokio::test(start_paused = true)]
async fn a_rate_limited_key_rests_as_long_as_it_was_told() {
    let limited = model([Reply::rate_limited(Some(secs(20.0))), Reply::text("hi")]);
    let up = model([Reply::text("hi")]);
    let world = world(groq_keys(&[&limited, &up]), GatewayConfig::default());
    for _ in 0..10 {
        assert_eq!(world.chat().await.unwrap().account, "groq_2");
    }
    assert_eq!(limited.calls(), 1, "no call while it rests");
    let status = world.gateway.account("groq_1").unwrap();
    assert_eq!(status.paused_for, Some("rate_limited"));
    assert_eq!(status.circuit_breaker.failure_count, 0);
    assert_eq!(status.quota.request_count, 0, "and it costs no quota");
    pass(20.0).await;
    let alone = call().only(Only::Account("groq_1".to_owned()));
    world.gateway.chat(Use::Chat, hello(), alone).await.unwrap();
}

/// Without a word about the wait it doubles from 0.5 s to 8 s; no wait is longer than 5 minutes.
#[tokio::test(start_paused = true)]
async fn a_key_that_stays_rate_limited_rests_longer_and_longer() {
    let limited = model(vec![Reply::rate_limited(None); 6].into_iter().chain([
        Reply::rate_limited(Some(Duration::MAX)),
        Reply::text("hi"),
        Reply::rate_limited(None),
    ]));
    let config = GatewayConfig {
        max_retries: 0,
        recovery_wait: Duration::ZERO,
        ..GatewayConfig::default()
    };
    let world = world(groq_keys(&[&limited]), config);
    let mut rests = Vec::new();
    for n in 0..8 {
        if n == 7 {
            world.chat().await.unwrap();
        }
        let error = world.chat().await.unwrap_err();
        assert!(matches!(error, ModelError::RateLimited { .. }), "{error}");
        let until = world
            .gateway
            .account("groq_1")
            .unwrap()
            .paused_until
            .unwrap();
        let rest = crate::clock::since(until, world.gateway.now());
        rests.push(rest.as_secs_f64());
        tokio::time::advance(rest).await;
    }
    assert_eq!(
        rests,
        [0.5, 1.0, 2.0, 4.0, 8.0, 8.0, 300.0, 0.5],
        "an answer starts anew"
    );
}

/// D8.31: when everything fails, repetitions are a fifth of the calls, not twice as many.
#[tokio::test(start_paused = true)]
async fn repetitions_are_capped_over_all_requests() {
    let down = model([Reply::down()]);
    let config = GatewayConfig {
        breaker_failure_threshold: 100_000,
        ..GatewayConfig::default()
    };
    let world = world(groq_keys(&[&down]), config);
    for _ in 0..500 {
        world.chat().await.unwrap_err();
    }
    let repeated = down.calls() - 500;
    assert!((100..=110).contains(&repeated), "{repeated}");

    let none = GatewayConfig {
        retry_refill: 0.0,
        ..GatewayConfig::default()
    };
    world
        .gateway
        .reload(
            none,
            groq_keys(&[&down]),
            Chains::default_order(false, true),
        )
        .unwrap();
    world.gateway.reset_circuit("groq_1");
    let before = down.calls();
    for _ in 0..4 {
        world.chat().await.unwrap_err();
    }
    assert_eq!(down.calls() - before, 4, "the sizes are settings too");
}

/// Patience with accounts that refuse is bounded as a whole.
#[tokio::test(start_paused = true)]
async fn a_request_does_not_wait_for_ever_for_its_turn() {
    let groq = model([Reply::text("hi").after(secs(20.0))]);
    let limits = AccountLimits {
        max_concurrency: 1,
        queue: 0,
        ..AccountLimits::default()
    };
    let world = world(
        vec![account_with("groq_1", &groq, limits)],
        GatewayConfig::default(),
    );
    let begun = Instant::now();
    let second = async { (world.chat().await.unwrap_err(), begun.elapsed()) };
    let (first, (error, waited)) = tokio::join!(world.chat(), second);
    assert!(
        first.is_ok() && matches!(error, ModelError::Busy),
        "{error}"
    );
    assert_eq!(waited, secs(2.0));
}

/// What an account answered when it was asked says more than that it is not asked again.
#[tokio::test(start_paused = true)]
async fn the_error_is_what_was_answered() {
    let down = model([Reply::down()]);
    let config = GatewayConfig {
        breaker_failure_threshold: 2,
        ..GatewayConfig::default()
    };
    let world = world(groq_keys(&[&down]), config);
    let later = async {
        tokio::time::sleep(secs(0.1)).await;
        world.chat().await.unwrap_err()
    };
    let (first, second) = tokio::join!(world.chat(), later);
    assert_eq!(
        down.calls(),
        2,
        "the second call opens the circuit before the first is repeated"
    );
    for error in [first.unwrap_err(), second] {
        assert_eq!(error.to_string(), "the provider failed: down");
    }
}

/// Answers to calls at the same time may ask for different waits: the longest counts.
#[tokio::test(start_paused = true)]
async fn a_shorter_wait_does_not_end_a_longer_one() {
    let groq = model([
        Reply::rate_limited(Some(secs(20.0))),
        Reply::rate_limited(None).after(secs(1.0)),
    ]);
    let config = GatewayConfig {
        max_retries: 0,
        ..GatewayConfig::default()
    };
    let world = world(groq_keys(&[&groq]), config);
    let (one, two) = tokio::join!(world.chat(), world.chat());
    assert!(one.is_err() && two.is_err());
    let until = world
        .gateway
        .account("groq_1")
        .unwrap()
        .paused_until
        .unwrap();
    assert_eq!(until.as_second(), START + 20);
}
