mod bounds;

use crate::testing::{assignees, dues};

const FRIDAY: &str = "2026-03-13";

fn due_on(texts: &[&str], day: &str) {
    for text in texts {
        assert_eq!(dues(text).first(), Some(&Some(day.to_owned())), "{text}");
    }
}

#[test]
fn a_label_with_a_colon_holds_for_all_deeds_behind_it() {
    for text in [
        "Kitchen team, who does what on Friday: Ida peels the carrots, Ben scrubs the pots.",
        "Order of work for Friday: Ida drains the pond; then Ben swaps the liner.",
        "Ida peels the carrots and Ben scrubs the pots, all on Friday.",
    ] {
        let found = dues(text);
        assert!(
            found.len() == 2 && found.iter().all(|due| due.as_deref() == Some(FRIDAY)),
            "{text}: {found:?}"
        );
    }
}

#[test]
fn the_day_of_another_ones_deed_is_its_own() {
    let text = "We agreed that Ida sews the flags, that Ben's uncle carves a sign by Friday, and nothing else.";
    assert_eq!(dues(text)[0], None);
}

#[test]
fn where_somebody_is_that_day_says_when() {
    due_on(
        &[
            "Ida, pick up the frames in Leeds, you're there on Friday anyway.",
            "Since Ida's in Leeds on Friday she'll buy the frames there.",
            "On my way to Leeds on Friday I'll pick up the frames.",
            "Ida is back on Friday. She will call the framer then.",
        ],
        FRIDAY,
    );
}

#[test]
fn what_can_wait_lends_no_day() {
    due_on(
        &["The report can wait until Friday, but send the invoice today."],
        "2026-03-10",
    );
    due_on(
        &["Ring the bank tomorrow about the payment due on Friday."],
        "2026-03-11",
    );
    due_on(
        &["Order the flour by Friday, otherwise we have none on Sunday."],
        FRIDAY,
    );
}

#[test]
fn a_season_bounds_what_repeats() {
    due_on(
        &["Ida has to check the pumps every Friday from now till summer."],
        FRIDAY,
    );
    due_on(
        &["Ida has to check the pumps every Friday, starting next week."],
        "2026-03-20",
    );
    due_on(
        &["Starting in April Ida has to check the pumps on the last day of every month."],
        "2026-04-30",
    );
}

#[test]
fn the_lines_of_a_log_are_stamped() {
    let text =
        "Pump log\n10:20 seal tested, tight\n10:40 hose to be swapped by Ida\n10:50 valve closed";
    assert!(dues(text).iter().all(Option::is_none), "{:?}", dues(text));
}

#[test]
fn the_number_of_an_item_is_no_hour() {
    let text = "1. sand the door\n2. paint the door (after 1)";
    assert_eq!(dues(text), [None, None]);
}

#[test]
fn an_answer_gives_the_day() {
    due_on(
        &[
            "Ida: Ben, can you post the key?\nBen: I will, on Friday.",
            "Ben: give me till Friday, I'll post the key",
            "Ida: shall I ring the office?\nBen: yes, Friday please",
        ],
        FRIDAY,
    );
}

#[test]
fn what_is_done_instead_is_done_then() {
    let text = "Ida: Ben, can you bring the stove on Friday?\nIda: scratch that, there is one\nIda: just bring the kettle";
    assert_eq!(dues(text), [Some(FRIDAY.to_owned())]);
}

#[test]
fn of_several_deeds_each_has_the_name_behind_it() {
    let text = "Please paint the fence (Ida), mow the lawn (Ben), wash the van (Carla).";
    let names = ["Ida", "Ben", "Carla"].map(|name| Some(name.to_owned()));
    assert_eq!(assignees(text), names);
}

#[test]
fn a_date_in_brackets_is_of_the_deed_in_them() {
    let text =
        "To do\n- hide the fine (pay it by Friday)\n- blog post: Ida, 20 March (was: 18 March)";
    let found = dues(text);
    assert!(found.contains(&Some(FRIDAY.to_owned())), "{found:?}");
    assert_eq!(found.last(), Some(&Some("2026-03-20".to_owned())));
}

#[test]
fn what_is_stopped_today_lends_no_day_to_the_next_deed() {
    let text = "Ida, stop the press today and reprint the leaflet.";
    assert_eq!(dues(text), [Some("2026-03-10".to_owned()), None]);
}

#[test]
fn the_day_of_a_deed_can_be_told_beside_it() {
    for (text, day) in [
        (
            "Ida paints the gate, and she does it on Friday because Ben is here then.",
            "2026-03-13",
        ),
        (
            "Please ring the baker next week, ideally on Wednesday.",
            "2026-03-18",
        ),
        (
            "Would you mind ringing the baker early next week, Ida, say Thursday at 2 pm?",
            "2026-03-19T14:00:00+01:00",
        ),
        (
            "Ida, press the flowers, he collects them on Friday.",
            "2026-03-13",
        ),
        ("I'll write it up, you'll have it on Friday.", "2026-03-13"),
        (
            "Take the parcel to the depot, they accept it till 5 pm.",
            "2026-03-10T17:00:00+01:00",
        ),
        (
            "Ida brings the slides to Ben before the 4 pm call.",
            "2026-03-10T16:00:00+01:00",
        ),
        (
            "Sweep the hall, Ida. They're being collected on Friday at 9.",
            "2026-03-13T09:00:00+01:00",
        ),
        (
            "Pump leaks again. Owner: Ida. Must be mended by Friday.",
            "2026-03-13",
        ),
        ("Ida, feed the hens from Friday.", "2026-03-13"),
        (
            "On Friday we clear the pond. Ida brings the nets.",
            "2026-03-13",
        ),
    ] {
        assert_eq!(dues(text).last(), Some(&Some(day.to_owned())), "{text}");
    }
}

#[test]
fn what_is_in_no_hurry_has_not_the_day_of_another_deed() {
    for text in [
        "Send the plans by Friday, and ring Ida about the raffle, no hurry with that one.",
        "The van needs washing today. And if you've time, no rush, the shelves need relabelling.",
    ] {
        assert_eq!(dues(text).last(), Some(&None), "{text}");
    }
}

#[test]
fn two_deeds_before_an_event_are_both_due_then() {
    let text = "Clear the gutters and test the pump before the term starts on 20 March.";
    let day = Some("2026-03-19".to_owned());
    assert_eq!(dues(text), [day.clone(), day]);
}

#[test]
fn until_a_clause_bounds_as_until_a_day_does() {
    due_on(
        &[
            "Air the attic until we land on Friday.",
            "Water the ferns till Ida comes back on Friday.",
        ],
        FRIDAY,
    );
}

#[test]
fn before_something_of_today_is_today() {
    due_on(
        &[
            "Copy the drive before the vendor wipes it tonight.",
            "Vacuum the stairs before the guests come tonight.",
        ],
        "2026-03-10",
    );
}

#[test]
fn once_between_commas_opens_no_clause() {
    due_on(&["Ida pays the gas, once, by Friday."], FRIDAY);
}

#[test]
fn a_noun_behind_a_possessive_tells_no_news() {
    due_on(&["Remind Ida about her drops tonight."], "2026-03-10");
    let news = dues("Tell Ida the train leaves tonight.");
    assert_eq!(news, [None]);
}

#[test]
fn a_dotted_hour_behind_by_is_one() {
    due_on(
        &[
            "Shell the peas by 11.30.",
            "Shell the peas before 11.30, please.",
        ],
        "2026-03-10T11:30:00+01:00",
    );
    assert_eq!(dues("Lower the dose by 11.30."), [None]);
}

#[test]
fn a_deed_repeats_while_somebody_is_away() {
    due_on(&["Feed the geese daily while Ida's away."], "2026-03-10");
}

#[test]
fn who_comes_at_an_hour_is_let_in_then() {
    due_on(
        &[
            "The roofer comes at 3, somebody has to let him in.",
            "The roofer comes at 3. Can you let him in?",
            "They deliver the stove at 3, somebody has to be there.",
        ],
        "2026-03-10T15:00:00+01:00",
    );
}
