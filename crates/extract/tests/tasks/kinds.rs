//! Kinds of texts: who speaks in them, and which of them ask nobody for anything.

use super::found;

#[test]
fn speakers_stand_on_lines_of_their_own() {
    let tasks =
        found("Kwabena  9:15 AM\nCould you rotate the staging credentials?\nYuto  9:17 AM\non it");
    assert_eq!(tasks.len(), 1, "{tasks:?}");
    assert_eq!(tasks[0].assignee.as_deref(), Some("Yuto"));
}

#[test]
fn who_answers_takes_it_on() {
    let tasks = found("Tara: who can pick up the projector?\nMilo: me\nTara: great");
    assert_eq!(tasks.len(), 1, "{tasks:?}");
    assert_eq!(tasks[0].assignee.as_deref(), Some("Milo"));
}

#[test]
fn what_falls_due_and_what_ran_out() {
    assert_eq!(found("Rent is due on the 1st.")[0].summary, "Pay rent");
    assert_eq!(
        found("We ran out of coffee filters.")[0].summary,
        "Buy coffee filters"
    );
}

#[test]
fn what_is_meant_for_anybody_is_no_task() {
    for text in [
        "Meet the all-new AirGlide vacuum. Clean every corner with ease. Order before Sunday and get 20% off. Free returns.",
        "Fill the kettle with equal parts water and vinegar. Bring it to the boil, leave for an hour, then rinse twice.",
        "Barista wanted, full-time. You will open the shop and train juniors. Experience preferred, tips included.",
        "Members shall sign in guests. The company accepts no liability. A penalty applies.",
        "Host: What should beginners do?\nGuest: Start small and read the fee sheet.\nHost: Great advice.",
        "2026-03-10 12:01:24 WARN retry scheduled in 30s\n2026-03-10 12:01:54 ERROR failed to send mail",
        "The ministers will meet on Monday. They are expected to discuss trade and sign an agreement.",
        "Octopuses are odd. They can open jars, change colour and solve puzzles.",
        "Call me when the river's high, my dear,\npack your bag and kiss me by,\nand drive me home before the year,\nis over and the fields are dry",
    ] {
        let tasks = found(text);
        assert!(tasks.is_empty(), "{text}: {tasks:?}");
    }
}
