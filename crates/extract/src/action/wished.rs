//! What somebody wants done: `I'd like the files boxed`, `she needs her booklet copied`.

use super::opener::{Agent, Opener, Shape};
use crate::clause::View;
use crate::token::list;

/// What it is called when somebody wants a thing back.
pub(crate) const WANTED_BACK: &str = "somebody wants it back";

/// What the one who is read as the subject, up to the index behind it, wants done.
pub(super) fn read(view: &View<'_>, (agent, end): &(Agent, usize)) -> Option<Opener> {
    if !matches!(
        agent,
        Agent::Speaker | Agent::We | Agent::Third | Agent::Named(_)
    ) {
        return None;
    }
    let mut at = *end;
    while view.any(
        at,
        list!["'d", "would", "do", "still", "really", "also", "should"],
    ) {
        at += 1;
    }
    if matches!(agent, Agent::Speaker | Agent::We | Agent::Named(_))
        && view.any(*end, list!["'ll", "will"])
        && let Some(opener) = handed_over(view, agent, at)
    {
        return Some(opener);
    }
    let wants = view.any(at, list!["need", "needs", "want", "wants"])
        || at > *end && view.any(at, list!["like", "love", "prefer"]);
    if wants
        && let Some(opener) = wanted_back(view, agent, at).or_else(|| wanted_out(view, agent, at))
    {
        return Some(opener);
    }
    let named = view.any(
        at + 1,
        list![
            "the", "my", "our", "your", "her", "his", "their", "these", "those", "this", "that",
            "all", "both",
        ],
    );
    // `she wants him called and brought in today`
    let pronoun = view.any(at + 1, list!["him", "her", "them", "it"])
        && view.verb(at + 2).is_some_and(|verb| {
            verb.forms.participle
                && !verb.forms.base
                && !verb.forms.ing
                && !matches!(verb.base, "go" | "do" | "leave")
                && matches!(
                    verb.lean,
                    crate::lexicon::Lean::Verb | crate::lexicon::Lean::Either
                )
        });
    let (object, verb) = (wants && (named || pronoun))
        .then(|| super::passive::causative(view, at))
        .flatten()
        .filter(|(_, verb)| view.verb(*verb).is_some_and(|verb| verb.base != "do"))?;
    Some(Opener {
        shape: Shape::Causative { object },
        weak: !matches!(agent, Agent::Speaker | Agent::We) && !at_once(view, verb + 1),
        ..Opener::said("somebody wants it done", Agent::Addressee, verb, 0.7)
    })
}

/// `right away`, `immediately`: a wish that has no time.
fn at_once(view: &View<'_>, at: usize) -> bool {
    view.is(at, "right") && view.any(at + 1, list!["away", "now"])
        || view.any(at, list!["immediately", "asap", "straightaway"])
}

/// `I need it back`, `she wants the wig back`: it is to be given back.
fn wanted_back(view: &View<'_>, agent: &Agent, at: usize) -> Option<Opener> {
    let mark = view.next_mark(at + 1, 8);
    let back = (at + 2..mark).find(|word| view.any(*word, list!["back", "bk"]))?;
    let ends = back + 1 >= mark
        || view.any(
            back + 1,
            list![
                "by", "before", "on", "with", "from", "asap", "please", "as", "so",
            ],
        );
    let thing = view.any(
        at + 1,
        list![
            "it", "them", "that", "those", "the", "my", "our", "her", "his", "their", "this",
        ],
    );
    (ends && thing).then(|| Opener {
        shape: Shape::Placed {
            verb: "give",
            object: at + 1..back,
        },
        weak: !matches!(agent, Agent::Speaker | Agent::We),
        resume: back + 1,
        ..Opener::said(WANTED_BACK, Agent::Addressee, back - 1, 0.7)
    })
}

/// `I'll have the report with you by Friday`, `we will have the figures ready by noon`: what is promised.
fn handed_over(view: &View<'_>, agent: &Agent, end: usize) -> Option<Opener> {
    let have = end + usize::from(view.any(end, list!["'ll", "will"]));
    let thing = list![
        "the", "a", "an", "it", "them", "your", "our", "my", "that", "this", "these", "those",
        "some", "all"
    ];
    if !view.is(have, "have") || !view.any(have + 1, thing) {
        return None;
    }
    let mark = view.next_mark(have + 2, 8);
    let (at, verb) = (have + 2..mark).find_map(|at| {
        let over = view.any(at, list!["with", "to", "over", "back"])
            && (view.any(at + 1, list!["you", "them", "him", "her"])
                || view.is(at + 1, "to") && view.any(at + 2, list!["you", "them"]));
        let ready = view.any(at, list!["ready", "done", "finished", "sorted", "complete"]);
        match (over, ready) {
            (true, _) => Some((at, "send")),
            (_, true) => Some((at, "get")),
            _ => None,
        }
    })?;
    let resume = if verb == "get" { at + 1 } else { mark };
    Some(Opener {
        shape: Shape::Placed {
            verb,
            object: have + 1..at,
        },
        resume,
        ..Opener::said("a promise", agent.clone(), at - 1, 0.8)
    })
}

/// `I'd like the letters out by Friday`, `we want the slides ready by noon`: it is to be so by then.
fn wanted_out(view: &View<'_>, agent: &Agent, at: usize) -> Option<Opener> {
    let thing = view.any(
        at + 1,
        list![
            "the", "my", "our", "your", "her", "his", "their", "this", "these", "those"
        ],
    );
    if !thing || !matches!(agent, Agent::Speaker | Agent::We) {
        return None;
    }
    let mark = view.next_mark(at + 2, 7);
    let out =
        (at + 3..mark).find(|word| view.any(*word, list!["out", "in", "up", "ready", "off"]))?;
    // A day stands behind: out of what, and in which box, is another matter.
    (out + 1 == mark && view.is_behind_gap(mark)).then(|| Opener {
        shape: Shape::Placed {
            verb: "get",
            object: at + 1..out,
        },
        resume: out + 1,
        ..Opener::said("somebody wants it done", Agent::Addressee, out - 1, 0.7)
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn what_somebody_wants_done_is_done() {
        for (text, summary) in [
            ("I'd like the jackets washed by Friday.", "Wash the jackets"),
            ("I need my boots repaired by Friday.", "Repair my boots"),
            (
                "The lease is back. Kim wants it signed by Friday.",
                "Sign the lease",
            ),
            ("I need my boots back by Friday.", "Give my boots back"),
        ] {
            assert_eq!(found(text), [summary], "{text}");
        }
    }

    #[test]
    fn duties_have_many_wordings() {
        for (text, summary) in [
            (
                "What I still need from you is the garden plan, by Friday.",
                "Get the garden plan",
            ),
            (
                "Ravi is down for painting the fence on Friday.",
                "Paint the fence",
            ),
            (
                "It only remains to water the ferns by Friday.",
                "Water the ferns",
            ),
            (
                "On Friday it's our turn to sweep the yard.",
                "Sweep the yard",
            ),
        ] {
            assert_eq!(found(text), [summary], "{text}");
        }
    }
}
