//! The one budget of threads for everything heavy in this process: answers, transcriptions, pages.
//!
//! Engines that each take every core meet at each other's barriers and are slower than one after the
//! other. So one job at a time runs at full width; one that does not want to wait runs on one thread.

use std::num::NonZeroUsize;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::machine;

/// The budget; clones share it.
#[derive(Debug, Clone)]
pub struct Worker {
    threads: usize,
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    full_width_taken: Mutex<bool>,
    given_back: Condvar,
}

impl Shared {
    fn taken(&self) -> MutexGuard<'_, bool> {
        // A flag cannot be left half-changed by a panic.
        self.full_width_taken
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// The right to run; dropping it gives the width back.
#[derive(Debug)]
pub struct Lease {
    threads: usize,
    full_width_of: Option<Arc<Shared>>,
}

impl Worker {
    /// A budget of that many threads, as [`machine::threads`] limits it.
    pub fn new(threads: Option<NonZeroUsize>) -> Self {
        Self {
            threads: machine::threads(threads),
            shared: Arc::default(),
        }
    }

    /// Threads of the whole budget.
    pub fn threads(&self) -> usize {
        self.threads
    }

    /// The right to run at full width, waiting for it no longer than `patience`, or on one thread.
    /// Blocks: not for threads of the async runtime.
    pub fn lease(&self, patience: Duration) -> Lease {
        let waited =
            self.shared
                .given_back
                .wait_timeout_while(self.shared.taken(), patience, |taken| *taken);
        let (mut taken, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if *taken {
            return Lease {
                threads: 1,
                full_width_of: None,
            };
        }
        *taken = true;
        Lease {
            threads: self.threads,
            full_width_of: Some(Arc::clone(&self.shared)),
        }
    }
}

impl Lease {
    /// Threads this job may use.
    pub fn threads(&self) -> usize {
        self.threads
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if let Some(shared) = &self.full_width_of {
            *shared.taken() = false;
            shared.given_back.notify_one();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_full_width_the_rest_on_one_thread() {
        let worker = Worker::new(None);
        let first = worker.lease(Duration::ZERO);
        assert_eq!(first.threads(), worker.threads());
        let second = worker.clone().lease(Duration::ZERO);
        assert_eq!(second.threads(), 1);
        drop(second);
        assert!(worker.lease(Duration::ZERO).full_width_of.is_none());
        drop(first);
        assert!(worker.lease(Duration::ZERO).full_width_of.is_some());
    }

    #[test]
    fn who_waits_gets_the_width_when_it_is_given_back() {
        let worker = Worker::new(None);
        let first = worker.lease(Duration::ZERO);
        let waiting = worker.clone();
        let second = std::thread::spawn(move || waiting.lease(Duration::from_mins(1)));
        drop(first);
        assert!(second.join().unwrap().full_width_of.is_some());
    }
}
