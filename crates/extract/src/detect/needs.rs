//! What somebody needs, which another gets for them: `Luna needs a new collar`.

use super::State;
use crate::action::opener::Agent;
use crate::action::{IS_NEEDED, WANTED};
use crate::clause::Head;

impl State<'_> {
    /// Who needs the thing that is to be got.
    pub(super) fn in_need(
        &self,
        index: usize,
        clause: usize,
        (rule, agent): (&str, &Agent),
    ) -> Option<String> {
        let sentence = &self.source.sentences[index];
        // `Otto tows it, needs loading on Friday`: who did the deed before needs nothing.
        let own = matches!(&sentence.clauses[clause].head, Head::Action(opener) if opener.agent == *agent);
        if let (IS_NEEDED, Agent::Named(name)) = (rule, agent) {
            return Some(if own { name.clone() } else { String::new() });
        }
        let start = sentence.clauses[clause].start;
        let first = sentence.token(start)?;
        let needs = rule == WANTED && sentence.lower(start + 1) == "needs";
        (needs && first.capital && first.is_first_name())
            .then(|| self.source.text[first.start..first.end].to_owned())
    }
}

/// What is got for somebody, with their name.
pub(super) fn meant_for(summary: String, name: &str) -> String {
    let told = summary.contains(" for ") || summary.contains(name);
    if told || !name.starts_with(char::is_uppercase) {
        return summary;
    }
    format!("{summary} for {name}")
}
