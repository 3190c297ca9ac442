//! Which crate may use which.
//!
//! The compiler holds an arrow only where a manifest does not name the other crate, so the manifests
//! themselves are checked, against the two tables below. Dependencies of tests are free, except
//! where a rule says otherwise.

use std::path::Path;

use anyhow::Result;

use crate::metadata::{self, Package};
use crate::sources::{self, Source};

#[cfg(test)]
mod tests;

/// Our crates, and which of ours each may use outside its tests.
const ARROWS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("extract", &[]),
    ("llm", &[]),
    ("media", &[]),
    ("store", &["domain"]),
    ("providers", &["llm"]),
    ("local", &["llm"]),
    ("assistant", &["domain", "extract", "llm", "media", "store"]),
    ("server", &["assistant", "domain", "llm"]),
    ("intelliassist", PRODUCT),
    ("testkit", EVERYTHING),
    ("bench", EVERYTHING),
    ("xtask", &[]),
];

const PRODUCT: &[&str] = &[
    "assistant",
    "domain",
    "extract",
    "llm",
    "local",
    "media",
    "providers",
    "server",
    "store",
];

const EVERYTHING: &[&str] = &[
    "assistant",
    "domain",
    "extract",
    "intelliassist",
    "llm",
    "local",
    "media",
    "providers",
    "server",
    "store",
    "testkit",
];

/// A library of others that only some of our crates may name.
struct Confined {
    /// The library, and every package whose name begins with it and a dash.
    library: &'static str,
    /// Who may use it.
    users: &'static [&'static str],
    /// Whether the rule holds for tests too.
    tests_too: bool,
    /// The invariant behind it.
    reason: &'static str,
}

const CONFINED: &[Confined] = &[
    sql("sqlx"),
    sql("sea-orm"),
    sql("diesel"),
    sql("rusqlite"),
    sql("tokio-postgres"),
    Confined {
        library: "redis",
        users: &["store"],
        tests_too: false,
        reason: "`store` is the only crate that speaks with servers that keep things",
    },
    Confined {
        library: "axum",
        users: &["server", "testkit"],
        tests_too: false,
        reason: "`server` is the only crate that knows axum",
    },
    Confined {
        library: "reqwest",
        users: &["providers", "intelliassist"],
        tests_too: false,
        reason: "`providers` is the only crate that calls upstreams (the binary sets up TLS)",
    },
    Confined {
        library: "ureq",
        users: &["local"],
        tests_too: false,
        reason: "only the fetching of model files, which serves no request, may block",
    },
    Confined {
        library: "tracing-subscriber",
        users: &["intelliassist", "testkit"],
        tests_too: false,
        reason: "only the binary installs a subscriber",
    },
];

const fn sql(library: &'static str) -> Confined {
    Confined {
        library,
        users: &["store"],
        tests_too: true,
        reason: "`store` is the only crate that knows SQL",
    }
}

/// Names that say nothing, and so attract everything.
const FORBIDDEN_NAMES: &[&str] = &["common", "utils", "config", "error"];

/// Who may read the environment and the command line: the binaries, and what runs tests.
const ENVIRONMENT_READERS: &[&str] = &[
    "crates/intelliassist/",
    "crates/testkit/",
    "crates/bench/",
    "xtask/",
];

/// Every arrow of the workspace that should not be there, and every reader of the environment.
///
/// # Errors
/// When cargo or git cannot be asked.
pub(crate) fn check(root: &Path) -> Result<Vec<String>> {
    let mut found = violations(&metadata::read(root)?.packages);
    found.extend(environment_readers(&sources::all(root)?));
    Ok(found)
}

fn violations(packages: &[Package]) -> Vec<String> {
    let mut found = missing_crates(packages);
    for package in packages {
        let name = package.name.as_str();
        if FORBIDDEN_NAMES.contains(&name) {
            found.push(format!("`{name}` is no name for a crate: say what it does"));
        }
        match ARROWS.iter().find(|(known, _)| *known == name) {
            Some((_, allowed)) => found.extend(arrows_of(package, allowed)),
            None => found.push(format!(
                "`{name}` is not in the table of xtask/src/arrows.rs: say there what it may use"
            )),
        }
        found.extend(CONFINED.iter().flat_map(|rule| breaches(package, rule)));
    }
    found
}

/// Rows of the table that stand for nothing.
fn missing_crates(packages: &[Package]) -> Vec<String> {
    ARROWS
        .iter()
        .filter(|(name, _)| packages.iter().all(|package| package.name != *name))
        .map(|(name, _)| {
            format!("`{name}` is in the table of xtask/src/arrows.rs, not in the workspace")
        })
        .collect()
}

fn arrows_of(package: &Package, allowed: &[&str]) -> Vec<String> {
    package
        .dependencies
        .iter()
        .filter(|dependency| !dependency.dev)
        .map(|dependency| dependency.name.as_str())
        .filter(|name| ARROWS.iter().any(|(ours, _)| ours == name))
        .filter(|name| !allowed.contains(name))
        .map(|name| {
            let list = allowed.join(", ");
            let name_of_user = &package.name;
            format!("`{name_of_user}` uses `{name}`; of ours it may use: [{list}]")
        })
        .collect()
}

fn breaches(package: &Package, rule: &Confined) -> Vec<String> {
    if rule.users.contains(&package.name.as_str()) {
        return Vec::new();
    }
    package
        .dependencies
        .iter()
        .filter(|dependency| rule.tests_too || !dependency.dev)
        .filter(|dependency| is_of_family(&dependency.name, rule.library))
        .map(|dependency| {
            format!(
                "`{}` uses `{}`: {}",
                package.name, dependency.name, rule.reason
            )
        })
        .collect()
}

fn is_of_family(package: &str, library: &str) -> bool {
    package
        .strip_prefix(library)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

fn environment_readers(files: &[Source]) -> Vec<String> {
    files
        .iter()
        .filter(|file| !may_read_environment(file))
        .flat_map(|file| {
            file.lines_before_tests()
                .filter(|(_, line)| names_environment(line))
                .map(|(number, _)| {
                    let path = &file.path;
                    format!("{path}:{number}: only a binary reads the environment; take a setting")
                })
        })
        .collect()
}

fn may_read_environment(file: &Source) -> bool {
    file.is_test()
        || file.path.contains("/src/bin/")
        || file.path.ends_with("/build.rs")
        || ENVIRONMENT_READERS
            .iter()
            .any(|folder| file.path.starts_with(folder))
}

/// Whether a line of code says `std::env`, alone or in a group of imports.
fn names_environment(line: &str) -> bool {
    let code = line.split("//").next().unwrap_or_default();
    let single = code
        .match_indices("std::env")
        .any(|(at, found)| !continues_word(&code[at + found.len()..]));
    let grouped = code.trim_start().contains("use std::{")
        && code
            .split(['{', ',', '}'])
            .any(|item| item.trim() == "env" || item.trim().starts_with("env::"));
    single || grouped
}

fn continues_word(rest: &str) -> bool {
    rest.starts_with(|next: char| next.is_alphanumeric() || next == '_')
}
