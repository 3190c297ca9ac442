//! Where lines of text stand.

use std::sync::Arc;

use llm::Pixels;
use rten::ThreadPool;
use rten_tensor::NdTensor;

use super::geometry::{LineBox, whole};
use super::net::Net;
use super::pixels::{Normal, fill_planes, resized};
use super::regions::{ProbabilityMap, lines};
use crate::resident::{EngineError, LoadError, Loading};

/// The longer side of a page as the network sees it.
const LONGER: f32 = 1280.0;
/// Area of a page of paper with that side. What is longer than a page, such as a screenshot of a chat,
/// gets the same area, so that its letters do not become specks.
const AREA: f32 = LONGER * LONGER * std::f32::consts::FRAC_1_SQRT_2;
/// The longer side at most.
const LONGEST: f32 = 4096.0;
/// Small pictures are enlarged no more than this.
const LARGER: f32 = 2.0;
/// Sides are multiples of this: the network halves five times.
const STEP: f32 = 32.0;
/// What the network was taught to leave out around a line.
const GROWTH: f32 = 1.6;
/// Means and deviations of `ImageNet`, applied to blue, green and red in this order as in training.
const NORMAL: Normal = Normal::new([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]);

pub(super) struct Detector(Net);

impl Detector {
    pub(super) fn load(loading: &Loading<'_>) -> Result<Self, LoadError> {
        Net::load(loading, "det.onnx").map(Self)
    }

    /// Boxes around all lines, in pixels of the picture, in no order.
    pub(super) fn find(
        &self,
        picture: &Pixels,
        pool: &Arc<ThreadPool>,
    ) -> Result<Vec<LineBox>, EngineError> {
        let (width, height) = seen_size(picture.width, picture.height);
        let small = resized(picture, width, height)?;
        let mut planes = vec![0.0; 3 * width * height];
        fill_planes(&small, &NORMAL, width, &mut planes);
        let input = NdTensor::from_data([1, 3, height, width], planes);
        let ([_, _, map_height, map_width], cells) = self.0.run(input, pool)?;
        if cells.len() != map_width * map_height {
            return Err(self.0.wrong("its map has another size"));
        }
        let map = ProbabilityMap {
            width: map_width,
            height: map_height,
            cells: &cells,
        };
        let x = picture.width as f32 / map_width.max(1) as f32;
        let y = picture.height as f32 / map_height.max(1) as f32;
        let lines = lines(&map).into_iter();
        Ok(lines
            .map(|line| line.grown(GROWTH).stretched(x, y))
            .collect())
    }
}

/// The size at which a picture is looked at.
fn seen_size(width: u32, height: u32) -> (usize, usize) {
    let (width, height) = (width as f32, height as f32);
    let longer = width.max(height);
    let scale = (AREA / width / height)
        .sqrt()
        .min(LONGEST / longer)
        .max(LONGER / longer)
        .min(LARGER);
    let side = |pixels: f32| whole(((pixels * scale / STEP).round() * STEP).max(STEP));
    (side(width), side(height))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn pages_are_seen_at_1280_and_long_pictures_at_the_same_area() {
        assert_eq!(seen_size(1240, 900), (1280, 928));
        assert_eq!(seen_size(4000, 3000), (1280, 960));
        assert_eq!(seen_size(3000, 3000), (1280, 1280));
        assert_eq!(seen_size(300, 100), (608, 192), "twice as large at most");
        assert_eq!(seen_size(1080, 8000), (384, 2944));
        assert_eq!(seen_size(40_000, 100), (4096, 32));
        assert_eq!(seen_size(1, 1), (32, 32));
    }

    proptest! {
        #[test]
        fn what_is_seen_is_bounded(
            width in prop_oneof![1_u32..40, 1_u32..40_000_000],
            height in prop_oneof![1_u32..40, 1_u32..40_000_000],
        ) {
            let (width, height) = seen_size(width, height);
            prop_assert!(width % 32 == 0 && height % 32 == 0 && width > 0 && height > 0);
            prop_assert!(width * height <= 1296 * 1296, "{width} x {height}");
            prop_assert!(width.max(height) <= 4096);
        }
    }
}
