//! Where the models are, and a thread budget for tests.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use local::models::Models;
use local::worker::Worker;

#[expect(
    clippy::disallowed_methods,
    reason = "tests are told where the models are"
)]
pub(crate) fn models_dir() -> PathBuf {
    match std::env::var("TEST_MODELS_DIR") {
        Ok(dir) => PathBuf::from(dir),
        Err(_) => Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models"),
    }
}

/// A file of a model; `None`, said aloud, where it is missing.
pub(crate) fn file_of(model: &str, file: &str) -> Option<PathBuf> {
    let dir = models_dir();
    match Models::open(&dir).unwrap().path_of(model, file) {
        Ok(path) => Some(path),
        Err(error) => {
            println!("SKIPPED: {model} in {}: {error}", dir.display());
            None
        }
    }
}

/// Tests run beside each other: threads that wait for each other on too few cores take minutes.
pub(crate) fn one_thread() -> Worker {
    Worker::new(Some(NonZeroUsize::MIN))
}
