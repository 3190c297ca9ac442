//! What kind of activity a task is, by its first telling word (contract 002-A3, D8.3).

use crate::task::Category;
use crate::words;

/// Words by category; the first category with a hit wins. `^` marks a word that counts only as the
/// verb, in front.
const WORDS: [(Category, &[&str]); 4] = [
    (
        Category::Communication,
        &[
            "meeting",
            "call",
            "email",
            "contact",
            "mail",
            "^phone",
            "^message",
            "^text",
            "^reply",
            "^invite",
            "^ask",
            "^tell",
            "^remind",
            "^talk",
            "^discuss",
            "e-mail",
            "^respond",
            "^answer",
            "^announce",
            "^notify",
            "^inform",
            "interview",
            "^ping",
            "^chat",
            "^thank",
            "write to",
        ],
    ),
    (
        Category::Research,
        &[
            "research",
            "analyze",
            "analyse",
            "study",
            "learn",
            "^investigate",
            "^compare",
            "^read",
            "^explore",
            "^evaluate",
            "find out",
            "look into",
            "^survey",
            "^examine",
        ],
    ),
    (
        Category::Development,
        &[
            "create",
            "build",
            "develop",
            "design",
            "^implement",
            "^write",
            "^draft",
            "^code",
            "^refactor",
            "^deploy",
            "^fix",
            "^program",
            "^prototype",
        ],
    ),
    (
        Category::Planning,
        &[
            "plan",
            "organize",
            "organise",
            "schedule",
            "^arrange",
            "^prepare",
            "^book",
            "^coordinate",
            "^prioritise",
            "^prioritize",
            "^reschedule",
        ],
    ),
];

/// The category of a summary, and the word that decided.
pub(crate) fn of(summary: &str) -> (Category, Option<&'static str>) {
    let lower = summary.to_lowercase();
    let stems: Vec<String> = lower
        .split(|c: char| !(c.is_alphanumeric() || c == '-'))
        .filter(|word| !word.is_empty())
        .map(words::stem)
        .collect();
    for (category, known) in WORDS {
        let hit = known.iter().find(|word| match word.split_once(' ') {
            Some((first, second)) => stems
                .windows(2)
                .any(|pair| pair[0] == first && pair[1] == second),
            None => match word.strip_prefix('^') {
                Some(verb) => stems
                    .first()
                    .is_some_and(|first| *first == words::stem(verb)),
                None => stems.contains(&words::stem(word)),
            },
        });
        if let Some(word) = hit {
            return (category, Some(word.trim_start_matches('^')));
        }
    }
    (Category::General, None)
}
