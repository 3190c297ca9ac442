//! When the one who asked says in a later message until when it is needed: `Ann: can you send me the slides?`, `Bo: will
//! do`, `Ann: I need them by two`.

use super::Chosen;
use super::context::chosen;
use crate::detect::Source;
use crate::token::list;

/// Sentences within which the day is told.
const REACH: usize = 4;

/// The day that the same speaker names for what was asked for in the sentence at `index`.
pub(super) fn in_next_message(source: &Source<'_>, index: usize) -> Option<Chosen> {
    let own = &source.sentences[index];
    let owner = own.unit.place.owner.as_ref().filter(|owner| owner.speaks)?;
    for next in source.sentences.iter().skip(index + 1).take(REACH) {
        let speaker = next.unit.place.owner.as_ref()?;
        if !speaker.speaks || speaker.name != owner.name {
            // `by Friday?` – `Thursday works`: the other one has said when.
            if !next.date_tokens().is_empty() {
                return None;
            }
            continue;
        }
        if next.unit.place.block == own.unit.place.block {
            // Another request of the same message.
            if next.actions().next().is_some() {
                return None;
            }
            continue;
        }
        let back = next
            .tokens
            .iter()
            .any(|token| token.any(list!["it", "them"]));
        let [(_, date)] = next.date_tokens()[..] else {
            return None;
        };
        let needed = back && !next.question && super::told::wants(next);
        return (needed && next.plain_words().len() <= 8).then(|| chosen(source, date))?;
    }
    None
}
