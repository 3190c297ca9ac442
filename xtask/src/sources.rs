//! The Rust files of the repository.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// One file of ours.
#[derive(Debug)]
pub(crate) struct Source {
    /// From the root of the repository, with `/`.
    pub(crate) path: String,
    /// All of it.
    pub(crate) text: String,
}

impl Source {
    /// Whether the file holds nothing but tests or benchmarks.
    pub(crate) fn is_test(&self) -> bool {
        self.path.ends_with("/tests.rs")
            || self
                .path
                .split('/')
                .any(|folder| matches!(folder, "tests" | "benches"))
    }

    /// The lines before a module of tests at the end of the file, numbered from 1.
    pub(crate) fn lines_before_tests(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .enumerate()
            .map(|(index, line)| (index + 1, line))
            .take_while(|(_, line)| *line != "#[cfg(test)]")
    }
}

/// Every Rust file that git tracks, or would if it were added.
///
/// # Errors
/// When git cannot say, or a file cannot be read.
pub(crate) fn all(root: &Path) -> Result<Vec<Source>> {
    let output = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others"])
        .args(["--exclude-standard", "--", "*.rs"])
        .current_dir(root)
        .output()
        .context("cannot run `git ls-files`")?;
    let complaint = String::from_utf8_lossy(&output.stderr);
    ensure!(
        output.status.success(),
        "`git ls-files` failed: {complaint}"
    );
    let paths = String::from_utf8(output.stdout).context("a file name is not UTF-8")?;
    paths
        .split_terminator('\0')
        .filter(|path| root.join(path).exists())
        .map(|path| {
            let text = std::fs::read_to_string(root.join(path))
                .with_context(|| format!("cannot read {path}"))?;
            Ok(Source {
                path: path.to_owned(),
                text,
            })
        })
        .collect()
}
