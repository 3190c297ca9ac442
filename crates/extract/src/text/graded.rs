//! Lists whose lines open with how much each presses: `(high) sign the renewal`, `(mid) stack pallets`.

use super::line::{Line, Shape};

/// Makes items of such lines, and takes the marks of the middle grade, which say nothing, from items.
pub(super) fn items(text: &str, lines: &mut [Line]) {
    let graded = |line: &&Line| {
        let plain = matches!(line.shape, Shape::Text { .. });
        plain && mark(&text[line.range.clone()]).is_some()
    };
    let several = lines.iter().filter(graded).nth(1).is_some();
    for line in lines {
        let Some((length, middle)) = mark(&text[line.range.clone()]) else {
            continue;
        };
        match line.shape {
            Shape::Text { indent } if several => {
                line.shape = Shape::Item {
                    indent,
                    checked: None,
                    number: None,
                };
            }
            Shape::Item { .. } => {}
            _ => continue,
        }
        if middle {
            line.range.start += length;
        }
    }
}

/// The length of the mark a line opens with, with the blank behind it, and whether it is of the middle grade.
fn mark(words: &str) -> Option<(usize, bool)> {
    let inner = words.strip_prefix(['(', '['])?;
    let close = inner.find([')', ']']).filter(|at| *at <= 12)?;
    let grade = inner[..close].trim_end_matches('!').to_lowercase();
    let middle = matches!(
        grade.as_str(),
        "mid" | "med" | "medium" | "normal" | "p2" | "m"
    );
    let outer = matches!(
        grade.as_str(),
        "high"
            | "low"
            | "urgent"
            | "important"
            | "critical"
            | "asap"
            | "p0"
            | "p1"
            | "p3"
            | "p4"
            | "can wait"
            | "no rush"
            | "someday"
            | "whenever"
    );
    let rest = &inner[close + 1..];
    let length = words.len() - rest.trim_start().len();
    (rest.starts_with(' ') && (middle || outer)).then_some((length, middle))
}

#[cfg(test)]
mod tests {
    use crate::testing::found;

    #[test]
    fn lines_that_open_with_a_grade_are_items() {
        assert_eq!(
            found(
                "Warehouse\n(high!) sign the renewal\n(mid) stack pallets\n(low) rename the goats"
            ),
            ["Sign the renewal", "Stack pallets", "Rename the goats"]
        );
        assert_eq!(
            found("- [mid] stack pallets\n- buy milk"),
            ["Stack pallets", "Buy milk"]
        );
    }
}
