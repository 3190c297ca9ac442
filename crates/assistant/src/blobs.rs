//! The bytes of uploaded files, in one directory that nothing leads out of (contract 002-B6).
//!
//! A file arrives under a temporary name, counted and hashed while it is written, and takes its
//! name only when it is whole. What a crash leaves behind is removed at the next start.

use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tokio::fs;
use tokio::io::AsyncWriteExt;
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
        let file = fs::File::create(&part).await?;
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

    /// The bytes of a file.
    pub(crate) async fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        fs::read(self.path(name)?).await
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

    /// Removes what a crash left behind; how many files.
    pub(crate) async fn sweep(&self) -> io::Result<usize> {
        let mut entries = match fs::read_dir(&self.directory).await {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
            Err(error) => return Err(error),
        };
        let mut removed = 0;
        while let Some(entry) = entries.next_entry().await? {
            if entry.file_name().to_string_lossy().ends_with(PART) {
                remove(&entry.path()).await;
                removed += 1;
            }
        }
        Ok(removed)
    }

    /// Where a stored file lies; only plain names lead anywhere.
    fn path(&self, name: &str) -> io::Result<PathBuf> {
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
        assert_eq!(blobs.sweep().await.unwrap(), 1);
    }
}
