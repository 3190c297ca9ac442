//! The noun phrases of a clause, as far as small words and the forms of verbs show them.

use crate::clause::Head;
use crate::detect::Source;
use crate::lexicon::{self, Class, Lean};
use crate::sentence::Sentence;
use crate::token::{Kind, List, Token, list};

use super::persons::{is_somebody, is_to_be_found, title_of};
use super::small::{self, BE, DEFINITE, INDEFINITE, OWN, PREPOSITIONS, STATES, TIMES, is_outside};
use super::word::{Spot, is_plural, is_verb, unlisted_verb};

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
    /// Names somebody by what they are: `the plumber`.
    pub(super) person: bool,
}

/// What is measured with a number in front.
const UNITS: List<'static> = list![
    "degrees", "percent", "kilos", "minutes", "miles", "metres", "meters", "litres", "euros",
    "pounds", "dollars", "people", "points", "votes", "pages",
];

/// Longest phrase, in words.
const LONGEST: usize = 7;

/// A clause, as its noun phrases are looked for.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent observations about the same clause"
)]
struct Reading<'a> {
    sentence: &'a Sentence,
    /// Its words among the tokens of the sentence.
    words: Vec<usize>,
    /// Depends on another clause.
    depends: bool,
    /// `the form from the hospital, you have to fill that in`: named first, then acted on.
    leads: bool,
    /// `it is in my coat`: the talk goes on about what it was about.
    goes_on: bool,
    /// `gas stove – borrow from Ruth`: without a verb, what could be one is a noun.
    verbless: bool,
    /// Opens the sentence, and a dash or a colon stands behind it.
    heads: bool,
}

impl<'a> Reading<'a> {
    fn new(sentence: &'a Sentence, clause: usize) -> Self {
        let found = &sentence.clauses[clause];
        let words: Vec<usize> = (found.full.clone())
            .filter_map(|word| sentence.at.get(word).copied())
            .collect();
        let verbless = found.head == Head::Phrase;
        let next = sentence.clauses.get(clause + 1);
        let leads = verbless
            && next.is_some_and(|next| {
                let mut words = next.full.clone();
                matches!(next.head, Head::Action(_))
                    && words.any(|word| matches!(sentence.lower(word), "it" | "them" | "that"))
            });
        let marked = next.is_some_and(|next| {
            let mark = sentence.token(next.full.start);
            mark.is_some_and(|mark| mark.is_dash() || mark.is(":"))
        });
        Self {
            depends: matches!(found.head, Head::Subordinate(_)),
            leads,
            goes_on: words.len() > 2
                && sentence.tokens[words[0]].any(list!["it", "they"])
                && sentence.tokens[words[1]].any(BE),
            verbless,
            heads: verbless && marked && clause == 0,
            sentence,
            words,
        }
    }

    fn token(&self, at: usize) -> &'a Token {
        &self.sentence.tokens[self.words[at]]
    }

    /// Whether the phrase of `length` words at `at` says what the words behind it are about.
    fn introduces(&self, at: usize, length: usize) -> bool {
        // A date between them is passed over.
        let behind = &self.sentence.tokens[self.words[at + length - 1] + 1..];
        // `lens (100 €) – Bo orders`
        let enclosed = behind.first().is_some_and(|next| next.is("("));
        let close = behind.iter().position(|token| token.is(")"));
        let behind = &behind[close.filter(|_| enclosed).map_or(0, |close| close + 1)..];
        let next = behind.iter().find(|token| !token.is_dated());
        let listed = self.leads && self.token(at).any(DEFINITE);
        self.heads && at == 0
            || next.is_some_and(|next| next.is_dash() || next.is(":") || listed && next.is(","))
    }

    /// A word that can be a verb, alone and without one, is no thing.
    fn is_deed(&self, at: usize, place: Place) -> bool {
        let Some(verb) = self.token(at).verb.filter(|verb| verb.forms.base) else {
            return false;
        };
        // `Forecast – I'll finish it`, but not `Return -1`.
        let apart = self.sentence.tokens[self.words[at] + 1..]
            .windows(2)
            .next()
            .is_some_and(|next| next[0].end < next[1].start);
        let named = place == Place::Topic && matches!(verb.lean, Lean::Either | Lean::Noun);
        self.verbless && !(named && apart)
    }

    /// `the surveyor's stamp`: whose thing a phrase names, where it says what they are.
    fn owner(&self, at: usize, length: usize) -> Option<Phrase> {
        let words = &self.words[at..at + length];
        let own = words
            .iter()
            .position(|at| self.sentence.tokens[*at].any(list!["'s", "'", "’"]))?;
        let tokens = words[..own].to_vec();
        (tokens.len() > 1 && is_person(self.sentence, &tokens)).then_some(Phrase {
            plural: false,
            definite: true,
            tokens,
            place: Place::Aside,
            person: true,
        })
    }

    /// The phrase of `length` words at `at`, if it names a thing.
    fn phrase(
        &self,
        source: &Source<'_>,
        at: usize,
        length: usize,
        verb_seen: bool,
    ) -> Option<Phrase> {
        let (sentence, token) = (self.sentence, self.token(at));
        // `12.3 threshold strip`: without the number of its item.
        let number =
            usize::from(length > 1 && token.kind == Kind::Number && token.lower.contains('.'));
        let mut tokens: Vec<usize> = self.words[at + number..at + length].to_vec();
        if self.verbless {
            without_state(sentence, &mut tokens);
        }
        // `a reminder that timesheets are due`: no determiner of several.
        if token.any(list!["that", "this"]) && tokens.len() > 1 && is_plural(sentence, &tokens[1..])
        {
            tokens.remove(0);
        }
        let before = at.checked_sub(1).map(|at| self.token(at));
        // `until the cabinets are out`: the conjunction is no preposition.
        let before = before.filter(|_| !(self.depends && self.words[at] == self.words[0] + 1));
        let place = place(before, verb_seen, self.introduces(at, length));
        let determined = token.any(DEFINITE) || token.any(INDEFINITE);
        // `it is stale`: how something is, and no thing.
        let predicate = !determined && before.is_some_and(|before| before.any(BE));
        let worded = determined
            || tokens.iter().any(|at| {
                let letters = sentence.tokens[*at].lower.chars();
                letters.filter(|c| c.is_alphabetic()).count() >= 3
            });
        let deed = length == 1 && !verb_seen && self.is_deed(at, place);
        // `if you pause during the scene`: what a condition names in passing is nothing to act on.
        let passing = (self.depends || self.goes_on) && place == Place::Aside;
        // `the surveyors' fees` are no people.
        let owned = sentence.tokens[self.words[at + length - 1] + 1..]
            .first()
            .is_some_and(|next| next.any(list!["'", "’", "'s"]));
        let person = !owned && is_person(sentence, &tokens);
        if predicate || !worded || deed || passing && !person {
            return None;
        }
        if !person && !names(source, sentence, &tokens) {
            return None;
        }
        // `short of a form`, `out of toner`: what is wanting is what is spoken of.
        let wanting = at > 1
            && before.is_some_and(|before| before.any(list!["of", "on"]))
            && self.token(at - 2).any(list!["short", "out", "need", "low"]);
        let place = if wanting { Place::Object } else { place };
        // One error in many invoices is one.
        let plural = is_plural(sentence, &tokens);
        let tokens = if place == Place::Object && token.any(list!["a", "an", "some", "another"]) {
            placed(sentence, &self.words, at + length, tokens)
        } else {
            tokens
        };
        Some(Phrase {
            plural,
            definite: token.any(DEFINITE)
                || tokens[..tokens.len() - 1]
                    .iter()
                    .any(|at| sentence.tokens[*at].is("'s")),
            tokens,
            place,
            person,
        })
    }
}

/// `batteries flat`, `gutter leaking`: the thing, without how it is.
fn without_state(sentence: &Sentence, tokens: &mut Vec<usize>) {
    let state = |at: usize| {
        let token = &sentence.tokens[at];
        token.any(STATES)
            || token
                .verb
                .is_some_and(|verb| verb.forms.ing && matches!(verb.lean, Lean::Verb | Lean::State))
    };
    while let [_, .., last] = tokens[..]
        && state(last)
    {
        tokens.pop();
    }
}

/// The noun phrases of a clause, in order.
pub(super) fn phrases(source: &Source<'_>, sentence: &Sentence, clause: usize) -> Vec<Phrase> {
    let reading = Reading::new(sentence, clause);
    let mut phrases = Vec::new();
    let mut at = 0;
    let mut verb_seen = false;
    while at < reading.words.len() {
        let length = length(sentence, &reading.words, at, verb_seen || reading.verbless);
        if length == 0 {
            verb_seen |= is_verb(reading.token(at)) || unlisted_verb(sentence, &reading.words, at);
            at += 1;
            continue;
        }
        phrases.extend(reading.owner(at, length));
        phrases.extend(reading.phrase(source, at, length, verb_seen));
        at += length;
    }
    super::heading::settle(sentence, &mut phrases);
    phrases
}

/// `an error in the invoices`: what is new is told from others by where it is.
fn placed(sentence: &Sentence, words: &[usize], end: usize, mut tokens: Vec<usize>) -> Vec<usize> {
    let adjacent = |at: usize| words.get(at).is_some_and(|word| words[at - 1] + 1 == *word);
    let where_it_is = adjacent(end)
        && sentence.tokens[words[end]]
            .any(list!["in", "on", "from", "about", "with", "between", "for"])
        && adjacent(end + 1);
    if where_it_is {
        let more = length(sentence, words, end + 1, true);
        if more > 0 && tokens.len() + more < LONGEST {
            tokens.extend(&words[end..=end + more]);
        }
    }
    tokens
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
                .any(Token::is_dated);
        let own = end > at
            && sentence.tokens[words[end]].any(list!["'s", "'", "’"])
            && words.get(end + 1).is_some_and(|next| {
                let next = &sentence.tokens[*next];
                next.is_word() && !is_outside(next) && !next.any(DEFINITE) && !next.any(INDEFINITE)
            });
        // `short two bags`: another phrase begins.
        let again = end > at
            && !(end == at + 1 && first.any(list!["all", "both", "half"]))
            && (sentence.tokens[words[end]].any(DEFINITE)
                || sentence.tokens[words[end]].any(list!["a", "an"]));
        // `the flyer Lena made`: a clause of its own.
        let told = end > at
            && sentence.tokens[words[end]].capital
            && lexicon::is_first_name(&sentence.tokens[words[end]].lower)
            && words.get(end + 1).is_some_and(|next| {
                let verb = sentence.tokens[*next].verb;
                verb.is_some_and(|verb| verb.forms.past || verb.forms.third)
            });
        let spot = Spot {
            sentence,
            words,
            at: end,
            inside: end > at,
            verb_seen,
            determined,
        };
        // `a list of the rooms`: one phrase, as is told below.
        if again
            && end > at + 1 + usize::from(determined)
            && sentence.tokens[words[end - 1]].is("of")
        {
            end -= 1;
            break;
        }
        if dated || told || again || !own && !spot.is_noun() {
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

/// Whether the words name a thing and no person.
fn names(source: &Source<'_>, sentence: &Sentence, tokens: &[usize]) -> bool {
    let person = |at: &usize| {
        let token = &sentence.tokens[*at];
        source.document.people.contains(&token.lower)
            || ((token.capital || source.document.chat) && token.is_first_name())
    };
    // `600 dpi`: how much, and no thing.
    let measure = || {
        tokens.len() == 2
            && sentence.tokens[tokens[0]].kind == Kind::Number
            && (sentence.tokens[tokens[1]].lower.chars().count() <= 3
                || sentence.tokens[tokens[1]].any(UNITS))
    };
    // `my bad`, and the office that is asked.
    let said = || {
        tokens
            .last()
            .is_some_and(|at| sentence.tokens[*at].any(OWN))
            || tokens.len() == 1 && lexicon::is_role(&sentence.tokens[tokens[0]].lower)
    };
    let unknown_name = || {
        tokens.len() == 1 && {
            let token = &sentence.tokens[tokens[0]];
            token.capital
                && !opens_as_noun(sentence, tokens[0])
                && !token.upper
                && token.verb.is_none()
                && !crate::area::knows(&token.lower)
        }
    };
    let means = || {
        tokens.iter().any(|at| {
            crate::words::is_content(&sentence.tokens[*at])
                && !sentence.tokens[*at].is("same")
                && !sentence.tokens[*at].any(STATES)
        })
    };
    // `Dougie's dad`: who it is, and nothing that is done.
    let of = tokens.iter().position(|at| sentence.tokens[*at].is("of"));
    let somebody = || {
        tokens[..of.unwrap_or(tokens.len())]
            .last()
            .is_some_and(|at| {
                sentence.tokens[*at].classes.has(Class::Somebody) || sentence.tokens[*at].any(TIMES)
            })
            || tokens.len() == 2
                && sentence.tokens[tokens[0]].any(list![
                    "group", "team", "class", "year", "crew", "shift", "comment", "item", "point",
                    "step", "question", "note", "topic", "top", "no",
                ])
                && sentence.tokens[tokens[1]].kind == Kind::Number
    };
    // `Ms Trask`
    let titled = || tokens.len() <= 3 && title_of(&sentence.tokens[tokens[0]].lower).is_some();
    // `change "due" to "paid"`: words, and no thing.
    let quoted = || tokens.iter().all(|at| sentence.tokens[*at].quoted);
    // `the next one`, `the fifteenth`
    let one = tokens.last().is_some_and(|at| {
        let last = &sentence.tokens[*at];
        last.any(list!["one", "ones"]) || tokens.len() <= 2 && last.any(small::ORDINALS)
    });
    means()
        && !one
        && !quoted()
        && !measure()
        && (!somebody() || is_to_be_found(sentence, tokens))
        && !said()
        && !unknown_name()
        && !titled()
        && !tokens.iter().all(person)
}

/// `Subtitles are missing`, `Registration for the fair`: its capital is that of its sentence.
fn opens_as_noun(sentence: &Sentence, at: usize) -> bool {
    let before = at.checked_sub(1).map(|at| &sentence.tokens[at]);
    let opens = before.is_none_or(|before| before.is_dash() || before.any(list![":", "."]));
    let token = &sentence.tokens[at];
    let next = sentence.tokens.get(at + 1);
    if !opens || token.is_first_name() {
        return false;
    }
    let several = token.lower.ends_with('s')
        && !token.lower.ends_with("ss")
        && next.is_some_and(|next| {
            next.any(list![
                "are", "were", "have", "must", "should", "need", "for", "of", "from", "in", "on",
                ":", "went",
            ])
        });
    let abstract_word = token.lower.len() > 6
        && [
            "tion", "sion", "ment", "ness", "ance", "ence", "ship", "age", "ing", "ure", "ity",
        ]
        .iter()
        .any(|ending| token.lower.ends_with(ending));
    let led = next.is_some_and(|next| next.any(list!["for", "of"]))
        && !token.any(list![
            "change", "end", "lots", "plenty", "most", "none", "out"
        ]);
    several || abstract_word || led
}

/// Somebody who is known by what they are: `the chimney sweep`, `Mrs Oduya's plumber`.
fn is_person(sentence: &Sentence, tokens: &[usize]) -> bool {
    // `the vet for the navel`
    let end = (tokens.iter())
        .position(|at| sentence.tokens[*at].is("for"))
        .unwrap_or(tokens.len());
    let tokens = &tokens[..end];
    let head = tokens.last().map(|at| &sentence.tokens[*at]);
    // `manager says …`: whoever speaks or wants stands alone as well.
    let acts = tokens.first().is_some_and(|at| {
        sentence.tokens.get(at + tokens.len()).is_some_and(|next| {
            next.any(list![
                "says", "said", "wants", "needs", "asks", "asked", "wanted", "called", "rang",
                "phoned", "wrote", "is", "has",
            ])
        })
    });
    let known = head.is_some_and(|head| {
        let one = crate::words::cut(&head.lower);
        head.classes.has(Class::Somebody) || is_somebody(&one) || head.is_role()
    });
    // `Mrs Oduya rang`, and no `Mrs Oduya's cats`.
    let titled = tokens.len() > 1
        && tokens.len() <= 3
        && title_of(&sentence.tokens[tokens[0]].lower).is_some()
        && head.is_some_and(|head| head.capital);
    titled
        || known
            && !is_to_be_found(sentence, tokens)
            && (tokens.len() > 1 || acts)
            && !tokens.iter().any(|at| sentence.tokens[*at].is("of"))
}
