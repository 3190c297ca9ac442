//! What is said later: done already, called off, moved, accepted, said again.

mod moved;
pub(crate) mod replace;

use std::sync::LazyLock;

use crate::clause::{Head, Order};
use crate::detect::{Source, says};
use crate::draft::Draft;
use crate::rows::Rows;
use crate::token::{List, list};
use crate::{due, priority, words};

use moved::is_moved_in;
pub(crate) use moved::move_date;

/// How many tasks back a later statement can speak of.
const NEAR: usize = 60;

/// Ways to say that a thing is done.
static DONE: LazyLock<Rows> = LazyLock::new(|| {
    Rows::new(&[
        "is|are|'s|'re|been|was|were already|all done|finished|booked|sorted|fixed|paid|sent|ordered|bought|submitted|cancelled|canceled|handled|settled|complete|completed|solved|resolved|arranged|taken",
        "is|are|'s|'re|been|was|were|got done|finished|booked|sorted|fixed|paid|sent|ordered|bought|submitted|cancelled|canceled|handled|settled|complete|completed|solved|resolved|arranged",
        "already done|did|made|sent|booked|bought|ordered|paid|called|fixed|have|has|had|took|got|picked|wrote|submitted|finished|arranged|sorted|handled",
        "no longer needed|necessary|required|relevant",
        "is|'s|are off",
        "not needed|necessary|required|happening",
        "n't needed|necessary|required|happening",
        "does|do n't need to",
        "taken care of",
        "called off",
        "is|are|'s obsolete",
        "took care of",
        "beat you to",
        "have|has|'ve already",
        "we|i|you have enough",
        "did that|it",
        "done that|it",
        "just did|finished|sent|booked|paid",
        "already in",
        "fell through",
        "is|are|'s n't|not needed",
        "all done",
    ])
});

/// Ways to say that a thing gets another date.
static MOVED: LazyLock<Rows> = LazyLock::new(|| {
    Rows::new(&[
        "moved|pushed|postponed|shifted|rescheduled|delayed to|until|till|by|back|by",
        "make it|that",
        "is|'s now",
        "moved|pushed|postponed|rescheduled",
    ])
});

/// Ways to say that what was said last is settled.
static OVER: LazyLock<Rows> = LazyLock::new(|| {
    Rows::new(&[
        "already done|did|sorted",
        "no longer needed",
        "not needed",
        "taken care of",
        "that|it 's|is done|sorted|off|cancelled|canceled",
        "n't needed",
        "beat you to",
    ])
});

/// Ways to say that nothing is asked for.
static NOTHING: LazyLock<Rows> = LazyLock::new(|| {
    Rows::new(&[
        "nothing to do|change|rebook|move|pay|sign|prepare|bring",
        "nothing left|else to do",
        "nothing for us|you|me|anyone",
        "no action needed|required|necessary|for",
        "nothing needed|required",
        "nothing you|we need|have to",
        "no need to act|do|reply|respond",
        "not our job|task|problem|concern",
        "none of our",
        "nothing we need",
        "no further action",
        "nothing more|further to|you|we|is",
        "nothing further for|needed|required",
        "nothing on our",
        "does n't concern us|you",
    ])
});

/// Takes back what matches an order not to do it.
pub(crate) fn take_back(drafts: &mut [Draft], stems: &[String], index: usize, source: &Source<'_>) {
    if stems.is_empty() {
        cancel(drafts, &[], index, source);
        return;
    }
    // `don't send it`: what was to be sent.
    if let [verb] = stems {
        let same =
            drafts.iter_mut().rev().take(4).find(|draft| {
                draft.alive && draft.stems.contains(verb) && draft.sentence + 4 >= index
            });
        if let Some(draft) = same {
            draft.alive = false;
        }
        return;
    }
    for draft in latest(drafts) {
        if words::overlap(&draft.stems, stems) >= 0.6 {
            draft.alive = false;
        }
    }
}

/// The drafts made last that are still alive, the last one first.
fn latest(drafts: &mut [Draft]) -> impl Iterator<Item = &mut Draft> {
    let last = drafts.iter_mut().rev().take(NEAR);
    last.filter(|draft| draft.alive)
}

/// Takes back what the words name; without words, what was said last.
pub(crate) fn cancel(drafts: &mut [Draft], stems: &[String], index: usize, source: &Source<'_>) {
    if stems.is_empty() {
        let place = &source.sentences[index].unit.place;
        let near = |draft: &Draft| {
            let asked = &source.sentences[draft.sentence].unit.place;
            let away = place.block.abs_diff(asked.block);
            // `could someone cover me?` … `ok forget it`: whoever asked takes it back.
            let own = source.document.chat && place.owner.is_some() && place.owner == asked.owner;
            draft.sentence + 2 >= index && away <= 2 || own && away <= 6
        };
        let Some(last) = drafts.iter().rposition(|draft| draft.alive && near(draft)) else {
            return;
        };
        // `ignore me` takes back the whole request.
        let whole = source.sentences[index].at.windows(2).any(|row| {
            source.sentences[index].tokens[row[0]].is("ignore")
                && source.sentences[index].tokens[row[1]].is("me")
        });
        if is_moved_in(source, &drafts[last], index) {
            return;
        }
        let sentence = drafts[last].sentence;
        for (at, draft) in drafts.iter_mut().enumerate() {
            draft.alive &= !(at == last || whole && draft.sentence == sentence);
        }
        return;
    }
    for draft in latest(drafts) {
        if words::shared(stems, &draft.stems) * 2 > stems.len() {
            draft.alive = false;
        }
    }
}

/// Reads a statement that says of an earlier task that it is done, off, or moved.
pub(crate) fn statement(source: &Source<'_>, index: usize, clause: usize, drafts: &mut [Draft]) {
    let sentence = &source.sentences[index];
    if drafts.is_empty() {
        return;
    }
    // `in case it thaws, the sweep is off`: only then.
    let supposed = clause
        .checked_sub(1)
        .is_some_and(|before| sentence.clauses[before].head == Head::Subordinate(Order::Condition));
    if supposed {
        return;
    }
    if !sentence.question && is_done_by(source, index, clause) {
        cancel(drafts, &[], index, source);
        return;
    }
    if says(sentence, clause, &MOVED) || sentence.clauses[clause].lead.corrects {
        move_date(source, index, clause, drafts);
        return;
    }
    if sentence.question || !says(sentence, clause, &DONE) {
        return;
    }
    let content = sentence
        .words(clause)
        .filter(|token| !done_word(&token.lower));
    let stems = words::stems_of(content);
    if stems.is_empty() {
        // `I've sent the photos so that's off`: what was told just before.
        let told = (0..clause).any(|before| says(sentence, before, &DONE));
        if !told && says(sentence, clause, &OVER) {
            cancel(drafts, &[], index, source);
        }
        return;
    }
    let verbs: Vec<String> = sentence
        .words(clause)
        .filter(|token| token.verb.is_some())
        .map(|token| words::stem(&token.lower))
        .collect();
    for draft in latest(drafts) {
        let common = words::shared(&stems, &draft.stems);
        let same_verb = words::shared(&verbs, &draft.stems) > 0;
        if common > 0 && (common * 2 >= stems.len().min(4) || same_verb) {
            draft.alive = false;
        }
    }
}

/// `Chloé already did`, `Tom did it already`: the deed told just before, by whoever is named.
fn is_done_by(source: &Source<'_>, index: usize, clause: usize) -> bool {
    let sentence = &source.sentences[index];
    let words: Vec<&str> = sentence
        .words(clause)
        .filter(|token| token.is_word())
        .map(|token| token.lower.as_str())
        .collect();
    words.len() <= 6
        && words.contains(&"already")
        && matches!(
            words[..],
            [.., "did" | "has"]
                | [.., "did", "it" | "that" | "so"]
                | [.., "did", "it" | "that", "already"]
        )
}

fn done_word(lower: &str) -> bool {
    matches!(
        lower,
        "already"
            | "done"
            | "sorted"
            | "finished"
            | "booked"
            | "paid"
            | "sent"
            | "ordered"
            | "bought"
            | "cancelled"
            | "canceled"
            | "off"
            | "longer"
            | "needed"
            | "handled"
            | "completed"
            | "fixed"
            | "no"
            | "made"
            | "happening"
            | "solved"
            | "taken"
            | "care"
            | "oh"
            | "actually"
            | "sorry"
            | "everything"
            | "necessary"
            | "did"
            | "just"
            | "submitted"
    )
}

/// Whether a draft says again what an earlier one says; what it adds is kept there.
pub(crate) fn repeats(drafts: &mut [Draft], draft: &Draft) -> bool {
    let known = drafts.iter_mut().rev().take(40).find(|known| {
        known.alive
            && words::same_stems(&known.stems, &draft.stems)
            && (known.assignee.is_none() || draft.assignee.is_none() || same_person(known, draft))
            && (known.due.is_none()
                || draft.due.is_none()
                || known.due.as_ref().map(|due| due.due.date())
                    == draft.due.as_ref().map(|due| due.due.date()))
    });
    let Some(known) = known else { return false };
    if known.due.is_none() {
        known.due.clone_from(&draft.due);
    }
    if known.assignee.is_none() {
        known.assignee.clone_from(&draft.assignee);
    }
    if known.priority.is_none() {
        known.priority.clone_from(&draft.priority);
    }
    true
}

/// Verbs by which a thing comes to somebody, stems of them.
const PASSING: List<'static> = list![
    "send", "email", "mail", "forward", "share", "post", "text", "give", "write", "get", "bring",
];

fn passes_on(summary: &str) -> bool {
    let verb = summary.split(' ').next().unwrap_or_default();
    PASSING.iter().any(|known| verb.eq_ignore_ascii_case(known))
}

/// `Can someone do ice?` – `I'll do ice and cups`: the promise stands for what was asked.
pub(crate) fn takes_over(source: &Source<'_>, drafts: &mut [Draft], promise: &Draft) {
    use crate::action::opener::Agent;
    let block = |draft: &Draft| source.sentences[draft.sentence].unit.place.block;
    let at = block(promise);
    for draft in drafts.iter_mut().rev().take(4) {
        let asked = draft.alive
            && matches!(draft.agent, Agent::Anyone | Agent::Addressee)
            && block(draft) != at
            && at - block(draft).min(at) <= 4;
        // `Could you send us two references?` – `I'll email them tonight`.
        let sent = passes_on(&draft.summary) && passes_on(&promise.summary);
        let things: Vec<String> = draft
            .stems
            .iter()
            .filter(|stem| !(sent && PASSING.holds(stem.as_str())))
            .cloned()
            .collect();
        if asked && !things.is_empty() && words::shared(&things, &promise.stems) == things.len() {
            draft.alive = false;
        }
    }
}

fn same_person(a: &Draft, b: &Draft) -> bool {
    let name = |draft: &Draft| draft.assignee.as_ref().map(|(name, _)| name.to_lowercase());
    name(a) == name(b)
}

/// What a whole sentence says of the tasks in it and before it.
pub(crate) fn after_sentence(
    source: &Source<'_>,
    index: usize,
    first: usize,
    drafts: &mut [Draft],
) {
    let sentence = &source.sentences[index];
    let nothing = (0..sentence.clauses.len()).find(|clause| says(sentence, *clause, &NOTHING));
    if let Some(clause) = nothing {
        // `no need to reply, but file the letter`: what is said after it stands.
        for draft in drafts[first..]
            .iter_mut()
            .filter(|draft| draft.clause <= clause)
        {
            draft.alive = false;
        }
        let words = sentence
            .tokens
            .iter()
            .filter(|token| token.is_word())
            .count();
        // `The buffet: as ordered, nothing to change.` speaks of the buffet.
        let labelled = sentence
            .tokens
            .iter()
            .skip(1)
            .take(4)
            .any(|token| token.is(":"));
        if words <= 9 && !labelled {
            let block = sentence.unit.place.block;
            // `so nothing to change!`: what the last messages asked for.
            let changes = sentence.tokens.windows(3).any(|row| {
                row[0].is("nothing")
                    && row[1].is("to")
                    && row[2].any(list!["change", "rebook", "move"])
            });
            let reach = if changes && source.document.chat {
                4
            } else {
                0
            };
            for draft in drafts.iter_mut().filter(|draft| {
                let place = &source.sentences[draft.sentence].unit.place;
                block.saturating_sub(place.block) <= reach
            }) {
                draft.alive = false;
            }
        }
        return;
    }
    if first == drafts.len() {
        add_to_all(source, index, drafts);
        add_to_last(source, index, drafts);
    }
}

/// `All of it before the 30th, please.`: a date for every task of the paragraph without one.
fn add_to_all(source: &Source<'_>, index: usize, drafts: &mut [Draft]) {
    let sentence = &source.sentences[index];
    let all = matches!(sentence.lower(0), "all" | "both" | "everything")
        && sentence.at.len() <= 6
        && !sentence.question;
    if !all {
        return;
    }
    let block = sentence.unit.place.block;
    let due = (0..sentence.clauses.len()).find_map(|clause| due::choose(source, sentence, clause));
    for draft in drafts.iter_mut().rev().take(NEAR).filter(|draft| {
        draft.alive
            && draft.due.is_none()
            && source.sentences[draft.sentence].unit.place.block == block
    }) {
        draft.due.clone_from(&due);
    }
}

/// `Deadline is Friday.`, `It's urgent.`: a sentence that only adds to the task before it.
fn add_to_last(source: &Source<'_>, index: usize, drafts: &mut [Draft]) {
    let sentence = &source.sentences[index];
    let block = sentence.unit.place.block;
    let Some(last) = drafts.last_mut().filter(|draft| {
        draft.alive
            && draft.sentence + 1 == index
            && source.sentences[draft.sentence].unit.place.block == block
    }) else {
        return;
    };
    if sentence.question {
        return;
    }
    let stems = words::stems_of(sentence.at.iter().map(|at| &sentence.tokens[*at]));
    let only = stems.iter().all(|stem| {
        matches!(
            stem.as_str(),
            "deadline"
                | "due"
                | "need"
                | "late"
                | "latest"
                | "work"
                | "fine"
                | "ideally"
                | "preferably"
                | "say"
                | "date"
                | "is"
                | "that's"
                | "make"
                | "ok"
        )
    });
    if last.priority.is_none() && stems.len() <= 4 && priority::refers_back(sentence) {
        last.priority = sentence
            .priority
            .clone()
            .map(|(priority, bytes)| (priority, Some(bytes)));
    }
    let place = (0..sentence.clauses.len()).next();
    if let (None, true, Some(clause)) = (&last.due, only, place) {
        last.due = due::choose(source, sentence, clause);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn what_somebody_did_already_is_none() {
        for text in [
            "Ben is going to ring the hotel on Friday. Ada already did.",
            "Ben will ring the hotel on Friday. No wait, Ada did it already.",
            "Ben was going to ring the hotel, but Ada already did.",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
        assert_eq!(
            found("In case it thaws, the skating is off. Sweep the ice on Friday."),
            ["Sweep the ice"]
        );
    }
}
