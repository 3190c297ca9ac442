//! What a picture is about, told by the words of its caption (contract 002-A6, D8.8): whole words with
//! their plurals and joined forms, the first group of meeting, chart, planning and document that
//! matches.

use domain::file::Topic;

/// Groups in the order in which they are tried.
const GROUPS: [(Topic, &[&str]); 4] = [
    (
        Topic::Meeting,
        &[
            "meeting",
            "presentation",
            "slide",
            "slideshow",
            "whiteboard",
            "projector",
            "conference",
            "discussion",
        ],
    ),
    (
        Topic::Chart,
        &[
            "chart",
            "graph",
            "data",
            "statistic",
            "number",
            "percentage",
            "bar",
            "pie",
            "dashboard",
            "histogram",
            "barchart",
            "piechart",
        ],
    ),
    (
        Topic::Planning,
        &[
            "calendar",
            "schedule",
            "plan",
            "planner",
            "timeline",
            "diagram",
            "flowchart",
            "workflow",
            "list",
            "checklist",
            "note",
            "roadmap",
        ],
    ),
    (
        Topic::Document,
        &[
            "document", "paper", "text", "book", "report", "form", "contract", "letter", "invoice",
        ],
    ),
];

/// Words that mean a chart only beside a word that says so: pies are eaten too.
const WEAK: [&str; 2] = ["bar", "pie"];
/// What makes them a chart.
const STRENGTH: [&str; 4] = ["chart", "graph", "data", "percentage"];

/// What the words are about; `None` where they do not say.
pub(super) fn detect(caption: &str) -> Option<Topic> {
    let lower = caption.to_lowercase();
    let words: Vec<&str> = lower
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let says = |known: &str| words.iter().any(|word| is(word, known));
    let strong = STRENGTH.iter().any(|word| says(word));
    GROUPS.iter().find_map(|(topic, known)| {
        let hit = known
            .iter()
            .any(|&known| (strong || !WEAK.contains(&known)) && says(known));
        hit.then_some(*topic)
    })
}

/// The word itself or its plural.
fn is(word: &str, known: &str) -> bool {
    word == known
        || word
            .strip_prefix(known)
            .is_some_and(|end| matches!(end, "s" | "es"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a6_002_the_first_group_whose_whole_word_stands_there_wins() {
        for (caption, topic) in [
            ("a whiteboard with notes on it", Some(Topic::Meeting)),
            ("a bar chart showing sales data", Some(Topic::Chart)),
            ("a calendar on a desk", Some(Topic::Planning)),
            ("a man reading a book", Some(Topic::Document)),
            ("a dog in a park", None),
            ("a listening device", None),
            ("a pie with berries", None),
            ("a pie chart of the budget", Some(Topic::Chart)),
            ("people at a bar", None),
            ("two dashboards side by side", Some(Topic::Chart)),
            ("a flowchart of the release", Some(Topic::Planning)),
            ("a Workflow, drawn by hand", Some(Topic::Planning)),
            ("a diagram of a machine", Some(Topic::Planning)),
            ("a graph with two axes", Some(Topic::Chart)),
            ("a stack of contracts", Some(Topic::Document)),
            ("", None),
        ] {
            assert_eq!(detect(caption), topic, "{caption}");
        }
    }
}
