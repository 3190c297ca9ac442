//! What commands read.

use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, bail};

/// The text of a file, or of standard input for `-`, in any encoding that can be told.
///
/// # Errors
/// A file that cannot be read, or is no text.
pub(crate) fn text(path: &Path) -> Result<String> {
    let is_stdin = path.as_os_str() == "-";
    let mut bytes = Vec::new();
    if is_stdin {
        std::io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .context("cannot read standard input")?;
    } else {
        bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    }
    match media::text::decode(&bytes) {
        Ok(decoded) => Ok(decoded.text),
        Err(error) if is_stdin => bail!("standard input: {error}"),
        Err(error) => bail!("{}: {error}", path.display()),
    }
}
