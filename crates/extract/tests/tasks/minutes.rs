//! Minutes and notes of meetings as people write them: who does what by when, between what was only told.

use super::forms::check;
use super::found;

/// Each task with its day and its person.
fn rows(text: &str) -> Vec<String> {
    let row = |task: extract::ExtractedTask| {
        let due = task
            .due
            .map_or_else(|| "-".to_owned(), |due| due.to_string());
        format!(
            "{} | {due} | {}",
            task.summary,
            task.assignee.as_deref().unwrap_or("-")
        )
    };
    found(text).into_iter().map(row).collect()
}

#[test]
fn whoever_does_it_is_not_the_one_it_is_done_to() {
    check(&[
        (
            "Mr Otto hasn't paid his share. Georg will remind him.",
            &["Remind Otto"],
        ),
        ("Ines is ill. Ruth calls her on Friday.", &["Call Ines"]),
    ]);
}

#[test]
fn what_somebody_needs_is_got_for_them() {
    assert_eq!(
        rows("Luna needs a second vaccination in four weeks."),
        ["Get a second vaccination for Luna | 2026-04-08 | -"]
    );
    assert_eq!(
        rows("Leo needs new shin guards before Saturday."),
        ["Get new shin guards for Leo | 2026-03-13 | -"]
    );
}

#[test]
fn two_people_can_do_it() {
    assert_eq!(
        rows("The hedge needs trimming. Volunteers? Anna and Paul do it on Saturday."),
        ["Trim the hedge | 2026-03-14 | Anna and Paul"]
    );
}

#[test]
fn a_day_of_another_thing_is_not_that_of_the_deed_before() {
    assert_eq!(
        rows(
            "Notes. Ruth asks the brewery, Ivo books the band. Seating plan until the end of May."
        ),
        ["Ask the brewery | - | Ruth", "Book the band | - | Ivo"]
    );
    assert_eq!(
        rows("Ivo books the band. Latest by Friday."),
        ["Book the band | 2026-03-13 | Ivo"]
    );
}

#[test]
fn what_is_settled_is_followed_by_an_order() {
    check(&[
        (
            "- holiday approved, put it in the calendar",
            &["Put holiday in the calendar"],
        ),
        ("Slugs ate the lettuce, put down tape.", &[]),
        ("The excursion goes to Lake Garda in June.", &[]),
        (
            "The bike test is on 22 April; please have the bikes checked beforehand.",
            &["Have the bikes checked beforehand"],
        ),
        (
            "- he wants proof of payment, find the bank statement from 2023",
            &["Find the bank statement from 2023"],
        ),
    ]);
}
