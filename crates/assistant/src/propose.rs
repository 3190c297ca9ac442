//! Text to proposed tasks: rules first, a model second, one list in the end (contract D8.1–D8.4).
//!
//! The rules of `extract` always speak. A model is asked where it may add something, and what it
//! adds must quote the text; its dates are computed here, from the quoted words.

pub(crate) mod kept;
mod model;

use domain::task::{Due, Evidence, EvidenceSource, NewTask, Priority};
use extract::{ExtractedTask, Extraction, Field, FoundDate, Policy, Reason, Span};
use jiff::Zoned;
use llm::gateway::Call;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use crate::{AssistantError, View};

/// Most tasks taken from a model's answer (contract D8.1).
const FROM_ANSWER: usize = 10;
/// Bytes of a text from which on it is searched beside the requests, which it would hold up: about a
/// twentieth of a second's work.
const LONG: usize = 64 * 1024;
/// Below this the rules are unsure, and a model is worth asking.
const SURE: f32 = 0.6;

/// Whether a model is asked for tasks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ModelUse {
    /// Where the rules are unsure.
    #[default]
    Auto,
    /// Never.
    Never,
    /// Always, if one is good enough.
    Always,
}

/// A text in which tasks are to be found.
#[derive(Debug, Clone)]
pub struct Source<'a> {
    /// The words.
    pub text: &'a str,
    /// What kind of source it is.
    pub kind: EvidenceSource,
    /// Id of the message or file.
    pub id: Option<String>,
    /// Pieces of the words, in characters, that are no dates, as somebody has said.
    pub refused: &'a [Span],
}

/// A word of a fixed set. (Under a name of its own, as serde would borrow a plain reference.)
type Word = &'static str;

/// A task found in a text, not saved yet or saved under an id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    /// Id, once it is saved.
    pub id: Option<i64>,
    /// What is to be done.
    pub summary: String,
    /// By when, in the zone of the text.
    #[serde(with = "kept::due")]
    pub due: Option<extract::Due>,
    /// How exactly the deadline was given.
    pub grain: Option<extract::Grain>,
    /// RRULE when it repeats.
    pub recurrence: Option<String>,
    /// How pressing it is.
    pub priority: Priority,
    /// What kind of activity it is.
    #[serde(deserialize_with = "kept::word")]
    pub category: Word,
    /// The part of life it belongs to.
    #[serde(deserialize_with = "kept::word")]
    pub area: Word,
    /// Who is to do it.
    pub assignee: Option<String>,
    /// Indices in the same list that come first.
    pub depends_on: Vec<usize>,
    /// Index in the same list that this is a part of.
    pub parent: Option<usize>,
    /// The words it came from.
    pub evidence: Evidence,
    /// From 0 to 1.
    pub confidence: f32,
    /// Whether its words were made out so badly that somebody should look before it is saved.
    #[serde(default)]
    pub needs_confirmation: bool,
    /// The open task that says the same, if there is one.
    #[serde(default)]
    pub duplicate_of: Option<i64>,
    /// Which words led to which field.
    #[serde(skip)]
    pub reasons: BTreeMap<Field, Reason>,
}

/// What was found in one text or several.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Proposals {
    /// Tasks, in the order of the text.
    pub tasks: Vec<Proposal>,
    /// Dates of the first text.
    pub dates: Vec<FoundDate>,
    /// The model that was asked, if one was.
    pub model: Option<String>,
}

impl View {
    /// Finds tasks in a text. A model that fails takes nothing away from what the rules found.
    pub async fn propose(
        &self,
        source: &Source<'_>,
        now: &Zoned,
        model: ModelUse,
        call: Call,
    ) -> Proposals {
        let policy = self.policy();
        let found = search(source, now, &policy).await;
        let mut proposals = Proposals {
            tasks: proposals_of(found.tasks, source),
            dates: found.dates,
            model: None,
        };
        let unsure = proposals.tasks.iter().any(|task| task.confidence < SURE);
        let wanted = match model {
            ModelUse::Never => false,
            ModelUse::Always => true,
            ModelUse::Auto => unsure,
        };
        if wanted && self.parts.gateway.can(llm::Use::Extract, &call) {
            match model::propose(&self.parts.gateway, source, now, &policy, call).await {
                Ok(added) => {
                    proposals.model = Some(added.model);
                    merge(&mut proposals.tasks, &added.tasks);
                }
                Err(error) => tracing::warn!(%error, "no model proposed tasks; the rules stand"),
            }
        }
        proposals
    }

    /// Finds tasks in a person's message and in the answer to it; what both say is one task, with
    /// the message's words (contract D8.1).
    pub(crate) fn propose_exchange(
        &self,
        message: &Source<'_>,
        answer: Option<&Source<'_>>,
        now: &Zoned,
    ) -> Vec<Proposal> {
        let said = extract::extract(message.text, now, &self.policy());
        let mut tasks = proposals_of(said.tasks, message);
        if let Some(answer) = answer {
            merge(&mut tasks, &self.propose_answer(answer, now));
        }
        tasks
    }

    /// Finds tasks in a model's answer, ten at most (contract D8.1).
    pub(crate) fn propose_answer(&self, answer: &Source<'_>, now: &Zoned) -> Vec<Proposal> {
        let answered = extract::extract(answer.text, now, &self.policy());
        let mut found = proposals_of(answered.tasks, answer);
        found.truncate(FROM_ANSWER);
        for task in &mut found {
            task.depends_on.retain(|&first| first < FROM_ANSWER);
            task.parent = task.parent.filter(|&parent| parent < FROM_ANSWER);
        }
        found
    }

    /// Writes proposals as tasks of this view's owner, all or none, and notes their ids.
    ///
    /// # Errors
    /// Only the store's.
    pub async fn save_proposals(&self, tasks: &mut [Proposal]) -> Result<(), AssistantError> {
        let mut transaction = self.store().begin().await?;
        self.save_within(&mut transaction, tasks).await?;
        Ok(transaction.commit().await?)
    }

    /// As [`View::save_proposals`], inside a transaction that does more. Those that have an id, those that
    /// somebody should look at first, and those that are there already are left out, and so are links to
    /// them.
    pub(crate) async fn save_within(
        &self,
        transaction: &mut store::Transaction,
        tasks: &mut [Proposal],
    ) -> Result<(), AssistantError> {
        // Whether one is a double is weighed anew: the other may be gone by now.
        if tasks.iter().all(|task| !task.is_wanted()) {
            return Ok(());
        }
        self.mark_known_within(transaction, tasks).await?;
        let chosen: Vec<usize> = (0..tasks.len())
            .filter(|&index| tasks[index].is_new())
            .collect();
        let place = |index: usize| chosen.binary_search(&index).ok();
        let mut new = Vec::with_capacity(chosen.len());
        let (mut links, mut parents) = (Vec::new(), Vec::new());
        for (row, &index) in chosen.iter().enumerate() {
            let found = &tasks[index];
            new.push(found.to_task(self.owner.clone()));
            links.extend(
                found
                    .depends_on
                    .iter()
                    .filter_map(|&first| Some((row, place(first)?))),
            );
            parents.extend(found.parent.and_then(place).map(|parent| (row, parent)));
        }
        let saved = transaction.create_tasks(new, &links, &parents).await?;
        for (index, saved) in chosen.into_iter().zip(saved) {
            tasks[index].id = Some(saved.id);
        }
        Ok(())
    }

    pub(crate) fn policy(&self) -> Policy {
        Policy {
            day_first: self.parts.config.day_first,
            ..Policy::default()
        }
    }
}

impl Proposal {
    fn new(task: ExtractedTask, source: &Source<'_>) -> Self {
        Self {
            id: None,
            summary: task.summary,
            due: task.due,
            grain: task.grain,
            recurrence: task.recurrence,
            priority: priority(task.priority),
            category: task.category.name(),
            area: task.area.name(),
            assignee: task.assignee,
            depends_on: task.depends_on,
            parent: task.parent,
            evidence: Evidence {
                source: source.kind,
                source_id: source.id.clone(),
                start: task.evidence.start,
                end: task.evidence.end,
                quote: task.evidence.quote,
                second: None,
            },
            confidence: task.confidence,
            needs_confirmation: false,
            duplicate_of: None,
            reasons: task.reasons,
        }
    }

    /// Whether it is to be saved if it is no double: not done yet, and sure enough.
    const fn is_wanted(&self) -> bool {
        self.id.is_none() && !self.needs_confirmation
    }

    /// Whether it is to be saved.
    pub(crate) const fn is_new(&self) -> bool {
        self.is_wanted() && self.duplicate_of.is_none()
    }

    /// The task to be written.
    pub fn to_task(&self, owner: Option<String>) -> NewTask {
        NewTask {
            category: self.category.to_owned(),
            area: Some(self.area.to_owned()),
            priority: self.priority,
            user_id: owner,
            assignee: self.assignee.clone(),
            due: self.due.as_ref().map(stored_due),
            recurrence: self.recurrence.clone(),
            evidence: Some(self.evidence.clone()),
            ..NewTask::new(self.summary.clone())
        }
    }
}

/// What the rules find in a text of any length.
async fn search(source: &Source<'_>, now: &Zoned, policy: &Policy) -> Extraction {
    let Source { text, refused, .. } = *source;
    if text.len() < LONG {
        return extract::extract_refusing(text, now, policy, refused);
    }
    let (text, refused) = (text.to_owned(), refused.to_owned());
    let (now, policy) = (now.clone(), policy.clone());
    let search = tokio::task::spawn_blocking(move || {
        extract::extract_refusing(&text, &now, &policy, &refused)
    });
    match search.await.map_err(tokio::task::JoinError::try_into_panic) {
        Ok(found) => found,
        Err(Ok(panic)) => std::panic::resume_unwind(panic),
        // The process ends, and whoever waits with it: nothing found would be a wrong answer.
        Err(Err(_)) => std::future::pending().await,
    }
}

fn proposals_of(tasks: Vec<ExtractedTask>, source: &Source<'_>) -> Vec<Proposal> {
    tasks
        .into_iter()
        .map(|task| Proposal::new(task, source))
        .collect()
}

/// Adds what is not there yet. Links inside `added` follow their tasks to the new places; a task
/// that was there already stands in for its double.
pub(crate) fn merge(tasks: &mut Vec<Proposal>, added: &[Proposal]) {
    let mut places: Vec<usize> = Vec::with_capacity(added.len());
    let known = tasks.len();
    for task in added {
        let twin = tasks[..known].iter().position(|other| is_same(other, task));
        places.push(twin.unwrap_or(tasks.len()));
        if twin.is_none() {
            tasks.push(task.clone());
        }
    }
    let moved = |index: usize| places.get(index).copied();
    for task in &mut tasks[known..] {
        task.depends_on = task
            .depends_on
            .iter()
            .filter_map(|&first| moved(first))
            .collect();
        task.parent = task.parent.and_then(moved);
    }
}

fn is_same(one: &Proposal, other: &Proposal) -> bool {
    let overlap = one.evidence.source == other.evidence.source
        && one.evidence.source_id == other.evidence.source_id
        && one.evidence.start < other.evidence.end
        && other.evidence.start < one.evidence.end;
    overlap || extract::same_action(&one.summary, &other.summary)
}

/// A deadline as the store keeps it.
pub fn stored_due(due: &extract::Due) -> Due {
    match due {
        extract::Due::Day(day) => Due::Day(*day),
        extract::Due::Moment(moment) => Due::Moment(moment.timestamp()),
    }
}

/// How pressing a task is, as records say it.
pub(crate) const fn priority(priority: extract::Priority) -> Priority {
    match priority {
        extract::Priority::Low => Priority::Low,
        extract::Priority::Medium => Priority::Medium,
        extract::Priority::High => Priority::High,
    }
}
