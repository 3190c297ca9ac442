//! The models in this process: their account, and what they are doing.

use std::sync::Arc;

use anyhow::{Context, Result};
use assistant::LocalModelState;
use llm::Account;
use local::models::{Installed, Models};

use crate::config::{Settings, UseLocal};

/// Tells what the models in this process are doing.
pub(crate) type Statuses = Arc<dyn Fn() -> Vec<LocalModelState> + Send + Sync>;

/// The models in this process. Cheap to clone.
#[derive(Clone)]
pub(super) struct LocalModels {
    files: Option<Models>,
    #[cfg(feature = "text")]
    text: Option<Arc<local::LocalText>>,
}

impl LocalModels {
    /// Nothing is loaded yet.
    ///
    /// # Errors
    /// A list of models in the models directory that is wrong.
    pub(super) fn new(settings: &Settings) -> Result<Self> {
        let used = settings.models.use_local != UseLocal::Off;
        let dir = &settings.models.dir;
        let files = used.then(|| Models::open(dir)).transpose();
        let files = files.with_context(|| format!("MODELS_DIR is {}", dir.display()))?;
        #[cfg(feature = "text")]
        let text = if used {
            let worker = local::worker::Worker::new(settings.local.threads);
            let text = local::LocalText::new(dir, settings.local.clone(), worker)?;
            Some(Arc::new(text))
        } else {
            None
        };
        Ok(Self {
            files,
            #[cfg(feature = "text")]
            text,
        })
    }

    /// The account under which they are asked. It is there before any file is, so that a model that
    /// arrives later is used without a restart.
    #[cfg(feature = "text")]
    pub(super) fn account(&self, settings: &Settings) -> Option<Account> {
        use llm::{AccountLimits, ModelType, StructuredOutput};
        use std::time::Duration;

        let text = self.text.as_ref()?;
        let model = settings.local.text_model.clone();
        Some(Account {
            models: llm::Models::one(model.unwrap_or_else(|| local::ANY.to_owned())),
            chat: Some(Arc::clone(text) as Arc<dyn llm::ChatModel>),
            structured: StructuredOutput::JsonSchema,
            limits: AccountLimits {
                // A model that is loaded first, on a machine that does something else too.
                timeout: Duration::from_mins(5),
                first_token: Some(Duration::from_mins(2)),
                between_tokens: Duration::from_mins(1),
                // It has a queue of its own.
                max_concurrency: 0,
                ..AccountLimits::default()
            },
            ..Account::new("local", "local", ModelType::Local)
        })
    }

    #[cfg(not(feature = "text"))]
    #[expect(
        clippy::unused_self,
        reason = "the same call with and without a text model"
    )]
    pub(super) fn account(&self, _settings: &Settings) -> Option<Account> {
        None
    }

    /// Whether a model is there that is fit to propose tasks (contract D8.10).
    #[cfg(feature = "text")]
    pub(super) fn proposes(&self) -> bool {
        self.text.as_ref().is_some_and(|text| text.state().tasks)
    }

    #[cfg(not(feature = "text"))]
    #[expect(
        clippy::unused_self,
        reason = "the same call with and without a text model"
    )]
    pub(super) fn proposes(&self) -> bool {
        false
    }

    /// What they are doing, now and whenever it is called.
    pub(super) fn statuses(&self) -> Statuses {
        let files = self.files.clone();
        #[cfg(feature = "text")]
        let text = self.text.clone();
        Arc::new(move || {
            let mut states = Vec::new();
            #[cfg(feature = "text")]
            states.extend(text.iter().map(|text| text_state(&text.state())));
            states.extend(files.iter().flat_map(other_states));
            states
        })
    }

    /// Ends what runs. Blocks for a step of a model at most.
    #[cfg(feature = "text")]
    pub(super) fn stop(self) {
        if let Some(text) = self.text {
            text.stop();
        }
    }

    #[cfg(not(feature = "text"))]
    #[expect(
        clippy::unused_self,
        reason = "the same call with and without a text model"
    )]
    pub(super) fn stop(self) {}
}

#[cfg(feature = "text")]
fn text_state(state: &local::LocalState) -> LocalModelState {
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
        name: state.model.clone().unwrap_or_else(|| "text".to_owned()),
        purpose: "text".to_owned(),
        status: status.to_owned(),
        percent,
        hint: why.or_else(|| state.hint.clone()),
    }
}

/// The files of models of the default set whose engines are not part of this yet, and of text models
/// where this was built without one.
fn other_states(models: &Models) -> Vec<LocalModelState> {
    let shown = models.list().into_iter().filter(|model| {
        model.sets.iter().any(|set| set == "default")
            && (cfg!(not(feature = "text")) || model.purpose != local::models::Use::Text)
    });
    shown
        .map(|model| {
            let fetching = models.is_being_fetched(&model.name).unwrap_or_default();
            let (status, percent) = match model.installed {
                Installed::Complete | Installed::Unchecked => ("ready", None),
                Installed::Partial { bytes } if fetching => {
                    let share = bytes as f64 / model.bytes.max(1) as f64;
                    ("downloading", Some((share * 100.0).round()))
                }
                Installed::Missing if fetching => ("downloading", Some(0.0)),
                Installed::Partial { .. } | Installed::Missing => ("missing", None),
            };
            let hint =
                (status == "missing").then(|| format!("intelliassist models pull {}", model.name));
            LocalModelState {
                name: model.name,
                purpose: purpose(model.purpose).to_owned(),
                status: status.to_owned(),
                percent,
                hint,
            }
        })
        .collect()
}

/// The word on the wire.
pub(crate) const fn purpose(purpose: local::models::Use) -> &'static str {
    use local::models::Use;
    match purpose {
        Use::Text => "text",
        Use::Speech => "speech",
        Use::Ocr => "ocr",
        Use::Embed => "embed",
    }
}
