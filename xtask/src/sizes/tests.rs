use super::*;

fn source(path: &str, text: impl Into<String>) -> Source {
    Source {
        path: path.to_owned(),
        text: text.into(),
    }
}

#[test]
fn a_file_over_the_limit_is_found_unless_it_is_a_test() {
    let long = "//\n".repeat(LARGEST_FILE + 1);
    let found = violations(&[source("crates/store/src/task.rs", long.clone())]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("501 lines"), "{found:?}");

    for path in [
        "crates/store/src/task/tests.rs",
        "crates/store/tests/it/task.rs",
        "crates/bench/benches/extract.rs",
    ] {
        assert_eq!(
            violations(&[source(path, long.clone())]),
            Vec::<String>::new()
        );
    }
    let full = source("crates/store/src/task.rs", "//\n".repeat(LARGEST_FILE));
    assert_eq!(violations(&[full]), Vec::<String>::new());
}

#[test]
fn a_mod_file_is_found_anywhere() {
    for path in [
        "crates/store/src/task/mod.rs",
        "crates/store/tests/it/mod.rs",
    ] {
        assert_eq!(violations(&[source(path, "")]).len(), 1, "{path}");
    }
}

#[test]
fn switching_a_lint_off_is_found_in_every_form() {
    for attribute in [
        "#[allow(dead_code)]",
        "    #![allow(missing_docs)]",
        "#[cfg_attr(test, allow(unused))]",
    ] {
        let found = violations(&[source("crates/llm/tests/it/main.rs", attribute)]);
        assert_eq!(found.len(), 1, "{attribute}");
    }
}

#[test]
fn expectations_with_reasons_are_the_way() {
    let text = "#[expect(dead_code, reason = \"allow(…) would never be noticed\")]\n// #[allow(x)]";
    assert_eq!(violations(&[source("a.rs", text)]), Vec::<String>::new());
}
