//! The part of life a task belongs to, by the words of the task and of the text around it.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::task::Area;
use crate::token::Token;
use crate::words;

/// All areas, in the order of their indices in a score.
pub(crate) const AREAS: [Area; 9] = [
    Area::Work,
    Area::Development,
    Area::Finance,
    Area::Health,
    Area::Household,
    Area::Shopping,
    Area::Study,
    Area::Travel,
    Area::Personal,
];

/// Points of each area.
pub(crate) type Score = [f32; 9];

static WORDS: LazyLock<HashMap<String, Vec<(usize, f32)>>> = LazyLock::new(read_words);

fn read_words() -> HashMap<String, Vec<(usize, f32)>> {
    let mut known: HashMap<String, Vec<(usize, f32)>> = HashMap::new();
    let mut area = 0;
    for line in include_str!("../data/areas.txt").lines() {
        if let Some(name) = line.strip_prefix('[') {
            let name = name.trim_end_matches(']');
            area = AREAS
                .iter()
                .position(|area| format!("{area:?}").to_lowercase() == name)
                .unwrap_or(0);
        } else if let Some((weight, words)) = line.split_once(": ")
            && let Ok(weight) = weight.parse::<f32>()
        {
            for phrase in words
                .split(',')
                .map(str::trim)
                .filter(|phrase| !phrase.is_empty())
            {
                let key = phrase
                    .split_whitespace()
                    .map(words::stem)
                    .collect::<Vec<_>>()
                    .join(" ");
                let entry = known.entry(key).or_default();
                if !entry.iter().any(|(known, _)| *known == area) {
                    entry.push((area, weight));
                }
            }
        }
    }
    known
}

/// Whether the word is a thing of some part of life, and so no name.
pub(crate) fn knows(lower: &str) -> bool {
    WORDS.contains_key(&words::stem(lower))
}

/// Points for the words, and the word that gave most.
pub(crate) fn score(tokens: &[&Token]) -> (Score, [Option<(usize, usize)>; 9]) {
    let mut points = [0.0; 9];
    let mut best = [None; 9];
    let mut most = [0.0; 9];
    let stems: Vec<String> = tokens.iter().map(|token| words::stem_of(token)).collect();
    let mut key = String::new();
    for at in 0..tokens.len() {
        let mut add = |key: &str, end: usize, factor: f32| {
            for (area, weight) in WORDS.get(key).into_iter().flatten() {
                let gained = weight * factor;
                points[*area] += gained;
                if gained > most[*area] {
                    most[*area] = gained;
                    best[*area] = Some((tokens[at].start, tokens[end].end));
                }
            }
        };
        if tokens[at].is_word() {
            add(&stems[at], at, 1.0);
        }
        if at + 1 < tokens.len() {
            key.clear();
            key.push_str(&stems[at]);
            key.push(' ');
            key.push_str(&stems[at + 1]);
            // A pair says more than its words do.
            add(&key, at + 1, 1.5);
        }
    }
    (points, best)
}

/// Points of a text that says nothing of itself: most that is written down is work or private.
const PRIOR: Score = [1.5, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.9];

/// What the whole text counts against the words of the task.
const CONTEXT: f32 = 5.0;

/// The area with most points; the text around counts a little. `None` where nothing is known.
pub(crate) fn choose(own: &Score, around: &Score) -> Option<usize> {
    let total: f32 = around.iter().sum::<f32>() + PRIOR.iter().sum::<f32>();
    let mut best: Option<(usize, f32)> = None;
    for area in 0..AREAS.len() {
        let share = (around[area] + PRIOR[area]) / total;
        let points = own[area] + CONTEXT * share;
        if points > 0.0 && best.is_none_or(|(_, most)| points > most + 1e-4) {
            best = Some((area, points));
        }
    }
    best.map(|(area, _)| area)
}
