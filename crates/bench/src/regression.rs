//! Training of weights that tell two classes apart.
//!
//! A logistic regression with an L2 penalty: `½‖w‖² + C Σ log(1 + exp(−yᵢ w·xᵢ))` (Fan et al.,
//! “LIBLINEAR”, JMLR 9, 2008, eq. 1 and 3), minimised by gradient steps with Nesterov's momentum.
//! Nothing is drawn at random, so the same texts always give the same weights.

use std::collections::{BTreeMap, HashMap};

/// Steps of the descent; the loss no longer changes in its sixth digit after a few hundred.
const STEPS: usize = 400;
/// Weights nearer to zero are left out of the file.
const LEAST: f64 = 0.04;

/// How a regression is trained.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// The weight of the examples against the penalty (`C` above).
    pub cost: f64,
    /// Features seen in fewer examples tell nothing.
    pub seen: usize,
}

/// Examples by the numbers of their features, so that they can be trained on for several classes.
#[derive(Debug)]
pub struct Examples<'a> {
    names: Vec<&'a str>,
    rows: Vec<Vec<usize>>,
    settings: Settings,
    /// The largest eigenvalue of `XᵀX`.
    norm: f64,
}

impl<'a> Examples<'a> {
    /// Takes the features of each example.
    pub fn new(features: &[&'a [String]], settings: Settings) -> Self {
        let names = vocabulary(features, settings.seen);
        let number: HashMap<&str, usize> = names
            .iter()
            .enumerate()
            .map(|(at, name)| (*name, at))
            .collect();
        let rows: Vec<Vec<usize>> = features
            .iter()
            .map(|own| {
                let known = own.iter().filter_map(|name| number.get(name.as_str()));
                let mut row: Vec<usize> = known.copied().collect();
                row.sort_unstable();
                row.dedup();
                // The last one is the bias.
                row.push(names.len());
                row
            })
            .collect();
        let norm = norm(&rows, names.len() + 1);
        Self {
            names,
            rows,
            settings,
            norm,
        }
    }

    /// The bias, and the features with a weight, by name. `class` says for each example whether it
    /// belongs to the class that is told from the others.
    pub fn train(&self, class: &[bool]) -> (f64, Vec<(&'a str, f64)>) {
        let signs: Vec<f64> = class
            .iter()
            .map(|of| if *of { 1.0 } else { -1.0 })
            .collect();
        let weights = self.descend(&signs);
        let named = self.names.iter().copied().zip(weights.iter().copied());
        let kept = named.filter(|(_, weight)| weight.abs() >= LEAST).collect();
        (weights[self.names.len()], kept)
    }

    /// The same as a file of weights lists them: the bias first, then the features by name.
    pub fn weights(&self, class: &[bool]) -> Vec<(String, f64)> {
        let (bias, weights) = self.train(class);
        std::iter::once(("bias", bias))
            .chain(weights)
            .map(|(name, weight)| (name.to_owned(), weight))
            .collect()
    }

    /// Minimises the penalised loss.
    fn descend(&self, signs: &[f64]) -> Vec<f64> {
        let (cost, width) = (self.settings.cost, self.names.len() + 1);
        let step = 1.0 / (1.0 + cost * 0.25 * self.norm);
        let mut weights = vec![0.0; width];
        let mut ahead = weights.clone();
        let mut momentum = 1.0_f64;
        for _ in 0..STEPS {
            let mut gradient = ahead.clone();
            for (row, sign) in self.rows.iter().zip(signs) {
                let margin: f64 = row.iter().map(|at| ahead[*at]).sum();
                let pull = -sign * cost / (1.0 + (sign * margin).exp());
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
}

/// Features seen often enough, sorted.
fn vocabulary<'a>(features: &[&'a [String]], least: usize) -> Vec<&'a str> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for own in features {
        let mut own: Vec<&str> = own.iter().map(String::as_str).collect();
        own.sort_unstable();
        own.dedup();
        for name in own {
            *seen.entry(name).or_default() += 1;
        }
    }
    seen.into_iter()
        .filter(|(_, count)| *count >= least)
        .map(|(name, _)| name)
        .collect()
}

/// The largest eigenvalue of `XᵀX`, by power iteration.
fn norm(rows: &[Vec<usize>], width: usize) -> f64 {
    let mut vector = vec![1.0 / (width as f64).sqrt(); width];
    let mut value = 0.0;
    for _ in 0..30 {
        let mut next = vec![0.0; width];
        for row in rows {
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

    #[test]
    fn what_tells_a_class_gets_weight_and_what_is_rare_gets_none() {
        let own = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let mut rows: Vec<Vec<String>> = Vec::new();
        let mut class = Vec::new();
        for _ in 0..40 {
            rows.push(own(&["please", "any"]));
            rows.push(own(&["yesterday", "any"]));
            class.extend([true, false]);
        }
        rows.push(own(&["once"]));
        class.push(true);
        let rows: Vec<&[String]> = rows.iter().map(Vec::as_slice).collect();
        let settings = Settings {
            cost: 0.15,
            seen: 5,
        };
        let (_, weights) = Examples::new(&rows, settings).train(&class);
        let weights: BTreeMap<&str, f64> = weights.into_iter().collect();
        assert!(weights["please"] > 1.0, "{weights:?}");
        assert!(weights["yesterday"] < -1.0, "{weights:?}");
        assert!(!weights.contains_key("once"), "{weights:?}");
        assert!(weights.get("any").is_none_or(|weight| weight.abs() < 0.1));
    }
}
