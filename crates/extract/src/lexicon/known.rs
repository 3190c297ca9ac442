//! Everything our lists say of a word, found in one look.
//!
//! A sentence asks dozens of times what a word is, so each token looks once, when it is made.

use std::sync::LazyLock;

use super::{NAMES, ROLES, VERBS, Verb, derived, is_first_name};
use crate::hash::HashMap;
use crate::quiet::{self, Kinds};
use crate::{area, doubt, person, priority, thing, token, words};

/// A list of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// First names.
    FirstName,
    /// Roles and groups that can be told to do something.
    Role,
    /// Words that are no person, whatever their first letter.
    NoName,
    /// Nouns for people.
    Somebody,
    /// Words that no noun phrase holds.
    Outside,
    /// Words that say nothing about what an action is.
    Stop,
    /// Words that what says how urgent something is can begin with.
    Urgency,
    /// Spellings that show a hurry.
    Typed,
    /// Words that what tells of a whole text can begin with.
    Telling,
    /// Articles and the like, which speak for no part of life.
    Small,
}

/// The lists that a word is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Classes(u16);

impl Classes {
    pub(crate) fn has(self, class: Class) -> bool {
        self.0 & 1 << class as u16 != 0
    }

    fn add(&mut self, class: Class) {
        self.0 |= 1 << class as u16;
    }
}

/// What is known of a word.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Known {
    /// Its reading as a verb.
    pub verb: Option<Verb>,
    pub classes: Classes,
    /// The kinds of text that it tells of.
    pub kinds: Kinds,
}

/// What every list says of a word. Verbs, names and roles keep the maps they are taken from: the lists of slips
/// and of greetings, which go in here too, look words up while this one is still being made.
static WORDS: LazyLock<HashMap<&'static str, Known>> = LazyLock::new(|| {
    let mut known: HashMap<&'static str, Known> = HashMap::default();
    for (form, verb) in VERBS.iter() {
        known.entry(form.as_str()).or_default().verb = Some(*verb);
    }
    let mut put = |word: &'static str, class| {
        let entry = known.entry(word).or_default();
        entry.classes.add(class);
    };
    NAMES.iter().for_each(|word| put(word, Class::FirstName));
    ROLES.iter().for_each(|word| put(word, Class::Role));
    person::no_names().for_each(|word| put(word, Class::NoName));
    thing::persons().for_each(|word| put(word, Class::Somebody));
    thing::outside().for_each(|word| put(word, Class::Outside));
    words::stop().for_each(|word| put(word, Class::Stop));
    priority::first_words().for_each(|word| put(word, Class::Urgency));
    token::typed_forms().for_each(|word| put(word, Class::Typed));
    doubt::first_words().for_each(|word| put(word, Class::Telling));
    area::small_words().for_each(|word| put(word, Class::Small));
    for (word, kind) in quiet::telling_words() {
        known.entry(word).or_default().kinds.add(kind);
    }
    known
});

/// What is known of a word in lower case.
pub(crate) fn known(lower: &str) -> Known {
    let mut known = WORDS.get(lower).copied().unwrap_or_default();
    if known.verb.is_none() {
        known.verb = derived(lower);
    }
    if !lower.is_ascii() && is_first_name(lower) {
        known.classes.add(Class::FirstName);
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon;

    #[test]
    fn a_word_is_on_every_list_that_names_it() {
        let mark = known("mark");
        assert!(mark.verb.is_some() && mark.classes.has(Class::FirstName));
        assert!(known("plumber").classes.has(Class::Role));
        assert!(known("ramón").classes.has(Class::FirstName));
        assert!(known("the").classes.has(Class::Stop) && !known("the").classes.has(Class::Role));
        assert_eq!(known("xyzzy").classes, Classes::default());
    }

    #[test]
    fn a_verb_is_the_one_that_is_found_alone() {
        for word in ["re-record", "recount", "sent", "blue", "unbox"] {
            let (alone, here) = (lexicon::verb(word), known(word).verb);
            assert_eq!(
                alone.map(|verb| verb.base),
                here.map(|verb| verb.base),
                "{word}"
            );
        }
    }
}
