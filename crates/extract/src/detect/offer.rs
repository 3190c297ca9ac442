//! What one offers, and another accepts: `want me to book the hall?` – `yes please`.

use super::State;
use crate::action::opener::{Agent, Opener, acceptable, subject};
use crate::clause::{Head, View};
use crate::date::Grain;
use crate::lexicon::Lean;
use crate::sentence::Sentence;
use crate::token::{List, list};

/// Rule of what was offered and accepted.
pub(crate) const RULE: &str = "offered, and accepted";

/// How far behind an offer its answer may stand, in sentences.
const NEAR: usize = 3;

/// How an offer is accepted.
const ACCEPTED: &[&[&str]] = &[
    &["yes"],
    &["yep"],
    &["yeah"],
    &["yup"],
    &["please"],
    &["pls"],
    &["sure"],
    &["ok"],
    &["okay"],
    &["great"],
    &["perfect"],
    &["lovely"],
    &["brilliant"],
    &["deal"],
    &["fine"],
    &["fab"],
    &["gladly"],
    &["absolutely"],
    &["definitely"],
    &["good"],
    &["cool"],
    &["of", "course"],
    &["go", "ahead"],
    &["go", "for", "it"],
    &["do"],
    &["do", "that"],
    &["do", "it"],
    &["would", "you"],
    &["that", "would"],
    &["that", "'d"],
    &["that'd"],
    &["you", "'re", "a"],
    &["👍"],
];

/// What one asks leave for, and nobody waits for.
const LEAVE: List<'static> = list![
    "borrow", "have", "get", "ask", "see", "join", "use", "know", "come", "go", "talk", "speak",
    "leave", "stay", "take", "be", "keep", "try", "add", "say", "help",
];

impl State<'_> {
    /// A deed that is offered here, where the answer accepts it.
    pub(super) fn accepted(&self, index: usize, clause: usize) -> Option<Opener> {
        let source = self.source;
        let sentence = &source.sentences[index];
        let found = &sentence.clauses[clause];
        let open = match &found.head {
            Head::Blocked | Head::Statement | Head::Phrase => true,
            Head::Action(opener) => opener.weak && matches!(opener.agent, Agent::Named(_)),
            _ => false,
        };
        if !open {
            return None;
        }
        let view = sentence.view(&source.document.people);
        let (agent, verb) = offered(&view, found.start, sentence.question)?;
        let read = view.base_verb(verb)?;
        let deed = matches!(
            read.lean,
            Lean::Verb | Lean::Either | Lean::Light | Lean::Noun
        ) && acceptable(&view, verb, read.lean)
            // `Max could look at the tap`
            || read.base == "look" && view.any(verb + 1, list!["at", "into", "after", "over"]);
        let deed = deed && view.get(verb + 1).is_some_and(crate::token::Token::is_word);
        // `Max could fetch it` – Max: `will do`
        let named = match &agent {
            Agent::Named(name) => Some(name.as_str()),
            _ => None,
        };
        let can = named.is_some() && view.is(verb - 1, "can");
        if can && !self.is_accepted(index, named) {
            return None;
        }
        // `shall we do the tour some day?`, `can I return it?`: only with a day is it planned.
        let vague = agent == Agent::We || sentence.lower(found.start) == "can";
        let day = sentence
            .date_tokens()
            .iter()
            .any(|(_, date)| source.dates[*date].grain <= Grain::Week);
        let accepted =
            || self.is_accepted(index, None) || named.is_some() && self.is_accepted(index, named);
        (deed && (day || !vague) && accepted()).then(|| Opener {
            firm: true,
            ..Opener::said(RULE, agent, verb, 0.8)
        })
    }

    /// Whether what stands next, said by somebody else where it is known who speaks, accepts it: by the one who
    /// was `named`, where somebody was.
    fn is_accepted(&self, index: usize, named: Option<&str>) -> bool {
        let source = self.source;
        let asker = &source.sentences[index].unit.place;
        let answer = source
            .sentences
            .iter()
            .skip(index + 1)
            .take(NEAR)
            .find(|later| {
                let place = &later.unit.place;
                if source.document.chat {
                    place.first && place.block != asker.block && place.owner != asker.owner
                } else {
                    true
                }
            });
        let Some(answer) = answer else { return false };
        let Some(named) = named else {
            return accepts(answer);
        };
        let owner = answer.unit.place.owner.as_ref();
        let own = owner.and_then(|owner| owner.name.as_deref());
        own.is_some_and(|own| own.eq_ignore_ascii_case(named))
            && !answer.question
            && crate::reply::accepts(answer)
    }
}

/// Whether a sentence begins by accepting what was offered, and takes nothing back.
fn accepts(sentence: &Sentence) -> bool {
    let words: Vec<&str> = sentence
        .tokens
        .iter()
        .filter(|token| {
            !token.is_mark() && !token.any(list!["oh", "ooh", "hm", "um", "haha", "aw", "ah"])
        })
        .map(|token| token.lower.as_str())
        .take(9)
        .collect();
    let refused = words
        .iter()
        .any(|word| matches!(*word, "no" | "n't" | "not" | "nah" | "already" | "but"));
    !refused && !sentence.question && ACCEPTED.iter().any(|form| words.starts_with(form))
}

/// `want me to …`, `shall I …?`, `I could …`, `Tom could …`: who would do it, and the verb.
fn offered(view: &View<'_>, start: usize, question: bool) -> Option<(Agent, usize)> {
    let one = |at: usize| match view.lower(at) {
        "i" | "me" => Some(Agent::Speaker),
        "we" | "us" => Some(Agent::We),
        _ => None,
    };
    let mut at = start;
    // `do you want me to`, `would you like us to`
    if view.any(at, list!["do", "would", "d'you"]) && view.is(at + 1, "you") {
        at += 1;
    }
    at += usize::from(view.is(at, "you"));
    if view.any(at, list!["want", "wanna", "like", "need", "prefer"]) {
        let agent = one(at + 1)?;
        return (view.is(at + 2, "to") && question).then_some((agent, at + 3));
    }
    let asks = question || view.is(start, "shall") && start == 0;
    if asks && view.any(start, list!["shall", "should", "can", "may", "could"]) {
        let agent = one(start + 1)?;
        let verb =
            start + 2 + usize::from(view.any(start + 2, list!["just", "also", "maybe", "already"]));
        let leave = view.any(start, list!["can", "may", "could"]) && view.any(verb, LEAVE);
        return (!leave).then_some((agent, verb));
    }
    // `I could bring the ladder if you like`
    let (agent, end) = subject(view, start)?;
    let named = matches!(agent, Agent::Named(_));
    let offers = view.any(end, list!["could", "might"])
        && (named || matches!(agent, Agent::Speaker | Agent::We))
        || named && view.is(end, "can");
    let verb = end + 1 + usize::from(view.any(end + 1, list!["just", "also", "maybe", "always"]));
    offers.then_some((agent, verb))
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn what_is_offered_and_accepted_is_a_task() {
        for text in [
            "Ana: Want me to book the hall for Friday?\nBen: yes please\n",
            "Ana: shall I book the hall?\nBen: that would be great\n",
            "Ana: I could book the hall\nBen: oh yes please\n",
            "Ana: Should I book the hall then?\nBen: Please do, by Friday\n",
            "Shall I book the hall? Yes please!",
        ] {
            assert_eq!(found(text), ["Book the hall"], "{text}");
        }
    }

    #[test]
    fn whoever_is_put_forward_takes_it_on() {
        for (text, summary) in [
            (
                "Pam: my tap drips, can anyone help\nLea: Max could look at your tap\nMax: will do\n",
                "Look at your tap",
            ),
            (
                "Pam: the shed door is stuck, ideas?\nLea: Tom can repair the door\nTom: sure, saturday\n",
                "Repair the door",
            ),
            (
                "Pam: what about scones?\nBo: Ida might bake the scones\nIda: no problem\n",
                "Bake the scones",
            ),
        ] {
            assert_eq!(found(text), [summary], "{text}");
        }
        for text in [
            "Pam: the shed door is stuck, ideas?\nLea: Tom can repair the door\nTom: not this week\n",
            "Pam: is he strong?\nLea: Tom can lift the piano\nPam: great\n",
            "Pam: ideas?\nLea: Max could look at your tap\nMax: did that last week\n",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn what_is_declined_is_none() {
        for text in [
            "Ana: Want me to book the hall for Friday?\nBen: no, Kim did it already\n",
            "Ana: shall I book the hall?\nBen: not yet\n",
            "Ana: I could book the hall\nBen: how much is it?\n",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
