//! Who asks, under which conditions, and who answered.

use std::time::Duration;

use uuid::Uuid;

use crate::{Account, ModelType};

/// Which accounts may answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Only {
    /// Those of the use's chain.
    #[default]
    Any,
    /// Those of these provider kinds: in the order of the chain, and where it does not name them,
    /// in the order given.
    Kinds(Vec<String>),
    /// Those of the use's chain whose models run here, or elsewhere.
    Type(ModelType),
    /// This account, whatever the chain says.
    Account(String),
}

/// What a cache said before this call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CacheNote {
    /// None was asked.
    #[default]
    NotAsked,
    /// It did not have the answer.
    Miss,
}

/// The conditions of a call.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Call {
    /// The request it is made for.
    pub request_id: Uuid,
    /// The user's label, for the ledger.
    pub user: Option<String>,
    /// Who may answer.
    pub only: Only,
    /// Names of accounts not to be asked, such as one whose answer was useless.
    pub avoid: Vec<String>,
    /// Time for all attempts together, and for a stream to its end; `None` takes the gateway's for
    /// the answer to begin.
    pub deadline: Option<Duration>,
    /// What a cache said.
    pub cache: CacheNote,
}

impl Call {
    /// A call anyone may answer.
    pub fn new(request_id: Uuid) -> Self {
        Self {
            request_id,
            ..Self::default()
        }
    }

    /// The same for a user.
    #[must_use]
    pub fn for_user(mut self, user: Option<String>) -> Self {
        self.user = user;
        self
    }

    /// The same, answered only by these.
    #[must_use]
    pub fn only(mut self, only: Only) -> Self {
        self.only = only;
        self
    }

    /// The same within a time.
    #[must_use]
    pub fn within(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// The same after a cache did not have the answer.
    #[must_use]
    pub fn after_cache_miss(mut self) -> Self {
        self.cache = CacheNote::Miss;
        self
    }
}

/// An answer, and whose it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered<T> {
    /// The answer.
    pub value: T,
    /// The account that gave it.
    pub account: String,
    /// Its provider.
    pub kind: String,
    /// The model, as it names itself.
    pub model: String,
    /// Where it runs.
    pub model_type: ModelType,
    /// From the request to the answer, or to the first content of a stream.
    pub latency: Duration,
    /// Calls that were made for it.
    pub attempts: u32,
}

impl<T> Answered<T> {
    pub(super) fn by(account: &Account, model: String, value: T) -> Self {
        Self {
            value,
            account: account.name.clone(),
            kind: account.kind.clone(),
            model,
            model_type: account.model_type,
            latency: Duration::ZERO,
            attempts: 0,
        }
    }

    /// The same with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Answered<U> {
        Answered {
            value: change(self.value),
            account: self.account,
            kind: self.kind,
            model: self.model,
            model_type: self.model_type,
            latency: self.latency,
            attempts: self.attempts,
        }
    }
}
