//! What a heading in front of a colon is about: `Sign-off chain for the brochure: Maeve edits`.

use super::phrase::{Phrase, Place};
use crate::sentence::Sentence;
use crate::token::{List, list};

/// Words for a row of deeds, and for what kind of line it is: nothing is done to them.
const KINDS: List<'static> = list![
    "chain",
    "sequence",
    "jobs",
    "tasks",
    "todos",
    "to-dos",
    "steps",
    "gaps",
    "takeaways",
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

/// Takes such a heading from what was named; what it is for is what follows is about.
pub(super) fn settle(sentence: &Sentence, phrases: &mut Vec<Phrase>) {
    let Some(first) = phrases
        .first()
        .filter(|phrase| phrase.place == Place::Topic)
    else {
        return;
    };
    let tokens = &sentence.tokens;
    let of = (first.tokens.iter()).position(|at| tokens[*at].any(list!["of", "for"]));
    let head = &first.tokens[..of.unwrap_or(first.tokens.len())];
    if !head.last().is_some_and(|at| tokens[*at].any(KINDS)) {
        return;
    }
    let within = of.map(|of| first.tokens[of + 1..].to_vec());
    let listed = |words: &[usize]| words.last().is_some_and(|at| tokens[*at].any(KINDS));
    if let Some(inner) = within.filter(|inner| !inner.is_empty() && !listed(inner)) {
        phrases[0].tokens = inner;
        return;
    }
    phrases.remove(0);
    let next = phrases.first_mut().filter(|next| {
        let before = next.tokens[0].checked_sub(1).map(|at| &tokens[at]);
        before.is_some_and(|before| before.any(list!["for", "of", "about", "on"])) && !next.person
    });
    if let Some(next) = next {
        next.place = Place::Topic;
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
    fn nothing_is_done_to_what_only_says_what_a_line_is() {
        assert_eq!(
            found("The gate is stuck. Triage: Yaw fixes it by Friday."),
            ["Fix the gate"]
        );
    }
}
