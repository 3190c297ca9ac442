//! What every provider must do alike: answer, refuse, fail and stop.

use std::future::Future;
use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt;
use llm::{CaptionRequest, ChatEvent, Finish, ModelError, TranscriptionRequest, Usage};
use providers::{Connected, Kind};
use testkit::upstream::{Behaviour, Upstream};

use crate::support::{CANARY, assert_no_key, chat, config, connected, drain, hasty, hello, words};

/// How long anything may take here before it counts as hanging.
const PATIENCE: Duration = Duration::from_secs(20);

async fn soon<T>(what: &str, future: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, future)
        .await
        .unwrap_or_else(|_| panic!("{what} hangs"))
}

fn recording() -> TranscriptionRequest {
    TranscriptionRequest {
        audio: Bytes::from_static(b"RIFF"),
        media_type: "audio/wav".to_owned(),
        samples: None,
        language: None,
        model: None,
    }
}

fn picture() -> CaptionRequest {
    CaptionRequest {
        image: Bytes::from_static(b"\x89PNG"),
        media_type: "image/png".to_owned(),
        model: None,
    }
}

/// Calls everything an account can do but stream, and says how each call ended.
async fn all_calls(account: &Connected) -> Vec<(&'static str, Result<String, ModelError>)> {
    let mut results = Vec::new();
    if let Some(chat) = &account.chat {
        let answer = soon("chat", chat.chat(hello())).await;
        results.push(("chat", answer.map(|answer| answer.text)));
    }
    if let Some(transcriber) = &account.transcriber {
        let heard = soon("transcribe", transcriber.transcribe(recording())).await;
        results.push(("transcribe", heard.map(|heard| heard.text)));
    }
    if let Some(captioner) = &account.captioner {
        let seen = soon("caption", captioner.caption(picture())).await;
        results.push(("caption", seen.map(|seen| seen.text)));
    }
    results
}

#[tokio::test]
async fn everyone_answers() {
    let upstream = Upstream::start().await.unwrap();
    for kind in Kind::ALL {
        let account = connected(&config(kind, &upstream));
        for (call, result) in all_calls(&account).await {
            assert_eq!(result.unwrap(), "Buy milk tomorrow.", "{kind} {call}");
        }
        let (events, end) = drain(account.chat.unwrap().as_ref(), hello()).await;
        end.unwrap();
        assert!(
            matches!(events.first(), Some(ChatEvent::Started { .. })),
            "{kind}"
        );
        assert_eq!(words(&events), "Buy milk tomorrow.", "{kind}");
        assert_eq!(
            events.last(),
            Some(&ChatEvent::Finish(Finish::Stop)),
            "{kind}"
        );
        let tokens = events.iter().rev().find_map(|event| match event {
            ChatEvent::Usage(usage) => Some(usage.total_tokens()),
            _ => None,
        });
        assert_eq!(tokens, Some(Some(18)), "{kind}");
    }
}

/// A whole answer and a streamed one put together are the same.
#[tokio::test]
async fn a_stream_put_together_is_the_whole_answer() {
    let upstream = Upstream::start().await.unwrap();
    upstream.says("Grüße an 😀 Anna, \"bitte\" \\ zurückrufen.\n\n- Brot\n- Milch");
    for kind in Kind::ALL {
        let chat = chat(kind, &upstream);
        let whole = chat.chat(hello()).await.unwrap();
        let stream = chat.stream(hello()).await.unwrap();
        assert_eq!(llm::chat::collect(stream).await.unwrap(), whole, "{kind}");
    }
}

/// Behaviours that are refusals or failures of the whole call, and what they must become.
fn refusals() -> Vec<(Behaviour, &'static str)> {
    let mut refusals: Vec<(Behaviour, &str)> = [
        (400, "bad_request"),
        (401, "unauthorized"),
        (403, "unauthorized"),
        (404, "model_gone"),
        (408, "timeout"),
        (409, "unavailable"),
        (413, "bad_request"),
        (422, "bad_request"),
        (429, "rate_limited"),
        (500, "unavailable"),
        (502, "unavailable"),
        (503, "unavailable"),
    ]
    .into_iter()
    .map(|(status, class)| (Behaviour::status(status), class))
    .collect();
    refusals.extend([
        (Behaviour::ModelGone, "model_gone"),
        (Behaviour::Reset, "unavailable"),
        (Behaviour::status_saying(500, ""), "unavailable"),
        (Behaviour::status_saying(400, "<html>no"), "bad_request"),
        (
            Behaviour::status_saying(503, &"x".repeat(1024 * 1024)),
            "unavailable",
        ),
    ]);
    refusals
}

#[tokio::test]
async fn a_refusal_is_told_by_what_to_do_about_it() {
    let upstream = Upstream::start().await.unwrap();
    for kind in Kind::ALL {
        let account = connected(&config(kind, &upstream));
        for (behaviour, class) in refusals() {
            upstream.set(behaviour.clone());
            let mut ends = all_calls(&account).await;
            let (events, end) = drain(account.chat.as_deref().unwrap(), hello()).await;
            assert_eq!(events, [], "{kind} {behaviour:?}");
            ends.push(("stream", end.map(|()| String::new())));
            for (call, end) in ends {
                let error = end.unwrap_err();
                assert_eq!(
                    error.class(),
                    class,
                    "{kind} {call} {behaviour:?}: {error:?}"
                );
                assert_no_key(&error, kind.name());
            }
        }
    }
}

#[tokio::test]
async fn the_wait_a_provider_asks_for_is_kept() {
    let upstream = Upstream::start().await.unwrap();
    let date = Behaviour::Status {
        status: 429,
        headers: vec![
            (
                "date".to_owned(),
                "Sat, 21 Nov 2026 09:00:00 GMT".to_owned(),
            ),
            (
                "retry-after".to_owned(),
                "Sat, 21 Nov 2026 09:00:42 GMT".to_owned(),
            ),
        ],
        body: None,
    };
    let cases = [
        (Behaviour::status(429), None),
        (Behaviour::status_with(429, "retry-after", "7"), Some(7_000)),
        (
            Behaviour::status_with(429, "retry-after-ms", "1500"),
            Some(1_500),
        ),
        (
            Behaviour::status_with(429, "x-ratelimit-reset-requests", "1m1s"),
            Some(61_000),
        ),
        (date, Some(42_000)),
        (Behaviour::status_with(503, "retry-after", "3"), Some(3_000)),
    ];
    for kind in Kind::ALL {
        let account = connected(&config(kind, &upstream));
        for (behaviour, expected) in &cases {
            upstream.set(behaviour.clone());
            for (call, end) in all_calls(&account).await {
                let wait = end.unwrap_err().retry_after().map(|wait| wait.as_millis());
                assert_eq!(wait, *expected, "{kind} {call} {behaviour:?}");
            }
        }
    }
}

#[tokio::test]
async fn a_bad_answer_is_never_half_an_answer() {
    let upstream = Upstream::start().await.unwrap();
    for kind in Kind::ALL {
        let account = connected(&config(kind, &upstream));
        for (behaviour, class) in [
            (Behaviour::ResetAfter(1), "malformed"),
            (Behaviour::TruncateAfter(1), "malformed"),
            (Behaviour::EndAfter(1), "malformed"),
            (Behaviour::Malformed, "malformed"),
            (Behaviour::Page, "malformed"),
            (Behaviour::json("{}"), "malformed"),
            (Behaviour::json(""), "malformed"),
            (Behaviour::json("[]"), "malformed"),
        ] {
            upstream.set(behaviour.clone());
            for (call, end) in all_calls(&account).await {
                let error = end.unwrap_err();
                let shown = format!("{behaviour:.60?}");
                assert_eq!(error.class(), class, "{kind} {call} {shown}: {error:?}");
            }
        }
    }
}

#[tokio::test]
async fn a_stream_that_breaks_ends_with_an_error() {
    let upstream = Upstream::start().await.unwrap();
    for kind in Kind::ALL {
        let chat = chat(kind, &upstream);
        for (behaviour, class, pieces) in [
            (Behaviour::ResetAfter(3), "malformed", None),
            (Behaviour::TruncateAfter(3), "malformed", Some(true)),
            (Behaviour::TruncateAfter(0), "malformed", Some(false)),
            (Behaviour::EndAfter(3), "malformed", Some(true)),
            (Behaviour::EndAfter(0), "malformed", Some(false)),
            (Behaviour::ErrorAfter(3), "unavailable", Some(true)),
            (Behaviour::ErrorAfter(0), "unavailable", Some(false)),
            (Behaviour::Malformed, "malformed", Some(false)),
            (Behaviour::Page, "malformed", Some(false)),
        ] {
            upstream.set(behaviour.clone());
            let (events, end) = soon("stream", drain(chat.as_ref(), hello())).await;
            let error = end.unwrap_err();
            let shown = format!("{kind} {behaviour:?}");
            assert_eq!(error.class(), class, "{shown}: {error:?}");
            assert_no_key(&error, &shown);
            // A reset may overtake what was sent before it; anything else may not.
            if let Some(pieces) = pieces {
                assert_eq!(!words(&events).is_empty(), pieces, "{shown}: {events:?}");
            }
            let finished = events
                .iter()
                .any(|event| matches!(event, ChatEvent::Finish(_)));
            assert!(!finished, "{shown}");
        }
    }
}

#[tokio::test]
async fn an_answer_without_end_is_given_up() {
    let upstream = Upstream::start().await.unwrap();
    let too_much = |start: &[u8], line: &[u8]| {
        let mut pieces = vec![start.to_vec()];
        pieces.extend(std::iter::repeat_n(
            line.repeat(1024 * 1024 / line.len()),
            17,
        ));
        pieces
    };
    let comment = format!(": {}\n\n", "comment ".repeat(128)).into_bytes();
    for kind in Kind::ALL {
        let account = connected(&config(kind, &upstream));
        // One endless line, then endless many.
        for (pieces, whole) in [
            (too_much(b"data: ", b"x"), true),
            (too_much(b"", &comment), false),
        ] {
            upstream.set(Behaviour::Raw {
                content_type: "text/event-stream".to_owned(),
                pieces,
            });
            let mut ends = Vec::new();
            if whole {
                ends = all_calls(&account).await;
            }
            let (_, end) = soon("stream", drain(account.chat.as_deref().unwrap(), hello())).await;
            // For a line protocol a comment is no JSON, which is found out sooner.
            if whole || kind != Kind::Ollama {
                ends.push(("stream", end.map(|()| String::new())));
            }
            for (call, end) in ends {
                let error = end.unwrap_err();
                assert!(
                    error.to_string().contains("larger than"),
                    "{kind} {call}: {error:?}"
                );
            }
        }
    }
}

#[tokio::test]
async fn an_odd_answer_is_still_an_answer() {
    let upstream = Upstream::start().await.unwrap();
    for kind in Kind::ALL {
        let account = connected(&config(kind, &upstream));
        for behaviour in [
            Behaviour::Noise,
            Behaviour::NoUsage,
            Behaviour::Drip {
                gap: Duration::ZERO,
            },
            Behaviour::Huge(256 * 1024),
        ] {
            upstream.set(behaviour.clone());
            let drip = matches!(behaviour, Behaviour::Drip { .. });
            if !drip {
                for (call, end) in all_calls(&account).await {
                    assert!(end.is_ok(), "{kind} {call} {behaviour:?}: {end:.200?}");
                }
            }
            let chat = account.chat.as_deref().unwrap();
            let (events, end) = soon("stream", drain(chat, hello())).await;
            assert!(end.is_ok(), "{kind} {behaviour:?}: {end:?}");
            assert_eq!(
                events.last(),
                Some(&ChatEvent::Finish(Finish::Stop)),
                "{kind}"
            );
            if !matches!(behaviour, Behaviour::Huge(_)) {
                assert_eq!(words(&events), "Buy milk tomorrow.", "{kind} {behaviour:?}");
            }
            if behaviour == Behaviour::NoUsage {
                // Nobody said, so nobody knows: unknown is not zero.
                let known = events.iter().any(
                    |event| matches!(event, ChatEvent::Usage(usage) if *usage != Usage::default()),
                );
                assert!(!known, "{kind}: {events:?}");
                let whole = chat.chat(hello()).await.unwrap();
                assert_eq!(whole.usage, Usage::default(), "{kind}");
            }
        }
    }
}

#[tokio::test]
async fn silence_is_a_time_out() {
    let upstream = Upstream::start().await.unwrap();
    for kind in Kind::ALL {
        let account = connected(&hasty(kind, &upstream));
        for behaviour in [Behaviour::HangBeforeHeaders, Behaviour::HangAfter(1)] {
            upstream.set(behaviour.clone());
            for (call, end) in all_calls(&account).await {
                let error = end.unwrap_err();
                assert_eq!(
                    error.class(),
                    "timeout",
                    "{kind} {call} {behaviour:?}: {error:?}"
                );
            }
            let (_, end) = soon("stream", drain(account.chat.as_deref().unwrap(), hello())).await;
            let error = end.unwrap_err();
            assert_eq!(
                error.class(),
                "timeout",
                "{kind} stream {behaviour:?}: {error:?}"
            );
        }
    }
}

/// Contract 7.8, cancel: what nobody waits for is stopped upstream too.
#[tokio::test]
async fn dropping_closes_the_connection() {
    let upstream = Upstream::start().await.unwrap();
    let mut aborted = 0;
    for kind in Kind::ALL {
        let chat = chat(kind, &upstream);
        upstream.set(Behaviour::HangAfter(3));
        let mut stream = chat.stream(hello()).await.unwrap();
        // Mid-stream, after words.
        while let Some(event) = soon("stream", stream.next()).await {
            if event.unwrap().is_content() {
                break;
            }
        }
        assert_eq!(upstream.aborted(), aborted, "{kind}");
        drop(stream);
        aborted += 1;
        soon("the abort", upstream.until_aborted(aborted)).await;

        upstream.set(Behaviour::HangBeforeHeaders);
        for whole in [true, false] {
            let asked = upstream.requests() + 1;
            let call = async {
                if whole {
                    chat.chat(hello()).await.map(|_| ())
                } else {
                    chat.stream(hello()).await.map(|_| ())
                }
            };
            // The call loses the race as soon as the request has arrived, and is dropped.
            tokio::select! {
                end = call => panic!("{kind} answered: {end:?}"),
                () = upstream.until_requested(asked) => {}
            }
            aborted += 1;
            soon("the abort", upstream.until_aborted(aborted)).await;
        }
    }
    assert_eq!(upstream.aborted(), 3 * Kind::ALL.len());
}

/// Contract 000-B7: not a new client for each call.
#[tokio::test]
async fn a_connection_is_used_again() {
    let upstream = Upstream::start().await.unwrap();
    let client = crate::support::client();
    let config = config(Kind::OpenAi, &upstream);
    let chat = providers::connect(&config, &client).unwrap().chat.unwrap();
    for _ in 0..5 {
        chat.chat(hello()).await.unwrap();
        drain(chat.as_ref(), hello()).await.1.unwrap();
    }
    assert_eq!(upstream.requests(), 10);
    // A connection is free again a moment after its answer, so a second one may be needed; a stream
    // whose end is not read would cost one each.
    assert!(upstream.connections() <= 3, "{}", upstream.connections());
}

/// The key goes out where it belongs, and comes back nowhere.
#[tokio::test]
async fn the_key_is_sent_and_never_seen() {
    let upstream = Upstream::start().await.unwrap();
    for kind in Kind::ALL {
        let account = connected(&config(kind, &upstream));
        upstream.set(Behaviour::Answer);
        all_calls(&account).await;
        let last = upstream.last().unwrap();
        assert_eq!(last.key().as_deref(), Some(CANARY), "{kind}");
        assert!(!last.path.contains("canary"), "{kind}: {}", last.path);

        // Careless providers repeat the key in refusals, in answers of the wrong form, in pages.
        let odd = format!(
            "{{\"choices\": \"{CANARY}\", \"candidates\": 1, \"content\": \"{CANARY}\", \
             \"message\": \"{CANARY}\", \"error\": \"{CANARY}\"}}"
        );
        for behaviour in [
            Behaviour::status(401),
            Behaviour::status(400),
            Behaviour::status_saying(500, &format!("key {CANARY} is bad")),
            Behaviour::status_saying(404, &format!("{{\"error\": {{\"code\": \"{CANARY}\"}}}}")),
            Behaviour::json(&odd),
            Behaviour::json(&format!(
                "{{\"choices\": \"{CANARY}\", \"content\": \"{CANARY}\"}}"
            )),
            Behaviour::json(&format!("\"{CANARY} ")),
            Behaviour::events(&format!("data: {odd}\n\n")),
        ] {
            upstream.set(behaviour.clone());
            for (call, end) in all_calls(&account).await {
                let error = end.unwrap_err();
                assert_no_key(&error, &format!("{kind} {call} {behaviour:?}"));
            }
            let (_, end) = drain(account.chat.as_deref().unwrap(), hello()).await;
            assert_no_key(&end.unwrap_err(), kind.name());
        }
    }
}

#[tokio::test]
async fn nobody_there_is_unavailable() {
    let upstream = Upstream::start().await.unwrap();
    let configs: Vec<_> = Kind::ALL
        .into_iter()
        .map(|kind| config(kind, &upstream))
        .collect();
    drop(upstream);
    for config in configs {
        for (call, end) in all_calls(&connected(&config)).await {
            let error = end.unwrap_err();
            assert_eq!(
                error.class(),
                "unavailable",
                "{} {call}: {error:?}",
                config.kind
            );
            assert!(!error.to_string().contains("127.0.0.1"), "{error}");
        }
    }
}
