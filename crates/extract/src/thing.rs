//! What `it` and `that` stand for: things named shortly before.

use crate::action::opener::Opener;
use crate::clause::Head;
use crate::detect::Source;
use crate::lexicon::{self, Lean};
use crate::sentence::Sentence;
use crate::summary;
use crate::token::Mask;

/// How many things are kept in mind.
const REMEMBERED: usize = 6;

/// Something named, in words.
#[derive(Debug, Clone)]
struct Thing {
    words: String,
    /// Named as the object or the subject of a deed, not in passing.
    strong: bool,
}

/// Things named so far, the latest last.
#[derive(Debug, Default)]
pub(crate) struct Things {
    named: Vec<Thing>,
}

/// Who `me` and `him` are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Around<'a> {
    pub speaker: Option<&'a str>,
    pub named: Option<&'a str>,
}

/// A summary with its pronouns filled in.
pub(crate) struct Resolved {
    pub summary: String,
    /// A pronoun was replaced.
    pub replaced: bool,
    /// Nothing but a pronoun is its object.
    pub empty: bool,
}

impl Things {
    /// Keeps in mind what a clause names.
    pub(crate) fn hear(&mut self, source: &Source<'_>, index: usize, clause: usize) {
        let sentence = &source.sentences[index];
        let found = match &sentence.clauses[clause].head {
            Head::Action(opener) => {
                let (_, tokens) = summary::of(source.text, sentence, clause, opener);
                named(source, sentence, &tokens).map(|words| Thing {
                    words,
                    strong: true,
                })
            }
            _ => in_statement(source, sentence, clause),
        };
        let people = |word: &str| {
            let lower = word.to_lowercase();
            lexicon::is_first_name(&lower) || source.document.people.contains(&lower)
        };
        let found = found.filter(|thing| {
            let first = thing.words.split(' ').next().unwrap_or_default();
            !matches!(
                first,
                "n't" | "not" | "no" | "w" | "good" | "hey" | "hi" | "ok" | "by"
            ) && !thing.words.ends_with(" been")
                && !thing.words.split(' ').all(people)
        });
        if let Some(thing) = found {
            if self.named.len() == REMEMBERED {
                self.named.remove(0);
            }
            self.named.push(thing);
        }
    }

    /// Fills in the pronouns of a summary.
    pub(crate) fn resolve(
        &self,
        source: &Source<'_>,
        sentence: &Sentence,
        opener: &Opener,
        summary: &str,
        tokens: &[usize],
        people: Around<'_>,
    ) -> Resolved {
        let Around { speaker, named } = people;
        let mut pieces: Vec<String> = Vec::new();
        let mut replaced = false;
        let mut content = false;
        let thing = self
            .named
            .iter()
            .rev()
            .find(|thing| thing.strong)
            .or(self.named.last());
        let base = sentence
            .token(opener.verb)
            .and_then(|token| token.verb)
            .map_or("", |verb| verb.base);
        let in_words = tokens
            .iter()
            .any(|at| crate::words::is_content(&sentence.tokens[*at]));
        for (place, at) in tokens.iter().enumerate() {
            let token = &sentence.tokens[*at];
            let next = tokens.get(place + 1).map(|at| &sentence.tokens[*at]);
            let determiner = next.is_some_and(|next| {
                next.is_word()
                    && !next.any(&[
                        "to", "for", "up", "down", "off", "out", "over", "back", "in", "on",
                        "with", "at", "from", "and", "about", "again", "away", "by", "through",
                        "into",
                    ])
            });
            let sure = token.any(&["it", "them"]);
            let pronoun = sure || (token.any(&["that", "this", "these", "those"]) && !determiner);
            if pronoun
                && let Some(thing) = thing
                && (!in_words || place == 0 || sure && !replaced)
            {
                replaced = true;
                pieces.push(thing.words.clone());
                continue;
            }
            if token.is("him")
                && let Some(named) = named.filter(|named| Some(*named) != speaker)
            {
                pieces.push(named.to_owned());
                replaced = true;
                continue;
            }
            if token.any(&["me", "us"])
                && let Some(speaker) = speaker
                && token.is("me")
            {
                pieces.push(speaker.to_owned());
                replaced = true;
                continue;
            }
            content |= crate::words::is_content(token);
            pieces.push(token.shown(source.text).to_owned());
        }
        let pronouns_only = !tokens.is_empty() && !content && !replaced;
        if !replaced {
            return Resolved {
                summary: summary.to_owned(),
                replaced,
                empty: pronouns_only && tokens.len() < 2 && weak_alone(base),
            };
        }
        // The pieces keep their order; marks are rare among them.
        let verb = summary.split(' ').next().unwrap_or(base).to_owned();
        let joined = pieces.join(" ").replace(" ,", ",").replace(" '", "'");
        let tail = summary
            .find(" if ")
            .filter(|_| !joined.contains(" if "))
            .map_or("", |at| &summary[at..]);
        Resolved {
            summary: summary::finish(&format!("{verb} {joined}{tail}")),
            replaced: true,
            empty: false,
        }
    }
}

/// Verbs that say nothing without their object.
fn weak_alone(base: &str) -> bool {
    matches!(
        base,
        "do" | "make"
            | "take"
            | "get"
            | "have"
            | "put"
            | "give"
            | "handle"
            | "finish"
            | "complete"
            | "start"
    )
}

/// The noun phrase among an action's words.
fn named(source: &Source<'_>, sentence: &Sentence, tokens: &[usize]) -> Option<String> {
    let mut kept: Vec<usize> = Vec::new();
    for at in tokens {
        let token = &sentence.tokens[*at];
        let ends = token.is_mark()
            || (!kept.is_empty()
                && token.any(&[
                    "to", "by", "at", "on", "in", "before", "after", "with", "from", "and", "so",
                    "if", "because", "into",
                ]));
        if ends {
            break;
        }
        if !token.any(&[
            "up", "down", "off", "out", "over", "back", "me", "us", "him", "her",
        ]) {
            kept.push(*at);
        }
    }
    let meaning = kept
        .iter()
        .any(|at| crate::words::is_content(&sentence.tokens[*at]));
    (meaning && kept.len() <= 8).then(|| summary::render(source.text, &sentence.tokens, &kept))
}

/// Conjunctions before a clause's own words.
const JOINS: &[&str] = &[
    "for", "thanks", "thank", "you", "before", "after", "once", "if", "when", "until", "till",
    "because", "as", "soon", "since", "unless",
];

const AUXILIARIES: &[&str] = &[
    "is", "are", "was", "were", "has", "had", "have", "will", "'s", "needs", "can", "ca", "does",
    "do",
];

const ADVERBS: &[&str] = &[
    "still", "already", "also", "just", "again", "really", "then", "now",
];

const DETERMINERS: &[&str] = &[
    "the", "my", "our", "your", "his", "her", "their", "this", "that", "a", "an",
];

/// Words that stand for a thing without naming it.
const NO_THINGS: &[&str] = &[
    "i", "you", "we", "he", "she", "they", "it", "who", "what", "when", "where", "how", "why",
    "there", "this", "that", "nobody", "somebody", "someone", "which", "everyone",
];

/// Whether the words name a thing and no person.
fn is_thing(source: &Source<'_>, sentence: &Sentence, tokens: &[usize]) -> bool {
    tokens.first().is_some_and(|at| {
        let token = &sentence.tokens[*at];
        let person = source.document.people.contains(&token.lower)
            || (token.capital && lexicon::is_first_name(&token.lower))
            || (token.capital
                && !token.upper
                && token.verb.is_none()
                && !crate::area::knows(&token.lower)
                && !token.any(DETERMINERS));
        !(person || token.any(NO_THINGS))
    })
}

/// The thing a statement or a question is about: its subject, or the object of its deed.
fn in_statement(source: &Source<'_>, sentence: &Sentence, clause: usize) -> Option<Thing> {
    let found = &sentence.clauses[clause];
    let joins = |word: &usize| {
        let gerund = sentence
            .token(*word)
            .and_then(|token| token.verb)
            .is_some_and(|verb| verb.forms.ing);
        gerund || JOINS.contains(&sentence.lower(*word))
    };
    let words: Vec<usize> = (found.start..found.full.end).skip_while(joins).collect();
    let finite = words.iter().position(|word| {
        let lower = sentence.lower(*word);
        AUXILIARIES.contains(&lower)
            || lexicon::verb(lower).is_some_and(|verb| verb.forms.third || verb.forms.past)
    });
    let tokens_of = |range: &[usize]| -> Vec<usize> {
        range
            .iter()
            .filter_map(|word| sentence.at.get(*word).copied())
            .filter(|at| sentence.tokens[*at].mask == Mask::None)
            .collect()
    };
    let Some(finite) = finite else {
        let tokens = tokens_of(&words);
        let phrase = tokens
            .iter()
            .all(|at| !sentence.tokens[*at].any(NO_THINGS))
            .then_some(tokens);
        return phrase
            .and_then(|tokens| named(source, sentence, &tokens))
            .map(|words| Thing {
                words,
                strong: false,
            });
    };
    let subject = tokens_of(&words[..finite]);
    let clean: Vec<usize> = subject
        .iter()
        .copied()
        .filter(|at| !sentence.tokens[*at].any(ADVERBS))
        .collect();
    let determined = clean
        .first()
        .is_some_and(|at| sentence.tokens[*at].any(DETERMINERS));
    let wants = matches!(
        lexicon::verb(sentence.lower(words[finite])).map(|verb| verb.base),
        Some("want" | "need" | "require" | "request" | "lack" | "expect" | "ask")
    );
    if !wants
        && is_thing(source, sentence, &clean)
        && let Some(words) = named(source, sentence, &clean)
    {
        return Some(Thing {
            words,
            strong: determined,
        });
    }
    let deed = sentence.lower(words[finite]).starts_with("ha")
        || lexicon::verb(sentence.lower(words[finite]))
            .is_some_and(|verb| verb.lean != Lean::State);
    let object = tokens_of(&words[finite + 1..]);
    let after: Vec<usize> = object
        .into_iter()
        .skip_while(|at| {
            lexicon::verb(&sentence.tokens[*at].lower)
                .is_some_and(|verb| verb.forms.participle || verb.forms.ing)
                || sentence.tokens[*at].any(ADVERBS)
        })
        .collect();
    named(source, sentence, &after).map(|words| Thing {
        words,
        strong: deed || wants,
    })
}
