//! Ends processes and removes a folder when this program ends, however it ends.
//!
//! A small shell, in a process group of its own so that Ctrl-C passes it by, reads orders from a pipe
//! whose other end only this program holds. When the pipe closes (a normal end, a panic, a signal,
//! `kill -9`), the shell carries the orders out. So there is one way of cleaning up, and no unsafe
//! signal handler.

use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::cluster::everybody_reaches;

/// How the name of a folder begins that may be removed.
const PREFIX: &str = "intelliassist-test-";

const SCRIPT: &str = r#"
folder=$1
servers=
commands=
without() { kept=; for pid in $2; do [ "$pid" = "$1" ] || kept="$kept $pid"; done; echo "$kept"; }
alive() { kill -0 "$1" 2>/dev/null && ! grep -q '^State:.Z' "/proc/$1/status" 2>/dev/null; }
any_alive() { for pid in $1; do alive "$pid" && return 0; done; return 1; }
wait_for() { tries=$2; while any_alive "$1" && [ "$tries" -gt 0 ]; do sleep 0.1; tries=$((tries - 1)); done; }
tree() { echo "$1"; for child in $(cat /proc/"$1"/task/*/children 2>/dev/null); do tree "$child"; done; }

while read -r order pid; do
  case $order in
    stop) servers="$servers $pid" ;;
    end) commands="$commands $pid" ;;
    ended) servers=$(without "$pid" "$servers"); commands=$(without "$pid" "$commands") ;;
  esac
done

# A command that got the same Ctrl-C as we did may take a moment to sum up.
all=
for pid in $commands; do all="$all $(tree "$pid")"; done
wait_for "$all" 20
for pid in $all; do kill -TERM "$pid" 2>/dev/null; done
wait_for "$all" 20
for pid in $all; do kill -KILL "$pid" 2>/dev/null; done

# SIGINT is PostgreSQL's fast shutdown, and Redis' ordinary one.
for pid in $servers; do kill -INT "$pid" 2>/dev/null; done
wait_for "$servers" 100
for pid in $servers; do kill -KILL "$pid" 2>/dev/null; done
case ${folder##*/} in
  intelliassist-test-*) rm -rf -- "$folder" ;;
esac
"#;

/// The shell that cleans up, and our end of its pipe.
pub(crate) struct Cleaner {
    shell: Child,
    orders: Option<ChildStdin>,
}

impl Cleaner {
    /// Makes a new folder, which is removed in the end.
    ///
    /// # Errors
    /// When there is no room for it, or no shell.
    pub(crate) fn with_folder() -> Result<(Self, PathBuf)> {
        let folder = create_folder()?;
        Ok((Self::start(&folder)?, folder))
    }

    fn start(folder: &Path) -> Result<Self> {
        let mut shell = Command::new("sh")
            .args(["-c", SCRIPT, "cleaner"])
            .arg(folder)
            .current_dir("/")
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .context("cannot run sh")?;
        let orders = shell.stdin.take();
        Ok(Self { shell, orders })
    }

    /// A server to stop in the end.
    pub(crate) fn stop_with_us(&mut self, pid: u32) -> Result<()> {
        self.order("stop", pid)
    }

    /// A command to end, with everything that it started, should we end before it does.
    pub(crate) fn end_with_us(&mut self, pid: u32) -> Result<()> {
        self.order("end", pid)
    }

    /// Nothing is left to do for this process; its number may belong to another from now on.
    pub(crate) fn has_ended(&mut self, pid: u32) -> Result<()> {
        self.order("ended", pid)
    }

    /// Has everything cleaned up from now on.
    pub(crate) fn begin(&mut self) {
        self.orders = None;
    }

    /// Waits until everything is cleaned up.
    pub(crate) fn wait(&mut self) {
        // A shell that cannot be waited for has ended.
        let _ = self.shell.wait();
    }

    fn order(&mut self, verb: &str, pid: u32) -> Result<()> {
        let orders = self.orders.as_mut().context("cleaning up has begun")?;
        writeln!(orders, "{verb} {pid}").context("the cleaner is gone")
    }
}

/// A new folder that other users can pass through: in the usual place, or in `/tmp` where that one is
/// closed to them.
fn create_folder() -> Result<PathBuf> {
    let mut parent = std::env::temp_dir();
    if !everybody_reaches(&parent.join("folder")) {
        parent = PathBuf::from("/tmp");
    }
    for attempt in 0..100 {
        let name = format!("{PREFIX}{}-{attempt}", std::process::id());
        let folder = parent.join(name);
        match std::fs::create_dir(&folder) {
            Ok(()) => {
                std::fs::set_permissions(&folder, PermissionsExt::from_mode(0o755))?;
                return Ok(folder);
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => {
                return Err(error).with_context(|| format!("cannot create {}", folder.display()));
            }
        }
    }
    bail!("{} is full of folders of ours", parent.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("{PREFIX}{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn sleeper() -> Child {
        Command::new("sleep").arg("600").spawn().unwrap()
    }

    #[test]
    fn the_folder_goes_when_the_pipe_closes() {
        let folder = folder("folder");
        let mut cleaner = Cleaner::start(&folder).unwrap();
        assert!(folder.exists());
        cleaner.begin();
        cleaner.wait();
        assert!(!folder.exists());
    }

    #[test]
    fn a_folder_that_is_not_ours_stays() {
        let folder = std::env::temp_dir().join(format!("xtask-not-ours-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let mut cleaner = Cleaner::start(&folder).unwrap();
        cleaner.begin();
        cleaner.wait();
        assert!(folder.exists());
        std::fs::remove_dir(&folder).unwrap();
    }

    #[test]
    fn servers_are_stopped_and_what_has_ended_is_left_alone() {
        let (mut server, mut other) = (sleeper(), sleeper());
        let mut cleaner = Cleaner::start(&folder("servers")).unwrap();
        cleaner.stop_with_us(server.id()).unwrap();
        cleaner.stop_with_us(other.id()).unwrap();
        cleaner.has_ended(other.id()).unwrap();
        cleaner.begin();
        assert!(!server.wait().unwrap().success());
        cleaner.wait();
        assert!(other.try_wait().unwrap().is_none());
        other.kill().unwrap();
        other.wait().unwrap();
    }

    #[test]
    fn a_command_ends_with_what_it_started() {
        let mut command = Command::new("sh")
            .args(["-c", "sleep 600 & sleep 600; true"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut cleaner = Cleaner::start(&folder("commands")).unwrap();
        cleaner.end_with_us(command.id()).unwrap();
        cleaner.begin();
        cleaner.wait();
        // The pipe closes only when the shell and both of its children are gone.
        let mut output = command.stdout.take().unwrap();
        assert_eq!(std::io::copy(&mut output, &mut std::io::sink()).unwrap(), 0);
        command.wait().unwrap();
    }
}
