//! What a heading in front of a colon is about: `Sign-off chain for the brochure: Maeve edits`.

use super::phrase::{Phrase, Place};
use crate::sentence::Sentence;
use crate::token::{List, list};

/// Words for a row of deeds: what it is for is what they are about.
const ROWS: List<'static> = list![
    "chain",
    "sequence",
    "jobs",
    "tasks",
    "todos",
    "to-dos",
    "steps",
    "gaps",
    "takeaways",
];

/// Words that, alone, say what kind of line it is: nothing is done to them.
const KINDS: List<'static> = list![
    "recap",
    "triage",
    "body",
    "comment",
    "status",
    "decision",
    "update",
    "edit",
    "ps",
    "fyi",
    "reminder",
    "summary",
    "aob",
    "cause",
    "correction",
];

/// Takes such a heading from what was named; what a row is for is what follows is about.
pub(super) fn settle(sentence: &Sentence, phrases: &mut Vec<Phrase>) {
    let Some(first) = phrases
        .first()
        .filter(|phrase| phrase.place == Place::Topic)
    else {
        return;
    };
    let tokens = &sentence.tokens;
    if let [alone] = first.tokens[..]
        && tokens[alone].any(KINDS)
    {
        phrases.remove(0);
        return;
    }
    let of = (first.tokens.iter()).position(|at| tokens[*at].any(list!["of", "for"]));
    let is_row = |words: &[usize]| words.last().is_some_and(|at| tokens[*at].any(ROWS));
    if !is_row(&first.tokens[..of.unwrap_or(first.tokens.len())]) {
        return;
    }
    let within = of.map(|of| first.tokens[of + 1..].to_vec());
    if let Some(inner) = within.filter(|inner| !inner.is_empty() && !is_row(inner)) {
        phrases[0].tokens = inner;
        return;
    }
    let led = |next: &Phrase| {
        let before = next.tokens[0].checked_sub(1).map(|at| &tokens[at]);
        before.is_some_and(|before| before.any(list!["for", "of", "about", "on"])) && !next.person
    };
    if phrases.get(1).is_some_and(led) {
        phrases.remove(0);
        phrases[0].place = Place::Topic;
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn a_row_of_jobs_is_about_what_it_is_for() {
        assert_eq!(
            found("Chain of jobs for the altar cloth: Ida bleaches it over the weekend."),
            ["Bleach the altar cloth"]
        );
        assert_eq!(
            found("Sign-off chain for the brochure: Maeve edits it by Friday."),
            ["Edit the brochure"]
        );
    }

    #[test]
    fn a_thing_that_is_called_so_is_a_thing() {
        assert_eq!(
            found("Safety update: Ida sends it by Friday."),
            ["Send safety update"]
        );
    }

    #[test]
    fn nothing_is_done_to_what_only_says_what_a_line_is() {
        assert_eq!(
            found("The gate is stuck. Triage: Yaw fixes it by Friday."),
            ["Fix the gate"]
        );
    }
}
