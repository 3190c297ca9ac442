//! Deeds named in clauses of time: what has to be done before or after another thing.

use super::State;
use crate::action::opener::{Agent, Opener};
use crate::token::list;
use crate::{lexicon, summary, words};

/// Rule of what somebody has to do before something else.
pub(crate) const DEED_FIRST: &str = "has to be done first";

impl State<'_> {
    /// `Before we can print the flyers, Jo has to …`: printing is planned as well.
    pub(super) fn before(&mut self, index: usize, clause: usize) {
        let sentence = &self.source.sentences[index];
        let start = sentence.clauses[clause].start;
        let subject = matches!(sentence.lower(start + 1), "we" | "i");
        let can = usize::from(matches!(sentence.lower(start + 2), "can" | "could"));
        let verb = start + 2 + can;
        let acts = crate::lexicon::base_verb(sentence.lower(verb)).is_some_and(|verb| {
            matches!(
                verb.lean,
                crate::lexicon::Lean::Verb | crate::lexicon::Lean::Either
            )
        });
        let object = sentence
            .token(verb + 1)
            .is_some_and(crate::token::Token::is_word)
            && verb + 1 < sentence.clauses[clause].full.end;
        let leaves = matches!(
            sentence.lower(verb),
            "leave" | "meet" | "close" | "start" | "move" | "finish"
        );
        if !(subject && acts && object) || (leaves && can == 0) {
            return;
        }
        let opener = Opener::said(
            "planned: something has to be done before it",
            if sentence.lower(start + 1) == "i" {
                Agent::Speaker
            } else {
                Agent::We
            },
            verb,
            0.7,
        );
        self.add(index, clause, &opener);
    }

    /// `Once Svenja has cleaned the data, …`, `provided that Jo has signed and Ana has paid`: what
    /// somebody named has to do first is a task as well.
    pub(super) fn deed_first(&mut self, index: usize, clause: usize) {
        let sentence = &self.source.sentences[index];
        let found = sentence.clauses[clause].full.clone();
        let start = sentence.clauses[clause].start;
        if sentence.lower(start) == "whenever" {
            return;
        }
        // `when Ida comes` is no deed to wait for, `when Ida has mended it` is.
        let opens = sentence.lower(start) != "when";
        let first = start + 1 + if sentence.lower(start) == "as" { 2 } else { 0 };
        let first = first + usize::from(sentence.lower(first) == "that");
        self.done_first(index, clause, first, opens);
        for word in first..found.end {
            if sentence.lower(word) == "and" {
                self.done_first(index, clause, word + 1, false);
            }
        }
    }

    /// The deed told of the subject at `subject`.
    fn done_first(&mut self, index: usize, clause: usize, subject: usize, opens: bool) {
        let source = self.source;
        let sentence = &source.sentences[index];
        let view = sentence.view(&source.document.people);
        let Some((agent, at)) = crate::action::opener::subject(&view, subject) else {
            return;
        };
        let named = matches!(&agent, Agent::Named(name) if name.chars().next().is_some_and(char::is_uppercase));
        let perfect = view.any(at, list!["has", "have", "'s", "'ve"]);
        let verb = at + usize::from(perfect);
        let Some(read) = view.verb(verb) else {
            return;
        };
        // `before Ida leaves for choir`: when it is, and nothing to do.
        let happens = matches!(
            read.base,
            "leave"
                | "start"
                | "open"
                | "close"
                | "move"
                | "return"
                | "arrive"
                | "land"
                | "travel"
                | "begin"
                | "retire"
                | "wake"
                | "join"
        );
        let deed = !happens && !matches!(read.lean, lexicon::Lean::State | lexicon::Lean::Light);
        let form = (perfect && read.forms.participle) || (named && opens && read.forms.third);
        let object = verb + 1 < sentence.clauses[clause].full.end
            && sentence
                .token(verb + 1)
                .is_some_and(crate::token::Token::is_word);
        if !(named || agent == Agent::Speaker) || !form || !deed || !object {
            return;
        }
        let before = self.drafts.len();
        let opener = Opener::said(DEED_FIRST, agent, verb, 0.6);
        self.add(index, clause, &opener);
        // `… has checked the soil and Marius has stamped the drawings`: up to the next deed.
        let next = (verb + 1..sentence.clauses[clause].full.end).find(|word| {
            sentence.lower(*word) == "and"
                && crate::action::opener::subject(&view, word + 1)
                    .is_some_and(|(_, at)| view.any(at, list!["has", "have", "'s", "'ve"]))
        });
        let end = next.and_then(|next| sentence.at.get(next));
        for draft in &mut self.drafts[before..] {
            let Some(end) = end.filter(|end| draft.tokens.iter().any(|at| at >= end)) else {
                continue;
            };
            draft.tokens.retain(|at| at < end);
            let verb = draft.summary.split(' ').next().unwrap_or_default();
            let rest = summary::render(source.text, &sentence.tokens, &draft.tokens);
            draft.summary = summary::finish(&format!("{verb} {rest}"));
            draft.stems = words::stems(&draft.summary);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn all_that_has_to_be_done_first_is_found() {
        let text = "We can't submit the plan until Ilse has checked the soil and Marius has stamped the drawings.";
        let found = found(text);
        for deed in ["Check the soil", "Stamp the drawings"] {
            assert!(found.iter().any(|found| found == deed), "{found:?}");
        }
    }
}
