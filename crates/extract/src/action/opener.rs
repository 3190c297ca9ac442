//! Subjects with their modal verbs, requests and obligations: what opens a clause that asks for a deed.
//!
//! The forms are patterns over words (`patterns.rs`).

mod thing;

use std::borrow::Cow;
use std::ops::Range;

use super::patterns::{self, Element, Pattern};
use super::present;
pub(crate) use super::subject::{starts_subject, subject};
use super::unlisted::unknown_base;
use crate::clause::View;
use crate::lexicon::Lean;
use crate::token::{List, list};

/// Who is to do it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Agent {
    /// Nothing is said: an order, a note.
    Unsaid,
    /// `I`.
    Speaker,
    /// `we`.
    We,
    /// `you`.
    Addressee,
    /// `somebody`.
    Anyone,
    /// `he`, `she`, `they`.
    Third,
    /// A name or a role.
    Named(String),
}

/// How the deed is worded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Shape {
    /// `fix the test`.
    Active,
    /// `the test needs to be fixed`: the object stands before the verb.
    Passive { object: Range<usize> },
    /// `packing the vases falls to Kim`: the deed is the subject of its sentence.
    Subject { object: Range<usize> },
    /// `have the kitchen painted`: the object stands between.
    Causative { object: Range<usize> },
    /// `timesheets must be in by six`: what has to be somewhere, and the verb for bringing it there.
    Placed {
        verb: &'static str,
        object: Range<usize>,
    },
    /// No verb of its own: `the present is on Tom`, `I need the figures`.
    Thing {
        verb: &'static str,
        object: Range<usize>,
    },
}

/// What opens a clause that asks for a deed.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent properties, each asked for by its name"
)]
pub(crate) struct Opener {
    /// In words, which form it is.
    pub rule: &'static str,
    pub agent: Agent,
    /// Index of the verb of the deed.
    pub verb: usize,
    pub shape: Shape,
    pub negated: bool,
    /// The subject is in the words, so that the clause can start anywhere.
    pub subject_said: bool,
    /// Holds even after `maybe`.
    pub firm: bool,
    /// Holds only with a date, or in a list.
    pub weak: bool,
    /// From 0 to 1.
    pub confidence: f32,
    /// First index at which the next clause may begin.
    pub resume: usize,
}

impl Opener {
    /// A deed in the active voice whose subject stands in the words; nothing else holds it.
    pub(crate) fn said(rule: &'static str, agent: Agent, verb: usize, confidence: f32) -> Self {
        Self {
            rule,
            agent,
            verb,
            shape: Shape::Active,
            negated: false,
            subject_said: true,
            firm: false,
            weak: false,
            confidence,
            resume: verb + 1,
        }
    }

    /// What somebody does, told in the present tense: as agreed, where its company says so.
    pub(crate) fn agreed(agent: Agent, verb: usize) -> Self {
        Self {
            firm: true,
            weak: true,
            ..Self::said(super::IS_AGREED, agent, verb, 0.7)
        }
    }
}

/// Reads the opener at `start`.
pub(crate) fn read(view: &View<'_>, start: usize) -> Option<Opener> {
    let sure = super::passive::made_sure(view, start);
    if let Some(asked) = sure.or_else(|| super::mandate::read(view, start)) {
        return Some(asked);
    }
    if let Some(told) =
        super::undone::read(view, start).or_else(|| super::callback::read(view, start))
    {
        return Some(told);
    }
    if let Some(told) =
        super::reminded::read(view, start).or_else(|| super::wrong::read(view, start))
    {
        return Some(told);
    }
    let who = subject(view, start);
    if let Some(wished) = who.as_ref().and_then(|who| super::wished::read(view, who)) {
        return Some(wished);
    }
    patterns::candidates(view.lower(start))
        .filter(|pattern| pattern.may_match(view.bits))
        .find_map(|pattern| matches(view, start, pattern, who.as_ref()))
        .or_else(|| {
            let who = who.as_ref()?;
            patterns::after_subject(view.lower(who.1))
                .filter(|pattern| pattern.may_match(view.bits))
                .find_map(|pattern| matches(view, start, pattern, Some(who)))
        })
        .or_else(|| super::passive::read(view, start))
        .or_else(|| present::of_thing(view, start, who.as_ref()?))
        .or_else(|| super::causative::told(view, who?))
}

/// State while a pattern is matched.
struct Match<'a> {
    at: usize,
    agent: Cow<'a, Agent>,
    subject_said: bool,
    negated: bool,
}

/// Reads a pattern at `start`, where `who` is the subject if one begins there.
fn matches(
    view: &View<'_>,
    start: usize,
    pattern: &'static Pattern,
    who: Option<&(Agent, usize)>,
) -> Option<Opener> {
    let mut state = Match {
        at: start,
        agent: Cow::Borrowed(&pattern.agent),
        subject_said: false,
        negated: false,
    };
    for element in &pattern.elements {
        match element {
            Element::Words { any, optional } => {
                // `I called my mum to tell her`: only in front of a clause it is for her to do.
                let inside = any.holds("2")
                    && start > 0
                    && view.verb(start - 1).is_some_and(|verb| {
                        verb.forms.past && !verb.forms.base
                            || verb.forms.ing && view.any(start, list!["me", "us"])
                    });
                if inside {
                    return None;
                }
                if view.any(state.at, *any) {
                    if state.at == start && matches!(view.lower(start), "i" | "we") {
                        state.subject_said = true;
                        if *state.agent == Agent::Speaker && view.is(start, "we") {
                            state.agent = Cow::Owned(Agent::We);
                        }
                    }
                    state.at += 1;
                } else if !optional {
                    return None;
                }
            }
            Element::Who => {
                let (agent, end) = match who {
                    _ if state.at > start => {
                        let (agent, end) = subject(view, state.at).or_else(|| {
                            // `it falls to her to …`
                            let other = view.any(state.at, list!["him", "her", "them"]);
                            other.then_some((Agent::Third, state.at + 1))
                        })?;
                        (Cow::Owned(agent), end)
                    }
                    who => who.map(|(agent, end)| (Cow::Borrowed(agent), *end))?,
                };
                if !pattern.own_agent {
                    state.agent = agent;
                }
                state.subject_said = true;
                state.at = end;
            }
            Element::Adverbs => skip_adverbs(view, &mut state),
            Element::Base => return deed(view, &state, pattern),
            Element::Past => {
                let verb = view.verb(state.at).filter(|verb| verb.forms.past)?;
                return acceptable(view, state.at, verb.lean)
                    .then(|| opener(view, pattern, &state, state.at, Shape::Active, state.at + 1));
            }
            Element::Ing => {
                // `I'm having the silver cleaned`
                if view.any(state.at, list!["having", "getting"])
                    && let Some((object, verb)) = super::passive::causative(view, state.at)
                {
                    let shape = Shape::Causative { object };
                    return Some(opener(view, pattern, &state, verb, shape, verb + 1));
                }
                let known = view.verb(state.at).map(|verb| (verb.forms.ing, verb.lean));
                let (ing, lean) = known.unwrap_or((unknown_ing(view, state.at), Lean::Verb));
                return (ing && acceptable(view, state.at, lean))
                    .then(|| opener(view, pattern, &state, state.at, Shape::Active, state.at + 1));
            }
            Element::Told | Element::Order | Element::Does => {
                let acts = match element {
                    Element::Told => present::told(view, state.at, &state.agent),
                    Element::Order => present::ordered(view, state.at),
                    _ => present::does(view, state.at, &state.agent),
                };
                return acts
                    .then(|| opener(view, pattern, &state, state.at, Shape::Active, state.at + 1));
            }
            Element::Thing(verb) => return thing::thing(view, &state, pattern, verb),
        }
    }
    None
}

/// `you're labelling the jars`: a verb that is not on the list shows itself by its ending.
fn unknown_ing(view: &View<'_>, at: usize) -> bool {
    at > 0
        && view.any(
            at - 1,
            list!["'re", "are", "'m", "am", "'s", "is", "mind", "without"],
        )
        && view.get(at).is_some_and(|token| {
            !token.capital
                && token.lower.len() > 6
                && token.lower.ends_with("ing")
                && !token.lower.ends_with("thing")
        })
        && view.any(
            at + 1,
            list![
                "the", "my", "our", "your", "for", "all", "both", "his", "her",
            ],
        )
}

fn opener(
    view: &View<'_>,
    pattern: &Pattern,
    state: &Match<'_>,
    verb: usize,
    shape: Shape,
    resume: usize,
) -> Opener {
    Opener {
        rule: pattern.rule,
        agent: state.agent.clone().into_owned(),
        verb,
        shape,
        negated: (state.negated || pattern.negates) && !only_later(view, verb),
        subject_said: state.subject_said,
        firm: pattern.firm,
        weak: pattern.weak,
        confidence: pattern.confidence,
        resume,
    }
}

/// `can't start the curtains until …`: it is to be done, later.
fn only_later(view: &View<'_>, verb: usize) -> bool {
    verb >= 2
        && view.any(verb - 1, list!["n't", "not"])
        && view.any(verb - 2, list!["can", "could"])
        && (verb..view.len().min(verb + 10))
            .any(|at| view.any(at, list!["until", "till", "before", "unless"]))
}

/// Skips adverbs and notes a negation among them.
fn skip_adverbs(view: &View<'_>, state: &mut Match<'_>) {
    const ADVERBS: List<'static> = list![
        "still",
        "meanwhile",
        "really",
        "also",
        "just",
        "probably",
        "definitely",
        "then",
        "now",
        "first",
        "please",
        "pls",
        "kindly",
        "maybe",
        "possibly",
        "perhaps",
        "quickly",
        "urgently",
        "absolutely",
        "certainly",
        "finally",
        "already",
        "all",
        "both",
        "soon",
        "actually",
        "simply",
        "either",
        "each",
        "again",
        "therefore",
        "additionally",
        "immediately",
        "personally",
        "ideally",
        "you",
        "guys",
        "so",
        "both",
        "gladly",
        "happily",
        "try",
        "and",
        "to",
        "briefly",
        "myself",
        "yourself",
        "yourselves",
        "ourselves",
        "himself",
        "herself",
        "always",
        "at",
        "least",
    ];
    loop {
        match view.lower(state.at) {
            "not" | "n't" | "never" => {
                state.negated = true;
                state.at += 1;
            }
            "try" if view.any(state.at + 1, list!["to", "and"]) => state.at += 2,
            "try" | "and" | "to" | "you" | "at" => return,
            word if ADVERBS.holds(word) => state.at += 1,
            _ => return,
        }
    }
}

/// Reads the verb of the deed: plain, `be done`, or `have it done`.
fn deed(view: &View<'_>, state: &Match<'_>, pattern: &'static Pattern) -> Option<Opener> {
    let at = state.at;
    if view.any(at, list!["have", "get"])
        && let Some((object, verb)) = super::passive::causative(view, at)
    {
        return Some(opener(
            view,
            pattern,
            state,
            verb,
            Shape::Causative { object },
            verb + 1,
        ));
    }
    // `by then she needs to have laminated the chart`
    if view.is(at, "have")
        && let Some(read) = view.verb(at + 1)
        && read.forms.participle
        && !read.forms.base
        && view.get(at + 2).is_some_and(crate::token::Token::is_word)
        && acceptable(view, at + 1, read.lean)
    {
        return Some(opener(view, pattern, state, at + 1, Shape::Active, at + 2));
    }
    // `Kim, please don't send it`
    if view.is(at, "do")
        && view.any(at + 1, list!["n't", "not"])
        && view.base_verb(at + 2).is_some()
        && !view.any(at + 2, list!["forget"])
    {
        let forbidden = opener(view, pattern, state, at + 2, Shape::Active, at + 3);
        return Some(Opener {
            negated: true,
            ..forbidden
        });
    }
    if unknown_base(view, at) {
        return Some(opener(view, pattern, state, at, Shape::Active, at + 1));
    }
    let verb = view.base_verb(at)?;
    // `Work on Harbour Street will start in May` says when, and asks nobody.
    let happens = matches!(*state.agent, Agent::Named(_))
        && matches!(
            verb.base,
            "start"
                | "begin"
                | "end"
                | "open"
                | "close"
                | "run"
                | "launch"
                | "continue"
                | "resume"
                | "reopen"
                | "return"
                | "arrive"
                | "change"
                | "move"
                | "depart"
                | "land"
        )
        && (view.is_mark(at + 1)
            || view.any(
                at + 1,
                list![
                    "in", "on", "at", "from", "for", "until", "as", "again", "by",
                ],
            ));
    // `you will find the keys in the drawer` tells, and asks nobody.
    let told = *state.agent == Agent::Addressee
        && view.any(at.wrapping_sub(1), list!["will", "'ll"])
        && matches!(
            verb.base,
            "find" | "see" | "receive" | "hear" | "notice" | "learn" | "recognise" | "recognize"
        );
    let left = view.is(at, "leave") && super::notice::left_alone(view, at)
        || matches!(*state.agent, Agent::Speaker | Agent::We)
            && super::notice::stays_open(view, at)
        || *state.agent == Agent::Anyone && super::notice::wanted_company(view, at);
    if happens || told || left {
        return None;
    }
    // After a name and `will`, a noun cannot follow, so that every word that can be a verb is one.
    acceptable(view, at, verb.lean).then(|| opener(view, pattern, state, at, Shape::Active, at + 1))
}

/// Whether the verb names a deed that somebody can be asked for.
pub(crate) fn acceptable(view: &View<'_>, at: usize, lean: Lean) -> bool {
    match lean {
        Lean::State => super::light::lets_know(view, at) || super::light::state_verb(view, at),
        Lean::Light => super::light::light_verb(view, at),
        Lean::Verb | Lean::Either | Lean::Noun => !super::blocked::idiom(view, at),
    }
}
