//! Work that a chat shares out: `Who brings what?`, and what each says to be theirs.

use super::State;
use crate::action::opener::{Agent, Opener, Shape};
use crate::due;

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
        true
    }

    /// The deed of the question, and the sentence that asks it.
    fn share(&self, index: usize, clause: usize) -> Option<(Opener, usize)> {
        let source = self.source;
        let sentence = &source.sentences[index];
        let found = &sentence.clauses[clause];
        let ready = || {
            found
                .full
                .clone()
                .any(|word| sentence.lower(word) == "already")
        };
        if sentence.question || found.full.len() > 9 || ready() {
            return None;
        }
        let at = |word: usize| sentence.lower(word);
        let mut object = found.start..found.full.end;
        let last = object.end.saturating_sub(1);
        let own = matches!(at(object.start), "i" | "we")
            && matches!(at(object.start + 1), "'m" | "'re" | "am" | "'ve" | "have");
        // `I'll do salad`
        let takes = matches!(at(object.start), "i" | "we")
            && matches!(at(object.start + 1), "'ll" | "will" | "can")
            && matches!(
                at(object.start + 2),
                "do" | "bring" | "make" | "get" | "take"
            );
        if takes || own && matches!(at(object.start + 2), "on" | "got" | "doing" | "bringing") {
            object.start += 3;
        } else if last > object.start + 1
            && matches!(at(last), "me" | "us")
            && at(last - 1) == "from"
        {
            object.end = last - 1;
        } else {
            return None;
        }
        let thing = object
            .clone()
            .any(|word| sentence.token(word).is_some_and(crate::words::is_content));
        let (verb, asked) = thing.then(|| self.asked_what(index)).flatten()?;
        let opener = Opener {
            shape: Shape::Thing { verb, object },
            firm: true,
            ..Opener::said(
                "asked for, and taken on by an answer",
                Agent::Speaker,
                found.start,
                0.7,
            )
        };
        Some((opener, asked))
    }

    /// The deed of `who brings what?` in one of the last messages, and its sentence.
    fn asked_what(&self, index: usize) -> Option<(&'static str, usize)> {
        let sentences = &self.source.sentences;
        let at = (index.saturating_sub(8)..index).rev().find(|at| {
            sentences[*at].question && (0..3).any(|word| sentences[*at].lower(word) == "who")
        })?;
        let what = (2..6).find(|word| sentences[at].lower(*word) == "what")?;
        let verb = sentences[at].token(what - 1)?.verb?;
        Some((verb.base, at))
    }
}
