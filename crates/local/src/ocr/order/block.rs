//! Where several pieces stand beside each other: columns, tables, or rows with figures in them.

use super::{Piece, SAME_ROW, WIDE_GAP};

/// Pieces this much beside each other show that a gutter parts columns; rows of two columns need not
/// be level.
const SIDE_BY_SIDE: f32 = 0.15;
/// Pieces this much beside each other are level.
const LEVEL: f32 = 0.7;
/// A gutter may become this narrow, in heights of a line.
const GUTTER: f32 = 1.5;
/// Pieces beside each other that make two columns, on either side.
const COLUMN: usize = 2;
/// Words of a cell that only says who, when or how far.
const BRIEF: usize = 2;

/// Pieces from one to another, in the order from top to bottom.
pub(super) struct Block {
    pub from: usize,
    pub to: usize,
    pub kind: Kind,
}

pub(super) enum Kind {
    /// Two columns; either may hold more.
    Columns(Gutter),
    /// The left and right ends of the columns of a table.
    Table(Vec<(f32, f32)>),
}

/// An empty strip between two columns.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gutter {
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

    pub(super) fn is_right(self, piece: &Piece) -> bool {
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

/// The topmost block of pieces that are sorted from top to bottom.
pub(super) fn find(pieces: &[Piece]) -> Option<Block> {
    let mut from = 0;
    while from < pieces.len() {
        let found = seeds(pieces, from).find_map(|seed| {
            let (gutter, to) = extent(seed, pieces, from);
            judge(gutter, &pieces[from..to]).map(|verdict| (verdict, to))
        });
        match found {
            None => from += 1,
            // No part of it is anything else.
            Some((Verdict::Rows, to)) => from = to.max(from + 1),
            Some((Verdict::Block(kind), to)) => return Some(Block { from, to, kind }),
        }
    }
    None
}

/// Gaps between a piece and those beside it, none of which stands above it.
fn seeds(pieces: &[Piece], from: usize) -> impl Iterator<Item = Gutter> {
    let piece = &pieces[from];
    let beside = pieces[from + 1..]
        .iter()
        .take_while(|other| other.place.top <= piece.place.bottom);
    beside.filter_map(|other| {
        let seed = Gutter::between(piece, other).or_else(|| Gutter::between(other, piece))?;
        is_empty(seed, piece, other, pieces).then_some(seed)
    })
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

/// What pieces on both sides of a gutter are.
enum Verdict {
    Block(Kind),
    /// Rows with figures in them.
    Rows,
}

/// Judges pieces on both sides of a gutter; `None`: there are too few beside each other.
fn judge(gutter: Gutter, pieces: &[Piece]) -> Option<Verdict> {
    let (right, left): (Vec<&Piece>, Vec<&Piece>) =
        pieces.iter().partition(|piece| gutter.is_right(piece));
    let enough = |one: &[&Piece], other: &[&Piece]| beside(one, other, SIDE_BY_SIDE) >= COLUMN;
    if !enough(&left, &right) || !enough(&right, &left) {
        return None;
    }
    let columns = columns(pieces);
    Some(
        if columns.len() <= 2 && (is_figures(&left) || is_figures(&right)) {
            Verdict::Rows
        } else if is_level(&left, &right) && has_brief_column(&columns, pieces) {
            Verdict::Block(Kind::Table(columns))
        } else {
            Verdict::Block(Kind::Columns(gutter))
        },
    )
}

/// How many of these stand that much beside one of the others.
fn beside(these: &[&Piece], others: &[&Piece], share: f32) -> usize {
    let stands = |piece: &&&Piece| {
        let place = &piece.place;
        others
            .iter()
            .any(|other| place.beside(&other.place) >= share)
    };
    these.iter().filter(stands).count()
}

/// Whether the rows of both sides are the same: those of the side that has fewer.
fn is_level(left: &[&Piece], right: &[&Piece]) -> bool {
    let (fewer, more) = if left.len() < right.len() {
        (left, right)
    } else {
        (right, left)
    };
    5 * beside(fewer, more, LEVEL) >= 4 * fewer.len()
}

/// The ends of all columns from left to right: pieces above each other are in one.
fn columns(pieces: &[Piece]) -> Vec<(f32, f32)> {
    let mut ends: Vec<(f32, f32)> = pieces
        .iter()
        .map(|piece| (piece.place.left, piece.place.right))
        .collect();
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut columns: Vec<(f32, f32)> = Vec::new();
    for (left, right) in ends {
        match columns.last_mut().filter(|column| left <= column.1) {
            Some(column) => column.1 = column.1.max(right),
            None => columns.push((left, right)),
        }
    }
    columns
}

/// Whether a column holds names, dates or figures beside one that holds sentences.
fn has_brief_column(columns: &[(f32, f32)], pieces: &[Piece]) -> bool {
    let words = |piece: &Piece| piece.text.split_whitespace().count();
    let of_column = |(left, right): &(f32, f32)| {
        let inside = |piece: &&Piece| (*left..=*right).contains(&piece.place.middle().x);
        let inside: Vec<&Piece> = pieces.iter().filter(inside).collect();
        let brief = inside
            .iter()
            .filter(|piece| words(piece) <= BRIEF || is_figure(&piece.text));
        let all: usize = inside.iter().map(|piece| words(piece)).sum();
        (
            2 * brief.count() > inside.len(),
            all as f32 / inside.len().max(1) as f32,
        )
    };
    let columns: Vec<(bool, f32)> = columns.iter().map(of_column).collect();
    let most = columns.iter().map(|(_, words)| *words).fold(0.0, f32::max);
    columns
        .iter()
        .any(|(brief, words)| *brief && 1.5 * words <= most)
}

fn is_figures(pieces: &[&Piece]) -> bool {
    let figures = pieces.iter().filter(|piece| is_figure(&piece.text)).count();
    2 * figures > pieces.len()
}

/// An amount, a number, a date in digits: no more letters than digits.
pub(super) fn is_figure(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    digits > 0 && digits >= letters
}
