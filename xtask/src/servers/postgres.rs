//! A PostgreSQL that forgets everything.

use std::fs::File;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use super::{Launched, Owner, free_port, run_to_end};

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

/// Creates a cluster on the first call, and starts a server on a free port.
pub(super) fn launch(programs: &Path, folder: &Path, owner: Option<&Owner>) -> Result<Launched> {
    let home = folder.join("postgres");
    let data = home.join("data");
    let run_as = |program: &str| {
        let mut command = Command::new(programs.join(program));
        command.current_dir(&home);
        if let Some(owner) = owner {
            command.gid(owner.group).uid(owner.user);
        }
        command
    };
    if !home.exists() {
        std::fs::create_dir(&home)?;
        if let Some(owner) = owner {
            chown(&home, Some(owner.user), Some(owner.group))?;
        }
        // The order and case rules of plain code points: the same on every machine, and as SQLite's.
        run_to_end(
            run_as("initdb")
                .args(["--username=postgres", "--auth=trust", "--no-sync"])
                .args(["--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"])
                .arg("--pgdata")
                .arg(&data),
        )?;
    }
    let port = free_port()?.to_string();
    let log = folder.join("postgres.log");
    let output = File::create(&log)?;
    let child = run_as("postgres")
        .arg("-D")
        .arg(&data)
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
    let ready = programs.join("pg_isready");
    let answers = Box::new(move || {
        Command::new(&ready)
            .args(["--quiet", "--host=127.0.0.1", "--port", &port])
            .status()
            .is_ok_and(|status| status.success())
    });
    Ok(Launched {
        child,
        address,
        log,
        answers,
    })
}
