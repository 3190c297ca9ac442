//! What is said later: done already, called off, moved, accepted, said again.

use std::ops::Range;
use std::sync::LazyLock;

use crate::detect::{Source, says};
use crate::draft::Draft;
use crate::due::Chosen;
use crate::rows::Rows;
use crate::{due, words};

/// Ways to say that a thing is done.
static DONE: LazyLock<Rows> = LazyLock::new(|| {
    Rows::new(&[
        "is|are|'s|'re|been|was|were already|all? done|finished|booked|sorted|fixed|paid|sent|ordered|bought|submitted|cancelled|canceled|handled|settled|complete|completed|solved|resolved|arranged|taken",
        "is|are|'s|'re|been|was|were|got done|finished|booked|sorted|fixed|paid|sent|ordered|bought|submitted|cancelled|canceled|handled|settled|complete|completed|solved|resolved|arranged",
        "already done|did|made|sent|booked|bought|ordered|paid|called|fixed|have|has|had|took|got|picked|wrote|submitted|finished|arranged|sorted|handled",
        "no longer needed|necessary|required|relevant",
        "is|'s|are off",
        "not needed|necessary|required|happening",
        "n't needed|necessary|required|happening",
        "does|do n't need to",
        "taken care of",
        "called off",
        "is|are|'s cancelled|canceled|obsolete",
        "was|were cancelled|canceled",
        "has|have been cancelled|canceled|done|paid|sent|fixed|ordered|booked|bought|sorted|finished",
        "took care of",
        "beat you to",
        "have|has|'ve already",
        "we|i|you have enough",
        "did that|it",
        "done that|it",
        "just did|finished|sent|booked|paid",
        "already in",
        "is|'s sorted",
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
        "nothing to do",
        "nothing for us|you|me|anyone",
        "no action needed|required|necessary|for",
        "nothing needed|required",
        "nothing you|we need|have to",
        "no need to act|do|reply|respond",
        "not our job|task|problem|concern",
        "none of our",
        "nothing we need",
        "no further action",
        "nothing more to do",
        "nothing on our",
        "does n't concern us|you",
    ])
});

/// Reads a chat message that only answers the one before; true when there is nothing more in it.
pub(crate) fn reply(source: &Source<'_>, index: usize, drafts: &mut [Draft]) -> bool {
    let sentence = &source.sentences[index];
    let place = &sentence.unit.place;
    let Some(speaker) = place
        .owner
        .as_ref()
        .filter(|owner| owner.speaks)
        .and_then(|owner| owner.name.clone())
    else {
        return false;
    };
    if !place.first {
        return false;
    }
    let words: Vec<&str> = sentence
        .tokens
        .iter()
        .filter(|token| token.is_word())
        .map(|token| token.lower.as_str())
        .collect();
    let asked = last_asked(source, index, drafts);
    let opening = words.join(" ");
    let starts = |forms: &[&str]| {
        forms.iter().any(|form| {
            opening == *form
                || opening
                    .strip_prefix(form)
                    .is_some_and(|rest| rest.starts_with(' '))
        })
    };
    let short = words.len() <= 7;
    if short
        && starts(&[
            "done",
            "already done",
            "just did",
            "did it",
            "all done",
            "i already did",
            "already did",
        ])
    {
        for at in asked {
            drafts[at].alive = false;
        }
        return true;
    }
    let past = sentence.tokens.first().is_some_and(|token| {
        token
            .verb
            .is_some_and(|verb| verb.forms.past && !verb.forms.base)
    }) && words
        .get(1)
        .is_some_and(|word| matches!(*word, "it" | "them" | "that" | "already"));
    if past {
        for at in asked {
            drafts[at].alive = false;
        }
        return false;
    }
    let takes = short
        && starts(&[
            "i 'll do it",
            "i will do it",
            "i 'll do that",
            "i can do that",
            "i can do it",
            "i 'll take it",
            "i 'll take that",
            "i 'll handle it",
            "i got it",
            "i 've got it",
            "on it",
            "will do",
            "i 'm on it",
            "mine",
            "i 'll take care of it",
            "i 'll take care of that",
            "i can take that",
            "i can take it",
            "leave it to me",
            "i 'll do",
            "i 'll get it",
            "i 'll go",
        ]);
    let yes = [
        "sure",
        "ok",
        "okay",
        "yes",
        "yep",
        "yeah",
        "sure thing",
        "no problem",
        "of course",
        "will do",
        "on it",
        "fine",
        "consider it done",
        "got it",
        "roger",
        "absolutely",
        "np",
        "k",
        "alright",
        "right",
        "noted",
        "gladly",
        "happy to",
        "can do",
        "👍",
    ];
    if takes || starts(&yes) {
        for at in asked {
            if drafts[at].assignee.is_none() {
                drafts[at].assignee = Some((speaker.clone(), None));
            }
        }
        return takes || words.len() <= 2;
    }
    false
}

/// Drafts of the message before this one that ask somebody else.
fn last_asked(source: &Source<'_>, index: usize, drafts: &[Draft]) -> Vec<usize> {
    use crate::action::opener::Agent;
    let block = source.sentences[index].unit.place.block;
    let asks = |draft: &Draft| {
        draft.alive
            && matches!(
                draft.agent,
                Agent::Addressee | Agent::Anyone | Agent::Unsaid | Agent::We
            )
    };
    let Some(last) = drafts.iter().rposition(asks) else {
        return Vec::new();
    };
    let last_block = source.sentences[drafts[last].sentence].unit.place.block;
    if last_block == block || block - last_block > 3 {
        return Vec::new();
    }
    (0..drafts.len())
        .filter(|at| {
            asks(&drafts[*at])
                && source.sentences[drafts[*at].sentence].unit.place.block == last_block
        })
        .collect()
}

/// Takes back what matches an order not to do it.
pub(crate) fn take_back(drafts: &mut [Draft], stems: &[String], index: usize, source: &Source<'_>) {
    if stems.len() < 2 {
        cancel(drafts, &[], index, source);
        return;
    }
    for draft in drafts.iter_mut().filter(|draft| draft.alive) {
        if words::overlap(&draft.stems, stems) >= 0.6 {
            draft.alive = false;
        }
    }
}

/// Takes back what the words name; without words, what was said last.
pub(crate) fn cancel(drafts: &mut [Draft], stems: &[String], index: usize, source: &Source<'_>) {
    if stems.is_empty() {
        let near = |draft: &Draft| {
            let block = source.sentences[draft.sentence].unit.place.block;
            draft.sentence + 2 >= index
                && source.sentences[index].unit.place.block.abs_diff(block) <= 2
        };
        if let Some(draft) = drafts
            .iter_mut()
            .rev()
            .find(|draft| draft.alive && near(draft))
        {
            draft.alive = false;
        }
        return;
    }
    for draft in drafts.iter_mut().filter(|draft| draft.alive) {
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
    if says(sentence, clause, &MOVED) || sentence.clauses[clause].lead.corrects {
        move_date(source, index, clause, drafts);
        return;
    }
    if sentence.question || !says(sentence, clause, &DONE) {
        return;
    }
    let content: Vec<_> = sentence
        .words(clause)
        .filter(|token| !done_word(&token.lower))
        .cloned()
        .collect();
    let stems = words::stems_of(&content);
    if stems.is_empty() {
        if says(sentence, clause, &OVER) {
            cancel(drafts, &[], index, source);
        }
        return;
    }
    let verbs: Vec<String> = sentence
        .words(clause)
        .filter(|token| token.verb.is_some())
        .map(|token| words::stem(&token.lower))
        .collect();
    for draft in drafts.iter_mut().filter(|draft| draft.alive) {
        let common = words::shared(&stems, &draft.stems);
        let same_verb = words::shared(&verbs, &draft.stems) > 0;
        if common > 0 && (common * 2 >= stems.len().min(4) || same_verb) {
            draft.alive = false;
        }
    }
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

/// `the review moved to Monday`, `no, Friday`: the last task with such words gets the new date.
pub(crate) fn move_date(source: &Source<'_>, index: usize, clause: usize, drafts: &mut [Draft]) {
    let sentence = &source.sentences[index];
    let Some(chosen) = due::choose(source.text, sentence, clause, source.dates, source.now) else {
        return;
    };
    let words: Vec<_> = sentence.words(clause).cloned().collect();
    let stems = words::stems_of(&words);
    let named = drafts.iter().rposition(|draft| {
        draft.alive && draft.due.is_some() && words::shared(&stems, &draft.stems) > 0
    });
    let last = drafts
        .iter()
        .rposition(|draft| draft.alive && draft.sentence + 1 >= index);
    if let Some(at) =
        named.or(last.filter(|_| sentence.clauses[clause].lead.corrects || stems.len() <= 3))
    {
        drafts[at].due = Some(chosen);
    }
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
    let nothing = (0..sentence.clauses.len()).any(|clause| says(sentence, clause, &NOTHING));
    if nothing {
        for draft in &mut drafts[first..] {
            draft.alive = false;
        }
        let words = sentence
            .tokens
            .iter()
            .filter(|token| token.is_word())
            .count();
        if words <= 9 {
            let block = sentence.unit.place.block;
            for draft in drafts
                .iter_mut()
                .filter(|draft| source.sentences[draft.sentence].unit.place.block == block)
            {
                draft.alive = false;
            }
        }
        return;
    }
    if first == drafts.len() {
        add_to_last(source, index, drafts);
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
    let content: Vec<_> = sentence
        .at
        .iter()
        .map(|at| sentence.tokens[*at].clone())
        .collect();
    let stems = words::stems_of(&content);
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
    if last.priority.is_none() && stems.len() <= 4 {
        last.priority = sentence
            .priority
            .clone()
            .map(|(priority, bytes)| (priority, Some(bytes)));
    }
    let place = (0..sentence.clauses.len()).next();
    if let (None, true, Some(clause)) = (&last.due, only, place) {
        last.due = due::choose(source.text, sentence, clause, source.dates, source.now);
    }
}

/// The date a heading gives to what stands below it: only where it is about nothing else.
pub(crate) fn heading_due(source: &Source<'_>, heading: Range<usize>) -> Option<Chosen> {
    const PLAIN: &[&str] = &[
        "to", "do", "todo", "todos", "to-do", "tasks", "task", "for", "by", "due", "on", "jobs",
        "list", "things", "plan", "the", "errands", "chores", "deadline", "this", "until",
        "before", "what", "s", "of", "in", "must", "done", "goals",
    ];
    let first = source
        .dates
        .partition_point(|date| date.bytes.end <= heading.start);
    let date = source
        .dates
        .get(first)
        .filter(|date| date.bytes.start < heading.end)?;
    let before = &source.text[heading.start..date.bytes.start.max(heading.start)];
    let after = &source.text[date.bytes.end.min(heading.end)..heading.end];
    let words = before
        .split(|c: char| !c.is_alphanumeric())
        .chain(after.split(|c: char| !c.is_alphanumeric()));
    let others: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let only = others.iter().all(|word| PLAIN.contains(&word.as_str()));
    let stamped = source.text[date.bytes.clone()]
        .bytes()
        .any(|byte| byte.is_ascii_digit());
    let day = date.due.date();
    let week = date.grain >= crate::date::Grain::Week && !others.is_empty() && stamped;
    // A weekday that is today's own heads today's list.
    let own_day = day.weekday() == source.now.weekday()
        && day != source.now.date()
        && date.grain == crate::date::Grain::Day
        && !stamped;
    let past = day < source.now.date() || (stamped && day == source.now.date());
    (only && !week && !past && !own_day).then(|| Chosen {
        due: date.due.clone(),
        grain: date.grain,
        recurrence: date.recurrence.clone(),
        date: Some(first),
    })
}
