//! Suggestions in an analysis (contract 002-A4): numbered and bulleted lines under headings.

use domain::task::Priority;
use serde::{Deserialize, Serialize};

/// One suggestion of an analysis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// What is suggested.
    pub text: String,
    /// The heading it stands under, lower case; `general` before the first.
    pub category: String,
    /// By its words.
    pub priority: Priority,
    /// Whether it names something to do.
    pub actionable: bool,
}

const HEADINGS: [&str; 11] = [
    "CONTENT ANALYSIS",
    "ACTIONABLE TASKS",
    "PRIORITIES",
    "NEXT STEPS",
    "ORGANIZATION",
    "DATA INSIGHTS",
    "DECISION POINTS",
    "MONITORING TASKS",
    "VISUAL CONTENT",
    "WORK-RELATED ELEMENTS",
    "ACTIONABLE INSIGHTS",
];
/// Lines must be longer than this to say something.
const SHORT: usize = 15;

/// Reads the suggestions out of an analysis.
pub(crate) fn read(analysis: &str) -> Vec<Suggestion> {
    let mut category = "general".to_owned();
    let mut suggestions = Vec::new();
    for line in analysis.lines().map(str::trim) {
        let upper = line.to_uppercase();
        if HEADINGS.iter().any(|heading| upper.contains(heading)) {
            let plain = line.trim_matches(|sign: char| !sign.is_alphanumeric());
            category = plain.to_lowercase().replace(':', "");
            continue;
        }
        if let Some(text) = body(line).filter(|text| text.chars().count() > SHORT) {
            suggestions.push(suggestion(text, &category));
        }
    }
    suggestions
}

/// What stands behind a number, a bullet, or “suggestion:”.
fn body(line: &str) -> Option<&str> {
    if let Some(rest) = line.strip_prefix(['-', '*', '•']) {
        return Some(rest.trim());
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        return line[digits..].strip_prefix(['.', ')']).map(str::trim);
    }
    let (label, rest) = line.split_once(':')?;
    let label = label.to_lowercase();
    let named = ["suggestion", "recommendation", "action"];
    named
        .iter()
        .any(|name| label.starts_with(name))
        .then(|| rest.trim())
}

fn suggestion(text: &str, category: &str) -> Suggestion {
    let text = text.replace("**", "");
    let lower = text.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let priority = if says(&["urgent", "immediately", "asap", "critical"]) {
        Priority::High
    } else if says(&["consider", "eventually", "when possible"]) {
        Priority::Low
    } else {
        Priority::Medium
    };
    let actionable = says(&[
        "create", "schedule", "review", "update", "contact", "organize",
    ]);
    Suggestion {
        text,
        category: category.to_owned(),
        priority,
        actionable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a4_002_lines_become_suggestions_under_their_heading() {
        let found = read(
            "1. Review the contract before Monday\n\
             **NEXT STEPS:**\n\
             - Contact the supplier immediately\n\
             - short one\n\
             Recommendation: consider a second supplier\n\
             Plain words are no suggestion at all.",
        );
        let told: Vec<_> = found
            .iter()
            .map(|one| (one.category.as_str(), one.priority.as_str(), one.actionable))
            .collect();
        assert_eq!(
            told,
            [
                ("general", "medium", true),
                ("next steps", "high", true),
                ("next steps", "low", false)
            ]
        );
    }
}
