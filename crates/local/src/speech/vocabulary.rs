//! The words Whisper knows: which ids are special, and what the others are as text.

use std::ops::Range;

use serde::Deserialize;
use tokenizers::Tokenizer;

use super::mel::{HOP, RATE};
use crate::resident::LoadError;

/// A vocabulary of this size or larger has languages (OpenAI's own test, `whisper/model.py`).
const MULTILINGUAL: usize = 51_865;

/// Spectrogram frames to one time stamp: the encoder halves them.
const FRAMES_PER_STAMP: usize = 2;

/// The vocabulary of one model.
#[derive(Debug)]
pub(super) struct Vocabulary {
    tokenizer: Tokenizer,
    /// The special ids.
    pub ids: Ids,
    /// Languages and their ids; empty for a model of one language.
    languages: Vec<(String, u32)>,
    transcribe: u32,
}

/// Special ids, for the rules of what may be said.
#[derive(Debug, Clone)]
pub(super) struct Ids {
    /// Begins everything.
    pub start: u32,
    /// Ends everything; ids above it are special.
    pub end: u32,
    /// “Nothing is said here.”
    pub no_speech: u32,
    /// Time stamps, from 0 s on.
    pub stamps: Range<u32>,
    /// Never to be said: signs that are no speech.
    pub suppressed: Vec<u32>,
    /// Not to be said first.
    pub suppressed_first: Vec<u32>,
}

/// Of `config.json`.
#[derive(Deserialize)]
struct Config {
    #[serde(default)]
    suppress_ids: Vec<u32>,
    #[serde(default)]
    suppress_ids_begin: Vec<u32>,
    #[serde(default)]
    lang_ids: Vec<u32>,
}

impl Vocabulary {
    /// Of the files `tokenizer.json` and `config.json`, for a model that knows `words` words.
    pub(super) fn new(tokenizer: &[u8], config: &[u8], words: usize) -> Result<Self, LoadError> {
        let bad = |file: &str, why: String| LoadError::Unreadable {
            file: file.to_owned(),
            why,
        };
        let config: Config = serde_json::from_slice(config)
            .map_err(|error| bad("config.json", error.to_string()))?;
        let tokenizer = Tokenizer::from_bytes(tokenizer)
            .map_err(|error| bad("tokenizer.json", error.to_string()))?;
        let special = |name: &str| {
            let id = tokenizer.token_to_id(&format!("<|{name}|>"));
            id.ok_or_else(|| bad("tokenizer.json", format!("<|{name}|> is missing")))
        };
        let size = u32::try_from(words).map_err(|error| bad("model.bin", error.to_string()))?;
        let first_stamp = special("notimestamps")?.saturating_add(1);
        if first_stamp >= size {
            return Err(bad("model.bin", "it has no time stamps".to_owned()));
        }
        let ids = Ids {
            start: special("startoftranscript")?,
            end: special("endoftext")?,
            no_speech: special("nospeech").or_else(|_| special("nocaptions"))?,
            stamps: first_stamp..size,
            suppressed: config.suppress_ids,
            suppressed_first: config.suppress_ids_begin,
        };
        let transcribe = special("transcribe")?;
        let language = |id: u32| {
            let name = tokenizer.id_to_token(id)?;
            let name = name.strip_prefix("<|")?.strip_suffix("|>")?;
            Some((name.to_owned(), id))
        };
        let mut languages: Vec<_> = config.lang_ids.into_iter().filter_map(language).collect();
        if words < MULTILINGUAL {
            languages.clear();
        }
        Ok(Self {
            tokenizer,
            ids,
            languages,
            transcribe,
        })
    }

    /// Languages and their ids; empty for a model of one language.
    pub(super) fn languages(&self) -> &[(String, u32)] {
        &self.languages
    }

    /// What is said before the first word: the language, where there are several.
    pub(super) fn prompt(&self, language: Option<&str>) -> Vec<u32> {
        let known = self.languages.iter();
        let mut known = known.filter(|(name, _)| Some(name.as_str()) == language);
        match known.next() {
            Some((_, id)) => vec![self.ids.start, *id, self.transcribe],
            None => vec![self.ids.start],
        }
    }

    /// Words as text; special ones are nothing.
    pub(super) fn text(&self, words: &[u32]) -> String {
        let words: Vec<u32> = words
            .iter()
            .copied()
            .filter(|word| *word < self.ids.end)
            .collect();
        // The ids come from this very vocabulary.
        self.tokenizer.decode(&words, true).unwrap_or_default()
    }
}

impl Ids {
    pub(super) fn is_stamp(&self, word: u32) -> bool {
        self.stamps.contains(&word)
    }

    /// The time of a stamp, in seconds from the beginning of the window.
    pub(super) fn seconds(&self, stamp: u32) -> f32 {
        let steps = stamp.saturating_sub(self.stamps.start);
        steps as f32 * (HOP * FRAMES_PER_STAMP) as f32 / RATE as f32
    }
}
