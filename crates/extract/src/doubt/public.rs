//! What is said to nobody in particular or by others: notices, contracts, advertisements, replies of
//! absence, what is somebody else's business, wishes that somebody should.

use crate::action::opener::Agent;
use crate::action::{IS_AGREED, ORDER};
use crate::clause::Head;
use crate::detect::Source;
use crate::draft::Draft;
use crate::lexicon::Class;
use crate::quiet::SIGNS;
use crate::rows::Rows;
use crate::sentence::Sentence;
use crate::token::Token;
use std::sync::LazyLock;

use crate::token::{List, list};

/// Parties of a contract and those whom a notice is for.
const KINDS: List<'static> = list![
    "tenant",
    "tenants",
    "landlord",
    "lessee",
    "lessor",
    "licensee",
    "licensor",
    "contractor",
    "borrower",
    "lender",
    "employee",
    "employer",
    "party",
    "parties",
    "seller",
    "buyer",
    "hirer",
    "motorists",
    "drivers",
    "passengers",
    "visitors",
    "guests",
    "pedestrians",
    "cyclists",
    "applicants",
    "candidates",
    "bearer",
    "policyholder",
    "insured",
    "customer",
    "customers",
];

static SELLS: LazyLock<Rows> = LazyLock::new(|| {
    Rows::new(&[
        "free quote|trial|delivery|consultation|estimate|gift",
        "slots|places|seats|tickets left",
        "order|buy|book|call|ring today|now !|.|,",
        "% off",
        "hurry",
        "while stocks last",
        "limited offer|time|edition",
        "offer ends|runs|expires",
        "deserves|deserve better|more|the",
        "special offer",
        "call|order|book|reserve|register|visit now|today or|and",
        "treat yourself|yourselves to",
        "price of one|two|three",
        "pay nothing|later",
        "dreaming|tired|sick of",
        "stay|eat|travel|go free",
        "order|book|grab|claim|upgrade|secure|reserve|redeem|unlock|treat|transform your",
        "your free *",
        "your * today|now",
        "get|grab|take|win|claim|receive|pick one|two|three|a * free",
        "save * %|percent|€",
        "save up to",
        "free of charge",
        "get|grab|enjoy|win|claim a free *",
        "save $|€|£",
        "for just|only $|€|£",
        "do n't wait|miss|delay|hesitate !|.|,|out",
        "tell|bring your friends|mates|family",
        "bring a friend",
        "while supplies last",
        "last chance",
        "new year , new",
        "black friday",
        "cyber monday",
        "call|ring|phone|text 0800|1-800|1800|0-800",
    ])
});

static NOT_OURS: LazyLock<Rows> = LazyLock::new(|| {
    Rows::new(&[
        "nothing for us|me to do",
        "nothing here for us|me",
        "nothing for us|me here",
        "nothing to do with it|that|this|us",
        "no action for|from us|me",
        "no action needed|required|necessary from|by|for|on us|our|me|my",
        "does n't|not concern|affect|apply us|to",
    ])
});

static AWAY: LazyLock<Rows> = LazyLock::new(|| {
    Rows::new(&[
        "out of office",
        "out of the office",
        "away from my desk",
        "on annual leave until",
    ])
});

/// What says that a text was a joke.
static HOAX: LazyLock<Rows> =
    LazyLock::new(|| Rows::new(&["april fool|fools|fools'", "april , april"]));

/// The words with which any of these wordings begins.
pub(crate) fn first_words() -> impl Iterator<Item = &'static str> {
    let lists = [&*SELLS, &*NOT_OURS, &*AWAY, &*HOAX];
    lists.into_iter().flat_map(Rows::first_words)
}

/// What the sentences of a text say of all of it.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent observations about the same text"
)]
pub(super) struct Told {
    /// The sentence that says that nothing of it is for us.
    not_ours: Option<usize>,
    away: bool,
    sells: bool,
    stars: bool,
    hoax: bool,
}

impl Told {
    pub(super) fn of(source: &Source<'_>) -> Self {
        let mut told = Self {
            not_ours: None,
            away: false,
            sells: false,
            stars: stars(source),
            hoax: false,
        };
        let mut sold = 0;
        let own = |sentence: &Sentence| {
            let mut tokens = sentence.tokens.iter();
            sentence.unit.place.item.is_some()
                || tokens.any(|token| token.any(list!["i", "i'm", "my", "me"]))
        };
        for (index, sentence) in source.sentences.iter().enumerate() {
            for (at, token) in sentence.tokens.iter().enumerate() {
                if !token.classes.has(Class::Telling) {
                    continue;
                }
                let here = |rows: &Rows| {
                    rows.starts(|offset| {
                        let word = sentence.tokens.get(at + offset);
                        word.map_or("", |word| word.lower.as_str())
                    })
                };
                let not_ours = told.not_ours.is_none() && sentence.unit.place.item.is_none();
                if not_ours && here(&NOT_OURS) {
                    told.not_ours = Some(index);
                }
                told.away |= here(&AWAY);
                sold += usize::from(here(&SELLS));
                // `not an April fool`
                told.hoax |= here(&HOAX)
                    && !(sentence.tokens.iter()).any(|token| token.any(list!["not", "no", "n't"]));
            }
        }
        // Who sells is loud about it, and speaks of no plans and lists of his own.
        let loud = || source.text.contains(['!', '%', '$', '€', '£']);
        let sells = sold >= 3 || sold == 2 && loud();
        told.sells = sells && !source.sentences.iter().any(own);
        told
    }
}

/// How often one of the wordings stands in a sentence.
fn says(sentence: &Sentence, rows: &Rows) -> usize {
    let word = |at: usize| {
        sentence
            .tokens
            .get(at)
            .map_or("", |token| token.lower.as_str())
    };
    (0..sentence.tokens.len())
        .filter(|at| rows.starts(|offset| word(at + offset)))
        .count()
}

/// Why a draft is for nobody here.
pub(super) fn doubt(source: &Source<'_>, draft: &Draft, told: &Told) -> Option<&'static str> {
    let sentence = &source.sentences[draft.sentence];
    if told.not_ours.is_some_and(|at| concerns(source, at, draft)) {
        return Some("said to be nothing for us");
    }
    let urgent = (sentence.tokens.iter())
        .any(|token| token.any(list!["urgent", "emergency", "emergencies", "absence"]));
    let stands_in = draft.rule == IS_AGREED
        && sentence
            .tokens
            .iter()
            .any(|token| token.any(list!["meantime", "meanwhile"]));
    if told.away && (stands_in || (urgent || says(sentence, &AWAY) > 0) && draft.assignee.is_none())
    {
        return Some("a reply of absence");
    }
    if told.hoax {
        return Some("a hoax");
    }
    let loose = draft.agent == Agent::Unsaid && draft.assignee.is_none();
    // `Dear neighbour, …`: anybody who opens the letter.
    let anybody = || {
        let named = draft.assignee.as_ref().map(|(name, _)| name.to_lowercase());
        named.is_some_and(|name| {
            KINDS.holds(&name)
                || matches!(
                    &*name,
                    "neighbour" | "neighbor" | "resident" | "reader" | "friend"
                )
        })
    };
    if told.sells && (loose || draft.agent == Agent::Unsaid && anybody()) {
        return Some("an advertisement");
    }
    if told.stars && loose {
        return Some("a horoscope");
    }
    if binds_a_kind(sentence, draft) {
        return Some("what all of a kind have to do");
    }
    if somebody_should(sentence, draft) {
        return Some("a wish that somebody did it");
    }
    if denies(sentence, draft) {
        return Some("what is not said");
    }
    if supposed(sentence, draft) {
        return Some("only imagined");
    }
    if quoted(sentence, draft) {
        return Some("quoted");
    }
    if answers_what_was(source, draft) {
        return Some("an answer to what was done");
    }
    happens(sentence, draft).then_some("what happens")
}

/// `What did the queen order?` – `Lock the gate.`: the answer tells, and orders nothing.
fn answers_what_was(source: &Source<'_>, draft: &Draft) -> bool {
    if draft.rule != ORDER || draft.clause > 0 || draft.sentence == 0 {
        return false;
    }
    let asked = &source.sentences[draft.sentence - 1];
    asked.question
        && (1..4).any(|at| {
            asked.lower(at) == "did"
                && matches!(
                    asked.lower(at - 1),
                    "what" | "which" | "who" | "whom" | "how" | "where"
                )
        })
}

/// `my sister is moving on the 30th`, `the shop shuts at one`.
fn happens(sentence: &Sentence, draft: &Draft) -> bool {
    let Head::Action(opener) = &sentence.clauses[draft.clause].head else {
        return false;
    };
    let of_itself = sentence
        .token(opener.verb)
        .and_then(|token| token.verb)
        .is_some_and(|verb| {
            matches!(
                verb.base,
                "move"
                    | "shut"
                    | "start"
                    | "end"
                    | "run"
                    | "leave"
                    | "open"
                    | "close"
                    | "come"
                    | "arrive"
                    | "return"
                    | "retire"
                    | "travel"
                    | "expire"
                    | "land"
                    | "stop"
            )
        });
    matches!(draft.rule, IS_AGREED | "a plan") && draft.tokens.is_empty() && of_itself
}

/// Whether the words that nothing of it is for us are about a draft: a remark in front is about all
/// that follows, one behind about what stands before it.
fn concerns(source: &Source<'_>, remark: usize, draft: &Draft) -> bool {
    if matches!(draft.agent, Agent::Speaker) {
        return false;
    }
    let block = |at: usize| source.sentences[at].unit.place.block;
    if remark <= 1 && draft.sentence > remark {
        return block(draft.sentence) != block(remark);
    }
    draft.sentence <= remark
        && draft.sentence + 2 >= remark
        && block(draft.sentence) == block(remark)
}

/// `Leo, 23 July to 22 August: …`
fn stars(source: &Source<'_>) -> bool {
    source.sentences.first().is_some_and(|first| {
        first.tokens.first().is_some_and(|token| {
            (SIGNS.contains(&token.lower.as_str()) || token.is("cancer")) && token.capital
        }) && first.date_tokens().len()
            + usize::from(first.tokens.get(1).is_some_and(|next| next.is(":")))
            >= 1
            && first.tokens.iter().take(12).any(|token| token.is(":"))
    })
}

/// `§ 4 The tenant shall return all keys and leave no rubbish`: all deeds of the sentence.
fn binds_a_kind(sentence: &Sentence, draft: &Draft) -> bool {
    let tokens = &sentence.tokens;
    let clause = sentence.clauses[draft.clause].start;
    let end = sentence.at.get(clause).copied().unwrap_or(0) + 4;
    let kind = (1..tokens.len().min(end)).any(|at| {
        let led = tokens[at - 1].any(list!["the", "each", "every", "all"])
            || at == 1
            || tokens[at].lower.ends_with('s');
        tokens[at].any(KINDS) && led && tokens[at..].iter().take(6).any(|token| token.is("shall"))
    });
    let section = tokens.iter().any(|token| token.is("§"));
    let nobody = draft.assignee.as_ref().is_none_or(|(name, _)| {
        let lower = name.to_lowercase();
        KINDS.holds(lower.trim_start_matches("the "))
    });
    (kind || section) && nobody
}

/// `someone ought to tell them`: a wish, where no day is given.
fn somebody_should(sentence: &Sentence, draft: &Draft) -> bool {
    let start = sentence.clauses[draft.clause].start;
    let wished = (start + 1..start + 3).any(|word| {
        sentence.lower(word) == "ought"
            || sentence.lower(word) == "should"
                && matches!(
                    sentence.lower(word + 1),
                    "really" | "just" | "probably" | "at"
                )
    });
    draft.agent == Agent::Anyone
        && draft.due.is_none()
        && draft.assignee.is_none()
        && wished
        && sentence.unit.place.item.is_none()
        && matches!(sentence.lower(start), "someone" | "somebody" | "anyone")
        && !(start..start + 5).any(|word| sentence.lower(word) == "please")
}

/// `I'm not saying we must change them`
fn denies(sentence: &Sentence, draft: &Draft) -> bool {
    let Some(start) = sentence.at.get(sentence.clauses[draft.clause].start) else {
        return false;
    };
    let from = start.saturating_sub(5);
    let before = &sentence.tokens[from..*start];
    // `nor does anyone have to …`, `no one's asking you to …`
    let asks = before.last().is_some_and(|token| {
        token.any(list![
            "asking",
            "asks",
            "expecting",
            "expects",
            "telling",
            "forcing",
        ])
    });
    let nobody = |token: &Token| token.any(list!["nobody", "nobody's", "no-one", "not", "n't"]);
    let no_one = before
        .windows(2)
        .any(|pair| pair[0].is("no") && pair[1].is("one"));
    if before.iter().rev().take(2).any(|token| token.is("nor"))
        || asks && (no_one || before.iter().any(nobody))
    {
        return true;
    }
    before.windows(2).any(|pair| {
        pair[0].any(list!["not", "n't"])
            && pair[1].any(list!["saying", "suggesting", "claiming", "say", "suggest"])
    })
}

/// `imagine if the boss made us count them`
fn supposed(sentence: &Sentence, draft: &Draft) -> bool {
    let Some(start) = sentence.at.get(sentence.clauses[draft.clause].start) else {
        return false;
    };
    sentence.tokens[..*start]
        .windows(2)
        .enumerate()
        .any(|(at, pair)| {
            pair[0].is("imagine") && pair[1].any(list!["if", "having", "being", "that"])
                || at == 0
                    && pair[0].any(list!["imagine", "suppose", "supposing", "picture"])
                    && pair[1].any(list![
                        "we", "i", "you", "they", "he", "she", "somebody", "someone"
                    ])
        })
}

/// All words of it stand between quotation marks, and others tell of them.
fn quoted(sentence: &Sentence, draft: &Draft) -> bool {
    let mut own = draft
        .tokens
        .iter()
        .map(|at| &sentence.tokens[*at])
        .filter(|token| token.is_word())
        .peekable();
    let told = sentence
        .tokens
        .iter()
        .filter(|token| token.is_word() && !token.quoted);
    own.peek().is_some()
        && own.all(|token| token.quoted)
        && draft.rule != ORDER
        && told.count() >= 2
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn what_is_said_to_be_nothing_for_us_is_left() {
        let text = "FYI, nothing for us to do.\n\n---- Forwarded ----\nFrom: Harbour office\nAll skippers must renew their permits by 31 May.\n";
        assert!(found(text).is_empty());
    }

    #[test]
    fn notices_and_contracts_bind_nobody_here() {
        for text in [
            "§ 7 The lessee shall clean the gutters by 31 October and repair the fence.",
            "I am out of the office until Monday. In urgent cases please call the front desk.",
            "Your garden deserves better! Ring Green & Co by 30 June for a free quote.",
            "Somebody ought to write a book about him.",
            "I'm not saying we must sell the piano by Friday.",
            "A new floor? Upgrade your carpet today and get one rug free!",
            "Don't wait! Service your boiler now, ring 0800 55 66 and relax.",
            "Please carry the piano to the roof by noon. April, April! Yours, the twins",
            "What did the queen order the guard to do? Lock the gate and burn the letter.",
            "Suppose we moved to Malta: we'd have to sell the boat, find a school, and learn the language.",
            "I am out of the office until May. Ida Holm looks after my customers in the meantime.",
            "No one's asking you to rewire the shed.",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn words_of_advertisements_alone_make_none() {
        assert_eq!(
            found("Order your seeds by Friday, Kim, and save the receipts."),
            ["Order your seeds", "Save the receipts"]
        );
        assert_eq!(
            found("Not an April fool: Kim takes the lift out on Friday."),
            ["Take the lift out"]
        );
    }

    #[test]
    fn what_somebody_should_do_by_a_day_is_a_task() {
        assert_eq!(
            found("Somebody should wind the clock by Friday."),
            ["Wind the clock"]
        );
    }
}
