//! `ocr-bench`: how much of pictures with known texts is read right, and how quickly.
//!
//! `cargo run --release -p local --no-default-features --features bench,ocr --bin ocr-bench -- DIR
//! [MODELS] [THREADS]` reads every `x.png` or `x.jpg` of a folder that has an `x.txt` beside it; `--show`
//! prints what was read. Where the program `tesseract` is installed it reads the same pictures, for
//! comparison.

mod right;

use std::error::Error;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use llm::{Pixels, ReadTextRequest, TextReader};
use local::worker::Worker;
use local::{LocalConfig, LocalOcr};
use right::{characters_right, words_right};
use tokio::runtime::Runtime;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// What one program read of one picture.
struct Score {
    characters: f64,
    words: f64,
    time: Duration,
}

fn main() -> Outcome<()> {
    let (flags, arguments): (Vec<String>, Vec<String>) = std::env::args()
        .skip(1)
        .partition(|argument| argument.starts_with("--"));
    let usage = "ocr-bench DIR [MODELS] [THREADS] [--show]";
    let dir = Path::new(arguments.first().ok_or(usage)?);
    let models = arguments.get(1).map_or("models", String::as_str);
    let threads = arguments
        .get(2)
        .map(|threads| threads.parse::<NonZeroUsize>());
    let worker = Worker::new(threads.transpose()?);
    let show = flags.iter().any(|flag| flag == "--show");
    let mut out = io::stdout();
    writeln!(out, "{} threads; shares in %, times in s", worker.threads())?;
    let ocr = LocalOcr::new(models, LocalConfig::default(), worker)?;
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let pairs = pairs(dir)?;
    // The first page loads the model.
    let (first, _) = pairs.first().ok_or("no picture has a text beside it")?;
    let began = Instant::now();
    ours(&ocr, &runtime, &decode(first)?)?;
    writeln!(
        out,
        "first page with loading: {:.2}",
        began.elapsed().as_secs_f64()
    )?;
    writeln!(
        out,
        "{:24} {:>6} {:>6} {:>6}   tesseract",
        "picture", "chars", "words", "time"
    )?;
    let mut scores = [Vec::new(), Vec::new()];
    for (picture, expected) in &pairs {
        let pixels = decode(picture)?;
        let began = Instant::now();
        let read = ours(&ocr, &runtime, &pixels)?;
        let score = Score::of(expected, &read, began.elapsed());
        let name = picture.file_stem().unwrap_or_default().to_string_lossy();
        write!(out, "{name:24} {score}")?;
        scores[0].push(score);
        if let Some((read, time)) = tesseract(picture) {
            let score = Score::of(expected, &read, time);
            write!(out, "   {score}")?;
            scores[1].push(score);
        }
        writeln!(out)?;
        if show {
            writeln!(out, "{read}\n")?;
        }
    }
    write!(out, "{:24}", "mean")?;
    for scores in scores.iter().filter(|scores| !scores.is_empty()) {
        write!(out, " {}  ", Score::mean(scores))?;
    }
    writeln!(out)?;
    ocr.stop();
    Ok(())
}

/// The pictures of a folder with the text that stands in each, by name.
fn pairs(dir: &Path) -> Outcome<Vec<(PathBuf, String)>> {
    let mut pairs = Vec::new();
    for entry in std::fs::read_dir(dir)? {
        let path = entry?.path();
        let is_picture = path
            .extension()
            .is_some_and(|kind| kind == "png" || kind == "jpg");
        if is_picture && let Ok(text) = std::fs::read_to_string(path.with_extension("txt")) {
            pairs.push((path, text));
        }
    }
    pairs.sort();
    Ok(pairs)
}

fn decode(path: &Path) -> Outcome<Arc<Pixels>> {
    let picture = image::open(path)?.into_rgb8();
    let (width, height) = picture.dimensions();
    Ok(Arc::new(Pixels {
        width,
        height,
        rgb: picture.into_raw(),
    }))
}

fn ours(ocr: &LocalOcr, runtime: &Runtime, pixels: &Arc<Pixels>) -> Outcome<String> {
    let request = ReadTextRequest {
        picture: Arc::clone(pixels),
        model: None,
    };
    Ok(runtime.block_on(ocr.read_text(request))?.text)
}

/// What the program reads and how long it takes, decoding and loading included; `None` where it is not
/// installed.
fn tesseract(picture: &Path) -> Option<(String, Duration)> {
    let began = Instant::now();
    let output = Command::new("tesseract")
        .arg(picture)
        .arg("-")
        .output()
        .ok()?;
    Some((
        String::from_utf8_lossy(&output.stdout).into_owned(),
        began.elapsed(),
    ))
}

impl Score {
    fn of(expected: &str, read: &str, time: Duration) -> Self {
        Self {
            characters: characters_right(expected, read),
            words: words_right(expected, read),
            time,
        }
    }

    fn mean(scores: &[Self]) -> Self {
        let of =
            |field: fn(&Self) -> f64| scores.iter().map(field).sum::<f64>() / scores.len() as f64;
        Self {
            characters: of(|score| score.characters),
            words: of(|score| score.words),
            time: Duration::from_secs_f64(of(|score| score.time.as_secs_f64())),
        }
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (characters, words) = (100.0 * self.characters, 100.0 * self.words);
        write!(
            f,
            "{characters:6.1} {words:6.1} {:6.2}",
            self.time.as_secs_f64()
        )
    }
}
