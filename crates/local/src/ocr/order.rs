//! The order in which a page is read, and what stands on one line.
//!
//! Pieces beside each other make a row; rows are read top to bottom, a row left to right. Where a gutter
//! runs between several pieces that stand beside each other, [`block`] decides what that means: columns
//! are read one after the other, a table row by row with its cells marked off, and a column of figures
//! is no column at all: a price belongs to its row.

mod block;

use llm::TextLine;

use super::geometry::Frame;
use block::{Block, Kind, find};

/// Pieces this much beside each other stand in one row.
const SAME_ROW: f32 = 0.5;
/// A wider gap than this many heights of a line ends the line.
const WIDE_GAP: f32 = 3.0;
/// Rows further apart than this many usual gaps are two blocks.
const FAR: f32 = 1.8;

/// A piece of text as it was read, and where.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    pub text: String,
    pub confidence: f32,
    /// For a reader who holds the page upright.
    pub place: Frame,
    /// In the picture as it is.
    pub bounds: [f32; 4],
}

/// Joins pieces to lines and puts them into the order of reading: the whole text, and its lines.
pub(super) fn arrange(mut pieces: Vec<Piece>) -> (String, Vec<TextLine>) {
    pieces.sort_by(|a, b| a.place.middle().y.total_cmp(&b.place.middle().y));
    let mut page = Page::default();
    page.read(pieces);
    (page.text, page.lines)
}

#[derive(Default)]
struct Page {
    text: String,
    lines: Vec<TextLine>,
    blank: bool,
}

impl Page {
    /// Reads pieces that are sorted from top to bottom. Every round has fewer of them.
    fn read(&mut self, mut pieces: Vec<Piece>) {
        while let Some(Block { from, to, kind }) = find(&pieces) {
            let below = pieces.split_off(to);
            let inside = pieces.split_off(from);
            self.read_rows(pieces);
            self.blank();
            match kind {
                Kind::Columns(gutter) => {
                    let (right, left) =
                        inside.into_iter().partition(|piece| gutter.is_right(piece));
                    self.read(left);
                    self.blank();
                    self.read(right);
                }
                Kind::Table(columns) => self.read_table(inside, &columns),
            }
            self.blank();
            pieces = below;
        }
        self.read_rows(pieces);
    }

    /// Rows of cells, as tables are written in plain text.
    fn read_table(&mut self, pieces: Vec<Piece>, columns: &[(f32, f32)]) {
        for row in rows(pieces) {
            let in_column = |(left, right): &(f32, f32)| {
                let stands = |piece: &&Piece| (*left..=*right).contains(&piece.place.middle().x);
                let words: Vec<&str> = row
                    .iter()
                    .filter(stands)
                    .map(|piece| piece.text.as_str())
                    .collect();
                words.join(" ")
            };
            let cells: Vec<String> = columns.iter().map(in_column).collect();
            let text = format!("| {} |", cells.join(" | "));
            if let Some(line) = joined(&row) {
                self.push(TextLine { text, ..line });
            }
        }
    }

    fn read_rows(&mut self, pieces: Vec<Piece>) {
        let rows = rows(pieces);
        let usual = usual_gap(&rows);
        let mut before: Option<Frame> = None;
        for row in rows {
            let frame = frame_of(&row);
            if let Some(before) = before {
                let gap = frame.top - before.bottom;
                if gap > frame.height().min(before.height()) && gap > FAR * usual {
                    self.blank();
                }
            }
            before = Some(frame);
            for line in segments(row) {
                self.push(line);
            }
        }
    }

    /// An empty line before whatever comes next.
    fn blank(&mut self) {
        self.blank = true;
    }

    fn push(&mut self, line: TextLine) {
        if !self.text.is_empty() {
            self.text.push_str(if self.blank { "\n\n" } else { "\n" });
        }
        self.blank = false;
        self.text.push_str(&line.text);
        self.lines.push(line);
    }
}

/// Groups pieces that are sorted from top to bottom into rows, each from left to right.
fn rows(pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    let mut rows: Vec<Vec<Piece>> = Vec::new();
    for piece in pieces {
        let beside = |row: &&mut Vec<Piece>| {
            row.iter()
                .any(|other| other.place.beside(&piece.place) > SAME_ROW)
        };
        match rows.last_mut().filter(beside) {
            Some(row) => row.push(piece),
            None => rows.push(vec![piece]),
        }
    }
    for row in &mut rows {
        row.sort_by(|a, b| a.place.left.total_cmp(&b.place.left));
    }
    rows
}

fn frame_of(row: &[Piece]) -> Frame {
    let frames = row.iter().map(|piece| piece.place);
    let joined = frames.reduce(|frame, next| frame.joined(&next));
    joined.unwrap_or(Frame {
        left: 0.0,
        top: 0.0,
        right: 0.0,
        bottom: 0.0,
    })
}

/// The median gap between rows; rows that touch count as zero.
fn usual_gap(rows: &[Vec<Piece>]) -> f32 {
    let frames: Vec<Frame> = rows.iter().map(|row| frame_of(row)).collect();
    let gaps = frames
        .windows(2)
        .map(|two| (two[1].top - two[0].bottom).max(0.0));
    let mut gaps: Vec<f32> = gaps.collect();
    gaps.sort_by(f32::total_cmp);
    gaps.get(gaps.len() / 2).copied().unwrap_or(0.0)
}

/// The lines of a row: what is far apart stays apart, but for figures.
fn segments(row: Vec<Piece>) -> Vec<TextLine> {
    let mut lines: Vec<Vec<Piece>> = Vec::new();
    for piece in row {
        let near = |line: &&mut Vec<Piece>| {
            line.last().is_some_and(|last| {
                let height = f32::midpoint(last.place.height(), piece.place.height());
                let gap = piece.place.left - last.place.right;
                gap <= WIDE_GAP * height
                    || block::is_figure(&piece.text)
                    || block::is_figure(&last.text)
            })
        };
        match lines.last_mut().filter(near) {
            Some(line) => line.push(piece),
            None => lines.push(vec![piece]),
        }
    }
    lines.iter().filter_map(|line| joined(line)).collect()
}

/// Pieces as one line, with the place around all of them; confidences weigh by length.
fn joined(pieces: &[Piece]) -> Option<TextLine> {
    let length = |piece: &Piece| piece.text.chars().count() as f32;
    let letters: f32 = pieces.iter().map(length).sum();
    let sum: f32 = pieces
        .iter()
        .map(|piece| length(piece) * piece.confidence)
        .sum();
    let words: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
    Some(TextLine {
        text: words.join(" "),
        confidence: sum / letters.max(1.0),
        bounds: pieces.iter().map(|piece| piece.bounds).reduce(around)?,
    })
}

fn around(one: [f32; 4], other: [f32; 4]) -> [f32; 4] {
    [
        one[0].min(other[0]),
        one[1].min(other[1]),
        one[2].max(other[2]),
        one[3].max(other[3]),
    ]
}

#[cfg(test)]
mod tests;
