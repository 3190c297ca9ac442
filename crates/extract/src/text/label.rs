//! Labels before the words: who speaks (`[09:12] Lea:`), whose work it is (`- Ben: …`), what it is
//! (`TODO:`).

mod front;
mod speech;
mod words;

use std::ops::Range;

use super::section::{self, Section};
use super::{front, speaker};
use crate::lexicon;
use crate::person::Named;
use front::{handled, marked, name_label, skip_stamp};
pub(super) use speech::{Speech, speech};
use words::{CONTEXTS, GROUPS, PEOPLE, SEEN, SPEAKERS, TODAY, WANTING, stop_label, task_label};

/// Who says something, or whose work it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Owner {
    /// As the text gives it; `None` for `Speaker 2`.
    pub name: Option<String>,
    /// The label stands before spoken words, so that an order in them is meant for somebody else.
    pub speaks: bool,
}

impl Owner {
    pub(super) fn of_work(name: Option<String>) -> Self {
        Self {
            name,
            speaks: false,
        }
    }
}

/// A label in front of a sentence.
#[derive(Debug)]
pub(super) struct Label {
    /// First byte after it.
    pub(super) end: usize,
    pub(super) owner: Option<Owner>,
    pub(super) section: Option<Section>,
    /// `Today:` before what is planned for the day.
    pub(super) today: bool,
    /// Holds for its own sentence alone: `Present: nine.`
    pub(super) brief: bool,
}

/// Whether a label ends in the mark of spoken words.
fn says(label: &str) -> bool {
    label.contains([':', ']', '>']) && !points(label)
}

/// `Bea ->`, `Bea =>`
fn points(label: &str) -> bool {
    label.contains("->") || label.contains("=>")
}

impl Label {
    /// A label that names nobody.
    fn plain(end: usize, section: Option<Section>) -> Self {
        Self {
            end,
            owner: None,
            section,
            today: false,
            brief: false,
        }
    }
}

/// The number of a ticket, a part that is over, or a shop, in front of the first words of a line.
fn opening(
    start: usize,
    words: &str,
    after_stamp: &str,
    named: Option<&(String, usize)>,
    chat: bool,
) -> Option<Label> {
    if let Some(length) = speaker::coded(words) {
        return Some(Label::plain(start + length, None));
    }
    // `Phase 1 (done): strip the tiles`
    let colon = front(words, 60)
        .as_bytes()
        .windows(2)
        .position(|pair| pair == b": ");
    if let Some(key) = colon.map(|at| &words[..at])
        && key.len() <= 50
        && section::is_over(key)
    {
        return Some(Label::plain(start + key.len() + 2, Some(Section::Done)));
    }
    // `drugstore: nappies, toothpaste`
    let (name, length) = named.filter(|_| !chat)?;
    let next = after_stamp[*length..].split(' ').next().unwrap_or_default();
    let shop = section::is_shop(name) && lexicon::base_verb(&next.to_lowercase()).is_none();
    let end = start + words.len() - after_stamp.len() + length;
    shop.then(|| Label::plain(end, Some(Section::Shopping)))
}

/// Reads the label at the front of a sentence.
pub(super) fn read(
    text: &str,
    range: Range<usize>,
    speech: &Speech,
    people: &Named,
    listed: bool,
    first: bool,
) -> Option<Label> {
    let words = &text[range.clone()];
    let (after_stamp, stamped) = if first {
        skip_stamp(words)
    } else {
        (words, false)
    };
    let stamp = words.len() - after_stamp.len();
    let message = speaker::message(after_stamp);
    let stamped = stamped || first && message.is_some();
    if first && let Some(label) = lettered(range.start, words, speech, listed) {
        return Some(label);
    }
    if first && let Some((name, length)) = speaker::commented(after_stamp) {
        return Some(Label {
            owner: Some(Owner {
                name: person(&name),
                speaks: true,
            }),
            ..Label::plain(range.start + stamp + length, None)
        });
    }
    let named = message
        .or_else(|| speaker::bracketed(after_stamp))
        .or_else(|| speaker::columned(after_stamp))
        .or_else(|| marked(after_stamp));
    if first
        && let Some(label) = opening(range.start, words, after_stamp, named.as_ref(), speech.chat)
    {
        return Some(label);
    }
    if let Some((name, length)) = named {
        let (name, charged) = speaker::charged(name);
        let lower = crate::words::lower(&name);
        let end = range.start + stamp + length;
        // `A: … B: …` talk to each other; otherwise `B:` is what blocks somebody.
        let lettered = lower == "b" && speech.names.iter().any(|other| other == "a");
        if !lettered && let Some(label) = sectioned(text, &lower, end) {
            return Some(label);
        }
        // `@errands: …` is a place to do it, nobody.
        if after_stamp.trim_start().starts_with('@') && CONTEXTS.holds(&lower) {
            return Some(Label::plain(end, Some(Section::Tasks)));
        }
        let speaker = is_numbered(&lower, speech.chat);
        let handle = after_stamp.trim_start().starts_with('@');
        let known = charged
            || speech.names.iter().any(|other| *other == lower)
            || handle
            || speaker
            || (first && unheard(&name))
            || (speech.chat && SPEAKERS.holds(&lower))
            || people.contains(&lower)
            || lexicon::is_first_name(first_word(&lower)) && !after_stamp.starts_with("till ")
            || (speech.chat
                && crate::person::is_title(first_word(&lower))
                && (2..=3).contains(&lower.split(' ').count()))
            || (lexicon::is_role(&lower) && listed);
        if !stop_label(&name) && (known || stamped) {
            let name = (!speaker).then(|| person(&name)).flatten();
            let owner = Owner {
                name,
                // `Miguel - the church, at seven` says whose work it is.
                speaks: (stamped || speech.chat && says(&after_stamp[..length]))
                    && !listed
                    && !charged,
            };
            return Some(Label {
                end,
                owner: Some(owner),
                section: None,
                today: false,
                brief: false,
            });
        }
    }
    (stamped && stamp > 0 && speech.chat).then(|| Label::plain(range.start + stamp, None))
}

/// A label that says what kind of words follow it.
fn sectioned(text: &str, lower: &str, end: usize) -> Option<Label> {
    if lower == "steps" && reports(text) {
        return Some(Label {
            brief: true,
            ..Label::plain(end, Some(Section::Ignored))
        });
    }
    if WANTING.holds(lower) && lists_goods(&text[end..]) {
        return Some(Label::plain(end, Some(Section::Shopping)));
    }
    let section = task_label(lower)?;
    Some(Label {
        today: TODAY.holds(lower),
        brief: PEOPLE.holds(lower) || SEEN.holds(lower),
        ..Label::plain(end, Some(section))
    })
}

/// `need: milk, eggs, bin bags`, and no `need: patience, time`: at least two things, one of which shops sell.
fn lists_goods(behind: &str) -> bool {
    // Longest list of things.
    const LONGEST: usize = 120;
    let line = front(behind, LONGEST).lines().next().unwrap_or_default();
    let things = || {
        line.split([',', '+', '&'])
            .map(|thing| thing.trim().trim_end_matches('.'))
    };
    let brief = things().all(|thing| (1..=3).contains(&thing.split_whitespace().count()));
    let sold = |thing: &str| {
        thing
            .split_whitespace()
            .any(|word| crate::area::is_bought(&crate::words::lower(word)))
    };
    brief && things().count() >= 2 && things().any(sold)
}

/// Whether a text tells what a fault should have been: its steps are those that lead to it.
fn reports(text: &str) -> bool {
    ["Expected:", "Actual:", "expected:", "actual:"]
        .iter()
        .any(|label| text.contains(label))
}

/// `Speaker A`, `Parent 2`: somebody who is not named.
fn is_numbered(lower: &str, chat: bool) -> bool {
    lower.split_once(' ').is_some_and(|(word, rest)| {
        let digit = rest.starts_with(|c: char| c.is_ascii_digit());
        let coded = matches!(word, "speaker" | "voice" | "person" | "participant")
            && (rest.len() < 3 || digit);
        let unnamed = SPEAKERS.holds(word) || word == "parent" || lexicon::is_role(word);
        coded || chat && unnamed && digit && rest.len() < 3
    })
}

/// `B signs for the cake table`, where a letter was said to stand for somebody, `JH = cover story` among
/// such lines.
fn lettered(start: usize, words: &str, speech: &Speech, listed: bool) -> Option<Label> {
    // `@li reviewing PR 482`
    if speech.handles
        && !listed
        && let Some((name, length)) = handled(words)
    {
        return Some(Label {
            owner: Some(Owner::of_work(Some(name.to_owned()))),
            ..Label::plain(start + length, None)
        });
    }
    let body = words.trim_start_matches('^');
    let word = body
        .split([' ', ':', '=', '-', '→', '⇒', '➜', '|'])
        .next()?;
    let rest = &body[word.len()..];
    let own = |name: String, behind: &str| Label {
        owner: Some(Owner::of_work(Some(name))),
        ..Label::plain(start + words.len() - behind.len(), None)
    };
    if let Some((_, name)) = speech.legend.iter().find(|(key, _)| key == word) {
        let behind = rest.trim_start_matches([' ', ':']);
        return listed.then(|| own(name.clone(), behind));
    }
    let marked = rest
        .trim_start()
        .starts_with(|c: char| !c.is_alphanumeric());
    let known = marked && !speech.chat && speech.initials.iter().any(|key| key == word);
    known.then(|| {
        own(
            word.to_owned(),
            rest.trim_start_matches(|c: char| !c.is_alphanumeric()),
        )
    })
}

/// Whether a line opens with a label, and so goes on with nothing.
pub(super) fn starts(text: &str, range: Range<usize>, speech: &Speech, people: &Named) -> bool {
    read(text, range, speech, people, false, true).is_some()
}

/// The name a heading consists of.
pub(super) fn heading_owner(words: &str, people: &Named) -> Option<Owner> {
    let name = words
        .trim()
        .trim_start_matches('@')
        .trim_end_matches("'s tasks")
        .trim_end_matches("’s tasks");
    let lower = name.to_lowercase();
    let known = people.contains(&lower) || lexicon::is_first_name(&lower);
    (known && name.chars().next().is_some_and(char::is_uppercase))
        .then(|| Owner::of_work(Some(name.to_owned())))
}

/// First name of a label, without what stands around it.
pub(super) fn person(label: &str) -> Option<String> {
    let label = label.trim_matches(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = label.split_whitespace().collect();
    // `QA team`, `2nd shift` are named whole.
    let group = words.len() > 1
        && words.last().is_some_and(|word| {
            GROUPS.holds(word.to_lowercase().as_str()) && !lexicon::is_first_name(word)
        });
    if group {
        return Some(label.to_owned());
    }
    let name = words
        .iter()
        .find(|word| !crate::person::is_title(word) && !word.eq_ignore_ascii_case("the"))
        .or(words.first())?;
    let nobody = [
        "all",
        "everyone",
        "everybody",
        "tbd",
        "team",
        "anyone",
        "nobody",
        "n/a",
        "we",
        "both",
        "open",
        // Whoever saved the chat.
        "me",
        "you",
    ];
    (!nobody.contains(&name.to_lowercase().as_str()) && name.chars().any(char::is_alphabetic))
        .then(|| (*name).to_owned())
}

/// A single word with a capital letter that is nothing else we know.
pub(super) fn unheard(name: &str) -> bool {
    let lower = crate::words::lower(name);
    name.chars().next().is_some_and(char::is_uppercase)
        && name.chars().any(char::is_lowercase)
        && (3..=12).contains(&name.chars().count())
        && name.chars().all(|c| c.is_alphabetic() || c == '-')
        && !lower.ends_with('s')
        && !lower.ends_with("ing")
        && !lower.ends_with("tion")
        && lexicon::verb(&lower).is_none()
        && !crate::area::knows(&lower)
        && !lexicon::is_role(&lower)
        && !crate::person::is_no_name(&lower)
        && section::read(&lower) == Section::Plain
        && task_label(&lower).is_none()
}

fn first_word(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or_default()
}
