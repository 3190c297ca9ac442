//! Lines that say how things are or what was done: `backup completed`, `midwife informed`.

mod state;
mod sum;

pub(super) use state::is_settled;

use crate::action::ORDER;
use crate::date::Role;
use crate::detect::{ERRAND, Source};
use crate::draft::Draft;
use crate::lexicon::Lean;
use crate::sentence::Sentence;
use crate::text::Section;
use crate::token::{Kind, List, Mask, Token, list};

/// Why a draft is how things are already.
pub(super) fn doubt(source: &Source<'_>, draft: &Draft, logged: bool) -> Option<&'static str> {
    let sentence = &source.sentences[draft.sentence];
    let section = sentence.unit.place.section;
    let last = sentence.tokens.iter().rev().find(|token| token.is_word());
    if !bounded(source, sentence) && state::closed(sentence) {
        return Some("how things are");
    }
    if draft.rule == ERRAND && last.is_some_and(|token| token.is("done")) {
        return Some("done");
    }
    if draft.rule == ERRAND
        && (draft.proposed && states(sentence, draft)
            || happens(sentence, draft)
            || state::is_news(sentence, draft))
    {
        return Some("how things are");
    }
    if draft.rule == ERRAND && (is_there(sentence) || is_back(sentence, draft)) {
        return Some("how things are");
    }
    // `list complete by Monday`
    let start = sentence.clauses[draft.clause].start;
    let noun = draft.rule == ERRAND
        || draft.rule == ORDER
            && sentence
                .token(start)
                .and_then(|token| token.verb)
                .is_some_and(|verb| matches!(verb.lean, Lean::Noun | Lean::Either));
    if noun
        && draft.rule == ORDER
        && sentence
            .token(start + 1)
            .is_some_and(|token| token.any(list!["complete", "ready", "available"]))
    {
        return Some("how things are to be");
    }
    if section == Section::Shopping || bounded(source, sentence) {
        return None;
    }
    let first = sentence.token(sentence.clauses[draft.clause].start);
    let lean = first.and_then(|token| token.verb).map(|verb| verb.lean);
    let noun = draft.rule == ERRAND;
    // `keep the windows closed` is an order, `transfer cancelled` is none.
    let reach = match lean {
        _ if noun => 7,
        Some(Lean::Noun | Lean::Either) if draft.rule == ORDER => 7,
        Some(Lean::Verb) if draft.rule == ORDER => 2,
        _ => 0,
    };
    let order = draft.rule == ORDER && reach > 2;
    if is_done(sentence, draft, reach)
        || (noun || order && !sentence.tokens.iter().any(|token| token.is(":"))) && lies(sentence)
        || became(sentence, draft)
        || (noun || order) && state::told(sentence, draft)
        || (noun || draft.rule == ORDER) && sum::is_told(sentence, draft)
    {
        return Some("how things are");
    }
    // `reset badge` among `replaced toner` and `cleared paper jam`
    let past = first
        .and_then(|token| token.verb)
        .is_some_and(|verb| verb.forms.past);
    let bare = draft.rule == ORDER && draft.assignee.is_none();
    (logged && bare && past).then_some("what was done, in a log")
}

/// `put up the sign, done 27.1.`, `reread chapter nine not needed`, `ask the band – no, away, skip`.
fn ends_settled(tokens: &[Token]) -> bool {
    let counts = |token: &&Token| token.is_word() && token.mask == Mask::None;
    let mut words = tokens
        .iter()
        .enumerate()
        .rev()
        .filter(|(_, token)| counts(token));
    let (Some((last, word)), Some((second, before))) = (words.next(), words.next()) else {
        return false;
    };
    let apart = || last > 0 && tokens[last - 1].is(",");
    match word.lower.as_str() {
        "done" | "erledigt" => apart(),
        // `…, skip`
        "skip" | "skipped" => apart() && second > 0,
        "needed" | "necessary" | "required" => {
            before.is("not")
                && second > 1
                && tokens[second - 1].is_word()
                && !tokens[second - 1]
                    .any(list!["if", "is", "are", "where", "when", "though", "or"])
        }
        _ => false,
    }
}

/// `Rolf's back home from the clinic`, `New date for the tour: 21 April`: where somebody is, when a thing is.
fn is_there(sentence: &Sentence) -> bool {
    let word = |at: usize| sentence.lower(at);
    if word(0) == "new" {
        return matches!(
            word(1),
            "date" | "time" | "day" | "venue" | "address" | "number" | "place"
        ) && matches!(word(2), "for" | "of" | ":");
    }
    word(1) == "'s"
        && matches!(
            word(2),
            "back"
                | "home"
                | "here"
                | "away"
                | "gone"
                | "ill"
                | "sick"
                | "better"
                | "late"
                | "asleep"
        )
        && sentence.token(3).is_none_or(|token| {
            !token.is_word() || token.any(list!["home", "from", "in", "at", "on", "again", "now"])
        })
}

/// `on leave until then, back online Monday`: where somebody will be again.
fn is_back(sentence: &Sentence, draft: &Draft) -> bool {
    draft.tokens.first().is_some_and(|first| {
        sentence.tokens[*first].is("back")
            && sentence
                .tokens
                .get(first + 1)
                .is_some_and(|next| next.any(list!["online", "at", "in", "home"]))
    })
}

/// `the key is back on the hook`, `my ex turned up`: a whole sentence that tells something, taken for
/// the name of a task.
fn states(sentence: &Sentence, draft: &Draft) -> bool {
    const OPEN: List<'static> = list![
        "you", "your", "need", "needs", "must", "needed", "due", "should", "missing", "overdue",
        "not", "n't", "to", "pending", "open", "want", "wants", "waiting", "expires", "expire",
        "yet", "please", "?", "ends", "runs", "short", "low", "broken", "empty", "still",
    ];
    let clause = &sentence.clauses[draft.clause];
    let words = || sentence.words(draft.clause);
    let finite = clause.full.clone().skip(1).any(|word| {
        sentence.token(word).is_some_and(|token| {
            token.any(list![
                "is", "are", "was", "were", "has", "have", "had", "'s", "did",
            ]) || token
                .verb
                .is_some_and(|verb| verb.forms.past && !verb.forms.participle && !verb.forms.base)
        })
    });
    clause.head == crate::clause::Head::Statement
        && finite
        && sentence.date_tokens().is_empty()
        && words().count() >= 5
        && !words().any(|token| token.any(OPEN))
}

/// What things do of themselves.
const THINGS_DO: List<'static> = list![
    "runs",
    "expires",
    "lapses",
    "ends",
    "starts",
    "begins",
    "closes",
    "opens",
    "shuts",
    "stays",
    "remains",
    "arrives",
    "leaks",
    "jams",
    "crashes",
    "fails",
    "flickers",
    "freezes",
    "hangs",
    "squeaks",
    "rattles",
    "drips",
    "beeps",
    "sticks",
    "smells",
    "hums",
    "lists",
    "shows",
    "lacks",
    "loses",
    "kills",
    "overheats",
    "misfires",
    "stutters",
    "vibrates",
    "wobbles",
    "creaks",
    "stalls",
    "comes",
    "came",
    "went",
];

/// `The licence of the forklift runs out in May`, `the lift jams on the second floor`: a sentence in the
/// present, taken for the name of a task.
fn happens(sentence: &Sentence, draft: &Draft) -> bool {
    const OPEN: List<'static> = list![
        "need", "needs", "must", "wants", "due", "missing", "should", "please", "pls", "to",
        "your", "still", "?",
    ];
    let range = sentence.clauses[draft.clause].full.clone();
    let open = || sentence.words(draft.clause).any(|token| token.any(OPEN));
    // `two phone bills`: what has a word in front that no verb has is a noun.
    let noun = |word: usize| {
        let before = sentence.token(word - 1);
        before.is_none_or(|before| {
            !before.is_word()
                || before.any(list![
                    "the", "a", "an", "my", "our", "your", "his", "her", "their", "of", "for",
                    "and", "or", "two", "three", "four", "all", "both", "some", "new", "old",
                    "these",
                ])
        })
    };
    let acts = |word: usize| {
        sentence
            .token(word)
            .is_some_and(|token| token.any(THINGS_DO))
            && !noun(word)
    };
    sentence.unit.place.item.is_none()
        && sentence.person.is_none()
        && range.len() >= 4
        && range.skip(1).any(acts)
        && !open()
}

/// Whether a line says by when: what is wanted can be worded as what will have been done.
fn bounded(source: &Source<'_>, sentence: &Sentence) -> bool {
    sentence.date_tokens().iter().any(|(_, date)| {
        let date = &source.dates[*date];
        matches!(date.role, Role::By | Role::Before) && date.due.date() >= source.now.date()
    })
}

/// `backup completed without errors`, `shortlist reduced to two`: a thing, and what became of it.
fn is_done(sentence: &Sentence, draft: &Draft, reach: usize) -> bool {
    let tokens = &sentence.tokens;
    let from = sentence
        .at
        .get(sentence.clauses[draft.clause].start)
        .copied()
        .unwrap_or(0);
    let limit = tokens.len().min(from + reach);
    (from + 1..limit).any(|at| {
        let became = tokens[at].mask == Mask::None
            && (tokens[at].any(list!["done", "cancelled", "canceled"])
                || is_result(&tokens[at])
                || is_taken(tokens, at));
        let thing = tokens[at - 1].is_word() && !tokens[at - 1].any(BEFORE_NOUNS);
        let over = tokens.get(at + 1).is_none_or(|next| {
            next.is_dated()
                || next.any(list![".", "!"])
                || next.any(BEHIND)
                || next.any(list![",", "and"]) && (draft.rule == ERRAND || is_taken(tokens, at))
        });
        became && thing && over
    })
}

/// `copy taken and filed`, `photos taken`: what somebody made of a thing.
fn is_taken(tokens: &[Token], at: usize) -> bool {
    tokens[at].is("taken")
        && tokens[at - 1].any(list![
            "copy", "copies", "photo", "photos", "picture", "pictures", "notes", "minutes",
            "details", "readings", "sample", "samples", "payment", "deposit",
        ])
}

/// A participle that tells what became of a thing, and not which thing it is.
fn is_result(token: &Token) -> bool {
    const WHICH: List<'static> = list![
        "attached",
        "shot",
        "enclosed",
        "linked",
        "needed",
        "required",
        "mentioned",
        "agreed",
        "signed",
        "broken",
        "lost",
        "used",
        "missing",
        "wanted",
        "requested",
        "listed",
        "marked",
        "planned",
        "scheduled",
        "due",
    ];
    !token.any(WHICH)
        && token.verb.is_some_and(|verb| {
            verb.forms.participle
                && verb.forms.past
                && !verb.forms.base
                && !matches!(verb.lean, Lean::Light | Lean::State)
        })
}

/// `vendor shortlist reduced to two`: what was taken for the deed is the thing it was done to.
fn became(sentence: &Sentence, draft: &Draft) -> bool {
    let crate::clause::Head::Action(opener) = &sentence.clauses[draft.clause].head else {
        return false;
    };
    let plain = opener.verb <= sentence.clauses[draft.clause].start + 1
        && sentence
            .token(opener.verb)
            .and_then(|token| token.verb)
            .is_some_and(|verb| matches!(verb.lean, Lean::Noun | Lean::Either | Lean::Verb));
    let next = sentence.token(opener.verb + 1);
    let done = next.is_some_and(is_result);
    let over = sentence
        .token(opener.verb + 2)
        .is_none_or(|token| token.any(BEHIND) || token.any(list![".", "!"]));
    plain && done && over && opener.resume == opener.verb + 1
}

/// Words behind which a participle describes a thing.
const BEFORE_NOUNS: List<'static> = list![
    "a", "an", "the", "to", "be", "get", "have", "as", "if", "when", "once", "is", "are", "was",
    "were", "not", "no", "and", "or", "of", "until", "than", "needs", "need", "get", "gets",
    "being", "'s", "'re",
];

/// Words that go on behind what became of a thing.
const BEHIND: List<'static> = list![
    "to",
    "from",
    "without",
    "successfully",
    "yesterday",
    "already",
    "ok",
    "fine",
    "overnight",
    "since",
];

/// `sample still at the lab`, `forklift 2 in repair`: where a thing is.
fn lies(sentence: &Sentence) -> bool {
    let tokens: Vec<&Token> = sentence
        .tokens
        .iter()
        .filter(|token| token.mask == Mask::None)
        .collect();
    // `hive 1 strong, 11 kg stores`
    let mark = tokens
        .iter()
        .position(|token| token.is_mark())
        .unwrap_or(tokens.len());
    let adjective = mark >= 2
        && tokens[mark - 1].any(list!["strong", "healthy", "stable", "unchanged", "well"]);
    if adjective && mark <= 5 {
        return true;
    }
    tokens.windows(2).skip(1).any(|pair| {
        pair[0].is("still") && pair[1].any(list!["at", "in", "with", "on"])
            || pair[0].any(list!["down", "up"]) && pair[1].is("to") && numbered(&tokens, pair[1])
            || pair[0].is("in") && pair[1].any(list!["repair", "stock", "place", "order"])
            || pair[0].any(list!["nearly", "almost"])
                && pair[1].any(list!["empty", "full", "done", "finished"])
    })
}

/// Whether a number stands behind a word.
fn numbered(tokens: &[&Token], word: &Token) -> bool {
    tokens.iter().any(|token| {
        token.start > word.end && token.start <= word.end + 2 && token.kind == Kind::Number
    })
}

/// Whether the lines of a text tell what was done: two or more open with a verb in the past, and none
/// with one that can only be an order.
pub(super) fn is_log(source: &Source<'_>) -> bool {
    let mut told = 0;
    for sentence in source.sentences.iter().filter(|it| it.unit.place.first) {
        let Some(verb) = sentence.token(0).and_then(|token| token.verb) else {
            continue;
        };
        if verb.forms.past && !verb.forms.base {
            told += 1;
        } else if verb.forms.base && !verb.forms.past && verb.lean == Lean::Verb {
            return false;
        }
    }
    told >= 2 && told * 3 >= source.sentences.len()
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn what_became_of_a_thing_is_no_task() {
        assert_eq!(
            found(
                "TODO\n- order new gaskets\n- transfer cancelled without costs\n- landlord informed.\n"
            ),
            ["Order new gaskets"]
        );
    }

    #[test]
    fn what_things_do_of_themselves_is_no_task() {
        for text in [
            "Minutes. The lease of the depot runs out in May. Ida, please ring the owner.",
            "Minutes. The lift of the annexe jams on the second floor. Ida, please ring the owner.",
        ] {
            assert_eq!(found(text), ["Ring the owner"], "{text}");
        }
    }

    #[test]
    fn a_result_with_a_deadline_stays_a_task() {
        assert_eq!(
            found("TODO\n- order gaskets\n- hall cleaned by Friday\n").len(),
            2
        );
    }

    #[test]
    fn verbs_among_what_was_done_are_past() {
        let text = "08:10 repaired the pump\n09:30 shut valve 4\n11:00 replaced two filters\n";
        assert_eq!(found(text), [""; 0]);
    }

    #[test]
    fn what_ends_in_how_it_stands_is_no_task() {
        for text in [
            "- reread chapter nine not needed",
            "( ) ask the band for lights – NO they're away, skip",
            "→ Kim: put up the sign, done 27.1.",
            "Rolf's back home from the clinic.",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn what_was_taken_and_where_somebody_will_be_are_no_tasks() {
        for text in [
            "- order gaskets\n- photos taken, filed under roof\n",
            "- order gaskets\n- back online Monday\n",
        ] {
            assert_eq!(found(text), ["Order gaskets"], "{text}");
        }
        assert_eq!(found("- order gaskets\n- copy the plan\n").len(), 2);
    }
}
