//! A message with parts (contract 002-E12, A8, D8.5, D8.6, D8.21): a recording, a picture and a
//! document are made out side by side, one model answers over all of them, and the tasks in message,
//! parts and answer are saved as in chat. A part that cannot be made out is named, and the rest is
//! answered all the same.

mod parts;

use std::time::{Duration, Instant};

use domain::file::{File, Topic};
use domain::message::{Message as Kept, MessageAnswer, MessageKind, MessageStatus, NewMessage};
use domain::task::EvidenceSource;
use jiff::Zoned;
use llm::gateway::Call;
use llm::{ChatRequest, Message, ModelError, Use};
use serde_json::{Map, json};
use uuid::Uuid;

use crate::chat::{addressed, shortened};
use crate::propose::{Proposal, Source, merge};
use crate::read::{Content, ReadStatus};
use crate::suggestions::{self, Suggestion};
use crate::{AssistantError, View};

use parts::Seen;

/// A message with parts.
#[derive(Debug, Clone)]
pub struct MultimodalInput {
    /// The request this serves.
    pub request_id: Uuid,
    /// What is said, if anything is.
    pub message: Option<String>,
    /// Ids of the files, in the order recording, picture, document.
    pub file_ids: Vec<String>,
    /// What the assistant should know besides.
    pub context: Option<String>,
    /// Label of the session whose messages form the history.
    pub session_id: Option<String>,
    /// Whether the tasks found are saved at once.
    pub save_tasks: bool,
    /// What pictures are taken to be about.
    pub topic: Topic,
    /// When and where it is said.
    pub now: Zoned,
}

/// The assistant's answer to a message with parts.
#[derive(Debug, Clone)]
pub struct MultimodalReply {
    /// Id of the kept message.
    pub message_id: i64,
    /// The words.
    pub response: String,
    /// How it ended: whole, with something missing, or with nothing that could be used.
    pub status: ReadStatus,
    /// The model that answered, if one did.
    pub model: Option<String>,
    /// Tokens of prompt and answer.
    pub tokens_used: u64,
    /// What was made out of each part.
    pub parts: Vec<Part>,
    /// Suggestions of the answer.
    pub suggestions: Vec<Suggestion>,
    /// Tasks found, saved unless that was not wanted.
    pub tasks: Vec<Proposal>,
    /// Time to the answer.
    pub time: Duration,
}

/// What was made out of a part.
#[derive(Debug, Clone)]
pub struct Part {
    /// Its file.
    pub file: File,
    /// What is in it.
    pub content: Content,
    /// How that went.
    pub status: ReadStatus,
    /// What could not be done, and how it could be.
    pub notes: Vec<String>,
    /// Time it took in seconds.
    pub seconds: f64,
}

/// What a model said, or what stands in for it.
struct Answer {
    text: String,
    model: Option<String>,
    provider: Option<String>,
    tokens: u64,
    status: MessageStatus,
}

impl View {
    /// Answers a message with parts.
    ///
    /// # Errors
    /// `NotFound`, naming the file, for files that are not this person's; else the store's.
    pub async fn multimodal(
        &self,
        input: MultimodalInput,
    ) -> Result<MultimodalReply, AssistantError> {
        let start = Instant::now();
        let mut files = Vec::with_capacity(input.file_ids.len());
        for id in &input.file_ids {
            files.push(self.file(id).await?);
        }
        let kept = self.keep_parts(&input, &files).await?;
        let work = async {
            let seen = self.see_all(files, &input).await?;
            let answer = self.answer_parts(&input, &kept, &seen).await?;
            Ok::<_, AssistantError>((seen, answer))
        };
        let (seen, answer) = Box::pin(self.while_answering(kept.id, work)).await?;
        let tasks = self.tasks_of_parts(&input, kept.id, &seen, &answer);
        self.conclude_parts(&input, kept.id, seen, answer, tasks, start)
            .await
    }

    /// Keeps what was said before anything is made out, so that nothing said is lost.
    async fn keep_parts(
        &self,
        input: &MultimodalInput,
        files: &[File],
    ) -> Result<Kept, AssistantError> {
        let names: Vec<&str> = files.iter().map(|file| &*file.original_filename).collect();
        let listed = format!("[{}]", names.join(", "));
        let message = match &input.message {
            Some(message) if names.is_empty() => message.clone(),
            Some(message) => format!("{message} {listed}"),
            None => listed,
        };
        let mut metadata = Map::new();
        metadata.insert("files".to_owned(), json!(input.file_ids));
        let new = NewMessage {
            user_id: self.owner.clone(),
            session_id: input.session_id.clone(),
            kind: MessageKind::Multimodal,
            message,
            context: input.context.clone(),
            metadata,
        };
        Ok(self.store().add_message(new).await?)
    }

    /// One call over everything that could be made out (contract 002-A8).
    async fn answer_parts(
        &self,
        input: &MultimodalInput,
        kept: &Kept,
        seen: &[Seen],
    ) -> Result<Answer, AssistantError> {
        let usable = seen.iter().any(Seen::is_usable) || input.message.is_some();
        if !usable {
            return Ok(self.without_answer(seen));
        }
        let mut messages = vec![crate::prompt::multimodal_system(&input.now)];
        messages.extend(self.history(kept).await?);
        let context = input.context.as_deref();
        if let Some(context) = context.filter(|text| !text.trim().is_empty()) {
            messages.push(Message::user(format!("Context: {}", shortened(context))));
        }
        messages.push(Message::user(parts::combined(
            input.message.as_deref(),
            seen,
        )));
        let request = ChatRequest {
            messages,
            temperature: Some(0.7),
            top_p: Some(1.0),
            max_tokens: Some(1024),
            ..ChatRequest::default()
        };
        let call = Call::new(input.request_id).for_user(self.owner.clone());
        Ok(
            match self.parts.gateway.chat(Use::Chat, request, call).await {
                Ok(answered) if !answered.value.text.trim().is_empty() => Answer {
                    text: answered.value.text.trim().to_owned(),
                    model: Some(answered.model),
                    provider: Some(answered.account),
                    tokens: answered.value.usage.total_tokens().unwrap_or_default(),
                    status: MessageStatus::Success,
                },
                Ok(_) => self.without_answer(seen),
                Err(error) => {
                    let not_set_up = matches!(error, ModelError::NotConfigured(_));
                    if !not_set_up {
                        tracing::warn!(%error, class = error.class(), "a message with parts got no answer");
                    }
                    Answer {
                        status: if not_set_up {
                            MessageStatus::Placeholder
                        } else {
                            MessageStatus::ApiError
                        },
                        ..self.without_answer(seen)
                    }
                }
            },
        )
    }

    /// The tasks of message, parts and answer, each once (contract D8.1, D8.5).
    fn tasks_of_parts(
        &self,
        input: &MultimodalInput,
        message_id: i64,
        seen: &[Seen],
        answer: &Answer,
    ) -> Vec<Proposal> {
        let id = Some(message_id.to_string());
        let source = |text, kind| Source {
            text,
            kind,
            id: id.clone(),
            refused: &[],
        };
        let mut tasks = Vec::new();
        if let Some(message) = &input.message {
            let message = source(message, EvidenceSource::Message);
            tasks = self.propose_exchange(&message, None, &input.now);
            addressed::take_out(&mut tasks);
        }
        for part in seen {
            merge(&mut tasks, &part.reading.tasks);
        }
        if answer.status == MessageStatus::Success {
            let answer = source(&answer.text, EvidenceSource::Answer);
            merge(&mut tasks, &self.propose_answer(&answer, &input.now));
        }
        tasks
    }

    /// Saves the tasks, keeps the answer and what was made out of the parts, together.
    async fn conclude_parts(
        &self,
        input: &MultimodalInput,
        message_id: i64,
        mut seen: Vec<Seen>,
        answer: Answer,
        mut tasks: Vec<Proposal>,
        start: Instant,
    ) -> Result<MultimodalReply, AssistantError> {
        let usable = seen.iter().any(Seen::is_usable) || input.message.is_some();
        let whole = seen
            .iter()
            .all(|part| part.reading.status == ReadStatus::Success);
        let status = match (usable, whole && answer.model.is_some()) {
            (false, _) => ReadStatus::Error,
            (true, false) => ReadStatus::Partial,
            (true, true) => ReadStatus::Success,
        };
        let mut transaction = self.store().begin().await?;
        if input.save_tasks {
            self.save_within(&mut transaction, &mut tasks).await?;
        }
        for part in &mut seen {
            part.keep(&mut transaction, &tasks).await?;
        }
        let time = start.elapsed();
        let kept = MessageAnswer {
            status: answer.status,
            response: answer.text.clone(),
            model: answer.model.clone(),
            provider: answer.provider,
            response_time: time.as_secs_f64(),
            tokens_used: i64::try_from(answer.tokens).ok(),
            found: None,
        };
        transaction.answer_message(message_id, kept).await?;
        transaction.commit().await?;
        let parts = seen.into_iter().map(Seen::told).collect();
        Ok(MultimodalReply {
            message_id,
            suggestions: match &answer.model {
                Some(_) => suggestions::read(&answer.text),
                None => Vec::new(),
            },
            response: answer.text,
            status,
            model: answer.model,
            tokens_used: answer.tokens,
            parts,
            tasks,
            time,
        })
    }
}

impl View {
    /// What can be said without a model: the parts, as they were made out.
    fn without_answer(&self, seen: &[Seen]) -> Answer {
        let mut told: Vec<String> = seen.iter().map(Seen::plain).collect();
        if told.is_empty() {
            told.push(format!(
                "I have kept your message, but no language model could answer it just now. The tasks \
                 in it are found by rules all the same. For answers, {}.",
                self.parts.config.use_local.remedy("GROQ_API_KEY")
            ));
        }
        Answer {
            text: told.join("\n\n"),
            model: None,
            provider: None,
            tokens: 0,
            status: MessageStatus::Error,
        }
    }
}
