//! Cells of tables: a number alone is a day only in a column of days.

use std::ops::Range;

use crate::date::grammar::{Expression, Parser};
use crate::date::words::{self, Word};
use crate::text::{bar_cells, gap_cells, names_days, names_owner};
use crate::words::lower;

/// `| claim with the maker | Mads | 9/6 |`, where the column is one of days.
pub(super) fn of_days(parser: &Parser<'_>, e: &Expression) -> bool {
    let barred = e.core.checked_sub(1).is_some_and(|at| parser.mark(at, '|'));
    let gapped = || {
        let start = parser.token(e.core).map_or(0, |number| number.start);
        parser.lexed.text[..start].ends_with("  ")
    };
    let start = parser.token(e.core).filter(|_| barred || gapped());
    start.is_some_and(|number| parser.day_cells().binary_search(&number.start).is_ok())
}

/// What the rows of a table say of a column.
#[derive(Clone, Copy, Default)]
struct Column {
    /// Its header names days.
    named: bool,
    /// One of its cells can only be a day.
    told: bool,
    /// One of its cells is neither a day nor a pair of numbers.
    mixed: bool,
}

impl Column {
    fn is_of_days(self) -> bool {
        self.named || self.told && !self.mixed
    }
}

/// Where the cells of all columns of days begin, in the order of the text.
pub(in crate::date) fn in_columns_of_days(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut rows: Vec<Vec<Range<usize>>> = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let range = start..start + line.trim_end().len();
        start += line.len() + 1;
        if line.contains('|') {
            rows.push(bar_cells(text, range));
        } else {
            found.extend(of_table(text, &rows));
            rows.clear();
            found.extend(owned_day(text, range));
        }
    }
    found.extend(of_table(text, &rows));
    found
}

/// Where the day begins in `banner   Ida   12/5`, a row whose cells are only parted by gaps.
fn owned_day(text: &str, row: Range<usize>) -> Option<usize> {
    if !text[row.clone()].contains("  ") {
        return None;
    }
    let cells = gap_cells(text, row);
    let [_, owner, day] = cells.as_slice() else {
        return None;
    };
    names_owner(&text[owner.clone()]).then_some(day.start)
}

fn of_table(text: &str, rows: &[Vec<Range<usize>>]) -> Vec<usize> {
    let widest = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut columns = vec![Column::default(); widest];
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in columns.iter_mut().zip(cells) {
            let words = &text[cell.clone()];
            column.named |= row == 0 && names_days(words);
            column.told |= is_day(words);
            column.mixed |= row > 0 && words.contains(char::is_alphabetic) && !is_day(words);
        }
    }
    let cells = rows.iter().flat_map(|cells| columns.iter().zip(cells));
    cells
        .filter(|(column, _)| column.is_of_days())
        .map(|(_, cell)| cell.start)
        .collect()
}

/// `14/6`, `Thursday`, `3 May`: what nothing else is written like.
fn is_day(cell: &str) -> bool {
    // A longer cell tells more than a day.
    const LONGEST: usize = 24;
    if cell.len() > LONGEST {
        return false;
    }
    let lower = lower(cell);
    let mut parts = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty());
    let numbers: Vec<u32> = parts.clone().map_while(|part| part.parse().ok()).collect();
    let pair = match numbers[..] {
        [a, b] | [a, b, _] => Some((a.min(b), a.max(b))),
        _ => None,
    };
    pair.is_some_and(|(month, day)| (1..=12).contains(&month) && (13..=31).contains(&day))
        || parts.any(|part| {
            matches!(
                words::meaning(part),
                Word::Weekday(_) | Word::Month(_) | Word::Today | Word::Tomorrow
            )
        })
}

#[cfg(test)]
mod tests {
    use crate::testing::dues;

    #[test]
    fn a_number_in_a_cell_is_a_day_only_in_a_column_of_days() {
        for (text, day) in [
            (
                "| Task | Owner | Due (m/d) |\n|---|---|---|\n| Send the rota | Ida | 4/3 |",
                Some("2026-04-03"),
            ),
            (
                "Task | Who | Frist\nSend the rota | Ida | 4/3\nOrder the salt | Jon | 4/14",
                Some("2026-04-03"),
            ),
            (
                "| Task | Owner | Share |\n|---|---|---|\n| Send the rota | Ida | 2/3 |",
                None,
            ),
            (
                "| Task | Due | Share |\n|---|---|---|\n| Send the rota | tbd | 2/3 |",
                None,
            ),
        ] {
            let found = dues(text);
            assert_eq!(found.first().map(Option::as_deref), Some(day), "{text}");
        }
    }
}
