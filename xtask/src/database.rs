//! A PostgreSQL to develop against: it keeps its data and outlives this program.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};

use crate::cluster::{Cluster, run_to_end};
use crate::{out, programs};

/// The database in the cluster that the assistant uses.
const NAME: &str = "intelliassist";

/// Starts or stops it, as the first argument says; the second names its folder.
///
/// # Errors
/// When PostgreSQL is not installed, or does not start or stop.
pub(crate) fn run(root: &Path, arguments: &[String]) -> Result<ExitCode> {
    let folder = arguments
        .get(1)
        .map_or_else(|| PathBuf::from("data/postgres"), PathBuf::from);
    let home = root.join(folder);
    match arguments.first().map(String::as_str) {
        Some("up") => up(&home),
        Some("down") => down(&home),
        _ => bail!("database up or database down?"),
    }
}

fn up(home: &Path) -> Result<ExitCode> {
    let programs = programs::postgres_folder()
        .context("PostgreSQL is not installed; as root: apt-get install postgresql")?;
    let cluster = Cluster::create(&programs, home)?;
    let port = if is_up(&cluster) {
        port_in_use(&cluster)?
    } else {
        let port = wanted_port()?;
        let options =
            format!("-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=");
        let log = home.join("postgres.log");
        let mut start = control(&cluster, "start");
        start.arg("--options").arg(options).arg("--log").arg(&log);
        run_to_end(&mut start).with_context(|| format!("its log is {}", log.display()))?;
        port
    };
    let address = |name| format!("postgres://postgres@127.0.0.1:{port}/{name}");
    let existing = run_to_end(
        cluster
            .command("psql")
            .args(["--tuples-only", "--no-align", "--command"])
            .arg(format!(
                "SELECT 1 FROM pg_database WHERE datname = '{NAME}'"
            ))
            .arg(address("postgres")),
    )?;
    if existing.trim().is_empty() {
        let statement = format!("CREATE DATABASE {NAME}");
        let server = address("postgres");
        run_to_end(
            cluster
                .command("psql")
                .args(["--quiet", "--command", &statement, &server]),
        )?;
    }
    out::line(format_args!("DATABASE_URL={}", address(NAME)));
    Ok(ExitCode::SUCCESS)
}

fn down(home: &Path) -> Result<ExitCode> {
    let there = home.join("data/PG_VERSION").exists();
    let Some(programs) = programs::postgres_folder().filter(|_| there) else {
        out::line("there is no database of ours to stop");
        return Ok(ExitCode::SUCCESS);
    };
    let cluster = Cluster::create(&programs, home)?;
    if is_up(&cluster) {
        run_to_end(control(&cluster, "stop").args(["--mode", "fast"]))?;
    }
    out::line("the database is stopped; its data stays");
    Ok(ExitCode::SUCCESS)
}

fn is_up(cluster: &Cluster) -> bool {
    control(cluster, "status")
        .output()
        .is_ok_and(|output| output.status.success())
}

fn control(cluster: &Cluster, action: &str) -> Command {
    let mut command = cluster.command("pg_ctl");
    command.arg(action).arg("--pgdata").arg(cluster.data());
    command
}

/// `POSTGRES_PORT`, as the assistant reads it, or PostgreSQL's own.
fn wanted_port() -> Result<u16> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the same variable as the assistant's"
    )]
    let given = std::env::var("POSTGRES_PORT").unwrap_or_else(|_| "5432".to_owned());
    given
        .parse()
        .with_context(|| format!("POSTGRES_PORT={given} is no port"))
}

/// The port of the running server: the fourth line of the file it writes about itself.
fn port_in_use(cluster: &Cluster) -> Result<u16> {
    let path = cluster.data().join("postmaster.pid");
    let text = std::fs::read_to_string(&path)
        .with_context(|| format!("cannot read {}", path.display()))?;
    text.lines()
        .nth(3)
        .and_then(|line| line.trim().parse().ok())
        .with_context(|| format!("no port in {}", path.display()))
}
