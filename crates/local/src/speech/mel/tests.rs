//! Against numbers of another implementation of Whisper's preparation (`feature_extractor.py` of
//! faster-whisper 1.2, which follows OpenAI's).

use std::f64::consts::TAU;

use super::*;

const FRAMES: usize = 3000;

/// In double precision: the angles become large.
#[expect(clippy::cast_possible_truncation, reason = "samples are short")]
fn tone(seconds: usize, at: impl Fn(f64) -> f64) -> Vec<f32> {
    let sample = |place: usize| at(place as f64 / RATE as f64) as f32;
    (0..seconds * RATE).map(sample).collect()
}

fn spectrogram(samples: &[f32]) -> Vec<Vec<f32>> {
    let mel = Mel::new(80).unwrap();
    let all = mel.spectrogram(samples, FRAMES).unwrap();
    assert_eq!(all.dims(), [1, 80, FRAMES]);
    all.squeeze(0).unwrap().to_vec2().unwrap()
}

fn assert_values(found: &[Vec<f32>], expected: &[(usize, usize, f32)]) {
    for (band, frame, value) in expected {
        let found = found[*band][*frame];
        assert!(
            (found - value).abs() < 2e-3,
            "band {band} frame {frame}: {found}, not {value}"
        );
    }
}

#[test]
fn the_bands_are_slaneys() {
    let table = filters(80);
    let expected = [
        (1, 0, 0.024_862_595),
        (2, 0, 0.0),
        (2, 1, 0.022_871_772),
        (190, 79, 0.002_232_055),
        (195, 79, 0.002_243_795),
    ];
    for (bin, band, value) in expected {
        let found: f32 = table[bin * 80 + band];
        assert!((found - value).abs() < 1e-7, "{bin} {band} {found}");
    }
}

#[test]
fn a_second_of_two_tones_with_a_gap() {
    let sound = tone(1, |time| {
        let silent = time > 0.3 && time < 0.4;
        let tones = 0.5 * (TAU * 440.0 * time).sin() + 0.25 * (TAU * 3000.0 * time).sin();
        if silent { 0.0 } else { tones }
    });
    let nothing = -0.561_796_2;
    assert_values(
        &spectrogram(&sound),
        &[
            (0, 0, 0.996_697_25),
            (10, 0, 1.338_742_5),
            (10, 50, 1.348_738),
            (15, 50, nothing),
            (55, 50, 1.139_943_4),
            (79, 50, nothing),
            (10, 30, 1.268_597_7),
            (10, 35, nothing),
            (10, 99, 1.349_504_8),
            (10, 100, 1.268_597_7),
            (10, 101, 0.361_157_12),
            (10, 102, nothing),
            (40, 2999, nothing),
        ],
    );
}

#[test]
fn a_full_window_is_mirrored_at_its_end() {
    let sound = tone(30, |time| 0.5 * (TAU * 440.0 * time).sin());
    let found = spectrogram(&sound);
    assert_values(
        &found,
        &[
            (10, 2998, 1.348_738),
            (10, 2999, 1.350_435_6),
            (40, 2999, -0.084_541_44),
        ],
    );
    let longer = [sound, vec![0.9; RATE]].concat();
    assert_eq!(
        spectrogram(&longer),
        found,
        "what lies behind the window does not count"
    );
}

#[test]
fn nothing_and_a_single_sample_have_a_spectrogram() {
    assert!(
        spectrogram(&[])
            .iter()
            .flatten()
            .all(|value| value.is_finite())
    );
    assert!(
        spectrogram(&[0.5])
            .iter()
            .flatten()
            .all(|value| value.is_finite())
    );
}
