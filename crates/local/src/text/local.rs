//! Which file is the text model, now: looked for at every request, so that a model that arrives later is
//! used without a restart.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use llm::ModelError;

use super::thread::Thread;
use super::{
    EngineState, LoadError, LocalState, Status, Text, TextConfig, TextError, TextFile, cpu,
};
use crate::config::LocalConfig;
use crate::machine;
use crate::models::{Installed, Model, ModelFileError, Models, Use};
use crate::worker::Worker;

/// The local text model.
pub struct LocalText {
    models: Models,
    config: LocalConfig,
    worker: Worker,
    engines: Mutex<Engines>,
}

/// The engines there are.
#[derive(Default)]
struct Engines {
    running: Option<Running>,
    /// Those of files that are no longer the ones to use: they finish what they have begun.
    retired: Vec<Thread>,
    /// The process ends: none is started any more.
    stopped: bool,
}

/// The engine in use.
struct Running {
    file: Chosen,
    text: Text,
}

/// The file to use.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Chosen {
    name: String,
    /// `None`: a model of the manifest, found and verified by its name.
    path: Option<PathBuf>,
    tasks: bool,
    memory_bytes: Option<u64>,
}

impl LocalText {
    /// The text model of a models directory, which need not exist yet.
    ///
    /// # Errors
    /// [`ModelFileError`] when the user's list of models in that directory is wrong.
    pub fn new(
        models_dir: impl Into<PathBuf>,
        config: LocalConfig,
        worker: Worker,
    ) -> Result<Self, ModelFileError> {
        Ok(Self {
            models: Models::open(models_dir)?,
            config,
            worker,
            engines: Mutex::default(),
        })
    }

    /// What the model is doing; reads the models directory, never a model.
    pub fn state(&self) -> LocalState {
        let engines = self.engines();
        let running = engines.running.as_ref();
        let Some(chosen) = self.choose(running) else {
            drop(engines);
            return self.absent();
        };
        let engine = running.filter(|running| running.serves(&chosen));
        let status = match engine.map(|running| running.text.state().borrow().clone()) {
            None | Some(EngineState::Ready) => when_ready(),
            Some(EngineState::Loading { percent }) => Status::Loading { percent },
            Some(EngineState::Loaded { .. }) => Status::Loaded,
            Some(EngineState::Failed(error)) => failed(&error),
        };
        LocalState {
            model: Some(chosen.name),
            status,
            tasks: chosen.tasks,
            hint: self.better(chosen.tasks),
        }
    }

    /// Ends what runs and waits for it; nothing is answered from then on. For an orderly end of the
    /// process. Blocks for a step of the model at most.
    pub fn stop(&self) {
        let engines = std::mem::replace(
            &mut *self.engines(),
            Engines {
                stopped: true,
                ..Engines::default()
            },
        );
        drop(engines);
    }

    fn engines(&self) -> MutexGuard<'_, Engines> {
        // No step of a change leaves it half-changed.
        self.engines.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks the engine of the best file there is now, started if need be, by its name.
    pub(super) fn with_engine<T>(
        &self,
        ask: impl FnOnce(&str, &Text) -> Result<T, ModelError>,
    ) -> Result<T, ModelError> {
        let mut engines = self.engines();
        if engines.stopped {
            return Err(TextError::Stopped.into());
        }
        let Some(chosen) = self.choose(engines.running.as_ref()) else {
            drop(engines);
            let state = self.absent();
            return Err(ModelError::NotConfigured(state.hint.unwrap_or_default()));
        };
        let running = match engines.running.take() {
            Some(running) if running.serves(&chosen) => running,
            before => {
                engines.retired.retain(|thread| !thread.has_ended());
                let before = before.map(|running| running.text.retire());
                engines.retired.extend(before);
                self.start(chosen)?
            }
        };
        let Running { file, text } = engines.running.insert(running);
        ask(&file.name, text)
    }

    fn start(&self, chosen: Chosen) -> Result<Running, ModelError> {
        self.tell_choice(&chosen);
        let text = Text::start(self.file(&chosen), self.text_config(), self.worker.clone())?;
        Ok(Running { file: chosen, text })
    }

    /// The name or path that the configuration gives.
    pub(super) fn configured(&self) -> Option<&str> {
        self.config.text_model.as_deref()
    }

    fn text_config(&self) -> TextConfig {
        TextConfig {
            context: self.config.context.get(),
            answer_threads: self.config.text_threads.map(std::num::NonZeroUsize::get),
            idle: self.config.idle,
            queue: self.config.queue.get(),
        }
    }

    fn file(&self, chosen: &Chosen) -> TextFile {
        let models = self.models.clone();
        let (name, path) = (chosen.name.clone(), chosen.path.clone());
        TextFile {
            name: chosen.name.clone(),
            locate: Box::new(move || match &path {
                Some(path) => Ok(path.clone()),
                None => locate(&models, &name).map_err(|error| error.to_string()),
            }),
            memory_bytes: chosen.memory_bytes,
        }
    }

    fn tell_choice(&self, chosen: &Chosen) {
        let best = self.models.best_text_model(None);
        if self.config.text_model.is_none()
            && let Some(best) = best.filter(|best| best.name != chosen.name)
        {
            tracing::info!(
                model.name = chosen.name,
                model.passed_over = best.name,
                "{} is installed but passed over: too little free memory",
                best.name
            );
        }
    }

    /// The file to use now. What is loaded or being loaded counts as free memory: it would give way.
    fn choose(&self, running: Option<&Running>) -> Option<Chosen> {
        let Some(wanted) = &self.config.text_model else {
            let held = running
                .filter(|running| holds_memory(&running.text))
                .and_then(|running| running.file.memory_bytes);
            let free = machine::free_memory().map(|free| free.saturating_add(held.unwrap_or(0)));
            return self.models.best_text_model(free).map(Chosen::listed);
        };
        if let Ok(model) = self.models.manifest().model(wanted) {
            let there = self
                .models
                .installed(wanted)
                .is_ok_and(Installed::is_complete);
            return there.then(|| Chosen::listed(model));
        }
        let candidates = [PathBuf::from(wanted), self.models.dir().join(wanted)];
        candidates
            .into_iter()
            .find(|path| path.is_file())
            .map(Chosen::file)
    }

    /// The state without any file to use.
    fn absent(&self) -> LocalState {
        let fetched = self.models.being_fetched(Use::Text);
        let hint = match (&self.config.text_model, &fetched) {
            (_, Some((name, percent))) => format!("{name} is being fetched: {percent} %"),
            (None, None) => {
                "no text model is installed; `intelliassist models pull default` brings one"
                    .to_owned()
            }
            (Some(name), None) if self.models.manifest().model(name).is_ok() => {
                format!("{name} is not installed; `intelliassist models pull {name}` brings it")
            }
            (Some(path), None) => {
                format!("LOCAL_TEXT_MODEL names {path}, which is neither a model nor a file")
            }
        };
        LocalState {
            model: None,
            status: match fetched {
                Some((_, percent)) => Status::Downloading { percent },
                None => Status::Missing,
            },
            tasks: false,
            hint: Some(hint),
        }
    }

    /// What would be better than the model in use.
    fn better(&self, tasks: bool) -> Option<String> {
        if let Some((name, percent)) = self.models.being_fetched(Use::Text) {
            return Some(format!("{name} is being fetched: {percent} %"));
        }
        (!tasks && self.config.text_model.is_none()).then(|| {
            "tasks are found by rules; `intelliassist models pull full` adds a model that helps \
             (1.1 GB, 1.8 GB memory)"
                .to_owned()
        })
    }
}

impl Running {
    fn serves(&self, chosen: &Chosen) -> bool {
        self.file == *chosen && !self.text.has_ended()
    }
}

impl Chosen {
    fn listed(model: &Model) -> Self {
        Self {
            name: model.name.clone(),
            path: None,
            tasks: model.tasks,
            memory_bytes: model.memory_bytes,
        }
    }

    fn file(path: PathBuf) -> Self {
        let stem = path
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned());
        Self {
            name: stem.unwrap_or_default(),
            path: Some(path),
            tasks: false,
            memory_bytes: None,
        }
    }
}

fn locate(models: &Models, name: &str) -> Result<PathBuf, ModelFileError> {
    let model = models.manifest().model(name)?;
    let weights = model.files.iter().find(|file| is_gguf(&file.path));
    let file = weights
        .or(model.files.first())
        .map_or("", |file| file.path.as_str());
    models.path_of(name, file)
}

fn is_gguf(path: &str) -> bool {
    Path::new(path)
        .extension()
        .is_some_and(|extension| extension == "gguf")
}

fn holds_memory(text: &Text) -> bool {
    match *text.state().borrow() {
        EngineState::Loading { .. } | EngineState::Loaded { .. } => true,
        EngineState::Ready | EngineState::Failed(_) => false,
    }
}

/// The state before anything is loaded.
fn when_ready() -> Status {
    let missing = cpu::missing();
    if missing.is_empty() {
        return Status::Ready;
    }
    failed(&LoadError::Cpu(missing.join(", ")))
}

fn failed(error: &LoadError) -> Status {
    let why = error.to_string();
    match error {
        LoadError::Cpu(_) => Status::Unavailable { why },
        _ => Status::Failed { why },
    }
}
