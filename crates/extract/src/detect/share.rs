//! Work that a chat shares out: `Who brings what?`, and what each says to be theirs.

use std::ops::Range;

use super::State;
use crate::action::opener::{Agent, Opener, Shape};
use crate::sentence::Sentence;
use crate::token::list;
use crate::{due, reply};

/// Rule of somebody's part of the work.
pub(crate) const RULE: &str = "somebody's part of what is shared out";

impl State<'_> {
    /// `Who brings what?` – `potato salad from me`, `I'm on drinks`: the deed of the question, done to the
    /// thing of the answer.
    pub(super) fn shares(&mut self, index: usize, clause: usize) -> bool {
        let Some((opener, asked)) = self.share(index, clause) else {
            return false;
        };
        let first = self.drafts.len();
        self.add(index, clause, &opener);
        for draft in self.drafts[first..]
            .iter_mut()
            .filter(|draft| draft.due.is_none())
        {
            draft.due = due::choose(self.source, &self.source.sentences[asked], 0);
        }
        for draft in &mut self.drafts[first..] {
            // `then the tent is mine` waits for nothing.
            draft.then = false;
        }
        // `let's split it up` is done with the first who takes a part.
        for draft in self.drafts[..first].iter_mut().rev().take(4) {
            draft.alive &= draft.sentence != asked;
        }
        true
    }

    /// The deed of the question, and the sentence that asks it.
    fn share(&self, index: usize, clause: usize) -> Option<(Opener, usize)> {
        let source = self.source;
        let sentence = &source.sentences[index];
        let found = &sentence.clauses[clause];
        let asks = asks_for_part(sentence, found.start);
        if found.full.len() > if asks { 14 } else { 9 } || sentence.question && !asks {
            return None;
        }
        let object = own_part(sentence, found.start, found.full.end)?;
        let ready = found
            .full
            .clone()
            .any(|word| sentence.lower(word) == "already");
        let thing = object
            .clone()
            .any(|word| sentence.token(word).is_some_and(crate::words::is_content));
        if ready || !thing {
            return None;
        }
        let (deed, asked) = self.asked_what(index)?;
        // `can I do the slides instead?` – `fine`
        if asks && !self.is_granted(index) {
            return None;
        }
        let own = object
            .start
            .checked_sub(1)
            .and_then(|before| sentence.token(before)?.verb);
        let verb = match (deed, own) {
            (Deed::Said(verb), _) => verb,
            (Deed::Shared, Some(own)) => own.base,
            (Deed::Shared, None) => "do",
        };
        let opener = Opener {
            shape: Shape::Thing { verb, object },
            firm: true,
            ..Opener::said(RULE, Agent::Speaker, found.start, 0.7)
        };
        Some((opener, asked))
    }

    /// The deed of `who brings what?` in one of the last messages, and its sentence.
    fn asked_what(&self, index: usize) -> Option<(Deed, usize)> {
        let sentences = &self.source.sentences;
        (index.saturating_sub(8)..index)
            .rev()
            .find_map(|at| shared_out(&sentences[at]).map(|deed| (deed, at)))
    }

    /// Whether the next message, by somebody else, lets one have a part: `fine, but then you do the rest`.
    fn is_granted(&self, index: usize) -> bool {
        let source = self.source;
        let asker = &source.sentences[index].unit.place;
        let answer = source
            .sentences
            .iter()
            .skip(index + 1)
            .take(3)
            .find(|later| later.unit.place.first && later.unit.place.owner != asker.owner);
        answer.is_some_and(reply::accepts)
    }
}

/// What is done with the things that are shared out.
#[derive(Clone, Copy)]
enum Deed {
    /// `who brings what?`
    Said(&'static str),
    /// `let's split it up`
    Shared,
}

/// `who brings what?`, `stall on Saturday, who does what`, `let's split it up`: the deed that a message
/// shares out.
fn shared_out(sentence: &Sentence) -> Option<Deed> {
    let at = |word: usize| sentence.lower(word);
    for word in 1..sentence.at.len() {
        let Some(token) = sentence.token(word) else {
            continue;
        };
        if token.is("what") {
            let who = (word.saturating_sub(5)..word).any(|before| at(before) == "who");
            let verb = sentence.token(word - 1)?.verb?;
            let deed = matches!(
                verb.base,
                "do" | "bring" | "take" | "make" | "get" | "cook" | "bake" | "prepare" | "cover"
            );
            return (who && deed).then_some(Deed::Said(verb.base));
        }
        if token.any(list!["split", "divide", "divvy"]) {
            let ours = (0..word).any(|before| matches!(at(before), "we" | "us" | "let" | "lets"));
            let how = (0..word).any(|before| at(before) == "how");
            // `split the bill` is no work.
            let work = (word + 1..word + 4).any(|behind| {
                matches!(
                    at(behind),
                    "it" | "this" | "them" | "work" | "jobs" | "tasks" | "chores" | "rest"
                )
            });
            return (ours && (how || work)).then_some(Deed::Shared);
        }
    }
    None
}

/// `can I do the slides instead`, with or without its mark.
fn asks_for_part(sentence: &Sentence, start: usize) -> bool {
    let at = |word: usize| sentence.lower(word);
    matches!(at(start), "can" | "could")
        && at(start + 1) == "i"
        && matches!(at(start + 2), "do" | "take" | "bring" | "make")
}

/// The thing that somebody says to be theirs: `I'm on drinks`, `potato salad from me`, `I take the till`,
/// `me the float`, `signs are mine`.
fn own_part(sentence: &Sentence, start: usize, end: usize) -> Option<Range<usize>> {
    let at = |word: usize| sentence.lower(word);
    let last = end.checked_sub(1)?;
    let end = if at(last) == "then" { last } else { end };
    let last = end.checked_sub(1)?;
    if matches!(at(start), "i" | "we") {
        let deed = |word: usize| matches!(at(word), "do" | "bring" | "make" | "get" | "take");
        // `I'm on drinks`, `I've got the salad`
        let has = matches!(at(start + 1), "'m" | "'re" | "am" | "'ve" | "have")
            && matches!(
                at(start + 2),
                "on" | "got" | "doing" | "bringing" | "taking"
            );
        let will = matches!(at(start + 1), "'ll" | "will" | "can") && deed(start + 2);
        let object = if has || will {
            start + 3
        } else if deed(start + 1) {
            start + 2
        } else {
            return None;
        };
        // `I take the bus home`
        let ride = (object..end).any(|word| {
            matches!(
                at(word),
                "bus" | "train" | "tram" | "tube" | "taxi" | "nap" | "break" | "home"
            )
        });
        return (!ride).then_some(object..end);
    }
    if asks_for_part(sentence, start) {
        let end = (start + 4..end)
            .find(|word| at(*word) == "instead")
            .unwrap_or(end);
        return Some(start + 3..end);
    }
    if at(start) == "me" {
        let verb = (start + 1..end).any(|word| {
            sentence
                .token(word)
                .and_then(|token| token.verb)
                .is_some_and(|verb| verb.forms.past || verb.forms.third)
        });
        let thing = matches!(at(start + 1), "the" | "a" | "my" | "our" | "both" | "all");
        return (thing && !verb).then_some(start + 1..end);
    }
    let mine =
        last > start + 1 && at(last) == "mine" && matches!(at(last - 1), "is" | "are" | "'s");
    let from = last > start + 1 && matches!(at(last), "me" | "us") && at(last - 1) == "from";
    (mine || from).then(|| start..last - 1)
}

#[cfg(test)]
mod tests {
    use crate::testing::{assignees, dues, found};

    #[test]
    fn what_each_takes_of_the_work_is_theirs() {
        let text = "Ola: harvest market on the 21st, who does what\nKim: i take the cider press\n\
                    Ola: ok me the jam stall\nPia: the banners are mine then\n\
                    Rex: can i do the parking instead, i hate crowds\nOla: fine but then you also sweep the yard\n";
        assert_eq!(
            found(text),
            [
                "Do the cider press",
                "Do the jam stall",
                "Do the banners",
                "Do the parking",
                "Sweep the yard"
            ]
        );
        assert_eq!(assignees(text)[0].as_deref(), Some("Kim"));
        assert_eq!(assignees(text)[1].as_deref(), Some("Ola"));
        assert_eq!(assignees(text)[3].as_deref(), Some("Rex"));
        assert_eq!(dues(text)[1].as_deref(), Some("2026-03-21"));
    }

    #[test]
    fn work_may_be_split() {
        let text = "Ann: the allotment day, let's split it up\nBo: I take the compost\nAnn: me the hedge\n";
        assert_eq!(found(text), ["Take the compost", "Do the hedge"]);
    }

    #[test]
    fn what_somebody_takes_otherwise_is_no_part() {
        for text in [
            "Ann: who said what at the meeting?\nBo: i take the 5th\nAnn: lol\n",
            "Ann: how was it?\nBo: i take the tram every day\nAnn: the blue mug is mine\n",
            "Ann: who does what on Sunday?\nBo: i take the bus home now, talk later\nAnn: ok\n",
            "Ann: who does what on Sunday?\nBo: can I do the parking?\nAnn: no, Ida has it\n",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
