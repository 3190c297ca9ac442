//! What the assistant does, apart from how it is asked.
//!
//! [`Assistant`] is the whole; [`Assistant::as_user`] gives the view that sees only one person's
//! records (contract D8.21). Each file is one thing the assistant does.

mod about;
mod accept;
mod add;
mod advice;
mod ask;
mod blobs;
mod cache;
mod chat;
mod clockface;
mod config;
mod conversations;
mod describe;
mod due;
mod error;
mod extraction;
mod files;
mod health;
mod housekeeping;
mod invitation;
mod known;
mod ledger;
mod metrics;
mod model_versions;
mod monitor;
mod multimodal;
mod processing;
mod prompt;
mod propose;
mod questions;
mod read;
mod repeat;
mod suggest;
mod suggestions;
mod tasks;
mod transcribe;
mod under_way;
mod users;
mod visits;
mod work;

use std::sync::Arc;

use domain::{Clock, Ids};
use llm::Gateway;
use store::{Shared, Store};
use tokio::sync::{Notify, Semaphore};
use tokio_util::task::TaskTracker;

use blobs::Blobs;
use cache::{Caches, LastingCache};
use work::Wake;

pub use about::{About, LocalModelState};
pub use accept::Accepted;
pub use add::{AddInput, Line};
pub use advice::UseLocal;
pub use ask::{AskInput, AskReply, AskStatus};
pub use cache::{CacheConfig, CacheState, CacheUse};
pub use chat::{ChatInput, ChatPiece, ChatReply, Exchange};
pub use config::Config;
pub use conversations::ConversationInput;
pub use due::{UnreadableDue, parse_due};
pub use error::{AssistantError, Missing};
pub use extract::date::Role as DateRole;
pub use extract::quick_add::{Kind as LineKind, QuickAdd};
pub use extract::{Field, FoundDate, Grain, Reason, Span};
pub use extraction::ExtractInput;
pub use files::{Upload, UploadError};
pub use health::{DatabaseHealth, DatabaseStatus};
pub use ledger::{Ledger, LedgerWriter, ledger};
pub use monitor::{CallWatch, Overview, ProviderSummary};
pub use multimodal::{MultimodalInput, MultimodalReply, Part};
pub use processing::{FileInput, JobView, Taken};
pub use propose::{ModelUse, Proposal, Proposals, Source, stored_due};
pub use questions::{QuestionInput, QuestionReply};
pub use read::{
    Content, DocumentContent, Hearing, PictureContent, Progress, ReadInput, ReadStatus, Reading,
    SpeechContent, Step,
};
pub use suggest::Suggester;
pub use suggestions::Suggestion;
pub use tasks::DueRule;
pub use visits::Visits;

/// Tells what the models in this process are doing.
pub type LocalModels = Arc<dyn Fn() -> Vec<LocalModelState> + Send + Sync>;

/// What an assistant is made of.
pub struct Parts {
    /// Every record.
    pub store: Store,
    /// What is shared with other processes, where there is a Redis.
    pub shared: Option<Shared>,
    /// Every model.
    pub gateway: Gateway,
    /// What the gateway's ledger goes through.
    pub calls: CallWatch,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Identity.
    pub ids: Arc<dyn Ids>,
    /// Settings.
    pub config: Config,
    /// What the models in this process are doing.
    pub local_models: LocalModels,
    /// What reads recordings, pictures and documents.
    pub media: media::Reader,
    /// Work that goes on after a request; waited for at the end.
    pub tasks: TaskTracker,
}

/// The parts at work, and what they share.
pub(crate) struct Core {
    pub(crate) store: Store,
    pub(crate) shared: Option<Shared>,
    pub(crate) gateway: Gateway,
    pub(crate) calls: CallWatch,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) ids: Arc<dyn Ids>,
    pub(crate) config: Config,
    pub(crate) local_models: LocalModels,
    pub(crate) tasks: TaskTracker,
    pub(crate) blobs: Blobs,
    pub(crate) caches: Caches,
    pub(crate) media: media::Reader,
    /// Files that may be worked on at once, which bounds the memory.
    pub(crate) files_at_once: Semaphore,
    /// Tells the worker that there is a job.
    pub(crate) wake: Wake,
    /// Tells whoever looks at a job that it has come further.
    pub(crate) changed: Notify,
}

/// The assistant. Cheap to clone.
#[derive(Clone)]
pub struct Assistant {
    pub(crate) parts: Arc<Core>,
}

impl Assistant {
    /// Puts an assistant together.
    pub fn new(parts: Parts) -> Self {
        let blobs = Blobs::new(parts.config.upload_dir.clone());
        let lasting = LastingCache::new(parts.store.clone(), parts.shared.clone());
        let caches = Caches::new(&parts.config.cache, lasting, Arc::clone(&parts.clock));
        let files_at_once = Semaphore::new(parts.config.files_at_once.get());
        let core = Core {
            store: parts.store,
            shared: parts.shared,
            gateway: parts.gateway,
            calls: parts.calls,
            clock: parts.clock,
            ids: parts.ids,
            config: parts.config,
            local_models: parts.local_models,
            tasks: parts.tasks,
            blobs,
            caches,
            media: parts.media,
            files_at_once,
            wake: Wake::default(),
            changed: Notify::new(),
        };
        Self {
            parts: Arc::new(core),
        }
    }

    /// The assistant as one person sees it; `None` sees every record (contract D8.21).
    pub fn as_user(&self, owner: Option<String>) -> View {
        View {
            parts: Arc::clone(&self.parts),
            owner,
        }
    }
}

/// The assistant as one person sees it.
#[derive(Clone)]
pub struct View {
    pub(crate) parts: Arc<Core>,
    pub(crate) owner: Option<String>,
}

impl View {
    pub(crate) fn owner(&self) -> Option<&str> {
        self.owner.as_deref()
    }

    pub(crate) fn store(&self) -> &Store {
        &self.parts.store
    }
}
