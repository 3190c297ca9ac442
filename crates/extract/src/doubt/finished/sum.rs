//! How much there is of something: `Repair fund £4,300`, `Cost estimate: €900 plus VAT`.

use crate::draft::Draft;
use crate::sentence::Sentence;
use crate::token::{List, list};

/// What is told by an amount.
const SUMS: List<'static> = list![
    "fund",
    "funds",
    "balance",
    "estimate",
    "income",
    "expenditure",
    "turnover",
    "profit",
    "total",
    "subtotal",
    "takings",
    "revenue",
    "surplus",
    "deficit",
    "reserve",
    "reserves",
];

/// Words in front of a sum, at most.
const BEFORE: usize = 4;

/// Whether the words of a draft only tell a sum.
pub(super) fn is_told(sentence: &Sentence, draft: &Draft) -> bool {
    let start = sentence.clauses[draft.clause].start;
    let Some(from) = sentence.at.get(start).copied() else {
        return false;
    };
    let tokens = &sentence.tokens[from..];
    let amount = |at: usize| {
        let joint = tokens
            .get(at)
            .is_some_and(|next| next.any(list![":", "is", "of", "now"]));
        tokens
            .get(at + usize::from(joint))
            .is_some_and(|next| next.lower.starts_with(['$', '£', '€']))
    };
    let sum = (0..tokens.len().min(BEFORE)).find(|at| tokens[*at].any(SUMS) && amount(at + 1));
    // `check the balance: £40`: somebody does something with it.
    let plain = |at: usize| {
        tokens[..at].iter().all(|token| {
            token.any(SUMS)
                || !token.any(list!["the", "a", "to"])
                    && !token.verb.is_some_and(|verb| verb.forms.base)
        })
    };
    sum.is_some_and(plain)
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn a_sum_that_is_told_asks_for_nothing() {
        for text in [
            "Mend the roof. Reserve fund £4,300.",
            "Mend the roof. Cost estimate: €900 plus VAT.",
            "Mend the roof. Total income $1200.",
        ] {
            assert_eq!(found(text), ["Mend the roof"], "{text}");
        }
        for text in [
            "- mend the roof\n- pay total £40",
            "- mend the roof\n- transfer the balance £40",
        ] {
            assert_eq!(found(text).len(), 2, "{text}");
        }
    }
}
