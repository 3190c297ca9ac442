//! Clauses that no rule takes for a task, and that are worded like one all the same.

use super::State;
use super::item::{changed, comes, is_away, is_the_case, visits};
use crate::action::opener::{Agent, Opener, subject};
use crate::clause::Head;
use crate::lexicon::Lean;
use crate::scorer;
use crate::sentence::Sentence;
use crate::token::{List, list};

/// Words behind which a plain form is a verb.
const LED_BY: List<'static> = list![
    "to", "will", "'ll", "shall", "must", "should", "can", "could", "would", "'d", "may", "might",
    "please", "pls", "and", "then", "just", "also", "or", "n't", "not", "i", "we", "you", "they",
    "let's", "help", "me", "us",
];

/// What a task is made of that no rule takes for one.
enum Made {
    /// A form that asks, but weakly.
    Asked(Opener),
    /// A verb, and who does it.
    Deed(Agent, usize),
    Noun,
}

impl State<'_> {
    /// Adds the tasks of the clauses of a sentence that are likely enough to be some, where the
    /// drafts from `first` on have none of them.
    pub(super) fn likely(&mut self, index: usize, first: usize) {
        let sentence = &self.source.sentences[index];
        let clauses = sentence.clauses.len();
        let beside = self.drafts[first..].iter().any(|draft| draft.alive);
        // Spoken without marks, clauses are cut by guess: those beside a deed are mostly its rest.
        if beside && sentence.view(&self.source.document.people).dictated {
            return;
        }
        if is_away(sentence) || changed(sentence) {
            return;
        }
        for clause in 0..clauses {
            let found = self.drafts[first..]
                .iter()
                .any(|draft| draft.sentence == index && draft.clause == clause);
            if found
                || !self.source.document.chat && comes(sentence, clause)
                || !can_be(sentence, clause, beside)
            {
                continue;
            }
            let at = (index, clause);
            if let Some(made) = self.made(at)
                && let Some(likely) = self.scores.proposes(self.source, at, beside)
            {
                self.propose(at, made, likely);
            }
        }
    }

    /// What a task of the clause would be made of, which is sooner told than how likely it is.
    fn made(&self, (index, clause): (usize, usize)) -> Option<Made> {
        let sentence = &self.source.sentences[index];
        let own = &sentence.clauses[clause];
        if let Head::Action(opener) = &own.head {
            return Some(Made::Asked(opener.clone()));
        }
        let phrase = own.head == Head::Phrase;
        if visits(sentence, clause) {
            return None;
        }
        if let Some((agent, verb)) = self.deed(index, clause, phrase) {
            return Some(Made::Deed(agent, verb));
        }
        let named = phrase || !tells(sentence, clause);
        (named && !is_the_case(sentence)).then_some(Made::Noun)
    }

    fn propose(&mut self, (index, clause): (usize, usize), made: Made, likely: f32) {
        let found = self.drafts.len();
        match made {
            Made::Asked(opener) => self.add(index, clause, &opener),
            Made::Deed(agent, verb) => {
                let opener = Opener::said(scorer::RULE, agent, verb, likely);
                self.add(index, clause, &opener);
            }
            Made::Noun => self.add_noun(index, clause),
        }
        for draft in &mut self.drafts[found..] {
            draft.proposed = true;
            draft.confidence = likely;
        }
    }

    /// The verb of what is to be done, and who does it. A phrase has one only where it begins.
    fn deed(&self, index: usize, clause: usize, phrase: bool) -> Option<(Agent, usize)> {
        let sentence = &self.source.sentences[index];
        let own = &sentence.clauses[clause];
        let view = sentence.view(&self.source.document.people);
        let (agent, from) = subject(&view, own.start).unwrap_or((Agent::Unsaid, own.start));
        let deed = |word: &usize| {
            // `K owes the board a report`: behind an article it is a noun.
            let led = *word == from || LED_BY.holds(sentence.lower(*word - 1));
            led && sentence
                .token(*word)
                .and_then(|token| token.verb)
                .is_some_and(|verb| {
                    verb.forms.base && matches!(verb.lean, Lean::Verb | Lean::Either | Lean::Light)
                })
        };
        let last = if phrase { from + 1 } else { own.full.end };
        (from..last.min(own.full.end))
            .find(deed)
            .map(|verb| (agent, verb))
    }
}

/// Whether a clause can be a task though no rule says so. Beside one a statement only tells of it.
fn can_be(sentence: &Sentence, clause: usize, beside: bool) -> bool {
    match &sentence.clauses[clause].head {
        Head::Action(opener) => opener.weak && opener.rule != crate::action::crowd::TOLD,
        Head::Statement => !beside && !settled(sentence, clause),
        Head::Phrase | Head::Subordinate(_) => !settled(sentence, clause),
        Head::Negated(_) | Head::Cancel { .. } | Head::Blocked => false,
    }
}

/// A statement with a form of `be` or `have`, or the past of a verb in front, names nothing to do.
fn tells(sentence: &Sentence, clause: usize) -> bool {
    let own = &sentence.clauses[clause];
    let past = sentence
        .token(own.start)
        .and_then(|token| token.verb)
        .is_some_and(|verb| verb.forms.past && !verb.forms.base);
    // `the advert reads well`
    let reads = matches!(sentence.lower(own.start), "the" | "in" | "this" | "that")
        && (own.start + 2..own.full.end).any(|word| {
            sentence
                .token(word)
                .and_then(|token| token.verb)
                .is_some_and(|verb| verb.forms.only_third() && verb.lean != Lean::Noun)
        });
    // `They need it on Friday`, `Ada has the saw running`: a sentence, and no name of a task.
    let whole = own.head == Head::Statement
        && !sentence.question
        && !(own.start..own.full.end).any(|word| sentence.lower(word) == "you")
        && (matches!(
            sentence.lower(own.start),
            "they" | "i" | "he" | "she" | "it" | "there" | "this" | "that" | "nobody"
        ) || (own.start + 1..own.full.end).any(|word| {
            matches!(
                sentence.lower(word),
                "has" | "have" | "says" | "said" | "had"
            )
        }));
    past || reads
        || whole
        || (own.start..own.full.end)
            .any(|word| matches!(sentence.lower(word), "was" | "were" | "did" | "am"))
}

/// `We no longer need it`, `When will you send it?`: over, or only asked about.
fn settled(sentence: &Sentence, clause: usize) -> bool {
    let own = &sentence.clauses[clause];
    let longer = (own.full.start..own.full.end)
        .any(|word| sentence.lower(word) == "no" && sentence.lower(word + 1) == "longer");
    let asks = sentence.question
        && matches!(
            sentence.lower(own.start),
            "when"
                | "what"
                | "who"
                | "why"
                | "how"
                | "where"
                | "which"
                | "did"
                | "does"
                | "is"
                | "are"
                | "was"
                | "were"
                | "has"
                | "have"
        );
    // `Please find the invoice attached`
    let handed = own.lead.polite && sentence.lower(own.start) == "find";
    // `the board may drop it`, `we might drive out`
    let may = !sentence.question
        && (own.full.start..own.full.end).any(|word| {
            matches!(sentence.lower(word), "may" | "might") && sentence.lower(word + 1) != "i"
        });
    // `no more parsley, please`
    let refused = matches!(sentence.lower(own.start), "no" | "never" | "nobody" | "nor");
    longer || asks || handed || may || refused
}
