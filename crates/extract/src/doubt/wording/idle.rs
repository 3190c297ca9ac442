//! Ways of speaking that are worded like orders: `help yourself`, `give me a minute`.

use std::sync::LazyLock;

use crate::action::ORDER;
use crate::action::opener::Agent;
use crate::draft::Draft;
use crate::rows::Rows;
use crate::sentence::Sentence;
use crate::token::{List, Token, list};

/// Ways of speaking, whatever is around them.
static ALWAYS: LazyLock<Rows> = LazyLock::new(|| {
    Rows::new(&[
        "help yourself|yourselves",
        "tell your friends",
        "suit yourself",
        "moving on",
        "take it from here|there",
        "speak|talk|write|chat soon",
        "see you|u|ya soon|then|there|later|tomorrow|around",
        "face it",
        "start without me|us",
        "mark my words",
        "take turns",
        "we can still",
        "should reach you|your",
        "like|love|delighted|pleased to invite|welcome|congratulate|inform you|everyone|everybody|all",
        "do one|two|three|something thing|things|favour|favor|for for|me|us",
        "figure on",
        "cordially|warmly|personally invite|welcome you|everyone|everybody|all",
    ])
});

/// Ways of speaking where there is no day.
static UNDATED: LazyLock<Rows> =
    LazyLock::new(|| Rows::new(&["write a book", "any day", "try again"]));

/// Ways of speaking among orders without a day.
static ORDERED: LazyLock<Rows> = LazyLock::new(|| Rows::new(&["join us", "come over"]));

static AGAIN: LazyLock<Rows> = LazyLock::new(|| Rows::new(&["try again"]));

static VISIT: LazyLock<Rows> = LazyLock::new(|| Rows::new(&["visit you"]));

/// `help yourself`, `tell your friends`, `try again`, `we can still talk`.
pub(super) fn idle(sentence: &Sentence, draft: &Draft) -> bool {
    let start = sentence.clauses[draft.clause].start;
    let words: Vec<&str> = (start..sentence.clauses[draft.clause].full.end)
        .map(|word| sentence.lower(word))
        .collect();
    let has = |rows: &Rows| {
        let word = |at: usize| words.get(at).copied().unwrap_or_default();
        (0..words.len()).any(|at| rows.starts(|offset| word(at + offset)))
    };
    let undated = draft.due.is_none();
    let ordered = draft.rule == ORDER;
    has(&ALWAYS)
        || undated && (has(&UNDATED) || ordered && has(&ORDERED))
        || draft.agent == Agent::We && has(&AGAIN)
        || !matches!(draft.agent, Agent::Speaker | Agent::We) && has(&VISIT)
        || matches!(
            words[..],
            ["happy" | "glad", "to", _] | ["happy" | "glad", "to", _, "." | "!"]
        )
        || ordered && matches!(words.first(), Some(&("found" | "saw" | "fell" | "felt")))
        || given_time(&words)
        || wanted(&words)
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
/// `any questions, call me on my mobile`: where to turn to.
pub(super) fn reachable(sentence: &Sentence, draft: &Draft) -> bool {
    const TROUBLE: List<'static> = list!["questions", "queries", "doubts", "problems", "concerns"];
    const REACHING: List<'static> = list![
        "call", "ring", "phone", "text", "ask", "email", "mail", "message", "contact",
    ];
    let tokens = &sentence.tokens;
    let any = usize::from(tokens.first().is_some_and(|token| token.is("any")));
    let asks = tokens.get(any).is_some_and(|token| token.any(TROUBLE))
        && tokens.get(any + 1).is_some_and(Token::is_mark);
    asks && draft.tokens.first().is_some_and(|at| {
        at.checked_sub(1)
            .is_some_and(|verb| tokens[verb].any(REACHING))
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn taking_it_from_here_is_no_deed() {
        assert_eq!(
            found("Thanks Bo, I'll take it from here. I'll ring the mill by Friday."),
            ["Ring the mill"]
        );
        assert_eq!(found("I'll take it to the mill by Friday.").len(), 1);
    }
}
