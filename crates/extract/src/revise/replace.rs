//! Orders that take the place of earlier ones: `reserve the hall. Update: it's being painted, so reserve the
//! barn`, `on second thoughts, leave the hall`.

use std::sync::LazyLock;

use crate::detect::Source;
use crate::draft::Draft;
use crate::rows::Rows;
use crate::sentence::Sentence;
use crate::token::{List, list};
use crate::{due, words};

/// How many sentences a correction reaches back.
const REACH: usize = 3;

/// Words that announce that something is said anew.
static ANEW: LazyLock<Rows> = LazyLock::new(|| {
    Rows::new(&[
        "instead",
        "update|correction|change|edit :",
        "correction",
        "scrap|scratch|strike that|this|it|the",
        "on second thought|thoughts",
        "no no",
        "no , no",
        "no wait",
        "wait no",
        "wait , no",
        "hang on",
        "hold on",
        "actually",
        "rather",
        "changed my mind",
        "change of plan|plans",
        "forget that|it|what",
    ])
});

/// Words that add to what was said.
const ADDS: List<'static> = list!["also", "another", "both", "else", "additionally"];

/// Verbs by which a thing is left as it is.
const LEFT: List<'static> = list![
    "leave", "skip", "hold", "drop", "ignore", "scrap", "scratch", "postpone",
];

fn announced(sentence: &Sentence) -> bool {
    let word = |at: usize| {
        sentence
            .tokens
            .get(at)
            .map_or("", |token| token.lower.as_str())
    };
    (0..sentence.tokens.len()).any(|at| ANEW.starts(|offset| word(at + offset)))
}

/// Whether something is said anew between an earlier deed and this one, or beside this one.
fn anew(source: &Source<'_>, earlier: &Draft, draft: &Draft) -> bool {
    let sentences = &source.sentences[earlier.sentence..=draft.sentence];
    // What is announced in the sentence of the earlier deed corrects what stands before that.
    let behind = sentences.len().min(2) - 1;
    sentences[behind..].iter().any(announced)
        && !sentences[behind..]
            .iter()
            .any(|sentence| sentence.tokens.iter().any(|token| token.any(ADDS)))
}

fn verb(draft: &Draft) -> &str {
    draft.summary.split(' ').next().unwrap_or_default()
}

/// The deeds of the last sentences of the same paragraph or message, or of the same speaker.
fn last<'a>(
    source: &'a Source<'_>,
    drafts: &'a mut [Draft],
    draft: &'a Draft,
) -> impl Iterator<Item = &'a mut Draft> {
    let place = &source.sentences[draft.sentence].unit.place;
    drafts.iter_mut().rev().take(4).filter(move |earlier| {
        let before = &source.sentences[earlier.sentence].unit.place;
        earlier.alive
            && earlier.sentence < draft.sentence
            && earlier.sentence + REACH >= draft.sentence
            && (before.block == place.block || place.owner.is_some() && before.owner == place.owner)
            && anew(source, earlier, draft)
    })
}

/// `Scrap that, her train is late, so half past five.`: only when it is to be done.
pub(crate) fn set_anew(
    source: &Source<'_>,
    index: usize,
    clause: usize,
    drafts: &mut [Draft],
) -> bool {
    let sentence = &source.sentences[index];
    let last = drafts
        .iter_mut()
        .rfind(|draft| draft.alive && draft.sentence + 2 >= index && draft.due.is_some());
    let dates = sentence.date_tokens();
    let from = sentence.at.get(sentence.clauses[clause].start);
    let new = dates
        .iter()
        .rfind(|(at, _)| from.is_some_and(|from| at > from));
    let (Some(last), Some((_, date))) = (last, new) else {
        return last_is_kept(source, index);
    };
    let found = &source.dates[*date];
    if sentence.actions().any(|later| later > clause) || found.recurrence.is_some() {
        return false;
    }
    let chosen = due::Chosen {
        due: found.due.clone(),
        grain: found.grain,
        recurrence: None,
        date: Some(*date),
    };
    super::moved::date(source, last, chosen);
    true
}

/// `Move the talk to Thursday? Scrap that, she's away. Make it Tuesday.`: the deed stays, with the day that is set
/// behind.
fn last_is_kept(source: &Source<'_>, index: usize) -> bool {
    let block = source.sentences[index].unit.place.block;
    let behind = source.sentences.iter().skip(index + 1).take(2);
    let mut behind = behind.take_while(|next| next.unit.place.block == block && !next.question);
    behind.any(|next| {
        let mut words = next.tokens.iter().filter(|token| token.is_word());
        let makes = words.next().is_some_and(|first| first.is("make"))
            && words
                .next()
                .is_some_and(|second| second.any(list!["it", "that"]));
        makes && next.date_tokens().len() == 1
    })
}

/// What is left of an order once it has taken the place of an earlier one; none where it only calls one off.
pub(crate) fn said_anew(
    source: &Source<'_>,
    drafts: &mut [Draft],
    mut draft: Draft,
) -> Option<Draft> {
    if called_off(source, drafts, &draft) {
        return None;
    }
    replaces(source, drafts, &mut draft);
    Some(draft)
}

/// The same deed, done to something else: the earlier one gives way, and lends what is not said again.
fn replaces(source: &Source<'_>, drafts: &mut [Draft], draft: &mut Draft) {
    let own = draft.clone();
    let Some(earlier) = last(source, drafts, &own).find(|earlier| {
        verb(earlier).eq_ignore_ascii_case(verb(&own))
            && (earlier.assignee.is_none()
                || own.assignee.is_none()
                || earlier.assignee == own.assignee)
    }) else {
        return;
    };
    earlier.alive = false;
    if draft.due.is_none() {
        draft.due = earlier.due.take();
    }
    if draft.assignee.is_none() {
        draft.assignee = earlier.assignee.take();
    }
}

/// `on second thoughts, leave the orchids`: what was to be done with them is not.
fn called_off(source: &Source<'_>, drafts: &mut [Draft], draft: &Draft) -> bool {
    if !LEFT
        .iter()
        .any(|left| verb(draft).eq_ignore_ascii_case(left))
    {
        return false;
    }
    let things: Vec<String> = (draft.stems.iter())
        .filter(|stem| !LEFT.holds(stem.as_str()))
        .cloned()
        .collect();
    let off = last(source, drafts, draft)
        .find(|earlier| !things.is_empty() && words::shared(&things, &earlier.stems) > 0);
    off.map(|earlier| earlier.alive = false).is_some()
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn a_deed_said_anew_takes_the_place_of_the_first() {
        for text in [
            "Please rent the small van for Friday. Update: it has broken down, so rent the truck.",
            "Rent the small van on Friday. No no, it's too small. Rent the truck by Monday.",
            "Rent the small van on Friday. Scrap that. Rent the truck instead.",
        ] {
            assert_eq!(found(text), ["Rent the truck"], "{text}");
        }
        assert_eq!(
            found("Rent the small van on Friday. Actually, also rent the truck."),
            ["Rent the small van", "Rent the truck"]
        );
    }

    #[test]
    fn what_is_scrapped_for_another_hour_stays() {
        for text in [
            "Fetch Jo from the airport at 4. Scrap that, the flight is late, so half past five.",
            "Fetch Jo from the airport at 4. Scratch that, 17:30.",
        ] {
            assert_eq!(found(text), ["Fetch Jo from the airport"], "{text}");
        }
        assert!(found("Fetch Jo from the airport at 4. Scrap that, Kim does it.").is_empty());
    }

    #[test]
    fn what_is_left_after_all_is_not_done() {
        let text = "Please prune the roses today. On second thought, leave the roses till after Easter. Instead take down the old fence.";
        assert_eq!(found(text), ["Take down the old fence"]);
    }
}
