//! What lies in the models directory: whole files, begun files, notes of sums found right, locks.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Model, ModelFile, ModelFileError};

const LOCK: &str = ".lock";
const LOCK_ATTEMPTS: usize = 100;

/// What is there of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Installed {
    /// Every file, with the right size and unchanged since its sum was last found right.
    Complete,
    /// Every file with the right size; at least one was never hashed or changed since.
    Unchecked,
    /// Some of it: bytes of whole and begun files.
    Partial {
        /// Bytes there, of whole and begun files.
        bytes: u64,
    },
    /// Nothing.
    Missing,
}

impl Installed {
    /// Whether every file is there with its right size.
    pub fn is_complete(self) -> bool {
        matches!(self, Self::Complete | Self::Unchecked)
    }
}

/// The result of hashing one file.
#[derive(Debug)]
pub struct Checked {
    /// The model.
    pub model: String,
    /// The file's path inside the model's directory.
    pub file: String,
    /// What was found.
    pub sum: Sum,
}

/// What hashing a file showed.
#[derive(Debug)]
pub enum Sum {
    /// The sum is the manifest's.
    Right,
    /// The file is missing, damaged or unreadable.
    Wrong(ModelFileError),
}

/// How far a begun file is: what a resumed download needs, and what a serving process shows.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct PartState {
    /// Where its bytes come from; another source starts over.
    pub source: String,
    /// Whole parts joined so far, for sources that come in parts.
    pub parts: usize,
    /// Bytes of the part file that may be kept.
    pub kept: u64,
    /// Bytes done, those on their way counted.
    pub done: u64,
    /// Bytes of the whole file.
    pub total: u64,
    /// Bytes per second.
    pub rate: u64,
}

/// Noted when a sum was found right, so that a start need not read gigabytes.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Stamp {
    bytes: u64,
    /// Nanoseconds since 1970.
    modified: u128,
    sha256: String,
}

/// The lock of a model; held while its files are written.
#[derive(Debug)]
pub(super) struct Lock(#[expect(dead_code, reason = "closing the file gives the lock back")] File);

pub(super) fn file_path(dir: &Path, model: &Model, file: &ModelFile) -> PathBuf {
    dir.join(&model.name).join(&file.path)
}

/// The file beside `path` whose name ends in `suffix`.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

pub(super) fn installed(dir: &Path, model: &Model) -> Installed {
    let mut bytes = 0;
    let mut whole = true;
    let mut stamped = true;
    for file in &model.files {
        let path = file_path(dir, model, file);
        if size_of(&path) == Some(file.bytes) {
            bytes += file.bytes;
            stamped &= is_stamped(&path, file);
        } else {
            whole = false;
            bytes += begun_bytes(&path, file);
        }
    }
    match (whole, bytes) {
        (true, _) if stamped => Installed::Complete,
        (true, _) => Installed::Unchecked,
        (false, 0) => Installed::Missing,
        (false, bytes) => Installed::Partial { bytes },
    }
}

fn begun_bytes(path: &Path, file: &ModelFile) -> u64 {
    let on_disk = size_of(&beside(path, ".part")).unwrap_or(0);
    let state = read_state(path).map_or(0, |state| state.done);
    on_disk.max(state).min(file.bytes)
}

/// The path of a file whose sum is right, hashing it unless a note says it was right and is unchanged.
pub(super) fn verified(
    dir: &Path,
    model: &Model,
    file: &ModelFile,
) -> Result<PathBuf, ModelFileError> {
    let path = file_path(dir, model, file);
    if !is_stamped(&path, file) {
        hash_and_stamp(model, file, &path)?;
    }
    Ok(path)
}

/// Hashes a file whatever the notes say.
pub(super) fn check(dir: &Path, model: &Model, file: &ModelFile) -> Checked {
    let sum = match hash_and_stamp(model, file, &file_path(dir, model, file)) {
        Ok(()) => Sum::Right,
        Err(error) => Sum::Wrong(error),
    };
    Checked {
        model: model.name.clone(),
        file: file.path.clone(),
        sum,
    }
}

fn hash_and_stamp(model: &Model, file: &ModelFile, path: &Path) -> Result<(), ModelFileError> {
    let damaged = |found: String| ModelFileError::Damaged {
        model: model.name.clone(),
        path: path.to_owned(),
        expected: file.sha256.clone(),
        found,
    };
    let Some(bytes) = size_of(path) else {
        return Err(ModelFileError::Missing {
            model: model.name.clone(),
        });
    };
    let result = if bytes == file.bytes {
        match sha256(path)? {
            found if found == file.sha256 => Ok(()),
            found => Err(damaged(found)),
        }
    } else {
        Err(damaged(format!("{bytes} bytes instead of {}", file.bytes)))
    };
    match &result {
        Ok(()) => stamp(path, file),
        // A note that is no longer true must not outlive the change.
        Err(_) => remove_if_there(&beside(path, ".ok"))?,
    }
    result
}

/// The SHA-256 of a file, in lower-case hexadecimal.
pub(super) fn sha256(path: &Path) -> Result<String, ModelFileError> {
    let hash = || -> io::Result<String> {
        let mut file = File::open(path)?;
        let mut sum = Sha256::new();
        let mut buffer = vec![0; 1 << 20];
        loop {
            match file.read(&mut buffer)? {
                0 => return Ok(hexadecimal(&sum.finalize())),
                n => sum.update(&buffer[..n]),
            }
        }
    };
    hash().map_err(|error| ModelFileError::io(path, error))
}

fn hexadecimal(bytes: &[u8]) -> String {
    let nibbles = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    nibbles
        .filter_map(|nibble| char::from_digit(u32::from(nibble), 16))
        .collect()
}

/// Notes that the sum of `path` was found right. A directory that cannot be written to costs only the
/// next hashing.
pub(super) fn stamp(path: &Path, file: &ModelFile) {
    let note = || -> io::Result<()> {
        let text = serde_json::to_vec(&stamp_of(path, file)?)?;
        write_whole(&beside(path, ".ok"), &text)
    };
    if let Err(error) = note() {
        tracing::debug!(file.path = %path.display(), %error, "could not note the sum");
    }
}

fn is_stamped(path: &Path, file: &ModelFile) -> bool {
    let noted = fs::read(beside(path, ".ok"))
        .ok()
        .and_then(|text| serde_json::from_slice::<Stamp>(&text).ok());
    match (noted, stamp_of(path, file)) {
        (Some(noted), Ok(now)) => noted == now && now.bytes == file.bytes,
        _ => false,
    }
}

fn stamp_of(path: &Path, file: &ModelFile) -> io::Result<Stamp> {
    let metadata = fs::metadata(path)?;
    let modified = metadata.modified()?.duration_since(UNIX_EPOCH);
    Ok(Stamp {
        bytes: metadata.len(),
        modified: modified.map_or(0, |since| since.as_nanos()),
        sha256: file.sha256.clone(),
    })
}

pub(super) fn size_of(path: &Path) -> Option<u64> {
    fs::metadata(path)
        .ok()
        .filter(fs::Metadata::is_file)
        .map(|metadata| metadata.len())
}

pub(super) fn remove_if_there(path: &Path) -> Result<(), ModelFileError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(ModelFileError::io(path, error))
        }
        _ => Ok(()),
    }
}

/// How far the begun file for `path` is.
pub(super) fn read_state(path: &Path) -> Option<PartState> {
    let text = fs::read(beside(path, ".part.json")).ok()?;
    serde_json::from_slice(&text).ok()
}

/// Notes how far the begun file for `path` is.
pub(super) fn write_state(path: &Path, state: &PartState) -> io::Result<()> {
    write_whole(&beside(path, ".part.json"), &serde_json::to_vec(state)?)
}

/// Replaces a small file so that readers see the old text or the new, never half.
fn write_whole(path: &Path, text: &[u8]) -> io::Result<()> {
    let new = beside(path, ".new");
    File::create(&new)?.write_all(text)?;
    fs::rename(&new, path)
}

pub(super) fn lock(dir: &Path, model: &Model) -> Result<Lock, ModelFileError> {
    let path = dir.join(&model.name).join(LOCK);
    let file = File::create(&path).map_err(|error| ModelFileError::io(&path, error))?;
    // Whoever merely looks holds the lock for an instant: that must not look like a second fetcher.
    for _ in 0..LOCK_ATTEMPTS {
        match file.try_lock() {
            Ok(()) => return Ok(Lock(file)),
            Err(TryLockError::WouldBlock) => std::thread::yield_now(),
            Err(TryLockError::Error(error)) => return Err(ModelFileError::io(&path, error)),
        }
    }
    Err(ModelFileError::Locked {
        model: model.name.clone(),
    })
}

/// Whether somebody holds the model's lock.
pub(super) fn is_locked(dir: &Path, model: &Model) -> bool {
    let path = dir.join(&model.name).join(LOCK);
    File::open(path)
        .is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
}
