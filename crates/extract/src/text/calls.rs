//! Calls written down by the parts that people have in them, where they say who they are: `Agent: Castle Street
//! Dental, Leanne speaking.`, `Caller: Hi, it's Paul Whitcombe.`

use super::Document;
use crate::lexicon;
use crate::token::{List, list};

/// What somebody is called who has a part in a call, and no name.
const PARTS: List<'static> = list![
    "agent",
    "caller",
    "customer",
    "operator",
    "rep",
    "representative",
    "adviser",
    "advisor",
    "receptionist",
    "dispatcher",
    "support",
];

/// Words in front of one's own name.
const IN_FRONT: &[&[&str]] = &[
    &["it's"],
    &["it", "is"],
    &["this", "is"],
    &["i'm"],
    &["my", "name", "is"],
    &["my", "name's"],
    &["name's"],
];

/// Gives the parts of a call the names by which those who have them call themselves.
pub(super) fn name_parts(text: &str, document: &mut Document) {
    let is_part = |name: &str| PARTS.holds(name.to_ascii_lowercase().as_str());
    if !document.speakers.iter().any(|name| is_part(name)) {
        return;
    }
    let mut known: Vec<(String, String)> = Vec::new();
    for unit in &document.units {
        let owner = unit.place.owner.as_ref().filter(|owner| owner.speaks);
        let Some(part) = owner.and_then(|owner| owner.name.as_ref()) else {
            continue;
        };
        if is_part(part)
            && !known.iter().any(|(other, _)| other == part)
            && let Some(name) = introduced(&text[unit.range.clone()])
        {
            known.push((part.clone(), name));
        }
    }
    let called = |part: &str| known.iter().find(|(other, _)| other == part);
    for owner in document
        .units
        .iter_mut()
        .filter_map(|unit| unit.place.owner.as_mut())
    {
        if let Some((_, name)) = owner.name.as_deref().and_then(called) {
            owner.name = Some(name.clone());
        }
    }
    for speaker in &mut document.speakers {
        if let Some((_, name)) = called(speaker) {
            speaker.clone_from(name);
        }
    }
    document
        .people
        .extend(known.iter().map(|(_, name)| name.to_lowercase()));
}

/// `Leanne speaking`, `it's Paul Whitcombe`, `my name is Ida`
fn introduced(words: &str) -> Option<String> {
    let words: Vec<&str> = words.split_whitespace().collect();
    let plain = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        word.replace('’', "'")
    };
    let name = |at: usize| {
        let word = plain(words.get(at)?);
        let known = lexicon::is_first_name(&word.to_lowercase());
        (known && word.starts_with(char::is_uppercase)).then_some(word)
    };
    (0..words.len()).find_map(|at| {
        let behind = matches!(plain(words[at]).as_str(), "speaking" | "here");
        if behind && let Some(name) = at.checked_sub(1).and_then(name) {
            return Some(name);
        }
        IN_FRONT.iter().find_map(|front| {
            let fits = front.iter().enumerate().all(|(place, word)| {
                words
                    .get(at + place)
                    .is_some_and(|said| plain(said).eq_ignore_ascii_case(word))
            });
            fits.then(|| name(at + front.len()))?
        })
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::assignees;

    #[test]
    fn those_in_a_call_have_the_names_they_give() {
        let text = "Agent: Harbour Boats, Ines speaking.\n\
                    Caller: Morning, it's Ravi Beck, my mast is bent.\n\
                    Agent: Oh no. Can you send me a photo by Friday?\n\
                    Caller: Sure. And I'll drop off the boom tomorrow.\n\
                    Agent: Fine, I'll order the part today.\n";
        let named = |name: &str| Some(name.to_owned());
        assert_eq!(
            assignees(text),
            [named("Ravi"), named("Ravi"), named("Ines")]
        );
    }

    #[test]
    fn who_gives_no_name_keeps_the_part() {
        let text = "Agent: Harbour Boats, good morning.\n\
                    Caller: It's urgent, my mast is bent.\n\
                    Agent: Can you send me a photo by Friday?\n\
                    Caller: Will do.\n";
        assert_eq!(assignees(text), [Some("Caller".to_owned())]);
    }
}
