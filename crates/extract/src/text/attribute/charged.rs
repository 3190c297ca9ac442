//! Actions that name only whose they are: `Action: Edith, no later than 20 May`.

use super::{Attribute, Key};
use crate::lexicon;

/// `Action: Edith, no later than 20 May`: a task that is only somebody's name says whose the words before
/// it are, and by when.
pub(super) fn read(text: &str, attribute: Attribute) -> Vec<Attribute> {
    let value = &text[attribute.value.clone()];
    let (name, rest) = value.split_once(',').unwrap_or((value, ""));
    let named = attribute.key == Key::Task
        && name.starts_with(char::is_uppercase)
        && name.split(' ').count() <= 2
        && lexicon::is_first_name(&name.split(' ').next().unwrap_or_default().to_lowercase())
        && !rest.contains([':', '.']);
    if !named {
        return vec![attribute];
    }
    let start = attribute.start;
    let end = attribute.value.start + name.len();
    let mut told = vec![Attribute {
        key: Key::Owner,
        start,
        value: attribute.value.start..end,
    }];
    let from = attribute.value.end - rest.trim_start().len();
    if from < attribute.value.end {
        told.push(Attribute {
            key: Key::Due,
            start: from,
            value: from..attribute.value.end,
        });
    }
    told
}

#[cfg(test)]
mod tests {
    use super::super::tests::pairs;
    use super::*;

    #[test]
    fn an_action_that_is_a_name_is_whose_it_is() {
        assert_eq!(
            pairs("Leaflet in the window. ACTION: Edith, no later than 20 May"),
            [(Key::Owner, "Edith"), (Key::Due, "no later than 20 May")]
        );
        assert_eq!(
            pairs("Action: Edith to print the leaflet"),
            [(Key::Task, "Edith to print the leaflet")]
        );
    }
}
