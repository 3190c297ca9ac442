//! Tasks: one record, two vocabularies on the wire (contract 7.2).

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::words::words;

words! {
    /// Where a task stands.
    Status as "status" {
        /// Not begun (`todo` on `/tasks`).
        Pending = "pending",
        /// Begun.
        InProgress = "in_progress",
        /// Done (`done` on `/tasks`).
        Completed = "completed",
        /// Called off.
        Cancelled = "cancelled",
    }
}

impl Status {
    /// Reads either vocabulary.
    ///
    /// # Errors
    /// A word of neither.
    pub fn parse_any(word: &str) -> Result<Self, crate::UnknownWord> {
        match word {
            "todo" => Ok(Self::Pending),
            "done" => Ok(Self::Completed),
            other => other.parse(),
        }
    }

    /// The word of the `/tasks` vocabulary (contract 000-E3, 7.2).
    pub const fn as_todo_word(self) -> &'static str {
        match self {
            Self::Pending => "todo",
            Self::Completed => "done",
            Self::InProgress | Self::Cancelled => self.as_str(),
        }
    }

    /// Whether nothing is left to do.
    pub const fn is_closed(self) -> bool {
        matches!(self, Self::Completed | Self::Cancelled)
    }
}

words! {
    /// How pressing a task is.
    Priority as "priority" {
        /// Whenever.
        Low = "low",
        /// Nothing special.
        Medium = "medium",
        /// Pressing.
        High = "high",
        /// Before everything else.
        Urgent = "urgent",
    }
}

words! {
    /// Where the words of a task's evidence stand (contract D8.1).
    EvidenceSource as "evidence source" {
        /// What the person said.
        Message = "message",
        /// What the model answered.
        Answer = "answer",
        /// A text or document.
        File = "file",
        /// A recording.
        Transcript = "transcript",
        /// A picture.
        Image = "image",
    }
}

/// A deadline: a day, or a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// A calendar day, wherever its people are.
    Day(Date),
    /// A moment.
    Moment(Timestamp),
}

impl Due {
    /// The moment that orders deadlines: a day counts from its start in UTC.
    pub fn sort_key(self) -> Timestamp {
        match self {
            Self::Moment(moment) => moment,
            Self::Day(day) => day
                .to_zoned(TimeZone::UTC)
                .map_or(Timestamp::MAX, |midnight| midnight.timestamp()),
        }
    }

    /// Whether the deadline has passed: a day only once it is over (contract 000-A8).
    pub fn has_passed(self, now: Timestamp) -> bool {
        match self {
            Self::Moment(moment) => moment < now,
            Self::Day(_) => self
                .sort_key()
                .checked_add(SignedDuration::from_hours(24))
                .is_ok_and(|end| end <= now),
        }
    }
}

impl std::fmt::Display for Due {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Moment(moment) => write!(f, "{moment}"),
        }
    }
}

/// Where a task comes from, and the exact words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// What kind of source.
    pub source: EvidenceSource,
    /// Id of the message or file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_id: Option<String>,
    /// First character in the source, in Unicode scalar values (contract D8.7).
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// The words.
    pub quote: String,
    /// Second of the recording at which it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second: Option<f64>,
}

impl Evidence {
    /// The message whose words these are, or whose answer's.
    pub fn message_id(&self) -> Option<i64> {
        let said = matches!(
            self.source,
            EvidenceSource::Message | EvidenceSource::Answer
        );
        self.source_id.as_ref().filter(|_| said)?.parse().ok()
    }
}

/// A task.
#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    /// Identity, from 1, increasing.
    pub id: i64,
    /// What is to be done.
    pub summary: String,
    /// More about it.
    pub description: Option<String>,
    /// What kind of activity it is.
    pub category: String,
    /// The part of life it belongs to.
    pub area: Option<String>,
    /// How pressing it is.
    pub priority: Priority,
    /// Where it stands.
    pub status: Status,
    /// Label of its owner (contract 7.2: free text).
    pub user_id: Option<String>,
    /// Who is to do it.
    pub assignee: Option<String>,
    /// By when.
    pub due: Option<Due>,
    /// RRULE when it repeats.
    pub recurrence: Option<String>,
    /// Free labels.
    pub tags: Vec<String>,
    /// Anything else.
    pub metadata: Map<String, Value>,
    /// What the assistant suggests about it.
    pub ai_suggestion: Option<String>,
    /// Where it comes from.
    pub evidence: Option<Evidence>,
    /// The task it is a part of.
    pub parent_id: Option<i64>,
    /// The task that followed when this one, which repeats, was done.
    pub next_id: Option<i64>,
    /// Tasks that must be done first.
    pub depends_on: Vec<i64>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// When it was completed.
    pub completed_at: Option<Timestamp>,
    /// When it was deleted; such a task can be restored.
    pub deleted_at: Option<Timestamp>,
}

impl Task {
    /// The first line of the summary, at most 200 characters (contract 7.2).
    pub fn title(&self) -> String {
        self.summary
            .lines()
            .next()
            .unwrap_or_default()
            .chars()
            .take(200)
            .collect()
    }

    /// The same once more, as a new task with another deadline and what is left of the repetition.
    pub fn repeated(&self, due: Due, recurrence: String) -> NewTask {
        NewTask {
            summary: self.summary.clone(),
            description: self.description.clone(),
            category: self.category.clone(),
            area: self.area.clone(),
            priority: self.priority,
            status: Status::Pending,
            user_id: self.user_id.clone(),
            assignee: self.assignee.clone(),
            due: Some(due),
            recurrence: Some(recurrence),
            tags: self.tags.clone(),
            metadata: self.metadata.clone(),
            evidence: self.evidence.clone(),
            parent_id: self.parent_id,
            depends_on: Vec::new(),
        }
    }

    /// Due, not closed, and the deadline has passed (contract 000-A8).
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        !self.status.is_closed() && self.due.is_some_and(|due| due.has_passed(now))
    }
}

/// A task that is not done yet, by what tells whether another is the same.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenTask {
    /// Its id.
    pub id: i64,
    /// What is to be done.
    pub summary: String,
    /// By when.
    pub due: Option<Due>,
    /// Who is to do it.
    pub assignee: Option<String>,
}

/// A task to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct NewTask {
    /// What is to be done.
    pub summary: String,
    /// More about it.
    pub description: Option<String>,
    /// What kind of activity it is.
    pub category: String,
    /// The part of life it belongs to.
    pub area: Option<String>,
    /// How pressing it is.
    pub priority: Priority,
    /// Where it stands.
    pub status: Status,
    /// Label of its owner.
    pub user_id: Option<String>,
    /// Who is to do it.
    pub assignee: Option<String>,
    /// By when.
    pub due: Option<Due>,
    /// RRULE when it repeats.
    pub recurrence: Option<String>,
    /// Free labels.
    pub tags: Vec<String>,
    /// Anything else.
    pub metadata: Map<String, Value>,
    /// Where it comes from.
    pub evidence: Option<Evidence>,
    /// The task it is a part of.
    pub parent_id: Option<i64>,
    /// Tasks that must be done first.
    pub depends_on: Vec<i64>,
}

impl NewTask {
    /// A task of which only the words are known.
    pub fn new(summary: impl Into<String>) -> Self {
        Self {
            summary: summary.into(),
            description: None,
            category: "general".to_owned(),
            area: None,
            priority: Priority::Medium,
            status: Status::Pending,
            user_id: None,
            assignee: None,
            due: None,
            recurrence: None,
            tags: Vec::new(),
            metadata: Map::new(),
            evidence: None,
            parent_id: None,
            depends_on: Vec::new(),
        }
    }
}

/// Fields to change; `None` leaves a field as it is, `Some(None)` empties it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TaskPatch {
    /// New words.
    pub summary: Option<String>,
    /// New description.
    pub description: Option<Option<String>>,
    /// New kind of activity.
    pub category: Option<String>,
    /// New part of life.
    pub area: Option<Option<String>>,
    /// New priority.
    pub priority: Option<Priority>,
    /// New status.
    pub status: Option<Status>,
    /// New owner.
    pub user_id: Option<Option<String>>,
    /// New assignee.
    pub assignee: Option<Option<String>>,
    /// New deadline.
    pub due: Option<Option<Due>>,
    /// New recurrence.
    pub recurrence: Option<Option<String>>,
    /// New labels.
    pub tags: Option<Vec<String>>,
    /// New metadata, in place of the old.
    pub metadata: Option<Map<String, Value>>,
    /// New tasks that come first, in place of the old.
    pub depends_on: Option<Vec<i64>>,
}

/// What is done to many tasks at once (contract D8.28).
#[derive(Debug, Clone, PartialEq)]
pub enum TaskBatch {
    /// The same change to each.
    Set(Box<TaskPatch>),
    /// Each is deleted.
    Delete,
    /// Each is restored.
    Restore,
}

/// Which tasks are wanted; everything given must hold.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TaskFilter {
    /// Only this owner's.
    pub user_id: Option<String>,
    /// Only with this status.
    pub status: Option<Status>,
    /// Only with this priority.
    pub priority: Option<Priority>,
    /// Only of this kind.
    pub category: Option<String>,
    /// Only of this part of life.
    pub area: Option<String>,
    /// Only of this assignee.
    pub assignee: Option<String>,
    /// Only due at or after.
    pub due_from: Option<Timestamp>,
    /// Only due before or at.
    pub due_to: Option<Timestamp>,
}

/// By what a list of tasks runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TaskOrder {
    /// Newest first (contract 002-E6).
    #[default]
    NewestFirst,
    /// In the order of their making (contract 000-E4).
    OldestFirst,
}

/// How many tasks there are of each kind (contract 000-E9).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TaskSummary {
    /// All of them.
    pub total: i64,
    /// By status; those without tasks are absent.
    pub by_status: Vec<(Status, i64)>,
    /// By priority; those without tasks are absent.
    pub by_priority: Vec<(Priority, i64)>,
    /// Not closed and past their deadline.
    pub overdue: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_has_passed_only_once_it_is_over() {
        let due = Due::Day("2026-03-10".parse().unwrap());
        assert!(!due.has_passed(at("2026-03-10T23:59:59Z")));
        assert!(due.has_passed(at("2026-03-11T00:00:00Z")));
    }

    #[test]
    fn a_moment_has_passed_right_after_it() {
        let due = Due::Moment(at("2026-03-10T12:00:00Z"));
        assert!(!due.has_passed(at("2026-03-10T12:00:00Z")));
        assert!(due.has_passed(at("2026-03-10T12:00:01Z")));
    }

    #[test]
    fn both_vocabularies_of_status_are_read() {
        assert_eq!(Status::parse_any("todo"), Ok(Status::Pending));
        assert_eq!(Status::parse_any("completed"), Ok(Status::Completed));
        assert!(Status::parse_any("Done").is_err());
    }
}
