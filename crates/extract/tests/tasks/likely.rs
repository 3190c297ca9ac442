//! What is weighed beside the rules: clauses worded like tasks, and orders in texts that only tell.

use super::found;

fn summaries(text: &str) -> Vec<String> {
    found(text).into_iter().map(|task| task.summary).collect()
}

#[test]
fn items_without_verbs_are_tasks_where_they_are_worded_like_some() {
    let tasks =
        found("- boiler man Tues 9am\n- flowers for Nan\n- Leo's inhaler, chemist by Friday");
    let summaries: Vec<&str> = tasks.iter().map(|task| task.summary.as_str()).collect();
    assert_eq!(
        summaries,
        ["Boiler man", "Flowers for Nan", "Leo's inhaler, chemist"]
    );
    // How likely it is, which no rule is sure of.
    assert!(
        tasks
            .iter()
            .all(|task| (0.6..0.95).contains(&task.confidence))
    );
}

#[test]
fn orders_in_a_story_are_nobody_s_tasks() {
    for text in [
        "My granddad kept bees. Every spring he said: paint the boxes, feed them early, and never \
         rush. I miss him.",
        "The band played until two. Drink water, they told us, and go home. What a night that was.",
        "Opening hours change in June. Visitors see the exhibition on two floors. Children love \
         the lift.",
    ] {
        assert!(summaries(text).is_empty(), "{text}: {:?}", summaries(text));
    }
}

#[test]
fn what_its_writer_marked_stays_however_it_is_worded() {
    assert_eq!(
        summaries("We had fun. It rained.\n- [ ] the moon\nWe slept."),
        ["The moon"]
    );
}

/// Nobody tells a stranger's plan with his name and the day.
#[test]
fn a_deed_with_its_person_and_its_day_stays() {
    let tasks = found("Leo has seen a crack in the basin. It looks bad. He will seal it tomorrow.");
    let [task] = tasks.as_slice() else {
        panic!("{tasks:?}");
    };
    assert_eq!(task.assignee.as_deref(), Some("Leo"));
    assert_eq!(task.summary, "Seal the crack in the basin");
}

#[test]
fn the_same_text_always_weighs_the_same() {
    let text = "- spare key to Ruth\n- dump run\n- prescription\n- call the vet about Rex";
    assert_eq!(summaries(text), summaries(text));
}
