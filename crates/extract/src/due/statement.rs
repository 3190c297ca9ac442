//! What a statement beside a deed says with its date: when the thing happens, that it is the
//! deadline, that the writer thinks of that day.

use crate::action::opener::Opener;
use crate::date::{self, FoundDate, Role};
use crate::detect::Source;
use crate::sentence::Sentence;
use crate::token::{List, Mask, Token, list};

/// Words by which something takes place on the day beside them.
const HAPPENS: &[&str] = &[
    "leaves",
    "leave",
    "leaving",
    "goes",
    "departs",
    "comes",
    "come",
    "coming",
    "arrives",
    "arrive",
    "arriving",
    "starts",
    "begins",
    "opens",
    "ships",
    "lands",
    "flies",
    "returns",
    "visits",
    "booked",
    "scheduled",
    "ends",
    "closes",
    "launches",
    "expires",
    "moves",
    "meets",
    "delivers",
];

/// What somebody or something does that a deed has to be done before.
const LEAVES: &[&str] = &[
    "leaves", "departs", "ships", "sails", "flies", "collects", "picks", "fetches", "closes",
    "shuts", "launches", "marches",
];

/// Words of a statement by which its date is a deadline.
const DEADLINES: List<'static> = list![
    "due", "deadline", "needed", "latest", "need", "needs", "expires", "expire", "closes", "close",
    "limit", "wants", "want", "expects", "expect", "shuts", "shut", "promised", "promises",
    "promise", "lapses", "lapse",
];

/// Words by which a statement tells what has been.
pub(super) const PAST: &[&str] = &[
    "was", "were", "had", "did", "went", "came", "been", "ago", "since", "last",
];

pub(super) fn said(sentence: &Sentence, clause: usize) -> Vec<&str> {
    sentence
        .words(clause)
        .filter(|token| token.is_word())
        .map(|token| token.lower.as_str())
        .collect()
}

/// `the swap leaves tomorrow, make sure it is packed`: what takes place on that day.
pub(super) fn happens(sentence: &Sentence, clause: usize) -> bool {
    let words = said(sentence, clause);
    words.iter().any(|word| HAPPENS.contains(word)) && !words.iter().any(|word| PAST.contains(word))
}

/// `Mila has PE today so pack her shoes`: the deed follows from what is on that day.
pub(super) fn leads_to(
    source: &Source<'_>,
    sentence: &Sentence,
    place: usize,
    clause: usize,
    found: &FoundDate,
) -> bool {
    let own = &sentence.clauses[clause];
    // `…, so please open the bay`
    let follows =
        (own.full.start.saturating_sub(1)..=own.start).any(|word| sentence.lower(word) == "so");
    let denied = ["no", "not", "n't", "longer", "never"];
    let words = said(sentence, place);
    follows
        && !words
            .iter()
            .any(|word| PAST.contains(word) || denied.contains(word))
        && !date::told(source.text, found)
}

/// `fire the kiln … , the kiln is on Friday`, `it goes to the printers on Friday`: a statement behind a deed that
/// says nothing but when the thing takes place.
pub(super) fn takes_place(sentence: &Sentence, clause: usize, token: usize) -> bool {
    let words = said(sentence, clause);
    let denied = words
        .iter()
        .any(|word| PAST.contains(word) || matches!(*word, "not" | "n't" | "no" | "after"));
    let thing = words
        .first()
        .is_some_and(|first| matches!(*first, "it" | "they" | "that"));
    // `the kiln is on Friday`: straight behind the verb.
    let states = token > 0
        && sentence.tokens[token - 1].any(list!["is", "'s"])
        && sentence.tokens[token].is("on");
    let someone = words
        .first()
        .is_some_and(|first| matches!(*first, "i" | "we" | "you" | "he" | "she"));
    let moves = thing
        && words.iter().any(|word| HAPPENS.contains(word))
        && sentence.tokens[token].any(list!["on", "at"]);
    // `it's her birthday Wednesday`
    let occasion = thing
        && words.len() <= 6
        && words
            .iter()
            .any(|word| super::carried::EVENTS.contains(word))
        && words
            .iter()
            .any(|word| matches!(*word, "is" | "'s" | "it's" | "that's"));
    // `…, truck leaves 4 pm today`, `…, he leaves on Friday`, `…, she picks them up in five days`
    let departs = words.len() <= 7
        && !matches!(words.first(), Some(&("i" | "we" | "you")))
        && words
            .iter()
            .skip(1)
            .take(4)
            .any(|word| LEAVES.contains(word));
    // `label it, he's coming at 5:30`
    let comes = words.len() <= 5
        && matches!(words.first(), Some(&("he" | "she" | "they")))
        && words
            .last()
            .is_some_and(|last| matches!(*last, "coming" | "comes" | "come" | "here"));
    !denied && (!someone && (states && words.len() <= 5 || moves || occasion) || departs || comes)
}

/// `that's Friday`, `which is on the 28th`, `then, it's Friday`: nothing but the date of what was said.
pub(super) fn explains(sentence: &Sentence, clause: usize) -> bool {
    let words = said(sentence, clause);
    let links = [
        "then", "so", "as", "since", "because", "and", "cos", "cause",
    ];
    let from = words.iter().take_while(|word| links.contains(word)).count();
    match &words[from..] {
        ["that" | "which" | "it" | "this", "is" | "'s"] | ["that's" | "thats" | "it's"] => true,
        ["that" | "which", "is" | "'s", ..] | ["that's" | "which" | "thats", ..] => {
            words.len() <= 5
        }
        _ => false,
    }
}

/// `order the lamb, I guess Tuesday to be safe`: the day the writer thinks of.
pub(super) fn supposes(sentence: &Sentence, clause: usize) -> bool {
    let words = said(sentence, clause);
    words.len() <= 6
        && matches!(
            words.as_slice(),
            ["i", "guess" | "think" | "suppose" | "reckon" | "hope", ..]
                | ["i", "'d", "say", ..]
                | [
                    "say" | "ideally" | "preferably" | "probably" | "hopefully",
                    ..
                ]
        )
}

/// `invoice to Kestrel (they pay quick, send Monday)`: a verb alone with its day, in brackets.
pub(super) fn ordered_aside(sentence: &Sentence, clause: usize, verb: usize) -> bool {
    let Some(start) = sentence.at.get(sentence.clauses[clause].start).copied() else {
        return false;
    };
    let open = sentence.tokens[..start]
        .iter()
        .rposition(|token| token.any(list!["(", ")"]));
    let inside = open.is_some_and(|open| open > verb && sentence.tokens[open].is("("));
    let content = sentence
        .words(clause)
        .filter(|token| token.is_word())
        .count();
    inside && content <= 2
}

/// `…, that Ida builds the crib by the 10th`: another one's deed, whose day is its own.
pub(super) fn of_another(sentence: &Sentence, clause: usize) -> bool {
    let mut words = sentence
        .words(clause)
        .filter(|token| token.is_word())
        .skip_while(|token| {
            token.any(list![
                "and", "that", "while", "but", "so", "then", "mrs", "mr"
            ])
        });
    let named = words
        .next()
        .is_some_and(|first| first.capital && !first.any(list!["i", "i'm", "i'll", "i'd"]));
    let acts = words.take(3).any(|token| {
        token.any(list!["will", "has", "'ll"])
            || token.verb.is_some_and(|verb| verb.forms.only_third())
            || token.lower.ends_with('s') && !token.is("'s")
    });
    let tells = |word: &&str| {
        DEADLINES.contains(word)
            || matches!(
                *word,
                "says" | "said" | "reckons" | "thinks" | "insists" | "asks"
            )
    };
    named && acts && !said(sentence, clause).iter().any(tells)
}

/// Whether a date in brackets stands within a clause that is waited for.
pub(super) fn bracketed(sentence: &Sentence, token: usize) -> bool {
    let open = sentence.tokens[..token]
        .iter()
        .rposition(|before| before.any(list!["(", ")"]));
    open.is_some_and(|open| sentence.tokens[open].is("("))
}

/// `the nurse we had booked for Thursday`, `the slot scheduled for 3 May`: the day of the thing.
pub(super) fn is_of_the_thing(sentence: &Sentence, token: usize) -> bool {
    const ARRANGED: List<'static> = list![
        "booked",
        "scheduled",
        "planned",
        "arranged",
        "set",
        "ordered",
        "reserved",
        "pencilled",
        "penciled",
        "held",
        "down",
        "announced",
        "dated",
        "slated",
    ];
    let own = &sentence.tokens[token];
    let before = |steps: usize| token.checked_sub(steps).map(|at| &sentence.tokens[at]);
    let joined = |first: Option<&Token>, second: Option<&Token>| {
        first.is_some_and(|word| word.any(ARRANGED))
            || second.is_some_and(|word| word.any(ARRANGED))
                && first.is_some_and(|word| word.any(list!["for", "on", "in"]))
    };
    let told = joined(before(1), before(2));
    let opens =
        own.any(list!["for", "on"]) || before(1).is_some_and(|word| word.mask == Mask::None);
    told && opens
}

/// `it doesn't have to be today`, `no need to do it by Friday`: a day that is none.
pub(super) fn is_waived(sentence: &Sentence, token: usize) -> bool {
    let from = token.saturating_sub(6);
    let row = &sentence.tokens[from..token];
    let Some(opens) = row
        .iter()
        .rposition(|token| token.any(list!["n't", "not", "need", "needn't"]))
    else {
        return false;
    };
    let waives = row[opens].is("needn't")
        || row[opens].is("need") && opens > 0 && row[opens - 1].is("no")
        || row[opens].any(list!["n't", "not"])
            && row[opens + 1..]
                .first()
                .is_some_and(|next| next.any(list!["have", "need"]))
            && row
                .get(opens + 2)
                .is_none_or(|after| after.any(list!["to", "be"]));
    waives && row[opens..].iter().all(|token| !token.is_mark())
}

/// `order it by noon today, otherwise we have none tomorrow`: when it is felt that it was not done.
pub(super) fn is_threat(sentence: &Sentence, token: usize, verb: usize) -> bool {
    sentence.tokens[verb.min(token)..token]
        .iter()
        .any(|word| word.is("otherwise"))
}

/// `she's shut Mondays`, `they close on Fridays`: when somebody is not there.
pub(super) fn shuts_then(sentence: &Sentence, token: usize, found: &FoundDate) -> bool {
    // `the shop is shut that day`
    let again = found.recurrence.is_some() || found.why == "the day named before";
    let row = &sentence.tokens[token.saturating_sub(3)..token];
    // `sign off timesheets every Friday` is no absence.
    let absent = row.windows(2).any(|pair| {
        pair[1].any(list!["off", "away", "out"])
            && pair[0].any(list![
                "is", "are", "'s", "'re", "'m", "am", "be", "i'm", "she's", "he's",
            ])
    });
    again
        && (absent
            || row
                .iter()
                .any(|word| word.any(list!["shut", "closed", "close", "closes"])))
}

/// `it runs out on 31 March`, `the lease is up on Friday`
pub(super) fn runs_out(sentence: &Sentence, clause: usize) -> bool {
    said(sentence, clause).windows(2).any(|pair| {
        matches!(
            pair,
            ["run" | "runs" | "running", "out"] | ["is" | "'s", "up"]
        )
    })
}

/// `look into the outage of 3 March`, a week later: the day of what has been, not of next year.
pub(super) fn has_just_been(
    text: &str,
    sentence: &Sentence,
    token: usize,
    found: &FoundDate,
    now: &jiff::Zoned,
) -> bool {
    let words = text.get(found.bytes.clone()).unwrap_or_default();
    let lower = crate::words::lower(words);
    let joined = lower.starts_with("from ")
        || token > 0 && sentence.tokens[token - 1].any(list!["of", "from"]);
    let year = words
        .split(|c: char| !c.is_ascii_digit())
        .any(|digits| digits.len() == 4);
    let days = now
        .date()
        .until(found.due.date())
        .map_or(0, |span| span.get_days());
    joined && !year && days > 300 && found.recurrence.is_none()
}

/// `they go on sale tomorrow`, `it opens on Friday at ten`: from when on a thing can be had.
pub(super) fn on_offer(sentence: &Sentence, clause: usize) -> bool {
    said(sentence, clause).windows(2).any(|pair| {
        matches!(
            pair,
            ["on" | "for", "sale"] | [_, "opens" | "open" | "starts" | "start" | "launches"]
        )
    })
}

/// `the pack has to go out by Wednesday`, `this must be sent`: what is to be done with it.
pub(super) fn is_obliged(sentence: &Sentence, clause: usize) -> bool {
    let words = said(sentence, clause);
    words.contains(&"must")
        || words
            .windows(2)
            .any(|pair| matches!(pair, ["has" | "have" | "needs" | "need", "to"]))
}

pub(super) fn says_deadline(sentence: &Sentence, clause: usize, date: &FoundDate) -> bool {
    // The token the date starts with, and the one before it.
    let first = (sentence.tokens).partition_point(|token| token.start <= date.bytes.start);
    let at = |place: Option<usize>| place.and_then(|place| sentence.tokens.get(place));
    let lasts =
        at(first.checked_sub(1)).is_some_and(|token| token.any(list!["until", "till", "til"]));
    let bound = matches!(date.role, Role::By | Role::Before) && !lasts;
    // `he's got until Thursday`
    let granted = || {
        at(first.checked_sub(2)).is_some_and(|token| token.any(list!["has", "have", "'ve", "got"]))
    };
    let words: Vec<&str> = sentence
        .words(clause)
        .filter(|token| token.is_word())
        .map(|token| token.lower.as_str())
        .collect();
    let told = |word: &str| DEADLINES.holds(word);
    let explains = explains(sentence, clause);
    let last_day = words
        .windows(2)
        .any(|pair| pair[0] == "last" && matches!(pair[1], "day" | "chance" | "date"));
    // `she has until the fair on 3 May`
    let term = words.windows(2).any(|pair| {
        matches!(pair[0], "has" | "have" | "'ve" | "'s" | "got")
            && matches!(pair[1], "until" | "till" | "til")
    });
    // `the receipt is only valid until the 31st`, `the agent waits till Wednesday`
    // `they take them till ten`
    let takes = words
        .windows(2)
        .any(|pair| matches!(pair[0], "take" | "takes"));
    let waits = lasts
        && (takes
            || words.iter().any(|word| {
                matches!(
                    *word,
                    "valid"
                        | "waits"
                        | "wait"
                        | "waiting"
                        | "open"
                        | "good"
                        | "held"
                        | "holds"
                        | "hold"
                        | "available"
                        | "only"
                        | "accept"
                        | "accepts"
                        | "keep"
                        | "keeps"
                )
            }));
    bound
        || explains
        || last_day
        || term
        || lasts && granted()
        || promises(&words)
        || waits
        || runs_out(sentence, clause)
        || words.iter().any(|word| told(word))
}

/// `…, and he does it today`, `do it on Monday because they fill up`: nothing but the day of what was said.
pub(super) fn restates(sentence: &Sentence, clause: usize) -> bool {
    let words = said(sentence, clause);
    words.len() <= 5
        && words.windows(2).any(|pair| {
            matches!(
                pair,
                ["do" | "does", "it" | "this" | "that" | "them" | "so"]
            )
        })
}

/// `you'll have it on Friday`, `they'll be with you tomorrow`
fn promises(words: &[&str]) -> bool {
    words.len() <= 7
        && words.windows(4).any(|row| {
            matches!(
                row,
                ["you", "will" | "'ll", "have" | "get", "it" | "them"] | ["be", "with", "you", ..]
            )
        })
        || matches!(words, [.., "be", "with", "you"])
}

/// A statement without a subject that says until when: `must be finished by Wednesday`.
pub(super) fn demands(sentence: &Sentence, clause: usize, date: &FoundDate) -> bool {
    let first = sentence.words(clause).find(|token| token.is_word());
    matches!(date.role, Role::By | Role::Before)
        && first.is_some_and(|token| token.any(list!["must", "has", "needs", "due", "needed"]))
}

pub(super) fn needs(sentence: &Sentence, opener: &Opener, date: &FoundDate) -> bool {
    let verb = sentence.token(opener.verb);
    let before = opener.verb.checked_sub(1).and_then(|at| sentence.token(at));
    matches!(date.role, Role::By | Role::Before)
        && [verb, before]
            .iter()
            .flatten()
            .any(|token| token.any(list!["need", "needs"]))
}
