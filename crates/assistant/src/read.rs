//! A file becomes words, an analysis, suggestions and tasks (contract 002-A5, A7, A9, D8.2, D8.5).
//!
//! Two steps. A file is *perceived*: its words are made out, by the file `read/document.rs`,
//! `transcribe.rs` or `describe.rs`, each by its kind. Then it is *thought about*: tasks are found in
//! the words, and a model says what to make of them. What cannot be done is said, never made up.

mod content;
mod document;
mod perceived;
mod plain;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use domain::file::{File, Topic};
use domain::task::EvidenceSource;
use jiff::Zoned;
use llm::gateway::Call;
use llm::{ChatRequest, Message, ModelError, Use};
use media::Kind;
use serde::{Deserialize, Serialize};
use tokio::sync::watch;
use uuid::Uuid;

use crate::invitation;
use crate::propose::{ModelUse, Proposal, Proposals, Source};
use crate::suggestions::{self, Suggestion};
use crate::{AssistantError, View};

pub use content::{Content, DocumentContent, Hearing, PictureContent, SpeechContent};
pub(crate) use perceived::{Perceived, Unread};
pub(crate) use plain::clock;

/// Characters of a text that go into one prompt (contract 002-A9).
pub(crate) const PROMPT: usize = 2000;
/// Time a model of this machine may take for the text of one picture, loading included.
pub(crate) const PATIENCE: Duration = Duration::from_mins(5);

/// How a file is to be read.
#[derive(Debug, Clone)]
pub struct ReadInput {
    /// The request this serves.
    pub request_id: Uuid,
    /// When and where it was written or said.
    pub now: Zoned,
    /// What a picture is taken to be about, where its caption does not say.
    pub topic: Topic,
    /// Whether a model is asked for tasks.
    pub tasks: ModelUse,
}

/// How far the work on a file is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// What is done, from 0 to 1.
    pub share: f64,
    /// What is being done, in a word or two.
    pub doing: &'static str,
}

/// Where the work on a file tells how far it is.
#[derive(Debug, Clone)]
pub struct Progress(watch::Sender<Step>);

impl Progress {
    /// A place to tell, and one to look.
    pub fn new() -> (Self, watch::Receiver<Step>) {
        let (sender, receiver) = watch::channel(Step {
            share: 0.0,
            doing: "waiting",
        });
        (Self(sender), receiver)
    }

    pub(crate) fn tell(&self, doing: &'static str, share: f64) {
        self.0.send_replace(Step {
            share: share.clamp(0.0, 1.0),
            doing,
        });
    }
}

/// What came of reading a file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Reading {
    /// How it ended.
    pub status: ReadStatus,
    /// The analysis with the invitation, for a person.
    pub response: String,
    /// The analysis alone.
    pub analysis: String,
    /// Whether a model analysed.
    pub model: Option<String>,
    /// The model that proposed tasks, if one did.
    pub task_model: Option<String>,
    /// What is in the file.
    pub content: Content,
    /// Suggestions of the analysis.
    pub suggestions: Vec<Suggestion>,
    /// Tasks found, saved unless that was not wanted.
    pub tasks: Vec<Proposal>,
    /// What could not be done, and how it could be.
    pub notes: Vec<String>,
    /// Whether another attempt may do more.
    pub again: bool,
    /// Time it took in seconds.
    pub seconds: f64,
}

/// How reading a file ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReadStatus {
    /// Read and analysed.
    Success,
    /// Kept, but not all could be done.
    Partial,
    /// It could not be read.
    Error,
}

impl ReadStatus {
    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Partial => "partial",
            Self::Error => "error",
        }
    }
}

/// A file as it lies on the disk.
#[derive(Debug, Clone)]
pub(crate) struct Subject {
    pub(crate) path: PathBuf,
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) size: u64,
    pub(crate) description: Option<String>,
    pub(crate) id: Option<String>,
}

impl View {
    /// An uploaded file as it lies on the disk.
    pub(crate) async fn subject(&self, file: &File) -> Result<Subject, AssistantError> {
        let path = self.parts.blobs.path(&file.filename);
        let path = path.map_err(AssistantError::internal)?;
        let head = self.parts.blobs.head(&file.filename).await;
        let head = head.map_err(AssistantError::internal)?;
        Ok(Subject {
            path,
            kind: media::kind::detect(&head, &file.original_filename),
            name: file.original_filename.clone(),
            size: u64::try_from(file.file_size).unwrap_or_default(),
            description: file.description.clone(),
            id: Some(file.id.to_string()),
        })
    }

    /// Makes out the words of a file.
    ///
    /// # Errors
    /// Only where another attempt may succeed: what is wrong with the file is what is perceived.
    pub(crate) async fn perceive(
        &self,
        subject: &Subject,
        input: &ReadInput,
        progress: &Progress,
    ) -> Result<Perceived, AssistantError> {
        let call = Call::new(input.request_id).for_user(self.owner.clone());
        let mut perceived = match subject.kind {
            Kind::Audio(media_type) => self.listen(subject, media_type, &call, progress).await?,
            Kind::Image(_) => self.look(subject, input.topic, &call, progress).await?,
            Kind::Binary => {
                let kind = subject.kind.media_type();
                let words =
                    format!("The file is kept ({kind}), but its content needs a manual review.");
                Perceived::unread(ReadStatus::Partial, words)
            }
            _ => self.read_document(subject, &call, progress).await?,
        };
        perceived.tell_what_is_not_searched();
        Ok(perceived)
    }

    /// The tasks in the words of a file.
    pub(crate) async fn tasks_of(
        &self,
        perceived: &Perceived,
        id: Option<String>,
        input: &ReadInput,
    ) -> Proposals {
        if perceived.words.trim().is_empty() {
            return Proposals::default();
        }
        let source = Source {
            text: perceived.searched(),
            kind: perceived.source(),
            id,
            refused: &[],
        };
        let call = Call::new(input.request_id).for_user(self.owner.clone());
        let mut found = self.propose(&source, &input.now, input.tasks, call).await;
        for task in &mut found.tasks {
            perceived.place(task);
        }
        found
    }

    /// Perceives a file, finds its tasks and asks a model what to make of it. Nothing is saved.
    ///
    /// # Errors
    /// As [`View::perceive`].
    pub(crate) async fn read_subject(
        &self,
        subject: &Subject,
        input: &ReadInput,
        progress: &Progress,
    ) -> Result<Reading, AssistantError> {
        let start = Instant::now();
        let perceived = Box::pin(self.perceive(subject, input, progress)).await?;
        progress.tell("thinking", 0.9);
        let tasks = self.tasks_of(&perceived, subject.id.clone(), input);
        let insight = self.insight(subject, &perceived, input);
        let (found, insight) = tokio::join!(tasks, insight);
        progress.tell("done", 1.0);
        Ok(Reading::of(perceived, found, insight, start))
    }

    /// Reads a file of this machine where it lies: its words and the tasks in them. Nothing is kept,
    /// and no model is asked what to make of it.
    ///
    /// # Errors
    /// `Unavailable` for a file that cannot be opened; what is wrong with it otherwise is its status.
    pub async fn read_local(
        &self,
        path: &Path,
        input: &ReadInput,
        progress: &Progress,
    ) -> Result<Reading, AssistantError> {
        let start = Instant::now();
        let unopened = |error: std::io::Error| AssistantError::Unavailable {
            message: format!("cannot read {}: {error}", path.display()),
            retry_after: None,
            cause: None,
        };
        let head = crate::blobs::head(path).await.map_err(unopened)?;
        let facts = tokio::fs::metadata(path).await.map_err(unopened)?;
        let name = path.file_name().unwrap_or(path.as_os_str());
        let name = name.to_string_lossy().into_owned();
        let subject = Subject {
            path: path.to_owned(),
            kind: media::kind::detect(&head, &name),
            size: facts.len(),
            description: None,
            id: Some(name.clone()),
            name,
        };
        let perceived = Box::pin(self.perceive(&subject, input, progress)).await?;
        progress.tell("finding tasks", 0.9);
        let found = self.tasks_of(&perceived, subject.id.clone(), input).await;
        progress.tell("done", 1.0);
        Ok(Reading::of(perceived, found, None, start))
    }

    /// What a model makes of the words of a file; nothing where there are none or no model answers.
    async fn insight(
        &self,
        subject: &Subject,
        perceived: &Perceived,
        input: &ReadInput,
    ) -> Option<(String, String)> {
        let told = perceived.told()?;
        let about = subject.description.as_deref().unwrap_or_default();
        let name = &subject.name;
        let request = ChatRequest {
            messages: vec![
                Message::system(perceived.instructions().trim()),
                Message::user(format!(
                    "File: {name}\nAbout it: {about}\n\n<<<\n{told}\n>>>"
                )),
            ],
            temperature: Some(0.3),
            max_tokens: Some(800),
            ..ChatRequest::default()
        };
        let call = Call::new(input.request_id).for_user(self.owner.clone());
        match self.parts.gateway.chat(Use::Insight, request, call).await {
            Ok(answered) => {
                let words = answered.value.text.trim().to_owned();
                (!words.is_empty()).then_some((words, answered.model))
            }
            Err(error) => {
                if !matches!(error, ModelError::NotConfigured(_)) {
                    tracing::warn!(%error, class = error.class(), "a file was not analysed");
                }
                None
            }
        }
    }
}

impl Reading {
    /// What was perceived and found, with a model's words about it and its name, if one spoke.
    pub(crate) fn of(
        perceived: Perceived,
        found: Proposals,
        insight: Option<(String, String)>,
        start: Instant,
    ) -> Self {
        let (analysis, suggestions, model) = match insight {
            Some((words, model)) => {
                let suggestions = suggestions::read(&words);
                (words, suggestions, Some(model))
            }
            None => (plain::analysis(&perceived, &found.tasks), Vec::new(), None),
        };
        Self {
            status: perceived.status,
            response: invitation::add(&analysis, perceived.about()),
            analysis,
            model,
            task_model: found.model,
            content: perceived.content,
            suggestions,
            tasks: found.tasks,
            notes: perceived.notes,
            again: perceived.again,
            seconds: start.elapsed().as_secs_f64(),
        }
    }
}

impl Perceived {
    /// What kind of evidence its words are.
    pub(crate) fn source(&self) -> EvidenceSource {
        match &self.content {
            Content::Speech(_) => EvidenceSource::Transcript,
            Content::Picture(_) => EvidenceSource::Image,
            Content::Document(_) | Content::Unknown => EvidenceSource::File,
        }
    }

    /// Which invitation ends its analysis (contract 002-A10).
    fn about(&self) -> invitation::About {
        match &self.content {
            Content::Document(_) => invitation::About::Document,
            Content::Speech(_) => invitation::About::Audio,
            Content::Picture(_) => invitation::About::Image,
            Content::Unknown => invitation::About::General,
        }
    }

    /// What a model is asked about it: recordings, documents, and pictures by what they are about.
    fn instructions(&self) -> &'static str {
        match &self.content {
            Content::Speech(_) => include_str!("prompts/recording.md"),
            Content::Picture(picture) => match picture.context {
                Topic::General => include_str!("prompts/picture-general.md"),
                Topic::Document => include_str!("prompts/picture-document.md"),
                Topic::Chart => include_str!("prompts/picture-chart.md"),
                Topic::Meeting => include_str!("prompts/picture-meeting.md"),
                Topic::Planning => include_str!("prompts/picture-planning.md"),
            },
            Content::Document(_) | Content::Unknown => include_str!("prompts/document.md"),
        }
    }
}
