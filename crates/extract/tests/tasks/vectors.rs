//! The lines of 002-A3 as D8.4 reads them.

use extract::{Category, Priority};

use super::tasks;

#[test]
fn lines_of_an_answer() {
    let now = "2026-11-18T09:00:00+00:00";
    for (line, summary, priority, category) in [
        (
            "1. Call the plumber about the urgent leak",
            "Call the plumber about the leak",
            Priority::High,
            Category::Communication,
        ),
        (
            "2. Research new laptops",
            "Research new laptops",
            Priority::Medium,
            Category::Research,
        ),
        (
            "- Buy milk",
            "Buy milk",
            Priority::Medium,
            Category::General,
        ),
        (
            "* Build the deployment pipeline eventually",
            "Build the deployment pipeline",
            Priority::Low,
            Category::Development,
        ),
        (
            "Step 2: Organize the garage shelves",
            "Organize the garage shelves",
            Priority::Medium,
            Category::Planning,
        ),
        (
            "You should review the contract draft",
            "Review the contract draft",
            Priority::Medium,
            Category::General,
        ),
        (
            "3) Pay rent on Friday",
            "Pay rent",
            Priority::Medium,
            Category::General,
        ),
    ] {
        let found = tasks(line, now);
        assert_eq!(found.len(), 1, "{line}");
        assert_eq!(found[0].summary, summary);
        assert_eq!(found[0].priority, priority, "{line}");
        assert_eq!(found[0].category, category, "{line}");
    }
    assert_eq!(
        tasks("3) Pay rent on Friday", now)[0]
            .due
            .as_ref()
            .unwrap()
            .to_string(),
        "2026-11-20"
    );
}

#[test]
fn markdown_is_stripped() {
    let found = tasks(
        "- **Prepare** slides for Monday's meeting",
        "2026-11-18T09:00:00+00:00",
    );
    assert_eq!(found.len(), 1);
    assert!(
        found[0].summary.starts_with("Prepare slides"),
        "{}",
        found[0].summary
    );
    assert!(!found[0].summary.contains('*'));
    assert_eq!(found[0].due.as_ref().unwrap().to_string(), "2026-11-23");
}

#[test]
fn answers_without_an_action_have_no_tasks() {
    for answer in [
        "It would help to think about your project a little.",
        "Nothing of the sort here.",
    ] {
        assert!(
            tasks(answer, "2026-11-18T09:00:00+00:00").is_empty(),
            "{answer}"
        );
    }
}
