//! The words of a task: imperative, short, without dates, people and marks of urgency.

mod ends;
mod joined;
mod tail;

use crate::action::opener::{Opener, Shape};
use crate::clause::{Head, Order};
use crate::lexicon;
use crate::sentence::Sentence;
use crate::token::{Token, list};
pub(crate) use ends::clean;
use joined::actively;
use tail::{cut_time, without_tail};

/// Longest summary, in characters.
const LONGEST: usize = 200;

/// The summary of the action in a clause, and the tokens it is made of.
pub(crate) fn of(
    text: &str,
    sentence: &Sentence,
    clause: usize,
    opener: &Opener,
) -> (String, Vec<usize>) {
    let end = sentence.clauses[clause].full.end;
    let verb = opener.verb;
    let base = sentence
        .token(verb)
        .map_or_else(String::new, |token| lexicon::plain_form(&token.lower));
    let mut words: Vec<usize> = Vec::new();
    let mut head = base;
    match &opener.shape {
        Shape::Active => words.extend(verb + 1..without_tail(sentence, verb + 1..end)),
        // `get the sheets signed` stays as it is worded.
        Shape::Causative { object }
            if object.start > 0
                && matches!(
                    sentence.lower(object.start - 1),
                    "get" | "have" | "getting" | "having" | "gets" | "has"
                ) =>
        {
            let has = sentence.lower(object.start - 1).starts_with('h');
            (if has { "have" } else { "get" }).clone_into(&mut head);
            words.extend(object.start..end);
        }
        Shape::Subject { object } => words.extend(object.clone()),
        Shape::Passive { object } | Shape::Causative { object } => {
            words.extend(done_to(sentence, object, verb + 1..end));
        }
        Shape::Placed {
            verb: bring,
            object,
        } => {
            let end = (verb + 1..end)
                .find(|word| sentence.lower(*word) == ",")
                .unwrap_or(end);
            (*bring).clone_into(&mut head);
            words.extend(object.clone());
            words.extend(verb + 1..end);
        }
        Shape::Thing { verb, object } => {
            (*verb).clone_into(&mut head);
            words.extend(object.clone());
        }
    }
    let mut tokens: Vec<usize> = words
        .into_iter()
        .filter_map(|word| sentence.at.get(word).copied())
        .collect();
    tokens.extend(listing(sentence, clause, end));
    cut_time(sentence, &mut tokens);
    clean(sentence, &mut tokens);
    let mut rest = render(text, &sentence.tokens, &tokens);
    // `the papers have to be with Mr Tran`: they get to him.
    if matches!(opener.shape, Shape::Placed { .. })
        && sentence.lower(verb + 1) == "with"
        && let Some((thing, whom)) = rest.rsplit_once(" with ")
    {
        rest = format!("{thing} to {whom}");
    }
    rest = actively(sentence, opener, &tokens, rest);
    if let Shape::Passive { object } = &opener.shape
        && object.len() == 1
    {
        rest = done_to_them(rest);
    }
    // A word that stood first in its sentence has its capital from there.
    if tokens
        .first()
        .is_some_and(|at| *at == 0 && !sentence.tokens[0].upper && is_common(&sentence.tokens[0]))
    {
        rest = lower_first(&rest);
    }
    if head == "rsvp" {
        head.make_ascii_uppercase();
    }
    let mut summary = head;
    if !rest.is_empty() {
        summary.push(' ');
        summary.push_str(&rest);
    }
    if let Some(condition) = condition(text, sentence, clause) {
        summary.push(' ');
        summary.push_str(&condition);
    }
    (finish(&summary), tokens)
}

/// `they need to be picked up`: `pick them up`, where nobody knows whom.
fn done_to_them(rest: String) -> String {
    let mut words: Vec<&str> = rest.split(' ').collect();
    let Some(at) = words.iter().take(2).position(|word| {
        matches!(
            *word,
            "They" | "they" | "It" | "This" | "That" | "These" | "Those"
        )
    }) else {
        return rest;
    };
    words[at] = match words[at] {
        "They" | "they" => "them",
        "It" => "it",
        "This" => "this",
        "That" => "that",
        "These" => "these",
        _ => "those",
    };
    if at == 1 && particle(words[0]) {
        words.swap(0, 1);
    }
    words.join(" ")
}

/// The words of a deed that is told from what it is done to: the thing, and what stands behind the verb.
fn done_to(
    sentence: &Sentence,
    object: &std::ops::Range<usize>,
    behind: std::ops::Range<usize>,
) -> Vec<usize> {
    let mut words: Vec<usize> = Vec::new();
    // `the hives need checking, first warm day`: what follows a comma only adds to it.
    let end = (behind.clone())
        .find(|word| sentence.lower(*word) == ",")
        .unwrap_or(behind.end);
    let rest: Vec<usize> = agentless(sentence, behind.start..end);
    // `written down`: the particle stays with its verb.
    let particle = rest
        .first()
        .filter(|at| {
            particle(sentence.lower(**at))
                // `turned on in April`
                || sentence.lower(**at) == "on"
                    && matches!(sentence.lower(**at - 1), "turned" | "switched" | "put")
                    && rest.get(1).is_none()
                || sentence.lower(**at) == "in"
                    && rest
                        .get(1)
                        .and_then(|at| sentence.token(*at))
                        .is_none_or(Token::is_mark)
        })
        .copied()
        // `moved out of the hall`, `posted through the door`: it says where.
        .filter(|at| !leads_on(sentence, at + 1));
    // `cut it back`: behind a pronoun.
    let pronoun = object.len() == 1 && matches!(sentence.lower(object.start), "it" | "them");
    words.extend(particle.filter(|_| !pronoun));
    words.extend(object.clone());
    words.extend(particle.filter(|_| pronoun));
    words.extend(rest.into_iter().filter(|at| Some(*at) != particle));
    words
}

/// The summary of an item that names its task by a noun.
pub(crate) fn of_noun(
    text: &str,
    sentence: &Sentence,
    words: std::ops::Range<usize>,
    nominal: Option<(usize, &str)>,
) -> (String, Vec<usize>) {
    let mut tokens: Vec<usize> = words
        .clone()
        .filter(|word| nominal.is_none_or(|(at, _)| at != *word))
        .filter_map(|word| sentence.at.get(word).copied())
        .collect();
    clean(sentence, &mut tokens);
    let rest = render(text, &sentence.tokens, &tokens);
    let summary = match nominal {
        Some((_, verb)) => {
            let first = tokens.first().map(|at| &sentence.tokens[*at]);
            let common = first.is_some_and(|token| !token.upper && is_common(token));
            format!("{verb} {}", if common { lower_first(&rest) } else { rest })
        }
        None => rest,
    };
    (finish(&summary), tokens)
}

/// What follows an action after a colon: `order supplies: pens, paper`.
fn listing(sentence: &Sentence, clause: usize, end: usize) -> Vec<usize> {
    let Some(next) = sentence.clauses.get(clause + 1) else {
        return Vec::new();
    };
    let short = next.full.len() <= 12 && next.head == Head::Phrase && sentence.lower(end) == ":";
    let words = if short { next.full.clone() } else { 0..0 };
    words
        .filter_map(|word| sentence.at.get(word).copied())
        .collect()
}

/// The condition under which it is to be done, in a few words.
fn condition(text: &str, sentence: &Sentence, clause: usize) -> Option<String> {
    let is_condition = |at: usize| {
        matches!(
            sentence.clauses.get(at).map(|clause| &clause.head),
            Some(Head::Subordinate(Order::Condition))
        )
    };
    // What is joined to a deed shares its condition.
    let mut first = clause;
    while first > 0
        && matches!(sentence.clauses[first].head, Head::Action(_))
        && sentence.clauses[first].lead.joined
        && matches!(sentence.clauses[first - 1].head, Head::Action(_))
    {
        first -= 1;
    }
    // `and if not, book the hall`: under the opposite one.
    let own = &sentence.clauses[clause];
    if (own.full.start..own.start).any(|word| matches!(sentence.lower(word), "not" | "otherwise")) {
        return None;
    }
    let at = [first.checked_sub(1), Some(clause + 1)]
        .into_iter()
        .flatten()
        .find(|at| is_condition(*at) && (*at < clause || !opens_next(sentence, *at)))?;
    let found = &sentence.clauses[at];
    // `if you have anything in the morning`: what the other one may be able to offer.
    let start = found.full.start;
    let offered = sentence.lower(start) == "if"
        && matches!(sentence.lower(start + 1), "you" | "there" | "they")
        && matches!(sentence.lower(start + 2), "have" | "'ve" | "'s" | "is")
        && matches!(
            sentence.lower(start + 3),
            "anything" | "something" | "space" | "room"
        );
    if offered {
        return None;
    }
    // `if you like`, `if that helps`: a courtesy.
    let polite = found.full.len() <= 5
        && (found.full.clone()).any(|word| {
            matches!(
                sentence.lower(word),
                "like" | "want" | "wish" | "helps" | "possible" | "poss" | "ok" | "okay" | "prefer"
            )
        });
    if polite {
        return None;
    }
    let mut tokens: Vec<usize> = (found.start..found.full.end)
        .filter_map(|word| sentence.at.get(word).copied())
        .collect();
    clean(sentence, &mut tokens);
    (tokens.len() <= 14).then(|| {
        let words = lower_first(&render(text, &sentence.tokens, &tokens));
        // `should the fridge fail`: said with `if`.
        match words.strip_prefix("should ") {
            Some(rest) => format!("if {rest}"),
            None => words,
        }
    })
}

/// `…, and if it rains, bring the chairs in`: the condition of the deed behind it.
fn opens_next(sentence: &Sentence, condition: usize) -> bool {
    sentence.clauses[condition].lead.joined && condition + 1 < sentence.clauses.len()
}

/// A word that is no name.
fn is_common(token: &Token) -> bool {
    token.any(list![
        "the", "a", "an", "my", "our", "your", "her", "his", "their", "this", "these", "all",
        "both"
    ]) || token.verb.is_some()
        || crate::area::knows(&token.lower)
}

/// First letter small.
pub(crate) fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(chars).collect()
    })
}

/// Leaves out `by Kim`.
fn agentless(sentence: &Sentence, range: std::ops::Range<usize>) -> Vec<usize> {
    let by = range.clone().find(|word| {
        sentence.lower(*word) == "by"
            && sentence.token(*word + 1).is_some_and(|token| {
                token.capital || token.any(list!["me", "you", "us", "the"]) || token.is_role()
            })
    });
    match by {
        None => range.collect(),
        Some(by) => {
            let mut end = by + 2 + usize::from(matches!(sentence.lower(by + 1), "the"));
            end += usize::from(
                sentence
                    .token(end)
                    .is_some_and(|token| token.capital && token.is_word()),
            );
            range.filter(|word| *word < by || *word >= end).collect()
        }
    }
}

pub(crate) fn particle(word: &str) -> bool {
    matches!(
        word,
        "up" | "down" | "off" | "out" | "over" | "back" | "away" | "through"
    )
}

/// Whether the word makes the particle before it a preposition.
fn leads_on(sentence: &Sentence, word: usize) -> bool {
    let own = list![
        "of", "the", "our", "my", "your", "his", "her", "their", "this", "that", "a",
    ];
    sentence.token(word).is_some_and(|token| token.any(own))
}

/// Writes tokens with the spaces of the text.
pub(crate) fn render(text: &str, all: &[Token], tokens: &[usize]) -> String {
    // A word and its blank take about six bytes.
    let mut out = String::with_capacity(tokens.len() * 8);
    let mut last: Option<usize> = None;
    for at in tokens {
        let token = &all[*at];
        let tight = last.is_some_and(|last: usize| last + 1 == *at && all[last].end == token.start)
            || token.any(list![
                ",", ".", ";", ":", "!", "?", ")", "'s", "n't", "'ll", "'re", "'ve", "'m", "'d",
            ]);
        if !out.is_empty() && !tight {
            out.push(' ');
        }
        // `Turn on the tap`, where the tap opens the sentence.
        let opened = *at == 0 && token.any(list!["the", "a", "an", "my", "our", "your"]);
        if opened && !out.is_empty() {
            out.push_str(&token.lower);
        } else {
            out.push_str(token.shown(text));
        }
        last = Some(*at);
    }
    out
}

/// `1.2 Map the process`: without the number in front.
fn unnumbered(summary: &str) -> &str {
    match summary.split_once(' ') {
        Some((number, rest))
            if number.contains('.')
                && number.chars().all(|c| c.is_ascii_digit() || c == '.')
                && rest.starts_with(char::is_uppercase) =>
        {
            rest
        }
        _ => summary,
    }
}

/// First letter a capital, no more than the longest length.
pub(crate) fn finish(summary: &str) -> String {
    let trimmed = summary.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | ':' | '.' | '!' | '-' | '–' | '*')
    });
    // `[BUG] The export hangs`, with its first bracket cut.
    let trimmed = trimmed
        .split_once("] ")
        .filter(|(kind, _)| kind.len() <= 12 && !kind.contains(['[', ' ']))
        .map_or(trimmed, |(_, rest)| rest);
    let trimmed = unnumbered(trimmed);
    let capitalised = crate::words::capitalised(trimmed);
    if capitalised.chars().count() <= LONGEST {
        return capitalised;
    }
    let cut: String = capitalised.chars().take(LONGEST).collect();
    cut.rsplit_once(' ')
        .map_or(cut.clone(), |(head, _)| head.to_owned())
}
