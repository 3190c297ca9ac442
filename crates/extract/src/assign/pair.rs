//! Two people behind one verb.

use crate::draft::Draft;
use crate::sentence::Sentence;
use crate::token::{List, list};
use crate::words;

/// Calling two people is two tasks.
pub(crate) fn split_people(draft: Draft, sentence: &Sentence) -> Vec<Draft> {
    const CONTACT: List<'static> = list![
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
            (token.capital && token.is_first_name())
                || matches!(
                    token.lower.as_str(),
                    "mum" | "mom" | "dad" | "grandma" | "grandpa"
                )
        })
    };
    let pair = draft.tokens.first().copied().filter(|first| {
        CONTACT.holds(verb.as_str())
            && person(*first)
            && sentence
                .tokens
                .get(first + 1)
                .is_some_and(|token| token.any(list!["and", "&"]))
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
