//! What kind of activity a task is, by its first telling word (contract 002-A3, D8.3).

use std::sync::LazyLock;

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

/// A telling word, ready to be compared.
struct Telling {
    category: Category,
    word: &'static str,
    /// Stems that stand beside each other.
    stems: Vec<String>,
    /// It counts as the first word only.
    first: bool,
}

static TELLING: LazyLock<Vec<Telling>> = LazyLock::new(|| {
    let all = WORDS
        .iter()
        .flat_map(|(category, words)| words.iter().map(|word| (*category, *word)));
    let telling = all.map(|(category, marked)| {
        let word = marked.trim_start_matches('^');
        let stems = match word.split_once(' ') {
            Some((first, second)) => vec![first.to_owned(), second.to_owned()],
            None => vec![words::stem(word)],
        };
        Telling {
            category,
            word,
            stems,
            first: marked.starts_with('^'),
        }
    });
    telling.collect()
});

/// The category of a summary, and the word that decided.
pub(crate) fn of(summary: &str) -> (Category, Option<&'static str>) {
    let lower = summary.to_lowercase();
    let stems: Vec<String> = lower
        .split(|c: char| !(c.is_alphanumeric() || c == '-'))
        .filter(|word| !word.is_empty())
        .map(words::stem)
        .collect();
    let hit = TELLING
        .iter()
        .find(|telling| match telling.stems.as_slice() {
            [stem] if telling.first => stems.first() == Some(stem),
            [stem] => stems.contains(stem),
            pair => stems.windows(2).any(|words| words == pair),
        });
    hit.map_or((Category::General, None), |telling| {
        (telling.category, Some(telling.word))
    })
}
