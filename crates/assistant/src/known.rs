//! Proposals that somebody has as a task already: open, with the same words, and no other deadline or
//! person. They are shown as such, and not saved a second time.

use std::borrow::BorrowMut;

use domain::task::{Due, NewTask, OpenTask};
use extract::Action;

use crate::propose::{Proposal, stored_due};
use crate::{AssistantError, View};

/// How many open tasks are looked through, the newest first.
const OPEN: u32 = 1000;

impl View {
    /// For each of some tasks that are about to be kept the open one that says the same.
    ///
    /// # Errors
    /// Only the store's.
    pub async fn known<'a>(
        &self,
        tasks: impl IntoIterator<Item = &'a NewTask> + Send,
    ) -> Result<Vec<Option<i64>>, AssistantError> {
        let tasks: Vec<&NewTask> = tasks.into_iter().collect();
        let open = Open::new(self.store().open_tasks(self.owner(), OPEN).await?);
        let twins = tasks
            .into_iter()
            .map(|task| open.twin(&task.summary, task.due, task.assignee.as_deref()));
        Ok(twins.collect())
    }

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
            mark(open, tasks);
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
        mark(open, tasks);
        Ok(())
    }
}

fn mark<P: BorrowMut<Proposal>>(open: Vec<OpenTask>, tasks: &mut [P]) {
    let open = Open::new(open);
    let tasks = tasks.iter_mut().map(BorrowMut::borrow_mut);
    for task in tasks.filter(|task| task.id.is_none()) {
        let due = task.due.as_ref().map(stored_due);
        task.duplicate_of = open.twin(&task.summary, due, task.assignee.as_deref());
    }
}

/// Open tasks with the words of their actions.
struct Open(Vec<(OpenTask, Action)>);

impl Open {
    fn new(tasks: Vec<OpenTask>) -> Self {
        let with_action = |task: OpenTask| {
            let action = Action::of(&task.summary);
            (task, action)
        };
        Self(tasks.into_iter().map(with_action).collect())
    }

    /// The one that says the same: with these words, and nothing that contradicts the deadline or the person.
    fn twin(&self, summary: &str, due: Option<Due>, person: Option<&str>) -> Option<i64> {
        let action = Action::of(summary);
        let twin = self.0.iter().find(|(other, words)| {
            action.has_words_of(words)
                && (due.is_none() || other.due.is_none() || due == other.due)
                && (person.is_none()
                    || other.assignee.is_none()
                    || person == other.assignee.as_deref())
        });
        twin.map(|(other, _)| other.id)
    }
}
