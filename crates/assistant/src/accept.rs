//! Proposals that a person has looked at: kept as they were shown, or as they were changed.

use domain::task::{NewTask, Task};

use crate::{AssistantError, View};

/// Most tasks accepted at once.
const MOST: usize = 1000;
/// Longest quote of evidence in characters.
const QUOTE: usize = 20_000;

/// A proposal as it was accepted.
#[derive(Debug, Clone, PartialEq)]
pub struct Accepted {
    /// The task to be written.
    pub task: NewTask,
    /// Places in the same list of what comes first.
    pub depends_on: Vec<usize>,
    /// Place in the same list of what it is a part of.
    pub parent: Option<usize>,
}

impl View {
    /// Writes accepted proposals as tasks, all or none, with the links between them.
    ///
    /// # Errors
    /// `Invalid` for an empty list or one of over 1000, a field over its limit, a link to what is not in
    /// the list, and links that go round in a circle.
    pub async fn accept(&self, accepted: Vec<Accepted>) -> Result<Vec<Task>, AssistantError> {
        let count = accepted.len();
        if count == 0 || count > MOST {
            return Err(AssistantError::invalid(
                "tasks",
                format!("give between 1 and {MOST} tasks, not {count}"),
            ));
        }
        let mut new = Vec::with_capacity(count);
        let (mut links, mut parents) = (Vec::new(), Vec::new());
        for (row, item) in accepted.into_iter().enumerate() {
            let task = self.prepared(item.task)?;
            check_evidence(&task)?;
            let place = |field, other: usize| {
                let message = format!("task {row} names task {other}; there are {count}");
                (other < count)
                    .then_some((row, other))
                    .ok_or_else(|| AssistantError::invalid(field, message))
            };
            for first in item.depends_on {
                links.push(place("depends_on", first)?);
            }
            if let Some(parent) = item.parent {
                parents.push(place("parent", parent)?);
            }
            new.push(task);
        }
        let mut transaction = self.store().begin().await?;
        let made = transaction.create_tasks(new, &links, &parents).await?;
        transaction.commit().await?;
        Ok(made)
    }
}

fn check_evidence(task: &NewTask) -> Result<(), AssistantError> {
    let Some(evidence) = &task.evidence else {
        return Ok(());
    };
    if evidence.start > evidence.end {
        return Err(AssistantError::invalid("evidence", "ends before it starts"));
    }
    let length = evidence.quote.chars().count();
    if length > QUOTE {
        let message = format!("quotes {length} characters; at most {QUOTE} are kept");
        return Err(AssistantError::invalid("evidence", message));
    }
    Ok(())
}
