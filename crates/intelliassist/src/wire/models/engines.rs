//! The engines that this program was built with, and how each is asked.

#[cfg(any(feature = "text", feature = "speech", feature = "ocr"))]
use std::sync::Arc;

use anyhow::Result;
use assistant::LocalModelState;
use llm::Account;

use crate::config::Settings;

/// The engines in this process. Each is there before any file of its model is, so that a model that
/// arrives later is used without a restart.
#[derive(Clone)]
pub(super) struct Engines {
    #[cfg(feature = "text")]
    text: Arc<local::LocalText>,
    #[cfg(feature = "speech")]
    speech: Arc<local::LocalSpeech>,
    #[cfg(feature = "ocr")]
    ocr: Arc<local::LocalOcr>,
}

impl Engines {
    /// Nothing is loaded yet; all share one budget of threads.
    ///
    /// # Errors
    /// A list of models in the models directory that is wrong.
    #[cfg(any(feature = "text", feature = "speech", feature = "ocr"))]
    pub(super) fn new(settings: &Settings) -> Result<Self> {
        let dir = &settings.models.dir;
        let worker = local::worker::Worker::new(settings.local.threads);
        Ok(Self {
            #[cfg(feature = "text")]
            text: Arc::new(local::LocalText::new(
                dir,
                settings.local.clone(),
                worker.clone(),
            )?),
            #[cfg(feature = "speech")]
            speech: Arc::new(local::LocalSpeech::new(
                dir,
                settings.local.clone(),
                worker.clone(),
            )?),
            #[cfg(feature = "ocr")]
            ocr: Arc::new(local::LocalOcr::new(dir, settings.local.clone(), worker)?),
        })
    }

    /// There are none.
    #[cfg(not(any(feature = "text", feature = "speech", feature = "ocr")))]
    pub(super) fn new(_settings: &Settings) -> Result<Self> {
        Ok(Self {})
    }

    /// The account under which they are asked.
    #[cfg(any(feature = "text", feature = "speech", feature = "ocr"))]
    pub(super) fn account(&self, settings: &Settings) -> Option<Account> {
        use llm::{AccountLimits, ModelType, Models, StructuredOutput, Use};
        use std::time::Duration;

        let model = settings.local.text_model.clone();
        let models = Models::one(model.unwrap_or_else(|| local::ANY.to_owned()))
            .with(Use::Transcription, local::ANY)
            .with(Use::ReadText, local::ANY);
        // A model that is loaded first, on a machine that does something else too.
        let timeout = Duration::from_mins(5);
        let account = Account {
            models,
            structured: StructuredOutput::JsonSchema,
            limits: AccountLimits {
                timeout,
                // Ten minutes of speech at a time, at a speed that a busy machine can hold.
                timeout_by_use: [(Use::Transcription, Duration::from_mins(30))].into(),
                first_token: Some(Duration::from_mins(2)),
                between_tokens: Duration::from_mins(1),
                // They have queues of their own.
                max_concurrency: 0,
                ..AccountLimits::default()
            },
            ..Account::new("local", "local", ModelType::Local)
        };
        #[cfg(feature = "text")]
        let account = Account {
            chat: Some(Arc::clone(&self.text) as Arc<dyn llm::ChatModel>),
            ..account
        };
        #[cfg(feature = "speech")]
        let account = Account {
            transcriber: Some(Arc::clone(&self.speech) as Arc<dyn llm::Transcriber>),
            ..account
        };
        #[cfg(feature = "ocr")]
        let account = Account {
            text_reader: Some(Arc::clone(&self.ocr) as Arc<dyn llm::TextReader>),
            ..account
        };
        Some(account)
    }

    #[cfg(not(any(feature = "text", feature = "speech", feature = "ocr")))]
    #[expect(clippy::unused_self, reason = "the same call with and without engines")]
    pub(super) fn account(&self, _settings: &Settings) -> Option<Account> {
        None
    }

    /// Whether a model is there that is fit to propose tasks (contract D8.10).
    #[cfg(feature = "text")]
    pub(super) fn proposes(&self) -> bool {
        self.text.state().tasks
    }

    #[cfg(not(feature = "text"))]
    #[expect(
        clippy::unused_self,
        reason = "the same call with and without a text model"
    )]
    pub(super) fn proposes(&self) -> bool {
        false
    }

    /// What they are doing.
    pub(super) fn states(&self) -> Vec<LocalModelState> {
        vec![
            #[cfg(feature = "text")]
            state("text", "text", &self.text.state()),
            #[cfg(feature = "speech")]
            state("speech", "speech-base", &self.speech.state()),
            #[cfg(feature = "ocr")]
            state("ocr", "ocr", &self.ocr.state()),
        ]
    }

    /// Ends what runs. Blocks for a step of a model at most.
    pub(super) fn stop(&self) {
        #[cfg(feature = "text")]
        self.text.stop();
        #[cfg(feature = "speech")]
        self.speech.stop();
        #[cfg(feature = "ocr")]
        self.ocr.stop();
    }
}

#[cfg(any(feature = "text", feature = "speech", feature = "ocr"))]
fn state(purpose: &str, usual: &str, state: &local::LocalState) -> LocalModelState {
    use local::Status;
    let (status, percent, why) = match &state.status {
        Status::Missing => ("missing", None, None),
        Status::Downloading { percent } => ("downloading", Some(f64::from(*percent)), None),
        Status::Ready => ("ready", None, None),
        Status::Loading { percent } => ("loading", Some(f64::from(*percent)), None),
        Status::Loaded => ("loaded", None, None),
        Status::Failed { why } => ("failed", None, Some(why.clone())),
        Status::Unavailable { why } => ("unavailable", None, Some(why.clone())),
    };
    LocalModelState {
        name: state.model.clone().unwrap_or_else(|| usual.to_owned()),
        purpose: purpose.to_owned(),
        status: status.to_owned(),
        percent,
        hint: why.or_else(|| state.hint.clone()),
    }
}
