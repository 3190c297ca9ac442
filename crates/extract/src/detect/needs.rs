//! What somebody needs, which another gets for them: `Luna needs a new collar`.

use super::State;
use crate::action::opener::{Agent, Opener, Shape};
use crate::action::{IS_NEEDED, WANTED};

/// What the one who needs something is to its task: not the one who does it.
pub(super) enum Need {
    /// Something is got for them.
    Thing(String),
    /// Something is to be done, and nobody is named for it: `Otto tows it, needs loading`.
    Deed,
}

impl State<'_> {
    /// Who needs what is to be got or done, where the clause says so.
    pub(super) fn in_need(
        &self,
        index: usize,
        clause: usize,
        (opener, agent): (&Opener, &Agent),
    ) -> Option<Need> {
        let thing = matches!(opener.shape, Shape::Thing { .. });
        if let (IS_NEEDED, Agent::Named(name)) = (opener.rule, agent) {
            return Some(if thing {
                Need::Thing(name.clone())
            } else {
                Need::Deed
            });
        }
        let sentence = &self.source.sentences[index];
        let start = sentence.clauses[clause].start;
        let first = sentence.token(start)?;
        let needs = opener.rule == WANTED && sentence.lower(start + 1) == "needs";
        (needs && first.capital && first.is_first_name())
            .then(|| Need::Thing(self.source.text[first.start..first.end].to_owned()))
    }
}

/// What is got for somebody, with their name.
pub(super) fn meant_for(summary: String, name: &str) -> String {
    let told = summary.contains(" for ") || summary.contains(name);
    if told || !name.starts_with(char::is_uppercase) {
        return summary;
    }
    let way = if summary.starts_with("Send ") {
        "to"
    } else {
        "for"
    };
    format!("{summary} {way} {name}")
}

#[cfg(test)]
mod tests {
    use crate::testing::summaries;

    #[test]
    fn what_is_to_be_done_is_not_got_for_anybody() {
        let found = summaries("Trailer: Otto tows it, needs loading on Friday. Bring gloves.");
        assert!(found.contains(&"Load trailer".to_owned()), "{found:?}");
        assert_eq!(
            summaries("Luna needs a second vaccination by Friday."),
            ["Get a second vaccination for Luna"]
        );
    }
}
