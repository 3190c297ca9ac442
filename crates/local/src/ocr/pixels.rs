//! What the networks see: the picture made smaller, lines cut out of it, colours as numbers.

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use llm::Pixels;

use super::failed;
use super::geometry::{LineBox, Point, whole};
use crate::resident::EngineError;

/// Height of the lines that are read.
pub(super) const LINE_HEIGHT: usize = 48;
/// The longest line that is not squeezed.
const LONGEST: usize = 3200;
/// The shortest line that is not drawn out.
const SHORTEST: usize = 16;
/// Samples of the picture for one pixel of a line, in each direction, at most.
const FINEST: usize = 8;
/// Decoded pixels of a picture at most.
const MOST_PIXELS: usize = 40_000_000;

/// Red, green and blue, row by row.
pub(super) struct Raster {
    pub width: usize,
    pub height: usize,
    pub rgb: Vec<u8>,
}

/// How colours become numbers: value × `scale` + `offset` for blue, green and red.
pub(super) struct Normal {
    pub scale: [f32; 3],
    pub offset: [f32; 3],
}

impl Normal {
    /// (value / 255 − mean) / deviation; means and deviations in the order blue, green, red.
    pub(super) const fn new(mean: [f32; 3], deviation: [f32; 3]) -> Self {
        let mut scale = [0.0; 3];
        let mut offset = [0.0; 3];
        let mut i = 0;
        while i < 3 {
            scale[i] = 1.0 / (255.0 * deviation[i]);
            offset[i] = -mean[i] / deviation[i];
            i += 1;
        }
        Self { scale, offset }
    }
}

/// Refuses what is no picture, or too large a one.
pub(super) fn check(picture: &Pixels) -> Result<(), EngineError> {
    let (width, height) = (picture.width, picture.height);
    let refused = |why: &str| {
        Err(EngineError::Input(format!(
            "{width} × {height} pixels: {why}"
        )))
    };
    let pixels = (width as usize).saturating_mul(height as usize);
    if pixels == 0 {
        return refused("there is no picture");
    }
    if pixels > MOST_PIXELS {
        return refused("the picture is too large, 40 million pixels can be read");
    }
    if pixels.checked_mul(3) != Some(picture.rgb.len()) {
        return refused("the picture has not that many");
    }
    Ok(())
}

/// The whole picture at another size.
pub(super) fn resized(
    picture: &Pixels,
    width: usize,
    height: usize,
) -> Result<Raster, EngineError> {
    let size = |n: usize| u32::try_from(n).map_err(failed);
    let from = ImageRef::new(picture.width, picture.height, &picture.rgb, PixelType::U8x3)
        .map_err(failed)?;
    let mut to = Image::new(size(width)?, size(height)?, PixelType::U8x3);
    let how = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Bilinear));
    Resizer::new()
        .resize(&from, &mut to, &how)
        .map_err(failed)?;
    Ok(Raster {
        width,
        height,
        rgb: to.into_vec(),
    })
}

/// Width of a line at the height it is read at.
pub(super) fn line_width(line: &LineBox) -> usize {
    whole(line.length * LINE_HEIGHT as f32 / line.height).clamp(SHORTEST, LONGEST)
}

/// Cuts a line out, turned upright, [`LINE_HEIGHT`] high and `width` wide.
pub(super) fn cut(picture: &Pixels, line: &LineBox, width: usize) -> Raster {
    // As many samples as the picture has pixels there: fewer would let strokes fall through.
    let fineness =
        |pixels: f32, samples: usize| whole((pixels / samples as f32).ceil()).clamp(1, FINEST);
    let across = fineness(line.length, width);
    let down = fineness(line.height, LINE_HEIGHT);
    let share = 1.0 / (across * down) as f32;
    let mut rgb = Vec::with_capacity(3 * width * LINE_HEIGHT);
    for y in 0..LINE_HEIGHT {
        for x in 0..width {
            let mut sum = [0.0; 3];
            for i in 0..across * down {
                let (i, j) = (i % across, i / across);
                let place = line.at(
                    (x as f32 + (i as f32 + 0.5) / across as f32) / width as f32,
                    (y as f32 + (j as f32 + 0.5) / down as f32) / LINE_HEIGHT as f32,
                );
                let sample = sample(picture, place);
                for (sum, colour) in sum.iter_mut().zip(sample) {
                    *sum += colour;
                }
            }
            rgb.extend(sum.map(|colour| byte(colour * share)));
        }
    }
    Raster {
        width,
        height: LINE_HEIGHT,
        rgb,
    }
}

/// The colour at a place between pixels; the edge goes on outside.
fn sample(picture: &Pixels, place: Point) -> [f32; 3] {
    let (width, height) = (picture.width as usize, picture.height as usize);
    // Centres of pixels lie at halves.
    let (left, to_right) = between(place.x - 0.5, width);
    let (top, to_bottom) = between(place.y - 0.5, height);
    let (right, bottom) = ((left + 1).min(width - 1), (top + 1).min(height - 1));
    let at = |x: usize, y: usize| 3 * (y * width + x);
    let corners = [
        at(left, top),
        at(right, top),
        at(left, bottom),
        at(right, bottom),
    ];
    std::array::from_fn(|colour| {
        let [a, b, c, d] = corners.map(|corner| f32::from(picture.rgb[corner + colour]));
        let (upper, lower) = (a + (b - a) * to_right, c + (d - c) * to_right);
        upper + (lower - upper) * to_bottom
    })
}

/// The pixel before a coordinate, and how far it is to the next one.
fn between(coordinate: f32, pixels: usize) -> (usize, f32) {
    let inside = coordinate.clamp(0.0, (pixels - 1) as f32);
    let before = inside.floor();
    (whole(before).min(pixels - 1), inside - before)
}

fn byte(colour: f32) -> u8 {
    u8::try_from(whole(colour)).unwrap_or(u8::MAX)
}

/// Writes a raster as three planes, blue, green and red, into rows of `row` numbers.
pub(super) fn fill_planes(raster: &Raster, normal: &Normal, row: usize, planes: &mut [f32]) {
    let plane = row * raster.height;
    for (colour, plane) in planes.chunks_exact_mut(plane).take(3).enumerate() {
        let (scale, offset) = (normal.scale[colour], normal.offset[colour]);
        let lines = raster.rgb.chunks_exact(3 * raster.width);
        for (from, to) in lines.zip(plane.chunks_exact_mut(row)) {
            for (pixel, number) in from.chunks_exact(3).zip(to) {
                *number = f32::from(pixel[2 - colour]) * scale + offset;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn picture(width: u32, height: u32, colour: impl Fn(u32, u32) -> [u8; 3]) -> Pixels {
        let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        Pixels {
            width,
            height,
            rgb: places.flat_map(|(x, y)| colour(x, y)).collect(),
        }
    }

    fn line(x: f32, y: f32, length: f32, height: f32, degrees: f32) -> LineBox {
        LineBox {
            centre: Point { x, y },
            along: Point::at_angle(degrees.to_radians()),
            length,
            height,
        }
    }

    #[test]
    fn a_line_is_cut_as_it_is_read_whatever_its_direction() {
        // Red in the left half, blue in the right one.
        let picture = picture(
            200,
            200,
            |x, _| if x < 100 { [255, 0, 0] } else { [0, 0, 255] },
        );
        let ends = |degrees| {
            let cut = cut(&picture, &line(100.0, 100.0, 96.0, 48.0, degrees), 96);
            assert_eq!(
                (cut.width, cut.height, cut.rgb.len()),
                (96, 48, 96 * 48 * 3)
            );
            let middle = 24 * 96 * 3;
            (cut.rgb[middle], cut.rgb[middle + 95 * 3])
        };
        assert_eq!(ends(0.0), (255, 0));
        assert_eq!(ends(3.0), (255, 0));
        assert_eq!(ends(180.0), (0, 255));
        let down = cut(&picture, &line(100.0, 100.0, 96.0, 48.0, 90.0), 96);
        // Reading down, the right side of the picture is above.
        assert_eq!((down.rgb[0], down.rgb[47 * 96 * 3]), (0, 255));
    }

    #[test]
    fn thin_strokes_survive_being_made_small() {
        let picture = picture(960, 960, |x, _| [if x % 10 == 0 { 0 } else { 250 }; 3]);
        let cut = cut(&picture, &line(480.0, 480.0, 960.0, 480.0, 0.0), 96);
        let row = &cut.rgb[24 * 96 * 3..25 * 96 * 3];
        assert!(
            row.iter().all(|colour| (200..250).contains(colour)),
            "{row:?}"
        );
    }

    #[test]
    fn colours_become_planes_with_blue_first() {
        let raster = Raster {
            width: 2,
            height: 1,
            rgb: vec![255, 0, 51, 0, 255, 102],
        };
        let mut planes = [0.0; 9];
        let normal = Normal::new([0.0, 0.5, 0.0], [1.0, 0.5, 1.0]);
        fill_planes(&raster, &normal, 3, &mut planes);
        let expected = [0.2, 0.4, 0.0, -1.0, 1.0, 0.0, 1.0, 0.0, 0.0];
        let close = |(is, wanted): (&f32, &f32)| (is - wanted).abs() < 1e-6;
        assert!(planes.iter().zip(&expected).all(close), "{planes:?}");
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        let pixels = |width, height, bytes| Pixels {
            width,
            height,
            rgb: vec![0; bytes],
        };
        check(&pixels(1, 1, 3)).unwrap();
        let refused = |picture| check(&picture).unwrap_err().to_string();
        assert!(refused(pixels(0, 9, 0)).contains("there is no picture"));
        assert!(refused(pixels(2, 2, 11)).contains("has not that many"));
        assert!(refused(pixels(u32::MAX, u32::MAX, 3)).contains("too large"));
        assert!(refused(pixels(8000, 5001, 120_024_000)).contains("too large"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_line_of_any_picture_can_be_cut(
            (width, height) in prop_oneof![(1_u32..4, 1_u32..4), (1_u32..3, 1_u32..900), (1_u32..900, 1_u32..3)],
            (x, y) in (-50.0_f32..950.0, -50.0_f32..950.0),
            (length, high) in (1.0_f32..2000.0, 1.0_f32..2000.0),
            degrees in -180.0_f32..180.0,
        ) {
            let picture = picture(width, height, |_, _| [7, 8, 9]);
            let line = line(x, y, length, high, degrees);
            let width = line_width(&line);
            prop_assert!((SHORTEST..=LONGEST).contains(&width));
            let cut = cut(&picture, &line, width.min(64));
            prop_assert!(cut.rgb.chunks(3).all(|colour| colour == [7, 8, 9]));
        }
    }
}
