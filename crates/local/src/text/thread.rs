//! The engine's thread, which never outlives whoever holds it.
//!
//! llama.cpp keeps state that goes when the process exits; a thread that still computed then would crash
//! the process at its very end. So there is no way to let go of the thread without waiting for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use super::TextError;

/// A thread that is told to stop and waited for when this is dropped.
pub(super) struct Thread {
    stopping: Stopping,
    /// Taken when it is waited for.
    handle: Option<JoinHandle<()>>,
}

/// Whether the thread should end; clones share it.
#[derive(Debug, Clone, Default)]
pub(super) struct Stopping(Arc<AtomicBool>);

impl Stopping {
    pub(super) fn is_told(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    pub(super) fn tell(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Thread {
    pub(super) fn start(work: impl FnOnce(Stopping) + Send + 'static) -> Result<Self, TextError> {
        let stopping = Stopping::default();
        let told = stopping.clone();
        let handle = std::thread::Builder::new()
            .name("text-model".to_owned())
            .spawn(move || work(told))
            .map_err(|error| TextError::Engine(error.to_string()))?;
        Ok(Self {
            stopping,
            handle: Some(handle),
        })
    }

    pub(super) fn has_ended(&self) -> bool {
        self.handle.as_ref().is_none_or(JoinHandle::is_finished)
    }
}

impl Drop for Thread {
    fn drop(&mut self) {
        self.stopping.tell();
        let ended = self.handle.take().map(JoinHandle::join);
        if ended.is_some_and(|ended| ended.is_err()) {
            tracing::error!("the text engine's thread had failed");
        }
    }
}
