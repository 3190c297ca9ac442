//! What is only told between the deeds of minutes: what is awaited from others, what is on hold, how many there
//! are, that an ordered thing arrives, what a deed makes possible.

use crate::action::bound::RULE as WHERE_TO;
use crate::action::opener::Agent;
use crate::action::{IS_PLACED, ORDER};
use crate::clause::Head;
use crate::detect::ERRAND;
use crate::draft::Draft;
use crate::sentence::Sentence;
use crate::token::{Kind, List, Token, list};

/// Why the words of a draft only tell.
pub(super) fn doubt(sentence: &Sentence, draft: &Draft) -> Option<&'static str> {
    let told = match draft.rule {
        _ if draft.proposed && announces(sentence, draft) => "what the text is to say",
        ORDER if is_awaited(sentence, draft) => "awaited from somebody else",
        ORDER if is_called(sentence, draft) => "the name of an event",
        ORDER | ERRAND if stands(sentence, draft) => "a day that stays",
        ERRAND if is_on_hold(sentence) => "on hold",
        ERRAND if goes_on_until(sentence) => "how things are",
        ERRAND | WHERE_TO if counts(sentence) || is_share(sentence) => "how many there are",
        IS_PLACED if arrives(sentence, draft) => "what arrives of itself",
        _ if draft.agent == Agent::We && enables(sentence, draft) => "what another deed is for",
        _ => return None,
    };
    Some(told)
}

/// `answer due from the engineer 9/10`, `reply expected from the council`.
fn is_awaited(sentence: &Sentence, draft: &Draft) -> bool {
    let start = sentence.clauses[draft.clause].start;
    let end = sentence.clauses[draft.clause].full.end;
    (start + 1..end.min(start + 5)).any(|word| {
        sentence.lower(word + 1) == "from"
            && sentence.token(word).is_some_and(|token| {
                token.any(list![
                    "due",
                    "expected",
                    "awaited",
                    "outstanding",
                    "pending"
                ])
            })
    })
}

/// `38% of new users drop out`, `12 % of the seats stay empty`: how large a part of them does what.
fn is_share(sentence: &Sentence) -> bool {
    let Some(first) = sentence
        .token(0)
        .filter(|token| token.kind == Kind::Number || token.lower.ends_with('%'))
    else {
        return false;
    };
    let of = if first.lower.ends_with('%') {
        1
    } else if matches!(sentence.lower(1), "%" | "percent") {
        2
    } else {
        return false;
    };
    // The part itself, a thing of its own and then what it does.
    sentence.lower(of) == "of"
        && (of + 2..sentence.at.len().min(of + 6)).any(|word| {
            let acts = sentence.token(word).and_then(|token| token.verb);
            let many = sentence.lower(word - 1).ends_with('s');
            many && acts.is_some_and(|verb| verb.forms.base || verb.forms.past)
        })
}

/// `Walk to School Day had 180 kids`: a name in capitals, and what became of it.
fn is_called(sentence: &Sentence, draft: &Draft) -> bool {
    const TOLD: List<'static> = list![
        "had",
        "was",
        "were",
        "went",
        "raised",
        "drew",
        "brought",
        "attracted",
        "made",
        "has",
        "is",
    ];
    let clause = &sentence.clauses[draft.clause];
    let Some(told) = (clause.start + 3..clause.full.end.min(clause.start + 8))
        .find(|word| sentence.token(*word).is_some_and(|token| token.any(TOLD)))
    else {
        return false;
    };
    let named = |token: &Token| token.capital && !token.upper && !token.is_first_name();
    (told - 2..told).all(|word| sentence.token(word).is_some_and(named))
        && sentence.token(clause.start).is_some_and(named)
}

/// `Move date still 27 Feb`, `Start time unchanged`.
fn stands(sentence: &Sentence, draft: &Draft) -> bool {
    let start = sentence.clauses[draft.clause].start;
    let day = sentence
        .token(start + 1)
        .is_some_and(|token| token.any(list!["date", "day", "time", "deadline", "dates"]));
    day && sentence.token(start + 2).is_some_and(|token| {
        token.any(list![
            "still",
            "stands",
            "unchanged",
            "remains",
            "stays",
            "as"
        ])
    })
}

/// `Flyers: on hold until autumn`, `the shed – on ice`.
fn is_on_hold(sentence: &Sentence) -> bool {
    let tokens = &sentence.tokens;
    tokens.windows(3).any(|row| {
        (row[0].is(":") || row[0].is_dash() || row[0].is(","))
            && row[1].is("on")
            && row[2].any(list!["hold", "ice", "pause"])
    })
}

/// `swimming unit runs through next Friday`: how long a thing lasts.
fn goes_on_until(sentence: &Sentence) -> bool {
    let tokens = &sentence.tokens;
    tokens.iter().enumerate().skip(1).any(|(at, token)| {
        token.any(list!["runs", "lasts", "continues"])
            && tokens.get(at + 1).is_some_and(|next| {
                next.any(list![
                    "thru", "through", "until", "till", "til", "to", "from"
                ])
            })
    })
}

/// `I set out what is still needed from you`, `below I list the points`: what the writer is about to say.
fn announces(sentence: &Sentence, draft: &Draft) -> bool {
    let range = sentence.clauses[draft.clause].full.clone();
    let says = |word: usize| {
        sentence.lower(word) == "i"
            && (sentence.lower(word + 1) == "set" && sentence.lower(word + 2) == "out"
                || matches!(
                    sentence.lower(word + 1),
                    "list" | "enclose" | "attach" | "summarise" | "summarize"
                ))
    };
    range
        .start
        .checked_sub(1)
        .into_iter()
        .chain(range)
        .any(says)
}

/// `41 slips in, 7 missing`: how many there are, and how many not yet.
fn counts(sentence: &Sentence) -> bool {
    const HERE: List<'static> = list![
        "in", "back", "returned", "received", "sold", "signed", "paid", "done", "here", "booked",
    ];
    const AWAY: List<'static> = list![
        "missing",
        "outstanding",
        "left",
        "open",
        "short",
        "go",
        "come",
        "unpaid",
        "overdue",
    ];
    let tokens = &sentence.tokens;
    if !tokens.iter().any(|token| token.any(AWAY)) {
        return false;
    }
    // Whether a part between two marks opens with a number and ends with such a word.
    let counted = |part: &[Token], ends: List<'static>| {
        part.first().is_some_and(|token| token.kind == Kind::Number)
            && part.last().is_some_and(|token| token.any(ends))
    };
    let mut parts = tokens.split(Token::is_mark).filter(|part| !part.is_empty());
    parts.clone().any(|part| counted(part, HERE)) && parts.any(|part| counted(part, AWAY))
}

/// `I'll order the part, it should be here by noon`: what was sent for comes by itself.
fn arrives(sentence: &Sentence, draft: &Draft) -> bool {
    let Head::Action(opener) = &sentence.clauses[draft.clause].head else {
        return false;
    };
    let start = sentence.clauses[draft.clause].start;
    matches!(sentence.lower(start), "it" | "they" | "that" | "those")
        && matches!(sentence.lower(start + 1), "should" | "ought")
        && sentence
            .token(opener.verb + 1)
            .is_some_and(|token| token.any(list!["here", "with", "there", "in"]))
}

/// `needs it by Tuesday so we can all grade the same way`: what becomes possible.
fn enables(sentence: &Sentence, draft: &Draft) -> bool {
    let start = sentence.clauses[draft.clause].start;
    let so = |word: usize| sentence.lower(word) == "so";
    let behind = start.checked_sub(1).is_some_and(so)
        || sentence.lower(start - start.min(1)) == "that" && start.checked_sub(2).is_some_and(so);
    behind
        && sentence.lower(start) == "we"
        && matches!(sentence.lower(start + 1), "can" | "could")
        && sentence.clauses[..draft.clause]
            .iter()
            .any(|clause| matches!(clause.head, Head::Action(_)))
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    /// Texts that only tell, and texts that ask.
    fn check(told: &[&str], asked: &[(&str, &[&str])]) {
        for text in told {
            assert_eq!(found(text), [""; 0], "{text}");
        }
        for (text, tasks) in asked {
            assert_eq!(found(text), *tasks, "{text}");
        }
    }

    #[test]
    fn how_large_a_part_of_them_does_what_is_no_item() {
        let below = "Next steps\n- Selma updates the file";
        for line in [
            "Context: 38% of new users drop out at the second step.",
            "Context: 12% of the seats stay empty.",
            "Context: 60 % of our guests arrive by train.",
        ] {
            let text = format!("Weekly sync\n{line}\n{below}");
            assert_eq!(found(&text), ["Update the file"], "{text}");
        }
        assert_eq!(
            found("- pay 30% of the invoice\n- 20% off voucher: print").len(),
            2
        );
    }

    #[test]
    fn what_is_awaited_or_on_hold_or_counted_only_tells() {
        check(
            &[
                "Permit 22 open, answer due from the council 9/10.",
                "7 forms in, 3 outstanding. Nothing else.",
            ],
            &[
                (
                    "Next steps\n- Ida: rework the menu\n- Flyers: on hold until autumn\n",
                    &["Rework the menu"],
                ),
                (
                    "- trip to the zoo: 30 slips in, 4 missing\n- Ada will send a reminder\n",
                    &["Send a reminder"],
                ),
                (
                    "- reading unit runs through next Friday\n- I'll copy the packets\n",
                    &["Copy the packets"],
                ),
            ],
        );
    }

    #[test]
    fn names_and_days_that_stay_only_tell() {
        check(
            &[
                "Walk to School Day had 90 children.",
                "Move date still 27 March.",
            ],
            &[("Move the date to 27 March.", &["Move the date"])],
        );
    }

    #[test]
    fn what_comes_of_a_deed_is_no_second_deed() {
        check(
            &[],
            &[
                (
                    "I'll order the bearing today, it should be here by noon tomorrow.",
                    &["Order the bearing"],
                ),
                (
                    "Please send me the list so we can plan the room.",
                    &["Send me the list"],
                ),
            ],
        );
    }
}
