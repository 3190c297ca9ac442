//! Whether lines are upside down.

use std::sync::Arc;

use llm::Pixels;
use rten::ThreadPool;

use super::geometry::LineBox;
use super::net::Net;
use super::pixels::{cut, line_width};
use super::read::{NORMAL, planes};
use crate::resident::{EngineError, LoadError, Loading};

/// Width at which the network looks at a line; a longer one is squeezed.
const WIDTH: usize = 192;
/// From here on a line is rather upside down than not. Its authors advise 0.9 for turning lines unseen;
/// here both ways are read, and the better reading stays.
const LIKELY: f32 = 0.5;
/// Lines looked at: a page is not turned line by line.
const ENOUGH: usize = 16;

pub(super) struct AngleModel(Net);

impl AngleModel {
    pub(super) fn load(loading: &Loading<'_>) -> Result<Self, LoadError> {
        Net::load(loading, "cls.onnx").map(Self)
    }

    /// Whether most of the longest lines are likely upside down.
    pub(super) fn upside_down(
        &self,
        picture: &Pixels,
        lines: &[LineBox],
        pool: &Arc<ThreadPool>,
    ) -> Result<bool, EngineError> {
        let mut longest: Vec<&LineBox> = lines.iter().collect();
        longest.sort_by(|a, b| b.length.total_cmp(&a.length));
        longest.truncate(ENOUGH);
        let mut votes = 0;
        for line in &longest {
            // One by one: in a batch the shorter ones would be filled up.
            let cut = cut(picture, line, line_width(line).min(WIDTH));
            let ([_, classes], numbers) =
                self.0.run(planes(std::iter::once(&cut), &NORMAL), pool)?;
            match numbers[..] {
                [_, reversed] if reversed >= LIKELY => votes += 1,
                [_, _] => {}
                _ => {
                    return Err(self
                        .0
                        .wrong(format_args!("{classes} classes for 2 directions")));
                }
            }
        }
        Ok(2 * votes > longest.len())
    }
}
