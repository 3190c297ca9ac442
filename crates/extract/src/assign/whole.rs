//! Names of two words, given whole: `Mei Ling`, `Big Mike`; and the name behind a word that greets:
//! `Caro Davide`.

use crate::draft::Draft;
use crate::person;
use crate::token::{List, list};
use crate::words;

/// First halves of given names that are written apart.
const HALVES: List<'static> = list![
    "wei", "mei", "siew", "xiao", "jia", "hui", "yong", "jun", "chee", "kok", "boon", "swee",
    "hock", "zhi", "yee", "mary", "jean",
];

/// Words before a name that are hardly ever a name themselves.
const BEFORE: List<'static> = list![
    "ah",
    "big",
    "kak",
    "seu",
    "shri",
    "dona",
    "opa",
    "oma",
    "fräulein",
    "abuela",
    "abuelo",
    "pak",
    "meister",
    "encik",
    "puan",
];

/// Gives whoever is called by half of a name the other half as the text has it.
pub(crate) fn name(text: &str, drafts: &mut [Draft]) {
    for draft in drafts.iter_mut().filter(|draft| draft.alive) {
        let Some((name, _)) = &mut draft.assignee else {
            continue;
        };
        let lower = words::lower(name);
        let greets = person::greets(&lower);
        let half = HALVES.holds(lower.as_ref()) || BEFORE.holds(lower.as_ref());
        if !half && !greets {
            continue;
        }
        let Some(behind) = behind(text, name) else {
            continue;
        };
        if greets && !half {
            behind.clone_into(name);
        } else {
            *name = format!("{name} {behind}");
        }
    }
}

/// The word with a capital letter that stands behind a name where the text has it first.
fn behind<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.match_indices(name).find_map(|(at, _)| {
        let starts = !text[..at].ends_with(char::is_alphanumeric);
        let rest = text[at + name.len()..].strip_prefix(' ')?;
        let word = rest.split(|c: char| !c.is_alphabetic()).next()?;
        let named = starts
            && word.chars().count() > 1
            && word.starts_with(char::is_uppercase)
            && word.chars().skip(1).all(char::is_lowercase)
            && !person::is_no_name(&word.to_lowercase());
        named.then_some(word)
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::assignees;

    #[test]
    fn whoever_has_a_name_of_two_words_is_called_by_both() {
        for (text, name) in [
            ("Wei Jie pls translate the plan by 30 Nov.", "Wei Jie"),
            (
                "Big Mike: I'll torque the lugs on Friday\nJamal: ok",
                "Big Mike",
            ),
            ("Mei, please send the plan by Friday.", "Mei"),
        ] {
            assert_eq!(assignees(text)[0].as_deref(), Some(name), "{text}");
        }
    }

    #[test]
    fn a_word_that_greets_is_nobody() {
        assert_eq!(
            assignees("Cher Benoît, please file the accounts by Friday."),
            [Some("Benoît".to_owned())]
        );
    }
}
