//! What is only said in company: deeds under way (`opening a PR`), and answers to `who can …?`.

use super::State;
use crate::action::opener::{Agent, Opener, Shape};
use crate::clause::Head;
use crate::lexicon::Lean;
use crate::reply;
use crate::sentence::Sentence;
use crate::token::{List, list};

/// Deeds that end what somebody waits for.
const GOES_OUT: List<'static> = list![
    "send", "merge", "push", "upload", "submit", "sign", "pay", "post", "ship", "finish", "book",
    "order", "print", "scan", "file", "forward", "share", "mail", "email", "publish", "deliver",
    "transfer", "deploy", "fix", "return", "renew", "release", "commit", "invoice",
];

impl State<'_> {
    /// The deed that a clause tells of only because of what stands around it.
    pub(super) fn in_company(&self, index: usize, clause: usize) -> Option<Opener> {
        self.under_way(index, clause)
            .or_else(|| self.taken_on(index, clause))
            .or_else(|| self.still_open(index, clause))
            .or_else(|| self.accepted(index, clause))
            .or_else(|| self.reports(index, clause))
            .or_else(|| self.granted(index, clause))
    }

    /// `Today: reviewing the drafts`, `Ana: sending it after lunch`: what the speaker is about to do.
    pub(super) fn under_way(&self, index: usize, clause: usize) -> Option<Opener> {
        let sentence = &self.source.sentences[index];
        let place = &sentence.unit.place;
        let speaks = place.owner.as_ref().is_some_and(|owner| owner.speaks);
        if sentence.question || !(speaks || place.today || place.owner.is_some()) {
            return None;
        }
        let found = &sentence.clauses[clause];
        if !matches!(found.head, Head::Phrase | Head::Statement) {
            return None;
        }
        let verb = found.start;
        let token = sentence.token(verb)?;
        let read = token
            .verb
            .filter(|verb| verb.forms.ing && matches!(verb.lean, Lean::Verb | Lean::Either))?;
        if read.base == "do" && self.does_it(index, clause) {
            return Some(Opener::said(
                "said to be under way",
                Agent::Speaker,
                verb,
                0.6,
            ));
        }
        let object = sentence
            .token(verb + 1)
            .filter(|token| token.is_word() && verb + 1 < found.full.end)
            .filter(|token| !speaks || !token.any(list!["in", "by", "at"]));
        // `Can you send it?` – `sending tonight`, `the draft is still missing` – `sending today`
        let Some(object) = object else {
            let open = || GOES_OUT.holds(read.base) && self.things.some_is_open(self.source, index);
            return (speaks && (self.asked_for(index, read.base) || open()))
                .then(|| Opener::said("said to be under way", Agent::Speaker, verb, 0.6));
        };
        let idle = object.any(list![
            "now", "again", "too", "soon", "in", "at", "from", "is", "was", "for", "as", "like",
        ]) || matches!(
            read.base,
            "do" | "commute" | "travel" | "enjoy" | "celebrate" | "visit"
        );
        // `leaving the office now`, but not `leaving the key with the porter`
        let left = read.base == "leave"
            && !(verb + 2..found.full.end).any(|word| {
                matches!(
                    sentence.lower(word),
                    "with" | "on" | "at" | "in" | "under" | "by" | "for"
                )
            });
        // `Fixing the bug took a day`
        let told = matches!(found.head, Head::Statement)
            && (verb + 1..found.full.end).any(|word| {
                matches!(
                    sentence.lower(word),
                    "is" | "was" | "took" | "takes" | "has" | "are" | "were"
                )
            });
        (!idle && !told && !left).then(|| {
            Opener::said(
                "said to be under way",
                if speaks {
                    Agent::Speaker
                } else {
                    Agent::Unsaid
                },
                verb,
                0.6,
            )
        })
    }

    /// `doing it now`, `doing that tonight`: the deed is the one before.
    fn does_it(&self, index: usize, clause: usize) -> bool {
        let sentence = &self.source.sentences[index];
        let verb = sentence.clauses[clause].start;
        sentence
            .token(verb + 1)
            .is_some_and(|token| token.any(list!["it", "that", "this", "them", "so"]))
            && self.drafts.iter().any(|draft| draft.alive)
    }

    /// Whether somebody else asked for such a deed in one of the last messages.
    fn asked_for(&self, index: usize, base: &str) -> bool {
        let block = self.source.sentences[index].unit.place.block;
        let stem = crate::words::stem(base);
        self.drafts.iter().rev().take(4).any(|draft| {
            let asked = self.source.sentences[draft.sentence].unit.place.block;
            draft.alive
                && asked != block
                && asked + 4 >= block
                && draft.agent != Agent::Speaker
                && draft.stems.contains(&stem)
        })
    }

    /// `Who can bring the key?` – `Me`: the deed, and who takes it on.
    pub(super) fn taken_on(&self, index: usize, clause: usize) -> Option<Opener> {
        let sentence = &self.source.sentences[index];
        let found = &sentence.clauses[clause];
        let asks = sentence.question || self.source.document.chat;
        if !asks || sentence.lower(found.start) != "who" {
            return None;
        }
        // `got a friend who makes them`: what somebody does anyway.
        let tells = found.start >= 2
            && matches!(
                sentence.lower(found.start - 2),
                "a" | "an" | "the" | "my" | "our" | "some"
            );
        if tells {
            return None;
        }
        let view = sentence.view(&self.source.document.people);
        let helps = view.any(
            found.start + 1,
            list![
                "can", "could", "will", "'ll", "would", "'d", "'s", "is", "wants",
            ],
        );
        let to = usize::from(view.any(found.start + 2, list!["to", "gonna", "going"]))
            + usize::from(view.is(found.start + 3, "to"));
        let verb = found.start + 1 + usize::from(helps) + if helps { to } else { 0 };
        let read = view.verb(verb)?;
        let form = if helps {
            read.forms.base || read.forms.ing && view.any(found.start + 1, list!["'s", "is"])
        } else {
            read.forms.third
        };
        let deed = matches!(
            read.lean,
            Lean::Verb | Lean::Either | Lean::Noun | Lean::Light
        );
        // `Small chops, who is handling?`: the thing stands in front.
        let ahead = clause > 0
            && found.full.start > 0
            && sentence.lower(found.full.start) == ","
            && (verb + 1..found.full.end).all(|word| view.is_mark(word));
        let shape = if ahead {
            let front = &sentence.clauses[clause - 1];
            Shape::Passive {
                object: front.start..front.full.end,
            }
        } else {
            Shape::Active
        };
        let object = ahead
            || view.get(verb + 1).is_some_and(crate::token::Token::is_word)
                && !view.any(verb + 1, list!["what", "who", "whom"]);
        if read.base == "do" && self.done_otherwise(index) {
            return None;
        }
        let agent = self.volunteer(index, read.base)?;
        (form && deed && object && !matches!(read.base, "come" | "join" | "know" | "think")).then(
            || Opener {
                rule: "asked for, and taken on by an answer",
                agent,
                verb,
                shape,
                negated: false,
                subject_said: true,
                firm: true,
                weak: false,
                confidence: 0.8,
                resume: verb + 1,
            },
        )
    }

    /// `Who's doing the cake?` – `me! I'll order it this week`: the answer names the deed.
    fn done_otherwise(&self, index: usize) -> bool {
        let sentences = &self.source.sentences;
        let block = sentences[index].unit.place.block;
        let mut answers = sentences[index + 1..]
            .iter()
            .take(4)
            .filter(|later| later.unit.place.block == block + 1);
        answers.any(|answer| {
            answer.tokens.windows(4).any(|row| {
                row[0].is("i")
                    && row[1].any(list!["'ll", "will"])
                    && row[2]
                        .verb
                        .is_some_and(|verb| verb.lean == Lean::Verb || verb.lean == Lean::Either)
                    && !row[2].any(list!["do", "take"])
                    && row[3].any(list!["it", "them", "one"])
            })
        })
    }

    /// The one who answers `me`, or is named alone, in one of the next messages; or whom somebody asks by
    /// name, and who agrees.
    fn volunteer(&self, index: usize, deed: &str) -> Option<Agent> {
        let source = self.source;
        let asker = &source.sentences[index].unit.place;
        let mut called: Option<String> = None;
        for later in source.sentences.iter().skip(index + 1).take(8) {
            let place = &later.unit.place;
            let speaker = place.owner.as_ref().and_then(|owner| owner.name.clone());
            if later.question && later.at.len() <= 4 {
                let view = later.view(&source.document.people);
                let named = (0..later.at.len())
                    .find_map(|at| crate::person::name(&view, at).map(|(name, _)| name));
                // `Who can drive? Pilar, you?`
                if place.block == asker.block && named.is_some() {
                    return named.map(Agent::Named);
                }
                called = named.or(called);
            }
            if !place.first || place.block == asker.block {
                continue;
            }
            // `Who tells Ida?` – `you do`
            if gives_back(later) {
                return asker.owner.as_ref()?.name.clone().map(Agent::Named);
            }
            let told = called.is_some() && speaker == called && reply::accepts(later);
            if told || takes_on(later, deed) {
                return Some(speaker.map_or(Agent::Anyone, Agent::Named));
            }
        }
        None
    }
}

/// `you do, before Monday`, `that's you`: whether a message gives back to the one who asked.
fn gives_back(answer: &Sentence) -> bool {
    let mut words = answer
        .tokens
        .iter()
        .filter(|token| !token.any(reply::FILLERS));
    let mut next = || words.next().map_or("", |token| token.lower.as_str());
    let (first, second, third) = (next(), next(), next());
    let ends = |word: &str| word.is_empty() || !word.starts_with(char::is_alphanumeric);
    !answer.question
        && match first {
            "you" => matches!(second, "do" | "can" | "will") && ends(third) || ends(second),
            "that" => second == "'s" && third == "you",
            _ => false,
        }
}

/// `me`, `then me, I suppose`, `put me down`, `I'll take it`: whether a message takes a deed on.
fn takes_on(answer: &Sentence, deed: &str) -> bool {
    let words: Vec<&str> = answer
        .tokens
        .iter()
        .filter(|token| {
            token.kind == crate::token::Kind::Word
                && token.mask == crate::token::Mask::None
                && !token.any(reply::FILLERS)
        })
        .map(|token| token.lower.as_str())
        .take(6)
        .collect();
    let is_deed = |verb: &str| crate::lexicon::verb(verb).is_some_and(|verb| verb.base == deed);
    match words.as_slice() {
        ["me", "too" | "neither", ..] => false,
        // `me, I'll order it today` says the deed itself.
        ["me" | "mine" | "us", rest @ ..] | ["it", "'s", "me", rest @ ..] => !rest.contains(&"i"),
        // `I'll take it. Give me till Monday`, `I can do that`, `I will, after lunch`
        [
            "i" | "we",
            "will" | "can",
            "after" | "before" | "then" | "again",
            ..,
        ]
        | [
            "i" | "we",
            "can" | "will" | "'ll",
            "do" | "take" | "handle" | "get",
            "it" | "that" | "this" | "them",
            ..,
        ]
        | [
            "can" | "could" | "will",
            "do" | "take" | "get",
            "it" | "that" | "them",
            ..,
        ]
        | ["put" | "count", "me", ..]
        | ["i", "volunteer", ..]
        | ["that", "i" | "we", "can" | "will" | "'ll", "do", ..]
        | ["i" | "we", "do" | "take", "it" | "that", ..] => true,
        // `who collects it?` – `I can collect it`
        [
            "i" | "we",
            modal @ ("can" | "will" | "'ll"),
            verb,
            rest @ ..,
        ] if is_deed(verb) => {
            let pronoun = matches!(rest.first(), Some(&("it" | "that" | "them")));
            *modal == "can" || pronoun || words.len() <= 3
        }
        ["i" | "we", "can" | "will" | "'ll" | "do" | "am", ..] => words.len() <= 3,
        _ => answer
            .tokens
            .first()
            .is_some_and(|token| token.lower.starts_with(['🙋', '✋'])),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn whoever_answers_takes_it_on() {
        for answer in ["it's me then", "I will, on Friday", "fine, me"] {
            let text = format!(
                "Rui: who waters the ferns on Friday?\nAda: not me\nIda: {answer}\nRui: ta\n"
            );
            assert_eq!(found(&text), ["Water the ferns"], "{text}");
        }
        assert_eq!(
            found("Who can water the ferns on Friday? Ada, you?"),
            ["Water the ferns"]
        );
    }

    #[test]
    fn who_is_asked_by_name_and_agrees_takes_it_on() {
        let text = "Rui: Who'll water the ferns?\nAda: I would, but I'm away.\nRui: Ida?\nIda: Fine, but not before Monday.\n";
        assert_eq!(found(text), ["Water the ferns"]);
        let refused = "Rui: Who'll water the ferns?\nRui: Ida?\nIda: Not me.\n";
        assert_eq!(found(refused), [""; 0]);
        let put = "Rui: Who's watering the ferns?\nAda: I did it last time.\nIda: Put me down.\n";
        assert_eq!(found(put), ["Water the ferns"]);
    }

    #[test]
    fn what_is_under_way_was_asked_for() {
        let text = "Rui: can you send the sketch?\nAda: ok sending tonight\nRui: ta\n";
        assert_eq!(found(text), ["Send the sketch"]);
    }

    #[test]
    fn who_brings_what_is_told_by_the_answers() {
        let text = "Ann: Who's bringing what tomorrow?\nSue: bean salad from me\n\
                    Bo: I'm on ice\nAnn: I've got the tent up already\n";
        assert_eq!(found(text), ["Bring bean salad", "Bring ice"]);
    }

    #[test]
    fn a_question_may_be_given_back() {
        let text = "Ida: who tells Omar about the key?\nTom: you do, before Monday\n";
        assert_eq!(found(text), ["Tell Omar about the key"]);
        assert_eq!(crate::testing::assignees(text), [Some("Ida".to_owned())]);
    }
}
