//! Pictures with known texts, and pictures of all kinds without any.
//!
//! The pictures were drawn by `bench/samples_images.py --fixtures`.

use std::path::PathBuf;
use std::sync::Arc;

use futures_util::poll;
use llm::{ModelError, PictureText, Pixels, ReadTextRequest, TextReader};
use local::{LocalConfig, LocalOcr, Status};
use tempfile::TempDir;

use crate::support::{file_of, models_dir, one_thread};

#[path = "../../src/bin/ocr-bench/right.rs"]
mod right;

use right::{characters_right, words_right};

/// The reader, if its files are there.
fn ocr() -> Option<LocalOcr> {
    for file in ["det.onnx", "rec.onnx", "cls.onnx"] {
        file_of("ocr", file)?;
    }
    Some(LocalOcr::new(models_dir(), LocalConfig::default(), one_thread()).unwrap())
}

/// A picture of the fixtures and its text.
fn fixture(name: &str) -> (Pixels, String) {
    let dir = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/ocr");
    let picture = image::open(dir.join(format!("{name}.png")))
        .unwrap()
        .into_rgb8();
    let text = std::fs::read_to_string(dir.join(format!("{name}.txt"))).unwrap();
    let (width, height) = picture.dimensions();
    let pixels = Pixels {
        width,
        height,
        rgb: picture.into_raw(),
    };
    (pixels, text)
}

fn plain(width: u32, height: u32, colour: u8) -> Pixels {
    Pixels {
        width,
        height,
        rgb: vec![colour; 3 * width as usize * height as usize],
    }
}

fn request(picture: Pixels) -> ReadTextRequest {
    ReadTextRequest {
        picture: Arc::new(picture),
        model: None,
    }
}

async fn read(ocr: &LocalOcr, picture: Pixels) -> PictureText {
    ocr.read_text(request(picture)).await.unwrap()
}

#[tokio::test]
async fn printed_text_is_read_right() {
    let Some(ocr) = ocr() else { return };
    let names = [
        "sans",
        "serif",
        "mono",
        "rotated",
        "low-contrast",
        "small",
        "dark",
        "columns",
        "receipt",
        "table",
        "upside-down",
        "sideways",
    ];
    for name in names {
        let (picture, expected) = fixture(name);
        let read = read(&ocr, picture).await;
        let characters = characters_right(&expected, &read.text);
        let words = words_right(&expected, &read.text);
        println!("{name}: {characters:.4} of the characters, {words:.3} of the words");
        assert!(characters >= 0.99, "{name}: {characters}\n{}", read.text);
        assert!(words >= 0.9, "{name}: {words}\n{}", read.text);
    }
    ocr.stop();
}

#[tokio::test]
async fn lines_come_in_order_with_their_places() {
    let Some(ocr) = ocr() else { return };
    let (picture, expected) = fixture("columns");
    let (width, height) = (picture.width as f32, picture.height as f32);
    let read = read(&ocr, picture).await;
    assert_eq!(read.model, "ocr");
    let lines: Vec<&str> = read.lines.iter().map(|line| line.text.as_str()).collect();
    let in_text: Vec<&str> = read.text.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(lines, in_text);
    let blank = |text: &str| text.lines().position(str::is_empty);
    assert_eq!(blank(&read.text), blank(&expected), "{}", read.text);
    for line in &read.lines {
        let [left, top, right, bottom] = line.bounds;
        assert!(0.0 <= left && left < right && right <= width, "{line:?}");
        assert!(0.0 <= top && top < bottom && bottom <= height, "{line:?}");
        assert!((0.5..=1.0).contains(&line.confidence), "{line:?}");
    }
    let middles: Vec<f32> = read.lines.iter().map(|line| line.bounds[1]).collect();
    let falls = middles.windows(2).filter(|two| two[1] < two[0]).count();
    assert_eq!(
        falls, 1,
        "down one column, then down the other: {middles:?}"
    );
}

#[tokio::test]
async fn a_picture_without_text_has_no_lines() {
    let Some(ocr) = ocr() else { return };
    let mut pictures = vec![plain(64, 48, 0), plain(64, 48, 255)];
    pictures
        .extend([(1, 1), (1, 3000), (3000, 1), (5, 7), (31, 33)].map(|(w, h)| plain(w, h, 128)));
    for picture in pictures {
        let size = format!("{picture:?}");
        let read = read(&ocr, picture).await;
        assert_eq!((read.text.as_str(), read.lines.len()), ("", 0), "{size}");
    }
}

#[tokio::test]
async fn what_is_no_picture_is_a_bad_request() {
    let Some(ocr) = ocr() else { return };
    let mut cut = plain(8, 8, 0);
    cut.rgb.pop();
    for picture in [cut, plain(0, 5, 0)] {
        let error = ocr.read_text(request(picture)).await.unwrap_err();
        assert!(matches!(error, ModelError::BadRequest(_)), "{error:?}");
    }
    assert_eq!(
        ocr.state().status,
        Status::Ready,
        "nothing was loaded for it"
    );
}

#[tokio::test]
async fn without_a_model_the_command_that_brings_one_is_named() {
    let dir = TempDir::new().unwrap();
    let ocr = LocalOcr::new(dir.path(), LocalConfig::default(), one_thread()).unwrap();
    assert_eq!(ocr.state().status, Status::Missing);
    let error = ocr.read_text(request(plain(9, 9, 0))).await.unwrap_err();
    let ModelError::NotConfigured(hint) = error else {
        panic!("{error:?}");
    };
    assert!(hint.contains("intelliassist models pull ocr"), "{hint}");
}

#[tokio::test]
async fn dropped_pages_give_way_to_the_next() {
    let Some(ocr) = ocr() else { return };
    let (page, expected) = fixture("sans");
    for _ in 0..3 {
        let mut reading = ocr.read_text(request(page.clone()));
        assert!(poll!(&mut reading).is_pending());
    }
    let read = read(&ocr, page.clone()).await;
    assert!(
        characters_right(&expected, &read.text) >= 0.99,
        "{}",
        read.text
    );
    assert_eq!(ocr.state().status, Status::Loaded);
    let mut reading = ocr.read_text(request(page));
    assert!(poll!(&mut reading).is_pending());
    ocr.stop();
    let error = reading.await.unwrap_err();
    let ended = matches!(
        error,
        ModelError::Cancelled | ModelError::Unavailable { .. }
    );
    assert!(ended, "{error:?}");
}
