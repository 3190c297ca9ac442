//! `text-bench`: our engine against a plain loop over the same llama.cpp.
//!
//! `cargo run --release -p local --features bench --bin text-bench -- MODEL.gguf [THREADS] [ROUNDS]`
//! runs both in turn, each in a process of its own, and prints the medians and their ratio, so that
//! whatever else the machine does falls on both alike.

use std::error::Error;
use std::io::{self, Write};
use std::num::{NonZeroU32, NonZeroUsize};
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use futures_util::StreamExt;
use llama_cpp_2::context::params::LlamaContextParams;
use llama_cpp_2::llama_backend::LlamaBackend;
use llama_cpp_2::llama_batch::LlamaBatch;
use llama_cpp_2::model::LlamaModel;
use llama_cpp_2::model::params::LlamaModelParams;
use llama_cpp_2::sampling::LlamaSampler;
use local::spin;
use local::text::{Piece, Request, Speaker, Text, TextConfig, TextFile, Turn};
use local::worker::Worker;

type Outcome<T> = Result<T, Box<dyn Error>>;

const ANSWER: u32 = 128;
const CONTEXT: u32 = 2048;
const PROMPT_WORDS: usize = 400;

/// Tokens per second.
#[derive(Clone, Copy)]
struct Speed {
    prompt: f64,
    answer: f64,
}

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let usage = "text-bench MODEL.gguf [THREADS] [ROUNDS]";
    let (kind, rest) = match arguments.split_first() {
        Some((kind, rest)) if matches!(kind.as_str(), "plain" | "pieces" | "ours") => {
            (Some(kind.as_str()), rest)
        }
        _ => (None, arguments.as_slice()),
    };
    let path = PathBuf::from(rest.first().ok_or(usage)?);
    let threads: NonZeroUsize = rest.get(1).map_or("2", String::as_str).parse()?;
    let rounds: usize = rest.get(2).map_or("5", String::as_str).parse()?;
    let speed = match kind {
        None => return compare(&path, threads, rounds),
        Some("plain") => plain(&path, threads, 512)?,
        Some("pieces") => plain(&path, threads, 32)?,
        Some(_) => ours(path, threads)?,
    };
    writeln!(io::stdout(), "{} {}", speed.prompt, speed.answer)?;
    Ok(())
}

/// Runs all three in turn and prints their medians.
fn compare(path: &PathBuf, threads: NonZeroUsize, rounds: usize) -> Outcome<()> {
    let kinds = [
        ("plain", "plain loop, prompt at once"),
        ("pieces", "plain loop, prompt in pieces of 32"),
        ("ours", "our engine"),
    ];
    let mut speeds = [Vec::new(), Vec::new(), Vec::new()];
    for _ in 0..rounds {
        for ((kind, _), speeds) in kinds.iter().zip(&mut speeds) {
            let output = Command::new(std::env::current_exe()?)
                .arg(kind)
                .arg(path)
                .arg(threads.to_string())
                .env(spin::VARIABLE, spin::VALUE)
                .output()?;
            let said = String::from_utf8(output.stdout)?;
            let mut numbers = said.split_whitespace().map(str::parse::<f64>);
            let (Some(prompt), Some(answer)) = (numbers.next(), numbers.next()) else {
                return Err(String::from_utf8_lossy(&output.stderr).into());
            };
            speeds.push(Speed {
                prompt: prompt?,
                answer: answer?,
            });
        }
    }
    let mut out = io::stdout();
    writeln!(
        out,
        "{}, {threads} threads, {rounds} rounds, tokens per second",
        path.display()
    )?;
    for ((_, name), speeds) in kinds.iter().zip(&speeds) {
        let prompt = median(speeds, |speed| speed.prompt);
        let answer = median(speeds, |speed| speed.answer);
        writeln!(out, "{name:36} prompt {prompt:7.1}  answer {answer:6.1}")?;
    }
    // Rounds are compared one by one, for neighbours share the machine's mood.
    let [plain, _, ours] = &speeds;
    let ratios: Vec<Speed> = plain
        .iter()
        .zip(ours)
        .map(|(plain, ours)| Speed {
            prompt: ours.prompt / plain.prompt,
            answer: ours.answer / plain.answer,
        })
        .collect();
    let prompt = median(&ratios, |speed| speed.prompt);
    let answer = median(&ratios, |speed| speed.answer);
    writeln!(
        out,
        "{:36} prompt {prompt:7.2}  answer {answer:6.2}",
        "ours to plain, median of rounds"
    )?;
    Ok(())
}

fn median(speeds: &[Speed], of: impl Fn(&Speed) -> f64) -> f64 {
    let mut numbers: Vec<f64> = speeds.iter().map(of).collect();
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(0.0)
}

fn prompt() -> String {
    let words = [
        "the", "river", "runs", "past", "nine", "old", "mills", "and", "one", "new",
    ];
    let text: Vec<&str> = words.into_iter().cycle().take(PROMPT_WORDS).collect();
    format!("Tell a very long story about this: {}", text.join(" "))
}

/// The loop everybody writes first: the prompt in batches of `piece`, then greedy token by token.
fn plain(path: &PathBuf, threads: NonZeroUsize, piece: usize) -> Outcome<Speed> {
    let mut backend = LlamaBackend::init()?;
    backend.void_logs();
    let model = LlamaModel::load_from_file(&backend, path, &LlamaModelParams::default())?;
    let threads = i32::try_from(threads.get())?;
    let params = LlamaContextParams::default()
        .with_n_ctx(NonZeroU32::new(CONTEXT))
        .with_n_threads(threads)
        .with_n_threads_batch(threads);
    let mut context = model.new_context(&backend, params)?;
    let text = format!(
        "<|im_start|>user\n{}<|im_end|>\n<|im_start|>assistant\n",
        prompt()
    );
    let tokens = model.vocab().tokenize(text.as_bytes(), true, true);
    let mut sampler = LlamaSampler::greedy();
    let mut batch = LlamaBatch::new(piece, 1);
    let began = Instant::now();
    let mut position = 0;
    let last = i32::try_from(tokens.len())? - 1;
    for tokens in tokens.chunks(piece) {
        batch.clear();
        for token in tokens {
            batch.add(*token, position, &[0], position == last)?;
            position += 1;
        }
        context.decode(&mut batch)?;
    }
    let mut token = sampler.sample(&context, batch.n_tokens() - 1);
    let read = began.elapsed();
    let began = Instant::now();
    for _ in 1..ANSWER {
        batch.clear();
        batch.add(token, position, &[0], true)?;
        position += 1;
        context.decode(&mut batch)?;
        token = sampler.sample(&context, 0);
    }
    Ok(Speed {
        prompt: tokens.len() as f64 / read.as_secs_f64(),
        answer: f64::from(ANSWER - 1) / began.elapsed().as_secs_f64(),
    })
}

/// The same through our engine.
fn ours(path: PathBuf, threads: NonZeroUsize) -> Outcome<Speed> {
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let file = TextFile {
        name: "bench".to_owned(),
        locate: Box::new(move || Ok(path.clone())),
        memory_bytes: None,
    };
    let config = TextConfig {
        context: CONTEXT,
        answer_threads: None,
        idle: Duration::from_mins(1),
        queue: 1,
    };
    let text = Text::start(file, config, Worker::new(Some(threads)))?;
    let speed = runtime.block_on(async {
        measure(&text, "x", 1).await?;
        measure(&text, &prompt(), ANSWER).await
    })?;
    Ok(speed)
}

async fn measure(text: &Text, words: &str, max_tokens: u32) -> Outcome<Speed> {
    let mut pieces = text.generate(Request {
        turns: vec![Turn {
            speaker: Speaker::User,
            text: words.to_owned(),
        }],
        max_tokens,
        temperature: Some(0.0),
        ..Request::default()
    })?;
    let mut began = Instant::now();
    let mut read = None;
    while let Some(piece) = pieces.next().await {
        match piece? {
            Piece::Started => began = Instant::now(),
            Piece::Text(_) => {
                read.get_or_insert_with(|| began.elapsed());
            }
            Piece::End { used, .. } => {
                let read = read.unwrap_or_else(|| began.elapsed());
                let answered = began.elapsed().saturating_sub(read);
                let prompt = used.prompt_tokens - used.reused_tokens;
                return Ok(Speed {
                    prompt: prompt as f64 / read.as_secs_f64(),
                    answer: (used.answer_tokens - 1) as f64 / answered.as_secs_f64(),
                });
            }
        }
    }
    Err("the answer was cut".into())
}
