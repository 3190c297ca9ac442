//! Single clauses: what is a task in them, and what is none.

use super::{NOW, check_deeds};

#[test]
fn orders_and_notes() {
    check_deeds(&[
        ("Call the bank", &["Call the bank | -"]),
        ("Order chairs", &["Order chairs | -"]),
        ("Order chairs tomorrow", &["Order chairs | -"]),
        ("Water plants", &["Water plants | -"]),
        ("Please water the plants.", &["Water the plants | -"]),
        (
            "Fix the flaky login test!",
            &["Fix the flaky login test | -"],
        ),
        (
            "Send the signed offer to Lukas by Friday",
            &["Send the signed offer to Lukas | -"],
        ),
        ("Buy milk and eggs", &["Buy milk and eggs | -"]),
        (
            "Print and sign the contract",
            &["Print and sign the contract | -"],
        ),
        (
            "Call Anna and book the room",
            &["Call Anna | -", "Book the room | -"],
        ),
        ("Call Anna and Tom", &["Call Anna | -", "Call Tom | -"]),
        (
            "Sign both copies and return them",
            &["Sign both copies and return them | -"],
        ),
        ("TODO: renew the passport", &["Renew the passport | -"]),
        (
            "Note to self: cancel the gym membership",
            &["Cancel the gym membership | -"],
        ),
        (
            "Make sure the door is locked and feed the cat",
            &["Lock the door | -", "Feed the cat | -"],
        ),
        ("Make sure to lock the door", &["Lock the door | -"]),
        ("Remember to buy stamps", &["Buy stamps | -"]),
        ("Don't forget to feed the cat", &["Feed the cat | -"]),
        ("Remind me to call mum tonight", &["Call mum | -"]),
        ("Let's order new chairs", &["Order new chairs | -"]),
        (
            "Go to the bank and withdraw 200 euros",
            &["Go to the bank | -", "Withdraw 200 euros | -"],
        ),
        (
            "Pick up the parcel at the post office",
            &["Pick up the parcel at the post office | -"],
        ),
        (
            "Please have the kitchen painted",
            &["Have the kitchen painted | -"],
        ),
        ("- [ ] tax return", &["Tax return | -"]),
        (
            "Someone please refill the printer.",
            &["Refill the printer | -"],
        ),
    ]);
}

#[test]
fn requests() {
    check_deeds(&[
        ("Can you send me the report?", &["Send me the report | -"]),
        (
            "Could you please book a table for six?",
            &["Book a table for six | -"],
        ),
        (
            "Would you mind checking the figures?",
            &["Check the figures | -"],
        ),
        (
            "Noor, can you translate the letter?",
            &["Translate the letter | Noor"],
        ),
        (
            "Hi Noor, could you translate the letter?",
            &["Translate the letter | Noor"],
        ),
        (
            "Can you translate the letter, Anna?",
            &["Translate the letter | Anna"],
        ),
        (
            "Can someone clean the coffee machine?",
            &["Clean the coffee machine | -"],
        ),
        (
            "It would be great if you could proofread the flyer.",
            &["Proofread the flyer | -"],
        ),
        ("I need you to sign the form.", &["Sign the form | -"]),
        ("I'd like you to call the client.", &["Call the client | -"]),
        (
            "Would you be able to review my draft?",
            &["Review my draft | -"],
        ),
        (
            "I was wondering if you could move the meeting.",
            &["Move the meeting | -"],
        ),
        ("Why don't you ask the landlord?", &["Ask the landlord | -"]),
        (
            "Anna asked me to send her the slides.",
            &["Send her the slides | -"],
        ),
    ]);
}

#[test]
fn promises_and_obligations() {
    check_deeds(&[
        ("I'll book the flights.", &["Book the flights | -"]),
        ("I will draft the agenda.", &["Draft the agenda | -"]),
        ("Let me check the numbers.", &["Check the numbers | -"]),
        (
            "I'm going to repaint the fence.",
            &["Repaint the fence | -"],
        ),
        (
            "I have to return the library books.",
            &["Return the library books | -"],
        ),
        (
            "We need to renew the certificate.",
            &["Renew the certificate | -"],
        ),
        (
            "We must back up the database.",
            &["Back up the database | -"],
        ),
        (
            "I've got to pay the electricity bill.",
            &["Pay the electricity bill | -"],
        ),
        ("I gotta wash the car.", &["Wash the car | -"]),
        ("Rosa will tag the release.", &["Tag the release | Rosa"]),
        (
            "Jo has to proofread the text.",
            &["Proofread the text | Jo"],
        ),
        (
            "Paul to fix the login test.",
            &["Fix the login test | Paul"],
        ),
        (
            "Nora agreed to write the minutes.",
            &["Write the minutes | Nora"],
        ),
        (
            "Marketing will send the banner.",
            &["Send the banner | Marketing"],
        ),
        (
            "Ben is supposed to order the badges.",
            &["Order the badges | Ben"],
        ),
        ("Slides to be updated by Kim.", &["Update slides | Kim"]),
        (
            "The contract needs to be signed.",
            &["Sign the contract | -"],
        ),
        ("The sink needs fixing.", &["Fix the sink | -"]),
        (
            "The report must be submitted by Friday.",
            &["Submit the report | -"],
        ),
        (
            "Anna is responsible for booking the venue.",
            &["Book the venue | Anna"],
        ),
        (
            "Ingrid prints the leaflet by Friday.",
            &["Print the leaflet | Ingrid"],
        ),
        (
            "I told Sam I'd send the invoice.",
            &["Send the invoice | -"],
        ),
        (
            "You still need to order the badges.",
            &["Order the badges | -"],
        ),
        (
            "I think we should replace the router.",
            &["Replace the router | -"],
        ),
    ]);
}

#[test]
fn people_in_lists() {
    check_deeds(&[
        ("- Docs update – Ines", &["Update docs | Ines"]),
        ("- order switches (Ali)", &["Order switches | Ali"]),
        ("- book room @kim", &["Book room | kim"]),
        ("- Anna: call the caterer", &["Call the caterer | Anna"]),
        ("- Flyers -> Tom", &["Flyers | Tom"]),
        ("Anna: I'll bring the cake.", &["Bring the cake | Anna"]),
        (
            "Action items\n- slides (Kim)\n- room",
            &["Slides | Kim", "Room | -"],
        ),
        (
            "Next steps:\n* Paul: fix login\n* Ines: update docs",
            &["Fix login | Paul", "Update docs | Ines"],
        ),
        (
            "Done\n- send the invoice\n\nTo do\n- pay the rent",
            &["Pay the rent | -"],
        ),
    ]);
}

#[test]
fn what_is_done_is_no_task() {
    let none: Vec<(&str, &[&str])> = [
        "I paid the gas bill and returned the library books.",
        "Anna sent the report yesterday.",
        "We already booked the room.",
        "- [x] invoice Q3",
        "✔ call the bank",
        "- ~~order chairs~~",
        "- buy milk (done)",
        "The slides were updated by Kim.",
        "Paid the rent, fixed the tap, cleaned the fridge.",
        "The deposit is transferred within 14 days.",
        "We have sent the contracts.",
        "Buy milk. Never mind, I bought it.",
        "Book the table. The table is booked already.",
    ]
    .map(|text| (text, [].as_slice()))
    .to_vec();
    check_deeds(&none);
}

#[test]
fn what_is_called_off_is_no_task() {
    let none: Vec<(&str, &[&str])> = [
        "Don't send the report.",
        "Please do not call the client.",
        "No need to book the hotel.",
        "Forget about the banner, marketing already made one.",
        "You don't have to come on Friday.",
        "We won't renew the lease.",
        "Call the plumber. Actually, forget it.",
        "Order the cake. Scratch that.",
        "We no longer need to print the flyers.",
        "Never mind the invoice.",
    ]
    .map(|text| (text, [].as_slice()))
    .to_vec();
    check_deeds(&none);
}

#[test]
fn wishes_questions_and_advice_are_no_tasks() {
    let none: Vec<(&str, &[&str])> = [
        "It would be lovely to visit Porto again.",
        "We could maybe repaint the hall.",
        "I'd love to learn the piano.",
        "Maybe we should get a dog one day.",
        "I wish I could fix this.",
        "Who buys the present?",
        "Do you want me to leave the curtains?",
        "Did you send the invoice?",
        "Have you booked the flight?",
        "Should I call the bank?",
        "When will you send the report?",
        "What time is the meeting?",
        "You should try the new bakery.",
        "If you are ever in Lisbon, visit the tile museum.",
        "Always back up your files.",
        "Never open the oven while baking.",
        "Feel free to take a look.",
        "Let me know if you have questions.",
        "Thanks for organising lunch!",
        "Have a nice weekend!",
        "Looking forward to seeing you.",
        "Enjoy your holiday.",
        "The city council approved the new bridge.",
        "My sister works at the hospital.",
        "Ben is on holiday until Monday.",
        "The office closes at noon.",
        "We talked about moving to weekly releases; no decision yet.",
        "Please find the invoice attached.",
        "Test results are in and look fine.",
        "The review meeting was postponed.",
        "> I will bring the keys on Monday.",
        "He said the order was urgent.",
        "I was going to call you.",
        "Steps to reproduce\n1. Open the settings\n2. Click save",
        "Pancake recipe\n- Mix the flour and the milk\n- Bake for ten minutes",
    ]
    .map(|text| (text, [].as_slice()))
    .to_vec();
    check_deeds(&none);
}

#[test]
fn order_among_tasks() {
    for (text, expected) in [
        (
            "Send the offer to Lukas. After that I'll set up his accounts.",
            vec![vec![], vec![0]],
        ),
        (
            "Before we can print the flyers, Jo has to proofread the text.",
            vec![vec![1], vec![]],
        ),
        (
            "1. Run the migration\n2. Update the docs (blocked by 1)",
            vec![vec![], vec![0]],
        ),
        (
            "Anna will finish the audit. Once the audit is finished, Ben will write the report.",
            vec![vec![], vec![0]],
        ),
        ("Call the bank. Buy stamps.", vec![vec![], vec![]]),
    ] {
        let found: Vec<Vec<usize>> = super::tasks(text, NOW)
            .into_iter()
            .map(|task| task.depends_on)
            .collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn urgency_needs_a_marker() {
    use extract::Priority::{High, Low, Medium};
    for (text, expected) in [
        ("Call the plumber, urgent", High),
        ("Fix the outage ASAP", High),
        ("Pay the fine !!!", High),
        ("P1: restore the backup", High),
        ("Send the deck, it's really important", High),
        ("Clean the attic, no rush", Low),
        ("Sort the photos whenever", Low),
        ("Tidy the shed, not urgent", Low),
        ("Send the deck today", Medium),
        ("File the important documents", Medium),
        ("Lower the shelf", Medium),
    ] {
        let found = super::tasks(text, NOW);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(found[0].priority, expected, "{text}");
    }
}

#[test]
fn areas_by_their_words() {
    use extract::Area;
    for (text, expected) in [
        (
            "Fix the flaky unit test in the login module",
            Area::Development,
        ),
        ("Buy milk and bread", Area::Shopping),
        ("Pay the electricity bill", Area::Finance),
        ("Book the dentist", Area::Health),
        ("Mow the lawn", Area::Household),
        ("Hand in the chemistry homework", Area::Study),
        ("Book the flight to Lisbon", Area::Travel),
        ("Send the proposal to the client", Area::Work),
        ("Plan the birthday party for mum", Area::Personal),
    ] {
        assert_eq!(super::tasks(text, NOW)[0].area, expected, "{text}");
    }
}

#[test]
fn items_below_an_item_are_its_parts() {
    let found = super::tasks(
        "- Plan the party\n  - book the band\n  - invite Anna\n- call mum",
        NOW,
    );
    let parents: Vec<Option<usize>> = found.iter().map(|task| task.parent).collect();
    assert_eq!(parents, [None, Some(0), Some(0), None]);
}

#[test]
fn every_field_has_its_reason() {
    let task = &super::tasks("Paul to fix the login test by tomorrow, urgent", NOW)[0];
    let words = |field| {
        task.reasons[&field]
            .evidence
            .as_ref()
            .unwrap()
            .quote
            .as_str()
    };
    assert_eq!(words(extract::Field::Due), "by tomorrow");
    assert_eq!(words(extract::Field::Priority), "urgent");
    assert_eq!(words(extract::Field::Assignee), "Paul");
    assert!(task.reasons.contains_key(&extract::Field::Area));
    assert!(task.reasons.contains_key(&extract::Field::Category));
}
