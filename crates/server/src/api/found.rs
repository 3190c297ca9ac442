//! Tasks and dates found in a text, as they are shown.

use std::collections::BTreeMap;

use assistant::{DateRole, Field, Grain, Proposal, Reason, Span};
use domain::task::Evidence;
use serde::Serialize;
use utoipa::ToSchema;

/// A task found in a text; with an id once it is saved.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FoundTask {
    /// Id, or null while it is only proposed.
    id: Option<i64>,
    /// First 100 characters of the summary.
    title: String,
    summary: String,
    /// `YYYY-MM-DD`, or a date-time with the offset of the text.
    due: Option<String>,
    /// The same under the name that saved tasks have.
    due_date: Option<String>,
    /// How exactly the deadline was given.
    #[schema(value_type = Option<String>)]
    grain: Option<Grain>,
    /// RRULE when it repeats.
    recurrence: Option<String>,
    priority: &'static str,
    category: &'static str,
    area: &'static str,
    status: &'static str,
    assignee: Option<String>,
    /// Indices in this list that come first.
    depends_on: Vec<usize>,
    /// Index in this list that this is a part of.
    parent: Option<usize>,
    /// The exact words it came from.
    #[schema(value_type = Object)]
    evidence: Evidence,
    /// From 0 to 1.
    confidence: f32,
    /// Whether its words were made out so badly that it is only proposed: somebody should look first.
    needs_confirmation: bool,
    /// The open task that says the same; such a one is not saved again.
    duplicate_of: Option<i64>,
    /// With `explain`: which words led to which field.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    reasons: Option<BTreeMap<Field, Reason>>,
}

impl FoundTask {
    /// Shows a proposal, with its reasons if wanted.
    pub(crate) fn new(found: Proposal, explain: bool) -> Self {
        let due = found.due.as_ref().map(ToString::to_string);
        Self {
            id: found.id,
            title: found.summary.chars().take(100).collect(),
            summary: found.summary,
            due_date: due.clone(),
            due,
            grain: found.grain,
            recurrence: found.recurrence,
            priority: found.priority.as_str(),
            category: found.category,
            area: found.area,
            status: "pending",
            assignee: found.assignee,
            depends_on: found.depends_on,
            parent: found.parent,
            evidence: found.evidence,
            confidence: found.confidence,
            needs_confirmation: found.needs_confirmation,
            duplicate_of: found.duplicate_of,
            reasons: explain.then_some(found.reasons),
        }
    }
}

/// Pieces of a text as a request gives them.
pub(crate) fn spans(given: &[[usize; 2]]) -> Vec<Span> {
    given
        .iter()
        .map(|&[start, end]| Span { start, end })
        .collect()
}

/// A date found in a text.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FoundDate {
    /// First character and one past the last.
    span: [usize; 2],
    /// Start of what was named.
    start: String,
    /// Exclusive end of what was named.
    end: String,
    #[schema(value_type = String)]
    grain: Grain,
    #[schema(value_type = String)]
    role: DateRole,
    /// From 0 to 1.
    certainty: f32,
    /// The day or moment by which something bound to it is due.
    due: String,
    recurrence: Option<String>,
    why: String,
}

impl From<assistant::FoundDate> for FoundDate {
    fn from(found: assistant::FoundDate) -> Self {
        let shown = |zoned: &jiff::Zoned| {
            zoned
                .timestamp()
                .display_with_offset(zoned.offset())
                .to_string()
        };
        Self {
            span: [found.span.start, found.span.end],
            start: shown(&found.start),
            end: shown(&found.end),
            grain: found.grain,
            role: found.role,
            certainty: found.certainty,
            due: found.due.to_string(),
            recurrence: found.recurrence,
            why: found.why.to_owned(),
        }
    }
}
