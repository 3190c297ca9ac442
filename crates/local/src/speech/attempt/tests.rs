//! Judging and choosing with numbers made here.

use super::*;

fn attempt(log_odds: f32, ratio: f32) -> Attempt {
    Attempt {
        words: vec![1, 2],
        log_odds: vec![log_odds; 2],
        end: Some(log_odds),
        ratio,
    }
}

#[test]
fn a_loop_compresses_and_speech_does_not() {
    let speech = "Please send the report to Anna before Friday noon, and book a room for the \
        quarterly meeting; Tom will call the supplier about the late delivery.";
    assert!(!is_loop(ratio(speech)), "{}", ratio(speech));
    assert!(is_loop(ratio(&"to your right ".repeat(20))));
    assert!(!is_loop(ratio("no no no")), "{}", ratio("no no no"));
    assert!(!is_loop(ratio("")));
}

#[test]
fn an_attempt_is_judged_by_its_mean_and_its_loops() {
    assert!(attempt(-0.3, 1.5).is_good());
    assert!(!attempt(-1.2, 1.5).is_good());
    assert!(!attempt(-0.3, 2.5).is_good());
    assert!(attempt(-1.2, 1.0).is_silence(0.7));
    assert!(
        !attempt(-0.3, 1.0).is_silence(0.9),
        "likely words are words"
    );
    assert!(!attempt(-1.2, 1.0).is_silence(0.5));
    let (sure, looping, vague) = (attempt(-1.1, 1.0), attempt(-0.1, 3.0), attempt(-2.0, 1.0));
    assert_eq!(sure.clone().better(looping.clone()), sure);
    assert_eq!(looping.better(vague.clone()), vague);
    assert_eq!(vague.better(sure.clone()), sure);
}

#[test]
fn without_temperature_the_likeliest_word_is_chosen() {
    let odds = [0.0, f32::NEG_INFINITY, 2.0, 1.0];
    let (word, log_odds) = choose(&odds, 0.0, &mut Chance(0)).unwrap();
    assert_eq!(word, 2);
    let sum = 1.0 + 2_f32.exp() + 1_f32.exp();
    assert!((log_odds - (2_f32.exp() / sum).ln()).abs() < 1e-5);
    assert_eq!(choose(&[f32::NEG_INFINITY], 0.0, &mut Chance(0)), None);
    assert_eq!(choose(&[], 1.0, &mut Chance(0)), None);
}

#[test]
fn words_are_drawn_as_often_as_they_are_likely() {
    let odds = [0.25_f32.ln(), f32::NEG_INFINITY, 0.75_f32.ln()];
    let mut chance = Chance(7);
    let mut drawn = [0; 3];
    for _ in 0..4000 {
        let (word, _) = choose(&odds, 1.0, &mut chance).unwrap();
        drawn[word as usize] += 1;
    }
    assert_eq!(drawn[1], 0);
    assert!((900..1100).contains(&drawn[0]), "{drawn:?}");
    let mut again = Chance(7);
    let mut same = Chance(7);
    assert_eq!(
        choose(&odds, 1.0, &mut again),
        choose(&odds, 1.0, &mut same)
    );
}
