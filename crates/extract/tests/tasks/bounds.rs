//! Where a deed begins and ends, and what its pronouns stand for.

use super::{NOW, tasks};

/// Texts and the summaries of the tasks they hold.
fn check(cases: &[(&str, &[&str])]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(text, expected)| {
            let found: Vec<String> = tasks(text, NOW)
                .into_iter()
                .map(|task| task.summary)
                .collect();
            (found != *expected)
                .then(|| format!("{text:?}\n  expected {expected:?}\n  found    {found:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pronouns_stand_for_what_was_named() {
    check(&[
        (
            "The till drawer sticks again. Can somebody fix it today?",
            &["Fix the till drawer"],
        ),
        (
            "The flagpole in the yard is loose. Have it looked at by Friday.",
            &["Have the flagpole looked at"],
        ),
        (
            "After the fair on Tuesday, write up the results and circulate them to all helpers.",
            &["Write up the results and circulate them to all helpers"],
        ),
        (
            "My licence runs out in May, so I need to apply for a new one this month.",
            &["Apply for a new licence"],
        ),
        (
            "We should really replace the doorbell in the shop, it keeps humming; could you buy a new one tomorrow?",
            &["Replace the doorbell in the shop", "Buy a new doorbell"],
        ),
        (
            "The plumber promised to seal the sink, but we must send him photos of it by Thursday.",
            &["Seal the sink", "Send the plumber photos of the sink"],
        ),
        (
            "Don't send the quote yet; first ask Hilde for the part number, then send it on Friday.",
            &["Ask Hilde for the part number", "Send the quote"],
        ),
    ]);
}

#[test]
fn joined_deeds_are_cut_where_another_one_begins() {
    check(&[
        (
            "Could you let Zora know that the fair's moved and send her the new map by Thursday?",
            &[
                "Let Zora know that the fair's moved",
                "Send her the new map",
            ],
        ),
        (
            "The lease must be signed and returned to the office by 15 December.",
            &["Sign the lease and return to the office"],
        ),
        (
            "Could you get it welded or order a new bracket by Friday?",
            &["Get it welded", "Order a new bracket"],
        ),
        (
            "the sweep is coming friday so remember to clear the hearth and leave a key with june",
            &["Clear the hearth", "Leave a key with june"],
        ),
        (
            "Swap the photos on page 4, they're the wrong way round, and add the new map by Friday.",
            &["Swap the photos on page 4", "Add the new map"],
        ),
        (
            "Can you check whether the crate has come and, if it has, take it over to the mill this evening?",
            &[
                "Check whether the crate has come",
                "Take the crate over to the mill if it has",
            ],
        ),
        (
            "Jo closes the ramp today and puts a sign on the gate.",
            &["Close the ramp", "Put a sign on the gate"],
        ),
        (
            "Could the two of you sort out the loft on Saturday and take whatever is broken to the tip?",
            &["Sort out the loft", "Take whatever is broken to the tip"],
        ),
    ]);
}

#[test]
fn side_sentences_stay_outside() {
    check(&[
        (
            "He asked me to chase the mill about the late crates, which I will do tomorrow.",
            &["Chase the mill about the late crates"],
        ),
        (
            "Let's ask Zora if she can host, and if not, book the barn by Friday.",
            &["Ask Zora if she can host", "Book the barn"],
        ),
        (
            "Nora's bike won't brake. Take a look at it tomorrow, and if it's the cable, order a new cable.",
            &[
                "Take a look at Nora's bike",
                "Order a new cable if it's the cable",
            ],
        ),
        (
            "No need to reply to the council, but file their letter and put the date in the calendar today.",
            &["File their letter", "Put the date in the calendar"],
        ),
        (
            "Two jobs for the weekend: the hedge needs a trim and the gutters want clearing.",
            &["Get a trim", "Clear the gutters"],
        ),
        (
            "I'll count the till afterwards and lock the safe by six tonight.",
            &["Count the till", "Lock the safe"],
        ),
    ]);
}

#[test]
fn announcements_are_no_objects() {
    check(&[
        (
            "Hi, just a quick reminder that the rent is due on Friday.",
            &["Pay the rent"],
        ),
        (
            "can u pls fetch the rug from the loft n get some hooks tomorrow",
            &["Fetch the rug from the loft", "Get some hooks"],
        ),
    ]);
}

#[test]
fn marks_that_are_spoken_are_marks() {
    check(&[(
        "Dear Vera comma new line the fence is down again full stop please call the joiner tomorrow full stop could you also ask him for a price question mark",
        &["Call the joiner", "Ask the joiner for a price"],
    )]);
}

#[test]
fn what_only_tells_is_no_deed() {
    check(&[
        ("I am out of the office from Friday.", &[]),
        ("Uncle Bert sends his love and a jar of plums.", &[]),
        (
            "The proposal to buy the meadow was rejected on Friday.",
            &[],
        ),
        ("Leave the hedge alone, it is too early.", &[]),
        (
            "Please find the map in the drawer; you will find the keys there on Friday.",
            &[],
        ),
    ]);
}
