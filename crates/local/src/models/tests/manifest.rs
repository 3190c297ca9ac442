//! What a manifest may say.

use std::fs;
use std::path::Path;

use super::super::manifest::Source;
use super::super::{Manifest, ModelFileError, Models, Use};
use super::sum;

#[test]
fn the_built_in_list_holds() {
    let manifest = Manifest::built_in().unwrap();
    let names = |set: &str| -> Vec<String> {
        let models = manifest.select(set).unwrap();
        models.iter().map(|model| model.name.clone()).collect()
    };
    assert_eq!(names("default"), ["text-0.5b", "speech-base", "ocr"]);
    assert_eq!(
        names("full"),
        ["text-0.5b", "text-1.5b", "speech-base", "ocr"]
    );
    assert_eq!(names("ci"), ["text-135m", "speech-tiny-en", "ocr"]);
    assert_eq!(names("none"), Vec::<String>::new());
    assert_eq!(names("embed-f32"), ["embed-f32"]);
    let with_tasks: Vec<&str> = manifest
        .models
        .iter()
        .filter(|model| model.tasks)
        .map(|model| model.name.as_str())
        .collect();
    assert_eq!(with_tasks, ["text-1.5b"]);
    assert_eq!(manifest.model("text-1.5b").unwrap().purpose, Use::Text);
}

#[test]
fn files_in_the_binary_have_the_sums_of_the_list() {
    let manifest = Manifest::built_in().unwrap();
    let mut seen = 0;
    for file in manifest.models.iter().flat_map(|model| &model.files) {
        for source in &file.sources {
            if let Source::Bundled(bundled) = source {
                let content = super::super::bundled(&bundled.bundled).unwrap();
                assert_eq!(sum(content), file.sha256, "{}", bundled.bundled);
                assert_eq!(content.len() as u64, file.bytes);
                seen += 1;
            }
        }
    }
    assert_eq!(seen, 2);
}

#[test]
fn an_unknown_name_is_answered_with_the_known_ones() {
    let error = Manifest::built_in().unwrap().select("text-9b").unwrap_err();
    assert!(matches!(error, ModelFileError::Unknown { .. }));
    assert!(error.to_string().contains("text-0.5b"), "{error}");
}

fn entry(name: &str, path: &str, source: &str) -> String {
    format!(
        "[[model]]\nname = \"{name}\"\nuse = \"text\"\nlicence = \"MIT\"\n[[model.file]]\n\
         path = \"{path}\"\nbytes = 1\nsha256 = \"{}\"\nsources = [{source}]\n",
        sum(b"x")
    )
}

fn refusal(text: &str) -> String {
    match Manifest::parse(text, Path::new("user.toml")) {
        Err(error @ ModelFileError::Manifest { .. }) => error.to_string(),
        other => panic!("{other:?}"),
    }
}

const GOOD: &str = r#"{ url = "https://example.org/f" }"#;

#[test]
fn paths_that_leave_their_directory_are_refused() {
    for path in [
        "../f",
        "/etc/passwd",
        "a/../../f",
        "",
        "C:f",
        "a\\\\b",
        ".lock",
    ] {
        let said = refusal(&entry("m", path, GOOD));
        assert!(
            said.contains("a path is relative") && said.contains("user.toml"),
            "{said}"
        );
    }
    for name in ["..", "a/b", "", "-x", ".hidden"] {
        let said = refusal(&entry(name, "f", GOOD));
        assert!(said.contains("a name is made of"), "{said}");
    }
    for member in ["../f", "/f", "a/../../f"] {
        let said = refusal(&entry(
            "m",
            "f",
            &format!("{{ pip = [[\"p==1\", \"{member}\"]] }}"),
        ));
        assert!(said.contains("leaves the package"), "{said}");
    }
}

#[test]
fn a_requirement_is_pinned_and_no_option() {
    for requirement in [
        "p",
        "p>=1",
        "--index-url==x",
        "p==1 q",
        "p==",
        "-r==x",
        "p==1;x",
    ] {
        let said = refusal(&entry(
            "m",
            "f",
            &format!("{{ pip = [[\"{requirement}\", \"f\"]] }}"),
        ));
        assert!(said.contains("is not name==version"), "{said}");
    }
}

#[test]
fn what_is_not_known_is_refused() {
    assert!(refusal("[[modell]]").contains("unknown field"));
    assert!(refusal(&(entry("m", "f", GOOD) + "colour = \"red\"\n")).contains("unknown field"));
    let twice = entry("m", "f", GOOD) + &entry("m", "f", GOOD);
    assert!(refusal(&twice).contains("listed twice"));
    assert!(refusal(&entry("m", "f", r#"{ url = "ftp://x/f" }"#)).contains("not an http address"));
    assert!(refusal(&entry("m", "f", r#"{ bundled = "x" }"#)).contains("not in this binary"));
    assert!(refusal(&entry("m", "f", "")).contains("no sources"));
    let short = entry("m", "f", GOOD).replace(&sum(b"x"), "12");
    assert!(refusal(&short).contains("64 lower-case"));
}

#[test]
fn the_users_file_adds_and_overrides() {
    let root = tempfile::TempDir::new().unwrap();
    let text = entry("mine", "f", GOOD) + &entry("text-0.5b", "other.gguf", GOOD);
    fs::write(root.path().join("models.toml"), text).unwrap();
    let models = Models::open(root.path()).unwrap();
    assert_eq!(
        models.manifest().model("text-0.5b").unwrap().files[0].path,
        "other.gguf"
    );
    assert_eq!(models.manifest().models.last().unwrap().name, "mine");
    assert_eq!(
        models.list().len(),
        Manifest::built_in().unwrap().models.len() + 1
    );
    fs::write(root.path().join("models.toml"), "nonsense").unwrap();
    assert!(matches!(
        Models::open(root.path()),
        Err(ModelFileError::Manifest { .. })
    ));
}
