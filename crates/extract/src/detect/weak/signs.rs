//! What the words around a form say for it: that it was agreed, that it waits, that work is shared out.

use crate::action::IS_AGREED;
use crate::action::light::makes_food;
use crate::action::opener::{Agent, Opener};
use crate::clause::{Head, Order};
use crate::detect::Source;
use crate::due::{self, Chosen};
use crate::lexicon::Lean;
use crate::sentence::Sentence;
use crate::token::list;

/// `We agreed that Karl prepares the agenda`, `it was settled that she drives`.
pub(super) fn settled(sentence: &Sentence, opener: &Opener) -> bool {
    let from = opener.verb.saturating_sub(5);
    (from..opener.verb).any(|at| {
        matches!(
            sentence.lower(at),
            "agreed" | "decided" | "settled" | "arranged"
        )
    })
}

/// `Lia hires the van, Tom bakes the bread`: work is shared out among people who are named.
pub(super) fn shared_out(sentence: &Sentence) -> bool {
    let mut names = sentence.clauses.iter().filter_map(|clause| {
        let Head::Action(Opener {
            agent: Agent::Named(name),
            ..
        }) = &clause.head
        else {
            return None;
        };
        Some(name).filter(|name| name.starts_with(char::is_uppercase))
    });
    let first = names.next();
    names.any(|name| Some(name) != first)
}

/// `Jo orders a lamp and hangs it by Friday`: the first of several deeds of one person.
pub(super) fn goes_on(
    source: &Source<'_>,
    (index, clause): (usize, usize),
    opener: &Opener,
) -> bool {
    let sentence = &source.sentences[index];
    let mut later = clause + 1..sentence.clauses.len().min(clause + 5);
    later.any(|later| match &sentence.clauses[later].head {
        Head::Action(next) => {
            next.rule == IS_AGREED
                && next.agent == opener.agent
                && due::choose(source, sentence, later).is_some()
        }
        _ => false,
    })
}

/// `bloods taken, chase the results before noon`: the day is that of the order behind it.
pub(super) fn of_another(
    source: &Source<'_>,
    (index, clause): (usize, usize),
    chosen: &Chosen,
) -> bool {
    let sentence = &source.sentences[index];
    let Some(date) = chosen.date else {
        return false;
    };
    let from = source.dates[date].bytes.start;
    let mut later = sentence.clauses[clause + 1..].iter().take(4);
    later.any(|later| {
        let start = sentence.token(later.start).map(|token| token.start);
        matches!(later.head, Head::Action(_)) && start.is_some_and(|start| start < from)
    })
}

/// `First we freeze the branch, then QA tests it`: the first of several steps.
pub(super) fn comes_first(sentence: &Sentence, clause: usize) -> bool {
    let own = &sentence.clauses[clause];
    (own.full.start..own.start).any(|word| matches!(sentence.lower(word), "first" | "firstly"))
        && sentence.clauses[clause + 1..]
            .iter()
            .any(|clause| clause.lead.then && matches!(clause.head, Head::Action(_)))
}

/// `I chop the wood`, `then I call the last one`, in a short message: a promise.
pub(super) fn brings(source: &Source<'_>, sentence: &Sentence, opener: &Opener) -> bool {
    let clause = opener_clause(sentence, opener);
    let habit = sentence.at.iter().any(|at| {
        sentence.tokens[*at].any(list![
            "always",
            "usually",
            "normally",
            "often",
            "never",
            "every",
            "when",
            "whenever",
            "sometimes",
            "mostly",
            "mean",
        ])
    });
    let verb = sentence.token(opener.verb);
    let fetches = verb.is_some_and(|token| {
        token.any(list![
            "bring", "buy", "book", "order", "send", "prepare", "organise", "organize", "cook",
            "bake", "pick", "print", "fix", "clean", "collect", "fetch",
        ])
    });
    // What one does to a certain thing, and does not only think of it or see it.
    let deed = verb
        .and_then(|token| token.verb)
        .is_some_and(|verb| matches!(verb.lean, Lean::Verb | Lean::Either | Lean::Light))
        && !verb.is_some_and(|token| {
            token.any(list![
                "take", "make", "give", "get", "say", "hear", "see", "read", "lose", "forget",
                "play", "eat", "drink", "find", "miss", "wear", "admit", "accept",
            ])
        })
        && sentence.token(opener.verb + 1).is_some_and(|token| {
            token.any(list![
                "the", "our", "your", "his", "her", "their", "them", "him"
            ])
        });
    // `I make noodle salad`, where guests share out what there is to eat.
    let cooks = !habit && makes_food(&sentence.view(&source.document.people), opener.verb);
    let joined = sentence.clauses[clause].full.start > 0
        && !sentence.clauses[..clause]
            .iter()
            .all(|before| matches!(before.head, Head::Phrase));
    sentence.at.len() <= 14
        && opener.verb == sentence.clauses[clause].start + 1
        && (fetches || cooks || deed && !habit && !joined)
}

fn opener_clause(sentence: &Sentence, opener: &Opener) -> usize {
    sentence
        .clauses
        .iter()
        .position(|clause| clause.full.contains(&opener.verb))
        .unwrap_or(0)
}

/// Whether the clause says what happens under a condition.
pub(super) fn conditional(sentence: &Sentence, clause: usize) -> bool {
    clause
        .checked_sub(1)
        .is_some_and(|before| sentence.clauses[before].head == Head::Subordinate(Order::Condition))
}

/// Whether the clause is tied to something that has to happen first.
pub(super) fn waits(sentence: &Sentence, clause: usize) -> bool {
    let tied = |at: usize| {
        matches!(
            sentence.clauses.get(at).map(|clause| &clause.head),
            Some(Head::Subordinate(Order::After))
        )
    };
    let lead = sentence.clauses[clause].lead.then;
    let end = sentence.clauses[clause].full.end;
    let last = (end.saturating_sub(3)..end)
        .any(|word| sentence.lower(word) == "after" && sentence.lower(word + 1) == "that")
        || (end.saturating_sub(2)..end)
            .any(|word| matches!(sentence.lower(word), "afterwards" | "afterward"));
    let first = matches!(
        sentence.clauses.get(clause + 1).map(|clause| &clause.head),
        Some(Head::Subordinate(Order::Before))
    ) && sentence.clauses[clause].head.needs();
    lead || last || first || clause.checked_sub(1).is_some_and(tied) || tied(clause + 1)
}

/// `do that in my lunch break`, `do it on the way to training`: what was spoken of, and when or where alone.
pub(super) fn only_when(sentence: &Sentence, tokens: &[usize]) -> bool {
    let [first, second, ..] = tokens else {
        return false;
    };
    sentence.tokens[*first].any(list!["it", "that", "this", "them"])
        && *second == first + 1
        && sentence.tokens[*second].any(list![
            "in", "on", "at", "after", "before", "during", "over", "when", "between", "while",
            "from",
        ])
}

/// `we cancel it, nobody watches. Bogdan does it`: what is decided, and who sees to it in the words behind.
pub(super) fn taken_by_name(source: &Source<'_>, index: usize) -> bool {
    let block = source.sentences[index].unit.place.block;
    let behind = source.sentences.iter().skip(index).take(3);
    behind
        .take_while(|sentence| sentence.unit.place.block == block)
        .any(|sentence| {
            sentence.tokens.windows(3).enumerate().any(|(at, three)| {
                three[1].is("does")
                    && three[2].any(list!["it", "that", "this"])
                    && three[0].capital
                    && three[0].is_word()
                    && !three[0].any(list!["he", "she", "it", "what", "who", "how", "why"])
                    && sentence.tokens.get(at + 3).is_none_or(|next| {
                        next.is_mark() || next.any(list!["on", "by", "before", "today", "tomorrow"])
                    })
                    && !sentence.question
            })
        })
}
