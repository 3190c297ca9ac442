//! A PostgreSQL cluster in a folder of ours, run as a user that PostgreSQL accepts.

use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// A folder with PostgreSQL's files, and the programs for it.
#[derive(Debug)]
pub(crate) struct Cluster {
    programs: PathBuf,
    home: PathBuf,
    owner: Option<Owner>,
}

/// Whom PostgreSQL runs as when this program runs as root, which PostgreSQL refuses to be.
#[derive(Debug, Clone, Copy)]
struct Owner {
    user: u32,
    group: u32,
}

impl Cluster {
    /// Takes the cluster in the folder, which is created where it is missing.
    ///
    /// # Errors
    /// When there is nobody to run it as, or the folder cannot be made or filled.
    pub(crate) fn create(programs: &Path, home: &Path) -> Result<Self> {
        let cluster = Self {
            programs: programs.to_path_buf(),
            home: home.to_path_buf(),
            owner: Owner::needed()?,
        };
        if !cluster.data().join("PG_VERSION").exists() {
            cluster.initialise()?;
        }
        Ok(cluster)
    }

    /// Where PostgreSQL keeps its files.
    pub(crate) fn data(&self) -> PathBuf {
        self.home.join("data")
    }

    /// One of PostgreSQL's programs, to be run by the owner of the files.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.programs.join(program));
        command.current_dir(&self.home);
        if let Some(owner) = self.owner {
            command.gid(owner.group).uid(owner.user);
        }
        command
    }

    fn initialise(&self) -> Result<()> {
        let home = self.home.display();
        ensure!(
            self.owner.is_none() || everybody_reaches(&self.home),
            "as root, PostgreSQL runs as another user, who cannot reach {home}: choose a folder \
             that everybody may pass through"
        );
        std::fs::create_dir_all(&self.home).with_context(|| format!("cannot create {home}"))?;
        if let Some(owner) = self.owner {
            chown(&self.home, Some(owner.user), Some(owner.group))?;
        }
        // The order and case rules of plain code points: the same on every machine, and as SQLite's.
        run_to_end(
            self.command("initdb")
                .args(["--username=postgres", "--auth=trust", "--no-sync"])
                .args(["--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"])
                .arg("--pgdata")
                .arg(self.data()),
        )
        .map(drop)
        .with_context(|| format!("no PostgreSQL cluster in {home}"))
    }
}

impl Owner {
    /// Nobody else than us, unless we are root: then `postgres`, or `nobody`.
    fn needed() -> Result<Option<Self>> {
        if number(&["-u"]) != Some(0) {
            return Ok(None);
        }
        ["postgres", "nobody"]
            .iter()
            .find_map(|name| {
                Some(Self {
                    user: number(&["-u", name])?,
                    group: number(&["-g", name])?,
                })
            })
            .map(Some)
            .context("PostgreSQL refuses root, and there is no user `postgres` or `nobody`")
    }
}

/// Whether every folder above a path may be passed through by every user.
pub(crate) fn everybody_reaches(path: &Path) -> bool {
    let passable = |folder: &Path| {
        std::fs::metadata(folder).map_or(true, |data| data.permissions().mode() & 0o001 != 0)
    };
    path.ancestors().skip(1).all(passable)
}

fn number(arguments: &[&str]) -> Option<u32> {
    let output = Command::new("id").args(arguments).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}

/// Runs a command and gives what it printed.
///
/// # Errors
/// When it cannot be run or fails, with what it said.
pub(crate) fn run_to_end(command: &mut Command) -> Result<String> {
    let program = command.get_program().display().to_string();
    let output = command
        .output()
        .with_context(|| format!("cannot run {program}"))?;
    let complaint = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{program} failed: {complaint}");
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
