//! Whisper as a whole: from the samples of a recording to stretches of words.

use std::fs::File;
use std::io::BufReader;
use std::sync::Arc;

use candle_core::Tensor;
use llm::Segment;
use rayon::{ThreadPool, ThreadPoolBuilder};

use super::attempt::{Attempt, Chance, TEMPERATURES, choose, is_loop, ratio};
use super::decoder::{Decoder, Memory};
use super::encoder::Encoder;
use super::mel::{HOP, Mel, RATE};
use super::rules::{log_sum, restrict};
use super::sound::{Cutter, Window, is_steady};
use super::stretch::{append, heard_until, stretches};
use super::vocabulary::Vocabulary;
use super::weights::{BadWeights, Weights};
use crate::models::Use;
use crate::resident::{Engine, EngineError, LoadError, Loading, Run};

const WEIGHTS: &str = "model.bin";

/// Words after which an attempt is looked at for loops, each time.
const LOOP_CHECK: usize = 32;

/// A window without a pause is heard anew from at least this far on, in samples.
const LEAST_STEP: usize = RATE;

/// How far a recording is heard.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress {
    /// Seconds heard.
    pub done: f32,
    /// Seconds there are.
    pub total: f32,
}

/// A recording to be heard.
pub(super) struct Recording {
    /// 16 kHz, one channel.
    pub samples: Arc<Vec<f32>>,
    /// Its language, if known.
    pub language: Option<String>,
    /// Is told how far it is.
    pub progress: Box<dyn Fn(Progress) + Send + Sync>,
}

/// What was heard.
#[derive(Debug, Default)]
pub(super) struct Heard {
    pub text: String,
    pub language: Option<String>,
    pub segments: Vec<Segment>,
    pub confidence: Option<f32>,
}

/// The loaded model.
pub(super) struct Whisper {
    mel: Mel,
    encoder: Encoder,
    decoder: Decoder,
    vocabulary: Vocabulary,
    pool: Option<ThreadPool>,
}

/// The words of one window.
struct Spoken {
    attempt: Attempt,
    language: Option<String>,
}

impl From<candle_core::Error> for EngineError {
    fn from(error: candle_core::Error) -> Self {
        Self::Failed {
            what: Whisper::WHAT,
            why: error.to_string(),
        }
    }
}

impl Engine for Whisper {
    const USE: Use = Use::Speech;
    const WHAT: &'static str = "speech";
    const ORDER: &'static [&'static str] = &["speech-base", "speech-tiny-en"];

    fn load(loading: &Loading<'_>) -> Result<Self, LoadError> {
        let path = loading.path(WEIGHTS)?;
        let io = |error: std::io::Error| LoadError::File(format!("{}: {error}", path.display()));
        let file = File::open(&path).map_err(io)?;
        let bytes = file.metadata().map_err(io)?.len();
        let bad = |error: BadWeights| LoadError::Unreadable {
            file: WEIGHTS.to_owned(),
            why: error.to_string(),
        };
        let mut weights = Weights::read(BufReader::new(file), bytes).map_err(bad)?;
        loading.reached(60);
        let encoder = Encoder::take(&mut weights).map_err(bad)?;
        let decoder = Decoder::take(&mut weights).map_err(bad)?;
        let mel = Mel::new(encoder.bands()).map_err(|error| bad(error.into()))?;
        loading.reached(80);
        let (tokenizer, config) = (
            loading.read("tokenizer.json")?,
            loading.read("config.json")?,
        );
        let vocabulary = Vocabulary::new(&tokenizer, &config, decoder.words())?;
        Ok(Self {
            mel,
            encoder,
            decoder,
            vocabulary,
            pool: None,
        })
    }
}

impl Whisper {
    /// Hears a recording, on as many threads as the run allows.
    pub(super) fn transcribe(
        &mut self,
        recording: &Recording,
        run: &Run,
    ) -> Result<Heard, EngineError> {
        // candle works on the pool it is called from.
        let fits = |pool: &ThreadPool| pool.current_num_threads() == run.threads();
        let pool = match self.pool.take().filter(fits) {
            Some(pool) => pool,
            None => pool_of(run.threads())?,
        };
        let heard = pool.install(|| self.hear(recording, run));
        self.pool = Some(pool);
        heard
    }

    fn hear(&self, recording: &Recording, run: &Run) -> Result<Heard, EngineError> {
        let language = self.asked_language(recording.language.as_deref())?;
        let samples = recording.samples.as_slice();
        let cutter = Cutter::new(samples, self.encoder.frames() * HOP);
        let mut page = Page {
            language,
            ..Page::default()
        };
        let tell = |done| {
            (recording.progress)(Progress {
                done: seconds(done),
                total: seconds(samples.len()),
            });
        };
        let mut from = 0;
        while let Some(window) = cutter.next(from) {
            run.go_on()?;
            from = self.hear_window(samples, &cutter, &window, &mut page, run)?;
            tell(from);
        }
        tell(samples.len());
        Ok(page.finish())
    }

    /// Hears one window, and says where the next may begin.
    fn hear_window(
        &self,
        samples: &[f32],
        cutter: &Cutter,
        window: &Window,
        page: &mut Page,
        run: &Run,
    ) -> Result<usize, EngineError> {
        let range = window.samples.clone();
        let sound = samples.get(range.clone()).unwrap_or_default();
        if is_steady(sound) {
            return Ok(range.end);
        }
        let Some(spoken) = self.words(sound, page.language.as_deref(), run)? else {
            return Ok(range.end);
        };
        page.language = spoken.language;
        let ids = &self.vocabulary.ids;
        let attempt = &spoken.attempt;
        let found = stretches(&attempt.words, ids);
        let place = |time: f32| range.end.min(range.start + samples_of(time));
        let broken = heard_until(&attempt.words, &found, ids).filter(|_| !window.ends_at_pause);
        // Whisper sometimes ends before the sound does, as if the rest were silence.
        let ended = found.last().and_then(|last| last.end);
        let ended = ended.filter(|ended| cutter.sounds(place(*ended)..range.end));
        let next = broken.or(ended).map(place);
        let next = next.filter(|next| *next >= range.start + LEAST_STEP && *next < range.end);
        for stretch in found {
            if next.is_some() && stretch.end.is_none() {
                // It is heard again, whole, in the next window.
                continue;
            }
            let words = attempt.words.get(stretch.words.clone()).unwrap_or_default();
            let log_odds = attempt.log_odds.get(stretch.words).unwrap_or_default();
            let at = |time: f32| seconds(place(time));
            let start = at(stretch.start);
            let end = stretch.end.map_or(seconds(range.end), at).max(start);
            page.write(&self.vocabulary.text(words), start, end, log_odds);
        }
        Ok(next.unwrap_or(range.end))
    }

    /// The words in up to 30 s; none where nobody speaks.
    fn words(
        &self,
        sound: &[f32],
        language: Option<&str>,
        run: &Run,
    ) -> Result<Option<Spoken>, EngineError> {
        let spectrogram = self.mel.spectrogram(sound, self.encoder.frames())?;
        let heard = self.encoder.forward(&spectrogram, run)?;
        let mut memory = self.decoder.listen(&heard)?;
        let ids = &self.vocabulary.ids;
        let mut row = self.decoder.say(ids.start, &mut memory)?;
        let odds = self.decoder.odds(&row)?;
        let no_speech = share(&odds, ids.no_speech);
        let language = match language {
            Some(language) => Some(language.to_owned()),
            None => self.likeliest_language(&odds),
        };
        let prompt = self.vocabulary.prompt(language.as_deref());
        for word in prompt.iter().skip(1) {
            row = self.decoder.say(*word, &mut memory)?;
        }
        let attempt = self.best_attempt(&row, &mut memory, prompt.len(), no_speech, run)?;
        let silent = attempt.is_silence(no_speech) || attempt.words.is_empty();
        Ok((!silent).then_some(Spoken { attempt, language }))
    }

    fn best_attempt(
        &self,
        row: &Tensor,
        memory: &mut Memory,
        prompt: usize,
        no_speech: f32,
        run: &Run,
    ) -> Result<Attempt, EngineError> {
        let mut best: Option<Attempt> = None;
        for (round, temperature) in (0..).zip(TEMPERATURES) {
            memory.rewind(prompt);
            let attempt = self.attempt(row.clone(), memory, temperature, Chance(round), run)?;
            let done = attempt.is_good() || attempt.is_silence(no_speech);
            best = Some(match best {
                Some(best) if !done => best.better(attempt),
                _ => attempt,
            });
            if done {
                break;
            }
        }
        Ok(best.unwrap_or_default())
    }

    fn attempt(
        &self,
        mut row: Tensor,
        memory: &mut Memory,
        temperature: f32,
        mut chance: Chance,
        run: &Run,
    ) -> Result<Attempt, EngineError> {
        let ids = &self.vocabulary.ids;
        // Half of the places are for a prompt (`whisper/decoding.py`).
        let limit = self.decoder.limit() / 2;
        let mut attempt = Attempt::default();
        while attempt.words.len() < limit {
            run.go_on()?;
            let mut odds = self.decoder.odds(&row)?;
            restrict(&mut odds, &attempt.words, ids);
            let Some((word, log_odds)) = choose(&odds, temperature, &mut chance) else {
                break;
            };
            if word == ids.end {
                attempt.end = Some(log_odds);
                break;
            }
            attempt.words.push(word);
            attempt.log_odds.push(log_odds);
            if attempt.words.len().is_multiple_of(LOOP_CHECK) && is_loop(self.ratio(&attempt)) {
                break;
            }
            row = self.decoder.say(word, memory)?;
        }
        attempt.ratio = self.ratio(&attempt);
        Ok(attempt)
    }

    fn ratio(&self, attempt: &Attempt) -> f32 {
        ratio(self.vocabulary.text(&attempt.words).trim())
    }

    /// The language to listen for, as the model names it; none where it has to be found out.
    fn asked_language(&self, asked: Option<&str>) -> Result<Option<String>, EngineError> {
        let languages = self.vocabulary.languages();
        let Some(asked) = asked else { return Ok(None) };
        if languages.is_empty() || languages.iter().any(|(known, _)| known == asked) {
            return Ok(Some(asked.to_owned()));
        }
        Err(EngineError::Input(format!(
            "the speech model does not know the language {asked:?}"
        )))
    }

    fn likeliest_language(&self, odds: &[f32]) -> Option<String> {
        let languages = self.vocabulary.languages().iter();
        let likeliest =
            languages.max_by(|(_, one), (_, other)| odd(odds, *one).total_cmp(&odd(odds, *other)));
        likeliest.map(|(name, _)| name.clone())
    }
}

/// What is written down of a recording.
#[derive(Debug, Default)]
struct Page {
    text: String,
    language: Option<String>,
    segments: Vec<Segment>,
    log_odds: f32,
    words: usize,
}

impl Page {
    fn write(&mut self, text: &str, start: f32, end: f32, log_odds: &[f32]) {
        if text.trim().is_empty() {
            return;
        }
        append(&mut self.text, text);
        let sum = log_odds.iter().sum::<f32>();
        self.log_odds += sum;
        self.words += log_odds.len();
        self.segments.push(Segment {
            start,
            end,
            text: text.trim().to_owned(),
            confidence: confidence(sum, log_odds.len()),
        });
    }

    fn finish(self) -> Heard {
        Heard {
            text: self.text.trim().to_owned(),
            language: self.language,
            confidence: confidence(self.log_odds, self.words),
            segments: self.segments,
        }
    }
}

/// The geometric mean of how likely the words were.
fn confidence(log_odds: f32, words: usize) -> Option<f32> {
    (words > 0).then(|| (log_odds / words as f32).exp().clamp(0.0, 1.0))
}

fn pool_of(threads: usize) -> Result<ThreadPool, EngineError> {
    let pool = ThreadPoolBuilder::new()
        .num_threads(threads)
        .thread_name(|index| format!("speech-{index}"))
        .build();
    pool.map_err(|error| EngineError::Failed {
        what: Whisper::WHAT,
        why: error.to_string(),
    })
}

/// How likely a word is, from 0 to 1.
fn share(odds: &[f32], word: u32) -> f32 {
    (odd(odds, word) - log_sum(odds)).exp()
}

fn odd(odds: &[f32], word: u32) -> f32 {
    let place = usize::try_from(word).ok();
    place
        .and_then(|place| odds.get(place))
        .copied()
        .unwrap_or(f32::NEG_INFINITY)
}

fn seconds(samples: usize) -> f32 {
    samples as f32 / RATE as f32
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a time stamp is 0 to 30 s"
)]
fn samples_of(seconds: f32) -> usize {
    (f64::from(seconds) * RATE as f64).round() as usize
}
