//! Lists whose lines open with how much each presses: `(high) sign the renewal`, `(mid) stack pallets`.

use super::line::{Line, Shape};
use crate::task::Priority;
use crate::token::{List, list};
use crate::words::lower;

/// How much something presses, in so many words.
const GRADES: [(Priority, List<'static>); 3] = [
    (
        Priority::High,
        list![
            "high",
            "highest",
            "critical",
            "urgent",
            "important",
            "p0",
            "p1",
            "blocker",
            "top",
            "major",
            "sev1",
            "asap",
            "hi",
        ],
    ),
    (
        Priority::Medium,
        list!["mid", "med", "medium", "normal", "p2", "m"],
    ),
    (
        Priority::Low,
        list![
            "low", "lowest", "minor", "trivial", "p3", "p4", "whenever", "someday", "can wait",
            "no rush", "lo",
        ],
    ),
];

/// The grade that words in lower case name.
pub(super) fn grade(words: &str) -> Option<Priority> {
    let named = |(_, list): &&(Priority, List<'_>)| list.holds(words);
    GRADES.iter().find(named).map(|(grade, _)| *grade)
}

/// Makes items of such lines, and takes the marks of the middle grade, which say nothing, from items.
pub(super) fn items(text: &str, lines: &mut [Line]) {
    let graded = |line: &&Line| {
        let plain = matches!(line.shape, Shape::Text { .. });
        plain && mark(&text[line.range.clone()]).is_some()
    };
    let several = lines.iter().filter(graded).nth(1).is_some();
    for line in lines {
        let Some((length, grade)) = mark(&text[line.range.clone()]) else {
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
        if grade == Priority::Medium {
            line.range.start += length;
        }
    }
}

/// The length of the mark a line opens with, with the blank behind it, and its grade.
fn mark(words: &str) -> Option<(usize, Priority)> {
    let inner = words.strip_prefix(['(', '['])?;
    let close = inner.find([')', ']']).filter(|at| *at <= 12)?;
    let grade = grade(&lower(inner[..close].trim_end_matches('!')))?;
    let rest = &inner[close + 1..];
    let length = words.len() - rest.trim_start().len();
    rest.starts_with(' ').then_some((length, grade))
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
