//! Several at once, full queues, and going away.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use futures_util::{FutureExt, StreamExt};
use llm::{ChatModel, ModelError};
use local::Status;
use local::text::{EngineState, Piece, Pieces, Request, TextConfig, TextError};

use super::{LONG, ask, chat, config, endless, engine, local, model, started, whole};

#[tokio::test]
async fn several_answers_advance_together() {
    let Some(path) = model() else { return };
    let text = engine(path, config());
    let questions = [
        "Name a fish.",
        "Name a bird.",
        "Name a tree.",
        "Name a city.",
        "Name a river.",
    ];
    let answers = questions.map(|question| whole(&text, ask(question, 16)));
    for answer in join_all(answers).await {
        let (words, _, used) = answer.unwrap();
        assert!(!words.is_empty() && used.answer_tokens > 0);
    }
}

#[tokio::test]
async fn a_long_answer_does_not_hold_up_a_short_one() {
    let Some(path) = model() else { return };
    let text = engine(path, config());
    let mut long = text.generate(endless()).unwrap();
    started(&mut long).await;
    whole(&text, ask("Say yes.", 2)).await.unwrap();
    assert!(!matches!(
        long.next().await,
        None | Some(Ok(Piece::End { .. }))
    ));
}

#[tokio::test]
async fn a_full_queue_is_busy_until_somebody_leaves() {
    let Some(path) = model() else { return };
    let text = engine(
        path,
        TextConfig {
            queue: 2,
            ..config()
        },
    );
    let mut running = Vec::new();
    for _ in 0..4 {
        let mut pieces = text.generate(endless()).unwrap();
        started(&mut pieces).await;
        running.push(pieces);
    }
    let waiting = [
        text.generate(endless()).unwrap(),
        text.generate(endless()).unwrap(),
    ];
    assert_eq!(text.generate(ask("x", 1)).unwrap_err(), TextError::Busy);
    drop(waiting);
    drop(running);
    let served = async {
        loop {
            match whole(&text, ask("x", 1)).await {
                Err(TextError::Busy) => tokio::task::yield_now().await,
                other => return other,
            }
        }
    };
    let (_, _, used) = tokio::time::timeout(LONG, served).await.unwrap().unwrap();
    assert_eq!(used.answer_tokens, 1);
}

#[tokio::test]
async fn a_dropped_answer_gives_its_place_to_the_next() {
    let Some(path) = model() else { return };
    let text = engine(path, config());
    let mut running = Vec::new();
    for _ in 0..4 {
        let mut pieces = text.generate(endless()).unwrap();
        started(&mut pieces).await;
        running.push(pieces);
    }
    let mut fifth = text.generate(ask("x", 1)).unwrap();
    running.pop();
    tokio::time::timeout(LONG, started(&mut fifth))
        .await
        .unwrap();
    assert_eq!(running.len(), 3);
}

#[tokio::test]
async fn time_that_is_over_ends_an_answer() {
    let Some(path) = model() else { return };
    let text = engine(path, config());
    whole(&text, ask("x", 1)).await.unwrap();
    let late = Request {
        deadline: Some(Instant::now()),
        ..endless()
    };
    assert_eq!(whole(&text, late).await.unwrap_err(), TextError::Timeout);
    let soon = Request {
        deadline: Some(Instant::now() + Duration::from_millis(300)),
        ..endless()
    };
    assert_eq!(whole(&text, soon).await.unwrap_err(), TextError::Timeout);
}

#[tokio::test]
async fn an_idle_model_is_unloaded_and_loaded_again() {
    let Some(path) = model() else { return };
    let idle = Duration::from_millis(20);
    let text = engine(path, TextConfig { idle, ..config() });
    let mut state = text.state();
    assert_eq!(*state.borrow_and_update(), EngineState::Ready);
    for _ in 0..2 {
        whole(&text, ask("x", 1)).await.unwrap();
        let unloaded = state.wait_for(|state| *state == EngineState::Ready);
        tokio::time::timeout(LONG, unloaded).await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn dropping_an_engine_ends_what_runs_before_it_returns() {
    let Some(path) = model() else { return };
    let text = engine(path, config());
    let mut pieces = text.generate(endless()).unwrap();
    started(&mut pieces).await;
    tokio::task::spawn_blocking(|| drop(text)).await.unwrap();
    assert_eq!(end(&mut pieces), Some(Err(TextError::Stopped)));
}

#[tokio::test]
async fn nothing_is_answered_or_loaded_after_a_stop() {
    if model().is_none() {
        return;
    }
    let local = local();
    local.chat(chat("Hello")).await.unwrap();
    local.stop();
    let refused = local.chat(chat("Hello")).await.unwrap_err();
    assert!(
        matches!(refused, ModelError::Unavailable { .. }),
        "{refused:?}"
    );
    assert_eq!(local.state().status, Status::Ready);
}

/// What is last among pieces whose sender has gone.
fn end(pieces: &mut Pieces) -> Option<Result<Piece, TextError>> {
    let rest = std::iter::from_fn(|| pieces.next().now_or_never().flatten());
    rest.last()
}
