//! The models in this process: their account, and what they are doing.

mod engines;

use std::sync::Arc;

use anyhow::{Context, Result};
use assistant::LocalModelState;
use llm::Account;
use local::models::{Installed, Models};

use crate::config::{Settings, UseLocal};

use engines::Engines;

/// Tells what the models in this process are doing.
pub(crate) type Statuses = Arc<dyn Fn() -> Vec<LocalModelState> + Send + Sync>;

/// The models in this process. Cheap to clone.
#[derive(Clone)]
pub(super) struct LocalModels {
    files: Option<Models>,
    engines: Option<Engines>,
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
        let engines = used.then(|| Engines::new(settings)).transpose()?;
        Ok(Self { files, engines })
    }

    /// The account under which they are asked. It is there before any file is, so that a model that
    /// arrives later is used without a restart.
    pub(super) fn account(&self, settings: &Settings) -> Option<Account> {
        self.engines.as_ref()?.account(settings)
    }

    /// Whether a model is there that is fit to propose tasks (contract D8.10).
    pub(super) fn proposes(&self) -> bool {
        self.engines.as_ref().is_some_and(Engines::proposes)
    }

    /// What they are doing, now and whenever it is called.
    pub(super) fn statuses(&self) -> Statuses {
        let (files, engines) = (self.files.clone(), self.engines.clone());
        Arc::new(move || {
            let engines = engines.iter().flat_map(Engines::states);
            engines.chain(files.iter().flat_map(other_states)).collect()
        })
    }

    /// Ends what runs. Blocks for a step of a model at most.
    pub(super) fn stop(self) {
        if let Some(engines) = self.engines {
            engines.stop();
        }
    }
}

/// The files of models of the default set whose engines this was built without.
fn other_states(models: &Models) -> Vec<LocalModelState> {
    use local::models::Use;
    let has_engine = |purpose| match purpose {
        Use::Text => cfg!(feature = "text"),
        Use::Speech => cfg!(feature = "speech"),
        Use::Ocr => cfg!(feature = "ocr"),
        Use::Embed => false,
    };
    let shown = models.list().into_iter().filter(|model| {
        model.sets.iter().any(|set| set == "default") && !has_engine(model.purpose)
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
