//! Answers in a conversation that say again what is found already: the promise to do what was asked.

use crate::action::opener::Agent;
use crate::detect::Source;
use crate::draft::Draft;
use crate::token::Mask;

/// How many drafts back what was asked can stand.
const NEAR: usize = 12;

/// Keeps one of two drafts for the same deed: the one with the better summary, with what the other
/// knows of its date and its person.
pub(super) fn merge(source: &Source<'_>, drafts: &mut [Draft]) {
    for at in 1..drafts.len() {
        if !drafts[at].alive || !answers(source, &drafts[at]) {
            continue;
        }
        let Some(asked) = asked_before(source, drafts, at) else {
            continue;
        };
        let answer = drafts[at].clone();
        drafts[at].alive = false;
        let known = &mut drafts[asked];
        if known.due.is_none() {
            known.due = answer.due;
        }
        if known.assignee.is_none() {
            known.assignee = answer.assignee;
        }
        if known.priority.is_none() {
            known.priority = answer.priority;
        }
    }
}

/// A promise whose object is only pointed at: `I'll email them tonight`.
fn answers(source: &Source<'_>, draft: &Draft) -> bool {
    let sentence = &source.sentences[draft.sentence];
    let place = &sentence.unit.place;
    let speaks = place.owner.as_ref().is_some_and(|owner| owner.speaks);
    let clause = &sentence.clauses[draft.clause];
    let mut words = (clause.start..clause.full.end).filter_map(|word| sentence.token(word));
    let points = words.any(|token| {
        token.mask == Mask::None && token.any(&["it", "them", "that", "those", "this", "these"])
    });
    speaks && draft.agent == Agent::Speaker && points
}

/// The last draft of somebody else's message that asks for the same deed.
fn asked_before(source: &Source<'_>, drafts: &[Draft], at: usize) -> Option<usize> {
    let block = |draft: &Draft| source.sentences[draft.sentence].unit.place.block;
    let speaker = |draft: &Draft| {
        let owner = source.sentences[draft.sentence].unit.place.owner.as_ref();
        owner.and_then(|owner| owner.name.clone())
    };
    let answer = &drafts[at];
    let verb = |draft: &Draft| {
        let sentence = &source.sentences[draft.sentence];
        let clause = &sentence.clauses[draft.clause];
        match &clause.head {
            crate::clause::Head::Action(opener) => {
                sentence.token(opener.verb).map(crate::words::stem_of)
            }
            _ => None,
        }
    };
    let said = verb(answer)?;
    (0..at).rev().take(NEAR).find(|before| {
        let asked = &drafts[*before];
        let near = block(answer).saturating_sub(block(asked)) <= 3 && block(answer) != block(asked);
        let for_him = match &asked.agent {
            Agent::Named(name) => {
                speaker(answer).is_some_and(|speaker| speaker.eq_ignore_ascii_case(name))
            }
            Agent::Speaker => false,
            _ => true,
        };
        let other = speaker(asked) != speaker(answer);
        let alike = verb(asked).is_some_and(|verb| verb == said || sends(&verb) && sends(&said));
        asked.alive && near && for_him && other && alike
    })
}

/// Verbs that pass a thing on, one as good as another.
fn sends(verb: &str) -> bool {
    matches!(
        verb,
        "send" | "email" | "mail" | "forward" | "share" | "upload" | "ship"
    )
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;

    #[test]
    fn the_promise_to_do_what_was_asked_is_no_second_task() {
        let text = "Rui: Could you send us the signed offer by Friday?\nAda: Sure, I'll mail it tonight.\n";
        let found = found(text);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].ends_with("the signed offer"), "{found:?}");
    }
}
