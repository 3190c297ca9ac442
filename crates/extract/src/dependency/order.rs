//! Order told by small words around the deeds: `… first`, `needs the figures`, `cannot start until the
//! walls are up`, `otherwise he can't finish`, `when everything is in`.

use crate::clause::Head;
use crate::detect::Source;
use crate::draft::Draft;
use crate::sentence::Sentence;
use crate::token::{List, Mask, Token, list};
use crate::words;

use super::{hint, matching};

/// States in which what had to be done first is done.
const STATES: List<'static> = list![
    "live",
    "done",
    "ready",
    "out",
    "merged",
    "fixed",
    "complete",
    "completed",
    "finished",
    "up",
    "deployed",
    "released",
    "sent",
    "approved",
    "signed",
    "through",
    "settled",
    "dry",
    "dried",
    "cured",
    "hard",
    "cold",
    "cool",
    "cooled",
    "clear",
    "over",
    "over",
    "dry",
    "in",
];

/// What comes back from somebody who was asked.
const ANSWERS: List<'static> = list![
    "ok",
    "okay",
    "approval",
    "answer",
    "reply",
    "response",
    "confirmation",
    "feedback",
    "go-ahead",
    "permission",
    "signature",
    "sign-off",
    "yes",
    "decision",
    "agreement",
    "consent",
];

/// Deeds that are answered.
const ASKING: &[&str] = &[
    "ask", "send", "submit", "email", "mail", "call", "ring", "phone", "request", "file", "apply",
    "show", "present", "forward", "check", "contact", "write", "text", "propose", "hand", "give",
];

/// Reads the order that a draft's own sentence tells.
pub(super) fn around(source: &Source<'_>, drafts: &mut [Draft], at: usize) {
    opens_with_then(source, drafts, at);
    comes_first(source, drafts, at);
    needs(source, drafts, at);
    otherwise(source, drafts, at);
    needed_for(source, drafts, at);
}

pub(super) fn first_of_sentence(drafts: &[Draft], at: usize) -> bool {
    !(0..at).any(|other| drafts[other].alive && drafts[other].sentence == drafts[at].sentence)
}

/// `Then paint shop: primer`
fn opens_with_then(source: &Source<'_>, drafts: &mut [Draft], at: usize) {
    let sentence = &source.sentences[drafts[at].sentence];
    let mut words = sentence
        .tokens
        .iter()
        .filter(|token| token.is_word() && !token.any(list!["and", "so", "ok", "okay", "only"]));
    let opens = words.next().filter(|word| word.is("then"));
    let again = words
        .next()
        .is_some_and(|word| word.any(list!["again", "i'd", "maybe"]));
    // `then the tent is mine`: in that case.
    let part = drafts[at].rule == crate::detect::PART;
    if let Some(then) = opens
        && !again
        && !part
        && !sentence.question
        && first_of_sentence(drafts, at)
        && let Some(before) = hint::just_before(source, drafts, at)
    {
        drafts[at].after(before, Some(then.start..then.end));
    }
}

/// Whether the `then` of a clause is that of `till then`.
pub(super) fn is_bound(sentence: &Sentence, clause: usize) -> bool {
    let start = sentence.clauses[clause].start;
    let end = sentence.clauses[clause].full.end;
    let from = sentence
        .at
        .get(start)
        .copied()
        .unwrap_or(0)
        .saturating_sub(2);
    let to = sentence
        .at
        .get(end)
        .copied()
        .unwrap_or(sentence.tokens.len());
    (from..to).any(|at| {
        sentence.tokens[at].is("then")
            && at > 0
            && sentence.tokens[at - 1].any(list!["till", "til", "until", "by", "before", "since"])
    })
}

/// `Email Prof. Okonkwo first`, `roof – walls first!`: what stands before waits for it.
fn comes_first(source: &Source<'_>, drafts: &mut [Draft], at: usize) {
    let sentence = &source.sentences[drafts[at].sentence];
    let tokens = &sentence.tokens;
    let Some(last) = tokens
        .iter()
        .rposition(|token| token.is("first") && token.mask == Mask::None)
    else {
        return;
    };
    let stops = tokens.get(last + 1).is_none_or(|next| {
        next.is_mark() && !next.is("-") || next.any(list!["please", "pls", "though"])
    });
    // `September being your first`
    let named = last > 0
        && tokens[last - 1].any(list![
            "your", "the", "my", "our", "his", "her", "their", "a", "its", "at", "very",
        ]);
    if !stops || last == 0 || named {
        return;
    }
    let bytes = tokens[last].start..tokens[last].end;
    // `– walls first`: a thing, and no deed.
    let from = tokens[..last]
        .iter()
        .rposition(|token| token.is_mark() && token.mask == Mask::None)
        .map_or(0, |mark| mark + 1);
    let own = drafts[at].clause;
    let of = sentence.clause_of(last);
    let stems = words::stems_of(&tokens[from..last]);
    if from > 0
        && last - from <= 4
        && of >= own
        && (of == own || !matches!(sentence.clauses[of].head, Head::Action(_)))
        && let Some(first) = matching(drafts, &stems, at)
    {
        drafts[at].after(first, Some(bytes));
        return;
    }
    if of != own {
        return;
    }
    let before = hint::just_before(source, drafts, at).filter(|before| {
        let same = drafts[*before].sentence == drafts[at].sentence;
        // `Ben gets samples; Ida asks for leave first`
        let end = source.sentences[drafts[*before].sentence].unit.range.end;
        let breath = drafts[*before].sentence + 1 == drafts[at].sentence
            && source.text[..end].trim_end().ends_with(';');
        same || breath
            || source.document.chat && drafts[at].sentence - drafts[*before].sentence <= 2
    });
    if let Some(before) = before {
        drafts[before].after(at, Some(bytes));
    }
}

/// `needs copy from Ewa`, `she needs the wording from me`, where somebody has that task.
fn needs(source: &Source<'_>, drafts: &mut [Draft], at: usize) {
    let sentence = &source.sentences[drafts[at].sentence];
    let own_start = drafts[at].bytes.start;
    let others = sentence
        .actions()
        .filter(|clause| *clause != drafts[at].clause)
        .count();
    for (place, token) in sentence.tokens.iter().enumerate() {
        if !token.any(list!["needs", "requires", "need"]) || token.start < own_start {
            continue;
        }
        let after = &sentence.tokens[place + 1..];
        let to = after.first().is_none_or(|next| {
            next.any(list![
                "to", "you", "a", "an", "it", "that", "this", "someone", "somebody",
            ])
        });
        // With other deeds between, it is theirs.
        let between = (drafts[at].clause + 1..sentence.clause_of(place))
            .any(|clause| matches!(sentence.clauses[clause].head, Head::Action(_)));
        // `the form needs signing`, `Bella needs her jabs`: the other deed itself.
        let own = after
            .first()
            .and_then(|next| next.verb)
            .is_some_and(|verb| verb.forms.ing && !verb.forms.base);
        if to || between || own || others > 2 {
            continue;
        }
        let end = after
            .iter()
            .position(|next| {
                next.is_mark() || next.any(list!["from", "by", "so", "and", "before", "for"])
            })
            .unwrap_or(after.len())
            .min(5);
        let stems = words::stems_of(&after[..end]);
        let other = |first: &usize| {
            token.is("needs")
                || token.is("requires")
                || drafts[*first].sentence != drafts[at].sentence
                    && drafts[*first].assignee.is_some()
                    && drafts[*first].assignee != drafts[at].assignee
        };
        if let Some(first) = matching(drafts, &stems, at).filter(other) {
            let bytes = token.start..after[..end].last().map_or(token.end, |last| last.end);
            drafts[at].after(first, Some(bytes));
        }
    }
}

/// `send Chidi the charts, otherwise he can't finish`: his task waits for it.
fn otherwise(source: &Source<'_>, drafts: &mut [Draft], at: usize) {
    let sentence = &source.sentences[drafts[at].sentence];
    let tokens = &sentence.tokens;
    let found = tokens.iter().enumerate().find(|(place, token)| {
        token.any(list!["otherwise", "else", "so"])
            && token.start > drafts[at].bytes.start
            && tokens.get(place + 2).is_some_and(|next| {
                next.any(list![
                    "can", "can't", "cant", "cannot", "ca", "won't", "could"
                ])
            })
    });
    let Some((place, token)) = found else {
        return;
    };
    let subject = &tokens[place + 1];
    let is_name = |token: &Token| {
        token.capital && (token.is_first_name() || source.document.people.contains(&token.lower))
    };
    let name = if is_name(subject) {
        Some(subject)
    } else if subject.any(list!["he", "she"]) {
        let own = drafts[at]
            .assignee
            .as_ref()
            .map(|(name, _)| name.to_lowercase());
        tokens[..place]
            .iter()
            .rev()
            .find(|token| is_name(token) && own.as_deref() != Some(token.lower.as_str()))
    } else {
        None
    };
    let Some(name) = name else { return };
    let waits = (0..drafts.len()).rev().find(|other| {
        let draft = &drafts[*other];
        draft.alive
            && *other != at
            && draft
                .assignee
                .as_ref()
                .is_some_and(|(who, _)| who.to_lowercase() == name.lower)
    });
    if let Some(waits) = waits {
        drafts[waits].after(at, Some(token.start..subject.end));
    }
}

/// `mapping sheet -> needed for test import`
fn needed_for(source: &Source<'_>, drafts: &mut [Draft], at: usize) {
    let sentence = &source.sentences[drafts[at].sentence];
    let tokens = &sentence.tokens;
    let found = tokens.windows(2).position(|pair| {
        pair[0].any(list![
            "needed",
            "required",
            "necessary",
            "prerequisite",
            "input",
            "basis",
        ]) && pair[1].is("for")
    });
    if let Some(place) = found {
        let end = tokens[place + 2..]
            .iter()
            .position(Token::is_mark)
            .map_or(tokens.len(), |mark| place + 2 + mark)
            .min(place + 7);
        let stems = words::stems_of(&tokens[place + 2..end]);
        if let Some(later) = matching(drafts, &stems, at) {
            drafts[later].after(at, Some(tokens[place].start..tokens[place + 1].end));
        }
    }
}

/// The tasks that `everything`, `both of the above`, `all of it` stands for.
pub(super) fn all_before(
    source: &Source<'_>,
    drafts: &[Draft],
    at: usize,
    said: &[&Token],
) -> Vec<usize> {
    let all = said
        .iter()
        .any(|token| token.any(list!["everything", "all"]));
    let both = said.iter().any(|token| token.is("both"));
    let vague = said
        .iter()
        .filter(|token| words::is_content(token))
        .all(|token| {
            token.any(STATES)
                || token.any(list![
                    "everything",
                    "all",
                    "both",
                    "above",
                    "once",
                    "when",
                    "after",
                    "everyone's",
                    "is",
                    "are",
                    "steps",
                    "items",
                    "things",
                    "three",
                    "two",
                    "four",
                    "together",
                ])
        });
    if !(all || both) || !vague {
        return Vec::new();
    }
    let mut found: Vec<usize> = (0..at)
        .rev()
        .filter(|before| {
            drafts[*before].alive
                && drafts[at].sentence.abs_diff(drafts[*before].sentence) <= 8
                && source.sentences[drafts[*before].sentence]
                    .unit
                    .place
                    .section
                    == source.sentences[drafts[at].sentence].unit.place.section
        })
        .take(if both { 2 } else { 6 })
        .collect();
    found.reverse();
    found
}

/// `fix the crash, inform support when the hotfix is live`, `send it today. As soon as we have their
/// OK, Anders books the slot`: what is waited for is how the deed before ends.
pub(super) fn ends_before(
    source: &Source<'_>,
    drafts: &[Draft],
    at: usize,
    clause: usize,
) -> Option<usize> {
    let sentence = &source.sentences[drafts[at].sentence];
    let said: Vec<&Token> = sentence
        .words(clause)
        .filter(|token| token.is_word())
        .collect();
    let before = hint::just_before(source, drafts, at)?;
    let same = drafts[before].sentence == drafts[at].sentence;
    let state = said.last().is_some_and(|last| last.any(STATES)) && said.len() <= 5;
    let led = super::led_on(sentence, clause);
    if same && state && (led || drafts[before].assignee == drafts[at].assignee) {
        return Some(before);
    }
    let verb = drafts[before].summary.split(' ').next().unwrap_or_default();
    let asked = ASKING.iter().any(|asks| verb.eq_ignore_ascii_case(asks));
    let answer = said.iter().any(|token| token.any(ANSWERS)) && said.len() <= 8;
    (asked && answer).then_some(before)
}

/// `release notes can only be written when the changelog is complete`, `the electrician can't start
/// until the cabinets are out`: said of tasks told elsewhere.
pub(super) fn told_apart(source: &Source<'_>, drafts: &mut [Draft]) {
    for index in 0..source.sentences.len() {
        let sentence = &source.sentences[index];
        let tokens = &sentence.tokens;
        let Some((from, place)) = limit(tokens) else {
            continue;
        };
        let later = words::stems_of(&tokens[..from]);
        let first = words::stems_of(&tokens[place + 1..tokens.len().min(place + 8)]);
        let Some(any) = drafts.iter().position(|draft| draft.alive) else {
            continue;
        };
        // The one that waits: told in this sentence, or spoken of by it.
        let own = (0..drafts.len()).find(|at| {
            drafts[*at].alive
                && drafts[*at].sentence == index
                && drafts[*at].bytes.start < tokens[place].start
        });
        let named = || {
            let found = best(drafts, &later, usize::MAX);
            found.filter(|found| *found >= any)
        };
        let Some(waits) = own.or_else(named) else {
            continue;
        };
        if let Some(first) = best(drafts, &first, waits) {
            let bytes = tokens[place].start..tokens[place].end;
            if !drafts[first].depends.contains_key(&waits) {
                drafts[waits].after(first, Some(bytes));
            }
        }
    }
}

/// The task most of whose words are said.
fn best(drafts: &[Draft], stems: &[String], except: usize) -> Option<usize> {
    let score = |at: usize| {
        let shared = words::shared(stems, &drafts[at].stems);
        shared as f64 / drafts[at].stems.len().clamp(1, 3) as f64
    };
    (0..drafts.len())
        .filter(|at| *at != except && drafts[*at].alive && !drafts[*at].stems.is_empty())
        .map(|at| (at, score(at)))
        .filter(|(_, score)| *score >= 0.5)
        .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
        .map(|(at, _)| at)
}

/// Where a sentence says that something cannot be before something else.
fn limit(tokens: &[Token]) -> Option<(usize, usize)> {
    let opens = tokens.iter().position(|token| {
        token.any(list![
            "cannot", "cant", "can't", "n't", "not", "only", "won't"
        ]) && token.mask == Mask::None
    })?;
    let only = tokens[opens].is("only");
    let place = (opens + 1..tokens.len().min(opens + 9)).find(|at| {
        let token = &tokens[*at];
        if only {
            token.any(list!["when", "once", "after"])
        } else {
            token.any(list!["until", "till", "til", "before", "unless"])
        }
    })?;
    let possible =
        only || tokens[..opens].iter().rev().take(2).any(|token| {
            token.any(list![
                "ca", "can", "could", "may", "must", "wo", "do", "does"
            ])
        }) || tokens[opens].any(list!["cannot", "cant", "can't", "won't"]);
    possible.then_some((opens, place))
}
