//! Training of the weights by which the extraction tells clauses that ask for a deed from others.
//!
//! A logistic regression with an L2 penalty: `½‖w‖² + C Σ log(1 + exp(−yᵢ w·xᵢ))` (Fan et al.,
//! “LIBLINEAR”, JMLR 9, 2008, eq. 1 and 3), minimised by gradient steps with Nesterov's momentum.
//! Nothing is drawn at random, so the same texts always give the same weights.

use std::collections::{BTreeMap, HashMap};

use extract::{Example, Policy, examples};

use crate::score::{Labelled, MATCH, alike, reference};

/// The weight of the examples against the penalty (`C` above).
const COST: f64 = 0.15;
/// Steps of the descent; the loss no longer changes in its sixth digit after a few hundred.
const STEPS: usize = 400;
/// Features seen in fewer clauses tell nothing.
const SEEN: usize = 5;
/// Weights nearer to zero are left out of the file.
const LEAST: f64 = 0.04;

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
        let now =
            reference(&text.reference_time).map_err(|error| format!("{}: {error}", text.id))?;
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
                let labels = || std::iter::once(&gold.summary).chain(&gold.summary_alt);
                summaries
                    .iter()
                    .flat_map(|summary| labels().map(|label| alike(label, summary)))
                    .fold(0.0, f64::max)
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
    let names = vocabulary(clauses);
    let number: HashMap<&str, usize> = names
        .iter()
        .enumerate()
        .map(|(at, name)| (*name, at))
        .collect();
    // The last one is the bias.
    let rows: Vec<(Vec<usize>, f64)> = clauses
        .iter()
        .map(|clause| {
            let mut row: Vec<usize> = clause
                .features
                .iter()
                .filter_map(|name| number.get(name.as_str()).copied())
                .collect();
            row.sort_unstable();
            row.dedup();
            row.push(names.len());
            (row, if clause.task { 1.0 } else { -1.0 })
        })
        .collect();
    let weights = descend(&rows, names.len() + 1);
    let bias = ("bias".to_owned(), weights[names.len()]);
    let features = names
        .iter()
        .zip(&weights)
        .filter(|(_, weight)| weight.abs() >= LEAST)
        .map(|(name, weight)| ((*name).to_owned(), *weight));
    std::iter::once(bias).chain(features).collect()
}

/// Features seen often enough, sorted.
fn vocabulary(clauses: &[Answered]) -> Vec<&str> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for clause in clauses {
        let mut own: Vec<&str> = clause.features.iter().map(String::as_str).collect();
        own.sort_unstable();
        own.dedup();
        for name in own {
            *seen.entry(name).or_default() += 1;
        }
    }
    seen.into_iter()
        .filter(|(_, count)| *count >= SEEN)
        .map(|(name, _)| name)
        .collect()
}

/// Minimises the penalised loss.
fn descend(rows: &[(Vec<usize>, f64)], width: usize) -> Vec<f64> {
    let step = 1.0 / (1.0 + COST * 0.25 * norm(rows, width));
    let mut weights = vec![0.0; width];
    let mut ahead = weights.clone();
    let mut momentum = 1.0_f64;
    for _ in 0..STEPS {
        let mut gradient = ahead.clone();
        for (row, sign) in rows {
            let margin: f64 = row.iter().map(|at| ahead[*at]).sum();
            let pull = -sign * COST / (1.0 + (sign * margin).exp());
            for at in row {
                gradient[*at] += pull;
            }
        }
        let next: Vec<f64> = ahead
            .iter()
            .zip(&gradient)
            .map(|(at, slope)| at - step * slope)
            .collect();
        let faster = f64::midpoint(1.0, (1.0 + 4.0 * momentum * momentum).sqrt());
        let swing = (momentum - 1.0) / faster;
        ahead = next
            .iter()
            .zip(&weights)
            .map(|(new, old)| new + swing * (new - old))
            .collect();
        weights = next;
        momentum = faster;
    }
    weights
}

/// The largest eigenvalue of `XᵀX`, by power iteration.
fn norm(rows: &[(Vec<usize>, f64)], width: usize) -> f64 {
    let mut vector = vec![1.0 / (width as f64).sqrt(); width];
    let mut value = 0.0;
    for _ in 0..30 {
        let mut next = vec![0.0; width];
        for (row, _) in rows {
            let product: f64 = row.iter().map(|at| vector[*at]).sum();
            for at in row {
                next[*at] += product;
            }
        }
        value = next.iter().map(|x| x * x).sum::<f64>().sqrt();
        vector = next
            .iter()
            .map(|x| x / value.max(f64::MIN_POSITIVE))
            .collect();
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clause(features: &[&str], task: bool) -> Answered {
        Answered {
            features: features.iter().map(|name| (*name).to_owned()).collect(),
            task,
            found: task,
        }
    }

    #[test]
    fn what_tells_tasks_gets_weight_and_what_is_rare_gets_none() {
        let mut clauses = Vec::new();
        for _ in 0..40 {
            clauses.push(clause(&["please", "any"], true));
            clauses.push(clause(&["yesterday", "any"], false));
        }
        clauses.push(clause(&["once"], true));
        let weights: BTreeMap<String, f64> = train(&clauses).into_iter().collect();
        assert!(weights["please"] > 1.0, "{weights:?}");
        assert!(weights["yesterday"] < -1.0, "{weights:?}");
        assert!(!weights.contains_key("once"), "{weights:?}");
        assert!(weights.get("any").is_none_or(|weight| weight.abs() < 0.1));
    }

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
