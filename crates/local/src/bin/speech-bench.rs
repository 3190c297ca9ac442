//! `speech-bench`: word error rate and speed of the local speech models.
//!
//! `cargo run --release -p local --features bench --bin speech-bench -- MODELS_DIR CLIPS [MODEL…]` hears
//! every `NAME.KIND.wav` of a directory (16 kHz, 16 bits, one channel), compares it with `NAME.txt` and
//! prints a line per kind and model. `bench/samples.sh` makes such clips. Times are of the machine as it
//! is; the share of the processor is what compares.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use llm::{Transcriber, Transcript, TranscriptionRequest};
use local::speech::evaluate::{WordErrors, read_wav};
use local::worker::Worker;
use local::{LocalConfig, LocalSpeech};

type Outcome<T> = Result<T, Box<dyn Error>>;

const RATE: usize = 16_000;

/// One recording.
struct Clip {
    name: String,
    kind: String,
    said: String,
    samples: Arc<Vec<f32>>,
}

/// What came of the clips of one kind.
#[derive(Default)]
struct Sum {
    words: WordErrors,
    clips: usize,
    audio: f64,
    wall: Duration,
    processor: f64,
    confidence: f64,
}

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [models, clips, names @ ..] = arguments.as_slice() else {
        return Err("speech-bench MODELS_DIR CLIPS [MODEL…]".into());
    };
    let names = match names {
        [] => vec!["speech-base".to_owned(), "speech-tiny-en".to_owned()],
        names => names.to_vec(),
    };
    let clips = clips_in(Path::new(clips))?;
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let speech = LocalSpeech::new(models, LocalConfig::default(), Worker::new(None))?;
    let mut out = io::stdout();
    for model in names {
        let sums = runtime.block_on(measure(&speech, &model, &clips))?;
        for (kind, sum) in &sums {
            print(&mut out, &model, kind, sum)?;
        }
    }
    if let Some(peak) = status_line("VmHWM:") {
        writeln!(out, "peak memory {peak}")?;
    }
    speech.stop();
    Ok(())
}

fn clips_in(dir: &Path) -> Outcome<Vec<Clip>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(dir)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "wav"))
        .collect();
    paths.sort();
    let clips: Outcome<Vec<Clip>> = paths.iter().map(|path| clip(path)).collect();
    match clips {
        Ok(clips) if clips.is_empty() => Err(format!("no clips in {}", dir.display()).into()),
        clips => clips,
    }
}

fn clip(path: &Path) -> Outcome<Clip> {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let (name, kind) = stem.split_once('.').unwrap_or((&stem, "clean"));
    let Some((RATE, samples)) = read_wav(&fs::read(path)?) else {
        return Err(format!("{} is not 16 kHz, 16 bits, mono", path.display()).into());
    };
    Ok(Clip {
        name: name.to_owned(),
        kind: kind.to_owned(),
        said: fs::read_to_string(path.with_file_name(format!("{name}.txt")))?,
        samples: Arc::new(samples),
    })
}

async fn measure(
    speech: &LocalSpeech,
    model: &str,
    clips: &[Clip],
) -> Outcome<BTreeMap<String, Sum>> {
    // Loading is not measured.
    hear(speech, model, &clips[0].samples).await?;
    let mut sums: BTreeMap<String, Sum> = BTreeMap::new();
    for clip in clips {
        let (began, processor) = (Instant::now(), processor_seconds());
        let transcript = hear(speech, model, &clip.samples).await?;
        let sum = sums.entry(clip.kind.clone()).or_default();
        let words = WordErrors::of(&clip.said, &transcript.text);
        sum.words = sum.words.and(words);
        sum.clips += 1;
        sum.audio += clip.samples.len() as f64 / RATE as f64;
        sum.wall += began.elapsed();
        sum.processor += processor_seconds() - processor;
        sum.confidence += f64::from(transcript.confidence.unwrap_or_default());
        if words.errors > 0 {
            writeln!(
                io::stderr(),
                "{model} {} {}: {}",
                clip.name,
                clip.kind,
                transcript.text
            )?;
        }
    }
    Ok(sums)
}

async fn hear(speech: &LocalSpeech, model: &str, samples: &Arc<Vec<f32>>) -> Outcome<Transcript> {
    let request = TranscriptionRequest {
        audio: Vec::new().into(),
        media_type: "audio/wav".to_owned(),
        samples: Some(Arc::clone(samples)),
        language: None,
        model: Some(model.to_owned()),
    };
    Ok(speech.transcribe(request).await?)
}

fn print(out: &mut impl Write, model: &str, kind: &str, sum: &Sum) -> io::Result<()> {
    writeln!(
        out,
        "{model:16} {kind:12} clips {:3}  WER {:5.1} %  wall {:.3}  processor {:.3} s per s  confidence {:.2}",
        sum.clips,
        100.0 * sum.words.rate(),
        sum.wall.as_secs_f64() / sum.audio,
        sum.processor / sum.audio,
        sum.confidence / sum.clips as f64,
    )
}

/// Processor time of this process so far; 0 where the system does not say.
fn processor_seconds() -> f64 {
    // Fields 14 and 15 of proc(5), in hundredths of a second; the second may hold spaces.
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit_once(')').map_or("", |(_, after)| after);
    let fields = after.split_whitespace().skip(11).take(2);
    fields
        .filter_map(|field| field.parse::<f64>().ok())
        .sum::<f64>()
        / 100.0
}

fn status_line(name: &str) -> Option<String> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    Some(line.trim().to_owned())
}
