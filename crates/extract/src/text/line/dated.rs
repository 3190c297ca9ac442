//! Lines that open with a day, whose numbers are no number of an item: `4.3. call the bank`, `14.3. renew the pass`.

use super::{Line, Shape};
use crate::text::layout::is_dotted_day;

/// Gives the days back to lines of the same month, one after the other. `1.1.` and `1.2.` are sections.
pub(super) fn days(text: &str, lines: &mut [Line]) {
    let mut at = 0;
    while at < lines.len() {
        let Some((_, month, _)) = day_in_front(text, &lines[at]) else {
            at += 1;
            continue;
        };
        let mut last = 0;
        let run: Vec<usize> = lines[at..]
            .iter()
            .map_while(|line| {
                let (day, own, start) = day_in_front(text, line)?;
                let goes_on = own == month && day > last;
                last = day;
                goes_on.then_some(start)
            })
            .collect();
        if run.len() >= 2 {
            for (line, start) in lines[at..].iter_mut().zip(&run) {
                line.range.start = *start;
                line.shape = match line.shape {
                    Shape::Item {
                        indent,
                        checked,
                        number: Some(_),
                    } if checked.is_some() || !opens_line(text, *start) => Shape::Item {
                        indent,
                        checked,
                        number: None,
                    },
                    Shape::Item { indent, .. } => Shape::Text { indent },
                    _ => continue,
                };
            }
        }
        at += run.len().max(1);
    }
}

/// The day and month that were taken for the number of an item, and where they stand.
fn day_in_front(text: &str, line: &Line) -> Option<(u8, u8, usize)> {
    if !matches!(
        line.shape,
        Shape::Item {
            number: Some(_),
            ..
        }
    ) {
        return None;
    }
    let before = text[..line.range.start].trim_end_matches(' ');
    let start = before.rfind([' ', '\n', '\t']).map_or(0, |at| at + 1);
    let label = &before[start..];
    if !is_dotted_day(label) {
        return None;
    }
    let (day, month) = label.trim_end_matches('.').split_once('.')?;
    Some((day.parse().ok()?, month.parse().ok()?, start))
}

fn opens_line(text: &str, start: usize) -> bool {
    let before = text[..start].trim_end_matches([' ', '\t']);
    before.is_empty() || before.ends_with('\n')
}

#[cfg(test)]
mod tests {
    use crate::testing::{dues, found};

    #[test]
    fn lines_that_open_with_a_day_are_due_then() {
        for (text, days) in [
            (
                "14.3. call the bank\n15.3. renew the pass\n18.3. hand in the form",
                ["2026-03-14", "2026-03-15", "2026-03-18"],
            ),
            (
                "14.12. call the bank\n15.12. renew the pass\n18.12. hand in the form",
                ["2026-12-14", "2026-12-15", "2026-12-18"],
            ),
            (
                "14/4 call the bank\n15/4 renew the pass\n18/4 hand in the form",
                ["2026-04-14", "2026-04-15", "2026-04-18"],
            ),
            (
                "- 14.5. call the bank\n- 15.5. renew the pass\n- 18.5. hand in the form",
                ["2026-05-14", "2026-05-15", "2026-05-18"],
            ),
        ] {
            assert_eq!(
                found(text),
                ["Call the bank", "Renew the pass", "Hand in the form"],
                "{text}"
            );
            let days = days.map(|day| Some(day.to_owned()));
            assert_eq!(dues(text), days, "{text}");
        }
    }

    #[test]
    fn numbers_of_sections_and_parts_are_no_days() {
        for text in [
            "1.1. Call the bank\n1.2. Renew the pass\n1.3. Hand in the form",
            "2.1 Call the bank\n2.2 Renew the pass\n3.1 Hand in the form",
            "1. Call the bank\n2. Renew the pass\n3. Hand in the form",
        ] {
            assert_eq!(dues(text), [None, None, None], "{text}");
            assert_eq!(
                found(text),
                ["Call the bank", "Renew the pass", "Hand in the form"],
                "{text}"
            );
        }
    }
}
