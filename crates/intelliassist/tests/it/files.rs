//! `extract` with recordings, pictures, documents and any mix of files.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::program::Place;

/// One of the files that the reader is tested with.
fn fixture(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../media/tests/fixtures");
    folder.join(name).to_string_lossy().into_owned()
}

/// Where the models of the tests lie, if they were fetched.
fn models() -> Option<PathBuf> {
    #[expect(
        clippy::disallowed_methods,
        reason = "how the runner of the tests speaks to them"
    )]
    let folder = std::env::var_os("TEST_MODELS_DIR").map(PathBuf::from);
    let there = folder.filter(|folder| folder.join("ocr").is_dir());
    if there.is_none() {
        println!("SKIPPED: TEST_MODELS_DIR holds no models (see `make test`)");
    }
    there
}

#[test]
fn every_file_is_read_by_itself_and_one_that_cannot_be_holds_up_none() {
    let place = Place::new();
    std::fs::write(place.path().join("a.md"), "- [ ] Call Nora tomorrow\n").unwrap();
    std::fs::write(
        place.path().join("odd.bin"),
        b"\x7fELF\x02\x01\x01\0\0\0\0\0\0",
    )
    .unwrap();
    let (letter, locked) = (fixture("letter.pdf"), fixture("locked.pdf"));
    let files = [
        "extract", "a.md", &letter, &locked, "odd.bin", "none.mp3", "--json",
    ];
    let run = place.run(&files);
    assert_eq!(run.code, Some(1));
    for word in [
        "password",
        "odd.bin",
        "none.mp3",
        "3 files could not be read",
    ] {
        assert!(run.stderr.contains(word), "{word}: {}", run.stderr);
    }
    let found: Value = serde_json::from_str(&run.stdout).unwrap();
    let files = found["files"].as_array().unwrap();
    assert_eq!(files.len(), 5);
    assert_eq!(files[0]["tasks"][0]["summary"], "Call Nora");
    assert!(!files[1]["tasks"].as_array().unwrap().is_empty(), "{found}");
    assert!(files[2]["error"].as_str().unwrap().contains("password"));
}

#[test]
fn saved_tasks_know_the_file_they_came_from() {
    let place = Place::new();
    std::fs::write(place.path().join("a.md"), "- [ ] Call Nora tomorrow\n").unwrap();
    std::fs::write(place.path().join("b.csv"), "task,due\nBuy milk,tomorrow\n").unwrap();
    let table = place.run(&["extract", "a.md", "b.csv", "--save"]).good();
    assert!(
        table.contains("a.md (document)") && table.contains("saved"),
        "{table}"
    );
    let tasks = place.run(&["tasks", "list", "--json"]).json();
    let sources: Vec<&Value> = tasks
        .as_array()
        .unwrap()
        .iter()
        .map(|task| &task["evidence"]["source_id"])
        .collect();
    assert!(sources.contains(&&Value::from("a.md")), "{tasks}");
}

#[test]
fn without_models_it_is_said_what_would_help() {
    let place = Place::new().with("LOCAL_MODELS", "auto");
    let none = place.path().join("models");
    let place = place.with("MODELS_DIR", none.to_string_lossy());
    let recording = fixture("speech.wav");
    place
        .run(&["extract", &recording])
        .refused(1, "models pull speech-base");
    let board = fixture("board.png");
    place
        .run(&["extract", &board])
        .refused(1, "models pull ocr");
    // Where they are switched off, fetching them would not help.
    let place = Place::new();
    for file in [recording, board] {
        place
            .run(&["extract", &file])
            .refused(1, "LOCAL_MODELS=auto");
    }
}

#[test]
fn local_models_alone_hear_and_read() {
    let Some(models) = models() else { return };
    let place = Place::new()
        .with("LOCAL_MODELS", "only")
        .with("MODELS_DIR", models.to_string_lossy());
    let (board, speech) = (fixture("board.png"), fixture("speech.wav"));
    let found = place.run(&["extract", &board, "--json"]).json();
    assert!(
        !found["files"][0]["text"]
            .as_str()
            .unwrap()
            .trim()
            .is_empty(),
        "{found}"
    );
    let found = place.run(&["extract", &speech, "--json"]).json();
    assert_eq!(found["files"][0]["kind"], "audio");
}
