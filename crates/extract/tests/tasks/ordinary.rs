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

#[test]
fn what_is_only_chosen_expected_or_announced_is_no_task() {
    check(&[
        (
            "We'd like to go with the oak shelves but without the doors.",
            &[],
        ),
        ("Let's go with option 2 for the leaflet.", &[]),
        ("The missing chair should be here on Thursday.", &[]),
        (
            "Could you do two things for me: phone the garage and post the form.",
            &["Phone the garage", "Post the form"],
        ),
        (
            "- order the paint (Bo, Friday)\n- man from the gas board is coming tomorrow\n",
            &["Order the paint"],
        ),
        (
            "Ida: my badge doesn't open the gate\nDesk - Bo: Hi Ida, let me check. It was never set up for the yard.\n",
            &[],
        ),
    ]);
}

#[test]
fn a_row_of_unlike_things_with_a_day_behind_it_is_a_note_of_several() {
    check(&[
        (
            "vet appointment, dog food, parcel back to Zara by Friday",
            &["Vet appointment", "Dog food", "Parcel back to Zara"],
        ),
        ("eggs, flour, milk by Friday", &["Eggs, flour, milk"]),
    ]);
}

#[test]
fn a_list_of_a_day_is_a_list_of_tasks() {
    check(&[(
        "Salon – Tuesday list\n1. Call Nadia about the dryers\n2. New price cards in the window\n3. Towels!!\n",
        &[
            "Call Nadia about the dryers",
            "New price cards in the window",
            "Towels",
        ],
    )]);
}

#[test]
fn what_was_asked_is_done_where_it_is_said_to_be_in_order() {
    check(&[
        (
            "Ann: could you check the bank details?\nBo: Checked, all correct.\nAnn: thanks\n",
            &[],
        ),
        ("Ann: could you test the alarm?\nBo: tested, works\n", &[]),
    ]);
}

#[test]
fn hours_with_a_dot_and_terms_are_no_words_of_the_deed() {
    check(&[
        ("Meet 8.45 in the yard on Saturday.", &["Meet in the yard"]),
        (
            "Lena prints the flyers as long as she gets the text from us by Tuesday.",
            &["Print the flyers"],
        ),
        (
            "Nora will check the attic, and if the easel's not there she orders a new one from the supplier.",
            &[
                "Check the attic",
                "Order a new easel from the supplier if the easel's not there",
            ],
        ),
    ]);
}

#[test]
fn pronouns_find_what_was_asked_for() {
    check(&[
        (
            "I never got a list of the rooms. Please email it over.",
            &["Email the list of the rooms over"],
        ),
        (
            "- I'll prepare the draft by Friday.\n- The lawyer has asked for a copy of the lease. Fine, send it.\n",
            &["Prepare the draft", "Send the copy of the lease"],
        ),
    ]);
}

#[test]
fn what_is_told_beside_a_deed_is_no_part_of_it() {
    check(&[
        (
            "I'll paint the fence myself on Saturday.",
            &["Paint the fence"],
        ),
        (
            "While you're there ask Bo about the bill.",
            &["Ask Bo about the bill"],
        ),
        (
            "When you're in town pick up the cake.",
            &["Pick up the cake"],
        ),
        ("While you're there you can rest.", &[]),
        (
            "Ida needs the signed form from me by Friday or the bank calls it off.",
            &["Send the signed form to Ida"],
        ),
        (
            "I need the figures from Bo by Friday.",
            &["Get the figures from Bo"],
        ),
        (
            "Tent: Malik is going to see if his uncle can spare his.",
            &["See if his uncle can spare his (tent)"],
        ),
    ]);
}

#[test]
fn what_is_put_off_to_another_day_is_still_to_be_done() {
    check(&[
        (
            "Ann: have you picked the songs yet\nBo: no can we do it tomorrow night\nAnn: deal\n",
            &["Pick the songs"],
        ),
        (
            "Ann: have you seen the new film yet\nBo: no, can we talk tomorrow\n",
            &[],
        ),
    ]);
}

#[test]
fn an_answer_that_names_its_deed_is_told_once() {
    check(&[
        (
            "Ann: who is doing the cake\nBo: me! got a friend who makes them, I'll order it this week\nAnn: lovely\n",
            &["Order the cake"],
        ),
        (
            "Ann: who is doing the washing up\nBo: me!\n",
            &["Do the washing up"],
        ),
        (
            "I will sign the contract the day I get it.",
            &["Sign the contract"],
        ),
        (
            "Ann: we haven't told the bridesmaids the time\nBo: thought your mum did?\nAnn: nope. I'll message them now\n",
            &["Message the bridesmaids"],
        ),
    ]);
}

#[test]
fn what_is_only_pointed_at_is_told_as_one_says_it() {
    check(&[
        ("They need to be picked up at 4.", &["Pick them up"]),
        ("It needs to be fixed by Friday.", &["Fix it"]),
    ]);
}
