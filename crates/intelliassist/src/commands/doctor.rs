//! `doctor`: whether everything is in order, and what to do where it is not.

use std::net::{SocketAddr, TcpListener};

use anyhow::{Result, bail};
use serde::Serialize;

use crate::cli::Json;
use crate::config::{ConfigError, Loaded};
use crate::output::{Cell, Look, Output, cell};
use crate::telemetry::Console;
use crate::wire::{self, Providers, Records, Running};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Verdict {
    Good,
    Mind,
    Bad,
}

#[derive(Debug, Serialize)]
struct Finding {
    what: &'static str,
    verdict: Verdict,
    told: String,
}

/// Looks.
///
/// # Errors
/// When something keeps the assistant from working.
pub(super) fn run(load: impl FnOnce() -> Result<Loaded, ConfigError>, json: Json) -> Result<()> {
    let mut findings = Vec::new();
    match load() {
        Ok(loaded) => examine(&super::quiet(loaded), &mut findings)?,
        Err(error) => findings.push(bad("settings", error.to_string())),
    }
    let mut output = Output::new(json.json);
    if output.json {
        output.pretty(&findings)?;
    } else {
        let rows: Vec<Vec<Cell>> = findings.iter().map(row).collect();
        output.table(&["", "", ""], &rows)?;
    }
    output.flush()?;
    match findings
        .iter()
        .filter(|finding| finding.verdict == Verdict::Bad)
        .count()
    {
        0 => Ok(()),
        1 => bail!("one thing is not in order"),
        count => bail!("{count} things are not in order"),
    }
}

fn row(finding: &Finding) -> Vec<Cell> {
    let (mark, look) = match finding.verdict {
        Verdict::Good => ("ok", Look::Green),
        Verdict::Mind => ("mind", Look::Yellow),
        Verdict::Bad => ("bad", Look::Red),
    };
    vec![
        cell(mark).look(look),
        cell(finding.what).look(Look::Bold),
        cell(&finding.told),
    ]
}

fn good(what: &'static str, told: impl Into<String>) -> Finding {
    Finding {
        what,
        verdict: Verdict::Good,
        told: told.into(),
    }
}

fn mind(what: &'static str, told: impl Into<String>) -> Finding {
    Finding {
        what,
        verdict: Verdict::Mind,
        told: told.into(),
    }
}

fn bad(what: &'static str, told: impl Into<String>) -> Finding {
    Finding {
        what,
        verdict: Verdict::Bad,
        told: told.into(),
    }
}

fn examine(loaded: &Loaded, findings: &mut Vec<Finding>) -> Result<()> {
    let _logs = super::prepare(loaded, Console::Stderr);
    findings.push(match loaded.sources.warnings.as_slice() {
        [] => good("settings", "can be used"),
        warnings => mind("settings", warnings.join("; ")),
    });
    let settings = &loaded.settings;
    let zone = settings.assistant.timezone.as_deref();
    findings.push(match zone {
        Some(zone) => good("time zone", zone),
        None => mind(
            "time zone",
            "not known, so UTC: set TIMEZONE, such as Europe/Berlin",
        ),
    });
    findings.push(address(loaded));
    super::block_on(async {
        let providers = Providers::find(loaded).await?;
        match Box::pin(Running::start(
            loaded,
            &providers,
            Records::Kept,
            super::PATIENCE,
        ))
        .await
        {
            Ok(running) => {
                inside(&running, findings).await;
                running.stop().await;
            }
            Err(error) => findings.push(bad("database", format!("{error:#}"))),
        }
        Ok(())
    })
}

/// Whether the server could listen.
fn address(loaded: &Loaded) -> Finding {
    let server = &loaded.settings.server;
    if let Err(error) =
        server::Door::new(server.auth_mode, server.host, &loaded.settings.door_keys())
    {
        return bad("address", error.to_string());
    }
    let address = SocketAddr::new(server.host, server.port);
    match TcpListener::bind(address) {
        Ok(_) => good("address", format!("{address} is free")),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => mind(
            "address",
            format!("{address} is in use: a server runs, or API_PORT has to change"),
        ),
        Err(error) => bad("address", format!("cannot listen on {address}: {error}")),
    }
}

async fn inside(running: &Running, findings: &mut Vec<Finding>) {
    let health = running.assistant.database_health().await;
    let writable = running.assistant.check_ready().await;
    findings.push(match writable {
        Ok(()) => good("database", format!("{}: {}", health.kind, health.message)),
        Err(error) => bad("database", format!("{}: {error}", health.kind)),
    });
    match running.redis_answers().await {
        None => {}
        Some(true) => findings.push(good("redis", "answers")),
        Some(false) => findings.push(mind(
            "redis",
            "does not answer: caches and limits are not shared until it does",
        )),
    }
    for state in (running.statuses)() {
        let told = wire::describe(&state);
        let told = match &state.hint {
            Some(hint) => format!("{told}: {hint}"),
            None => told,
        };
        let is_there = matches!(state.status.as_str(), "ready" | "loading" | "loaded");
        findings.push(if is_there {
            good("model", told)
        } else {
            mind("model", told)
        });
    }
    let accounts = running.gateway.status();
    let names: Vec<&str> = accounts
        .iter()
        .map(|account| account.provider.provider_name.as_str())
        .collect();
    findings.push(match names.as_slice() {
        [] => mind(
            "providers",
            "none: tasks are found by rules, and nobody can chat",
        ),
        names => good(
            "providers",
            format!(
                "{} (`intelliassist providers test` asks them)",
                names.join(", ")
            ),
        ),
    });
}
