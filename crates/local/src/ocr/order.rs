//! The order in which a page is read, and what stands on one line.
//!
//! Pieces beside each other make a row; rows are read top to bottom, a row left to right. Two columns
//! are there when a gutter runs between several pieces that stand beside each other: then one column is
//! read after the other. A column of figures is none: a price belongs to its row.

use llm::TextLine;

use super::geometry::Frame;

/// Pieces this much beside each other stand in one row.
const SAME_ROW: f32 = 0.5;
/// Pieces this much beside each other show that a gutter parts columns; rows of two columns need not
/// be level.
const SIDE_BY_SIDE: f32 = 0.15;
/// A wider gap than this many heights of a line ends the line.
const WIDE_GAP: f32 = 3.0;
/// A gutter may become this narrow, in heights of a line.
const GUTTER: f32 = 1.5;
/// Pieces beside each other that make two columns, on either side.
const COLUMN: usize = 2;

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

/// Columns in a list of pieces: what is above them, left, right and below.
struct Columns {
    above: Vec<Piece>,
    left: Vec<Piece>,
    right: Vec<Piece>,
    below: Vec<Piece>,
}

impl Page {
    /// Reads pieces that are sorted from top to bottom. Every round has fewer of them.
    fn read(&mut self, mut pieces: Vec<Piece>) {
        loop {
            let found = find_columns(&pieces);
            let Some((gutter, from, to)) = found else {
                return self.read_rows(pieces);
            };
            let columns = part(pieces, gutter, from, to);
            self.read_rows(columns.above);
            self.blank();
            self.read(columns.left);
            self.blank();
            self.read(columns.right);
            self.blank();
            pieces = columns.below;
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
                if gap > frame.height().min(before.height()) && gap > 1.8 * usual {
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

/// An empty strip between two columns.
#[derive(Debug, Clone, Copy)]
struct Gutter {
    left: f32,
    right: f32,
}

impl Gutter {
    fn between(left: &Piece, right: &Piece) -> Option<Self> {
        let beside = left.place.beside(&right.place) >= SIDE_BY_SIDE;
        let gap = right.place.left - left.place.right;
        let height = f32::midpoint(left.place.height(), right.place.height());
        (beside && gap > WIDE_GAP * height).then_some(Self {
            left: left.place.right,
            right: right.place.left,
        })
    }

    fn is_right(self, piece: &Piece) -> bool {
        piece.place.middle().x > f32::midpoint(self.left, self.right)
    }

    /// Narrowed so that the piece does not stand in it; `None` where that leaves too little.
    fn beside(self, piece: &Piece) -> Option<Self> {
        let narrowed = if self.is_right(piece) {
            Self {
                right: self.right.min(piece.place.left),
                ..self
            }
        } else {
            Self {
                left: self.left.max(piece.place.right),
                ..self
            }
        };
        (narrowed.right - narrowed.left >= GUTTER * piece.place.height()).then_some(narrowed)
    }
}

/// The topmost columns: their gutter, and which pieces stand in them.
fn find_columns(pieces: &[Piece]) -> Option<(Gutter, usize, usize)> {
    for (from, piece) in pieces.iter().enumerate() {
        for other in &pieces[from + 1..] {
            if other.place.top > piece.place.bottom {
                break;
            }
            let seed = Gutter::between(piece, other).or_else(|| Gutter::between(other, piece));
            let Some(seed) = seed.filter(|seed| is_empty(*seed, piece, other, pieces)) else {
                continue;
            };
            let (gutter, to) = extent(seed, pieces, from);
            let inside = &pieces[from..to];
            if makes_columns(gutter, inside) {
                return Some((gutter, from, to));
            }
        }
    }
    None
}

/// Whether no third piece stands between two beside each other.
fn is_empty(gutter: Gutter, one: &Piece, other: &Piece, pieces: &[Piece]) -> bool {
    let both = one.place.joined(&other.place);
    !pieces.iter().any(|piece| {
        let middle = piece.place.middle();
        (gutter.left..gutter.right).contains(&middle.x) && both.beside(&piece.place) > SAME_ROW
    })
}

/// How far down a gutter goes, and what is left of its width.
fn extent(mut gutter: Gutter, pieces: &[Piece], from: usize) -> (Gutter, usize) {
    let mut bottom = pieces[from].place.bottom;
    for (at, piece) in pieces.iter().enumerate().skip(from) {
        let far = piece.place.top - bottom > WIDE_GAP * piece.place.height();
        match gutter.beside(piece).filter(|_| !far) {
            Some(narrowed) => gutter = narrowed,
            None => return (gutter, at),
        }
        bottom = bottom.max(piece.place.bottom);
    }
    (gutter, pieces.len())
}

/// Whether there is enough on both sides, beside each other, and no side is figures only.
fn makes_columns(gutter: Gutter, pieces: &[Piece]) -> bool {
    let (right, left): (Vec<&Piece>, Vec<&Piece>) =
        pieces.iter().partition(|piece| gutter.is_right(piece));
    let beside = |one: &[&Piece], others: &[&Piece]| {
        let is_beside = |piece: &&&Piece| {
            let place = &piece.place;
            others
                .iter()
                .any(|other| place.beside(&other.place) >= SIDE_BY_SIDE)
        };
        one.iter().filter(is_beside).count()
    };
    beside(&left, &right) >= COLUMN
        && beside(&right, &left) >= COLUMN
        && !mostly_figures(&left)
        && !mostly_figures(&right)
}

fn mostly_figures(pieces: &[&Piece]) -> bool {
    let figures = pieces.iter().filter(|piece| is_figure(&piece.text)).count();
    2 * figures > pieces.len()
}

/// An amount, a number, a date in digits: more digits than letters.
fn is_figure(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    digits > letters
}

fn part(pieces: Vec<Piece>, gutter: Gutter, from: usize, to: usize) -> Columns {
    let mut columns = Columns {
        above: Vec::new(),
        left: Vec::new(),
        right: Vec::new(),
        below: Vec::new(),
    };
    for (at, piece) in pieces.into_iter().enumerate() {
        let place = if at < from {
            &mut columns.above
        } else if at >= to {
            &mut columns.below
        } else if gutter.is_right(&piece) {
            &mut columns.right
        } else {
            &mut columns.left
        };
        place.push(piece);
    }
    columns
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

/// Joins the pieces of a row: what is far apart stays apart, but for figures.
fn segments(row: Vec<Piece>) -> Vec<TextLine> {
    let mut lines: Vec<(Piece, f32)> = Vec::new();
    for piece in row {
        let letters = piece.text.chars().count() as f32;
        let near = |(line, _): &&mut (Piece, f32)| {
            let height = f32::midpoint(line.place.height(), piece.place.height());
            let gap = piece.place.left - line.place.right;
            gap <= WIDE_GAP * height || is_figure(&piece.text) || is_figure(&line.text)
        };
        match lines.last_mut().filter(near) {
            Some((line, before)) => {
                let sum = line.confidence * *before + piece.confidence * letters;
                *before += letters;
                line.confidence = sum / before.max(1.0);
                line.text.push(' ');
                line.text.push_str(&piece.text);
                line.place = line.place.joined(&piece.place);
                line.bounds = around(line.bounds, piece.bounds);
            }
            None => lines.push((piece, letters)),
        }
    }
    let line = |(piece, _): (Piece, f32)| TextLine {
        text: piece.text,
        confidence: piece.confidence,
        bounds: piece.bounds,
    };
    lines.into_iter().map(line).collect()
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
