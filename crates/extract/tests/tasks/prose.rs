//! Deeds in running text and talk: constructions, each in other words than the labelled texts.

use super::check_deeds;

#[test]
fn pronouns_stand_for_what_was_named() {
    check_deeds(&[
        (
            "The plumber can't begin until the old pipes are out, so Petra please pull those out by Friday.",
            &["Pull the old pipes out | Petra"],
        ),
        (
            "Unless the visa form is signed they won't let us in, so please sign it today.",
            &["Sign the visa form | -"],
        ),
        (
            "The rota for the stall, you have to print that before Monday.",
            &["Print the rota for the stall | -"],
        ),
        (
            "camp beds – borrow from Ruth by Friday",
            &["Borrow camp beds from Ruth | -"],
        ),
    ]);
}

#[test]
fn work_is_given_out_in_many_forms() {
    check_deeds(&[
        (
            "Everybody brings a torch on Friday.",
            &["Bring a torch | -"],
        ),
        ("Bins go out tomorrow night.", &["Put bins out | -"]),
        (
            "Please make sure the gate is locked and the heating is switched off.",
            &["Lock the gate | -", "Switch off the heating | -"],
        ),
        (
            "Don't forget you said you'd water the ferns on Sunday.",
            &["Water the ferns | -"],
        ),
        (
            "Dad would rather you sold the old bike.",
            &["Sell the old bike | -"],
        ),
        (
            "The boys need boots before the season starts.",
            &["Get boots | -"],
        ),
        (
            "Please have the back room empty by Friday.",
            &["Have the back room empty | -"],
        ),
        (
            "Please get it back to Marta by Friday. I mean the drill.",
            &["Get it back to Marta | -"],
        ),
        (
            "In the meantime could you find a cheaper quote for the fence?",
            &["Find a cheaper quote for the fence | -"],
        ),
        (
            "Could you have Tomas redraw the plan?",
            &["Redraw the plan | Tomas"],
        ),
        (
            "The head said that the forms must be returned by Friday.",
            &["Return the forms | -"],
        ),
        (
            "If the tiles are late then kindly order from Rossi, we cannot wait any longer.",
            &["Order from Rossi if the tiles are late | -"],
        ),
    ]);
}

#[test]
fn notes_say_where_a_thing_is_to_go() {
    check_deeds(&[
        (
            "Lunch boxes to the school office by Friday.",
            &["Take lunch boxes to the school office | -"],
        ),
        (
            "Call Tom. Old curtains to the charity shop.",
            &["Call Tom | -", "Take Old curtains to the charity shop | -"],
        ),
        ("Thanks to everybody for Friday.", &[]),
    ]);
}

#[test]
fn speech_without_marks_is_cut_into_clauses() {
    check_deeds(&[(
        "note to myself the shed roof leaks again ring the roofer tomorrow morning and ask for a price he promised one last month and then paint the gate",
        &[
            "Ring the roofer and ask for a price | -",
            "Paint the gate | -",
        ],
    )]);
}

#[test]
fn questions_of_who_are_answered() {
    check_deeds(&[
        (
            "Anna: who's printing the badges\nBen: me, by Friday\nAnna: great",
            &["Print the badges | Ben"],
        ),
        (
            "Anna: who can fetch the keys?\nBen: I can fetch them tomorrow\nAnna: great",
            &["Fetch the keys | Ben"],
        ),
        (
            "Anna: could you send us the two quotes?\nBen: sure, I'll email them tonight\nAnna: great",
            &["Email the two quotes | Ben"],
        ),
        (
            "Anna: did anyone answer the museum?\nBen: not yet\nBen: will do it now",
            &["Answer the museum | Ben"],
        ),
        (
            "Anna: we should move the shoot to the 12th\nBen: ok, I rebook the van tomorrow\nAnna: wait, they keep the 10th. So nothing to change!",
            &[],
        ),
    ]);
}

#[test]
fn what_only_looks_like_an_order_stays_quiet() {
    check_deeds(&[
        ("Fee backlog down to twelve.", &[]),
        ("Back in 1990 my uncle sold the farm.", &[]),
        ("Hi Sam, could you tell me which bus you took?", &[]),
        ("Grandma always said you should save your pennies.", &[]),
        (
            "If you are ever in Bergen, take the funicular. Bring a raincoat.",
            &[],
        ),
        ("Cheers for the lift home, Bea!", &[]),
        ("Help yourself to the cake in the kitchen.", &[]),
        ("Mum had a lovely day. She's paying cash on Friday.", &[]),
    ]);
}
