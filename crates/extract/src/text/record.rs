//! What attributes on lines of their own belong to: tickets, forms, lists of actions with an owner
//! and a date below each.

use std::ops::Range;

use super::attribute::{self, Attribute, Fields, Key};
use super::layout;
use super::line::{Line, Shape};
use crate::hash::{HashMap, HashSet};

/// The records of a text.
#[derive(Debug, Default)]
pub(super) struct Records {
    /// Attributes of the task on a line, by its index.
    pub(super) fields: HashMap<usize, Fields>,
    /// Lines that name the owner of the items below them.
    pub(super) heads: HashMap<usize, Range<usize>>,
    /// Lines that hold nothing but attributes.
    pub(super) skip: HashSet<usize>,
    /// Lines of a ticket's text, which are no items for having its attributes.
    body: HashSet<usize>,
}

/// Finds the records, and turns the lines that name their tasks into items.
pub(super) fn find(text: &str, lines: &mut [Line], skip: &HashSet<usize>) -> Records {
    let mut records = Records::default();
    let mut at = 0;
    while at < lines.len() {
        let length = layout::run(lines, at, skip, |shape| {
            !matches!(shape, Shape::Blank | Shape::Rule)
        });
        if length > 0 {
            paragraph(text, lines, at..at + length, &mut records);
        }
        at += length.max(1);
    }
    records
}

/// The attributes of a line that holds nothing else.
fn alone(text: &str, line: &Line) -> Vec<Attribute> {
    let readable = matches!(
        line.shape,
        Shape::Text { .. } | Shape::Item { .. } | Shape::Row
    );
    if !readable {
        return Vec::new();
    }
    let found = attribute::find(text, line.range.clone());
    let lead = |start: usize| {
        text[line.range.start..start]
            .trim_matches(['*', '_', ' ', '|'])
            .is_empty()
    };
    match found.first() {
        Some(first) if lead(first.start) => found,
        // `A-17 | Owner: Kim | Due: 3 May | Order chairs`
        Some(first)
            if line.shape == Shape::Row && is_code(&text[line.range.start..first.start]) =>
        {
            found
        }
        // `INC-20391 | Priority: P1 | Opened by: Dana`
        Some(first) if found.len() > 1 && is_code(&text[line.range.start..first.start]) => found,
        // `INC-20391 | Rydal House | Severity: high`
        Some(first) if is_coded(&text[line.range.start..first.start]) => found,
        _ => Vec::new(),
    }
}

/// `INC-20391 |`, `#4411`
fn is_code(words: &str) -> bool {
    let words = words.trim_matches(|c: char| !c.is_alphanumeric());
    !words.contains(' ') && words.bytes().any(|byte| byte.is_ascii_digit())
}

/// Cells in front of attributes, the first of them a code: `INC-20391 | Rydal House |`.
fn is_coded(words: &str) -> bool {
    let mut cells = words.split('|');
    cells.next().is_some_and(is_code) && words.trim_end().ends_with('|')
}

/// What tickets are called.
const TICKETS: [&str; 6] = ["ticket", "helpdesk", "issue", "bug", "incident", "case"];

fn is_called_ticket(word: &str) -> bool {
    TICKETS.iter().any(|kind| word.eq_ignore_ascii_case(kind))
}

/// Whether a line opens with what a ticket is called or with its number: `[HELPDESK 884] …`, `#3318 …`.
pub(crate) fn heads_ticket(line: &str) -> bool {
    let word = line.trim_start_matches(['[', '#', '(']);
    let word = word.split([' ', ':', ']', ',']).next().unwrap_or_default();
    is_called_ticket(word) || is_ticket(line)
}

/// Whether a line opens with the number of a ticket: `INC-20391 …`, `POS-14: …`, `[SHOP-7] …`, `#3318 …`,
/// `Ticket 0912: …`.
pub(crate) fn is_ticket(words: &str) -> bool {
    let mut words = words.split([' ', ':', '|', '\t']);
    let first = words.next().unwrap_or_default();
    let number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    if first.starts_with(char::is_uppercase) && is_called_ticket(first) {
        let second = words.next().unwrap_or_default();
        return number(second.trim_start_matches('#'));
    }
    let code = first.trim_matches(['[', ']', '#']);
    let numbered = first.trim_start_matches('[').starts_with('#') && code.len() >= 2;
    numbered && number(code)
        || code.split_once('-').is_some_and(|(letters, digits)| {
            (2..=8).contains(&letters.len())
                && letters
                    .bytes()
                    .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
                && letters.starts_with(|c: char| c.is_ascii_uppercase())
                && number(digits)
        })
}

/// `Steps: log in`, `Expected: …`: what was seen, and how.
fn is_report(words: &str) -> bool {
    let label = crate::words::lower(words.split(':').next().unwrap_or_default());
    let first = label.split(' ').next().unwrap_or_default();
    matches!(
        first,
        "steps"
            | "expected"
            | "actual"
            | "repro"
            | "reproduce"
            | "observed"
            | "tried"
            | "result"
            | "environment"
    ) && words.contains(':')
}

/// What a ticket's lines of attributes say holds for the lines of its text.
fn ticket(
    text: &str,
    lines: &[Line],
    range: &Range<usize>,
    found: &[Vec<Attribute>],
    records: &mut Records,
) {
    let named = found
        .iter()
        .flatten()
        .any(|attribute| attribute.key == Key::Task);
    if named || !is_ticket(&text[lines[range.start].range.clone()]) {
        return;
    }
    let owned = found
        .iter()
        .flatten()
        .any(|attribute| attribute.key == Key::Owner);
    let headed = found.iter().take(2).any(|line| !line.is_empty());
    let told: Vec<Attribute> = found
        .iter()
        .flatten()
        .filter(|attribute| matches!(attribute.key, Key::Owner | Key::Due | Key::Priority))
        .cloned()
        .collect();
    let fields = Fields::of(text, &told);
    if !(owned || headed) {
        return;
    }
    for at in range
        .clone()
        .filter(|at| found[at - range.start].is_empty())
    {
        let reports = is_report(&text[lines[at].range.clone()]);
        if matches!(lines[at].shape, Shape::Text { .. })
            && !reports
            && !records.fields.contains_key(&at)
        {
            records.fields.insert(at, fields.clone());
            records.body.insert(at);
        }
    }
}

fn paragraph(text: &str, lines: &mut [Line], range: Range<usize>, records: &mut Records) {
    let found: Vec<Vec<Attribute>> = lines[range.clone()]
        .iter()
        .map(|line| alone(text, line))
        .collect();
    let tells = |attribute: &Attribute| {
        matches!(
            attribute.key,
            Key::Owner | Key::Due | Key::Priority | Key::State
        )
    };
    let telling = found.iter().filter(|line| line.iter().any(tells)).count();
    let kept = found.iter().flatten().any(tells);
    if !kept {
        return;
    }
    // A line such as `When: Friday` among others is no form.
    let keyed = found.iter().filter(|line| !line.is_empty()).count();
    let mut title = above(text, lines, range.start, keyed);
    let mut open: Option<usize> = None;
    for (offset, attributes) in found.iter().enumerate() {
        let at = range.start + offset;
        if attributes.is_empty() {
            title = Some(at);
            open = None;
            continue;
        }
        if let Some(words) = between(text, &lines[at].range, attributes) {
            let fields = records.fields.entry(at).or_default();
            for attribute in attributes {
                fields.put(text, attribute);
            }
            lines[at].range = words;
            title = Some(at);
            open = None;
            continue;
        }
        let only_owner = attributes.len() == 1 && attributes[0].key == Key::Owner;
        let listed = lines.get(at + 1).is_some_and(|next| {
            matches!(next.shape, Shape::Item { .. })
                && found.get(offset + 1).is_none_or(Vec::is_empty)
        });
        if only_owner && listed && (offset == 0 || open.is_none() && !is_item(&lines[at])) {
            records.heads.insert(at, attributes[0].value.clone());
            continue;
        }
        if keyed < 2 && attributes.len() < 2 && telling < 2 && !is_titled(lines, title, at) {
            continue;
        }
        let behind = attributes.last().map_or(0, |last| last.value.end)..lines[at].range.end;
        if lines[at].shape == Shape::Row && text[behind.clone()].contains(char::is_alphabetic) {
            row(text, &mut lines[at], attributes, behind, at, records);
            open = None;
            continue;
        }
        let named = attributes
            .iter()
            .find(|attribute| attribute.key == Key::Task);
        if let Some(task) = named {
            // What comes before the first task belongs to it.
            let fields = match open.take() {
                Some(before) if is_loose(records, before) => records.fields.remove(&before),
                _ => None,
            };
            let fields = fields.unwrap_or_default();
            lines[at].range = task.value.clone();
            lines[at].shape = itemised();
            records.fields.insert(at, fields);
            open = Some(at);
        } else {
            records.skip.insert(at);
        }
        let to = open.or(title).unwrap_or(at);
        let fields = records.fields.entry(to).or_default();
        for attribute in attributes {
            fields.put(text, attribute);
        }
        open = Some(to);
    }
    ticket(text, lines, &range, &found, records);
    settle(text, lines, records, &range);
}

/// `Owner: Kim. Add a lock to the table. Severity: high`: the words of a task behind the first attribute of
/// its line.
fn between(text: &str, line: &Range<usize>, attributes: &[Attribute]) -> Option<Range<usize>> {
    let first = attributes.first()?;
    let told = matches!(first.key, Key::Owner | Key::Priority)
        && !attributes
            .iter()
            .any(|other| matches!(other.key, Key::Task | Key::State));
    let end = attributes.get(1).map_or(line.end, |next| next.start);
    let words = text[first.value.end..end].trim_matches(attribute::PARTS);
    // Words of a task begin a sentence.
    let starts = text[first.value.end..end].starts_with(['.', '\n']);
    let from = end
        - text[first.value.end..end]
            .trim_start_matches(attribute::PARTS)
            .len();
    (told && starts && words.split(' ').count() >= 3).then_some(from..from + words.len())
}

/// A row with the keys in its cells, and the task in the last of them.
fn row(
    text: &str,
    line: &mut Line,
    attributes: &[Attribute],
    behind: Range<usize>,
    at: usize,
    records: &mut Records,
) {
    let mut fields = Fields::of(text, attributes);
    let mut start = behind.start;
    for cell in text[behind.clone()].split('|') {
        let words = cell.trim();
        let from = start + cell.len() - cell.trim_start().len();
        start += cell.len() + 1;
        if words.is_empty() {
            continue;
        }
        if attribute::closed(words) {
            fields.done = true;
        } else {
            line.range = from..from + words.len();
        }
    }
    line.shape = Shape::Item {
        indent: 0,
        checked: fields.done.then_some(true),
        number: None,
    };
    records.fields.insert(at, fields);
}

/// Attributes that no task has come for yet.
fn is_loose(records: &Records, at: usize) -> bool {
    records.skip.contains(&at)
}

fn is_item(line: &Line) -> bool {
    matches!(line.shape, Shape::Item { .. })
}

/// Whether a line of words that could be a task stands right above.
fn is_titled(lines: &[Line], title: Option<usize>, at: usize) -> bool {
    title.is_some_and(|title| {
        title + 1 == at && matches!(lines[title].shape, Shape::Item { .. } | Shape::Text { .. })
    })
}

/// The line alone above a form: the title of a ticket.
fn above(text: &str, lines: &[Line], start: usize, keyed: usize) -> Option<usize> {
    if keyed < 1 || start < 2 || lines[start - 1].shape != Shape::Blank {
        return None;
    }
    let title = start - 2;
    let alone = title == 0 || lines[title - 1].shape == Shape::Blank;
    let words = text[lines[title].range.clone()].split_whitespace().count();
    let plain = matches!(
        lines[title].shape,
        Shape::Text { .. } | Shape::Heading { .. }
    );
    (alone && plain && (2..=14).contains(&words)).then_some(title)
}

fn itemised() -> Shape {
    Shape::Item {
        indent: 0,
        checked: None,
        number: None,
    }
}

/// A title with an owner or a deadline is an item, ticked when its state says so.
fn settle(text: &str, lines: &mut [Line], records: &mut Records, range: &Range<usize>) {
    let titles: Vec<usize> = records
        .fields
        .keys()
        .copied()
        .filter(|at| *at < range.end && !records.skip.contains(at) && !records.body.contains(at))
        .collect();
    for at in titles {
        let fields = &records.fields[&at];
        let tasked = fields.owner.is_some() || fields.due.is_some();
        let done = fields.done;
        let lasts = text[lines[at].range.clone()].trim_end().ends_with(':');
        match &mut lines[at].shape {
            Shape::Item { checked, .. } if done => *checked = Some(true),
            Shape::Text { .. } | Shape::Heading { .. } if (tasked || done) && !lasts => {
                lines[at].shape = Shape::Item {
                    indent: 0,
                    checked: done.then_some(true),
                    number: None,
                };
            }
            _ => {}
        }
    }
}
