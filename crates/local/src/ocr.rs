//! Text in pictures, in this process: PP-OCR on rten.
//!
//! One network marks where lines of text stand; each line is cut out, turned upright and read by
//! another; a third one tells lines that are upside down, and is asked only when little could be read.
//! What was read is put into the order in which a person would read it. Nothing is mended: a digit
//! that looks like a letter stays what it looked like, with its confidence beside it.

mod ctc;
mod detect;
mod geometry;
mod net;
mod order;
mod page;
mod pixels;
mod read;
mod regions;
mod upright;

use std::path::PathBuf;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use llm::{ModelError, PictureText, ReadTextRequest, TextReader};

use crate::config::LocalConfig;
use crate::models::{ModelFileError, Use};
use crate::resident::{Engine, EngineError, LoadError, Loading, Resident};
use crate::state::LocalState;
use crate::worker::Worker;

use page::PageReader;

/// The local model that reads text in pictures.
pub struct LocalOcr {
    resident: Resident<PageReader>,
}

impl LocalOcr {
    /// The model of a models directory, which need not exist yet.
    ///
    /// # Errors
    /// [`ModelFileError`] when the user's list of models in that directory is wrong.
    pub fn new(
        models_dir: impl Into<PathBuf>,
        config: LocalConfig,
        worker: Worker,
    ) -> Result<Self, ModelFileError> {
        Ok(Self {
            resident: Resident::new(models_dir, config, worker)?,
        })
    }

    /// What the model is doing; reads the models directory, never a model.
    pub fn state(&self) -> LocalState {
        self.resident.state()
    }

    /// Ends what runs and waits for it, for an orderly end of the process. Blocks for the run of one
    /// network at most.
    pub fn stop(&self) {
        self.resident.stop();
    }

    async fn read(&self, request: ReadTextRequest) -> Result<PictureText, EngineError> {
        let model = self.resident.pick(request.model.as_deref(), |_| true)?;
        pixels::check(&request.picture)?;
        let read = self
            .resident
            .run(model, move |engine, run| engine.read(&request.picture, run));
        let (text, lines) = read.await?;
        Ok(PictureText {
            text,
            lines,
            model: model.name.clone(),
        })
    }
}

impl TextReader for LocalOcr {
    fn read_text(
        &self,
        request: ReadTextRequest,
    ) -> BoxFuture<'_, Result<PictureText, ModelError>> {
        self.read(request)
            .map(|read| read.map_err(ModelError::from))
            .boxed()
    }
}

impl Engine for PageReader {
    const USE: Use = Use::Ocr;
    const WHAT: &'static str = "OCR";
    const ORDER: &'static [&'static str] = &["ocr"];

    fn load(loading: &Loading<'_>) -> Result<Self, LoadError> {
        Self::load(loading)
    }
}

/// A failure of a network or of what is done around it.
fn failed(why: impl std::fmt::Display) -> EngineError {
    EngineError::Failed {
        what: PageReader::WHAT,
        why: why.to_string(),
    }
}
