//! From samples to what Whisper looks at: the power in bands of pitch, over time.
//!
//! The same numbers as Whisper's own preparation (`whisper/audio.py`): windows of 400 samples every 160,
//! Slaney's mel bands, the logarithm floored and brought to about −1..1. As two matrix products, for
//! their tables are small. The loudest value counts within the window of 30 s.

use std::f64::consts::PI;

use candle_core::{Device, Result, Tensor};

/// Samples per second.
pub(super) const RATE: usize = 16_000;
/// Samples from one frame to the next.
pub(super) const HOP: usize = 160;
/// Samples of one frame.
const FRAME: usize = 400;
/// Frequencies of one frame.
const BINS: usize = FRAME / 2 + 1;
/// Below this, power is as good as none.
const FLOOR: f32 = 1e-10;
/// Powers of ten below the loudest value that are told apart.
const RANGE: f32 = 8.0;

/// The tables for a number of bands.
#[derive(Debug)]
pub(super) struct Mel {
    bands: usize,
    /// Samples × (cosines, sines), the window in them.
    waves: Tensor,
    /// Frequencies × bands.
    filters: Tensor,
}

impl Mel {
    pub(super) fn new(bands: usize) -> Result<Self> {
        Ok(Self {
            bands,
            waves: Tensor::from_vec(waves(), (FRAME, 2 * BINS), &Device::Cpu)?,
            filters: Tensor::from_vec(filters(bands), (BINS, bands), &Device::Cpu)?,
        })
    }

    /// The spectrogram of up to `frames` × 160 samples, padded with silence: 1 × bands × frames.
    pub(super) fn spectrogram(&self, samples: &[f32], frames: usize) -> Result<Tensor> {
        let samples = samples.get(..frames * HOP).unwrap_or(samples);
        // Behind the last frame that reaches into the sound there is nothing to compute.
        let heard = ((samples.len() + FRAME / 2).div_ceil(HOP)).clamp(1, frames);
        let cut = Tensor::from_vec(framed(samples, heard, frames), (heard, FRAME), &Device::Cpu)?;
        let waves = cut.matmul(&self.waves)?;
        let (cosines, sines) = (waves.narrow(1, 0, BINS)?, waves.narrow(1, BINS, BINS)?);
        let power = (cosines.sqr()? + sines.sqr()?)?;
        let bands = power.matmul(&self.filters)?.t()?.contiguous()?;
        let mut values = bands.flatten_all()?.to_vec1::<f32>()?;
        let silence = normalise(&mut values);
        let mut all = vec![silence; self.bands * frames];
        for (to, from) in all.chunks_mut(frames).zip(values.chunks(heard)) {
            to[..heard].copy_from_slice(from);
        }
        Tensor::from_vec(all, (1, self.bands, frames), &Device::Cpu)
    }
}

/// Brings powers to Whisper's scale and returns what no power at all is there.
fn normalise(powers: &mut [f32]) -> f32 {
    for power in powers.iter_mut() {
        *power = power.max(FLOOR).log10();
    }
    let lowest = powers.iter().copied().fold(f32::MIN, f32::max) - RANGE;
    let scaled = |power: f32| f32::midpoint(power.max(lowest), 4.0) / 2.0;
    for power in powers.iter_mut() {
        *power = scaled(*power);
    }
    scaled(FLOOR.log10())
}

/// The frames one behind the other. At the beginning the sound is mirrored, and at its end too when it
/// fills the window; otherwise silence follows.
fn framed(samples: &[f32], heard: usize, frames: usize) -> Vec<f32> {
    let half = FRAME / 2;
    let full = samples.len() == frames * HOP;
    let at = |index: usize| -> f32 {
        let last = samples.len().saturating_sub(1);
        let place = match index.checked_sub(half) {
            None => half - index,
            Some(place) if place > last && full => 2 * last - place,
            Some(place) => place,
        };
        samples.get(place).copied().unwrap_or(0.0)
    };
    (0..heard)
        .flat_map(|frame| (0..FRAME).map(move |place| frame * HOP + place))
        .map(at)
        .collect()
}

/// Cosines and sines of every frequency under a periodic Hann window.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a table in single precision"
)]
fn waves() -> Vec<f32> {
    let mut table = vec![0.0; FRAME * 2 * BINS];
    for (sample, row) in table.chunks_mut(2 * BINS).enumerate() {
        let turn = 2.0 * PI * sample as f64 / FRAME as f64;
        let window = 0.5 - 0.5 * turn.cos();
        let (cosines, sines) = row.split_at_mut(BINS);
        for (bin, (cosine, sine)) in cosines.iter_mut().zip(sines).enumerate() {
            // Reduced first, so that large angles lose nothing.
            let angle = 2.0 * PI * ((sample * bin) % FRAME) as f64 / FRAME as f64;
            *cosine = (window * angle.cos()) as f32;
            *sine = (window * angle.sin()) as f32;
        }
    }
    table
}

/// Triangles over the frequencies, of equal area, by Slaney's scale: linear up to 1 kHz, logarithmic
/// above (Slaney, Auditory Toolbox, 1998).
#[expect(
    clippy::cast_possible_truncation,
    reason = "a table in single precision"
)]
fn filters(bands: usize) -> Vec<f32> {
    let top = to_mel(RATE as f64 / 2.0);
    let edge = |index: usize| to_hertz(top * index as f64 / (bands + 1) as f64);
    let mut table = vec![0.0; BINS * bands];
    for (bin, row) in table.chunks_mut(bands).enumerate() {
        let hertz = bin as f64 * RATE as f64 / FRAME as f64;
        for (band, value) in row.iter_mut().enumerate() {
            let (low, middle, high) = (edge(band), edge(band + 1), edge(band + 2));
            let rising = (hertz - low) / (middle - low);
            let falling = (high - hertz) / (high - middle);
            *value = (rising.min(falling).max(0.0) * 2.0 / (high - low)) as f32;
        }
    }
    table
}

/// Where the scale bends, in hertz, and its slopes below and above.
const BEND: f64 = 1000.0;
const LINEAR: f64 = 200.0 / 3.0;
const LOGARITHMIC_STEPS: f64 = 27.0;
const LOGARITHMIC_RATIO: f64 = 6.4;

fn to_mel(hertz: f64) -> f64 {
    if hertz < BEND {
        return hertz / LINEAR;
    }
    BEND / LINEAR + (hertz / BEND).ln() * LOGARITHMIC_STEPS / LOGARITHMIC_RATIO.ln()
}

fn to_hertz(mel: f64) -> f64 {
    if mel < BEND / LINEAR {
        return mel * LINEAR;
    }
    BEND * ((mel - BEND / LINEAR) * LOGARITHMIC_RATIO.ln() / LOGARITHMIC_STEPS).exp()
}

#[cfg(test)]
mod tests;
