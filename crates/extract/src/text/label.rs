//! Labels before the words: who speaks (`[09:12] Lea:`), whose work it is (`- Ben: …`), what it is
//! (`TODO:`).

mod speech;
mod words;

use std::ops::Range;

use super::section::{self, Section};
use super::{front, speaker};
use crate::lexicon;
use crate::person::Named;
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
        let lower = name.to_lowercase();
        let end = range.start + stamp + length;
        // `A: … B: …` talk to each other; otherwise `B:` is what blocks somebody.
        let lettered = lower == "b" && speech.names.iter().any(|other| other == "a");
        if !lettered && let Some(label) = sectioned(text, &lower, end) {
            return Some(label);
        }
        // `@errands: …` is a place to do it, nobody.
        if after_stamp.trim_start().starts_with('@') && CONTEXTS.holds(lower.as_str()) {
            return Some(Label::plain(end, Some(Section::Tasks)));
        }
        let speaker = is_numbered(&lower, speech.chat);
        let handle = after_stamp.trim_start().starts_with('@');
        let known = charged
            || speech.names.contains(&lower)
            || handle
            || speaker
            || (first && unheard(&name))
            || (speech.chat && SPEAKERS.holds(lower.as_str()))
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
    ];
    (!nobody.contains(&name.to_lowercase().as_str()) && name.chars().any(char::is_alphabetic))
        .then(|| (*name).to_owned())
}

/// A single word with a capital letter that is nothing else we know.
fn unheard(name: &str) -> bool {
    let lower = name.to_lowercase();
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

/// Skips `[09:12]`, `09:12`, `(9:12 pm)`, `[12/03/2026, 09:12]`, with what separates it.
fn skip_stamp(words: &str) -> (&str, bool) {
    let open = words.starts_with(['[', '(']);
    // `[28 Sep 16:40] …`
    if open
        && let Some(close) = words
            .char_indices()
            .take(32)
            .find(|(_, c)| matches!(c, ']' | ')'))
        && speaker::is_stamp(&words[1..close.0])
    {
        let after = words[close.0 + 1..].trim_start_matches([' ', '-', '–', '—']);
        return (after, true);
    }
    let body = if open { &words[1..] } else { words };
    let length = body
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '/' | '.' | ',' | ' ' | '-')))
        .unwrap_or(body.len());
    let (stamp, rest) = body.split_at(length);
    let rest = ["AM", "PM", "am", "pm"]
        .iter()
        .find_map(|half| rest.strip_prefix(half))
        .unwrap_or(rest);
    let clock = stamp.split([' ', ',']).any(|part| {
        let mut pieces = part.split(':');
        let hour = pieces
            .next()
            .is_some_and(|piece| (1..=2).contains(&piece.len()));
        hour && pieces.next().is_some_and(|piece| piece.len() == 2)
    });
    let rest = if open {
        match rest.strip_prefix([']', ')']) {
            Some(rest) => rest,
            None => return (words, false),
        }
    } else {
        rest
    };
    if !clock {
        return (words, false);
    }
    let after = rest.trim_start_matches([' ', '-', '–', '—']);
    // "10:30 call with Ben" is an entry of a diary, not a message: a name and its colon must follow.
    if open || name_label(after).is_some_and(|(name, _)| !stop_label(&name)) {
        (after, true)
    } else {
        (words, false)
    }
}

/// Where the first spaced dash or arrow stands, and its length with the blanks.
fn first_dash(words: &str) -> Option<(usize, usize)> {
    const DASHES: &[&str] = &["– ", "— ", "- ", "-> ", "→ ", "➡️ ", "➡ ", "=> "];
    let blanks = words.bytes().enumerate().filter(|(_, byte)| *byte == b' ');
    blanks.map(|(at, _)| at).find_map(|at| {
        let rest = &words[at + 1..];
        if rest.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            return None;
        }
        let dash = DASHES.iter().find(|dash| rest.starts_with(**dash))?;
        Some((at, dash.len() + 1))
    })
}

/// A label that names somebody or something; its length includes what follows it.
fn name_label(words: &str) -> Option<(String, usize)> {
    speaker::message(words)
        .or_else(|| speaker::bracketed(words))
        .or_else(|| marked(words))
}

/// A label of up to three words before `:` or a spaced dash.
fn marked(words: &str) -> Option<(String, usize)> {
    let stripped = words.trim_start_matches(['*', '_', '<', '@', '^', ' ', ',', '↳', '└']);
    let offset = words.len() - stripped.len();
    let head = front(stripped, 40);
    // `Every Wednesday at 16:00: …`: the colon of an hour ends no label.
    let colon = head.match_indices(':').map(|(at, _)| at).find(|at| {
        let digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
        let bytes = head.as_bytes();
        !(digit(at.checked_sub(1).map(|before| &bytes[before])) && digit(bytes.get(at + 1)))
    });
    let closing = words.starts_with('<').then(|| head.find('>')).flatten();
    let dash = first_dash(head);
    let (name_end, mark) = match (closing, colon, dash) {
        (None, Some(at), Some((dash, length))) if dash < at => (dash, length),
        (Some(at), _, _) | (None, Some(at), _) => (at, 1),
        (None, None, dash) => dash?,
    };
    let mut name = head[..name_end].trim();
    let mut end = offset + name_end + mark;
    // "Lea (09:12): …"
    if let Some(open) = name.find('(') {
        name = name[..open].trim();
    }
    name = name.trim_matches(['*', '_', '@', ' ']);
    let words_in_name = name.split_whitespace().count();
    // `Shopping list for Saturday: …`
    let shops = || words_in_name <= 5 && section::read(name) == Section::Shopping;
    let shaped = ((1..=3).contains(&words_in_name) || shops())
        && name.chars().all(|c| {
            c.is_alphanumeric() || matches!(c, ' ' | '-' | '.' | '\'' | '’' | '+' | '&' | '/' | '_')
        })
        && name.chars().any(char::is_alphabetic)
        && name.chars().next().is_some_and(char::is_alphabetic);
    if !shaped || (colon == Some(name_end) && head[name_end + 1..].starts_with("//")) {
        return None;
    }
    // A dash needs a single capitalised name before it; a colon also takes lower case and labels.
    let standup = matches!(
        name.to_lowercase().as_str(),
        "yday" | "tdy" | "today" | "yesterday" | "y'day"
    );
    if mark > 1
        && !standup
        && (words_in_name > 1 || !name.chars().next().is_some_and(char::is_uppercase))
    {
        return None;
    }
    let rest = &words[end..];
    end += rest.len() - rest.trim_start_matches([' ', '*', '_', '\t', ':']).len();
    Some((name.to_owned(), end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_are_skipped() {
        assert_eq!(skip_stamp("[09:12] Lea: hi"), ("Lea: hi", true));
        assert_eq!(skip_stamp("09:12 – Lea: hi"), ("Lea: hi", true));
        assert_eq!(
            skip_stamp("10:30 call with Ben"),
            ("10:30 call with Ben", false)
        );
        assert_eq!(skip_stamp("[ ] buy milk"), ("[ ] buy milk", false));
    }

    #[test]
    fn names_before_colons() {
        assert_eq!(name_label("Lea: hi"), Some(("Lea".to_owned(), 5)));
        assert_eq!(
            name_label("**Lea Kern**: hi"),
            Some(("Lea Kern".to_owned(), 14))
        );
        assert_eq!(
            name_label("Lea (09:12): hi").map(|(name, _)| name),
            Some("Lea".to_owned())
        );
        assert_eq!(
            name_label("Kim – order pizza").map(|(name, _)| name),
            Some("Kim".to_owned())
        );
        assert_eq!(name_label("see https://x.y"), None);
        assert_eq!(name_label("we meet at 9, right?"), None);
    }
}
