//! How large a file may be, and how a lint may be answered.

use std::path::Path;

use anyhow::Result;

use crate::sources::{self, Source};

#[cfg(test)]
mod tests;

/// Lines a file may have outside tests.
const LARGEST_FILE: usize = 500;

/// Every file that is too large, misnamed or switches a lint off.
///
/// # Errors
/// When git cannot list the files or one cannot be read.
pub(crate) fn check(root: &Path) -> Result<Vec<String>> {
    Ok(violations(&sources::all(root)?))
}

fn violations(files: &[Source]) -> Vec<String> {
    files.iter().flat_map(violations_of).collect()
}

fn violations_of(file: &Source) -> Vec<String> {
    let path = &file.path;
    let lines = file.text.lines().count();
    let mut found = Vec::new();
    if lines > LARGEST_FILE && !file.is_test() {
        found.push(format!(
            "{path}: {lines} lines, {LARGEST_FILE} at most: split it by what it answers"
        ));
    }
    if path == "mod.rs" || path.ends_with("/mod.rs") {
        found.push(format!("{path}: name it after its folder, beside it"));
    }
    for (index, line) in file.text.lines().enumerate() {
        if switches_lint_off(line) {
            let number = index + 1;
            found.push(format!(
                "{path}:{number}: `expect(…, reason = …)` instead of `allow`"
            ));
        }
    }
    found
}

/// Whether the line opens an `allow` attribute, or one under `cfg_attr`.
fn switches_lint_off(line: &str) -> bool {
    let code = line.trim_start();
    let Some(attribute) = code.strip_prefix("#[").or_else(|| code.strip_prefix("#![")) else {
        return false;
    };
    attribute.starts_with("allow(")
        || (attribute.starts_with("cfg_attr(") && attribute.contains(" allow("))
}
