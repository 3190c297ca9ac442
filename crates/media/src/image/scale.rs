//! Scaling down with Lanczos' filter.

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};

use super::Picture;

/// `picture` with its longest side at most `side`; as it is, if it already fits.
pub(super) fn within(picture: Picture, side: u32) -> Picture {
    let longest = picture.width.max(picture.height);
    if longest <= side || side == 0 {
        return picture;
    }
    let shorter = |pixels: u32| {
        let scaled =
            (u64::from(pixels) * u64::from(side) + u64::from(longest) / 2) / u64::from(longest);
        u32::try_from(scaled).unwrap_or(side).max(1)
    };
    let (width, height) = (shorter(picture.width), shorter(picture.height));
    let Ok(from) = ImageRef::new(picture.width, picture.height, &picture.rgb, PixelType::U8x3)
    else {
        return picture;
    };
    let mut to = Image::new(width, height, PixelType::U8x3);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
    match Resizer::new().resize(&from, &mut to, &options) {
        Ok(()) => Picture {
            width,
            height,
            rgb: to.into_vec(),
            original: picture.original,
            animated: picture.animated,
        },
        Err(_) => picture,
    }
}
