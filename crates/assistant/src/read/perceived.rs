//! The words of a file on their way to be thought about.

use media::child::ReadError;

use super::{Content, PROMPT, ReadStatus};
use crate::AssistantError;
use crate::propose::Proposal;

/// Segments a model was less sure of are proposed, not saved.
const SURE: f32 = 0.5;
/// Bytes of the words in which tasks are looked for: as many as a text to extract from may have, some
/// 500 pages. Looking takes about thirty times their memory.
const SEARCHED: usize = 1024 * 1024;

/// What was made out of a file.
#[derive(Debug, Clone)]
pub(crate) struct Perceived {
    pub(crate) content: Content,
    /// All its words; tasks are looked for in [`Perceived::searched`].
    pub(crate) words: String,
    /// First character of each segment of a recording in `words`.
    pub(crate) starts: Vec<usize>,
    pub(crate) status: ReadStatus,
    /// What could not be done, and how it could be.
    pub(crate) notes: Vec<String>,
    /// Whether another attempt may do more.
    pub(crate) again: bool,
}

/// A file whose words could not be made out at all.
pub(crate) enum Unread {
    /// The file is at fault, and will be the next time.
    File(String),
    /// Something of ours is.
    Ours(AssistantError),
}

impl From<ReadError> for Unread {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Open(cause) => Self::Ours(AssistantError::internal(cause)),
            ReadError::Start(cause) => Self::Ours(AssistantError::Unavailable {
                message: "The reader of files could not be started.".to_owned(),
                retry_after: None,
                cause: Some(Box::new(cause)),
            }),
            other => Self::File(sentence(&other.to_string())),
        }
    }
}

impl From<AssistantError> for Unread {
    fn from(error: AssistantError) -> Self {
        Self::Ours(error)
    }
}

impl Unread {
    /// A file at fault is something perceived.
    pub(crate) fn perceived(self) -> Result<Perceived, AssistantError> {
        match self {
            Self::File(why) => Ok(Perceived::unread(ReadStatus::Error, why)),
            Self::Ours(error) => Err(error),
        }
    }
}

impl Perceived {
    /// Something with words.
    pub(crate) fn new(content: Content, words: String) -> Self {
        Self {
            content,
            words,
            starts: Vec::new(),
            status: ReadStatus::Success,
            notes: Vec::new(),
            again: false,
        }
    }

    /// Something without words, and why.
    pub(crate) fn unread(status: ReadStatus, why: String) -> Self {
        Self {
            status,
            notes: vec![why],
            ..Self::new(Content::Unknown, String::new())
        }
    }

    /// The same, with less than there could be.
    pub(crate) fn lacking(&mut self, note: impl Into<String>) {
        if self.status == ReadStatus::Success {
            self.status = ReadStatus::Partial;
        }
        self.notes.push(note.into());
    }

    /// The words in which tasks are looked for.
    pub(crate) fn searched(&self) -> &str {
        if self.words.len() <= SEARCHED {
            return &self.words;
        }
        let head = &self.words[..self.words.floor_char_boundary(SEARCHED)];
        let end = head.rfind(char::is_whitespace).unwrap_or(head.len());
        &head[..end]
    }

    /// Says so where tasks are not looked for in all the words.
    pub(crate) fn tell_what_is_not_searched(&mut self) {
        let (searched, all) = (self.searched().len(), self.words.trim_end().len());
        if searched < all {
            let share = searched * 100 / all;
            self.lacking(format!(
                "It is very long: tasks were looked for in its first {share} %. Split the file to have \
                 the rest looked at."
            ));
        }
    }

    /// Notes the second of a recording at which a task was said, and whether that was heard badly.
    pub(crate) fn place(&self, task: &mut Proposal) {
        let Content::Speech(speech) = &self.content else {
            return;
        };
        let (from, to) = (task.evidence.start, task.evidence.end);
        let first = self.starts.partition_point(|&start| start <= from);
        let last = self.starts.partition_point(|&start| start < to);
        let Some(heard) = speech.segments.get(first.saturating_sub(1)..last) else {
            return;
        };
        task.evidence.second = heard.first().map(|segment| f64::from(segment.start));
        let doubtful = |confidence: Option<f32>| confidence.is_some_and(|sure| sure < SURE);
        task.needs_confirmation = heard.iter().any(|segment| doubtful(segment.confidence));
    }

    /// What a model is told of it: the first 2000 characters (contract 002-A9); nothing where there is
    /// nothing to think about.
    pub(crate) fn told(&self) -> Option<String> {
        let words: String = self.words.chars().take(PROMPT).collect();
        if let Content::Picture(picture) = &self.content {
            let text = if words.is_empty() { "none" } else { &words };
            return Some(format!(
                "What it shows: {}\nText in it:\n{text}",
                picture.description
            ));
        }
        (!words.trim().is_empty()).then_some(words)
    }
}

/// With a capital letter and a full stop.
pub(crate) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    let mut told: String = first.into_iter().flatten().chain(letters).collect();
    if !told.ends_with(['.', '!', '?']) {
        told.push('.');
    }
    told
}
