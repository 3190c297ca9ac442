//! Tables with a column that says what comes first.

use std::ops::Range;

use crate::detect::Source;
use crate::draft::Draft;

use super::hint;

/// Headings of such a column.
const HEADINGS: &[&str] = &[
    "depends on",
    "depends",
    "dependency",
    "dependencies",
    "blocked by",
    "after",
    "needs",
    "requires",
    "predecessor",
    "predecessors",
    "waits for",
    "waiting on",
    "prerequisite",
    "prerequisites",
    "comes after",
];

/// Reads `| 4 | Pilot | Aino | 2, 3 |` under `| # | Step | Who | Depends on |`.
pub(super) fn columns(source: &Source<'_>, drafts: &mut [Draft]) {
    if !source.text.contains('|') {
        return;
    }
    let mut column = None;
    let mut rows: Vec<(Range<usize>, usize)> = Vec::new();
    let mut start = 0;
    for line in source.text.split_inclusive('\n') {
        let end = start + line.len();
        if line.contains('|') {
            let heading = cells(line).position(|cell| {
                HEADINGS
                    .iter()
                    .any(|heading| cell.trim().eq_ignore_ascii_case(heading))
            });
            column = heading.or(column);
            if let Some(column) = column.filter(|_| heading.is_none()) {
                rows.push((start..end, column));
            }
        } else {
            column = None;
        }
        start = end;
    }
    let row_of = |draft: &Draft| {
        rows.iter()
            .find(|(row, _)| row.contains(&draft.bytes.start))
            .cloned()
    };
    let numbers: Vec<Option<String>> = drafts
        .iter()
        .map(|draft| {
            let (row, _) = row_of(draft)?;
            let first = cells(&source.text[row]).find(|cell| !cell.trim().is_empty())?;
            Some(first.trim().trim_matches(['#', '.']).to_lowercase())
        })
        .collect();
    for at in 0..drafts.len() {
        let Some((row, column)) = row_of(&drafts[at]).filter(|_| drafts[at].alive) else {
            continue;
        };
        let Some(cell) = cells(&source.text[row.clone()]).nth(column) else {
            continue;
        };
        for word in cell.split([',', '+', '&', ' ', ';', '/']) {
            let word = word.trim().trim_matches(['#', '.']).to_lowercase();
            let first = (0..drafts.len()).find(|other| {
                *other != at
                    && drafts[*other].alive
                    && hint::is_label(&word)
                    && numbers[*other].as_deref() == Some(word.as_str())
            });
            if let Some(first) = first {
                drafts[at].after(first, Some(row.start..row.end));
            }
        }
    }
}

fn cells(line: &str) -> impl Iterator<Item = &str> {
    line.trim().trim_matches('|').split('|')
}
