//! Verbs that are not on the list of verbs, and things in lists: what shows itself by its neighbours.

use crate::clause::View;
use crate::lexicon::Lean;
use crate::token::{List, list};

/// `we need to grit the steps`: a verb that is not on the list shows itself by what stands around it.
pub(super) fn unknown_base(view: &View<'_>, at: usize) -> bool {
    let asked = at > 0
        && view.any(
            at - 1,
            list![
                "to", "will", "'ll", "must", "should", "shall", "please", "could", "can", "would",
                "you",
            ],
        );
    // `Trev will cart water`: no noun can stand there.
    let modal = at > 1 && view.any(at - 1, list!["will", "'ll", "must", "shall", "should"]);
    let object = |at: usize| {
        view.get(at).is_some_and(|token| {
            token.any(list!["it", "them", "him", "her", "you", "us"])
                || token.is_word() && !token.any(UNVERBED) && !token.any(BEHIND)
        })
    };
    // `Ines has to net the rows`: what stands between is a verb, though it is known as a thing.
    let duty = at > 1
        && view.is(at - 1, "to")
        && view.any(at - 2, list!["has", "have", "needs", "need", "got"])
        && bare(view, at)
        && view.any(
            at + 1,
            list![
                "the", "my", "our", "your", "his", "her", "their", "it", "them", "both", "all",
            ],
        );
    asked && (governs(view, at) || duty || modal && bare(view, at) && object(at + 1))
}

/// A plain word that is no listed verb and does not look like another kind of word.
fn bare(view: &View<'_>, at: usize) -> bool {
    view.get(at).is_some_and(|token| {
        token.verb.is_none()
            && !token.capital
            && !token.quoted
            && token.lower.len() >= 3
            && token.lower.bytes().all(|byte| byte.is_ascii_lowercase())
            && !token.any(DETERMINERS)
            && !token.any(UNVERBED)
            && !token.any(BEHIND)
            && !token.lower.ends_with("ly")
    })
}

/// Words behind a modal verb that belong to it, or end its clause.
const BEHIND: List<'static> = list![
    "be", "have", "has", "had", "been", "please", "again", "gladly", "never", "always", "surely",
    "all", "both", "each", "either", "neither", "the", "a", "an", "i", "he", "she", "it", "we",
    "they", "fine", "okay", "if", "in", "on", "at", "by", "up", "down", "as", "to", "of",
];

/// Whether a word that is no listed verb, nor any word of another kind, has an object behind it.
pub(super) fn governs(view: &View<'_>, at: usize) -> bool {
    let word = view.get(at).is_some_and(|token| {
        token.verb.is_none()
            && !token.capital
            && !token.quoted
            && token.lower.len() >= 3
            && token
                .lower
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'-')
            && !token.any(DETERMINERS)
            && !token.any(UNVERBED)
            && !token.is_first_name()
            && !token.is_role()
            && !crate::area::knows(&token.lower)
            && ![
                "ly", "ed", "ing", "ness", "tion", "ment", "ity", "ous", "ful", "ive",
            ]
            .iter()
            .any(|ending| token.lower.ends_with(ending))
    });
    let adjacent = view.at.get(at + 1) == view.at.get(at).map(|at| at + 1).as_ref();
    word && adjacent
        && view.any(
            at + 1,
            list![
                "the", "my", "our", "your", "his", "her", "their", "it", "them", "these", "those",
                "both", "all", "a", "an",
            ],
        )
}

/// Words that open the name of a thing.
const DETERMINERS: List<'static> = list![
    "the", "all", "both", "his", "their", "our", "your", "its", "these", "those", "some", "any",
    "each", "every", "half", "more",
];

/// Other words behind `to`, `can` and `will` that are no verbs.
const UNVERBED: List<'static> = list![
    "not",
    "you",
    "them",
    "him",
    "her",
    "this",
    "that",
    "what",
    "which",
    "who",
    "whom",
    "how",
    "when",
    "where",
    "why",
    "then",
    "than",
    "only",
    "just",
    "also",
    "even",
    "well",
    "now",
    "never",
    "ever",
    "soon",
    "still",
    "once",
    "for",
    "with",
    "from",
    "about",
    "until",
    "till",
    "before",
    "after",
    "into",
    "onto",
    "over",
    "under",
    "and",
    "but",
    "nor",
    "yet",
    "off",
    "out",
    "twice",
    "such",
    "quite",
    "rather",
    "too",
    "very",
    "much",
    "many",
    "most",
    "less",
    "least",
    "like",
    "unlike",
    "across",
    "along",
    "around",
    "near",
    "inside",
    "outside",
    "behind",
    "beyond",
    "via",
    "per",
    "within",
    "without",
    "maybe",
    "perhaps",
    "always",
    "often",
    "again",
    "please",
    "pls",
    "there",
    "here",
    "date",
    "everyone",
    "everybody",
    "something",
    "anything",
    "nothing",
    "hardly",
    "instead",
    "because",
    "though",
    "although",
    "while",
    "whether",
    "unless",
    "besides",
    "right",
    "okay",
    "well",
    "so",
];

/// Where the thing at `at` ends: `twenty quid | and I keep forgetting`.
pub(super) fn thing_end(view: &View<'_>, at: usize) -> usize {
    // `the parents' evening`
    let mark = view.next_pause(at, 10);
    (at..mark)
        .find(|at| parts(view, *at, mark))
        .unwrap_or_else(|| list_end(view, mark))
}

/// Whether the word at `at` parts a thing from what is said behind it.
pub(super) fn parts(view: &View<'_>, at: usize, mark: usize) -> bool {
    let stops = view.any(
        at,
        list![
            "but", "so", "because", "before", "when", "if", "unless", "please", "though", "until",
            "once",
        ],
    );
    // `needs a trim and the gutters want clearing`
    let told = |at: usize| {
        (crate::clause::is_finite(view, at) && !crate::clause::is_plural_noun(view, at))
            || view.any(at, list!["need", "needs", "want", "wants"])
    };
    let joins = view.any(at, list!["and", "or"])
        && (view.any(at + 1, list!["i", "we", "you", "he", "she", "they", "it"])
            || (at + 2..mark).any(told));
    stops || joins
}

/// `we need chairs, cups and two lamps`: where the list ends whose first thing ends at `mark`.
pub(super) fn list_end(view: &View<'_>, mark: usize) -> usize {
    const MORE: usize = 8;
    let mut end = mark;
    for _ in 0..MORE {
        if !view.is(end, ",") {
            break;
        }
        let start = end + 1 + usize::from(view.any(end + 1, list!["and", "plus", "&"]));
        let next = view.next_mark(start, 9);
        let thing = next > start
            && next - start <= MORE
            && view.get(start).is_some_and(|token| {
                token.is_word()
                    && !token.any(UNLISTED)
                    && !token.any(UNVERBED)
                    && !token.is_first_name()
                    && token
                        .verb
                        .is_none_or(|verb| verb.lean != Lean::Verb || !verb.forms.base)
            })
            && (start..next).all(|at| {
                // `nails, hooks and planks`
                let plural = at == start
                    && view
                        .verb(at)
                        .is_some_and(|verb| verb.forms.third && !verb.forms.past);
                (plural || !crate::clause::is_finite(view, at))
                    && !view.any(
                        at,
                        list![
                            "i", "we", "you", "he", "she", "they", "it", "please", "mr", "mrs",
                            "ms", "dr", "prof",
                        ],
                    )
            });
        if !thing {
            break;
        }
        end = next;
    }
    end
}

/// Words behind a comma with which no thing in a list begins.
const UNLISTED: List<'static> = list![
    "in",
    "on",
    "at",
    "by",
    "to",
    "of",
    "as",
    "so",
    "or",
    "otherwise",
    "no",
    "ok",
    "okay",
    "yes",
    "thanks",
    "asap",
    "urgent",
    "sorry",
    "cheers",
    "ta",
    "if",
    "due",
    "latest",
    "today",
    "tomorrow",
    "especially",
    "ideally",
    "mate",
    "love",
    "lads",
    "guys",
    "team",
    "everyone",
];

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn a_verb_that_is_not_listed_shows_itself() {
        assert_eq!(
            found("We need to grout the tiles by Friday."),
            ["Grout the tiles"]
        );
        assert!(found("They went to school the other day.").is_empty());
    }

    #[test]
    fn a_list_of_what_is_needed_is_kept_whole() {
        assert_eq!(
            found("We need nails, hooks and two planks for Friday."),
            ["Get nails, hooks and two planks"]
        );
        assert_eq!(
            found("Don't forget the tent, and the pegs."),
            ["Remember the tent, and the pegs"]
        );
        assert_eq!(
            found("We need two ladders by Friday, please."),
            ["Get two ladders"]
        );
    }
}
