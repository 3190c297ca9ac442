//! Speech to text in this process: Whisper on candle's tensors.
//!
//! The weights are read from the files that `CTranslate2` uses. A recording of any length is cut into
//! windows of up to 30 s at its pauses; silence and steady noise are left out before the model hears
//! anything. Every window stands for itself, so that one that went wrong does not poison the rest.

mod attempt;
mod decoder;
mod encoder;
mod engine;
pub mod evaluate;
mod layers;
mod mel;
mod rules;
mod sound;
mod stretch;
mod vocabulary;
mod weights;

use std::path::PathBuf;

use futures_util::future::BoxFuture;
use llm::{ModelError, Transcriber, Transcript, TranscriptionRequest};

use crate::config::LocalConfig;
use crate::models::{Model, ModelFileError};
use crate::resident::{EngineError, Resident};
use crate::state::LocalState;
use crate::worker::Worker;

pub use engine::Progress;

use engine::{Recording, Whisper};

/// The local speech model.
pub struct LocalSpeech {
    whisper: Resident<Whisper>,
}

impl LocalSpeech {
    /// The speech model of a models directory, which need not exist yet.
    ///
    /// # Errors
    /// [`ModelFileError`] when the user's list of models in that directory is wrong.
    pub fn new(
        models_dir: impl Into<PathBuf>,
        config: LocalConfig,
        worker: Worker,
    ) -> Result<Self, ModelFileError> {
        let whisper = Resident::new(models_dir, config, worker)?;
        Ok(Self { whisper })
    }

    /// What the model is doing; reads the models directory, never a model.
    pub fn state(&self) -> LocalState {
        self.whisper.state()
    }

    /// Ends what runs and waits for it, for an orderly end of the process. Blocks for a step of the
    /// model at most.
    pub fn stop(&self) {
        self.whisper.stop();
    }

    /// Transcribes one recording and tells how far it is. Dropping the future cancels it.
    ///
    /// # Errors
    /// [`ModelError::BadRequest`] without decoded samples, or for a language that the model does not
    /// know; [`ModelError::NotConfigured`] with the command that helps when no model is installed or it
    /// cannot be loaded; [`ModelError::Busy`].
    pub async fn transcribe_with_progress(
        &self,
        request: TranscriptionRequest,
        progress: impl Fn(Progress) + Send + Sync + 'static,
    ) -> Result<Transcript, ModelError> {
        let samples = request.samples.ok_or_else(|| {
            ModelError::BadRequest("the local speech model needs decoded samples".to_owned())
        })?;
        let language = request.language.as_deref().and_then(language_code);
        let model = self.model(request.model.as_deref(), language.as_deref())?;
        let recording = Recording {
            samples,
            language,
            progress: Box::new(progress),
        };
        let hear = move |whisper: &mut Whisper, run: &_| whisper.transcribe(&recording, run);
        let heard = self.whisper.run(model, hear).await?;
        Ok(Transcript {
            text: heard.text,
            language: heard.language,
            segments: heard.segments,
            confidence: heard.confidence,
            model: model.name.clone(),
        })
    }

    /// The model for a language: never one that would hear another language in it.
    fn model(&self, wanted: Option<&str>, language: Option<&str>) -> Result<&Model, EngineError> {
        let speaks = |model: &Model| language.is_none_or(|language| model.speaks(language));
        let model = self.whisper.pick(wanted, speaks)?;
        match language {
            Some(language) if !model.speaks(language) => Err(EngineError::Input(format!(
                "{} does not know the language {language:?}",
                model.name
            ))),
            _ => Ok(model),
        }
    }
}

impl Transcriber for LocalSpeech {
    fn transcribe(
        &self,
        request: TranscriptionRequest,
    ) -> BoxFuture<'_, Result<Transcript, ModelError>> {
        Box::pin(self.transcribe_with_progress(request, |_| {}))
    }
}

/// The language's code as Whisper has it: two letters, without the country. `None`: to be found out.
fn language_code(asked: &str) -> Option<String> {
    let language = asked.trim().split(['-', '_']).next().unwrap_or_default();
    let language = language.to_ascii_lowercase();
    match language.as_str() {
        "" | "auto" | "und" => None,
        // Codes that were renamed, and languages that Whisper knows by another's name.
        "iw" => Some("he".to_owned()),
        "in" => Some("id".to_owned()),
        "jv" => Some("jw".to_owned()),
        "nb" => Some("no".to_owned()),
        "fil" => Some("tl".to_owned()),
        _ => Some(language),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_two_letters() {
        let codes = ["en-GB", "DE", " pt_BR ", "nb", "iw", "auto", ""].map(language_code);
        let codes = codes.each_ref().map(Option::as_deref);
        let expected = [
            Some("en"),
            Some("de"),
            Some("pt"),
            Some("no"),
            Some("he"),
            None,
            None,
        ];
        assert_eq!(codes, expected);
    }
}
