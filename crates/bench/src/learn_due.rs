//! Training of the weights by which the extraction gives a day to deeds that have none by its rules.

use extract::{Dating, Policy, datings};

use crate::regression::{Examples, Settings};
use crate::score::Labelled;

const SETTINGS: Settings = Settings { cost: 0.2, seen: 4 };

/// A date near a deed, with whether it is the deed's.
#[derive(Debug, Clone)]
pub struct Dated {
    /// Its features.
    pub features: Vec<String>,
    /// Whether the label gives the deed this date.
    pub own: bool,
}

/// The dates near the tasks found in labelled texts that have no day by the rules. Those are left out that the label
/// gives as well as none.
///
/// # Errors
/// The text whose reference time cannot be read.
pub fn dated(texts: &[Labelled]) -> Result<Vec<Dated>, String> {
    let mut all = Vec::new();
    for text in texts {
        let now = text.written()?;
        let near = datings(&text.text, &now, &Policy::default());
        all.extend(near.into_iter().filter_map(|date| {
            own(text, &date).map(|own| Dated {
                features: date.features,
                own,
            })
        }));
    }
    Ok(all)
}

fn own(text: &Labelled, date: &Dating) -> Option<bool> {
    let gold = text.label_of(&date.summary)?;
    let dues = || std::iter::once(&gold.due).chain(&gold.due_alt);
    let own = dues().flatten().any(|due| *due == date.due);
    let open = dues().any(Option::is_none);
    (!own || !open).then_some(own)
}

/// Trains on the dates: features with their weights, the bias first, then by name.
pub fn train(dates: &[Dated]) -> Vec<(String, f64)> {
    let features: Vec<&[String]> = dates.iter().map(|date| &*date.features).collect();
    let class: Vec<bool> = dates.iter().map(|date| date.own).collect();
    Examples::new(&features, SETTINGS).weights(&class)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labelled(due: &str) -> Labelled {
        serde_json::from_str(&format!(
            r#"{{"id":"x","kind":"note","reference_time":"2026-03-04T09:00:00+01:00",
                "text":"Please paint the fence. The paint comes on Friday.",
                "tasks":[{{"summary":"Paint the fence","priority":"medium","area":"household","assignee":null,
                           {due}}}]}}"#
        ))
        .expect("a labelled text")
    }

    fn own(due: &str) -> Vec<bool> {
        let dates = dated(&[labelled(due)]).expect("dates");
        dates.iter().map(|date| date.own).collect()
    }

    #[test]
    fn the_date_of_the_label_is_that_of_the_deed_and_any_other_is_not() {
        assert_eq!(own(r#""due":"2026-03-06""#), [true]);
        assert_eq!(own(r#""due":"2026-03-07""#), [false]);
        assert_eq!(own(r#""due":null"#), [false]);
    }

    #[test]
    fn a_date_that_is_as_good_as_none_teaches_nothing() {
        assert!(own(r#""due":null,"due_alt":["2026-03-06"]"#).is_empty());
    }

    #[test]
    fn the_features_of_own_dates_speak_for_a_date() {
        let date = |word: &str, own| Dated {
            features: vec![format!("before it\t{word}")],
            own,
        };
        let dates: Vec<Dated> = (0..20)
            .flat_map(|_| [date("deadline", true), date("since", false)])
            .collect();
        let weights: std::collections::BTreeMap<String, f64> = train(&dates).into_iter().collect();
        assert!(weights["before it\tdeadline"] > 0.5, "{weights:?}");
        assert!(weights["before it\tsince"] < -0.5, "{weights:?}");
    }
}
