//! The configuration: the only reader of files, environment and flags.
//!
//! Flags stand above the environment, the environment above `.env`, `.env` above the TOML file, the
//! file above the defaults. Everything becomes one table, which is then read into the settings of
//! every part; where each value came from is remembered for `config check`.

pub(crate) mod accounts;
pub(crate) mod database;
pub(crate) mod names;
pub(crate) mod redis;
pub(crate) mod report;

mod reading;
mod sections;
mod sources;

use std::path::{Path, PathBuf};

pub(crate) use assistant::UseLocal;
pub(crate) use sections::{AccountSettings, DatabaseSettings, LogFormat, LogSettings, Settings};
pub(crate) use sources::{Flag, Origin, Sources, variable};

/// The configuration, and where each value came from.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) settings: Settings,
    pub(crate) sources: Sources,
}

/// A configuration that cannot be used: what, where, and what would be right.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read the configuration file {path}: {cause}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// The file is no TOML.
    #[error("{path} is not valid TOML: {message}")]
    Syntax {
        /// The file.
        path: PathBuf,
        /// Where and why.
        message: String,
    },
    /// A `.env` file that cannot be read.
    #[error("{path}: {message}")]
    DotEnv {
        /// The file.
        path: PathBuf,
        /// Where and why, without what stands there.
        message: String,
    },
    /// A value is not what its setting takes, or a key is unknown.
    #[error("{place}: {message}")]
    Value {
        /// Variable, flag or key.
        place: String,
        /// What is wrong and what would be right.
        message: String,
    },
}

/// Reads everything.
///
/// # Errors
/// The first value that cannot be used, with its place.
pub(crate) fn load(file: Option<&Path>, flags: &[Flag]) -> Result<Loaded, ConfigError> {
    load_from(
        file,
        flags,
        &sources::environment(),
        &sources::dot_env(Path::new(".env"))?,
    )
}

/// As [`load`], with the variables given.
///
/// # Errors
/// As [`load`].
pub(crate) fn load_from(
    file: Option<&Path>,
    flags: &[Flag],
    environment: &[(String, String)],
    dot_env: &[(String, String)],
) -> Result<Loaded, ConfigError> {
    let mut sources = Sources::default();
    if let Some(path) = file.map(Path::to_path_buf).or_else(default_file) {
        sources.add_file(&path)?;
    }
    sources.add_variables(dot_env, &Origin::DotEnv)?;
    sources.add_variables(environment, &Origin::Environment)?;
    sources.add_flags(flags)?;
    let settings = reading::read(&mut sources)?;
    Ok(Loaded { settings, sources })
}

/// `intelliassist.toml` in the working directory, if it is there.
fn default_file() -> Option<PathBuf> {
    let path = PathBuf::from("intelliassist.toml");
    path.is_file().then_some(path)
}

#[cfg(test)]
mod tests;
