use proptest::prelude::*;

use super::*;

/// A map of nothing.
struct Sheet {
    width: usize,
    height: usize,
    cells: Vec<f32>,
}

impl Sheet {
    fn new(width: usize, height: usize) -> Self {
        Self {
            width,
            height,
            cells: vec![0.0; width * height],
        }
    }

    /// Marks a turned box with a probability.
    fn mark(mut self, line: LineBox, probability: f32) -> Self {
        for y in 0..self.height {
            for x in 0..self.width {
                let place = Point {
                    x: x as f32 + 0.5,
                    y: y as f32 + 0.5,
                };
                let from = place.plus(line.centre, -1.0);
                if from.dot(line.along).abs() <= line.length / 2.0
                    && from.dot(line.along.turned()).abs() <= line.height / 2.0
                {
                    self.cells[y * self.width + x] = probability;
                }
            }
        }
        self
    }

    fn lines(&self) -> Vec<LineBox> {
        lines(&ProbabilityMap {
            width: self.width,
            height: self.height,
            cells: &self.cells,
        })
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
fn the_principal_axis_is_found_at_any_angle() {
    for degrees in [-40.0, -10.0, -2.0, 0.0, 2.0, 15.0, 44.0, 80.0, 90.0] {
        let sheet = Sheet::new(200, 200).mark(line(100.0, 90.0, 120.0, 14.0, degrees), 0.9);
        let [found] = sheet.lines()[..] else {
            panic!("{degrees}: {:?}", sheet.lines());
        };
        let wanted = Point::at_angle(f32::to_radians(degrees));
        assert!(found.along.dot(wanted) > 0.9995, "{degrees}: {found:?}");
        assert!((found.length - 120.0).abs() < 2.5, "{degrees}: {found:?}");
        assert!((found.height - 14.0).abs() < 2.5, "{degrees}: {found:?}");
        assert!((found.centre.x - 100.0).abs() < 1.0 && (found.centre.y - 90.0).abs() < 1.0);
    }
}

#[test]
fn a_steep_line_reads_down() {
    let sheet = Sheet::new(100, 200).mark(line(50.0, 100.0, 150.0, 12.0, 93.0), 0.9);
    let found = sheet.lines();
    assert!(found[0].along.y > 0.99, "{found:?}");
}

#[test]
fn a_short_word_takes_the_direction_of_the_page() {
    let sheet = Sheet::new(300, 100)
        .mark(line(150.0, 30.0, 260.0, 12.0, 3.0), 0.9)
        .mark(line(20.0, 70.0, 12.0, 12.0, 3.0), 0.9);
    let found = sheet.lines();
    assert_eq!(found.len(), 2);
    assert!(found[1].along.dot(found[0].along) > 0.9999, "{found:?}");
}

#[test]
fn a_lonely_digit_is_no_line_that_runs_down() {
    let sheet = Sheet::new(300, 200)
        .mark(line(160.0, 30.0, 200.0, 14.0, 0.0), 0.9)
        .mark(line(20.0, 30.0, 14.0, 4.0, 90.0), 0.9)
        .mark(line(20.0, 120.0, 100.0, 14.0, 90.0), 0.9);
    let mut found = sheet.lines();
    found.sort_by(|a, b| a.length.total_cmp(&b.length));
    assert!(found[0].along.x > 0.99, "{found:?}");
    assert!(found[1].along.y > 0.99, "{found:?}");
}

#[test]
fn specks_and_doubts_are_left_out() {
    let sheet = Sheet::new(100, 100)
        .mark(line(20.0, 20.0, 4.0, 4.0, 0.0), 0.9)
        .mark(line(50.0, 50.0, 60.0, 10.0, 0.0), 0.4)
        .mark(line(50.0, 80.0, 60.0, 10.0, 0.0), 0.6);
    assert_eq!(sheet.lines().len(), 1);
}

#[test]
fn regions_that_touch_at_a_corner_are_one() {
    let mut sheet = Sheet::new(40, 40);
    for i in 0..40 {
        sheet.cells[i * 40 + i] = 1.0;
    }
    assert_eq!(sheet.lines().len(), 1);
}

#[test]
fn noise_is_bounded() {
    let mut sheet = Sheet::new(1000, 500);
    for y in (0..500).filter(|y| y % 7 < 6) {
        for x in (0..1000).filter(|x| x % 7 < 6) {
            sheet.cells[y * 1000 + x] = 1.0;
        }
    }
    assert_eq!(sheet.lines().len(), MOST);
}

proptest! {
    #[test]
    fn any_map_gives_sound_boxes(
        width in 1_usize..40,
        cells in proptest::collection::vec(prop_oneof![Just(0.0_f32), 0.0_f32..1.0, Just(f32::NAN)], 0..1600),
    ) {
        let height = cells.len() / width;
        let cells = &cells[..width * height];
        for line in lines(&ProbabilityMap { width, height, cells }) {
            prop_assert!(line.length >= 1.0 && line.height >= 1.0, "{:?}", line);
            prop_assert!((line.along.norm() - 1.0).abs() < 1e-3, "{:?}", line);
            let [left, top, right, bottom] = line.bounds(width as f32, height as f32);
            prop_assert!(left < right && top < bottom, "{:?}", line);
        }
    }
}
