//! Clauses of a text as examples to train the weights on.

use jiff::Zoned;

use super::Scores;
use super::feature;
use super::whole::Whole;
use crate::action::opener::{Agent, Opener};
use crate::clause::Head;
use crate::date::Policy;
use crate::detect::Source;
use crate::sentence::Sentence;
use crate::weights::Names;
use crate::{pipeline, summary};

/// A clause, as the trainer sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// Its features, each with its name and values parted by tabs.
    pub features: Vec<String>,
    /// Summaries of the tasks that the rules alone find in it.
    pub found: Vec<String>,
    /// Summaries it could have if it were a task.
    pub readings: Vec<String>,
}

/// The clauses of a text, in its order. The weights themselves play no part in them.
pub fn examples(text: &str, now: &Zoned, policy: &Policy) -> Vec<Example> {
    pipeline::with_source(text, now, policy, &[], |source| {
        let drafts = pipeline::drafts(source, &Scores::unknown());
        let whole = Whole::new(source);
        let mut examples = Vec::new();
        for (index, sentence) in source.sentences.iter().enumerate() {
            for clause in 0..sentence.clauses.len() {
                let own = drafts
                    .iter()
                    .filter(|draft| draft.alive && draft.sentence == index)
                    .filter(|draft| draft.clause == clause);
                let mut names = Names::default();
                feature::of(source, &whole, index, clause, &mut names);
                examples.push(Example {
                    features: names.0,
                    found: own.map(|draft| draft.summary.clone()).collect(),
                    readings: readings(source, sentence, clause),
                });
            }
        }
        examples
    })
    .0
}

/// What the clause would be called: by its form, by its verbs, by all its words.
fn readings(source: &Source<'_>, sentence: &Sentence, clause: usize) -> Vec<String> {
    let own = &sentence.clauses[clause];
    let mut readings = Vec::new();
    let mut read = |opener: &Opener| {
        readings.push(summary::of(source.text, sentence, clause, opener).0);
    };
    if let Head::Action(opener) | Head::Negated(opener) = &own.head {
        read(opener);
    }
    let verb = |word: &usize| sentence.token(*word).and_then(|token| token.verb);
    let verbs = (own.start..own.full.end).filter(|word| verb(word).is_some());
    let plain = verbs
        .clone()
        .find(|word| verb(word).is_some_and(|verb| verb.forms.base));
    for verb in verbs.take(1).chain(plain) {
        read(&Opener::said(super::RULE, Agent::Unsaid, verb, 0.5));
    }
    let words = own.start..own.full.end;
    readings.push(summary::of_noun(source.text, sentence, words, None).0);
    readings.dedup();
    readings
}
