//! Times of a day's plan that are written with a dot: `7.30 school run`.

use std::borrow::Cow;

/// The text with a colon in the times that open its lines, where at least three lines count up
/// through a day; every byte keeps its place.
pub(crate) fn with_colons(text: &str) -> Cow<'_, str> {
    let mut dots: Vec<usize> = Vec::new();
    let mut last = 0;
    let mut wraps = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let skip = line.len() - line.trim_start_matches([' ', '\t', '-', '*', '•']).len();
        if let Some((hour, minute, dot)) = opening(&line[skip..]) {
            let minutes = hour * 60 + minute;
            // Only noon lies between a greater and a smaller time.
            let noon = minutes < last && last >= 8 * 60 && hour < 8;
            wraps += if noon {
                1
            } else {
                2 * usize::from(minutes < last)
            };
            last = minutes;
            dots.push(at + skip + dot);
        }
        at += line.len();
    }
    if dots.len() < 3 || wraps > 1 {
        return Cow::Borrowed(text);
    }
    let mut bytes = text.as_bytes().to_vec();
    for dot in dots {
        bytes[dot] = b':';
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// Hour, minute and the place of the dot, where a line opens with a time and goes on with a word.
fn opening(line: &str) -> Option<(usize, usize, usize)> {
    if !line.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (time, rest) = line.split_once(' ')?;
    let (hour, minute) = time.split_once('.')?;
    let figures = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if hour.len() > 2 || minute.len() != 2 || !figures(hour) || !figures(minute) {
        return None;
    }
    let (dot, hour, minute) = (hour.len(), hour.parse().ok()?, minute.parse().ok()?);
    let word = rest
        .trim_start()
        .starts_with(|c: char| c.is_alphabetic() || c == '–' || c == '-');
    (word && hour < 24 && minute < 60 && minute % 5 == 0).then_some((hour, minute, dot))
}

#[cfg(test)]
mod tests {
    use super::with_colons;

    #[test]
    fn a_day_is_counted_through() {
        assert_eq!(
            with_colons("Sat\n9.00 bakery\n11.15 choir\n2.30 call Ida"),
            "Sat\n9:00 bakery\n11:15 choir\n2:30 call Ida"
        );
    }

    #[test]
    fn prices_and_single_numbers_stay() {
        for text in [
            "3.50 tea\n2.80 cake\n4.20 soup\n1.10 milk",
            "9.00 bakery",
            "1.5 km\n2.5 km",
        ] {
            assert_eq!(with_colons(text), text);
        }
    }
}
