use super::*;
use crate::metadata::Dependency;

fn package(name: &str, uses: &[&str], tests_use: &[&str]) -> Package {
    let dependency = |name: &&str, dev| Dependency {
        name: (*name).to_owned(),
        dev,
    };
    let normal = uses.iter().map(|name| dependency(name, false));
    let dev = tests_use.iter().map(|name| dependency(name, true));
    Package {
        name: name.to_owned(),
        dependencies: normal.chain(dev).collect(),
    }
}

/// The whole table as a workspace, with one package put in place of its namesake.
fn workspace_with(changed: Package) -> Vec<Package> {
    let mut packages: Vec<Package> = ARROWS
        .iter()
        .filter(|(name, _)| *name != changed.name)
        .map(|(name, uses)| package(name, uses, &[]))
        .collect();
    packages.push(changed);
    packages
}

#[track_caller]
fn assert_only(changed: Package, expected: &str) {
    let found = violations(&workspace_with(changed));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains(expected), "{found:?}");
}

#[test]
fn the_table_itself_is_in_order() {
    let order = violations(&workspace_with(package("store", &["domain", "sqlx"], &[])));
    assert_eq!(order, Vec::<String>::new());
}

#[test]
fn an_arrow_that_is_not_in_the_table_is_found() {
    assert_only(package("llm", &["domain"], &[]), "`llm` uses `domain`");
    assert_only(
        package("assistant", &["providers"], &[]),
        "`assistant` uses `providers`",
    );
    assert_only(package("server", &["store"], &[]), "`server` uses `store`");
}

#[test]
fn nobody_ships_the_test_kit() {
    assert_only(
        package("intelliassist", &["testkit"], &[]),
        "`intelliassist` uses `testkit`",
    );
    assert_only(package("testkit", &["bench"], &[]), "uses `bench`");
}

#[test]
fn tests_may_use_the_test_kit() {
    let order = violations(&workspace_with(package("server", &[], &["testkit"])));
    assert_eq!(order, Vec::<String>::new());
}

#[test]
fn sql_stays_in_the_store_even_in_tests() {
    assert_only(package("assistant", &["sqlx"], &[]), "knows SQL");
    assert_only(package("server", &[], &["sqlx"]), "knows SQL");
    assert_only(package("domain", &["sea-orm-migration"], &[]), "knows SQL");
}

#[test]
fn http_stays_at_the_edges() {
    assert_only(package("assistant", &["axum"], &[]), "knows axum");
    assert_only(package("llm", &["reqwest"], &[]), "calls upstreams");
    assert_only(
        package("llm", &["reqwest-middleware"], &[]),
        "calls upstreams",
    );
    let fakes = violations(&workspace_with(package("providers", &["llm"], &["axum"])));
    assert_eq!(fakes, Vec::<String>::new());
}

#[test]
fn a_family_is_more_than_a_prefix() {
    assert!(is_of_family("axum-extra", "axum"));
    assert!(!is_of_family("axumatic", "axum"));
}

#[test]
fn a_crate_outside_the_table_is_found() {
    assert_only(
        package("planner", &[], &[]),
        "`planner` is not in the table",
    );
}

#[test]
fn names_that_say_nothing_are_found() {
    let found = violations(&workspace_with(package("utils", &[], &[])));
    assert!(found.iter().any(|line| line.contains("is no name")));
}

#[test]
fn a_row_without_a_crate_is_found() {
    let mut packages = workspace_with(package("store", &["domain"], &[]));
    packages.retain(|package| package.name != "media");
    let found = violations(&packages);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("`media` is in the table"));
}

fn source(path: &str, text: &str) -> Source {
    Source {
        path: path.to_owned(),
        text: text.to_owned(),
    }
}

#[test]
fn reading_the_environment_in_a_library_is_found() {
    for text in [
        "let home = std::env::var_os(\"HOME\");",
        "use std::env;",
        "use std::{env, path::Path};",
        "use std::{fmt, env::var};",
    ] {
        let found = environment_readers(&[source("crates/llm/src/lib.rs", text)]);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert!(found[0].starts_with("crates/llm/src/lib.rs:1:"));
    }
}

#[test]
fn the_environment_belongs_to_binaries_and_tests() {
    let text = "let home = std::env::var_os(\"HOME\");";
    let files = [
        source("crates/intelliassist/src/config.rs", text),
        source("crates/local/src/bin/fetch-models.rs", text),
        source("crates/llm/tests/it/main.rs", text),
        source(
            "crates/llm/src/lib.rs",
            "fn f() {}\n#[cfg(test)]\nmod tests { use std::env; }",
        ),
        source(
            "crates/llm/src/lib.rs",
            "// std::env::var is for the binary",
        ),
        source("crates/llm/src/lib.rs", "std::environment()"),
    ];
    assert_eq!(environment_readers(&files), Vec::<String>::new());
}
