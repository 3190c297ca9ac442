//! What only happens otherwise, or what something depends on.

use crate::action::IS_NEEDED;
use crate::action::opener::{Agent, Opener};
use crate::clause::{Head, Order};
use crate::detect::DEED_FIRST;
use crate::draft::Draft;
use crate::sentence::Sentence;

/// `answer by Friday or we cut it`: a threat.
pub(super) fn or_else(sentence: &Sentence, draft: &Draft) -> bool {
    let start = sentence.clauses[draft.clause].start;
    let own = |word: usize| matches!(sentence.lower(word), "i" | "we");
    let Head::Action(Opener { agent, .. }) = &sentence.clauses[draft.clause].head else {
        return false;
    };
    let or = |word: usize| sentence.lower(word) == "or" || sentence.lower(word) == "otherwise";
    let threat = start > 0 && or(start - 1) || or(start);
    // `if they are shut, ring me, otherwise I'll go there`: one of two ways.
    let mut before = sentence.clauses[..draft.clause].iter();
    let either = before.any(|clause| clause.head == Head::Subordinate(Order::Condition));
    let ours = (own(start) || own(start + 1)) && matches!(agent, Agent::Speaker | Agent::We);
    threat && (ours && !either || matches!(agent, Agent::Third | Agent::Anyone))
}

/// `if you can help, drop me a line`, `if you could bake, sign the list`: who can do it, and no request.
pub(super) fn able(sentence: &Sentence, draft: &Draft) -> bool {
    let start = sentence.clauses[draft.clause].start;
    let asks = sentence.lower(start) == "if"
        && sentence.lower(start + 1) == "you"
        && matches!(sentence.lower(start + 2), "can" | "could");
    asks && draft.tokens.is_empty()
        && matches!(
            sentence
                .clauses
                .get(draft.clause + 1)
                .map(|next| &next.head),
            Some(Head::Action(_))
        )
}

/// `tiling, needs both of the above`, `once HR confirms`, `I need the frames first`: a condition that
/// nobody here is told to bring about.
pub(super) fn needs_only(sentence: &Sentence, draft: &Draft) -> bool {
    let start = sentence.clauses[draft.clause].start;
    let end = sentence.clauses[draft.clause].full.end;
    let dated = sentence
        .date_tokens()
        .iter()
        .any(|(at, _)| sentence.at.get(start).is_some_and(|from| at > from));
    let needed = draft.rule == IS_NEEDED;
    let nobody = needed
        && sentence.lower(start) == "needs"
        && draft.clause > 0
        && !dated
        && draft.assignee.is_none();
    let first = needed
        && (start..end).any(|word| {
            sentence.lower(word) == "first"
                && sentence
                    .token(word + 1)
                    .is_none_or(|next| next.is_mark() || next.is("and"))
        });
    let office = draft.rule == DEED_FIRST
        && matches!(draft.agent, Agent::Named(_))
        && sentence.token(start + 1).is_some_and(|token| token.upper);
    nobody || first || office
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn who_can_do_it_is_only_asked_to_say_so() {
        assert_eq!(
            found("If you can help, drop me a line by Wednesday."),
            ["Drop me a line"]
        );
        assert_eq!(
            found("If you could bake, sign the list by Friday."),
            ["Sign the list"]
        );
        assert_eq!(
            found("If you can print the rota today, bring it to Jo."),
            ["Print the rota", "Bring the rota to Jo"]
        );
    }
}
