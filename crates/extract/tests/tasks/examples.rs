//! The labelled examples of `docs/tasks.md`.

use extract::same_action;
use serde_json::Value;

use super::tasks;

fn texts<'a>(value: &'a Value, key: &str) -> Vec<Option<&'a str>> {
    let further = value[format!("{key}_alt")].as_array().into_iter().flatten();
    std::iter::once(&value[key])
        .chain(further)
        .map(Value::as_str)
        .collect()
}

#[test]
fn every_example_is_found_as_labelled() {
    for example in include_str!("examples.jsonl").lines() {
        let example: Value = serde_json::from_str(example).unwrap();
        let id = &example["id"];
        let found = tasks(
            example["text"].as_str().unwrap(),
            example["reference_time"].as_str().unwrap(),
        );
        let gold = example["tasks"].as_array().unwrap();
        assert_eq!(found.len(), gold.len(), "{id}: {found:#?}");
        for (task, gold) in found.iter().zip(gold) {
            let summary = gold["summary"].as_str().unwrap();
            let alike = extract::similarity(&task.summary, summary);
            assert!(
                same_action(&task.summary, summary) || alike >= 0.6,
                "{id}: {}",
                task.summary
            );
            let due = task.due.as_ref().map(ToString::to_string);
            assert!(
                texts(gold, "due").contains(&due.as_deref()),
                "{id}: {due:?}"
            );
            let area = format!("{:?}", task.area).to_lowercase();
            assert!(texts(gold, "area").contains(&Some(&area)), "{id}: {area}");
            assert_eq!(
                format!("{:?}", task.priority).to_lowercase(),
                gold["priority"].as_str().unwrap(),
                "{id}"
            );
            assert_eq!(task.assignee.as_deref(), gold["assignee"].as_str(), "{id}");
            assert_eq!(
                serde_json::json!(task.depends_on),
                gold["depends_on"],
                "{id}"
            );
            assert_eq!(
                task.recurrence.as_deref(),
                gold["recurrence"].as_str(),
                "{id}"
            );
        }
    }
}
