//! Tables of tasks: rows whose header names the columns, and boards with a column per state.

use std::borrow::Cow;
use std::ops::Range;

use super::line::{Line, Shape};
use super::section::{self, Section};
use super::{attribute, moment};
use crate::{lexicon, words};

/// What may stand between the cells of a table; the last are two or more spaces.
const SEPARATORS: &[&str] = &["|", "\t", " / ", ";", ",", GAP];

/// Two or more spaces.
const GAP: &str = "  ";

/// Finds the tables whose cells are only parted by a slash, a comma or a gap: a line that names the
/// columns and the lines below it that have as many.
pub(super) fn find(text: &str, lines: &mut [Line]) {
    let mut at = 0;
    while at < lines.len() {
        let headless = gapped(text, &lines[at..]);
        if headless >= 2 {
            for line in &mut lines[at..at + headless] {
                line.shape = Shape::Row;
            }
            at += headless;
            continue;
        }
        let may_head = matches!(lines[at].shape, Shape::Text { .. } | Shape::Row);
        let header = may_head.then(|| separator(text, lines[at].range.clone()));
        let Some((separator, columns)) = header.flatten() else {
            at += 1;
            continue;
        };
        let length = lines[at + 1..]
            .iter()
            .take_while(|line| {
                let count = cells(text, line.range.clone(), separator).len();
                !matches!(line.shape, Shape::Blank | Shape::Heading { .. })
                    && (count == columns
                        || count > 1 && separator != ","
                        || line.shape == Shape::Rule)
            })
            .count();
        if length > 0 {
            for line in &mut lines[at..=at + length] {
                line.shape = Shape::Row;
            }
        }
        at += length + 1;
    }
}

/// How many lines from the first on are rows of a table without a header: a thing, its owner, and its day or state,
/// parted by gaps.
fn gapped(text: &str, lines: &[Line]) -> usize {
    let mut owned = 0;
    let mut told = 0;
    let row = |line: &&Line| {
        if !matches!(line.shape, Shape::Text { .. }) || !text[line.range.clone()].contains(GAP) {
            return false;
        }
        let cells = cells(text, line.range.clone(), GAP);
        let [thing, taker, state] = cells.as_slice() else {
            return false;
        };
        let cell = |range: &Range<usize>| &text[range.clone()];
        let (thing, taker, state) = (cell(thing), cell(taker), cell(state));
        let named = names_owner(taker);
        owned += usize::from(named);
        told += usize::from(moment::names_day(state) || attribute::closed(&words::lower(state)));
        (named || is_open(taker))
            && thing.starts_with(char::is_alphabetic)
            && thing.split_whitespace().count() <= 6
            && state.split_whitespace().count() <= 6
    };
    let length = lines.iter().take_while(row).count();
    if owned * 2 > length && told * 2 >= length {
        length
    } else {
        0
    }
}

/// Whether a cell is the name of one who does things.
pub(crate) fn names_owner(cell: &str) -> bool {
    let lower = words::lower(cell);
    let one = cell.split_whitespace().count() == 1;
    one && cell.starts_with(char::is_uppercase) && lexicon::is_first_name(&lower)
        || matches!(&*lower, "me" | "us")
}

/// `??`, `tbd`: nobody yet.
fn is_open(cell: &str) -> bool {
    cell.chars().all(|c| matches!(c, '?' | '-' | '–' | '—'))
        || matches!(&*words::lower(cell), "tbd" | "tbc" | "open" | "nobody")
}

/// How the columns that a line names are parted, and how many they are.
fn separator(text: &str, range: Range<usize>) -> Option<(&'static str, usize)> {
    if range.len() > 120 {
        return None;
    }
    let body = &text[range.clone()];
    let present = SEPARATORS.iter().filter(|mark| body.contains(**mark));
    present.into_iter().find_map(|separator| {
        let cells = cells(text, range.clone(), separator);
        if cells.len() < 2 {
            return None;
        }
        let columns: Vec<Column> = cells
            .iter()
            .filter_map(|cell| named_column(&plain_header(&text[cell.clone()])))
            .collect();
        let has = |wanted: Column| columns.contains(&wanted);
        let known = columns.len();
        let named = has(Column::Task)
            && (has(Column::Owner)
                || has(Column::Holder)
                || has(Column::When)
                || has(Column::Status));
        (named && known * 3 >= cells.len() * 2).then_some((*separator, cells.len()))
    })
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Task,
    /// Who does it.
    Owner,
    /// Whose it is; whoever does it, where no other column says so.
    Holder,
    Status,
    State(Section),
    When,
    Other,
}

/// One cell that may be a task.
pub(super) struct Cell {
    pub(super) words: Range<usize>,
    pub(super) owner: Option<Range<usize>>,
    pub(super) checked: Option<bool>,
    pub(super) section: Section,
}

/// The header of the table being read.
#[derive(Default)]
pub(super) struct Table {
    columns: Vec<Column>,
    separator: &'static str,
    /// A header says in so many words that the rows are tasks.
    sure: bool,
}

impl Table {
    /// Reads a row; the first one names the columns and holds no cells of its own.
    pub(super) fn row(&mut self, text: &str, range: Range<usize>) -> Vec<Cell> {
        if self.columns.is_empty() {
            let body = &text[range.clone()];
            self.separator = separator(text, range.clone()).map_or(
                if body.contains('|') {
                    "|"
                } else if body.contains('\t') || !body.contains(GAP) {
                    "\t"
                } else {
                    GAP
                },
                |(separator, _)| separator,
            );
        }
        let cells = cells(text, range.clone(), self.separator);
        let ruler = cells.iter().all(|cell| {
            text[cell.clone()]
                .chars()
                .all(|c| matches!(c, '-' | ':' | ' ' | '=' | '|' | '+' | '–'))
                && !cell.is_empty()
        });
        if ruler {
            return Vec::new();
        }
        let headless = self.separator == GAP && separator(text, range.clone()).is_none();
        if self.columns.is_empty() && headless {
            self.columns = vec![Column::Task, Column::Owner, Column::When];
        }
        if self.columns.is_empty() {
            self.sure = cells
                .iter()
                .any(|cell| text[cell.clone()].to_lowercase().contains("task"));
            self.columns = cells
                .iter()
                .map(|cell| column(&text[cell.clone()]))
                .collect();
            return Vec::new();
        }
        let find = |wanted: Column| {
            let at = self.columns.iter().position(|column| *column == wanted)?;
            cells.get(at).filter(|cell| !cell.is_empty()).cloned()
        };
        let boards = self
            .columns
            .iter()
            .filter(|column| matches!(column, Column::State(_)))
            .count();
        if boards >= 2 {
            return self.board(&cells);
        }
        let Some(words) = find(Column::Task).filter(|_| self.columns.len() == 1 || self.asks())
        else {
            return Vec::new();
        };
        let struck = text[words.clone()].starts_with("~~");
        let owner = if self.columns.contains(&Column::Owner) {
            find(Column::Owner)
        } else {
            find(Column::Holder)
        };
        // `me` is the writer, whom the table does not name.
        let owner = owner.filter(|owner| !matches!(&text[owner.clone()], "me" | "us"));
        let status = find(Column::Status).map(|cell| text[cell].to_lowercase());
        let done = status.as_deref().is_some_and(attribute::closed);
        let said = cells.iter().any(|cell| {
            let cell = text[cell.clone()].trim().to_lowercase();
            let first = cell.split(' ').next().unwrap_or_default();
            matches!(
                first,
                "done" | "✔" | "✓" | "✅" | "☑" | "complete" | "completed" | "closed"
            ) && cell.split(' ').count() <= 4
        });
        vec![Cell {
            words,
            owner,
            checked: Some(done || struck || said),
            section: Section::Tasks,
        }]
    }

    /// A column names who, when or how far: a list of items alone is no list of tasks.
    fn asks(&self) -> bool {
        self.columns.iter().any(|column| {
            matches!(
                column,
                Column::Owner | Column::Holder | Column::Status | Column::When | Column::State(_)
            )
        }) || self.sure
    }

    fn board(&self, cells: &[Range<usize>]) -> Vec<Cell> {
        cells
            .iter()
            .zip(&self.columns)
            .filter(|(cell, _)| !cell.is_empty())
            .filter_map(|(cell, column)| match column {
                Column::State(section) => Some(Cell {
                    words: cell.clone(),
                    owner: None,
                    checked: None,
                    section: *section,
                }),
                _ => None,
            })
            .collect()
    }
}

fn column(header: &str) -> Column {
    let lower = plain_header(header);
    named_column(&lower).unwrap_or_else(|| match section::read(&lower) {
        Section::Plain => Column::Other,
        section => Column::State(section),
    })
}

fn plain_header(header: &str) -> Cow<'_, str> {
    words::lower(header.trim_matches(['*', ' ']))
}

/// What the name of a column alone says of it, in lower case.
fn named_column(lower: &str) -> Option<Column> {
    Some(match lower {
        "task" | "tasks" | "action" | "action item" | "item" | "what" | "description" | "title"
        | "activity" | "deliverable" | "step" | "counter-measure" | "countermeasure"
        | "measure" | "todo" | "to do" | "to-do" | "next step" | "next action" | "follow-up"
        | "actions" | "to-dos" | "task name" | "job" | "chore" | "milestone" | "work item"
        | "issue" | "work" => Column::Task,
        "who" | "assignee" | "assigned" | "assigned to" | "responsible" | "by whom"
        | "resp./who" | "assigned person" | "staff" | "in charge" | "lead" | "who?" | "resp"
        | "resp." | "dri" | "tradie" | "technician" | "tech" | "engineer" | "handler"
        | "fitter" | "crew" | "helper" | "volunteer" | "doer" | "action by" | "done by" | "dev"
        | "developer" | "carer" | "nurse" | "driver" | "pic" => Column::Owner,
        "owner" | "person" | "name" => Column::Holder,
        "status" | "state" | "done" | "done?" => Column::Status,
        "target" | "priority" | "prio" | "time" => Column::When,
        _ if is_day(lower) => Column::When,
        _ => return None,
    })
}

fn is_day(lower: &str) -> bool {
    matches!(
        lower,
        "when"
            | "when?"
            | "due"
            | "due date"
            | "deadline"
            | "date"
            | "eta"
            | "by"
            | "by when"
            | "until"
            | "till"
            | "day"
            | "finish"
            | "end"
            | "due by"
            | "target date"
            | "complete by"
    )
}

/// Whether a column's header says that its cells are days: `Due`, `Return date (d/m)`.
pub(crate) fn names_days(header: &str) -> bool {
    let lower = plain_header(header);
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    is_day(&lower)
        || words.any(|word| matches!(word, "date" | "dates" | "due" | "deadline" | "when"))
}

/// The trimmed cells of a row whose cells are parted by bars.
pub(crate) fn bar_cells(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    cells(text, range, "|")
}

/// The trimmed cells of a row whose cells are parted by gaps.
pub(crate) fn gap_cells(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    cells(text, range, GAP)
}

/// The trimmed cells of a row.
fn cells(text: &str, range: Range<usize>, separator: &str) -> Vec<Range<usize>> {
    let body = &text[range.clone()];
    let start = usize::from(separator == "|" && body.starts_with('|'));
    let closed = separator == "|" && body.len() > 1 && body.ends_with('|');
    let end = (body.len() - usize::from(closed)).max(start);
    let mut cells = Vec::new();
    let mut at = start;
    for piece in body[start..end].split(separator) {
        let from = range.start + at + piece.len() - piece.trim_start().len();
        let to = (range.start + at + piece.trim_end().len()).max(from);
        at += piece.len() + separator.len();
        // A gap may be wider than two spaces.
        if separator == GAP && from == to {
            continue;
        }
        cells.push(from..to);
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::line;

    fn tasks(text: &str) -> Vec<(&str, Option<&str>, Option<bool>)> {
        let mut lines = line::lines(text);
        find(text, &mut lines);
        let mut table = Table::default();
        lines
            .iter()
            .filter(|line| line.shape == Shape::Row)
            .flat_map(|line| table.row(text, line.range.clone()))
            .map(|cell| {
                (
                    &text[cell.words],
                    cell.owner.map(|owner| &text[owner]),
                    cell.checked,
                )
            })
            .collect()
    }

    #[test]
    fn tables_are_read_however_their_cells_are_parted() {
        for text in [
            "| Task | Owner | Due |\n|:--|:--|--:|\n| mow the lawn | Ida | 3 May |",
            "Who / What / By\nIda / mow the lawn / 3 May",
            "task;owner;due\nmow the lawn;Ida;3 May",
            "Action          Resp.     Deadline\nmow the lawn    Ida       3 May",
            "Task | Who\n--- | ---\nmow the lawn | Ida",
        ] {
            assert_eq!(
                tasks(text),
                [("mow the lawn", Some("Ida"), Some(false))],
                "{text}"
            );
        }
    }

    #[test]
    fn a_state_or_a_tick_says_that_a_row_is_done() {
        for row in [
            "mow | Ida | ☑",
            "mow | Ida | done 3 May",
            "mow | Ida | Resolved",
        ] {
            let text = format!("Task | Who | Status\n{row}");
            assert_eq!(tasks(&text), [("mow", Some("Ida"), Some(true))], "{row}");
        }
    }

    #[test]
    fn prose_names_no_columns() {
        assert_eq!(
            tasks("We talked about who, when and why\nMila, Jo and Ben"),
            []
        );
    }
}
