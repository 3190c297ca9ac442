//! The part of life a task belongs to.
//!
//! The task's own words count most, then the rest of its sentence and paragraph, the heading or item
//! it stands under, and last the whole text. Of the text it is first asked where it belongs: at work,
//! among programmers, at school, on a journey, at home, in a club or at the doctor's. That says what a
//! task of few telling words most likely is, and how much a word such as `kitchen` is worth: a
//! restaurant's kitchen is work. Weights trained on labelled texts have the last word ([`learned`]).

mod example;
mod learned;
mod table;

use std::ops::Range;

use table::{Id, TABLE, TARGETS};

use crate::lexicon;
use crate::sentence::Sentence;
use crate::task::Area;
use crate::token::{self, List, Token, list};

pub use example::{Placement, placements};
pub(crate) use table::small_words;

/// Number of settings; they come after the areas among the targets of the lists.
const SETTINGS: usize = TARGETS - Area::ALL.len();

/// Points of each area, in the order of [`Area::ALL`].
pub(crate) type Score = [f32; 9];

type Points = [f32; TARGETS];

/// For each area the bytes that gave most.
type Best = [Option<(usize, usize)>; 9];

/// Whether the word is a thing of some part of life, and so no name.
pub(crate) fn knows(lower: &str) -> bool {
    TABLE.knows(lower)
}

/// Whether the word names something that is bought: `milk`, `batteries`.
pub(crate) fn is_bought(lower: &str) -> bool {
    TABLE.is_bought(lower)
}

/// Whether the word tells of some part of life, or of where a text belongs.
pub(crate) fn tells(token: &Token) -> bool {
    TABLE.tells(token)
}

/// A word of a text that can be part of an entry, or a mark between two (number 0).
struct Word {
    start: usize,
    end: usize,
    id: Id,
    /// What it counts alone: whose thing it is says less than the thing (`Dad's tablets`), and a
    /// general verb in front says nothing (`schedule`, `report`).
    alone: f32,
}

fn words(tokens: &[Token]) -> impl Iterator<Item = Word> {
    let owns = move |at: usize| tokens.get(at + 1).is_some_and(|next| next.is("'s"));
    // `book the hall` is about no book.
    let deed = move |at: usize| {
        tokens[at].any(GENERAL)
            && !tokens[at].is("move")
            && tokens.get(at + 1).is_some_and(|next| {
                next.any(list![
                    "the", "a", "an", "my", "our", "your", "it", "this", "that", "me", "us",
                ])
            })
    };
    tokens
        .iter()
        .enumerate()
        .filter(|(_, token)| table::counts(token) || token.is_mark())
        .map(move |(at, token)| Word {
            start: token.start,
            end: token.end,
            id: if token.is_mark() { 0 } else { TABLE.id(token) },
            alone: if deed(at) {
                0.0
            } else if owns(at) {
                0.4
            } else {
                1.0
            },
        })
}

/// The words of a text: those of its sentences, and what stands between them.
fn words_of(text: &str, sentences: &[Sentence]) -> Vec<Word> {
    let mut found = Vec::with_capacity(text.len() / 6);
    let mut end = 0;
    let between = |found: &mut Vec<Word>, range: Range<usize>| {
        if !text[range.clone()].trim().is_empty() {
            found.extend(words(&token::tokenize(text, range)));
        }
    };
    for sentence in sentences {
        let range = &sentence.unit.range;
        if range.start < end {
            continue;
        }
        between(&mut found, end..range.start);
        found.extend(words(&sentence.tokens));
        end = range.end;
    }
    between(&mut found, end..text.len());
    found
}

/// Points for words, and for each area the bytes that gave most.
fn score(words: &[Word]) -> (Points, Best) {
    let mut points = [0.0; TARGETS];
    let mut best = [None; 9];
    let mut most = [0.0; 9];
    let mut add = |entry: &[(usize, f32)], factor: f32, span: (usize, usize)| {
        for (target, weight) in entry {
            let gained = weight * factor;
            points[*target] += gained;
            if let Some(most) = most.get_mut(*target).filter(|most| gained > **most) {
                *most = gained;
                best[*target] = Some(span);
            }
        }
    };
    let id = |at: usize| words.get(at).map_or(0, |word| word.id);
    let mut covered = 0;
    // No entry has a word that is on no list.
    let known = words.iter().enumerate().filter(|(_, word)| word.id != 0);
    for (at, word) in known {
        let mut reach = at;
        if TABLE.opens(word.id) {
            let (next, third) = (id(at + 1), id(at + 2));
            let rows = [
                ([word.id, next, third], 2),
                ([word.id, next, 0], 1),
                ([word.id, third, 0], 2),
            ];
            // No entry has a word that is on no list between two others.
            let found = rows
                .iter()
                .filter(|(key, _)| key[1] != 0)
                .find_map(|(key, length)| Some((TABLE.long(*key)?, *length)));
            if let Some((entry, length)) = found {
                reach = (at + length).min(words.len() - 1);
                // Words together say more than each alone.
                add(entry, 1.5, (word.start, words[reach].end));
            }
        }
        let factor = word.alone * if reach > at || at < covered { 0.5 } else { 1.0 };
        covered = covered.max(if reach > at { reach + 1 } else { 0 });
        add(TABLE.single(word.id), factor, (word.start, word.end));
    }
    (points, best)
}

/// What is known of a text before its tasks are placed.
pub(crate) struct Reading {
    words: Vec<Word>,
    /// Points of the areas in the whole text, as shares of all.
    shares: Score,
    /// What the setting makes likely.
    likely: Score,
    /// What a word of each area is worth in the setting.
    worth: Score,
    /// The bytes of the paragraph that was looked at last, and its points.
    block: (Range<usize>, Points),
}

/// What the words count by where they stand: in the summary, in the words the task came from, in its
/// sentence, in its paragraph, in what stands above it.
const OF_SUMMARY: f32 = 0.72;
const OF_OWN: f32 = 0.09;
const OF_SENTENCE: f32 = 0.08;
const OF_BLOCK: f32 = 0.15;
const OF_ABOVE: f32 = 0.87;

/// Most points that count of what stands above.
const MOST_ABOVE: f32 = 6.0;

/// What the words of the whole text count, and what its setting does.
const OF_SHARES: f32 = 3.44;
const OF_SETTING: f32 = 9.24;

/// What the words of the areas count for the setting.
const OF_AREAS: f32 = 0.5;

/// What a task of a setting most likely is. Rows are settings: office, software, school, trip,
/// home, club, clinic.
const LIKELY: [Score; SETTINGS] = [
    [0.8, 0.18, 0.28, 0.09, 0.09, 0.09, 0.09, 0.18, 0.09],
    [0.68, 0.94, 0.1, 0.04, 0.05, 0.05, 0.05, 0.09, 0.05],
    [0.21, 0.09, 0.11, 0.09, 0.1, 0.1, 1.34, 0.1, 0.3],
    [0.2, 0.05, 0.19, 0.1, 0.11, 0.16, 0.04, 0.7, 0.33],
    [0.28, 0.04, 0.27, 0.2, 0.79, 0.36, 0.09, 0.23, 0.55],
    [0.24, 0.05, 0.23, 0.09, 0.19, 0.2, 0.04, 0.1, 1.44],
    [0.29, 0.04, 0.1, 1.44, 0.05, 0.09, 0.04, 0.1, 0.21],
];

/// What a word of each area is worth in a setting.
const WORTH: [Score; SETTINGS] = [
    [0.17, 0.84, 0.83, 0.45, 0.32, 0.55, 0.43, 0.85, 0.25],
    [0.67, 0.68, 0.75, 0.57, 0.46, 0.62, 0.46, 0.85, 0.44],
    [0.52, 0.71, 1.41, 1.0, 0.76, 1.02, 1.23, 0.85, 0.7],
    [0.63, 0.72, 0.9, 0.85, 1.0, 0.54, 0.69, 1.14, 0.62],
    [0.69, 0.83, 1.42, 0.83, 0.5, 1.57, 0.52, 0.95, 0.59],
    [0.52, 0.6, 0.95, 0.9, 0.82, 0.9, 0.47, 0.85, 0.8],
    [0.49, 0.59, 0.83, 1.16, 0.78, 0.83, 0.6, 0.9, 0.9],
];

/// How much the words of the areas say of the setting.
const FROM_AREAS: [Score; SETTINGS] = [
    [1.05, 0.0, 0.0, 0.0, 0.03, 0.01, 0.0, 0.0, 0.01],
    [0.0, 1.28, 0.0, 0.0, 0.02, 0.01, 0.0, 0.0, 0.01],
    [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.04, 0.0, 0.0],
    [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.98, 0.0],
    [0.01, 0.0, 0.24, 0.72, 1.28, 0.31, 0.0, 0.0, 0.49],
    [0.0, 0.0, 0.0, 0.01, 0.0, 0.01, 0.0, 0.0, 0.48],
    [0.0, 0.0, 0.0, 0.56, 0.0, 0.0, 0.0, 0.0, 0.0],
];

/// Points of the settings of a text that says nothing of itself.
const PRIOR: [f32; SETTINGS] = [2.78, 0.31, 0.27, 0.28, 2.37, 0.27, 0.18];

/// Points of the areas of a text that says nothing of itself.
const START: Score = [1.42, 0.1, 0.1, 0.1, 0.11, 0.1, 0.1, 0.1, 1.08];

/// Where the words of a task stand.
pub(crate) struct Around<'a> {
    /// Its summary.
    pub summary: &'a str,
    /// The words it came from.
    pub own: Range<usize>,
    /// Its sentence.
    pub sentence: Range<usize>,
    /// The sentences of its paragraph or item.
    pub block: Range<usize>,
    /// Headings and items above it.
    pub above: Vec<Range<usize>>,
}

/// What the verb in front says of the words behind it.
struct Verb {
    gain: Score,
    factor: Score,
}

impl Verb {
    fn of(summary: &str) -> Self {
        let mut words = summary.split(|c: char| !c.is_alphanumeric());
        let (first, second) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
        let first = crate::words::lower(first);
        let mut verb = Self {
            gain: [0.0; 9],
            factor: [1.0; 9],
        };
        match &*first {
            // What is bought is a purchase, whatever it is for.
            "buy" | "purchase" | "shop" => {
                verb.gain[SHOPPING] = 2.0;
                verb.factor = [0.7, 0.7, 0.7, 0.7, 0.6, 1.0, 0.7, 0.7, 0.6];
            }
            "bake" | "cook" | "wash" | "iron" | "mow" | "vacuum" | "hoover" | "sweep" | "mop"
            | "rake" | "tidy" | "descale" => {
                verb.gain[HOUSEHOLD] = 1.5;
                verb.factor[SHOPPING] = 0.4;
            }
            "pay" | "transfer" | "reimburse" | "refund" | "repay" | "remit" | "invoice" => {
                verb.gain[FINANCE] = 2.0;
                verb.factor = [0.8, 0.8, 1.0, 0.8, 0.7, 0.6, 0.7, 0.7, 0.7];
            }
            "order" | "get" | "grab" | "collect" | "fetch" | "restock" => {}
            "pick" if second == "up" => {}
            // Milk that is not fetched is cooked, thrown out or brought along.
            _ if lexicon::base_verb(&first).is_some() => verb.factor[SHOPPING] = 0.5,
            _ => {}
        }
        verb
    }
}

/// Verbs that can be said of anything, though the noun of the same form cannot.
const GENERAL: List<'static> = list![
    "schedule", "book", "print", "start", "report", "file", "post", "brief", "meet", "lead",
    "sign", "draft", "copy", "mark", "review", "plan", "check", "order", "move", "run", "test",
    "build", "log", "list", "note", "record", "document", "design", "study", "release", "update",
    "answer", "quote", "present", "train", "table", "tour", "dress", "park", "train", "coach",
    "host", "stock", "store", "process", "program", "feature", "function", "service", "support",
    "approve", "present",
];

const FINANCE: usize = 2;
const HOUSEHOLD: usize = 4;
const SHOPPING: usize = 5;

impl Reading {
    pub(crate) fn new(text: &str, sentences: &[Sentence]) -> Self {
        let words = words_of(text, sentences);
        let (points, _) = score(&words);
        let mut settings: [f32; SETTINGS] = PRIOR;
        for (at, setting) in settings.iter_mut().enumerate() {
            *setting += points[Area::ALL.len() + at]
                + FROM_AREAS[at]
                    .iter()
                    .zip(points)
                    .map(|(part, points)| OF_AREAS * part * points)
                    .sum::<f32>();
        }
        let total: f32 = settings.iter().sum();
        let mix = |table: &[Score; SETTINGS], area: usize| -> f32 {
            (0..SETTINGS)
                .map(|setting| table[setting][area] * settings[setting] / total)
                .sum()
        };
        let sum: f32 = points[..Area::ALL.len()].iter().sum::<f32>() + START.iter().sum::<f32>();
        let mut reading = Self {
            words,
            shares: [0.0; 9],
            likely: [0.0; 9],
            worth: [0.0; 9],
            block: (0..0, [0.0; TARGETS]),
        };
        for area in 0..Area::ALL.len() {
            reading.shares[area] = (points[area] + START[area]) / sum;
            reading.likely[area] = mix(&LIKELY, area);
            reading.worth[area] = mix(&WORTH, area);
        }
        reading
    }

    fn within(&self, bytes: &Range<usize>) -> &[Word] {
        let first = self.words.partition_point(|word| word.start < bytes.start);
        let last = self.words.partition_point(|word| word.end <= bytes.end);
        &self.words[first..last.max(first)]
    }

    /// The area of a task, and the words in its own sentence that speak for it.
    pub(crate) fn place(&mut self, around: &Around<'_>) -> (Area, Option<Range<usize>>) {
        let tokens = token::tokenize(around.summary, 0..around.summary.len());
        let (points, best) = self.points(&tokens, around);
        let chosen = learned::choose(&tokens, &points);
        let words = best[chosen].map(|(start, end)| start..end);
        (Area::ALL[chosen], words)
    }

    /// What the lists give each area for a task, and the words in its own sentence that give most.
    fn points(&mut self, tokens: &[Token], around: &Around<'_>) -> (Score, Best) {
        let mut summary: Vec<Word> = words(tokens).collect();
        if let (Some(first), Some(verb)) = (summary.first_mut(), tokens.first())
            && verb.any(GENERAL)
            && tokens.len() > 1
        {
            first.alone = 0.0;
        }
        let (summary, _) = score(&summary);
        let (own, best) = score(self.within(&around.own));
        let (sentence, _) = score(self.within(&around.sentence));
        if self.block.0 != around.block {
            self.block = (around.block.clone(), score(self.within(&around.block)).0);
        }
        let block = self.block.1;
        let mut above = [0.0; TARGETS];
        for range in &around.above {
            let (points, _) = score(self.within(range));
            for (sum, gained) in above.iter_mut().zip(points) {
                *sum += gained;
            }
        }
        let verb = Verb::of(around.summary);
        let total = |area: usize| {
            let near = OF_SUMMARY * summary[area]
                + OF_OWN * own[area]
                + OF_SENTENCE * sentence[area]
                + OF_BLOCK * block[area]
                + OF_ABOVE * above[area].min(MOST_ABOVE);
            let near = (near + verb.gain[area]) * verb.factor[area];
            near * self.worth[area] + OF_SHARES * self.shares[area] + OF_SETTING * self.likely[area]
        };
        (std::array::from_fn(total), best)
    }
}
