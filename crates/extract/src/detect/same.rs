//! A deed that was only told of, and is then somebody's: `until the pit has been aired … Jo does that on
//! Friday`, `Did you ring the plumber? If not, do it tomorrow.`

use std::collections::BTreeMap;

use super::{State, priority_of};
use crate::action::opener::Opener;
use crate::draft::Draft;
use crate::lexicon::Lean;
use crate::thing::Around;
use crate::token::list;
use crate::{due, summary, words};

/// Rule of what was told of before.
const RULE: &str = "told of before, and taken on";

/// Sentences back to which `that` reaches.
const REACH: usize = 2;

impl State<'_> {
    /// Adds the deed that `do that` in a clause stands for, where no task is it.
    pub(super) fn told_before(&mut self, index: usize, clause: usize, opener: &Opener) {
        let source = self.source;
        let Some((at, before, verb)) = self.deed_before(index, clause) else {
            return;
        };
        let sentence = &source.sentences[at];
        let agent = self.agent(index, clause, opener);
        let deed = Opener::said(RULE, agent.clone(), verb, 0.6);
        let (summary, tokens) = summary::of(source.text, sentence, before, &deed);
        let around = Around {
            speaker: None,
            named: None,
            index: at,
        };
        let resolved = self
            .things
            .resolve(source, sentence, &deed, &summary, &tokens, around);
        let stems = words::stems(&resolved.summary);
        if stems.len() < 2 {
            return;
        }
        let own = &source.sentences[index];
        self.drafts.push(Draft {
            sentence: index,
            clause,
            rule: RULE,
            confidence: 0.6,
            proposed: false,
            summary: resolved.summary,
            tokens: Vec::new(),
            stems,
            bytes: self.evidence(index, clause),
            due: due::choose(source, own, clause),
            priority: priority_of(own),
            assignee: self.people.assignee(source, index, &agent),
            agent,
            depends: BTreeMap::new(),
            then: false,
            alive: true,
        });
    }

    /// The sentence, clause and verb of the last deed with an object before a clause.
    fn deed_before(&self, index: usize, clause: usize) -> Option<(usize, usize, usize)> {
        let sentences = self.source.sentences;
        for at in (index.saturating_sub(REACH)..=index).rev() {
            let sentence = &sentences[at];
            let last = if at == index {
                clause
            } else {
                sentence.clauses.len()
            };
            for before in (0..last).rev() {
                let verb = sentence.clauses[before].full.clone().find(|word| {
                    let deed = sentence
                        .token(*word)
                        .and_then(|token| token.verb)
                        .is_some_and(|verb| {
                            matches!(verb.lean, Lean::Verb | Lean::Either)
                                && (verb.forms.base || verb.forms.participle)
                                && !verb.forms.ing
                        });
                    deed && sentence.token(word + 1).is_some_and(|token| {
                        token.any(list![
                            "the", "a", "an", "my", "our", "your", "his", "her", "their", "it",
                            "them", "both", "all", "some",
                        ])
                    })
                });
                if let Some(verb) = verb {
                    return Some((at, before, verb));
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn what_was_only_told_of_is_a_task_once_somebody_does_it() {
        assert_eq!(
            found("We were told to air the cellar. Ravi does that on Friday."),
            ["Air the cellar"]
        );
    }
}
