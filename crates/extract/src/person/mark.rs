//! Marks of who is to do a task: `@kim`, `(Ali)`, `– Ines`, `-> Tom`, `..... Fenna .....`.

use std::ops::Range;

use super::{Named, capitalised, is_no_name, lexicon_word, no_name};
use crate::lexicon::{self, Lean};
use crate::token::{Kind, List, Mask, Token, list};

/// Words before a handle that make it somebody to speak to or of, not the one who does it.
pub(crate) const OTHERS: List<'static> = list![
    "from", "with", "to", "for", "about", "of", "and", "ask", "tell", "ping", "cc", "tag", "email",
    "call", "remind", "message", "dm", "ping", "via", "invite", "meet", "thank", "nudge", "chase",
    "text", "than", "like", "per", "see", "follow", "at",
];

/// Whether a token can be the name of a person in a mark.
fn is_person(tokens: &[Token], at: usize, people: &Named) -> bool {
    let Some(token) = tokens
        .get(at)
        .filter(|token| token.kind == Kind::Word && token.mask == Mask::None)
    else {
        return false;
    };
    if token.lower.starts_with('@') || people.has(token) {
        return true;
    }
    if !token.capital || titled(tokens, at) {
        return false;
    }
    if token.upper && token.is("it") {
        return true;
    }
    // `[SHOP-66]`, `(URGENT)` name no one.
    let coded = token.lower.bytes().any(|byte| byte.is_ascii_digit())
        || (token.upper && token.lower.chars().count() > 3);
    !coded
        && !no_name(token)
        && (token.is_first_name() || token.is_role() || !lexicon_word(&token.lower))
}

/// Finds who is marked as the one to do it, and masks the mark.
///
/// Marks are a handle (`@kim`), a name alone in brackets (`(Ali)`), or after a dash, an arrow, a row
/// of dots or a comma at the end (`– Ines`).
pub(crate) fn mark(tokens: &mut [Token], people: &Named, listed: bool) -> Option<String> {
    let found = column(tokens)
        .or_else(|| last_mark(tokens, people, listed))
        .or_else(|| asked_behind(tokens, people))
        .or_else(|| takes_it(tokens, people, listed));
    let (name, range) = found?;
    for token in &mut tokens[range] {
        token.mask = Mask::Person;
    }
    Some(name)
}

/// `can you add it Ilse?`: who is asked, behind a deed that names its object by a pronoun.
fn asked_behind(tokens: &[Token], people: &Named) -> Option<(String, Range<usize>)> {
    let end = tokens.iter().rposition(Token::is_word)?;
    let asks = tokens[end..].iter().any(|token| token.is("?"))
        && tokens[end.checked_sub(1)?].any(list!["it", "that", "this", "them", "those"])
        && tokens.windows(2).any(|pair| {
            pair[0].any(list!["can", "could", "would", "will"]) && pair[1].any(list!["you", "u"])
        });
    (asks && is_person(tokens, end, people)).then(|| (shown(tokens, end, end + 1), end..end + 1))
}

/// `face painting: Marie does it`, `hedge – Paul takes care of that`: who does what an item names.
fn takes_it(tokens: &[Token], people: &Named, listed: bool) -> Option<(String, Range<usize>)> {
    if !listed {
        return None;
    }
    let last = tokens.iter().rposition(Token::is_word)?;
    if !tokens[last].any(list!["it", "that", "this", "them", "those"]) {
        return None;
    }
    let cares = tokens[last.checked_sub(1)?].is("of") && tokens[last.checked_sub(2)?].is("care");
    let verb = last - if cares { 3 } else { 1 };
    let does = if cares {
        list!["takes", "take"]
    } else {
        list![
            "does",
            "handles",
            "organises",
            "organizes",
            "arranges",
            "sorts",
            "makes",
            "brings",
            "manages",
        ]
    };
    let name = verb.checked_sub(1)?;
    let mark = name.checked_sub(1).filter(|mark| *mark > 0)?;
    let parted = tokens[mark].is(":") || tokens[mark].is_dash() || tokens[mark].is_arrow();
    (parted && tokens[verb].any(does) && is_person(tokens, name, people))
        .then(|| (shown(tokens, name, verb), mark..last + 1))
}

fn last_mark(tokens: &[Token], people: &Named, listed: bool) -> Option<(String, Range<usize>)> {
    let mut found = None;
    for at in 0..tokens.len() {
        if tokens[at].lower.starts_with('@') && tokens[at].mask == Mask::None {
            if let Some(name) = handle(tokens, at, people, listed) {
                found = Some((name, at..at + 1));
            }
        } else if is_person(tokens, at, people)
            && let Some(range) = beside(tokens, at, people, listed)
        {
            found = Some((shown(tokens, at, name_end(tokens, at, people)), range));
        }
    }
    found
}

/// Nothing but marks and what is read already from `end` on.
fn ends(tokens: &[Token], end: usize) -> bool {
    tokens[end..]
        .iter()
        .all(|token| token.is_mark() || token.mask != Mask::None || token.kind == Kind::Symbol)
}

/// `@kim` in an item or at the end; `from @kim` and `@errands` name nobody who does it.
fn handle(tokens: &[Token], at: usize, people: &Named, listed: bool) -> Option<String> {
    let name = tokens[at].lower.trim_start_matches('@');
    let other = at
        .checked_sub(1)
        .is_some_and(|before| tokens[before].any(OTHERS));
    let thing = is_place(name, people);
    let marks = (listed && !acts(tokens, at)) || ends(tokens, at + 1);
    (marks && !other && !thing && name.chars().any(char::is_alphanumeric)).then(|| name.to_owned())
}

/// `the lease ends in May. @Sara renews it asap`: a handle that is the subject of what is done.
fn acts(tokens: &[Token], at: usize) -> bool {
    tokens
        .get(at + 1)
        .and_then(|next| next.verb)
        .is_some_and(|verb| verb.forms.only_third() && verb.lean != Lean::State)
        && !tokens[at + 1].any(list!["has", "is", "does", "needs", "wants", "knows"])
        && tokens.get(at + 2).is_some_and(Token::is_word)
}

/// `@errands`, `@phone`: where or by what a thing is done.
pub(crate) fn is_place(name: &str, people: &Named) -> bool {
    !people.contains(name)
        && !lexicon::is_first_name(name)
        && !lexicon::is_role(name)
        && (is_no_name(name) || lexicon_word(name))
}

/// `Mr Osei`, `Dr. Lahtinen`: a title before a name.
fn titled(tokens: &[Token], at: usize) -> bool {
    let dot = usize::from(tokens.get(at + 1).is_some_and(|next| next.is(".")));
    // `straw – farmer Tönnes`
    let role = !tokens[at].capital && dot == 0 && tokens[at].is_role();
    (role || tokens[at].capital && super::is_title(&tokens[at].lower))
        && tokens
            .get(at + 1 + dot)
            .is_some_and(|next| next.capital && next.kind == Kind::Word)
}

/// What a name at `at` and the mark around it take up, if there is a mark.
fn beside(tokens: &[Token], at: usize, people: &Named, listed: bool) -> Option<Range<usize>> {
    let dot = usize::from(at > 1 && tokens[at - 1].is("."));
    let title = (at > dot && titled(tokens, at - 1 - dot)).then_some(1 + dot);
    beside_words(tokens, at, title.unwrap_or(0), people)
        .or_else(|| listed.then(|| in_item(tokens, at, people))?)
}

/// `Gutters: Ilse, P3, before it rains`, `Gutters: must, Ilse, by May`, `Gutters / Ilse, today`,
/// `gutters ... Ilse`: a name in an item, parted from what is to be done.
fn in_item(tokens: &[Token], at: usize, people: &Named) -> Option<Range<usize>> {
    let known = tokens[at].is_first_name() || people.has(&tokens[at]);
    let before = &tokens[at.checked_sub(1)?];
    let end = name_end(tokens, at, people);
    let next = tokens.get(end);
    let stops = next.is_none_or(|next| next.any(list![",", ";", "/", ".", "("]));
    // `shirts – Ilse – count the sizes`
    if before.is_dash() && next.is_some_and(Token::is_dash) && known && at > 1 {
        return Some(at - 1..end);
    }
    let leads = before.is_mark() && (before.lower.starts_with("...") || before.is("…"));
    let marked = if leads {
        ends(tokens, end)
    } else if before.any(list![":", "/"]) {
        // `lunch w/ Ilse`
        let apart = before.is(":") || before.start > tokens[at.saturating_sub(2)].end;
        known && stops && at > 1 && apart
    } else {
        let dated = next.is_some_and(|next| next.is(","))
            && tokens
                .get(end + 1)
                .is_some_and(|next| matches!(next.mask, Mask::Date(_) | Mask::Priority));
        before.is(",") && known && dated
    };
    marked.then_some(at - 1..end)
}

/// As [`beside`], where `title` tokens before the name belong to it.
fn beside_words(tokens: &[Token], at: usize, title: usize, people: &Named) -> Option<Range<usize>> {
    let before = &tokens[at.checked_sub(1 + title)?];
    let end = name_end(tokens, at, people);
    let next = tokens.get(end);
    let closes = next.is_some_and(|token| token.any(list![")", "]"]));
    if before.any(list!["(", "["]) {
        let goes_on = next.is_some_and(|token| {
            token.any(list![",", "-", "–", ";"])
                || matches!(token.mask, Mask::Date(_) | Mask::Priority)
        });
        return (closes || goes_on).then(|| at - 1 - title..end + usize::from(closes));
    }
    if at < 2 + title {
        return None;
    }
    let ends = ends(tokens, end) || more(tokens, end);
    let pauses = next.is_some_and(|token| token.any(list![",", ";", "(", "."]));
    let dashed = next.is_some_and(Token::is_dash);
    let known = title > 0 || tokens[at].is_first_name() || people.has(&tokens[at]);
    let marked = if before.is_arrow() {
        ends || pauses && listed_rest(tokens, end + 1)
    } else if before.is_dash() {
        let column = dashed && known && tokens.len() <= 12;
        ends || column || pauses && listed_rest(tokens, end)
    } else if before.is(":") {
        known && (ends || pauses && listed_rest(tokens, end))
    } else {
        let starred = before.is_mark() && before.lower.starts_with('*')
            || matches!(before.mask, Mask::Priority);
        // `draw up the plan – owner Ilse – by May`
        let owner =
            before.any(list!["owner", "assignee", "responsible"]) && (ends || pauses || dashed);
        let role = tokens[at].is_role() && before.is(";");
        (before.any(list![",", "=", ";"]) || starred) && (known || role) && ends || owner
    };
    let from = if before.mask == Mask::Priority {
        at - title
    } else {
        at - 1 - title
    };
    marked.then_some(from..end)
}

/// `Jens + 2`, `Gabe 8/l0`: a number behind the name, and nothing else.
fn more(tokens: &[Token], end: usize) -> bool {
    let words: Vec<&Token> = tokens[end..]
        .iter()
        .filter(|token| !token.is_mark() && token.mask == Mask::None && !token.is("+"))
        .collect();
    words.len() == 1 && words[0].lower.starts_with(|c: char| c.is_ascii_digit())
}

/// `Sitemap approval ...... board ...... 10 Feb`: the second column of a plan set with dots.
fn column(tokens: &[Token]) -> Option<(String, Range<usize>)> {
    let dots = |at: &usize| tokens[*at].is_mark() && tokens[*at].lower.starts_with("...");
    let mut gaps = (1..tokens.len()).filter(dots);
    let (first, second) = (gaps.next()?, gaps.next()?);
    let cell = first + 1..second;
    let named = (1..=3).contains(&cell.len())
        && tokens[cell.clone()].iter().all(|token| {
            token.kind == Kind::Word && token.mask == Mask::None && !token.lower.contains('/')
        });
    if !named {
        return None;
    }
    let name = tokens[cell.clone()]
        .iter()
        .map(|token| {
            if token.capital {
                capitalised(token)
            } else {
                token.lower.clone()
            }
        })
        .collect::<Vec<_>>()
        .join(" ");
    Some((name, cell))
}

fn listed_rest(tokens: &[Token], from: usize) -> bool {
    tokens[from..]
        .iter()
        .filter(|token| token.mask == Mask::None && token.is_word())
        .count()
        <= 3
}

fn name_end(tokens: &[Token], at: usize, people: &Named) -> usize {
    let mut end = at + 1;
    if tokens
        .get(end)
        .is_some_and(|token| token.any(list!["and", "&", "+", "/"]))
        && is_person(tokens, end + 1, people)
    {
        end += 2;
    } else if is_person(tokens, end, people) && tokens[end].capital {
        end += 1;
    }
    end
}

fn shown(tokens: &[Token], at: usize, end: usize) -> String {
    let first = capitalised(&tokens[at]);
    if end - at == 3 {
        format!("{first} and {}", capitalised(&tokens[end - 1]))
    } else {
        first
    }
}
