//! Sentences that only look like a request: leave is asked for, others are reported, titles are named.

use super::ORDER;
use crate::action::opener::Agent;
use crate::detect::Source;
use crate::draft::Draft;
use crate::sentence::Sentence;
use crate::token::Token;

/// Why the words of a draft ask for nothing.
pub(super) fn doubt(source: &Source<'_>, draft: &Draft) -> Option<&'static str> {
    let sentence = &source.sentences[draft.sentence];
    if asks_leave(sentence, draft) {
        return Some("asks for leave");
    }
    if proposes(sentence, draft) {
        return Some("only a proposal");
    }
    if reported(sentence, draft) {
        return Some("what others are said to have to do");
    }
    if titles(sentence, draft) {
        return Some("titles of works");
    }
    if idle(sentence, draft) {
        return Some("a way of speaking");
    }
    if pays(draft, sentence) {
        return Some("how somebody pays");
    }
    None
}

/// `may we paint the door?`
fn asks_leave(sentence: &Sentence, draft: &Draft) -> bool {
    let start = sentence.clauses[draft.clause].start;
    sentence.lower(start) == "may" && matches!(sentence.lower(start + 1), "we" | "i")
}

/// `move stand-up to 9:45?`: an order with a question mark and nobody in it.
fn proposes(sentence: &Sentence, draft: &Draft) -> bool {
    draft.rule == ORDER
        && draft.agent == Agent::Unsaid
        && draft.assignee.is_none()
        && draft.clause + 1 == sentence.clauses.len()
        && sentence.clauses.len() <= 2
        && sentence
            .tokens
            .last()
            .is_some_and(|token| token.lower.starts_with('?'))
        && !sentence
            .tokens
            .iter()
            .any(|token| token.any(&["please", "pls", "who", "can", "could"]))
}

/// `Aune must now lead the company, say analysts.`
fn reported(sentence: &Sentence, draft: &Draft) -> bool {
    let named = matches!(draft.agent, Agent::Named(_) | Agent::Third);
    let tokens = &sentence.tokens;
    let says = (1..tokens.len()).any(|at| {
        tokens[at - 1].is(",")
            && tokens[at].any(&["say", "says", "said", "according"])
            && tokens.get(at + 1).is_some_and(|next| {
                next.is_word() && !next.any(&["to", "hi", "hello", "that"]) || next.is("to")
            })
    });
    named && says
}

/// `Send Help, Do the Right Thing`: verbs with a capital inside a sentence.
fn titles(sentence: &Sentence, draft: &Draft) -> bool {
    let verb = |token: &&Token| {
        token.capital && !token.upper && token.verb.is_some_and(|verb| verb.forms.base)
    };
    let lower = draft
        .tokens
        .iter()
        .map(|at| &sentence.tokens[*at])
        .filter(|token| token.is_word() && !token.capital && token.lower.chars().count() > 4)
        .count();
    lower == 0
        && draft
            .tokens
            .iter()
            .map(|at| &sentence.tokens[*at])
            .filter(verb)
            .count()
            >= 3
}

/// `help yourself`, `tell your friends`, `try again`, `we can still talk`.
fn idle(sentence: &Sentence, draft: &Draft) -> bool {
    let start = sentence.clauses[draft.clause].start;
    let words: Vec<&str> = (start..sentence.clauses[draft.clause].full.end)
        .map(|word| sentence.lower(word))
        .collect();
    let has = |row: &[&str]| words.windows(row.len()).any(|window| window == row);
    has(&["help", "yourself"])
        || has(&["help", "yourselves"])
        || has(&["tell", "your", "friends"])
        || has(&["suit", "yourself"])
        || has(&["we", "can", "still"])
        || has(&["try", "again"]) && draft.due.is_none()
        || draft.agent == Agent::We && has(&["try", "again"])
}

/// `She's paying cash Friday`
fn pays(draft: &Draft, sentence: &Sentence) -> bool {
    let tokens: Vec<&Token> = draft
        .tokens
        .iter()
        .map(|at| &sentence.tokens[*at])
        .collect();
    let means = tokens.first().is_some_and(|token| {
        token.any(&[
            "cash", "card", "cheque", "check", "paypal", "zelle", "venmo", "twint",
        ])
    });
    draft.agent == Agent::Third && means
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;

    #[test]
    fn asking_for_leave_asks_for_no_deed() {
        assert_eq!(
            found("Hello Mr Karr, may we store two bikes in the cellar?"),
            [""; 0]
        );
    }

    #[test]
    fn what_analysts_say_is_news() {
        let text = "Port Harbour AG has a new head. Lindqvist must cut costs, say insiders.";
        assert_eq!(found(text), [""; 0]);
    }

    #[test]
    fn a_way_of_speaking_asks_for_nothing() {
        assert_eq!(
            found("There is cake in the kitchen. Help yourself to a slice!"),
            [""; 0]
        );
    }
}
