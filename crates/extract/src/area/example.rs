//! Tasks of a text as examples to train the weights of the areas on.

use jiff::Zoned;

use super::{Reading, learned};
use crate::date::Policy;
use crate::pipeline;
use crate::scorer::Scores;
use crate::token;
use crate::weights::Names;

/// A task whose area is asked for, as the trainer sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    /// Its summary.
    pub summary: String,
    /// Its features, each with its name and values parted by tabs.
    pub features: Vec<String>,
}

/// The tasks that the rules find in a text, in its order. Trained weights play no part in them.
pub fn placements(text: &str, now: &Zoned, policy: &Policy) -> Vec<Placement> {
    pipeline::with_source(text, now, policy, &[], |source| {
        let drafts = pipeline::drafts(source, &Scores::unknown());
        let mut reading = Reading::new(source.text, source.sentences);
        let blocks = pipeline::blocks(source.sentences);
        let alive = drafts.iter().filter(|draft| draft.alive);
        alive
            .map(|draft| {
                let summary = &draft.summary;
                let tokens = token::tokenize(summary, 0..summary.len());
                let block = blocks[draft.sentence].clone();
                let (points, _) = reading.points(&tokens, &pipeline::around(source, draft, block));
                let mut names = Names::default();
                learned::features(&tokens, &points, &mut names);
                Placement {
                    summary: summary.clone(),
                    features: names.0,
                }
            })
            .collect()
    })
    .0
}
