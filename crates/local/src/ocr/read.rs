//! What stands on lines that were cut out.

use std::sync::Arc;

use rten::ThreadPool;
use rten_tensor::NdTensor;

use super::ctc::{Alphabet, Reading};
use super::net::Net;
use super::pixels::{LINE_HEIGHT, Normal, Raster, fill_planes};
use crate::resident::{EngineError, LoadError, Loading, Run};

/// Lines read at once at most.
const BATCH: usize = 8;
/// Columns of pixels read at once at most, but for a single line.
const BATCH_WIDTH: usize = 4800;
/// Lines read together differ in width by less than this share: what is added to the shorter ones is
/// work for nothing.
const SIMILAR: f32 = 0.8;
/// Grey is zero.
pub(super) const NORMAL: Normal = Normal::new([0.5; 3], [0.5; 3]);

pub(super) struct Reader {
    net: Net,
    alphabet: Alphabet,
}

impl Reader {
    pub(super) fn load(loading: &Loading<'_>) -> Result<Self, LoadError> {
        let net = Net::load(loading, "rec.onnx")?;
        let alphabet = Alphabet::parse(net.entry("character")?);
        Ok(Self { net, alphabet })
    }

    /// Reads lines that are [`LINE_HEIGHT`] high, those of similar width together; the readings are in
    /// the order of the lines.
    pub(super) fn read(
        &self,
        lines: &[Raster],
        pool: &Arc<ThreadPool>,
        run: &Run,
    ) -> Result<Vec<Reading>, EngineError> {
        let mut readings = vec![Reading::default(); lines.len()];
        for batch in batches(lines) {
            run.go_on()?;
            for (line, reading) in batch.iter().zip(self.read_batch(lines, &batch, pool)?) {
                readings[*line] = reading;
            }
        }
        Ok(readings)
    }

    fn read_batch(
        &self,
        lines: &[Raster],
        batch: &[usize],
        pool: &Arc<ThreadPool>,
    ) -> Result<Vec<Reading>, EngineError> {
        let input = planes(batch.iter().map(|line| &lines[*line]), &NORMAL);
        let ([count, steps, classes], numbers) = self.net.run(input, pool)?;
        if (count, classes) != (batch.len(), self.alphabet.classes()) {
            return Err(self.net.wrong(format_args!(
                "{classes} classes for {} characters",
                self.alphabet.classes()
            )));
        }
        let one = (steps * classes).max(1);
        let mut readings: Vec<Reading> = numbers
            .chunks(one)
            .map(|line| self.alphabet.read(line))
            .collect();
        readings.resize(count, Reading::default());
        Ok(readings)
    }
}

/// One input for lines of the same height; what is missing to the width of the widest is zero.
pub(super) fn planes<'a>(
    lines: impl Iterator<Item = &'a Raster> + Clone,
    normal: &Normal,
) -> NdTensor<f32, 4> {
    let width = lines.clone().map(|line| line.width).max().unwrap_or(1);
    let count = lines.clone().count();
    let one = 3 * LINE_HEIGHT * width;
    let mut numbers = vec![0.0; count * one];
    for (line, planes) in lines.zip(numbers.chunks_exact_mut(one)) {
        fill_planes(line, normal, width, planes);
    }
    NdTensor::from_data([count, 3, LINE_HEIGHT, width], numbers)
}

/// Which lines are read together: widest first.
fn batches(lines: &[Raster]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by_key(|line| std::cmp::Reverse(lines[*line].width));
    let mut batches: Vec<Vec<usize>> = Vec::new();
    for line in order {
        let fits = |batch: &&mut Vec<usize>| {
            let widest = lines[batch[0]].width;
            batch.len() < BATCH
                && widest * (batch.len() + 1) <= BATCH_WIDTH
                && lines[line].width as f32 >= SIMILAR * widest as f32
        };
        match batches.last_mut().filter(fits) {
            Some(batch) => batch.push(line),
            None => batches.push(vec![line]),
        }
    }
    batches
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(widths: &[usize]) -> Vec<Raster> {
        let line = |width: &usize| Raster {
            width: *width,
            height: LINE_HEIGHT,
            rgb: vec![255; 3 * LINE_HEIGHT * width],
        };
        widths.iter().map(line).collect()
    }

    #[test]
    fn lines_of_similar_width_are_read_together() {
        let lines = lines(&[100, 400, 380, 90, 3000, 16]);
        assert_eq!(batches(&lines), [vec![4], vec![1, 2], vec![0, 3], vec![5]]);
        assert!(batches(&[]).is_empty());
    }

    #[test]
    fn batches_are_bounded() {
        let sizes = |widths: &[usize]| -> Vec<usize> {
            batches(&lines(widths)).iter().map(Vec::len).collect()
        };
        assert_eq!(sizes(&[100; 20]), [8, 8, 4]);
        assert_eq!(sizes(&[2000; 5]), [2, 2, 1]);
    }

    #[test]
    fn shorter_lines_are_filled_up_with_grey() {
        let planes = planes(lines(&[2, 1]).iter(), &NORMAL);
        let numbers = planes.into_data();
        assert_eq!(numbers.len(), 2 * 3 * LINE_HEIGHT * 2);
        assert!(
            numbers[..3 * LINE_HEIGHT * 2]
                .iter()
                .all(|n| (n - 1.0).abs() < 1e-6)
        );
        let second = &numbers[3 * LINE_HEIGHT * 2..];
        assert!(
            second
                .chunks(2)
                .all(|row| (row[0] - 1.0).abs() < 1e-6 && row[1] == 0.0)
        );
    }
}
