//! What the tests of the modules share.

use crate::date::Policy;

/// Summaries found in a text written on Wednesday, 4 March 2026.
pub(crate) fn found(text: &str) -> Vec<String> {
    let now = "2026-03-04T09:00:00+01:00[+01:00]"
        .parse()
        .expect("a moment");
    crate::extract(text, &now, &Policy::default())
        .tasks
        .into_iter()
        .map(|task| task.summary)
        .collect()
}

/// Tasks found in a text written on Tuesday, 10 March 2026, at eleven.
fn tasks(text: &str) -> Vec<crate::ExtractedTask> {
    let now = "2026-03-10T11:00:00+01:00[+01:00]"
        .parse()
        .expect("a moment");
    crate::extract(text, &now, &Policy::default()).tasks
}

/// Summaries of the tasks of a text written on Tuesday, 10 March 2026.
pub(crate) fn summaries(text: &str) -> Vec<String> {
    tasks(text).into_iter().map(|task| task.summary).collect()
}

/// Who does each task of a text.
pub(crate) fn assignees(text: &str) -> Vec<Option<String>> {
    tasks(text).into_iter().map(|task| task.assignee).collect()
}

/// When each task of a text written on Tuesday, 10 March 2026, is due.
pub(crate) fn dues(text: &str) -> Vec<Option<String>> {
    let due = |task: crate::ExtractedTask| task.due.map(|due| due.to_string());
    tasks(text).into_iter().map(due).collect()
}

/// Which tasks of a text come before each of them.
pub(crate) fn depends(text: &str) -> Vec<Vec<usize>> {
    tasks(text)
        .into_iter()
        .map(|task| task.depends_on)
        .collect()
}
