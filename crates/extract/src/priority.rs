//! How urgent the text says a task is: only words that say so count, never a near date.

mod scope;

use std::sync::LazyLock;

use crate::lexicon::Class;
use crate::rows::Rows;
use crate::task::Priority;
use crate::token::{List, Mask, Token, list};

pub(crate) use scope::{refers_back, settle};

/// Rows of words that say something is pressing.
const HIGH: &[&str] = &[
    "as soon as possible",
    "as soon as you can",
    "as soon as humanly possible",
    "top priority",
    "high priority",
    "highest priority",
    "high prio",
    "top prio",
    "priority : high",
    "prio : high",
    "priority high",
    "priority 1",
    "prio 1",
    "priority one",
    "number one priority",
    "really important",
    "very important",
    "super important",
    "extremely important",
    "time critical",
    "time sensitive",
    "mission critical",
    "drop everything",
    "is urgent",
    "super urgent",
    "very urgent",
    "of the essence",
    "most important",
    "so important",
    "is important",
    "'s important",
    "no matter what",
    "utmost importance",
    "utmost urgency",
    "matter of urgency",
    "first priority",
    "absolute priority",
    "highest prio",
    "priority : urgent",
    "priority : critical",
    "priority : p1",
    "severity : critical",
    "urgency : high",
    "prio : 1",
    "priority : 1",
    "p 1",
    "is critical",
    "'s critical",
    "is crucial",
    "'s crucial",
    "can not wait",
    "can n't wait",
    "ca n't wait any longer",
    "can n't slip",
    "without delay",
    "at all costs",
    "top of the list",
    "must not slip",
    "it 's a blocker",
    "is a blocker",
];

const HIGH_WORDS: List<'static> = list![
    "urgent",
    "urgently",
    "asap",
    "a.s.a.p",
    "critical",
    "p0",
    "p1",
    "#urgent",
    "#p1",
    "#high",
    "time-critical",
    "time-sensitive",
    "top-priority",
    "high-priority",
    "mission-critical",
    "showstopper",
    "pronto",
    "prio1",
    "prio-1",
    "sev1",
    "urgnt",
    "urgant",
];

/// Rows of words that say something is not pressing.
const LOW: &[&str] = &[
    "no rush at all",
    "no rush",
    "no hurry",
    "not in a hurry",
    "no big rush",
    "no pressure",
    "not urgent",
    "not super urgent",
    "not that urgent",
    "is n't urgent",
    "n't urgent",
    "not time critical",
    "not very urgent",
    "not too urgent",
    "nothing urgent",
    "not so urgent",
    "not a priority",
    "not pressing",
    "not critical",
    "not important",
    "n't important",
    "low priority",
    "low prio",
    "lowest priority",
    "priority : low",
    "prio : low",
    "priority low",
    "priority 3",
    "nice to have",
    "when you get around to it",
    "when i get around to it",
    "if you get around to it",
    "at your leisure",
    "when you have time",
    "if time permits",
    "if there 's time",
    "if there is time",
    "when there 's time",
    "if you have time",
    "if we have time",
    "if i have time",
    "when time allows",
    "when possible",
    "at some point",
    "some day",
    "one of these days",
    "take your time",
    "can wait",
    "back burner",
    "not a big deal",
    "whenever you can",
    "whenever possible",
    "no particular rush",
    "no deadline",
    "no urgency",
    "no longer urgent",
    "not asap",
    "not high priority",
    "not top priority",
    "not a high priority",
    "not a top priority",
    "n't a priority",
    "not that important",
    "not so important",
    "not very important",
    "not super important",
    "n't that important",
    "least important",
    "lower priority",
    "least urgent",
    "less urgent",
    "low urgency",
    "urgency : low",
    "priority : p3",
    "prio : 3",
    "priority : 3",
    "no need to rush",
    "no need to hurry",
    "do n't rush",
    "do n't hurry",
    "in your own time",
    "does n't matter when",
    "no matter when",
    "in no rush",
    "in no hurry",
    "not rushing",
    "when you are chanced",
    "when you can",
    "when you have a spare minute",
    "when you have a sec",
    "when you find time",
    "when you find the time",
    "whenever suits",
    "whenever you like",
    "whenever you get to it",
    "whenever you have time",
    "whenever you get the chance",
    "whenever you get a chance",
    "if there 's time left",
    "at some stage",
    "as and when",
    "back-burner",
    "not life or death",
    "low on the list",
    "bottom of the list",
    "nice-to-have",
    "would be nice to have",
    "there 's no rush",
    "when convenient",
    "whenever he finds time",
    "whenever she finds time",
    "whenever they find time",
    "whenever you find time",
    "whenever i find time",
    "whenever he has time",
    "whenever she has time",
    "whenever they have time",
    "whenever there 's time",
    "whenever there is time",
    "whenever there 's a gap",
    "whenever there is a gap",
    "whenever there 's a moment",
    "whenever there 's a lull",
    "whenever you have a moment",
    "whenever you get a moment",
    "whenever you have a minute",
];

const LOW_WORDS: List<'static> = list![
    "whenever",
    "someday",
    "p3",
    "p4",
    "#low",
    "#p3",
    "nice-to-have",
    "low-priority",
    "eventually",
    "sometime",
    "low-prio",
    "non-urgent",
    "prio3",
    "unhurried",
    "low",
];

static HIGH_ROWS: LazyLock<Rows> = LazyLock::new(|| Rows::new(HIGH));
static LOW_ROWS: LazyLock<Rows> = LazyLock::new(|| Rows::new(LOW));

/// Words that are a marker only where nothing stands around them.
const ALONE: List<'static> = list!["important", "emergency", "crucial"];

/// The words of a column for it: `(high)`.
const IN_CELL: List<'static> = list!["high", "highest"];

/// All words that a marker can begin with.
pub(crate) fn first_words() -> impl Iterator<Item = &'static str> {
    let words = [HIGH_WORDS, LOW_WORDS, ALONE, IN_CELL]
        .into_iter()
        .flatten();
    let rows = HIGH_ROWS.first_words().chain(LOW_ROWS.first_words());
    words.copied().chain(rows)
}

/// Marks the words of a sentence that say how urgent it is.
pub(crate) fn mark(tokens: &mut [Token]) {
    for at in 0..tokens.len() {
        if tokens[at].mask == Mask::None
            && let Some((_, length)) = read(tokens, at)
        {
            for token in &mut tokens[at..at + length] {
                token.mask = Mask::Priority;
            }
        }
    }
}

/// All markers among the tokens, in their order.
fn find_all(tokens: &[Token]) -> Vec<(Priority, std::ops::Range<usize>)> {
    let mut at = 0;
    let mut found = Vec::new();
    while at < tokens.len() {
        if let Some((priority, length)) = read(tokens, at) {
            found.push((priority, at..at + length));
            at += length;
        } else {
            at += 1;
        }
    }
    found
}

/// The strongest marker among the tokens, and where it stands.
pub(crate) fn find(tokens: &[Token]) -> Option<(Priority, std::ops::Range<usize>)> {
    let found = find_all(tokens);
    let high = found
        .iter()
        .rposition(|(priority, _)| *priority == Priority::High);
    found.into_iter().nth(high.unwrap_or(0))
}

/// The marker that starts at a token, and its length.
#[inline]
fn read(tokens: &[Token], at: usize) -> Option<(Priority, usize)> {
    let opens = |token: &Token| token.classes.has(Class::Urgency) || token.lower.starts_with('!');
    tokens.get(at).filter(|token| opens(token))?;
    marker(tokens, at)
}

/// [`read`], where a marker can begin.
fn marker(tokens: &[Token], at: usize) -> Option<(Priority, usize)> {
    let lower = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_str());
    let word = lower(at);
    let row = |rows: &Rows| {
        rows.find(|offset| lower(at + offset))
            .map(|(_, length)| length)
    };
    if let Some(length) = row(&LOW_ROWS) {
        // `at some point this week` has its day.
        let dated = word == "at" && tokens.get(at + length).is_some_and(Token::is_dated);
        return (!dated).then_some((Priority::Low, length));
    }
    let before = at.checked_sub(1).map_or("", lower);
    if LOW_WORDS.holds(word) && is_low(tokens, at) {
        return Some((Priority::Low, 1));
    }
    if let Some(length) = row(&HIGH_ROWS) {
        // `it is important to note that …`, `if it's urgent, call`: nothing is marked.
        let general = matches!(lower(at + length), "to" | "that") && word != "can";
        return (!general && !doubted(tokens, at)).then_some((Priority::High, length));
    }
    // The bare word in a column or in brackets.
    if IN_CELL.holds(word) {
        let cell =
            matches!(before, "(" | "[" | "|") && matches!(lower(at + 1), ")" | "]" | "|" | "");
        return cell.then_some((Priority::High, 1));
    }
    if ALONE.holds(word) {
        let alone = OPENS.holds(before) && CLOSES.holds(lower(at + 1));
        return alone.then_some((Priority::High, 1));
    }
    if HIGH_WORDS.holds(word) {
        let noun = NOUNS.holds(lower(at + 1)) && !OPENS.holds(before);
        return (!noun && !doubted(tokens, at)).then_some((Priority::High, 1));
    }
    word.starts_with('!')
        .then(|| exclaimed(tokens, at))
        .flatten()
}

/// What can stand before and behind a word that is a marker alone.
const OPENS: List<'static> = list![
    "", "(", "[", ",", "–", "-", "—", "!", ":", ";", ".", "|", "is", "*", "**",
];
const CLOSES: List<'static> = list![
    "", ")", "]", ",", ".", ";", "|", "!", "!!", "!!!", ":", "–", "-", "—", "*", "**",
];

/// Words that make a thing of its own of `urgent` or `critical` before them.
const NOUNS: List<'static> = list![
    "care",
    "path",
    "mass",
    "thinking",
    "thinkers",
    "illness",
    "acclaim",
    "theory",
    "reading",
    "essay",
    "analysis",
    "review",
    "reviews",
    "section",
    "infrastructure",
    "point",
    "clinic",
    "care.",
    "of",
    "temperature",
    "edition",
    "appraisal",
    "reflection",
    "success",
    "incident",
    "mineral",
    "minerals",
];

/// Whether a word for little urgency is one here: `running low`, `low shelf` and `whenever I cook` are not.
fn is_low(tokens: &[Token], at: usize) -> bool {
    let lower = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_str());
    let before = at.checked_sub(1).map_or("", lower);
    let after = lower(at + 1);
    let dated = at > 0 && tokens[at - 1].is_dated();
    let opens = OPENS.holds(before) && before != "is" || dated;
    match tokens[at].lower.as_str() {
        "low" => opens && CLOSES.holds(after),
        "sometime" => !matches!(
            after,
            "in" | "on"
                | "next"
                | "this"
                | "during"
                | "today"
                | "tomorrow"
                | "tonight"
                | "tmrw"
                | "before"
                | "by"
        ),
        // `whenever` with a clause of its own is a condition.
        "whenever" => {
            CLOSES.holds(after)
                || matches!(
                    after,
                    "you" | "possible" | "convenient" | "suits" | "and" | "then" | "works"
                )
        }
        // `p3 of the report` is a page.
        "p3" | "p4" => !matches!(after, "of") && !matches!(before, "page" | "on" | "see" | "level"),
        _ => true,
    }
}

/// `not urgent`, `if it's urgent`, `is it urgent?`: said of nothing.
fn doubted(tokens: &[Token], at: usize) -> bool {
    let from = at.saturating_sub(3);
    tokens[from..at].iter().enumerate().any(|(offset, token)| {
        let near = from + offset + 2 >= at;
        token.any(list!["if", "unless", "anything", "something", "nothing"])
            || near
                && token.any(list![
                    "not", "n't", "no", "never", "less", "hardly", "nothing", "without",
                ])
    })
}

/// `!high`, `!low`, `!!!`.
fn exclaimed(tokens: &[Token], at: usize) -> Option<(Priority, usize)> {
    let next = tokens.get(at + 1);
    let tight = next.filter(|next| next.start == tokens[at].end);
    match tight.map(|next| next.lower.as_str()) {
        Some("high" | "urgent") => Some((Priority::High, 2)),
        Some("low") => Some((Priority::Low, 2)),
        Some("medium") => Some((Priority::Medium, 2)),
        _ => (tokens[at].lower.len() >= 3).then_some((Priority::High, 1)),
    }
}
