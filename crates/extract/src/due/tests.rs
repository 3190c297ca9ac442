//! When a deed is due, through the whole of the reading.

use crate::testing::dues;

fn due_of(text: &str) -> Option<String> {
    dues(text).into_iter().next().flatten()
}

#[track_caller]
fn all_due(expected: &str, texts: &[&str]) {
    for text in texts {
        assert_eq!(due_of(text).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn midnight_ends_the_day_it_is_said_of() {
    all_due(
        "2026-03-10",
        &[
            "Please file the return before midnight.",
            "File the return tonight at midnight.",
        ],
    );
    all_due(
        "2026-03-13",
        &[
            "File the return by midnight on Friday.",
            "File the return Friday, before midnight.",
            "Friday:\n- file the return by midnight",
        ],
    );
}

#[test]
fn what_repeats_begins_with_its_start() {
    all_due(
        "2026-03-12T18:00:00+01:00",
        &[
            "Starting Thursday, Ida sweeps the yard every evening at 6.",
            "As of Thursday, sweep the yard every day at 6 pm.",
        ],
    );
    all_due(
        "2026-03-17",
        &[
            "Ida waters the ferns every Tuesday from tomorrow on.",
            "From Thursday, Ida waters the ferns every Tuesday.",
            "Ida waters the ferns twice a week, Tuesday and Saturday, from Monday onwards.",
        ],
    );
}

#[test]
fn an_hour_behind_a_day_is_one_of_that_day() {
    all_due(
        "2026-03-13T14:00:00+01:00",
        &[
            "Take the clock back on Friday, 14h.",
            "Take the clock back on 13 March, 14h.",
            "Please mind the shop on Friday from 2.",
        ],
    );
}

#[test]
fn a_season_before_a_noun_is_no_date() {
    for text in [
        "Please hang the hall in winter colours.",
        "Clear the attic in the summer holidays.",
        "Fit the winter tyres.",
    ] {
        assert_eq!(due_of(text), None, "{text}");
    }
    all_due(
        "2026-12-20",
        &[
            "Please plant the bulbs in autumn.",
            "Plant the bulbs in autumn again if it's dry.",
        ],
    );
    all_due(
        "2026-03-11",
        &["Ida hangs the hall in spring colours, ideally tomorrow."],
    );
}

#[test]
fn hurried_notes_name_the_weekend_without_a_word_before_it() {
    all_due(
        "2026-03-15",
        &[
            "burn garden waste weekend, low prio",
            "clean garage weekend",
        ],
    );
}

#[test]
fn a_room_with_a_number_is_no_evening() {
    all_due(
        "2026-03-11T11:00:00+01:00",
        &["Swap the lamps in Theatre 2 before the 11 o'clock list tomorrow."],
    );
}
