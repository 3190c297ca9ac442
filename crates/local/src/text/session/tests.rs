//! A session with the small model: what only the owner's thread can see. Where the model is missing
//! the test says so and passes.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::super::{Piece, Request, Speaker, Turn, engine};
use super::*;
use crate::models::Models;

#[expect(
    clippy::disallowed_methods,
    reason = "tests are told where the models are"
)]
fn path() -> Option<PathBuf> {
    let dir = match std::env::var("TEST_MODELS_DIR") {
        Ok(dir) => PathBuf::from(dir),
        Err(_) => Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models"),
    };
    match Models::open(&dir)
        .unwrap()
        .path_of("text-135m", "model.gguf")
    {
        Ok(path) => Some(path),
        Err(error) => {
            println!("SKIPPED: text-135m in {}: {error}", dir.display());
            None
        }
    }
}

fn model() -> Option<LlamaModel> {
    Some(engine::load(&path()?, |_| true).unwrap())
}

const ONE: Threads = Threads {
    prompt: 1,
    answer: 1,
};

fn push(session: &mut Session<'_>, text: &str) -> UnboundedReceiver<Result<Piece, TextError>> {
    let (to, pieces) = unbounded_channel();
    let request = Request {
        turns: vec![Turn {
            speaker: Speaker::User,
            text: text.to_owned(),
        }],
        max_tokens: 20,
        temperature: Some(0.0),
        ..Request::default()
    };
    let place = Arc::new(Semaphore::new(1)).try_acquire_owned().unwrap();
    session.push(Job {
        request,
        grammar: None,
        to,
        place,
    });
    pieces
}

fn words(pieces: &mut UnboundedReceiver<Result<Piece, TextError>>) -> String {
    let mut words = String::new();
    while let Ok(piece) = pieces.try_recv() {
        if let Piece::Text(text) = piece.unwrap() {
            words.push_str(&text);
        }
    }
    words
}

/// Runs to the end; after the step `rebuild_after` the context is made anew.
fn run(session: &mut Session<'_>, rebuild_after: Option<usize>) {
    let mut steps = 0;
    while !session.is_idle() {
        session.admit(Instant::now());
        session.step();
        steps += 1;
        if Some(steps) == rebuild_after {
            session.rebuild(ONE).unwrap();
        }
    }
}

#[test]
fn a_model_that_is_not_wanted_any_more_is_not_read_to_its_end() {
    let Some(path) = path() else { return };
    let (tell, told) = std::sync::mpsc::channel();
    let loaded = engine::load(&path, move |share| {
        tell.send(share).unwrap();
        share < 0.5
    });
    assert!(loaded.is_err());
    let reached: Vec<f32> = told.iter().collect();
    assert!(reached.iter().all(|share| *share < 0.9), "{reached:?}");
}

#[test]
fn an_answer_goes_on_where_it_was_when_the_context_is_made_anew() {
    let Some(model) = model() else { return };
    let long = format!("Name {}animals.", "three or four ".repeat(12));
    for rebuild_after in [1, 6] {
        let mut session = Session::new(&model, 512, ONE).unwrap();
        let mut whole = push(&mut session, &long);
        run(&mut session, None);
        let mut session = Session::new(&model, 512, ONE).unwrap();
        let mut broken = push(&mut session, &long);
        run(&mut session, Some(rebuild_after));
        let whole = words(&mut whole);
        assert!(!whole.is_empty());
        assert_eq!(
            words(&mut broken),
            whole,
            "rebuilt after step {rebuild_after}"
        );
    }
}

#[test]
fn a_step_reads_a_piece_of_one_prompt_beside_every_answer() {
    let Some(model) = model() else { return };
    let mut session = Session::new(&model, 512, ONE).unwrap();
    let first = push(&mut session, "Hi.");
    let second = push(&mut session, &"word ".repeat(80));
    let third = push(&mut session, &"term ".repeat(80));
    session.admit(Instant::now());
    let (rows, fed, _) = session.plan();
    assert!(
        fed[0] > 1 && fed[1..] == [0, 0] && rows.len() <= PIECE,
        "{fed:?}"
    );
    while session.running[0].unfed().len() > 1 {
        session.step();
    }
    let (rows, fed, questions) = session.plan();
    assert_eq!(fed, [1, PIECE, 0]);
    assert_eq!((rows.len(), questions.len()), (PIECE + 1, 1));
    drop((first, second, third));
    session.admit(Instant::now());
    assert!(session.is_idle());
}
