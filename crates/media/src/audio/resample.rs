//! Any sample rate to 16 kHz, sample for sample: n samples in give round(n·16000/rate) out, and the
//! delay of the filter is taken off again.

use rubato::audioadapter_buffers::direct::SequentialSlice;
use rubato::{Fft, FixedSync, Indexing, Resampler as _, WindowFunction};

use super::cut::Cutter;
use super::{AudioError, SAMPLE_RATE};

/// Rates that recordings have; anything else is a broken or hostile header.
const RATES: std::ops::RangeInclusive<u32> = 4_000..=384_000;
/// Samples filtered at once.
const CHUNK: usize = 4096;
/// Blocks of a chunk; a block of about a thousand samples cuts sharply below 8 kHz.
const BLOCKS: usize = 4;

/// Resamples one stream of one rate.
pub(super) struct Resampler {
    rate: u32,
    /// Absent where nothing has to be done.
    filter: Option<Filter>,
}

struct Filter {
    fft: Fft<f32>,
    waiting: Vec<f32>,
    out: Vec<f32>,
    /// Samples of the filter's delay that have still to be dropped.
    delay: usize,
    taken: u64,
    given: u64,
}

impl Resampler {
    /// # Errors
    /// [`AudioError::Unsupported`] for a rate that no recording has.
    pub(super) fn new(rate: u32) -> Result<Self, AudioError> {
        if !RATES.contains(&rate) {
            return Err(AudioError::Unsupported(format!(
                "it claims {rate} samples a second"
            )));
        }
        let filter = (rate != SAMPLE_RATE)
            .then(|| Filter::new(rate))
            .transpose()?;
        Ok(Self { rate, filter })
    }

    /// The rate that comes in.
    pub(super) fn rate(&self) -> u32 {
        self.rate
    }

    /// Takes samples, gives what is ready.
    pub(super) fn push(&mut self, samples: &[f32], to: &mut Cutter) -> Result<(), AudioError> {
        let Some(filter) = &mut self.filter else {
            to.push(samples);
            return Ok(());
        };
        filter.taken += samples.len() as u64;
        filter.waiting.extend_from_slice(samples);
        filter.run(to, u64::MAX)
    }

    /// Gives what is left.
    pub(super) fn finish(self, to: &mut Cutter) -> Result<(), AudioError> {
        let Some(mut filter) = self.filter else {
            return Ok(());
        };
        let rate = u64::from(self.rate);
        let expected = (filter.taken * u64::from(SAMPLE_RATE) + rate / 2) / rate;
        while filter.given < expected {
            let more = filter.fft.input_frames_next();
            filter.waiting.resize(filter.waiting.len() + more, 0.0);
            filter.run(to, expected)?;
        }
        Ok(())
    }
}

impl Filter {
    fn new(rate: u32) -> Result<Self, AudioError> {
        let fft = Fft::new_custom(
            rate as usize,
            SAMPLE_RATE as usize,
            CHUNK,
            BLOCKS,
            1,
            WindowFunction::BlackmanHarris2,
            FixedSync::Input,
        )
        .map_err(|error| AudioError::Unsupported(error.to_string()))?;
        Ok(Self {
            out: vec![0.0; fft.output_frames_max()],
            delay: fft.output_delay(),
            fft,
            waiting: Vec::new(),
            taken: 0,
            given: 0,
        })
    }

    /// Filters whole chunks of what is waiting, and gives no more than `most` samples in all.
    fn run(&mut self, to: &mut Cutter, most: u64) -> Result<(), AudioError> {
        let broken = |error: &dyn std::fmt::Display| AudioError::Unsupported(error.to_string());
        let mut used = 0;
        while self.waiting.len() - used >= self.fft.input_frames_next() {
            let waiting = &self.waiting[used..];
            let input = SequentialSlice::new(waiting, 1, waiting.len()).map_err(|e| broken(&e))?;
            let room = self.out.len();
            let mut output =
                SequentialSlice::new_mut(&mut self.out, 1, room).map_err(|e| broken(&e))?;
            let (read, written) = self
                .fft
                .process_into_buffer(&input, &mut output, None::<&Indexing>)
                .map_err(|e| broken(&e))?;
            used += read;
            let dropped = self.delay.min(written);
            self.delay -= dropped;
            let left = usize::try_from(most - self.given).unwrap_or(usize::MAX);
            let give = &self.out[dropped..written];
            let give = &give[..give.len().min(left)];
            self.given += give.len() as u64;
            to.push(give);
        }
        self.waiting.drain(..used);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A tone at this rate, resampled in packets of odd sizes.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "small and positive"
    )]
    fn resampled(rate: u32, seconds: f64, hertz: f64) -> Vec<f32> {
        let count = (seconds * f64::from(rate)).round() as usize;
        let turn = std::f64::consts::TAU * hertz / f64::from(rate);
        let tone: Vec<f32> = (0..count)
            .map(|at| (at as f64 * turn).sin() as f32 * 0.5)
            .collect();
        let mut resampler = Resampler::new(rate).unwrap();
        let mut out = Cutter::default();
        for packet in tone.chunks(1_013) {
            resampler.push(packet, &mut out).unwrap();
        }
        resampler.finish(&mut out).unwrap();
        let expected = (seconds * f64::from(SAMPLE_RATE)).round();
        assert!(
            (out.seconds() * f64::from(SAMPLE_RATE) - expected).abs() < 0.5,
            "{rate}"
        );
        out.last().unwrap().samples
    }

    #[test]
    fn every_rate_gives_as_many_samples_as_it_lasted_and_the_same_tone() {
        for rate in [
            8_000, 11_025, 16_000, 22_050, 32_000, 44_100, 47_999, 48_000, 96_000,
        ] {
            let tone = resampled(rate, 2.0, 440.0);
            let rises = tone
                .windows(2)
                .filter(|two| two[0] < 0.0 && two[1] >= 0.0)
                .count();
            assert!((879..=881).contains(&rises), "{rate}: {rises}");
            // In step from the first sample on: the delay of the filter is gone.
            let step = std::f64::consts::TAU * 440.0 / f64::from(SAMPLE_RATE);
            let off = (2_000..3_000)
                .map(|at| (f64::from(tone[at]) - (at as f64 * step).sin() * 0.9).abs())
                .fold(0.0, f64::max);
            assert!(off < 0.02, "{rate}: {off}");
        }
    }

    #[test]
    fn rates_that_no_recording_has_are_refused() {
        for rate in [0, 1, 3_999, 400_000, u32::MAX] {
            assert!(matches!(
                Resampler::new(rate),
                Err(AudioError::Unsupported(_))
            ));
        }
    }
}
