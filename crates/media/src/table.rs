//! Tables as text: their columns, how many rows, and a sample (contract 002-A9).

use serde::Serialize;

/// Rows shown as a sample.
const SAMPLE: usize = 3;
/// Columns looked at.
const COLUMNS: usize = 200;
/// Longest cell shown, in characters.
const CELL: usize = 120;

/// What a table holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// Headings, from the first row.
    pub columns: Vec<String>,
    /// Rows below the headings.
    pub row_count: usize,
    /// The first rows.
    pub sample: Vec<Vec<String>>,
    /// What separates the cells.
    pub separator: char,
}

/// Reads a table; rows of uneven length are taken as they are.
pub fn describe(text: &str) -> Table {
    let separator = separator(text);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .flexible(true)
        .from_reader(text.as_bytes());
    let columns = reader.headers().map(cells).unwrap_or_default();
    let mut sample = Vec::new();
    let mut row_count = 0;
    for row in reader.records().flatten() {
        row_count += 1;
        if sample.len() < SAMPLE {
            sample.push(cells(&row));
        }
    }
    Table {
        columns,
        row_count,
        sample,
        separator: char::from(separator),
    }
}

fn cells(row: &csv::StringRecord) -> Vec<String> {
    let short = |cell: &str| cell.trim().chars().take(CELL).collect();
    row.iter().take(COLUMNS).map(short).collect()
}

/// The sign that stands most often in the first line.
fn separator(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let signs = [b',', b';', b'\t', b'|'];
    let count = |sign: u8| first.bytes().filter(|byte| *byte == sign).count();
    signs
        .into_iter()
        .rev()
        .max_by_key(|sign| count(*sign))
        .unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a9_002_columns_counts_and_a_sample_are_told() {
        let table = describe("task;due;who\na;1;x\nb;2\n\"c;d\";3;y\ne;4;z\n");
        assert_eq!(table.columns, ["task", "due", "who"]);
        assert_eq!(table.row_count, 4);
        assert_eq!(table.sample[2][0], "c;d");
        assert_eq!(table.separator, ';');
    }

    #[test]
    fn an_empty_table_has_nothing() {
        assert_eq!(describe("").row_count, 0);
    }
}
