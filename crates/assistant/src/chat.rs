//! Chat (contract 002-E11, 002-A1, A2, D8.1, D8.5, D8.6, D8.11): keep the message, ask a model,
//! find tasks in both, keep the answer and the tasks together.
//!
//! What a failing model means is decided here: the person still gets an answer with status 200, and
//! the tasks of their own words.

pub(crate) mod addressed;
mod history;
mod session;
mod stream;

use std::time::{Duration, Instant};

use domain::message::{Message as Kept, MessageAnswer, MessageKind, MessageStatus, NewMessage};
use domain::task::EvidenceSource;
use jiff::Zoned;
use llm::gateway::{Answered, Call};
use llm::{ChatAnswer, ChatRequest, ModelError, Use};
use serde_json::Map;
use uuid::Uuid;

use crate::propose::{Proposal, Source};
use crate::{AssistantError, UseLocal, View};

pub use session::Exchange;
pub use stream::ChatPiece;

/// Longest context given to the model in characters (contract 002-A1).
const CONTEXT: usize = 500;
/// Put after a context that was cut.
const CUT: &str = "... [truncated]";

/// A message to the assistant.
#[derive(Debug, Clone)]
pub struct ChatInput {
    /// The request this serves.
    pub request_id: Uuid,
    /// What is said.
    pub message: String,
    /// What the assistant should know besides.
    pub context: Option<String>,
    /// Label of the session whose messages form the history.
    pub session_id: Option<String>,
    /// Whether the tasks found are saved at once.
    pub save_tasks: bool,
    /// When and where it is said.
    pub now: Zoned,
}

/// The assistant's answer.
#[derive(Debug, Clone)]
pub struct ChatReply {
    /// Id of the kept message.
    pub message_id: i64,
    /// The words.
    pub response: String,
    /// The model that answered.
    pub model: String,
    /// The account that answered, if any did.
    pub provider: Option<String>,
    /// Time to the answer.
    pub response_time: Duration,
    /// Tokens of prompt and answer; 0 where nothing was asked.
    pub tokens_used: u64,
    /// How it ended.
    pub status: MessageStatus,
    /// Tasks found, saved unless that was not wanted.
    pub tasks: Vec<Proposal>,
}

/// The model's part of an exchange, or what stands in for it.
struct Outcome {
    text: String,
    model: String,
    provider: Option<String>,
    tokens: Option<u64>,
    status: MessageStatus,
}

impl View {
    /// Answers a message.
    ///
    /// # Errors
    /// Only the store's: a model that fails is an answer with its own status.
    pub async fn chat(&self, input: ChatInput) -> Result<ChatReply, AssistantError> {
        let start = Instant::now();
        let kept = self.keep(&input).await?;
        let request = self.chat_request(&input, &kept).await?;
        let call = Call::new(input.request_id).for_user(self.owner.clone());
        let asked = async {
            match self.parts.gateway.chat(Use::Chat, request, call).await {
                Ok(answered) => Outcome::of(answered),
                Err(error) => self.without_model(&input, &error),
            }
        };
        let outcome = Box::pin(self.while_answering(kept.id, asked)).await;
        self.conclude(&input, kept.id, outcome, start.elapsed())
            .await
    }

    /// Words in place of an answer.
    fn without_model(&self, input: &ChatInput, error: &ModelError) -> Outcome {
        Outcome::without_model(&input.message, error, self.parts.config.use_local)
    }

    /// Keeps the message before any model is asked, so that nothing said is lost.
    async fn keep(&self, input: &ChatInput) -> Result<Kept, AssistantError> {
        let new = NewMessage {
            user_id: self.owner.clone(),
            session_id: input.session_id.clone(),
            kind: MessageKind::Chat,
            message: input.message.clone(),
            context: input.context.clone(),
            metadata: Map::new(),
        };
        Ok(self.store().add_message(new).await?)
    }

    async fn chat_request(
        &self,
        input: &ChatInput,
        kept: &Kept,
    ) -> Result<ChatRequest, AssistantError> {
        let mut messages = vec![crate::prompt::chat_system(&input.now)];
        messages.extend(self.history(kept).await?);
        if let Some(context) = input
            .context
            .as_deref()
            .filter(|text| !text.trim().is_empty())
        {
            messages.push(llm::Message::user(format!(
                "Context: {}",
                shortened(context)
            )));
        }
        messages.push(llm::Message::user(input.message.clone()));
        Ok(ChatRequest {
            messages,
            temperature: Some(0.7),
            top_p: Some(1.0),
            max_tokens: Some(1024),
            ..ChatRequest::default()
        })
    }

    /// The tasks in a message and in what a model answered.
    fn find(&self, input: &ChatInput, message_id: i64, answer: Option<&str>) -> Vec<Proposal> {
        let id = message_id.to_string();
        let source = |text, kind| Source {
            text,
            kind,
            id: Some(id.clone()),
            refused: &[],
        };
        let message = source(&input.message, EvidenceSource::Message);
        let answer = answer.map(|words| source(words, EvidenceSource::Answer));
        let mut tasks = self.propose_exchange(&message, answer.as_ref(), &input.now);
        addressed::take_out(&mut tasks);
        tasks
    }

    /// Finds the tasks and keeps answer and tasks in one transaction.
    async fn conclude(
        &self,
        input: &ChatInput,
        message_id: i64,
        outcome: Outcome,
        elapsed: Duration,
    ) -> Result<ChatReply, AssistantError> {
        let answered = outcome.status == MessageStatus::Success;
        let mut tasks = self.find(input, message_id, answered.then_some(&outcome.text));
        let mut transaction = self.store().begin().await?;
        if input.save_tasks {
            self.save_within(&mut transaction, &mut tasks).await?;
        } else {
            self.mark_known_within(&mut transaction, &mut tasks).await?;
        }
        let kept = MessageAnswer {
            status: outcome.status,
            response: outcome.text.clone(),
            model: Some(outcome.model.clone()),
            provider: outcome.provider.clone(),
            response_time: elapsed.as_secs_f64(),
            tokens_used: outcome.tokens.and_then(|tokens| i64::try_from(tokens).ok()),
            found: session::record(&tasks),
        };
        transaction.answer_message(message_id, kept).await?;
        transaction.commit().await?;
        Ok(ChatReply {
            message_id,
            response: outcome.text,
            model: outcome.model,
            provider: outcome.provider,
            response_time: elapsed,
            tokens_used: outcome.tokens.unwrap_or_default(),
            status: outcome.status,
            tasks,
        })
    }
}

impl Outcome {
    fn of(answered: Answered<ChatAnswer>) -> Self {
        Self {
            text: answered.value.text.trim().to_owned(),
            model: answered.model,
            provider: Some(answered.account),
            tokens: answered.value.usage.total_tokens(),
            status: MessageStatus::Success,
        }
    }

    /// An answer in words for when no model gave one (contract 002-A2, D8.11).
    fn without_model(message: &str, error: &ModelError, use_local: UseLocal) -> Self {
        let quoted: String = message.chars().take(120).collect();
        match error {
            ModelError::NotConfigured(_) => Self {
                text: format!(
                    "I have kept “{quoted}”, but no language model is set up to answer it. The \
                     tasks in it are found by rules all the same. For answers, {}.",
                    use_local.remedy("GROQ_API_KEY")
                ),
                model: "none".to_owned(),
                provider: None,
                tokens: Some(message.split_whitespace().count() as u64),
                status: MessageStatus::Placeholder,
            },
            other => {
                tracing::warn!(error = %other, class = other.class(), "chat got no answer");
                Self {
                    text: "Sorry, no language model could answer just now. Your message is kept \
                           and the tasks in it are found by rules; please try again in a moment."
                        .to_owned(),
                    model: "none".to_owned(),
                    provider: None,
                    tokens: None,
                    status: MessageStatus::ApiError,
                }
            }
        }
    }
}

/// The first 500 characters of a context (contract 002-A1).
pub(crate) fn shortened(context: &str) -> String {
    if context.chars().count() <= CONTEXT {
        return context.to_owned();
    }
    context.chars().take(CONTEXT).chain(CUT.chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a1_002_a_long_context_is_cut_at_500_characters_with_a_marker() {
        let cut = shortened(&"ä".repeat(501));
        assert_eq!(cut.chars().count(), 500 + CUT.chars().count());
        assert!(cut.ends_with(CUT));
        assert_eq!(shortened("short"), "short");
    }

    #[test]
    fn a2_002_without_any_model_the_answer_quotes_the_message_and_says_what_to_do() {
        let error = ModelError::NotConfigured("chat".to_owned());
        let outcome = Outcome::without_model("Plan my move", &error, UseLocal::Auto);
        assert_eq!(outcome.status, MessageStatus::Placeholder);
        assert!(outcome.text.contains("Plan my move") && outcome.text.contains("models pull"));
    }

    #[test]
    fn d8_11_where_all_models_failed_the_status_is_api_error() {
        let outcome =
            Outcome::without_model("Plan", &ModelError::Timeout("first token"), UseLocal::Auto);
        assert_eq!(outcome.status, MessageStatus::ApiError);
        assert_eq!(outcome.tokens, None);
    }
}
