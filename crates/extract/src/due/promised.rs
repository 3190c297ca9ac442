//! When what others wait for will be done: `once Ida has signed (she promised it for Friday)`, `until Ben has weighed
//! them. He weighs on Monday`.

use super::Chosen;
use super::context::chosen;
use super::told::promised_behind;
use crate::action::opener::Agent;
use crate::clause::Head;
use crate::detect::Source;
use crate::draft::Draft;
use crate::sentence::Sentence;
use crate::token::{List, Token, list};
use crate::words;

/// Words by which somebody says when.
const SAYS: List<'static> = list![
    "promised",
    "promises",
    "says",
    "said",
    "agreed",
    "told",
    "announced",
    "reckons",
    "thinks",
];

/// Tokens from the deed to the end of the brackets behind it, at most.
const NEAR: usize = 40;

/// The day told of a deed that another one waits for.
pub(super) fn promised(source: &Source<'_>, draft: &Draft) -> Option<Chosen> {
    in_brackets(source, draft)
        .or_else(|| promised_behind(source, draft.sentence))
        .or_else(|| done_behind(source, draft))
}

/// `(she promised it for tomorrow)`, `(Ida says Wednesday)`: what stands in brackets behind the deed.
fn in_brackets(source: &Source<'_>, draft: &Draft) -> Option<Chosen> {
    let sentence = &source.sentences[draft.sentence];
    let from = *draft.tokens.first()?;
    let until = sentence.tokens.len().min(from + NEAR);
    let open = (from..until).find(|at| sentence.tokens[*at].is("("))?;
    let row = &sentence.tokens[open..until];
    let length = row.iter().position(|token| token.is(")"))?;
    let says = row[..length].iter().any(|token| token.any(SAYS));
    let mut dates = sentence.date_tokens().into_iter();
    let (_, date) = dates.find(|(at, _)| (open..open + length).contains(at))?;
    (says && length <= 12).then(|| chosen(source, date))?
}

/// `He weighs on Monday; …`, `She does that on Friday`: the next sentence tells of the same deed.
fn done_behind(source: &Source<'_>, draft: &Draft) -> Option<Chosen> {
    let own = &source.sentences[draft.sentence];
    let next = source.sentences.get(draft.sentence + 1)?;
    if next.question || next.unit.place.block != own.unit.place.block {
        return None;
    }
    let (token, date) = next.date_tokens().into_iter().next()?;
    let row = next.tokens.get(1..token).filter(|row| row.len() <= 8)?;
    let same_one = match &draft.agent {
        Agent::Named(name) => next.tokens[0].lower == name.to_lowercase(),
        _ => false,
    };
    if !same_one && !next.tokens[0].any(list!["he", "she", "they"])
        || row
            .iter()
            .any(|word| word.any(list!["not", "n't", "until", ","]))
    {
        return None;
    }
    let verb = verb_of(own, draft.clause, &draft.tokens)?;
    let again = |word: &Token| word.verb.is_some_and(|_| words::stem_of(word) == verb);
    let does = row
        .first()
        .is_some_and(|word| word.any(list!["does", "do", "'ll", "will"]))
        && row
            .iter()
            .any(|word| word.any(list!["that", "it", "this", "so"]));
    (does || row.iter().any(again)).then(|| chosen(source, date))?
}

/// The stem of the verb that a draft is made of.
fn verb_of(sentence: &Sentence, clause: usize, tokens: &[usize]) -> Option<String> {
    let verb = match &sentence.clauses.get(clause)?.head {
        Head::Action(opener) => sentence.token(opener.verb)?,
        _ => sentence
            .words(clause)
            .find(|token| token.verb.is_some() && !token.any(list!["has", "have", "'s", "'ve"]))
            .or_else(|| sentence.tokens.get(*tokens.first()?))?,
    };
    Some(words::stem_of(verb))
}

#[cfg(test)]
mod tests {
    use crate::testing::dues;

    #[test]
    fn what_is_waited_for_has_the_day_that_is_told_of_it() {
        for text in [
            "As soon as Uma has signed the deed (she promised it for Friday), Ben can file it.",
            "Ben can't file the deed until Uma has signed it. She signs on Friday.",
            "Ben can only file the deed when Uma has signed it. She does that on Friday.",
        ] {
            assert!(
                dues(text).contains(&Some("2026-03-13".to_owned())),
                "{text}"
            );
        }
    }
}
