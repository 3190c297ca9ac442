//! PDF: its layer of text, and its pages as pictures.
//!
//! A PDF has no lines and no words, only glyphs at places. They are taken as they are drawn
//! ([`glyphs`]) and put together again ([`lines`]).

mod glyphs;
mod lines;

use std::time::Instant;

use encoding_rs::{UTF_8, UTF_16BE, WINDOWS_1252};
use hayro::hayro_interpret::InterpreterCache;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};

use super::{Document, DocumentError, tidy};
use crate::image::Picture;
use crate::limits::Limits;

/// Dots an inch that a page is drawn at; small print is still 20 pixels high.
const DOTS: f32 = 150.0;
/// Longest side of a drawn page, in pixels.
const LONGEST: f32 = 2400.0;
/// Letters below which a page is taken for a picture with a stamp on it.
const LETTERS: usize = 3;

fn open(bytes: &[u8]) -> Result<Pdf, DocumentError> {
    Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => DocumentError::Encrypted,
        LoadPdfError::Decryption(_) | LoadPdfError::Invalid => DocumentError::Broken,
    })
}

/// Reads all pages, as many as there is time for.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, DocumentError> {
    let begun = Instant::now();
    let pdf = open(bytes)?;
    let pages = u32::try_from(pdf.pages().len()).unwrap_or(u32::MAX);
    if pages > limits.pages {
        return Err(DocumentError::TooManyPages {
            pages,
            limit: limits.pages,
        });
    }
    let mut document = Document {
        title: pdf.metadata().title.as_deref().and_then(title),
        pages: Some(pages),
        ..Document::default()
    };
    let cache = InterpreterCache::new();
    for (number, page) in (1..).zip(pdf.pages().iter()) {
        let found = glyphs::of(page, &cache);
        let text = tidy::spaced(&tidy::joined(&lines::text(&found.glyphs)));
        document.truncated |= found.truncated;
        let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
        let unread = letters < LETTERS || found.unknown > letters;
        if unread && (found.shows || found.unknown > 0) {
            document.blank_pages.push(number);
        }
        if !text.is_empty() {
            if !document.text.is_empty() {
                document.text.push_str("\n\n");
            }
            document.text.push_str(&text);
        }
        if document.text.len() > limits.text || begun.elapsed() > limits.time {
            document.truncated |= number < pages;
            break;
        }
    }
    Ok(document)
}

/// A title that says something (ISO 32000-1 §7.9.2.2 for how it is written); programs write their file
/// names and "untitled" there.
fn title(bytes: &[u8]) -> Option<String> {
    let encoding = match bytes {
        [0xfe, 0xff, ..] => UTF_16BE,
        [0xef, 0xbb, 0xbf, ..] => UTF_8,
        _ => WINDOWS_1252,
    };
    let title = encoding.decode(bytes).0.trim().to_owned();
    let empty = ["", "untitled", "(anonymous)", "unspecified"];
    (!empty.contains(&title.to_lowercase().as_str())).then_some(title)
}

/// Draws one page.
pub(super) fn draw(bytes: &[u8], page: u32, limits: &Limits) -> Result<Picture, DocumentError> {
    let pdf = open(bytes)?;
    let at = (page as usize).checked_sub(1);
    let found = at.and_then(|at| pdf.pages().get(at));
    let found = found.ok_or(DocumentError::NoPage(page))?;
    let (width, height) = found.render_dimensions();
    let longest = width.max(height);
    let scale = (DOTS / 72.0).min(LONGEST / longest);
    let (wide, high) = (width * scale, height * scale);
    // Also what is no number at all.
    if !(wide >= 1.0 && high >= 1.0 && wide.max(high) <= LONGEST + 1.0) {
        return Err(DocumentError::Broken);
    }
    if f64::from(wide) * f64::from(high) > limits.pixels as f64 {
        return Err(DocumentError::TooLarge);
    }
    let settings = PixmapSettings {
        x_scale: scale,
        y_scale: scale,
        bg_color: WHITE,
    };
    let pixmap = render(
        found,
        &RenderCache::new(),
        &InterpreterSettings::default(),
        &RenderSettings::default(),
        &settings,
    );
    let size = (u32::from(pixmap.width()), u32::from(pixmap.height()));
    Ok(Picture {
        width: size.0,
        height: size.1,
        // On an opaque ground nothing is transparent, so that premultiplied colours are the colours.
        rgb: pixmap
            .data_as_u8_slice()
            .chunks_exact(4)
            .flat_map(|pixel| [pixel[0], pixel[1], pixel[2]])
            .collect(),
        original: size,
        animated: false,
    })
}
