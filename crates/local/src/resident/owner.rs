//! The thread that owns an engine: loads it when work comes, lets it go when none does.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::OwnedSemaphorePermit;

use super::{Engine, EngineError, LoadError, Loading, Run};
use crate::machine;
use crate::models::Models;
use crate::worker::Worker;

/// How long a job waits for another heavy one before it runs beside it.
const PATIENCE: Duration = Duration::from_secs(2);

/// What is done with a loaded engine, or told instead of it.
pub(super) type Work<E> = Box<dyn FnOnce(Result<(&mut E, &Run), EngineError>) + Send>;

/// A queued job.
pub(super) struct Job<E> {
    pub model: String,
    pub memory_bytes: u64,
    pub work: Work<E>,
    pub cancelled: Arc<AtomicBool>,
    /// Its place in the queue, given back when it starts or is dropped.
    pub place: OwnedSemaphorePermit,
}

/// What the thread says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Told {
    Ready,
    Loading { model: String, percent: u8 },
    Loaded { model: String },
    Failed { model: String, why: LoadError },
}

/// The last thing told, shared with whoever shows it.
#[derive(Debug, Clone)]
pub(super) struct Board(Arc<Mutex<Told>>);

impl Board {
    pub(super) fn new() -> Self {
        Self(Arc::new(Mutex::new(Told::Ready)))
    }

    pub(super) fn read(&self) -> Told {
        // It is replaced as a whole, so a panic leaves nothing half-told.
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn tell(&self, told: Told) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = told;
    }
}

/// Everything the thread owns.
pub(super) struct Owner<E> {
    pub models: Models,
    pub worker: Worker,
    pub idle: Duration,
    pub jobs: Receiver<Job<E>>,
    pub board: Board,
    pub stopping: Arc<AtomicBool>,
}

/// A loaded engine.
struct Loaded<E> {
    model: String,
    engine: E,
}

impl<E: Engine> Owner<E> {
    /// Runs until nobody can send jobs any more.
    pub(super) fn run(self) {
        let mut loaded = None;
        loop {
            let job = match &loaded {
                None => self.jobs.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(_) => self.jobs.recv_timeout(self.idle),
            };
            match job {
                Ok(job) => self.work_safely(job, &mut loaded),
                Err(RecvTimeoutError::Timeout) => self.unload(&mut loaded),
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        self.board.tell(Told::Ready);
    }

    /// A panic, which only a defect makes, ends its job and the engine, never the thread.
    fn work_safely(&self, job: Job<E>, loaded: &mut Option<Loaded<E>>) {
        if catch_unwind(AssertUnwindSafe(|| self.work(job, loaded))).is_err() {
            tracing::error!("the {} engine failed and will be loaded anew", E::WHAT);
            *loaded = None;
            self.board.tell(Told::Ready);
        }
    }

    fn work(&self, job: Job<E>, loaded: &mut Option<Loaded<E>>) {
        let Job {
            model,
            memory_bytes,
            work,
            cancelled,
            place,
        } = job;
        drop(place);
        if self.stopping.load(Ordering::Relaxed) {
            return work(Err(EngineError::Stopped(E::WHAT)));
        }
        if cancelled.load(Ordering::Relaxed) {
            return work(Err(EngineError::Cancelled));
        }
        let lease = self.worker.lease(PATIENCE);
        let run = Run {
            threads: lease.threads(),
            cancelled,
            stopping: Arc::clone(&self.stopping),
        };
        match self.engine(&model, memory_bytes, loaded) {
            Ok(engine) => work(Ok((engine, &run))),
            Err(why) => {
                tracing::warn!(model.name = model, error = %why, "the {} model cannot be loaded", E::WHAT);
                self.board.tell(Told::Failed {
                    model,
                    why: why.clone(),
                });
                work(Err(EngineError::Load { what: E::WHAT, why }));
            }
        }
    }

    /// The engine of that model, loaded if need be. One at a time: the one before gives way.
    fn engine<'a>(
        &self,
        model: &str,
        memory_bytes: u64,
        loaded: &'a mut Option<Loaded<E>>,
    ) -> Result<&'a mut E, LoadError> {
        let there = loaded.take().filter(|loaded| loaded.model == model);
        let there = match there {
            Some(there) => there,
            None => self.load(model, memory_bytes)?,
        };
        Ok(&mut loaded.insert(there).engine)
    }

    fn load(&self, model: &str, memory_bytes: u64) -> Result<Loaded<E>, LoadError> {
        let told = |percent| {
            self.board.tell(Told::Loading {
                model: model.to_owned(),
                percent,
            });
        };
        told(0);
        machine::enough_memory(memory_bytes, machine::free_memory())?;
        let began = Instant::now();
        let engine = E::load(&Loading {
            models: &self.models,
            model,
            reached: &told,
        })?;
        tracing::info!(
            model.name = model,
            load.seconds = began.elapsed().as_secs_f64(),
            "loaded the {} model",
            E::WHAT
        );
        self.board.tell(Told::Loaded {
            model: model.to_owned(),
        });
        Ok(Loaded {
            model: model.to_owned(),
            engine,
        })
    }

    fn unload(&self, loaded: &mut Option<Loaded<E>>) {
        if let Some(Loaded { model, engine }) = loaded.take() {
            drop(engine);
            tracing::info!(model.name = model, "unloaded the idle {} model", E::WHAT);
            self.board.tell(Told::Ready);
        }
    }
}
