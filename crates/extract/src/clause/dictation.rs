//! Where clauses begin in speech that was written down without marks.

use super::{View, is_finite};
use crate::action::imperative;
use crate::lexicon::Lean;
use crate::token::{List, list};

/// Words behind which no clause begins: what follows belongs to them.
const OPEN: List<'static> = list![
    "to", "not", "n't", "and", "or", "but", "then", "i", "you", "we", "they", "he", "she", "it",
    "who", "that", "which", "what", "how", "if", "when", "where", "whether", "because", "the", "a",
    "an", "my", "your", "our", "his", "her", "their", "this", "these", "those", "some", "any",
    "all", "no", "will", "'ll", "would", "'d", "can", "could", "should", "must", "may", "might",
    "do", "does", "did", "let", "'s", "is", "are", "was", "were", "be", "been", "has", "have",
    "had", "for", "of", "with", "from", "by", "in", "on", "at", "about", "into", "as", "than",
    "please", "make", "help", "see", "so", "said", "says", "think", "know", "go", "come", "just",
    "also", "me", "us", "them", "him", "every", "each", "very", "more", "new", "before", "after",
    "until", "once", "phone", "while", "only", "never", "always", "still", "really", "maybe",
    "sure",
];

/// Whether what follows the word at `at` belongs to it.
pub(super) fn open(view: &View<'_>, at: usize) -> bool {
    view.any(at, OPEN)
}

/// Whether an order begins at `at`, or a statement with a subject of its own.
pub(super) fn begins(view: &View<'_>, at: usize) -> bool {
    orders(view, at) || states(view, at)
}

/// `… it drags cut the ferry scene`: a verb with its object.
pub(super) fn orders(view: &View<'_>, at: usize) -> bool {
    // `if it has not come by Friday call the shop`
    let free = at > 0 && (view.is_behind_gap(at) || !view.any(at - 1, OPEN));
    let object = view.any(
        at + 1,
        list![
            "the", "a", "an", "my", "your", "our", "his", "her", "their", "this", "that", "these",
            "those", "it", "them", "both", "all", "him", "some",
        ],
    ) || view.get(at + 1).is_some_and(|token| {
        token.is_first_name()
            || token.kind == crate::token::Kind::Number
            || token.any(list![
                "mr", "mrs", "ms", "miss", "dr", "mum", "mom", "dad", "me", "us",
            ])
    });
    let plain = view.base_verb(at).is_some_and(|verb| {
        !verb.forms.past && matches!(verb.lean, Lean::Verb | Lean::Either)
            || verb.forms.past && (verb.lean == Lean::Verb || view.any(at + 1, list!["it", "them"]))
            || verb.lean == Lean::Light
            || verb.lean == Lean::State && crate::action::light::state_verb(view, at)
    });
    free && plain && object && imperative::is(view, at, super::Lead::default(), true)
}

/// `… for his opinion he promised it last week`, `… the flyer is not urgent`.
fn states(view: &View<'_>, at: usize) -> bool {
    let free = at > 0 && !view.any(at - 1, OPEN);
    let pronoun = view.any(at, list!["he", "she", "they", "it", "that", "this"]);
    // `… ring them at eight you tell the client`
    let told = view.is(at, "you")
        && view.verb(at.wrapping_sub(1)).is_none()
        && view.base_verb(at + 1).is_some_and(|verb| {
            !verb.forms.past && matches!(verb.lean, Lean::Verb | Lean::Either)
                || verb.base == "tell"
        })
        && view.any(
            at + 2,
            list![
                "the", "a", "an", "my", "your", "our", "them", "it", "him", "her",
            ],
        );
    free && (pronoun && is_finite(view, at + 1) || told)
}

/// Whether the word at `at` takes another verb behind it: `helps wash`, `made the cat leave`.
pub(super) fn helps(view: &View<'_>, at: usize) -> bool {
    !view.is_behind_gap(at + 1)
        && view.verb(at).is_some_and(|verb| {
            matches!(verb.base, "help" | "let" | "make" | "have" | "go" | "come")
        })
}

/// `while you're there ask him about the bill`, `when she's in get her to sign it`: an order behind where somebody is,
/// without a mark.
pub(super) fn orders_while(view: &View<'_>, start: usize, at: usize) -> bool {
    const PLACES: List<'static> = list![
        "there", "here", "in", "out", "back", "home", "around", "site", "done", "free",
    ];
    (start + 4..=start + 5).contains(&at)
        && view.any(start, list!["while", "when", "whilst"])
        && view.any(start + 1, list!["you", "he", "she", "they"])
        && view.any(start + 2, list!["'re", "'s", "are", "is"])
        && (view.any(at - 1, PLACES) || view.any(at - 2, list!["in", "at", "on"]))
        && view
            .base_verb(at)
            .is_some_and(|verb| !verb.forms.past || verb.base == "get")
        && imperative::is(view, at, super::Lead::default(), true)
}

/// `after the meeting send the minutes`: an order behind what only says when, without a mark.
pub(super) fn orders_behind(view: &View<'_>, start: usize, at: usize) -> bool {
    const OBJECTS: List<'static> = list![
        "the", "a", "an", "my", "our", "your", "his", "her", "their", "all", "it", "them", "both",
        "some",
    ];
    let near = (start + 2..=start + 5).contains(&at);
    let orders = || {
        view.base_verb(at)
            .is_some_and(|verb| verb.lean == Lean::Verb)
    };
    let named = || {
        (start + 1..at).all(|word| {
            let verb = view.verb(word);
            !view.is_mark(word)
                && !is_finite(view, word)
                && verb.is_none_or(|verb| verb.forms.ing || verb.lean != Lean::Verb)
        }) && !view.any(at - 1, OBJECTS)
            && !view.any(at - 1, list!["to", "and", "or", "you", "i", "we", "they"])
    };
    near && view.any(at + 1, OBJECTS) && orders() && named()
}
