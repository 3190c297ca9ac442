//! What a heading makes of the lines below it.

mod kind;
mod shop;

use super::line::{Line, Shape};
use crate::token::{List, list};
use crate::words;
pub(crate) use kind::heading_verb;
use kind::{names_jobs, tells_of_joys};

pub(super) use shop::is_shop;
use shop::shops_for;

/// How the sentences below a heading are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Section {
    /// As anywhere else.
    #[default]
    Plain,
    /// Every item is something to do.
    Tasks,
    /// Every item is something to buy, on one errand.
    Shopping,
    /// Every item is something to do some day.
    Someday,
    /// Nothing here is still to be done.
    Done,
    /// Nothing here is asked of anybody: recipes, steps of a bug report, advice, people present.
    Ignored,
}

const DONE: List<'static> = list![
    "done",
    "completed",
    "complete",
    "finished",
    "shipped",
    "closed",
    "archive",
    "archived",
    "wins",
    "accomplishments",
    "achievements",
    "cancelled",
    "canceled",
    "dropped",
    "rejected",
    "won't do",
    "wont do",
    "not doing",
    "yesterday",
    "last week",
    "already done",
    "resolved",
    "what we did",
    "fixed",
    "out of scope",
    "parked",
    "won't happen",
    "released",
    "erledigt",
];

const TASKS: List<'static> = list![
    "todo",
    "todos",
    "to do",
    "still to do",
    "left to do",
    "to dos",
    "to-do",
    "to-dos",
    "to do list",
    "todo list",
    "to-do list",
    "action",
    "actions",
    "action items",
    "action item",
    "action points",
    "next steps",
    "what i need",
    "what i need from you",
    "asks",
    "my asks",
    "what we need",
    "next step",
    "next actions",
    "tasks",
    "task list",
    "follow-ups",
    "follow ups",
    "follow-up",
    "followups",
    "assignments",
    "open items",
    "open points",
    "open tasks",
    "open",
    "backlog",
    "checklist",
    "errands",
    "chores",
    "must do",
    "must-do",
    "left to do",
    "still to do",
    "still open",
    "remaining",
    "in progress",
    "doing",
    "wip",
    "outstanding",
    "pending",
    "reminders",
    "reminder",
    "deliverables",
    "priorities",
    "ais",
    "ai",
    "ap",
    "things to do",
    "things to sort",
    "things to organise",
    "things to organize",
    "things to arrange",
    "things to remember",
    "things to prepare",
    "things to fix",
    "things to finish",
    "things to bring",
    "things to pack",
    "things to get done",
    "stuff to do",
    "stuff to sort",
    "jobs to do",
    "what needs doing",
    "needs doing",
    "need to do",
    "need to sort",
    "to be done",
    "urgent",
    "high priority",
    "low priority",
    "to finish",
    "homework",
    "work items",
    "who does what",
    "responsibilities",
    "jobs",
    "leftovers",
    "loose ends",
    "what's left",
    "to sort",
    "to arrange",
    "to organise",
    "to organize",
    "to prepare",
    "to pack",
    "to fix",
    "to bring",
    "bring",
    "missing",
    "still missing",
    "agreed",
    "action list",
    "next",
    "today",
    "this week",
    "tomorrow",
    "this weekend",
    "plan",
    "brain dump",
    "braindump",
];

const SHOPPING: List<'static> = list![
    "shopping list",
    "shopping",
    "groceries",
    "grocery list",
    "to buy",
    "buy",
    "supermarket",
    "things to buy",
    "grocery run",
    "shopping run",
    "need to buy",
];

const SOMEDAY: List<'static> = list![
    "someday",
    "someday/maybe",
    "someday / maybe",
    "nice to have",
    "nice-to-have",
    "nice to haves",
    "later",
    "maybe",
    "later/maybe",
    "later / maybe",
    "maybe later",
    "some day",
    "low prio",
];

const IGNORED: List<'static> = list![
    "recipe",
    "ingredients",
    "method",
    "directions",
    "instructions",
    "preparation",
    "steps to reproduce",
    "to reproduce",
    "reproduction",
    "repro",
    "repro steps",
    "reproduction steps",
    "how to reproduce",
    "expected",
    "actual",
    "expected behaviour",
    "expected behavior",
    "actual behaviour",
    "actual behavior",
    "expected result",
    "actual result",
    "tips",
    "tip",
    "advice",
    "how to",
    "faq",
    "fyi",
    "news",
    "background",
    "menu",
    "changelog",
    "release notes",
    "what's new",
    "attendees",
    "participants",
    "present",
    "attending",
    "absent",
    "apologies",
    "agenda",
    "topics",
    "ideas",
    "idea",
    "wishlist",
    "wish list",
    "parking lot",
    "bucket list",
    "quote",
    "quotes",
    "brainstorm",
    "brainstorming",
    "highlights",
    "house rules",
    "rules",
    "gift ideas",
    "packing tips",
    "usage",
    "environment",
    "added",
    "changed",
    "removed",
    "deprecated",
    "improved",
    "improvements",
    "known issues",
    "bug fixes",
    "what changed",
    "new features",
    "breaking changes",
    "strengths",
    "good news",
    "lowlights",
    "went well",
    "what went well",
    "what went wrong",
    "what didn't",
    "what didn't go well",
    "didn't go well",
    "liked",
    "lacked",
    "shout-outs",
    "kudos",
    "shoutouts",
    "thank you",
];

/// `Phase 1 (done)`, `Kitchen – done`, `Flights ✔`: what is named is over.
pub(super) fn is_over(words: &str) -> bool {
    const PARTS: [char; 4] = ['(', '–', '—', '-'];
    let words = words.trim_end_matches([':', ' ', '*']);
    // `Invitations: sent ✔` is an entry of its own, and heads nothing.
    if words.ends_with(['✔', '✓', '✅', '☑']) {
        return !words.contains(": ");
    }
    if !words.contains(PARTS) {
        return false;
    }
    let last = words.trim_end_matches(')').rsplit(PARTS).next();
    matches!(
        words::lower(last.unwrap_or_default().trim()).as_ref(),
        "done"
            | "finished"
            | "completed"
            | "complete"
            | "closed"
            | "cancelled"
            | "all done"
            | "canceled"
            | "dropped"
            | "over"
    )
}

/// Reads a heading's words.
pub(super) fn read(words: &str) -> Section {
    if is_over(words) {
        return Section::Done;
    }
    let lower: String = words
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '/' | '\'' | '’'))
        .flat_map(char::to_lowercase)
        .map(|c| if c == '’' { '\'' } else { c })
        .collect();
    let mut joined = String::with_capacity(lower.len());
    let mut count = 0;
    for word in lower.split_whitespace() {
        if count > 0 {
            joined.push(' ');
        }
        scanned(word, &mut joined);
        count += 1;
    }
    let is = |list: List<'_>| list.holds(&joined);
    // A qualified heading: "Action items from Monday", "To do this week", "Steps to reproduce the bug".
    let several = joined.contains(' ');
    let starts = |list: &[&str]| {
        several
            && list.iter().any(|entry| {
                entry.len() > 3
                    && joined.as_bytes().get(entry.len()) == Some(&b' ')
                    && joined.starts_with(entry)
            })
    };
    let ends = |list: &[&str]| {
        several
            && list.iter().any(|entry| {
                let blank = joined.len().checked_sub(entry.len() + 1);
                entry.len() > 4
                    && blank.is_some_and(|at| joined.as_bytes()[at] == b' ')
                    && joined.ends_with(entry)
            })
    };
    if is(DONE)
        || (starts(&["done", "completed", "finished", "what we did", "yesterday"]) && count < 5)
    {
        Section::Done
    } else if is(IGNORED)
        || tells_of_joys(&joined)
        || starts(&[
            "recipe",
            "steps to reproduce",
            "how to",
            "tips",
            "ingredients",
            "ideas",
            "attendees",
            "repro",
            "advice",
        ])
        || ends(&[
            "recipe",
            "tips",
            "ingredients",
            "ideas",
            "instructions",
            "agenda",
            "wish list",
        ])
    {
        Section::Ignored
    } else if heading_verb(&joined).is_some() && !is(SHOPPING) {
        Section::Tasks
    } else if is(SHOPPING)
        || is_shop(&joined)
        || ends(&["shopping list", "groceries", "grocery list"])
        || shops_for(&joined) && count < 8
    {
        Section::Shopping
    } else if is(SOMEDAY) || starts(&["someday", "nice to have"]) {
        Section::Someday
    } else if is(TASKS) || (starts(&TASKS) || ends(&TASKS)) && count < 8 || names_jobs(&joined) {
        Section::Tasks
    } else {
        Section::Plain
    }
}

/// Adds the word with letters where a scan read digits: `d0ing`.
fn scanned(word: &str, to: &mut String) {
    if !word.chars().any(char::is_alphabetic) {
        to.push_str(word);
        return;
    }
    to.extend(word.chars().map(|c| match c {
        '0' => 'o',
        '1' => 'i',
        '3' => 'e',
        '5' => 's',
        _ => c,
    }));
}

/// Whether a line of text is the heading of the line that follows.
pub(super) fn heads(text: &str, line: &Line, next: &Line) -> bool {
    let words = text[line.range.clone()].trim();
    let count = words.split_whitespace().count();
    if count > 10 || words.contains('?') {
        return false;
    }
    let bold =
        words.len() > 4 && words.starts_with("**") && words.trim_end_matches(':').ends_with("**");
    let topic = words::lower(words).starts_with("topic:");
    if bold || topic {
        return true;
    }
    let listed = matches!(next.shape, Shape::Item { .. } | Shape::Row);
    let underlined = next.shape == Shape::Rule;
    let text_follows = matches!(next.shape, Shape::Text { .. });
    let opening = words.ends_with(':');
    let plain = !words.ends_with(['.', ',', ';', '!']);
    (opening && (listed || text_follows || next.shape == Shape::Blank))
        || (plain && (count <= 6 || count <= 10 && !super::layout::acts(text, line)) && listed)
        || (plain && count <= 6 && underlined)
        || (text_follows && count <= 4 && read(words.trim_end_matches(':')) != Section::Plain)
}

#[cfg(test)]
mod tests {
    use super::{Section, read};

    #[test]
    fn headings_are_read() {
        for (heading, section) in [
            ("T0DO wk 46", Section::Tasks),
            ("Action items from the retro", Section::Tasks),
            ("Next Steps", Section::Tasks),
            ("DONE", Section::Done),
            ("Steps to reproduce", Section::Ignored),
            ("Shopping list", Section::Shopping),
            ("Grandma's pancake recipe", Section::Ignored),
            ("Product sync, Tuesday 10 March 2026", Section::Plain),
            ("Someday", Section::Someday),
        ] {
            assert_eq!(read(heading), section, "{heading}");
        }
    }
}
