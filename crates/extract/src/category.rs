//! What kind of activity a task is, by its first telling word (contract 002-A3, D8.3).

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::hash::HashMap;
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

/// The telling words by their first stem, each with its place: the first place that is hit wins.
static TELLING: LazyLock<HashMap<String, Vec<(usize, Telling)>>> = LazyLock::new(|| {
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
    let mut by_stem: HashMap<String, Vec<(usize, Telling)>> = HashMap::default();
    for (place, telling) in telling.enumerate() {
        let first = telling.stems[0].clone();
        by_stem.entry(first).or_default().push((place, telling));
    }
    by_stem
});

/// The category of a summary, and the word that decided.
pub(crate) fn of(summary: &str) -> (Category, Option<&'static str>) {
    let lower = words::lower(summary);
    let stems: Vec<Cow<'_, str>> = lower
        .split(|c: char| !(c.is_alphanumeric() || c == '-'))
        .filter(|word| !word.is_empty())
        .map(words::stemmed)
        .collect();
    let fits = |at: usize, telling: &Telling| match telling.stems.as_slice() {
        [_] => !telling.first || at == 0,
        [_, second] => stems.get(at + 1).is_some_and(|next| next == second),
        _ => false,
    };
    let hits = (0..stems.len()).flat_map(|at| {
        let telling = TELLING.get(stems[at].as_ref()).into_iter().flatten();
        telling.filter(move |(_, telling)| fits(at, telling))
    });
    let hit = hits.min_by_key(|(place, _)| *place);
    hit.map_or((Category::General, None), |(_, telling)| {
        (telling.category, Some(telling.word))
    })
}
