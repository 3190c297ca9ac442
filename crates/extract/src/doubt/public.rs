//! What is said to nobody in particular or by others: notices, contracts, advertisements, replies of
//! absence, what is somebody else's business, wishes that somebody should.

use crate::action::opener::Agent;
use crate::action::{IS_AGREED, ORDER};
use crate::clause::Head;
use crate::detect::Source;
use crate::draft::Draft;
use crate::hash::HashSet;
use crate::quiet::SIGNS;
use crate::rows::Rows;
use crate::sentence::Sentence;
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
    ])
});

static NOT_OURS: LazyLock<Rows> = LazyLock::new(|| {
    Rows::new(&[
        "nothing for us|me to do",
        "nothing here? for us|me",
        "nothing for us|me here? to do",
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

/// The words with which any of these wordings begins.
static FIRST_WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let lists = [&*SELLS, &*NOT_OURS, &*AWAY];
    lists.into_iter().flat_map(Rows::first_words).collect()
});

/// What the sentences of a text say of all of it.
pub(super) struct Told {
    /// The sentence that says that nothing of it is for us.
    not_ours: Option<usize>,
    away: bool,
    sells: bool,
    stars: bool,
}

impl Told {
    pub(super) fn of(source: &Source<'_>) -> Self {
        let mut told = Self {
            not_ours: None,
            away: false,
            sells: false,
            stars: stars(source),
        };
        let mut sold = 0;
        for (index, sentence) in source.sentences.iter().enumerate() {
            let mut words = sentence.tokens.iter();
            if !words.any(|token| FIRST_WORDS.contains(token.lower.as_str())) {
                continue;
            }
            let ours = sentence.unit.place.item.is_some() || says(sentence, &NOT_OURS) == 0;
            if !ours && told.not_ours.is_none() {
                told.not_ours = Some(index);
            }
            told.away |= says(sentence, &AWAY) > 0;
            sold += says(sentence, &SELLS);
        }
        told.sells = sold >= 2;
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
    if told.away && (urgent || says(sentence, &AWAY) > 0) && draft.assignee.is_none() {
        return Some("a reply of absence");
    }
    let loose = draft.agent == Agent::Unsaid && draft.assignee.is_none();
    if told.sells && loose {
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
    happens(sentence, draft).then_some("what happens")
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
        first
            .tokens
            .first()
            .is_some_and(|token| (token.any(SIGNS) || token.is("cancer")) && token.capital)
            && first.date_tokens().len()
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
        .any(|pair| pair[0].is("imagine") && pair[1].any(list!["if", "having", "being", "that"]))
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
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn what_somebody_should_do_by_a_day_is_a_task() {
        assert_eq!(
            found("Somebody should wind the clock by Friday."),
            ["Wind the clock"]
        );
    }
}
