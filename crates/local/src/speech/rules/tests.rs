//! The rules over a vocabulary of a hundred words.

use super::*;

/// Words 0–9, end 10, special 11–12, stamps 13–99.
fn ids() -> Ids {
    Ids {
        start: 11,
        end: 10,
        no_speech: 12,
        stamps: 13..100,
        suppressed: vec![3],
        suppressed_first: vec![5, 10],
    }
}

/// What may follow, when every word is as likely and together likelier than the stamps.
fn may_follow(said: &[u32]) -> Vec<u32> {
    let mut odds = vec![0.0; 13];
    odds.extend([-20.0; 87]);
    restrict(&mut odds, said, &ids());
    let left = (0..100).zip(odds).filter(|(_, odd)| *odd > NEVER);
    left.map(|(word, _)| word).collect()
}

const WORDS: [u32; 9] = [0, 1, 2, 4, 5, 6, 7, 8, 9];

#[test]
fn it_begins_with_a_stamp_of_the_first_second() {
    assert_eq!(may_follow(&[]), (13..=63).collect::<Vec<_>>());
}

#[test]
fn words_follow_a_beginning() {
    let expected: Vec<u32> = WORDS.into_iter().chain([10]).collect();
    assert_eq!(may_follow(&[20]), expected);
    assert_eq!(may_follow(&[20, 1, 30, 30]), expected);
}

#[test]
fn after_words_come_words_or_a_later_stamp() {
    let expected: Vec<u32> = WORDS.into_iter().chain([10]).chain(21..100).collect();
    assert_eq!(may_follow(&[20, 1]), expected);
}

#[test]
fn after_an_end_comes_a_beginning_not_before_it_or_nothing() {
    let expected: Vec<u32> = [10].into_iter().chain(30..100).collect();
    assert_eq!(may_follow(&[20, 1, 30]), expected);
}

#[test]
fn stamps_that_are_together_likelier_than_any_word_are_said() {
    let mut odds = vec![0.0; 100];
    restrict(&mut odds, &[20, 1], &ids());
    let left = odds.iter().position(|odd| *odd > NEVER);
    assert_eq!(left, Some(21));
}

#[test]
fn sums_of_logarithms_neither_overflow_nor_vanish() {
    assert!((log_sum(&[1000.0, 1000.0]) - (1000.0 + 2_f32.ln())).abs() < 1e-3);
    assert!((log_sum(&[NEVER, -1000.0]) + 1000.0).abs() < 1e-3);
    assert!(log_sum(&[NEVER, NEVER]) == NEVER && log_sum(&[]) == NEVER);
}
