//! What may change while the server runs: keys at the door, the limit of requests, and what the
//! status page says of the configuration. Requests that are running keep what they began with.

use std::sync::{Arc, PoisonError, RwLock};

use jiff::Timestamp;

use crate::{AppState, Door};

/// The part of the settings that a running server takes anew.
pub struct Live {
    /// Keys that open the door.
    pub door: Door,
    /// Requests a minute for each caller; `None` and 0 are no limit (contract D8.27).
    pub rate_limit_per_minute: Option<u32>,
    /// The model named as `groq_model` in `/api/v1/status` (contract 002-E3).
    pub groq_model: String,
}

/// How the last attempt to take another configuration ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reload {
    pub(crate) at: Timestamp,
    /// Why the old configuration is still in force.
    pub(crate) refused: Option<String>,
    /// What changed and needs a restart.
    pub(crate) needs_restart: Vec<String>,
}

/// Both, behind one lock each.
pub(crate) struct Lively {
    live: RwLock<Arc<Live>>,
    reload: RwLock<Option<Reload>>,
}

impl Lively {
    pub(crate) fn new(live: Live) -> Self {
        Self {
            live: RwLock::new(Arc::new(live)),
            reload: RwLock::default(),
        }
    }
}

impl AppState {
    /// What is in force now.
    pub(crate) fn live(&self) -> Arc<Live> {
        let live = &self.lively.live;
        Arc::clone(&live.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// How the last reload ended; `None` before the first.
    pub(crate) fn last_reload(&self) -> Option<Reload> {
        let reload = &self.lively.reload;
        let reload = reload.read().unwrap_or_else(PoisonError::into_inner);
        reload.clone()
    }

    /// Takes another configuration. `needs_restart` names settings that changed and are taken at the
    /// next start only.
    pub fn reload(&self, live: Live, needs_restart: Vec<String>) {
        let current = &self.lively.live;
        *current.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(live);
        self.note_reload(None, needs_restart);
    }

    /// Another configuration was not taken; the old one stays in force.
    pub fn reload_refused(&self, why: String) {
        self.note_reload(Some(why), Vec::new());
    }

    fn note_reload(&self, refused: Option<String>, needs_restart: Vec<String>) {
        let at = self.clock.now();
        self.http.note_reload(refused.is_none(), at);
        let reload = &self.lively.reload;
        *reload.write().unwrap_or_else(PoisonError::into_inner) = Some(Reload {
            at,
            refused,
            needs_restart,
        });
    }
}
