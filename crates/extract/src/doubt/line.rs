//! Lines that are no items: the fields of a form, headings, closings, prices, programmes.

use std::ops::Range;

use crate::action::ORDER;
use crate::detect::{ERRAND, Source};
use crate::draft::Draft;
use crate::lexicon::Lean;
use crate::sentence::Sentence;
use crate::text::Section;
use crate::token::{Kind, List, Mask, Token, list};

/// Names of the fields of tickets, forms and minutes, and of the parts of a plan.
const FIELDS: List<'static> = list![
    "owner",
    "assignee",
    "assigned",
    "reporter",
    "author",
    "status",
    "state",
    "topic",
    "agenda",
    "apologies",
    "attendees",
    "attending",
    "participants",
    "absent",
    "chair",
    "location",
    "duration",
    "decision",
    "decisions",
    "decided",
    "comment",
    "comments",
    "remark",
    "remarks",
    "labels",
    "label",
    "milestone",
    "component",
    "environment",
    "severity",
    "subject",
    "reference",
    "balance",
    "total",
    "subtotal",
    "sub-tasks",
    "subtasks",
    "phase",
    "stage",
    "week",
    "chapter",
    "sprint",
    "q1",
    "q2",
    "q3",
    "q4",
    "later",
    "maybe",
    "parked",
    "backlog",
    "shipped",
    "erl",
    "erledigt",
    "category",
    "resolution",
    "estimate",
    "affects",
    "watchers",
    "department",
    "workaround",
    "sponsor",
    "lead",
    "feedback",
    "learned",
    "learnt",
    "deadline",
    "deadlines",
    "venue",
    "crew",
    "value",
    "help",
    "pitch",
    "host",
    "present",
    "waiting",
];

/// Why a draft that stands on a line of its own is none.
pub(super) fn doubt(
    source: &Source<'_>,
    draft: &Draft,
    steps: &[Range<usize>],
) -> Option<&'static str> {
    let sentence = &source.sentences[draft.sentence];
    if done_beside(source, sentence) {
        return Some("done, as its row or its label says");
    }
    let start = draft.bytes.start;
    let step = steps.partition_point(|range| range.end <= start);
    if steps.get(step).is_some_and(|range| range.contains(&start)) {
        return Some("a step of the report of a fault");
    }
    if labelled(source, sentence) {
        return Some("told of a fault, or by when");
    }
    if struck(source, draft) {
        return Some("struck out");
    }
    let nouny = draft.rule == ERRAND || draft.rule == ORDER && could_be_noun(sentence, draft);
    if !nouny {
        return match draft.rule {
            ORDER if closes(source, draft) => Some("the end of a letter"),
            ORDER if super::title::heads(source, draft) => Some("the title of the text"),
            _ => None,
        };
    }
    if is_field(sentence, draft) {
        return Some("the name of a field");
    }
    if closes(source, draft) {
        return Some("the end of a letter");
    }
    if draft.rule == ORDER && in_brackets(sentence, draft) {
        return Some("a remark in brackets");
    }
    if super::title::heads(source, draft) {
        return Some("the title of the text");
    }
    None
}

/// Whether the word that opens an order is a noun at least as often.
pub(super) fn could_be_noun(sentence: &Sentence, draft: &Draft) -> bool {
    let start = sentence.clauses[draft.clause].start;
    sentence
        .token(start)
        .and_then(|token| token.verb)
        .is_some_and(|verb| matches!(verb.lean, Lean::Noun | Lean::Either))
}

/// `Owner: Declan.`, `Phase 1 – Content`, `Week 38`.
fn is_field(sentence: &Sentence, draft: &Draft) -> bool {
    let tokens = &sentence.tokens;
    let Some(first) = tokens.iter().position(Token::is_word) else {
        return false;
    };
    // `Phase B: order signs` is about the signs.
    let own = sentence.at.get(sentence.clauses[draft.clause].start) == Some(&first);
    if !own || !tokens[first].any(FIELDS) {
        return false;
    }
    let behind = tokens.get(first + 1);
    let labelled = behind.is_none_or(|next| next.any(list![":", "/", ".", "="]))
        || tokens[first].is("waiting") && tokens.get(first + 2).is_some_and(|next| next.is(":"));
    // `Phase A`, `Week 38`, `Q1 2026`
    let counted = behind.is_some_and(|next| {
        next.kind == Kind::Number || next.upper || next.lower.chars().count() == 1 && next.is_word()
    });
    let said = draft
        .tokens
        .iter()
        .filter(|at| tokens[**at].is_word() && tokens[**at].mask == Mask::None)
        .count();
    let marked = tokens.iter().any(Token::is_arrow);
    (labelled || counted && said <= 2) && !marked
}

/// What stands in front of a unit on its line.
fn label_before<'a>(source: &Source<'a>, sentence: &Sentence) -> &'a str {
    let start = sentence.unit.range.start;
    let before = source.text[..start].bytes().rev().take(80);
    let label = before.take_while(|byte| *byte != b'\n').count();
    let mut line = start - label;
    while !source.text.is_char_boundary(line) {
        line += 1;
    }
    source.text[line..start].trim_end()
}

/// `Workaround: restart twice`, `Fix by: Friday`: a label behind which nothing is asked.
fn labelled(source: &Source<'_>, sentence: &Sentence) -> bool {
    const TOLD: List<'static> = list![
        "workaround",
        "expected",
        "actual",
        "observed",
        "cause",
        "symptom",
        "symptoms",
        "impact",
    ];
    let label = crate::words::lower(label_before(source, sentence));
    let label = label.trim_start_matches(|c: char| !c.is_alphanumeric());
    if label
        .strip_suffix(':')
        .is_some_and(|label| TOLD.holds(label.trim_end()))
    {
        return true;
    }
    let tokens = &sentence.tokens;
    let Some(first) = tokens.iter().position(Token::is_word) else {
        return false;
    };
    let colon = |at: usize| tokens.get(first + at).is_some_and(|token| token.is(":"));
    let by = tokens.get(first + 1).is_some_and(|token| token.is("by"));
    tokens[first].any(TOLD) && colon(1) || by && colon(2)
}

/// A cell of its row, or the label in front of it, says that it is done: `| done 20 Aug |`, `Phase 1
/// (done): …`.
fn done_beside(source: &Source<'_>, sentence: &Sentence) -> bool {
    const DONE: &[&str] = &[
        "done",
        "completed",
        "finished",
        "✔",
        "✓",
        "☑",
        "✅",
        "[x]",
        "erledigt",
    ];
    let unit = &sentence.unit;
    let says = |cell: &str| {
        let cell = cell.trim().to_lowercase();
        let brief = cell.split_whitespace().take(5).count() <= 4;
        super::finished::is_settled(&cell)
            || brief
                && DONE.iter().any(|word| {
                    cell.strip_prefix(word).is_some_and(|rest| {
                        !rest.starts_with(|c: char| c.is_alphanumeric() || c == '?')
                    })
                })
    };
    if unit.scope != unit.range && source.text[unit.scope.clone()].split('|').any(says) {
        return true;
    }
    let label = label_before(source, sentence);
    // What is read as a label may be part of the unit.
    let label = if label.is_empty() {
        source.text[unit.range.clone()]
            .split(": ")
            .next()
            .unwrap_or("")
    } else {
        label
    };
    let label = crate::words::lower(label);
    [
        "(done)",
        "(completed)",
        "(finished)",
        "(erledigt)",
        "✔:",
        "✅:",
    ]
    .iter()
    .any(|mark| {
        label
            .trim_end_matches(':')
            .ends_with(mark.trim_end_matches(':'))
    })
}

/// The lines between `Steps to reproduce` and what was expected or came, and lines such as `Steps: open it, …`.
pub(super) fn steps(text: &str) -> Vec<Range<usize>> {
    const STEPS: &[&str] = &["steps", "to reproduce", "repro", "how to reproduce"];
    const RESULT: &[&str] = &["expected", "actual", "result", "observed"];
    let mut found = Vec::new();
    let mut from = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let plain = line.trim_start_matches(|c: char| !c.is_alphanumeric());
        let opens = |words: &[&str]| {
            words.iter().any(|word| {
                plain
                    .get(..word.len())
                    .is_some_and(|opening| opening.eq_ignore_ascii_case(word))
            })
        };
        if opens(STEPS) && plain.split_whitespace().take(5).count() <= 4 {
            from = Some(start);
        } else if opens(STEPS) && plain.split(' ').take(4).any(|word| word.ends_with(':')) {
            found.push(start..start + line.len());
        } else if opens(RESULT)
            && let Some(from) = from.take()
        {
            found.push(from..start);
        }
        start += line.len();
    }
    found
}

/// `~~print~~`
fn struck(source: &Source<'_>, draft: &Draft) -> bool {
    let sentence = &source.sentences[draft.sentence];
    let start = sentence.clauses[draft.clause].start;
    let Some(token) = sentence.token(start) else {
        return false;
    };
    let end = sentence.unit.range.end.max(token.start);
    source.text[..token.start].ends_with("~~") && source.text[token.start..end].contains("~~")
}

/// `(list on board)`: a noun that a bracket opens with.
fn in_brackets(sentence: &Sentence, draft: &Draft) -> bool {
    let at = sentence.at.get(sentence.clauses[draft.clause].start);
    at.is_some_and(|at| {
        let tokens = &sentence.tokens;
        *at > 0
            && tokens[at - 1].is("(")
            && tokens.get(at + 1).is_some_and(|next| {
                next.any(list![
                    "on", "in", "at", "below", "above", "attached", "here", "from",
                ])
            })
    })
}

/// `Danke, Renate`, `Groet, Marloes`: a few words, a comma and who writes, at the end of what he writes.
fn closes(source: &Source<'_>, draft: &Draft) -> bool {
    let sentence = &source.sentences[draft.sentence];
    let last = draft.sentence + 1 == source.sentences.len();
    let listed = sentence.unit.place.item.is_some()
        || matches!(
            sentence.unit.place.section,
            Section::Shopping | Section::Tasks
        );
    let tokens: Vec<&Token> = sentence
        .tokens
        .iter()
        .filter(|token| !token.is("."))
        .collect();
    let Some(comma) = tokens.iter().position(|token| token.is(",")) else {
        return false;
    };
    let (before, after) = (&tokens[..comma], &tokens[comma + 1..]);
    let words = before.iter().all(|token| {
        token.kind == Kind::Word && matches!(token.mask, Mask::None | Mask::Filler | Mask::Person)
    });
    let names = after.iter().all(|token| {
        token.capital && token.kind == Kind::Word && !crate::area::knows(&token.lower)
    });
    let known = after.first().is_some_and(|token| {
        token.is_first_name()
            || source.document.people.contains(&token.lower)
            || source
                .document
                .signer
                .as_deref()
                .is_some_and(|signer| signer.to_lowercase().starts_with(&token.lower))
    });
    // `Greetings from the field, Marta`, `Your nephew upstairs, Ray`
    let greets = before.len() < 7
        && before.first().is_some_and(|token| {
            token.any(list![
                "greetings",
                "regards",
                "wishes",
                "love",
                "hugs",
                "yours",
                "your",
                "thanks",
            ])
        });
    last && draft.sentence > 0
        && !listed
        && words
        && names
        && (known || before.len() == 1)
        && ((1..=3).contains(&before.len()) || greets)
        && (1..=3).contains(&after.len())
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn fields_of_a_ticket_are_no_items() {
        let text = "TODO\n- Replace the fan belt\n- Reporter: Lin\n- Status: open\n";
        assert_eq!(found(text), ["Replace the fan belt"]);
    }

    #[test]
    fn labels_of_a_fault_ask_for_nothing() {
        let text = "The import fails\nWorkaround: open it in the old viewer\nFix by: Friday\n";
        assert_eq!(found(text), [""; 0]);
    }

    #[test]
    fn the_steps_of_a_fault_are_no_tasks() {
        let text =
            "Crash on export\n\nSteps\n1. Open the list\n2. Press Export\n\nExpected: a file.\n";
        assert_eq!(found(text), [""; 0]);
    }

    #[test]
    fn a_row_that_is_done_is_no_task() {
        let text =
            "| Task | Status |\n|---|---|\n| Fix sink | open |\n| Paint door | done 2 March |\n";
        assert_eq!(found(text), ["Fix sink"]);
    }

    #[test]
    fn the_end_of_a_letter_is_no_item() {
        let text = "Hello Mats, please return the key of the cellar by Friday. Grazie, Loredana";
        assert_eq!(found(text), ["Return the key of the cellar"]);
    }
}
