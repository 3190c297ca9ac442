//! What cannot be done, and what it says.

use std::fmt::Write as _;
use std::fs;

use llm::{ModelError, Transcriber, TranscriptionRequest};
use local::{ANY, Status};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::{ENGLISH, in_dir, request};
use crate::support::{file_of, models_dir};

const FILES: [&str; 3] = ["model.bin", "tokenizer.json", "config.json"];

fn second() -> Vec<f32> {
    vec![0.0; 16_000]
}

fn not_configured(error: &ModelError) -> String {
    assert!(matches!(error, ModelError::NotConfigured(_)), "{error:?}");
    error.to_string()
}

/// A models directory that has only the English model.
fn only_english() -> Option<TempDir> {
    let dir = TempDir::new().unwrap();
    fs::create_dir(dir.path().join(ENGLISH)).unwrap();
    for file in FILES {
        let from = file_of(ENGLISH, file)?;
        std::os::unix::fs::symlink(from, dir.path().join(ENGLISH).join(file)).unwrap();
    }
    Some(dir)
}

#[tokio::test]
async fn without_a_model_the_command_that_brings_one_is_named() {
    let dir = TempDir::new().unwrap();
    let speech = in_dir(dir.path());
    assert_eq!(speech.state().status, Status::Missing);
    for model in [ANY, "speech-base"] {
        let error = speech
            .transcribe(request(second(), model))
            .await
            .unwrap_err();
        let said = not_configured(&error);
        assert!(
            said.contains("intelliassist models pull speech-base"),
            "{said}"
        );
    }
    let error = speech.transcribe(request(second(), "text-0.5b")).await;
    assert!(
        matches!(error, Err(ModelError::ModelGone { .. })),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_damaged_model_never_reaches_the_engine() {
    let Some(dir) = only_english() else { return };
    let path = dir.path().join(ENGLISH).join("config.json");
    let mut bytes = fs::read(&path).unwrap();
    bytes[100] ^= 1;
    fs::remove_file(&path).unwrap();
    fs::write(&path, bytes).unwrap();
    let speech = in_dir(dir.path());
    let error = speech.transcribe(request(second(), ANY)).await.unwrap_err();
    let said = not_configured(&error);
    assert!(
        said.contains("damaged") && said.contains("models pull speech-tiny-en"),
        "{said}"
    );
    assert!(matches!(speech.state().status, Status::Failed { .. }));
}

#[tokio::test]
async fn a_whole_file_that_is_no_model_is_refused() {
    let dir = TempDir::new().unwrap();
    let content = b"these are no weights";
    let mut sum = String::new();
    for byte in Sha256::digest(content) {
        write!(sum, "{byte:02x}").unwrap();
    }
    let list = format!(
        "[[model]]\nname = \"mine\"\nuse = \"speech\"\nlicence = \"MIT\"\n[[model.file]]\n\
         path = \"model.bin\"\nbytes = {}\nsha256 = \"{sum}\"\n\
         sources = [{{ url = \"https://example.org/model.bin\" }}]\n",
        content.len()
    );
    fs::write(dir.path().join("models.toml"), list).unwrap();
    fs::create_dir(dir.path().join("mine")).unwrap();
    fs::write(dir.path().join("mine/model.bin"), content).unwrap();
    let speech = in_dir(dir.path());
    let error = speech.transcribe(request(second(), ANY)).await.unwrap_err();
    let said = not_configured(&error);
    assert!(said.contains("model.bin is no model"), "{said}");
}

#[tokio::test]
async fn the_english_model_hears_no_other_language() {
    let Some(dir) = only_english() else { return };
    let speech = in_dir(dir.path());
    let in_german = |model| TranscriptionRequest {
        language: Some("de-DE".to_owned()),
        ..request(second(), model)
    };
    let said = not_configured(&speech.transcribe(in_german(ANY)).await.unwrap_err());
    assert!(said.contains("models pull speech-base"), "{said}");
    let error = speech.transcribe(in_german(ENGLISH)).await.unwrap_err();
    assert!(matches!(error, ModelError::BadRequest(_)), "{error:?}");
    let english = TranscriptionRequest {
        language: Some("en-GB".to_owned()),
        ..request(second(), ANY)
    };
    let heard = speech.transcribe(english).await.unwrap();
    assert_eq!(
        (heard.model.as_str(), heard.language.as_deref()),
        (ENGLISH, Some("en"))
    );
}

#[tokio::test]
async fn samples_and_a_known_language_are_wanted() {
    let speech = in_dir(&models_dir());
    let encoded = TranscriptionRequest {
        samples: None,
        ..request(second(), ANY)
    };
    let error = speech.transcribe(encoded).await.unwrap_err();
    assert!(matches!(error, ModelError::BadRequest(_)), "{error:?}");
    if file_of("speech-base", "model.bin").is_none() {
        return;
    }
    let klingon = TranscriptionRequest {
        language: Some("tlh".to_owned()),
        ..request(second(), "speech-base")
    };
    let error = speech.transcribe(klingon).await.unwrap_err();
    assert!(matches!(error, ModelError::BadRequest(_)), "{error:?}");
}
