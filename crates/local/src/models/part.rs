//! A file on its way: the `.part` file, the note beside it, and the telling of how far it is.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::fetch::Trouble;
use super::progress::{Event, Progress};
use super::store::{self, PartState};
use super::{Model, ModelFile, ModelFileError};

const NOTE_EVERY: Duration = Duration::from_millis(500);

/// An open part file.
pub(super) struct Part<'a> {
    model: &'a str,
    entry: &'a ModelFile,
    path: PathBuf,
    file: File,
    state: PartState,
    /// What lies there comes from another source; it gives way to the first byte of this one.
    stale: bool,
    started: Instant,
    done_at_start: u64,
    /// The most that was told: bytes that are downloaded and then unpacked are not told twice.
    told: u64,
    noted: Option<Instant>,
    tell: &'a mut dyn FnMut(&Event),
}

impl<'a> Part<'a> {
    /// Opens the part file of `entry`, keeping what the same source delivered before.
    pub(super) fn open(
        dir: &Path,
        model: &'a Model,
        entry: &'a ModelFile,
        source: &str,
        tell: &'a mut dyn FnMut(&Event),
    ) -> Result<Self, ModelFileError> {
        let path = store::file_path(dir, model, entry);
        let part_path = store::beside(&path, ".part");
        let on_disk = store::size_of(&part_path).unwrap_or(0);
        let begun = store::read_state(&path)
            .filter(|state| state.source == source && state.kept <= on_disk.min(entry.bytes));
        let stale = begun.is_none();
        let begun = begun.unwrap_or_default();
        let file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&part_path)
            .map_err(|error| ModelFileError::io(&part_path, error))?;
        let mut part = Self {
            model: &model.name,
            entry,
            file,
            started: Instant::now(),
            done_at_start: begun.kept,
            told: begun.kept,
            noted: None,
            stale,
            tell,
            state: PartState {
                source: source.to_owned(),
                total: entry.bytes,
                done: begun.kept,
                ..begun
            },
            path,
        };
        if !stale {
            part.cut(part.state.kept)?;
        }
        (part.tell)(&Event::Begin {
            model: part.model.to_owned(),
            file: part.entry.path.clone(),
            source: source.to_owned(),
            done: part.state.kept,
            total: part.entry.bytes,
        });
        Ok(part)
    }

    /// Bytes that are there to stay.
    pub(super) fn kept(&self) -> u64 {
        self.state.kept
    }

    /// Bytes still to come.
    pub(super) fn missing(&self) -> u64 {
        self.entry.bytes.saturating_sub(self.state.kept)
    }

    /// Whole parts joined so far.
    pub(super) fn parts(&self) -> usize {
        self.state.parts
    }

    /// Throws away what is there.
    pub(super) fn restart(&mut self) -> Result<(), ModelFileError> {
        self.state.parts = 0;
        self.done_at_start = 0;
        self.told = 0;
        self.started = Instant::now();
        self.cut(0)
    }

    /// Appends everything `from` has; each chunk stays even if the next one fails.
    pub(super) fn append(&mut self, from: &mut dyn Read) -> Result<(), Trouble> {
        self.copy(from, true)
    }

    /// Appends one part as a whole: if it fails half-way, the part is not kept.
    pub(super) fn append_part(&mut self, from: &mut dyn Read) -> Result<(), Trouble> {
        let before = self.state.kept;
        match self.copy(from, false) {
            Ok(()) => {
                self.state.kept = self.state.done;
                self.state.parts += 1;
                self.note(true)?;
                Ok(())
            }
            Err(trouble) => {
                self.cut(before)?;
                Err(trouble)
            }
        }
    }

    fn copy(&mut self, from: &mut dyn Read, keep_each_chunk: bool) -> Result<(), Trouble> {
        if self.stale {
            self.cut(0)?;
        }
        self.state.done = self.state.kept;
        let mut buffer = vec![0; 1 << 18];
        loop {
            let n = from
                .read(&mut buffer)
                .map_err(|error| Trouble::Source(format!("broke off: {error}")))?;
            if n == 0 {
                return Ok(());
            }
            if self.state.done + n as u64 > self.entry.bytes {
                return Err(Trouble::Wrong(format!(
                    "delivers more than the {} bytes expected",
                    self.entry.bytes
                )));
            }
            self.file
                .write_all(&buffer[..n])
                .map_err(|error| self.io(error))?;
            self.state.done += n as u64;
            if keep_each_chunk {
                self.state.kept = self.state.done;
            }
            self.note(false)?;
        }
    }

    /// Shows `bytes` more than are kept as being on their way.
    pub(super) fn on_their_way(&mut self, bytes: u64) -> Result<(), ModelFileError> {
        self.state.done = self.state.kept + bytes.min(self.missing());
        self.note(false)
    }

    /// Compares the sum; right: the file takes its place; wrong: the part is deleted.
    pub(super) fn finish(mut self) -> Result<(), Trouble> {
        self.note(true)?;
        self.file.sync_all().map_err(|error| self.io(error))?;
        let part_path = store::beside(&self.path, ".part");
        let found = match self.missing() {
            0 => store::sha256(&part_path)?,
            _ => format!("{} bytes instead of {}", self.state.kept, self.entry.bytes),
        };
        let state_path = store::beside(&self.path, ".part.json");
        if found != self.entry.sha256 {
            store::remove_if_there(&part_path)?;
            store::remove_if_there(&state_path)?;
            return Err(Trouble::Wrong(format!(
                "wrong sum: expected sha256 {}, found {found}",
                self.entry.sha256
            )));
        }
        std::fs::rename(&part_path, &self.path).map_err(|error| self.io(error))?;
        if let Some(parent) = self.path.parent() {
            // The new name must survive a power cut as well as the bytes do.
            File::open(parent)
                .and_then(|dir| dir.sync_all())
                .map_err(|error| self.io(error))?;
        }
        store::stamp(&self.path, self.entry);
        store::remove_if_there(&state_path)?;
        (self.tell)(&Event::Done {
            model: self.model.to_owned(),
            file: self.entry.path.clone(),
            bytes: self.entry.bytes,
        });
        Ok(())
    }

    /// Deletes what a source delivered that cannot be right.
    pub(super) fn discard(self) -> Result<(), ModelFileError> {
        store::remove_if_there(&store::beside(&self.path, ".part"))?;
        store::remove_if_there(&store::beside(&self.path, ".part.json"))
    }

    fn cut(&mut self, bytes: u64) -> Result<(), ModelFileError> {
        self.file.set_len(bytes).map_err(|error| self.io(error))?;
        self.state.kept = bytes;
        self.state.done = bytes;
        self.stale = false;
        Ok(())
    }

    fn note(&mut self, now: bool) -> Result<(), ModelFileError> {
        if !now && self.noted.is_some_and(|noted| noted.elapsed() < NOTE_EVERY) {
            return Ok(());
        }
        self.noted = Some(Instant::now());
        let elapsed = self.started.elapsed();
        self.told = self.told.max(self.state.done);
        let fresh = self.told.saturating_sub(self.done_at_start);
        let millis = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
        self.state.rate = fresh.saturating_mul(1000) / millis.max(1);
        if !self.stale {
            let state = PartState {
                done: self.told,
                ..self.state.clone()
            };
            store::write_state(&self.path, &state).map_err(|error| self.io(error))?;
        }
        (self.tell)(&Event::Progress(Progress {
            model: self.model.to_owned(),
            file: self.entry.path.clone(),
            done: self.told,
            total: self.entry.bytes,
            rate: self.state.rate,
            elapsed,
        }));
        Ok(())
    }

    fn io(&self, error: std::io::Error) -> ModelFileError {
        ModelFileError::io(&self.path, error)
    }
}
