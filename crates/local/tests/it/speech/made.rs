//! Sounds made for these tests, 16 kHz, one channel.

use std::f32::consts::{PI, TAU};
use std::io::ErrorKind;
use std::process::Command;

use local::speech::evaluate::read_wav;

const RATE: usize = 16_000;

/// What espeak-ng makes of a text; `None`, said aloud, where it is missing.
pub(super) fn say(voice: &str, text: &str) -> Option<Vec<f32>> {
    let said = Command::new("espeak-ng")
        .args(["-v", voice, "-s", "150", "--stdout", text])
        .output();
    match said {
        Ok(said) => {
            assert!(said.status.success(), "{said:?}");
            let (rate, samples) = read_wav(&said.stdout).unwrap();
            Some(resampled(&samples, rate))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            println!("SKIPPED: no espeak-ng on this machine");
            None
        }
        Err(error) => panic!("espeak-ng: {error}"),
    }
}

/// Brought to 16 kHz by a short windowed sinc.
fn resampled(samples: &[f32], rate: usize) -> Vec<f32> {
    const REACH: usize = 24;
    let step = rate as f32 / RATE as f32;
    let sinc = |x: f32| {
        if x == 0.0 {
            1.0
        } else {
            (PI * x).sin() / (PI * x)
        }
    };
    let at = |place: usize| {
        let middle = place * rate / RATE;
        let share = (place * rate % RATE) as f32 / RATE as f32;
        let around = middle.saturating_sub(REACH)..(middle + REACH).min(samples.len());
        around
            .map(|index| {
                let distance = index as f32 - middle as f32 - share;
                let window = 0.5 + 0.5 * (PI * distance / (REACH + 1) as f32).cos();
                samples[index] * window * sinc(distance / step) / step
            })
            .sum()
    };
    (0..samples.len() * RATE / rate).map(at).collect()
}

/// White noise, or softer the higher for a larger `smooth`.
pub(super) fn noise(length: usize, level: f32, smooth: f32) -> Vec<f32> {
    let mut state = 1_u32;
    let mut out = 0.0;
    let next = |_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let white = (state >> 8) as f32 / (1 << 23) as f32 - 1.0;
        out = smooth * out + (1.0 - smooth) * white;
        out * level
    };
    (0..length).map(next).collect()
}

/// The hum of a mains transformer.
pub(super) fn hum(length: usize) -> Vec<f32> {
    let at = |place: usize| {
        let time = place as f32 / RATE as f32;
        [50.0, 100.0, 150.0, 350.0]
            .map(|hertz| (TAU * hertz * time).sin())
            .iter()
            .sum::<f32>()
            / 10.0
    };
    (0..length).map(at).collect()
}

/// Noise that comes and goes like waves, which is not steady.
pub(super) fn swelling(length: usize) -> Vec<f32> {
    let noise = noise(length, 0.3, 0.3);
    let swell = |place: usize| 0.5 + 0.5 * (TAU * 0.4 * place as f32 / RATE as f32).sin();
    (0..length)
        .zip(noise)
        .map(|(place, noise)| noise * swell(place))
        .collect()
}
