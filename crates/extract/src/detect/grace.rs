//! Time that somebody is given before the next step, which is no deed of its own: `give them until Friday and
//! then chase the invoice`, `leave it till Monday, then ring him`; and what is told to be done already.

use super::{Source, State};
use crate::clause::Head;
use crate::due::{self, Chosen};
use crate::sentence::Sentence;
use crate::token::list;

impl State<'_> {
    /// Whether a clause only says how long somebody is given until the deed of the next clause.
    pub(super) fn gives_time(&self, index: usize, clause: usize) -> bool {
        gives_time(self.source, &self.source.sentences[index], clause)
    }

    /// The day up to which the clause in front gives somebody time.
    pub(super) fn after_grace(&self, index: usize, clause: usize) -> Option<Chosen> {
        let source = self.source;
        let sentence = &source.sentences[index];
        let before = clause.checked_sub(1)?;
        let lead = &sentence.clauses[clause].lead;
        ((lead.then || lead.joined) && gives_time(source, sentence, before))
            .then(|| due::choose(source, sentence, before))?
    }
}

fn gives_time(source: &Source<'_>, sentence: &Sentence, clause: usize) -> bool {
    let own = &sentence.clauses[clause];
    let Head::Action(opener) = &own.head else {
        return false;
    };
    let gives = sentence
        .token(opener.verb)
        .is_some_and(|token| token.any(list!["give", "leave", "allow", "wait"]));
    let follows = sentence.clauses.get(clause + 1).is_some_and(|next| {
        matches!(next.head, Head::Action(_)) && (next.lead.then || next.lead.joined)
    });
    if !gives || !follows {
        return false;
    }
    let behind = opener.verb + 1..own.full.end;
    let whom = behind.clone().all(|word| {
        sentence.token(word).is_some_and(|token| {
            token.is_mark()
                || token.capital && token.is_first_name()
                || token.any(list!["it", "them", "him", "her", "that", "and", "then"])
        })
    });
    let until = sentence.dated().iter().any(|(at, date)| {
        let words = &source.text[source.dates[*date].bytes.clone()];
        let first = words.split_whitespace().next().unwrap_or_default();
        let led = ["until", "till", "til"]
            .iter()
            .any(|word| first.eq_ignore_ascii_case(word));
        led && sentence.at.get(opener.verb).is_some_and(|verb| at > verb)
    });
    whom && until
}

/// `asked that it be passed on, which Ida did there and then`: done by the time it is told.
pub(super) fn was_done(sentence: &Sentence, clause: usize) -> bool {
    sentence.clauses.get(clause + 1).is_some_and(|next| {
        let words = next.start..next.full.end.min(next.start + 5);
        sentence.lower(next.start) == "which"
            && words.clone().any(|word| sentence.lower(word) == "did")
            && !words
                .clone()
                .any(|word| matches!(sentence.lower(word), "n't" | "not" | "never"))
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::{dues, found, summaries};

    #[test]
    fn time_that_is_given_is_no_deed_and_says_when_the_next_one_is() {
        for (text, summary) in [
            (
                "No answer from the surveyor. Leave it till Friday and then ring the office.",
                "Ring the office",
            ),
            (
                "Give Ines until Friday and then chase the invoice.",
                "Chase the invoice",
            ),
            (
                "Give it until Friday, then book the other hall.",
                "Book the other hall",
            ),
        ] {
            assert_eq!(summaries(text), [summary], "{text}");
            assert_eq!(dues(text), [Some("2026-03-13".to_owned())], "{text}");
        }
        assert_eq!(
            summaries("Give Ines the keys by Friday and then ring the office."),
            ["Give Ines the keys", "Ring the office"]
        );
    }

    #[test]
    fn what_is_told_to_be_done_is_no_task() {
        assert_eq!(
            found(
                "Rosa asked that the news be passed on to the crew, which Ben did there and then."
            ),
            [""; 0]
        );
        assert_eq!(
            found("Rosa asked that the news be passed on to the crew, which Ben did not."),
            ["Pass the news on to the crew"]
        );
    }
}
