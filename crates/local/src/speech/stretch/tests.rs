//! Stretches over a small vocabulary.

use super::*;

/// Words 0–9, end 10, stamps from 13 on.
fn ids() -> Ids {
    Ids {
        start: 11,
        end: 10,
        no_speech: 12,
        stamps: 13..1514,
        suppressed: Vec::new(),
        suppressed_first: Vec::new(),
    }
}

fn stamp(seconds: f32) -> u32 {
    let mut stamps = ids().stamps;
    let is_it = |stamp: &u32| (ids().seconds(*stamp) - seconds).abs() < 0.005;
    stamps.find(is_it).unwrap()
}

#[test]
fn pairs_of_stamps_enclose_stretches() {
    let said = [stamp(0.5), 1, 2, stamp(2.0), stamp(2.4), 3, stamp(4.0)];
    let found = stretches(&said, &ids());
    let expected = [(0.5, Some(2.0), 1..3), (2.4, Some(4.0), 5..6)];
    let expected = expected.map(|(start, end, words)| Stretch { start, end, words });
    assert_eq!(found, expected);
    assert_eq!(heard_until(&said, &found, &ids()), None);
}

#[test]
fn what_broke_off_is_heard_again() {
    let said = [stamp(0.0), 1, stamp(20.0), stamp(20.0), 2, 3];
    let found = stretches(&said, &ids());
    assert_eq!(found.last().unwrap().end, None);
    assert_eq!(heard_until(&said, &found, &ids()), Some(20.0));
    let begun = [stamp(0.0), 1, stamp(29.0), stamp(29.5)];
    let found = stretches(&begun, &ids());
    assert_eq!(found.len(), 1);
    assert_eq!(heard_until(&begun, &found, &ids()), Some(29.0));
}

#[test]
fn nothing_that_ended_is_heard_to_the_end() {
    assert_eq!(stretches(&[], &ids()), []);
    assert_eq!(heard_until(&[], &[], &ids()), None);
    let said = [stamp(0.0), 1, 2];
    let found = stretches(&said, &ids());
    assert_eq!(heard_until(&said, &found, &ids()), None);
}

#[test]
fn words_do_not_run_into_each_other_and_characters_may() {
    let joined = |parts: &[&str]| {
        let mut all = String::new();
        for part in parts {
            append(&mut all, part);
        }
        all
    };
    assert_eq!(
        joined(&[" Hello.", "How are you?", " Fine."]),
        " Hello. How are you? Fine."
    );
    assert_eq!(joined(&["你好。", "明天见"]), "你好。明天见");
}
