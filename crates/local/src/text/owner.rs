//! The thread that owns the model: loads it when work comes, lets it go when none does.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use llama_cpp_2::model::LlamaModel;
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::{OwnedSemaphorePermit, watch};

use super::engine::{self, Threads};
use super::session::Session;
use super::thread::Stopping;
use super::{EngineState, LoadError, Piece, Request, TextConfig, TextError, TextFile, cpu};
use crate::machine;
use crate::worker::{Lease, Worker};

/// How long an answer waits for another heavy job before it runs beside it.
const PATIENCE: Duration = Duration::from_secs(2);

/// Where the pieces of an answer go.
pub(super) type Listener = UnboundedSender<Result<Piece, TextError>>;

/// A queued request.
pub(super) struct Job {
    pub request: Request,
    pub grammar: Option<Arc<str>>,
    pub to: Listener,
    /// Its place in the queue, given back when it starts or is dropped.
    pub place: OwnedSemaphorePermit,
}

/// A request that left the queue.
pub(super) struct Started {
    pub request: Request,
    pub to: Listener,
}

impl Job {
    pub(super) fn is_cancelled(&self) -> bool {
        self.to.is_closed()
    }

    pub(super) fn is_late(&self, now: Instant) -> bool {
        self.request
            .deadline
            .is_some_and(|deadline| deadline <= now)
    }

    /// Gives its place in the queue back, and tells the listener so.
    pub(super) fn start(self) -> Started {
        drop(self.place);
        // A listener that left is seen before the next step.
        let _ = self.to.send(Ok(Piece::Started));
        Started {
            request: self.request,
            to: self.to,
        }
    }

    pub(super) fn fail(&self, error: TextError) {
        // A listener that left needs no telling.
        let _ = self.to.send(Err(error));
    }
}

/// Everything the thread owns before a model is loaded.
pub(super) struct Owner {
    file: TextFile,
    config: TextConfig,
    worker: Worker,
    jobs: Receiver<Job>,
    state: watch::Sender<EngineState>,
    stopping: Stopping,
}

/// Why a loaded model is let go.
enum Leave {
    /// There was no work for the idle time.
    Idle,
    /// Nobody can send requests any more.
    Closed,
    /// It cannot be worked with.
    Unfit,
}

impl Owner {
    pub(super) fn new(
        file: TextFile,
        config: TextConfig,
        worker: Worker,
        jobs: Receiver<Job>,
        state: watch::Sender<EngineState>,
        stopping: Stopping,
    ) -> Self {
        Self {
            file,
            config,
            worker,
            jobs,
            state,
            stopping,
        }
    }

    /// Runs until nobody can send requests any more.
    pub(super) fn run(self) {
        while let Ok(job) = self.jobs.recv() {
            if self.stopping.is_told() {
                job.fail(TextError::Stopped);
                continue;
            }
            match self.load() {
                Ok(model) => match self.serve(&model, job) {
                    Leave::Closed => return,
                    Leave::Idle => {
                        drop(model);
                        tracing::info!(model.name = self.file.name, "unloaded the idle text model");
                        self.tell(EngineState::Ready);
                    }
                    Leave::Unfit => {}
                },
                Err(_) if self.stopping.is_told() => job.fail(TextError::Stopped),
                Err(error) => self.failed(&job, &error),
            }
        }
    }

    /// Tells everyone who waits that the model cannot be loaded; the next request tries again.
    fn failed(&self, first: &Job, error: &LoadError) {
        tracing::warn!(model.name = self.file.name, %error, "the text model cannot be loaded");
        self.tell(EngineState::Failed(error.clone()));
        first.fail(error.clone().into());
        for job in self.jobs.try_iter() {
            job.fail(error.clone().into());
        }
    }

    fn load(&self) -> Result<LlamaModel, LoadError> {
        self.tell(EngineState::Loading { percent: 0 });
        let missing = cpu::missing();
        if !missing.is_empty() {
            return Err(LoadError::Cpu(missing.join(", ")));
        }
        let path = (self.file.locate)().map_err(LoadError::File)?;
        enough_memory(&path, self.file.memory_bytes, machine::free_memory())?;
        let began = Instant::now();
        let (state, stopping) = (self.state.clone(), self.stopping.clone());
        let model = engine::load(&path, move |share| {
            let loading = EngineState::Loading {
                percent: share_in_percent(share),
            };
            state.send_if_modified(|now| std::mem::replace(now, loading.clone()) != loading);
            !stopping.is_told()
        })?;
        tracing::info!(
            model.name = self.file.name,
            model.path = %path.display(),
            load.seconds = began.elapsed().as_secs_f64(),
            "loaded the text model"
        );
        Ok(model)
    }

    /// Answers until there has been no work for the idle time.
    fn serve(&self, model: &LlamaModel, first: Job) -> Leave {
        let all = self.worker.threads();
        let threads = Threads {
            prompt: all,
            answer: self.config.answer_threads.unwrap_or(all).clamp(1, all),
        };
        let mut session = match Session::new(model, self.config.context, threads) {
            Ok(session) => session,
            Err(error) => {
                self.failed(&first, &error);
                return Leave::Unfit;
            }
        };
        self.tell(EngineState::Loaded {
            answer_threads: session.answer_threads(),
        });
        session.push(first);
        let mut lease: Option<Lease> = None;
        loop {
            if session.is_idle() {
                lease = None;
                match self.jobs.recv_timeout(self.config.idle) {
                    Ok(job) => session.push(job),
                    Err(RecvTimeoutError::Timeout) => return Leave::Idle,
                    Err(RecvTimeoutError::Disconnected) => return Leave::Closed,
                }
            }
            self.jobs.try_iter().for_each(|job| session.push(job));
            if self.stopping.is_told() {
                session.refuse_all(&TextError::Stopped);
                continue;
            }
            session.admit(Instant::now());
            if lease.is_none() {
                lease = Some(self.worker.lease(PATIENCE));
            }
            if let Some(answer_threads) = session.step() {
                self.tell(EngineState::Loaded { answer_threads });
            }
        }
    }

    fn tell(&self, state: EngineState) {
        self.state.send_replace(state);
    }
}

/// Refuses a model whose need does not fit with room to spare, before anything is read.
fn enough_memory(path: &Path, need: Option<u64>, free: Option<u64>) -> Result<(), LoadError> {
    let size = std::fs::metadata(path)
        .map_err(|error| LoadError::File(format!("{}: {error}", path.display())))?
        .len();
    // Re-packed weights and the cache come on top of the file.
    let need = need.unwrap_or(size.saturating_mul(3) / 2);
    Ok(machine::enough_memory(need, free)?)
}

fn share_in_percent(share: f32) -> u8 {
    let reached = (1..=100_u8).take_while(|percent| f32::from(*percent) <= share * 100.0);
    reached.last().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_that_does_not_fit_is_refused_before_it_is_read() {
        let file = tempfile::NamedTempFile::new().unwrap();
        file.as_file().set_len(1000).unwrap();
        let error = enough_memory(file.path(), Some(1_000_000_000), Some(1_200_000_000));
        let error = error.unwrap_err();
        assert_eq!(
            error,
            LoadError::Memory(machine::Shortage {
                needed: 1_300_000_000,
                free: 1_200_000_000
            })
        );
        assert!(error.to_string().contains("LOCAL_TEXT_MODEL"), "{error}");
        enough_memory(file.path(), Some(1_000_000_000), Some(1_300_000_000)).unwrap();
        enough_memory(file.path(), Some(1_000_000_000), None).unwrap();
        enough_memory(file.path(), None, Some(1949)).unwrap_err();
        enough_memory(file.path(), None, Some(1950)).unwrap();
    }

    #[test]
    fn shares_become_percent() {
        let percents = [-1.0, 0.0, 0.5, 1.0, 7.0, f32::NAN].map(share_in_percent);
        assert_eq!(percents, [0, 0, 50, 100, 100, 0]);
    }
}
