//! `add`: one task in one line, as the users of task managers write it.

use domain::task::{NewTask, Task};
use extract::{QuickAdd, Span};
use jiff::Zoned;

use crate::propose::{priority, stored_due};
use crate::{AssistantError, DueRule, View};

/// Longest line in characters (that of a summary: what is not understood stays in the title).
const LINE: usize = 2000;

/// A line in which one task is written.
#[derive(Debug, Clone)]
pub struct AddInput {
    /// The words: `Pay rent every 1st at 9am #finance p1 @alex`.
    pub text: String,
    /// When and where it is written.
    pub now: Zoned,
    /// Pieces of the line, in characters, that are nothing but words.
    pub refused: Vec<Span>,
}

/// What a line was understood as.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Its parts, with the words each came from.
    pub read: QuickAdd,
    /// The task that it makes.
    pub task: NewTask,
}

impl View {
    /// Reads a line without keeping anything.
    ///
    /// # Errors
    /// `Invalid` for a line without words, or one that is too long.
    pub fn read_line(&self, input: &AddInput) -> Result<Line, AssistantError> {
        let invalid = |message: String| AssistantError::invalid("text", message);
        let text = input.text.trim();
        if text.is_empty() {
            return Err(invalid("write what is to be done".to_owned()));
        }
        let length = input.text.chars().count();
        if length > LINE {
            let message = format!(
                "has {length} characters; a task in one line has at most {LINE}. \
                 Longer texts are for `extract`."
            );
            return Err(invalid(message));
        }
        let (now, policy) = (&input.now, self.policy());
        let refused = &input.refused;
        let found = extract::extract_refusing(&input.text, now, &policy, refused);
        let read = extract::quick_add_dated(&input.text, &found.dates, now, &policy, refused);
        let mut task = to_task(&read);
        task.user_id.clone_from(&self.owner);
        // What kind of task it is, the rules for texts say.
        if let Some(first) = found.tasks.first() {
            first.category.name().clone_into(&mut task.category);
            task.area = Some(first.area.name().to_owned());
        }
        Ok(Line { read, task })
    }

    /// Keeps the task of a line.
    ///
    /// # Errors
    /// `Invalid` for a field over its limit; the store's.
    pub async fn add(&self, line: Line) -> Result<Task, AssistantError> {
        Box::pin(self.create_task(line.task, DueRule::Any)).await
    }
}

fn to_task(read: &QuickAdd) -> NewTask {
    let mut task = NewTask {
        priority: priority(read.priority),
        assignee: read.assignee.clone(),
        due: read.due.as_ref().map(stored_due),
        recurrence: read.rrule.clone(),
        tags: read.labels.clone(),
        ..NewTask::new(read.title.clone())
    };
    if let Some(project) = &read.project {
        task.metadata
            .insert("project".to_owned(), project.clone().into());
    }
    if let Some(length) = read.duration {
        task.metadata
            .insert("duration_minutes".to_owned(), length.as_mins().into());
    }
    task
}
