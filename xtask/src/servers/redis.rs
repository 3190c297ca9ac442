//! A Redis that keeps nothing.

use std::fs::File;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result};

use super::{Launched, free_port};

/// Starts a server on a free port.
pub(super) fn launch(program: &Path, folder: &Path) -> Result<Launched> {
    let port = free_port()?;
    let log = folder.join("redis.log");
    let output = File::create(&log)?;
    let child = Command::new(program)
        .args(["--bind", "127.0.0.1", "--port", &port.to_string()])
        .args(["--save", "", "--appendonly", "no", "--dir"])
        .arg(folder)
        .process_group(0)
        .stdin(Stdio::null())
        .stdout(output.try_clone()?)
        .stderr(output)
        .spawn()
        .context("cannot run redis-server")?;
    Ok(Launched {
        child,
        address: format!("redis://127.0.0.1:{port}/"),
        log,
        answers: Box::new(move || answers_ping(port).unwrap_or(false)),
    })
}

fn answers_ping(port: u16) -> std::io::Result<bool> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(Duration::from_secs(1)))?;
    stream.write_all(b"PING\r\n")?;
    let mut answer = [0; 5];
    stream.read_exact(&mut answer)?;
    Ok(&answer == b"+PONG")
}
