//! One attempt at the words of a window, and whether it is good enough.
//!
//! The first attempt takes the likeliest word each time. One that is unlikely on the whole or goes round
//! in a loop is followed by attempts that draw, more freely each time; the numbers are Whisper's
//! published ones (`whisper/transcribe.py`).

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::rules::log_sum;

/// How freely each attempt draws.
pub(super) const TEMPERATURES: [f32; 6] = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0];

/// Text that compresses better than this goes round in a loop.
const LOOP_RATIO: f32 = 2.4;
/// A mean logarithm of the odds below this is a guess.
const UNLIKELY: f32 = -1.0;
/// Above this the window is taken to hold no speech, if its words are a guess too.
const NO_SPEECH: f32 = 0.6;

/// The words of one attempt.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Attempt {
    /// Words and time stamps, the end left out.
    pub words: Vec<u32>,
    /// The logarithm of how likely each of them was.
    pub log_odds: Vec<f32>,
    /// The same of the end; none when the limit cut it.
    pub end: Option<f32>,
    /// How well its text compresses.
    pub ratio: f32,
}

impl Attempt {
    /// The mean logarithm of how likely its words were.
    pub(super) fn mean(&self) -> f32 {
        let ends = self.end.iter();
        let count = self.log_odds.len() + ends.len();
        self.log_odds.iter().chain(ends).sum::<f32>() / count.max(1) as f32
    }

    pub(super) fn is_loop(&self) -> bool {
        is_loop(self.ratio)
    }

    pub(super) fn is_good(&self) -> bool {
        !self.is_loop() && self.mean() >= UNLIKELY
    }

    /// Whether it was made up where nobody spoke.
    pub(super) fn is_silence(&self, no_speech: f32) -> bool {
        no_speech > NO_SPEECH && self.mean() < UNLIKELY
    }

    /// The better of two: rather no loop, then the likelier one.
    pub(super) fn better(self, other: Self) -> Self {
        let key = |attempt: &Self| (!attempt.is_loop(), attempt.mean());
        if key(&self) >= key(&other) {
            self
        } else {
            other
        }
    }
}

pub(super) fn is_loop(ratio: f32) -> bool {
    ratio > LOOP_RATIO
}

/// How well a text compresses: its bytes to those of its zlib form.
pub(super) fn ratio(text: &str) -> f32 {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    let packed = encoder
        .write_all(text.as_bytes())
        .and_then(|()| encoder.finish());
    // Writing to memory does not fail; what does not compress is no loop.
    packed.map_or(1.0, |packed| text.len() as f32 / packed.len() as f32)
}

/// Chooses the next word, and says the logarithm of how likely it was.
pub(super) fn choose(odds: &[f32], temperature: f32, chance: &mut Chance) -> Option<(u32, f32)> {
    let likeliest = odds
        .iter()
        .enumerate()
        .max_by(|(_, one), (_, other)| one.total_cmp(other));
    let (place, top) = likeliest.filter(|(_, top)| top.is_finite())?;
    let drawn = (temperature > 0.0).then(|| draw(odds, *top, temperature, chance.next()));
    let place = drawn.flatten().unwrap_or(place);
    let log_odds = odds.get(place)? - log_sum(odds);
    Some((u32::try_from(place).ok()?, log_odds))
}

/// The word at which the odds, summed up, reach that share of all.
fn draw(odds: &[f32], top: f32, temperature: f32, share: f32) -> Option<usize> {
    let weights = odds.iter().map(|odd| ((odd - top) / temperature).exp());
    let mut left = share * weights.clone().sum::<f32>();
    weights.enumerate().find_map(|(place, weight)| {
        left -= weight;
        (weight > 0.0 && left <= 0.0).then_some(place)
    })
}

/// Chance that is the same every time (`SplitMix64`, Steele et al. 2014), so that a recording gives one
/// transcript.
#[derive(Debug, Clone)]
pub(super) struct Chance(pub(super) u64);

impl Chance {
    /// A number in 0..1.
    fn next(&mut self) -> f32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let mixed = mixed ^ (mixed >> 31);
        // As many bits as a float holds.
        (mixed >> 40) as f32 / (1_u64 << 24) as f32
    }
}

#[cfg(test)]
mod tests;
