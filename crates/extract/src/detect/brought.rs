//! What a guest is told to bring: `what can I bring on Saturday?` – `wine pls`.

use std::ops::Range;

use super::State;
use crate::action::opener::{Agent, Opener, Shape};
use crate::date::Grain;
use crate::due;
use crate::lexicon::{Lean, Verb};
use crate::sentence::Sentence;
use crate::token::{List, Token, list};

/// Rule of what is asked of whoever offers to bring something.
const RULE: &str = "asked of whoever offered to bring something";

/// Answers that ask for nothing.
const NOTHING: List<'static> = list![
    "nothing",
    "nah",
    "no",
    "not",
    "n't",
    "just",
    "yourself",
    "yourselves",
    "only",
    "nope",
    "whatever",
    "anything",
    "everything",
    "all",
    "sorted",
    "good",
    "fine",
    "already",
    "up",
    "ask",
];

/// Words around the thing that is asked for.
const AROUND: List<'static> = list![
    "ok", "okay", "actually", "well", "but", "then", "yes", "yeah", "ooh", "oh", "maybe",
    "perhaps", "some", "a", "an", "the", "please", "pls", "plz", "thanks", "thx", "ta", "and",
    "or",
];

impl State<'_> {
    /// Adds what the message at `index` tells the one before to bring; true where it does.
    pub(super) fn brought(&mut self, index: usize) -> bool {
        let Some((opener, asked)) = self.asked_to_bring(index) else {
            return false;
        };
        let first = self.drafts.len();
        self.add(index, 0, &opener);
        let due = self.day_of_party(asked);
        for draft in &mut self.drafts[first..] {
            draft.due = draft.due.take().or_else(|| due.clone());
        }
        self.drafts.len() > first
    }

    fn asked_to_bring(&self, index: usize) -> Option<(Opener, usize)> {
        let source = self.source;
        let sentence = &source.sentences[index];
        let place = &sentence.unit.place;
        if !source.document.chat || sentence.question || sentence.at.len() > 9 {
            return None;
        }
        // `Just yourself! Well, actually ice`: the second thought of the same message.
        let opening = if place.first {
            index
        } else {
            index.checked_sub(1).filter(|at| {
                let before = &source.sentences[*at];
                before.unit.place.first
                    && before.unit.place.block == place.block
                    && before.at.len() <= 4
                    && before.tokens.iter().any(|token| token.any(NOTHING))
            })?
        };
        let asked = opening.checked_sub(1).filter(|at| {
            let before = &source.sentences[*at];
            before.unit.place.owner != place.owner && offers_to_bring(before)
        })?;
        let object = thing(sentence)?;
        let guest = source.sentences[asked].unit.place.owner.as_ref()?;
        let agent = Agent::Named(guest.name.clone()?);
        let shape = Shape::Thing {
            verb: "bring",
            object,
        };
        let opener = Opener {
            shape,
            firm: true,
            ..Opener::said(RULE, agent, 0, 0.7)
        };
        Some((opener, asked))
    }

    /// The day named with the question, or in the message before it: `barbecue on Sunday at ours!`
    fn day_of_party(&self, asked: usize) -> Option<due::Chosen> {
        let source = self.source;
        (asked.saturating_sub(2)..=asked).rev().find_map(|at| {
            let sentence = &source.sentences[at];
            let chosen = due::choose(source, sentence, 0).or_else(|| {
                due::choose(source, sentence, sentence.clauses.len().saturating_sub(1))
            })?;
            let ahead = chosen.due.date() >= source.now.date();
            (ahead && chosen.grain <= Grain::Day && chosen.recurrence.is_none()).then_some(chosen)
        })
    }
}

/// `what can I bring?`, `shall I bring anything?`
fn offers_to_bring(sentence: &Sentence) -> bool {
    let at = |word: usize| sentence.lower(word);
    sentence.question
        && (1..sentence.at.len()).any(|word| {
            at(word) == "bring"
                && matches!(at(word - 1), "i" | "we" | "us" | "me" | "to")
                && (matches!(at(word + 1), "anything" | "something")
                    || (0..word).any(|before| at(before) == "what"))
        })
}

/// The thing of `wine pls`, `maybe some ice`, `a salad would be great`.
fn thing(sentence: &Sentence) -> Option<Range<usize>> {
    let is = |word: usize, list: List<'_>| sentence.token(word).is_none_or(|token| token.any(list));
    let words = 0..sentence.at.len();
    let would = words
        .clone()
        .find(|word| is(*word, list!["would", "'d", "is", "'s"]));
    let mut object = 0..would.unwrap_or(words.end);
    let around =
        |word: usize| is(word, AROUND) || !sentence.token(word).is_some_and(Token::is_word);
    while !object.is_empty() && around(object.start) {
        object.start += 1;
    }
    while !object.is_empty() && around(object.end - 1) {
        object.end -= 1;
    }
    let names = |word: usize| {
        sentence.token(word).is_some_and(|token| {
            let deed = |verb: Verb| verb.forms.base && verb.lean == Lean::Verb;
            !token.any(NOTHING) && !token.verb.is_some_and(deed)
        })
    };
    let thing = object
        .clone()
        .any(|word| sentence.token(word).is_some_and(crate::words::is_content));
    (thing && object.len() <= 5 && object.clone().all(names)).then_some(object)
}

#[cfg(test)]
mod tests {
    use crate::testing::{assignees, dues, found};

    #[test]
    fn what_a_guest_is_asked_for_is_theirs_to_bring() {
        for (text, summary, day) in [
            (
                "Kit: fondue on saturday, what can I bring?\nLou: kirsch pls\n",
                "Bring kirsch",
                "2026-03-14",
            ),
            (
                "Ed: barbecue sunday at ours!\nKit: what should I bring?\nEd: a salad would be great\n",
                "Bring salad",
                "2026-03-15",
            ),
            (
                "Kit: shall I bring anything on friday?\nEd: ooh some ice please\n",
                "Bring ice",
                "2026-03-13",
            ),
            (
                "Kit: what can I bring on friday?\nEd: Just yourself! Well actually lemons.\n",
                "Bring lemons",
                "2026-03-13",
            ),
        ] {
            assert_eq!(found(text), [summary], "{text}");
            assert_eq!(assignees(text), [Some("Kit".to_owned())], "{text}");
            assert_eq!(dues(text), [Some(day.to_owned())], "{text}");
        }
    }

    #[test]
    fn who_needs_to_bring_nothing_has_no_task() {
        for text in [
            "Kit: what can I bring on friday?\nEd: nothing, we have it all\n",
            "Kit: can I bring something on friday?\nEd: just yourselves\n",
            "Kit: shall I bring anything?\nEd: we're good thanks\n",
            "Kit: what's for lunch?\nEd: salad pls\n",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
