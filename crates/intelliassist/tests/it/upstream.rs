//! A provider that fails on command, beside tests that wait for whole programs.

use std::ops::Deref;

use testkit::upstream::Upstream;
use tokio::runtime::Runtime;

/// It runs on threads of its own.
pub(crate) struct Fake {
    upstream: Upstream,
    _runtime: Runtime,
}

impl Fake {
    pub(crate) fn start() -> Self {
        let runtime = Runtime::new().unwrap();
        let upstream = runtime.block_on(Upstream::start()).unwrap();
        Self {
            upstream,
            _runtime: runtime,
        }
    }

    /// Prompts it received, without the questions what it has.
    pub(crate) fn prompts(&self) -> usize {
        let received = self.received();
        let prompts = received.iter().filter(|request| !request.is_probe());
        prompts.count()
    }
}

impl Deref for Fake {
    type Target = Upstream;

    fn deref(&self) -> &Upstream {
        &self.upstream
    }
}
