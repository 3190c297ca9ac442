//! `serve`: the API, until a signal ends it; SIGHUP has the configuration read again.

mod reload;

use std::io::Write;
use std::net::SocketAddr;

use anyhow::{Context, Result, bail};
use providers::Kind;
use rustix::process::{Signal, getpid, kill_process};
use server::{AppState, Door};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use crate::config::{ConfigError, Loaded, UseLocal, accounts, database};
use crate::output;
use crate::telemetry::Console;
use crate::wire::{Providers, Records, Running};

/// Reads the configuration from where it was read first.
pub(super) trait Load: Fn() -> Result<Loaded, ConfigError> + Send + Sync + 'static {}

impl<F: Fn() -> Result<Loaded, ConfigError> + Send + Sync + 'static> Load for F {}

/// Serves.
///
/// # Errors
/// What keeps the server from starting, and what to do about it.
pub(super) fn run(load: impl Load) -> Result<()> {
    let loaded = &load()?;
    let settings = &loaded.settings;
    let door = Door::new(
        settings.server.auth_mode,
        settings.server.host,
        &settings.door_keys(),
    )?;
    let logs = super::prepare(loaded, Console::Stdout);
    let outcome = super::block_on(serve(loaded, door, load));
    drop(logs);
    outcome
}

async fn serve(loaded: &Loaded, door: Door, load: impl Load) -> Result<()> {
    let settings = &loaded.settings;
    let stop = stop_on_signals()?;
    let hangup = signal(SignalKind::hangup()).context("cannot wait for SIGHUP")?;
    let address = SocketAddr::new(settings.server.host, settings.server.port);
    let listener = listen(address).await?;
    let providers = Providers::find(loaded).await?;
    providers.check_ollama(loaded).await?;
    let patience = database::seconds(settings.database.start_timeout_seconds);
    let running = tokio::select! {
        running = Running::start(loaded, &providers, Records::Kept, patience) => running?,
        () = stop.cancelled() => return Ok(()),
    };
    let config = server::Config {
        groq_model: accounts::groq_model(&settings.accounts),
        ..settings.server.clone()
    };
    let state = AppState::new(
        running.assistant.clone(),
        config.clone(),
        door,
        running.clock.clone(),
        running.ids.clone(),
    );
    running.work();
    let reloading = reload::Reloading::new(loaded, state.clone(), running.lineup.clone(), load);
    tokio::spawn(reloading.run(hangup, stop.clone()));
    welcome(loaded, &running);
    tell_of_google(&providers);
    announce(listener.local_addr()?);
    let served = server::serve(listener, server::service(state), &config, stop.cancelled()).await;
    tracing::info!("stopping");
    running.stop().await;
    Ok(served?)
}

async fn listen(address: SocketAddr) -> Result<TcpListener> {
    match TcpListener::bind(address).await {
        Ok(listener) => Ok(listener),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => bail!(
            "port {} on {} is in use, perhaps by another intelliassist: end that one, or choose another \
             port with --port or API_PORT (0 takes a free one)",
            address.port(),
            address.ip()
        ),
        Err(error) => Err(error).with_context(|| {
            format!("cannot listen on {address}: set API_HOST and API_PORT to an address of this machine")
        }),
    }
}

/// The one line that says where the server is; scripts wait for it.
fn announce(address: SocketAddr) {
    if tracing::enabled!(tracing::Level::INFO) {
        tracing::info!("listening on http://{address}");
    } else {
        // A closed stdout must not end the server.
        let _ = writeln!(std::io::stdout().lock(), "listening on http://{address}");
    }
}

/// Whether there is a cloud for suggestions, in the words of contract 000-M2.
fn tell_of_google(providers: &Providers) {
    let mut accounts = providers.configs.iter();
    if accounts.any(|account| account.kind == Kind::Gemini) {
        tracing::info!("google_agent_initialized");
    } else {
        tracing::info!("google_api_key_missing");
    }
}

/// Said once, at the first start in a data directory.
fn welcome(loaded: &Loaded, running: &Running) {
    let marker = loaded.settings.data_dir.join(".welcomed");
    if marker.exists() {
        return;
    }
    // Said again next time if the directory cannot be written.
    let _ = std::fs::create_dir_all(&loaded.settings.data_dir);
    let _ = std::fs::write(&marker, "");
    let helps = (running.statuses)()
        .iter()
        .any(|state| state.name == "text-1.5b");
    if !helps && loaded.settings.models.use_local != UseLocal::Off {
        tracing::info!(
            "tasks are found by rules; `intelliassist models pull full` adds a model that helps \
             (1.1 GB, 1.8 GB memory)"
        );
    }
}

/// Cancelled by the first SIGTERM or SIGINT; the second ends the process at once.
fn stop_on_signals() -> Result<CancellationToken> {
    let mut terminate = signal(SignalKind::terminate()).context("cannot wait for SIGTERM")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("cannot wait for SIGINT")?;
    let stop = CancellationToken::new();
    let token = stop.clone();
    tokio::spawn(async move {
        loop {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            if token.is_cancelled() {
                output::note("ended at once by a second signal");
                end_now();
            }
            tracing::info!("stopping: running requests are finished first");
            token.cancel();
        }
    });
    Ok(stop)
}

/// Whoever signals twice wants no orderly end. `exit` would take the state of the text model's library away
/// under a thread that still computes with it, and crash.
fn end_now() {
    if let Err(error) = kill_process(getpid(), Signal::KILL) {
        output::note(format_args!("cannot end at once: {error}"));
    }
}
