//! Ordinary mails, memos and chats: what is asked in them, and what is only said to be polite.

use super::forms::check;
use super::found;

#[test]
fn courtesies_of_mails_ask_for_nothing() {
    check(&[
        (
            "We'd like to invite you to the opening on Thursday at 17:30.",
            &[],
        ),
        (
            "I'd love to welcome everyone to the new library on Friday.",
            &[],
        ),
        ("Any questions, call me on my mobile until six.", &[]),
        ("Your parcel should reach you within three days.", &[]),
        ("The refund should arrive by Friday.", &[]),
        (
            "I'd like to invite the neighbours on Saturday.",
            &["Invite the neighbours"],
        ),
        ("The entries must arrive by Friday.", &["Send the entries"]),
    ]);
}

#[test]
fn a_second_verb_with_its_own_day_is_a_task_of_its_own() {
    check(&[
        (
            "I'll edit the clip on Monday and upload on Friday.",
            &["Edit the clip", "Upload the clip"],
        ),
        (
            "Read the lease on Monday and sign by Friday.",
            &["Read the lease", "Sign the lease"],
        ),
        ("Please wash and iron on Saturday.", &["Wash and iron"]),
        ("We arrive on Friday and leave on Sunday.", &[]),
    ]);
}

#[test]
fn errands_and_persons_of_everyday_notes_are_read() {
    check(&[
        (
            "I need to get to the library before it closes.",
            &["Get to the library"],
        ),
        ("You get to the library and then turn left.", &[]),
        (
            "Ruby bakes the bread on Friday, Jack brings the salt on Friday. Please send me a photo of her.",
            &["Bake the bread", "Bring the salt", "Send me a photo of her"],
        ),
        (
            "Theo: I'll get the stove on Friday\nElla: don't forget the matches!\n",
            &["Get the stove", "Remember the matches"],
        ),
        (
            "The caterers rang. Can you count the RSVPs and send them the number?",
            &["Count the RSVPs and send the caterers the number"],
        ),
    ]);
}

#[test]
fn short_notes_of_every_day_are_read() {
    check(&[
        (
            "Don't forget the parents' evening on Thursday",
            &["Remember the parents' evening"],
        ),
        (
            "I was supposed to call Anna yesterday, must do it today",
            &["Call Anna"],
        ),
        (
            "The smoke alarms need new batteries.",
            &["Get new batteries"],
        ),
        ("The team needs a new spirit.", &[]),
        (
            "I must get round to cancelling the gym before the 30th.",
            &["Cancel the gym"],
        ),
        (
            "I'll have the report with you by Friday.",
            &["Send the report to you"],
        ),
        (
            "We'll have the figures ready by noon.",
            &["Get the figures ready"],
        ),
        ("I'll have the soup with bread.", &[]),
        (
            "Notes\n- legal review of the terms – Sabine, 20 March\n- Kim to buy ink",
            &["Legal review of the terms", "Buy ink"],
        ),
        (
            "Ida to chase the agency, needs an answer by Friday.",
            &["Chase the agency"],
        ),
    ]);
}

#[test]
fn what_somebody_needs_doing_is_done() {
    check(&[
        (
            "She needs her prescription picking up before Friday.",
            &["Pick up her prescription"],
        ),
        ("I need my boots mending by Friday.", &["Mend my boots"]),
        ("The dog likes its morning walking route.", &[]),
        (
            "Action points:\nAM to draft the risk register\nTS to chase legal",
            &["Draft the risk register", "Chase legal"],
        ),
        ("Doors open at 9 AM to let the visitors in.", &[]),
    ]);
}

#[test]
fn what_ordinary_mails_ask_and_tell_is_told_apart() {
    check(&[
        ("Thanks for the quote. When can you start?", &[]),
        (
            "When can you let the surveyor in?",
            &["Let the surveyor in"],
        ),
        (
            "The electrician is coming on Tuesday at 9 to check the fuse box. Can someone let him in?",
            &["Let the electrician in"],
        ),
        (
            "The customer called again. Promised we'd ring back before 5 today.",
            &["Ring back"],
        ),
    ]);
    let tasks = found("Maria will empty the fridge, so take your food home!");
    assert_eq!(tasks[1].assignee, None);
    let asked = found("Mum: can you fetch the tablets on your way home?\nMe: sure\n");
    assert_eq!(asked[0].assignee, None);
}
