//! An uploaded text becomes an analysis, suggestions and tasks (contract 002-A9, D8.2, D8.5).

use std::time::{Duration, Instant};

use domain::file::{File, Processing};
use domain::task::EvidenceSource;
use jiff::Zoned;
use llm::gateway::Call;
use llm::{ChatRequest, Message, ModelError, Use};
use media::Kind;
use media::table::Table;
use serde_json::json;
use uuid::Uuid;

use crate::invitation::{self, About};
use crate::propose::{ModelUse, Proposal, Source};
use crate::suggestions::{self, Suggestion};
use crate::{AssistantError, View};

/// Characters of a text that go into one prompt (contract 002-A9).
const PROMPT: usize = 2000;
/// Characters shown as a preview.
const PREVIEW: usize = 200;
/// Longest text read whole, in bytes; what lies beyond is told, not read.
const TEXT: usize = 8 * 1024 * 1024;

/// How a file is to be read.
#[derive(Debug, Clone)]
pub struct ReadInput {
    /// The request this serves.
    pub request_id: Uuid,
    /// When and where it was uploaded.
    pub now: Zoned,
    /// Whether the tasks found are saved at once.
    pub save_tasks: bool,
}

/// What came of reading a file.
#[derive(Debug, Clone)]
pub struct Reading {
    /// How it ended.
    pub status: ReadStatus,
    /// The analysis with the invitation, for a person.
    pub response: String,
    /// The analysis alone.
    pub analysis: String,
    /// `text_file`, or `file` for what could not be read.
    pub input: &'static str,
    /// Suggestions of the analysis.
    pub suggestions: Vec<Suggestion>,
    /// Tasks found, saved unless that was not wanted.
    pub tasks: Vec<Proposal>,
    /// The model that analysed, if one did.
    pub model: Option<String>,
    /// The beginning of the text.
    pub preview: String,
    /// Encoding of the text, if it is one.
    pub encoding: Option<&'static str>,
    /// What the table holds, if it is one.
    pub table: Option<Table>,
    /// Time it took.
    pub time: Duration,
}

/// How reading a file ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

impl View {
    /// Reads an uploaded file; the record tells how far that has come and what came of it.
    ///
    /// # Errors
    /// Only the store's and the disk's: a file that cannot be understood is a reading with its own
    /// status.
    pub async fn read_file(
        &self,
        file: &File,
        input: ReadInput,
    ) -> Result<Reading, AssistantError> {
        let start = Instant::now();
        self.set_processing(file, Processing::Running, None).await?;
        let bytes = self.parts.blobs.read(&file.filename).await;
        let bytes = bytes.map_err(AssistantError::internal)?;
        let whole = bytes.len() <= TEXT;
        let kind = media::kind::detect(
            &bytes[..bytes.len().min(media::kind::HEAD)],
            &file.original_filename,
        );
        let mut reading = if kind.is_text() {
            let text = media::text::decode(&bytes[..bytes.len().min(TEXT)]);
            match text {
                Ok(decoded) => self.read_text(file, kind, decoded, &input).await?,
                Err(error) => Reading::unread(ReadStatus::Error, format!("{error}.")),
            }
        } else {
            let kind = kind.media_type();
            let words =
                format!("The file is kept ({kind}), but its content needs a manual review.");
            Reading::unread(ReadStatus::Partial, words)
        };
        if !whole && reading.status == ReadStatus::Success {
            reading.status = ReadStatus::Partial;
        }
        reading.time = start.elapsed();
        let done = match reading.status {
            ReadStatus::Error => Processing::Failed,
            ReadStatus::Success | ReadStatus::Partial => Processing::Completed,
        };
        let result = json!({
            "status": reading.status.as_str(),
            "analysis": reading.analysis,
            "tasks": reading.tasks.iter().filter_map(|task| task.id).collect::<Vec<_>>(),
        });
        self.set_processing(file, done, Some(result)).await?;
        Ok(reading)
    }

    async fn read_text(
        &self,
        file: &File,
        kind: Kind,
        decoded: media::Decoded,
        input: &ReadInput,
    ) -> Result<Reading, AssistantError> {
        let text = decoded.text;
        let table = (kind == Kind::Csv).then(|| media::table::describe(&text));
        let id = Some(file.id.to_string());
        let source = Source {
            text: &text,
            kind: EvidenceSource::File,
            id,
        };
        let call = || Call::new(input.request_id).for_user(self.owner.clone());
        let mut tasks = self
            .propose(&source, &input.now, ModelUse::Auto, call())
            .await
            .tasks;
        let asked = self
            .parts
            .gateway
            .chat(Use::Insight, request(file, &text), call())
            .await;
        let (analysis, model) = match asked {
            Ok(answered) => (answered.value.text.trim().to_owned(), Some(answered.model)),
            Err(error) => {
                if !matches!(error, ModelError::NotConfigured(_)) {
                    tracing::warn!(%error, class = error.class(), "a file was not analysed");
                }
                (plain_analysis(&text, table.as_ref(), &tasks), None)
            }
        };
        if input.save_tasks {
            self.save_proposals(&mut tasks).await?;
        }
        Ok(Reading {
            status: ReadStatus::Success,
            response: invitation::add(&analysis, About::Document),
            suggestions: model
                .as_ref()
                .map_or_else(Vec::new, |_| suggestions::read(&analysis)),
            analysis,
            input: "text_file",
            tasks,
            model,
            preview: text.chars().take(PREVIEW).collect(),
            encoding: Some(decoded.encoding),
            table,
            time: Duration::ZERO,
        })
    }
}

impl Reading {
    fn unread(status: ReadStatus, words: String) -> Self {
        Self {
            status,
            response: invitation::add(&words, About::General),
            analysis: words,
            input: "file",
            suggestions: Vec::new(),
            tasks: Vec::new(),
            model: None,
            preview: String::new(),
            encoding: None,
            table: None,
            time: Duration::ZERO,
        }
    }
}

fn request(file: &File, text: &str) -> ChatRequest {
    let part: String = text.chars().take(PROMPT).collect();
    let about = file.description.as_deref().unwrap_or_default();
    let name = &file.original_filename;
    ChatRequest {
        messages: vec![
            Message::system(include_str!("prompts/document.md").trim()),
            Message::user(format!(
                "File: {name}\nAbout it: {about}\n\n<<<\n{part}\n>>>"
            )),
        ],
        temperature: Some(0.3),
        max_tokens: Some(800),
        ..ChatRequest::default()
    }
}

/// What can be said of a text without a model, and no more.
fn plain_analysis(text: &str, table: Option<&Table>, tasks: &[Proposal]) -> String {
    let mut told = match table {
        Some(table) => format!(
            "A table of {} rows with the columns {}.",
            table.row_count,
            table.columns.join(", ")
        ),
        None => format!(
            "A text of {} lines and {} words.",
            text.lines().count(),
            text.split_whitespace().count()
        ),
    };
    told.push_str(match tasks.len() {
        0 => " No tasks were found in it.",
        1 => " One task was found in it:",
        _ => " These tasks were found in it:",
    });
    for task in tasks {
        told.push_str("\n- ");
        told.push_str(&task.summary);
        if let Some(due) = &task.due {
            told.push_str(" (due ");
            told.push_str(&due.to_string());
            told.push(')');
        }
    }
    told
}
