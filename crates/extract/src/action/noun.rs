//! Items that name a task by a noun: `Docs update – Ines`, `dark mode for the admin pages`.

use crate::clause::View;
use crate::lexicon;

const NOMINALS: &[(&str, &str)] = &[
    ("payment", "pay"),
    ("renewal", "renew"),
    ("registration", "register"),
    ("preparation", "prepare"),
    ("prep", "prepare"),
    ("approval", "approve"),
    ("migration", "migrate"),
    ("deployment", "deploy"),
    ("installation", "install"),
    ("booking", "book"),
    ("cleanup", "clean up"),
    ("clean-up", "clean up"),
    ("removal", "remove"),
    ("replacement", "replace"),
    ("translation", "translate"),
    ("submission", "submit"),
    ("delivery", "deliver"),
    ("cancellation", "cancel"),
    ("pickup", "pick up"),
    ("pick-up", "pick up"),
    ("setup", "set up"),
    ("set-up", "set up"),
    ("rollout", "roll out"),
    ("sign-off", "sign off"),
    ("follow-up", "follow up"),
    ("investigation", "investigate"),
    ("cleaning", "clean"),
    ("shopping", "shop"),
    ("testing", "test"),
    ("rewrite", "rewrite"),
];

/// The deed a noun phrase stands for: the index of the word that carries it, and its verb.
///
/// `Docs update` is to update the docs, `Invoice payment` to pay the invoice. `None` where the
/// phrase names only a thing.
pub(crate) fn nominal(view: &View<'_>, start: usize, end: usize) -> Option<(usize, &'static str)> {
    let last = (start..end)
        .take_while(|at| !view.is_mark(*at) && !preposition(view.lower(*at)))
        .last()?;
    // `legal review of the terms`: what it is a review of stands behind.
    if last == start || view.is(last + 1, "of") && last + 1 < end {
        return None;
    }
    let word = view.lower(last);
    if let Some((_, verb)) = NOMINALS.iter().find(|(noun, _)| *noun == word) {
        return Some((last, verb));
    }
    let verb = lexicon::base_verb(word)?;
    let deeds = [
        "update", "review", "fix", "repair", "check", "upgrade", "refactor", "redesign", "rewrite",
        "cleanup", "backup", "audit", "release", "rework", "research", "order", "refresh",
    ];
    deeds.contains(&verb.base).then_some((last, verb.base))
}

fn preposition(word: &str) -> bool {
    matches!(
        word,
        "for" | "of" | "to" | "with" | "on" | "in" | "at" | "from" | "about" | "by"
    )
}
