//! What somebody asks after and is not done yet: `did you pay the florist?` – `no, Friday`.

use super::State;
use crate::action::opener::{Agent, Opener};
use crate::lexicon::Lean;
use crate::sentence::Sentence;
use crate::token::list;

impl State<'_> {
    /// `Did anyone answer the venue?` – `No, will do it now`, `have you called Gran?` – `not yet, tonight`: not done
    /// yet, and taken on.
    pub(super) fn still_open(&self, index: usize, clause: usize) -> Option<Opener> {
        const PUT_OFF: &str = "not done yet, and taken on by an answer";
        let source = self.source;
        let sentence = &source.sentences[index];
        let found = &sentence.clauses[clause];
        let did = sentence.lower(found.start) == "did";
        if !source.document.chat || !did && sentence.lower(found.start) != "have" {
            return None;
        }
        let view = sentence.view(&source.document.people);
        let (_, verb) = crate::action::opener::subject(&view, found.start + 1)?;
        // `did you ever call them back?`
        let verb = verb + usize::from(view.any(verb, list!["ever", "actually", "even", "already"]));
        let read = if did {
            view.base_verb(verb)?
        } else {
            view.verb(verb).filter(|read| read.forms.participle)?
        };
        let object = view.get(verb + 1).filter(|next| next.is_word())?;
        let deed = matches!(read.lean, Lean::Verb | Lean::Either)
            && !object.any(list!["that", "this", "what", "anything"]);
        let name = if did && !object.is("it") {
            self.undertakes(index).or_else(|| self.puts_off(index))
        } else {
            self.puts_off(index)
        }?;
        deed.then(|| Opener {
            firm: true,
            ..Opener::said(PUT_OFF, Agent::Named(name), verb, 0.7)
        })
    }

    /// The one who says in one of the next messages that it will be done: `doing it now`.
    fn undertakes(&self, index: usize) -> Option<String> {
        let source = self.source;
        let asker = &source.sentences[index].unit.place;
        let later = source.sentences.iter().skip(index + 1).take(6);
        let found = later
            .filter(|later| later.unit.place.block != asker.block)
            .find(|later| {
                later.tokens.windows(3).any(|row| {
                    row[1].is("do")
                        && row[2].any(list!["it", "that", "them", "so"])
                        && row[0].any(list!["will", "'ll", "can", "gonna"])
                        || row[0].is("doing") && row[1].any(list!["it", "that"])
                        || row[0].any(list!["will", "'ll"])
                            && row[1].is("do")
                            && row[2].any(list!["now", "tonight", "today", "asap"])
                })
            })?;
        let owner = found.unit.place.owner.as_ref();
        owner.and_then(|owner| owner.name.clone())
    }

    /// The one who answers `not yet, tonight`: the day on which it will be done.
    fn puts_off(&self, index: usize) -> Option<String> {
        let source = self.source;
        let asker = &source.sentences[index].unit.place;
        let first = (index + 1..source.sentences.len().min(index + 4))
            .find(|at| source.sentences[*at].unit.place.block != asker.block)?;
        let place = &source.sentences[first].unit.place;
        let opens = source.sentences[first].plain_words();
        let open = matches!(
            opens[..],
            ["not", "yet", ..] | ["no" | "nope", "not", "yet", ..]
        ) || matches!(opens[..], ["no" | "nope" | "nah"]);
        let told = |sentence: &&Sentence| {
            let [(_, date)] = sentence.date_tokens()[..] else {
                return false;
            };
            sentence.unit.place.block == place.block
                && !sentence.question
                && sentence.plain_words().len() <= 5
                && source.dates[date].due.date() >= source.now.date()
                && source.dates[date].recurrence.is_none()
        };
        let day = source.sentences[first..].iter().take(2).any(|at| told(&at));
        // `no can we do it tomorrow night`
        let later = matches!(
            opens[..],
            [
                "no" | "nope",
                "can" | "could" | "shall",
                "we" | "i",
                "do",
                "it" | "that" | "them",
                ..
            ] | [
                "no" | "nope",
                "let" | "we" | "i",
                "'s" | "'ll" | "can",
                "do",
                "it" | "that" | "them",
                ..
            ]
        ) && matches!(source.sentences[first].date_tokens()[..], [(_, date)]
            if source.dates[date].due.date() >= source.now.date());
        let owner = place.owner.as_ref().filter(|_| open && day || later)?;
        owner.name.clone()
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{assignees, dues, found};

    #[test]
    fn what_is_put_off_to_a_day_is_to_be_done() {
        for (text, summary, day) in [
            (
                "Dad: have you rung the dentist?\nEli: not yet, tonight\nDad: ok\n",
                "Ring the dentist",
                "2026-03-10",
            ),
            (
                "Rita: I left the lease with you. Did you sign it?\nGus: not yet. tomorrow first thing, promise\n",
                "Sign the lease",
                "2026-03-11",
            ),
            (
                "Rita: hey did you ever call the bakery back\nGus: no was slammed. I'll do it tomorrow\n",
                "Call the bakery back",
                "2026-03-11",
            ),
            (
                "Rita: did you pay the florist?\nGus: no, friday\n",
                "Pay the florist",
                "2026-03-13",
            ),
        ] {
            assert_eq!(found(text), [summary], "{text}");
            assert_eq!(dues(text), [Some(day.to_owned())], "{text}");
            assert!(assignees(text)[0].is_some(), "{text}");
        }
        for text in [
            "Rita: have you read the book?\nGus: not yet\n",
            "Rita: did you see the news?\nGus: no, today?\n",
            "Rita: did you like the film?\nGus: not yet seen it, maybe friday\n",
            "Rita: did you hear the show on friday?\nGus: no\n",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
