//! The invitation to chat at the end of an analysis (contract 002-A10): a rule, then one line with a
//! speech balloon, so that clients can find it and take it off.

/// What was analysed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum About {
    /// A text or document.
    Document,
    /// A picture.
    Image,
    /// A recording.
    Audio,
    /// Anything without words of its own.
    General,
}

/// Adds the invitation to an analysis.
pub(crate) fn add(analysis: &str, about: About) -> String {
    let line = match about {
        About::Document => {
            "💬 Questions about this document? Ask them in Chat, and I will work through it with you."
        }
        About::Image => {
            "💬 Questions about this picture? Ask them in Chat, and I will tell you what I can."
        }
        About::Audio => {
            "💬 Questions about what was said? Ask them in Chat, and we will follow them up."
        }
        About::General => {
            "💬 Want to go on from here? Ask in Chat, and we will take the next step."
        }
    };
    let analysis = analysis.trim_end();
    if analysis.is_empty() {
        return line.to_owned();
    }
    format!("{analysis}\n\n---\n\n{line}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a10_002_a_rule_and_a_balloon_end_the_analysis() {
        let ended = add("All good.\n", About::Document);
        assert!(ended.starts_with("All good.\n\n---\n\n💬 "));
        assert!(add("  ", About::General).starts_with("💬 "));
        let lines = [About::Image, About::Audio, About::Document, About::General]
            .map(|about| add("", about));
        let different: std::collections::BTreeSet<&String> = lines.iter().collect();
        assert_eq!(different.len(), 4);
    }
}
