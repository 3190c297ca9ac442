//! A deed named twice: a thing and what is done with it (`minutes – Ida writes them tonight`), a deed and who does it
//! after all (`Ben fetches the key. No, Ida fetches it.`), a deed and why it is to be done (`return the drill, he wants
//! it back by Sunday`). One of the two is kept, with all that both of them tell.

use crate::action::opener::{Agent, Shape};
use crate::action::{HAS_RUN_OUT, IS_AGREED, IS_ALL_NEEDED, IS_NEEDED, WANTED, WANTED_BACK};
use crate::clause::Head;
use crate::detect::{ERRAND, Source};
use crate::draft::Draft;
use crate::token::{List, Mask, list};
use crate::words;

/// How many drafts back the other wording can stand.
const NEAR: usize = 12;

/// Words for the thing that was named before.
const POINTS: List<'static> = list![
    "it", "them", "those", "these", "that", "both", "one", "ones",
];

/// Words between two wordings of a deed by which the second stands for the first.
const CUES: List<'static> = list![
    "no",
    "not",
    "n't",
    "wait",
    "actually",
    "correction",
    "instead",
    "sorry",
    "rather",
    "scratch",
    "after",
    "closed",
    "close",
];

/// Makes one of each two.
pub(super) fn merge(source: &Source<'_>, drafts: &mut [Draft]) {
    for at in 1..drafts.len() {
        if !drafts[at].alive {
            continue;
        }
        let mut earlier = (at.saturating_sub(NEAR)..at).rev();
        let Some(before) = earlier.find(|before| drafts[*before].alive) else {
            continue;
        };
        if !is_near(source, &drafts[before], &drafts[at]) {
            continue;
        }
        if is_seen_to(&drafts[before], &drafts[at]) {
            drafts[before].alive = false;
        } else if reason(source, &drafts[before], &drafts[at]) {
            super::double::absorb(drafts, at, before);
        } else if points(source, &drafts[at]) {
            if is_summed_up(source, &drafts[at]) {
                super::double::absorb(drafts, at, before);
            } else if is_carried(source, &drafts[before], &drafts[at])
                || is_made(source, &drafts[before], &drafts[at])
            {
                told_anew(drafts, before, at);
            } else if names_thing(source, &drafts[before], &drafts[at]) {
                dealt_with(source, drafts, before, at);
            } else if same_deed(source, &drafts[before], &drafts[at]) {
                told_anew(drafts, before, at);
            }
        }
    }
}

/// In the same sentence or the next but one, and in the same paragraph.
fn is_near(source: &Source<'_>, one: &Draft, other: &Draft) -> bool {
    let place = |draft: &Draft| source.sentences[draft.sentence].unit.place.block;
    other.sentence.abs_diff(one.sentence) <= 2 && place(one) == place(other)
}

/// `the labels must be at the printer's by Friday; Ida brings them over`: where a thing has to be, and who takes it
/// there.
fn is_carried(source: &Source<'_>, placed: &Draft, deed: &Draft) -> bool {
    const CARRYING: List<'static> = list![
        "bring", "take", "drive", "deliver", "carry", "drop", "return", "run", "ship", "haul",
        "hand", "wheel", "cart", "post",
    ];
    let sentence = &source.sentences[placed.sentence];
    let head = &sentence.clauses[placed.clause].head;
    let somewhere = matches!(head, Head::Action(opener)
        if matches!(opener.shape, Shape::Placed { .. }) && placed.rule != WANTED_BACK);
    let carries = verb_of(source, deed).is_some_and(|verb| CARRYING.holds(verb.as_str()));
    somewhere && carries && placed.assignee.is_none()
}

/// `the risk form has to be with Kim by Friday – I'm writing it`: where a thing has to be, and who makes it.
fn is_made(source: &Source<'_>, placed: &Draft, deed: &Draft) -> bool {
    const MAKING: List<'static> = list![
        "write", "draft", "prepare", "finish", "fill", "complete", "compile", "make", "type",
    ];
    let head = &source.sentences[placed.sentence].clauses[placed.clause].head;
    let somewhere = matches!(head, Head::Action(opener)
        if matches!(opener.shape, Shape::Placed { .. }) && placed.rule != WANTED_BACK);
    let makes = verb_of(source, deed).is_some_and(|verb| MAKING.holds(verb.as_str()));
    somewhere && makes && placed.assignee.is_none() && placed.sentence == deed.sentence
}

/// `Both have to be done by Friday`: nothing but the deeds before it.
fn is_summed_up(source: &Source<'_>, draft: &Draft) -> bool {
    let sentence = &source.sentences[draft.sentence];
    let passive = matches!(&sentence.clauses[draft.clause].head, Head::Action(opener)
        if matches!(opener.shape, Shape::Passive { .. }));
    let ended = verb_of(source, draft)
        .is_some_and(|verb| matches!(verb.as_str(), "do" | "finish" | "complete" | "settle"));
    passive && ended
}

fn is_need(draft: &Draft) -> bool {
    [IS_NEEDED, IS_ALL_NEEDED, WANTED, HAS_RUN_OUT].contains(&draft.rule)
}

/// `Ava needs a check-up, Dad calls the surgery today`: what somebody else does about a need.
fn is_seen_to(need: &Draft, deed: &Draft) -> bool {
    (need.rule == WANTED || need.rule == IS_NEEDED)
        && deed.rule == IS_AGREED
        && deed.sentence == need.sentence
        && deed.clause == need.clause + 1
        && need
            .due
            .as_ref()
            .is_none_or(|due| deed.due.as_ref().is_some_and(|own| own.date == due.date))
}

/// `return Samir's drill, he wants it back by Sunday`
fn reason(source: &Source<'_>, deed: &Draft, need: &Draft) -> bool {
    let sentence = &source.sentences[need.sentence];
    let says_back = match &sentence.clauses[need.clause].head {
        Head::Action(opener) => match &opener.shape {
            Shape::Placed { object, .. } | Shape::Thing { object, .. } => {
                object.len() == 1 && POINTS.holds(sentence.lower(object.start))
            }
            _ => false,
        },
        _ => false,
    };
    let wants = need.rule == WANTED_BACK || is_need(need);
    wants && says_back && !is_need(deed) && deed.rule != ERRAND && deed.due.is_none()
}

/// Whether the object of a deed is a word for what was named before.
fn points(source: &Source<'_>, draft: &Draft) -> bool {
    let sentence = &source.sentences[draft.sentence];
    let clause = &sentence.clauses[draft.clause];
    let Head::Action(opener) = &clause.head else {
        return false;
    };
    let word = |at: usize| at < clause.full.end && POINTS.holds(sentence.lower(at));
    match &opener.shape {
        Shape::Active => {
            let next = opener.verb + 1;
            let two = sentence
                .token(next)
                .is_some_and(|token| token.verb.is_none());
            word(next)
                || two
                    && !sentence.lower(next).is_empty()
                    && particle(sentence.lower(next))
                    && word(next + 1)
        }
        Shape::Passive { object } | Shape::Causative { object } => {
            object.len() == 1 && word(object.start)
        }
        _ => false,
    }
}

fn particle(word: &str) -> bool {
    matches!(
        word,
        "up" | "off" | "out" | "back" | "down" | "over" | "in" | "on" | "for" | "with"
    )
}

/// Whether a draft is only a thing, and the other one a deed done with it.
fn names_thing(source: &Source<'_>, thing: &Draft, deed: &Draft) -> bool {
    let sentence = &source.sentences[thing.sentence];
    let acts = matches!(sentence.clauses[thing.clause].head, Head::Action(_));
    let only = !acts && thing.rule == ERRAND || is_need(thing) || is_label(source, thing, deed);
    let own = verb_of(source, deed);
    let rest: Vec<String> = deed
        .stems
        .iter()
        .filter(|stem| own.as_ref() != Some(stem))
        .cloned()
        .collect();
    let all = says(source, deed, "both");
    let own_errand = thing.due.is_some() && deed.due.is_none();
    only && agrees(thing, deed)
        && !own_errand
        && (words::shared(&rest, &thing.stems) > 0 || all && !is_need(thing))
}

/// `label stock: please count it`: words that could be an order stand for a thing.
fn is_label(source: &Source<'_>, thing: &Draft, deed: &Draft) -> bool {
    let sentence = &source.sentences[thing.sentence];
    let clause = &sentence.clauses[thing.clause];
    let plain = matches!(&clause.head, Head::Action(opener) if !opener.subject_said
    && opener.shape == Shape::Active
    && thing.agent == Agent::Unsaid
    && thing.tokens.len() <= 4
    && !thing.tokens.is_empty()
    && !sentence.token(opener.verb + 1).is_some_and(|next| {
        next.any(list!["the", "a", "an", "my", "your", "our", "his", "her", "their", "all", "some"])
    }));
    let other = &source.sentences[deed.sentence];
    let start = other.bytes(deed.clause..deed.clause + 1).start;
    let last = thing.tokens.iter().map(|at| sentence.tokens[*at].end).max();
    let between = last
        .and_then(|last| source.text.get(last..start))
        .unwrap_or("");
    plain && between.len() < 40 && between.contains([':', '–', '—', ')'])
        || plain && between.contains(" - ")
}

/// Whether two drafts do not speak of different people or days.
fn agrees(one: &Draft, other: &Draft) -> bool {
    let days = |draft: &Draft| draft.due.as_ref().map(|due| due.due.date());
    let names = |draft: &Draft| draft.assignee.as_ref().map(|(name, _)| name.to_lowercase());
    let day = days(one)
        .zip(days(other))
        .is_none_or(|(one, other)| one == other);
    let name = names(one)
        .zip(names(other))
        .is_none_or(|(one, other)| one == other);
    day && name
}

/// Whether a deed is said again of the same thing: without anything against it, or with a word that takes the first
/// wording back.
fn same_deed(source: &Source<'_>, first: &Draft, again: &Draft) -> bool {
    let verb = verb_of(source, first);
    let repeated = ["again", "too", "also", "twice", "then"]
        .iter()
        .any(|word| says(source, again, word));
    verb.is_some()
        && verb == verb_of(source, again)
        && !repeated
        && !again.then
        && (agrees(first, again) || taken_back(source, first, again))
}

fn taken_back(source: &Source<'_>, first: &Draft, again: &Draft) -> bool {
    (first.sentence..=again.sentence).any(|at| {
        let sentence = &source.sentences[at];
        let from = if at == first.sentence {
            first.clause + 1
        } else {
            0
        };
        let to = if at == again.sentence {
            again.clause + 1
        } else {
            sentence.clauses.len()
        };
        (from..to).any(|clause| sentence.words(clause).any(|token| token.any(CUES)))
    })
}

/// Keeps the deed, named by the thing it is done with.
fn dealt_with(source: &Source<'_>, drafts: &mut [Draft], thing: usize, deed: usize) {
    // What tells a whole state of things is no name.
    const LONGEST: usize = 7;
    let brief = drafts[thing].tokens.len() <= LONGEST || says(source, &drafts[deed], "both");
    if !is_need(&drafts[thing]) && brief {
        let sentence = &source.sentences[drafts[thing].sentence];
        let lowered = drafts[thing].tokens.first().is_none_or(|at| {
            let token = &sentence.tokens[*at];
            *at == 0 || !token.capital && token.mask == Mask::None
        });
        let name = if lowered {
            lower_first(&drafts[thing].summary)
        } else {
            drafts[thing].summary.clone()
        };
        let own = drafts[deed].summary.clone();
        let mut rest = own.split(' ');
        let verb = rest.next().unwrap_or_default();
        let tail: Vec<&str> = rest.collect();
        let pronoun = tail.iter().position(|word| POINTS.contains(word));
        drafts[deed].summary = match pronoun {
            Some(at) => [&[verb][..], &tail[..at], &[&name], &tail[at + 1..]]
                .concat()
                .join(" "),
            None => format!("{verb} {name}"),
        };
        let stems = drafts[thing].stems.clone();
        drafts[deed].stems.extend(stems);
        drafts[deed].stems.sort();
        drafts[deed].stems.dedup();
    }
    super::double::absorb(drafts, thing, deed);
}

/// `X` in front of words that go on: `Phone bank script` as `phone bank script`, and `SIM card` as it is.
fn lower_first(words: &str) -> String {
    let mut chars = words.chars();
    let (first, second) = (chars.next(), chars.next());
    match (first, second) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(words.chars().skip(1)).collect()
        }
        _ => words.to_owned(),
    }
}

/// Keeps the first wording, with the person and the day of the second.
fn told_anew(drafts: &mut [Draft], first: usize, again: usize) {
    let other = drafts[again].clone();
    drafts[again].alive = false;
    let known = &mut drafts[first];
    if other.due.is_some() {
        known.due = other.due;
    }
    if matches!(other.agent, Agent::Named(_)) || known.assignee.is_none() {
        known.assignee = other.assignee.or_else(|| known.assignee.take());
        known.agent = other.agent;
    }
    known.priority = known.priority.take().or(other.priority);
}

fn says(source: &Source<'_>, draft: &Draft, word: &str) -> bool {
    let sentence = &source.sentences[draft.sentence];
    sentence.words(draft.clause).any(|token| token.is(word))
}

fn verb_of(source: &Source<'_>, draft: &Draft) -> Option<String> {
    super::double::verb_of(source, draft)
}

#[cfg(test)]
mod tests {
    use crate::testing::{assignees, dues, summaries};

    #[test]
    fn a_thing_and_what_is_done_with_it_are_one() {
        for text in [
            "Open points\n- seating plan – Ida draws it by Friday\n- cellar swept",
            "Open points\n- seating plan: please draw it by Friday, Ida\n- hall swept",
        ] {
            assert!(summaries(text)[0].starts_with("Draw"), "{text}");
            assert_eq!(dues(text)[0], Some("2026-03-13".to_owned()), "{text}");
        }
        let text = "The flyers must be at the printer's by Friday; Ida brings them over.";
        assert_eq!(assignees(text), [Some("Ida".to_owned())]);
        let text = "Missing is your vote on the colour; could you send it to me by Friday?";
        assert_eq!(dues(text), [Some("2026-03-13".to_owned())]);
    }

    #[test]
    fn a_deed_told_anew_has_the_last_day_and_person() {
        let text = "Ben collects the skates from the grinder on Thursday... wait, they close on Thursdays. Ben collects them on Friday.";
        assert_eq!(dues(text), [Some("2026-03-13".to_owned())]);
        let text = "I asked Ben to fold the leaflets. Correction: it's Ida who folds them.";
        assert_eq!(assignees(text), [Some("Ida".to_owned())]);
    }

    #[test]
    fn why_it_is_done_is_no_second_deed() {
        let text = "Return Ida's ladder, she wants it back by Friday.";
        assert_eq!(dues(text), [Some("2026-03-13".to_owned())]);
    }

    #[test]
    fn two_people_or_two_days_are_two_deeds() {
        for text in [
            "Ben signs the lease on Thursday. Ida signs it on Friday.",
            "Water the ferns on Thursday. Water them again on Friday.",
        ] {
            assert_eq!(dues(text).len(), 2, "{text}");
        }
    }
}
