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
