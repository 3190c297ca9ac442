//! The noun phrases of a clause, as far as small words and the forms of verbs show them.

use crate::clause::Head;
use crate::detect::Source;
use crate::lexicon::{self, Lean};
use crate::sentence::Sentence;
use crate::token::{Kind, Mask, Token};

use super::small::{BE, DEFINITE, INDEFINITE, OUTSIDE, PREPOSITIONS};

/// What a phrase does in its clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Stands in front of a dash or a colon: what follows is about it.
    Topic,
    /// What is done to it, or had, or wanted.
    Object,
    /// Stands before the verb.
    Subject,
    /// Behind a preposition.
    Aside,
}

/// A noun phrase.
#[derive(Debug)]
pub(super) struct Phrase {
    /// Its tokens in the sentence.
    pub(super) tokens: Vec<usize>,
    pub(super) place: Place,
    pub(super) plural: bool,
    /// Has `the`, `my` and the like in front.
    pub(super) definite: bool,
}

/// Longest phrase, in words.
const LONGEST: usize = 7;

/// The noun phrases of a clause, in order.
pub(super) fn phrases(source: &Source<'_>, sentence: &Sentence, clause: usize) -> Vec<Phrase> {
    let found = &sentence.clauses[clause];
    let words: Vec<usize> = (found.full.clone())
        .filter_map(|word| sentence.at.get(word).copied())
        .collect();
    let depends = matches!(found.head, Head::Subordinate(_));
    // `the form from the hospital, you have to fill that in`: named first, then acted on.
    let leads = found.head == Head::Phrase
        && sentence.clauses.get(clause + 1).is_some_and(|next| {
            let mut words = next.full.clone();
            matches!(next.head, Head::Action(_))
                && words.any(|word| matches!(sentence.lower(word), "it" | "them" | "that"))
        });
    let mut phrases = Vec::new();
    let mut at = 0;
    let mut verb_seen = false;
    while at < words.len() {
        let token = &sentence.tokens[words[at]];
        let length = length(sentence, &words, at, verb_seen);
        if length == 0 {
            verb_seen |= is_verb(token);
            at += 1;
            continue;
        }
        let tokens: Vec<usize> = words[at..at + length].to_vec();
        let before = at.checked_sub(1).map(|at| &sentence.tokens[words[at]]);
        // `until the cabinets are out`: the conjunction is no preposition.
        let before = before.filter(|_| !(depends && words[at] == words[0] + 1));
        let place = place(before, verb_seen, {
            let next = sentence.tokens.get(tokens[length - 1] + 1);
            next.is_some_and(|next| {
                next.is_dash() || next.is(":") || leads && token.any(DEFINITE) && next.is(",")
            })
        });
        at += length;
        let determined = token.any(DEFINITE) || token.any(INDEFINITE);
        // `it is stale`: how something is, and no thing.
        let predicate = !determined && before.is_some_and(|before| before.any(BE));
        let worded = determined
            || tokens.iter().any(|at| {
                let letters = sentence.tokens[*at].lower.chars();
                letters.filter(|c| c.is_alphabetic()).count() >= 3
            });
        if predicate || !worded {
            continue;
        }
        // `if you pause during the scene`: what a condition names in passing is nothing to act on.
        if depends && place == Place::Aside || !names(source, sentence, &tokens) {
            continue;
        }
        phrases.push(Phrase {
            plural: is_plural(sentence, &tokens),
            definite: token.any(DEFINITE)
                || tokens[..tokens.len() - 1]
                    .iter()
                    .any(|at| sentence.tokens[*at].is("'s")),
            tokens,
            place,
        });
    }
    phrases
}

fn place(before: Option<&Token>, verb_seen: bool, introduces: bool) -> Place {
    let preposition = before.is_some_and(|before| before.any(PREPOSITIONS));
    if introduces && !verb_seen && !preposition {
        Place::Topic
    } else if preposition {
        Place::Aside
    } else if verb_seen {
        Place::Object
    } else {
        Place::Subject
    }
}

/// Whether the token can only be the verb of its clause.
fn is_verb(token: &Token) -> bool {
    token.any(&[
        "is", "are", "was", "were", "has", "had", "have", "will", "can", "do", "does", "did", "'s",
        "'re", "'ve", "'ll",
    ]) || token.verb.is_some()
}

/// Length of the noun phrase at `at`, in words; 0 where there is none.
fn length(sentence: &Sentence, words: &[usize], at: usize, verb_seen: bool) -> usize {
    let first = &sentence.tokens[words[at]];
    let determined = first.any(DEFINITE) || first.any(INDEFINITE);
    let mut end = at + usize::from(determined);
    while end < words.len() && end - at < LONGEST {
        let gap = end > at && words[end] != words[end - 1] + 1;
        let dated = gap
            && sentence.tokens[words[end - 1] + 1..words[end]]
                .iter()
                .any(|token| matches!(token.mask, Mask::Date(_)));
        let own = end > at
            && sentence.tokens[words[end]].any(&["'s", "'", "’"])
            && words.get(end + 1).is_some_and(|next| {
                let next = &sentence.tokens[*next];
                next.is_word() && !next.any(OUTSIDE) && !next.any(DEFINITE) && !next.any(INDEFINITE)
            });
        // `short two bags`: another phrase begins.
        let again = end > at
            && !(end == at + 1 && first.any(&["all", "both", "half"]))
            && (sentence.tokens[words[end]].any(DEFINITE)
                || sentence.tokens[words[end]].any(&["a", "an"]));
        if dated
            || again
            || !own && !is_inside(sentence, words, end, end > at, verb_seen, determined)
        {
            break;
        }
        end += 1;
    }
    let body = end - at - usize::from(determined);
    if body == 0 {
        return 0;
    }
    // `the top half of the CV`
    if end + 1 < words.len()
        && (sentence.tokens[words[end]].is("of")
            || determined && sentence.tokens[words[end]].is("for"))
        && end - at < LONGEST
    {
        let more = length(sentence, words, end + 1, true);
        if more > 0 {
            return end - at + 1 + more;
        }
    }
    end - at
}

/// Whether the word at `end` can stand in a noun phrase that has begun (`inside`), or open one.
fn is_inside(
    sentence: &Sentence,
    words: &[usize],
    end: usize,
    inside: bool,
    verb_seen: bool,
    determined: bool,
) -> bool {
    let token = &sentence.tokens[words[end]];
    let adjective = inside
        && token.any(&[
            "great", "good", "nice", "lovely", "super", "perfect", "bad", "fine", "cool", "early",
            "late", "right", "first", "new", "ready", "home", "amazing",
        ]);
    if adjective && token.mask == Mask::None {
        return true;
    }
    if token.mask != Mask::None
        || !(token.is_word()
            || token.kind == Kind::Symbol && token.lower.starts_with(['€', '$', '£']))
        || token.any(OUTSIDE)
        || adverb(token)
    {
        return false;
    }
    let Some(verb) = token.verb else { return true };
    if verb.forms.ing {
        return inside;
    }
    let noun_before = end > 0 && {
        let before = &sentence.tokens[words[end - 1]];
        before.any(DEFINITE) || before.any(INDEFINITE)
    };
    // A participle before a noun describes it: `the signed deed`.
    let describes = verb.forms.participle
        && words.get(end + 1).is_some_and(|next| {
            let next = &sentence.tokens[*next];
            next.is_word() && !next.any(OUTSIDE) && !next.any(DEFINITE)
        });
    // `the inventory shows a stain`: what has an object behind it is the verb.
    let has_object = words.get(end + 1).is_some_and(|next| {
        let next = &sentence.tokens[*next];
        next.any(DEFINITE)
            || next.any(INDEFINITE)
            || next.any(&["it", "them", "me", "us", "you", "him", "her", "everyone"])
    });
    let noun_form = verb.forms.base && !verb.forms.past || verb.forms.third;
    match verb.lean {
        Lean::Noun | Lean::Either => {
            (inside || verb_seen) && noun_form && !has_object || noun_before || describes
        }
        Lean::Verb => {
            noun_before || describes || inside && determined && verb.forms.base && !has_object
        }
        Lean::State | Lean::Light => noun_before || describes,
    }
}

/// `probably`, `unfortunately`: no word of a thing.
fn adverb(token: &Token) -> bool {
    token.lower.len() > 6
        && token.lower.ends_with("ly")
        && token.verb.is_none()
        && !token.any(&[
            "assembly",
            "anomaly",
            "friendly",
            "monthly",
            "weekly",
            "quarterly",
            "fortnightly",
            "family",
            "butterfly",
            "elderly",
            "daily",
            "yearly",
        ])
}

/// Whether the words name a thing and no person.
fn names(source: &Source<'_>, sentence: &Sentence, tokens: &[usize]) -> bool {
    let person = |at: &usize| {
        let token = &sentence.tokens[*at];
        source.document.people.contains(&token.lower)
            || ((token.capital || source.document.chat) && lexicon::is_first_name(&token.lower))
    };
    let unknown_name = tokens.len() == 1 && {
        let token = &sentence.tokens[tokens[0]];
        token.capital && !token.upper && token.verb.is_none() && !crate::area::knows(&token.lower)
    };
    let means = tokens
        .iter()
        .any(|at| crate::words::is_content(&sentence.tokens[*at]));
    means && !unknown_name && !tokens.iter().all(person)
}

fn is_plural(sentence: &Sentence, tokens: &[usize]) -> bool {
    let of = tokens.iter().position(|at| sentence.tokens[*at].is("of"));
    let head = tokens[..of.unwrap_or(tokens.len())].last();
    let many = tokens.first().is_some_and(|at| {
        sentence.tokens[*at].any(&[
            "these", "those", "both", "two", "three", "four", "five", "six",
        ])
    });
    many || head.is_some_and(|at| {
        let lower = &sentence.tokens[*at].lower;
        lower.ends_with('s') && !lower.ends_with("ss") && lower.len() > 3
    })
}
