//! Whether the lines of a text are messages, and who speaks in them.

use std::collections::HashMap;

use super::words::stop_label;
use super::{first_word, name_label, points, skip_stamp};
use crate::lexicon;
use crate::text::line::{Line, Shape};
use crate::text::speaker;

/// What is known of the text's messages before they are read.
#[derive(Debug, Default)]
pub(in crate::text) struct Speech {
    pub(in crate::text) chat: bool,
    /// Lower-case names that stand before a colon in the manner of speakers.
    pub(in crate::text) names: Vec<String>,
    /// What letters stand for: `(J = Joan)`.
    pub(in crate::text) legend: Vec<(String, String)>,
    /// Initials before the deeds of a list.
    pub(in crate::text) initials: Vec<String>,
    /// Several lines open with `@somebody`.
    pub(in crate::text) handles: bool,
}

/// Looks over the lines for the labels of messages.
pub(in crate::text) fn speech(text: &str, lines: &[Line]) -> Speech {
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut stamped = 0;
    let mut spoken = 0;
    let mut labelled = 0;
    let (mut plain, mut colons) = (0, 0);
    let mut handles = 0;
    let mailed = opens_as_mail(text, lines);
    for line in lines
        .iter()
        .filter(|line| matches!(line.shape, Shape::Text { .. } | Shape::Item { .. }))
    {
        plain += usize::from(matches!(line.shape, Shape::Text { .. }));
        let words = &text[line.range.clone()];
        handles += usize::from(super::handled(words).is_some());
        let (after_stamp, has_stamp) = skip_stamp(words);
        let has_stamp = has_stamp || speaker::message(after_stamp).is_some();
        let Some((name, length)) = name_label(after_stamp) else {
            continue;
        };
        if stop_label(&name) {
            continue;
        }
        let listed = matches!(line.shape, Shape::Item { .. });
        colons += usize::from(!listed && after_stamp[..length].contains(':'));
        stamped += usize::from(has_stamp && !listed);
        // `Bea -> the licence` says whose work it is.
        labelled += usize::from(!listed && !points(&after_stamp[..length]));
        let rest = crate::words::lower(&after_stamp[length..]);
        let handle = after_stamp.trim_start().starts_with('@');
        spoken += usize::from(!listed && is_spoken(&rest, handle));
        *counts.entry(name.to_lowercase()).or_default() += 1;
    }
    let repeated = counts.values().any(|count| *count > 1);
    let known = |name: &str| lexicon::is_first_name(first_word(name));
    // One sentence that says `I` or `we` among many labels makes no talk of a list of jobs.
    let talks = spoken >= 1 && (spoken * 3 >= labelled || repeated);
    let chat = stamped >= 1 || !mailed && (labelled >= 2 && talks || labelled >= 3 && repeated);
    // Where every line opens so, every label is a speaker.
    let all = chat && colons >= 2 && colons == plain;
    let names = counts
        .iter()
        .filter(|(name, count)| known(name) || (**count > 1 && chat) || stamped >= 1 || all)
        .map(|(name, _)| name.clone())
        .collect();
    Speech {
        chat,
        names,
        legend: Vec::new(),
        initials: Vec::new(),
        handles: handles >= 2,
    }
}

/// `Hi Markus, hi Tine,` alone on its line: a mail, whose lines `Markus: …` and `Tine: …` each ask one of them.
fn opens_as_mail(text: &str, lines: &[Line]) -> bool {
    let first = lines
        .iter()
        .find(|line| matches!(line.shape, Shape::Text { .. }));
    first.is_some_and(|line| {
        let words = text[line.range.clone()].trim();
        let greets = words
            .split([' ', ','])
            .next()
            .is_some_and(|word| crate::person::greets(&crate::words::lower(word)));
        greets && words.ends_with(',') && !words.contains(':') && words.len() < 60
    })
}

/// Whether words behind a label, in lower case, are said to somebody. A `handle` is spoken to by its label.
fn is_spoken(rest: &str, handle: bool) -> bool {
    let addressed = rest.split(|c: char| !c.is_alphanumeric()).any(|word| {
        matches!(word, "i" | "we" | "me" | "my" | "please" | "pls") || word == "you" && !handle
    });
    // `Both: no shoes inside` answers nothing.
    let first = rest.split_whitespace().next().unwrap_or_default();
    let alone = rest.trim_end_matches(['.', '!']) == first.trim_end_matches(['.', '!']);
    let word = first.trim_matches(|c: char| !c.is_alphanumeric());
    let answers = matches!(
        word,
        "ok" | "okay"
            | "sure"
            | "yes"
            | "thanks"
            | "yeah"
            | "yep"
            | "nope"
            | "sorry"
            | "lol"
            | "haha"
    ) || word == "no" && (alone || first.ends_with([',', '.']));
    addressed || answers || rest.contains('?')
}
