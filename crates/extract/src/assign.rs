//! Who is to do a task: the subject, the speaker, the one spoken to, a mark behind it.

mod apart;
mod later;
mod letter;
mod pair;
mod vocative;
mod whole;

use std::ops::Range;

use crate::action::opener::Agent;
use crate::action::vocative::vocative as called;
use crate::clause::{Head, Order};
use crate::detect::Source;
use crate::sentence::Sentence;
use crate::text::Document;
use crate::token::{Kind, List, Mask, Token, list};
use crate::{area, person, token};

pub(crate) use later::settle;
pub(crate) use pair::split_people;
use vocative::{closing_vocative, hailed, inner_vocative, last_vocative, speaks_to_all};
pub(crate) use whole::name as whole_names;

/// Who speaks, who is spoken to, and who was last named.
pub(crate) struct People {
    addressee: Option<String>,
    greeted: Option<String>,
    /// A whole group is spoken to.
    crowd: bool,
    /// Who was named last, and in which sentence; the last stands last.
    recent: Vec<(usize, String)>,
    block: usize,
    /// Where the heading stands whose names were noted.
    headed: usize,
    heard: bool,
}

/// How many of the people named last a pronoun can stand for.
const RECENT: usize = 6;

impl People {
    pub(crate) fn new(document: &Document) -> Self {
        Self {
            addressee: document.addressee.clone(),
            greeted: None,
            crowd: false,
            recent: Vec::new(),
            block: 0,
            headed: usize::MAX,
            heard: false,
        }
    }

    /// Takes note of who is addressed and named in a sentence.
    pub(crate) fn hear(&mut self, source: &Source<'_>, index: usize) {
        let sentence = &source.sentences[index];
        if !self.heard {
            self.heard = true;
            if self.addressee.is_none() && !source.document.chat {
                self.addressee = closing_vocative(source);
            }
        }
        if sentence.unit.place.block != self.block {
            self.block = sentence.unit.place.block;
            self.greeted = None;
        }
        let view = sentence.view(&source.document.people);
        if let Some((name, _)) = called(&view, 0).filter(|(name, _)| !name.contains(" and ")) {
            self.greeted = Some(name);
        } else if let Some(name) = last_vocative(sentence) {
            self.greeted = Some(name);
        }
        if let Some(name) = hailed(source, index).or_else(|| inner_vocative(source, index)) {
            self.greeted = Some(name);
        }
        // `Farid: the audit is coming, he'll update the cards`
        let place = &sentence.unit.place;
        if place.first
            && let Some(name) = place
                .owner
                .as_ref()
                .filter(|owner| !owner.speaks)
                .and_then(|owner| owner.name.clone())
        {
            self.note(index, name);
        }
        // `Secretary for the spring: Lene. She sends …`
        if let Some(name) = &sentence.person
            && sentence.actions().next().is_none()
        {
            self.note(index, name.clone());
        }
        let heading = sentence.unit.place.heading.as_ref();
        let above = heading
            .or(source.document.title.as_ref())
            .filter(|range| range.start != self.headed);
        if let Some(range) = above {
            self.headed = range.start;
            for token in token::tokenize(source.text, range.clone()) {
                if token.capital && token.is_first_name() {
                    self.note(index, source.text[token.start..token.end].to_owned());
                }
            }
        }
        self.crowd = speaks_to_all(sentence);
        if self.crowd {
            self.greeted = None;
        }
        for (at, token) in sentence.tokens.iter().enumerate() {
            let named = token.capital
                && token.kind == Kind::Word
                && token.mask == Mask::None
                && (source.document.people.has(token)
                    || token.is_first_name()
                    || subject_by_shape(sentence, at));
            if named && !is_shop(&sentence.tokens, at) {
                let name = source.text[token.start..token.end].to_owned();
                self.note(index, name);
            }
        }
    }

    fn note(&mut self, index: usize, name: String) {
        self.recent.retain(|(_, known)| *known != name);
        self.recent.push((index, name));
        if self.recent.len() > RECENT {
            self.recent.remove(0);
        }
    }

    /// The one a pronoun of a sentence stands for: of those named last before it, the one it can fit.
    fn meant(&self, source: &Source<'_>, index: usize) -> Option<String> {
        let tokens = &source.sentences[index].tokens;
        let she = tokens.iter().any(|token| token.any(list!["she", "her"]));
        let he = tokens
            .iter()
            .any(|token| token.any(list!["he", "his", "him"]));
        let pronoun = tokens
            .iter()
            .position(|token| token.any(list!["he", "she", "they"]));
        if let Some(titled) = letter::titled(tokens, pronoun, she) {
            return Some(source.text[titled].to_owned());
        }
        // `He will repair it, and Anna tests it`: who is named behind the pronoun is somebody else.
        let before = |(at, name): &&(usize, String)| {
            let named = |token: &Token| source.text[token.start..token.end] == *name;
            *at < index || pronoun.is_none() || tokens.iter().position(named) < pronoun
        };
        let told = || self.recent.iter().rev().filter(before);
        let (last, latest) = told().next().or(self.recent.last())?;
        // Most names that end in `a` are names of women.
        let fits = |name: &str| {
            let womanly = name.ends_with(['a', 'é']) || name.ends_with("ie");
            she == he || womanly == she
        };
        let found = told().find(|(at, name)| at + 2 > *last && (she || he) && fits(name));
        Some(found.map_or(latest, |(_, name)| name).clone())
    }

    /// The one named last.
    pub(crate) fn named(&self) -> Option<&str> {
        self.recent.last().map(|(_, name)| name.as_str())
    }

    /// The one named last who neither speaks nor is spoken to in a sentence, nor does its deed: in `Otto has not
    /// paid. Georg reminds him`, `him` is not Georg.
    pub(crate) fn spoken_of(
        &self,
        source: &Source<'_>,
        index: usize,
        agent: &Agent,
    ) -> Option<String> {
        let doer = match agent {
            Agent::Named(name) => Some(name),
            _ => None,
        };
        let speaker = Self::speaker(source, index);
        let addressee = self.addressee(source, index);
        // `She wants him rung today – Ida on it`: who is named behind the pronoun is somebody else.
        let tokens = &source.sentences[index].tokens;
        let pronoun = tokens
            .iter()
            .position(|token| token.any(list!["him", "her"]));
        let before = |(at, name): &(usize, String)| {
            let named = |token: &Token| source.text[token.start..token.end] == *name;
            *at < index || pronoun.is_none() || tokens.iter().position(named) < pronoun
        };
        let other = |name: &&(usize, String)| {
            before(name)
                && Some(&name.1) != speaker.as_ref()
                && Some(&name.1) != addressee.as_ref()
                && Some(&name.1) != doer
        };
        let found = self.recent.iter().rev().find(other);
        found.map(|(_, name)| name.clone())
    }

    /// Whether somebody is addressed by name.
    pub(crate) fn greets(&self) -> bool {
        self.greeted.is_some()
    }

    /// The one who says `I` in a sentence.
    pub(crate) fn speaker(source: &Source<'_>, index: usize) -> Option<String> {
        let place = &source.sentences[index].unit.place;
        let signer = source.document.signer.as_ref();
        match (&place.owner, signer) {
            // `Ruth – your book is here. I shall bring it. Dilys`: who is spoken to does not write.
            // `- Ruth: a cake. Send me the bill`: in a signed list too, behind the words of the item.
            (Some(owner), Some(signer))
                if !owner.speaks && (place.item.is_none() || !place.first) =>
            {
                Some(signer.clone())
            }
            (Some(owner), _) => owner.name.clone(),
            (None, signer) => signer.cloned(),
        }
    }

    /// The one who is called `you` in a sentence.
    fn addressee(&self, source: &Source<'_>, index: usize) -> Option<String> {
        if self.greeted.is_some() {
            return self.greeted.clone();
        }
        if source.document.chat {
            let speaker = Self::speaker(source, index)?;
            let others: Vec<&String> = source
                .document
                .speakers
                .iter()
                .filter(|name| **name != speaker)
                .collect();
            return match others.as_slice() {
                [other] => Some((*other).clone()),
                _ => answered(source, index).filter(|name| *name != speaker),
            };
        }
        self.addressee.clone()
    }

    /// Who is to do a task whose words name this agent.
    pub(crate) fn assignee(
        &self,
        source: &Source<'_>,
        index: usize,
        agent: &Agent,
    ) -> Option<(String, Option<Range<usize>>)> {
        let sentence = &source.sentences[index];
        let place = &sentence.unit.place;
        let marked = sentence.person.clone();
        let of_work = place
            .owner
            .as_ref()
            .filter(|owner| !owner.speaks)
            .and_then(|owner| owner.name.clone());
        let name = match agent {
            Agent::Named(name) if apart::is_dealt_with(sentence, name) => {
                self.addressee(source, index).or(marked)
            }
            Agent::Named(name) => {
                named_behind_role(source, &sentence.tokens, name).or_else(|| Some(name.clone()))
            }
            Agent::Speaker => Self::speaker(source, index).or(marked),
            Agent::Addressee if self.crowd && self.greeted.is_none() => marked,
            // `- Emma: can you book it?` speaks to the one whose work it is.
            Agent::Addressee => of_work.or_else(|| self.addressee(source, index)).or(marked),
            Agent::Third => self.meant(source, index),
            Agent::Anyone if marked.is_none() && means_you(source, index) => {
                self.addressee(source, index)
            }
            // `The soffits want painting, Glen.`
            Agent::We | Agent::Anyone => marked.or_else(|| last_vocative(sentence)),
            Agent::Unsaid if self.crowd => marked.or(of_work),
            Agent::Unsaid
                if marked.is_none()
                    && let Some(name) = apart::apposed(sentence) =>
            {
                Some(name)
            }
            Agent::Unsaid
                if marked.is_none()
                    && promises(sentence)
                    && let Some(name) = apart::goes_on(sentence, &source.document.people) =>
            {
                Some(name)
            }
            // `Not yet sir, will inform them today`: nobody else promises without a subject.
            // `remind me to oil the chain`
            Agent::Unsaid
                if promises(sentence)
                    || apart::owes(sentence)
                    || source.document.chat && apart::is_reminded(sentence) =>
            {
                Self::speaker(source, index).or(marked)
            }
            Agent::Unsaid => marked
                .or_else(|| apart::behind(sentence, &source.document.people))
                .or_else(|| self.greeted.clone())
                .or(of_work)
                .or_else(|| {
                    let spoken = place.item.is_none()
                        || source.document.handed
                        || asked_of_you(source, index)
                        || letter::told(source, index)
                        || says_please(sentence)
                        || tells_when(sentence);
                    spoken.then(|| self.addressee(source, index)).flatten()
                }),
        }?;
        if !name.chars().any(char::is_alphanumeric) {
            return None;
        }
        let first = crate::words::lower(name.split(' ').next().unwrap_or(&name));
        let bytes = sentence
            .tokens
            .iter()
            .find(|token| token.lower.trim_start_matches('@') == first)
            .map(|token| token.start..token.end);
        Some((name, bytes))
    }
}

/// `he'll drive to Hofer's tomorrow`: a shop or somebody's home, whom nobody speaks of.
fn is_shop(tokens: &[Token], at: usize) -> bool {
    at > 0
        && tokens.get(at + 1).is_some_and(|next| next.is("'s"))
        && tokens[at - 1].any(list!["to", "at", "from", "by"])
        && tokens
            .get(at + 2)
            .is_none_or(|behind| behind.is_mark() || behind.is_dated())
}

/// `Treasurer (Ida) to pay the deposit`: the name of whoever is named by what they are.
fn named_behind_role(source: &Source<'_>, tokens: &[Token], name: &str) -> Option<String> {
    let open = tokens.iter().position(|token| token.is("("))?;
    let known = |token: &Token| {
        token.capital && (token.is_first_name() || source.document.people.has(token))
    };
    let named = tokens.get(open + 1).filter(|token| known(token))?;
    let closed = tokens.get(open + 2).is_some_and(|token| token.is(")"));
    let role = tokens[open.checked_sub(1)?].lower == crate::words::lower(name);
    (closed && role).then(|| source.text[named.start..named.end].to_owned())
}

/// `Yeah, and tell catering`: who is answered in a chat of several, the one who wrote just before.
fn answered(source: &Source<'_>, index: usize) -> Option<String> {
    const ANSWERS: List<'static> = list![
        "yes", "yeah", "yep", "yup", "ok", "okay", "fine", "sure", "great", "perfect", "good",
        "👍", "thanks", "thx", "ty", "please", "cool", "deal", "lovely", "right", "no",
    ];
    let block = source.sentences[index].unit.place.block;
    let first = source.sentences[..=index]
        .iter()
        .rposition(|sentence| sentence.unit.place.block != block)
        .map_or(0, |before| before + 1);
    let opening = source.sentences[first]
        .tokens
        .iter()
        .find(|token| !token.is_mark())?;
    let before = source.sentences.get(first.checked_sub(1)?)?;
    let owner = before.unit.place.owner.as_ref()?;
    (opening.any(ANSWERS) && owner.speaks).then(|| owner.name.clone())?
}

/// A promise without a subject: `will add`, `not yet, will inform them`.
fn promises(sentence: &Sentence) -> bool {
    sentence.tokens.iter().enumerate().any(|(at, token)| {
        if !token.any(list!["will", "gonna"]) {
            return false;
        }
        let opens = at == 0
            || sentence.tokens[at - 1].is_mark()
            || sentence.tokens[at - 1].any(list![
                "and", "but", "so", "ok", "okay", "sure", "yes", "yep", "yeah", "ya", "yup",
                "sorry",
            ]);
        let acts = sentence.tokens.get(at + 1).is_some_and(|next| {
            next.verb.is_some_and(|verb| verb.forms.base)
                || next.any(list!["do", "also", "then", "just", "still"])
        });
        opens && acts
    })
}

/// `3. When it shows up, forward it to accounting.`: an item as one says it to somebody.
fn tells_when(sentence: &Sentence) -> bool {
    sentence.clauses.iter().any(|clause| {
        matches!(
            clause.head,
            Head::Subordinate(Order::After | Order::Condition)
        )
    })
}

/// `page 15: please take the photo again`: an item in which somebody is spoken to.
fn says_please(sentence: &Sentence) -> bool {
    sentence.tokens.iter().enumerate().any(|(at, token)| {
        token.any(list!["please", "pls", "plz", "kindly"])
            || token.any(list!["can", "could", "would", "will"])
                && sentence
                    .tokens
                    .get(at + 1)
                    .is_some_and(|next| next.any(list!["you", "u"]))
    })
}

/// `What I need from you:` above a list: its items are for the one written to.
fn asked_of_you(source: &Source<'_>, index: usize) -> bool {
    let place = &source.sentences[index].unit.place;
    let says_you = |words: &str| {
        words
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| word.eq_ignore_ascii_case("you"))
    };
    if let Some(heading) = &place.heading {
        return says_you(&source.text[heading.clone()]);
    }
    let above = source.sentences[index].above;
    above.is_some_and(|above| {
        let sentence = &source.sentences[above];
        let words = source.text[sentence.unit.range.clone()].trim_end();
        words.ends_with(':') && says_you(words)
    })
}

/// `Kwabla isn't coming`, `Xiomara's gel`: a word in front that can only be a name.
fn subject_by_shape(sentence: &Sentence, at: usize) -> bool {
    let token = &sentence.tokens[at];
    let opens = at == 0 || sentence.tokens[at - 1].any(list![".", ":", ";"]);
    let next = sentence.tokens.get(at + 1);
    let acts = next.is_some_and(|next| {
        next.any(list![
            "'s", "is", "has", "will", "'ll", "was", "can", "said", "says",
        ]) || next
            .verb
            .is_some_and(|verb| verb.forms.past && !verb.forms.base)
    });
    opens
        && acts
        && !token.upper
        && token.lower.chars().count() > 2
        && !person::no_name(token)
        && !token.is_role()
        && token.verb.is_none()
        && !area::knows(&token.lower)
}

/// `Someone will have to renew it. Could that be you?`, `by somebody I mean you`: who is meant is told behind.
fn means_you(source: &Source<'_>, index: usize) -> bool {
    let sentences = &source.sentences[index..source.sentences.len().min(index + 2)];
    sentences.iter().any(|sentence| {
        let tokens = &sentence.tokens;
        tokens.windows(2).enumerate().any(|(at, pair)| {
            let that = at
                .checked_sub(1)
                .is_some_and(|before| tokens[before].any(list!["that", "it", "this"]));
            let ends = tokens.get(at + 2).is_none_or(Token::is_mark);
            let points = pair[0].any(list!["mean", "means", "meaning"])
                || that && pair[0].any(list!["be", "'s", "is"]);
            points && ends && pair[1].is("you")
        })
    })
}
