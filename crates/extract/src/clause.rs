//! The clauses of a sentence, each with what opens it.
//!
//! A clause begins at a mark, a conjunction or a subject with its modal verb, and only where what
//! follows can be read as one: an order, a promise, a request, a statement, a condition. Everything
//! else belongs to the clause before it. One pass, with a bounded look ahead.

mod added;
mod dictation;
mod finite;
mod head;
mod joined;
mod lead;
mod pause;

use std::borrow::Cow;
use std::ops::Range;

use crate::action::opener::{self, Opener, Shape};
use crate::action::{imperative, passive};
use crate::lexicon::Verb;
use crate::person::Named;
use crate::token::{Entries, List, Mask, Token, bit, list};
use added::{adds, inquires, reminds, says_more};
use finite::subordinate;
use head::head_at;
use joined::{calls, joined_to, joins_clause, plain_phrase};
use lead::skip_lead;

pub(crate) use finite::is_statement as states;
pub(crate) use finite::{is_finite, is_plural_noun};
pub(crate) use lead::Lead;

/// The words of a sentence that count: no dates, no hesitations, no marks of urgency.
pub(crate) struct View<'a> {
    pub(crate) tokens: &'a [Token],
    /// Where each stands among all tokens of the sentence.
    pub(crate) at: Cow<'a, [usize]>,
    /// The bit of each ([`Token::bit`]), side by side: most questions end here.
    pub(crate) each: Cow<'a, [u64]>,
    /// The sentence ends with a question mark.
    pub(crate) question: bool,
    /// Spoken without marks, so that clauses begin without one.
    pub(crate) dictated: bool,
    /// The sentence is an item of a list, or a line of its own.
    pub(crate) listed: bool,
    /// The bits of all its words: a list without any of them has none of the words.
    pub(crate) bits: u64,
    /// People the text names, in lower case.
    pub(crate) people: &'a Named,
}

impl<'a> View<'a> {
    pub(crate) fn new(tokens: &'a [Token], listed: bool, people: &'a Named) -> Self {
        let mut at = Vec::with_capacity(tokens.len());
        at.extend((0..tokens.len()).filter(|index| tokens[*index].mask == Mask::None));
        let question = tokens
            .last()
            .is_some_and(|token| token.lower.starts_with('?'))
            || tokens.iter().rev().take(3).any(|token| token.is("?"));
        let words = at.iter().filter(|index| tokens[**index].is_word()).count();
        let each: Vec<u64> = at.iter().map(|at| tokens[*at].bit()).collect();
        let bits = each.iter().fold(0, |bits, bit| bits | bit);
        // Who types in a hurry leaves out marks sooner.
        let hurried = tokens.iter().filter(|token| token.hurried).count() >= 2;
        let least = if hurried { 12 } else { 22 };
        let dictated = words >= least && (at.len() - words) * least <= words;
        Self {
            tokens,
            at: Cow::Owned(at),
            each: Cow::Owned(each),
            question,
            dictated,
            listed,
            bits,
            people,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.at.len()
    }

    pub(crate) fn get(&self, index: usize) -> Option<&'a Token> {
        self.at.get(index).and_then(|at| self.tokens.get(*at))
    }

    pub(crate) fn lower(&self, index: usize) -> &'a str {
        self.get(index).map_or("", |token| token.lower.as_str())
    }

    /// The bit of a word, or none behind the last.
    #[inline]
    fn bit(&self, index: usize) -> u64 {
        self.each.get(index).copied().unwrap_or(0)
    }

    /// Whether it is this word, which is not empty.
    #[inline]
    pub(crate) fn is(&self, index: usize, word: &str) -> bool {
        self.bit(index) & bit(word) != 0 && self.reads(index, word)
    }

    /// Whether it is this word, as its bit allows.
    #[cold]
    #[inline(never)]
    fn reads(&self, index: usize, word: &str) -> bool {
        self.lower(index) == word
    }

    #[inline]
    pub(crate) fn any(&self, index: usize, words: List<'_>) -> bool {
        self.bit(index) & words.bits() != 0 && self.among(index, words.entries())
    }

    /// Whether the word is on the list, as its bit allows. It rarely comes to this, and there are
    /// thousands of lists: what compares the words is not repeated for each.
    #[cold]
    #[inline(never)]
    fn among(&self, index: usize, entries: &Entries<'_>) -> bool {
        self.get(index).is_some_and(|token| token.among(entries))
    }

    /// Whether some word can be on the list: if not, none is.
    pub(crate) fn may_have(&self, words: List<'_>) -> bool {
        self.bits & words.bits() != 0
    }

    /// Whether words that are not in view, such as a date, stand between this one and the one before it:
    /// `apply by Friday: …`.
    pub(crate) fn is_behind_gap(&self, index: usize) -> bool {
        let before = index.checked_sub(1).and_then(|before| self.at.get(before));
        (self.at.get(index).zip(before)).is_some_and(|(own, before)| *own > before + 1)
    }

    /// The word as a verb, in any form.
    pub(crate) fn verb(&self, index: usize) -> Option<Verb> {
        self.get(index).and_then(|token| token.verb)
    }

    /// The word as the plain form of a verb.
    pub(crate) fn base_verb(&self, index: usize) -> Option<Verb> {
        self.verb(index).filter(|verb| verb.forms.base)
    }

    pub(crate) fn is_mark(&self, index: usize) -> bool {
        self.get(index).is_none_or(Token::is_mark)
    }

    /// First index at or after `index` that holds a mark, at most `limit` words on.
    pub(crate) fn next_mark(&self, index: usize, limit: usize) -> usize {
        let end = self.len().min(index + limit);
        (index..end).find(|at| self.is_mark(*at)).unwrap_or(end)
    }
}

/// What kind of order one thing has to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// `if`, `unless`, `in case`.
    Condition,
    /// `once`, `after`, `when`, `as soon as`: the main clause comes later.
    After,
    /// `before`: the main clause comes first.
    Before,
    /// `because`, `so that`, `while`, `which`: no order.
    Aside,
}

/// What a clause is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Head {
    /// Somebody is to do something.
    Action(Opener),
    /// Somebody is not to do it.
    Negated(Opener),
    /// Takes back what was said before; the words after it say what.
    Cancel { words: usize },
    /// A wish, a question, advice, a set phrase.
    Blocked,
    /// A subordinate clause.
    Subordinate(Order),
    /// A statement of what is, or was.
    Statement,
    /// Words without a verb of their own.
    Phrase,
}

impl Head {
    /// Says that something is needed.
    pub(crate) fn needs(&self) -> bool {
        matches!(
            self,
            Head::Action(Opener {
                shape: Shape::Thing { .. },
                ..
            })
        )
    }
}

/// A clause of a sentence, in indices of its [`View`].
#[derive(Debug, Clone)]
pub(crate) struct Clause {
    /// With what leads into it.
    pub full: Range<usize>,
    /// From its first word of its own.
    pub start: usize,
    pub lead: Lead,
    pub head: Head,
}

/// Cuts a sentence into clauses.
pub(crate) fn clauses(view: &View<'_>) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = Vec::new();
    let mut from = 0;
    let mut advised = false;
    while from < view.len() {
        let (start, lead) = skip_lead(view, from, clauses.is_empty());
        let head = if start < view.len() {
            head_at(
                view,
                start,
                lead,
                joined_to(view, &clauses, from, lead),
                from,
            )
        } else {
            Head::Phrase
        };
        // `If you are ever in Lisbon, visit …` is advice.
        // `When proofing a novel, read it backwards` is so as well.
        let ever = clauses.last().is_some_and(|clause| {
            let general = view.any(clause.start, list!["when", "while", "whenever"])
                && view
                    .verb(clause.start + 1)
                    .is_some_and(|verb| verb.forms.ing && !verb.forms.base)
                || view.is(clause.start, "when")
                    && view.is(clause.start + 1, "you")
                    && view.is(clause.start + 2, "first");
            // `if it were up to me, we'd abolish it`
            let unreal = view.is(clause.start, "if")
                && view.any(clause.start + 1, list!["it", "i", "he", "she"])
                && view.is(clause.start + 2, "were");
            let ever = clause.full.clone().any(|word| view.is(word, "ever"));
            matches!(clause.head, Head::Subordinate(_)) && (general || unreal || ever)
        });
        // What goes on with such advice is no more than that.
        let goes_on = advised && lead.joined && !lead.polite;
        advised = ever || goes_on;
        let head = match head {
            Head::Action(_) if advised => Head::Blocked,
            head => head,
        };
        let end = clause_end(view, start, &head, lead);
        let end = end.max(from + 1);
        let head = match clauses.last() {
            Some(before) => joined::fronted(view, before, from..end, head),
            None => head,
        };
        clauses.push(Clause {
            full: from..end,
            start: start.min(end),
            lead,
            head,
        });
        from = end;
    }
    clauses
}

/// Where the clause at `start` ends: before the next place at which another one begins.
fn clause_end(view: &View<'_>, start: usize, head: &Head, lead: Lead) -> usize {
    let own = match head {
        Head::Action(opener) | Head::Negated(opener) => opener.resume.max(start + 1),
        Head::Subordinate(_) => start + 2,
        _ => start + 1,
    };
    let mut verb_seen = false;
    for at in own..view.len() {
        if let Head::Subordinate(order) = head {
            // `when the bloods are back ring the owner`, `if nothing by Friday ring her`
            let nothing =
                view.is(start, "if") && view.any(start + 1, list!["nothing", "no", "not"]);
            let ordered = (verb_seen && at > start + 2 || nothing && at > start + 1)
                && *order != Order::Aside
                && dictation::orders(view, at)
                && !dictation::helps(view, at - 1);
            if ordered || dictation::orders_while(view, start, at) {
                return at;
            }
            verb_seen |= is_finite(view, at)
                || at > start + 1 && view.base_verb(at).is_some() && !view.is(at - 1, "to");
            if view.any(at, list![",", ";", "–", "—", ":"]) && (verb_seen || acts_after(view, at))
                || ends_subordinate(view, at, start, verb_seen)
            {
                return at;
            }
            continue;
        }
        let times = *head == Head::Phrase && view.any(start, list!["after", "before", "during"]);
        if begins_at(view, at, head, lead) || times && dictation::orders_behind(view, start, at) {
            return at;
        }
    }
    view.len()
}

/// Whether what follows the mark at `at` asks for a deed.
fn acts_after(view: &View<'_>, at: usize) -> bool {
    let (start, lead) = skip_lead(view, at, false);
    matches!(
        head_at(view, start, lead, None, at),
        Head::Action(_) | Head::Negated(_)
    )
}

/// A subordinate clause without a comma ends where a main clause starts: `When I get home I need to …`.
fn ends_subordinate(view: &View<'_>, at: usize, start: usize, verb_seen: bool) -> bool {
    let then_acts =
        start > 0 && view.any(at, list!["and", "then"]) && at > start + 1 && acts_after(view, at);
    if then_acts {
        return true;
    }
    let promises = view.any(at, list!["i", "we"])
        && view.any(at + 1, list!["'ll", "will"])
        && !view.any(
            at - 1,
            list!["that", "if", "what", "and", "or", "which", "when"],
        );
    // `after receipt of the fee I will release the keys`
    let nominal = view.any(start, list!["after", "following", "upon", "before"]);
    if at > start + 2
        && (promises && (verb_seen || nominal)
            || verb_seen && view.dictated && dictation::orders(view, at))
    {
        return true;
    }
    verb_seen
        && at > start + 2
        && (view.is(at, "please")
            || view.is(at, "then")
            || view.is(at, "just") && imperative::is(view, at + 1, Lead::default(), true)
            || (!view.any(
                at - 1,
                list!["that", "if", "what", "and", "or", "which", "to"],
            ) && opener::read(view, at).is_some_and(|opener| opener.subject_said)))
}

/// Whether another clause begins at `at`, inside a clause opened by `head`.
fn begins_at(view: &View<'_>, at: usize, head: &Head, lead: Lead) -> bool {
    let Some(token) = view.get(at) else {
        return false;
    };
    if token.quoted {
        return false;
    }
    let acts = matches!(head, Head::Action(_) | Head::Negated(_));
    match token.lower.as_str() {
        dots if dots.starts_with("...") => true,
        "!" | "?" | ";" | "…" | ":" | "–" | "—" | "-" | "--" | "(" | ")" => true,
        // `heating noisy -> tell Radek`
        "=" | "·" => acts_after(view, at),
        _ if token.is_arrow() => acts_after(view, at),
        "," if inquires(view, head, at) => false,
        // `@femi please …, @carys please …`
        "," if view.lower(at + 1).starts_with('@') || calls(view, at + 1) => true,
        "," => {
            let (start, inner) = skip_lead(view, at, false);
            start < view.len()
                && (says_more(view, at + 1, start)
                    || matches!(
                        head,
                        Head::Phrase | Head::Statement | Head::Blocked | Head::Cancel { .. }
                    )
                    || !plain_phrase(view, start, inner, head, at))
        }
        "and" | "or" | "but" | "then" | "so" | "plus" | "also" | "&" | "+" => {
            joins_clause(view, at, head)
        }
        // `it was agreed that Jo buys the paint`
        "that" => passive::decided(view, at) && at + 1 < view.len() && !reminds(view, head),
        // `buy please 3 kg of flour` goes on.
        "please" => {
            at > 0
                && (view.base_verb(at + 1).is_some()
                    || view.is_mark(at + 1)
                    || view.any(at + 1, list!["do", "do n't", "make", "be"]))
        }
        _ => {
            if inquires(view, head, at) {
                return false;
            }
            if let Some(order) = subordinate(view, at) {
                return order != Order::Aside
                    || !acts
                    || view.any(
                        at,
                        list![
                            "because", "since", "while", "which", "so", "though", "although", "as",
                        ],
                    );
            }
            if view.dictated && dictation::begins(view, at) {
                return true;
            }
            // `my birthday is Friday don't forget to call`, `in the evening could you lock up`
            let reminds = view.is(at, "do")
                && view.any(at + 1, list!["n't", "not"])
                && (view.is(at + 2, "forget")
                    || view.is(at + 2, "let") && view.is(at + 4, "forget"));
            let asks = view.any(at, list!["could", "can", "would"])
                && view.any(at + 1, list!["you", "somebody", "someone"])
                && matches!(head, Head::Phrase | Head::Statement);
            if (reminds || asks) && opener::read(view, at).is_some() {
                return true;
            }
            if matches!(head, Head::Blocked) || bound(view, at) || lead.general {
                return false;
            }
            if let Head::Action(opener) = head
                && adds(view, at, opener)
            {
                return true;
            }
            if acts && !view.any(at, list!["i", "we"]) {
                return false;
            }
            opener::starts_subject(view, at)
                && opener::read(view, at).is_some_and(|opener| opener.subject_said)
        }
    }
}

/// Whether the word before `at` keeps what follows in its own clause.
fn bound(view: &View<'_>, at: usize) -> bool {
    let before = view.lower(at - 1);
    let told = before == "that"
        && at >= 2
        && view.any(
            at - 2,
            list![
                "said",
                "told",
                "mentioned",
                "says",
                "and",
                "confirmed",
                "reminded",
            ],
        );
    // `tell them we need the projector`
    let relayed = at >= 2
        && view.any(at - 2, list!["tell", "inform", "remind", "warn"])
        && view.any(
            at - 1,
            list!["them", "him", "her", "everyone", "everybody", "mum", "dad"],
        );
    // `check which ones we need`
    let asked = (at.saturating_sub(3)..at)
        .rev()
        .take_while(|word| !view.is_mark(*word))
        .any(|word| view.any(word, list!["which", "what", "how", "whose"]));
    // `I thought we'd have to rewire it`
    let supposed = view.any(at + 1, list!["'d", "would"])
        && view.any(
            at - 1,
            list![
                "thought", "assumed", "figured", "reckoned", "feared", "believed", "expected",
            ],
        )
        && view.any(at + 2, list!["need", "have"]);
    if relayed || asked || supposed {
        return true;
    }
    !told
        && matches!(
            before,
            "that"
                | "if"
                | "whether"
                | "what"
                | "how"
                | "who"
                | "which"
                | "and"
                | "or"
                | "to"
                | "as"
                | "than"
                | "sure"
        )
        || matches!(before, "for" | "of" | "with" | "from" | "about")
            && !view.any(at, list!["us", "you", "me", "i", "we"])
        // `the chemist on Hill, could you resend it?`: a street, and nobody is called
        || matches!(before, "on" | "at" | "in" | "near") && view.is(at + 1, ",")
}
