//! What a message says not to be done yet: `the script is still on your branch` – `sorry, merging today`.

use super::{Thing, Things};
use crate::detect::Source;
use crate::token::{List, list};

/// Words of a message about what is not done yet, or is asked for.
const OPEN: List<'static> = list![
    "still",
    "yet",
    "not",
    "n't",
    "cannot",
    "missing",
    "pending",
    "waiting",
    "without",
    "outstanding",
    "stuck",
    "overdue",
    "late",
    "where",
    "news",
    "status",
];

impl Things {
    /// Whether something was just said to be open.
    pub(crate) fn some_is_open(&self, source: &Source<'_>, index: usize) -> bool {
        self.left_open(source, index).is_some()
    }

    /// The thing that was just said to be open, where the message at `index` answers with a verb
    /// alone.
    pub(super) fn left_open(&self, source: &Source<'_>, index: usize) -> Option<&Thing> {
        let place = &source.sentences[index].unit.place;
        let speaks = place.owner.as_ref().is_some_and(|owner| owner.speaks);
        if !source.document.chat || !speaks {
            return None;
        }
        let said = (index.saturating_sub(4)..index).find(|at| {
            let sentence = &source.sentences[*at];
            sentence.unit.place.block + 1 == place.block
                && sentence.tokens.iter().any(|token| token.any(OPEN))
        })?;
        let named = || self.named.iter().filter(|thing| thing.sentence == said);
        let most = named().map(|thing| thing.weight).max()?;
        named().find(|thing| thing.weight == most && most >= 5)
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{assignees, found};

    #[test]
    fn a_verb_alone_is_done_to_what_was_said_to_be_open() {
        for (text, summary) in [
            (
                "@ravi the lease draft is still in your outbox, right? we cannot book the vans without it\n\
                 ravi: yeah sorry, sending today\nmei: ta\n",
                "Send the lease draft",
            ),
            (
                "Kai: the price list is missing from the folder?\nIda: on it, uploading in an hour\n",
                "Upload the price list",
            ),
            (
                "Kai: Ida, is the plan for the Okafors still on your desk?\nIda: ya sorry, sending it this afternoon\n",
                "Send the plan for the Okafors",
            ),
            (
                "Kai: where's the deposit slip?\nIda: oh. will scan tonight\n",
                "Scan the deposit slip",
            ),
        ] {
            assert_eq!(found(text), [summary], "{text}");
        }
        let text = "Kai: the price list is missing from the folder\nIda: sorry, uploading today\n";
        assert_eq!(assignees(text), [Some("Ida".to_owned())]);
    }

    #[test]
    fn what_goes_on_is_no_answer_to_it() {
        for text in [
            "Kai: the kettle is still broken\nIda: lol, travelling today\n",
            "Kai: the band isn't on yet\nIda: lol raining here\n",
            "Kai: the train is still late\nIda: ok, walking today\n",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
