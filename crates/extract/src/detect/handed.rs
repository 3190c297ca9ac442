//! A mail that is handed on: `can you deal with this?` above what somebody else asks for.

use std::sync::LazyLock;

use super::{Source, State, says};
use crate::action::opener::{Agent, Opener, Shape};
use crate::date::FoundDate;
use crate::draft::Draft;
use crate::due::Chosen;
use crate::pipeline;
use crate::rows::Rows;
use crate::scorer::Scores;
use crate::sentence::Sentence;
use crate::task::Span;
use crate::token::{List, Token, list};
use crate::words;

/// Rule of what a mail below asks for, and the one above it hands on.
pub(crate) const RULE: &str = "handed on with the mail below";

/// Bytes of a quoted mail up to which it is read.
const LONGEST: usize = 4000;

/// Deeds of a quoted mail that are handed on with it at most; where it asks for more, only the first is.
const MOST: usize = 3;

/// What is to be done with a mail that is handed on, beside `it` and `this`.
const WHOLE: List<'static> = list![
    "it", "this", "that", "one", "over", "on", "care", "of", "with", "to", "up", "from", "here",
    "below", "matter", "request", "mail", "email", "and", "them", "these", "done", "sorted",
    "moving",
];

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

/// Wordings that give somebody what stands below.
static GIVES: LazyLock<Rows> = LazyLock::new(|| {
    Rows::new(&[
        "over to you",
        "is|'s|are yours",
        "all yours",
        "one|something for you",
        "is|'s for you ,|.|:|;|–|—",
        "this|that|it|below|one is|'s for you",
        "is|'s|are your baby|department|patch|turf|call|remit|area|job|business",
        "yours to handle|sort|deal|answer",
        "falls|fall|goes|passes to you",
        "leave|leaving it|this|that|these with|to you",
        "passing|handing|pass|hand it|this|that|these on|over|along to you",
        "up|down your street|alley",
        "land|lands|landed on your desk|plate",
    ])
});

impl State<'_> {
    /// `Ken, this one's yours`, `over to you`: what is asked for below is for the one it is given to.
    pub(super) fn handed(&mut self, index: usize, first: usize) {
        let source = self.source;
        let done = |draft: &Draft| draft.rule == RULE;
        if source.document.quoted.is_empty()
            || self.drafts[first..].iter().any(|draft| draft.alive)
            || self.drafts.iter().any(done)
        {
            return;
        }
        let sentence = &source.sentences[index];
        // `Ken, yours I think`
        let alone = |at: usize| {
            sentence.lower(at) == "yours" && sentence.token(at + 1).is_none_or(Token::is_mark)
        };
        let given = (0..sentence.clauses.len()).find(|clause| {
            let mut words = sentence.clauses[*clause].full.clone();
            says(sentence, *clause, &GIVES) || !sentence.question && words.any(alone)
        });
        let negated = sentence
            .tokens
            .iter()
            .any(|token| token.any(list!["not", "n't"]));
        let Some(clause) = given.filter(|_| !negated) else {
            return;
        };
        if self
            .whole
            .below
            .get_or_init(|| asked_below(source))
            .is_some()
        {
            let verb = sentence.clauses[clause].start;
            self.add(
                index,
                clause,
                &Opener::said(RULE, Agent::Addressee, verb, 0.7),
            );
        }
    }

    /// Adds what the mail below asks for beside the deed that was handed on last, for the same person.
    pub(super) fn hand_on_besides(&mut self, besides: Vec<(String, Option<Chosen>)>) {
        let Some(handed) = self.drafts.last().filter(|_| !besides.is_empty()).cloned() else {
            return;
        };
        for (summary, due) in besides {
            self.drafts.push(Draft {
                stems: words::stems(&summary),
                due: due.or_else(|| handed.due.clone()),
                summary,
                ..handed.clone()
            });
        }
    }
}

/// What a mail below asks for, and by when.
pub(super) struct Below {
    pub summary: String,
    due: Option<Chosen>,
    /// What it asks for besides: in which words, and by when.
    pub besides: Vec<(String, Option<Chosen>)>,
}

impl Below {
    /// The day of a deed that hands it on: its own where its sentence names one.
    pub(super) fn due(
        &self,
        source: &Source<'_>,
        index: usize,
        own: Option<Chosen>,
    ) -> Option<Chosen> {
        let said = own.as_ref().is_some_and(|own| {
            let date = own.date.and_then(|date| source.dates.get(date));
            let range = &source.sentences[index].unit.range;
            date.is_some_and(|date| range.contains(&date.bytes.start))
        });
        if said || self.due.is_none() {
            return own;
        }
        self.due.clone()
    }
}

/// What the quoted part of a text asks for.
pub(super) fn asked_below(source: &Source<'_>) -> Option<Below> {
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
    let (drafts, dates) = pipeline::with_source(&text, now, policy, &refused, |inner| {
        let mut drafts = pipeline::drafts(inner, &Scores::new(inner));
        drafts.retain(|draft| draft.alive);
        drafts
    });
    let mut asked = drafts.into_iter().map(|draft| {
        let Draft { summary, due, .. } = draft;
        let due = due.and_then(|due| {
            let found = &dates[due.date?];
            let date = place_of(source, found, &text[found.bytes.clone()])?;
            Some(Chosen {
                date: Some(date),
                ..due
            })
        });
        (summary, due)
    });
    let (summary, due) = asked.next()?;
    let mut besides: Vec<_> = asked.collect();
    if besides.len() >= MOST {
        besides.clear();
    }
    Some(Below {
        summary,
        due,
        besides,
    })
}

/// The date of the whole text that is the one `found` in its quoted part.
fn place_of(source: &Source<'_>, found: &FoundDate, words: &str) -> Option<usize> {
    let first = source.document.quoted.first()?.start;
    let from = source
        .dates
        .partition_point(|date| date.bytes.start < first);
    (from..source.dates.len()).find(|at| {
        let date = &source.dates[*at];
        date.due == found.due && source.text.get(date.bytes.clone()) == Some(words)
    })
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
    fn all_that_is_asked_for_below_is_handed_on() {
        let text = "Ravi, can you deal with this one? Lena\n\n> From: Elm Nursery\n> The fee must be paid by 20 March. Please also return the consent form by 27 March.\n";
        assert_eq!(found(text), ["Pay the fee", "Return the consent form"]);
        assert_eq!(
            crate::testing::dues(text),
            [Some("2026-03-20".to_owned()), Some("2026-03-27".to_owned())]
        );
        assert_eq!(
            crate::testing::assignees(text),
            vec![Some("Ravi".to_owned()); 2]
        );
    }

    #[test]
    fn what_is_handed_on_has_the_day_of_the_mail_below_or_its_own() {
        let text = |words: &str| {
            format!(
                "Ravi, {words} I'm away till Monday. Lena\n\n> From: Elm Nursery\n> Please return the consent form by 20 March.\n"
            )
        };
        for (words, day) in [
            ("can you handle this one?", "2026-03-20"),
            ("can you handle this one by Thursday?", "2026-03-12"),
        ] {
            assert_eq!(crate::testing::dues(&text(words)), [Some(day.to_owned())]);
        }
    }

    #[test]
    fn what_stands_below_can_be_given_without_a_verb() {
        for words in [
            "Anna, this one is all yours.",
            "Anna: over to you.",
            "Hi Anna, yours I think.",
        ] {
            let text = format!("{words}\n\n> Please return the signed consent form.\n");
            assert_eq!(found(&text), ["Return the signed consent form"], "{words}");
        }
        assert!(found("Anna, this one is not yours.\n\n> Please return the form.\n").is_empty());
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
