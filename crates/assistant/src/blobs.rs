//! The bytes of uploaded files, in one directory that nothing leads out of (contract 002-B6).
//!
//! A file arrives under a temporary name, counted and hashed while it is written, and takes its
//! name only when it is whole. What a crash leaves behind is removed at the next start, by whichever
//! process comes first: what another still writes is locked.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sha2::{Digest, Sha256};
use tokio::fs;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use uuid::Uuid;

/// End of the names of files that are not whole yet.
const PART: &str = ".part";

/// The upload directory.
#[derive(Debug, Clone)]
pub(crate) struct Blobs {
    directory: PathBuf,
}

/// A file on its way in. Dropping it removes what has come so far.
#[derive(Debug)]
pub(crate) struct Incoming {
    file: Option<fs::File>,
    part: PathBuf,
    hash: Sha256,
    head: Vec<u8>,
    size: u64,
}

/// A file that has come in whole.
#[derive(Debug, Clone)]
pub(crate) struct Arrived {
    pub(crate) part: PathBuf,
    pub(crate) size: u64,
    pub(crate) sha256: String,
    pub(crate) head: Vec<u8>,
}

impl Blobs {
    pub(crate) fn new(directory: PathBuf) -> Self {
        Self { directory }
    }

    /// Opens a place for a file.
    pub(crate) async fn begin(&self, id: Uuid) -> io::Result<Incoming> {
        fs::create_dir_all(&self.directory).await?;
        let part = self.directory.join(format!("{id}{PART}"));
        let file = fs::File::create(&part).await?.into_std().await;
        // Held as long as somebody writes it, so that nobody sweeps it away meanwhile.
        file.lock()?;
        let file = fs::File::from_std(file);
        let hash = Sha256::new();
        Ok(Incoming {
            file: Some(file),
            part,
            hash,
            head: Vec::new(),
            size: 0,
        })
    }

    /// Gives a whole file its name.
    pub(crate) async fn keep(&self, arrived: &Arrived, name: &str) -> io::Result<()> {
        fs::rename(&arrived.part, self.path(name)?).await
    }

    /// Removes a file that arrived but is not kept.
    pub(crate) async fn discard(&self, arrived: &Arrived) {
        remove(&arrived.part).await;
    }

    /// The first bytes of a file, which tell what it is.
    pub(crate) async fn head(&self, name: &str) -> io::Result<Vec<u8>> {
        head(&self.path(name)?).await
    }

    /// A file to be read piece by piece.
    pub(crate) async fn open(&self, name: &str) -> io::Result<fs::File> {
        fs::File::open(self.path(name)?).await
    }

    /// Removes a file.
    pub(crate) async fn remove(&self, name: &str) {
        if let Ok(path) = self.path(name) {
            remove(&path).await;
        }
    }

    /// Removes files that were never whole and that nobody is writing any more; how many.
    pub(crate) async fn sweep(&self) -> io::Result<usize> {
        let mut removed = 0;
        for entry in self.entries().await? {
            if entry.file_name().to_string_lossy().ends_with(PART) {
                removed += usize::from(sweep_part(&entry.path()).await);
            }
        }
        Ok(removed)
    }

    /// Names of whole files that were written longer ago than this.
    pub(crate) async fn older_than(&self, age: Duration) -> io::Result<Vec<String>> {
        let mut old = Vec::new();
        for entry in self.entries().await? {
            let name = entry.file_name().to_string_lossy().into_owned();
            let whole = !name.ends_with(PART) && self.path(&name).is_ok();
            if whole && is_older(&entry, age).await {
                old.push(name);
            }
        }
        Ok(old)
    }

    async fn entries(&self) -> io::Result<Vec<fs::DirEntry>> {
        let mut reading = match fs::read_dir(&self.directory).await {
            Ok(reading) => reading,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut entries = Vec::new();
        while let Some(entry) = reading.next_entry().await? {
            entries.push(entry);
        }
        Ok(entries)
    }

    /// Where a stored file lies; only plain names lead anywhere.
    pub(crate) fn path(&self, name: &str) -> io::Result<PathBuf> {
        let plain = !name.is_empty()
            && !name.starts_with('.')
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
        if !plain {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "not the name of a stored file",
            ));
        }
        Ok(self.directory.join(name))
    }
}

impl Incoming {
    /// Writes more of the file.
    pub(crate) async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let Some(file) = &mut self.file else {
            return Ok(());
        };
        file.write_all(bytes).await?;
        self.hash.update(bytes);
        self.size += bytes.len() as u64;
        let room = media::kind::HEAD.saturating_sub(self.head.len());
        self.head.extend_from_slice(&bytes[..bytes.len().min(room)]);
        Ok(())
    }

    /// How much has come.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// Ends the file and makes sure that it lies on the disk.
    pub(crate) async fn finish(mut self) -> io::Result<Arrived> {
        if let Some(mut file) = self.file.take() {
            file.flush().await?;
            file.sync_all().await?;
        }
        let digest = std::mem::take(&mut self.hash).finalize();
        Ok(Arrived {
            part: std::mem::take(&mut self.part),
            size: self.size,
            sha256: hex(&digest),
            head: std::mem::take(&mut self.head),
        })
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        let left_half_way = !self.part.as_os_str().is_empty();
        if left_half_way && let Err(error) = std::fs::remove_file(&self.part) {
            tracing::warn!(%error, "a file that was not whole could not be removed");
        }
    }
}

/// The first bytes of a file.
pub(crate) async fn head(path: &Path) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    let file = fs::File::open(path).await?;
    file.take(media::kind::HEAD as u64)
        .read_to_end(&mut head)
        .await?;
    Ok(head)
}

/// Removes a file that was never whole, unless somebody still writes it.
async fn sweep_part(path: &Path) -> bool {
    let abandoned = match fs::File::open(path).await {
        Ok(file) => file.into_std().await.try_lock().is_ok(),
        Err(_) => false,
    };
    if abandoned {
        remove(path).await;
    }
    abandoned
}

/// Whether a plain file was last written longer ago than this.
async fn is_older(entry: &fs::DirEntry, age: Duration) -> bool {
    let Ok(facts) = entry.metadata().await else {
        return false;
    };
    let written = facts.modified().ok().and_then(|when| when.elapsed().ok());
    facts.is_file() && written.is_some_and(|since| since >= age)
}

async fn remove(path: &Path) {
    if let Err(error) = fs::remove_file(path).await
        && error.kind() != io::ErrorKind::NotFound
    {
        tracing::warn!(%error, "a file could not be removed");
    }
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |half: u8| char::from(DIGITS[usize::from(half)]);
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b6_002_no_name_leads_out_of_the_directory() {
        let blobs = Blobs::new(PathBuf::from("/srv/uploads"));
        for bad in [
            "..",
            "../etc/passwd",
            "/etc/passwd",
            "a/b",
            "",
            ".hidden",
            "a\0b",
            "ä.txt",
        ] {
            assert!(blobs.path(bad).is_err(), "{bad}");
        }
        assert!(
            blobs
                .path("7d9f0d6c-54b1-4d4a-9f62-0c7c2ac3b0aa.txt")
                .is_ok()
        );
    }

    #[tokio::test]
    async fn a_file_left_half_way_is_removed_and_so_is_what_a_crash_left() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::new(folder.path().to_owned());
        let mut incoming = blobs.begin(Uuid::from_u128(1)).await.unwrap();
        incoming.write(b"half").await.unwrap();
        drop(incoming);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        std::fs::write(folder.path().join("x.part"), "left").unwrap();
        std::fs::write(folder.path().join("known.txt"), "kept").unwrap();
        std::fs::write(folder.path().join("orphan.txt"), "left").unwrap();
        let written = blobs.begin(Uuid::from_u128(2)).await.unwrap();
        assert_eq!(blobs.sweep().await.unwrap(), 1);
        let old = blobs.older_than(Duration::from_hours(1)).await.unwrap();
        assert_eq!(old, Vec::<String>::new());
        let mut old = blobs.older_than(Duration::ZERO).await.unwrap();
        old.sort();
        assert_eq!(old, ["known.txt", "orphan.txt"]);
        blobs.remove("orphan.txt").await;
        drop(written);
        let left = std::fs::read_dir(folder.path()).unwrap();
        let left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["known.txt"]);
    }

    #[tokio::test]
    async fn a_full_disk_is_told_as_that() {
        let folder = tempfile::tempdir().unwrap();
        let id = Uuid::from_u128(3);
        std::os::unix::fs::symlink("/dev/full", folder.path().join(format!("{id}.part"))).unwrap();
        let mut incoming = Blobs::new(folder.path().to_owned())
            .begin(id)
            .await
            .unwrap();
        let written = incoming.write(&[0; 1024]).await;
        let error = match written {
            Err(error) => error,
            Ok(()) => incoming.finish().await.unwrap_err(),
        };
        assert_eq!(error.kind(), io::ErrorKind::StorageFull);
    }
}
