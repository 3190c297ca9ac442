//! Who is spoken to: a name in front, behind the last comma, between two, or a whole crowd.

use crate::detect::Source;
use crate::sentence::Sentence;
use crate::token::{Kind, List, Mask, Token, list};
use crate::{area, lexicon, person};

/// `@Marek write …`, `Arne the cellar is full`: a name in front without a comma.
pub(super) fn hailed(source: &Source<'_>, index: usize) -> Option<String> {
    let sentence = &source.sentences[index];
    let first = sentence.tokens.iter().position(|token| {
        token.is_word()
            && !token.any(list![
                "hi", "hey", "hello", "ok", "super", "thanks", "also", "and", "but", "so", "oh",
                "now", "well",
            ])
    })?;
    let token = &sentence.tokens[first];
    if let Some(handle) = token.lower.strip_prefix('@') {
        if person::mark::is_place(handle, &source.document.people) {
            return None;
        }
        let shown = source.text[token.start..token.end].trim_start_matches('@');
        return (!handle.is_empty()).then(|| shown.to_owned());
    }
    // `jess cud u reset it`
    let small = first == 0 && token.verb.is_none() && token.mask == Mask::None;
    let known = (token.capital || small)
        && (source.document.people.contains(&token.lower) || token.is_first_name());
    // `Gareth – can you chase them?`
    let apart = sentence
        .tokens
        .get(first + 1)
        .is_some_and(|next| next.is_dash() || next.any(list![",", ":", "!"]));
    // `And Roddie, would you mind …?`
    let known = known || apart && first > 0 && is_shaped(&sentence.tokens, first);
    let first = first + usize::from(apart);
    let spoken_to = sentence
        .tokens
        .get(first + 1)
        .is_some_and(|next| next.any(list!["please", "pls", "you", "u", "the", "your"]))
        || sentence.tokens.get(first + 1).is_some_and(|next| {
            next.any(list![
                "can", "could", "would", "cud", "cld", "wud", "kan", "kann", "will",
            ])
        }) && sentence
            .tokens
            .get(first + 2)
            .is_some_and(|next| next.any(list!["you", "u", "ya"]));
    (known && spoken_to).then(|| source.text[token.start..token.end].to_owned())
}

/// `Can you send the file, Noor?`: a name behind the last comma.
pub(super) fn last_vocative(sentence: &Sentence) -> Option<String> {
    let end = sentence.tokens.iter().rposition(|token| !token.is_mark())?;
    let (before, last) = (end.checked_sub(2)?, &sentence.tokens[end]);
    // `Cheers, Shaz` is signed.
    let signs = sentence.tokens[before].any(list![
        "cheers",
        "thanks",
        "thx",
        "regards",
        "love",
        "best",
        "sincerely",
        "xx",
        "x",
        "ta",
        "kiss",
        "kisses",
        "hugs",
        "bises",
        "ciao",
        "greetings",
        "yours",
    ]) && before < 3
        // `Thank you, Shaz`, but `Three for you, Shaz`
        || sentence.tokens[before].is("you") && before < 2;
    let comma = sentence.tokens[end - 1].is(",") && !signs;
    let lower = last.lower.as_str();
    let listed = lexicon::is_first_name(lower);
    // `can you top it up tonight Dieter?`
    let behind_day = sentence.tokens[end - 1].is_dated()
        && listed
        && last.capital
        && last.mask == Mask::None
        && sentence.actions().next().is_some();
    if behind_day {
        return Some(person::capitalised(last));
    }
    // `in Lagos, Nigeria` speaks to no one; neither do the items of a list.
    // `Don't call the sailmaker, Cato.`
    let forbids =
        |clause: &crate::clause::Clause| matches!(clause.head, crate::clause::Head::Negated(_));
    let orders = sentence.actions().next().is_some() || sentence.clauses.iter().any(forbids);
    let shaped = is_shaped(&sentence.tokens, end) && orders;
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
            let told = if next.any(list![",", ":", "–", "—"]) {
                after?
            } else {
                next
            };
            let ordered = told.any(list!["please", "pls", "can", "could", "would", "will"])
                || lexicon::base_verb(&told.lower).is_some();
            let shown = source.text[tokens[at].start..tokens[at].end].trim_start_matches('@');
            return ordered.then(|| shown.to_owned());
        }
        let asked = || {
            next.any(list!["u", "you", "pls", "please"])
                && after.is_some_and(|token| {
                    token.any(list![
                        "should", "can", "could", "must", "need", "have", "will", "still",
                    ]) || acts(token)
                })
        };
        // `Hi Ana and Ben, can you two …` speaks to both.
        let pair = at > 1
            && tokens[at - 1].any(list!["and", "&"])
            && tokens[at - 2].capital
            && tokens[at - 2].is_first_name();
        if pair {
            return None;
        }
        let known = || {
            tokens[at].kind == Kind::Word
                && tokens[at].mask == Mask::None
                && (source.document.people.contains(&tokens[at].lower)
                    || tokens[at].is_first_name())
        };
        let called = || tokens[at].capital && is_called(tokens, at, known());
        let told = || asked() && opens(&tokens[at - 1]) && known();
        (called() || told()).then(|| source.text[tokens[at].start..tokens[at].end].to_owned())
    })
}

/// A word that orders or asks.
fn acts(token: &Token) -> bool {
    token.any(list!["please", "pls", "can", "could", "would", "will"])
        || lexicon::base_verb(&token.lower).is_some_and(|verb| {
            verb.lean == lexicon::Lean::Verb || token.any(list!["call", "ring"])
        })
}

/// What can stand before the name of one who is called.
fn opens(before: &Token) -> bool {
    before.is_mark() && !before.any(list!["(", "[", "/", ".", "\"", "'", "&", "+"])
        || before.any(list![
            "but",
            "and",
            "so",
            "ok",
            "okay",
            "then",
            "oh",
            "hey",
            "hi",
            "now",
            "right",
            "also",
            "meanwhile",
        ])
}

/// `Two asks, Lena: ring the bank`, `ASAP: Lena, pull it`, `drain it today, Lena, before dusk`, `for Lena: the
/// keys`: a name between marks that is none of a row of names, and neither explains a word nor is explained.
fn is_called(tokens: &[Token], at: usize, known: bool) -> bool {
    let before = &tokens[at - 1];
    // `Mo: blood test` opens with a day.
    let long = tokens[at].lower.chars().count() > 2;
    let needed = before.is("you") && known;
    let stops = |mark: &Token| {
        mark.is(",") || mark.is(":") && long || needed && mark.any(list!["is", "to"])
    };
    let Some(after) = tokens
        .get(at + 2)
        .filter(|_| tokens.get(at + 1).is_some_and(stops))
    else {
        return false;
    };
    // `Top priority for Lena: mend the gate`
    if before.any(list!["for", "to"]) && tokens[at + 1].is(":") {
        return known;
    }
    // `if it's you Antonella, send it`, `what I need from you Piero is …`
    if before.is("you") && known {
        return true;
    }
    let named = |token: &Token| token.capital && token.kind == Kind::Word && token.is_first_name();
    let row = named(after)
        || after.any(list!["and", "&", "or"]) && tokens.get(at + 3).is_some_and(named)
        || before.any(list![",", "and"]) && at > 1 && named(&tokens[at - 2]);
    if !opens(before) || row {
        return false;
    }
    let explained = after.any(list![
        "who", "whose", "which", "whom", "my", "our", "his", "her", "their", "a", "an", "from",
        "of",
    ]);
    let told = after.any(list![
        "is", "are", "has", "will", "was", "had", "'s", "would", "must",
    ]) || after
        .verb
        .is_some_and(|verb| (verb.forms.third || verb.forms.past) && !verb.forms.base);
    if tokens[at + 1].is(",") && (explained || told || before.is(",") && explains(tokens, at - 1)) {
        return false;
    }
    let ordered = after.any(list!["you", "u", "your", "please", "pls", "could", "can"])
        || acts(after)
        || lexicon::base_verb(&after.lower).is_some() && tokens[at + 1].is(":");
    // `Really important, Zsófi: the milk must not stand`
    let marked = tokens[..at]
        .iter()
        .all(|token| token.is_mark() || token.mask == Mask::Priority)
        && tokens[at + 1].is(":");
    known || (ordered || marked) && before.is(",") && is_shaped(tokens, at)
}

/// `our plumber, Lena, says`: the words before a comma are of the one whom the name behind it tells.
fn explains(tokens: &[Token], comma: usize) -> bool {
    let Some(noun) = comma.checked_sub(1).map(|at| &tokens[at]) else {
        return false;
    };
    let theirs = |token: &Token| {
        token.any(list![
            "my", "our", "his", "her", "their", "the", "a", "an", "this", "'s",
        ])
    };
    let owned = (1..=3)
        .filter_map(|steps| comma.checked_sub(1 + steps))
        .any(|at| theirs(&tokens[at]));
    owned && (noun.is_role() || person::is_kin(&noun.lower))
}

/// A word that can only be a name: it has a capital in the middle of a sentence, and no other meaning.
fn is_shaped(tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    token.capital
        && !token.upper
        && token.mask == Mask::None
        && token.kind == Kind::Word
        && !token.is("i")
        && !person::no_name(token)
        && lexicon::verb(&token.lower).is_none()
        && !area::knows(&token.lower)
        && at
            .checked_sub(2)
            .is_none_or(|before| !tokens[before].capital || tokens[before].mask != Mask::None)
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
    const ALL: List<'static> = list![
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
    let spoken_to = |at: usize| {
        let token = &sentence.tokens[at];
        let next = sentence.tokens.get(at + 1);
        let before = at.checked_sub(1).map(|before| &sentence.tokens[before]);
        let opens = before.is_none_or(|token| {
            token.is_mark()
                || token.any(list!["hi", "hey", "hello", "dear", "and", "please", "pls"])
        });
        let stops = next.is_some_and(|token| {
            token.any(list![
                ",", ":", "!", "–", "—", "-", "please", "pls", "kindly", "else",
            ])
        });
        opens && (stops || token.is("whoever"))
    };
    let mut all = (0..sentence.tokens.len()).filter(|at| sentence.tokens[*at].any(ALL));
    all.any(spoken_to) || opens_with_group(sentence)
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
        && !first.is_first_name()
        && first.verb.is_none()
        && sentence
            .tokens
            .get(1)
            .is_some_and(|next| next.any(list![",", "!"]))
        && sentence.tokens.get(2).is_some_and(|next| {
            next.any(list!["please", "pls"]) || next.verb.is_some_and(|verb| verb.forms.base)
        })
}

#[cfg(test)]
mod tests {
    use crate::testing::assignees;

    #[test]
    fn a_name_between_marks_is_called() {
        for text in [
            "Urgent: Nora, print the badges before noon.",
            "Not urgent – Nora: sort the post.",
            "Two requests, Nora: water the ferns and lock the shed.",
            "Descale the kettle today, Nora, before the guests come.",
            "Top priority for Nora: mend the fence.",
            "The van leaves at ten, so Nora, load the chairs by nine.",
        ] {
            assert_eq!(
                assignees(text).first(),
                Some(&Some("Nora".to_owned())),
                "{text}"
            );
        }
    }

    #[test]
    fn a_name_behind_the_day_or_behind_you_is_called() {
        for text in [
            "Could you top up the phone tonight Nora?",
            "If it's you Nora, send the linen to the laundry by Monday.",
        ] {
            assert_eq!(
                assignees(text).first(),
                Some(&Some("Nora".to_owned())),
                "{text}"
            );
        }
    }

    #[test]
    fn names_in_a_row_or_explained_are_not_called() {
        for text in [
            "Please buy presents for Ida, Nora, and Ben by Friday.",
            "Please ask our plumber, Nora, for the bill by Friday.",
        ] {
            assert_eq!(assignees(text), [None], "{text}");
        }
    }
}
