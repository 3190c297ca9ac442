//! Messages of a chat that answer the one before: taken on, done already.

mod answers;
mod done;
mod offers;

use crate::date::{Grain, Role};
use crate::detect::Source;
use crate::draft::Draft;
use crate::due::Chosen;
use crate::sentence::Sentence;
use crate::token::{Mask, list};
pub(crate) use answers::FILLERS;
use answers::{AGREED, FINISHED, TAKEN};
use done::{done_for, is_done, is_for_all, is_for_each};
use offers::offers_a_deed;

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
    let starts = |forms: &[&str]| begins(&opening, forms);
    let last: Vec<&Draft> = asked.iter().map(|at| &drafts[*at]).collect();
    let filled = words.iter().take_while(|word| FILLERS.contains(word));
    let plain = &words[filled.count()..];
    let short = words.len() <= 7 && !offers_a_deed(plain, &last);
    let own = words
        .iter()
        .take(3)
        .any(|word| matches!(*word, "mine" | "my"));
    // `I did it last time`
    let before = words
        .windows(2)
        .any(|row| row[0] == "last" && matches!(row[1], "time" | "year"));
    if short
        && asked.is_empty()
        && words.iter().any(|word| matches!(*word, "already" | "did"))
        && starts(FINISHED)
    {
        return done_for(source, index, &speaker, drafts);
    }
    let finished = starts(FINISHED) || begins(&plain.join(" "), FINISHED);
    if short && finished && !own && !before {
        for at in asked {
            // `£8 each, please send it by Sunday` – `sent`: the others have still to.
            drafts[at].alive = is_for_each(source, &drafts[at]);
        }
        return true;
    }
    if is_done(source, index, (&asked, &words), (own, drafts)) {
        return false;
    }
    // `not yet, tonight`, `no, Friday`: later, and no refusal.
    let put_off = matches!(
        words[..],
        ["not", "yet", ..] | ["no" | "nope", "not", "yet", ..]
    ) || matches!(sentence.plain_words()[..], ["no" | "nope" | "nah"])
        && !sentence.date_tokens().is_empty();
    // `I can't`, `me neither`
    if refuses(&words) && !put_off {
        reopen(&asked, &speaker, drafts);
        return false;
    }
    if settles(source, index) {
        settle(source, index, &speaker, &asked, drafts);
    }
    let taken = begins(&plain.join(" "), TAKEN) || starts(TAKEN);
    let agreed = starts(AGREED);
    if taken && short {
        take_over(source, index, &speaker, drafts);
    }
    if taken || agreed && !between(source, index, &asked, drafts) {
        // `We'll file it by Monday` – `Fine`: who only agrees does not do it.
        let own: Vec<usize> = asked
            .into_iter()
            .filter(|at| taken || is_open_to_all(source, &drafts[*at]))
            .collect();
        take_on(source, index, (&own, &speaker), drafts);
        // `on it, sending in an hour`: where nothing was asked for, what follows says what is done.
        let goes_on = own.is_empty() && goes_on(sentence);
        return taken && short && !goes_on || words.len() <= 2;
    }
    false
}

/// Whether a message tells behind its first clause what the speaker is doing.
fn goes_on(sentence: &Sentence) -> bool {
    sentence.clauses.iter().skip(1).any(|clause| {
        let ing = |token: &crate::token::Token| token.verb.is_some_and(|verb| verb.forms.ing);
        let again = matches!(sentence.lower(clause.start + 1), "it" | "them" | "that");
        sentence.token(clause.start).is_some_and(ing) && !again
    })
}

/// Whether words begin with one of some forms.
fn begins(words: &str, forms: &[&str]) -> bool {
    forms.iter().any(|form| {
        words
            .strip_prefix(form)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    })
}

/// `I can't`, `I'd rather not`, `me neither`; but not `no problem`, `not before Monday`.
fn refuses(words: &[&str]) -> bool {
    // `no problem`, `yep no probs`
    let easy = |at: usize| {
        words[at] == "no"
            && matches!(
                words.get(at + 1),
                Some(&("problem" | "problems" | "prob" | "probs" | "bother" | "trouble"))
            )
    };
    let later = |at: usize| matches!(words.get(at + 1), Some(&("before" | "until" | "till")));
    words.iter().take(4).enumerate().any(|(at, word)| {
        matches!(
            *word,
            "n't" | "can't" | "cannot" | "not" | "neither" | "no" | "nope" | "unfortunately"
        ) && !later(at)
            && !easy(at)
    })
}

/// `fine, but not before Monday`: whether a message agrees.
pub(crate) fn accepts(sentence: &Sentence) -> bool {
    let words = sentence.plain_words();
    let opening = words.join(" ");
    let willing = matches!(words[..], ["i", "will" | "'ll" | "can", ..]);
    (begins(&opening, AGREED) || willing) && !refuses(&words[..words.len().min(2)])
}

/// Whether an `ok` of somebody else takes a deed on: not where a group only tells what it will do.
fn is_open_to_all(source: &Source<'_>, draft: &Draft) -> bool {
    let ours = draft.agent == crate::action::opener::Agent::We;
    !ours || source.sentences[draft.sentence].question
}

/// `Monday is fine`, `ok tomorrow morning`, `make it Friday`: a day that is agreed on, and nothing else.
fn settles(source: &Source<'_>, index: usize) -> bool {
    const SAID: &[&str] = &[
        "is", "'s", "that", "that's", "works", "fine", "ok", "okay", "good", "great", "perfect",
        "then", "for", "me", "make", "it", "yes", "yep", "sure", "let", "'s", "say", "no",
        "problem", "k", "alright",
    ];
    let sentence = &source.sentences[index];
    let dates = sentence.date_tokens();
    let [(_, date)] = dates[..] else { return false };
    let words: Vec<&str> = sentence.plain_words();
    let agrees = words.iter().any(|word| {
        matches!(
            *word,
            "fine"
                | "ok"
                | "okay"
                | "good"
                | "great"
                | "works"
                | "perfect"
                | "make"
                | "k"
                | "alright"
        )
    });
    !sentence.question
        && agrees
        && words.iter().all(|word| SAID.contains(word))
        && source.dates[date].due.date() >= source.now.date()
}

/// Gives the agreed day to what the speaker promised last, or to what was asked for.
fn settle(source: &Source<'_>, index: usize, speaker: &str, asked: &[usize], drafts: &mut [Draft]) {
    let block = source.sentences[index].unit.place.block;
    let own = drafts.iter().rposition(|draft| {
        let near = source.sentences[draft.sentence].unit.place.block + 4 > block;
        let promised = draft
            .assignee
            .as_ref()
            .is_some_and(|(name, _)| name.eq_ignore_ascii_case(speaker));
        draft.alive && near && promised
    });
    let at = own.max(asked.last().copied());
    if let (Some(at), [(_, date)]) = (at, &source.sentences[index].date_tokens()[..]) {
        let found = &source.dates[*date];
        drafts[at].due = Some(Chosen {
            due: found.due.clone(),
            grain: found.grain,
            recurrence: None,
            date: Some(*date),
        });
    }
}

/// Whether somebody asked something else after what was asked for, which an `ok` answers.
fn between(source: &Source<'_>, index: usize, asked: &[usize], drafts: &[Draft]) -> bool {
    let Some(last) = asked.last().map(|at| drafts[*at].sentence) else {
        return false;
    };
    let own = source.sentences[index].unit.place.block;
    let asked = source.sentences[last].unit.place.block;
    source.sentences[last..index].iter().any(|sentence| {
        let place = &sentence.unit.place;
        place.block > asked && place.block < own && sentence.question
    })
}

/// `I told Mum we'd send her the list` – `I'll do it tonight`: what the one before has in mind, taken
/// over by another one, with the day told in the answer.
fn take_over(source: &Source<'_>, index: usize, speaker: &str, drafts: &mut [Draft]) {
    use crate::action::opener::Agent;
    let block = source.sentences[index].unit.place.block;
    let dated = dated(source, index);
    let mut before = drafts.iter_mut().filter(|draft| {
        let place = &source.sentences[draft.sentence].unit.place;
        draft.alive
            && place.block + 1 == block
            && draft.agent == Agent::Speaker
            && place
                .owner
                .as_ref()
                .is_some_and(|owner| owner.name.as_deref().is_some_and(|name| name != speaker))
    });
    if let (Some(draft), None) = (before.next(), before.next()) {
        draft.assignee = Some((speaker.to_owned(), None));
        if dated.is_some() {
            draft.due = dated;
        }
    }
}

/// `no, I'm working till 3`: what was asked is open again.
fn reopen(asked: &[usize], speaker: &str, drafts: &mut [Draft]) {
    for at in asked {
        let own = drafts[*at].assignee.as_ref();
        if own.is_some_and(|(name, _)| name.eq_ignore_ascii_case(speaker)) {
            drafts[*at].assignee = None;
        }
    }
}

/// Gives what was asked to the one who takes it on, with the day told in the answer.
fn take_on(
    source: &Source<'_>,
    index: usize,
    (asked, speaker): (&[usize], &String),
    drafts: &mut [Draft],
) {
    let dated = dated(source, index);
    for at in asked.iter().copied() {
        // What everybody is asked for, nobody takes on alone.
        if is_for_all(source, &drafts[at]) {
            continue;
        }
        // Who answers somebody else does not take on what they asked for themself.
        let owner = &source.sentences[drafts[at].sentence].unit.place.owner;
        let own = owner
            .as_ref()
            .is_some_and(|owner| owner.name.as_ref() == Some(speaker));
        if drafts[at].assignee.is_none() && !own {
            drafts[at].assignee = Some((speaker.clone(), None));
        }
        if drafts[at].due.is_none() {
            drafts[at].due.clone_from(&dated);
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
        // `after work on Thursday`
        let daily = |at: usize| {
            let next = sentence.tokens.get(at + 1);
            next.is_some_and(|next| next.any(list!["work", "school", "lunch", "training", "class"]))
        };
        let parts = sentence.tokens.iter().enumerate().any(|(at, token)| {
            token.any(list![
                "see", "back", "talk", "until", "away", "off", "but", "after",
            ]) && !(token.is("after") && daily(at))
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
            begins(&opening, AGREED) || begins(&opening, TAKEN)
        })
}

/// Drafts of the message before this one that ask somebody else.
fn last_asked(source: &Source<'_>, index: usize, drafts: &[Draft]) -> Vec<usize> {
    use crate::action::opener::Agent;
    let block = source.sentences[index].unit.place.block;
    let asks = |draft: &Draft| {
        // `Ben, could you check it?`
        let sentence = &source.sentences[draft.sentence];
        // `Ben, would you check it`
        let spoken_to = || {
            sentence
                .tokens
                .windows(2)
                .any(|row| row[1].is("you") && row[0].any(list!["would", "could", "can", "will"]))
        };
        let named = || matches!(draft.agent, Agent::Named(_)) && (sentence.question || spoken_to());
        draft.alive
            && (matches!(
                draft.agent,
                Agent::Addressee | Agent::Anyone | Agent::Unsaid | Agent::We
            ) || named())
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

#[cfg(test)]
mod tests {
    #[test]
    fn an_offer_with_a_deed_of_its_own_is_no_mere_answer() {
        let now = "2026-03-04T09:00:00+01:00[+01:00]"
            .parse()
            .expect("a moment");
        let text = "Rui: who brings what on Saturday?\nAda: I can bring the tent\nRui: great\nIda: I can\n";
        let found = crate::extract(text, &now, &crate::date::Policy::default()).tasks;
        let summaries: Vec<&str> = found.iter().map(|task| task.summary.as_str()).collect();
        assert_eq!(summaries, ["Bring the tent"]);
    }
}
