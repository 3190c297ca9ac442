//! The tasks of a text: what is found, and why.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::date::{Due, FoundDate, Grain};

/// A piece of the text in Unicode scalar values, end exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Span {
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
}

impl Span {
    /// Whether the two have a character in common.
    pub fn touches(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// The exact words something was found in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// First character of the quote, in Unicode scalar values.
    pub start: usize,
    /// One past the last character of the quote.
    pub end: usize,
    /// The words themselves.
    pub quote: String,
}

/// How urgent the text says it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Priority {
    /// Explicitly not pressing.
    Low,
    /// Nothing said.
    #[default]
    Medium,
    /// Explicitly pressing.
    High,
}

/// What kind of activity a task is (contract 002-A3, D8.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Category {
    /// Calls, mails, meetings.
    Communication,
    /// Reading, comparing, studying.
    Research,
    /// Making something.
    Development,
    /// Plans, schedules, order.
    Planning,
    /// Anything else.
    #[default]
    General,
}

impl Category {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Communication,
        Self::Research,
        Self::Development,
        Self::Planning,
        Self::General,
    ];

    /// Its name, as it is written everywhere.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Communication => "communication",
            Self::Research => "research",
            Self::Development => "development",
            Self::Planning => "planning",
            Self::General => "general",
        }
    }
}

/// The part of life a task belongs to (contract D8.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Area {
    /// Paid work that is not software.
    Work,
    /// Software.
    Development,
    /// Money.
    Finance,
    /// Body and mind.
    Health,
    /// Home.
    Household,
    /// Buying.
    Shopping,
    /// School and learning.
    Study,
    /// Journeys.
    Travel,
    /// People and everything else.
    #[default]
    Personal,
}

impl Area {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Work,
        Self::Development,
        Self::Finance,
        Self::Health,
        Self::Household,
        Self::Shopping,
        Self::Study,
        Self::Travel,
        Self::Personal,
    ];

    /// Its name, as it is written everywhere.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::Development => "development",
            Self::Finance => "finance",
            Self::Health => "health",
            Self::Household => "household",
            Self::Shopping => "shopping",
            Self::Study => "study",
            Self::Travel => "travel",
            Self::Personal => "personal",
        }
    }
}

/// A field of a task that a reason explains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// That it is a task at all.
    Task,
    /// Its deadline.
    Due,
    /// Its recurrence.
    Recurrence,
    /// Its priority.
    Priority,
    /// Its category.
    Category,
    /// Its area.
    Area,
    /// Who does it.
    Assignee,
    /// What comes first.
    DependsOn,
}

/// Which words led to a field, and by which rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// The words; `None` where the absence of words decided (a default).
    pub evidence: Option<Evidence>,
    /// The rule, in words.
    pub rule: String,
}

/// One task found in a text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExtractedTask {
    /// Imperative, short, in the writer's words.
    pub summary: String,
    /// The day or moment by which it must be done.
    pub due: Option<Due>,
    /// How exactly the deadline was given.
    pub grain: Option<Grain>,
    /// RRULE (RFC 5545) when it repeats.
    pub recurrence: Option<String>,
    /// How urgent the text says it is.
    pub priority: Priority,
    /// What kind of activity it is.
    pub category: Category,
    /// The part of life it belongs to.
    pub area: Area,
    /// Who is to do it, as the text names them.
    pub assignee: Option<String>,
    /// Indices of tasks of the same extraction that must be done first.
    pub depends_on: Vec<usize>,
    /// Index of the task this one is a part of (nested lists).
    pub parent: Option<usize>,
    /// The words it came from.
    pub evidence: Evidence,
    /// From 0 to 1: how sure the rules are that this is a task.
    pub confidence: f32,
    /// Which words led to which field.
    pub reasons: BTreeMap<Field, Reason>,
}

/// Everything found in one text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Extraction {
    /// Tasks in the order of the text.
    pub tasks: Vec<ExtractedTask>,
    /// Dates in the order of the text, whether a task uses them or not.
    pub dates: Vec<FoundDate>,
}

#[cfg(test)]
mod tests {
    use super::{Area, Category};

    #[test]
    fn names_are_those_that_go_over_the_wire() {
        for area in Area::ALL {
            let written = serde_json::to_value(area).expect("a word");
            assert_eq!(written, area.name());
        }
        for category in Category::ALL {
            let written = serde_json::to_value(category).expect("a word");
            assert_eq!(written, category.name());
        }
    }
}
