//! What an item of minutes is about, in front of who does what: `3. Water stations. Ida fetches the tables`.

use crate::action::opener::{Agent, Shape};
use crate::action::{IS_AGREED, ORDER};
use crate::clause::Head;
use crate::detect::Source;
use crate::draft::Draft;
use crate::lexicon::Lean;

/// Gives up two bare words that could be an order, where the same item goes on with what somebody named does.
pub(super) fn give_way(source: &Source<'_>, drafts: &mut [Draft]) {
    for at in 1..drafts.len() {
        let (topic, deed) = (&drafts[at - 1], &drafts[at]);
        if topic.alive
            && deed.alive
            && topic.rule == ORDER
            && deed.rule == IS_AGREED
            && is_topic(source, topic)
            && is_told_of(source, topic, deed)
        {
            drafts[at - 1].alive = false;
        }
    }
}

/// `Audit documents`, `Water stations`: a word that is a noun as well, written large, and the plural of a thing.
fn is_topic(source: &Source<'_>, draft: &Draft) -> bool {
    let sentence = &source.sentences[draft.sentence];
    let Head::Action(opener) = &sentence.clauses[draft.clause].head else {
        return false;
    };
    let first = opener.verb;
    sentence.unit.place.item.is_some()
        && opener.shape == Shape::Active
        && !opener.subject_said
        && draft.tokens == [first + 1]
        && sentence.tokens[first].capital
        && sentence.tokens[first]
            .verb
            .is_some_and(|verb| verb.lean != Lean::Verb)
}

/// Whether a deed of somebody named begins right behind the words, parted from them by a full stop, a colon or a dash.
fn is_told_of(source: &Source<'_>, topic: &Draft, deed: &Draft) -> bool {
    let other = &source.sentences[deed.sentence];
    let last = topic
        .tokens
        .last()
        .map(|at| source.sentences[topic.sentence].tokens[*at].end);
    let start = other.bytes(deed.clause..deed.clause + 1).start;
    let between = last.and_then(|last| source.text.get(last..start));
    matches!(deed.agent, Agent::Named(_))
        && between.is_some_and(|between| {
            matches!(between.trim(), "." | ":" | "–" | "—" | "-") && !between.contains('\n')
        })
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn what_an_item_is_about_is_no_order() {
        for (text, summary) in [
            (
                "3. Water stations. Eike fetches the tables on Friday.",
                "Fetch the tables",
            ),
            (
                "- Audit documents – @Bengt collects the evidence by Friday",
                "Collect the evidence",
            ),
            (
                "- Guest towels: Ingrid irons the blue ones on Monday",
                "Iron",
            ),
            (
                "2. Stage lights. Mr Osei rents four spots by Friday.",
                "Rent four spots",
            ),
            (
                "* Display cases – Clara orders the glass tomorrow",
                "Order the glass",
            ),
        ] {
            let tasks = found(text);
            assert_eq!(tasks.len(), 1, "{text}: {tasks:?}");
            assert!(tasks[0].starts_with(summary), "{text}: {tasks:?}");
        }
    }

    #[test]
    fn an_order_with_a_deed_of_its_own_behind_it_stays() {
        for text in [
            "- Order the chairs. Eike fetches the tables on Friday.",
            "- Sweep the corridors. Clara orders the glass tomorrow.",
            "- Water stations\n- Eike fetches the tables on Friday",
            "- Print posters by Monday. Clara hangs them up on Friday.",
        ] {
            assert_eq!(found(text).len(), 2, "{text}");
        }
    }
}
