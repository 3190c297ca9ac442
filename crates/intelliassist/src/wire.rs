//! Puts the parts together: store, models, gateway, ledger, assistant.

pub(crate) mod database;
pub(crate) mod lineup;
pub(crate) mod models;
mod restart;

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use assistant::{Assistant, CacheConfig, CallWatch, LocalModelState, Parts};
use domain::{Clock, Ids, RandomIds, SystemClock};
use llm::Gateway;
use providers::{Kind, ProviderConfig};
use reqwest::Client;
use store::{Shared, SharedConfig, Store};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::config::{Loaded, Settings, UseLocal, accounts, redis};
use lineup::Lineup;
use models::LocalModels;
pub(crate) use models::Statuses;

/// How long one question for Ollama's presence takes at most (contract D8.32).
const PROBE: Duration = Duration::from_secs(1);
/// How long work that goes on is waited for at the end.
const FINISH: Duration = Duration::from_secs(10);

/// Where records lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Records {
    /// In the configured database.
    Kept,
    /// In memory: nothing is written.
    Forgotten,
}

/// The accounts at hosted providers and Ollama, found but not connected.
pub(crate) struct Providers {
    pub(crate) configs: Vec<ProviderConfig>,
    pub(crate) client: Client,
}

/// An assistant at work.
pub(crate) struct Running {
    pub(crate) assistant: Assistant,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) ids: Arc<dyn Ids>,
    pub(crate) statuses: Statuses,
    pub(crate) gateway: Gateway,
    pub(crate) lineup: Arc<Lineup>,
    store: Store,
    shared: Option<Shared>,
    tracker: TaskTracker,
    stop: CancellationToken,
    ledger: LedgerTask,
    local: LocalModels,
}

/// The writer of the ledger, which ends after all who make calls.
struct LedgerTask {
    tracker: TaskTracker,
    stop: CancellationToken,
}

impl Providers {
    /// Finds out who may be asked. Ollama is looked for where nothing says whether it is there.
    ///
    /// # Errors
    /// When no HTTP client can be made; when Ollama was required and is not as it should be
    /// (contract 004-A3).
    pub(crate) async fn find(loaded: &Loaded) -> Result<Self> {
        let settings = &loaded.settings;
        let client = client(loaded)?;
        let named = accounts::names_ollama(&settings.accounts);
        let looked_for = settings.models.use_local != UseLocal::Only
            && settings.accounts.ollama_startup_check != Some(false);
        let found = !named
            && looked_for
            && providers::ollama::answers(&client, accounts::OLLAMA, PROBE).await;
        let configs = accounts::configured(settings, found);
        Ok(Self { configs, client })
    }

    /// Those that are configured, for work in which nobody is asked; nothing is looked for.
    ///
    /// # Errors
    /// When no HTTP client can be made.
    pub(crate) fn configured(loaded: &Loaded) -> Result<Self> {
        let client = client(loaded)?;
        let configs = accounts::configured(&loaded.settings, false);
        Ok(Self { configs, client })
    }

    /// Refuses to go on without Ollama only where that was said, and warns where it was named
    /// (contract 7.7, 004-A3).
    ///
    /// # Errors
    /// What the operator has to do.
    pub(crate) async fn check_ollama(&self, loaded: &Loaded) -> Result<()> {
        let settings = &loaded.settings.accounts;
        let ollama = self
            .configs
            .iter()
            .find(|config| config.kind == Kind::Ollama);
        let Some(ollama) = ollama.filter(|_| settings.ollama_startup_check != Some(false)) else {
            return Ok(());
        };
        let model = ollama
            .models
            .default
            .as_deref()
            .or(Kind::Ollama.default_model());
        let checked =
            providers::ollama::check(ollama, &self.client, model.unwrap_or_default()).await;
        match checked {
            Ok(()) => Ok(()),
            Err(error) if settings.ollama_startup_check == Some(true) => Err(error)
                .context("OLLAMA_STARTUP_CHECK_ENABLED is true, so this is needed to start"),
            Err(error) => {
                tracing::warn!(provider.name = "ollama", "{error}");
                Ok(())
            }
        }
    }
}

impl Running {
    /// Starts an assistant.
    ///
    /// # Errors
    /// A setting that cannot be used, or a database that cannot be reached within `patience`.
    pub(crate) async fn start(
        loaded: &Loaded,
        providers: &Providers,
        records: Records,
        patience: Duration,
    ) -> Result<Self> {
        let settings = &loaded.settings;
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let ids: Arc<dyn Ids> = Arc::new(RandomIds);
        let local = LocalModels::new(settings)?;
        let (sink, writer) = assistant::ledger();
        let calls = CallWatch::new(Arc::new(sink));
        let lineup = Lineup::new(settings, providers, local.clone(), &calls, &clock)?;
        let lineup = Arc::new(lineup);
        let gateway = lineup.gateway.clone();
        let (store, hint) = database::open(loaded, records, patience, Arc::clone(&clock)).await?;

        let shared = shared(settings, records, &clock)?;

        let tracker = TaskTracker::new();
        let stop = CancellationToken::new();
        let ledger = LedgerTask {
            tracker: TaskTracker::new(),
            stop: CancellationToken::new(),
        };
        ledger
            .tracker
            .spawn(writer.run(store.clone(), ledger.stop.clone()));
        restart::restore(&gateway, &store, &*clock).await;
        tracker.spawn(Arc::clone(&lineup).follow(stop.clone()));
        let circuits = restart::keep_circuits(gateway.clone(), store.clone(), stop.clone());
        tracker.spawn(circuits);

        let statuses = local.statuses();
        let shown = Arc::clone(&statuses);
        let config = assistant::Config {
            known_providers: known_providers(&providers.configs),
            database_hint: hint,
            cache: cache(settings)?,
            use_local: settings.models.use_local,
            monitoring_dir: settings.data_dir.join("monitoring"),
            ..settings.assistant.clone()
        };
        let assistant = Assistant::new(Parts {
            store: store.clone(),
            shared: shared.clone(),
            gateway: gateway.clone(),
            calls,
            clock: Arc::clone(&clock),
            ids: Arc::clone(&ids),
            config,
            local_models: Arc::new(move || shown()),
            media: reader()?,
            tasks: tracker.clone(),
        });
        Ok(Self {
            assistant,
            clock,
            ids,
            statuses,
            gateway,
            lineup,
            store,
            shared,
            tracker,
            stop,
            ledger,
            local,
        })
    }

    /// Removes uploads that a crash cut off, then works on jobs until the end, beside whatever else is
    /// done.
    pub(crate) fn work(&self) {
        if let Some(shared) = self.shared.clone() {
            // Whether it answers is told at once, and waited for by nobody.
            self.tracker.spawn(async move { shared.ping().await });
        }
        let (assistant, stop) = (self.assistant.clone(), self.stop.clone());
        self.tracker
            .spawn(async move { assistant.keep_house(stop).await });
        let assistant = self.assistant.clone();
        let stop = self.stop.clone();
        self.tracker.spawn(async move {
            assistant.sweep_uploads().await;
            assistant.work(stop).await;
        });
    }

    /// Whether the Redis that is set up answers now; `None` without one.
    pub(crate) async fn redis_answers(&self) -> Option<bool> {
        Some(self.shared.as_ref()?.ping().await.is_ok())
    }

    /// The assistant as the configured person sees it.
    pub(crate) fn view(&self, user: Option<&str>) -> assistant::View {
        self.assistant.as_user(user.map(str::to_owned))
    }

    /// Ends in order: what goes on is finished, the ledger written, the database closed.
    pub(crate) async fn stop(self) {
        self.stop.cancel();
        self.tracker.close();
        if tokio::time::timeout(FINISH, self.tracker.wait())
            .await
            .is_err()
        {
            tracing::warn!("work that was still going on was cut");
        }
        self.ledger.stop.cancel();
        self.ledger.tracker.close();
        if tokio::time::timeout(FINISH, self.ledger.tracker.wait())
            .await
            .is_err()
        {
            tracing::warn!("model calls of the last moments could not be kept in time");
        }
        // It blocks for a step of the model at most.
        let local = self.local;
        if tokio::task::spawn_blocking(move || local.stop())
            .await
            .is_err()
        {
            tracing::warn!("the local model did not end in order");
        }
        self.store.close().await;
    }
}

/// What reads foreign files: this program once more, as a child that may crash.
fn reader() -> Result<media::Reader> {
    let program = std::env::current_exe().context("cannot tell where this program lies")?;
    let arguments = vec![crate::cli::READ_MEDIA.into()];
    Ok(media::Reader::child(
        program,
        arguments,
        media::Limits::default(),
    ))
}

/// The client for all providers.
fn client(loaded: &Loaded) -> Result<Client> {
    Ok(providers::http::client(&loaded.settings.http)?)
}

/// The Redis that is shared with other processes, where one is set up (contract D8.39).
fn shared(settings: &Settings, records: Records, clock: &Arc<dyn Clock>) -> Result<Option<Shared>> {
    let address = redis::address(settings).filter(|_| records == Records::Kept);
    let open = |address| Shared::new(SharedConfig::new(address), Arc::clone(clock));
    let shared = address.map(open).transpose();
    shared.context("REDIS_URL cannot be used")
}

/// What is kept for a while.
fn cache(settings: &Settings) -> Result<CacheConfig> {
    let ttl = Duration::try_from_secs_f64(settings.cache.ttl_seconds);
    let kept = Duration::try_from_secs_f64(settings.cache.question_ttl_seconds);
    Ok(CacheConfig {
        ask_ttl: ttl.context("CACHE_TTL_SECONDS must be a number of seconds, not negative")?,
        ask_most: settings.cache.max_size,
        question_ttl: kept.context("QUESTION_CACHE_TTL_SECONDS must be a number of seconds")?,
    })
}

/// Every provider there is, then the user's own.
fn known_providers(configs: &[ProviderConfig]) -> Vec<String> {
    let mut names: Vec<String> = Kind::ALL.map(|kind| kind.name().to_owned()).into();
    names.push("local".to_owned());
    for config in configs {
        if !names.contains(&config.name) {
            names.push(config.name.clone());
        }
    }
    names
}

/// One word on what a local model is doing.
pub(crate) fn describe(state: &LocalModelState) -> String {
    match state.percent {
        Some(percent) => format!("{} {} ({percent:.0} %)", state.status, state.name),
        None => format!("{} {}", state.status, state.name),
    }
}
