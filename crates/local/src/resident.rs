//! Engines that do one job at a time: which files they use, when they are loaded, and who is next.
//!
//! A [`Resident`] looks for its files at every job, so that a model that arrives later is used without a
//! restart. One thread owns the engine: it loads it at the first job, runs the jobs in order under the
//! shared budget of threads, and lets the engine go after a while without work. Dropping the future of
//! a job cancels it: the engine looks at [`Run::is_cancelled`] between its steps. What an engine does,
//! its implementation of [`Engine`] says; the text model, which advances several answers together, has
//! an owner of its own.

mod error;
mod owner;

#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use tokio::sync::{Semaphore, oneshot};

use crate::config::LocalConfig;
use crate::machine;
use crate::models::{Model, ModelFileError, Models, Use};
use crate::state::{ANY, LocalState, Status};
use crate::worker::Worker;

pub use error::{EngineError, LoadError};

use owner::{Board, Job, Owner, Told};

/// An engine that does one job at a time.
pub trait Engine: Sized + 'static {
    /// What its models are for.
    const USE: Use;
    /// The same as a word in messages: “speech”.
    const WHAT: &'static str;
    /// Its models in the order they are preferred; those of the user come after them. The first one is
    /// what a user without any is told to fetch.
    const ORDER: &'static [&'static str];

    /// Loads it. Called on the thread that then runs it, when there is memory for it.
    ///
    /// # Errors
    /// [`LoadError`].
    fn load(loading: &Loading<'_>) -> Result<Self, LoadError>;
}

/// What an engine needs while it is loaded.
pub struct Loading<'a> {
    models: &'a Models,
    model: &'a str,
    reached: &'a dyn Fn(u8),
}

impl Loading<'_> {
    /// The model's name.
    pub fn model(&self) -> &str {
        self.model
    }

    /// Where one of its files lies, by its name in the manifest; its sum is known to be right.
    ///
    /// # Errors
    /// [`LoadError::File`], which names the command that mends it.
    pub fn path(&self, file: &str) -> Result<PathBuf, LoadError> {
        let path = self.models.path_of(self.model, file);
        path.map_err(|error| LoadError::File(error.to_string()))
    }

    /// One of its files as a whole, for small ones.
    ///
    /// # Errors
    /// [`LoadError::File`].
    pub fn read(&self, file: &str) -> Result<Vec<u8>, LoadError> {
        let path = self.path(file)?;
        let bytes = std::fs::read(&path);
        bytes.map_err(|error| LoadError::File(format!("{}: {error}", path.display())))
    }

    /// Says that so many percent are loaded.
    pub fn reached(&self, percent: u8) {
        (self.reached)(percent);
    }
}

/// What a running job may use, and whether it should go on.
#[derive(Debug)]
pub struct Run {
    threads: usize,
    cancelled: Arc<AtomicBool>,
    stopping: Arc<AtomicBool>,
}

impl Run {
    /// A run of its own, for benchmarks and tests of an engine.
    pub fn alone(threads: usize) -> Self {
        Self {
            threads,
            cancelled: Arc::default(),
            stopping: Arc::default(),
        }
    }

    /// Threads it may use.
    pub fn threads(&self) -> usize {
        self.threads
    }

    /// Whether it should end: nobody waits for it, or the process ends. To be looked at several times a
    /// second.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed) || self.stopping.load(Ordering::Relaxed)
    }

    /// The same as an error, for `?`.
    ///
    /// # Errors
    /// [`EngineError::Cancelled`].
    pub fn go_on(&self) -> Result<(), EngineError> {
        if self.is_cancelled() {
            return Err(EngineError::Cancelled);
        }
        Ok(())
    }
}

/// The holder of one kind of engine.
pub struct Resident<E> {
    models: Models,
    config: LocalConfig,
    worker: Worker,
    places: Arc<Semaphore>,
    board: Board,
    running: Mutex<Option<Running<E>>>,
}

/// The thread of an engine.
struct Running<E> {
    jobs: Sender<Job<E>>,
    stopping: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

/// Cancels a job when nobody waits for it any more.
struct CancelOnDrop(Arc<AtomicBool>);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl<E: Engine> Resident<E> {
    /// The engine of a models directory, which need not exist yet.
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
            places: Arc::new(Semaphore::new(config.queue.get())),
            config,
            worker,
            board: Board::new(),
            running: Mutex::new(None),
        })
    }

    /// Every model of this use that is known, installed or not.
    pub fn known(&self) -> impl Iterator<Item = &Model> {
        let models = self.models.manifest().models.iter();
        models.filter(|model| model.purpose == E::USE)
    }

    /// The model to use now: the one `wanted` names; for `None` or [`ANY`] the best installed one that
    /// `accepts` takes and that fits into memory, or, where none fits, the best.
    ///
    /// # Errors
    /// [`EngineError::Unknown`] for a name that is not known, [`EngineError::Missing`] when the model is
    /// not installed.
    pub fn pick(
        &self,
        wanted: Option<&str>,
        accepts: impl Fn(&Model) -> bool,
    ) -> Result<&Model, EngineError> {
        let installed = self.models.ranked(E::USE, E::ORDER);
        if let Some(name) = wanted.filter(|name| *name != ANY) {
            let found = installed.into_iter().find(|model| model.name == name);
            return found.ok_or_else(|| self.not_installed(name));
        }
        let acceptable: Vec<&Model> = installed.into_iter().filter(|m| accepts(m)).collect();
        let held = self.held();
        let free = machine::free_memory().map(|free| free.saturating_add(held));
        let fits = |model: &&&Model| machine::enough_memory(memory_of(model), free).is_ok();
        let best = acceptable.iter().find(fits).or(acceptable.first());
        best.copied()
            .ok_or_else(|| EngineError::Missing(self.absent()))
    }

    /// Does a job with a model that was picked. Dropping the future cancels it.
    ///
    /// # Errors
    /// [`EngineError::Busy`] at once when the queue is full; what the job or the loading says; the rest
    /// as [`EngineError`] explains.
    pub async fn run<T: Send + 'static>(
        &self,
        model: &Model,
        job: impl FnOnce(&mut E, &Run) -> Result<T, EngineError> + Send + 'static,
    ) -> Result<T, EngineError> {
        let place = Arc::clone(&self.places)
            .try_acquire_owned()
            .map_err(|_| EngineError::Busy(E::WHAT))?;
        let cancelled = Arc::new(AtomicBool::new(false));
        let _cancel = CancelOnDrop(Arc::clone(&cancelled));
        let (answer, answered) = oneshot::channel();
        self.send(Job {
            model: model.name.clone(),
            memory_bytes: memory_of(model),
            work: Box::new(move |engine| {
                let result = engine.and_then(|(engine, run)| job(engine, run));
                // Whoever asked may have left.
                let _ = answer.send(result);
            }),
            cancelled,
            place,
        })?;
        answered.await.unwrap_or_else(|_| Err(ended::<E>()))
    }

    /// What the engine is doing; reads the models directory, never a model.
    pub fn state(&self) -> LocalState {
        let state = |model: Option<String>, status, hint| LocalState {
            model,
            status,
            tasks: false,
            hint,
        };
        let told = self.board.read();
        match told {
            Told::Loading { model, percent } => {
                return state(Some(model), Status::Loading { percent }, None);
            }
            Told::Loaded { model } => return state(Some(model), Status::Loaded, None),
            Told::Ready | Told::Failed { .. } => {}
        }
        let fetched = self.models.being_fetched(E::USE);
        let fetching = fetched
            .as_ref()
            .map(|(name, percent)| fetching(name, *percent));
        match (self.pick(None, |_| true), told) {
            (Ok(best), Told::Failed { model, why }) if model == best.name => {
                let why = why.to_string();
                state(Some(model), Status::Failed { why }, fetching)
            }
            (Ok(best), _) => state(Some(best.name.clone()), Status::Ready, fetching),
            (Err(error), _) => {
                let status = match fetched {
                    Some((_, percent)) => Status::Downloading { percent },
                    None => Status::Missing,
                };
                state(None, status, Some(error.to_string()))
            }
        }
    }

    /// Ends what runs and waits for it, for an orderly end of the process. Blocks for a step of the
    /// engine at most.
    pub fn stop(&self) {
        let running = self.running().take();
        if let Some(Running {
            jobs,
            stopping,
            thread,
        }) = running
        {
            stopping.store(true, Ordering::Relaxed);
            drop(jobs);
            if thread.join().is_err() {
                tracing::error!("the {} engine's thread had failed", E::WHAT);
            }
        }
    }

    /// Hands a job to the engine's thread, started if need be.
    fn send(&self, job: Job<E>) -> Result<(), EngineError> {
        let mut running = self.running();
        let there = match running.take() {
            Some(there) => there,
            None => self.start()?,
        };
        let sent = there.jobs.send(job);
        *running = Some(there);
        sent.map_err(|_| ended::<E>())
    }

    fn start(&self) -> Result<Running<E>, EngineError> {
        let (jobs, waiting) = std::sync::mpsc::channel();
        let stopping = Arc::new(AtomicBool::new(false));
        let owner = Owner {
            models: self.models.clone(),
            worker: self.worker.clone(),
            idle: self.config.idle,
            jobs: waiting,
            board: self.board.clone(),
            stopping: Arc::clone(&stopping),
        };
        let thread = std::thread::Builder::new()
            .name(format!("{}-model", E::WHAT))
            .spawn(move || owner.run())
            .map_err(|error| EngineError::Failed {
                what: E::WHAT,
                why: error.to_string(),
            })?;
        Ok(Running {
            jobs,
            stopping,
            thread,
        })
    }

    fn running(&self) -> MutexGuard<'_, Option<Running<E>>> {
        // What it guards is replaced as a whole.
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Memory of the model that is loaded or being loaded: it would give way to another one.
    fn held(&self) -> u64 {
        let model = match self.board.read() {
            Told::Loading { model, .. } | Told::Loaded { model } => model,
            Told::Ready | Told::Failed { .. } => return 0,
        };
        self.models.manifest().model(&model).map_or(0, memory_of)
    }

    fn not_installed(&self, name: &str) -> EngineError {
        if self.known().any(|model| model.name == name) {
            return EngineError::Missing(format!(
                "{name} is not installed; `intelliassist models pull {name}` brings it"
            ));
        }
        EngineError::Unknown {
            what: E::WHAT,
            model: name.to_owned(),
        }
    }

    /// What to do without any model.
    fn absent(&self) -> String {
        if let Some((name, percent)) = self.models.being_fetched(E::USE) {
            return fetching(&name, percent);
        }
        let offered = E::ORDER.first().copied().unwrap_or("default");
        let others = !self.models.ranked(E::USE, E::ORDER).is_empty();
        let kind = if others { " fit for this" } else { "" };
        format!(
            "no {} model{kind} is installed; `intelliassist models pull {offered}` brings one",
            E::WHAT
        )
    }
}

fn fetching(name: &str, percent: u8) -> String {
    format!("{name} is being fetched: {percent} %")
}

fn ended<E: Engine>() -> EngineError {
    EngineError::Failed {
        what: E::WHAT,
        why: "its thread has ended".to_owned(),
    }
}

/// What a model occupies; where its manifest does not say, twice its files.
fn memory_of(model: &Model) -> u64 {
    model
        .memory_bytes
        .unwrap_or_else(|| model.bytes().saturating_mul(2))
}
