//! What a line is about, told in front of its colon or dash, where a deed in it says too little: `Lights: Ida to
//! place the order` is `Place the order (lights)`.

use super::Source;
use crate::clause::Head;
use crate::draft::Draft;
use crate::summary::lower_first;
use crate::token::{Kind, List, Mask, Token, list};
use crate::words;

/// Most words of such a topic.
const LONGEST: usize = 3;

/// Stems from which a deed says enough: its verb and three more.
const ENOUGH: usize = 4;

/// Words that say what kind of line it is, not what it is about.
const KINDS: List<'static> = list![
    "action",
    "actions",
    "task",
    "tasks",
    "todo",
    "to-do",
    "next",
    "step",
    "steps",
    "decision",
    "decided",
    "note",
    "notes",
    "update",
    "status",
    "owner",
    "due",
    "deadline",
    "priority",
    "open",
    "question",
    "answer",
    "subject",
    "agenda",
    "item",
    "items",
    "point",
    "points",
    "reminder",
    "result",
    "outcome",
    "summary",
    "today",
    "tomorrow",
    "week",
    "misc",
    "miscellaneous",
    "other",
    "general",
    "info",
    "problem",
    "issue",
    "blocked",
    "blockers",
    "risk",
    "risks",
    "plan",
    "homework",
    "request",
    "requests",
    "feedback",
    "comment",
    "minutes",
    "meeting",
    "list",
    "by",
    "for",
    "up",
];

/// Adds what their lines are about to the titles of deeds that say too little.
pub(crate) fn name(source: &Source<'_>, drafts: &mut [Draft]) {
    if source.document.chat {
        return;
    }
    for draft in drafts.iter_mut().filter(|draft| draft.alive) {
        let Some(topic) = topic(source, draft) else {
            continue;
        };
        let stems = words::stems(&draft.summary);
        let own = words::stems_of(topic);
        if stems.len() >= ENOUGH || own.is_empty() || words::shared(&own, &stems) > 0 {
            continue;
        }
        let [first, rest @ ..] = topic else { continue };
        let until = rest.last().unwrap_or(first).end;
        let shown = &source.text[first.start..until];
        // `WLAN: …`, `Bad Sachsa: …` keep their capitals.
        let proper = first.upper || rest.first().is_some_and(|next| next.capital);
        draft.summary = if proper {
            format!("{} ({shown})", draft.summary)
        } else {
            format!("{} ({})", draft.summary, lower_first(shown))
        };
    }
}

/// The words in front of the colon of the line in which a deed stands behind it.
fn topic<'a>(source: &'a Source<'_>, draft: &Draft) -> Option<&'a [Token]> {
    let sentences = source.sentences;
    let block = sentences[draft.sentence].unit.place.block;
    let at = (0..=draft.sentence)
        .rev()
        .take_while(|at| sentences[*at].unit.place.block == block)
        .find(|at| sentences[*at].unit.place.first)?;
    let opening = &sentences[at];
    let mark = opening
        .tokens
        .iter()
        .take(LONGEST + 1)
        .position(|token| token.is(":") || token.is_dash())?;
    let topic = &opening.tokens[..mark];
    let tells = opening
        .clauses
        .first()
        .is_some_and(|clause| clause.head != Head::Phrase);
    // What stands in front is part of the deed itself.
    let inside = at == draft.sentence && draft.clause == 0;
    let thing = |token: &Token| {
        token.kind == Kind::Word
            && token.mask == Mask::None
            && (token.lower.len() > 3 || topic.len() > 1)
            && !token.any(KINDS)
            && !token.is_first_name()
            && !token.is_role()
            && !source.document.people.has(token)
    };
    (!topic.is_empty() && !tells && !inside && topic.iter().all(thing)).then_some(topic)
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn a_deed_that_says_little_is_told_with_what_its_line_is_about() {
        for (text, summary) in [
            (
                "Minutes\nFloodlight: one lamp is broken. Ralf calls the electrician this week.",
                "Call the electrician (floodlight)",
            ),
            (
                "Minutes\n- Stage lights: Ida to place the order by Friday",
                "Place the order (stage lights)",
            ),
            // It says enough, or the same.
            (
                "Minutes\n- Stage: Ida to order three new lamps for the hall by Friday",
                "Order three new lamps for the hall",
            ),
            (
                "Minutes\n- Chairs: Ida orders the chairs by Friday",
                "Order the chairs",
            ),
            (
                "Minutes\n- Action: Ida calls the bank by Friday",
                "Call the bank",
            ),
        ] {
            assert_eq!(found(text), [summary], "{text}");
        }
    }
}
