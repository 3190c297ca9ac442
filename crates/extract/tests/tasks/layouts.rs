//! Forms in which tasks are laid out: records, tables, lists shared out, shops, plans of a day.

use super::lines;

const MONDAY: &str = "2026-06-01T09:00:00+01:00";

#[test]
fn attributes_belong_to_the_words_beside_them() {
    for text in [
        "Open points\n1. Paint the shed. Owner: Ida. Due: 9 June. Priority: low\n2. Swap the lock – done",
        "Task: Paint the shed\nOwner: Ida\nDue: 9 June\nPriority: low\n\nTask: Swap the lock\nOwner: Jon\nStatus: done",
        "#4411\nTitle: Paint the shed\nReporter: Jon\nPrio: P4   Assignee: Ida   Due: 9 June",
        "K-1 | Owner: Ida | Due: 9 June | Priority: low | Paint the shed\nK-2 | Owner: Jon | CLOSED | Swap the lock",
    ] {
        assert_eq!(
            lines(text, MONDAY),
            ["Paint the shed | 2026-06-09 | low | Ida | []"],
            "{text}"
        );
    }
}

#[test]
fn tables_need_no_bars() {
    assert_eq!(
        lines(
            "Who / What / By\nIda / paint the shed / 9 June\nJon / swap the lock / 10 June",
            MONDAY
        ),
        [
            "Paint the shed | 2026-06-09 | medium | Ida | []",
            "Swap the lock | 2026-06-10 | medium | Jon | []",
        ]
    );
}

#[test]
fn a_shop_is_one_errand() {
    assert_eq!(
        lines(
            "Drugstore:\n- soap\n- plasters\n\nBakery:\n- rye bread",
            MONDAY
        ),
        [
            "Buy soap, plasters | - | medium | - | []",
            "Buy rye bread | - | medium | - | []",
        ]
    );
}

#[test]
fn a_verb_in_front_holds_for_the_things_behind_it() {
    assert_eq!(
        lines("To scrub: sink, tiles\n\nTo print:\n- tickets", MONDAY),
        [
            "Scrub sink, tiles | - | medium | - | []",
            "Print tickets | - | medium | - | []",
        ]
    );
}

#[test]
fn an_arrow_leads_to_what_is_to_be_done() {
    assert_eq!(
        lines(
            "- gate squeaks -> oil the hinges\n- roof leaks → Ida calls the roofer",
            MONDAY
        ),
        [
            "Oil the hinges | - | medium | - | []",
            "Call the roofer | - | medium | Ida | []",
        ]
    );
}

#[test]
fn a_day_is_planned_with_dots() {
    assert_eq!(
        lines(
            "Tuesday\n8.30 post the form\n11.00 water the roses\n2.15 call Ida",
            MONDAY
        ),
        [
            "Post the form | 2026-06-02T08:30:00+01:00 | medium | - | []",
            "Water the roses | 2026-06-02T11:00:00+01:00 | medium | - | []",
            "Call Ida | 2026-06-02T14:15:00+01:00 | medium | - | []",
        ]
    );
}

#[test]
fn records_of_what_was_and_what_costs_are_quiet() {
    for text in [
        "Gate log\n07:10 opened the barrier\n09:30 checked the lorry\n11:45 reset the alarm",
        "Kiln prices\nSmall mug 6\nLarge bowl 14\nGlaze 3",
        "Chapel programme\nFri 5 June 19:30 Brass\nSat 6 June 15:00 Organ\nSun 7 June 18:00 Choir",
        "Yard report for Mr Lind\nFence ok.\nPond fine.\nAll quiet.",
    ] {
        assert_eq!(lines(text, MONDAY), Vec::<String>::new(), "{text}");
    }
}
