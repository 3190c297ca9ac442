//! Words at the end of a line that say how urgent it is: `Put up the lights, no rush #home`.

use std::ops::Range;

use super::{Kind, Reader};
use crate::task::Priority;

/// What a line may close with; a longer wording before the one it ends with.
const WORDINGS: &[(&str, Priority)] = &[
    ("not urgent", Priority::Low),
    ("urgent", Priority::High),
    ("high priority", Priority::High),
    ("top priority", Priority::High),
    ("high prio", Priority::High),
    ("low priority", Priority::Low),
    ("low prio", Priority::Low),
    ("no rush", Priority::Low),
    ("no hurry", Priority::Low),
    ("someday", Priority::Low),
    ("some day", Priority::Low),
    ("whenever", Priority::Low),
    ("nice to have", Priority::Low),
];

impl Reader<'_> {
    /// Takes the wording the line closes with, before its marks, where no mark says it already.
    pub(super) fn closing_words(&mut self) {
        let marked = |(_, kind): &(_, Kind)| *kind == Kind::Priority;
        if self.taken.iter().any(marked) {
            return;
        }
        let end = self.end_of_words();
        let line = self.text.get(..end).unwrap_or_default();
        let lower = line.to_ascii_lowercase();
        let ended = |(wording, _): &&(&str, Priority)| lower.ends_with(wording);
        let Some((wording, priority)) = WORDINGS.iter().find(ended) else {
            return;
        };
        let behind = self.text.get(end..).unwrap_or_default();
        let loud = behind.len() - behind.trim_start_matches('!').len();
        let bytes = end - wording.len()..end + loud;
        let title = line.get(..bytes.start).unwrap_or_default();
        let apart = title.ends_with([' ', '(', ',', '-', '–', '—']);
        if apart && title.contains(char::is_alphanumeric) && self.free(&bytes) {
            self.task.priority = *priority;
            self.taken.push((bytes, Kind::Priority));
        }
    }

    /// Where the words end that no mark and no date behind them has taken.
    fn end_of_words(&self) -> usize {
        let mut end = self.text.len();
        loop {
            let line = self.text.get(..end).unwrap_or_default();
            end = line.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
            let behind = |(bytes, _): &&(Range<usize>, Kind)| bytes.start < end && end <= bytes.end;
            let Some((bytes, _)) = self.taken.iter().find(behind) else {
                return end;
            };
            end = bytes.start;
        }
    }
}
