//! Pictures: JPEG, PNG, GIF (its first frame) and WebP in, plain RGB out.
//!
//! The header is believed before a pixel is decoded, and refused when it declares more than
//! [`Limits::pixels`](crate::limits::Limits::pixels). Turned upright as the camera says; nothing else
//! of its metadata (place, time, device) goes further. Decoding takes at most 12 bytes for each pixel
//! of the original; what is handed out is at most [`LONGEST_SIDE`] wide or high, 48 MB.

mod colours;
mod scale;

use std::io::Cursor;

use image::codecs::gif::GifDecoder;
use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::error::LimitErrorKind;
use image::{
    AnimationDecoder, DynamicImage, ExtendedColorType, ImageDecoder, ImageError as Cause, RgbImage,
};
use serde::{Deserialize, Serialize};

use crate::kind::Kind;
use crate::limits::Limits;

pub use colours::{Colours, Share};

/// Longest side of a decoded picture, in pixels; larger ones are scaled down.
pub const LONGEST_SIDE: u32 = 4000;
/// Longest side of a picture that is sent to a model (002-A5).
pub const SENT_SIDE: u32 = 1024;
/// Quality of the JPEG that is sent to a model (002-A5).
const SENT_QUALITY: u8 = 85;
/// Bytes that a decoder may take for each pixel: four channels of 16 bits, and as much for its work.
const BYTES_PER_PIXEL: u64 = 16;

/// A decoded picture, upright, without transparency and without metadata.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Red, green and blue of each pixel, row by row.
    pub rgb: Vec<u8>,
    /// Width and height in the file, upright.
    pub original: (u32, u32),
    /// Whether the file holds more than this one frame.
    pub animated: bool,
}

/// Why a picture cannot be seen.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum ImageError {
    /// There are no bytes in it.
    #[error("the picture is empty")]
    Empty,
    /// It is of no kind that is read.
    #[error("{0}")]
    Unsupported(String),
    /// Its header declares more than [`Limits::pixels`](crate::limits::Limits::pixels).
    #[error("the picture has {width} by {height} pixels, which is more than can be read")]
    TooLarge {
        /// Pixels in a row.
        width: u32,
        /// Rows.
        height: u32,
    },
    /// It is damaged, or cut off.
    #[error("the picture is damaged and cannot be shown")]
    Broken,
}

/// Decodes a picture. `kind` is what [`crate::kind::detect`] said.
///
/// # Errors
/// See [`ImageError`].
pub fn decode(bytes: &[u8], kind: Kind, limits: &Limits) -> Result<Picture, ImageError> {
    if bytes.is_empty() {
        return Err(ImageError::Empty);
    }
    let media_type = match kind {
        Kind::Image(media_type) => media_type,
        Kind::Unreadable(why) => return Err(ImageError::Unsupported(why.to_owned())),
        _ => return Err(ImageError::Unsupported("this is not a picture".to_owned())),
    };
    let data = || Cursor::new(bytes);
    match media_type {
        "image/jpeg" => read(JpegDecoder::new(data()).map_err(broken)?, false, limits),
        "image/png" => {
            let decoder = PngDecoder::with_limits(data(), allowed(limits)).map_err(broken)?;
            let animated = decoder.is_apng().unwrap_or(false);
            read(decoder, animated, limits)
        }
        "image/gif" => {
            let decoder = GifDecoder::new(data()).map_err(broken)?;
            let dimensions = decoder.dimensions();
            check(dimensions, limits)?;
            let frames = GifDecoder::new(data()).map_err(broken)?.into_frames();
            let animated = frames.take(2).flatten().count() == 2;
            read(decoder, animated, limits)
        }
        "image/webp" => {
            let decoder = WebPDecoder::new(data()).map_err(broken)?;
            let animated = decoder.has_animation();
            read(decoder, animated, limits)
        }
        other => Err(ImageError::Unsupported(format!("{other} is not read"))),
    }
}

/// What the decoders may take.
fn allowed(limits: &Limits) -> image::Limits {
    let mut allowed = image::Limits::no_limits();
    allowed.max_alloc = Some(limits.pixels.saturating_mul(BYTES_PER_PIXEL));
    allowed
}

fn check((width, height): (u32, u32), limits: &Limits) -> Result<(), ImageError> {
    if width == 0 || height == 0 {
        return Err(ImageError::Broken);
    }
    if u64::from(width) * u64::from(height) > limits.pixels {
        return Err(ImageError::TooLarge { width, height });
    }
    Ok(())
}

fn read(
    mut decoder: impl ImageDecoder,
    animated: bool,
    limits: &Limits,
) -> Result<Picture, ImageError> {
    let (width, height) = decoder.dimensions();
    check((width, height), limits)?;
    let too_large = |cause| match cause {
        Cause::Limits(_) => ImageError::TooLarge { width, height },
        cause => broken(cause),
    };
    decoder.set_limits(allowed(limits)).map_err(too_large)?;
    let orientation = decoder.orientation().map_err(broken)?;
    let pixels = DynamicImage::from_decoder(decoder).map_err(too_large)?;
    let mut upright = DynamicImage::ImageRgb8(opaque(pixels));
    upright.apply_orientation(orientation);
    let original = (upright.width(), upright.height());
    let picture = Picture {
        width: original.0,
        height: original.1,
        rgb: upright.into_rgb8().into_raw(),
        original,
        animated,
    };
    Ok(picture.within(LONGEST_SIDE))
}

/// On white, where it is transparent: what is written on a transparent ground is mostly dark.
fn opaque(image: DynamicImage) -> RgbImage {
    if !image.color().has_alpha() {
        return image.into_rgb8();
    }
    let rgba = image.into_rgba8();
    let (width, height) = rgba.dimensions();
    let mut rgb = RgbImage::new(width, height);
    for (to, from) in rgb.pixels_mut().zip(rgba.pixels()) {
        let [red, green, blue, alpha] = from.0.map(u32::from);
        let mix = |colour: u32| (colour * alpha + 255 * (255 - alpha) + 127) / 255;
        to.0 = [red, green, blue].map(|colour| u8::try_from(mix(colour)).unwrap_or(u8::MAX));
    }
    rgb
}

fn broken(cause: Cause) -> ImageError {
    match cause {
        Cause::Limits(error) if !matches!(error.kind(), LimitErrorKind::Unsupported { .. }) => {
            ImageError::TooLarge {
                width: 0,
                height: 0,
            }
        }
        Cause::Unsupported(error) => {
            ImageError::Unsupported(format!("this kind of picture is not read: {error}"))
        }
        _ => ImageError::Broken,
    }
}

impl Picture {
    /// The picture as it is sent to a model: JPEG of quality 85, the longest side at most
    /// [`SENT_SIDE`], never enlarged (002-A5).
    ///
    /// # Errors
    /// [`ImageError::Broken`] if `rgb` is not as long as the size says.
    pub fn for_sending(&self) -> Result<Vec<u8>, ImageError> {
        self.clone().within(SENT_SIDE).jpeg(SENT_QUALITY)
    }

    /// The picture as a JPEG file in its full size.
    ///
    /// # Errors
    /// [`ImageError::Broken`] if `rgb` is not as long as the size says.
    pub fn jpeg(&self, quality: u8) -> Result<Vec<u8>, ImageError> {
        if self.rgb.len() as u64 != u64::from(self.width) * u64::from(self.height) * 3 {
            return Err(ImageError::Broken);
        }
        let mut file = Vec::new();
        JpegEncoder::new_with_quality(&mut file, quality)
            .encode(&self.rgb, self.width, self.height, ExtendedColorType::Rgb8)
            .map_err(broken)?;
        Ok(file)
    }

    /// The picture with its longest side at most `side`, never enlarged.
    #[must_use]
    pub fn within(self, side: u32) -> Self {
        scale::within(self, side)
    }

    /// What can be told of its colours without a model.
    pub fn colours(&self) -> Colours {
        colours::of(self)
    }
}
