//! Entries that say what is still open by how their thing stands: `door 3 doesn't close – Mick`, `deposit not
//! paid yet – Ida`, `ch 2 – footnotes missing`, `ch 1 – needs 2 more sources`, `conclusion: not started`.
//!
//! Such a line only reports; it asks where somebody is named for it, where it stands among tasks, or where
//! several lines of the text say the like.

use std::ops::Range;

use super::super::{Source, State};
use super::errand::Errand;
use crate::due;
use crate::sentence::Sentence;
use crate::text::Section;
use crate::token::{Kind, List, Token, list};
use crate::{summary, words};

/// Why such an entry is a task.
pub(crate) const RULE: &str = "said to be still open";

/// Tokens of such an entry.
const LONGEST: usize = 16;
/// Words of a thing, and of the label in front of it.
const THING: usize = 5;

/// The words by which an entry says so.
const SIGNS: List<'static> = list![
    "not", "n't", "missing", "needs", "no", "drips", "leaks", "squeaks", "sticks", "rattles",
    "jams", "flickers", "broken", "cracked", "loose", "stuck", "blocked", "clogged", "jammed",
];

/// What only tells of somebody or of what was.
const TELLS: List<'static> = list![
    "i", "we", "he", "she", "they", "you", "it", "was", "were", "had", "has", "have", "did", "who",
    "because", "but", "if", "when", "so", "and", "why", "that", "there", "this", "been", "be",
];

impl State<'_> {
    /// Adds what an entry says to be open; whether it does.
    pub(in crate::detect) fn open_state(&mut self, index: usize) -> bool {
        let source = self.source;
        let sentence = &source.sentences[index];
        let asked = |state: &Open| self.is_asked(index, state.worn);
        let Some(state) = open(sentence).filter(asked) else {
            return false;
        };
        let tokens = state.tokens(sentence);
        let mut thing = summary::render(source.text, &sentence.tokens, &tokens);
        // `Discharge letter not signed yet`: its capital is that of the sentence.
        let opens = sentence
            .tokens
            .first()
            .filter(|_| tokens.first() == Some(&0));
        let small = |token: &&Token| {
            let letters = source.text[token.start..token.end].chars().skip(1);
            !token.is_first_name()
                && letters.clone().count() > 0
                && letters.clone().all(char::is_lowercase)
        };
        if opens.as_ref().is_some_and(small) {
            thing = summary::lower_first(&thing);
        }
        let summary = summary::finish(&match &state.goal {
            Some(goal) => format!("{} {thing} {}", state.verb, to_goal(source, sentence, goal)),
            None => format!("{} {thing}", state.verb),
        });
        let errand = Errand {
            stems: words::stems(&summary),
            summary,
            tokens,
            bytes: sentence.unit.range.clone(),
            due: due::choose(source, sentence, 0),
            confidence: 0.6,
            rule: RULE,
        };
        let first = self.drafts.len();
        self.add_errand(index, 0, errand);
        if let Some(name) = unheard(sentence) {
            let bytes = name.start..name.end;
            let name = source.text[bytes.clone()].to_owned();
            for draft in &mut self.drafts[first..] {
                draft
                    .assignee
                    .get_or_insert_with(|| (name.clone(), Some(bytes.clone())));
            }
        }
        true
    }

    /// Whether somebody is named for it, or the lines around it are work.
    fn is_asked(&self, index: usize, worn: bool) -> bool {
        let source = self.source;
        let sentence = &source.sentences[index];
        let place = &sentence.unit.place;
        let open = place
            .item
            .as_ref()
            .is_some_and(|item| item.checked == Some(false));
        sentence.person.is_some()
            || unheard(sentence).is_some()
            || open
            || matches!(place.section, Section::Tasks)
            || !worn && *self.whole.open_states.get_or_init(|| several(source))
    }
}

/// Whether at least two lines of a text say of their things that they are open.
fn several(source: &Source<'_>) -> bool {
    let states = source.sentences.iter().take(60).filter(|sentence| {
        sentence.unit.place.first && open(sentence).is_some_and(|state| !state.worn)
    });
    !source.document.chat && states.take(2).count() == 2
}

/// What is open, as words of the entry.
struct Open {
    verb: &'static str,
    /// What stands in front of a colon or a dash, where the thing is a part of it.
    label: Option<Range<usize>>,
    thing: Range<usize>,
    /// To what the thing is added: `to ch 2`.
    goal: Option<Range<usize>>,
    /// It is only said how it is: `hinge loose`.
    worn: bool,
}

impl Open {
    fn tokens(&self, sentence: &Sentence) -> Vec<usize> {
        let words = self
            .label
            .clone()
            .into_iter()
            .flatten()
            .chain(self.thing.clone());
        let words = words.filter_map(|word| sentence.at.get(word)).copied();
        words
            .filter(|at| !sentence.tokens[*at].is("missing"))
            .collect()
    }
}

/// To what a thing is added, in words: `to ch 2`.
fn to_goal(source: &Source<'_>, sentence: &Sentence, goal: &Range<usize>) -> String {
    let words = summary::render(source.text, &sentence.tokens, &sentence.at[goal.clone()]);
    format!("to {words}")
}

/// Reads an entry that says what is open.
fn open(sentence: &Sentence) -> Option<Open> {
    let tokens = &sentence.tokens;
    if tokens.len() > LONGEST || sentence.question || !tokens.iter().any(|token| token.any(SIGNS)) {
        return None;
    }
    if tokens.iter().any(|token| token.any(TELLS)) {
        return None;
    }
    let end = end(sentence)?;
    let parted = |word: &usize| {
        sentence
            .token(*word)
            .is_some_and(|token| token.is(":") || token.is_dash())
    };
    let label = (1..end.min(THING + 1)).find(parted);
    let from = label.map_or(0, |label| label + 1);
    let label = label
        .map(|label| 0..label)
        .filter(|label| named(sentence, label.clone()));
    undone(sentence, label.clone(), from..end)
        .or_else(|| lacking(sentence, label.clone(), from..end))
        .or_else(|| faulty(sentence, label.clone(), from..end))
        .or_else(|| spoilt(sentence, label, from..end))
}

/// The end of an entry, in front of the one word behind its last dash, which can only be whose it is.
fn end(sentence: &Sentence) -> Option<usize> {
    let mark = |word: usize| sentence.token(word).is_none_or(Token::is_mark);
    let last = (0..sentence.at.len()).rev().find(|word| !mark(*word))?;
    let dash = last.checked_sub(1).filter(|before| *before > 2);
    let apart = dash.filter(|dash| sentence.token(*dash).is_some_and(Token::is_dash));
    Some(match apart {
        Some(dash)
            if sentence
                .token(last)
                .is_some_and(|token| token.verb.is_none()) =>
        {
            dash
        }
        _ => last + 1,
    })
}

/// The name behind the last dash of an entry that no list of names has: `– Ola`.
fn unheard(sentence: &Sentence) -> Option<&Token> {
    let own = sentence.at.get(end(sentence)? + 1)?;
    let token = &sentence.tokens[*own];
    (token.capital && !token.upper && token.kind == Kind::Word).then_some(token)
}

/// Whether words name a thing.
fn named(sentence: &Sentence, words: Range<usize>) -> bool {
    let mut tokens = words.clone().filter_map(|word| sentence.token(word));
    (1..=THING).contains(&words.len())
        && tokens
            .clone()
            .all(|token| !token.is_mark() || token.is("'s"))
        && tokens.any(|token| words::is_content(token) || token.kind == Kind::Number)
}

/// `TTOs not written yet`, `conclusion: not started`, `cake: deposit not paid yet`.
fn undone(sentence: &Sentence, label: Option<Range<usize>>, words: Range<usize>) -> Option<Open> {
    let not = words.clone().find(|word| sentence.lower(*word) == "not")?;
    let yet = usize::from(sentence.lower(not + 1) == "yet");
    let verb = sentence
        .token(not + 1 + yet)?
        .verb
        .filter(|verb| verb.forms.participle)?;
    let behind = not + 2 + yet;
    let closed = behind == words.end || sentence.lower(behind) == "yet" && behind + 1 == words.end;
    let still = usize::from(not > words.start && sentence.lower(not - 1) == "still");
    let thing = words.start..not - still;
    let (label, thing) = if thing.is_empty() {
        (None, label?)
    } else {
        (label, thing)
    };
    let known = named(sentence, thing.clone()) && !person(sentence, &thing);
    // `not allowed`, `not included`: how it is, for good.
    let doable = !matches!(
        verb.base,
        "allow"
            | "include"
            | "know"
            | "need"
            | "want"
            | "permit"
            | "affect"
            | "involve"
            | "use"
            | "see"
            | "give"
            | "find"
            | "interest"
            | "support"
            | "accept"
            | "require"
            | "expect"
            | "recommend"
            | "cover"
            | "intend"
            | "suit"
            | "invite"
            | "have"
            | "be"
            | "get"
    );
    (closed && known && doable).then_some(Open {
        verb: verb.base,
        label,
        thing,
        goal: None,
        worn: false,
    })
}

/// `ch 2 – footnotes missing`, `ch 1 – needs 2 more sources`.
fn lacking(sentence: &Sentence, label: Option<Range<usize>>, words: Range<usize>) -> Option<Open> {
    if let Some(missing) = words
        .clone()
        .find(|word| sentence.lower(*word) == "missing")
    {
        let thing = words.start..missing;
        let whole = missing + 1 == words.end;
        let known = named(sentence, thing.clone()) && !person(sentence, &thing);
        // `RSVPs: 14 missing, chase them`: what is to be done is told behind.
        let told = words
            .clone()
            .any(|word| sentence.token(word).is_none_or(Token::is_mark));
        // `silicone missing round the basin`, but `chase the missing ones`
        let where_to = list![
            "round", "around", "on", "at", "in", "from", "behind", "under", "near", "along", "for",
            "above", "below", "over", "by", "to",
        ];
        let placed = whole
            || sentence
                .token(missing + 1)
                .is_some_and(|token| token.any(where_to));
        let label = label.filter(|_| known && placed && !told)?;
        return Some(if whole {
            Open {
                verb: "add missing",
                label: None,
                thing,
                goal: Some(label),
                worn: false,
            }
        } else {
            Open {
                verb: "add missing",
                label: Some(label),
                thing: words,
                goal: None,
                worn: false,
            }
        });
    }
    let needs = words
        .clone()
        .find(|word| sentence.lower(*word) == "needs")?;
    let thing = if needs == words.start {
        label?
    } else {
        words.start..needs
    };
    let more = (needs + 1..words.end.min(needs + 3))
        .any(|word| matches!(sentence.lower(word), "more" | "another"));
    let wanted = needs + 1..words.end;
    let known = named(sentence, thing.clone()) && !person(sentence, &thing);
    (more && known && (2..=THING).contains(&wanted.len())).then_some(Open {
        verb: "add",
        label: None,
        thing: wanted,
        goal: Some(thing),
        worn: false,
    })
}

/// `door 3 doesn't close`, `window won't open`, `bed 2: socket no power`.
fn faulty(sentence: &Sentence, label: Option<Range<usize>>, words: Range<usize>) -> Option<Open> {
    let no = |word: &usize| matches!(sentence.lower(*word), "n't" | "no");
    let no = words.clone().find(no)?;
    let (thing, rest) = if sentence.lower(no) == "no" {
        label.as_ref()?;
        // `no power`, but `no action`, `no news`
        let last = words
            .end
            .checked_sub(1)
            .and_then(|last| sentence.token(last));
        last.filter(|token| token.any(SUPPLIES))?;
        (words.start..no, no + 1)
    } else {
        if no == words.start {
            return None;
        }
        let helper = matches!(sentence.lower(no - 1), "does" | "do" | "will");
        let acts = sentence.token(no + 1).is_some_and(|token| token.any(WORKS));
        (
            words.start..no.checked_sub(1).filter(|_| helper && acts)?,
            no + 1,
        )
    };
    let brief = (1..=2).contains(&(words.end.saturating_sub(rest)));
    let known = named(sentence, thing.clone()) && !person(sentence, &thing);
    (brief && known).then_some(Open {
        verb: "fix",
        label,
        thing,
        goal: None,
        worn: false,
    })
}

/// `tap drips`, `hall: hinge loose`.
fn spoilt(sentence: &Sentence, label: Option<Range<usize>>, words: Range<usize>) -> Option<Open> {
    const SPOILT: List<'static> = list![
        "drips", "leaks", "squeaks", "sticks", "rattles", "jams", "flickers", "broken", "cracked",
        "loose", "stuck", "blocked", "clogged", "jammed",
    ];
    let last = words.end.checked_sub(1)?;
    let thing = words.start..last;
    let spoilt = sentence.token(last).is_some_and(|token| token.any(SPOILT));
    (spoilt && named(sentence, thing.clone()) && !person(sentence, &thing)).then_some(Open {
        verb: "fix",
        label,
        thing,
        goal: None,
        worn: true,
    })
}

/// What rooms and machines lack.
const SUPPLIES: List<'static> = list![
    "power",
    "water",
    "light",
    "heat",
    "heating",
    "signal",
    "sound",
    "pressure",
    "connection",
    "current",
    "picture",
    "wifi",
    "internet",
    "gas",
    "electricity",
    "flow",
    "display",
];

/// What things do that are in order.
const WORKS: List<'static> = list![
    "close", "open", "shut", "lock", "latch", "work", "fit", "drain", "flush", "start", "light",
    "ring", "heat", "run", "turn", "move", "charge", "print", "load", "hold", "stick", "switch",
    "boot", "sync", "save", "ignite", "fire", "click", "seal", "align", "spin", "cool",
];

/// Whether words name a person.
fn person(sentence: &Sentence, thing: &Range<usize>) -> bool {
    let last = thing
        .end
        .checked_sub(1)
        .and_then(|word| sentence.token(word));
    last.is_some_and(|token: &Token| token.capital && token.is_first_name())
}

#[cfg(test)]
mod tests {
    use crate::testing::{assignees, found, summaries};

    #[test]
    fn what_is_said_to_be_open_is_a_task() {
        let text = "Flat 2 – defects\nkitchen: tap 2 won't shut – Bo\nhall: light doesn't work\nbath: silicone missing round basin – Bo";
        assert_eq!(
            summaries(text),
            [
                "Fix kitchen tap 2",
                "Fix hall light",
                "Add missing bath silicone round basin"
            ]
        );
        let bo = || Some("Bo".to_owned());
        assert_eq!(assignees(text), [bo(), None, bo()]);
        assert_eq!(
            found(
                "- part 1 – needs 3 more maps\n- part 2 – captions missing\n- preface: not started\n- index: done"
            ),
            [
                "Add 3 more maps to part 1",
                "Add missing captions to part 2",
                "Start preface"
            ]
        );
        assert_eq!(
            found("- hall booked\n- flyers: not printed yet\n- band: deposit not paid yet – Ida"),
            ["Print flyers", "Pay band deposit"]
        );
        assert_eq!(
            found("Room 9: out tomorrow. Discharge letter not written yet – Priya"),
            ["Write discharge letter"]
        );
    }

    #[test]
    fn what_is_only_told_stays_quiet() {
        for text in [
            "The report was not written yet and the invoice not paid yet.",
            "Wine not included. Dogs not allowed.",
            "Leo missing since Friday. Police not informed yet.",
            "The lift doesn't work.",
            "blue room: towels not included\nred room: TV missing",
            "26/42 Dog bins: agreed no action.",
            "The train needs 2 more stops.",
        ] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }
}
