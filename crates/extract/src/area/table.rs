//! The words that tell the part of life of a task, and those that tell where a whole text belongs.
//!
//! Both lists are data (`data/areas.txt`, `data/settings.txt`): entries of one to three words, each
//! with a weight for one area or one setting. They are read once. Words are numbered, so that a text
//! is looked up without putting strings together.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::hash::HashMap;
use crate::lexicon::{self, Class, Lean};
use crate::task::Area;
use crate::token::{self, Token};
use crate::words;

/// What an entry speaks for: first the areas, then the settings.
pub(super) const TARGETS: usize = 16;

/// The settings, as the lists write them.
const SETTINGS: [&str; TARGETS - Area::ALL.len()] = [
    "office", "software", "school", "trip", "home", "club", "clinic",
];

/// Names of the targets as the lists write them.
pub(super) const NAMES: [&str; TARGETS] = {
    let areas = Area::ALL.len();
    let mut names = [""; TARGETS];
    let mut at = 0;
    while at < TARGETS {
        names[at] = if at < areas {
            Area::ALL[at].name()
        } else {
            SETTINGS[at - areas]
        };
        at += 1;
    }
    names
};

/// Number of a word; 0 is a word that no entry knows.
pub(super) type Id = u32;

type Entry = Vec<(usize, f32)>;

/// Both lists, by their words.
pub(super) struct Table {
    ids: HashMap<String, Id>,
    single: Vec<Entry>,
    /// Whether a longer entry starts with the word.
    opens: Vec<bool>,
    long: HashMap<[Id; 3], Entry>,
}

pub(super) static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table {
        ids: HashMap::default(),
        single: vec![Vec::new()],
        opens: vec![false],
        long: HashMap::default(),
    };
    table.add(include_str!("../../data/areas.txt"));
    table.add(include_str!("../../data/settings.txt"));
    table
});

impl Table {
    fn add(&mut self, lines: &str) {
        let mut target = 0;
        for line in lines.lines() {
            if let Some(name) = line.strip_prefix('[') {
                let name = name.trim_end_matches(']');
                target = NAMES.iter().position(|known| *known == name).unwrap_or(0);
            } else if let Some((weight, phrases)) = line.split_once(": ")
                && let Ok(weight) = weight.parse::<f32>()
            {
                for phrase in phrases.split(", ") {
                    self.put(phrase, target, weight);
                }
            }
        }
    }

    fn put(&mut self, phrase: &str, target: usize, weight: f32) {
        let tokens = token::tokenize(phrase, 0..phrase.len());
        let mut key = [0; 3];
        let mut length = 0;
        for token in tokens.iter().filter(|token| counts(token)).take(3) {
            key[length] = self.number(&plain(&token.lower));
            length += 1;
        }
        let entry = match length {
            0 => return,
            1 => &mut self.single[key[0] as usize],
            _ => {
                self.opens[key[0] as usize] = true;
                self.long.entry(key).or_default()
            }
        };
        if !entry.iter().any(|(known, _)| *known == target) {
            entry.push((target, weight));
        }
    }

    fn number(&mut self, word: &str) -> Id {
        if let Some(id) = self.ids.get(word) {
            return *id;
        }
        let id = Id::try_from(self.single.len()).unwrap_or(0);
        self.ids.insert(word.to_owned(), id);
        self.single.push(Vec::new());
        self.opens.push(false);
        id
    }

    /// The number of a word of a text: as it stands, without its plural, as the plain verb.
    pub(super) fn id(&self, token: &Token) -> Id {
        let lower = token.lower.trim_start_matches('#');
        let cut = words::cut(lower);
        let plain = if is_other(lower, &cut) { lower } else { &cut };
        // A token knows its verb; behind a `#` it is still to be found.
        let tagged = lower.len() < token.lower.len();
        let singular = plain.len() > cut.len();
        self.ids
            .get(plain)
            .or_else(|| singular.then(|| self.ids.get(cut.as_ref())).flatten())
            .or_else(|| {
                let found = || tagged.then(|| lexicon::verb(lower)).flatten();
                let verb = token.verb.or_else(found)?;
                self.ids.get(words::cut(verb.base).as_ref())
            })
            .copied()
            .unwrap_or(0)
    }

    /// Whether the word alone speaks for anything.
    pub(super) fn tells(&self, token: &Token) -> bool {
        !self.single(self.id(token)).is_empty()
    }

    /// What the word alone speaks for.
    pub(super) fn single(&self, id: Id) -> &[(usize, f32)] {
        &self.single[id as usize]
    }

    /// Whether a longer entry starts with the word.
    pub(super) fn opens(&self, id: Id) -> bool {
        self.opens[id as usize]
    }

    /// What two or three words in a row speak for; 0 stands for no third word.
    pub(super) fn long(&self, key: [Id; 3]) -> Option<&[(usize, f32)]> {
        self.long.get(&key).map(Vec::as_slice)
    }

    /// Whether the word alone is on a list.
    pub(super) fn knows(&self, lower: &str) -> bool {
        let id = self
            .ids
            .get(plain(lower).as_ref())
            .or_else(|| self.ids.get(words::stemmed(lower).as_ref()));
        id.is_some_and(|id| !self.single(*id).is_empty())
    }
}

impl Table {
    /// Whether the word, in lower case, is mostly of what is bought.
    pub(super) fn is_bought(&self, lower: &str) -> bool {
        let shopping = NAMES.iter().position(|name| *name == Area::Shopping.name());
        let id = self
            .ids
            .get(plain(lower).as_ref())
            .or_else(|| self.ids.get(words::cut(lower).as_ref()));
        id.is_some_and(|id| {
            let entries = self.single(*id);
            entries
                .iter()
                .any(|(target, weight)| Some(*target) == shopping && *weight >= 2.0)
        })
    }
}

/// Whether a token can be part of an entry; articles and the like cannot.
pub(super) fn counts(token: &Token) -> bool {
    token.is_word() && !token.classes.has(Class::Small)
}

/// Words that no entry holds.
pub(crate) fn small_words() -> impl Iterator<Item = &'static str> {
    const SMALL: &[&str] = &[
        "the", "a", "an", "my", "your", "our", "his", "her", "their", "its", "this", "that",
        "these", "those", "some", "any", "'s", "i", "you", "he", "she", "we", "they", "me", "him",
        "us", "them", "it", "please",
    ];
    SMALL.iter().copied()
}

/// A word without its plural, unless another word comes out: `leaves`, `minutes`.
fn plain(lower: &str) -> Cow<'_, str> {
    let cut = words::cut(lower);
    if is_other(lower, &cut) {
        Cow::Borrowed(lower)
    } else {
        cut
    }
}

/// Whether a word becomes another one without its plural.
fn is_other(lower: &str, cut: &str) -> bool {
    cut.len() < lower.len()
        && (lexicon::verb(cut)
            .is_some_and(|verb| matches!(verb.lean, Lean::Verb | Lean::State | Lean::Light))
            || matches!(
                cut,
                "minute"
                    | "date"
                    | "short"
                    | "new"
                    | "good"
                    | "custom"
                    | "glass"
                    | "sale"
                    | "sweet"
            ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_has_words() {
        for (target, name) in NAMES.iter().enumerate() {
            let words = TABLE
                .single
                .iter()
                .flatten()
                .filter(|(known, _)| *known == target)
                .count();
            assert!(words >= 15, "{name}: {words}");
        }
    }

    #[test]
    fn plurals_that_are_other_words_stay() {
        assert_eq!(plain("leaves"), "leaves");
        assert_eq!(plain("minutes"), "minutes");
        assert_eq!(plain("tomatoes"), "tomatoe");
        assert_eq!(plain("invoices"), "invoice");
    }
}
