//! Files that are missing, damaged, arrive later or are none of ours.

use std::fs::{self, File};
use std::path::Path;

use llm::{ChatModel, ModelError};
use local::models::Models;
use local::text::{EngineState, LoadError, TextError};
use local::{LocalConfig, LocalText, Status};
use tempfile::TempDir;

use super::{MODEL, ask, chat, config, engine, model, whole};
use crate::support::one_thread;

fn in_dir(dir: &Path, text_model: Option<&str>) -> LocalText {
    let config = LocalConfig {
        text_model: text_model.map(str::to_owned),
        ..LocalConfig::default()
    };
    LocalText::new(dir, config, one_thread()).unwrap()
}

fn not_configured(error: &ModelError) -> String {
    assert!(matches!(error, ModelError::NotConfigured(_)), "{error:?}");
    error.to_string()
}

#[tokio::test]
async fn without_a_model_the_command_that_brings_one_is_named() {
    let dir = TempDir::new().unwrap();
    let local = in_dir(dir.path(), None);
    let state = local.state();
    assert_eq!(
        (state.status, state.model, state.tasks),
        (Status::Missing, None, false)
    );
    let said = not_configured(&local.chat(chat("x")).await.unwrap_err());
    assert!(said.contains("intelliassist models pull default"), "{said}");
    let named = in_dir(dir.path(), Some("text-1.5b"));
    let said = not_configured(&named.chat(chat("x")).await.unwrap_err());
    assert!(
        said.contains("intelliassist models pull text-1.5b"),
        "{said}"
    );
    let wrong = in_dir(dir.path(), Some("no-such.gguf"));
    let said = not_configured(&wrong.chat(chat("x")).await.unwrap_err());
    assert!(
        said.contains("LOCAL_TEXT_MODEL") && said.contains("no-such.gguf"),
        "{said}"
    );
}

#[tokio::test]
async fn a_download_shows_how_far_it_is() {
    let dir = TempDir::new().unwrap();
    let place = dir.path().join("text-0.5b");
    fs::create_dir(&place).unwrap();
    let lock = File::create(place.join(".lock")).unwrap();
    lock.lock().unwrap();
    let part = File::create(place.join("model.gguf.part")).unwrap();
    part.set_len(491_400_064 / 4 + 1).unwrap();
    let local = in_dir(dir.path(), None);
    let state = serde_json::to_value(local.state()).unwrap();
    assert_eq!(state["status"], "downloading");
    assert_eq!(state["percent"], 25);
    assert_eq!(state["hint"], "text-0.5b is being fetched: 25 %");
    drop(lock);
    assert_eq!(local.state().status, Status::Missing);
}

#[tokio::test]
async fn a_model_that_arrives_later_is_used_without_a_restart() {
    let Some(path) = model() else { return };
    let dir = TempDir::new().unwrap();
    let local = in_dir(dir.path(), None);
    assert_eq!(local.state().status, Status::Missing);
    fs::create_dir(dir.path().join(MODEL)).unwrap();
    std::os::unix::fs::symlink(path, dir.path().join(MODEL).join("model.gguf")).unwrap();
    assert_eq!(local.state().model.as_deref(), Some(MODEL));
    let answer = local.chat(chat("Hello")).await.unwrap();
    assert_eq!(answer.model, MODEL);
    assert!(
        Models::open(dir.path())
            .unwrap()
            .installed(MODEL)
            .unwrap()
            .is_complete()
    );
}

#[tokio::test]
async fn a_damaged_file_never_reaches_the_engine() {
    let Some(path) = model() else { return };
    let dir = TempDir::new().unwrap();
    let place = dir.path().join(MODEL);
    fs::create_dir(&place).unwrap();
    let mut bytes = fs::read(path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(place.join("model.gguf"), bytes).unwrap();
    let local = in_dir(dir.path(), None);
    let said = not_configured(&local.chat(chat("x")).await.unwrap_err());
    assert!(
        said.contains("damaged") && said.contains("models pull text-135m"),
        "{said}"
    );
    let Status::Failed { why } = local.state().status else {
        panic!("{:?}", local.state());
    };
    assert!(why.contains("models pull text-135m"), "{why}");
}

#[tokio::test]
async fn any_gguf_file_can_be_named_by_its_path() {
    let Some(path) = model() else { return };
    let local = in_dir(Path::new("/nonexistent"), Some(path.to_str().unwrap()));
    let state = local.state();
    assert_eq!(
        (state.status, state.model.as_deref()),
        (Status::Ready, Some("model"))
    );
    assert_eq!(local.chat(chat("Hello")).await.unwrap().model, "model");
}

#[tokio::test]
async fn a_file_that_is_no_model_is_an_error_and_not_the_end() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("noise.gguf");
    fs::write(&path, b"GGUF and then nothing of the kind").unwrap();
    let text = engine(path, config());
    let error = whole(&text, ask("x", 1)).await.unwrap_err();
    let TextError::Load(load @ LoadError::Unreadable(_)) = error else {
        panic!("{error:?}");
    };
    assert_eq!(*text.state().borrow(), EngineState::Failed(load));
    assert!(!text.has_ended());
}
