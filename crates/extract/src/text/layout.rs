//! What only several lines together show: how wide a text is wrapped, and lists without bullets.

mod bare;

pub(super) use bare::bare_lists;

use super::line::{Line, Shape};
use super::moment::names_a_month;
use crate::date;
use crate::hash::HashSet;
use crate::lexicon::{self, Lean};
use crate::token::{List, list};

/// Widest line that somebody wraps by hand, in characters.
const WIDEST: usize = 100;

/// The width at which the lines of a text are broken; `None` where each line stands for itself.
pub(super) fn wrapped_at(text: &str, lines: &[Line]) -> Option<usize> {
    let widths = || {
        lines
            .iter()
            .filter(|line| matches!(line.shape, Shape::Text { .. } | Shape::Item { .. }))
            .map(|line| text[line.range.clone()].chars().count())
    };
    let addressed = |line: &Line| text[line.range.clone()].contains("://");
    let wide = lines.iter().any(|line| {
        matches!(line.shape, Shape::Text { .. })
            && !addressed(line)
            && text[line.range.clone()].chars().count() > WIDEST
    });
    if wide || is_jotted(text, lines) {
        None
    } else {
        widths().max()
    }
}

/// Whether the lines of a text all begin small and one of them is by far the longest: notes, a line each, in which a
/// small letter does not say that the line above goes on.
fn is_jotted(text: &str, lines: &[Line]) -> bool {
    let mut count = 0;
    let (mut widest, mut next) = (0, 0);
    for line in lines {
        if !matches!(line.shape, Shape::Text { .. }) {
            continue;
        }
        let words = &text[line.range.clone()];
        if words.starts_with(char::is_uppercase) {
            return false;
        }
        count += 1;
        let width = words.len();
        next = next.max(width.min(widest));
        widest = widest.max(width);
    }
    count >= 4 && next + 10 <= widest
}

/// Whether at least two lines with one below them end where the margin is.
pub(super) fn wraps(text: &str, lines: &[Line], wrapped_at: Option<usize>) -> bool {
    let Some(limit) = wrapped_at else {
        return false;
    };
    let pairs = || {
        lines.windows(2).filter(|pair| {
            matches!(pair[0].shape, Shape::Text { .. } | Shape::Item { .. })
                && matches!(pair[1].shape, Shape::Text { .. })
        })
    };
    let near = pairs()
        .filter(|pair| text[pair[0].range.clone()].chars().count() + 10 >= limit)
        .count();
    // Sentences that go on begin their line with a small letter.
    let goes_on = pairs()
        .filter(|pair| text[pair[1].range.clone()].starts_with(char::is_lowercase))
        .count();
    near >= 2 && near * 2 >= pairs().count() && goes_on > 0
}

/// Turns lines that count up, `1 bike to the shop`, `2 glass`, `3 books`, into items.
pub(super) fn counted(text: &str, lines: &mut [Line]) {
    let number = |line: &Line| -> Option<(u32, usize)> {
        let words = &text[line.range.clone()];
        let digits = words.bytes().take_while(u8::is_ascii_digit).count();
        let rest = words.get(digits..)?;
        let behind = rest.trim_start_matches([' ', '\t']);
        let spaced = behind.len() < rest.len() && behind.starts_with(char::is_alphabetic);
        (matches!(line.shape, Shape::Text { .. }) && (1..=2).contains(&digits) && spaced)
            .then(|| words[..digits].parse().ok())
            .flatten()
            .map(|value| (value, words.len() - behind.len()))
    };
    let mut at = 0;
    while at < lines.len() {
        let length = (at..lines.len())
            .take_while(|index| {
                let wanted = u32::try_from(index - at)
                    .unwrap_or(u32::MAX)
                    .saturating_add(1);
                number(&lines[*index]).is_some_and(|(value, _)| value == wanted)
            })
            .count();
        // Two will do below `Jobs for Thursday`.
        let headed = length == 2
            && at > 0
            && matches!(lines[at - 1].shape, Shape::Text { .. })
            && super::section::read(&text[lines[at - 1].range.clone()]) == super::Section::Tasks;
        if length >= 3 || headed {
            for line in &mut lines[at..at + length] {
                if let Some((value, skip)) = number(line) {
                    line.range.start += skip;
                    line.shape = Shape::Item {
                        indent: 0,
                        checked: done(&text[line.range.clone()]),
                        number: Some(value),
                    };
                }
            }
        }
        at += length.max(1);
    }
}

/// What people do when they meet, and what is written of it.
const MEETINGS: List<'static> = list![
    "meeting",
    "mtg",
    "mtgs",
    "sync",
    "retro",
    "standup",
    "stand-up",
    "huddle",
    "call",
    "minutes",
    "agm",
    "briefing",
    "debrief",
    "debriefing",
    "wash-up",
    "session",
    "review",
    "planning",
    "prep",
    "plenary",
    "workshop",
    "recap",
    "kickoff",
    "kick-off",
    "offsite",
    "scrum",
    "readout",
    "catch-up",
];

/// Further words in front of what was agreed.
const AGREED: List<'static> = list![
    "meet",
    "weekly",
    "round",
    "protokoll",
    "council",
    "committee",
    "board",
    "notes",
    "jour",
    "handover",
    "daily",
    "crit",
    "wg",
    "1:1",
    "staff",
    "mom",
    "decided",
    "agreed",
    "minuted",
    "split",
    "ops",
    "desk",
    "crew",
];

/// Whether the first words of a text, up to its first pause, say that people met.
pub(super) fn met(text: &str) -> bool {
    let opening = super::front(text.trim_start(), 90);
    let opening = opening.split(['.', ':', '\n', '–', '—', '!', '?']).next();
    let words: Vec<&str> = opening.unwrap_or_default().split_whitespace().collect();
    let meets = |word: &&str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let lower = crate::words::lower(word);
        is_meeting(&lower) || AGREED.holds(&lower)
    };
    words.len() <= 8 && words.iter().any(meets)
}

/// Whether a word, in lower case, names a meeting or what is written of it.
pub(crate) fn is_meeting(lower: &str) -> bool {
    MEETINGS.holds(lower)
}

/// Turns the first of several lines into the heading it is: `Call log 2 March`, `Visit summary for
/// Mr Haugen`, `Cabin – bring list (leaving Wed)`.
pub(super) fn titled(text: &str, lines: &mut [Line], skip: &HashSet<usize>) -> Option<usize> {
    const KINDS: List<'static> = list![
        "list",
        "log",
        "notes",
        "summary",
        "minutes",
        "plan",
        "handover",
        "to-dos",
        "todos",
        "tasks",
        "schedule",
        "update",
        "updates",
        "agenda",
        "report",
        "checklist",
        "sheet",
        "timeline",
        "overview",
        "recap",
        "actions",
        "programme",
        "board",
        "timetable",
        "project",
        "status",
        "debrief",
        "itinerary",
        "rota",
        "visit",
        "renovation",
        "prices",
        "standup",
        "meeting",
        "sync",
        "weekly",
        "retro",
    ];
    let at = (0..lines.len())
        .find(|at| !skip.contains(at) && !matches!(lines[*at].shape, Shape::Blank))?;
    let below = lines[at + 1..]
        .iter()
        .filter(|line| !matches!(line.shape, Shape::Blank | Shape::Rule))
        .count();
    let line = text[lines[at].range.clone()].trim();
    let of_meeting = is_notes_of_meeting(line);
    if !matches!(lines[at].shape, Shape::Text { .. })
        || below < 2
        || line.ends_with(['.', '!', '?', ',', ';', ':'])
        || line.contains(": ") && !of_meeting
        || line.contains(" to ")
        || line.split_whitespace().count() > 12
    {
        return None;
    }
    let titled = line
        .split([',', '(', ')', '–', '—', '/'])
        .flat_map(|part| part.split(" - "))
        .map(|part| part.split(" for ").next().unwrap_or_default())
        .any(|part| {
            let mut words = part.split_whitespace().filter(|word| {
                !word.contains(|c: char| c.is_ascii_digit())
                    && !names_a_month(&crate::words::lower(word))
            });
            KINDS.holds(&crate::words::lower(words.next_back().unwrap_or_default()))
        });
    let titled = titled || of_meeting;
    if titled {
        lines[at].shape = Shape::Heading { level: 7 };
    }
    titled.then_some(at)
}

/// `Notes: practice meeting, dental surgery`: what the notes are of, in a few words.
fn is_notes_of_meeting(line: &str) -> bool {
    let Some((label, rest)) = line.split_once(": ") else {
        return false;
    };
    let notes = matches!(
        crate::words::lower(label).as_ref(),
        "notes" | "minutes" | "protocol" | "protokoll" | "agenda" | "recap" | "summary"
    );
    let of = rest.split([',', '(', '–', '—']).next().unwrap_or_default();
    let brief = (1..=3).contains(&of.split_whitespace().count());
    let last = of.split_whitespace().next_back().unwrap_or_default();
    notes && brief && is_meeting(crate::words::lower(last).as_ref())
}

/// How many lines from `at` on have such a shape, none of them to be skipped.
pub(super) fn run(
    lines: &[Line],
    at: usize,
    skip: &HashSet<usize>,
    fits: impl Fn(&Shape) -> bool,
) -> usize {
    (at..lines.len())
        .take_while(|at| fits(&lines[*at].shape) && !skip.contains(at))
        .count()
}

/// `3. Premises` above lines with bullets: a heading that has a number.
pub(super) fn numbers_a_heading(text: &str, line: &Line, next: &Line) -> bool {
    let words = text[line.range.clone()].trim();
    let bulleted = matches!(next.shape, Shape::Item { number: None, indent, .. } if indent == 0);
    let plain = words.split_whitespace().count() <= 5
        && !words.ends_with(['.', '!', '?', ';'])
        && words.starts_with(char::is_uppercase);
    bulleted && plain && (!acts(text, line) || words.split_whitespace().count() == 1)
}

/// A mark at the end that says that it is done.
pub(super) fn done(words: &str) -> Option<bool> {
    words.ends_with(['✔', '✓', '✅', '☑']).then_some(true)
}

/// `rough cut ........ 22 May`: dots that lead from a thing to its date.
fn has_leader(line: &str) -> bool {
    line.contains("....") || line.contains("· · ·")
}

/// An entry of a diary or a plan: a day, or a thing and the dots that lead to its date.
pub(super) fn is_entry(line: &str) -> bool {
    opens_with_day(line) || has_leader(line)
}

/// `Tue 16 Jun`, `6 Oct`, `8/3`, `4.3.`, `wk 2:`: an entry of a diary.
pub(super) fn opens_with_day(line: &str) -> bool {
    const DAYS: List<'static> = list![
        "mon",
        "monday",
        "tue",
        "tues",
        "tuesday",
        "wed",
        "weds",
        "wednesday",
        "thu",
        "thur",
        "thurs",
        "thursday",
        "fri",
        "friday",
        "sat",
        "saturday",
        "sun",
        "sunday",
        "m",
        "t",
        "w",
        "th",
        "f",
        "mo",
        "di",
        "mi",
        "do",
        "fr",
        "tu",
        "we",
        "sa",
        "su",
    ];
    let mut words = line.split_whitespace().map(|word| {
        let word = word.trim_end_matches([':', ',', '.', ')']);
        crate::words::lower(word.trim_start_matches('('))
    });
    let (first, second) = (
        words.next().unwrap_or_default(),
        words.next().unwrap_or_default(),
    );
    let number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    let month = names_a_month;
    let slashed = first.contains(['/', '.'])
        && first.split(['/', '.']).all(number)
        && first.split(['/', '.']).count() >= 2
        && !first.starts_with("0.")
        && first.split('/').count() >= 2;
    let dotted = is_dotted_day(line.split(' ').next().unwrap_or_default());
    let capital = line.starts_with(|c: char| c.is_uppercase());
    let key = line
        .split_whitespace()
        .next()
        .and_then(|word| word.split_once('-'))
        .is_some_and(|(letters, digits)| {
            letters.len() >= 2
                && letters.bytes().all(|byte| byte.is_ascii_uppercase())
                && number(digits)
        });
    // `We met` is no Wednesday.
    let short = first.len() > 2
        || capital
            && (first.len() == 1
                || first == "th"
                || second.starts_with(|c: char| c.is_ascii_digit()));
    key || short && DAYS.holds(&first)
        || date::is_foreign_weekday(&first)
        || slashed
        || dotted
        || number(&first) && month(&second)
        || month(&first) && number(&second)
        || matches!(&*first, "wk" | "week") && number(&second)
}

/// `4.3.`, `24.12.`: a day and its month, each with its stop.
pub(super) fn is_dotted_day(word: &str) -> bool {
    let Some((day, month)) = word.strip_suffix('.').and_then(|pair| pair.split_once('.')) else {
        return false;
    };
    let within = |digits: &str, last: u8| {
        let short = (1..=2).contains(&digits.len());
        short
            && digits
                .parse()
                .is_ok_and(|value: u8| (1..=last).contains(&value))
    };
    within(day, 31) && within(month, 12)
}

/// Whether the line opens with a verb that is hardly anything else, or names who does it.
pub(super) fn acts(text: &str, line: &Line) -> bool {
    let words = || text[line.range.clone()].split_whitespace();
    let first = crate::words::lower(words().next().unwrap_or_default());
    words().nth(1).is_some()
        && (lexicon::base_verb(&first)
            .is_some_and(|verb| matches!(verb.lean, Lean::Verb | Lean::Either))
            || words().any(|word| matches!(word, "->" | "→")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::line;

    #[test]
    fn notes_of_a_meeting_have_a_title() {
        let titled = |text: &str| {
            let mut lines = line::lines(text);
            titled(text, &mut lines, &HashSet::default()).is_some()
        };
        let below = "\n\nJo brings the cones.\nKim mows the lawn.";
        for line in [
            "Notes: practice meeting, dental surgery",
            "Minutes: plan review (Friday)",
            "Agenda: stand meeting",
        ] {
            assert!(titled(&format!("{line}{below}")), "{line}");
        }
        for line in [
            "Notes: call the plumber, buy tape",
            "Notes: send Ida the minutes of the meeting",
            "Kim: practice meeting",
            "Notes: practice meeting.",
        ] {
            assert!(!titled(&format!("{line}{below}")), "{line}");
        }
    }

    #[test]
    fn lines_are_wrapped_only_where_all_are_short() {
        let wide = "x ".repeat(60);
        assert_eq!(wrapped_at(&wide, &line::lines(&wide)), None);
        assert_eq!(
            wrapped_at("abc\nabcde", &line::lines("abc\nabcde")),
            Some(5)
        );
    }
}
