//! Training of the weights by which the extraction tells clauses that ask for a deed from others.

use std::collections::BTreeMap;

use extract::{Example, Policy, examples};

use crate::regression::{Examples, Settings};
use crate::score::{Labelled, MATCH};

const SETTINGS: Settings = Settings {
    cost: 0.15,
    seen: 5,
};

/// A clause with its answer.
#[derive(Debug, Clone)]
pub struct Answered {
    /// Its features.
    pub features: Vec<String>,
    /// Whether it is a task.
    pub task: bool,
    /// Whether the rules alone find one in it.
    pub found: bool,
}

/// The clauses of labelled texts, each with whether it is a task. Those that are about a task which
/// another clause names better, or which is optional, are left out.
///
/// # Errors
/// The text whose reference time cannot be read.
pub fn answered(texts: &[Labelled]) -> Result<Vec<Answered>, String> {
    let mut all = Vec::new();
    for text in texts {
        let now = text.written()?;
        let clauses = examples(&text.text, &now, &Policy::default());
        let answers = answers(text, &clauses);
        all.extend(
            clauses
                .into_iter()
                .zip(answers)
                .filter_map(|(clause, task)| {
                    task.map(|task| Answered {
                        found: !clause.found.is_empty(),
                        features: clause.features,
                        task,
                    })
                }),
        );
    }
    Ok(all)
}

/// Whether each clause is a task; `None` where the labels do not say.
fn answers(text: &Labelled, clauses: &[Example]) -> Vec<Option<bool>> {
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (place, clause) in clauses.iter().enumerate() {
        for (at, gold) in text.tasks.iter().enumerate() {
            let best = |summaries: &[String]| {
                let alike = summaries.iter().map(|summary| gold.alike(summary));
                alike.fold(0.0, f64::max)
            };
            let (found, read) = (best(&clause.found), best(&clause.readings));
            // What the rules find is preferred to what only reads alike.
            if found >= MATCH {
                pairs.push((1.0 + found, at, place));
            } else if read >= MATCH {
                pairs.push((read, at, place));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut answers = vec![Some(false); clauses.len()];
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    for (_, at, place) in pairs {
        let first = *taken.entry(at).or_insert(place) == place;
        if answers[place] != Some(true) {
            answers[place] = (first && !text.tasks[at].optional).then_some(true);
        }
    }
    answers
}

/// Trains on the clauses: features with their weights, the bias first, then by name.
pub fn train(clauses: &[Answered]) -> Vec<(String, f64)> {
    let features: Vec<&[String]> = clauses.iter().map(|clause| &*clause.features).collect();
    let tasks: Vec<bool> = clauses.iter().map(|clause| clause.task).collect();
    Examples::new(&features, SETTINGS).weights(&tasks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clause_that_names_a_task_best_is_its_example() {
        let text: Labelled = serde_json::from_str(
            r#"{"id":"x","kind":"note","reference_time":"2026-03-04T09:00:00+01:00",
                "text":"It rained. Please call the plumber about the sink.",
                "tasks":[{"summary":"Call the plumber about the sink","due":null,
                          "priority":"medium","area":"household","assignee":null}]}"#,
        )
        .expect("a labelled text");
        let clauses = answered(std::slice::from_ref(&text)).expect("answers");
        let tasks: Vec<bool> = clauses.iter().map(|clause| clause.task).collect();
        assert_eq!(tasks, [false, true]);
    }
}
