//! How well the tasks found in labelled texts agree with the labels.
//!
//! The labels are JSON lines as `docs/tasks.md` describes them. Found and labelled tasks are matched
//! greedily, best first, by the F1 of their content words; from [`MATCH`] on they are the same task.

use std::collections::BTreeMap;

use extract::{ExtractedTask, Policy, extract};
use serde::Deserialize;

/// F1 of content words from which a found task counts as the labelled one.
pub const MATCH: f64 = 0.5;

/// A labelled text.
#[derive(Debug, Clone, Deserialize)]
pub struct Labelled {
    /// Names it in reports.
    pub id: String,
    /// What kind of text it is.
    pub kind: String,
    /// When it was written, RFC 3339.
    pub reference_time: String,
    /// Its words.
    pub text: String,
    /// What is to be found in it.
    pub tasks: Vec<Gold>,
}

/// A labelled task; the lists hold further values that are as good.
#[derive(Debug, Clone, Deserialize)]
pub struct Gold {
    /// Imperative, short.
    pub summary: String,
    /// Date, or date-time with offset.
    pub due: Option<String>,
    /// `high`, `medium` or `low`.
    pub priority: String,
    /// Part of life.
    pub area: String,
    /// Who is to do it.
    pub assignee: Option<String>,
    /// Indices of what comes first.
    #[serde(default)]
    pub depends_on: Vec<usize>,
    /// Finding it is no error, missing it is none either.
    #[serde(default)]
    pub optional: bool,
    /// Further summaries.
    #[serde(default)]
    pub summary_alt: Vec<String>,
    /// Further deadlines.
    #[serde(default)]
    pub due_alt: Vec<Option<String>>,
    /// Further priorities.
    #[serde(default)]
    pub priority_alt: Vec<String>,
    /// Further areas.
    #[serde(default)]
    pub area_alt: Vec<String>,
    /// Further assignees.
    #[serde(default)]
    pub assignee_alt: Vec<Option<String>>,
}

/// Right answers out of all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// Right ones.
    pub right: usize,
    /// All.
    pub all: usize,
}

impl Share {
    /// From 0 to 1; 1 where there was nothing to get wrong.
    pub fn value(self) -> f64 {
        if self.all == 0 {
            1.0
        } else {
            self.right as f64 / self.all as f64
        }
    }

    fn count(&mut self, right: bool) {
        self.all += 1;
        self.right += usize::from(right);
    }
}

/// The scores of a set of texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Score {
    /// Found tasks that are labelled, out of all found.
    pub precision: Share,
    /// Labelled tasks that were found, out of all labelled.
    pub recall: Share,
    /// Exact deadlines among the found.
    pub due: Share,
    /// Priorities among the found.
    pub priority: Share,
    /// Areas among the found.
    pub area: Share,
    /// Assignees among the found.
    pub assignee: Share,
    /// Lists of what comes first among the found.
    pub depends_on: Share,
    /// Links to what comes first that are labelled, out of all found ones, among the found tasks.
    pub link_precision: Share,
    /// Links to what comes first that were found, out of all labelled ones, among the found tasks.
    pub link_recall: Share,
    /// Texts without tasks in which none was found.
    pub quiet: Share,
}

impl Score {
    /// Harmonic mean of precision and recall.
    pub fn f1(&self) -> f64 {
        harmonic(self.precision, self.recall)
    }

    /// Harmonic mean of precision and recall of the links to what comes first.
    pub fn links_f1(&self) -> f64 {
        harmonic(self.link_precision, self.link_recall)
    }
}

fn harmonic(precision: Share, recall: Share) -> f64 {
    let (precision, recall) = (precision.value(), recall.value());
    if precision + recall == 0.0 {
        0.0
    } else {
        2.0 * precision * recall / (precision + recall)
    }
}

/// What went wrong in one text.
#[derive(Debug, Clone)]
pub struct Miss {
    /// The text's id.
    pub id: String,
    /// What was expected and what came, in words.
    pub what: String,
}

/// Reads labelled texts, one JSON object a line.
///
/// # Errors
/// The number of the line that is not of this form, and why.
pub fn read(lines: &str) -> Result<Vec<Labelled>, String> {
    crate::objects(lines)
}

impl Labelled {
    /// When it was written, with its offset as the zone.
    ///
    /// # Errors
    /// Names the text whose reference time is no RFC 3339 moment.
    pub fn written(&self) -> Result<jiff::Zoned, String> {
        reference(&self.reference_time).map_err(|error| format!("{}: {error}", self.id))
    }

    /// The label that a summary is most alike, if it is alike enough to be the same task; optional ones aside.
    pub fn label_of(&self, summary: &str) -> Option<&Gold> {
        let labels = self.tasks.iter().filter(|gold| !gold.optional);
        let scored = labels.map(|gold| (gold.alike(summary), gold));
        let (best, gold) = scored.max_by(|a, b| a.0.total_cmp(&b.0))?;
        (best >= MATCH).then_some(gold)
    }
}

impl Gold {
    /// How alike a summary is to the wording of the label that is nearest to it ([`alike`]).
    pub fn alike(&self, summary: &str) -> f64 {
        std::iter::once(&self.summary)
            .chain(&self.summary_alt)
            .map(|wording| alike(wording, summary))
            .fold(0.0, f64::max)
    }
}

/// Finds the tasks of each text and holds them against the labels.
///
/// # Errors
/// The text whose reference time cannot be read.
pub fn score(texts: &[Labelled]) -> Result<(Score, Vec<Miss>), String> {
    let mut score = Score::default();
    let mut misses = Vec::new();
    for text in texts {
        let now = text.written()?;
        let found = extract(&text.text, &now, &Policy::default()).tasks;
        one(text, &found, &mut score, &mut misses);
    }
    Ok((score, misses))
}

/// Reads a moment with its offset as the zone.
///
/// # Errors
/// When it is no RFC 3339 moment.
pub fn reference(moment: &str) -> Result<jiff::Zoned, jiff::Error> {
    let pieces = jiff::fmt::temporal::Pieces::parse(moment)?;
    let timestamp: jiff::Timestamp = moment.parse()?;
    let offset = pieces.to_numeric_offset().unwrap_or(jiff::tz::Offset::UTC);
    Ok(timestamp.to_zoned(jiff::tz::TimeZone::fixed(offset)))
}

fn one(text: &Labelled, found: &[ExtractedTask], score: &mut Score, misses: &mut Vec<Miss>) {
    let mut miss = |what: String| {
        misses.push(Miss {
            id: text.id.clone(),
            what,
        });
    };
    if text.tasks.iter().all(|gold| gold.optional) && text.tasks.is_empty() {
        score.quiet.count(found.is_empty());
    }
    let pairs = pairs(&text.tasks, found);
    for (at, gold) in text.tasks.iter().enumerate() {
        let matched = pairs.contains_key(&at);
        if !gold.optional {
            score.recall.count(matched);
            if !matched {
                miss(format!("missing: {}", gold.summary));
            }
        }
    }
    for (at, task) in found.iter().enumerate() {
        let matched = pairs
            .iter()
            .find(|(_, other)| **other == at)
            .map(|(gold, _)| &text.tasks[*gold]);
        match matched {
            Some(gold) if gold.optional => {}
            Some(_) => score.precision.count(true),
            None => {
                score.precision.count(false);
                miss(format!(
                    "false: {} «{}» ({})",
                    task.summary,
                    task.evidence.quote.replace('\n', "⏎"),
                    task.reasons
                        .values()
                        .next()
                        .map_or("", |reason| &reason.rule)
                ));
            }
        }
    }
    for (gold, task) in &pairs {
        if !text.tasks[*gold].optional {
            fields(&text.tasks[*gold], &found[*task], &pairs, score, &mut miss);
        }
    }
}

fn fields(
    gold: &Gold,
    task: &ExtractedTask,
    pairs: &BTreeMap<usize, usize>,
    score: &mut Score,
    miss: &mut dyn FnMut(String),
) {
    let mut check = |share: &mut Share, name: &str, right: bool, expected: String, came: String| {
        share.count(right);
        if !right {
            miss(format!(
                "{name} of “{}”: {expected}, not {came}",
                gold.summary
            ));
        }
    };
    let due = task.due.as_ref().map(ToString::to_string);
    let right = due == gold.due || gold.due_alt.contains(&due);
    check(
        &mut score.due,
        "due",
        right,
        format!("{:?}", gold.due),
        format!("{due:?}"),
    );
    let priority = format!("{:?}", task.priority).to_lowercase();
    let right = priority == gold.priority || gold.priority_alt.contains(&priority);
    check(
        &mut score.priority,
        "priority",
        right,
        gold.priority.clone(),
        priority,
    );
    let area = format!("{:?}", task.area).to_lowercase();
    let right = area == gold.area || gold.area_alt.contains(&area);
    check(&mut score.area, "area", right, gold.area.clone(), area);
    let lower = |name: &Option<String>| name.as_ref().map(|name| name.to_lowercase());
    let right = lower(&task.assignee) == lower(&gold.assignee)
        || gold
            .assignee_alt
            .iter()
            .any(|name| lower(name) == lower(&task.assignee));
    check(
        &mut score.assignee,
        "assignee",
        right,
        format!("{:?}", gold.assignee),
        format!("{:?}", task.assignee),
    );
    // Links are compared in the numbering of the labels.
    let back: BTreeMap<usize, usize> = pairs.iter().map(|(gold, task)| (*task, *gold)).collect();
    let mut links: Vec<Option<usize>> = task
        .depends_on
        .iter()
        .map(|at| back.get(at).copied())
        .collect();
    let mut expected: Vec<Option<usize>> = gold.depends_on.iter().map(|at| Some(*at)).collect();
    links.sort_unstable();
    expected.sort_unstable();
    for link in &links {
        score.link_precision.count(expected.contains(link));
    }
    for link in &expected {
        score.link_recall.count(links.contains(link));
    }
    check(
        &mut score.depends_on,
        "depends_on",
        links == expected,
        format!("{expected:?}"),
        format!("{links:?}"),
    );
}

/// Labelled tasks and what was found for them, best match first.
fn pairs(gold: &[Gold], found: &[ExtractedTask]) -> BTreeMap<usize, usize> {
    let mut scored: Vec<(f64, usize, usize)> = Vec::new();
    for (at, gold) in gold.iter().enumerate() {
        for (place, task) in found.iter().enumerate() {
            let alike = gold.alike(&task.summary);
            if alike >= MATCH {
                scored.push((alike, at, place));
            }
        }
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut pairs: BTreeMap<usize, usize> = BTreeMap::new();
    for (_, at, place) in scored {
        if !pairs.contains_key(&at) && !pairs.values().any(|taken| *taken == place) {
            pairs.insert(at, place);
        }
    }
    pairs
}

/// F1 of the content words of two summaries.
pub fn alike(a: &str, b: &str) -> f64 {
    let (a, b) = (content(a), content(b));
    let shared = a.iter().filter(|word| b.contains(word)).count();
    if a.is_empty() || b.is_empty() {
        0.0
    } else {
        2.0 * shared as f64 / (a.len() + b.len()) as f64
    }
}

fn content(text: &str) -> Vec<String> {
    const EMPTY: &[&str] = &[
        "a", "an", "the", "and", "or", "of", "to", "in", "on", "at", "by", "for", "with", "from",
        "about", "if", "is", "are", "be", "it", "its", "this", "that", "my", "your", "our", "his",
        "her", "their", "me", "us", "them", "him", "up", "out", "off", "down",
    ];
    let mut words: Vec<String> = text
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !EMPTY.contains(word))
        .map(|word| {
            word.strip_suffix('s')
                .filter(|rest| rest.len() > 2)
                .unwrap_or(word)
                .to_owned()
        })
        .collect();
    words.sort();
    words.dedup();
    words
}
