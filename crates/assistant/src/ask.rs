//! One question, one answer (contract 001-A1…A6, D8.18, D8.34, D8.35): a cache is asked first; then
//! one model restates the question and another answers it.
//!
//! A model that fails is an answer with its own status: without the first the question is asked as
//! it stands, without the second there are words of regret, which are never kept.

use std::time::{Duration, Instant};

use domain::message::{MessageAnswer, MessageKind, MessageStatus, NewMessage};
use llm::gateway::{Answered, Call, Origin};
use llm::{ChatAnswer, ChatRequest, Message, ModelError, Use};
use serde_json::Map;
use uuid::Uuid;

use crate::cache::Looked;
use crate::{AssistantError, UseLocal, View};

/// How long an answer is kept whose question could not be restated (contract D8.35).
const FALLBACK_TTL: Duration = Duration::from_mins(1);
/// Share of the time that restating may take, so that enough is left for the answer.
const REFINE_SHARE: f64 = 1.0 / 3.0;
/// A restated question is no longer than a question may be.
const LONGEST_QUESTION: usize = 1000;
/// Words of a model that speaks about its instructions instead of answering (contract 001-A5).
const LEAKS: [&str; 5] = [
    "your prompt is",
    "suggestions for refinement",
    "to answer this question",
    "i need more context",
    "could you please clarify",
];

/// A question.
#[derive(Debug, Clone)]
pub struct AskInput {
    /// The request this serves.
    pub request_id: Uuid,
    /// What is asked.
    pub query: String,
}

/// How an answer came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskStatus {
    /// As it should.
    Ok,
    /// The question could not be restated; the answer is good.
    Fallback,
    /// No model answered.
    Error,
}

impl AskStatus {
    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Fallback => "fallback",
            Self::Error => "error",
        }
    }
}

/// The answer to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskReply {
    /// The words.
    pub answer: String,
    /// Whether a cache had them.
    pub cached: bool,
    /// How they came about.
    pub status: AskStatus,
    /// Who restated and who answered, as `one + other`; `none` where nobody did.
    pub model: String,
    /// What the answering model was asked.
    pub refined: String,
}

/// An answer as the cache keeps it.
#[derive(Debug, Clone)]
pub(crate) struct KeptAnswer {
    reply: AskReply,
    origin: Origin,
    tokens: Option<u64>,
}

/// A question as it is put to the answering model.
struct Refined {
    text: String,
    model: Option<String>,
    status: AskStatus,
}

/// Words instead of an answer, which are not kept.
struct Regret {
    reply: AskReply,
    status: MessageStatus,
}

impl View {
    /// Answers a question.
    ///
    /// # Errors
    /// Only the store's: a model that fails is an answer with its own status.
    pub async fn ask(&self, input: AskInput) -> Result<AskReply, AssistantError> {
        let start = Instant::now();
        let query = input.query.trim();
        let message_id = self.keep_question(query).await?;
        let call = Call::new(input.request_id).for_user(self.owner.clone());
        let shown: String = query.chars().take(100).collect();
        tracing::info!(query = shown, "ask_start");
        let make = self.answer(query, &call, start);
        let (reply, tokens, status) = match self.parts.caches.ask.get_or_make(query, make).await {
            Ok(Looked::Made(kept)) => (kept.reply, kept.tokens, MessageStatus::Success),
            Ok(Looked::Found(mut kept)) => {
                kept.reply.cached = true;
                let gateway = &self.parts.gateway;
                gateway.record_cached(Use::AskAnswer, &call, &kept.origin);
                (kept.reply, None, MessageStatus::Success)
            }
            Err(regret) => (regret.reply.clone(), None, regret.status),
        };
        let answer = MessageAnswer {
            status,
            response: reply.answer.clone(),
            model: Some(reply.model.clone()),
            provider: None,
            response_time: start.elapsed().as_secs_f64(),
            tokens_used: tokens.and_then(|tokens| i64::try_from(tokens).ok()),
            found: None,
        };
        self.store().answer_message(message_id, answer).await?;
        let duration_s = format!("{:.2}", start.elapsed().as_secs_f64());
        let (status, cached) = (reply.status.as_str(), reply.cached);
        tracing::info!(duration_s, status, cached, "ask_complete");
        Ok(reply)
    }

    /// Keeps the question before any model is asked (contract 7.3).
    async fn keep_question(&self, query: &str) -> Result<i64, AssistantError> {
        let new = NewMessage {
            user_id: self.owner.clone(),
            session_id: None,
            kind: MessageKind::Ask,
            message: query.to_owned(),
            context: None,
            metadata: Map::new(),
        };
        Ok(self.store().add_message(new).await?.id)
    }

    /// Restates and answers within the time of the whole request (contract D8.34).
    async fn answer(
        &self,
        query: &str,
        call: &Call,
        start: Instant,
    ) -> Result<(KeptAnswer, Duration), Regret> {
        let limit = self.parts.gateway.timeout();
        let refined = self.refine(query, call, limit.mul_f64(REFINE_SHARE)).await;
        let left = limit.saturating_sub(start.elapsed());
        let call = call.clone().within(left).after_cache_miss();
        let request = request(include_str!("prompts/answer.md"), &refined.text, 1024);
        let answered = self.parts.gateway.chat(Use::AskAnswer, request, call).await;
        let kept = judge(refined, answered, self.parts.config.use_local)?;
        let ttl = match kept.reply.status {
            AskStatus::Fallback => FALLBACK_TTL.min(self.parts.caches.ask.ttl()),
            AskStatus::Ok | AskStatus::Error => self.parts.caches.ask.ttl(),
        };
        Ok((kept, ttl))
    }

    /// The question in clearer words; as it stands where nobody can restate it. Only where somebody
    /// should have and did not, that is a fallback.
    async fn refine(&self, query: &str, call: &Call, limit: Duration) -> Refined {
        let unchanged = |status| Refined {
            text: query.to_owned(),
            model: None,
            status,
        };
        let request = ChatRequest {
            temperature: Some(0.0),
            ..request(include_str!("prompts/refine.md"), query, 256)
        };
        let call = call.clone().within(limit);
        match self.parts.gateway.chat(Use::AskRefine, request, call).await {
            Ok(answered) => {
                let text = answered.value.text.trim();
                if text.is_empty() || text.chars().count() > LONGEST_QUESTION {
                    tracing::warn!(model = answered.model, "the question was not restated");
                    return unchanged(AskStatus::Fallback);
                }
                Refined {
                    text: text.to_owned(),
                    model: Some(answered.model),
                    status: AskStatus::Ok,
                }
            }
            Err(ModelError::NotConfigured(_)) => unchanged(AskStatus::Ok),
            Err(error) => {
                tracing::warn!(%error, class = error.class(), "the question was not restated");
                unchanged(AskStatus::Fallback)
            }
        }
    }
}

/// One message from the person's side (contract 001-A4).
fn request(prompt: &str, query: &str, max_tokens: u32) -> ChatRequest {
    ChatRequest {
        messages: vec![Message::user(prompt.trim().replace("{query}", query))],
        max_tokens: Some(max_tokens),
        ..ChatRequest::default()
    }
}

/// What the answering model's words are worth.
fn judge(
    refined: Refined,
    answered: Result<Answered<ChatAnswer>, ModelError>,
    use_local: UseLocal,
) -> Result<KeptAnswer, Regret> {
    let answered = match answered {
        Ok(answered) => answered,
        Err(error) => return Err(Regret::without_model(refined, &error, use_local)),
    };
    let text = answered.value.text.trim();
    if text.is_empty() {
        let words = "Sorry, the model had no answer to this. Please try again in a moment.";
        return Err(Regret::new(refined, words, MessageStatus::Error));
    }
    let lower = text.to_lowercase();
    if LEAKS.iter().any(|leak| lower.contains(leak)) {
        tracing::warn!(
            model = answered.model,
            "the answer spoke of its instructions"
        );
        let words =
            "Sorry, that did not lead to an answer. Please put the question in other words.";
        return Err(Regret::new(refined, words, MessageStatus::Error));
    }
    let model = match &refined.model {
        Some(first) => format!("{first} + {}", answered.model),
        None => answered.model.clone(),
    };
    Ok(KeptAnswer {
        reply: AskReply {
            answer: text.to_owned(),
            cached: false,
            status: refined.status,
            model,
            refined: refined.text,
        },
        tokens: answered.value.usage.total_tokens(),
        origin: Origin {
            account: answered.account,
            kind: answered.kind,
            model: answered.model,
            model_type: answered.model_type,
        },
    })
}

impl Regret {
    fn new(refined: Refined, words: &str, status: MessageStatus) -> Self {
        let reply = AskReply {
            answer: words.to_owned(),
            cached: false,
            status: AskStatus::Error,
            model: "none".to_owned(),
            refined: refined.text,
        };
        Self { reply, status }
    }

    fn without_model(refined: Refined, error: &ModelError, use_local: UseLocal) -> Self {
        if let ModelError::NotConfigured(_) = error {
            let words = format!(
                "No language model is set up to answer questions. For answers, {}.",
                use_local.remedy("OPENAI_API_KEY")
            );
            return Self::new(refined, &words, MessageStatus::Placeholder);
        }
        tracing::warn!(%error, class = error.class(), "ask got no answer");
        let words = "Sorry, no language model could answer just now. Please try again in a moment.";
        Self::new(refined, words, MessageStatus::ApiError)
    }
}
