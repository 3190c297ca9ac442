//! What is a task, and what its fields are: examples, whole notes, single clauses, and properties
//! that hold for any text.

#![expect(
    clippy::unwrap_used,
    reason = "a moment that cannot be read ends the test"
)]

#[path = "tasks/asked.rs"]
mod asked;
#[path = "tasks/bounds.rs"]
mod bounds;
#[path = "tasks/clauses.rs"]
mod clauses;
#[path = "tasks/dues.rs"]
mod dues;
#[path = "tasks/examples.rs"]
mod examples;
#[path = "tasks/fields.rs"]
mod fields;
#[path = "tasks/forms.rs"]
mod forms;
#[path = "tasks/fuzz.rs"]
mod fuzz;
#[path = "tasks/holds.rs"]
mod holds;
#[path = "tasks/kinds.rs"]
mod kinds;
#[path = "tasks/layouts.rs"]
mod layouts;
#[path = "tasks/likely.rs"]
mod likely;
#[path = "tasks/minutes.rs"]
mod minutes;
#[path = "tasks/notes.rs"]
mod notes;
#[path = "tasks/order.rs"]
mod order;
#[path = "tasks/ordinary.rs"]
mod ordinary;
#[path = "tasks/properties.rs"]
mod properties;
#[path = "tasks/prose.rs"]
mod prose;
#[path = "tasks/vectors.rs"]
mod vectors;

use extract::{ExtractedTask, Policy, extract};

/// A Wednesday in autumn.
const NOW: &str = "2026-11-18T09:00:00+01:00";

/// The moment as a zoned time with its offset.
fn at(moment: &str) -> jiff::Zoned {
    let pieces = jiff::fmt::temporal::Pieces::parse(moment).unwrap();
    let offset = pieces.to_numeric_offset().unwrap();
    moment
        .parse::<jiff::Timestamp>()
        .unwrap()
        .to_zoned(jiff::tz::TimeZone::fixed(offset))
}

fn tasks(text: &str, moment: &str) -> Vec<ExtractedTask> {
    extract(text, &at(moment), &Policy::default()).tasks
}

/// Summary, deadline, priority, assignee and what comes first, in one line.
fn line(task: &ExtractedTask) -> String {
    let due = task
        .due
        .as_ref()
        .map_or_else(|| "-".to_owned(), ToString::to_string);
    let priority = format!("{:?}", task.priority).to_lowercase();
    let assignee = task.assignee.as_deref().unwrap_or("-");
    format!(
        "{} | {due} | {priority} | {assignee} | {:?}",
        task.summary, task.depends_on
    )
}

/// Tasks of a text written on a Wednesday morning.
fn found(text: &str) -> Vec<ExtractedTask> {
    tasks(text, "2026-03-11T09:00:00+00:00")
}

fn lines(text: &str, moment: &str) -> Vec<String> {
    tasks(text, moment).iter().map(line).collect()
}

/// Texts written [`NOW`] and the tasks they hold, as `summary | assignee`.
fn check_deeds(cases: &[(&str, &[&str])]) {
    let mut wrong = Vec::new();
    for (text, expected) in cases {
        let found: Vec<String> = lines(text, NOW)
            .iter()
            .map(|line| {
                let fields: Vec<&str> = line.split(" | ").collect();
                format!("{} | {}", fields[0], fields[3])
            })
            .collect();
        if found != *expected {
            wrong.push(format!(
                "{text:?}\n  expected {expected:?}\n  found    {found:?}"
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {} wrong:\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n")
    );
}
