//! What `it` and `that` stand for: things named shortly before.

mod heading;
mod kind;
mod left_open;
mod lot;
mod object;
mod persons;
mod phrase;
mod pronoun;
mod small;
mod word;

pub(crate) use persons::persons;
pub(crate) use small::outside;

use std::cell::Cell;
use std::iter::Peekable;
use std::vec::IntoIter;

use crate::action::opener::{Opener, Shape};
use crate::clause::{Head, Order};
use crate::detect::Source;
use crate::lexicon::Lean;
use crate::sentence::Sentence;
use crate::summary;
use crate::token::{List, list};
use object::{lacks_object, never_alone, undergone, weak_alone};
use phrase::Place;
use pronoun::Words;

/// How many things are kept in mind.
const REMEMBERED: usize = 12;

/// Verbs by which what is wrong is put right.
const MENDS: List<'static> = list![
    "correct", "fix", "update", "change", "amend", "replace", "repair", "adjust",
];

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
    /// Named in a condition: `if the tiles are late, order from Rossi` may mean others.
    supposed: bool,
    /// The plain form of the verb that does something to it.
    deed: &'static str,
    /// The last sentence that speaks of it, be it as `it`.
    said: Cell<usize>,
}

impl Thing {
    /// Whether it is called by the verb that is done to it: nobody reviews a review.
    fn is_deed(&self, source: &Source<'_>, base: &str) -> bool {
        let tokens = &source.sentences[self.sentence].tokens;
        let verb = self.tokens.last().and_then(|at| tokens[*at].verb);
        verb.is_some_and(|verb| verb.base == base && (self.tokens.len() == 1 || verb.forms.ing))
    }

    /// Its words, as what is known by now: `an error` is `the error`.
    fn words(&self, source: &Source<'_>) -> String {
        let tokens = &source.sentences[self.sentence].tokens;
        if let Some((first, rest)) = self.tokens.split_first()
            && tokens[*first].any(list!["a", "an", "some", "another", "any"])
            && !rest.is_empty()
        {
            return format!("the {}", summary::render(source.text, tokens, rest));
        }
        let words = summary::render(source.text, tokens, &self.tokens);
        let article = self.tokens.first().is_some_and(|at| {
            tokens[*at].any(list![
                "the", "a", "an", "my", "our", "your", "his", "her", "their", "this",
            ])
        });
        // `Flyers: I'll chase them`: the capital is that of the line.
        let opens = self.tokens.first() == Some(&0) && {
            let first = &tokens[0];
            !first.upper && (first.verb.is_some() || crate::area::knows(&first.lower))
        };
        if article || opens {
            summary::lower_first(&words)
        } else {
            words
        }
    }
}

/// Something that a clause names, before it is heard.
#[derive(Debug)]
struct Named {
    /// The sentence, and which of its clauses.
    clause: (usize, usize),
    person: bool,
    thing: Thing,
}

/// Things named so far, the latest last.
#[derive(Debug)]
pub(crate) struct Things {
    named: Vec<Thing>,
    /// People by what they are, the latest last.
    persons: Vec<Thing>,
    /// What is named further on.
    ahead: Peekable<IntoIter<Named>>,
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
    /// Reads what the clauses of a text name, all of them before the first is heard: the code that reads
    /// stays at hand.
    pub(crate) fn of(source: &Source<'_>) -> Self {
        let mut ahead = Vec::new();
        for (index, sentence) in source.sentences.iter().enumerate() {
            for clause in 0..sentence.clauses.len() {
                read(source, (index, clause), &mut ahead);
            }
        }
        Self {
            named: Vec::new(),
            persons: Vec::new(),
            ahead: ahead.into_iter().peekable(),
        }
    }

    /// Keeps in mind what a clause names; clauses are heard in their order, if at all.
    pub(crate) fn hear(&mut self, index: usize, clause: usize) {
        let here = (index, clause);
        while let Some(found) = self.ahead.next_if(|found| found.clause <= here) {
            if found.clause < here {
                continue;
            }
            let kept = if found.person {
                &mut self.persons
            } else {
                &mut self.named
            };
            if kept.len() == REMEMBERED {
                kept.remove(0);
            }
            kept.push(found.thing);
        }
    }

    /// What a pronoun in sentence `index` stands for, to which the verb `base` is done.
    fn meant(
        &self,
        source: &Source<'_>,
        (index, base): (usize, &str),
        plural: bool,
    ) -> Option<&Thing> {
        // In prose, what another paragraph names is further away.
        let block = |index: usize| {
            let sentence = source.sentences.get(index);
            sentence.map_or(0, |sentence| sentence.unit.place.block)
        };
        let away = |thing: &Thing| {
            let apart = block(index).abs_diff(block(thing.sentence));
            if source.document.chat || source.document.notes {
                0
            } else {
                2 * apart.min(2)
            }
        };
        // `Site walk with Jo: the tag expired, so Ben renews it`: what was named behind the topic is nearer.
        let later = |thing: &Thing| {
            thing.topic
                && self.named.iter().any(|other| {
                    other.sentence == thing.sentence
                        && other.tokens > thing.tokens
                        && other.weight > 2
                        && other.plural == plural
                })
        };
        let score = |thing: &Thing| {
            let distance = index - thing.said.get().min(index);
            // `them` is hardly ever one thing.
            let agrees = match (thing.plural, plural) {
                (true, true) => 7,
                (false, false) => 5,
                (true, false) => 2,
                (false, true) => 0,
            };
            // What the same sentence names before the pronoun is at hand.
            let same = match distance {
                0 if thing.weight > 2 => 2,
                0 => 1,
                _ => 0,
            };
            let passed = usize::from(later(thing));
            // `only if the drive is cleared … you clear it`: the same is done to the same.
            let again = 4 * usize::from(thing.weight > 2 && thing.deed == base)
                // What was `it` once is `it` again.
                + 2 * usize::from(thing.said.get() > thing.sentence);
            // `the site still shows the old prices – Ana fixes that`
            let mended = if distance == 0 && MENDS.holds(base) && is_wrong(source, thing) {
                8
            } else {
                0
            };
            (thing.weight + agrees + same + again + mended + 10)
                .saturating_sub(distance + away(thing) + passed)
        };
        self.named
            .iter()
            .filter(|thing| index.saturating_sub(thing.said.get()) <= REACH)
            .filter(|thing| !thing.is_deed(source, base))
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
        let mut filled = false;
        let mut content = false;
        let base = sentence
            .token(opener.verb)
            .and_then(|token| token.verb)
            .map_or("", |verb| verb.base);
        let tokens = lot::without_article(sentence, tokens);
        let words = Words {
            source,
            sentence,
            tokens,
            base,
            verb: sentence.at.get(opener.verb).copied(),
            people,
        };
        for (place, at) in tokens.iter().enumerate() {
            let token = &sentence.tokens[*at];
            if let Some(meant) = self.stands_for(&words, place, filled) {
                replaced = true;
                // `send him photos of it`: whoever is meant says nothing of the thing.
                filled |= !token.any(list!["him", "her", "me", "you"]);
                pieces.push(meant);
                continue;
            }
            content |= crate::words::is_content(token);
            pieces.push(token.shown(source.text).to_owned());
        }
        if !replaced
            && let Some(summary) =
                self.filled_in(&words, (opener, people.index), (summary, &pieces), content)
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
}

/// Whether something is said to be no longer what it should be: `the old prices`.
fn is_wrong(source: &Source<'_>, thing: &Thing) -> bool {
    let tokens = &source.sentences[thing.sentence].tokens;
    thing
        .tokens
        .iter()
        .any(|at| tokens[*at].any(list!["old", "outdated", "stale", "obsolete"]))
}

/// Adds what a clause names.
fn read(source: &Source<'_>, (index, clause): (usize, usize), named: &mut Vec<Named>) {
    let sentence = &source.sentences[index];
    let phrases = phrase::phrases(source, sentence, clause);
    // `the inventory shows a stain`: the talk is of the inventory.
    let about = phrases
        .iter()
        .any(|found| found.place == Place::Subject && found.definite && !found.person);
    // `he wants the offer in writing`: what is waited for is acted on.
    let wanted = sentence.words(clause).any(|token| {
        token.any(list![
            "want", "wants", "wanted", "need", "needs", "needed", "requires", "asked", "owe",
            "owes", "owed",
        ])
    });
    let head = &sentence.clauses[clause].head;
    let conditional = matches!(head, Head::Subordinate(Order::Condition));
    // `hold the note until the lawyer gives the word`: what is said by the way.
    let aside = clause > 0 && matches!(head, Head::Subordinate(Order::After | Order::Aside));
    for found in phrases {
        // `the buyer has asked for the old plans`, `Ida is waiting on the survey`
        let first = found.tokens[0];
        let asked_for = found.place == Place::Aside
            && first > 1
            && (sentence.tokens[first - 1].is("for")
                && sentence.tokens[first - 2].any(list!["asked", "asks", "asking"])
                || sentence.tokens[first - 1].is("on") && sentence.tokens[first - 2].is("waiting"));
        let weight = match found.place {
            Place::Topic => 5,
            Place::Aside if asked_for => 6,
            Place::Object if wanted => 6,
            Place::Object => 5 - usize::from(about) - usize::from(aside),
            // `A scooter blocks the ramp. Tow it.`: what is new is what the talk is of.
            Place::Subject
                if sentence.tokens[found.tokens[0]].any(list!["a", "an"])
                    && *head != Head::Phrase =>
            {
                6
            }
            Place::Subject => 3 + 2 * usize::from(found.definite),
            Place::Aside => 2,
        };
        let deed = deed(sentence, clause, &found);
        named.push(Named {
            clause: (index, clause),
            person: found.person,
            thing: Thing {
                tokens: found.tokens,
                sentence: index,
                plural: found.plural,
                weight,
                topic: found.place == Place::Topic,
                supposed: conditional,
                deed,
                said: Cell::new(index),
            },
        });
    }
}

/// The verb that does something to what a phrase of a clause names: the last one before an object, the
/// participle behind a subject.
fn deed(sentence: &Sentence, clause: usize, phrase: &phrase::Phrase) -> &'static str {
    let (Some(first), Some(last)) = (phrase.tokens.first(), phrase.tokens.last()) else {
        return "";
    };
    let subject = matches!(phrase.place, Place::Subject | Place::Topic);
    let words = sentence
        .clauses
        .get(clause)
        .map_or(0..0, |clause| clause.full.clone());
    let mut verbs = words.filter_map(|word| {
        let at = sentence.at.get(word)?;
        let verb = sentence.tokens[*at].verb?;
        let near = if subject {
            at > last && *at <= last + 4 && verb.forms.participle
        } else {
            at < first
        };
        (near && matches!(verb.lean, Lean::Verb | Lean::Either)).then_some(verb.base)
    });
    let found = if subject {
        verbs.next()
    } else {
        verbs.next_back()
    };
    found.unwrap_or_default()
}

impl Things {
    /// The summary with what the deed is done to, where it was named before.
    fn filled_in(
        &self,
        words: &Words<'_>,
        (opener, index): (&Opener, usize),
        (summary, pieces): (&str, &[String]),
        content: bool,
    ) -> Option<String> {
        let sentence = words.sentence;
        let undergoes = undergone(sentence, opener);
        // `needs loading, all hands please`
        let parted = words
            .verb
            .zip(words.tokens.first())
            .is_some_and(|(verb, first)| {
                verb < *first
                    && sentence.tokens[verb + 1..*first]
                        .iter()
                        .any(|token| token.is(","))
            });
        // `fill in section B`
        let fills =
            words.base == "fill" && pieces.len() > 1 && matches!(pieces[0].as_str(), "in" | "out");
        // `and check if the hotel has rooms`: that is what is found out.
        let asks = matches!(
            words.base,
            "check" | "ask" | "see" | "confirm" | "decide" | "clarify"
        ) && summary
            .split(' ')
            .nth(1)
            .is_some_and(|word| matches!(word, "if" | "whether"));
        let lacks = parted || lacks_object(pieces) && !fills;
        let open = !asks
            && (!content
                || object::renews(pieces, words.base) && self.topical(sentence, opener)
                || (self.topical(sentence, opener) || undergoes || never_alone(words.base))
                    && opener.shape == Shape::Active
                    && lacks);
        open.then(|| {
            self.completed(
                words.source,
                index,
                summary,
                pieces,
                (words.base, undergoes, lacks),
            )
        })
        .flatten()
    }
}

/// The verb of a summary with the words behind it; they keep their order, and marks are rare among
/// them.
fn put_together(summary: &str, base: &str, pieces: &[String]) -> String {
    let verb = summary.split(' ').next().unwrap_or(base).to_owned();
    let joined = pieces
        .join(" ")
        .replace(" ,", ",")
        .replace(" '", "'")
        .replace(" . ", ". ");
    let tail = summary
        .find(" if ")
        .filter(|_| !joined.contains(" if "))
        .map_or("", |at| &summary[at..]);
    summary::finish(&format!("{verb} {joined}{tail}"))
}
