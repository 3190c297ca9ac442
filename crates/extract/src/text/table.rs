//! Tables of tasks: rows whose header names the columns, and boards with a column per state.

use std::ops::Range;

use super::section::{self, Section};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Task,
    Owner,
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
    /// A header says in so many words that the rows are tasks.
    sure: bool,
}

impl Table {
    /// Reads a row; the first one names the columns and holds no cells of its own.
    pub(super) fn row(&mut self, text: &str, range: Range<usize>) -> Vec<Cell> {
        let cells = cells(text, range);
        let ruler = cells.iter().all(|cell| {
            text[cell.clone()]
                .chars()
                .all(|c| matches!(c, '-' | ':' | ' ' | '='))
                && !cell.is_empty()
        });
        if ruler {
            return Vec::new();
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
        let owner = find(Column::Owner);
        let status = find(Column::Status).map(|cell| text[cell].to_lowercase());
        let done = status.as_deref().is_some_and(|status| {
            let done = section::read(status) == Section::Done || status.contains(['✔', '✓', '✅']);
            done || matches!(status.trim(), "x" | "yes" | "[x]" | "ok")
        });
        let said = cells.iter().any(|cell| {
            matches!(
                text[cell.clone()].trim().to_lowercase().as_str(),
                "done" | "✔" | "✓" | "✅" | "complete" | "completed" | "closed"
            )
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
                Column::Owner | Column::Status | Column::When | Column::State(_)
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
    let lower = header.trim_matches(['*', ' ']).to_lowercase();
    match lower.as_str() {
        "task" | "tasks" | "action" | "action item" | "item" | "what" | "description" | "title"
        | "activity" | "deliverable" | "step" | "counter-measure" | "countermeasure"
        | "measure" | "todo" | "to do" | "to-do" | "next step" | "next action" | "follow-up"
        | "job" | "chore" | "milestone" | "work item" | "issue" | "work" => Column::Task,
        "owner" | "who" | "assignee" | "assigned" | "assigned to" | "responsible" | "person"
        | "name" | "lead" | "who?" | "resp" | "resp." | "dri" => Column::Owner,
        "status" | "state" | "done" | "done?" => Column::Status,
        "when" | "when?" | "due" | "due date" | "deadline" | "date" | "eta" | "by" | "by when"
        | "target" | "priority" | "prio" => Column::When,
        other => match section::read(other) {
            Section::Plain => Column::Other,
            section => Column::State(section),
        },
    }
}

/// The trimmed cells of a row.
fn cells(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let body = &text[range.clone()];
    let separator = if body.contains('|') { '|' } else { '\t' };
    let start = usize::from(body.starts_with('|'));
    let end = body.len() - usize::from(body.len() > 1 && body.ends_with('|'));
    let mut cells = Vec::new();
    let mut at = start;
    for piece in body[start..end.max(start)].split(separator) {
        let from = range.start + at + piece.len() - piece.trim_start().len();
        let to = (range.start + at + piece.trim_end().len()).max(from);
        cells.push(from..to);
        at += piece.len() + 1;
    }
    cells
}
