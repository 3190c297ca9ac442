//! A task in the making.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::action::opener::Agent;
use crate::due::Chosen;
use crate::task::Priority;

/// A task in the making. Indices of other drafts count all drafts, also those given up.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    /// Index of its sentence, and of its clause there.
    pub sentence: usize,
    pub clause: usize,
    pub rule: &'static str,
    pub agent: Agent,
    pub confidence: f32,
    /// No rule says so: it is only worded like a task.
    pub proposed: bool,
    pub summary: String,
    /// Tokens of its sentence that its summary is made of.
    pub tokens: Vec<usize>,
    pub stems: Vec<String>,
    /// Where its words stand.
    pub bytes: Range<usize>,
    pub due: Option<Chosen>,
    pub priority: Option<(Priority, Option<Range<usize>>)>,
    pub assignee: Option<(String, Option<Range<usize>>)>,
    /// What comes first, and the words that say so.
    pub depends: BTreeMap<usize, Option<Range<usize>>>,
    /// `then`: it follows the task before it.
    pub then: bool,
    /// Not taken back.
    pub alive: bool,
}

impl Draft {
    /// Makes it come after another one.
    pub(crate) fn after(&mut self, other: usize, words: Option<Range<usize>>) {
        self.depends.entry(other).or_insert(words);
    }
}
