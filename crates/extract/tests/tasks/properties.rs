//! What holds for any text.

use proptest::prelude::*;

use super::at;
use super::holds;

fn check(text: &str) {
    holds::for_text(text, &at("2026-03-10T11:00:00+01:00"));
}

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
