//! Messages of a chat that answer the one before: taken on, done already.

use crate::date::{Grain, Role};
use crate::detect::Source;
use crate::draft::Draft;
use crate::due::Chosen;
use crate::token::Mask;

/// Answers that it is done.
const FINISHED: &[&str] = &[
    "done",
    "already done",
    "just did",
    "did it",
    "all done",
    "i already did",
    "already did",
    "i did that",
    "i did it",
    "i 've done",
    "i 've already",
    "i have already",
    "did that",
    "sorted",
    "all sorted",
    "merged",
    "approved",
    "paid",
    "sent",
    "fixed",
    "filed",
    "booked",
    "finished",
    "it 's done",
    "that 's done",
    "has been done",
];

/// Answers that take it on.
const TAKEN: &[&str] = &[
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
    "i can",
    "doing it",
    "i 'll try",
    "yes will do",
    "taking it",
    "on it now",
    "me",
    "i do it",
    "i 'll see to it",
    "i 'm doing it",
    "i could",
    "i could do",
    "can do",
    "happy to",
    "i 'll make it",
    "i 'll get them",
    "i 'll fetch her",
    "i 'll fetch him",
];

/// Answers that agree.
const AGREED: &[&str] = &[
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
    "oui",
    "si",
    "ja",
    "aye",
    "ack",
    "copy",
    "understood",
    "deal",
    "ok yes",
    "fiiine",
    "fine by me",
    "works",
    "perfect",
    "great",
    "mm-hm",
    "mhm",
    "sawa",
];

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
    let own = words
        .iter()
        .take(3)
        .any(|word| matches!(*word, "mine" | "my"));
    if short && starts(FINISHED) && !own {
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
    // `I can't`, `me neither`
    let refuses = words.iter().take(4).any(|word| {
        matches!(
            *word,
            "n't" | "can't" | "cannot" | "not" | "neither" | "no" | "nope" | "unfortunately"
        )
    });
    if refuses {
        reopen(drafts, asked, &speaker);
        return false;
    }
    let takes = short && starts(TAKEN);
    if starts(TAKEN) || starts(AGREED) {
        let dated = dated(source, index);
        for at in asked {
            let own = asked_by(source, &drafts[at], &speaker);
            if drafts[at].assignee.is_none() && !own {
                drafts[at].assignee = Some((speaker.clone(), None));
            }
            if drafts[at].due.is_none() {
                drafts[at].due.clone_from(&dated);
            }
        }
        return takes || words.len() <= 2;
    }
    false
}

/// Who answers somebody else does not take on what they asked for themself.
fn asked_by(source: &Source<'_>, draft: &Draft, speaker: &str) -> bool {
    let owner = source.sentences[draft.sentence].unit.place.owner.as_ref();
    owner.is_some_and(|owner| owner.name.as_deref() == Some(speaker))
}

/// `no, I'm working till 3`: what was asked of the speaker is open again.
fn reopen(drafts: &mut [Draft], asked: Vec<usize>, speaker: &str) {
    for at in asked {
        let own = drafts[at].assignee.as_ref();
        if own.is_some_and(|(name, _)| name.eq_ignore_ascii_case(speaker)) {
            drafts[at].assignee = None;
        }
    }
}

/// `will do by evening`, `Yep. End of next week okay?`: until when it was taken on.
fn dated(source: &Source<'_>, index: usize) -> Option<Chosen> {
    let block = source.sentences[index].unit.place.block;
    let message = source.sentences[index..]
        .iter()
        .take_while(|sentence| sentence.unit.place.block == block)
        .take(3);
    for (place, sentence) in message.enumerate() {
        let others = sentence
            .tokens
            .iter()
            .filter(|token| token.is_word() && token.mask == Mask::None)
            .count();
        if (place > 0 || sentence.question) && others > 3 {
            return None;
        }
        let parts = sentence.tokens.iter().any(|token| {
            token.any(&[
                "see", "back", "talk", "until", "away", "off", "but", "after",
            ])
        });
        let other = sentence
            .actions()
            .any(|clause| sentence.words(clause).count() > 3);
        if parts || other {
            return None;
        }
        if let [(_, date)] = sentence.date_tokens()[..] {
            let found = &source.dates[date];
            let ahead = found.due.date() >= source.now.date();
            let told = matches!(found.role, Role::On | Role::By) && found.grain <= Grain::Week;
            return (ahead && told && found.recurrence.is_none()).then(|| Chosen {
                due: found.due.clone(),
                grain: found.grain,
                recurrence: None,
                date: Some(date),
            });
        }
    }
    None
}

/// Whether one of the next messages, by somebody else, agrees.
pub(crate) fn agreed(source: &Source<'_>, index: usize) -> bool {
    let asker = &source.sentences[index].unit.place;
    source
        .sentences
        .iter()
        .skip(index + 1)
        .filter(|later| later.unit.place.first && later.unit.place.block != asker.block)
        .take(2)
        .any(|later| {
            let words: Vec<&str> = later
                .tokens
                .iter()
                .filter(|token| !token.is_mark())
                .map(|token| token.lower.as_str())
                .take(5)
                .collect();
            let opening = words.join(" ");
            let starts = |form: &str| {
                opening == form
                    || opening
                        .strip_prefix(form)
                        .is_some_and(|rest| rest.starts_with(' '))
            };
            AGREED.iter().any(|form| starts(form)) || TAKEN.iter().any(|form| starts(form))
        })
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
