//! What is asked for, needed or taken on in passing, and where things have to be.

use super::forms::check;

#[test]
fn what_is_asked_of_an_office_or_taken_on_in_passing_is_read() {
    check(&[
        (
            "I would be very grateful if your assistant could copy the deed.",
            &["Copy the deed"],
        ),
        (
            "Could your department confirm the seat?",
            &["Confirm the seat"],
        ),
        (
            "I'll carve the ham, and if you could bring the mustard that would be lovely.",
            &["Carve the ham", "Bring the mustard"],
        ),
        (
            "Olga asked whether I could tune the piano, and I said yes.",
            &["Tune the piano"],
        ),
        (
            "Olga asked whether I could tune the piano; I said I'd think about it.",
            &[],
        ),
        ("The lease has to be cancelled.", &["Cancel the lease"]),
        ("We need salt. I'll get it on Monday.", &["Get salt"]),
    ]);
}

#[test]
fn where_a_thing_has_to_be_is_where_it_is_brought() {
    check(&[
        (
            "The urn has to be with the verger by Friday.",
            &["Get the urn to the verger"],
        ),
        (
            "And the pass, it's got to be on the dashboard by Friday.",
            &["Get the pass on the dashboard"],
        ),
        (
            "Ravi lands at 18:10 on Friday and needs to be picked up.",
            &["Pick up Ravi"],
        ),
        ("Tram 6 goes back to its usual stop on Monday.", &[]),
        ("We'll raise a glass to you on Saturday!", &[]),
    ]);
}

#[test]
fn what_is_needed_by_a_day_is_got() {
    check(&[
        (
            "I need a scarf for Ida by Saturday.",
            &["Get a scarf for Ida"],
        ),
        ("I need a break by Saturday.", &[]),
        ("I need a scarf.", &[]),
        (
            "We must not forget Opa's jubilee on the 12th.",
            &["Remember Opa's jubilee"],
        ),
        ("We still haven't fed the bees.", &["Feed the bees"]),
        (
            "Let us know by Sunday what you'd like to drink.",
            &["Let us know what you'd like to drink"],
        ),
        ("Let us know what you'd like to drink.", &[]),
        (
            "The deadline for the abstract is 15 May.",
            &["Hand in the abstract"],
        ),
        (
            "The kettle leaks and has to be swapped by Friday.",
            &["Swap the kettle"],
        ),
        (
            "If the checks pass, release on Monday.",
            &["Release if the checks pass"],
        ),
    ]);
}

#[test]
fn a_few_words_and_a_day_are_a_note() {
    check(&[
        ("Thesis due Friday.", &["Thesis"]),
        ("Physio Thursday.", &["Physio"]),
        ("So tired today.", &[]),
        ("Apply by the 10th.", &["Apply"]),
        (
            "The fee goes up in May, so register by the 20th.",
            &["Register"],
        ),
        ("Those who apply by the 10th win.", &[]),
        (
            "If nothing by 5 April ring the clinic.",
            &["Ring the clinic if nothing"],
        ),
    ]);
}

#[test]
fn what_one_will_do_or_let_others_have_is_no_second_task() {
    check(&[
        (
            "I have to fetch the pills, I'll do that on the way home.",
            &["Fetch the pills"],
        ),
        (
            "I'll write the review, you'll get it for comments on Monday.",
            &["Write the review"],
        ),
        (
            "If they can't deliver by Friday, cancel the order and ring the shop.",
            &[
                "Cancel the order if they can't deliver",
                "Ring the shop if they can't deliver",
            ],
        ),
    ]);
}

#[test]
fn when_it_is_leaves_no_words_in_the_title() {
    check(&[
        (
            "Send a note 3 days before the deadline (20 March).",
            &["Send a note"],
        ),
        (
            "Print the scores an hour before the concert on Thursday at 7pm.",
            &["Print the scores"],
        ),
        ("Restart the pump right now.", &["Restart the pump"]),
        ("Done: the audit. Next: tune the pump.", &["Tune the pump"]),
    ]);
}

#[test]
fn few_orders_with_a_term_are_no_advice() {
    check(&[
        (
            "Pay the credit card by the 25th, cancel the unused radio account, file the receipts for tax.",
            &[
                "Pay the credit card",
                "Cancel the unused radio account",
                "File the receipts for tax",
            ],
        ),
        (
            "Can someone from accounts check the refund please?",
            &["Check the refund"],
        ),
        ("Lou don't forget the drum.", &["Remember the drum"]),
        (
            "Don't forget: dentist Thursday 10:15 (Max), vet Friday 16:00 (Luna).",
            &["Dentist", "Vet"],
        ),
    ]);
}
