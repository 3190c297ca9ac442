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
