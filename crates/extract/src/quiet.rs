//! Whether a text as a whole asks nobody for anything, so that nothing in it is a task.
//!
//! Each judgement is made as soon as what it rests on is known:
//! - [`by_words`], before tasks are looked for: recipes, ways of doing things, advertisements, contracts,
//!   songs, by the kinds of their words;
//! - [`by_tasks`], once there are some: lists of prices, programmes, stories, where no task has a reader,
//!   a day or a place in a list;
//! - [`by_weights`], once each task has been doubted alone: not one of those left is likely.
//!
//! What a text says about parts of it (`nothing for us here`, a reply of absence) takes back single tasks
//! ([`crate::doubt`]); lines that only log or list are left out when the text is laid out ([`crate::text`]).

mod genre;
mod told;

use crate::detect::Source;
use crate::draft::Draft;
use crate::scorer::Scores;
use crate::text::heads_ticket;

pub(crate) use genre::{Kinds, SIGNS, telling_words};

/// A text of a kind that is for anybody. A letter to somebody by name is none, whatever its words.
pub(crate) fn by_words(source: &Source<'_>) -> bool {
    let addressed = source.document.addressee.is_some() && source.document.signer.is_some();
    !addressed && genre::instructs(source.text, source.sentences, source.dates)
        || told::opines(source.text)
        || genre::sings(source.text)
        || closed(source.text)
}

/// A ticket that is said to be closed: `[HELPDESK 884] … Status: closed`.
fn closed(text: &str) -> bool {
    const SAID: &[&str] = &[
        "status: closed",
        "status: resolved",
        "status: done",
        "status: fixed",
        "resolution: fixed",
        "ticket closed",
        "issue closed",
        "closing this ticket",
        "closing as ",
        "won't fix",
    ];
    let first = text.trim_start().lines().next().unwrap_or_default();
    heads_ticket(first) && {
        let lower = text.to_lowercase();
        SAID.iter().any(|said| lower.contains(said))
    }
}

/// A text whose tasks are told to nobody.
pub(crate) fn by_tasks(source: &Source<'_>, drafts: &[Draft]) -> bool {
    told::to_nobody(source, drafts).is_some()
}

/// A text none of whose tasks is likely enough for it to have any.
pub(crate) fn by_weights(source: &Source<'_>, scores: &Scores, drafts: &[Draft]) -> bool {
    scores.doubts_all(source, drafts)
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn texts_that_ask_nobody_are_quiet() {
        for text in [
            "[HELPDESK 12] Printer eats paper. Restart the spooler. Status: closed, roller swapped.",
            "If it were up to me we'd bin the sofa, plant a hedge and get a dog by Friday. But it isn't.",
            "My aunt's trick for duck: dry it for two days, stuff it with apples, turn it after an hour.",
            "A word to all new rowers: keep a log, wax the blade on Fridays, and buy your own mug.",
            "Dreaming of Malta? Book your room today and pay nothing until June. Bring the family!",
            "A word from your dentist: floss at night, brush twice a day, and change your brush every month.",
            "General tip for new keepers: never open a hive in rain, always wear gloves, and feed them often.",
            "Travelling with a cat: pack a blanket, carry water, and stop often. Works for us every time.",
            "Hot take: we should ban lawns, plant clover, and sell the mower.",
        ] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }

    #[test]
    fn an_open_ticket_is_none_of_them() {
        assert_eq!(
            found(
                "[HELPDESK 12] Printer eats paper. Status: open. Kim, swap the roller by Friday."
            ),
            ["Swap the roller"]
        );
    }

    #[test]
    fn a_date_or_a_title_in_front_is_told_from_a_ticket() {
        assert_eq!(
            found("2026-03-04 Shop status: closed. Kim, swap the roller by Friday."),
            ["Swap the roller"]
        );
        assert_eq!(
            found("HELPDESK 1255 – new starter 4 May: Ms Oyelaran, Sales\n☐ order the laptop"),
            ["Order the laptop"]
        );
    }
}
