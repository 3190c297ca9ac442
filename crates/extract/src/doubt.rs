//! What was taken for a task and is none.
//!
//! Runs after detection, over its drafts: each is held against its sentence, its line and the text as
//! a whole, and given up where these speak against it. A text that tells nobody anything gives up all
//! of them. Every doubt has a reason in words; nothing here finds a task.

mod double;
mod finished;
mod genre;
mod line;
mod wording;

use crate::detect::Source;
use crate::draft::Draft;

/// Tokens from which a sentence is no sentence, and is not read again for each of its drafts.
const LONG: usize = 300;

/// Gives up the drafts that are no tasks.
pub(crate) fn weigh(source: &Source<'_>, drafts: &mut [Draft]) {
    if drafts.iter().all(|draft| !draft.alive) {
        return;
    }
    if genre::to_nobody(source, drafts).is_some() {
        for draft in drafts.iter_mut() {
            draft.alive = false;
        }
        return;
    }
    let logged = finished::is_log(source);
    let steps = line::steps(source.text);
    for draft in drafts.iter_mut().filter(|draft| draft.alive) {
        if source.sentences[draft.sentence].tokens.len() > LONG {
            continue;
        }
        let doubt = line::doubt(source, draft, &steps)
            .or_else(|| finished::doubt(source, draft, logged))
            .or_else(|| wording::doubt(source, draft));
        draft.alive = doubt.is_none();
    }
    double::merge(source, drafts);
}

#[cfg(test)]
mod tests {
    use crate::date::Policy;

    /// Summaries found in a text written on Wednesday, 4 March 2026.
    pub(super) fn found(text: &str) -> Vec<String> {
        let now = "2026-03-04T09:00:00+01:00[+01:00]"
            .parse()
            .expect("a moment");
        crate::extract(text, &now, &Policy::default())
            .tasks
            .into_iter()
            .map(|task| task.summary)
            .collect()
    }
}
