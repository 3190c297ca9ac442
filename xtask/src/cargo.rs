//! How cargo is called, with the profile that everything shares.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// A cargo profile; `release` unless said otherwise, so that a fresh machine compiles everything once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Profile(String);

impl Profile {
    /// Takes `--profile NAME` out of the arguments.
    ///
    /// # Errors
    /// When the name is missing.
    pub(crate) fn take(arguments: &mut Vec<String>) -> Result<Self> {
        let Some(at) = arguments.iter().position(|word| word == "--profile") else {
            return Ok(Self("release".to_owned()));
        };
        ensure!(at + 1 < arguments.len(), "--profile needs a name");
        let name = arguments.remove(at + 1);
        arguments.remove(at);
        Ok(Self(name))
    }

    /// The words that make cargo use it; `flag` is what the subcommand calls a cargo profile.
    pub(crate) fn flags(&self, flag: &str) -> Vec<String> {
        match self.0.as_str() {
            "dev" => Vec::new(),
            "release" => vec!["--release".to_owned()],
            other => vec![flag.to_owned(), other.to_owned()],
        }
    }

    /// The folder of what was built, inside the target directory.
    fn folder(&self) -> &str {
        match self.0.as_str() {
            "dev" => "debug",
            other => other,
        }
    }
}

/// A command without what cargo told xtask about xtask itself. Build scripts that look at it (ring's)
/// would run again, and everything above them be compiled again.
pub(crate) fn command(program: &str) -> Command {
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(is_about_a_package) {
            command.env_remove(name);
        }
    }
    command
}

fn is_about_a_package(name: &str) -> bool {
    [
        "CARGO_PKG_",
        "CARGO_MANIFEST_",
        "CARGO_BIN_",
        "CARGO_CRATE_",
        "CARGO_PRIMARY_",
    ]
    .iter()
    .any(|start| name.starts_with(start))
}

/// Builds the product (a moment when it is built already) and says where it lies.
///
/// # Errors
/// When it does not compile.
pub(crate) fn build_product(root: &Path, target: &Path, profile: &Profile) -> Result<PathBuf> {
    let status = command("cargo")
        .args(["build", "--locked", "--package", "intelliassist"])
        .args(profile.flags("--profile"))
        .current_dir(root)
        .status()
        .context("cannot run cargo")?;
    ensure!(status.success(), "intelliassist does not build");
    Ok(target.join(profile.folder()).join("intelliassist"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn what_cargo_said_of_xtask_goes_no_further_and_settings_do() {
        assert!(is_about_a_package("CARGO_PKG_NAME"));
        assert!(is_about_a_package("CARGO_MANIFEST_DIR"));
        assert!(!is_about_a_package("CARGO_TARGET_DIR"));
        assert!(!is_about_a_package("CARGO_HOME"));
    }

    #[test]
    fn the_profile_is_taken_out_of_the_arguments() {
        let mut arguments = words("-p store --profile dev tasks");
        let profile = Profile::take(&mut arguments).unwrap();
        assert_eq!(arguments, words("-p store tasks"));
        assert_eq!(profile.folder(), "debug");
        assert_eq!(profile.flags("--cargo-profile"), Vec::<String>::new());
    }

    #[test]
    fn release_is_the_default_and_others_go_by_name() {
        let mut arguments = words("tasks");
        let profile = Profile::take(&mut arguments).unwrap();
        assert_eq!(profile.flags("--cargo-profile"), ["--release"]);
        let dist = Profile("dist".to_owned());
        assert_eq!(dist.flags("--cargo-profile"), ["--cargo-profile", "dist"]);
        assert_eq!(dist.folder(), "dist");
    }

    #[test]
    fn a_profile_without_a_name_is_refused() {
        assert!(Profile::take(&mut words("--profile")).is_err());
    }
}
