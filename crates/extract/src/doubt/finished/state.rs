//! Entries that say behind their thing how it stands: `deposit – paid`, `stats: fine`, `tent $25`.

use std::ops::Range;

use crate::draft::Draft;
use crate::lexicon::Lean;
use crate::sentence::Sentence;
use crate::token::{Kind, List, Mask, Token, list};
use crate::words::ENDED;

/// What became of a thing that needs nobody any more, besides what is [`ENDED`].
const SETTLED: List<'static> = list![
    "paid",
    "sent",
    "booked",
    "closed",
    "fixed",
    "sorted",
    "delivered",
    "received",
    "ordered",
    "confirmed",
    "approved",
    "signed",
    "submitted",
    "collected",
    "returned",
    "informed",
    "told",
    "notified",
    "cleared",
    "cleaned",
    "filed",
    "mailed",
    "posted",
    "emailed",
    "resolved",
    "solved",
    "merged",
    "shipped",
    "deployed",
    "released",
    "replaced",
    "repaired",
    "settled",
    "scrapped",
    "withdrawn",
    "postponed",
    "declined",
    "parked",
    "agreed",
    "noted",
    "refunded",
    "renewed",
    "arranged",
    "held",
    "found",
    "arrived",
    "greased",
    "mended",
    "installed",
    "published",
    "handled",
    "bought",
    "packed",
    "binned",
    "sold",
    "tabled",
    "shelved",
    "erledigt",
    "ok'd",
    "okayed",
    "adjourned",
    "covered",
    "refilled",
    "filled",
    "emptied",
    "counted",
    "adopted",
    "accepted",
    "waived",
    "pushed",
    "implemented",
    "untouched",
    "decided",
    "deactivated",
];

/// Whether a cell, in lower case, says that nothing is left to do: `arrived`, `confirmed`.
pub(in crate::doubt) fn is_settled(cell: &str) -> bool {
    ENDED.holds(cell) || SETTLED.holds(cell)
}

fn settles(token: &Token) -> bool {
    token.any(ENDED) || token.any(SETTLED)
}

/// `tax memo → NO, counsel does it`, `invite the bishop — done 5/11`, `tent - have it`, `saw -- Earl did`: what
/// stands behind the last pause of an entry closes it, however it was asked for.
pub(super) fn closed(sentence: &Sentence) -> bool {
    let tokens = &sentence.tokens;
    if super::ends_settled(tokens) {
        return true;
    }
    let Some(pause) = (1..tokens.len()).rfind(|at| tokens[*at].is_dash() && !tokens[*at].is("="))
    else {
        return false;
    };
    let behind: Vec<&Token> = tokens[pause + 1..]
        .iter()
        .filter(|token| token.is_word() && !token.any(BEFORE))
        .collect();
    // `sound check at 6 → no, at 5`: only another hour.
    let goes_on = |token: &Token| token.is_dated() || token.is("does");
    let refused = tokens[pause].is_arrow()
        && tokens[pause + 1..]
            .first()
            .is_some_and(|token| token.is("no"))
        && !tokens[pause + 1..].iter().any(goes_on);
    let all = || tokens[pause + 1..].iter().filter(|token| token.is_word());
    let held = all().count() == 2
        && all()
            .next()
            .is_some_and(|token| token.any(list!["have", "got"]));
    let did = all().count() == 2
        && all()
            .next_back()
            .is_some_and(|token| token.any(list!["did", "done"]));
    let settled = behind.first().is_some_and(|token| settles(token))
        && behind[1..]
            .iter()
            .all(|token| token.mask != Mask::None || token.kind == Kind::Number);
    refused || held || did || settled
}

/// How a thing is that needs nothing.
const WELL: List<'static> = list![
    "ok",
    "okay",
    "fine",
    "good",
    "full",
    "enough",
    "plenty",
    "unchanged",
    "same",
    "none",
    "n/a",
    "excellent",
    "correct",
    "steady",
    "normal",
    "stable",
    "ok-ish",
    "great",
    "perfect",
    "ready",
    "free",
    "healthy",
    "live",
    "quiet",
    "empty",
    "clean",
    "complete",
    "open",
];

/// Words before a state that do not change it.
const BEFORE: List<'static> = list![
    "already", "all", "now", "both", "just", "is", "are", "was", "were", "been", "has", "have",
    "got", "'s", "fully", "mostly", "stays", "stay", "remains", "looks", "look", "seems", "it",
];

/// Words by which something is open after all.
const OPEN: List<'static> = list![
    "not", "n't", "except", "but", "missing", "unsent", "until", "till", "once", "yet", "unpaid",
    "need", "needs", "must", "todo", "pls", "please", "asap", "ask", "then", "almost", "nearly",
    "half", "should", "unless", "if", "when",
];

/// Whether the entry a draft was made of tells how its thing stands.
pub(super) fn told(sentence: &Sentence, draft: &Draft) -> bool {
    let tokens = &sentence.tokens;
    let clause = &sentence.clauses[draft.clause];
    let Some(from) = sentence.at.get(clause.full.start).copied() else {
        return false;
    };
    // Of many things in a row, each has its own state.
    let many = tokens
        .iter()
        .filter(|token| token.any(list![",", ";"]))
        .count()
        >= 4;
    let end = if many {
        sentence
            .at
            .get(clause.full.end.saturating_sub(1))
            .map_or(tokens.len(), |at| at + 1)
    } else {
        tokens.len()
    };
    let own = from..end.max(from);
    if tokens[own.clone()].iter().any(|token| token.any(OPEN)) {
        return false;
    }
    let parts = parts(tokens, own.clone());
    let acts = parts.iter().skip(1).any(|part| {
        part.first().is_some_and(|token| {
            let base = token
                .verb
                .filter(|verb| verb.forms.base && !verb.forms.past);
            base.is_some_and(|verb| verb.lean == Lean::Verb) && !settles(token) && !token.any(WELL)
        })
    });
    !acts
        && (parts.iter().skip(1).any(|part| is_state(part))
            || parts.first().is_some_and(|part| ends_well(part))
            || parts.len() > 1 && parts[0].len() == 1 && settles(parts[0][0])
            || is_priced(&tokens[own.clone()])
            || is_presence(&tokens[own]))
}

/// `great job on the stock`, `fyi the shop moved`, `flour +6 %`: joy, thanks and news.
pub(super) fn is_news(sentence: &Sentence, draft: &Draft) -> bool {
    const JOY: List<'static> = list![
        "great",
        "proud",
        "congrats",
        "congratulations",
        "happy",
        "lovely",
        "awesome",
        "brilliant",
        "fantastic",
        "thanks",
        "thank",
        "thx",
        "fyi",
        "bravo",
        "kudos",
        "hooray",
        "yay",
        "safe",
        "bliss",
        "omg",
        "lol",
    ];
    let tokens = &sentence.tokens;
    let start = sentence.clauses[draft.clause].start;
    let opens = sentence.token(start).is_some_and(|token| token.any(JOY))
        || tokens
            .iter()
            .find(|token| token.is_word())
            .is_some_and(|token| token.any(JOY))
        || tokens.iter().take(3).any(|token| token.is("fyi"));
    let ends = tokens.iter().rev().take(2).any(|token| {
        token.lower.starts_with(['🎉', '🥳', '👏', '😂']) || token.any(list!["omg", "lol"])
    });
    // `flour +6%`, `sales −8 %`
    let changed = tokens.windows(3).any(|row| {
        row[0].any(list!["+", "−", "±", "-", "–"])
            && row[0].end == row[1].start
            && row[1].kind == Kind::Number
            && row[2].is("%")
            || row[0].lower.starts_with(['+', '−', '±']) && row[0].lower.ends_with('%')
    });
    // `voice memo for the crew`, `recap of the chat`: what the text is.
    let title = draft.sentence == 0
        && draft.clause == 0
        && sentence.unit.place.item.is_none()
        && tokens
            .iter()
            .filter(|token| token.is_word())
            .take(5)
            .any(|token| {
                token.any(list![
                    "memo",
                    "recap",
                    "msg",
                    "voicemail",
                    "summary",
                    "debrief",
                    "roundup",
                ])
            });
    let dated = !sentence.date_tokens().is_empty();
    title || opens && !dated || ends || changed && sentence.person.is_none()
}

/// The words between the marks of an entry, without dates and names.
fn parts(tokens: &[Token], own: Range<usize>) -> Vec<Vec<&Token>> {
    let mut parts = vec![Vec::new()];
    for token in &tokens[own] {
        let parted =
            token.is_mark() || token.is_arrow() || token.any(list!["=", "/", "|", "<-", "·"]);
        if parted && !token.is("'") {
            parts.push(Vec::new());
        } else if matches!(token.mask, Mask::None)
            && let Some(part) = parts.last_mut()
        {
            part.push(token);
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// `paid`, `already sent to the bank`, `fine`, `on from 5`, `wait for lab`.
fn is_state(part: &[&Token]) -> bool {
    let skipped = part.iter().take_while(|token| token.any(BEFORE)).count();
    // `H: paid by …` says it of a thing named before.
    let words = &part[skipped.min(part.len())..];
    let Some(first) = words.first() else {
        return false;
    };
    let behind = words.get(1);
    let goes_on = behind.is_none_or(|next| {
        next.kind == Kind::Number
            || next.any(list![
                "by",
                "to",
                "from",
                "in",
                "at",
                "on",
                "with",
                "for",
                "without",
                "last",
                "yesterday",
                "already",
                "since",
                "this",
                "via",
                "off",
                "as",
                "now",
                "again",
                "so",
                "overnight",
                "x2",
                "twice",
                "thanks",
                "ok",
                "anyway",
            ])
    });
    if settles(first) {
        return goes_on;
    }
    if first.any(WELL) {
        return words.len() <= 3 && goes_on;
    }
    first.any(list!["on", "off"]) && behind.is_some_and(|next| next.any(list!["from", "since"]))
        || first.any(list!["wait", "waiting"])
            && behind.is_some_and(|next| next.any(list!["for", "on"]))
}

/// `oat milk enough`, `flights ok`: a thing and how it is.
fn ends_well(part: &[&Token]) -> bool {
    const AT_END: List<'static> = list![
        "ok",
        "okay",
        "fine",
        "enough",
        "plenty",
        "unchanged",
        "sorted",
        "done",
        "paid",
        "n/a",
        "scrapped",
        "ok'd",
        "cancelled",
        "canceled",
    ];
    // `pay the fine`, `get it done`
    let named = part.len() >= 2
        && part[part.len() - 2].any(list![
            "the", "a", "an", "my", "our", "your", "his", "her", "their", "this", "that", "to",
            "be", "it", "them", "of", "for", "parking", "speeding", "late", "get", "have",
        ]);
    (2..=5).contains(&part.len()) && !named && part.last().is_some_and(|token| token.any(AT_END))
}

/// `lamp $8 / tent $25`, `06:45 10:50 17:30`: several prices or hours, and nothing asked.
fn is_priced(tokens: &[Token]) -> bool {
    let money = |at: &usize| {
        let token = &tokens[*at];
        let beside = |other: Option<&Token>| {
            other.is_some_and(|other| other.lower.starts_with(['$', '£', '€']))
        };
        token.lower.starts_with(['$', '£', '€']) && token.lower.len() > 3
            || token.kind == Kind::Number
                && (beside(at.checked_sub(1).and_then(|before| tokens.get(before)))
                    || beside(tokens.get(at + 1)))
    };
    let hour = |at: &usize| {
        tokens[*at]
            .lower
            .split_once(':')
            .is_some_and(|(hour, minute)| {
                hour.len() == 2 && minute.len() == 2 && hour.bytes().all(|b| b.is_ascii_digit())
            })
    };
    (0..tokens.len()).filter(money).count() >= 3 || (0..tokens.len()).filter(hour).count() >= 3
}

/// `Fri: half day`, `all day – offsite`, `stand-up only`, `Mo 7.5 Brandt`: where somebody is.
fn is_presence(tokens: &[Token]) -> bool {
    let only = tokens
        .iter()
        .rev()
        .find(|token| token.is_word())
        .is_some_and(|token| token.is("only"));
    let hours = |token: &Token| {
        token.lower.split_once('.').is_some_and(|(whole, part)| {
            (1..=2).contains(&whole.len())
                && part.len() == 1
                && whole
                    .bytes()
                    .chain(part.bytes())
                    .all(|b| b.is_ascii_digit())
        })
    };
    let worked = tokens.len() > 2
        && tokens[0].is_word()
        && tokens[0].lower.chars().count() <= 3
        && hours(&tokens[1]);
    only || worked
        || tokens.windows(2).any(|pair| {
            pair[0].any(list!["half", "all"]) && pair[1].is("day")
                || pair[0].is("day") && pair[1].is("off")
                || pair[0].is("home") && pair[1].is("office")
        })
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn an_entry_that_is_settled_is_no_task() {
        let text = "TODO\n- order the gaskets\n- hall rent – October, paid\n- invoice 12: sent to Lund\n\
                    - boiler check (done by the landlord)\n- bus timetable – fine\n- window: fixed Monday\n";
        assert_eq!(found(text), ["Order the gaskets"]);
    }

    #[test]
    fn what_is_open_after_all_stays() {
        let text = "TODO\n- order the gaskets\n- hinge: loose, replace\n\
                    - pay the fine\n";
        assert_eq!(found(text).len(), 3);
    }

    #[test]
    fn what_closes_an_entry_behind_its_last_pause_closes_any() {
        let text = "TODO\n- order the gaskets\n- call the mill -> NO, Ines did\n- Ravi to write the menu — done 2/3\n\
                    - lamp oil - have it\n- CLOSED – hinge\n- hall → no, the barn, Friday";
        assert_eq!(found(text).len(), 2);
    }

    #[test]
    fn joy_and_news_are_no_tasks() {
        let text = "- order the gaskets\n- great work on the fair\n- sugar +9% since May\n";
        assert_eq!(found(text), ["Order the gaskets"]);
    }

    #[test]
    fn prices_ask_for_nothing() {
        let text = "- order the gaskets\n- bench $40 / stool $12 / rug $9\n";
        assert_eq!(found(text), ["Order the gaskets"]);
    }
}
