//! A session as a person finds it again: what was said and answered, the tasks that were found in it, and
//! those of them that were kept.

use domain::message::Message;
use domain::task::Task;
use serde::Deserialize as _;
use serde_json::Value;

use crate::propose::Proposal;
use crate::{AssistantError, View};

/// One exchange of a session.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// What was said and answered.
    pub message: Message,
    /// The tasks that were found in it, as they stand now: with the id of the task that was made of one, or
    /// of an open one that says the same. `None` where nobody looked for any.
    pub found: Option<Vec<Proposal>>,
    /// The tasks that come from it and are still there.
    pub kept: Vec<Task>,
}

impl View {
    /// The last messages of a session with their answers and tasks, oldest first; of a message that was
    /// said again, the last attempt.
    ///
    /// # Errors
    /// Only the store's: a session that nobody knows has no messages.
    pub async fn session(&self, session: &str) -> Result<Vec<Exchange>, AssistantError> {
        let messages = self.session_messages(session).await?;
        let ids: Vec<i64> = messages.iter().map(|message| message.id).collect();
        let mut kept = self.store().tasks_of_messages(&ids, self.owner()).await?;
        leave_out_succeeded(&mut kept);
        let mut exchanges: Vec<Exchange> = messages
            .into_iter()
            .map(|message| Exchange::new(message, &kept))
            .collect();
        let found = exchanges.iter_mut().filter_map(|one| one.found.as_mut());
        let mut found: Vec<&mut Proposal> = found.flatten().collect();
        self.mark_known(&mut found).await?;
        Ok(exchanges)
    }
}

impl Exchange {
    fn new(message: Message, all_kept: &[Task]) -> Self {
        let of_this = |task: &&Task| comes_from(task) == Some(message.id);
        let kept: Vec<Task> = all_kept.iter().filter(of_this).cloned().collect();
        let found = message.found().and_then(|found| {
            let mut found = Vec::<Proposal>::deserialize(found).ok()?;
            recognise(&mut found, &kept);
            Some(found)
        });
        Self {
            message,
            found,
            kept,
        }
    }
}

/// What is kept beside a message of the tasks that were found in it.
pub(super) fn record(found: &[Proposal]) -> Option<Value> {
    serde_json::to_value(found).ok()
}

fn comes_from(task: &Task) -> Option<i64> {
    task.evidence.as_ref()?.message_id()
}

/// Of a task that repeats, the newest stands for all.
fn leave_out_succeeded(tasks: &mut Vec<Task>) {
    let ids: Vec<i64> = tasks.iter().map(|task| task.id).collect();
    tasks.retain(|task| task.next_id.is_none_or(|next| !ids.contains(&next)));
}

/// Gives proposals the ids of the tasks that were made of them, and takes away those of tasks that are gone.
/// Several may come from the same words; then the summary tells them apart, if it was not changed.
fn recognise(found: &mut [Proposal], kept: &[Task]) {
    let mut left: Vec<&Task> = kept.iter().collect();
    for exactly in [true, false] {
        for task in found.iter_mut() {
            if exactly {
                task.id = None;
            } else if task.id.is_some() {
                continue;
            }
            let place = left.iter().position(|kept| {
                kept.evidence.as_ref() == Some(&task.evidence)
                    && (!exactly || kept.summary == task.summary)
            });
            task.id = place.map(|place| left.swap_remove(place).id);
        }
    }
}
