//! Which words of a clause can stand in a noun phrase, and which are its verb.

use crate::lexicon::{Lean, Verb};
use crate::sentence::Sentence;
use crate::token::{Kind, Mask, Token, list};
use crate::words::is_drawer;

use super::small::{BE, DEFINITE, INDEFINITE, MANY, PREPOSITIONS, is_outside};

/// A word of a clause, and what is known of the phrase it may belong to.
pub(super) struct Spot<'a> {
    pub(super) sentence: &'a Sentence,
    /// Words of the clause among the tokens of the sentence.
    pub(super) words: &'a [usize],
    pub(super) at: usize,
    /// The phrase has begun.
    pub(super) inside: bool,
    /// The verb of the clause stands before it.
    pub(super) verb_seen: bool,
    /// The phrase opens with a determiner.
    pub(super) determined: bool,
}

impl<'a> Spot<'a> {
    fn token(&self) -> &'a Token {
        &self.sentence.tokens[self.words[self.at]]
    }

    fn before(&self) -> Option<&'a Token> {
        self.at
            .checked_sub(1)
            .map(|at| &self.sentence.tokens[self.words[at]])
    }

    fn next(&self) -> Option<&'a Token> {
        self.words
            .get(self.at + 1)
            .map(|at| &self.sentence.tokens[*at])
    }

    /// Whether the word can stand in a noun phrase that has begun, or open one.
    pub(super) fn is_noun(&self) -> bool {
        let token = self.token();
        let adjective = self.inside
            && token.any(list![
                "great", "good", "nice", "lovely", "super", "perfect", "bad", "fine", "cool",
                "early", "late", "right", "first", "new", "ready", "home", "amazing",
            ]);
        if adjective && token.mask == Mask::None && self.stands_before_noun() {
            return true;
        }
        let worded = token.is_word()
            || token.kind == Kind::Symbol && token.lower.starts_with(['€', '$', '£']);
        // `the till drawer`
        let drawer = || {
            self.before()
                .is_some_and(|before| is_drawer(&before.lower, &token.lower))
        };
        // `a copy of the plan`, but not `Copy, over.`
        let copied = || token.is("copy") && self.next().is_some_and(|next| next.is("of"));
        let outside = is_outside(token) && !drawer() && !copied();
        if token.mask != Mask::None || !worded || outside || adverb(token) || self.goes_on() {
            return false;
        }
        match token.verb {
            None => {
                self.inside
                    || !self.governed() && !unlisted_verb(self.sentence, self.words, self.at)
            }
            Some(verb) if verb.forms.ing => self.inside || self.is_asked_for(),
            Some(_) if self.governed() => false,
            Some(verb) if self.only_verb(verb) => false,
            Some(verb) => self.opens(verb) || self.reads_as_noun(verb),
        }
    }

    /// `is it recycling tonight?`: a thing of that name.
    fn is_asked_for(&self) -> bool {
        let start = self.words[0];
        self.at == 2
            && self.sentence.question
            && self.sentence.tokens[start].is("is")
            && self.sentence.tokens[start + 1].is("it")
            && self.next().is_none()
            && crate::area::knows(&self.token().lower)
    }

    /// `the right valve`, but not `from the portal right now`.
    fn stands_before_noun(&self) -> bool {
        let here = self.words[self.at];
        self.words.get(self.at + 1) == Some(&(here + 1))
            && self
                .next()
                .is_some_and(|next| next.is_word() && !is_outside(next))
    }

    /// `it keeps beeping`: a verb that is not on the list, behind another one.
    fn goes_on(&self) -> bool {
        let token = self.token();
        !self.inside
            && token.verb.is_none()
            && token.lower.len() > 5
            && token.lower.ends_with("ing")
            && self.before().is_some_and(is_verb)
    }

    /// `the tablet won't charge`
    fn governed(&self) -> bool {
        !self.inside
            && self.before().is_some_and(|before| {
                before.any(list![
                    "will", "'ll", "n't", "not", "can", "could", "would", "should", "must", "may",
                    "might", "do", "does", "did", "to",
                ])
            })
    }

    /// `the roof leaks in two places`: the only word that can be the verb is it.
    fn only_verb(&self, verb: Verb) -> bool {
        let ends = self.next().is_some_and(|next| {
            next.any(PREPOSITIONS)
                || next.any(list![
                    "again", "badly", "when", "so", "because", "and", "but", "off", "up", "out",
                    "down", "back", "away",
                ])
        }) || self.determined && self.next().is_none();
        let other = |at: &usize| {
            let token = &self.sentence.tokens[*at];
            token.any(BE)
                || token.any(list![
                    "has", "had", "have", "will", "can", "could", "must", "should",
                ])
                || token
                    .verb
                    .is_some_and(|verb| verb.forms.past && !verb.forms.base)
        };
        verb.forms.third
            && !verb.forms.base
            && self.inside
            && !self.verb_seen
            && ends
            && !self.words[self.at + 1..].iter().take(8).any(other)
    }

    /// `fix for the login bug is in review`
    fn opens(&self, verb: Verb) -> bool {
        self.at == 0
            && verb.forms.base
            && matches!(verb.lean, Lean::Either | Lean::Noun)
            && self.next().is_some_and(|next| {
                next.any(list![
                    "for", "of", "has", "had", "must", "needs", "should", "will", "wo",
                ]) || next.any(list!["is", "was", "'s"])
            })
    }

    /// Whether a word that can be a verb is a noun, or describes one.
    fn reads_as_noun(&self, verb: Verb) -> bool {
        let noun_before = self
            .before()
            .is_some_and(|before| before.any(DEFINITE) || before.any(INDEFINITE));
        // `the inventory shows a stain`: what has an object behind it is the verb.
        let has_object = self.next().is_some_and(|next| {
            next.any(DEFINITE)
                || next.any(INDEFINITE)
                || next.any(list![
                    "it", "them", "me", "us", "you", "him", "her", "everyone"
                ])
        });
        // A participle before a noun describes it: `the signed deed`, but not `has found an error`.
        let describes = verb.forms.participle
            && !has_object
            && self
                .next()
                .is_some_and(|next| next.is_word() && !is_outside(next));
        let noun_form = verb.forms.base && !verb.forms.past || verb.forms.third;
        let named = noun_before || describes;
        match verb.lean {
            Lean::Noun | Lean::Either => {
                (self.inside || self.verb_seen) && noun_form && !has_object || named
            }
            Lean::Verb => named || self.inside && self.determined && verb.forms.base && !has_object,
            Lean::State | Lean::Light => named,
        }
    }
}

/// `we lack a ramp`, `I spotted a typo`: a verb that is not on the list.
pub(super) fn unlisted_verb(sentence: &Sentence, words: &[usize], at: usize) -> bool {
    let token = &sentence.tokens[words[at]];
    let before = at.checked_sub(1).map(|at| &sentence.tokens[words[at]]);
    let spoken =
        before.is_some_and(|before| before.any(list!["i", "we", "they", "you", "he", "she"]));
    let object = words.get(at + 1).is_some_and(|next| {
        let next = &sentence.tokens[*next];
        next.any(DEFINITE) || next.any(list!["a", "an", "some", "another", "no"])
    });
    token.verb.is_none()
        && token.is_word()
        && !token.capital
        && object
        && !is_outside(token)
        && !token.any(list!["all", "both", "half"])
        && (spoken || before.is_some() && token.lower.ends_with("ed"))
}

/// Whether the token can only be the verb of its clause.
pub(super) fn is_verb(token: &Token) -> bool {
    token.any(list![
        "is", "are", "was", "were", "has", "had", "have", "will", "can", "do", "does", "did", "'s",
        "'re", "'ve", "'ll",
    ]) || token.verb.is_some()
}

/// `probably`, `unfortunately`: no word of a thing.
fn adverb(token: &Token) -> bool {
    token.lower.len() > 6
        && token.lower.ends_with("ly")
        && token.verb.is_none()
        && !token.any(list![
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

/// Whether a phrase names several.
pub(super) fn is_plural(sentence: &Sentence, tokens: &[usize]) -> bool {
    // `the quote for the Meyers`
    let of = (tokens.iter()).position(|at| sentence.tokens[*at].any(list!["of", "for"]));
    let head = tokens[..of.unwrap_or(tokens.len())].last();
    let many = tokens.first().is_some_and(|at| {
        sentence.tokens[*at].any(list![
            "these", "those", "both", "two", "three", "four", "five", "six",
        ])
    });
    many || head.is_some_and(|at| {
        let lower = &sentence.tokens[*at].lower;
        MANY.holds(lower.as_str())
            || lower.ends_with('s') && !lower.ends_with("ss") && lower.len() > 3
    })
}
