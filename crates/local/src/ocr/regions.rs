//! From a map of probabilities to boxes around lines: connected regions and their principal axes.

use super::geometry::{LineBox, Point, page_direction};

/// A cell is text from this probability on.
const TEXT: f32 = 0.3;
/// Regions with fewer cells are specks.
const SMALLEST: usize = 30;
/// Mean probability of a region that counts.
const MEAN: f32 = 0.5;
/// Regions looked at; what is beyond is noise.
const MOST: usize = 1000;
/// A region this many times longer than high shows its own direction.
const LONG: f32 = 2.0;

/// The probabilities of text, row by row.
pub(super) struct ProbabilityMap<'a> {
    pub width: usize,
    pub height: usize,
    pub cells: &'a [f32],
}

/// What is known of a region before its direction is decided.
#[derive(Debug, Clone, Default)]
struct Region {
    cells: Vec<(u16, u16)>,
    sum: f64,
}

/// How the cells of a region lie.
#[derive(Debug, Clone, Copy)]
struct Spread {
    centre: Point,
    /// Of the principal axis, in the right half or straight down.
    along: Point,
    /// Standard deviations along and across.
    long: f32,
    short: f32,
}

/// Boxes around the hearts of all lines, in cells of the map.
pub(super) fn lines(map: &ProbabilityMap<'_>) -> Vec<LineBox> {
    let regions = regions(map);
    let spreads: Vec<Spread> = regions.iter().map(|region| spread(&region.cells)).collect();
    let clear = || {
        spreads
            .iter()
            .filter(|spread| spread.long > LONG * spread.short)
    };
    let page = page_direction(clear().map(|spread| (spread.along, spread.long)));
    let usual = usual_height(clear().filter(|spread| spread.along.dot(page) > 0.9));
    regions
        .iter()
        .zip(&spreads)
        .map(|(region, spread)| {
            let own = spread.long > LONG * spread.short && !is_glyph(spread, page, usual);
            let along = if own { spread.along } else { page };
            fitted(&region.cells, spread.centre, along)
        })
        .collect()
}

/// Whether a region across the page is no higher than a line: a digit 1 rather than a line that runs
/// down.
fn is_glyph(spread: &Spread, page: Point, usual_height: Option<f32>) -> bool {
    let across = spread.along.dot(page).abs() < 0.5;
    across && usual_height.is_some_and(|height| spread.long < 2.0 * height)
}

fn usual_height<'a>(spreads: impl Iterator<Item = &'a Spread>) -> Option<f32> {
    let mut heights: Vec<f32> = spreads.map(|spread| spread.short).collect();
    heights.sort_by(f32::total_cmp);
    heights.get(heights.len() / 2).copied()
}

/// The regions that count: neighbours are joined over edges and corners.
fn regions(map: &ProbabilityMap<'_>) -> Vec<Region> {
    let mut left: Vec<bool> = map.cells.iter().map(|cell| *cell >= TEXT).collect();
    let mut found = Vec::new();
    let mut start = 0;
    while let Some(next) = left[start..].iter().position(|cell| *cell) {
        start += next;
        let region = flood(map, &mut left, start);
        let cells = region.cells.len();
        if cells >= SMALLEST && region.sum >= f64::from(MEAN) * cells as f64 {
            found.push(region);
            if found.len() == MOST {
                break;
            }
        }
    }
    found
}

/// Takes the region around a cell out of what is left.
fn flood(map: &ProbabilityMap<'_>, left: &mut [bool], start: usize) -> Region {
    let mut region = Region::default();
    let mut waiting = vec![start];
    left[start] = false;
    while let Some(at) = waiting.pop() {
        let (x, y) = (at % map.width, at / map.width);
        region.sum += f64::from(map.cells[at]);
        let narrow = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        region.cells.push((narrow(x), narrow(y)));
        for y in y.saturating_sub(1)..(y + 2).min(map.height) {
            for x in x.saturating_sub(1)..(x + 2).min(map.width) {
                let neighbour = y * map.width + x;
                if left[neighbour] {
                    left[neighbour] = false;
                    waiting.push(neighbour);
                }
            }
        }
    }
    region
}

/// The middle of a cell.
fn middle((x, y): (u16, u16)) -> Point {
    Point {
        x: f32::from(x) + 0.5,
        y: f32::from(y) + 0.5,
    }
}

/// The principal axis, from the second moments.
#[expect(
    clippy::cast_possible_truncation,
    reason = "moments are summed exactly and then need no more than a float"
)]
fn spread(cells: &[(u16, u16)]) -> Spread {
    let (mut x, mut y, mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for cell in cells {
        let point = middle(*cell);
        let (px, py) = (f64::from(point.x), f64::from(point.y));
        x += px;
        y += py;
        xx += px * px;
        yy += py * py;
        xy += px * py;
    }
    let n = cells.len().max(1) as f64;
    let (x, y) = (x / n, y / n);
    // A cell is a square, not a point: its own variance is 1/12.
    let (xx, yy, xy) = (
        xx / n - x * x + 1.0 / 12.0,
        yy / n - y * y + 1.0 / 12.0,
        xy / n - x * y,
    );
    let angle = 0.5 * (2.0 * xy).atan2(xx - yy);
    let mean = f64::midpoint(xx, yy);
    let half = ((xx - yy) / 2.0).hypot(xy);
    let along = Point::at_angle(angle as f32);
    // A line that runs steeply is one that reads down.
    let reversed = along.y < 0.0 && along.y.abs() > along.x.abs();
    Spread {
        centre: Point {
            x: x as f32,
            y: y as f32,
        },
        along: if reversed { along.reversed() } else { along },
        long: (mean + half).max(0.0).sqrt() as f32,
        short: (mean - half).max(0.0).sqrt() as f32,
    }
}

/// The smallest box in that direction around all cells.
fn fitted(cells: &[(u16, u16)], around: Point, along: Point) -> LineBox {
    let down = along.turned();
    let mut least = [0.0_f32; 2];
    let mut most = [0.0_f32; 2];
    for cell in cells {
        let from_centre = middle(*cell).plus(around, -1.0);
        for (axis, place) in [from_centre.dot(along), from_centre.dot(down)]
            .into_iter()
            .enumerate()
        {
            least[axis] = least[axis].min(place);
            most[axis] = most[axis].max(place);
        }
    }
    let shift = [
        f32::midpoint(least[0], most[0]),
        f32::midpoint(least[1], most[1]),
    ];
    LineBox {
        centre: around.plus(along, shift[0]).plus(down, shift[1]),
        along,
        // From middle to middle of the outermost cells, and half a cell at either end.
        length: most[0] - least[0] + 1.0,
        height: most[1] - least[1] + 1.0,
    }
}

#[cfg(test)]
mod tests;
