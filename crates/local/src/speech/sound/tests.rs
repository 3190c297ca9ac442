//! Made sounds: tones that come and go, and noise.

use std::f32::consts::TAU;

use proptest::prelude::*;

use super::*;

const LIMIT: usize = 30 * RATE;

/// Syllables of a quarter of a second with gaps between them.
fn speech(seconds: f32) -> Vec<f32> {
    (0..samples(seconds))
        .map(|place| {
            let time = place as f32 / RATE as f32;
            let syllable = (time * 4.0).fract() < 0.6;
            if syllable {
                0.3 * (TAU * 500.0 * time).sin()
            } else {
                0.001
            }
        })
        .collect()
}

fn silence(seconds: f32) -> Vec<f32> {
    vec![0.0; samples(seconds)]
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a length in a test"
)]
fn samples(seconds: f32) -> usize {
    (seconds * RATE as f32) as usize
}

/// White noise, or softer the higher for a larger `smooth`.
fn noise(seconds: f32, level: f32, smooth: f32) -> Vec<f32> {
    let mut state = 1_u32;
    let mut out = 0.0;
    (0..samples(seconds))
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let white = (state >> 8) as f32 / (1 << 23) as f32 - 1.0;
            out = smooth * out + (1.0 - smooth) * white;
            out * level
        })
        .collect()
}

/// All windows of a recording, as if every window were heard to its end.
fn windows(samples: &[f32]) -> Vec<Window> {
    let cutter = Cutter::new(samples, LIMIT);
    let mut from = 0;
    let next = || {
        let window = cutter.next(from)?;
        from = window.samples.end;
        Some(window)
    };
    std::iter::from_fn(next).collect()
}

#[test]
fn silence_has_no_windows() {
    assert_eq!(windows(&[]), []);
    assert_eq!(windows(&silence(5.0)), []);
    assert_eq!(windows(&noise(5.0, 0.0001, 0.0)), []);
}

#[test]
fn quiet_ends_are_trimmed() {
    let sound = [silence(4.0), speech(3.0), silence(5.0)].concat();
    let [window] = windows(&sound).try_into().unwrap();
    assert!(window.ends_at_pause);
    let (begin, end) = (window.samples.start, window.samples.end);
    assert!((samples(3.6)..=samples(4.0)).contains(&begin), "{begin}");
    assert!((samples(7.0)..=samples(7.5)).contains(&end), "{end}");
}

#[test]
fn a_long_recording_is_cut_at_its_pause() {
    let sound = [speech(27.0), silence(0.6), speech(20.0)].concat();
    let [first, second] = windows(&sound).try_into().unwrap();
    assert!(first.ends_at_pause && second.ends_at_pause);
    assert!((samples(27.0)..=samples(27.6)).contains(&first.samples.end));
    assert!(second.samples.start >= first.samples.end);
    assert_eq!(second.samples.end, sound.len());
}

#[test]
fn without_a_pause_the_window_is_whole_and_says_so() {
    let sound = speech(70.0);
    let first = windows(&sound).remove(0);
    assert_eq!(first.samples, 0..LIMIT);
    assert!(!first.ends_at_pause);
}

#[test]
fn a_recording_that_is_loud_to_its_end_has_an_end() {
    let mut loud = noise(40.0, 0.3, 0.0);
    loud.truncate(loud.len() - STEP / 3);
    let cutter = Cutter::new(&loud, LIMIT);
    assert_eq!(cutter.next(loud.len()), None);
    assert_eq!(windows(&loud).len(), 2);
}

#[test]
fn a_pause_under_noise_is_found() {
    let mut sound = [speech(26.0), silence(1.0), speech(20.0)].concat();
    let hiss = noise(47.0, 0.03, 0.0);
    sound
        .iter_mut()
        .zip(hiss)
        .for_each(|(sound, hiss)| *sound += hiss);
    let first = windows(&sound).remove(0);
    assert!(first.ends_at_pause);
    assert!((samples(26.0)..=samples(27.0)).contains(&first.samples.end));
}

#[test]
fn noise_and_tones_are_steady_and_syllables_are_not() {
    for smooth in [0.0, 0.5, 0.9, 0.99] {
        assert!(is_steady(&noise(10.0, 0.3, smooth)), "{smooth}");
    }
    let tone: Vec<f32> = (0..RATE * 5)
        .map(|place| (TAU * 440.0 * place as f32 / RATE as f32).sin())
        .collect();
    assert!(is_steady(&tone));
    assert!(!is_steady(&speech(3.0)));
    assert!(!is_steady(&speech(0.2)), "too short to tell");
    // One word in half a minute of noise.
    let mut word = noise(30.0, 0.2, 0.0);
    let spoken = speech(0.6);
    word.iter_mut()
        .skip(RATE * 9)
        .zip(spoken)
        .for_each(|(noise, word)| *noise += word);
    assert!(!is_steady(&word));
}

#[test]
fn sound_is_told_from_silence() {
    let cutter = Cutter::new(&[speech(5.0), silence(5.0)].concat(), LIMIT);
    assert!(cutter.sounds(0..samples(5.0)));
    assert!(!cutter.sounds(samples(4.5)..samples(10.0)));
    assert!(!cutter.sounds(samples(10.0)..samples(20.0)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn no_sample_is_heard_twice_and_only_quiet_ones_are_left_out(
        parts in proptest::collection::vec((0.0..40.0_f32, 0.0..4.0_f32), 1..4),
    ) {
        let sound: Vec<f32> = parts
            .iter()
            .flat_map(|(spoken, quiet)| [speech(*spoken), silence(*quiet)])
            .flatten()
            .collect();
        let mut reached = 0;
        for window in windows(&sound) {
            prop_assert!(window.samples.start >= reached && window.samples.end > window.samples.start);
            prop_assert!(window.samples.len() <= LIMIT && window.samples.end <= sound.len());
            let left_out = &sound[reached..window.samples.start];
            prop_assert!(left_out.iter().all(|sample| sample.abs() < 0.01));
            reached = window.samples.end;
        }
        prop_assert!(sound[reached..].iter().all(|sample| sample.abs() < 0.01));
    }
}
