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

    /// `The glazier has not fitted the pane. He'll do so on Friday.`: what stands right before is said not to be
    /// done, and no task yet.
    pub(super) fn is_undone_before(&self, index: usize, clause: usize) -> bool {
        let Some((at, _, verb)) = self.deed_before(index, clause) else {
            return false;
        };
        let sentence = &self.source.sentences[at];
        let denied = (verb.saturating_sub(4)..verb).any(|word| {
            sentence
                .token(word)
                .is_some_and(|token| token.any(list!["not", "n't"]))
        });
        let has = (verb.saturating_sub(4)..verb).any(|word| {
            sentence
                .token(word)
                .is_some_and(|token| token.any(list!["has", "have", "'s", "'ve"]))
        });
        let alive = || {
            self.drafts
                .iter()
                .any(|draft| draft.alive && draft.sentence >= at)
        };
        denied && has && !sentence.question && at + 1 >= index && !alive()
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
                        token.capital && token.is_first_name()
                            || token.any(list![
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
    use crate::testing::{assignees, dues, found};

    #[test]
    fn what_was_only_told_of_is_a_task_once_somebody_does_it() {
        assert_eq!(
            found("We were told to air the cellar. Ravi does that on Friday."),
            ["Air the cellar"]
        );
    }

    #[test]
    fn an_answer_that_only_says_when_is_about_the_deed_before() {
        let text = "Ida: hey you two, someone has to ring the roofer, it drips again\n\
                    Bo: can do that in my tea break tmrw\n";
        assert_eq!(found(text), ["Ring the roofer, it drips"]);
        assert_eq!(assignees(text), [Some("Bo".to_owned())]);
        assert_eq!(dues(text), [Some("2026-03-11".to_owned())]);
        let text = "Ida: hey you two, someone needs to collect the pram\nBo: could do that after work on Friday\n";
        assert_eq!(dues(text), [Some("2026-03-13".to_owned())]);
        let who = "Ida: who can feed the hens?\nBo: can do it on my way to training\n";
        assert_eq!(found(who), ["Feed the hens"]);
        assert_eq!(assignees(who), [Some("Bo".to_owned())]);
    }

    #[test]
    fn what_is_said_to_be_undone_is_what_somebody_will_do() {
        for (text, summary) in [
            (
                "Jo to paint the shed by Monday. Kim has not yet signed the lease. She'll do so by Friday.",
                "Sign the lease",
            ),
            (
                "Jo to paint the shed by Monday. Lena still hasn't mended the net, she will do that on Friday.",
                "Mend the net",
            ),
        ] {
            assert_eq!(found(text), ["Paint the shed", summary], "{text}");
            assert_eq!(dues(text)[1], Some("2026-03-13".to_owned()), "{text}");
        }
        for text in [
            "Kim has not signed the lease. That will do for now.",
            "Kim has not signed the lease and I wouldn't do so either.",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn what_can_be_done_any_time_is_none() {
        for text in [
            "Ann: you could do that in your sleep\nRob: lol I do that every day at work\n",
            "Ann: did you see the match?\nRob: nah can do that later\n",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
