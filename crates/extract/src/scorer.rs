//! How likely a clause is to ask for a deed, by weights that were trained on labelled texts.
//!
//! The rules say what a deed is and which words it has; this module weighs what no rule can list:
//! the words of a clause, their order, what stands around it and how the whole text is written.
//! It takes back a task the rules found where nearly everything speaks against it, and proposes a
//! clause they passed over where nearly everything speaks for it. The weights are those of a logistic
//! regression (`data/weights.tsv`, a line a feature), made by `cargo run -p bench --bin train` from
//! the texts in `crates/bench/corpus`; nothing here is random, and the same text always scores alike.

mod class;
mod example;
mod feature;
mod weights;
mod whole;

use std::cell::RefCell;

use crate::action::{
    self,
    opener::{Agent, Shape},
};
use crate::clause::Head;
use crate::detect::{self, Source};
use crate::draft::Draft;
use crate::due::Chosen;
use crate::hash::HashMap;
use crate::text::{Item, Section};
use crate::token::{Mask, Token};
use crate::words;

pub use example::{Example, examples};
pub(crate) use feature::head_name;
use whole::Whole;

/// A task of the rules that is less likely than this is none.
const KEEP: f32 = 0.15;
/// A clause that is at least this likely is a task, though no rule says so.
const PROPOSE: f32 = 0.6;
/// A clause beside a task of its sentence must be likelier.
const PROPOSE_BESIDE: f32 = 0.75;
/// In a text of several sentences, one task of the rules must be at least this likely.
const SURE: f32 = 0.5;
/// Or one clause that no rule takes for a task.
const SURE_ALONE: f32 = 0.8;
/// Sentences from which a text is one of several.
const SEVERAL: usize = 3;
/// Words from which a clause is no clause.
const LONG: usize = 60;
/// Why a clause without a form that asks is a task.
pub(crate) const RULE: &str = "worded like what others were asked to do";

/// The likelihoods of the clauses of a text, each weighed when it is asked for.
pub(crate) struct Scores {
    /// `None` where the rules alone decide.
    whole: Option<Whole>,
    /// Those that were asked for, by sentence and clause.
    known: RefCell<HashMap<(usize, usize), f32>>,
}

/// A text of one sentence that names a thing and its day, in a few words.
fn is_note(source: &Source<'_>) -> bool {
    let [sentence] = source.sentences else {
        return false;
    };
    let plain =
        |token: &Token| token.mask != Mask::None || token.is_mark() || words::is_content(token);
    let named = |token: &&Token| token.mask == Mask::None && token.is_word();
    (1..=3).contains(&sentence.tokens.iter().filter(named).count())
        && sentence.tokens.iter().all(plain)
        && !sentence.lower(0).starts_with("ok")
}

/// Whether a task has a day of its own, and is done once.
fn is_dated(draft: &Draft) -> bool {
    let once = |chosen: &Chosen| chosen.date.is_some() && chosen.recurrence.is_none();
    draft.due.as_ref().is_some_and(once)
}

/// `- stalls: Marie`, `- music – Ben`: several jobs of a list, each with somebody's name; one that somebody `is to`
/// do is enough.
fn is_shared_out(source: &Source<'_>, drafts: &[Draft]) -> bool {
    let named = |draft: &&Draft| {
        let place = &source.sentences[draft.sentence].unit.place;
        draft.alive && !draft.proposed && place.item.is_some() && draft.assignee.is_some()
    };
    let told =
        |draft: &Draft| matches!(draft.agent, Agent::Named(_)) && draft.rule == action::OBLIGATION;
    drafts.iter().filter(named).any(told) || drafts.iter().filter(named).nth(1).is_some()
}

/// Whether the words that give somebody a task are such that its text has one, whatever its other words.
fn is_told(source: &Source<'_>, draft: &Draft) -> bool {
    if draft.proposed {
        return false;
    }
    let named = draft.assignee.is_some();
    match draft.rule {
        // What a meeting gave somebody to do needs no further words.
        action::IS_AGREED if named && source.document.met => true,
        _ if source.document.chat => false,
        action::REQUEST if is_dated(draft) => true,
        action::mandate::RULE => true,
        // Somebody was asked by name.
        _ => named && draft.agent == Agent::Addressee,
    }
}

impl Scores {
    pub(crate) fn new(source: &Source<'_>) -> Self {
        Self {
            whole: Some(Whole::new(source)),
            known: RefCell::default(),
        }
    }

    /// Nothing is proposed and nothing doubted: the rules alone decide.
    pub(crate) fn unknown() -> Self {
        Self {
            whole: None,
            known: RefCell::default(),
        }
    }

    /// From 0 to 1; 0.5 where nothing is known.
    fn of(&self, source: &Source<'_>, index: usize, clause: usize) -> f32 {
        let Some(whole) = &self.whole else {
            return 0.5;
        };
        if source.sentences[index].clauses[clause].full.len() > LONG {
            return 0.5;
        }
        let mut known = self.known.borrow_mut();
        *known.entry((index, clause)).or_insert_with(|| {
            let mut sum = weights::sum();
            feature::of(source, whole, index, clause, &mut sum);
            sum.likelihood()
        })
    }

    /// How likely a clause is a task, if it is likely enough to be taken for one. Beside another task
    /// of its sentence most clauses only add to that one.
    pub(crate) fn proposes(
        &self,
        source: &Source<'_>,
        (index, clause): (usize, usize),
        beside: bool,
    ) -> Option<f32> {
        let least = if beside { PROPOSE_BESIDE } else { PROPOSE };
        Some(self.of(source, index, clause)).filter(|likely| *likely >= least)
    }

    /// Whether a task is too unlikely to be one. What somebody took on in an answer was asked for,
    /// whatever the question.
    pub(crate) fn doubts(&self, source: &Source<'_>, draft: &Draft) -> bool {
        let taken_on = source.sentences[draft.sentence].question && draft.assignee.is_some();
        // `don't forget the pegs!`, but not `don't forget to turn it!`
        let clause = &source.sentences[draft.sentence].clauses[draft.clause];
        let reminds = draft.rule == crate::action::REMINDER
            && source.document.chat
            && matches!(&clause.head, Head::Action(opener) if matches!(opener.shape, Shape::Thing { .. }));
        !taken_on && !reminds && self.of_draft(source, draft) < KEEP
    }

    /// Whether none of the tasks is likely enough for its text to have any.
    pub(crate) fn doubts_all(&self, source: &Source<'_>, drafts: &[Draft]) -> bool {
        let several = source.sentences.len() >= SEVERAL && !source.document.chat;
        let sure = |draft: &Draft| {
            let least = match (draft.proposed, several) {
                (true, _) => SURE_ALONE,
                (false, true) => SURE,
                (false, false) => 0.0,
            };
            draft.alive && (is_told(source, draft) || self.of_draft(source, draft) >= least)
        };
        self.whole.is_some() && !drafts.iter().any(sure) && !is_shared_out(source, drafts)
    }

    /// What its writer marked as a task is one, and so is what the rules know the person and the day of.
    fn of_draft(&self, source: &Source<'_>, draft: &Draft) -> f32 {
        let place = &source.sentences[draft.sentence].unit.place;
        let open = |item: &Item| item.checked == Some(false);
        let listed = matches!(place.section, Section::Tasks | Section::Shopping);
        // What is said to be of low priority was weighed by its writer; what is handed on, by the first.
        let weighed = matches!(
            draft.rule,
            detect::MAY_BE_DONE
                | detect::HANDED_ON
                | detect::ACCEPTED
                | detect::GRANTED
                | detect::NOTED
                | detect::OPEN_STATE
        );
        // `yep I'll do ice`: whoever says so in a chat, by name, has taken it on.
        let promised = source.document.chat && draft.agent == Agent::Speaker && !draft.proposed;
        // `eggs, dog food, lightbulbs` among things to do: a line of its list that a verb would not make plainer.
        let things = source.text.get(draft.bytes.clone()).unwrap_or("");
        let several = draft.rule == detect::ERRAND && things.matches(", ").count() >= 2;
        // `Essay due Friday.`: somebody writes that down for nothing else.
        let noted = draft.rule == detect::ERRAND && is_dated(draft) && is_note(source);
        let settled = weighed
            || several
            || noted
            || promised && draft.assignee.is_some()
            || !draft.proposed && draft.assignee.is_some() && is_dated(draft);
        if settled || place.marked || listed || place.item.as_ref().is_some_and(open) {
            1.0
        } else {
            self.of(source, draft.sentence, draft.clause)
        }
    }
}
