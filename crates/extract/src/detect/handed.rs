//! A mail that is handed on: `can you deal with this?` above what somebody else asks for.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::{Source, State, priority_of, says};
use crate::action::opener::{Agent, Opener, Shape};
use crate::draft::Draft;
use crate::rows::Rows;
use crate::scorer::Scores;
use crate::sentence::Sentence;
use crate::task::Span;
use crate::{due, pipeline, words};

/// Rule of what a mail below asks for, and the one above it hands on.
pub(crate) const RULE: &str = "handed on with the mail below";

/// Bytes of a quoted mail up to which it is read.
const LONGEST: usize = 4000;

/// What is to be done with a mail that is handed on, beside `it` and `this`.
const WHOLE: &[&str] = &[
    "it", "this", "that", "one", "over", "on", "care", "of", "with", "to", "up", "from", "here",
    "below", "matter", "request", "mail", "email", "and", "them", "these", "done", "sorted",
    "moving",
];

/// How somebody is told that what stands below is theirs to do.
static YOURS: LazyLock<Rows> = LazyLock::new(|| {
    Rows::new(&[
        "this|that|it|below is|'s yours",
        "this|that one is|'s yours",
        "this|that|it|below is|'s for you",
        "this|that one is|'s for you",
        "one|something for you",
        "over to you",
        "yours to handle|answer|sort",
    ])
});

impl State<'_> {
    /// Adds what is asked for below, where a sentence says that it is for the reader: `this one is yours`.
    pub(super) fn handed_on(&mut self, index: usize) {
        let source = self.source;
        let sentence = &source.sentences[index];
        if source.document.quoted.is_empty() || self.drafts.iter().any(|draft| draft.alive) {
            return;
        }
        let Some(clause) = (0..sentence.clauses.len()).find(|at| says(sentence, *at, &YOURS))
        else {
            return;
        };
        let Some(summary) = self.below.get_or_init(|| asked_below(source)).clone() else {
            return;
        };
        self.drafts.push(Draft {
            sentence: index,
            clause,
            rule: RULE,
            agent: Agent::Addressee,
            confidence: 0.7,
            proposed: false,
            stems: words::stems(&summary),
            summary,
            tokens: Vec::new(),
            bytes: sentence.unit.range.clone(),
            due: due::choose(source, sentence, clause),
            priority: priority_of(sentence),
            assignee: self.people.assignee(source, index, &Agent::Addressee),
            depends: BTreeMap::new(),
            then: false,
            alive: true,
        });
    }
}

/// Whether the deed only takes over what stands below: `deal with it`, `take this one over`.
pub(super) fn takes_over(sentence: &Sentence, opener: &Opener, tokens: &[usize]) -> bool {
    let takes = sentence.token(opener.verb).is_some_and(|token| {
        token.verb.is_some_and(|verb| {
            matches!(
                verb.base,
                "deal"
                    | "handle"
                    | "take"
                    | "sort"
                    | "see"
                    | "look"
                    | "manage"
                    | "process"
                    | "pick"
                    | "do"
                    | "get"
                    | "action"
            )
        })
    });
    takes
        && opener.shape == Shape::Active
        && (tokens.iter())
            .take_while(|at| !sentence.tokens[**at].is_mark())
            .all(|at| sentence.tokens[*at].any(WHOLE))
}

/// What the quoted part of a text asks for first.
pub(super) fn asked_below(source: &Source<'_>) -> Option<String> {
    let quoted: Vec<&str> = source
        .document
        .quoted
        .iter()
        .map(|range| source.text[range.clone()].trim_start_matches(['>', ' ']))
        .collect();
    let text = quoted.join("\n");
    if text.trim().is_empty() || text.len() > LONGEST {
        return None;
    }
    let refused = refused_in(source, &quoted);
    let (now, policy) = (source.now, source.policy);
    let (summary, _) = pipeline::with_source(&text, now, policy, &refused, |inner| {
        pipeline::drafts(inner, &Scores::new(inner))
            .into_iter()
            .find(|draft| draft.alive)
            .map(|draft| draft.summary)
    });
    summary
}

/// Where the refused pieces of a text are among lines of it that are read by themselves.
fn refused_in(source: &Source<'_>, lines: &[&str]) -> Vec<Span> {
    if source.refused.is_empty() {
        return Vec::new();
    }
    let mut refused = Vec::new();
    // Characters before this line: in what is read by itself, and in the whole text up to a byte.
    let (mut at, mut start, mut byte) = (0, 0, 0);
    for (line, range) in lines.iter().zip(&source.document.quoted) {
        let begin = range.end - line.len();
        start += source.text[byte..begin].chars().count();
        byte = begin;
        let length = line.chars().count();
        let place = |character: usize| at + character.clamp(start, start + length) - start;
        let pieces = source.refused.iter().map(|piece| Span {
            start: place(piece.start),
            end: place(piece.end),
        });
        refused.extend(pieces.filter(|piece| piece.start < piece.end));
        at += length + 1;
    }
    refused
}

#[cfg(test)]
mod tests {
    use crate::Policy;
    use crate::task::Span;
    use crate::testing::found;

    #[test]
    fn what_is_said_to_be_the_readers_is_what_was_asked_for() {
        assert_eq!(
            found(
                "Hi Mara, see below, this one is yours.\n\n---- Forwarded ----\nFrom: Elm Nursery\nPlease return the signed consent form.\n"
            ),
            ["Return the signed consent form"]
        );
    }

    #[test]
    fn what_is_handed_on_is_what_was_asked_for() {
        assert_eq!(
            found(
                "Ravi, can you deal with this by Friday? Lena\n\n> From: Elm Nursery\n> Please return the signed consent form.\n"
            ),
            ["Return the signed consent form"]
        );
        assert_eq!(
            found(
                "Ravi, please take over. Lena\n\n> The gutters leak again. The gutters must be cleaned before winter.\n"
            ),
            ["Clean the gutters"]
        );
    }

    #[test]
    fn what_was_refused_in_a_mail_below_stays_in_its_words() {
        let text = "Ravi, can you deal with this? Lena\n\n> Élodie wrote:\n> Please return Gone by Friday.\n";
        let now = "2026-02-10T09:00[Europe/Berlin]".parse().expect("a moment");
        let read = |refused: &[Span]| {
            let found = crate::extract_refusing(text, &now, &Policy::default(), refused);
            found.tasks[0].summary.clone()
        };
        let start = text
            .split("Friday")
            .next()
            .map_or(0, |before| before.chars().count());
        let piece = Span {
            start,
            end: start + "Friday".len(),
        };
        assert_eq!(read(&[]), "Return Gone");
        assert_eq!(read(&[piece]), "Return Gone by Friday");
    }
}
