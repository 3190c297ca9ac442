//! Real files, broken files and hostile files, read here and in a child.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "tests"
)]

mod audio;
mod child;
mod document;
mod hostile;
mod image;
mod kind;

use std::path::{Path, PathBuf};

use media::Kind;

/// A file beside these tests.
fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(name)
}

/// Its bytes.
fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(path(name)).unwrap()
}

/// What its bytes say it is; the name would only mislead.
fn kind(bytes: &[u8]) -> Kind {
    media::kind::detect(&bytes[..bytes.len().min(media::kind::HEAD)], "unnamed")
}

/// Bytes as a file that goes away with its handle.
fn file(bytes: &[u8]) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    file
}
