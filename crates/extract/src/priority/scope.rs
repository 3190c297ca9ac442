//! Which task a marker of urgency belongs to.
//!
//! A marker in front of everything (`URGENT: …`) holds for its whole sentence, any other for the task
//! whose words it follows. `No rush on the envelopes` says of which one it speaks. A sentence that is
//! no task itself hands its marker on: to the task before it (`It's really important.`) or to the next
//! one (`The audit is now top priority. Please …`). A heading marks what stands below it.

use std::ops::Range;

use crate::detect::Source;
use crate::draft::Draft;
use crate::sentence::Sentence;
use crate::task::Priority;
use crate::token::{self, Mask, Token, list};
use crate::words;

use super::find_all;

/// Drafts by the sentence they come from.
type BySentence = Vec<Vec<usize>>;

/// How far from its sentence what a marker speaks of can stand, in sentences.
const NEAR: usize = 4;

/// Sets the priority of every draft by the markers of the text.
pub(crate) fn settle(source: &Source<'_>, drafts: &mut [Draft]) {
    let mut by_sentence: BySentence = vec![Vec::new(); source.sentences.len()];
    for (at, draft) in drafts.iter().enumerate().filter(|(_, draft)| draft.alive) {
        by_sentence[draft.sentence].push(at);
    }
    for (index, sentence) in source.sentences.iter().enumerate() {
        let own = &by_sentence[index];
        if own.len() > 1 || says_of_what(sentence).is_some() {
            share(source, drafts, index, &by_sentence);
        } else if own.is_empty() {
            hand_on(source, drafts, index, &by_sentence);
        }
    }
    by_heading(source, drafts);
}

/// Gives the markers of a sentence to those of its tasks that they follow.
fn share(source: &Source<'_>, drafts: &mut [Draft], index: usize, by_sentence: &BySentence) {
    let sentence = &source.sentences[index];
    let own = by_sentence[index].as_slice();
    // What stands in another cell of the row holds for the row.
    if sentence.unit.scope != sentence.unit.range || sentence.unit.place.fields.priority.is_some() {
        return;
    }
    for at in own {
        drafts[*at].priority = None;
    }
    let start = |drafts: &[Draft], at: usize| {
        sentence
            .bytes(drafts[at].clause..drafts[at].clause + 1)
            .start
    };
    let named = says_of_what(sentence);
    for (priority, range) in find_all(&sentence.tokens) {
        let bytes = sentence.tokens[range.start].start..sentence.tokens[range.end - 1].end;
        let marker = Some((priority, Some(bytes.clone())));
        if let Some((at, stems)) = &named
            && *at >= range.start
            && *at <= range.end + 1
        {
            if let Some(meant) = meant(drafts, index, by_sentence, stems) {
                drafts[meant].priority = marker;
            }
            continue;
        }
        let leads = own.iter().all(|at| start(drafts, *at) >= bytes.end);
        let colon = sentence.tokens.get(range.end).is_some_and(|token| {
            token.any(list![":", "!", "–", "-", "—"]) || token.lower.starts_with('!')
        });
        if leads {
            let first = if colon {
                own
            } else {
                own.get(..1).unwrap_or_default()
            };
            for at in first {
                drafts[*at].priority.clone_from(&marker);
            }
            continue;
        }
        let nearest = own
            .iter()
            .copied()
            .filter(|at| start(drafts, *at) <= bytes.start)
            .max_by_key(|at| start(drafts, *at));
        if let Some(at) = nearest
            && drafts[at]
                .priority
                .as_ref()
                .is_none_or(|(known, _)| *known != Priority::High)
        {
            drafts[at].priority = marker;
        }
    }
}

/// `no rush on the envelopes`, `no hurry with the sign`: where the words begin, and their stems.
fn says_of_what(sentence: &Sentence) -> Option<(usize, Vec<String>)> {
    let tokens = &sentence.tokens;
    let at = (2..tokens.len()).find(|at| {
        tokens[*at].any(list!["on", "with", "for", "about"])
            && tokens[at - 1].any(list!["rush", "hurry", "pressure"])
    })?;
    let end = (at + 1..tokens.len())
        .find(|end| tokens[*end].is_mark() || tokens[*end].any(list!["but", "and", "though", "so"]))
        .unwrap_or(tokens.len());
    let stems = words::stems_of(&tokens[at + 1..end]);
    // `no rush on that` speaks of what stands before it.
    (!stems.is_empty()).then_some((at, stems))
}

/// The task near a sentence that words speak of.
fn meant(
    drafts: &[Draft],
    index: usize,
    by_sentence: &BySentence,
    stems: &[String],
) -> Option<usize> {
    let last = (index + NEAR + 1).min(by_sentence.len());
    by_sentence[index.saturating_sub(NEAR)..last]
        .iter()
        .flatten()
        .map(|at| (words::shared(stems, &drafts[*at].stems), *at))
        .filter(|(shared, _)| *shared * 2 >= stems.len())
        .max_by_key(|(shared, at)| {
            let far = drafts[*at].sentence.abs_diff(index);
            (*shared, std::cmp::Reverse(far))
        })
        .map(|(_, at)| at)
}

/// A sentence without a task: its marker is for the task before it or behind it.
fn hand_on(source: &Source<'_>, drafts: &mut [Draft], index: usize, by_sentence: &BySentence) {
    let sentence = &source.sentences[index];
    let Some((priority, bytes)) = &sentence.priority else {
        return;
    };
    let block = sentence.unit.place.block;
    let there = |at: &usize| source.sentences[*at].unit.place.block == block;
    let taker = if refers_back(sentence) {
        (index.saturating_sub(2)..index)
            .rev()
            .filter(there)
            .find_map(|at| by_sentence[at].last())
    } else if *priority == Priority::High && !sentence.question && index + 1 < by_sentence.len() {
        Some(index + 1)
            .filter(there)
            .and_then(|at| by_sentence[at].first())
    } else {
        None
    };
    if let Some(draft) = taker.map(|at| &mut drafts[*at])
        && draft.priority.is_none()
    {
        draft.priority = Some((*priority, Some(bytes.clone())));
    }
}

/// Whether a sentence speaks of what was said before: `It's urgent`, `so this is really important`,
/// `no rush`, `ASAP please`.
pub(crate) fn refers_back(sentence: &Sentence) -> bool {
    let tokens = &sentence.tokens;
    let pointed = (0..tokens.len()).any(|at| {
        tokens[at].any(list!["it", "this", "that", "thats", "its", "these", "both"])
            && tokens[at + 1..]
                .iter()
                .take(4)
                .any(|token| token.mask == Mask::Priority)
    });
    let content = tokens
        .iter()
        .filter(|token| {
            token.mask != Mask::Priority && token.mask != Mask::Filler && words::is_content(token)
        })
        .count();
    pointed || content == 0 || opens_without_rush(sentence)
}

/// `No rush on this, the printers are away`, `no hurry, we have until June`: the reason behind it names nothing new.
fn opens_without_rush(sentence: &Sentence) -> bool {
    let low = matches!(sentence.priority, Some((Priority::Low, _)));
    let tokens = &sentence.tokens;
    let marked = tokens
        .iter()
        .take_while(|token| token.mask == Mask::Priority)
        .count();
    let pointed = tokens
        .get(marked)
        .is_some_and(|token| token.any(list!["on", "with", "for"]))
        && tokens.get(marked + 1).is_some_and(|token| {
            token.any(list![
                "this", "that", "it", "these", "those", "either", "any"
            ])
        });
    let behind = marked + 2 * usize::from(pointed);
    let ends = tokens
        .get(behind)
        .is_some_and(|token| token.is(",") || token.is_dash());
    low && marked > 0 && ends
}

/// `URGENT`, `whenever`, `Low priority:` above a list.
fn by_heading(source: &Source<'_>, drafts: &mut [Draft]) {
    let mut read: Option<(Range<usize>, Option<Priority>)> = None;
    for draft in drafts.iter_mut().filter(|draft| draft.priority.is_none()) {
        let Some(heading) = &source.sentences[draft.sentence].unit.place.heading else {
            continue;
        };
        if read.as_ref().is_none_or(|(known, _)| known != heading) {
            let tokens = token::tokenize(source.text, heading.clone());
            read = Some((heading.clone(), of_heading(&tokens)));
        }
        if let Some((range, Some(priority))) = &read {
            draft.priority = Some((*priority, Some(range.clone())));
        }
    }
}

/// The marker of a heading that is hardly more than it.
fn of_heading(tokens: &[Token]) -> Option<Priority> {
    let (priority, range) = find_all(tokens).into_iter().next()?;
    let others = tokens
        .iter()
        .enumerate()
        .filter(|(at, token)| !range.contains(at) && words::is_content(token))
        .filter(|(_, token)| {
            !token.any(list![
                "task", "tasks", "items", "todo", "things", "do", "today", "jobs",
            ])
        })
        .count();
    (others <= 1).then_some(priority)
}
