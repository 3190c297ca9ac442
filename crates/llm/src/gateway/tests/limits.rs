//! Quotas, minutes, turns, time-outs, hedging (contract 003-A8, 003-B3, 003-B5, 002-A13).

use futures_util::future::join_all;

use super::*;
use crate::mock::Piece;
use crate::quota::QuotaLevel;
use crate::{Quota, QuotaPeriod, QuotaUnit};

fn limited(limits: &AccountLimits, models: &[(&str, &Arc<ScriptedChat>)]) -> World {
    let accounts = models
        .iter()
        .map(|(name, model)| account_with(name, model, limits.clone()));
    world(accounts.collect(), GatewayConfig::default())
}

/// 003-B3: every call counts, and a used-up quota is left alone until its day ends.
/// P-23.
#[tokio::test(start_paused = true)]
async fn a_quota_holds_until_its_period_ends() {
    let quota = Quota {
        unit: QuotaUnit::Requests,
        period: QuotaPeriod::Day,
        limit: 10,
    };
    let limits = AccountLimits {
        quota: Some(quota),
        ..AccountLimits::default()
    };
    let (one, two) = (model([Reply::text("hi")]), model([Reply::text("hi")]));
    let world = limited(&limits, &[("groq_1", &one), ("groq_2", &two)]);
    for _ in 0..20 {
        world.chat().await.unwrap();
    }
    assert_eq!(
        (one.calls(), two.calls()),
        (10, 10),
        "the score shares them out"
    );
    let error = world.chat().await.unwrap_err();
    let ModelError::AllFailed {
        attempts,
        retry_after,
    } = error
    else {
        panic!("{error}")
    };
    assert!(
        attempts.iter().all(|attempt| attempt.class == "quota"),
        "{attempts:?}"
    );
    assert_eq!(
        retry_after,
        Some(secs(12.0 * 3600.0)),
        "midnight is twelve hours away"
    );
    let status = world.gateway.quota();
    assert!(
        status
            .iter()
            .all(|quota| quota.status == QuotaLevel::Disabled)
    );
    assert!(status.iter().all(|quota| quota.character_count == 10 * 7));
    pass(12.0 * 3600.0).await;
    world.chat().await.unwrap();
    assert!(world.gateway.restore_quota("groq_2", 10, 0));
    assert!(world.gateway.restore_quota("groq_1", 10, 0));
    world.chat().await.unwrap_err();
    assert!(world.gateway.reset_quota(None));
    world.chat().await.unwrap();
}

/// Row 5 through the whole loop.
#[tokio::test(start_paused = true)]
async fn sixty_four_at_once_do_not_overrun_a_quota_for_one() {
    let quota = Quota {
        unit: QuotaUnit::Requests,
        period: QuotaPeriod::Day,
        limit: 1,
    };
    let limits = AccountLimits {
        quota: Some(quota),
        ..AccountLimits::default()
    };
    let groq = model([Reply::text("hi").after(secs(1.0))]);
    let world = limited(&limits, &[("groq_1", &groq)]);
    let answers = join_all((0..64).map(|_| world.chat())).await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    assert_eq!(groq.calls(), 1);
}

/// Contract 003-A8, 003-B8: from 90 % on, in the unit of its quota, an account comes last.
#[tokio::test(start_paused = true)]
async fn a_nearly_used_up_account_is_asked_last() {
    let quota = Quota {
        unit: QuotaUnit::Characters,
        period: QuotaPeriod::Month,
        limit: 30_000,
    };
    let limits = AccountLimits {
        quota: Some(quota),
        ..AccountLimits::default()
    };
    let any = model([Reply::text("hi").after(secs(9.0))]);
    let world = limited(&limits, &[("groq_1", &any), ("groq_2", &any)]);
    let second = call().only(Only::Account("groq_2".to_owned()));
    world
        .gateway
        .chat(Use::Chat, hello(), second)
        .await
        .unwrap();
    world.gateway.restore_quota("groq_1", 1, 26_999);
    world.gateway.restore_quota("groq_2", 1, 15_000);
    let order = || world.gateway.candidates(Use::Chat, &call());
    assert_eq!(order(), ["groq_1", "groq_2"], "the other is slow");
    world.gateway.restore_quota("groq_1", 1, 27_000);
    assert_eq!(order(), ["groq_2", "groq_1"]);
}

/// Contract 002-A13, 002-E21.
#[tokio::test(start_paused = true)]
async fn minutes_are_counted_and_held_where_wanted() {
    let groq = model([Reply::text("hi")]);
    let other = model([Reply::text("hi")]);
    let limits = AccountLimits {
        per_minute: Some(2),
        enforce_per_minute: true,
        ..AccountLimits::default()
    };
    let world = world(
        vec![
            account_with("groq_1", &groq, limits.clone()),
            account("openai", &other),
        ],
        GatewayConfig::default(),
    );
    for _ in 0..5 {
        world.chat().await.unwrap();
        pass(1.0).await;
    }
    assert_eq!((groq.calls(), other.calls()), (2, 3));
    let windows = world.gateway.windows();
    assert_eq!(windows.len(), 1);
    let groq_window = windows["groq"];
    assert_eq!(
        (groq_window.requests_per_minute, groq_window.current_count),
        (2, 2)
    );
    assert_eq!(groq_window.reset_time.as_second(), START + 60);
    pass(55.0).await;
    world.chat().await.unwrap();
    assert_eq!(groq.calls(), 3);

    let counting = AccountLimits {
        enforce_per_minute: false,
        ..limits
    };
    let counted = limited(&counting, &[("groq_1", &groq)]);
    for _ in 0..5 {
        counted.chat().await.unwrap();
    }
    assert_eq!(counted.gateway.windows()["groq"].current_count, 5);
}

#[tokio::test(start_paused = true)]
async fn so_many_at_once_and_so_many_in_the_queue() {
    let groq = model([Reply::text("hi").after(secs(1.0))]);
    let limits = AccountLimits {
        max_concurrency: 2,
        queue: 3,
        ..AccountLimits::default()
    };
    let accounts = vec![account_with("groq_1", &groq, limits)];
    let config = GatewayConfig {
        recovery_wait: Duration::ZERO,
        ..GatewayConfig::default()
    };
    let world = world(accounts, config);
    let answers = join_all((0..8).map(|_| world.chat())).await;
    let mut latencies: Vec<f64> = answers
        .iter()
        .flatten()
        .map(|answer| answer.latency.as_secs_f64())
        .collect();
    latencies.sort_by(f64::total_cmp);
    assert_eq!(latencies, [1.0, 1.0, 2.0, 2.0, 3.0], "two by two");
    let busy = answers.iter().filter_map(|answer| answer.as_ref().err());
    for error in busy {
        assert!(matches!(error, ModelError::Busy), "{error}");
    }
    assert_eq!(world.rows().len(), 5);
    let status = world.gateway.account("groq_1").unwrap();
    assert_eq!((status.in_flight, status.queued), (0, 0));
}

#[tokio::test(start_paused = true)]
async fn a_full_account_lets_the_others_of_its_tier_go_first() {
    let one = model([Reply::text("hi").after(secs(1.0))]);
    let two = model([Reply::text("hi").after(secs(1.0))]);
    let limits = AccountLimits {
        max_concurrency: 1,
        ..AccountLimits::default()
    };
    let world = limited(&limits, &[("groq_1", &one), ("groq_2", &two)]);
    let answers = join_all([world.chat(), world.chat()]).await;
    assert!(
        answers
            .iter()
            .flatten()
            .all(|answer| answer.latency == secs(1.0))
    );
    assert_eq!((one.calls(), two.calls()), (1, 1));
}

/// Someone who leaves the queue gives his place free.
#[tokio::test(start_paused = true)]
async fn leaving_the_queue_leaves_nothing_behind() {
    let groq = model([Reply::text("hi").after(secs(5.0))]);
    let limits = AccountLimits {
        max_concurrency: 1,
        queue: 1,
        ..AccountLimits::default()
    };
    let world = limited(&limits, &[("groq_1", &groq)]);
    let leaving = async { tokio::time::timeout(secs(1.0), world.chat()).await };
    let (first, second) = tokio::join!(world.chat(), leaving);
    assert!(first.is_ok() && second.is_err());
    assert_eq!(groq.calls(), 1);
    assert_eq!(world.gateway.account("groq_1").unwrap().queued, 0);
    world.chat().await.unwrap();
}

/// Who waits in a queue for as long as an answer may take goes elsewhere.
#[tokio::test(start_paused = true)]
async fn a_queue_that_does_not_move_is_left() {
    let long = (0..40)
        .flat_map(|_| [Piece::text("word "), Piece::Wait(secs(5.0))])
        .collect();
    let (groq, up) = (model([Reply::Pieces(long)]), model([Reply::text("hi")]));
    let limits = AccountLimits {
        max_concurrency: 1,
        timeout: secs(10.0),
        ..AccountLimits::default()
    };
    let world = limited(&limits, &[("groq_1", &groq), ("openai", &up)]);
    let stream = world
        .gateway
        .stream(Use::Chat, hello(), call())
        .await
        .unwrap();
    let answered = world.chat().await.unwrap();
    assert_eq!(
        (answered.account.as_str(), answered.latency),
        ("openai", secs(10.0))
    );
    assert_eq!((answered.attempts, groq.calls()), (1, 1));
    drop(stream);
}

/// 003-B5: every call has its time.
#[tokio::test(start_paused = true)]
async fn a_hanging_account_is_left_after_its_time() {
    let (hangs, up) = (model([Reply::Hang]), model([Reply::text("hi")]));
    let limits = AccountLimits {
        timeout: secs(10.0),
        ..AccountLimits::default()
    };
    let world = limited(&limits, &[("groq_1", &hangs), ("openai", &up)]);
    let answered = world.chat().await.unwrap();
    assert_eq!(
        (answered.account.as_str(), answered.latency),
        ("openai", secs(10.0))
    );
    assert_eq!(world.outcomes(), ["groq_1 timeout", "openai success"]);
    assert_eq!(
        world
            .gateway
            .account("groq_1")
            .unwrap()
            .circuit_breaker
            .failure_count,
        1
    );
}

/// Contract D8.15: speech takes longer than text.
#[tokio::test(start_paused = true)]
async fn a_use_may_have_a_time_of_its_own() {
    let slow = model([Reply::text("hi").after(secs(45.0))]);
    let limits = AccountLimits {
        timeout_by_use: [(Use::Insight, secs(60.0))].into(),
        ..AccountLimits::default()
    };
    let config = GatewayConfig {
        max_retries: 0,
        ..GatewayConfig::default()
    };
    let world = world(vec![account_with("groq_1", &slow, limits)], config);
    let error = world.chat().await.unwrap_err();
    assert!(matches!(error, ModelError::Timeout("total")), "{error}");
    world
        .gateway
        .chat(Use::Insight, hello(), call())
        .await
        .unwrap();
    world
        .gateway
        .stream(Use::Insight, hello(), call())
        .await
        .unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_second_account_is_asked_when_the_first_is_slow() {
    let slow = model([Reply::text("slow").after(secs(9.0))]);
    let fast = model([Reply::text("fast").after(secs(1.0))]);
    let config = GatewayConfig {
        hedge_after: Some(secs(2.0)),
        ..GatewayConfig::default()
    };
    let world = world(groq_keys(&[&slow, &fast]), config.clone());
    let answered = world.chat().await.unwrap();
    assert_eq!(
        (answered.value.text.as_str(), answered.latency),
        ("fast", secs(3.0))
    );
    assert_eq!(answered.attempts, 2);
    assert_eq!(world.outcomes(), ["groq_2 success", "groq_1 aborted"]);
    assert_eq!(slow.dropped(), 1);

    let fails = model([Reply::down().after(secs(1.0))]);
    let patient = super::world(groq_keys(&[&slow, &fails]), config.clone());
    let answered = patient.chat().await.unwrap();
    assert_eq!(
        (answered.value.text.as_str(), answered.latency),
        ("slow", secs(9.0))
    );
    let alone = super::world(groq_keys(&[&slow]), config);
    assert_eq!(alone.chat().await.unwrap().latency, secs(9.0));
}
