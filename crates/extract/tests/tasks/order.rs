//! When a task is due and what comes before it, told by the words around it.

use super::lines;

const NOW: &str = "2026-03-10T11:00:00+01:00";

/// Deadline and links of the tasks of a text.
fn due_and_links(text: &str) -> Vec<String> {
    lines(text, NOW)
        .iter()
        .map(|line| {
            let fields: Vec<&str> = line.split(" | ").collect();
            format!("{} {}", fields[1], fields[4])
        })
        .collect()
}

#[test]
fn dates_are_told_from_days_named_before() {
    for (text, due) in [
        (
            "The fair is on 4 April. Send me the price list three days in advance.",
            "2026-04-01 []",
        ),
        ("Book the hall by Wed 2/9.", "2026-09-02 []"),
        ("Book the hall by 2/4.", "2026-04-02 []"),
        ("Book the hall by 2/9.", "2027-02-09 []"),
        (
            "Water the herbs every second evening, first time on the 12th.",
            "2026-03-12 []",
        ),
        ("- order the lamps (Ingrid, 16.10.)", "2026-10-16 []"),
        ("Warn the tenants 3 days before the 25th.", "2026-03-22 []"),
        (
            "On Monday Emil will mount the shelves, he comes at 7:30.",
            "2026-03-16T07:30:00+01:00 []",
        ),
        (
            "Get the crates out by 3 and lock the gate.",
            "2026-03-10T15:00:00+01:00 []",
        ),
        ("Ask the vicar whether 8 pm works.", "- []"),
    ] {
        assert_eq!(
            due_and_links(text).first().map(String::as_str),
            Some(due),
            "{text}"
        );
    }
}

#[test]
fn tables_and_small_words_tell_the_order() {
    for (text, links) in [
        (
            "| # | Step | Who | Depends on |\n|---|---|---|---|\n| 1 | Measure the roof | Ada | |\n| 2 | Order the slates | Ben | 1 |",
            vec!["- []", "- [0]"],
        ),
        (
            "Paint the fence this weekend, sand the posts first.",
            vec!["2026-03-15 [1]", "- []"],
        ),
    ] {
        assert_eq!(due_and_links(text), links, "{text}");
    }
}

/// Only the links of the tasks of a text.
fn links(text: &str) -> Vec<String> {
    lines(text, NOW)
        .iter()
        .map(|line| line.split(" | ").nth(4).unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn order_is_told_behind_the_deed_and_by_a_heading() {
    for (text, expected) in [
        (
            "To do\n- Ana: order the tiles\n- Ben: lay the floor. Blocked by the tiles.",
            ["[]", "[0]"],
        ),
        (
            "In this order please:\n1. Ana cleans the tank\n2. Ben fills the tank",
            ["[]", "[0]"],
        ),
        (
            "Please drop the keys at the desk and drive me to the station after.",
            ["[]", "[0]"],
        ),
        (
            "To do\n1) Value the flat\n2) file the tax form (only possible with 1)",
            ["[]", "[0]"],
        ),
        (
            "Please return the form by Friday. Ida will draw up the contract upon receipt of the form.",
            ["[]", "[0]"],
        ),
        (
            "C. Ana orders the tiles\nD. Ben lays the floor after C",
            ["[]", "[0]"],
        ),
        (
            "- empty the shed (Ana) >> paint the shed (Ben)",
            ["[]", "[0]"],
        ),
        (
            "Remove the old lamps. Before that, Ana has to warn the tenants.",
            ["[1]", "[]"],
        ),
        (
            "Ana mends the gate tonight. With that done, please call Mrs Hill.",
            ["[]", "[0]"],
        ),
        (
            "To do\n- Ana: clear the loft\n- Ben: photograph the loft, last of all",
            ["[]", "[0]"],
        ),
        (
            "Ana drafts the letter by Friday, and once she's done, Ben signs it.",
            ["[]", "[0]"],
        ),
        (
            "Ana flushes the pipe today and Ben takes a sample 3 days later.",
            ["[]", "[0]"],
        ),
        (
            "A. Order the badges\nB. Print the cards after A, by Friday",
            ["[]", "[0]"],
        ),
        (
            "Dear Ana,\nplease send us the plan by Friday. On receipt we will order the glass.\nBen",
            ["[]", "[0]"],
        ),
        (
            "Order of play for the yard: Ana sweeps the steps; Ben paints the rail by Friday.",
            ["[]", "[0]"],
        ),
        (
            "Ana glues the model tonight. Ben prints the cards, but only once Ana's finished.",
            ["[]", "[0]"],
        ),
        (
            "Ana gets the new cloth by Friday. Ben hems the flag once the new cloth is here.",
            ["[]", "[0]"],
        ),
    ] {
        assert_eq!(links(text), expected, "{text}");
    }
}

#[test]
fn what_only_happens_or_may_happen_is_no_order() {
    for text in [
        "Bo fixes the pump today. The part comes on Friday, then Ida fits it.",
        "Bo to book the skip. Ida to do the poster – whenever she gets round to it.",
        "I will send you the report as soon as I have received it. Please look at the tree.",
        "Count the tin every Friday, and send me the sheet each month, May being your first.",
    ] {
        let linked = links(text).iter().any(|links| links != "[]");
        assert!(!linked, "{text}: {:?}", links(text));
    }
}

#[test]
fn what_is_waited_for_was_told_before_all_that_waits_for_it() {
    assert_eq!(
        links(
            "Ana merges the patch today. As soon as it's in, Ben will rerun the scan and write to the client."
        ),
        ["[]", "[0]", "[0]"]
    );
}

#[test]
fn then_asked_in_an_answer_is_no_order() {
    let links = links(
        "Ana: I'll buy the lamps on Friday.\nBen: I can't come before ten.\n\
         Ana: then can you get the bread rolls on your way, Ben?\nBen: sure",
    );
    assert_eq!(links, ["[]", "[]"]);
}

#[test]
fn an_order_told_whole_in_a_sentence_ends_with_it() {
    assert_eq!(
        links(
            "Order of play: strip the wall; fill the holes. Dear Kim, please send us the plan by Friday."
        ),
        ["[]", "[0]", "[]"]
    );
}
