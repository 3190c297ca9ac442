//! Puts the parts together: store, models, gateway, ledger, assistant.

pub(crate) mod database;
pub(crate) mod models;

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use assistant::{Assistant, CacheConfig, CallWatch, LocalModelState, Parts};
use domain::{Clock, Ids, RandomIds, SystemClock};
use llm::{Account, Gateway, QuotaPeriod};
use providers::{Kind, ProviderConfig};
use reqwest::Client;
use store::Store;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::config::{Loaded, Settings, UseLocal, accounts};
use models::LocalModels;
pub(crate) use models::Statuses;

/// How long one question for Ollama's presence takes at most (contract D8.32).
const PROBE: Duration = Duration::from_secs(1);
/// How often it is looked whether a local model came or went.
const LOOK: Duration = Duration::from_secs(5);
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
    store: Store,
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
        let mut connected = accounts::connect(settings, &providers.configs, &providers.client)?;
        connected.extend(local.account(settings));
        let (store, hint) = database::open(loaded, records, patience, Arc::clone(&clock)).await?;

        let (sink, writer) = assistant::ledger();
        let calls = CallWatch::new(Arc::new(sink));
        let tracker = TaskTracker::new();
        let stop = CancellationToken::new();
        let ledger = LedgerTask {
            tracker: TaskTracker::new(),
            stop: CancellationToken::new(),
        };
        ledger
            .tracker
            .spawn(writer.run(store.clone(), ledger.stop.clone()));
        let limits: Vec<(String, Option<llm::Quota>)> = connected
            .iter()
            .map(|account| (account.name.clone(), account.limits.quota))
            .collect();
        let chains = accounts::chains(settings, &providers.configs, local.proposes());
        let lineup = Lineup {
            config: with_list_prices(settings.gateway.clone()),
            accounts: connected,
            settings: settings.clone(),
            configs: providers.configs.clone(),
        };
        let time = Arc::clone(&clock);
        let gateway = Gateway::new(
            lineup.config.clone(),
            lineup.accounts.clone(),
            chains,
            Arc::new(calls.clone()),
            Arc::new(move || time.now()),
        )?;
        tracker.spawn(lineup.follow(gateway.clone(), local.clone(), stop.clone()));
        restore_quotas(&gateway, &store, &limits, &clock).await;

        let statuses = local.statuses();
        let shown = Arc::clone(&statuses);
        let config = assistant::Config {
            known_providers: known_providers(&providers.configs),
            database_hint: hint,
            cache: cache(settings)?,
            monitoring_dir: settings.data_dir.join("monitoring"),
            ask_deadline: settings.gateway.timeout,
            ..settings.assistant.clone()
        };
        let assistant = Assistant::new(Parts {
            store: store.clone(),
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
            store,
            tracker,
            stop,
            ledger,
            local,
        })
    }

    /// Removes uploads that a crash cut off, then works on jobs until the end, beside whatever else is
    /// done.
    pub(crate) fn work(&self) {
        let assistant = self.assistant.clone();
        let stop = self.stop.clone();
        self.tracker.spawn(async move {
            assistant.sweep_uploads().await;
            assistant.work(stop).await;
        });
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

/// The configured prices, and the list prices of models that have none there.
fn with_list_prices(mut config: llm::GatewayConfig) -> llm::GatewayConfig {
    for (model, price) in providers::prices::all() {
        config.prices.entry(model).or_insert(price);
    }
    config
}

/// What a gateway is made of, for the day its chains change.
struct Lineup {
    config: llm::GatewayConfig,
    accounts: Vec<Account>,
    settings: Settings,
    configs: Vec<ProviderConfig>,
}

impl Lineup {
    /// Puts the local model into the chain for tasks when one arrives that is fit for it, and takes
    /// it out when that is gone. No restart is needed.
    async fn follow(self, gateway: Gateway, local: LocalModels, stop: CancellationToken) {
        let mut before = local.proposes();
        let mut ticks = tokio::time::interval(LOOK);
        loop {
            tokio::select! {
                _ = ticks.tick() => {}
                () = stop.cancelled() => return,
            }
            let proposes = local.proposes();
            if proposes == before {
                continue;
            }
            before = proposes;
            let chains = accounts::chains(&self.settings, &self.configs, proposes);
            match gateway.reload(self.config.clone(), self.accounts.clone(), chains) {
                Ok(()) => {
                    tracing::info!(proposes, "the local model's part in finding tasks changed");
                }
                Err(error) => tracing::error!(%error, "the chains could not be changed"),
            }
        }
    }
}

/// Tells the gateway what was used of every quota before this start (contract 003-A8). Without it the
/// start goes on: a quota that is counted anew errs on the side of answering.
async fn restore_quotas(
    gateway: &Gateway,
    store: &Store,
    limits: &[(String, Option<llm::Quota>)],
    clock: &Arc<dyn Clock>,
) {
    let today = clock.now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let used = match store
        .provider_usage(None, today.first_of_month(), today)
        .await
    {
        Ok(used) => used,
        Err(error) => {
            tracing::warn!(%error, "what was used of the quotas is not known; they count from zero");
            return;
        }
    };
    for (name, quota) in limits {
        let Some(quota) = quota else { continue };
        let days = used.iter().filter(|day| {
            day.provider_name == *name && (quota.period == QuotaPeriod::Month || day.date == today)
        });
        let sums = days.fold((0, 0), |(requests, characters), day| {
            (
                requests + day.request_count,
                characters + day.character_count,
            )
        });
        let count = |number: i64| u64::try_from(number).unwrap_or_default();
        gateway.restore_quota(name, count(sums.0), count(sums.1));
    }
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
