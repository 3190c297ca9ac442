//! PDF: its layer of text, and its pages as pictures.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use unpdf::{ErrorKind, Page, ParseOptions, PdfParser};

use super::{Document, DocumentError, tidy};
use crate::image::Picture;
use crate::limits::Limits;

/// Dots an inch that a page is drawn at; small print is still 20 pixels high.
const DOTS: f32 = 150.0;
/// Longest side of a drawn page, in pixels.
const LONGEST: f32 = 2400.0;
/// Letters below which a page is taken for a picture with a stamp on it.
const LETTERS: usize = 3;

/// Reads all pages.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, DocumentError> {
    let options = ParseOptions::new()
        .lenient()
        .sequential()
        .with_resources(false)
        .with_ocr_suppression(false);
    let parser = PdfParser::from_bytes_with_options(bytes, options).map_err(|e| failed(&e))?;
    let pages = parser.page_count();
    if pages > limits.pages {
        return Err(DocumentError::TooManyPages {
            pages,
            limit: limits.pages,
        });
    }
    let found = parser.parse().map_err(|e| failed(&e))?;
    let mut document = Document {
        title: found.metadata.title.as_deref().and_then(named),
        pages: Some(pages),
        ..Document::default()
    };
    for page in &found.pages {
        let text = tidy::spaced(&tidy::joined(&page.plain_text()));
        if text.chars().filter(|c| c.is_alphanumeric()).count() < LETTERS && shows(page) {
            document.blank_pages.push(page.number);
        }
        if text.is_empty() {
            continue;
        }
        if !document.text.is_empty() {
            document.text.push_str("\n\n");
        }
        document.text.push_str(&text);
        if document.text.len() > limits.text {
            document.truncated = true;
            break;
        }
    }
    Ok(document)
}

/// Whether there is anything on a page: pictures, forms, or letters that could not be told.
fn shows(page: &Page) -> bool {
    page.image_op_count > 0
        || page.form_op_count > 0
        || page.fill_op_count > 0
        || page.text_op_count > 0
        || page.undecodable_content_streams > 0
}

/// A title that says something; programs write their file names and "untitled" there.
fn named(title: &str) -> Option<String> {
    let title = title.trim();
    let empty = ["", "untitled", "(anonymous)", "unspecified"];
    (!empty.contains(&title.to_lowercase().as_str())).then(|| title.to_owned())
}

fn failed(error: &unpdf::Error) -> DocumentError {
    match error.kind() {
        ErrorKind::Encrypted | ErrorKind::InvalidPassword => DocumentError::Encrypted,
        _ => DocumentError::Broken,
    }
}

/// Draws one page.
pub(super) fn draw(bytes: &[u8], page: u32, limits: &Limits) -> Result<Picture, DocumentError> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => DocumentError::Encrypted,
        LoadPdfError::Decryption(_) | LoadPdfError::Invalid => DocumentError::Broken,
    })?;
    let at = (page as usize).checked_sub(1);
    let found = at.and_then(|at| pdf.pages().get(at));
    let found = found.ok_or(DocumentError::NoPage(page))?;
    let (width, height) = found.render_dimensions();
    let longest = width.max(height);
    if !(longest.is_finite() && width.min(height) > 0.0) {
        return Err(DocumentError::Broken);
    }
    let scale = (DOTS / 72.0).min(LONGEST / longest);
    let settings = PixmapSettings {
        x_scale: scale,
        y_scale: scale,
        bg_color: WHITE,
    };
    if f64::from(width * scale) * f64::from(height * scale) > limits.pixels as f64 {
        return Err(DocumentError::TooLarge);
    }
    if width * scale < 1.0 || height * scale < 1.0 {
        return Err(DocumentError::Broken);
    }
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
        // On an opaque ground nothing is transparent, so that the premultiplied colours are the colours.
        rgb: pixmap
            .data_as_u8_slice()
            .chunks_exact(4)
            .flat_map(|pixel| [pixel[0], pixel[1], pixel[2]])
            .collect(),
        original: size,
        animated: false,
    })
}
