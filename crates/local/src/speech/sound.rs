//! What can be told from the loudness alone: where nothing is said, and where to cut a long recording.
//!
//! Whisper invents sentences where nobody speaks, so silence and steady noise never reach it. It hears
//! 30 s at a time: a longer recording is cut at a pause in the last seconds of each window. Where there
//! is none the window is taken whole, and the next begins where its last stretch of words ended.

use std::ops::Range;

use super::mel::RATE;

/// Loudness is told for stretches of 20 ms.
const STEP: usize = RATE / 50;
/// What is kept of the quiet before the first and after the last sound.
const MARGIN: usize = RATE * 3 / 10;
/// Loud steps, 1.5 s of them, in which words may have been said.
const WORDS: usize = 75;
/// Steps a pause lasts at least.
const PAUSE: usize = 12;

/// Full scale is 0 dB. Below −65 dB there is no speech that a microphone was meant to take.
const SILENCE: f32 = 3.2e-7;
/// What is 35 dB below the loud parts is quiet.
const QUIET: f32 = 3.2e-4;
/// A pause is 10 dB below the loud parts of its window.
const PAUSE_BELOW: f32 = 0.1;

/// Samples of one stretch for [`is_steady`], a tenth of a second: a syllable or less.
const SYLLABLE: usize = RATE / 10;
/// In steady noise the loudest stretches exceed the softer ones by less than 3 dB.
const STEADY: f32 = 2.0;
/// Fewer stretches than these say nothing.
const ENOUGH: usize = 5;

/// A stretch to listen to at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Window {
    /// Its samples.
    pub samples: Range<usize>,
    /// Whether it ends at a pause or at the end, so that no word is cut.
    pub ends_at_pause: bool,
}

/// Cuts a recording into windows.
#[derive(Debug)]
pub(super) struct Cutter {
    /// Mean power of each step.
    power: Vec<f32>,
    /// Below this power a step is quiet.
    quiet: f32,
    /// Samples there are.
    length: usize,
    /// Samples of a window at most.
    limit: usize,
}

impl Cutter {
    /// For windows of `limit` samples at most.
    pub(super) fn new(samples: &[f32], limit: usize) -> Self {
        let power: Vec<f32> = samples.chunks(STEP).map(mean_power).collect();
        let quiet = (share_of(&power, 95) * QUIET).max(SILENCE);
        Self {
            power,
            quiet,
            length: samples.len(),
            limit: limit.max(STEP),
        }
    }

    /// The first window that begins at `from` or later; none where there is only silence. A window is
    /// never empty, so that whoever goes on at its end gets to the end of the recording.
    pub(super) fn next(&self, from: usize) -> Option<Window> {
        // A step that was partly heard is over: the last one may be shorter than the others.
        let mut steps = from.div_ceil(STEP)..self.power.len();
        let first = steps.find(|step| self.is_loud(*step))?;
        let begin = from.max((first * STEP).saturating_sub(MARGIN));
        let most = (begin + self.limit).min(self.length);
        let (end, ends_at_pause) = if most == self.length {
            (most, true)
        } else {
            match self.pause(begin + self.limit * 5 / 6, most) {
                Some(pause) => (pause, true),
                None => (most, false),
            }
        };
        let mut heard = (first..end.div_ceil(STEP)).rev();
        let last = heard.find(|step| self.is_loud(*step)).unwrap_or(first);
        let end = end.min((last + 1) * STEP + MARGIN);
        Some(Window {
            samples: begin..end,
            ends_at_pause,
        })
    }

    /// Whether there is enough sound between two samples for words.
    pub(super) fn sounds(&self, samples: Range<usize>) -> bool {
        let steps = samples.start / STEP..samples.end / STEP;
        steps
            .filter(|step| self.is_loud(*step))
            .nth(WORDS)
            .is_some()
    }

    fn is_loud(&self, step: usize) -> bool {
        self.power
            .get(step)
            .is_some_and(|power| *power >= self.quiet)
    }

    /// The middle of the quietest moment between two samples, if it is a pause.
    fn pause(&self, from: usize, to: usize) -> Option<usize> {
        let window = to.saturating_sub(self.limit) / STEP..to / STEP;
        let loud = share_of(self.power.get(window)?, 80);
        let moments = self.power.get(from / STEP..to / STEP)?.windows(PAUSE);
        let loudness = moments.map(|moment| moment.iter().sum::<f32>() / PAUSE as f32);
        let (place, quietest) = loudness
            .enumerate()
            .min_by(|(_, one), (_, other)| one.total_cmp(other))?;
        let middle = (from / STEP + place + PAUSE / 2) * STEP;
        (quietest < loud * PAUSE_BELOW).then_some(middle)
    }
}

/// Whether it sounds the same all the time: noise, a hum or a tone, and no syllables.
pub(super) fn is_steady(samples: &[f32]) -> bool {
    let mut power: Vec<f32> = without_rumble(samples)
        .chunks_exact(SYLLABLE)
        .map(mean_power)
        .collect();
    if power.len() < ENOUGH {
        return false;
    }
    power.sort_by(f32::total_cmp);
    // A click or two are no syllables.
    let loud = power.len() - 1 - (power.len() / 20).min(2);
    match (power.get(loud), power.get(power.len() / 4)) {
        (Some(loud), Some(soft)) => *loud < soft * STEADY,
        _ => false,
    }
}

/// What lies above 300 Hz, more or less: rumble swings slowly and would pass for syllables.
fn without_rumble(samples: &[f32]) -> Vec<f32> {
    // A high pass of the first order, once.
    const KEEP: f32 = 0.889;
    let mut out = 0.0;
    let mut before = samples.first().copied().unwrap_or_default();
    let filtered = samples.iter().map(|sample| {
        out = KEEP * (out + sample - before);
        before = *sample;
        out
    });
    filtered.collect()
}

fn mean_power(samples: &[f32]) -> f32 {
    samples.iter().map(|sample| sample * sample).sum::<f32>() / samples.len().max(1) as f32
}

/// The power that so many percent do not exceed.
fn share_of(power: &[f32], percent: usize) -> f32 {
    let mut sorted = power.to_vec();
    sorted.sort_by(f32::total_cmp);
    let place = sorted.len().saturating_sub(1) * percent / 100;
    sorted.get(place).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests;
