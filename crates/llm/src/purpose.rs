//! What a model call is for. A use has a chain of accounts that may answer it.

use serde::{Deserialize, Serialize};

/// Why a model is called (contract D8.10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Use {
    /// A suggestion for a task.
    Suggestion,
    /// Restating a question before it is answered.
    AskRefine,
    /// Answering a question.
    AskAnswer,
    /// A message of a chat.
    Chat,
    /// Thoughts about an upload.
    Insight,
    /// Describing a picture.
    Caption,
    /// Speech to text.
    Transcription,
    /// Text in pictures.
    ReadText,
    /// Interview questions.
    Questions,
    /// Finding tasks in text.
    Extract,
    /// A message of a stored conversation.
    Conversation,
}

impl Use {
    /// Every use, in the order pages show them.
    pub const ALL: [Self; 11] = [
        Self::Suggestion,
        Self::AskRefine,
        Self::AskAnswer,
        Self::Chat,
        Self::Insight,
        Self::Caption,
        Self::Transcription,
        Self::ReadText,
        Self::Questions,
        Self::Extract,
        Self::Conversation,
    ];

    /// Its name in ledgers, metrics and configuration files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Suggestion => "suggestion",
            Self::AskRefine => "ask_refine",
            Self::AskAnswer => "ask_answer",
            Self::Chat => "chat",
            Self::Insight => "insight",
            Self::Caption => "caption",
            Self::Transcription => "transcription",
            Self::ReadText => "read_text",
            Self::Questions => "questions",
            Self::Extract => "extract",
            Self::Conversation => "conversation",
        }
    }

    /// The use of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|purpose| purpose.as_str() == name)
    }
}

impl std::fmt::Display for Use {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
