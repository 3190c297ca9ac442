//! Who may be asked, and how that changes while the process runs: by a model that arrives or goes,
//! and by another configuration (SIGHUP). A change is checked as a whole and taken at once; requests
//! that are running keep the accounts they began with.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::Result;
use assistant::CallWatch;
use domain::Clock;
use llm::{Account, Chains, Gateway};
use providers::ProviderConfig;
use tokio_util::sync::CancellationToken;

use super::Providers;
use super::models::LocalModels;
use crate::config::{Settings, accounts};

/// How often it is looked whether a local model came or went.
const LOOK: Duration = Duration::from_secs(5);

/// The gateway, and what it was made of.
pub(crate) struct Lineup {
    pub(crate) gateway: Gateway,
    local: LocalModels,
    /// Models in this process are taken from the settings of the start.
    local_account: Option<Account>,
    made: Mutex<Made>,
}

/// What a gateway is made of.
#[derive(Clone)]
struct Made {
    config: llm::GatewayConfig,
    hosted: Vec<Account>,
    settings: Settings,
    configs: Vec<ProviderConfig>,
    /// Whether a local model is there that is fit to propose tasks.
    proposes: bool,
}

/// Accounts that another configuration brought, took away, or set up anew, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Changes {
    pub(crate) added: Vec<String>,
    pub(crate) removed: Vec<String>,
}

impl Made {
    fn new(settings: &Settings, providers: &Providers, proposes: bool) -> Result<Self> {
        Ok(Self {
            config: with_list_prices(settings.gateway.clone()),
            hosted: accounts::connect(settings, &providers.configs, &providers.client)?,
            settings: settings.clone(),
            configs: providers.configs.clone(),
            proposes,
        })
    }

    fn chains(&self) -> Chains {
        accounts::chains(&self.settings, &self.configs, self.proposes)
    }

    fn accounts(&self, local: Option<&Account>) -> Vec<Account> {
        self.hosted.iter().chain(local).cloned().collect()
    }

    fn names(&self) -> Vec<String> {
        let hosted = self.hosted.iter();
        hosted.map(|account| account.name.clone()).collect()
    }
}

impl Lineup {
    /// Sets the accounts up.
    ///
    /// # Errors
    /// A setting that cannot be used.
    pub(super) fn new(
        settings: &Settings,
        providers: &Providers,
        local: LocalModels,
        calls: &CallWatch,
        clock: &Arc<dyn Clock>,
    ) -> Result<Self> {
        let made = Made::new(settings, providers, local.proposes())?;
        let local_account = local.account(settings);
        let time = Arc::clone(clock);
        let gateway = Gateway::new(
            made.config.clone(),
            made.accounts(local_account.as_ref()),
            made.chains(),
            Arc::new(calls.clone()),
            Arc::new(move || time.now()),
        )?;
        Ok(Self {
            gateway,
            local,
            local_account,
            made: Mutex::new(made),
        })
    }

    /// Takes another configuration.
    ///
    /// # Errors
    /// What is wrong with it; nothing is changed then.
    pub(crate) fn reload(&self, settings: &Settings, providers: &Providers) -> Result<Changes> {
        let mut made = self.made();
        let next = Made::new(settings, providers, made.proposes)?;
        self.take(&next)?;
        let (before, after) = (made.names(), next.names());
        *made = next;
        let missing = |names: &[String], from: &[String]| {
            let missing = names.iter().filter(|name| !from.contains(name));
            missing.cloned().collect()
        };
        Ok(Changes {
            added: missing(&after, &before),
            removed: missing(&before, &after),
        })
    }

    /// Puts the local model into the chain for tasks when one arrives that is fit for it, and takes
    /// it out when that is gone. No restart is needed.
    pub(super) async fn follow(self: Arc<Self>, stop: CancellationToken) {
        let mut ticks = tokio::time::interval(LOOK);
        loop {
            tokio::select! {
                _ = ticks.tick() => self.look(),
                () = stop.cancelled() => return,
            }
        }
    }

    fn look(&self) {
        let proposes = self.local.proposes();
        let mut made = self.made();
        if proposes == made.proposes {
            return;
        }
        made.proposes = proposes;
        match self.take(&made) {
            Ok(()) => tracing::info!(proposes, "the local model's part in finding tasks changed"),
            Err(error) => tracing::error!(%error, "the chains could not be changed"),
        }
    }

    fn take(&self, made: &Made) -> Result<()> {
        let accounts = made.accounts(self.local_account.as_ref());
        let chains = made.chains();
        Ok(self.gateway.reload(made.config.clone(), accounts, chains)?)
    }

    fn made(&self) -> MutexGuard<'_, Made> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The configured prices, and the list prices of models that have none there.
fn with_list_prices(mut config: llm::GatewayConfig) -> llm::GatewayConfig {
    for (model, price) in providers::prices::all() {
        config.prices.entry(model).or_insert(price);
    }
    config
}
