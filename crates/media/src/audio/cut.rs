//! Where a long recording is cut, what of it is silence, and how loud it becomes.

use super::{Piece, SAMPLE_RATE};

/// Samples of the longest piece: ten minutes.
const LONGEST: usize = 600 * SAMPLE_RATE as usize;
/// Samples at the end of a full piece among which the quietest place is looked for: half a minute.
const SEARCHED: usize = 30 * SAMPLE_RATE as usize;
/// Samples whose loudness is told together: 20 ms.
const FRAME: usize = SAMPLE_RATE as usize / 50;
/// Frames that have to be quiet together for a cut: 0.3 s, a pause between words.
const PAUSE: usize = 15;
/// Frames of silence kept before and after sound, so that soft beginnings stay: 0.3 s.
const MARGIN: usize = 15;
/// Loudness (root mean square) below which nothing is heard: -60 dB of full scale.
const SILENT: f32 = 0.001;
/// Loudest sample that a piece is brought to.
const PEAK: f32 = 0.9;
/// Most that a piece is amplified: 26 dB.
const GAIN: f32 = 20.0;

/// Gathers samples, gives pieces.
#[derive(Debug, Default)]
pub(super) struct Cutter {
    waiting: Vec<f32>,
    /// Samples given before those that are waiting.
    before: u64,
}

impl Cutter {
    pub(super) fn push(&mut self, samples: &[f32]) {
        let sound = samples.iter().map(|sample| {
            if sample.is_finite() {
                sample.clamp(-8.0, 8.0)
            } else {
                0.0
            }
        });
        self.waiting.extend(sound);
    }

    /// Seconds gathered in all.
    pub(super) fn seconds(&self) -> f64 {
        (self.before + self.waiting.len() as u64) as f64 / f64::from(SAMPLE_RATE)
    }

    /// The next piece with sound in it, once there is enough for a full one.
    pub(super) fn full(&mut self) -> Option<Piece> {
        while self.waiting.len() > LONGEST {
            let end = quietest(&self.waiting[..LONGEST]);
            if let Some(piece) = self.take(end) {
                return Some(piece);
            }
        }
        None
    }

    /// What is left, if there is sound in it.
    pub(super) fn last(&mut self) -> Option<Piece> {
        self.take(self.waiting.len())
    }

    fn take(&mut self, end: usize) -> Option<Piece> {
        let start = self.before;
        let piece = sound(&self.waiting[..end]).map(|range| {
            let mut samples = self.waiting[range.clone()].to_vec();
            normalise(&mut samples);
            Piece {
                start: (start + range.start as u64) as f64 / f64::from(SAMPLE_RATE),
                samples,
            }
        });
        self.waiting.drain(..end);
        self.before += end as u64;
        piece
    }
}

/// Loudness of each frame, without the constant part that cheap microphones add.
fn loudness(samples: &[f32]) -> Vec<f32> {
    let of = |frame: &[f32]| {
        let count = frame.len() as f32;
        let mean = frame.iter().sum::<f32>() / count;
        let square = |sample: &f32| (sample - mean) * (sample - mean);
        (frame.iter().map(square).sum::<f32>() / count).sqrt()
    };
    samples.chunks(FRAME).map(of).collect()
}

/// The middle of the quietest pause near the end, in samples.
fn quietest(samples: &[f32]) -> usize {
    let from = samples.len().saturating_sub(SEARCHED);
    let frames = loudness(&samples[from..]);
    let sum = |window: &[f32]| window.iter().sum::<f32>();
    let best = frames
        .windows(PAUSE)
        .enumerate()
        .min_by(|a, b| sum(a.1).total_cmp(&sum(b.1)))
        .map_or(frames.len(), |(at, _)| at + PAUSE / 2);
    (from + best * FRAME).clamp(1, samples.len())
}

/// The samples between silence at the start and silence at the end; nothing if all is silent.
///
/// What counts as silence follows the recording: twice and a half its noise (the tenth part of its
/// frames that is quietest), but never more than a twentieth of its loudest frame.
fn sound(samples: &[f32]) -> Option<std::ops::Range<usize>> {
    let frames = loudness(samples);
    let loudest = frames.iter().copied().fold(0.0, f32::max);
    if loudest < SILENT {
        return None;
    }
    let mut sorted = frames.clone();
    sorted.sort_unstable_by(f32::total_cmp);
    let noise = sorted.get(sorted.len() / 10).copied().unwrap_or_default();
    let threshold = (noise * 2.5).max(SILENT / 2.0).min(loudest / 20.0);
    let first = frames.iter().position(|loud| *loud > threshold)?;
    let last = frames.iter().rposition(|loud| *loud > threshold)?;
    let start = first.saturating_sub(MARGIN) * FRAME;
    let end = ((last + 1 + MARGIN) * FRAME).min(samples.len());
    Some(start..end)
}

/// Takes the constant part off and brings the loudest sample to [`PEAK`], within [`GAIN`].
fn normalise(samples: &mut [f32]) {
    let mean = samples.iter().map(|s| f64::from(*s)).sum::<f64>() / samples.len().max(1) as f64;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a mean of samples is a sample"
    )]
    let mean = mean as f32;
    let peak = samples
        .iter()
        .fold(0.0f32, |peak, sample| peak.max((sample - mean).abs()));
    if peak <= 0.0 {
        return;
    }
    let gain = (PEAK / peak).min(GAIN);
    for sample in samples {
        *sample = (*sample - mean) * gain;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Alternating samples of this loudness.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "small and positive"
    )]
    fn tone(seconds: f64, loud: f32) -> Vec<f32> {
        let count = (seconds * f64::from(SAMPLE_RATE)) as usize;
        (0..count)
            .map(|at| if at % 20 < 10 { loud } else { -loud })
            .collect()
    }

    #[test]
    fn silence_around_sound_is_left_out_and_a_margin_stays() {
        let recording = [tone(2.0, 0.0), tone(1.0, 0.3), tone(3.0, 0.00005)].concat();
        let mut cutter = Cutter::default();
        cutter.push(&recording);
        assert!(cutter.full().is_none());
        let piece = cutter.last().unwrap();
        assert!((piece.start - 1.7).abs() < 0.03, "{}", piece.start);
        assert!((piece.seconds() - 1.6).abs() < 0.05, "{}", piece.seconds());
        assert!(cutter.last().is_none());
        assert!((cutter.seconds() - 6.0).abs() < 1e-9);
    }

    #[test]
    fn quiet_speech_is_brought_up_and_hiss_is_not_taken_for_it() {
        let mut cutter = Cutter::default();
        cutter.push(&tone(5.0, 0.0008));
        assert!(cutter.last().is_none());
        cutter.push(&[tone(1.0, 0.001), tone(1.0, 0.02)].concat());
        let piece = cutter.last().unwrap();
        let peak = piece
            .samples
            .iter()
            .fold(0.0f32, |peak, sample| peak.max(*sample));
        assert!((peak - 0.4).abs() < 0.03, "{peak}");
        // A microphone that adds a constant adds nothing to be heard.
        let constant: Vec<f32> = tone(1.0, 0.0).iter().map(|sample| sample + 0.3).collect();
        cutter.push(&constant);
        assert!(cutter.last().is_none());
    }

    #[test]
    fn what_no_recording_holds_becomes_silence() {
        let mut cutter = Cutter::default();
        cutter.push(&[f32::NAN, f32::INFINITY, 1e30, -1e30, 0.5, -0.5]);
        let piece = cutter.last().unwrap();
        assert!(piece.samples.iter().all(|sample| sample.abs() <= 1.0));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

        #[test]
        fn pieces_lie_one_after_another_within_what_was_pushed(
            parts in prop::collection::vec((1.0..400.0f64, 0.0..0.5f32), 1..6),
        ) {
            let mut cutter = Cutter::default();
            let (mut pieces, mut pushed) = (Vec::new(), 0usize);
            for (seconds, loud) in parts {
                let part = tone(seconds, loud);
                pushed += part.len();
                for packet in part.chunks(40_000) {
                    cutter.push(packet);
                    pieces.extend(cutter.full());
                }
            }
            while let Some(piece) = cutter.full() {
                pieces.push(piece);
            }
            pieces.extend(cutter.last());
            prop_assert!((cutter.seconds() * f64::from(SAMPLE_RATE) - pushed as f64).abs() < 0.5);
            let mut end = 0.0;
            for piece in &pieces {
                prop_assert!(piece.start >= end - 1e-9 && piece.samples.len() <= LONGEST);
                end = piece.start + piece.seconds();
            }
            prop_assert!(end <= cutter.seconds() + 1e-9);
        }
    }
}
