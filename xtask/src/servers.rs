//! A PostgreSQL and a Redis of our own, thrown away when this program ends.
//!
//! Both are started from installed programs, listen on free ports of 127.0.0.1 and keep their files in
//! one temporary folder. Whatever ends this program, the [`Cleaner`] stops them and removes the folder.

mod postgres;
mod redis;

use std::ffi::OsString;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::cleaner::Cleaner;
use crate::cluster::Cluster;
use crate::programs;

/// How long a server may take to answer for the first time.
const START_LIMIT: Duration = Duration::from_mins(1);

/// How often a server is started anew because something else took its port.
const START_ATTEMPTS: usize = 3;

/// Both servers, running.
pub(crate) struct Servers {
    cleaner: Cleaner,
    children: Vec<Child>,
    environment: Vec<(&'static str, OsString)>,
}

impl Servers {
    /// Starts both and waits until they answer.
    ///
    /// # Errors
    /// When they are not installed, with the command that installs them; when they do not start, with
    /// the end of their log.
    pub(crate) fn start() -> Result<Self> {
        let programs = programs::postgres_folder().zip(programs::find("redis-server"));
        let (postgres, redis) = programs.context(
            "the tests need a PostgreSQL and a Redis of their own, and cannot find both here; \
             as root: apt-get install postgresql redis-server",
        )?;
        let (cleaner, folder) = Cleaner::with_folder()?;
        let mut servers = Self {
            cleaner,
            children: Vec::new(),
            environment: Vec::new(),
        };
        let cluster = Cluster::create(&postgres, &folder.join("postgres"))?;
        let address = servers.launch(|| postgres::launch(&cluster, &folder))?;
        servers.set("TEST_POSTGRES_URL", address);
        let address = servers.launch(|| redis::launch(&redis, &folder))?;
        servers.set("TEST_REDIS_URL", address);
        servers.set("PATH", with_first_on_path(&postgres)?);
        let scratch = folder.join("tmp");
        std::fs::create_dir(&scratch)?;
        servers.set("TMPDIR", scratch);
        Ok(servers)
    }

    /// Runs a command that is told where the servers are, and waits for its end.
    ///
    /// # Errors
    /// When it cannot be started.
    pub(crate) fn run(&mut self, command: &mut Command) -> Result<ExitStatus> {
        let mut child = command
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .spawn()
            .with_context(|| format!("cannot run {}", command.get_program().display()))?;
        self.cleaner.end_with_us(child.id())?;
        let status = child.wait()?;
        self.cleaner.has_ended(child.id())?;
        Ok(status)
    }

    fn set(&mut self, name: &'static str, value: impl Into<OsString>) {
        self.environment.push((name, value.into()));
    }

    /// Starts one server, anew with another port where it ends before it answers.
    fn launch(&mut self, start: impl Fn() -> Result<Launched>) -> Result<String> {
        let mut failure = String::new();
        for _ in 0..START_ATTEMPTS {
            let Launched {
                mut child,
                address,
                log,
                mut answers,
            } = start()?;
            self.cleaner.stop_with_us(child.id())?;
            if wait_for(&mut child, &mut answers)? {
                self.children.push(child);
                return Ok(address);
            }
            self.cleaner.has_ended(child.id())?;
            failure = std::fs::read_to_string(&log).unwrap_or_default();
        }
        bail!("a server for the tests does not start:\n{failure}");
    }
}

impl Drop for Servers {
    fn drop(&mut self) {
        self.cleaner.begin();
        for child in &mut self.children {
            // Collects the ended process; that it ends is the cleaner's part.
            let _ = child.wait();
        }
        self.cleaner.wait();
    }
}

/// A server that was started and may not answer yet.
struct Launched {
    child: Child,
    address: String,
    log: PathBuf,
    answers: Box<dyn FnMut() -> bool>,
}

/// Whether the server came to answer (true) or ended before it did (false).
#[expect(
    clippy::disallowed_methods,
    reason = "a server that starts gives no other sign than answering"
)]
fn wait_for(child: &mut Child, answers: &mut dyn FnMut() -> bool) -> Result<bool> {
    let deadline = Instant::now() + START_LIMIT;
    while Instant::now() < deadline {
        if child.try_wait()?.is_some() {
            return Ok(false);
        }
        if answers() {
            return Ok(true);
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    bail!("a server for the tests did not answer within {START_LIMIT:?}");
}

fn free_port() -> Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).context("no free port on 127.0.0.1")?;
    Ok(listener.local_addr()?.port())
}

/// The search path of commands with a folder put first, so that tests find the server's own client.
#[expect(
    clippy::disallowed_methods,
    reason = "PATH is where programs are looked up"
)]
fn with_first_on_path(folder: &Path) -> Result<OsString> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(folder.to_path_buf()).chain(std::env::split_paths(&path));
    Ok(std::env::join_paths(folders)?)
}
