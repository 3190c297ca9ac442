//! One line as the users of task managers write it: `Pay rent every 1st at 9am #finance p1 @alex`.
//!
//! - dates, times and repetitions as [`crate::date`] reads them; `@tomorrow` and `@3pm` too
//! - `#word` a label, `+word` or `/word` the project
//! - `@name` who is to do it
//! - `p0` or `p1` high, `p2` medium, `p3` or `p4` low; `!high`, `!medium`, `!low`, `!1` to `!3`,
//!   `!!!`, “asap”, a final “urgent”, “no rush” or “someday”
//! - `1h`, `30 min`, “for 2 hours”: how long it takes
//!
//! The title keeps the words that were not understood as one of these.

mod closing;

use std::ops::Range;

use jiff::{SignedDuration, Zoned};
use serde::Serialize;

use crate::date::{self, Due, FoundDate, Grain, Policy, Role};
use crate::task::{Priority, Span};

/// What a piece of the line was understood as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A date, a time or both.
    Due,
    /// A repetition, with its first date.
    Recurrence,
    /// How long it takes.
    Duration,
    /// `p1`, `!high`.
    Priority,
    /// `#word`
    Label,
    /// `+word`, `/word`
    Project,
    /// `@name`
    Assignee,
}

/// A piece of the line and what it was understood as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Understood {
    /// Where it stands, in Unicode scalar values.
    pub span: Span,
    /// As what.
    pub kind: Kind,
}

/// A task written in one line.
#[derive(Debug, Clone, PartialEq)]
pub struct QuickAdd {
    /// The words that are left.
    pub title: String,
    /// When it is due.
    pub due: Option<Due>,
    /// How exactly that was given.
    pub grain: Option<Grain>,
    /// RRULE (RFC 5545) when it repeats.
    pub rrule: Option<String>,
    /// Medium when nothing is said.
    pub priority: Priority,
    /// `#word`s in order, each once.
    pub labels: Vec<String>,
    /// `+word` or `/word`; the first counts.
    pub project: Option<String>,
    /// `@name`; the first counts.
    pub assignee: Option<String>,
    /// How long it takes.
    pub duration: Option<SignedDuration>,
    /// Which words were understood, in the order of the text.
    pub understood: Vec<Understood>,
}

/// Reads one line, written at `now`.
pub fn quick_add(text: &str, now: &Zoned, policy: &Policy) -> QuickAdd {
    quick_add_refusing(text, now, policy, &[])
}

/// As [`quick_add`], of a line whose `refused` pieces are nothing but words, as somebody has said.
pub fn quick_add_refusing(text: &str, now: &Zoned, policy: &Policy, refused: &[Span]) -> QuickAdd {
    let dates = date::find(text, now, policy);
    quick_add_dated(text, &dates, now, policy, refused)
}

/// As [`quick_add_refusing`], of a line whose `dates` are known, as [`crate::Extraction`] has them.
pub fn quick_add_dated(
    text: &str,
    dates: &[FoundDate],
    now: &Zoned,
    policy: &Policy,
    refused: &[Span],
) -> QuickAdd {
    let mut reader = Reader {
        text,
        refused: refused.iter().map(|piece| bytes_of(text, *piece)).collect(),
        taken: Vec::new(),
        task: QuickAdd {
            title: String::new(),
            due: None,
            grain: None,
            rrule: None,
            priority: Priority::Medium,
            labels: Vec::new(),
            project: None,
            assignee: None,
            duration: None,
            understood: Vec::new(),
        },
    };
    reader.date(dates, now);
    reader.marks();
    reader.closing_words();
    reader.lengths(now, policy);
    reader.finish()
}

struct Reader<'t> {
    text: &'t str,
    /// Bytes that are to be left as they are.
    refused: Vec<Range<usize>>,
    /// Bytes that leave the title, and what they were.
    taken: Vec<(Range<usize>, Kind)>,
    task: QuickAdd,
}

impl Reader<'_> {
    fn free(&self, bytes: &Range<usize>) -> bool {
        let taken = self.taken.iter().map(|(taken, _)| taken);
        taken
            .chain(&self.refused)
            .all(|held| held.end <= bytes.start || bytes.end <= held.start)
    }

    fn date(&mut self, dates: &[FoundDate], now: &Zoned) {
        let mut found: Vec<&FoundDate> = dates.iter().collect();
        found.retain(|date| self.free(&date.bytes));
        for date in found.iter().filter(|date| date.role == Role::Duration) {
            let length = now.duration_until(&date.end);
            self.take_length(date.bytes.clone(), length);
        }
        let mut best: Option<&FoundDate> = None;
        for date in found.iter().copied().filter(|date| self.sets(date, now)) {
            let rank = |date: &FoundDate| {
                (
                    date.recurrence.is_some(),
                    date.time_alone.is_none(),
                    matches!(date.role, Role::By | Role::Before),
                )
            };
            if best.is_none_or(|held| rank(date) > rank(held)) {
                best = Some(date);
            }
        }
        let Some(date) = best else { return };
        self.task.due = Some(date.due.clone());
        let timed = found
            .iter()
            .find(|other| other.time_alone.is_some() && self.sets(other, now));
        if let (Due::Day(day), Some(other)) = (&date.due, timed)
            && let Some(time) = other.time_alone
            && date.grain == Grain::Day
            && let Ok(moment) = day.to_datetime(time).to_zoned(now.time_zone().clone())
        {
            // “Dentist at 9 with Anna on Friday”
            self.task.due = Some(Due::Moment(moment));
            self.taken.push((other.bytes.clone(), Kind::Due));
        }
        self.task.grain = Some(date.grain);
        self.task.rrule.clone_from(&date.recurrence);
        let kind = if date.recurrence.is_some() {
            Kind::Recurrence
        } else {
            Kind::Due
        };
        let before = self.text.get(..date.bytes.start).unwrap_or("").trim_end();
        // “Move the meeting from Tuesday to Thursday”: the title says where to.
        if before.ends_with(" to") {
            return;
        }
        self.taken.push((date.bytes.clone(), kind));
    }

    /// Whether a date is the task's own: not past, not open at its end, not “Friday's”.
    fn sets(&self, date: &FoundDate, now: &Zoned) -> bool {
        let quote = self.text.get(date.bytes.clone()).unwrap_or("");
        let owned = quote.ends_with("'s") || quote.ends_with("’s");
        let open = date.role == Role::After && matches!(date.due, Due::Day(_));
        let told = date::told(self.text, date);
        date.role != Role::Duration && !told && !open && !owned && date.due.date() >= now.date()
    }

    fn take_length(&mut self, bytes: Range<usize>, length: SignedDuration) {
        if self.task.duration.is_none() {
            self.task.duration = Some(length);
            self.taken.push((bytes, Kind::Duration));
        }
    }

    fn lengths(&mut self, now: &Zoned, policy: &Policy) {
        for (bytes, seconds) in date::bare_lengths(self.text, now, policy) {
            let rest = self.text.get(bytes.end..).unwrap_or("").trim_start();
            let at = self.text.len() - rest.len();
            let next_taken = self.taken.iter().any(|(taken, _)| taken.start == at);
            let noun = rest.starts_with(char::is_alphanumeric) && !next_taken;
            // “~2h”
            let about = self.text.get(..bytes.start).unwrap_or("").ends_with('~');
            let bytes = bytes.start - usize::from(about)..bytes.end;
            if self.free(&bytes) && !noun {
                self.take_length(bytes, SignedDuration::from_secs(seconds));
            }
        }
    }

    /// `#label`, `+project`, `@name`, `p1`, `!high`.
    fn marks(&mut self) {
        for bytes in words(self.text) {
            let word = self.text.get(bytes.clone()).unwrap_or("");
            let trimmed = word.trim_end_matches([',', ';', '.', ')']);
            // `P1: ship it`
            let marked = word
                .strip_suffix(':')
                .filter(|word| priority(word).is_some());
            let (trimmed, end) = match marked {
                Some(marked) => (marked, bytes.end),
                None => (trimmed, bytes.start + trimmed.len()),
            };
            let bytes = bytes.start..end;
            if !self.free(&bytes) {
                continue;
            }
            if let Some(priority) = priority(trimmed).or_else(|| Self::pressing(&bytes, trimmed)) {
                self.task.priority = priority;
                self.taken.push((bytes, Kind::Priority));
                continue;
            }
            let Some(mark) = trimmed.chars().next() else {
                continue;
            };
            let name = &trimmed[mark.len_utf8()..];
            let nested = mark == '#' && !name.ends_with('/');
            if !name.starts_with(char::is_alphabetic)
                || name.contains(['@', '#'])
                || name.contains('/') && !nested
            {
                continue;
            }
            self.mark(mark, name, bytes);
        }
    }

    fn mark(&mut self, mark: char, name: &str, bytes: Range<usize>) {
        match mark {
            '#' => {
                if !self.task.labels.iter().any(|label| label == name) {
                    self.task.labels.push(name.to_owned());
                }
                self.taken.push((bytes, Kind::Label));
            }
            '+' | '/' => {
                self.task.project.get_or_insert_with(|| name.to_owned());
                self.taken.push((bytes, Kind::Project));
            }
            '@' => {
                self.task.assignee.get_or_insert_with(|| name.to_owned());
                let before = self.text.get(..bytes.start).unwrap_or("").trim_end();
                let last = before
                    .rsplit(char::is_whitespace)
                    .next()
                    .unwrap_or("")
                    .to_lowercase();
                // “Lunch with @alex”: the name stays, its mark goes.
                let kept = matches!(last.as_str(), "with" | "from" | "about" | "to" | "and");
                let end = if kept { bytes.start + 1 } else { bytes.end };
                self.taken.push((bytes.start..end, Kind::Assignee));
            }
            _ => {}
        }
    }

    /// “asap”, or an opening “urgent:”.
    fn pressing(bytes: &Range<usize>, word: &str) -> Option<Priority> {
        let lower = word.trim_end_matches([':', '!']).to_lowercase();
        let opening = bytes.start == 0 && word.ends_with(':');
        let marked = lower == "asap" || lower == "urgent" && opening;
        marked.then_some(Priority::High)
    }

    fn finish(mut self) -> QuickAdd {
        self.taken.sort_by_key(|(bytes, _)| bytes.start);
        let mut title = String::with_capacity(self.text.len());
        let mut at = 0;
        for (bytes, _) in &self.taken {
            title.push_str(self.text.get(at..bytes.start).unwrap_or(""));
            at = bytes.end.max(at);
        }
        title.push_str(self.text.get(at..).unwrap_or(""));
        self.task.title = tidy(&title);
        if self.task.title.is_empty() {
            self.task.title = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        let mut position = Position { byte: 0, chars: 0 };
        for (bytes, kind) in &self.taken {
            let start = position.advance(self.text, bytes.start);
            let end = position.advance(self.text, bytes.end);
            self.task.understood.push(Understood {
                span: Span { start, end },
                kind: *kind,
            });
        }
        self.task
    }
}

/// Counts characters on the way through a text, once.
struct Position {
    byte: usize,
    chars: usize,
}

impl Position {
    fn advance(&mut self, text: &str, byte: usize) -> usize {
        self.chars += text.get(self.byte..byte).unwrap_or("").chars().count();
        self.byte = byte;
        self.chars
    }
}

/// The bytes of a piece counted in characters; what lies behind the end counts as the end.
fn bytes_of(text: &str, piece: Span) -> Range<usize> {
    let byte = |at: usize| {
        let found = text.char_indices().nth(at);
        found.map_or(text.len(), |(byte, _)| byte)
    };
    byte(piece.start)..byte(piece.end)
}

fn words(text: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut start = None;
    for (i, c) in text.char_indices() {
        match (c.is_whitespace(), start) {
            (true, Some(from)) => {
                all.push(from..i);
                start = None;
            }
            (false, None) => start = Some(i),
            _ => {}
        }
    }
    if let Some(from) = start {
        all.push(from..text.len());
    }
    all
}

fn priority(word: &str) -> Option<Priority> {
    Some(match word.to_ascii_lowercase().as_str() {
        "p0" | "p1" | "!high" | "!1" | "!!1" | "!p1" | "!!!" | "!urgent" | "!h" => Priority::High,
        "p2" | "!medium" | "!med" | "!2" | "!!2" | "!p2" | "!normal" => Priority::Medium,
        "p3" | "p4" | "!low" | "!3" | "!!3" | "!!4" | "!p3" | "!l" => Priority::Low,
        _ => return None,
    })
}

/// One space between words, none before a comma, no empty brackets, no word left hanging.
fn tidy(title: &str) -> String {
    let mut words: Vec<&str> = title.split_whitespace().collect();
    words.retain(|word| !matches!(*word, "()" | "[]" | "{}" | "(" | ")"));
    while let Some(last) = words.last() {
        let bare = last
            .trim_matches([',', ';', ':', '-', '–', '—', '(', '['])
            .to_lowercase();
        if !matches!(
            bare.as_str(),
            "" | "on"
                | "at"
                | "by"
                | "in"
                | "and"
                | "due"
                | "the"
                | "from"
                | "until"
                | "for"
                | "before"
                | "starting"
        ) {
            break;
        }
        words.pop();
    }
    let joined = words
        .join(" ")
        .replace(" ,", ",")
        .replace(" ;", ";")
        .replace("()", "");
    let trimmed = joined.trim_matches(|c: char| {
        matches!(c, ',' | ';' | ':' | '-' | '–' | '—') || c.is_whitespace()
    });
    trimmed.to_owned()
}

#[cfg(test)]
mod tests;
