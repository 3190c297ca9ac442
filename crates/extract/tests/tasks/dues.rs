//! Which date is whose: deadlines told beside the deed, in other sentences, and those that are none.

use super::found;

/// The deadlines of the tasks of a text written on Wednesday, 11 March 2026.
fn dues(text: &str) -> Vec<String> {
    let due = |task: extract::ExtractedTask| task.due.map_or("-".to_owned(), |due| due.to_string());
    found(text).into_iter().map(due).collect()
}

fn check(cases: &[(&str, &[&str])]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(text, expected)| dues(text) != *expected)
        .map(|(text, expected)| format!("{text:?}: {:?}, not {expected:?}", dues(text)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_statement_beside_the_deed_gives_its_day() {
    check(&[
        (
            "The courier leaves on Friday, make sure the box is taped.",
            &["2026-03-13"],
        ),
        (
            "Ada has swimming on Thursday so pack her goggles.",
            &["2026-03-12"],
        ),
        (
            "I need to fetch the cake from Rossi, that's Saturday.",
            &["2026-03-14"],
        ),
        (
            "Collect the tiles from Hofer's, I guess Monday to be safe.",
            &["2026-03-16"],
        ),
    ]);
}

#[test]
fn a_day_before_a_conjunction_is_of_the_deed() {
    check(&[(
        "Send it on Monday because he flies on Tuesday.",
        &["2026-03-16"],
    )]);
}

#[test]
fn days_of_things_and_waived_days_are_no_deadlines() {
    check(&[
        (
            "Cancel the room we had booked for Thursday, by tomorrow please.",
            &["2026-03-12"],
        ),
        ("Please fix the tap. It doesn't have to be today.", &["-"]),
        (
            "Once the quote is in (he hopes for the 20th) I will order the tiles.",
            &["-"],
        ),
    ]);
}

#[test]
fn days_ahead_of_an_event_are_counted_back() {
    check(&[
        (
            "Please return the forms one week before the audit on 30 March.",
            &["2026-03-23"],
        ),
        (
            "To do\n- get the float from the bank, day before (the fair is on Sat 21st)",
            &["2026-03-20"],
        ),
    ]);
}

#[test]
fn terms_are_told_behind_the_deed() {
    check(&[
        (
            "I'll write up the survey. Give me till Monday.",
            &["2026-03-16"],
        ),
        (
            "I'll proofread the menu. She wants it tomorrow 5pm.",
            &["2026-03-12T17:00:00+00:00"],
        ),
    ]);
}

#[test]
fn parts_of_the_day_bound_and_repeat() {
    check(&[
        ("Fix the gate before dark.", &["2026-03-11"]),
        ("Raise a ticket by evening.", &["2026-03-11"]),
        ("Water the seedlings mornings till Friday", &["2026-03-11"]),
        ("Update the plan, 24.07.", &["2026-07-24"]),
    ]);
}

#[test]
fn weeks_and_corrections_in_other_lines_give_the_day() {
    check(&[
        (
            "Week plan\nMo call the plumber 9.30\nMi –\nFr holiday",
            &["2026-03-16T09:30:00+00:00"],
        ),
        (
            "Week plan\nMo call the adviser\nTu –\nWe dinner with the Farrs",
            &["2026-03-16"],
        ),
        (
            "Please book the hall for the 20th. Correction: the 21st.",
            &["2026-03-21"],
        ),
        (
            "Shorten the intro. Fix the second table. All due by 30 March.",
            &["2026-03-30", "2026-03-30"],
        ),
        (
            "Next week we rehearse on Thursday, please learn the hymn till then.",
            &["2026-03-19"],
        ),
    ]);
}

#[test]
fn days_pointed_to_are_taken_over() {
    check(&[
        (
            "The sweep comes on Friday so please clear the hearth before that.",
            &["2026-03-12"],
        ),
        (
            "I drive him to the clinic on Monday at 9, can you feed the cat meanwhile?",
            &["2026-03-16T09:00:00+00:00"],
        ),
        ("Please tell the gardener not to come on Thursday.", &["-"]),
    ]);
}

#[test]
fn what_is_known_of_a_thing_bounds_what_is_done_with_it() {
    check(&[
        (
            "The landlord wants the meter readings by 20 March, can you post them?",
            &["2026-03-20"],
        ),
        (
            "Renew the permit, it runs out on 31 March.",
            &["2026-03-31"],
        ),
        (
            "The lease runs out on 31 March. Please renew it.",
            &["2026-03-31"],
        ),
        (
            "Before you leave on Friday, lock the shed.",
            &["2026-03-13"],
        ),
        (
            "Since we have guests on Friday, please buy cheese.",
            &["2026-03-13"],
        ),
        ("Look into the leak of 3 March.", &["-"]),
        (
            "The fair is on Saturday. Collect the tables in the morning.",
            &["2026-03-14"],
        ),
        (
            "I'll be in Graz on Friday and will hand over the keys then.",
            &["2026-03-13"],
        ),
        (
            "Return the drill – due Friday – and pay the fine.",
            &["2026-03-13", "-"],
        ),
        (
            "Starting Monday, lock the gate every evening.",
            &["2026-03-16"],
        ),
        (
            "Supper at 8 on Friday - book a table.",
            &["2026-03-13T20:00:00+00:00"],
        ),
        (
            "The rehearsal moved from Tuesday to Friday, please tell Ida.",
            &["-"],
        ),
    ]);
}

#[test]
fn days_of_an_event_are_those_of_the_title() {
    check(&[
        (
            "Fair on 21 March – what is left:\n- cake (Ida, day before)\n- posters by Friday\n- collect the tables on the day",
            &["2026-03-20", "2026-03-13", "2026-03-21"],
        ),
        (
            "Can you get the tickets? They go on sale tomorrow at 10.",
            &["2026-03-12T10:00:00+00:00"],
        ),
    ]);
}

#[test]
fn a_term_told_beside_or_behind_the_deed_is_its_day() {
    check(&[
        (
            "Ida runs the smoke tests, she has until Tuesday.",
            &["2026-03-17"],
        ),
        (
            "The licence lapses on the 24th, apply for four more weeks.",
            &["2026-03-24"],
        ),
        (
            "Label the cream, he's coming at 5:30 today.",
            &["2026-03-11T17:30:00+00:00"],
        ),
        (
            "Two weeks from Friday we open the exhibition. By then the captions need to be mounted.",
            &["2026-03-27"],
        ),
        (
            "Before I forget, Thursday week is the hearing, the bundle has to be paginated by then.",
            &["2026-03-19"],
        ),
    ]);
}

#[test]
fn what_is_to_be_done_before_an_event_has_its_day() {
    check(&[
        (
            "The bus leaves at 9:45 on Saturday. Chase the forms before the bus leaves.",
            &["2026-03-14T09:45:00+00:00"],
        ),
        (
            "Training starts on 23 March. Please read the handbook before training starts.",
            &["2026-03-22"],
        ),
        (
            "The audit is on 24 March. Two days before the audit Ida updates the asset list.",
            &["2026-03-22"],
        ),
        (
            "The audit is on 24 March. For the audit, Ida updates the asset list.",
            &["2026-03-24"],
        ),
    ]);
}

#[test]
fn each_of_several_who_share_work_has_the_day_before_the_name() {
    check(&[
        (
            "Monday Ana sweeps the yard, Friday Ben mends the gate.",
            &["2026-03-16", "2026-03-13"],
        ),
        (
            "Mondays Ana sweeps the yard, Fridays Ben mends the gate.",
            &["2026-03-16", "2026-03-13"],
        ),
        (
            "Open the gate on Monday and close it on Friday.",
            &["2026-03-16", "2026-03-13"],
        ),
        (
            "Every Wednesday at 16:00: Ida skims the feed.",
            &["2026-03-11T16:00:00+00:00"],
        ),
    ]);
}

#[test]
fn a_day_set_anew_stands_for_the_first() {
    check(&[
        (
            "Remind me to ring Ben on Sunday. Oh hang on, he's in Leeds till Monday. Monday then.",
            &["2026-03-16"],
        ),
        (
            "Ana opens up on Saturday. Ignore that. Ben will open up instead, at 7:30.",
            &["2026-03-14T07:30:00+00:00"],
        ),
    ]);
}

#[test]
fn a_day_somebody_is_told_of_stays_in_the_title() {
    for (text, summary) in [
        (
            "Tell Ida mid-month works for the tiles.",
            "Tell Ida mid-month works for the tiles",
        ),
        ("Ask Ida whether 8 pm works.", "Ask Ida whether 8 pm works"),
        ("Let the plumber in tomorrow.", "Let the plumber in"),
        ("Refill tanker 2 this morning.", "Refill tanker 2"),
        ("Feed the cat over the w/e", "Feed the cat"),
        (
            "We want a hotel near the station. Could you reserve one?",
            "Reserve a hotel",
        ),
    ] {
        let found: Vec<String> = found(text).into_iter().map(|task| task.summary).collect();
        assert!(found.iter().any(|own| own == summary), "{text}: {found:?}");
    }
    check(&[
        ("Tell Ida mid-month works for the tiles.", &["-"]),
        ("Feed the cat over the w/e", &["2026-03-15"]),
    ]);
}

#[test]
fn a_lone_day_above_a_list_is_the_day_of_all_of_it() {
    check(&[
        (
            "tomorrow\nscrub the decks\nring Ida\nmend the net\n",
            &["2026-03-12", "2026-03-12", "2026-03-12"],
        ),
        (
            "sundry\nscrub the decks\nring Ida\nmend the net\n",
            &["-", "-", "-"],
        ),
    ]);
}
