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
fn a_numbered_list_in_small_letters_is_one_of_jobs() {
    assert_eq!(
        rows(
            "1. invoice Keller - today\n2. offer for the roof by Friday\n3. order new gutters\n\
             4. bus: new tyres\n5. call the insurer - not urgent"
        )
        .len(),
        5
    );
    check(&[(
        "1. Order our new sale brochure.\n2. Call now for the best offer.\n3. Save 20 % on every order.",
        &[],
    )]);
}

#[test]
fn lines_that_open_with_an_angle_are_items_below_a_title() {
    assert_eq!(
        rows(
            "Street party, Sat 13 June\n> cakes: list is at the door from Monday\n\
             > raffle: Eva asks the shops in the long road behind the station for prizes until the 26th"
        ),
        ["Ask the shops in the long road behind the station for prizes | 2026-03-26 | Eva"]
    );
}

#[test]
fn what_is_to_be_remembered_is_told_in_many_ways() {
    check(&[
        (
            "Must remember to ring the surgery tomorrow.",
            &["Ring the surgery"],
        ),
        (
            "The alarm beeps, need a new battery.",
            &["Get a new battery"],
        ),
        ("He's bored, needs a new job.", &[]),
        (
            "I'd like the letters out by Friday.",
            &["Get the letters out"],
        ),
        ("I'd like the cat in this box.", &[]),
        (
            "Ask Ravi whether the old desks can go. If yes I'll get them collected.",
            &[
                "Ask Ravi whether the old desks can go",
                "Get the old desks collected",
            ],
        ),
        (
            "The listing goes live soon, for that I need to print new photos by Friday.",
            &["Print new photos"],
        ),
    ]);
}

#[test]
fn headings_and_what_happens_are_no_orders() {
    check(&[
        (
            "Call w/ Nordwind (customer), 11/3/26\nThey are happy.\nJonas to send the report by Friday.",
            &["Send the report"],
        ),
        (
            "What went well\n- pairing on the parser\nActions\n- buy a new whiteboard (Kim)",
            &["Buy a new whiteboard"],
        ),
        ("Set up starts in mid-May.", &[]),
        ("Let's talk again on the 30th.", &[]),
        ("They may need more licences in autumn.", &[]),
    ]);
}

#[test]
fn who_is_asked_may_stand_behind_the_deed_without_a_comma() {
    assert_eq!(
        rows("The index is missing on the report table. Can you add it Hannah?"),
        ["Add the index | - | Hannah"]
    );
}

#[test]
fn what_is_the_case_is_no_job() {
    check(&[
        (
            "Notes\n- demo with the client went fine\n- Kim to buy ink",
            &["Buy ink"],
        ),
        (
            "Notes\n- Yoga class for staff starts 14 Sept\n- Kim to buy ink",
            &["Buy ink"],
        ),
        ("Ward notes. Two discharges planned before lunch.", &[]),
        (
            "Stand-up\n- Kim: hits a lock on the orders table\n- Bo to fix the lamp",
            &["Fix the lamp"],
        ),
    ]);
}

#[test]
fn who_does_what_an_item_names_may_stand_behind_it() {
    assert_eq!(
        rows(
            "Summer fair\n- face painting: Marie does it\n- hedge trimming – Paul takes care of that\n- raffle: nobody yet"
        ),
        ["Face painting | - | Marie", "Hedge trimming | - | Paul"]
    );
    assert_eq!(
        rows("Ralf knows a roofer, calls him this week."),
        ["Call the roofer | 2026-03-13 | Ralf"]
    );
    check(&[("Ralf knows the roofer, likes him a lot.", &[])]);
}

#[test]
fn lines_that_open_with_a_handle_say_whose_work_it_is() {
    assert_eq!(
        rows(
            "@maria finished the invoice template\n@li reviewing the parser\n\
             @sam writing the release notes, done by Friday noon"
        ),
        [
            "Review the parser | - | li",
            "Write the release notes | 2026-03-13T12:00:00+00:00 | sam"
        ]
    );
    check(&[(
        "@maria the parcel is here\n@li please fetch it today",
        &["Fetch the parcel"],
    )]);
}

#[test]
fn an_offer_to_drop_things_is_no_cancellation() {
    check(&[
        (
            "Hannah: the test server is full\nViktor: I can drop the old snapshots today\n",
            &["Drop the old snapshots"],
        ),
        ("Ben: I'll bake a pie\nAda: we can drop the pie\n", &[]),
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

#[test]
fn a_mail_to_two_asks_each_on_a_line_of_their_own() {
    assert_eq!(
        rows(
            "Hi Markus, hi Tine,\n\nthe workshop was moved to 3 June.\n\
             Markus: please rebook our tickets, and check if the hotel has rooms.\n\
             Tine: could you update the slides by the 23rd?\n\nBest\nCarola"
        ),
        [
            "Rebook our tickets | - | Markus",
            "Check if the hotel has rooms | - | Markus",
            "Update the slides | 2026-03-23 | Tine"
        ]
    );
}
