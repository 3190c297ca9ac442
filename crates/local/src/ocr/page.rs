//! From a picture to its text: find lines, cut them out, read them, put them in order.

use std::sync::Arc;

use llm::{Pixels, TextLine};
use rten::ThreadPool;

use super::ctc::Reading;
use super::detect::Detector;
use super::geometry::{LineBox, page_direction};
use super::order::{Piece, arrange};
use super::pixels::{check, cut, line_width};
use super::read::Reader;
use super::upright::AngleModel;
use crate::resident::{EngineError, LoadError, Loading, Run};

/// Lines of a page at most; of more, the longest are read.
const MOST_LINES: usize = 200;
/// Lines read with less confidence than this are left out.
const LEAST_CONFIDENCE: f32 = 0.5;
/// When most lines are read with less confidence than this, the page may be upside down.
const DOUBTFUL: f32 = 0.8;

/// The three networks, and the threads they ran on last.
pub(super) struct PageReader {
    detector: Detector,
    reader: Reader,
    angle: AngleModel,
    pool: Option<(usize, Arc<ThreadPool>)>,
}

impl PageReader {
    pub(super) fn load(loading: &Loading<'_>) -> Result<Self, LoadError> {
        let detector = Detector::load(loading)?;
        loading.reached(40);
        let reader = Reader::load(loading)?;
        loading.reached(95);
        Ok(Self {
            detector,
            reader,
            angle: AngleModel::load(loading)?,
            pool: None,
        })
    }

    /// The whole text and its lines. Looks between the networks' runs whether it should go on.
    pub(super) fn read(
        &mut self,
        picture: &Pixels,
        run: &Run,
    ) -> Result<(String, Vec<TextLine>), EngineError> {
        check(picture)?;
        run.go_on()?;
        let pool = self.pool(run.threads());
        let mut boxes = self.detector.find(picture, &pool)?;
        if boxes.len() > MOST_LINES {
            tracing::debug!(
                picture.lines = boxes.len(),
                "only {MOST_LINES} lines are read"
            );
            boxes.sort_by(|a, b| b.length.total_cmp(&a.length));
            boxes.truncate(MOST_LINES);
        }
        run.go_on()?;
        let mut readings = self.read_lines(picture, &boxes, &pool, run)?;
        if is_doubtful(&readings) && self.angle.upside_down(picture, &boxes, &pool)? {
            let turned: Vec<LineBox> = boxes.iter().map(|line| line.upside_down()).collect();
            let again = self.read_lines(picture, &turned, &pool, run)?;
            if confidence(&again) > confidence(&readings) {
                (boxes, readings) = (turned, again);
            }
        }
        Ok(arrange(pieces(picture, &boxes, readings)))
    }

    fn read_lines(
        &self,
        picture: &Pixels,
        boxes: &[LineBox],
        pool: &Arc<ThreadPool>,
        run: &Run,
    ) -> Result<Vec<Reading>, EngineError> {
        let mut lines = Vec::with_capacity(boxes.len());
        for line in boxes {
            run.go_on()?;
            lines.push(cut(picture, line, line_width(line)));
        }
        self.reader.read(&lines, pool, run)
    }

    /// A pool of that width: rten would otherwise take every core.
    fn pool(&mut self, threads: usize) -> Arc<ThreadPool> {
        let there = self.pool.take().filter(|(width, _)| *width == threads);
        let make = || (threads, Arc::new(ThreadPool::with_num_threads(threads)));
        let (_, pool) = self.pool.insert(there.unwrap_or_else(make));
        Arc::clone(pool)
    }
}

fn is_doubtful(readings: &[Reading]) -> bool {
    let doubtful = |reading: &&Reading| reading.confidence < DOUBTFUL;
    2 * readings.iter().filter(doubtful).count() > readings.len()
}

/// Confidence of all lines together, by their length.
fn confidence(readings: &[Reading]) -> f32 {
    let length = |reading: &Reading| reading.text.chars().count() as f32;
    let sum: f32 = readings
        .iter()
        .map(|line| length(line) * line.confidence)
        .sum();
    sum / readings.iter().map(length).sum::<f32>().max(1.0)
}

/// What was read with confidence, as it lies for a reader who holds the page upright.
fn pieces(picture: &Pixels, boxes: &[LineBox], readings: Vec<Reading>) -> Vec<Piece> {
    let sure: Vec<(&LineBox, Reading)> = boxes
        .iter()
        .zip(readings)
        .filter(|(_, reading)| reading.confidence >= LEAST_CONFIDENCE && !reading.text.is_empty())
        .collect();
    let page = page_direction(sure.iter().map(|(line, _)| (line.along, line.length)));
    let piece = |(line, reading): (&LineBox, Reading)| Piece {
        text: reading.text,
        confidence: reading.confidence,
        place: line.seen_from(page),
        bounds: line.bounds(picture.width as f32, picture.height as f32),
    };
    sure.into_iter().map(piece).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ocr::geometry::Point;

    fn reading(text: &str, confidence: f32) -> Reading {
        Reading {
            text: text.to_owned(),
            confidence,
        }
    }

    #[test]
    fn most_lines_must_be_in_doubt() {
        assert!(!is_doubtful(&[]));
        assert!(!is_doubtful(&[reading("a", 0.9), reading("b", 0.1)]));
        assert!(is_doubtful(&[
            reading("a", 0.7),
            reading("b", 0.1),
            reading("c", 1.0)
        ]));
    }

    #[test]
    fn long_lines_weigh_more() {
        let sum = confidence(&[reading("aaa", 1.0), reading("b", 0.2)]);
        assert!((sum - 0.8).abs() < 1e-6, "{sum}");
        assert!(confidence(&[]) < f32::EPSILON);
    }

    #[test]
    fn doubtful_and_empty_lines_are_left_out() {
        let picture = Pixels {
            width: 100,
            height: 100,
            rgb: Vec::new(),
        };
        let line = LineBox {
            centre: Point { x: 50.0, y: 20.0 },
            along: Point::RIGHT,
            length: 200.0,
            height: 10.0,
        };
        let readings = vec![
            reading("kept", 0.5),
            reading("lost", 0.49),
            reading("", 1.0),
        ];
        let pieces = pieces(&picture, &[line; 3], readings);
        let [piece] = &pieces[..] else {
            panic!("{pieces:?}")
        };
        assert_eq!(
            (piece.text.as_str(), piece.bounds),
            ("kept", [0.0, 15.0, 100.0, 25.0])
        );
    }
}
