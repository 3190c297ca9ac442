//! Deeds behind a name that is no subject: `Kim: checks the oil`, `Purchasing – Ngozi: asks three suppliers`,
//! `Hafiz – the leak is back, profiles the worker today`.

use super::State;
use crate::action::opener::{Agent, Opener};
use crate::action::present;
use crate::clause::{Head, View};
use crate::lexicon::Lean;
use crate::person;
use crate::sentence::Sentence;
use crate::token::{Token, list};

impl State<'_> {
    /// What the one in front of the line is to do.
    pub(super) fn reports(&self, index: usize, clause: usize) -> Option<Opener> {
        let sentence = &self.source.sentences[index];
        let found = &sentence.clauses[clause];
        let verb = found.start;
        let read = sentence.token(verb)?.verb?;
        if !read.forms.third
            || read.forms.base
            || !matches!(found.head, Head::Statement | Head::Phrase)
        {
            return None;
        }
        let before = verb.checked_sub(1);
        let goes_on = before.is_some_and(|mark| matches!(sentence.lower(mark), "," | ";" | "."));
        let name = if goes_on {
            self.in_front(sentence)
        } else if self.source.document.chat || sentence.question {
            None
        } else if before.is_none() {
            owner(sentence).filter(|_| sentence.unit.place.first)
        } else {
            labelled(&sentence.view(&self.source.document.people), verb)
        }?;
        let view = sentence.view(&self.source.document.people);
        let determined = view.any(
            verb + 1,
            list![
                "the", "a", "an", "his", "her", "their", "our", "my", "it", "them", "both", "all",
            ],
        );
        // `Kim: slots with the dentist` names things.
        let plain = !goes_on
            && read.lean != Lean::Noun
            && !view.any(
                verb + 1,
                list![
                    "with", "for", "of", "from", "about", "per", "at", "in", "on"
                ],
            );
        let agent = Agent::Named(name);
        let acts = (determined || plain) && present::does(&view, verb, &agent);
        let opener = Opener::agreed(agent, verb);
        (acts && self.holds(index, clause, &opener)).then_some(opener)
    }

    /// The one whose name opens the line.
    fn in_front(&self, sentence: &Sentence) -> Option<String> {
        owner(sentence).or_else(|| {
            let view = sentence.view(&self.source.document.people);
            let (name, end) = person::name(&view, 0)?;
            let mark = view.get(end)?;
            (mark.is_dash() || mark.is(":")).then_some(name)
        })
    }
}

/// Whose work a line is.
fn owner(sentence: &Sentence) -> Option<String> {
    let owner = sentence.unit.place.owner.as_ref();
    owner.filter(|owner| !owner.speaks)?.name.clone()
}

/// The name that ends at a colon right before `verb`: `Works council, Mr Schenk: collects …`.
fn labelled(view: &View<'_>, verb: usize) -> Option<String> {
    let end = verb - 1;
    if !view.is(end, ":") {
        return None;
    }
    (end.saturating_sub(3)..end).find_map(|at| {
        let (name, stops) = person::name(view, at)?;
        let opens = at == 0 || !view.get(at - 1).is_some_and(Token::is_word);
        (opens && stops == end).then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::{assignees, found};

    #[test]
    fn what_somebody_reports_to_do_next_is_theirs() {
        assert_eq!(
            found("Standup\nRavi – the tap drips again, orders a washer today"),
            ["Order a washer"]
        );
    }

    #[test]
    fn what_stands_behind_a_name_and_its_colon_is_theirs() {
        let text = "Who does what\n- Kim: checks the oil\n- Rota – Ngozi: asks three crews for dates\n- Parents' council, Mr Schenk: gathers wishes";
        assert_eq!(
            found(text),
            [
                "Check the oil",
                "Ask three crews for dates",
                "Gather wishes"
            ]
        );
        let names = ["Kim", "Ngozi", "Schenk"].map(|name| Some(name.to_owned()));
        assert_eq!(assignees(text), names);
    }

    #[test]
    fn how_somebody_is_or_finds_things_is_no_deed() {
        for text in [
            "Notes\n- Kim: likes the new oven\n- Lou: thinks the rota is fine",
            "Kim: works fine here\nLou: seems ok to me\nKim: thanks",
            "Feedback\n- Rota: starts too early\n- Lunch: needs salt",
            "Kim: drinks with the crew\nLou: prices for the booth",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
