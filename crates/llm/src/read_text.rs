//! Text in pictures.

use std::sync::Arc;

use futures_util::future::BoxFuture;

use crate::ModelError;

/// A decoded picture, upright.
#[derive(Clone, PartialEq, Eq)]
pub struct Pixels {
    /// Columns.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Red, green and blue of every pixel, row by row: `3 * width * height` bytes.
    pub rgb: Vec<u8>,
}

/// Says how large it is, not what it shows.
impl std::fmt::Debug for Pixels {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pixels({} x {})", self.width, self.height)
    }
}

/// What is asked of a reader.
#[derive(Debug, Clone)]
pub struct ReadTextRequest {
    /// The picture.
    pub picture: Arc<Pixels>,
    /// Model to use; `None` takes the account's.
    pub model: Option<String>,
}

/// A line of text in a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct TextLine {
    /// The words.
    pub text: String,
    /// From 0 to 1.
    pub confidence: f32,
    /// Left, top, right and bottom in pixels of the picture: the upright box around the line.
    pub bounds: [f32; 4],
}

/// What stands in a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct PictureText {
    /// All lines in reading order, one per line; an empty line between columns and blocks.
    pub text: String,
    /// The lines with their places, in the same order.
    pub lines: Vec<TextLine>,
    /// The model that read.
    pub model: String,
}

/// What can read the text in a picture.
pub trait TextReader: Send + Sync + 'static {
    /// Reads one picture. A picture without text is an answer without lines. Dropping the future
    /// cancels the call.
    ///
    /// # Errors
    /// By what the caller can do: see [`ModelError`].
    fn read_text(&self, request: ReadTextRequest)
    -> BoxFuture<'_, Result<PictureText, ModelError>>;
}
