//! Training of the weights by which the extraction tells the areas of tasks.

use extract::{Area, Policy, placements};

use crate::regression::{Examples, Settings};
use crate::score::Labelled;

const SETTINGS: Settings = Settings { cost: 0.3, seen: 4 };

/// A task with the area its label gives.
#[derive(Debug, Clone)]
pub struct Placed {
    /// Its features.
    pub features: Vec<String>,
    /// Its area.
    pub area: String,
}

/// The tasks found in labelled texts, each with the area of the label it is most alike.
///
/// # Errors
/// The text whose reference time cannot be read.
pub fn placed(texts: &[Labelled]) -> Result<Vec<Placed>, String> {
    let mut all = Vec::new();
    for text in texts {
        let now = text.written()?;
        let found = placements(&text.text, &now, &Policy::default());
        all.extend(found.into_iter().filter_map(|task| {
            let gold = text.label_of(&task.summary)?;
            Some(Placed {
                features: task.features,
                area: gold.area.clone(),
            })
        }));
    }
    Ok(all)
}

/// Trains each area against all others: features, each with the area behind a tab, with their weights.
pub fn train(tasks: &[Placed]) -> Vec<(String, f64)> {
    let features: Vec<&[String]> = tasks.iter().map(|task| &*task.features).collect();
    let examples = Examples::new(&features, SETTINGS);
    let mut lines = Vec::new();
    for area in Area::ALL.map(Area::name) {
        let class: Vec<bool> = tasks.iter().map(|task| task.area == area).collect();
        let (bias, weights) = examples.train(&class);
        lines.push((format!("bias\t{area}"), bias));
        let named = weights.into_iter();
        lines.extend(named.map(|(name, weight)| (format!("{name}\t{area}"), weight)));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_takes_the_area_of_the_label_it_is_most_alike() {
        let text: Labelled = serde_json::from_str(
            r#"{"id":"x","kind":"note","reference_time":"2026-03-04T09:00:00+01:00",
                "text":"Please call the plumber about the sink. Pay the rent.",
                "tasks":[{"summary":"Call the plumber about the sink","due":null,
                          "priority":"medium","area":"household","assignee":null},
                         {"summary":"Pay the rent","due":null,
                          "priority":"medium","area":"finance","assignee":null}]}"#,
        )
        .expect("a labelled text");
        let placed = placed(std::slice::from_ref(&text)).expect("areas");
        let areas: Vec<&str> = placed.iter().map(|task| task.area.as_str()).collect();
        assert_eq!(areas, ["household", "finance"]);
    }

    #[test]
    fn the_word_of_an_area_speaks_for_it_and_against_others() {
        let task = |word: &str, area: &str| Placed {
            features: vec![format!("word\t{word}")],
            area: area.to_owned(),
        };
        let tasks: Vec<Placed> = (0..20)
            .flat_map(|_| [task("rent", "finance"), task("sink", "household")])
            .collect();
        let weights: std::collections::BTreeMap<String, f64> = train(&tasks).into_iter().collect();
        assert!(weights["word\trent\tfinance"] > 0.5, "{weights:?}");
        assert!(weights["word\trent\thousehold"] < -0.5, "{weights:?}");
    }
}
