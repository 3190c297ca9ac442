//! What holds for any text.

use extract::{Policy, extract};
use proptest::prelude::*;

use super::at;

/// Pieces that texts of this kind are made of, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "- ",
        "* [ ] ",
        "1. ",
        "3) ",
        "# ",
        "> ",
        "| ",
        "Anna: ",
        "[09:12] Lea: ",
        "TODO: ",
        "From: ",
        "Subject: ",
        "please ",
        "don't ",
        "I'll ",
        "can you ",
        "send it",
        "book the room",
        " and ",
        ", ",
        ". ",
        "? ",
        "! ",
        "; ",
        " – ",
        "(",
        ")",
        "\"",
        "\n",
        "\n\n",
        "\t",
        "by Friday ",
        "tomorrow at 3 ",
        "after that ",
        "once it is done ",
        "before we print the flyers, ",
        "blocked by 1",
        "no wait, ",
        "forget it",
        "asap ",
        "no rush ",
        "@kim ",
        "Ben ",
        "has to ",
        "needs to be fixed by ",
        "r00m ",
        "Ümit’s ",
        "🎉",
        "İ",
        "ß",
        "'",
        "’ll",
        "...",
        "call Anna and Tom",
        "have the kitchen painted ",
        "Best regards\n",
        "Noor",
        "which ",
        "if ",
        "before ",
        "until ",
        "unless ",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

pub(super) fn check(text: &str) {
    let found = extract(text, &at("2026-03-10T11:00:00+01:00"), &Policy::default());
    let length = text.chars().count();
    for task in &found.tasks {
        let quote: String = text
            .chars()
            .skip(task.evidence.start)
            .take(task.evidence.end - task.evidence.start)
            .collect();
        assert_eq!(quote, task.evidence.quote);
        assert!(task.evidence.end <= length && !quote.is_empty());
        assert!(!task.summary.is_empty() && task.summary.chars().count() <= 200);
        assert!((0.0..=1.0).contains(&task.confidence));
        for reason in task.reasons.values() {
            if let Some(words) = &reason.evidence {
                let quote: String = text
                    .chars()
                    .skip(words.start)
                    .take(words.end - words.start)
                    .collect();
                assert_eq!(quote, words.quote);
            }
        }
        assert!(task.parent.is_none_or(|parent| parent < found.tasks.len()));
    }
    // What waits for nothing can be taken out until nothing is left: no task waits for itself.
    let mut open: Vec<usize> = (0..found.tasks.len()).collect();
    while !open.is_empty() {
        let free = |at: &usize| {
            found.tasks[*at]
                .depends_on
                .iter()
                .all(|other| !open.contains(other))
        };
        let free: Vec<usize> = open.iter().copied().filter(|at| free(at)).collect();
        assert!(!free.is_empty(), "a circle in {text:?}");
        open.retain(|at| !free.contains(at));
    }
    let links = found.tasks.iter().flat_map(|task| &task.depends_on);
    assert!(links.into_iter().all(|link| *link < found.tasks.len()));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn texts_made_of_its_own_pieces(text in pieces()) {
        check(&text);
    }

    #[test]
    fn any_text(text in "\\PC{0,200}") {
        check(&text);
    }
}

#[test]
fn long_texts_take_time_in_proportion() {
    // Shapes that invite a second look at every word.
    for piece in [
        "and send it ",
        "(",
        "I'll call Anna, ",
        "- buy milk\n",
        "if ",
        "\"",
        "a) ",
        "the ",
        "no wait, ",
    ] {
        check(&piece.repeat(3000));
    }
}

/// With time in proportion to the square of the length this would take many minutes, and be ended.
#[test]
fn a_mebibyte_of_marks_is_read_at_once() {
    for piece in ["(", "-> ", ". ", "\"", "1. 2. 3. "] {
        check(&piece.repeat((1 << 20) / piece.len()));
    }
}

/// The same of lines that could each stand in a calendar.
#[test]
fn long_lists_that_look_like_calendars_are_read_at_once() {
    for line in ["do the dishes\n", "3 apples and pears\n", "m x\nt y\n"] {
        check(&line.repeat((1 << 19) / line.len()));
    }
}
