//! Words that speak of the deed before: those that only confirm it (`will do`, `I'll do that by Monday`), and those
//! that insist on it.

use super::super::State;
use super::signs::only_when;
use crate::action::opener::{Agent, Opener};
use crate::date::Grain;
use crate::draft::Draft;
use crate::token::list;
use crate::{due, revise, words};

impl State<'_> {
    /// `will do`, `I'll do that by Monday`: the deed is the one before.
    pub(in crate::detect) fn confirms(
        &mut self,
        index: usize,
        clause: usize,
        opener: &Opener,
        tokens: &[usize],
    ) -> bool {
        let source = self.source;
        let sentence = &source.sentences[index];
        let bare = tokens
            .iter()
            .all(|at| !words::is_content(&sentence.tokens[*at]));
        let does = sentence.token(opener.verb).is_some_and(|token| {
            token.any(list![
                "do", "does", "doing", "handle", "get", "take", "have", "arrange", "done",
            ])
        });
        let pronoun = tokens.is_empty()
            || tokens.iter().any(|at| {
                sentence.tokens[*at].any(list!["it", "that", "this", "them", "so", "one", "those"])
            });
        let make = sentence
            .token(opener.verb)
            .is_some_and(|token| token.is("make"));
        // `order 200 m, make that 300`: how many, said anew.
        let counted = tokens.len() >= 2
            && sentence.tokens[tokens[0]].any(list!["that", "it"])
            && sentence.tokens[tokens[1]].kind == crate::token::Kind::Number;
        if make && counted && self.drafts.last().is_some_and(|draft| draft.alive) {
            return true;
        }
        if bare && make {
            revise::move_date(source, index, clause, &mut self.drafts);
            return true;
        }
        let do_it = sentence
            .token(opener.verb)
            .is_some_and(|token| token.any(list!["do", "does", "doing"]));
        let taken = opener.agent == Agent::Speaker && self.drafts.iter().any(|draft| draft.alive);
        // `could you take care of both?`, asked of what was just listed
        if self.cares(index, clause, opener, tokens) {
            return true;
        }
        // `can do that in my lunch break`
        // `I have to fetch the pills, I'll do that on the way home`
        let taken_up = source.document.chat || clause > 0;
        let bare = bare || do_it && taken_up && only_when(sentence, tokens);
        if !(bare && does && pronoun && (do_it || taken)) {
            return false;
        }
        // `PL has not approved the sample yet. He'll do so by Friday.`
        if do_it && self.is_undone_before(index, clause) {
            self.told_before(index, clause, opener);
            return true;
        }
        let near = |draft: &Draft| {
            let block = source.sentences[draft.sentence].unit.place.block;
            // What another one promised just now is theirs: `I'll text you the link.` – `I'll do it tonight.`
            let others = source.document.chat
                && opener.agent == Agent::Speaker
                && draft.agent == Agent::Speaker
                && block != sentence.unit.place.block
                && draft.assignee.is_some();
            draft.alive && !others && sentence.unit.place.block.abs_diff(block) <= 4
        };
        let agent = self.agent(index, clause, opener);
        let assignee = self.people.assignee(source, index, &agent);
        if let Some(draft) = self.drafts.iter_mut().rev().find(|draft| near(draft)) {
            // `this weekend?` – `can do it on Saturday`
            let open = draft
                .due
                .as_ref()
                .is_none_or(|due| due.grain >= Grain::Week);
            if open {
                draft.due = due::choose(source, sentence, clause).or(draft.due.take());
            }
            if draft.assignee.is_none() {
                draft.assignee = assignee;
            }
        } else if do_it {
            self.told_before(index, clause, opener);
        }
        true
    }

    /// `pay Tunde for the stall, pay her on Tuesday`: the same deed, said again with its date.
    pub(in crate::detect) fn insists(
        &mut self,
        index: usize,
        clause: usize,
        opener: &Opener,
        tokens: &[usize],
    ) -> bool {
        let source = self.source;
        let sentence = &source.sentences[index];
        let pronoun = match tokens {
            [only] => sentence.tokens[*only].any(list!["it", "them", "him", "her", "that"]),
            // `sending tonight`, in answer to who asked for it
            [] => opener.rule == "said to be under way",
            _ => false,
        };
        let verb = sentence.token(opener.verb).map_or("", |token| {
            token.verb.map_or(token.lower.as_str(), |verb| verb.base)
        });
        if !pronoun {
            return false;
        }
        let block = sentence.unit.place.block;
        let near = |draft: &Draft| {
            let away = block.abs_diff(source.sentences[draft.sentence].unit.place.block);
            let same = draft
                .summary
                .split(' ')
                .next()
                .is_some_and(|first| first.eq_ignore_ascii_case(verb));
            draft.alive
                && same
                && (draft.sentence == index || source.document.chat && (1..=4).contains(&away))
        };
        let agent = self.agent(index, clause, opener);
        let taker = self.people.assignee(source, index, &agent);
        let Some(last) = self
            .drafts
            .iter_mut()
            .rev()
            .take(4)
            .find(|draft| near(draft))
        else {
            return false;
        };
        last.due = due::choose(source, sentence, clause).or(last.due.take());
        if last.assignee.is_none() {
            last.assignee = taker;
        }
        true
    }
}
