//! A PostgreSQL that forgets everything.

use std::fs::File;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, Result};

use super::{Launched, free_port};
use crate::cluster::Cluster;

/// Settings of a server whose data nobody will miss. A test opens a pool for each of its stores, and
/// many tests run at once.
const SETTINGS: &[&str] = &[
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=300",
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "timezone=UTC",
];

/// Starts a server on a free port.
pub(super) fn launch(cluster: &Cluster, folder: &Path) -> Result<Launched> {
    let port = free_port()?.to_string();
    let log = folder.join("postgres.log");
    let output = File::create(&log)?;
    let child = cluster
        .command("postgres")
        .arg("-D")
        .arg(cluster.data())
        .args(["-p", &port])
        .args(SETTINGS.iter().flat_map(|setting| ["-c", setting]))
        // Out of the terminal's group: Ctrl-C is for the tests, which stop the server afterwards.
        .process_group(0)
        .stdin(Stdio::null())
        .stdout(output.try_clone()?)
        .stderr(output)
        .spawn()
        .context("cannot run postgres")?;
    let address = format!("postgres://postgres@127.0.0.1:{port}/postgres");
    let mut ready = cluster.command("pg_isready");
    ready.args(["--quiet", "--host=127.0.0.1", "--port", &port]);
    let answers = Box::new(move || ready.status().is_ok_and(|status| status.success()));
    Ok(Launched {
        child,
        address,
        log,
        answers,
    })
}
