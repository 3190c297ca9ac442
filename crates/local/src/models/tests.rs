//! Manifest, store and the order of sources; HTTP and packages have files of their own.

mod http;
mod manifest;
mod pip;

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::store;
use super::*;

/// A models directory in a temporary place, with one model `m` whose file is `f.bin`.
struct Place {
    root: TempDir,
    content: Vec<u8>,
}

impl Place {
    fn new(content: &[u8]) -> Self {
        let root = TempDir::new().unwrap();
        for dir in ["models", "mirror/m", "wheels"] {
            fs::create_dir_all(root.path().join(dir)).unwrap();
        }
        Self {
            root,
            content: content.to_vec(),
        }
    }

    fn path(&self, below: &str) -> PathBuf {
        self.root.path().join(below)
    }

    /// The models directory, its file to be had from `sources`.
    fn models(&self, sources: &str) -> Models {
        let text = format!(
            "[[model]]\nname = \"m\"\nuse = \"text\"\nsets = [\"s\"]\nlicence = \"MIT\"\n\
             [[model.file]]\npath = \"f.bin\"\nbytes = {}\nsha256 = \"{}\"\nsources = [{sources}]",
            self.content.len(),
            sum(&self.content),
        );
        let manifest = Manifest::parse(&text, Path::new("test.toml")).unwrap();
        Models::with_manifest(self.path("models"), manifest)
    }

    fn with_mirror(&self, content: &[u8]) -> PullOptions {
        fs::write(self.path("mirror/m/f.bin"), content).unwrap();
        PullOptions {
            mirror: Some(self.path("mirror").display().to_string()),
            ..offline()
        }
    }

    fn installed_bytes(&self) -> Vec<u8> {
        fs::read(self.path("models/m/f.bin")).unwrap()
    }

    /// Names in the model's directory that a finished fetch must not leave behind.
    fn left_over(&self) -> Vec<String> {
        let names = fs::read_dir(self.path("models/m")).unwrap();
        let mut names: Vec<String> = names
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.contains("part") || name == ".tmp" || name.contains(".new"))
            .collect();
        names.sort();
        names
    }
}

/// A hub that cannot be reached, and packages from a directory.
fn offline() -> PullOptions {
    PullOptions {
        mirror: None,
        hub: "http://127.0.0.1:9".to_owned(),
        python: Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/python3"),
    }
}

fn sum(content: &[u8]) -> String {
    Sha256::digest(content)
        .iter()
        .fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

/// Pulls and returns the result with what was told.
fn pull(models: &Models, options: &PullOptions) -> (Result<(), ModelFileError>, Vec<Event>) {
    let mut events = Vec::new();
    let result = models.pull("m", options, &mut |event| events.push(event.clone()));
    (result, events)
}

fn sources_tried(events: &[Event]) -> Vec<&str> {
    let begun = events.iter().filter_map(|event| match event {
        Event::Begin { source, .. } => Some(source.as_str()),
        _ => None,
    });
    begun.collect()
}

const UNREACHABLE_HUB: &str = r#"{ hub = "o/r", revision = "main", file = "f.bin" }"#;

#[test]
fn a_directory_mirror_serves_when_the_hub_cannot_be_reached() {
    let place = Place::new(b"weights");
    let models = place.models(UNREACHABLE_HUB);
    let (result, events) = pull(&models, &place.with_mirror(b"weights"));
    result.unwrap();
    assert_eq!(place.installed_bytes(), b"weights");
    assert_eq!(models.installed("m").unwrap(), Installed::Complete);
    assert_eq!(place.left_over(), Vec::<String>::new());
    let mirror = place.path("mirror/m/f.bin").display().to_string();
    assert_eq!(
        sources_tried(&events),
        ["http://127.0.0.1:9/o/r/resolve/main/f.bin", mirror.as_str()]
    );
}

#[test]
fn what_is_right_already_is_not_fetched_again() {
    let place = Place::new(b"weights");
    let models = place.models(UNREACHABLE_HUB);
    let options = place.with_mirror(b"weights");
    pull(&models, &options).0.unwrap();
    let (result, events) = pull(&models, &options);
    result.unwrap();
    assert_eq!(
        events,
        [Event::Kept {
            model: "m".to_owned()
        }]
    );
}

#[test]
fn a_wrong_sum_is_named_deleted_and_the_next_source_tried() {
    let place = Place::new(b"weights");
    let models = place.models(UNREACHABLE_HUB);
    let (result, _) = pull(&models, &place.with_mirror(b"poisons"));
    let said = result.unwrap_err().to_string();
    assert!(said.contains(&sum(b"weights")), "{said}");
    assert!(said.contains(&sum(b"poisons")), "{said}");
    assert_eq!(models.installed("m").unwrap(), Installed::Missing);
    assert_eq!(place.left_over(), Vec::<String>::new());
}

#[test]
fn a_source_that_delivers_too_much_is_cut_off() {
    let place = Place::new(b"weights");
    let models = place.models(UNREACHABLE_HUB);
    let (result, _) = pull(&models, &place.with_mirror(&[0; 4096]));
    let said = result.unwrap_err().to_string();
    assert!(said.contains("more than the 7 bytes expected"), "{said}");
    assert_eq!(place.left_over(), Vec::<String>::new());
}

#[test]
fn a_second_fetcher_is_told_of_the_first() {
    let place = Place::new(b"weights");
    let models = place.models(UNREACHABLE_HUB);
    fs::create_dir_all(place.path("models/m")).unwrap();
    let model = models.manifest().model("m").unwrap();
    let held = store::lock(models.dir(), model).unwrap();
    assert!(models.is_being_fetched("m").unwrap());
    let (result, _) = pull(&models, &place.with_mirror(b"weights"));
    assert!(
        matches!(result, Err(ModelFileError::Locked { .. })),
        "{result:?}"
    );
    drop(held);
    assert!(!models.is_being_fetched("m").unwrap());
    pull(&models, &place.with_mirror(b"weights")).0.unwrap();
}

#[test]
fn a_file_put_there_by_hand_is_hashed_once() {
    let place = Place::new(b"weights");
    let models = place.models(UNREACHABLE_HUB);
    fs::create_dir_all(place.path("models/m")).unwrap();
    fs::write(place.path("models/m/f.bin"), b"weights").unwrap();
    assert_eq!(models.installed("m").unwrap(), Installed::Unchecked);
    models.path_of("m", "f.bin").unwrap();
    assert_eq!(models.installed("m").unwrap(), Installed::Complete);
}

#[test]
fn a_changed_file_is_refused_and_the_command_that_mends_it_named() {
    let place = Place::new(b"weights");
    let models = place.models(UNREACHABLE_HUB);
    let options = place.with_mirror(b"weights");
    pull(&models, &options).0.unwrap();
    fs::write(place.path("models/m/f.bin"), b"damages").unwrap();
    let error = models.path_of("m", "f.bin").unwrap_err();
    assert!(matches!(error, ModelFileError::Damaged { .. }), "{error:?}");
    assert!(
        error.to_string().contains("intelliassist models pull m"),
        "{error}"
    );
    let checked = models.check(None).unwrap();
    assert!(matches!(
        checked[0].sum,
        Sum::Wrong(ModelFileError::Damaged { .. })
    ));
    pull(&models, &options).0.unwrap();
    assert_eq!(place.installed_bytes(), b"weights");
    assert!(matches!(
        models.check(Some("m")).unwrap()[0].sum,
        Sum::Right
    ));
}

#[test]
fn a_missing_file_names_the_command_that_brings_it() {
    let place = Place::new(b"weights");
    let error = place
        .models(UNREACHABLE_HUB)
        .path_of("m", "f.bin")
        .unwrap_err();
    assert!(matches!(error, ModelFileError::Missing { .. }), "{error:?}");
    assert!(
        error.to_string().contains("intelliassist models pull m"),
        "{error}"
    );
}

#[test]
fn a_cut_file_counts_as_partial() {
    let place = Place::new(b"weights");
    let models = place.models(UNREACHABLE_HUB);
    fs::create_dir_all(place.path("models/m")).unwrap();
    fs::write(place.path("models/m/f.bin.part"), b"wei").unwrap();
    assert_eq!(
        models.installed("m").unwrap(),
        Installed::Partial { bytes: 3 }
    );
}

#[test]
fn the_best_text_model_is_the_best_installed_one_that_fits() {
    let root = TempDir::new().unwrap();
    let models = Models::open(root.path()).unwrap();
    assert_eq!(models.best_text_model(None), None);
    // Sparse files of the right size stand in for the weights: this looks at sizes only.
    let place = |name: &str| {
        let model = models.manifest().model(name).unwrap();
        fs::create_dir_all(root.path().join(name)).unwrap();
        let file = fs::File::create(root.path().join(name).join("model.gguf")).unwrap();
        file.set_len(model.files[0].bytes).unwrap();
    };
    let best = |free| models.best_text_model(free).map(|model| model.name.clone());
    place("text-135m");
    assert_eq!(best(None).unwrap(), "text-135m");
    place("text-0.5b");
    assert_eq!(best(None).unwrap(), "text-0.5b");
    place("text-1.5b");
    assert_eq!(best(Some(8 << 30)).unwrap(), "text-1.5b");
    assert_eq!(best(Some(3 << 30)).unwrap(), "text-0.5b");
}

#[test]
fn progress_is_a_line_now_and_then_or_a_bar() {
    let at = |seconds: u64, done: u64| {
        Event::Progress(Progress {
            model: "m".to_owned(),
            file: "f".to_owned(),
            done,
            total: 200_000_000,
            rate: 1_000_000,
            elapsed: std::time::Duration::from_secs(seconds),
        })
    };
    let shown = |terminal: bool| {
        let mut out = Vec::new();
        let mut printer = Printer::new(&mut out, terminal);
        for event in [
            at(1, 1_000_000),
            at(5, 50_000_000),
            at(6, 51_000_000),
            at(10, 100_000_000),
        ] {
            printer.show(&event).unwrap();
        }
        String::from_utf8(out).unwrap()
    };
    assert_eq!(
        shown(false),
        "m/f: 25 % (50 MB of 200 MB), 1 MB/s, 2 min 30 s left\n\
         m/f: 50 % (100 MB of 200 MB), 1 MB/s, 1 min 40 s left\n"
    );
    let bars = shown(true);
    assert_eq!(bars.matches('\r').count(), 4, "{bars}");
    assert!(
        bars.contains("[############------------] m/f: 50 %"),
        "{bars}"
    );
}
