//! Recordings: any container that phones and browsers write in, mono samples at 16 kHz out.
//!
//! A recording is read as a stream and handed out in pieces of at most ten minutes, cut where it is
//! quietest, so that its length never decides how much memory it takes: a piece, the one being
//! gathered, and the decoder, about 80 MB together. What is silent is left out, and every piece says
//! where in the recording it starts. All samples are in exactly one piece or in a silence left out.

mod cut;
mod opus;
mod resample;
mod source;
mod wave;

use std::fs::File;
use std::path::Path;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::kind::Kind;
use crate::limits::Limits;
use cut::Cutter;
use resample::Resampler;
use source::Source;

pub use wave::wav;

/// Samples a second of everything handed out.
pub const SAMPLE_RATE: u32 = 16_000;

/// A stretch of a recording with sound in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// Where in the recording it starts, in seconds.
    pub start: f64,
    /// One channel at [`SAMPLE_RATE`], each sample in -1..=1, brought to a common loudness.
    pub samples: Vec<f32>,
}

impl Piece {
    /// How long it is, in seconds.
    pub fn seconds(&self) -> f64 {
        self.samples.len() as f64 / f64::from(SAMPLE_RATE)
    }
}

/// Why a recording cannot be heard.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum AudioError {
    /// There are no bytes in it.
    #[error("the recording is empty")]
    Empty,
    /// It is in no container that is known, or not what it seems to be.
    #[error("this is not a recording that can be read")]
    NotAudio,
    /// The container is known, but what is inside cannot be decoded.
    #[error("the recording cannot be played here: {0}")]
    Unsupported(String),
    /// It is protected against being played.
    #[error("the recording is protected and cannot be played without its key")]
    Encrypted,
    /// The container is there, but there is no sound in it, or it is all broken.
    #[error("there is no sound in the recording that could be played")]
    NoSound,
    /// Longer than [`Limits::audio`].
    #[error("the recording is longer than {} minutes, which is the limit", .0.as_secs() / 60)]
    TooLong(Duration),
    /// It took longer than [`Limits::time`].
    #[error("decoding the recording took too long")]
    TooSlow,
    /// The file could not be read.
    #[error("the recording could not be read: {0}")]
    Io(String),
}

/// Opens a recording. `kind` is what [`crate::kind::detect`] said; what is inside is looked at again.
///
/// # Errors
/// See [`AudioError`]; what is wrong further on is told by the iterator.
pub fn pieces(path: &Path, kind: Kind, limits: &Limits) -> Result<Pieces, AudioError> {
    let io = |error: std::io::Error| AudioError::Io(error.to_string());
    let file = File::open(path).map_err(io)?;
    if file.metadata().map_err(io)?.len() == 0 {
        return Err(AudioError::Empty);
    }
    let Kind::Audio(_) = kind else {
        return Err(match kind {
            Kind::Unreadable(why) => AudioError::Unsupported(why.to_owned()),
            _ => AudioError::NotAudio,
        });
    };
    let source = Source::open(file, kind)?;
    if source
        .seconds()
        .is_some_and(|seconds| seconds > limits.audio.as_secs_f64())
    {
        return Err(AudioError::TooLong(limits.audio));
    }
    Ok(Pieces {
        source,
        resampler: None,
        cutter: Cutter::default(),
        limits: *limits,
        state: State::Playing,
        truncated: false,
    })
}

/// The pieces of a recording, decoded while they are asked for.
pub struct Pieces {
    source: Source,
    resampler: Option<Resampler>,
    cutter: Cutter,
    limits: Limits,
    state: State,
    truncated: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Playing,
    /// The source has ended; the cutter may hold more.
    Ending,
    Over,
}

impl Pieces {
    /// Length of the whole recording in seconds, if its container says so. Recordings made live do not.
    pub fn seconds(&self) -> Option<f64> {
        self.source.seconds()
    }

    /// Seconds decoded so far; the length of the recording, once the last piece has been taken.
    pub fn decoded(&self) -> f64 {
        self.cutter.seconds()
    }

    /// Whether less could be decoded than the container promised. True or false only once the last
    /// piece has been taken.
    pub fn truncated(&self) -> bool {
        self.truncated
    }

    /// Decodes one packet further.
    fn step(&mut self) -> Result<(), AudioError> {
        let Some((rate, mono)) = self.source.next()? else {
            if let Some(resampler) = self.resampler.take() {
                resampler.finish(&mut self.cutter)?;
            }
            self.truncated = self.source.is_truncated(self.cutter.seconds());
            self.state = State::Ending;
            return if self.cutter.seconds() > 0.0 {
                Ok(())
            } else {
                Err(AudioError::NoSound)
            };
        };
        match &mut self.resampler {
            Some(resampler) if resampler.rate() == rate => {
                resampler.push(mono, &mut self.cutter)?;
            }
            other => {
                if let Some(before) = other.take() {
                    before.finish(&mut self.cutter)?;
                }
                other
                    .insert(Resampler::new(rate)?)
                    .push(mono, &mut self.cutter)?;
            }
        }
        if self.cutter.seconds() > self.limits.audio.as_secs_f64() {
            return Err(AudioError::TooLong(self.limits.audio));
        }
        Ok(())
    }
}

impl Iterator for Pieces {
    type Item = Result<Piece, AudioError>;

    fn next(&mut self) -> Option<Self::Item> {
        let begun = Instant::now();
        loop {
            match self.state {
                State::Over => return None,
                State::Playing => {
                    if let Some(piece) = self.cutter.full() {
                        return Some(Ok(piece));
                    }
                    let done = self.step();
                    let slow = begun.elapsed() > self.limits.time;
                    let done = done.and(if slow {
                        Err(AudioError::TooSlow)
                    } else {
                        Ok(())
                    });
                    if let Err(error) = done {
                        self.state = State::Over;
                        return Some(Err(error));
                    }
                }
                State::Ending => match self.cutter.full().or_else(|| self.cutter.last()) {
                    Some(piece) => return Some(Ok(piece)),
                    None => self.state = State::Over,
                },
            }
        }
    }
}
