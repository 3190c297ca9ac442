//! What `it` and `that` stand for: things named shortly before.

mod phrase;
mod small;

use crate::action::opener::Opener;
use crate::clause::Head;
use crate::detect::Source;
use crate::lexicon::{self, Lean};
use crate::sentence::Sentence;
use crate::summary;
use phrase::Place;

/// How many things are kept in mind.
const REMEMBERED: usize = 12;

/// How many sentences back a pronoun reaches.
const REACH: usize = 5;

/// Something named, in words.
#[derive(Debug, Clone)]
struct Thing {
    /// Its tokens in its sentence.
    tokens: Vec<usize>,
    /// The sentence that names it.
    sentence: usize,
    plural: bool,
    /// How much it stands out: what a clause is about more than what is named in passing.
    weight: usize,
    /// Stands in front, and what follows is about it.
    topic: bool,
}

impl Thing {
    fn words(&self, source: &Source<'_>) -> String {
        let tokens = &source.sentences[self.sentence].tokens;
        let words = summary::render(source.text, tokens, &self.tokens);
        let article = self.tokens.first().is_some_and(|at| {
            tokens[*at].any(&[
                "the", "a", "an", "my", "our", "your", "his", "her", "their", "this",
            ])
        });
        if article {
            summary::lower_first(&words)
        } else {
            words
        }
    }
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
    /// The sentence in which they stand.
    pub index: usize,
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
        let phrases = phrase::phrases(source, sentence, clause);
        // `the inventory shows a stain`: the talk is of the inventory.
        let about = phrases
            .iter()
            .any(|found| found.place == Place::Subject && found.definite);
        // `he wants the offer in writing`: what is waited for is acted on.
        let wanted = sentence.words(clause).any(|token| {
            token.any(&[
                "want", "wants", "wanted", "need", "needs", "needed", "requires", "asked",
            ])
        });
        for found in phrases {
            let weight = match found.place {
                Place::Topic => 5,
                Place::Object if wanted => 6,
                Place::Object => 5 - usize::from(about),
                Place::Subject => 3 + 2 * usize::from(found.definite),
                Place::Aside => 2,
            };
            if self.named.len() == REMEMBERED {
                self.named.remove(0);
            }
            self.named.push(Thing {
                tokens: found.tokens,
                sentence: index,
                plural: found.plural,
                weight,
                topic: found.place == Place::Topic,
            });
        }
    }

    /// What a pronoun in sentence `index` stands for.
    fn meant(&self, index: usize, plural: bool) -> Option<&Thing> {
        let score = |thing: &Thing| {
            let distance = index - thing.sentence.min(index);
            let agrees = if thing.plural == plural { 3 } else { 0 };
            // What the same sentence names before the pronoun is at hand.
            let same = if distance == 0 { 2 } else { 0 };
            (thing.weight + agrees + same + 10).saturating_sub(distance)
        };
        self.named
            .iter()
            .filter(|thing| index.saturating_sub(thing.sentence) <= REACH)
            .max_by_key(|thing| score(thing))
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
        let mut pieces: Vec<String> = Vec::new();
        let mut replaced = false;
        let mut content = false;
        let base = sentence
            .token(opener.verb)
            .and_then(|token| token.verb)
            .map_or("", |verb| verb.base);
        let words = Words {
            source,
            sentence,
            tokens,
            base,
            people,
        };
        for (place, at) in tokens.iter().enumerate() {
            let token = &sentence.tokens[*at];
            if let Some(meant) = self.stands_for(&words, place, replaced) {
                replaced = true;
                pieces.push(meant);
                continue;
            }
            content |= crate::words::is_content(token);
            pieces.push(token.shown(source.text).to_owned());
        }
        let undergoes = undergone(sentence, opener);
        if !replaced
            && (!content || (self.topical(sentence, opener) || undergoes) && lacks_object(&pieces))
            && let Some(summary) =
                self.completed(source, people.index, summary, &pieces, (base, undergoes))
        {
            return Resolved {
                summary,
                replaced: true,
                empty: false,
            };
        }
        let pronouns_only = !tokens.is_empty() && !content && !replaced;
        if !replaced {
            return Resolved {
                summary: summary.to_owned(),
                replaced,
                empty: pronouns_only && tokens.len() < 2 && weak_alone(base),
            };
        }
        Resolved {
            summary: put_together(summary, base, &pieces),
            replaced: true,
            empty: false,
        }
    }

    /// What the word at `place` stands for, if it is a pronoun that can be filled in.
    fn stands_for(&self, words: &Words<'_>, place: usize, replaced: bool) -> Option<String> {
        let Around {
            speaker,
            named,
            index,
        } = words.people;
        let tokens = words.tokens;
        let all = &words.sentence.tokens;
        let token = &all[tokens[place]];
        let in_words = tokens.iter().any(|at| crate::words::is_content(&all[*at]));
        let determiner = tokens
            .get(place + 1)
            .is_some_and(|at| takes_determiner(&all[*at]));
        let sure = token.any(&["it", "them"]);
        let plural = token.any(&["them", "these", "those"]);
        // `tell them`, `confirm with them`: people.
        let before = place
            .checked_sub(1)
            .map_or(words.base, |place| all[tokens[place]].lower.as_str());
        let at_hand = || {
            let near = |thing: &&Thing| index - thing.sentence.min(index) <= 2;
            let mut things = self.named.iter().filter(near);
            things.any(|thing| thing.plural && thing.weight >= 5)
        };
        let sends = matches!(before, "write" | "email" | "text" | "pay");
        let spoken_to = token.is("them") && to_people(before) && !(sends && at_hand());
        let own = token.is("yours") && place == 0 && !in_words;
        let points = token.any(&["that", "this", "these", "those"]) && !determiner;
        if (own || !spoken_to && (sure || points))
            && let Some(thing) = self.meant(index, plural)
            && (!in_words || place == 0 || sure && !replaced)
        {
            return Some(thing.words(words.source));
        }
        let her = token.is("her") && !determiner;
        if (token.is("him") || her)
            && let Some(named) = named.filter(|named| Some(*named) != speaker)
        {
            return Some(named.to_owned());
        }
        speaker
            .filter(|_| token.is("me"))
            .map(std::borrow::ToOwned::to_owned)
    }
}

/// The words of a deed, as its pronouns are looked at.
struct Words<'a> {
    source: &'a Source<'a>,
    sentence: &'a Sentence,
    tokens: &'a [usize],
    /// The plain form of its verb.
    base: &'a str,
    people: Around<'a>,
}

/// The verb of a summary with the words behind it; they keep their order, and marks are rare among
/// them.
fn put_together(summary: &str, base: &str, pieces: &[String]) -> String {
    let verb = summary.split(' ').next().unwrap_or(base).to_owned();
    let joined = pieces.join(" ").replace(" ,", ",").replace(" '", "'");
    let tail = summary
        .find(" if ")
        .filter(|_| !joined.contains(" if "))
        .map_or("", |at| &summary[at..]);
    summary::finish(&format!("{verb} {joined}{tail}"))
}

impl Things {
    /// Whether the clause of a verb stands right behind a topic, a dash or a colon between them.
    fn topical(&self, sentence: &Sentence, opener: &Opener) -> bool {
        let clause = sentence
            .at
            .get(opener.verb)
            .map_or(0, |at| sentence.clause_of(*at));
        let mark = |found: &crate::clause::Clause| {
            found.full.clone().take(1).any(|word| {
                sentence
                    .token(word)
                    .is_some_and(|token| token.is_dash() || token.any(&[":", "("]))
            })
        };
        clause == 1
            && opener.verb == sentence.clauses[1].start
            && sentence.clauses[0].head == Head::Phrase
            && mark(&sentence.clauses[1])
            && self.named.last().is_some()
    }

    /// `Luis to coordinate`: what there is to coordinate was named just before.
    fn completed(
        &self,
        source: &Source<'_>,
        index: usize,
        summary: &str,
        pieces: &[String],
        (base, undergoes): (&str, bool),
    ) -> Option<String> {
        let alone = pieces
            .iter()
            .all(|piece| !piece.chars().any(char::is_alphanumeric) || particle(piece));
        // `Luis to coordinate`, and what `needs collecting`.
        let near = self.meant(index, false).filter(|thing| {
            alone && thing.weight >= 5 && thing.sentence + 1 >= index
                || undergoes && thing.sentence == index
        });
        // `gas stove – borrow from Fatou`: the object stands in front.
        let topic = || {
            let mut named = self.named.iter().rev();
            named
                .find(|thing| thing.topic && thing.sentence == index)
                .filter(|_| lacks_object(pieces))
        };
        let thing = near.or_else(topic)?;
        wants_object(base).then(|| {
            let mut parts: Vec<&str> = summary.split(' ').collect();
            let words = thing.words(source);
            let particle = parts.get(1).is_some_and(|part| summary::particle(part));
            parts.insert((1 + usize::from(particle)).min(parts.len()), &words);
            summary::finish(&parts.join(" "))
        })
    }
}

/// `it is ordered, needs collecting`: the deed is done to what was spoken of.
fn undergone(sentence: &Sentence, opener: &Opener) -> bool {
    opener.shape == crate::action::opener::Shape::Active
        && opener.verb > 0
        && matches!(sentence.lower(opener.verb - 1), "need" | "needs")
}

/// Whether the words behind a verb begin with what no object begins with.
fn lacks_object(pieces: &[String]) -> bool {
    let first = pieces
        .iter()
        .find(|piece| piece.chars().any(char::is_alphanumeric) && !summary::particle(piece));
    first.is_none_or(|first| {
        // `print 2x`
        let counted = first.ends_with('x') && first.starts_with(|c: char| c.is_ascii_digit());
        counted
            || matches!(
                first.to_lowercase().as_str(),
                "from"
                    | "at"
                    | "in"
                    | "on"
                    | "with"
                    | "by"
                    | "for"
                    | "to"
                    | "before"
                    | "after"
                    | "until"
                    | "via"
                    | "online"
                    | "again"
                    | "today"
                    | "soon"
                    | "directly"
                    | "first"
                    | "twice"
                    | "next"
                    | "right"
                    | "as"
                    | "once"
            )
    })
}

/// Whether `that` before this word belongs to it: `that report`, but not `that to Kim`.
fn takes_determiner(next: &crate::token::Token) -> bool {
    next.is_word()
        && !next.any(&[
            "to", "for", "up", "down", "off", "out", "over", "back", "in", "on", "with", "at",
            "from", "and", "about", "again", "away", "by", "through", "into",
        ])
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

fn particle(word: &str) -> bool {
    summary::particle(word) || matches!(word, "in" | "on")
}

/// Verbs that have something done to a thing.
fn wants_object(base: &str) -> bool {
    lexicon::verb(base).is_some_and(|verb| matches!(verb.lean, Lean::Verb | Lean::Either))
        && !matches!(
            base,
            "respond"
                | "reply"
                | "apologise"
                | "apologize"
                | "exercise"
                | "meditate"
                | "practise"
                | "practice"
                | "cook"
                | "shop"
                | "clean"
                | "tidy"
                | "unpack"
                | "declutter"
                | "volunteer"
                | "wrap"
                | "call"
                | "help"
                | "answer"
                | "travel"
                | "speak"
                | "talk"
                | "walk"
                | "iron"
                | "stretch"
                | "bake"
                | "hoover"
                | "vacuum"
                | "garden"
                | "ring"
                | "deploy"
                | "register"
                | "apply"
                | "vote"
                | "pray"
                | "hike"
                | "jog"
                | "meet"
                | "participate"
                | "attend"
                | "join"
                | "hurry"
                | "ask"
                | "type"
                | "lock"
                | "enter"
        )
}

/// Verbs and prepositions behind which `them` are people.
fn to_people(word: &str) -> bool {
    matches!(
        word,
        "tell"
            | "ask"
            | "call"
            | "remind"
            | "email"
            | "text"
            | "phone"
            | "ring"
            | "message"
            | "let"
            | "inform"
            | "with"
            | "thank"
            | "invite"
            | "pay"
            | "meet"
            | "notify"
            | "write"
    )
}
