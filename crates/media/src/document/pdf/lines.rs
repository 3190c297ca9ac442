//! Glyphs at places become words, lines and paragraphs.
//!
//! Programs draw a page in the order in which it is read, column after column; that order is kept.
//! Within it, glyphs on the same height that stand near each other are a line, wherever in the order
//! they come, because bold words and links are often drawn apart.

use super::glyphs::Glyph;

/// Height, in sizes of the font, by which glyphs of one line may differ.
const SAME_LINE: f64 = 0.35;
/// Gap between glyphs that is a blank.
const BLANK: f64 = 0.16;
/// Gap between words of one line, above which they are cells of a table.
const CELL: f64 = 2.0;
/// Gap across which words drawn apart from their line are still taken into it.
const NEAR: f64 = 1.0;
/// Lines looked back at for those that were drawn apart.
const LOOKED_BACK: usize = 40;
/// Distance of lines, in sizes of the font, above which they are in different paragraphs.
const PARAGRAPH: f64 = 1.6;
/// The same, as a share of the usual distance on the page.
const UNUSUAL: f64 = 1.35;

/// Glyphs one after another.
#[derive(Debug, Clone)]
struct Part {
    text: String,
    start: f64,
    end: f64,
}

#[derive(Debug, Clone)]
struct Line {
    turn: u8,
    across: f64,
    size: f64,
    parts: Vec<Part>,
}

/// The text of a page.
pub(super) fn text(glyphs: &[Glyph]) -> String {
    let mut lines: Vec<Line> = Vec::new();
    for glyph in glyphs {
        place(&mut lines, glyph);
    }
    let lines: Vec<(Line, String)> = lines
        .into_iter()
        .map(|mut line| {
            let text = line.text();
            (line, text)
        })
        .filter(|(_, text)| !text.trim().is_empty())
        .collect();
    let usual = usual_distance(&lines);
    let mut out = String::new();
    let mut before: Option<&Line> = None;
    for (line, text) in &lines {
        if let Some(before) = before {
            let distance = (line.across - before.across) / before.size.max(line.size);
            let apart = distance > PARAGRAPH.max(usual * UNUSUAL);
            // Back up the page begins another column, or a box.
            let elsewhere = distance < -SAME_LINE || line.turn != before.turn;
            out.push_str(if apart || elsewhere { "\n\n" } else { "\n" });
        }
        out.push_str(text.trim());
        before = Some(line);
    }
    out
}

/// Puts a glyph where it belongs.
fn place(lines: &mut Vec<Line>, glyph: &Glyph) {
    if let Some(line) = lines.last_mut()
        && line.goes_on_with(glyph)
    {
        line.push(glyph);
        return;
    }
    let last = lines.len();
    let near = lines
        .iter_mut()
        .enumerate()
        .rev()
        .take(LOOKED_BACK)
        .find(|(at, line)| line.takes_in(glyph, *at + 1 == last));
    if let Some((_, line)) = near {
        line.parts.push(Part::of(glyph));
        return;
    }
    if glyph.text == " " {
        return;
    }
    lines.push(Line {
        turn: glyph.turn,
        across: glyph.across,
        size: glyph.size,
        parts: vec![Part::of(glyph)],
    });
}

impl Part {
    fn of(glyph: &Glyph) -> Self {
        Self {
            text: glyph.text.clone(),
            start: glyph.start,
            end: glyph.end,
        }
    }
}

impl Line {
    fn level_with(&self, glyph: &Glyph) -> bool {
        self.turn == glyph.turn
            && (self.across - glyph.across).abs() <= SAME_LINE * self.size.max(glyph.size)
    }

    /// Whether a glyph follows the one that was last drawn.
    fn goes_on_with(&self, glyph: &Glyph) -> bool {
        let Some(part) = self.parts.last() else {
            return false;
        };
        let gap = (glyph.start - part.end) / self.size.max(glyph.size);
        self.level_with(glyph) && (-0.6..NEAR).contains(&gap)
    }

    /// Whether a glyph that was drawn apart belongs to this line: it is level with it, on no other glyph,
    /// and near. Of the line drawn last, a table's row, it need not be near.
    fn takes_in(&self, glyph: &Glyph, last: bool) -> bool {
        if !self.level_with(glyph) {
            return false;
        }
        let size = self.size.max(glyph.size);
        let clear = |part: &Part| {
            glyph.start > part.end - 0.3 * size || glyph.end < part.start + 0.3 * size
        };
        let near = |part: &Part| {
            (glyph.start - part.end).abs() < NEAR * size
                || (part.start - glyph.end).abs() < NEAR * size
        };
        self.parts.iter().all(clear) && (last || self.parts.iter().any(near))
    }

    fn push(&mut self, glyph: &Glyph) {
        let size = self.size.max(glyph.size);
        if let Some(part) = self.parts.last_mut() {
            let gap = (glyph.start - part.end) / size;
            if gap > BLANK && glyph.text != " " && !part.text.ends_with(' ') {
                part.text.push(' ');
            }
            part.text.push_str(&glyph.text);
            part.end = part.end.max(glyph.end);
        }
        // A raised letter at the start does not make the line one of small print.
        self.size = size;
    }

    /// Its parts from left to right.
    fn text(&mut self) -> String {
        self.parts.sort_by(|a, b| a.start.total_cmp(&b.start));
        let mut out = String::new();
        let mut end = f64::NEG_INFINITY;
        for part in &self.parts {
            let gap = (part.start - end) / self.size;
            let so_far = out.trim_end();
            let hangs = so_far.rsplit(" | ").next().is_some_and(hangs);
            if so_far.is_empty() {
            } else if gap > CELL && !hangs {
                out.truncate(so_far.len());
                out.push_str(" | ");
            } else if gap > BLANK && !out.ends_with(' ') && !part.text.starts_with(' ') {
                out.push(' ');
            }
            out.push_str(&part.text);
            end = end.max(part.end);
        }
        out
    }
}

/// Whether it is a bullet or a number that hangs before a text, and no cell.
fn hangs(text: &str) -> bool {
    text.chars().count() <= 4
        && (text.ends_with(['.', ')', ']']) || !text.contains(char::is_alphanumeric))
}

/// The distance that most lines of a page have from the next, in sizes of the font.
fn usual_distance(lines: &[(Line, String)]) -> f64 {
    let mut distances: Vec<f64> = lines
        .windows(2)
        .map(|two| (two[1].0.across - two[0].0.across) / two[0].0.size.max(two[1].0.size))
        .filter(|distance| (0.8..4.0).contains(distance))
        .collect();
    distances.sort_by(f64::total_cmp);
    // Of few lines nothing is usual.
    if distances.len() < 4 {
        0.0
    } else {
        distances[distances.len() / 2]
    }
}
