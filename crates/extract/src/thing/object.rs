//! Verbs without what they are done to: `Trailer: needs loading`, `gas stove – borrow from Ruth`.

use super::Things;
use crate::action::opener::{Opener, Shape};
use crate::clause::Head;
use crate::detect::Source;
use crate::lexicon::{self, Lean};
use crate::sentence::Sentence;
use crate::summary;
use crate::token::list;

impl Things {
    /// Whether the clause of a verb stands behind a topic, a dash or a colon between them, and
    /// nothing but phrases.
    pub(super) fn topical(&self, sentence: &Sentence, opener: &Opener) -> bool {
        let clause = sentence
            .at
            .get(opener.verb)
            .map_or(0, |at| sentence.clause_of(*at));
        let base = sentence
            .token(opener.verb)
            .and_then(|token| token.verb)
            .map(|verb| verb.base);
        let mark = |found: &crate::clause::Clause| {
            found.full.clone().take(1).any(|word| {
                sentence.token(word).is_some_and(|token| {
                    token.is_dash()
                        || token.any(list![":", "("])
                        || token.is(",") && base.is_some_and(never_alone)
                })
            })
        };
        let opens = opener.verb == sentence.clauses[clause].start || opener.subject_said;
        (1..=3).contains(&clause)
            && opens
            && sentence.clauses[..clause]
                .iter()
                .all(|before| before.head == Head::Phrase)
            && sentence.clauses[1..=clause].iter().any(mark)
            && self.named.last().is_some()
    }

    /// `Luis to coordinate`: what there is to coordinate was named just before.
    pub(super) fn completed(
        &self,
        source: &Source<'_>,
        index: usize,
        summary: &str,
        pieces: &[String],
        (base, undergoes, lacks): (&str, bool, bool),
    ) -> Option<String> {
        let alone = pieces
            .iter()
            .all(|piece| !piece.chars().any(char::is_alphanumeric) || particle(piece));
        // `bulbs (blown) → buy new`
        if renews(pieces, base) {
            let topic = self
                .named
                .iter()
                .rev()
                .find(|thing| thing.sentence == index)?;
            return Some(summary::finish(&format!(
                "{summary} {}",
                topic.words(source)
            )));
        }
        // `Luis to coordinate`, and what `needs collecting`.
        let open = alone || lacks && never_alone(base);
        let near = self.meant(source, (index, base), false).filter(|thing| {
            open && !thing.supposed && thing.weight >= 5 && thing.sentence + 1 >= index
                || undergoes && thing.sentence == index
        });
        // `gas stove – borrow from Fatou`: the object stands in front.
        let topic = || {
            let mut named = self.named.iter().rev();
            named
                .find(|thing| thing.topic && thing.sentence == index)
                .filter(|_| lacks)
        };
        let left = alone.then(|| self.left_open(source, index)).flatten();
        let thing = left.or(near).or_else(topic)?;
        if matches!(
            base,
            "apply" | "register" | "enquire" | "inquire" | "vote" | "ask"
        ) && !alone
        {
            let words = thing.words(source);
            return Some(summary::finish(&format!("{summary} for {words}")));
        }
        // `sweep up before you leave`: said whole.
        let whole = thing.sentence != index
            && matches!(base, "sweep" | "mop" | "wash" | "line" | "lock")
            && matches!(pieces, [up] if up == "up");
        (!whole && wants_object(base)).then(|| {
            let mut parts: Vec<&str> = summary.split(' ').collect();
            let words = thing.words(source);
            let particle = parts.get(1).is_some_and(|part| summary::particle(part));
            parts.insert((1 + usize::from(particle)).min(parts.len()), &words);
            summary::finish(&parts.join(" "))
        })
    }
}

/// `it is ordered, needs collecting`: the deed is done to what was spoken of.
pub(super) fn undergone(sentence: &Sentence, opener: &Opener) -> bool {
    opener.shape == Shape::Active
        && opener.verb > 0
        && matches!(sentence.lower(opener.verb - 1), "need" | "needs")
}

/// Whether the words behind a verb begin with what no object begins with.
pub(super) fn lacks_object(pieces: &[String]) -> bool {
    let first = pieces
        .iter()
        .find(|piece| piece.chars().any(char::is_alphanumeric) && !summary::particle(piece));
    first.is_none_or(|first| {
        // `print 2x`
        let counted = first.ends_with('x') && first.starts_with(|c: char| c.is_ascii_digit());
        counted
            || matches!(
                first.to_lowercase().as_str(),
                "from"
                    | "at"
                    | "in"
                    | "on"
                    | "with"
                    | "by"
                    | "to"
                    | "before"
                    | "after"
                    | "until"
                    | "via"
                    | "online"
                    | "again"
                    | "today"
                    | "soon"
                    | "directly"
                    | "first"
                    | "twice"
                    | "next"
                    | "right"
                    | "as"
                    | "once"
                    | "max"
                    | "asap"
                    | "please"
                    | "approx"
            )
    })
}

/// `buy new`: of what was named in front.
pub(super) fn renews(pieces: &[String], base: &str) -> bool {
    matches!(pieces, [new] if new == "new") && matches!(base, "buy" | "get" | "order")
}

/// Verbs that say nothing without their object.
pub(super) fn weak_alone(base: &str) -> bool {
    matches!(
        base,
        "do" | "make"
            | "take"
            | "get"
            | "have"
            | "put"
            | "give"
            | "handle"
            | "finish"
            | "complete"
            | "start"
    )
}

fn particle(word: &str) -> bool {
    summary::particle(word) || matches!(word, "in" | "on")
}

/// Verbs that are never without what they are done to.
pub(super) fn never_alone(base: &str) -> bool {
    matches!(
        base,
        "renew"
            | "replace"
            | "refill"
            | "sign"
            | "submit"
            | "load"
            | "reload"
            | "raise"
            | "deliver"
            | "repair"
            | "upload"
            | "proofread"
            | "photocopy"
            | "label"
            | "borrow"
            | "cancel"
            | "reshoot"
            | "translate"
            | "install"
            | "mount"
            | "wrap"
            | "fix"
            | "fetch"
            | "rebook"
            | "laminate"
            | "countersign"
            | "return"
            | "hire"
            | "rent"
            | "reserve"
            | "book"
            | "order"
            | "print"
            | "scan"
            | "fill"
            | "frame"
            | "post"
            | "collect"
    )
}

/// Verbs that have something done to a thing.
fn wants_object(base: &str) -> bool {
    lexicon::verb(base).is_some_and(|verb| {
        matches!(verb.lean, Lean::Verb | Lean::Either) || matches!(base, "top" | "put" | "back")
    }) && !matches!(
        base,
        "respond"
            | "reply"
            | "apologise"
            | "apologize"
            | "exercise"
            | "meditate"
            | "practise"
            | "practice"
            | "cook"
            | "shop"
            | "clean"
            | "tidy"
            | "unpack"
            | "declutter"
            | "volunteer"
            | "wrap"
            | "call"
            | "help"
            | "answer"
            | "travel"
            | "speak"
            | "talk"
            | "walk"
            | "iron"
            | "stretch"
            | "bake"
            | "hoover"
            | "vacuum"
            | "garden"
            | "ring"
            | "deploy"
            | "register"
            | "apply"
            | "vote"
            | "pray"
            | "hike"
            | "jog"
            | "meet"
            | "participate"
            | "attend"
            | "join"
            | "hurry"
            | "ask"
            | "type"
            | "lock"
            | "enter"
    )
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn a_topic_is_what_the_deed_behind_it_is_done_to() {
        for (text, summary) in [
            (
                "- steam iron – borrow from Pia",
                "Borrow steam iron from Pia",
            ),
            ("- Invoice 31 – check it by Friday", "Check invoice 31"),
            ("- Van 3: oil low, top up before Friday", "Top up van 3"),
            (
                "- New lease for unit 4 – Bram will sign on Friday",
                "Sign New lease for unit 4",
            ),
        ] {
            assert_eq!(found(text), [summary], "{text}");
        }
    }

    #[test]
    fn what_stands_behind_a_comma_is_not_the_object() {
        let found = found(
            "Trailer: Otto tows it, needs loading on Friday, all hands please. Bring gloves.",
        );
        assert!(
            found.contains(&"Load trailer all hands".to_owned()),
            "{found:?}"
        );
    }
}
