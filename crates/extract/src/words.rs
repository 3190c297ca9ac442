//! Words compared by what they mean rather than how they are written: stems, content words, and how
//! much two actions have in common.

use crate::lexicon::{self, Class};
use std::borrow::Cow;

use crate::token::{self, List, Token, list};

/// Words that say nothing about what an action is.
const STOP: &[&str] = &[
    "a", "an", "the", "and", "or", "but", "of", "to", "in", "on", "at", "by", "for", "with",
    "from", "about", "as", "into", "onto", "over", "is", "are", "was", "were", "be", "been",
    "being", "am", "it", "its", "this", "that", "these", "those", "i", "you", "he", "she", "we",
    "they", "me", "him", "her", "us", "them", "my", "your", "his", "our", "their", "'s", "'ll",
    "'ve", "'d", "'re", "'m", "n't", "not", "will", "would", "can", "could", "should", "must",
    "shall", "may", "might", "do", "does", "did", "have", "has", "had", "so", "also", "just",
    "still", "please", "then", "there", "here", "some", "any", "all", "both", "again", "up", "out",
    "off", "if", "when", "once", "after", "before", "who", "which", "what", "need", "needs",
    "going", "get", "got", "new", "one", "already", "now", "too",
];

/// What says of anything that nothing is left to do with it.
pub(crate) const ENDED: List<'static> = list![
    "done",
    "completed",
    "finished",
    "cancelled",
    "canceled",
    "rejected",
    "dropped",
    "wontfix",
];

/// What says that a day, or what was to be on it, is on another one now.
pub(crate) const MOVED: List<'static> = list![
    "moved",
    "moves",
    "postponed",
    "pushed",
    "rescheduled",
    "shifted",
];

/// The words that say nothing about what an action is.
pub(crate) fn stop() -> impl Iterator<Item = &'static str> {
    STOP.iter().copied()
}

/// Whether the word carries meaning.
pub(crate) fn is_content(token: &Token) -> bool {
    token.is_word() && !token.classes.has(Class::Stop)
}

/// Whether the word behind `before` is the drawer of a shop, as in `count the till`, and no bound.
pub(crate) fn is_drawer(before: &str, word: &str) -> bool {
    // `leave this till Friday`
    word == "till"
        && matches!(
            before,
            "the" | "a" | "our" | "my" | "your" | "each" | "their" | "its"
        )
}

/// The text in lower case, as it stands where it already is.
pub(crate) fn lower(text: &str) -> Cow<'_, str> {
    let plain = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    if text.bytes().all(plain) {
        Cow::Borrowed(text)
    } else if text.is_ascii() {
        Cow::Owned(text.to_ascii_lowercase())
    } else {
        Cow::Owned(text.to_lowercase())
    }
}

/// The text with its letters from A to Z in lower case, every byte in its place, as it stands where it has
/// none.
pub(crate) fn ascii_lower(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(text.to_ascii_lowercase())
    } else {
        Cow::Borrowed(text)
    }
}

/// The text with a capital letter in front.
pub(crate) fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    let mut capitalised = String::with_capacity(text.len() + 2);
    capitalised.extend(chars.next().into_iter().flat_map(char::to_uppercase));
    capitalised.push_str(chars.as_str());
    capitalised
}

/// A word without its endings: `invoices`, `invoicing` and `invoice` agree.
pub(crate) fn stem(lower: &str) -> String {
    stemmed(lower).into_owned()
}

/// [`stem`], borrowed where the word has it in itself.
pub(crate) fn stemmed(lower: &str) -> Cow<'_, str> {
    cut(lexicon::verb(lower).map_or(lower, |verb| verb.base))
}

/// The stem of a token, whose reading as a verb is known.
pub(crate) fn stem_of(token: &Token) -> String {
    cut(token.verb.map_or(token.lower.as_str(), |verb| verb.base)).into_owned()
}

/// A noun without its plural, by its ending alone.
pub(crate) fn cut(word: &str) -> Cow<'_, str> {
    let mut word = word;
    while let Some(rest) = word.strip_suffix("'s") {
        word = rest;
    }
    let word = word.trim_end_matches('\'');
    // Every ending that is cut has an `s` last.
    if !word.ends_with('s') {
        return Cow::Borrowed(word);
    }
    let short = |rest: &str| rest.chars().nth(2).is_some();
    if let Some(rest) = word.strip_suffix("ies").filter(|rest| short(rest)) {
        return Cow::Owned(format!("{rest}y"));
    }
    for ending in ["sses", "shes", "ches", "xes"] {
        if word.ends_with(ending) {
            return Cow::Borrowed(&word[..word.len() - 2]);
        }
    }
    match word.strip_suffix('s') {
        Some(rest) if short(rest) && !rest.ends_with(['s', 'u', 'i']) => Cow::Borrowed(rest),
        _ => Cow::Borrowed(word),
    }
}

/// Stems of the content words of a text.
pub(crate) fn stems(text: &str) -> Vec<String> {
    stems_of(&token::tokenize(text, 0..text.len()))
}

/// Stems of the content words among tokens.
pub(crate) fn stems_of<'a>(tokens: impl IntoIterator<Item = &'a Token>) -> Vec<String> {
    let mut stems: Vec<String> = tokens
        .into_iter()
        .filter(|token| is_content(token))
        .map(stem_of)
        .collect();
    stems.sort();
    stems.dedup();
    stems
}

/// Whether two stems name the same thing: equal, or one grown from the other (`sign`, `signature`).
pub(crate) fn akin(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let shorter = a.len().min(b.len());
    let common = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
    shorter >= 4 && common >= 4 && common * 10 >= shorter * 8 && common * 2 >= a.len().max(b.len())
}

/// How many of `some` have a kin among `others`.
pub(crate) fn shared(some: &[String], others: &[String]) -> usize {
    some.iter()
        .filter(|stem| others.iter().any(|other| akin(stem, other)))
        .count()
}

/// The balance of what two sets of stems share, from 0 to 1 (F1).
pub(crate) fn overlap(a: &[String], b: &[String]) -> f64 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    2.0 * shared(a, b) as f64 / (a.len() + b.len()) as f64
}

/// How alike two actions are, from 0 (nothing in common) to 1 (the same words).
///
/// The measure is the F1 of their content words, compared by stem.
pub fn similarity(a: &str, b: &str) -> f64 {
    overlap(&stems(a), &stems(b))
}

/// An action by its content words, to be compared with many others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    stems: Vec<String>,
}

impl Action {
    /// The action that some words name.
    pub fn of(words: &str) -> Self {
        Self {
            stems: stems(words),
        }
    }

    /// Whether the other names the same with the same content words, in whatever form and order: stricter
    /// than [`same_action`], for texts that have nothing to do with each other.
    pub fn has_words_of(&self, other: &Self) -> bool {
        let (a, b) = (&self.stems, &other.stems);
        !a.is_empty() && a.len() == b.len() && shared(a, b) == a.len() && shared(b, a) == b.len()
    }
}

/// Whether two wordings name the same action: `Fix the login test`, `login test to be fixed`.
///
/// They must agree in most of their content words, and where both name more than one thing they may
/// not differ in the things: `Buy milk` and `Buy bread` are two actions.
pub fn same_action(a: &str, b: &str) -> bool {
    let (a, b) = (stems(a), stems(b));
    same_stems(&a, &b)
}

/// [`same_action`] over stems.
pub(crate) fn same_stems(a: &[String], b: &[String]) -> bool {
    let smaller = a.len().min(b.len());
    if smaller == 0 {
        return false;
    }
    if smaller == 1 {
        return a.len() == b.len() && shared(a, b) == 1;
    }
    overlap(a, b) >= 0.75 || (smaller >= 3 && shared(a, b) == smaller && overlap(a, b) >= 0.6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_agree() {
        for (a, b) in [
            ("invoices", "invoice"),
            ("wrote", "write"),
            ("batteries", "battery"),
            ("boxes", "box"),
            ("painted", "paint"),
        ] {
            assert_eq!(stem(a), stem(b), "{a} {b}");
        }
        assert!(akin("proofread", "proofreading"));
        assert!(!akin("report", "repository"));
    }

    #[test]
    fn a_capital_stands_in_front_in_any_script() {
        assert_eq!(capitalised("élan vital"), "Élan vital");
        assert_eq!(capitalised("ßa"), "SSa");
        assert_eq!(capitalised(""), "");
    }

    #[test]
    fn an_action_is_known_by_all_its_words() {
        let same = |a: &str, b: &str| Action::of(a).has_words_of(&Action::of(b));
        assert!(same("Renew the domain", "renewing domains"));
        assert!(same("Send Lukas the offer", "Send the offer to Lukas"));
        assert!(!same(
            "Send Lukas the sales offer",
            "Send Inga the sales offer"
        ));
        assert!(!same("Renew the domain", "Renew the domain of the shop"));
        assert!(!same("", "") && !same("Do it", "Do it"));
    }

    #[test]
    fn the_same_action_is_recognised() {
        for (a, b) in [
            ("Fix the login test", "The login test needs to be fixed"),
            ("Call Anna", "call Anna"),
            (
                "Send the signed offer to Lukas",
                "Send Lukas the signed offer",
            ),
            ("Book a room for the retro", "Book the retro room"),
        ] {
            assert!(same_action(a, b), "{a} / {b}");
        }
        for (a, b) in [
            ("Buy milk", "Buy bread"),
            ("Call Anna", "Call Ben"),
            ("Pay rent", "Pay the electricity bill"),
            ("", ""),
        ] {
            assert!(!same_action(a, b), "{a} / {b}");
        }
    }

    #[test]
    fn a_till_is_no_drawer_behind_what_is_put_off() {
        assert!(is_drawer("the", "till") && is_drawer("their", "till"));
        assert!(!is_drawer("this", "till") && !is_drawer("open", "till"));
        assert!(!is_drawer("the", "until"));
    }
}
