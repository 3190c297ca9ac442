//! Items that name a thing and, behind a mark, the one word of what is to be done to it: `Gutter: clean`,
//! `Mirror in hall B – replace`.

use std::ops::Range;

use crate::clause::View;
use crate::lexicon::Lean;
use crate::person;
use crate::token::{List, Token, list};

/// Longest name of a thing, in words.
const LONGEST: usize = 5;

/// Verbs of reaching somebody.
pub(super) const REACH: List<'static> = list![
    "ask", "call", "ring", "phone", "email", "mail", "text", "chase", "contact", "remind", "tell",
];

/// What stands in front of a mark and is the object of the verb at `start` behind it.
pub(super) fn object(view: &View<'_>, start: usize) -> Option<Range<usize>> {
    thing(view, start).or_else(|| whom(view, start))
}

/// `Landlord – ask for the receipt`, `bank: ring about the loan`: who is to be reached.
fn whom(view: &View<'_>, start: usize) -> Option<Range<usize>> {
    let parted = (2..=4).contains(&start)
        && view.any(start, REACH)
        && view.any(start - 1, list![":", "–", "—", "-", "→"])
        && view.any(
            start + 1,
            list!["for", "about", "re", "whether", "if", "to", "regarding"],
        );
    let whom = 0..start.saturating_sub(1);
    let named = whom.clone().all(|at| {
        view.get(at).is_some_and(Token::is_word) && view.verb(at).is_none() && !view.any(at, OTHERS)
    });
    let person = || {
        let lower = view.lower(0);
        crate::lexicon::is_first_name(lower) || view.people.contains(lower)
    };
    (parted && named && !person()).then_some(whom)
}

/// Words in front of a mark that nobody is called by.
const OTHERS: List<'static> = list![
    "i",
    "we",
    "you",
    "he",
    "she",
    "they",
    "it",
    "me",
    "us",
    "urgent",
    "important",
    "now",
    "today",
    "please",
    "also",
    "next",
    "first",
    "then",
    "todo",
    "note",
    "reminder",
    "action",
    "ok",
    "so",
];

/// The thing that an item names, where the verb at `start` stands alone behind it.
fn thing(view: &View<'_>, start: usize) -> Option<Range<usize>> {
    if !view.listed
        || start < 2
        || !view.any(start - 1, list![":", "–", "—", "-", "→", "->", "=>", "⇒"])
    {
        return None;
    }
    let thing = 0..start - 1;
    let named = thing.len() <= LONGEST
        && thing.clone().all(|at| !view.is_mark(at))
        && view.base_verb(0).is_none_or(|verb| verb.lean != Lean::Verb)
        && person::name(view, 0).is_none_or(|(_, end)| end < thing.end);
    // `Trip form – sign and return by Monday`
    let second = view.any(start + 1, list!["and", "&", "+"])
        && view
            .base_verb(start + 2)
            .is_some_and(|verb| verb.lean != Lean::Noun);
    let last = if second { start + 3 } else { start + 1 };
    let alone = view.is_mark(last) && !view.is(last, "?")
        || view.any(
            last,
            list!["by", "before", "until", "asap", "please", "pls", "again"],
        );
    // `Swim badge – apply`: for it.
    let with = view.any(
        start,
        list![
            "apply", "register", "enquire", "vote", "reply", "respond", "ask", "attend"
        ],
    );
    (named && alone && !with).then_some(thing)
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn what_stands_behind_a_thing_is_done_to_it() {
        assert_eq!(
            found("Dance school\n1. Mirror in hall B: replace (Ida, 24 May)\n2. Buy milk"),
            ["Replace mirror in hall B", "Buy milk"]
        );
        assert_eq!(
            found("- Gutter – clean\n- buy milk"),
            ["Clean gutter", "Buy milk"]
        );
        assert_eq!(
            found("- chimney sweep: book by Friday\n- vet for the mare: call"),
            ["Book chimney sweep", "Call vet for the mare"]
        );
    }

    #[test]
    fn who_stands_in_front_of_a_mark_is_reached() {
        assert_eq!(
            found("Landlord – ask for a receipt of the deposit."),
            ["Ask landlord for a receipt of the deposit"]
        );
        assert_eq!(
            found("- bank: ring about the loan\n- buy milk")[0],
            "Ring bank about the loan"
        );
        assert_eq!(found("Ida – ask about the loan.")[0], "Ask about the loan");
    }

    #[test]
    fn how_a_thing_is_and_what_is_asked_of_it_is_no_deed() {
        assert_eq!(
            found("- Coffee: order pending\n- Gutter: clean?\n- buy milk"),
            ["Buy milk"]
        );
    }
}
