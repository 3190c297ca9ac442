//! The gateway: many accounts that behave like one model which keeps answering.
//!
//! A request walks its chain in the order of `plan`, each account at most once, then a few
//! repetitions (`walk`), all within one deadline. The loop itself is in `run`; what it asks an
//! account before a call, and tells it after, is in `slot`; a call that was begun is an `attempt`,
//! which writes its row into the ledger however it ends, also when it is dropped.

mod ask;
mod attempt;
mod call;
mod core;
mod form;
mod plan;
mod restart;
mod run;
mod slot;
mod snapshot;
mod stream;
mod walk;

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use jiff::Timestamp;

pub use call::{Answered, CacheNote, Call, Only};
pub use restart::PastCall;
pub use snapshot::{AccountStatus, Metrics, Origin, ProviderHealth, ServiceWindow};

use self::ask::{CaptionAsk, ReadTextAsk, StreamAsk, TranscribeAsk};
use self::core::Core;
use self::plan::Lineup;
use crate::account::InvalidAccount;
use crate::config::InvalidConfig;
use crate::ledger::LedgerSink;
use crate::{
    Account, Caption, CaptionRequest, Chains, ChatAnswer, ChatRequest, ChatStream, Clock,
    GatewayConfig, ModelError, PictureText, ReadTextRequest, Transcript, TranscriptionRequest, Use,
};

/// Calls models: cheap to clone, one per process.
#[derive(Clone)]
pub struct Gateway {
    core: Arc<Core>,
    lineup: Arc<RwLock<Arc<Lineup>>>,
}

/// Why accounts or settings were not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidGateway {
    /// A setting breaks a rule.
    #[error(transparent)]
    Config(#[from] InvalidConfig),
    /// An account breaks a rule.
    #[error(transparent)]
    Account(#[from] InvalidAccount),
    /// Two accounts would share breaker, quota and counters.
    #[error("two accounts are named {0}")]
    DuplicateName(String),
}

impl Gateway {
    /// Sets up the accounts. `clock` tells the time of day.
    ///
    /// # Errors
    /// The rule that the settings or an account break.
    pub fn new(
        config: GatewayConfig,
        accounts: Vec<Account>,
        chains: Chains,
        ledger: Arc<dyn LedgerSink>,
        clock: Clock,
    ) -> Result<Self, InvalidGateway> {
        Self::with_chance(
            config,
            accounts,
            chains,
            ledger,
            clock,
            Box::new(rand::random::<f64>),
        )
    }

    /// As [`Gateway::new`], with the chance that waits are drawn by: numbers from 0 to 1.
    ///
    /// # Errors
    /// As [`Gateway::new`].
    pub fn with_chance(
        config: GatewayConfig,
        accounts: Vec<Account>,
        chains: Chains,
        ledger: Arc<dyn LedgerSink>,
        clock: Clock,
        chance: Box<dyn Fn() -> f64 + Send + Sync>,
    ) -> Result<Self, InvalidGateway> {
        let lineup = Lineup::new(config, accounts, chains, None, clock())?;
        let core = Core::new(&lineup.config, ledger, clock, chance);
        Ok(Self {
            core: Arc::new(core),
            lineup: Arc::new(RwLock::new(Arc::new(lineup))),
        })
    }

    /// Takes other settings, accounts and chains, all at once. Requests that are running keep
    /// theirs; accounts of the same name keep breaker, score, quota and counters, but are asked
    /// again where a key had been refused.
    ///
    /// # Errors
    /// As [`Gateway::new`]; nothing is changed then.
    pub fn reload(
        &self,
        config: GatewayConfig,
        accounts: Vec<Account>,
        chains: Chains,
    ) -> Result<(), InvalidGateway> {
        let mut current = self.lineup.write().unwrap_or_else(PoisonError::into_inner);
        let next = Lineup::new(config, accounts, chains, Some(&current), self.now())?;
        self.core.configure(&next.config);
        *current = Arc::new(next);
        Ok(())
    }

    /// Asks for a whole answer. Where the request wants JSON, the answer's text is JSON that
    /// satisfies the schema, or the call fails (contract D8.17).
    ///
    /// # Errors
    /// [`ModelError::NotConfigured`] when nothing could answer; the error itself when one account
    /// was asked; else [`ModelError::AllFailed`].
    pub async fn chat(
        &self,
        purpose: Use,
        request: ChatRequest,
        call: Call,
    ) -> Result<Answered<ChatAnswer>, ModelError> {
        self.count(&call);
        self.chat_in_form(purpose, request, call).await
    }

    /// Asks for a streamed answer; resolves with its first content. Until then a failing account is
    /// replaced by the next without a trace. After it, a failure is an error inside the stream and
    /// its end: nothing is repeated and nothing silently cut. Dropping the stream cancels the call.
    /// A form is asked for, but not checked: whoever reads the stream does that at its end.
    ///
    /// # Errors
    /// As [`Gateway::chat`].
    pub async fn stream(
        &self,
        purpose: Use,
        request: ChatRequest,
        call: Call,
    ) -> Result<Answered<ChatStream>, ModelError> {
        self.count(&call);
        self.run(purpose, &call, StreamAsk::new(request)).await
    }

    /// Turns speech into text.
    ///
    /// # Errors
    /// As [`Gateway::chat`].
    pub async fn transcribe(
        &self,
        purpose: Use,
        request: TranscriptionRequest,
        call: Call,
    ) -> Result<Answered<Transcript>, ModelError> {
        self.count(&call);
        self.run(purpose, &call, TranscribeAsk::new(request)).await
    }

    /// Describes a picture.
    ///
    /// # Errors
    /// As [`Gateway::chat`].
    pub async fn caption(
        &self,
        purpose: Use,
        request: CaptionRequest,
        call: Call,
    ) -> Result<Answered<Caption>, ModelError> {
        self.count(&call);
        self.run(purpose, &call, CaptionAsk::new(request)).await
    }

    /// Reads the text in a picture.
    ///
    /// # Errors
    /// As [`Gateway::chat`].
    pub async fn read_text(
        &self,
        purpose: Use,
        request: ReadTextRequest,
        call: Call,
    ) -> Result<Answered<PictureText>, ModelError> {
        self.count(&call);
        self.run(purpose, &call, ReadTextAsk::new(request)).await
    }

    /// Whether anything is set up and enabled that could answer, however it fares at the moment.
    pub fn can(&self, purpose: Use, call: &Call) -> bool {
        !self.candidates(purpose, call).is_empty()
    }

    /// The accounts that would be asked now, in their order.
    pub fn candidates(&self, purpose: Use, call: &Call) -> Vec<String> {
        let offers = ask::offers_for(purpose);
        let slots = self.current().order(purpose, call, offers, self.now());
        slots.iter().map(|slot| slot.account.name.clone()).collect()
    }

    /// Time for an answer, for accounts without a time-out of their own.
    pub fn timeout(&self) -> Duration {
        self.current().config.timeout
    }

    fn current(&self) -> Arc<Lineup> {
        self.lineup
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn now(&self) -> Timestamp {
        self.core.now()
    }
}

impl std::fmt::Debug for Gateway {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names: Vec<String> = self
            .current()
            .slots
            .iter()
            .map(|slot| slot.account.name.clone())
            .collect();
        f.debug_struct("Gateway")
            .field("accounts", &names)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
