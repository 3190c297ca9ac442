//! What commands read.

use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// Whether there is nothing but one text, or standard input.
///
/// # Errors
/// A single file that cannot be opened.
pub(crate) fn are_one_text(files: &[PathBuf]) -> Result<bool> {
    match files {
        [] => Ok(true),
        [one] if one.as_os_str() == "-" => Ok(true),
        [one] => {
            let open = || format!("cannot read {}", one.display());
            let file = std::fs::File::open(one).with_context(open)?;
            let mut head = Vec::new();
            let head_of = file.take(media::kind::HEAD as u64).read_to_end(&mut head);
            head_of.with_context(open)?;
            let name = one.to_string_lossy();
            let kind = media::kind::detect(&head, &name);
            // Markup is read as the document it is.
            Ok(kind.is_text() && kind != media::Kind::Html)
        }
        _ => Ok(false),
    }
}

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
