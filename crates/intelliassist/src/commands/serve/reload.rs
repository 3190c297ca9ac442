//! Another configuration for a running server: read, checked as a whole, and taken at once, or not at
//! all. Running requests keep theirs. The environment of a process cannot change from outside; the
//! file and `.env` can.

use std::collections::{BTreeMap, BTreeSet};
use std::io::IsTerminal;
use std::net::IpAddr;
use std::sync::Arc;

use anyhow::Result;
use server::{AppState, Door, Live};
use tokio::signal::unix::Signal;
use tokio_util::sync::CancellationToken;
use toml::{Table, Value};

use super::Load;
use crate::config::{Loaded, accounts};
use crate::wire::Providers;
use crate::wire::lineup::{Changes, Lineup};

/// Settings that a running server takes, by where their paths begin.
const TAKEN: [&str; 8] = [
    "accounts.",
    "api_keys",
    "gateway.",
    "http.",
    "provider",
    "routing.",
    "server.auth_mode",
    "server.rate_limit_per_minute",
];

/// What a reload needs.
pub(super) struct Reloading<L> {
    load: L,
    state: AppState,
    lineup: Arc<Lineup>,
    /// Where the server listens, which does not change.
    host: IpAddr,
    /// What the server was started with.
    started_with: BTreeMap<String, Value>,
    /// Whether somebody watches it in a terminal.
    in_terminal: bool,
}

impl<L: Load> Reloading<L> {
    pub(super) fn new(loaded: &Loaded, state: AppState, lineup: Arc<Lineup>, load: L) -> Self {
        Self {
            load,
            state,
            lineup,
            host: loaded.settings.server.host,
            started_with: flat(&loaded.sources.table),
            in_terminal: std::io::stdout().is_terminal(),
        }
    }

    /// Reloads at every signal, until the end. The signal of a terminal that was closed means the end.
    pub(super) async fn run(self, mut hangup: Signal, stop: CancellationToken) {
        loop {
            tokio::select! {
                received = hangup.recv() => if received.is_none() { return },
                () = stop.cancelled() => return,
            }
            if self.in_terminal && std::fs::File::open("/dev/tty").is_err() {
                stop.cancel();
                return;
            }
            match self.reload().await {
                Ok((changes, needs_restart)) => {
                    tracing::info!(
                        added = changes.added.join(","),
                        removed = changes.removed.join(","),
                        "the configuration was taken"
                    );
                    if !needs_restart.is_empty() {
                        let settings = needs_restart.join(", ");
                        tracing::warn!("a restart is needed for {settings}");
                    }
                }
                Err(error) => {
                    let why = format!("{error:#}");
                    self.state.reload_refused(why.clone());
                    tracing::error!("the configuration was not taken, the old one stays: {why}");
                }
            }
        }
    }

    async fn reload(&self) -> Result<(Changes, Vec<String>)> {
        let loaded = (self.load)()?;
        for warning in &loaded.sources.warnings {
            tracing::warn!("{warning}");
        }
        let settings = &loaded.settings;
        let door = Door::new(settings.server.auth_mode, self.host, &settings.door_keys())?;
        let providers = Providers::find(&loaded).await?;
        providers.check_ollama(&loaded).await?;
        let changes = self.lineup.reload(settings, &providers)?;
        let live = Live {
            door,
            rate_limit_per_minute: settings.server.rate_limit_per_minute,
            groq_model: accounts::groq_model(&settings.accounts),
        };
        let needs_restart = needs_restart(&self.started_with, &flat(&loaded.sources.table));
        self.state.reload(live, needs_restart.clone());
        Ok((changes, needs_restart))
    }
}

/// The paths of settings that differ and are not taken by a running server.
fn needs_restart(before: &BTreeMap<String, Value>, now: &BTreeMap<String, Value>) -> Vec<String> {
    let paths: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
    let differ = paths
        .into_iter()
        .filter(|path| before.get(*path) != now.get(*path))
        .filter(|path| !TAKEN.iter().any(|taken| path.starts_with(taken)));
    differ.cloned().collect()
}

/// Every value by its path.
fn flat(table: &Table) -> BTreeMap<String, Value> {
    let mut found = BTreeMap::new();
    let mut tables = vec![(String::new(), table)];
    while let Some((prefix, table)) = tables.pop() {
        for (key, value) in table {
            let path = format!("{prefix}{key}");
            match value {
                Value::Table(inner) => tables.push((format!("{path}."), inner)),
                _ => {
                    found.insert(path, value.clone());
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_needs_a_restart_is_what_a_running_server_does_not_take() {
        let flat_of = |text: &str| flat(&text.parse().unwrap());
        let before = flat_of("data_dir = 'a'\n[server]\nport = 1\nrate_limit_per_minute = 5");
        let now = flat_of(
            "data_dir = 'b'\n[server]\nrate_limit_per_minute = 6\n\
             [accounts]\ngroq_api_key = 'k'\n[[provider]]\nkind = 'groq'",
        );
        assert_eq!(needs_restart(&before, &now), ["data_dir", "server.port"]);
        assert!(needs_restart(&now, &now).is_empty());
    }
}
