//! Proposals that somebody has as a task already: open, with the same words, and no other deadline or
//! person. They are shown as such, and not saved a second time.

use std::borrow::BorrowMut;

use domain::task::OpenTask;
use extract::Action;

use crate::propose::{Proposal, stored_due};
use crate::{AssistantError, View};

/// How many open tasks are looked through, the newest first.
const OPEN: u32 = 1000;

impl View {
    /// Notes the tasks that proposals double.
    ///
    /// # Errors
    /// Only the store's.
    pub(crate) async fn mark_known<P: BorrowMut<Proposal>>(
        &self,
        tasks: &mut [P],
    ) -> Result<(), AssistantError> {
        if tasks.iter().any(|task| task.borrow().id.is_none()) {
            let open = self.store().open_tasks(self.owner(), OPEN).await?;
            mark(&open, tasks);
        }
        Ok(())
    }

    /// The same inside a transaction.
    ///
    /// # Errors
    /// Only the store's.
    pub(crate) async fn mark_known_within(
        &self,
        transaction: &mut store::Transaction,
        tasks: &mut [Proposal],
    ) -> Result<(), AssistantError> {
        let open = transaction.open_tasks(self.owner(), OPEN).await?;
        mark(&open, tasks);
        Ok(())
    }
}

fn mark<P: BorrowMut<Proposal>>(open: &[OpenTask], tasks: &mut [P]) {
    let actions: Vec<Action> = open.iter().map(|task| Action::of(&task.summary)).collect();
    let tasks = tasks.iter_mut().map(BorrowMut::borrow_mut);
    for task in tasks.filter(|task| task.id.is_none()) {
        let action = Action::of(&task.summary);
        let twin = open
            .iter()
            .zip(&actions)
            .find(|(other, words)| action.has_words_of(words) && agrees(task, other));
        task.duplicate_of = twin.map(|(other, _)| other.id);
    }
}

/// Whether nothing is said of one that the other contradicts.
fn agrees(task: &Proposal, other: &OpenTask) -> bool {
    let due = task.due.as_ref().map(stored_due);
    let same_due = due.is_none() || other.due.is_none() || due == other.due;
    let same_person =
        task.assignee.is_none() || other.assignee.is_none() || task.assignee == other.assignee;
    same_due && same_person
}
