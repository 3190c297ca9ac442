//! Streams: failover before the first content, honesty after it (rows 4, 6, 7, 10).

use futures_util::StreamExt;

use super::*;
use crate::mock::Piece;
use crate::{ChatEvent, Finish};

fn started() -> Piece {
    Piece::Event(ChatEvent::Started {
        model: "scripted".to_owned(),
    })
}

fn thought() -> Piece {
    Piece::Event(ChatEvent::Reasoning("hm".to_owned()))
}

fn down() -> ModelError {
    ModelError::Unavailable {
        message: "reset".to_owned(),
        retry_after: None,
    }
}

async fn begin(world: &World) -> Result<Answered<ChatStream>, ModelError> {
    world.gateway.stream(Use::Chat, hello(), call()).await
}

/// Reads a stream to its end: the words, the finish, the error.
async fn read(stream: ChatStream) -> (String, Option<Finish>, Option<ModelError>) {
    let (mut text, mut finish, mut error) = (String::new(), None, None);
    let mut stream = stream;
    while let Some(item) = stream.next().await {
        assert!(error.is_none(), "nothing comes after an error");
        match item {
            Ok(ChatEvent::Text(more)) => text.push_str(&more),
            Ok(ChatEvent::Finish(reason)) => finish = Some(reason),
            Ok(_) => {}
            Err(failure) => error = Some(failure),
        }
    }
    (text, finish, error)
}

#[tokio::test(start_paused = true)]
async fn a_stream_gives_every_event_once_and_in_order() {
    let pieces = vec![
        started(),
        thought(),
        Piece::text("one "),
        Piece::Wait(secs(1.0)),
        Piece::text("two"),
        Piece::usage(3, 2),
        Piece::stop(),
    ];
    let groq = model([Reply::Pieces(pieces)]);
    let world = world(groq_keys(&[&groq]), GatewayConfig::default());
    let answered = begin(&world).await.unwrap();
    assert_eq!(
        (answered.model.as_str(), answered.latency),
        ("scripted", Duration::ZERO)
    );
    let events: Vec<ChatEvent> = answered.value.map(Result::unwrap).collect().await;
    let kinds: Vec<String> = events
        .iter()
        .map(|event| format!("{event:?}").chars().take(9).collect())
        .collect();
    assert_eq!(
        kinds,
        [
            "Started {",
            "Reasoning",
            "Text(\"one",
            "Text(\"two",
            "Usage(Usa",
            "Finish(St"
        ]
    );
    let [row] = &world.rows()[..] else {
        panic!("one row")
    };
    assert_eq!(row.status.as_str(), "success");
    assert_eq!(
        (row.input_tokens, row.output_tokens, row.estimated),
        (Some(3), Some(2), false)
    );
    assert_eq!(
        (row.latency, row.first_token),
        (secs(1.0), Some(Duration::ZERO))
    );
    assert_eq!(groq.dropped(), 0);
}

/// Row 6: whatever goes wrong before the first content fails over without a trace.
#[tokio::test(start_paused = true)]
async fn failures_before_the_first_content_are_invisible() {
    let troubles = [
        Reply::down(),
        Reply::rate_limited(None),
        Reply::Hang,
        Reply::Pieces(vec![]),
        Reply::Pieces(vec![started()]),
        Reply::Pieces(vec![started(), thought(), Piece::Fail(down())]),
        Reply::Pieces(vec![started(), thought(), Piece::Hang]),
        Reply::Pieces(vec![started(), Piece::text(""), Piece::usage(1, 0)]),
    ];
    for trouble in troubles {
        let (bad, good) = (
            model([trouble.clone()]),
            model([Reply::text("all is well")]),
        );
        let world = world(groq_keys(&[&bad, &good]), GatewayConfig::default());
        let answered = begin(&world).await.unwrap();
        assert_eq!(
            (answered.account.as_str(), answered.attempts),
            ("groq_2", 2),
            "{trouble:?}"
        );
        let (text, finish, error) = read(answered.value).await;
        assert_eq!(
            (text.as_str(), finish),
            ("all is well", Some(Finish::Stop)),
            "{trouble:?}"
        );
        assert!(error.is_none());
        let status: Vec<&str> = world.rows().iter().map(|row| row.status.as_str()).collect();
        assert_eq!(status, ["error", "success"], "{trouble:?}");
    }
}

/// Rows 6 and 7: after content an abnormal end is a typed error, never a silent cut or a repetition.
#[tokio::test(start_paused = true)]
async fn failures_after_content_are_told_and_nothing_is_repeated() {
    let table = [
        (vec![Piece::Fail(down())], "unavailable"),
        (vec![], "malformed"),
        (vec![Piece::Hang], "timeout"),
    ];
    for cut_after in [1, 20] {
        for (end, class) in &table {
            let mut pieces = vec![started()];
            pieces.extend((0..cut_after).map(|_| Piece::text("word ")));
            pieces.extend(end.clone());
            let (bad, good) = (
                model([Reply::Pieces(pieces)]),
                model([Reply::text("other")]),
            );
            let world = world(groq_keys(&[&bad, &good]), GatewayConfig::default());
            let (text, finish, error) = read(begin(&world).await.unwrap().value).await;
            assert_eq!(text, "word ".repeat(cut_after));
            assert_eq!((finish, error.unwrap().class()), (None, *class));
            assert_eq!(good.calls(), 0);
            let [row] = &world.rows()[..] else {
                panic!("one row")
            };
            assert_eq!(
                (row.status.as_str(), row.error_class),
                ("error", Some(*class))
            );
            assert_eq!(row.characters_out, 5 * cut_after as u64);
            assert_eq!(row.output_tokens, Some((5 * cut_after as u64).div_ceil(4)));
            let status = world.gateway.account("groq_1").unwrap();
            assert_eq!(
                status.circuit_breaker.failure_count, 1,
                "it is the provider's fault"
            );
            assert_eq!(status.in_flight, 0);
            let characters = status.quota.character_count;
            assert_eq!(characters, 5 + 5 * cut_after as u64, "what came was used");
        }
    }
}

/// Rows 4 and 10: a caller who leaves after k pieces leaves one row with what came so far, frees the
/// turn, and reaches the upstream at once.
#[tokio::test(start_paused = true)]
async fn an_abandoned_stream_is_counted_and_cancelled() {
    for taken in [0_usize, 1, 50] {
        let mut pieces = vec![started()];
        pieces.extend((0..100).flat_map(|_| [Piece::text("four"), Piece::Wait(secs(0.1))]));
        let groq = model([Reply::Pieces(pieces)]);
        let world = world(groq_keys(&[&groq]), GatewayConfig::default());
        let mut stream = begin(&world).await.unwrap().value;
        for _ in 0..=taken {
            stream.next().await.unwrap().unwrap();
        }
        assert_eq!(world.gateway.account("groq_1").unwrap().in_flight, 1);
        drop(stream);
        assert_eq!(
            groq.dropped(),
            1,
            "the upstream is hung up on, with no wait"
        );
        let [row] = &world.rows()[..] else {
            panic!("one row")
        };
        assert_eq!((row.status.as_str(), row.error_class), ("aborted", None));
        let characters = 4 * taken.max(1) as u64;
        assert_eq!(
            (row.characters_out, row.output_tokens),
            (characters, Some(characters / 4))
        );
        let status = world.gateway.account("groq_1").unwrap();
        assert_eq!((status.in_flight, status.failures), (0, 0));
        assert_eq!(status.quota.request_count, 1, "the reservation is settled");
        assert_eq!(status.circuit_breaker.failure_count, 0);
    }
}

/// Row 10: leaving before the first token, and in a call that is not streamed.
#[tokio::test(start_paused = true)]
async fn leaving_before_the_answer_cancels_the_call_too() {
    for streamed in [true, false] {
        let groq = model([Reply::Pieces(vec![started(), Piece::Hang])]);
        let world = world(groq_keys(&[&groq]), GatewayConfig::default());
        let leaving = async {
            if streamed {
                begin(&world).await.err()
            } else {
                world.chat().await.err()
            }
        };
        tokio::time::timeout(secs(3.0), leaving).await.unwrap_err();
        assert_eq!(groq.dropped(), 1);
        let [row] = &world.rows()[..] else {
            panic!("one row")
        };
        assert_eq!((row.status.as_str(), row.latency), ("aborted", secs(3.0)));
        assert_eq!(world.gateway.account("groq_1").unwrap().in_flight, 0);
    }
}

/// Who has seen the finish has the whole answer, read to the end or not.
#[tokio::test(start_paused = true)]
async fn leaving_after_the_finish_is_a_success() {
    let pieces = vec![
        started(),
        Piece::text("hi"),
        Piece::stop(),
        Piece::usage(4, 1),
        Piece::Hang,
    ];
    for take in [3, 10] {
        let groq = model([Reply::Pieces(pieces.clone())]);
        let world = world(groq_keys(&[&groq]), GatewayConfig::default());
        let stream = begin(&world).await.unwrap().value;
        let events: Vec<_> = stream.take(take).collect().await;
        let [row] = &world.rows()[..] else {
            panic!("one row")
        };
        assert_eq!(row.status.as_str(), "success");
        assert_eq!(
            row.estimated,
            take == 3,
            "tokens told after the finish are taken"
        );
        assert_eq!(events.len(), take.min(4));
    }
}

#[tokio::test(start_paused = true)]
async fn each_part_of_a_stream_has_its_time() {
    let words = |wait| {
        let mut pieces = vec![started(), Piece::Wait(secs(1.0))];
        pieces.extend((0..100).flat_map(|_| [Piece::text("a "), Piece::Wait(secs(wait))]));
        pieces.push(Piece::stop());
        Reply::Pieces(pieces)
    };
    let limits = AccountLimits {
        connect: Some(secs(2.0)),
        first_token: Some(secs(5.0)),
        between_tokens: secs(3.0),
        stream_total: secs(60.0),
        ..AccountLimits::default()
    };
    let late = Reply::Pieces(vec![started(), Piece::Wait(secs(5.5)), Piece::text("late")]);
    let table = [
        (words(0.1).after(secs(2.5)), "connect", 2.0),
        (late, "first token", 5.0),
        (words(3.5), "between tokens", 4.0),
        (words(1.0), "total", 60.0),
    ];
    for (reply, what, when) in table {
        let groq = model([reply]);
        let config = GatewayConfig {
            max_retries: 0,
            ..GatewayConfig::default()
        };
        let world = world(vec![account_with("groq_1", &groq, limits.clone())], config);
        let begun = Instant::now();
        let error = match begin(&world).await {
            Ok(answered) => read(answered.value).await.2.unwrap(),
            Err(error) => error,
        };
        assert!(
            matches!(error, ModelError::Timeout(told) if told == what),
            "{error}, not {what}"
        );
        assert_eq!(begun.elapsed(), secs(when), "{what}");
        assert_eq!(groq.dropped(), 1, "{what}");
    }
}

/// A deadline of the caller ends a stream as well.
#[tokio::test(start_paused = true)]
async fn the_callers_deadline_ends_a_stream() {
    let pieces = (0..100)
        .flat_map(|_| [Piece::text("a "), Piece::Wait(secs(1.0))])
        .collect();
    let groq = model([Reply::Pieces(pieces)]);
    let world = world(groq_keys(&[&groq]), GatewayConfig::default());
    let call = call().within(secs(20.5));
    let answered = world
        .gateway
        .stream(Use::Chat, hello(), call)
        .await
        .unwrap();
    let (text, _, error) = read(answered.value).await;
    assert_eq!(text, "a ".repeat(21));
    assert!(
        matches!(error, Some(ModelError::Timeout("deadline"))),
        "{error:?}"
    );
    assert_eq!(
        world
            .gateway
            .account("groq_1")
            .unwrap()
            .circuit_breaker
            .failure_count,
        0
    );
}

/// Thoughts are held back, but not without bound.
#[tokio::test(start_paused = true)]
async fn endless_thoughts_are_given_out_at_last() {
    let thought = Piece::Event(ChatEvent::Reasoning("x".repeat(1 << 19)));
    let groq = model([Reply::Pieces(vec![thought; 5])]);
    let world = world(groq_keys(&[&groq]), GatewayConfig::default());
    let answered = begin(&world).await.unwrap();
    let events: Vec<_> = answered.value.collect().await;
    assert_eq!(
        events.len(),
        6,
        "five, and the error for the missing finish"
    );
}
