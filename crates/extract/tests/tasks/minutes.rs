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

#[test]
fn who_takes_it_on_for_a_reason_is_given_the_deed() {
    assert_eq!(
        rows("The deposit must be paid by Friday. Chris has the card so he'll handle it."),
        ["Pay the deposit | 2026-03-13 | Chris"]
    );
}

#[test]
fn who_comes_to_see_a_thing_is_not_told_to() {
    check(&[
        ("The plumber is coming Thursday to check the boiler.", &[]),
        (
            "landlord's coming tues at 4 to see the damp, can someone hoover the hall",
            &["Hoover the hall"],
        ),
        ("Hope all is well. Speak soon, Mum xx", &[]),
    ]);
}

#[test]
fn the_day_of_what_is_spoken_of_stays_with_it() {
    assert_eq!(
        rows("- call Bo re: Sunday shift\n- buy tape by Friday"),
        ["Call Bo re: shift | - | -", "Buy tape | 2026-03-13 | -"]
    );
}

#[test]
fn a_street_in_front_of_a_request_is_not_called() {
    assert_eq!(
        rows("The parcel never made it to the shop on Hill, could you please resend it?"),
        ["Resend the parcel | - | -"]
    );
    assert_eq!(
        rows("I'd like to move my check-up to Friday if you have anything in the morning."),
        ["Move my check-up | 2026-03-13 | -"]
    );
}
