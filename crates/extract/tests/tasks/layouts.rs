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
fn a_shop_needs_no_colon() {
    assert_eq!(
        lines(
            "groceries\n  tofu, 2x\n  rice\nchemist: plasters\npost the parcel",
            MONDAY
        ),
        [
            "Buy tofu, 2x, rice | - | medium | - | []",
            "Buy plasters | - | medium | - | []",
            "Post the parcel | - | medium | - | []",
        ]
    );
}

#[test]
fn headings_in_words_give_their_day() {
    assert_eq!(
        lines(
            "Weekend jobs\n- mow the lawn\n- mend the gate by Saturday",
            MONDAY
        ),
        [
            "Mow the lawn | 2026-06-07 | medium | - | []",
            "Mend the gate | 2026-06-06 | medium | - | []",
        ]
    );
    assert_eq!(
        lines("Weekend Warriors\n- mow the lawn", MONDAY),
        ["Mow the lawn | - | medium | - | []"]
    );
    assert_eq!(
        lines(
            "MORGEN\n07:15 dentist\ncall the bank before 12\npost the form",
            MONDAY
        ),
        [
            "Dentist | 2026-06-02T07:15:00+01:00 | medium | - | []",
            "Call the bank | 2026-06-02T12:00:00+01:00 | medium | - | []",
            "Post the form | 2026-06-02 | medium | - | []",
        ]
    );
    assert_eq!(
        lines("Morgen\ncan you call the bank today?", MONDAY),
        ["Call the bank | 2026-06-01 | medium | - | []"]
    );
}

#[test]
fn hours_of_entries_are_of_the_day_in_the_title() {
    assert_eq!(
        lines(
            "Wedding 13 June\n- fetch the flowers 9:30\n- Leo drives Gran 11:00\n- order the cake by 8 June",
            MONDAY
        ),
        [
            "Fetch the flowers | 2026-06-13T09:30:00+01:00 | medium | - | []",
            "Drive Gran | 2026-06-13T11:00:00+01:00 | medium | Leo | []",
            "Order the cake | 2026-06-08 | medium | - | []",
        ]
    );
    assert_eq!(
        lines("Meeting 28 May\n- call the plumber at 4 pm", MONDAY),
        ["Call the plumber | 2026-06-01T16:00:00+01:00 | medium | - | []"]
    );
    assert_eq!(
        lines("- file the form by 9 June\n- feed the yeast 9 pm", MONDAY)[1],
        "Feed the yeast | 2026-06-01T21:00:00+01:00 | medium | - | []"
    );
}

#[test]
fn the_columns_of_a_board_need_no_bullets() {
    assert_eq!(
        lines(
            "TODO\nK-12 retry on timeout @omar\nK-15 drop the flag @lea\nDOING\nK-9 refund screen @omar\nDONE\nK-3 login",
            MONDAY
        ),
        [
            "K-12 retry on timeout | - | medium | omar | []",
            "K-15 drop the flag | - | medium | lea | []",
            "K-9 refund screen | - | medium | omar | []",
        ]
    );
}

#[test]
fn a_title_above_what_each_brings_is_no_task() {
    assert_eq!(
        lines(
            "Canoe trip\nIda: tent\nTom: map\nme: snacks\nbook the train by Friday",
            MONDAY
        ),
        [
            "Tent | - | medium | Ida | []",
            "Map | - | medium | Tom | []",
            "Snacks | - | medium | - | []",
            "Book the train | 2026-06-05 | medium | - | []",
        ]
    );
}

#[test]
fn what_is_got_ready_for_heads_a_bare_list() {
    assert_eq!(
        lines(
            "office move\npack own desk\nlabel the crates\nkeys to security",
            MONDAY
        ),
        [
            "Pack own desk | - | medium | - | []",
            "Label the crates | - | medium | - | []",
            "Send keys to security | - | medium | - | []",
        ]
    );
    assert_eq!(lines("book trip\nring Jo\norder tape", MONDAY).len(), 3);
}

#[test]
fn jotted_lines_do_not_run_on() {
    assert_eq!(
        lines(
            "till was short again\nfridge alarm went off twice, called the engineer, comes between 10 and 12\nring dairy\nsend rota to Ida",
            MONDAY
        ),
        [
            "Ring dairy | - | medium | - | []",
            "Send rota to Ida | - | medium | - | []",
        ]
    );
}

#[test]
fn a_list_behind_which_its_day_stands_is_of_that_day() {
    assert_eq!(
        lines("Kitchen prep Fri\n- clean the fryer\n- Ida: salads", MONDAY),
        [
            "Clean the fryer | 2026-06-05 | medium | - | []",
            "Salads | 2026-06-05 | medium | Ida | []",
        ]
    );
    assert_eq!(
        lines("Weekly sync Fri\n- clean the fryer", MONDAY),
        ["Clean the fryer | - | medium | - | []"]
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

#[test]
fn a_heading_of_jobs_makes_what_is_below_it_to_do() {
    assert_eq!(
        lines(
            "Sunday jobs\n1 gutters (Ida)\n2 prescription, chemist shuts 12.30\n3 school shirts",
            MONDAY
        ),
        [
            "Gutters | 2026-06-07 | medium | Ida | []",
            "Prescription | 2026-06-07 | medium | - | []",
            "School shirts | 2026-06-07 | medium | - | []",
        ]
    );
    assert_eq!(
        lines("Jobs for Thursday\n1 invoices\n2 skip permit", MONDAY),
        [
            "Invoices | 2026-06-04 | medium | - | []",
            "Skip permit | 2026-06-04 | medium | - | []",
        ]
    );
    for text in [
        "Top jobs in London\n1 plumber\n2 nurse\n3 teacher",
        "Print jobs\n1 flyers\n2 posters\n3 labels",
        "Race results\n1 Kim\n2 Lea\n3 Tom",
    ] {
        assert_eq!(lines(text, MONDAY), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_week_is_planned_with_dashes() {
    assert_eq!(
        lines(
            "WEEK\nmo –\ndi – allergy shot 11:45\nmi – fetch Ida 15h (Jon works late)\nfr – off",
            MONDAY
        ),
        [
            "Allergy shot | 2026-06-02T11:45:00+01:00 | medium | - | []",
            "Fetch Ida | 2026-06-03T15:00:00+01:00 | medium | - | []",
        ]
    );
    assert_eq!(
        lines(
            "mon - oil the gate\ntue - blood test 8:40\nwed - off\nthu - bring cake",
            MONDAY
        ),
        [
            "Oil the gate | 2026-06-01 | medium | - | []",
            "Blood test | 2026-06-02T08:40:00+01:00 | medium | - | []",
            "Bring cake | 2026-06-04 | medium | - | []",
        ]
    );
    for text in [
        "mo – soup\ndi – fish\nmi – pasta\ndo – salad",
        "mo – work 8h\ndi – work 6h\nmi – work 7h",
    ] {
        assert_eq!(lines(text, MONDAY), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn the_label_of_a_list_tells_its_day() {
    assert_eq!(
        lines("Shopping list for Saturday: rice, plums, rye bread", MONDAY),
        ["Buy rice, plums, rye bread | 2026-06-06 | medium | - | []"]
    );
}

#[test]
fn brackets_that_tell_of_a_thing_do_not_hide_it() {
    assert_eq!(
        lines(
            "- call the plumber\n- present for Ida (she's 70 on the 20th)\n- hair clip order to Wella",
            MONDAY
        )
        .len(),
        3
    );
}

#[test]
fn lists_of_what_was_ask_for_nothing() {
    for text in [
        "Things that made me laugh today\n- the goose\n- finished the jigsaw!!\n- Jo rang",
        "Three good things about today:\n- coffee with Ina\n- nobody called",
        "already packed: tent, stove, maps\nnot taking: the kayak",
    ] {
        assert_eq!(lines(text, MONDAY), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn tables_need_no_header() {
    assert_eq!(
        lines(
            "GALA 7/14\n--------\nstage lights   Ben   Friday\nprogramme      Ida   7/6\nbanner         Jon   DONE\nchairs         ??    must be before 9/6",
            MONDAY
        ),
        [
            "Stage lights | 2026-06-05 | medium | Ben | []",
            "Programme | 2026-07-06 | medium | Ida | []",
            "Chairs | 2026-09-05 | medium | - | []",
        ]
    );
    for text in [
        "goulash   Mia   4.50\nsoup      Tom   3.20",
        "Spurs   Hull   3/3\nLeeds   Bath   4/3",
        "soap      2.50    in stock\ntowels    9.00    out",
    ] {
        assert_eq!(lines(text, MONDAY), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn an_arrow_hands_a_thing_to_somebody_by_a_day() {
    assert_eq!(
        lines(
            "- benches → Ines, 4.8\n- kettle (blown) → buy new\n- music → Jon, Friday",
            MONDAY
        ),
        [
            "Benches | 2026-08-04 | medium | Ines | []",
            "Buy new kettle | - | medium | - | []",
            "Music | 2026-06-05 | medium | Jon | []",
        ]
    );
    assert_eq!(
        lines("Berlin → Hamburg, 4.12\nHamburg → Bremen, 5.12", MONDAY),
        Vec::<String>::new()
    );
}

#[test]
fn what_is_needed_and_sold_is_bought() {
    assert_eq!(
        lines("need: milk, eggs, bin bags", MONDAY),
        ["Buy milk, eggs, bin bags | - | medium | - | []"]
    );
    for text in [
        "need: patience, time, hope",
        "Need: two volunteers, one driver",
    ] {
        assert_eq!(lines(text, MONDAY), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_ticked_entry_heads_nothing() {
    let text = "Fair – what's left\nPermit: sent ✔\nChairs: borrow from the school\nTents: collect from Ida";
    let found: Vec<String> = super::found(text)
        .into_iter()
        .map(|task| task.summary)
        .collect();
    assert_eq!(
        found,
        ["Borrow chairs from the school", "Collect tents from Ida"]
    );
}
