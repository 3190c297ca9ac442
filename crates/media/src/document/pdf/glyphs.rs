//! The glyphs of a page, in the order in which they are drawn.

use std::collections::HashSet;

use hayro::hayro_interpret::font::{Glyph as Drawn, GlyphRun};
use hayro::hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro::hayro_interpret::hayro_syntax::page::Page;
use hayro::hayro_interpret::util::TransformExt;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, SoftMask, interpret_page,
};
use hayro::kurbo::{Affine, BezPath, Point, Rect, Vec2};

/// Glyphs of a page above which it is made to hurt.
const MOST: usize = 500_000;
/// Units of a font's em (ISO 32000-1 §9.2.4).
const EM: f64 = 1000.0;
/// Width of a glyph that does not say how wide it is, in ems.
const USUAL: f64 = 0.5;

/// One glyph and its place. Places are told along its line and across it, so that lines that run up the
/// page are like those that run along it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Glyph {
    pub(super) text: String,
    /// Which way its line runs, in quarters of a turn.
    pub(super) turn: u8,
    /// Where it starts along its line.
    pub(super) start: f64,
    /// Where it ends.
    pub(super) end: f64,
    /// Where its line lies; lines further down have more.
    pub(super) across: f64,
    /// Size of its font.
    pub(super) size: f64,
}

/// What is on a page.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) glyphs: Vec<Glyph>,
    /// Glyphs of which nobody can tell what they mean.
    pub(super) unknown: usize,
    /// Whether there are pictures or drawings.
    pub(super) shows: bool,
    /// Whether there are more glyphs than were taken.
    pub(super) truncated: bool,
    /// Where which glyph has been: bold is often the same glyph drawn twice.
    places: HashSet<(i64, i64, String)>,
}

/// Takes the glyphs of a page.
pub(super) fn of<'a>(page: &'a Page<'a>, cache: &InterpreterCache<'a>) -> Found {
    let (width, height) = page.render_dimensions();
    let size = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let upright = page.initial_transform(true).to_kurbo();
    let settings = InterpreterSettings::default();
    let mut context = Context::new(upright, size, cache, page.xref(), settings);
    let mut found = Found::default();
    interpret_page(page, &mut context, &mut found);
    found
}

impl Found {
    fn take(&mut self, text: &str, place: Affine, width: f64, vertical: bool) {
        let along = place * Point::new(EM, 0.0) - place * Point::ORIGIN;
        let up = place * Point::new(0.0, EM) - place * Point::ORIGIN;
        let size = up.hypot();
        let origin = place * Point::ORIGIN;
        if !(size.is_finite() && size > 0.1 && origin.is_finite()) {
            return;
        }
        let (turn, line) = turned(if vertical { -up } else { along });
        let start = origin.to_vec2().dot(line);
        let advance = if vertical {
            size
        } else {
            along.hypot() * width
        };
        let across = origin.to_vec2().dot(Vec2::new(-line.y, line.x));
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a place on a grid, saturating"
        )]
        let grid = |at: f64| (at / (size * 0.15)).round() as i64;
        if !self
            .places
            .insert((grid(start), grid(across), text.to_owned()))
            && text != " "
        {
            return;
        }
        self.glyphs.push(Glyph {
            text: text.to_owned(),
            turn,
            start,
            end: start + advance,
            across,
            size,
        });
    }
}

/// The nearest of the four ways a line can run.
fn turned(along: Vec2) -> (u8, Vec2) {
    if along.x.abs() >= along.y.abs() {
        if along.x >= 0.0 {
            (0, Vec2::new(1.0, 0.0))
        } else {
            (2, Vec2::new(-1.0, 0.0))
        }
    } else if along.y >= 0.0 {
        (1, Vec2::new(0.0, 1.0))
    } else {
        (3, Vec2::new(0.0, -1.0))
    }
}

/// What a glyph means. Signs of the fonts Symbol and Wingdings have no meaning of their own in Unicode
/// (they lie in its private part), but some are known for what lists are made of.
fn meaning(found: BfString) -> Option<String> {
    let sign = match found {
        BfString::Char(sign) => sign,
        BfString::String(text) => {
            let mut signs = text.chars();
            match (signs.next(), signs.next()) {
                (Some(sign), None) => sign,
                (Some(_), Some(_)) => return Some(text),
                _ => return None,
            }
        }
    };
    match sign {
        '\u{f0b7}' | '\u{f0a7}' | '\u{f076}' | '\u{f0d8}' | '\u{f06e}' | '\u{f06c}' => {
            Some("\u{2022}".to_owned())
        }
        '\u{f0a8}' | '\u{f06f}' | '\u{f071}' | '\u{f072}' | '\u{2610}' => Some("[ ]".to_owned()),
        '\u{f0fe}' | '\u{f0fd}' | '\u{2611}' | '\u{2612}' => Some("[x]".to_owned()),
        '\u{e000}'..='\u{f8ff}' | '\0' | char::REPLACEMENT_CHARACTER => None,
        '\u{a0}' | '\t' | '\n' | '\r' => Some(" ".to_owned()),
        sign => Some(sign.to_string()),
    }
}

impl<'a> Device<'a> for Found {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        let vertical = matches!(run.writing_mode(), WritingMode::Vertical);
        for glyph in run.glyphs() {
            if self.glyphs.len() >= MOST {
                self.truncated = true;
                return;
            }
            let width = match &**glyph {
                Drawn::Outline(outline) => outline.advance_width(),
                Drawn::Type3(drawing) => drawing.advance_width(),
            };
            let width = width.map_or(USUAL, |width| f64::from(width) / EM);
            match glyph.as_unicode().and_then(meaning) {
                Some(text) => {
                    self.take(&text, props.transform * glyph.transform(), width, vertical);
                }
                None => self.unknown += 1,
            }
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.shows = true;
    }

    fn draw_rect(&mut self, _: &Rect, _: DrawProps<'a>, _: &DrawMode) {
        self.shows = true;
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.shows = true;
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_clip_rect(&mut self, _: &Rect) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
