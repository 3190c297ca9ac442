//! Where a line of text stands: rectangles that may be turned, in pixels with y downwards.

/// A place or a direction.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Point {
    pub x: f32,
    pub y: f32,
}

impl Point {
    pub(super) const RIGHT: Self = Self { x: 1.0, y: 0.0 };

    pub(super) fn at_angle(radians: f32) -> Self {
        let (y, x) = radians.sin_cos();
        Self { x, y }
    }

    pub(super) fn dot(self, other: Self) -> f32 {
        self.x * other.x + self.y * other.y
    }

    pub(super) fn plus(self, other: Self, times: f32) -> Self {
        Self {
            x: self.x + other.x * times,
            y: self.y + other.y * times,
        }
    }

    /// A quarter turn clockwise, as it looks on the screen: from right to down.
    pub(super) fn turned(self) -> Self {
        Self {
            x: -self.y,
            y: self.x,
        }
    }

    pub(super) fn reversed(self) -> Self {
        Self {
            x: -self.x,
            y: -self.y,
        }
    }

    pub(super) fn norm(self) -> f32 {
        self.x.hypot(self.y)
    }

    /// The same direction with length 1; to the right where there is none.
    pub(super) fn unit(self) -> Self {
        let norm = self.norm();
        if norm > f32::EPSILON && norm.is_finite() {
            Self {
                x: self.x / norm,
                y: self.y / norm,
            }
        } else {
            Self::RIGHT
        }
    }
}

/// An upright rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Frame {
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
}

impl Frame {
    pub(super) fn height(&self) -> f32 {
        self.bottom - self.top
    }

    pub(super) fn middle(&self) -> Point {
        Point {
            x: f32::midpoint(self.left, self.right),
            y: f32::midpoint(self.top, self.bottom),
        }
    }

    /// How much of the lower of the two stands beside the other: from 0 to 1.
    pub(super) fn beside(&self, other: &Self) -> f32 {
        let shared = self.bottom.min(other.bottom) - self.top.max(other.top);
        (shared / self.height().min(other.height())).clamp(0.0, 1.0)
    }

    pub(super) fn joined(&self, other: &Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }
}

/// A rectangle around a line of text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct LineBox {
    pub centre: Point,
    /// Direction of reading, of length 1.
    pub along: Point,
    /// Extent in the direction of reading.
    pub length: f32,
    /// Extent across it.
    pub height: f32,
}

impl LineBox {
    /// Grown on every side by area × `ratio` / perimeter: detectors mark the heart of a line, and this
    /// is how much of it they were taught to leave out (“unclip” of Liao et al., Real-time Scene Text
    /// Detection with Differentiable Binarization, 2019).
    pub(super) fn grown(self, ratio: f32) -> Self {
        let by = self.length * self.height * ratio / (2.0 * (self.length + self.height));
        Self {
            length: self.length + 2.0 * by,
            height: self.height + 2.0 * by,
            ..self
        }
    }

    /// The same box in a picture stretched by `x` and `y`.
    pub(super) fn stretched(self, x: f32, y: f32) -> Self {
        let stretch = |point: Point| Point {
            x: point.x * x,
            y: point.y * y,
        };
        let along = stretch(self.along);
        Self {
            centre: stretch(self.centre),
            along: along.unit(),
            length: self.length * along.norm(),
            height: self.height * stretch(self.along.turned()).norm(),
        }
    }

    /// The same place, read from the other end.
    pub(super) fn upside_down(self) -> Self {
        Self {
            along: self.along.reversed(),
            ..self
        }
    }

    /// The point at these shares of length and height, both from 0 to 1.
    pub(super) fn at(&self, along: f32, down: f32) -> Point {
        self.centre
            .plus(self.along, (along - 0.5) * self.length)
            .plus(self.along.turned(), (down - 0.5) * self.height)
    }

    /// The upright box around it in a picture of that size.
    pub(super) fn bounds(&self, width: f32, height: f32) -> [f32; 4] {
        let frame = self.seen_from(Point::RIGHT);
        [
            frame.left.clamp(0.0, width),
            frame.top.clamp(0.0, height),
            frame.right.clamp(0.0, width),
            frame.bottom.clamp(0.0, height),
        ]
    }

    /// The box around it for a reader who holds the page so that `right` points to the right.
    pub(super) fn seen_from(&self, right: Point) -> Frame {
        let middle = Point {
            x: self.centre.dot(right),
            y: self.centre.dot(right.turned()),
        };
        let (cos, sin) = (
            self.along.dot(right).abs(),
            self.along.dot(right.turned()).abs(),
        );
        let half_width = f32::midpoint(self.length * cos, self.height * sin);
        let half_height = f32::midpoint(self.length * sin, self.height * cos);
        Frame {
            left: middle.x - half_width,
            top: middle.y - half_height,
            right: middle.x + half_width,
            bottom: middle.y + half_height,
        }
    }
}

/// The direction in which most of the text is read, by length. Lines across it have no say.
pub(super) fn page_direction(lines: impl Iterator<Item = (Point, f32)>) -> Point {
    // One sum for each quarter: right, down, left, up.
    let mut sums = [Point { x: 0.0, y: 0.0 }; 4];
    for (along, length) in lines {
        let quarter = match (along.x.abs() >= along.y.abs(), along.x > 0.0, along.y > 0.0) {
            (true, true, _) => 0,
            (false, _, true) => 1,
            (true, false, _) => 2,
            (false, _, false) => 3,
        };
        sums[quarter] = sums[quarter].plus(along, length);
    }
    let longest = sums.into_iter().reduce(
        |best, sum| {
            if sum.norm() > best.norm() { sum } else { best }
        },
    );
    longest.unwrap_or(Point::RIGHT).unit()
}

/// The nearest whole number; what is negative or no number is 0.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the cast saturates, which is what is wanted"
)]
pub(super) fn whole(number: f32) -> usize {
    number.round() as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f32, b: f32) -> bool {
        (a - b).abs() < 1e-3
    }

    fn line(angle: f32) -> LineBox {
        LineBox {
            centre: Point { x: 50.0, y: 40.0 },
            along: Point::at_angle(angle.to_radians()),
            length: 60.0,
            height: 10.0,
        }
    }

    #[test]
    fn a_box_grows_by_area_over_perimeter() {
        let grown = line(0.0).grown(1.6);
        // 60 × 10 × 1.6 / 140 on each side.
        assert!(close(grown.length, 60.0 + 2.0 * 6.857), "{grown:?}");
        assert!(close(grown.height, 10.0 + 2.0 * 6.857), "{grown:?}");
        assert_eq!(grown.centre, line(0.0).centre);
    }

    #[test]
    fn bounds_stand_around_a_turned_box_and_end_with_the_picture() {
        let [left, top, right, bottom] = line(90.0).bounds(100.0, 100.0);
        assert!(close(left, 45.0) && close(right, 55.0));
        assert!(close(top, 10.0) && close(bottom, 70.0));
        let [left, _, right, _] = line(0.0).bounds(70.0, 100.0);
        assert!(close(left, 20.0) && close(right, 70.0));
    }

    #[test]
    fn a_turned_page_is_seen_upright() {
        let frame = line(2.0).seen_from(Point::at_angle(2_f32.to_radians()));
        assert!(close(frame.height(), 10.0), "{frame:?}");
        assert!(close(frame.right - frame.left, 60.0), "{frame:?}");
    }

    #[test]
    fn shares_run_along_and_down() {
        let begin = line(0.0).at(0.0, 0.0);
        assert!(close(begin.x, 20.0) && close(begin.y, 35.0));
        let end = line(0.0).upside_down().at(0.0, 0.0);
        assert!(close(end.x, 80.0) && close(end.y, 45.0));
        let down = line(90.0).at(1.0, 0.5);
        assert!(close(down.x, 50.0) && close(down.y, 70.0));
    }

    #[test]
    fn stretching_keeps_the_corners() {
        let before = line(30.0);
        let after = before.stretched(2.0, 2.0);
        let (corner, stretched) = (before.at(0.0, 1.0), after.at(0.0, 1.0));
        assert!(close(corner.x * 2.0, stretched.x) && close(corner.y * 2.0, stretched.y));
        assert!(close(line(90.0).stretched(2.0, 3.0).length, 180.0));
        assert!(close(line(90.0).stretched(2.0, 3.0).height, 20.0));
    }

    #[test]
    fn the_page_is_read_where_most_text_runs() {
        let lines = [(2.0, 400.0), (1.0, 200.0), (90.0, 300.0), (2.0, 100.0)];
        let lines =
            lines.map(|(angle, length): (f32, f32)| (Point::at_angle(angle.to_radians()), length));
        let page = page_direction(lines.into_iter());
        assert!(page.x > 0.99 && page.y > 0.0, "{page:?}");
        assert_eq!(page_direction(std::iter::empty()), Point::RIGHT);
        let up = page_direction(std::iter::once((Point::at_angle(-1.57), 5.0)));
        assert!(up.y < -0.99, "{up:?}");
    }

    #[test]
    fn whole_numbers_never_overflow() {
        assert_eq!([whole(2.5), whole(-3.0), whole(f32::NAN)], [3, 0, 0]);
        assert_eq!(whole(f32::INFINITY), usize::MAX);
    }
}
