//! Deadlines told in the sentences around a deed: right behind it, further on, of all of them, before it.

use super::Chosen;
use super::context::chosen;
use crate::date::{Grain, Role};
use crate::detect::Source;
use crate::sentence::Sentence;
use crate::token::{List, Mask, Token, list};
use crate::words::MOVED;

/// Words for what was just spoken of.
const BACK: List<'static> = list![
    "it", "that", "this", "them", "these", "those", "all", "both",
];

/// Words by which a sentence says until when something may be done.
const CLOSING: List<'static> = list![
    "due", "deadline", "closes", "close", "closing", "expires", "expire", "needed", "ends",
    "latest", "until", "till", "til", "shut", "shuts", "ready",
];

/// `Grant application: Maddy. Closes 13 Nov.`, `P45 to payroll!! today`: the sentence behind it
/// asks for nothing and only says until when.
pub(super) fn told_behind(source: &Source<'_>, index: usize) -> Option<Chosen> {
    let sentence = &source.sentences[index];
    let next = source.sentences.get(index + 1)?;
    let between = source
        .text
        .get(sentence.unit.range.end..next.unit.range.start)?;
    // `can you bring it back anyway? sunday?`
    let asks_day = sentence.question
        && next
            .tokens
            .iter()
            .all(|token| token.is_mark() || token.is_dated());
    let near = next.unit.place.block == sentence.unit.place.block && (!next.question || asks_day);
    if near && let Some(date) = term(next) {
        return chosen(source, date);
    }
    if !near || next.actions().next().is_some() {
        return None;
    }
    // `Can you get the tickets? They go on sale tomorrow`
    let of_it = next
        .tokens
        .first()
        .is_some_and(|first| first.any(list!["they", "it"]))
        && ((0..next.clauses.len()).any(|clause| super::statement::on_offer(next, clause))
            // `They're being collected on Thursday at 9.`
            || next.tokens.iter().any(|token| token.any(list!["collected", "fetched"])));
    let same_line = !between.contains('\n');
    let runs_out = (0..next.clauses.len()).any(|clause| super::statement::runs_out(next, clause));
    let names_deadline = names_deadline(next);
    let words = next
        .tokens
        .iter()
        .filter(|token| token.mask == Mask::None && token.lower.contains(char::is_alphabetic))
        .count();
    let back = next.tokens.iter().any(|token| token.any(BACK));
    next.date_tokens().into_iter().find_map(|(at, date)| {
        let found = &source.dates[date];
        // `Refunds: Ana, by 3 May` is another thing; `Not urgent tonight` no deadline.
        let ahead = &next.tokens[..at];
        let other = ahead.iter().skip(1).any(|token| token.is(":")) && !names_deadline;
        let denied = ahead.iter().any(|token| token.any(list!["not", "n't"]));
        // `Then Mei replays the traffic by 5 Feb` goes on with another deed.
        let goes_on = next.lower(0) == "then";
        if other || denied || goes_on {
            return None;
        }
        let bound = matches!(found.role, Role::By | Role::Before);
        let closing = at > 0 && next.tokens[at - 1].any(CLOSING)
            || next.tokens[at].any(CLOSING)
            || shuts(ahead);
        let led = next.tokens[at].any(list!["by", "before", "until", "till", "til"]);
        let another = led && names_another(ahead);
        let told = words == 0 && same_line
            || bound && (same_line && !another || back)
            || (closing && !another || names_deadline || runs_out) && same_line
            || of_it
            || back && wants(next) && words <= 8;
        let exact = found.grain <= Grain::Week;
        (told && exact).then(|| chosen(source, date))?
    })
}

/// `Ana books the band. Stall plan until the end of May.`: another thing, which has its own day.
fn names_another(ahead: &[Token]) -> bool {
    let words = || ahead.iter().filter(|token| token.is_word());
    words().count() >= 2
        && words().all(|token| {
            token.mask == Mask::None
                && !token.any(CLOSING)
                && !token.any(BACK)
                && crate::words::is_content(token)
                && token
                    .verb
                    .is_none_or(|verb| verb.forms.base || verb.forms.ing)
        })
}

/// `They close the books on the 20th`, `the printer locks the file on Friday`: words right before a day that end
/// what was possible.
fn shuts(ahead: &[Token]) -> bool {
    ahead.iter().rev().take(4).any(|token| {
        token.any(list![
            "close", "closes", "shut", "shuts", "lock", "locks", "freezes",
        ])
    })
}

/// `once Ida has signed. She promised me that for Friday`: a sentence of the promise of a deed that is waited for.
pub(super) fn promised_behind(source: &Source<'_>, index: usize) -> Option<Chosen> {
    let own = &source.sentences[index];
    let next = source.sentences.get(index + 1)?;
    let dates = next.date_tokens();
    let [(_, date)] = dates[..] else { return None };
    let promised = next.tokens.iter().any(|token| {
        token.any(list![
            "promised", "promises", "asked", "said", "says", "told", "agreed",
        ])
    });
    let back = next.tokens.iter().any(|token| token.any(BACK));
    let near = next.unit.place.block == own.unit.place.block && !next.question;
    (near && promised && back && next.plain_words().len() <= 10).then(|| chosen(source, date))?
}

/// `he wants it Friday 5pm`, `they need that tomorrow`
pub(super) fn wants(sentence: &Sentence) -> bool {
    let mut words = (0..sentence.at.len()).map(|word| sentence.lower(word));
    words.any(|word| {
        matches!(
            word,
            "want" | "wants" | "need" | "needs" | "expect" | "expects" | "needed" | "wanted"
        )
    })
}

/// `Give me till Monday`, `You'll have it by Friday`, `will be with you tomorrow`: until when the deed
/// before is promised.
fn term(sentence: &Sentence) -> Option<usize> {
    let dates = sentence.date_tokens();
    let [(_, date)] = dates[..] else { return None };
    let words: Vec<&str> = sentence.plain_words();
    let pair = |first: &[&str], second: &[&str]| {
        words
            .windows(2)
            .any(|row| first.contains(&row[0]) && second.contains(&row[1]))
    };
    let told = pair(&["give", "gimme", "allow"], &["me", "us"])
        || pair(&["have", "get", "see"], &["it", "them", "that"])
            && words.iter().any(|word| matches!(*word, "you" | "you'll"))
        || pair(&["with"], &["you"]) && words.contains(&"be");
    // `Lorenzo, any chance today?`
    if pair(&["any"], &["chance"]) && words.len() <= 4 {
        return Some(date);
    }
    let asks = words
        .iter()
        .any(|word| matches!(*word, "can" | "could" | "when" | "if"));
    (told && !asks && !sentence.question && words.len() <= 7).then_some(date)
}

/// `Can you chase the theatre? They promised four. By Thursday please`: a sentence that opens with until
/// when, behind one that only adds something.
pub(super) fn told_further_on(source: &Source<'_>, index: usize) -> Option<Chosen> {
    let block = source.sentences[index].unit.place.block;
    let between = source.sentences.get(index + 1)?;
    let next = if opens_with_bound(source, between) {
        between
    } else {
        source.sentences.get(index + 2)?
    };
    let adds = next.unit.range == between.unit.range
        || between.actions().next().is_none() && between.date_tokens().is_empty();
    let same = next.unit.place.block == block && between.unit.place.block == block;
    // `Owner: Ida. Target: 31 August.`
    let labelled = names_deadline(next) && next.plain_words().len() <= 2;
    let told = opens_with_bound(source, next) || labelled;
    if !adds || !same || !told || next.actions().next().is_some() {
        return None;
    }
    let (_, date) = *next.date_tokens().first()?;
    chosen(source, date)
}

/// `1. shorten the intro 2. fix the table – all due on Friday`: what is said of all of them behind the last.
pub(super) fn told_of_all(source: &Source<'_>, index: usize) -> Option<Chosen> {
    let block = source.sentences[index].unit.place.block;
    let behind = source
        .sentences
        .iter()
        .skip(index)
        .take(5)
        .take_while(|other| other.unit.place.block <= block + 3);
    behind.into_iter().find_map(|other| {
        let all = other
            .tokens
            .iter()
            .position(|token| token.any(list!["all", "both", "everything"]))?;
        let dates = other.date_tokens();
        let [(token, date)] = dates[..] else {
            return None;
        };
        let between = other.tokens.get(all..token)?;
        // `type it all in – after 1 and 2, deadline 31 July` is of one thing.
        let object = all > 0 && other.tokens[all - 1].any(list!["it", "them", "us", "you"]);
        let most = if object { 4 } else { 6 };
        let close = between.iter().filter(|token| token.is_word()).count() <= most
            && !between
                .iter()
                .any(|token| token.any(list!["we", "i", "you", "day", "week", "they"]));
        let found = &source.dates[date];
        let bound = matches!(found.role, Role::By | Role::Before)
            || between.iter().any(|token| token.any(CLOSING))
            // `Ida packs, Ben drives, all on Friday`
            || token == all + 1 && found.role == Role::On && other.actions().nth(1).is_some();
        (close && bound).then(|| chosen(source, date))?
    })
}

/// `By Thursday please, …`, `Thursday, I promise.`
fn opens_with_bound(source: &Source<'_>, sentence: &Sentence) -> bool {
    let Some((opens, date)) = sentence.date_tokens().first().copied() else {
        return false;
    };
    // `Sometime before the end of May is enough.`
    let vague = |token: &Token| {
        token.any(list![
            "sometime",
            "some",
            "time",
            "any",
            "anytime",
            "preferably",
            "ideally",
            "say",
            "maybe",
            "just",
            "and",
            "but",
        ])
    };
    if !sentence.tokens[..opens].iter().all(vague) {
        return false;
    }
    let found = &source.dates[date];
    let behind = sentence
        .tokens
        .iter()
        .find(|token| token.mask != Mask::Date(date) && !vague(token));
    let enough = sentence.tokens.len() <= 12
        && sentence.tokens.iter().any(|token| {
            token.any(list![
                "fine",
                "enough",
                "great",
                "good",
                "lovely",
                "ideal",
                "perfect",
                "nice",
                "brilliant",
                "godsend",
                "ok",
                "okay",
                "best",
                "do",
            ])
        })
        && behind.is_some_and(|token| token.any(list!["would", "is", "'s", "will", "'d", "works"]));
    let promised = sentence.tokens.len() <= 7
        && sentence.tokens.iter().any(|token| {
            token.any(list![
                "promise", "promised", "latest", "please", "pls", "ok", "okay", "sure",
            ])
        });
    // `End of this week or I dock it.`
    let threatened = opens == 0 && behind.is_some_and(|token| token.is("or"));
    let asked = behind.is_none_or(|token| token.any(list!["please", "pls", ",", ".", "!", "at"]));
    found.grain <= Grain::Week
        && (matches!(found.role, Role::By | Role::Before) && (asked || enough)
            || promised
            || threatened)
}

/// `The deadline for referees is 5 February`, `The last day to appeal is tomorrow`
fn names_deadline(sentence: &Sentence) -> bool {
    let tokens = &sentence.tokens;
    let told = |at: usize| {
        tokens[at].any(list!["deadline", "cutoff", "cut-off", "target", "limit"])
            || tokens[at].is("last")
                && tokens
                    .get(at + 1)
                    .is_some_and(|next| next.any(list!["day", "date", "chance"]))
    };
    let moved = tokens
        .iter()
        .any(|token| token.any(list!["extended", "moved", "was", "missed", "passed", "no"]));
    sentence.date_tokens().len() == 1 && !moved && (0..tokens.len()).any(told)
}

/// `They want the layout by Friday. Can you draw it up?`, `Problem set 3 is due on Monday. I have
/// to do 5 and 6.`: the deadline of what the action is about.
pub(super) fn told_before(source: &Source<'_>, index: usize, clause: usize) -> Option<Chosen> {
    let sentence = &source.sentences[index];
    let from = index.saturating_sub(if source.document.chat { 3 } else { 1 });
    let idle = |at: &usize| {
        let other = &source.sentences[*at];
        other.date_tokens().is_empty() && other.actions().next().is_none()
    };
    let at = (from..index).rev().find(|at| !idle(at)).unwrap_or(from);
    let before = source.sentences.get(at).filter(|_| index > 0)?;
    let same = (source.document.chat || before.unit.place.block == sentence.unit.place.block)
        && !before.question;
    let first: Vec<&str> = (0..3).map(|word| sentence.lower(word)).collect();
    let in_that_case = first == ["in", "that", "case"];
    let asks = before.actions().next().is_some() && !in_that_case;
    if !same || asks || !sentence.date_tokens().is_empty() {
        return None;
    }
    let back = sentence.words(clause).any(|token| token.any(BACK));
    // `It's due on the 29th.` – `Leave it with me, I'll fill it in.`
    let far = at + 1 != index;
    if far && !back {
        return None;
    }
    let owed = before
        .tokens
        .iter()
        .any(|token| token.any(list!["due", "deadline", "expires", "closes"]))
        || (0..before.clauses.len()).any(|clause| super::statement::runs_out(before, clause));
    let [(token, date)] = before.date_tokens()[..] else {
        return None;
    };
    let owed = owed || shuts(&before.tokens[..token]);
    let bound = matches!(source.dates[date].role, Role::By | Role::Before) && !far;
    let latest = !far && before.tokens.iter().any(|token| token.is("latest"));
    // `It was moved to Tuesday 11 am. I'll run it`
    let arranged = before
        .tokens
        .iter()
        .any(|token| token.any(MOVED) || token.any(list!["scheduled", "booked", "arranged"]))
        && sentence
            .words(clause)
            .any(|token| token.any(list!["it", "them"]));
    let wanted = !far && wants(before) && (back || latest) || arranged && !far;
    (owed || in_that_case || bound && back || wanted).then(|| chosen(source, date))?
}
