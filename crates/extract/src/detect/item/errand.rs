//! What is kept of a task that its text names by a thing: `the boiler`, `flowers for Ruth`.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::{State, priority_of};
use crate::action::opener::Agent;
use crate::draft::Draft;
use crate::due::Chosen;
use crate::text::{Place, Section};
use crate::{revise, words};

/// Why a noun alone is a task.
pub(crate) const ERRAND: &str = "an item of a list of things to do";

/// A task that its text names by a thing.
pub(super) struct Errand {
    pub(super) summary: String,
    pub(super) tokens: Vec<usize>,
    pub(super) stems: Vec<String>,
    pub(super) bytes: Range<usize>,
    pub(super) due: Option<Chosen>,
    pub(super) confidence: f32,
    pub(super) rule: &'static str,
}

impl State<'_> {
    /// Adds it, unless it only says again what is found.
    pub(super) fn add_errand(&mut self, index: usize, clause: usize, errand: Errand) {
        let source = self.source;
        // `y'day: merged it. today: fixes from the audit`: what somebody says of their own day.
        let own = source.document.chat && source.sentences[index].unit.place.today;
        let agent = if own { Agent::Speaker } else { Agent::Unsaid };
        let assignee = self.people.assignee(source, index, &agent);
        let draft = Draft {
            sentence: index,
            clause,
            rule: errand.rule,
            agent: Agent::Unsaid,
            confidence: errand.confidence,
            proposed: false,
            summary: errand.summary,
            tokens: errand.tokens,
            stems: errand.stems,
            bytes: errand.bytes,
            due: errand.due,
            priority: priority_of(&source.sentences[index]),
            assignee,
            depends: BTreeMap::new(),
            then: false,
            alive: true,
        };
        if !revise::repeats(&mut self.drafts, &draft) {
            self.drafts.push(draft);
        }
    }

    /// What is bought in the same shop is one errand.
    pub(super) fn joins_errand(&mut self, index: usize, summary: &str) -> bool {
        let sentences = self.source.sentences;
        let place = &sentences[index].unit.place;
        let boxed = |place: &Place| {
            place
                .item
                .as_ref()
                .is_some_and(|item| item.checked.is_some())
        };
        if place.section != Section::Shopping || boxed(place) || place.heading.is_none() {
            return false;
        }
        let Some(last) = self.drafts.last_mut().filter(|draft| {
            let before = &sentences[draft.sentence].unit.place;
            draft.alive
                && draft.rule == ERRAND
                && before.section == Section::Shopping
                && before.heading == place.heading
                && !boxed(before)
                && draft.summary.starts_with("Buy ")
        }) else {
            return false;
        };
        // `feed store: mash` above `draper: gingham`: two shops are two errands.
        let text = self.source.text;
        let own = sentences[index].unit.range.start;
        let between = text.get(last.bytes.end..own).unwrap_or_default();
        let line = between.rsplit('\n').next().unwrap_or_default();
        if line.contains(':') {
            return false;
        }
        let Some(thing) = summary.strip_prefix("Buy ") else {
            return false;
        };
        if last.summary.len() + thing.len() < 160 {
            last.summary = format!("{}, {thing}", last.summary);
            last.stems = words::stems(&last.summary);
        }
        last.bytes.end = sentences[index].unit.range.end;
        true
    }
}
