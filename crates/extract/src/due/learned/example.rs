//! Deeds without a day, each with a date near it, as examples to train the weights on.

use jiff::Zoned;

use super::feature::{self, Deeds};
use super::near;
use crate::date::Policy;
use crate::pipeline;
use crate::scorer::Scores;
use crate::weights::Names;

/// A date near a deed to which no rule gives one, as the trainer sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dating {
    /// Summary of the deed.
    pub summary: String,
    /// The deadline it would have.
    pub due: String,
    /// The features, each with its name and values parted by tabs.
    pub features: Vec<String>,
}

/// The dates near the tasks of a text that have no day by the rules.
pub fn datings(text: &str, now: &Zoned, policy: &Policy) -> Vec<Dating> {
    pipeline::with_source(text, now, policy, &[], |source| {
        let drafts = pipeline::by_rules(source, &Scores::new(source));
        let deeds = Deeds::of(source, &drafts);
        let open = drafts.iter().filter(|draft| super::is_open(draft));
        open.flat_map(|draft| near(source, &deeds, draft).map(move |near| (draft, near)))
            .map(|(draft, (date, chosen))| {
                let mut names = Names::default();
                feature::of(source, &deeds, draft, date, &mut names);
                Dating {
                    summary: draft.summary.clone(),
                    due: chosen.due.to_string(),
                    features: names.0,
                }
            })
            .collect()
    })
    .0
}
