//! Answers in a conversation that say again what is found already: the promise to do what was asked.

use crate::action::opener::{Agent, Shape};
use crate::action::{HAS_RUN_OUT, IS_ALL_NEEDED, IS_NEEDED, WANTED, WANTED_BY};
use crate::clause::Head;
use crate::detect::{ERRAND, Source};
use crate::draft::Draft;
use crate::token::{List, Mask, Token, list};

use super::{again, twin};

/// How many drafts back what was asked can stand.
const NEAR: usize = 12;

/// Keeps one of two drafts for the same deed: the one with the better summary, with what the other
/// knows of its date and its person.
pub(super) fn merge(source: &Source<'_>, drafts: &mut [Draft]) {
    for at in 1..drafts.len() {
        needed(source, drafts, at);
        finished(source, drafts, at);
        all_of_it(source, drafts, at);
        topic(source, drafts, at);
        bare(source, drafts, at);
    }
    for at in 0..drafts.len() {
        proposed(drafts, at);
        reason_told(drafts, at);
    }
    twin::merge(source, drafts);
    again::merge(source, drafts);
    for at in 1..drafts.len() {
        if !drafts[at].alive || !answers(source, &drafts[at]) {
            continue;
        }
        let Some(asked) = asked_before(source, drafts, at) else {
            continue;
        };
        absorb(drafts, at, asked);
    }
}

/// `The invoice still shows the old address` – `Ben fixes the invoice`: what is only worded like a
/// task tells of the one beside it.
fn proposed(drafts: &mut [Draft], at: usize) {
    let draft = &drafts[at];
    let near = at.saturating_sub(2)..drafts.len().min(at + 3);
    let told = near.filter(|other| *other != at).any(|other| {
        let other = &drafts[other];
        let shared = crate::words::shared(&draft.stems, &other.stems);
        other.alive
            && !other.proposed
            && draft.sentence.abs_diff(other.sentence) <= 1
            && shared * 2 >= draft.stems.len().min(other.stems.len()).max(1)
    });
    drafts[at].alive &= !(draft.proposed && told);
}

/// `Read the meter, will you? They want the numbers by Friday.`: what somebody wants by a day is why they are asked
/// for who were asked just before, or for whom a deed names it as well.
fn reason_told(drafts: &mut [Draft], at: usize) {
    if drafts[at].rule != WANTED_BY {
        return;
    }
    let near = at.saturating_sub(2)..drafts.len().min(at + 3);
    let own = drafts[at].sentence;
    let beside = near.filter(|other| *other != at).find(|other| {
        let deed = &drafts[*other];
        let again = crate::words::shared(&deed.stems, &drafts[at].stems) > 0;
        let asked_before = *other < at && deed.sentence + 1 == own && deed.due.is_none();
        deed.alive && deed.sentence.abs_diff(own) <= 2 && (again || asked_before)
    });
    if let Some(beside) = beside {
        absorb(drafts, at, beside);
    }
}

/// `She needs the contract by Friday, so Kim please scan it`: what somebody needs is why the deed
/// behind it is asked for.
fn needed(source: &Source<'_>, drafts: &mut [Draft], at: usize) {
    let deed = &drafts[at];
    let waits =
        |draft: &Draft| [IS_NEEDED, IS_ALL_NEEDED, WANTED, HAS_RUN_OUT].contains(&draft.rule);
    if !deed.alive || waits(deed) {
        return;
    }
    let found = (0..at).rev().take(3).find(|before| {
        let need = &drafts[*before];
        let near = need.sentence == deed.sentence
            || need.sentence + 1 == deed.sentence
                && source.sentences[need.sentence].unit.place.block
                    == source.sentences[deed.sentence].unit.place.block;
        // `They want the layout by Friday. Can you draw it up?`
        let reach = if source.document.chat { 5 } else { 3 };
        let asked = need.rule == WANTED && need.sentence + reach > deed.sentence;
        need.alive
            && waits(need)
            && ((near || asked) && same_thing(source, need, deed, asked)
                || asked && answers_need(source, need, deed))
    });
    if let Some(need) = found {
        absorb(drafts, need, at);
    }
}

/// `The caterer wants a headcount` – `I'll ring them on Friday`: whoever wants it is got hold of.
fn answers_need(source: &Source<'_>, need: &Draft, deed: &Draft) -> bool {
    const CONTACTS: List<'static> = list![
        "ring", "call", "phone", "text", "email", "message", "tell", "ask", "meet", "answer",
    ];
    let contacts = verb_of(source, deed).is_some_and(|verb| CONTACTS.holds(verb.as_str()));
    let said = &source.sentences[deed.sentence];
    contacts
        && need.sentence != deed.sentence
        && deed
            .tokens
            .first()
            .is_some_and(|at| said.tokens[*at].any(list!["him", "her", "them"]))
}

/// Whether the deed is done to what is needed: it names all of it (`whole`), or only points at it.
fn same_thing(source: &Source<'_>, need: &Draft, deed: &Draft, whole: bool) -> bool {
    let sentence = &source.sentences[need.sentence];
    let clause = &sentence.clauses[need.clause];
    let object = match &clause.head {
        Head::Action(opener) => match &opener.shape {
            Shape::Thing { object, .. } | Shape::Causative { object } => object.clone(),
            _ => return false,
        },
        _ => return false,
    };
    let stems = crate::words::stems_of(object.filter_map(|word| sentence.token(word)));
    let said = &source.sentences[deed.sentence];
    let points = deed.tokens.iter().any(|at| {
        said.tokens[*at].any(list![
            "it", "them", "that", "this", "those", "one", "ones", "some"
        ])
    });
    let shared = crate::words::shared(&stems, &deed.stems);
    !stems.is_empty() && (points && shared * 2 >= stems.len() || whole && shared == stems.len())
}

/// `I'm handling the form and will have it filed by Monday`: how the same deed is to end.
fn finished(source: &Source<'_>, drafts: &mut [Draft], at: usize) {
    let deed = &drafts[at];
    let sentence = &source.sentences[deed.sentence];
    let clause = &sentence.clauses[deed.clause];
    let done = matches!(&clause.head, Head::Action(opener) if match &opener.shape {
        Shape::Causative { object } => {
            object.len() == 1 && matches!(sentence.lower(object.start), "it" | "them")
                && sentence.lower(object.start.wrapping_sub(1)) == "have"
        }
        _ => false,
    });
    let before = at - 1;
    let joined = drafts[before].alive
        && drafts[before].sentence == deed.sentence
        && drafts[before].clause + 1 == deed.clause
        && clause.lead.joined
        && !clause.lead.then;
    // `Sam is working on the login and will finish it by Friday`
    let base = |draft: &Draft| verb_token(source, draft)?.verb.map(|verb| verb.base);
    let ends =
        matches!(base(deed), Some("finish" | "complete")) && base(&drafts[before]) == Some("work");
    if deed.alive && done && joined {
        absorb(drafts, at, before);
    } else if deed.alive && ends && joined {
        absorb(drafts, before, at);
    }
}

/// `1) swap the photo 2) take the banner down. If you could have these done by Monday, …`: by when all that was
/// asked for before is wanted.
fn all_of_it(source: &Source<'_>, drafts: &mut [Draft], at: usize) {
    let deed = &drafts[at];
    let sentence = &source.sentences[deed.sentence];
    let Head::Action(opener) = &sentence.clauses[deed.clause].head else {
        return;
    };
    let Shape::Causative { object } = &opener.shape else {
        return;
    };
    let pointing = |word: usize| {
        sentence.token(word).is_some_and(|token| {
            token.any(list![
                "it",
                "this",
                "that",
                "these",
                "those",
                "them",
                "all",
                "both",
                "everything",
                "of"
            ])
        })
    };
    // `get it done` can speak of the last of them.
    let several = |word: usize| {
        sentence.token(word).is_some_and(|token| {
            token.any(list!["these", "those", "them", "all", "both", "everything"])
        })
    };
    let ends = sentence.token(opener.verb).is_some_and(|token| {
        token.any(list!["done", "sorted", "finished", "completed", "wrapped",])
    });
    let asks = matches!(
        deed.agent,
        Agent::Addressee | Agent::Named(_) | Agent::Unsaid
    );
    if !(deed.alive && asks && ends && object.clone().all(pointing) && object.clone().any(several))
    {
        return;
    }
    let (due, until) = (deed.due.clone(), deed.sentence);
    let mut asked = 0;
    for draft in &mut drafts[..at] {
        if draft.alive && draft.sentence < until && draft.agent != Agent::Speaker {
            asked += 1;
            draft.due = draft.due.take().or_else(|| due.clone());
        }
    }
    drafts[at].alive = asked == 0;
}

/// `Projector for the hall (starts 11/10) — nobody has ordered it. Jo to open a ticket today`: what a line is about, and
/// how it stands, in front of the deed.
fn topic(source: &Source<'_>, drafts: &mut [Draft], at: usize) {
    let Some(named) = (0..at).rev().take(3).find(|before| drafts[*before].alive) else {
        return;
    };
    let (thing, deed) = (&drafts[named], &drafts[at]);
    if thing.rule != ERRAND || !deed.alive || deed.sentence != thing.sentence + 1 {
        return;
    }
    let (said, next) = (
        &source.sentences[thing.sentence],
        &source.sentences[deed.sentence],
    );
    let together = said.unit.place.block == next.unit.place.block
        && source
            .text
            .get(said.unit.range.end..next.unit.range.start)
            .is_some_and(|between| !between.contains('\n'));
    let dash = said.tokens.iter().position(Token::is_dash);
    let stands = dash.is_some_and(|dash| {
        let behind = &said.tokens[dash + 1..];
        let points = behind
            .iter()
            .any(|token| token.any(list!["it", "them", "this", "that"]));
        points
            && behind
                .iter()
                .any(|token| token.any(list!["has", "have", "is", "are", "'s"]))
    });
    if together && stands && matches!(deed.agent, Agent::Named(_)) {
        drafts[named].alive = false;
    }
}

/// `I can't merge #12 yet … now I'll merge`: a verb alone speaks of the deed that was named with it.
fn bare(source: &Source<'_>, drafts: &mut [Draft], at: usize) {
    let again = &drafts[at];
    let alone = again.alive && again.tokens.is_empty() && !again.summary.contains(' ');
    if !alone {
        return;
    }
    let Some(verb) = verb_of(source, again) else {
        return;
    };
    let named = (0..at).rev().take(NEAR).find(|before| {
        let draft = &drafts[*before];
        draft.alive
            && draft.sentence != again.sentence
            && verb_of(source, draft).is_some_and(|other| other == verb)
    });
    if let Some(named) = named {
        absorb(drafts, at, named);
    }
}

/// The stem of the verb of a deed.
pub(super) fn verb_of(source: &Source<'_>, draft: &Draft) -> Option<String> {
    verb_token(source, draft).map(crate::words::stem_of)
}

/// The word that is the verb of a deed.
fn verb_token<'s>(source: &Source<'s>, draft: &Draft) -> Option<&'s Token> {
    let sentence = &source.sentences[draft.sentence];
    match &sentence.clauses[draft.clause].head {
        Head::Action(opener) => sentence.token(opener.verb),
        _ => None,
    }
}

/// Gives up one draft for another, which learns its date and its person.
pub(super) fn absorb(drafts: &mut [Draft], lost: usize, kept: usize) {
    let other = drafts[lost].clone();
    drafts[lost].alive = false;
    let known = &mut drafts[kept];
    known.due = known.due.take().or(other.due);
    known.assignee = known.assignee.take().or(other.assignee);
    known.priority = known.priority.take().or(other.priority);
}

/// A promise whose object is only pointed at: `I'll email them tonight`.
fn answers(source: &Source<'_>, draft: &Draft) -> bool {
    let sentence = &source.sentences[draft.sentence];
    let place = &sentence.unit.place;
    let speaks = place.owner.as_ref().is_some_and(|owner| owner.speaks);
    let clause = &sentence.clauses[draft.clause];
    let mut words = (clause.start..clause.full.end).filter_map(|word| sentence.token(word));
    let points = words.any(|token| {
        token.mask == Mask::None
            && token.any(list![
                "it", "them", "that", "those", "this", "these", "him", "her"
            ])
    });
    speaks && draft.agent == Agent::Speaker && points
}

/// The last draft of somebody else's message that asks for the same deed.
fn asked_before(source: &Source<'_>, drafts: &[Draft], at: usize) -> Option<usize> {
    let block = |draft: &Draft| source.sentences[draft.sentence].unit.place.block;
    let speaker = |draft: &Draft| {
        let owner = source.sentences[draft.sentence].unit.place.owner.as_ref();
        owner.and_then(|owner| owner.name.clone())
    };
    let answer = &drafts[at];
    let verb = |draft: &Draft| verb_of(source, draft);
    let said = verb(answer).unwrap_or_default();
    (0..at).rev().take(NEAR).find(|before| {
        let asked = &drafts[*before];
        let near = block(answer).saturating_sub(block(asked)) <= 3 && block(answer) != block(asked);
        let for_him = match &asked.agent {
            Agent::Named(name) => {
                speaker(answer).is_some_and(|speaker| speaker.eq_ignore_ascii_case(name))
            }
            Agent::Speaker => false,
            _ => true,
        };
        let other = speaker(asked) != speaker(answer);
        let alike = !said.is_empty()
            && verb(asked).is_some_and(|verb| verb == said || sends(&verb) && sends(&said));
        // `Can you remind Dad?` – `texting him now`
        let alike = alike
            || reaches(source, answer)
                && block(answer) == block(asked) + 1
                && asked.agent != Agent::Speaker;
        asked.alive && near && for_him && other && alike
    })
}

/// `texting her now`: somebody who was spoken of is got hold of at this moment.
fn reaches(source: &Source<'_>, draft: &Draft) -> bool {
    let sentence = &source.sentences[draft.sentence];
    let verb = sentence.clauses[draft.clause].start;
    let word =
        |at: usize, words: List<'_>| sentence.token(at).is_some_and(|token| token.any(words));
    word(
        verb,
        list![
            "texting",
            "calling",
            "ringing",
            "messaging",
            "emailing",
            "phoning",
            "asking",
            "pinging"
        ],
    ) && word(verb + 1, list!["him", "her", "them"])
        && sentence
            .token(verb + 2)
            .is_none_or(|next| !next.is_word() || next.is("now"))
}

/// Verbs that pass a thing on, one as good as another.
fn sends(verb: &str) -> bool {
    matches!(
        verb,
        "send" | "email" | "mail" | "forward" | "share" | "upload" | "ship"
    )
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn the_promise_to_do_what_was_asked_is_no_second_task() {
        let text = "Rui: Could you send us the signed offer by Friday?\nAda: Sure, I'll mail it tonight.\n";
        let found = found(text);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].ends_with("the signed offer"), "{found:?}");
    }

    #[test]
    fn what_is_needed_is_why_the_deed_is_asked_for() {
        let text = "The office needs Edda's signed form by Friday, so Kim please scan it.";
        assert_eq!(found(text), ["Scan Edda's signed form"]);
    }

    #[test]
    fn whoever_wants_something_is_got_hold_of() {
        let text = "Ines: so the florist wants a sketch.\nKim: I can ring them on Friday.\n";
        assert_eq!(found(text), ["Ring the florist"]);
    }

    #[test]
    fn all_that_was_asked_for_is_wanted_by_a_day() {
        let text = "Hi Jon,\n1) can you swap the photo?\n2) please take the banner down\n\nIf you could have these done by Friday we can go live.\nRuth";
        assert_eq!(found(text), ["Swap the photo", "Take the banner down"]);
        assert_eq!(
            crate::testing::dues(text),
            vec![Some("2026-03-13".to_owned()); 2]
        );
        assert_eq!(
            found("Can you get the brakes done by Friday?"),
            ["Get the brakes done"]
        );
    }

    #[test]
    fn what_a_line_is_about_is_no_deed_beside_the_one_in_it() {
        let text = "Ops notes\nProjector for the hall (Bo, starts 11/10) — nobody has ordered it. Ida to open a ticket today.\nAll else is fine.";
        assert_eq!(found(text), ["Open a ticket"]);
    }

    #[test]
    fn somebody_asked_for_is_got_hold_of_at_once() {
        let text = "Mia: Can you remind Dad about the ladder?\nBen: texting him now\n";
        assert_eq!(found(text), ["Remind Dad about the ladder"]);
    }

    #[test]
    fn how_a_deed_ends_is_no_second_deed() {
        let text = "I'm handling the visa and will have it stamped by Friday.";
        assert_eq!(found(text).len(), 1);
        let text = "Ravi is working on the ramp and will finish it by Thursday.";
        assert_eq!(found(text), ["Finish the ramp"]);
    }

    #[test]
    fn a_verb_alone_speaks_of_the_deed_named_with_it() {
        let text = "Rui: I will deploy build 7 on Friday.\nAda: good.\nRui: then I'll deploy.\n";
        assert_eq!(found(text), ["Deploy build 7"]);
    }
}
