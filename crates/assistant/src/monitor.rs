//! What was called and how the services do (contract 002-A12, A13, 002-E17…E22, 003-M1…M3).
//!
//! [`CallWatch`] stands before the ledger, so pages, metrics and ledger count the same calls. Looking
//! at a page calls no model.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use llm::gateway::{AccountStatus, Metrics, ServiceWindow};
use llm::monitor::{ApiMetric, Monitor, ServiceHealth, ServiceStatus};
use llm::quota::QuotaStatus;
use llm::{CallRecord, LedgerSink, ModelType};
use serde_json::json;

use crate::error::Missing;
use crate::metrics::CallMetrics;
use crate::{Assistant, AssistantError};

/// Services that are shown before their first call, with their calls a minute (contract 002-A13).
const SERVICES: [(&str, u32); 3] = [("groq", 30), ("huggingface", 1000), ("supabase", 1000)];
/// How far an export looks back (contract 002-E22).
const EXPORTED: Duration = Duration::from_hours(24);

/// Sees every row on its way to the ledger. Cheap to clone.
#[derive(Clone)]
pub struct CallWatch {
    inner: Arc<Watch>,
}

struct Watch {
    next: Arc<dyn LedgerSink>,
    monitor: Mutex<Monitor>,
    metrics: CallMetrics,
    /// Held while the numbers are looked at.
    looking: Mutex<()>,
}

impl CallWatch {
    /// Stands before a ledger.
    pub fn new(next: Arc<dyn LedgerSink>) -> Self {
        let monitor = Mutex::new(Monitor::new(SERVICES.map(|(name, _)| name)));
        Self {
            inner: Arc::new(Watch {
                next,
                monitor,
                metrics: CallMetrics::new(),
                looking: Mutex::default(),
            }),
        }
    }

    /// The calls in numbers.
    pub(crate) fn metrics(&self) -> &CallMetrics {
        &self.inner.metrics
    }

    /// Lets one at a time look at the numbers.
    pub(crate) fn looking(&self) -> MutexGuard<'_, ()> {
        let looking = &self.inner.looking;
        looking.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn monitor(&self) -> MutexGuard<'_, Monitor> {
        let monitor = &self.inner.monitor;
        monitor.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl LedgerSink for CallWatch {
    fn record(&self, record: CallRecord) {
        // Words of our own stand in for a call; no service was asked.
        if record.model_type != ModelType::Fallback {
            self.monitor().record(&record);
        }
        self.inner.metrics.record(&record);
        self.inner.next.record(record);
    }
}

/// How all services do.
#[derive(Debug, Clone, PartialEq)]
pub struct Overview {
    /// Everything together.
    pub overall: ServiceStatus,
    /// Each.
    pub services: BTreeMap<String, ServiceHealth>,
    /// Calls of all.
    pub total_requests: u64,
    /// Those that failed.
    pub total_errors: u64,
}

impl Overview {
    /// Failed of all, from 0 to 1, four decimals; 0 before the first.
    pub fn error_rate(&self) -> f64 {
        match self.total_requests {
            0 => 0.0,
            requests => (10_000.0 * self.total_errors as f64 / requests as f64).round() / 10_000.0,
        }
    }
}

/// How a provider stands over all its accounts.
#[derive(Debug, Clone, PartialEq)]
pub struct ProviderSummary {
    /// `not_configured`, `healthy` or `error`.
    pub status: &'static str,
    /// Default model of its first account.
    pub model: Option<String>,
    /// Mean seconds of its first account that can be asked.
    pub response_time: f64,
    /// Accounts.
    pub accounts: usize,
    /// Class of the last error of one that cannot be asked.
    pub error: Option<&'static str>,
}

impl crate::Core {
    /// Whether there is a provider of that name, set up or not. Accounts that came while the process
    /// ran count too.
    pub(crate) fn knows_provider(&self, name: &str) -> bool {
        let is_known = |known: &String| known == name;
        self.config.known_providers.iter().any(is_known)
            || self.gateway.status().iter().any(|account| {
                let provider = &account.provider;
                provider.provider_name == name || provider.provider_type == name
            })
    }
}

impl Assistant {
    /// How the services do.
    pub fn overview(&self) -> Overview {
        let monitor = self.parts.calls.monitor();
        let services = monitor.services();
        Overview {
            overall: monitor.overall(),
            total_requests: services.values().map(|one| one.total_requests).sum(),
            total_errors: services.values().map(|one| one.error_count).sum(),
            services,
        }
    }

    /// How one service does.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn service_health(&self, name: &str) -> Result<ServiceHealth, AssistantError> {
        let found = self.parts.calls.monitor().service(name);
        found.ok_or(AssistantError::NotFound(Missing::Service))
    }

    /// The calls of the last while, oldest first.
    pub fn recent_calls(&self, last: Duration) -> Vec<ApiMetric> {
        let now = self.parts.clock.now();
        let monitor = self.parts.calls.monitor();
        monitor.recent(last, now).into_iter().cloned().collect()
    }

    /// The current minute of every service that has a limit, and of those of contract 002-A13.
    pub fn rate_limits(&self) -> BTreeMap<String, ServiceWindow> {
        let mut windows = self.parts.gateway.windows();
        for (name, requests_per_minute) in SERVICES {
            windows.entry(name.to_owned()).or_insert(ServiceWindow {
                requests_per_minute,
                current_count: 0,
                reset_time: self.parts.clock.now(),
            });
        }
        windows
    }

    /// Writes what the pages show and the calls of the last day into a file; tells its path below
    /// the directory of such files (contract 002-E22).
    ///
    /// # Errors
    /// `Internal` where the file cannot be written.
    pub async fn export_monitoring(&self) -> Result<PathBuf, AssistantError> {
        let now = self.parts.clock.now();
        let overview = self.overview();
        let content = json!({
            "export_time": now,
            "dashboard": {
                "timestamp": now,
                "services": overview.services,
                "overall_health": overview.overall,
                "total_requests": overview.total_requests,
                "total_errors": overview.total_errors,
                "rate_limits": self.rate_limits(),
            },
            "metrics": self.recent_calls(EXPORTED),
        });
        let name = now
            .strftime("metrics_export_%Y%m%d_%H%M%S.json")
            .to_string();
        let directory = &self.parts.config.monitoring_dir;
        let bytes = serde_json::to_vec_pretty(&content).map_err(AssistantError::internal)?;
        let written = async {
            tokio::fs::create_dir_all(directory).await?;
            tokio::fs::write(directory.join(&name), bytes).await
        };
        written.await.map_err(AssistantError::internal)?;
        Ok(PathBuf::from("monitoring").join(name))
    }

    /// How every account stands, in the order of their registration (contract 003-M2).
    pub fn providers(&self) -> Vec<AccountStatus> {
        self.parts.gateway.status()
    }

    /// How one account stands.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn provider(&self, name: &str) -> Result<AccountStatus, AssistantError> {
        let missing = || AssistantError::NotFound(Missing::Provider(name.to_owned()));
        self.parts.gateway.account(name).ok_or_else(missing)
    }

    /// Closes an account's circuit by hand, and ends its pause; tells how it stands then.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn reset_circuit(&self, name: &str) -> Result<AccountStatus, AssistantError> {
        self.parts.gateway.reset_circuit(name);
        let status = self.provider(name)?;
        tracing::info!(provider.name = name, "the circuit was closed by hand");
        Ok(status)
    }

    /// What was asked and made since the start (contract 003-M3).
    pub fn model_metrics(&self) -> Metrics {
        self.parts.gateway.metrics()
    }

    /// How every account's quota stands (contract 003-A8).
    pub fn quotas(&self) -> Vec<QuotaStatus> {
        self.parts.gateway.quota()
    }

    /// How every provider stands that is known, set up or not (contract 002-E4, 7.1).
    pub fn provider_summaries(&self) -> BTreeMap<String, ProviderSummary> {
        let mut accounts: BTreeMap<String, Vec<AccountStatus>> = BTreeMap::new();
        let all = self.providers();
        // Accounts are known by their own names too, and those are no providers.
        let is_account = |name: &str| {
            all.iter()
                .any(|account| account.provider.provider_name == name)
        };
        let known = self.parts.config.known_providers.iter();
        let kinds = known.map(String::as_str).filter(|name| !is_account(name));
        for name in kinds.chain(["groq", "huggingface"]) {
            accounts.entry(name.to_owned()).or_default();
        }
        for status in all {
            let kind = status.provider.provider_type.clone();
            accounts.entry(kind).or_default().push(status);
        }
        accounts
            .into_iter()
            .map(|(kind, accounts)| (kind, summary(&accounts)))
            .collect()
    }
}

fn summary(accounts: &[AccountStatus]) -> ProviderSummary {
    let Some(first) = accounts.first() else {
        return ProviderSummary {
            status: "not_configured",
            model: None,
            response_time: 0.0,
            accounts: 0,
            error: None,
        };
    };
    let usable = accounts.iter().find(|account| can_be_asked(account));
    let shown = usable.unwrap_or(first);
    ProviderSummary {
        status: if usable.is_some() { "healthy" } else { "error" },
        model: Some(shown.provider.model.clone()),
        response_time: shown.provider.average_response_time,
        accounts: accounts.len(),
        error: match usable {
            Some(_) => None,
            None => first.last_error.or(first.paused_for).or(Some("disabled")),
        },
    }
}

fn can_be_asked(account: &AccountStatus) -> bool {
    let provider = &account.provider;
    provider.enabled && provider.is_healthy && account.paused_until.is_none()
}
