//! What may be done some day: a task of low priority where the text marks it so among its tasks.

use super::State;
use crate::action::opener::{Agent, Opener, Shape};
use crate::clause::Head;
use crate::lexicon::Lean;
use crate::sentence::Sentence;
use crate::task::Priority;
use crate::token::{List, Mask, Token, list};

/// Rule of what may be done at low priority.
pub(crate) const RULE: &str = "may be done, at low priority";

/// Verbs with which something may be done.
const MAY: List<'static> = list!["could", "can", "might", "may"];

impl State<'_> {
    /// `Someday we could digitise the slides, low priority`, `the typo can be fixed whenever`: beside
    /// other tasks, and where nothing before `first` was made of the sentence.
    pub(super) fn some_day(&mut self, index: usize, first: usize) {
        let sentence = &self.source.sentences[index];
        let marked = |sentence: &Sentence| matches!(sentence.priority, Some((Priority::Low, _)));
        // `Regrouting the shower? Whenever.`
        let answered = sentence.question
            && self.source.sentences.get(index + 1).is_some_and(|next| {
                marked(next)
                    && next.at.len() <= 3
                    && next.unit.place.block == sentence.unit.place.block
            });
        let low = marked(sentence) && !sentence.question || answered;
        if !low || self.drafts[first..].iter().any(|draft| draft.alive) {
            return;
        }
        if !(self.drafts.iter().any(|draft| draft.alive) || self.asks_later(index)) {
            return;
        }
        let found = (0..sentence.clauses.len()).find_map(|clause| {
            let open = matches!(
                sentence.clauses[clause].head,
                Head::Blocked | Head::Statement | Head::Phrase
            );
            let opener = open
                .then(|| may_be_done(sentence, clause).or_else(|| doing(sentence, clause)))
                .flatten()?;
            Some((clause, opener))
        });
        if let Some((clause, opener)) = found {
            self.add(index, clause, &opener);
        }
    }
}

/// The deed of a clause that only may be done.
fn may_be_done(sentence: &Sentence, clause: usize) -> Option<Opener> {
    let own = &sentence.clauses[clause];
    let may = (own.start..own.full.end)
        .take(9)
        .find(|word| MAY.holds(sentence.lower(*word)))?;
    let said = own.start..may;
    let verb = sentence.token(may + 1)?;
    let mut opener = Opener::said(RULE, Agent::Unsaid, may + 1, 0.6);
    if verb.is("be") {
        let done = sentence.token(may + 2)?.verb?;
        opener.verb = may + 2;
        opener.shape = Shape::Passive { object: said };
        return (done.forms.participle && done.lean != Lean::State).then_some(opener);
    }
    // `the captions can follow later`
    if verb.any(list!["follow", "come"]) && !said.is_empty() {
        opener.shape = Shape::Thing {
            verb: "do",
            object: said,
        };
        return Some(opener);
    }
    let somebody = said.len() == 1
        && matches!(
            sentence.lower(own.start),
            "we" | "somebody" | "someone" | "one" | "you"
        );
    let base = verb
        .verb
        .is_some_and(|verb| verb.forms.base && verb.lean != Lean::State);
    // `the doorbell you can repair someday`
    let before = clause
        .checked_sub(1)
        .map(|before| &sentence.clauses[before]);
    let ends = sentence.token(may + 2).is_none_or(Token::is_mark);
    if let Some(before) = before.filter(|before| {
        somebody
            && base
            && ends
            && matches!(before.head, Head::Phrase | Head::Statement)
            && before.full.end == own.full.start
            && !sentence.token(own.full.start).is_none_or(Token::is_mark)
    }) {
        opener.shape = Shape::Passive {
            object: before.start..before.full.end,
        };
        return Some(opener);
    }
    (somebody && base && marked(sentence)).then_some(opener)
}

/// `Sorting the slides is not urgent`, `Regrouting the shower?`: the deed is the subject.
fn doing(sentence: &Sentence, clause: usize) -> Option<Opener> {
    let own = &sentence.clauses[clause];
    let read = sentence.token(own.start)?.verb?;
    let is = (own.start + 1..own.full.end).find(|word| {
        matches!(
            sentence.lower(*word),
            "is" | "can" | "could" | "may" | "has" | "isn't" | "'s"
        )
    });
    let end = is.unwrap_or(own.full.end);
    let deed = read.forms.ing
        && !read.forms.base
        && matches!(read.lean, Lean::Verb | Lean::Either)
        && end > own.start + 1
        && sentence.token(own.start + 1).is_some_and(Token::is_word)
        && (is.is_some() || sentence.question);
    let mut opener = Opener::said(RULE, Agent::Unsaid, own.start, 0.6);
    opener.shape = Shape::Subject {
        object: own.start + 1..end,
    };
    deed.then_some(opener)
}

/// Said to be of low priority, and not only `someday`.
fn marked(sentence: &Sentence) -> bool {
    let dreamt = |token: &Token| {
        token.any(list![
            "someday",
            "some",
            "day",
            "one",
            "sometime",
            "ever",
            "eventually",
        ])
    };
    let listed = sentence.unit.place.item.is_some();
    listed
        || (sentence.tokens.iter())
            .any(|token| token.mask == Mask::Priority && token.is_word() && !dreamt(token))
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn what_may_be_done_is_kept_beside_other_tasks() {
        for (text, summary) in [
            (
                "Paint the gate by Friday. Someday we could wire the shed, low priority.",
                "Wire the shed",
            ),
            (
                "Paint the gate by Friday. The cracked tile can be replaced whenever.",
                "Replace the cracked tile",
            ),
            (
                "Paint the gate by Friday. Sorting the slides is for quiet days, not urgent.",
                "Sort the slides",
            ),
            (
                "Paint the gate by Friday. Regrouting the shower? Whenever.",
                "Regrout the shower",
            ),
            (
                "Paint the gate by Friday. The captions can follow later, no rush.",
                "Do the captions",
            ),
        ] {
            assert_eq!(found(text), ["Paint the gate", summary], "{text}");
        }
    }

    #[test]
    fn what_is_only_dreamt_of_is_no_task() {
        assert!(found("Someday we could sail to Crete.").is_empty());
        assert_eq!(
            found("Paint the gate by Friday. Someday we could sail to Crete."),
            ["Paint the gate"]
        );
    }
}
