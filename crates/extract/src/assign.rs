//! Who is to do a task: the subject, the speaker, the one spoken to, a mark behind it.

use std::ops::Range;

use crate::action::imperative;
use crate::action::opener::Agent;
use crate::clause::View;
use crate::detect::Source;
use crate::draft::Draft;
use crate::lexicon;
use crate::sentence::Sentence;
use crate::text::Document;
use crate::token::Kind;
use crate::words;

/// Who speaks, who is spoken to, and who was last named.
pub(crate) struct People {
    addressee: Option<String>,
    greeted: Option<String>,
    named: Option<String>,
    block: usize,
}

impl People {
    pub(crate) fn new(document: &Document) -> Self {
        Self {
            addressee: document.addressee.clone(),
            greeted: None,
            named: None,
            block: 0,
        }
    }

    /// Takes note of who is addressed and named in a sentence.
    pub(crate) fn hear(&mut self, source: &Source<'_>, index: usize) {
        let sentence = &source.sentences[index];
        if sentence.unit.place.block != self.block {
            self.block = sentence.unit.place.block;
            self.greeted = None;
        }
        let view = View::new(&sentence.tokens, false, &source.document.people);
        if let Some((name, _)) =
            imperative::vocative(&view, 0).filter(|(name, _)| !name.contains(" and "))
        {
            self.greeted = Some(name);
        } else if let Some(name) = last_vocative(sentence) {
            self.greeted = Some(name);
        }
        if let Some(name) = hailed(source, index) {
            self.greeted = Some(name);
        }
        for token in &sentence.tokens {
            let known = token.capital
                && token.kind == Kind::Word
                && (source.document.people.contains(&token.lower)
                    || lexicon::is_first_name(&token.lower));
            if known {
                self.named = Some(source.text[token.start..token.end].to_owned());
            }
        }
    }

    /// The one named last.
    pub(crate) fn named(&self) -> Option<&str> {
        self.named.as_deref()
    }

    /// The one who says `I` in a sentence.
    pub(crate) fn speaker(source: &Source<'_>, index: usize) -> Option<String> {
        match &source.sentences[index].unit.place.owner {
            Some(owner) => owner.name.clone(),
            None => source.document.signer.clone(),
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
                _ => None,
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
            Agent::Named(name) => Some(name.clone()),
            Agent::Speaker => Self::speaker(source, index).or(marked),
            Agent::Addressee => self.addressee(source, index).or(marked),
            Agent::Third => self.named.clone(),
            Agent::We | Agent::Anyone => marked,
            Agent::Unsaid => marked.or(of_work).or_else(|| {
                let spoken = place.item.is_none();
                self.greeted
                    .clone()
                    .or_else(|| spoken.then(|| self.addressee(source, index)).flatten())
            }),
        }?;
        let first = name.split(' ').next().unwrap_or(&name).to_lowercase();
        let bytes = sentence
            .tokens
            .iter()
            .find(|token| token.lower.trim_start_matches('@') == first)
            .map(|token| token.start..token.end);
        Some((name, bytes))
    }
}

/// `@Marek write …`, `Arne the cellar is full`: a name in front without a comma.
fn hailed(source: &Source<'_>, index: usize) -> Option<String> {
    let sentence = &source.sentences[index];
    let first = sentence.tokens.iter().position(|token| {
        token.is_word()
            && !token.any(&["hi", "hey", "hello", "ok", "super", "thanks", "also", "and"])
    })?;
    let token = &sentence.tokens[first];
    if let Some(handle) = token.lower.strip_prefix('@') {
        let shown = source.text[token.start..token.end].trim_start_matches('@');
        return (!handle.is_empty()).then(|| shown.to_owned());
    }
    let known = token.capital
        && (source.document.people.contains(&token.lower) || lexicon::is_first_name(&token.lower));
    let spoken_to = sentence
        .tokens
        .get(first + 1)
        .is_some_and(|next| next.any(&["can", "could", "please", "you", "the", "your", "would"]));
    (known && spoken_to).then(|| source.text[token.start..token.end].to_owned())
}

/// `Can you send the file, Noor?`
fn last_vocative(sentence: &Sentence) -> Option<String> {
    let mut words = sentence
        .tokens
        .iter()
        .rev()
        .skip_while(|token| token.is_mark());
    let last = words.next()?;
    let comma = words.next()?;
    let name = last.capital && lexicon::is_first_name(&last.lower) && comma.is(",");
    name.then(|| {
        let mut chars = last.lower.chars();
        chars.next().map_or_else(String::new, |first| {
            first.to_uppercase().chain(chars).collect()
        })
    })
}

/// Calling two people is two tasks.
pub(crate) fn split_people(draft: Draft, sentence: &Sentence) -> Vec<Draft> {
    const CONTACT: &[&str] = &[
        "call", "phone", "ring", "text", "ask", "remind", "email", "message", "visit", "ping",
    ];
    let verb = draft
        .summary
        .split(' ')
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let person = |at: usize| {
        sentence.tokens.get(at).is_some_and(|token| {
            (token.capital && lexicon::is_first_name(&token.lower))
                || matches!(
                    token.lower.as_str(),
                    "mum" | "mom" | "dad" | "grandma" | "grandpa"
                )
        })
    };
    let pair = draft.tokens.first().copied().filter(|first| {
        CONTACT.contains(&verb.as_str())
            && person(*first)
            && sentence
                .tokens
                .get(first + 1)
                .is_some_and(|token| token.any(&["and", "&"]))
            && person(first + 2)
            && draft.tokens.contains(&(first + 2))
    });
    let Some(first) = pair else {
        return vec![draft];
    };
    let names = [first, first + 2].map(|at| sentence.tokens[at].lower.clone());
    let drafts = names.iter().enumerate().map(|(keep, _)| {
        let leave = &names[1 - keep];
        let kept: Vec<&str> = draft
            .summary
            .split(' ')
            .enumerate()
            .filter(|(place, word)| {
                let and = *place == 2 && matches!(*word, "and" | "&");
                !(and || word.to_lowercase().trim_end_matches(',') == *leave && *place <= 3)
            })
            .map(|(_, word)| word)
            .collect();
        let summary = kept.join(" ");
        Draft {
            stems: words::stems(&summary),
            summary,
            ..draft.clone()
        }
    });
    drafts.collect()
}
