//! Ways of speaking that are worded like orders: `help yourself`, `give me a minute`.

use crate::action::ORDER;
use crate::action::opener::Agent;
use crate::draft::Draft;
use crate::sentence::Sentence;
use crate::token::{List, list};

/// `help yourself`, `tell your friends`, `try again`, `we can still talk`.
pub(super) fn idle(sentence: &Sentence, draft: &Draft) -> bool {
    let start = sentence.clauses[draft.clause].start;
    let words: Vec<&str> = (start..sentence.clauses[draft.clause].full.end)
        .map(|word| sentence.lower(word))
        .collect();
    let has = |row: &[&str]| words.windows(row.len()).any(|window| window == row);
    has(&["help", "yourself"])
        || has(&["help", "yourselves"])
        || has(&["tell", "your", "friends"])
        || has(&["suit", "yourself"])
        || has(&["moving", "on"])
        || has(&["face", "it"])
        || has(&["start", "without", "me"])
        || has(&["start", "without", "us"])
        || has(&["mark", "my", "words"])
        || has(&["take", "turns"])
        || has(&["write", "a", "book"]) && draft.due.is_none()
        || matches!(
            words[..],
            ["happy" | "glad", "to", _] | ["happy" | "glad", "to", _, "." | "!"]
        )
        || has(&["visit", "you"]) && !matches!(draft.agent, Agent::Speaker | Agent::We)
        || has(&["any", "day"]) && draft.due.is_none()
        || draft.due.is_none()
            && (has(&["join", "us"]) || has(&["come", "over"]))
            && draft.rule == ORDER
        || given_time(&words)
        || wanted(&words)
        || has(&["we", "can", "still"])
        || draft.rule == ORDER
            && matches!(words.first(), Some(&("found" | "saw" | "fell" | "felt")))
        || has(&["try", "again"]) && draft.due.is_none()
        || draft.agent == Agent::We && has(&["try", "again"])
}

/// `give me till Monday`, `give us a minute`
fn given_time(words: &[&str]) -> bool {
    const TIMES: List<'static> = list![
        "time", "minute", "minutes", "min", "mins", "sec", "secs", "second", "seconds", "moment",
        "hour", "hours", "day", "days", "week", "weeks", "while",
    ];
    words.windows(3).any(|row| {
        row[0] == "give"
            && matches!(row[1], "me" | "us")
            && matches!(row[2], "till" | "til" | "until")
    }) || words
        .windows(4)
        .any(|row| row[0] == "give" && matches!(row[1], "me" | "us") && TIMES.holds(row[3]))
        || matches!(words, ["give", "me" | "us"])
}

/// `if she wants me to look at them`
fn wanted(words: &[&str]) -> bool {
    words.windows(5).any(|row| {
        row[0] == "if"
            && matches!(row[2], "want" | "wants")
            && matches!(row[3], "me" | "us")
            && row[4] == "to"
    })
}
