//! Who is spoken to: a name in front, behind the last comma, between two, or a whole crowd.

use crate::detect::Source;
use crate::sentence::Sentence;
use crate::token::{Kind, Mask, Token};
use crate::{area, lexicon, person};

/// `@Marek write …`, `Arne the cellar is full`: a name in front without a comma.
pub(super) fn hailed(source: &Source<'_>, index: usize) -> Option<String> {
    let sentence = &source.sentences[index];
    let first = sentence.tokens.iter().position(|token| {
        token.is_word()
            && !token.any(&["hi", "hey", "hello", "ok", "super", "thanks", "also", "and"])
    })?;
    let token = &sentence.tokens[first];
    if let Some(handle) = token.lower.strip_prefix('@') {
        if person::mark::is_place(handle, &source.document.people) {
            return None;
        }
        let shown = source.text[token.start..token.end].trim_start_matches('@');
        return (!handle.is_empty()).then(|| shown.to_owned());
    }
    let known = token.capital
        && (source.document.people.contains(&token.lower) || lexicon::is_first_name(&token.lower));
    // `Gareth – can you chase them?`
    let apart = sentence
        .tokens
        .get(first + 1)
        .is_some_and(|next| next.is_dash() || next.any(&[",", ":", "!"]));
    let first = first + usize::from(apart);
    let spoken_to = sentence
        .tokens
        .get(first + 1)
        .is_some_and(|next| next.any(&["please", "pls", "you", "u", "the", "your"]))
        || sentence
            .tokens
            .get(first + 1)
            .is_some_and(|next| next.any(&["can", "could", "would"]))
            && sentence
                .tokens
                .get(first + 2)
                .is_some_and(|next| next.any(&["you", "u", "ya"]));
    (known && spoken_to).then(|| source.text[token.start..token.end].to_owned())
}

/// `Can you send the file, Noor?`: a name behind the last comma.
pub(super) fn last_vocative(sentence: &Sentence) -> Option<String> {
    let end = sentence.tokens.iter().rposition(|token| !token.is_mark())?;
    let (before, last) = (end.checked_sub(2)?, &sentence.tokens[end]);
    // `Cheers, Shaz` is signed.
    let signs = sentence.tokens[before].any(&[
        "cheers",
        "thanks",
        "thx",
        "regards",
        "love",
        "best",
        "sincerely",
        "xx",
        "x",
        "you",
        "ta",
        "greetings",
        "yours",
    ]) && before < 3;
    let comma = sentence.tokens[end - 1].is(",") && !signs;
    let lower = last.lower.as_str();
    let listed = lexicon::is_first_name(lower);
    // `in Lagos, Nigeria` speaks to no one; neither do the items of a list.
    let shaped = last.capital
        && !last.upper
        && last.mask == Mask::None
        && last.kind == Kind::Word
        && !person::is_no_name(lower)
        && lexicon::verb(lower).is_none()
        && !area::knows(lower)
        && !sentence.tokens[before].capital
        && sentence.actions().next().is_some();
    (comma && last.capital && (listed || shaped)).then(|| person::capitalised(last))
}

/// `Three, Kamau, confirm the lunch`, `Two asks: Gaz, ring the bank`, `but marek u should fix it`.
pub(super) fn inner_vocative(source: &Source<'_>, index: usize) -> Option<String> {
    let sentence = &source.sentences[index];
    let tokens = &sentence.tokens;
    (1..tokens.len()).find_map(|at| {
        let next = tokens.get(at + 1)?;
        let after = tokens.get(at + 2);
        // `lgtm @noor, rename it`, `fixed. @noor pls check`
        if let Some(handle) = tokens[at].lower.strip_prefix('@')
            && !handle.is_empty()
            && !tokens[at - 1].any(person::mark::OTHERS)
            && !person::mark::is_place(handle, &source.document.people)
        {
            let told = if next.any(&[",", ":", "–", "—"]) {
                after?
            } else {
                next
            };
            let ordered = told.any(&["please", "pls", "can", "could", "would", "will"])
                || lexicon::base_verb(&told.lower).is_some();
            let shown = source.text[tokens[at].start..tokens[at].end].trim_start_matches('@');
            return ordered.then(|| shown.to_owned());
        }
        let acts = |token: &Token| {
            token.any(&["please", "pls", "can", "could", "would", "will"])
                || lexicon::base_verb(&token.lower).is_some_and(|verb| {
                    verb.lean == lexicon::Lean::Verb || token.any(&["call", "ring"])
                })
        };
        let told = || next.is(",") && tokens[at].capital && after.is_some_and(acts);
        let asked = || {
            next.any(&["u", "you", "pls", "please"])
                && after.is_some_and(|token| {
                    token.any(&[
                        "should", "can", "could", "must", "need", "have", "will", "still",
                    ]) || acts(token)
                })
        };
        // `Hi Ana and Ben, can you two …` speaks to both.
        let pair = at > 1
            && tokens[at - 1].any(&["and", "&"])
            && tokens[at - 2].capital
            && lexicon::is_first_name(&tokens[at - 2].lower);
        if pair {
            return None;
        }
        let opens = || {
            tokens[at - 1].is_mark()
                || tokens[at - 1]
                    .any(&["but", "and", "so", "ok", "okay", "then", "oh", "hey", "hi"])
        };
        let known = || {
            tokens[at].kind == Kind::Word
                && tokens[at].mask == Mask::None
                && (source.document.people.contains(&tokens[at].lower)
                    || lexicon::is_first_name(&tokens[at].lower))
        };
        ((told() || asked()) && opens() && known())
            .then(|| source.text[tokens[at].start..tokens[at].end].to_owned())
    })
}

/// The only one spoken to in a short note, in its last words: `… All of it before the 30th, Dodong.`
pub(super) fn closing_vocative(source: &Source<'_>) -> Option<String> {
    let last = source.sentences.last()?;
    let one = source.sentences.len() <= 8
        && source
            .sentences
            .iter()
            .all(|sentence| sentence.unit.place.block == last.unit.place.block);
    one.then(|| last_vocative(last)).flatten()
}

/// `Everybody, label your boxes`, `Parents pls make sure …`: nobody alone is meant.
pub(super) fn speaks_to_all(sentence: &Sentence) -> bool {
    const ALL: &[&str] = &[
        "everyone",
        "everybody",
        "all",
        "guys",
        "folks",
        "team",
        "parents",
        "residents",
        "members",
        "neighbours",
        "neighbors",
        "students",
        "people",
        "whoever",
        "anyone",
        "anybody",
        "class",
        "somebody",
        "someone",
        "kids",
        "boys",
        "girls",
        "ladies",
        "gentlemen",
        "colleagues",
        "friends",
        "volunteers",
        "tenants",
        "players",
        "drivers",
        "staff",
    ];
    let words: Vec<usize> = (0..sentence.tokens.len())
        .filter(|at| {
            !sentence.tokens[*at].any(&["hi", "hey", "hello", "dear", "and", "ok", "so", "oh"])
        })
        .collect();
    let spoken_to = |at: usize| {
        let token = &sentence.tokens[at];
        let next = sentence.tokens.get(at + 1);
        let before = at.checked_sub(1).map(|before| &sentence.tokens[before]);
        let opens = before.is_none_or(|token| {
            token.is_mark() || token.any(&["hi", "hey", "hello", "dear", "and", "please", "pls"])
        });
        let stops = next.is_some_and(|token| {
            token.any(&[
                ",", ":", "!", "–", "—", "-", "please", "pls", "kindly", "else",
            ])
        });
        token.any(ALL) && opens && (stops || token.is("whoever"))
    };
    words.into_iter().any(spoken_to) || opens_with_group(sentence)
}

/// `Sopranos, bring your scores`: people of a kind.
fn opens_with_group(sentence: &Sentence) -> bool {
    let Some(first) = sentence.tokens.first() else {
        return false;
    };
    let plural = first.lower.ends_with('s') && !first.lower.ends_with("ss");
    first.capital
        && plural
        && first.lower.chars().count() > 5
        && first.kind == Kind::Word
        && !lexicon::is_first_name(&first.lower)
        && first.verb.is_none()
        && sentence
            .tokens
            .get(1)
            .is_some_and(|next| next.any(&[",", "!"]))
        && sentence.tokens.get(2).is_some_and(|next| {
            next.any(&["please", "pls"]) || next.verb.is_some_and(|verb| verb.forms.base)
        })
}
