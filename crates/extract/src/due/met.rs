//! When somebody wants to be met, or stood in for: `I won't make it to the meeting on Thursday. Could you take notes?`,
//! `I've booked the train for Saturday, arriving at 14:20. Can you pick me up?`

use super::Chosen;
use super::context::chosen;
use crate::clause::Head;
use crate::detect::Source;
use crate::token::list;

/// The day and hour that the sentence before names for the arrival of the one who is to be met.
pub(super) fn arriving(source: &Source<'_>, index: usize, clause: usize) -> Option<Chosen> {
    let sentence = &source.sentences[index];
    let Head::Action(opener) = &sentence.clauses[clause].head else {
        return None;
    };
    let meets = sentence
        .token(opener.verb)
        .is_some_and(|verb| verb.any(list!["pick", "collect", "fetch", "meet"]));
    let me = meets
        && (opener.verb + 1..opener.verb + 3)
            .any(|word| matches!(sentence.lower(word), "me" | "us"));
    if !me || !sentence.date_tokens().is_empty() {
        return None;
    }
    let before = index.checked_sub(1).map(|at| &source.sentences[at])?;
    if before.unit.place.block != sentence.unit.place.block || before.question {
        return None;
    }
    let arrives = before.tokens.iter().any(|token| {
        token.any(list![
            "arrive", "arriving", "land", "landing", "train", "flight", "bus", "ferry", "plane"
        ])
    });
    let ours = before
        .tokens
        .iter()
        .any(|token| token.any(list!["i", "we", "my", "our"]));
    if !(arrives && ours) {
        return None;
    }
    let ahead = |date: usize| source.dates[date].due.date() >= source.now.date();
    match before.date_tokens()[..] {
        [(_, date)] if ahead(date) => chosen(source, date),
        // The day, and the hour behind it.
        [(_, day), (_, hour)] if ahead(day) && source.dates[hour].time_alone.is_some() => {
            let day = chosen(source, day)?;
            super::on_day(source, &chosen(source, hour)?, Some(&day)).or(Some(day))
        }
        _ => None,
    }
}

/// The day of what the writer misses, for the one who is asked to be there instead.
pub(super) fn instead(source: &Source<'_>, index: usize, clause: usize) -> Option<Chosen> {
    let sentence = &source.sentences[index];
    let Head::Action(opener) = &sentence.clauses[clause].head else {
        return None;
    };
    let next = sentence.lower(opener.verb + 1);
    let there = match sentence.lower(opener.verb) {
        "take" => matches!(next, "notes" | "minutes" | "over"),
        "fill" | "step" | "stand" => next == "in",
        "cover" | "deputise" | "substitute" | "chair" | "represent" => true,
        _ => false,
    };
    if !there || !sentence.date_tokens().is_empty() {
        return None;
    }
    let before = index.checked_sub(1).map(|at| &source.sentences[at])?;
    let [(_, date)] = before.date_tokens()[..] else {
        return None;
    };
    let misses = before.tokens.windows(3).any(|row| {
        row[0].any(list!["wo", "ca", "can", "will", "could"])
            && row[1].any(list!["n't", "not"])
            && row[2].any(list!["make", "attend", "come", "be", "join"])
    });
    let ours = before
        .tokens
        .iter()
        .any(|token| token.any(list!["i", "we"]));
    let here = before.unit.place.block == sentence.unit.place.block && !before.question;
    let ahead = source.dates[date].due.date() >= source.now.date();
    (misses && ours && here && ahead).then(|| chosen(source, date))?
}

#[cfg(test)]
mod tests {
    use crate::testing::dues;

    #[test]
    fn whoever_stands_in_is_there_that_day() {
        for text in [
            "I won't make it to the meeting on Friday. Could you take notes?",
            "I can't attend the rehearsal on Friday, dentist. Please stand in for me.",
        ] {
            assert_eq!(dues(text), [Some("2026-03-13".to_owned())], "{text}");
        }
        for text in [
            "I won't make it to the meeting on Friday. Could you send Kim the slides?",
            "The meeting on Friday was moved. Could you take notes?",
        ] {
            assert_eq!(dues(text), [None], "{text}");
        }
    }

    #[test]
    fn whoever_arrives_is_met_then() {
        for text in [
            "I've booked the train for Saturday, arriving at 14:20. Can you pick me up?",
            "We arrive on Saturday at 14:20. Could you meet us at the station?",
            "My flight lands on Saturday at 14:20. Can you collect me?",
        ] {
            let due = dues(text)[0].clone().unwrap_or_default();
            assert!(due.starts_with("2026-03-14T14:20"), "{text}: {due}");
        }
        for text in [
            "The shop got new bikes on Saturday. Can you pick me up?",
            "I had a lovely Saturday. Can you pick me up?",
            "Kim's train is on Saturday at 14:20. Can you ring me?",
        ] {
            assert_eq!(dues(text), [None], "{text}");
        }
    }
}
