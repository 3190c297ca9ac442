//! What was taken for a task and is none.
//!
//! Runs after detection, over its drafts: each is held against its sentence, its line and the text as
//! a whole, and given up where these speak against it. A text that tells nobody anything gives up all
//! of them. Every doubt has a reason in words; nothing here finds a task.

mod again;
mod double;
mod finished;
mod line;
mod news;
mod public;
mod title;
mod topic;
mod twin;
mod wording;

pub(crate) use public::first_words;

use crate::detect::Source;
use crate::draft::Draft;
use crate::quiet;
use crate::scorer::Scores;

/// Tokens from which a sentence is no sentence, and is not read again for each of its drafts.
const LONG: usize = 300;

/// Gives up the drafts that are no tasks.
pub(crate) fn weigh(source: &Source<'_>, scores: &Scores, drafts: &mut [Draft]) {
    if drafts.iter().all(|draft| !draft.alive) {
        return;
    }
    if quiet::by_tasks(source, drafts) {
        give_up(drafts);
        return;
    }
    let logged = finished::is_log(source);
    let steps = line::steps(source.text);
    let told = public::Told::of(source);
    for draft in drafts.iter_mut().filter(|draft| draft.alive) {
        if source.sentences[draft.sentence].tokens.len() > LONG {
            continue;
        }
        let doubt = line::doubt(source, draft, &steps)
            .or_else(|| title::doubt(source, draft))
            .or_else(|| finished::doubt(source, draft, logged))
            .or_else(|| wording::doubt(source, draft))
            .or_else(|| news::doubt(&source.sentences[draft.sentence], draft))
            .or_else(|| public::doubt(source, draft, &told));
        draft.alive = doubt.is_none() && !scores.doubts(source, draft);
    }
    title::give_way(source, drafts);
    topic::give_way(source, drafts);
    double::merge(source, drafts);
    // What stands in a calendar was put there to be done.
    let planned = !source.document.entries.is_empty();
    if !planned && quiet::by_weights(source, scores, drafts) {
        give_up(drafts);
    }
}

fn give_up(drafts: &mut [Draft]) {
    for draft in drafts {
        draft.alive = false;
    }
}
