//! The way from a text to its tasks.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::Zoned;

use crate::date::{self, FoundDate, Policy};
use crate::detect::{self, Source};
use crate::draft::Draft;
use crate::hash::HashMap;
use crate::scorer::Scores;
use crate::sentence::{self, Sentence};
use crate::task::{Evidence, ExtractedTask, Extraction, Field, Priority, Reason, Span};
use crate::text::Document;
use crate::{area, assign, category, dependency, doubt, due, priority, quiet, text};

/// Finds the tasks of `text`, written or said at `now`.
///
/// Linear in the length of the text; never panics, whatever the text.
pub fn extract(text: &str, now: &Zoned, policy: &Policy) -> Extraction {
    extract_refusing(text, now, policy, &[])
}

/// As [`extract`], of a text whose `refused` pieces are no dates, as somebody has said: “The 5th Wave” is a
/// film. What is found anywhere in such a piece is left where it stands, as words.
pub fn extract_refusing(text: &str, now: &Zoned, policy: &Policy, refused: &[Span]) -> Extraction {
    let (tasks, dates) = with_source(text, now, policy, refused, |source| {
        let drafts = drafts(source, &Scores::new(source));
        if drafts.iter().any(|draft| draft.alive) {
            Finish::new(source, text).tasks(&drafts)
        } else {
            Vec::new()
        }
    });
    Extraction { tasks, dates }
}

/// Reads a text and hands it over; the dates found in it come back as well.
pub(crate) fn with_source<T>(
    text: &str,
    now: &Zoned,
    policy: &Policy,
    refused: &[Span],
    use_it: impl FnOnce(&Source<'_>) -> T,
) -> (T, Vec<FoundDate>) {
    let spoken = text::with_jobs(text::with_turns(text::with_boxes(text::with_marks(text))));
    let text = spoken.as_ref();
    let mut dates = date::find(&text::with_digits(&text::with_colons(text)), now, policy);
    dates.retain(|date| !refused.iter().any(|piece| piece.touches(date.span)));
    let mut document = Document::read(text);
    let units = std::mem::take(&mut document.units);
    let sentences = sentence::read_all(text, units, &dates, &document.people);
    let made = use_it(&Source {
        text,
        document: &document,
        sentences: &sentences,
        dates: &dates,
        refused,
        now,
        policy,
    });
    (made, dates)
}

/// The tasks of a text in the making, with those that were given up.
pub(crate) fn drafts(source: &Source<'_>, scores: &Scores) -> Vec<Draft> {
    let mut drafts = by_rules(source, scores);
    due::propose(source, &mut drafts);
    dependency::link(source, &mut drafts);
    detect::about::name(source, &mut drafts);
    drafts
}

/// The same with the days that the rules give, before they are linked.
pub(crate) fn by_rules(source: &Source<'_>, scores: &Scores) -> Vec<Draft> {
    if quiet::by_words(source) {
        return Vec::new();
    }
    let mut drafts = detect::drafts(source, scores);
    doubt::weigh(source, scores, &mut drafts);
    priority::settle(source, &mut drafts);
    assign::settle(source, &mut drafts);
    assign::whole_names(source.text, &mut drafts);
    due::settle(source, &mut drafts);
    drafts
}

/// Turns drafts into tasks, with a reason for every field.
struct Finish<'a> {
    source: &'a Source<'a>,
    /// The text as it was handed in: evidence quotes it.
    written: &'a str,
    reading: area::Reading,
    offsets: Offsets<'a>,
    /// The bytes of the block of each sentence.
    blocks: Vec<Range<usize>>,
    /// The first task of each item.
    of_item: HashMap<usize, usize>,
}

impl<'a> Finish<'a> {
    fn new(source: &'a Source<'a>, written: &'a str) -> Self {
        Self {
            source,
            written,
            reading: area::Reading::new(source.text, source.sentences),
            offsets: Offsets::new(source.text),
            blocks: blocks(source.sentences),
            of_item: HashMap::default(),
        }
    }

    fn tasks(&mut self, drafts: &[Draft]) -> Vec<ExtractedTask> {
        let alive: Vec<usize> = (0..drafts.len()).filter(|at| drafts[*at].alive).collect();
        for at in &alive {
            let sentence = &self.source.sentences[drafts[*at].sentence];
            if let Some(item) = &sentence.unit.place.item {
                self.of_item.entry(item.id).or_insert(*at);
            }
        }
        let place = |at: usize| alive.binary_search(&at).ok();
        alive
            .iter()
            .map(|at| self.task(&drafts[*at], &place))
            .collect()
    }

    fn task(&mut self, draft: &Draft, place: &dyn Fn(usize) -> Option<usize>) -> ExtractedTask {
        let evidence = self.evidence(draft.bytes.clone());
        let mut reasons = self.first_reasons(draft, &evidence);
        let priority = draft
            .priority
            .as_ref()
            .map_or(Priority::Medium, |(priority, _)| *priority);
        let marker = draft.priority.as_ref().and_then(|(_, bytes)| bytes.clone());
        reasons.insert(
            Field::Priority,
            self.reason(marker, "marked so", "no marker"),
        );
        let (category, word) = category::of(&draft.summary);
        let rule = word.map_or_else(
            || "no telling word".to_owned(),
            |word| format!("the word “{word}”"),
        );
        reasons.insert(
            Field::Category,
            Reason {
                evidence: None,
                rule,
            },
        );
        let block = self.blocks[draft.sentence].clone();
        let (area, area_words) = self.reading.place(&around(self.source, draft, block));
        reasons.insert(
            Field::Area,
            self.reason(area_words, "words of the task", "the words around it"),
        );
        if let Some((_, bytes)) = &draft.assignee {
            reasons.insert(
                Field::Assignee,
                self.reason(bytes.clone(), "named", "spoken by or to"),
            );
        }
        let depends_on: Vec<usize> = draft.depends.keys().filter_map(|at| place(*at)).collect();
        if let Some(words) = draft.depends.values().find_map(Clone::clone) {
            reasons.insert(
                Field::DependsOn,
                self.reason(Some(words), "said to come after", ""),
            );
        }
        ExtractedTask {
            summary: draft.summary.clone(),
            due: draft.due.as_ref().map(|chosen| chosen.due.clone()),
            grain: draft.due.as_ref().map(|chosen| chosen.grain),
            recurrence: draft
                .due
                .as_ref()
                .and_then(|chosen| chosen.recurrence.clone()),
            priority,
            category,
            area,
            assignee: draft.assignee.as_ref().map(|(name, _)| name.clone()),
            depends_on,
            parent: self.parent(draft).and_then(place),
            evidence,
            confidence: draft.confidence,
            reasons,
        }
    }

    /// Why it is a task, and why it is due then.
    fn first_reasons(&self, draft: &Draft, evidence: &Evidence) -> BTreeMap<Field, Reason> {
        let mut reasons = BTreeMap::new();
        reasons.insert(
            Field::Task,
            Reason {
                evidence: Some(evidence.clone()),
                rule: draft.rule.to_owned(),
            },
        );
        if let Some(chosen) = &draft.due {
            let date = chosen.date.map(|date| &self.source.dates[date]);
            let words = date.map(|date| self.evidence(date.bytes.clone()));
            reasons.insert(
                Field::Due,
                Reason {
                    evidence: words.clone(),
                    rule: date.map_or("planned for today", |date| date.why).to_owned(),
                },
            );
            if chosen.recurrence.is_some() {
                reasons.insert(
                    Field::Recurrence,
                    Reason {
                        evidence: words,
                        rule: "it repeats".to_owned(),
                    },
                );
            }
        }
        reasons
    }

    /// The task of the item this one is indented under.
    fn parent(&self, draft: &Draft) -> Option<usize> {
        let place = &self.source.sentences[draft.sentence].unit.place;
        let above = place.item.as_ref()?.parent?;
        self.of_item.get(&above).copied()
    }

    fn reason(&self, bytes: Option<Range<usize>>, with: &str, without: &str) -> Reason {
        let rule = if bytes.is_some() { with } else { without };
        Reason {
            evidence: bytes.map(|bytes| self.evidence(bytes)),
            rule: rule.to_owned(),
        }
    }

    fn evidence(&self, bytes: Range<usize>) -> Evidence {
        Evidence {
            start: self.offsets.chars(bytes.start),
            end: self.offsets.chars(bytes.end),
            quote: self.written[bytes].to_owned(),
        }
    }
}

/// Where the words stand that tell the area of a task; `block` is its paragraph or item.
pub(crate) fn around<'a>(
    source: &Source<'_>,
    draft: &'a Draft,
    block: Range<usize>,
) -> area::Around<'a> {
    let sentences = source.sentences;
    let unit = &sentences[draft.sentence].unit;
    let above = unit.place.item.as_ref().and_then(|item| item.parent);
    let parent = above.and_then(|id| {
        sentences[..draft.sentence].iter().rev().find(|sentence| {
            let item = sentence.unit.place.item.as_ref();
            item.is_some_and(|item| item.id == id)
        })
    });
    area::Around {
        summary: &draft.summary,
        own: draft.bytes.clone(),
        sentence: unit.range.clone(),
        block,
        above: unit
            .place
            .heading
            .iter()
            .cloned()
            .chain(parent.map(|sentence| sentence.unit.range.clone()))
            .collect(),
    }
}

/// For each sentence, the bytes of those around it that are of the same block.
pub(crate) fn blocks(sentences: &[Sentence]) -> Vec<Range<usize>> {
    let mut blocks = Vec::with_capacity(sentences.len());
    for run in sentences.chunk_by(|one, next| one.unit.place.block == next.unit.place.block) {
        let ranges = || run.iter().map(|sentence| &sentence.unit.range);
        let start = ranges().map(|range| range.start).min().unwrap_or(0);
        let end = ranges().map(|range| range.end).max().unwrap_or(start);
        blocks.extend(run.iter().map(|_| start..end));
    }
    blocks
}

/// Byte offsets as counts of characters, without counting from the start each time.
struct Offsets<'a> {
    text: &'a str,
    /// Characters before every 128th byte, or the next one at which a character starts; none where
    /// every byte is a character.
    marks: Vec<(usize, usize)>,
    ascii: bool,
}

impl<'a> Offsets<'a> {
    fn new(text: &'a str) -> Self {
        let ascii = text.is_ascii();
        let mut marks = Vec::new();
        if ascii {
            return Self { text, marks, ascii };
        }
        for (count, (byte, _)) in text.char_indices().enumerate() {
            if byte >= marks.len() * 128 {
                marks.push((byte, count));
            }
        }
        Self { text, marks, ascii }
    }

    fn chars(&self, byte: usize) -> usize {
        if self.ascii {
            return byte;
        }
        let at = self.marks.partition_point(|(mark, _)| *mark <= byte);
        let (mark, count) = at.checked_sub(1).map_or((0, 0), |at| self.marks[at]);
        count + self.text[mark..byte].chars().count()
    }
}
