//! Files that the product writes about itself, kept in the repository so that they can be read there.

use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail, ensure};

use crate::cargo::{self, Profile};
use crate::{metadata, out};

/// A file and the words after `intelliassist` that print it.
struct Generated {
    path: &'static str,
    command: &'static [&'static str],
}

const FILES: &[Generated] = &[
    Generated {
        path: "docs/openapi.json",
        command: &["openapi"],
    },
    Generated {
        path: "docs/configuration.md",
        command: &["config", "docs"],
    },
    Generated {
        path: ".env.example",
        command: &["config", "template", "--env"],
    },
];

/// Writes every file, or with `--check` names those that are out of date.
///
/// # Errors
/// When the product does not build, cannot say what belongs into a file, or a file is out of date.
pub(crate) fn run(root: &Path, mut arguments: Vec<String>) -> Result<ExitCode> {
    let profile = Profile::take(&mut arguments)?;
    let check = match arguments.as_slice() {
        [] => false,
        [flag] if flag == "--check" => true,
        other => bail!("generated takes --check and --profile only, not {other:?}"),
    };
    let target = metadata::read(root)?.target_directory;
    let product = cargo::build_product(root, &target, &profile)?;
    let mut stale = Vec::new();
    for file in FILES {
        let wanted = print(&product, file)?;
        let path = root.join(file.path);
        let there = std::fs::read(&path).unwrap_or_default();
        if there == wanted {
            continue;
        }
        if check {
            stale.push(file.path);
        } else {
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder)?;
            }
            std::fs::write(&path, wanted).with_context(|| format!("cannot write {}", file.path))?;
            out::line(format_args!("{}: written", file.path));
        }
    }
    ensure!(
        stale.is_empty(),
        "out of date: {}; `make docs` writes what the code says now",
        stale.join(", ")
    );
    out::line("generated files: in order");
    Ok(ExitCode::SUCCESS)
}

/// What the product says, away from this machine's settings: no environment, no `.env` in the folder.
fn print(product: &Path, file: &Generated) -> Result<Vec<u8>> {
    let output = Command::new(product)
        .args(file.command)
        .current_dir("/")
        .env_clear()
        .output()
        .with_context(|| format!("cannot run {}", product.display()))?;
    let words = file.command.join(" ");
    ensure!(
        output.status.success(),
        "`intelliassist {words}` failed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    ensure!(
        !output.stdout.is_empty(),
        "`intelliassist {words}` printed nothing"
    );
    Ok(output.stdout)
}
