//! What stands behind the words of a deed and only says when or how.

use crate::lexicon::Lean;
use crate::sentence::Sentence;
use crate::token::{Kind, List, list};

/// `the bundle, no last-minute stuff`, `the wreath, would you`: where what a comma only adds begins.
pub(super) fn without_tail(sentence: &Sentence, words: std::ops::Range<usize>) -> usize {
    // `bring the pickles that would be top`
    let praise = |at: usize| {
        let pleased = matches!(sentence.lower(at), "i" | "we")
            && matches!(
                sentence.lower(at + 3),
                "glad" | "grateful" | "happy" | "obliged" | "thankful" | "delighted"
            );
        (pleased || matches!(sentence.lower(at), "that" | "it" | "which"))
            && matches!(sentence.lower(at + 1), "would" | "'d")
            && sentence.lower(at + 2) == "be"
    };
    // `send me the plan would you`
    let asks = |at: usize| {
        matches!(sentence.lower(at), "would" | "could" | "will")
            && matches!(sentence.lower(at + 1), "you" | "u" | "ya")
            && at + 2 >= words.end
    };
    let adds = |at: &usize| {
        praise(*at)
            || asks(*at)
            || sentence.lower(*at) == ","
                && (matches!(
                    sentence.lower(at + 1),
                    "no" | "any"
                        | "then"
                        | "whichever"
                        | "say"
                        | "both"
                        | "whatever"
                        | "ideally"
                        | "preferably"
                        | "max"
                        | "friendly"
                ) || matches!(sentence.lower(at + 1), "will" | "would" | "can" | "could")
                    && sentence.lower(at + 2) == "you"
                    || sentence.lower(at + 1) == "on"
                        && sentence.lower(at + 2) == "the"
                        && sentence.lower(at + 3) == "dot")
    };
    let named = words
        .clone()
        .any(|at| sentence.token(at).is_some_and(crate::words::is_content));
    let tail = words.clone().skip(1).find(adds).filter(|tail| {
        named && !(tail + 1..words.end).any(|at| matches!(sentence.lower(at), "and" | ";"))
    });
    tail.unwrap_or(words.end)
}

/// `swap the unit before first period`, `collect it on my way home`: what only says when.
pub(super) fn cut_time(sentence: &Sentence, tokens: &mut Vec<usize>) {
    let all = &sentence.tokens;
    let word = |place: usize| tokens.get(place).map_or("", |at| all[*at].lower.as_str());
    let object = |place: usize| {
        tokens[..place]
            .iter()
            .any(|at| crate::words::is_content(&all[*at]))
    };
    let starts = |place: usize| {
        let way = word(place) == "on"
            && matches!(
                word(place + 1),
                "my" | "your" | "his" | "her" | "the" | "their" | "ya"
            )
            && matches!(word(place + 2), "way" | "lunch" | "break");
        let noun = place > 0 && matches!(word(place - 1), "the" | "a" | "our" | "my" | "your");
        let bound = matches!(word(place), "before" | "until" | "till" | "during") && !noun
            || word(place) == "after" && place > 0
            || word(place) == "in"
                && matches!(word(place + 1), "my" | "your")
                && matches!(word(place + 2), "break" | "lunch");
        // `sign it the day I get it`
        let once = word(place) == "the"
            && matches!(word(place + 1), "day" | "moment" | "minute" | "second")
            && matches!(
                word(place + 2),
                "i" | "we" | "you" | "he" | "she" | "they" | "it"
            );
        way || bound || once
    };
    // `lay the floor after A,`: a mark at the very end adds nothing.
    let more = |place: usize| {
        tokens[place..].iter().enumerate().any(|(step, at)| {
            all[*at].any(list![",", "and", ";", "(", "&"])
                && tokens[place + step + 1..]
                    .iter()
                    .any(|next| all[*next].is_word())
        })
    };
    let found = (1..tokens.len())
        .rev()
        .find(|place| starts(*place) && object(*place) && !more(*place));
    if let Some(place) = found {
        tokens.truncate(place);
    }
    cut_amount(sentence, tokens);
    cut_oneself(sentence, tokens);
}

/// `I'll paint the fence myself`, `I'll send her that myself`: who does it, and nothing of what is done.
fn cut_oneself(sentence: &Sentence, tokens: &mut Vec<usize>) {
    let all = &sentence.tokens;
    let Some(end) = tokens.iter().rposition(|at| all[*at].is_word()) else {
        return;
    };
    let before = tokens[end].checked_sub(1).map(|at| &all[at]);
    let oneself = all[tokens[end]].any(list![
        "myself",
        "yourself",
        "himself",
        "herself",
        "ourselves",
        "themselves"
    ]);
    // `by myself`, `for yourself`, `introduce yourself`
    let added = before.is_some_and(|before| {
        before.any(list!["it", "that", "them", "this", "one"])
            || before.verb.is_none_or(|verb| verb.lean == Lean::Noun)
                && !before.any(list![
                    "by", "for", "to", "of", "with", "about", "as", "on", "at", "and"
                ])
    });
    if oneself && end > 0 && added {
        tokens.remove(end);
    }
}

/// `send a reminder 3 days before the deadline`, `have lunch sometime`: what is left of when it is.
fn cut_amount(sentence: &Sentence, tokens: &mut Vec<usize>) {
    const UNITS: List<'static> = list![
        "minute",
        "minutes",
        "min",
        "mins",
        "hour",
        "hours",
        "day",
        "days",
        "week",
        "weeks",
        "month",
        "months",
        "fortnight",
    ];
    const AMOUNTS: List<'static> = list![
        "a", "an", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "half", "couple", "few", "of", "at", "least",
    ];
    let all = &sentence.tokens;
    let worded = |at: &usize| !all[*at].is_dated() && !all[*at].is_mark();
    let Some(end) = tokens.iter().rposition(worded) else {
        return;
    };
    let word = |place: usize| &all[tokens[place]];
    if end > 0 && word(end).any(list!["sometime", "now"]) {
        let right = end > 1 && word(end).is("now") && word(end - 1).is("right");
        tokens.drain(end - usize::from(right)..=end);
        return;
    }
    let ahead = all
        .get(tokens[end] + 1)
        .is_some_and(|next| next.is("before") || next.is_dated());
    if !ahead || !word(end).any(UNITS) {
        return;
    }
    let amount = |place: &usize| word(*place).any(AMOUNTS) || word(*place).kind == Kind::Number;
    let from = (0..end).rev().take_while(amount).last();
    if let Some(from) = from.filter(|from| *from > 0) {
        tokens.drain(from..=end);
    }
}
