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

#[test]
fn a_day_taken_back_gives_way_to_the_new_one() {
    all_due(
        "2026-03-17",
        &[
            "Ida, take the cups to the fair on Monday – whoops, the fair is Tuesday.",
            "Ida, hand in the draft by tonight. Strike that, Tuesday's fine.",
            "Ida, hand in the draft. By Friday. Oh hang on, they've moved it back: they must have it on Tuesday.",
            "Hand in the draft by Friday. Edit: it has been pushed to the 17th.",
            "Hand in the draft, it goes out on Friday, so by Tuesday.",
        ],
    );
}

#[test]
fn a_weekday_in_place_of_a_day_far_off_is_of_its_week() {
    all_due(
        "2026-04-09",
        &["Book the hall for three weeks from Tuesday. Oops, make that Thursday."],
    );
}

#[test]
fn a_correction_may_bring_the_first_deadline_or_hour() {
    all_due(
        "2026-03-17",
        &["Order 40 metres of rope. Make it 60, and from Ben please, by Tuesday."],
    );
    all_due(
        "2026-03-11T09:30:00+01:00",
        &["Pick Ida up at nine tomorrow. Half nine, she said half nine."],
    );
}

#[test]
fn what_leaves_bounds_the_deed_before_it() {
    all_due(
        "2026-03-12",
        &[
            "Pack the crates please, truck leaves Thursday.",
            "Wrap the vase, she collects it on Thursday.",
            "The sofa delivery is on Thursday, so please clear the hall.",
        ],
    );
}

#[test]
fn a_label_names_the_deadline_of_the_line_before() {
    for text in [
        "Order the paint and book the van. Needed: 20 March.",
        "Order the paint and book the van. Target date: 20 March.",
        "Order the paint and book the van. Complete by: 20 March.",
    ] {
        assert_eq!(
            dues(text),
            [Some("2026-03-20".to_owned()), Some("2026-03-20".to_owned())],
            "{text}"
        );
    }
}

#[test]
fn a_day_of_another_deed_stays_there() {
    for text in [
        "The flyers have to go to the shop by Thursday, and ring Ben about the lease.",
        "Tomorrow you can sand the shelf, and I'll oil it as soon as it's dry.",
    ] {
        assert_eq!(dues(text).last(), Some(&None), "{text}");
    }
    let text = "Wash the cups, wipe the table, and call Ben by Thursday.";
    assert_eq!(dues(text), [None, None, Some("2026-03-12".to_owned())]);
    let text = "Ida checks the text before the review next Thursday at 10, and Ben sends the bill by Tuesday.";
    let own = [
        Some("2026-03-19T10:00:00+01:00".to_owned()),
        Some("2026-03-17".to_owned()),
    ];
    assert_eq!(dues(text), own);
}

#[test]
fn what_comes_after_another_deed_may_have_a_day_of_its_own() {
    for text in [
        "Ida sands the shelf tomorrow, then on Friday Ben oils it.",
        "Ida sands the shelf tomorrow, and after that, on Friday, Ben can oil the shelf.",
    ] {
        assert_eq!(
            dues(text).last(),
            Some(&Some("2026-03-13".to_owned())),
            "{text}"
        );
    }
}

#[test]
fn a_number_of_a_day_stands_before_a_parting_word_and_a_colon() {
    all_due(
        "2026-03-27",
        &["Send it b4 28th cheers", "send it before the 28th thx"],
    );
    all_due("2026-04-01", &["Due by April 1:\n- ring Ben"]);
}

#[test]
fn what_repeats_knows_its_bounds_and_its_verb() {
    all_due(
        "2026-03-13",
        &[
            "Ida, check the ropes every Friday from now till summer.",
            "Ida, check the ropes every Friday from now on.",
            "Ida, hand off the keys every Friday.",
        ],
    );
    all_due(
        "2026-12-31",
        &["Starting in December Ida checks the ropes on the last day of every month."],
    );
    assert_eq!(due_of("Ring the shop, they're off on Fridays."), None);
}

#[test]
fn the_day_of_a_feast_or_a_wish_is_that_of_the_deed() {
    all_due(
        "2026-03-12",
        &["Ring Aunt Lou, it's her birthday on Thursday."],
    );
    all_due(
        "2026-03-12",
        &["Take Ben's ladder back, he wants it back by Thursday night."],
    );
    assert_eq!(due_of("Please write the list for the Easter menu."), None);
}

#[test]
fn hours_stand_before_a_day_whatever_the_verb() {
    all_due(
        "2026-03-11T14:00:00+01:00",
        &["Drop the crates by 1400 tomorrow."],
    );
    all_due("2026-03-11T13:00:00+01:00", &["Meet Ida at one tomorrow."]);
    all_due("2026-03-11", &["Take a look at one tomorrow."]);
}
