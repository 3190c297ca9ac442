//! What somebody is to be asked, listed behind a colon: `ask Dr. Lin: (1) can I fly (2) the rash (3) refill`. All of
//! it is one task.

use crate::sentence::Sentence;
use crate::summary;
use crate::token::Kind;

/// Tokens in front of the colon at most.
const LONGEST: usize = 6;
/// Bytes of what is asked that a summary takes.
const ROOM: usize = 140;

/// The colon behind who is to be asked.
fn colon(sentence: &Sentence) -> Option<usize> {
    let tokens = &sentence.tokens;
    if !tokens.first()?.is("ask") {
        return None;
    }
    let colon = tokens
        .iter()
        .take(LONGEST)
        .position(|token| token.is(":"))?;
    (colon > 1 && tokens.len() > colon + 1).then_some(colon)
}

/// Whether a clause is part of what is asked.
pub(super) fn is_part(sentence: &Sentence, clause: usize) -> bool {
    let start = sentence.at.get(sentence.clauses[clause].start);
    colon(sentence).is_some_and(|colon| start.is_some_and(|start| *start > colon))
}

/// A summary with what is asked behind it, if anything is.
pub(super) fn whole(text: &str, sentence: &Sentence, summary: String) -> String {
    match colon(sentence) {
        Some(colon) => with_questions(text, sentence, colon, summary),
        None => summary,
    }
}

fn with_questions(text: &str, sentence: &Sentence, colon: usize, summary: String) -> String {
    let tokens = &sentence.tokens;
    let counts = |at: usize| {
        tokens.get(at).is_some_and(|token| token.is("("))
            && tokens.get(at + 2).is_some_and(|token| token.is(")"))
            && (tokens.get(at + 1))
                .is_some_and(|token| token.kind == Kind::Number || token.lower.len() == 1)
    };
    let mut questions: Vec<String> = Vec::new();
    let mut at = colon + 1;
    let mut own = Vec::new();
    let mut close = |own: &mut Vec<usize>| {
        let words = summary::render(text, tokens, own);
        let words = words.trim_matches(|c: char| !c.is_alphanumeric() && c != ')' && c != '(');
        if !words.is_empty() {
            questions.push(words.to_owned());
        }
        own.clear();
    };
    while at < tokens.len() {
        if counts(at) {
            close(&mut own);
            at += 3;
            continue;
        }
        own.push(at);
        at += 1;
    }
    close(&mut own);
    let behind = questions.join(", ");
    if behind.is_empty() || behind.len() > ROOM {
        return summary;
    }
    format!("{summary}: {behind}")
}

#[cfg(test)]
mod tests {
    use crate::testing::summaries;

    #[test]
    fn what_is_asked_in_one_breath_is_one_task() {
        for (text, summary) in [
            (
                "ask Dr. Lin: (1) can I fly (2) is the rash from the pills (3) refill",
                "Ask Dr. Lin: can I fly, is the rash from the pills, refill",
            ),
            (
                "Ask the landlord: who pays for the blinds, call box broken, second key",
                "Ask the landlord: who pays for the blinds, call box broken, second key",
            ),
            (
                "- ask Jo: can he bring the drill?",
                "Ask Jo: can he bring the drill",
            ),
        ] {
            assert_eq!(summaries(text), [summary], "{text}");
        }
    }

    #[test]
    fn other_colons_stay_as_they_are() {
        assert_eq!(
            summaries("To do: ask Jo about the drill, ring Ida"),
            ["Ask Jo about the drill", "Ring Ida"]
        );
        assert!(summaries("He asked Jo: who pays for the drill?").is_empty());
    }
}
