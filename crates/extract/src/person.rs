//! People in a text: names and roles as subjects, and marks such as `@kim`, `(Ali)`, `– Ines`.

mod words;

use std::collections::HashSet;

use crate::area;
use crate::clause::View;
use crate::lexicon;
use crate::token::{Kind, Mask, Token};
use words::NO_NAMES;

/// Reads a name or a role at `at`, as the text gives it; the second value is the index behind it.
pub(crate) fn name(view: &View<'_>, at: usize) -> Option<(String, usize)> {
    let (first, end) = single(view, at)?;
    if view.any(end, &["and", "&"])
        && let Some((second, end)) = single(view, end + 1)
        && view
            .get(end)
            .is_some_and(|token| token.kind == Kind::Word && !token.capital)
    {
        return Some((format!("{first} and {second}"), end));
    }
    Some((first, end))
}

fn single(view: &View<'_>, at: usize) -> Option<(String, usize)> {
    let token = view.get(at)?;
    if let Some(handle) = token.lower.strip_prefix('@') {
        let name = handle.trim_matches(|c: char| !c.is_alphanumeric());
        return (!name.is_empty()).then(|| (name.to_owned(), at + 1));
    }
    if token.any(&["the", "our", "my"]) {
        let role = view.lower(at + 1);
        let kin = [
            "brother",
            "sister",
            "wife",
            "husband",
            "son",
            "daughter",
            "mother",
            "father",
            "roommate",
            "flatmate",
            "partner",
            "colleague",
            "cousin",
            "mum",
            "mom",
            "dad",
        ];
        let (word, end) = if view.any(at + 2, &["team", "department", "manager", "guy", "lead"])
            && !token.is("my")
            && lexicon::is_role(role)
        {
            (format!("{role} {}", view.lower(at + 2)), at + 3)
        } else {
            (role.to_owned(), at + 2)
        };
        let known =
            lexicon::is_role(role) && role != "team" || (!token.is("the") && kin.contains(&role));
        return known.then_some((word, end));
    }
    if let Some(found) = initial(view, at) {
        return Some(found);
    }
    if token.kind != Kind::Word || token.lower.len() < 2 {
        return None;
    }
    let shown = capitalised(token);
    if lexicon::is_role(&token.lower) && !token.any(&["team", "teams"]) {
        let end = at + 1 + usize::from(view.any(at + 1, &["team", "lead", "department"]));
        return Some((
            if token.capital {
                shown
            } else {
                token.lower.clone()
            },
            end,
        ));
    }
    if view.people.contains(&token.lower) && (token.capital || !lexicon_word(&token.lower)) {
        return Some((shown, at + 1 + usize::from(surname(view, at + 1))));
    }
    if token.any(&["mr", "mrs", "ms", "dr", "prof", "herr", "frau"]) && token.capital {
        let dot = usize::from(view.is(at + 1, "."));
        let name = view.get(at + 1 + dot).filter(|token| token.capital)?;
        return Some((capitalised(name), at + 2 + dot));
    }
    if !token.capital || NO_NAMES.contains(&token.lower.as_str()) {
        return None;
    }
    if lexicon::is_first_name(&token.lower) {
        return Some((shown, at + 1 + usize::from(surname(view, at + 1))));
    }
    // `Walkers should use the path`: people of a kind are nobody in particular.
    let kind = ["ers", "ors", "ists", "ents", "ants", "ees", "iors"]
        .iter()
        .any(|ending| token.lower.ends_with(ending));
    (!token.upper
        && !kind
        && !lexicon_word(&token.lower)
        && token.lower.chars().all(|c| c.is_alphabetic() || c == '-'))
    .then(|| (shown, at + 1 + usize::from(surname(view, at + 1))))
}

/// `K owes B feedback`, `M. to do the course`, `Dr S. to look into it`: a letter for a name, with its
/// verb behind it.
fn initial(view: &View<'_>, at: usize) -> Option<(String, usize)> {
    let titled = view.any(at, &["dr", "mr", "mrs", "ms"]);
    let letter = at + usize::from(titled) + usize::from(titled && view.is(at + 1, "."));
    let token = view.get(letter)?;
    let single = token.capital
        && token.kind == Kind::Word
        && token.lower.chars().count() == 1
        && !token.any(&["i", "a"]);
    let end = letter + 1 + usize::from(view.is(letter + 1, "."));
    let acts = view.any(
        end,
        &["to", "will", "'ll", "must", "should", "has", "needs", "is"],
    ) || view
        .verb(end)
        .is_some_and(|verb| verb.forms.third && !verb.forms.base);
    (single && acts).then(|| (token.lower.to_uppercase(), end))
}

fn surname(view: &View<'_>, at: usize) -> bool {
    view.get(at).is_some_and(|token| {
        token.capital
            && token.kind == Kind::Word
            && !lexicon_word(&token.lower)
            && !NO_NAMES.contains(&token.lower.as_str())
    })
}

fn lexicon_word(lower: &str) -> bool {
    lexicon::verb(lower).is_some() || area::knows(lower)
}

fn capitalised(token: &Token) -> String {
    let mut chars = token.lower.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// Words that are never a name, whatever their first letter.
pub(crate) fn is_no_name(lower: &str) -> bool {
    NO_NAMES.contains(&lower)
}

/// Whether a token can be the name of a person in a mark.
fn is_person(tokens: &[Token], at: usize, people: &HashSet<String>) -> bool {
    let Some(token) = tokens
        .get(at)
        .filter(|token| token.kind == Kind::Word && token.mask == Mask::None)
    else {
        return false;
    };
    if token.lower.starts_with('@') || people.contains(&token.lower) {
        return true;
    }
    // `[SHOP-66]`, `(URGENT)` name no one.
    let coded = token.lower.bytes().any(|byte| byte.is_ascii_digit())
        || (token.upper && token.lower.chars().count() > 3);
    token.capital
        && !coded
        && !NO_NAMES.contains(&token.lower.as_str())
        && (lexicon::is_first_name(&token.lower)
            || lexicon::is_role(&token.lower)
            || !lexicon_word(&token.lower))
}

/// Finds who is marked as the one to do it, and masks the mark.
///
/// Marks are a handle (`@kim`), a name alone in brackets (`(Ali)`), or after a dash, an arrow or a
/// comma at the end (`– Ines`).
pub(crate) fn mark(tokens: &mut [Token], people: &HashSet<String>, listed: bool) -> Option<String> {
    let mut found: Option<(String, std::ops::Range<usize>)> = None;
    for at in 0..tokens.len() {
        let before = at.checked_sub(1).map(|before| &tokens[before]);
        let ends = |end: usize| {
            tokens[end..].iter().all(|token| {
                token.is_mark() || token.mask != Mask::None || token.kind == Kind::Symbol
            })
        };
        let next_closes = |end: usize| tokens.get(end).is_some_and(|token| token.any(&[")", "]"]));
        if tokens[at].lower.starts_with('@') && tokens[at].mask == Mask::None {
            if listed || ends(at + 1) {
                found = Some((
                    tokens[at].lower.trim_start_matches('@').to_owned(),
                    at..at + 1,
                ));
            }
            continue;
        }
        if !is_person(tokens, at, people) {
            continue;
        }
        let end = name_end(tokens, at, people);
        let bracket = before.is_some_and(|token| token.any(&["(", "["]))
            && (next_closes(end)
                || tokens.get(end).is_some_and(|token| {
                    token.any(&[",", "-", "–"])
                        || matches!(token.mask, Mask::Date(_) | Mask::Priority)
                }));
        let dashed = before.is_some_and(Token::is_dash)
            && at > 1
            && (ends(end)
                || tokens
                    .get(end)
                    .is_some_and(|token| token.is(",") || token.is(";"))
                    && listed_rest(tokens, end));
        let labelled = before.is_some_and(|token| token.any(&[":", ",", "="]))
            && ends(end)
            && at > 1
            && (lexicon::is_first_name(&tokens[at].lower) || people.contains(&tokens[at].lower));
        if bracket || dashed || labelled {
            found = Some((
                shown(tokens, at, end),
                at - 1..end + usize::from(bracket && next_closes(end)),
            ));
        }
    }
    let (name, range) = found?;
    for token in &mut tokens[range] {
        token.mask = Mask::Person;
    }
    Some(name)
}

fn listed_rest(tokens: &[Token], from: usize) -> bool {
    tokens[from..]
        .iter()
        .filter(|token| token.mask == Mask::None && token.is_word())
        .count()
        <= 3
}

fn name_end(tokens: &[Token], at: usize, people: &HashSet<String>) -> usize {
    let mut end = at + 1;
    if tokens
        .get(end)
        .is_some_and(|token| token.any(&["and", "&", "+", "/"]))
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
