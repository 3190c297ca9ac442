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
