//! Forms in which tasks are worded, and those that only look like them.

use super::found;

fn summaries(text: &str) -> Vec<String> {
    found(text).into_iter().map(|task| task.summary).collect()
}

pub(super) fn check(cases: &[(&str, &[&str])]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(text, expected)| summaries(text) != *expected)
        .map(|(text, expected)| format!("{text:?}: {expected:?}, not {:?}", summaries(text)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_order_can_stand_behind_a_name() {
    check(&[
        (
            "Lou bring the spare box and the merch.",
            &["Bring the spare box and the merch"],
        ),
        ("Someone please clean the oil.", &["Clean the oil"]),
        (
            "Physio says do the shoulder exercises.",
            &["Do the shoulder exercises"],
        ),
        (
            "- K thanked the board\n- M. to do the course online",
            &["Do the course online"],
        ),
    ]);
}

#[test]
fn everybody_of_a_kind_can_be_told() {
    check(&[
        (
            "Anybody with a permit needs to swap it at the desk this week.",
            &["Swap it at the desk"],
        ),
        (
            "Students are hereby directed to collect the cards from Room 12.",
            &["Collect the cards from Room 12"],
        ),
        (
            "It was resolved that the clerk instruct the builders.",
            &["Instruct the builders"],
        ),
    ]);
}

#[test]
fn a_thing_can_have_to_be_somewhere() {
    check(&[
        (
            "Timesheets must be in by Friday as the export runs at night.",
            &["Get timesheets in"],
        ),
        (
            "The letter has to go out by Tuesday.",
            &["Send the letter out"],
        ),
        (
            "The agent wants the synopsis by Monday.",
            &["Send the synopsis"],
        ),
    ]);
}

#[test]
fn requests_can_be_worded_as_courtesy() {
    check(&[
        (
            "Would you be willing to write me a reference?",
            &["Write me a reference"],
        ),
        (
            "Could you let me know whether she will attend?",
            &["Let me know whether she will attend"],
        ),
        ("Let me know if you have questions.", &[]),
        (
            "What we do need is your student card.",
            &["Get your student card"],
        ),
        (
            "I'll assume the quote is fine and order the pavers.",
            &["Order the pavers"],
        ),
    ]);
}

#[test]
fn pronouns_stand_for_what_was_talked_of() {
    check(&[
        (
            "The sign is faded. Please repaint it by Friday.",
            &["Repaint the sign"],
        ),
        (
            "The inventory shows a stain. Please amend it.",
            &["Amend the inventory"],
        ),
        (
            "Car log books: hand them to Merrin by Tuesday.",
            &["Hand car log books to Merrin"],
        ),
    ]);
}

#[test]
fn short_lines_are_items_and_share_their_kind() {
    check(&[
        (
            "SATURDAY\ndump run\noil change\ncall mom\neggs, dog food, lightbulbs",
            &[
                "Dump run",
                "Oil change",
                "Call mom",
                "Eggs, dog food, lightbulbs",
            ],
        ),
        (
            "rough cut ........ May 22\nsound mix ........ June 12\nfestival upload ........ June 19",
            &["Rough cut", "Sound mix", "Festival upload"],
        ),
    ]);
}

#[test]
fn what_tells_thinks_or_offers_is_no_task() {
    for text in [
        "Buy a striker? With what money?",
        "Read in the hammock, picked cherries, rang Lotte.",
        "If you want a note, write me a letter first.",
        "Update on the parcel: it turned up at the depot.",
        "Overheard: \"So I told her, ring him, and get your dish back. It is yours.\"",
        "Best cakes on the shore. Go early, bring cash and order the slaw. We loved it.",
        "She's moving to Oregon in June and starting over.",
        "1. Rents. Rent stays as it is.\n2. Matters arising. Nothing new.\n3. Open day. No date yet.",
        "The leaves come down like unpaid bills\nI said I'd mend the gate by spring\nthe spring came in and hung there still\nand someone left the bells to ring",
        "I asked everyone to bring laptops. Don't.",
    ] {
        assert!(summaries(text).is_empty(), "{text}: {:?}", summaries(text));
    }
}

#[test]
fn a_promise_takes_over_what_was_asked() {
    let text = "Dan: can someone do ice?\nLu: yep I'll do ice and cups\nDan: great";
    assert_eq!(summaries(text), ["Do ice and cups"]);
    assert_eq!(
        summaries("kit: can someone review #4410?\noz: approved\nkit: merged, thanks"),
        Vec::<String>::new()
    );
}

#[test]
fn what_is_left_or_comes_only_then_is_to_be_done() {
    check(&[
        (
            "What I still have to do is set the cover work for Year 8.",
            &["Set the cover work for Year 8"],
        ),
        (
            "Ask a joiner about the oak by Friday. Only then do we buy the boards.",
            &["Ask a joiner about the oak", "Buy the boards"],
        ),
        (
            "@all timesheets in by noon on Friday please.",
            &["Get timesheets in"],
        ),
    ]);
}

#[test]
fn what_somebody_has_or_owes_is_no_state_where_a_thing_is_its_object() {
    check(&[
        ("Kim fries the fish on Friday.", &["Fry the fish"]),
        ("Kim plays the organ on Sunday.", &["Play the organ"]),
        (
            "The club owes the hall rent; Kim transfers it by Friday.",
            &["Transfer the hall rent"],
        ),
        (
            "FabLab\n* Cutter lens (100€) – Piotr orders.\n* Buy milk",
            &["Order Cutter lens", "Buy milk"],
        ),
    ]);
}

#[test]
fn words_are_taken_whole() {
    check(&[
        (
            "Liesl needs a parents' signature for the ski week by Friday.",
            &["Get a parents' signature for the ski week"],
        ),
        (
            "Incident 6021. Root cause analysis: Kim, by Friday.",
            &["Root cause analysis"],
        ),
        ("Pat covers the till on Saturday.", &["Cover the till"]),
        (
            "The permit expires the fifteenth. Renew it by Friday.",
            &["Renew the permit"],
        ),
    ]);
}

#[test]
fn what_stands_between_attributes_is_the_task() {
    let tasks = found("Owner: Jonas. Add a lock to the table by Friday. Severity: high");
    assert_eq!(tasks.len(), 1, "{tasks:?}");
    assert_eq!(tasks[0].summary, "Add a lock to the table");
    assert_eq!(tasks[0].assignee.as_deref(), Some("Jonas"));
}

#[test]
fn between_somebody_and_the_deed_words_about_them_may_stand() {
    check(&[
        (
            "Hamish, who has the van, collects the kits from the clinic on Monday.",
            &["Collect the kits from the clinic"],
        ),
        (
            "Ida's mum solders the lantern frames by Friday.",
            &["Solder the lantern frames"],
        ),
        (
            "Every Friday before lunch Ida cleans the cave.",
            &["Clean the cave"],
        ),
        ("Lowering the moon is for Ida.", &["Lower the moon"]),
    ]);
}

#[test]
fn branches_of_a_tree_and_numbers_with_a_stroke_are_items() {
    check(&[
        (
            "Opening\n|-- cots: borrow 20 from the clinic\n`-- schedule: publish on the website",
            &[
                "Borrow 20 from the clinic (cots)",
                "Publish schedule on the website",
            ],
        ),
        (
            "1/ Bingo prizes: wrap (Ida)\n2/ Bus outing: check the clamps (Bo)",
            &["Wrap Bingo prizes", "Check the clamps (bus outing)"],
        ),
    ]);
}

#[test]
fn what_was_seen_of_a_fault_is_over_with_its_sentence() {
    check(&[(
        "OPS-771 Nightly backup fails since Sunday. Expected: archive in bucket. Actual: zero \
         bytes. Deepak will rotate the storage key this afternoon.",
        &["Rotate the storage key"],
    )]);
}

#[test]
fn what_is_to_be_asked_is_no_wish_of_those_who_are_asked() {
    check(&[
        (
            "Ask Teo whether he still wants the bunk bed.",
            &["Ask Teo whether he still wants the bunk bed"],
        ),
        (
            "Joost has the lift certificate stamped by Friday.",
            &["Have the lift certificate stamped"],
        ),
    ]);
}

#[test]
fn what_people_say_in_one_breath_is_read() {
    check(&[
        (
            "Could you have a look at the light on Sunday?",
            &["Have a look at the light"],
        ),
        ("Hugo, be there at six on Friday.", &["Be there"]),
        (
            "So it's Trudy who's painting the hull stripe.",
            &["Paint the hull stripe"],
        ),
        (
            "Anna has asked us to bring a salad on Saturday.",
            &["Bring a salad"],
        ),
        ("We've run out of oil.", &["Buy oil"]),
        ("Take care of the bins, please.", &["Take care of the bins"]),
        (
            "Let Priya have the draft by tomorrow.",
            &["Let Priya have the draft"],
        ),
        (
            "I was wondering if you'd be able to send over the contract by tomorrow.",
            &["Send over the contract"],
        ),
        (
            "It would be great if you could have the report ready by Monday.",
            &["Have the report ready"],
        ),
        (
            "After the meeting send the minutes to everyone.",
            &["Send the minutes to everyone"],
        ),
        (
            "The walls are painted on Friday, Ida does that.",
            &["Paint the walls"],
        ),
        ("RSVP to the baptism by Sunday.", &["RSVP to the baptism"]),
    ]);
}

#[test]
fn an_order_goes_on_behind_brackets_and_things() {
    check(&[
        (
            "Book flights (Lufthansa) and tell Sara the dates.",
            &["Book flights", "Tell Sara the dates"],
        ),
        (
            "Book flights, hotel near Termini, and post the letter.",
            &["Book flights, hotel near Termini", "Post the letter"],
        ),
        (
            "Pick up Gran's batteries at Boots, and then drop the choir robes at the dry cleaner's.",
            &[
                "Pick up Gran's batteries at Boots",
                "Drop the choir robes at the dry cleaner's",
            ],
        ),
        (
            "Renew the placard, sit in on Carla's defence, feed the gecko.",
            &[
                "Renew the placard",
                "Sit in on Carla's defence",
                "Feed the gecko",
            ],
        ),
        (
            "Cancel the old card and order a new one.",
            &["Cancel the old card", "Order a new card"],
        ),
    ]);
}

#[test]
fn rows_and_labels_are_read_as_they_are_written() {
    check(&[
        (
            "Plan: 1. strip the wall 2. sand it 3. paint it",
            &["Strip the wall", "Sand the wall", "Paint the wall"],
        ),
        (
            "1. Ask Kim for a bigger room 2. Print handouts 3. Order coffee",
            &[
                "Ask Kim for a bigger room",
                "Print handouts",
                "Order coffee",
            ],
        ),
        (
            "Shopping list for Saturday\n- coal\n- buns",
            &["Buy coal, buns"],
        ),
        (
            "FIXME: handle empty lists in the parser",
            &["Handle empty lists in the parser"],
        ),
        (
            "- Trip form – sign and return by Mon\n- buy milk",
            &["Sign trip form and return", "Buy milk"],
        ),
        (
            "Shopping for a new laptop\n- I like the Dell\n- Ida likes the Mac",
            &[],
        ),
    ]);
}

#[test]
fn what_is_said_anew_is_not_taken_back() {
    check(&[
        (
            "Can you move the session to Thursday? Sorry, scrap that, she's away. Make it next Tuesday.",
            &["Move the session"],
        ),
        (
            "Order the cake. Scrap that. Make a salad by Friday.",
            &["Make a salad"],
        ),
    ]);
}

#[test]
fn what_somebody_takes_on_in_a_chat_is_a_task_of_theirs() {
    check(&[
        ("Tom: I'll do the dishes\nKim: great", &["Do the dishes"]),
        (
            "Lea: who's bringing what on Saturday?\nTom: I'll do salad\nAna: bread and cheese from me",
            &["Bring salad", "Bring bread and cheese"],
        ),
        (
            "Kim: can you bump the timeout?\nTom: I'll do the timeout",
            &["Bump the timeout"],
        ),
        (
            "Let's not forget to water the plants.",
            &["Water the plants"],
        ),
        (
            "Let me know when he can come.",
            &["Let me know when he can come"],
        ),
        (
            "I still owe Tom an answer about the trip.",
            &["Give Tom an answer about the trip"],
        ),
        (
            "Water the plants on the 12th, 15th and 18th.",
            &["Water the plants"],
        ),
        ("If it were up to me, we'd abolish the time change.", &[]),
        (
            "Could you tell me whether the file was ever closed? Just curious.",
            &[],
        ),
    ]);
}
