//! What cargo says about the workspace.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

/// The packages of the workspace and where cargo builds them.
#[derive(Debug)]
pub(crate) struct Workspace {
    /// Our own packages, each with its direct dependencies.
    pub(crate) packages: Vec<Package>,
    /// Where cargo puts what it builds.
    pub(crate) target_directory: PathBuf,
}

/// One package of the workspace.
#[derive(Debug)]
pub(crate) struct Package {
    /// As in its manifest.
    pub(crate) name: String,
    /// Its direct dependencies, ours and others'.
    pub(crate) dependencies: Vec<Dependency>,
}

/// One direct dependency of a package.
#[derive(Debug)]
pub(crate) struct Dependency {
    /// The package's name, also where the manifest renames it.
    pub(crate) name: String,
    /// Whether only tests, examples and benchmarks use it.
    pub(crate) dev: bool,
}

/// The folder with the workspace's manifest.
///
/// # Errors
/// When this tool was built outside a workspace.
pub(crate) fn workspace_root() -> Result<PathBuf> {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map(Path::to_path_buf)
        .context("xtask has no folder above it")
}

/// Asks cargo.
///
/// # Errors
/// When cargo refuses the manifests or answers something else than metadata.
pub(crate) fn read(root: &Path) -> Result<Workspace> {
    let output = Command::new("cargo")
        .args(["metadata", "--format-version", "1", "--no-deps"])
        .current_dir(root)
        .output()
        .context("cannot run `cargo metadata`")?;
    let complaint = String::from_utf8_lossy(&output.stderr);
    ensure!(
        output.status.success(),
        "`cargo metadata` failed: {complaint}"
    );
    parse(&serde_json::from_slice(&output.stdout)?)
}

fn parse(metadata: &Value) -> Result<Workspace> {
    let packages = list(metadata, "packages")?
        .iter()
        .map(|package| {
            let dependencies = list(package, "dependencies")?
                .iter()
                .map(|dependency| {
                    Ok(Dependency {
                        name: text(dependency, "name")?,
                        dev: dependency["kind"] == "dev",
                    })
                })
                .collect::<Result<_>>()?;
            Ok(Package {
                name: text(package, "name")?,
                dependencies,
            })
        })
        .collect::<Result<_>>()?;
    Ok(Workspace {
        packages,
        target_directory: text(metadata, "target_directory")?.into(),
    })
}

fn list<'a>(value: &'a Value, key: &str) -> Result<&'a Vec<Value>> {
    value[key]
        .as_array()
        .with_context(|| format!("no list `{key}` in cargo's metadata"))
}

fn text(value: &Value, key: &str) -> Result<String> {
    value[key]
        .as_str()
        .map(str::to_owned)
        .with_context(|| format!("no text `{key}` in cargo's metadata"))
}
