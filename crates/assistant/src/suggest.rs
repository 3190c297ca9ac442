//! Suggestions for a task (contract 000-E8, 000-A1, A2, A5–A7): from a model, else a tip by priority.

use domain::task::{Priority, Task};
use llm::gateway::{Call, Only};
use llm::{ChatRequest, Message, ModelError, ModelType, Use};
use serde_json::{Value, json};
use store::StoreError;
use uuid::Uuid;

use crate::work::Failure;
use crate::{Assistant, AssistantError, View};

/// Who is to suggest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suggester {
    /// A model on this machine, and nobody else.
    Local,
    /// A hosted model, else a tip.
    Cloud,
    /// A tip.
    Mock,
}

impl View {
    /// A suggestion for a task. Without `forced` the one that is stored, if there is one; with it
    /// always a new one. A new one is stored.
    ///
    /// # Errors
    /// `NotFound`; `Unavailable` only where a local model is forced and none answers.
    pub async fn suggestion(
        &self,
        request_id: Uuid,
        task_id: i64,
        forced: Option<Suggester>,
    ) -> Result<String, AssistantError> {
        let task = self.task(task_id).await?;
        if let (None, Some(stored)) = (forced, &task.ai_suggestion) {
            return Ok(stored.clone());
        }
        let assistant = Assistant {
            parts: self.parts.clone(),
        };
        let text = assistant.suggest(request_id, &task, forced).await?;
        self.store().set_suggestion(task_id, &text).await?;
        Ok(text)
    }
}

impl Assistant {
    /// The job behind a new task. A task that is gone needs no suggestion.
    pub(crate) async fn suggest_in_background(
        &self,
        task_id: i64,
    ) -> Result<Option<Value>, Failure> {
        let again = |error: StoreError| Failure::Again(error.into());
        let task = match self.parts.store.task(task_id, None).await {
            Ok(task) => task,
            Err(StoreError::NotFound) => return Ok(Some(json!({ "skipped": "the task is gone" }))),
            Err(error) => return Err(again(error)),
        };
        if task.ai_suggestion.is_some() {
            return Ok(Some(json!({ "skipped": "there is a suggestion already" })));
        }
        let request_id = self.parts.ids.next();
        let text = self
            .suggest(request_id, &task, None)
            .await
            .map_err(Failure::Again)?;
        let stored = self
            .parts
            .store
            .set_suggestion(task_id, &text)
            .await
            .map_err(again)?;
        Ok(Some(json!({ "stored": stored })))
    }

    /// Asks along the decision table of contract 000-A1.
    async fn suggest(
        &self,
        request_id: Uuid,
        task: &Task,
        forced: Option<Suggester>,
    ) -> Result<String, AssistantError> {
        let only = match forced {
            None => Only::Any,
            Some(Suggester::Local) => Only::Type(ModelType::Local),
            Some(Suggester::Cloud) => Only::Type(ModelType::Cloud),
            Some(Suggester::Mock) => return Ok(self.tip(request_id, task)),
        };
        let call = Call::new(request_id)
            .for_user(task.user_id.clone())
            .only(only);
        tracing::info!(task_id = task.id, "ai_analysis_start");
        if forced == Some(Suggester::Cloud) {
            let agent_available = self.parts.gateway.can(Use::Suggestion, &call);
            tracing::info!(task_id = task.id, agent_available, "cloud_model_requested");
            if !agent_available {
                tracing::warn!(task_id = task.id, "cloud_agent_unavailable");
            }
        }
        match self
            .parts
            .gateway
            .chat(Use::Suggestion, request(task), call)
            .await
        {
            Ok(answered) if !answered.value.text.trim().is_empty() => {
                let model_type = answered.model_type.as_str();
                tracing::info!(task_id = task.id, model_type, "ai_analysis_complete");
                Ok(answered.value.text.trim().to_owned())
            }
            Ok(_) => Ok(self.tip(request_id, task)),
            Err(error) => self.without_model(request_id, task, forced, error),
        }
    }

    fn without_model(
        &self,
        request_id: Uuid,
        task: &Task,
        forced: Option<Suggester>,
        error: ModelError,
    ) -> Result<String, AssistantError> {
        match forced {
            Some(Suggester::Local) => {
                tracing::warn!(task_id = task.id, %error, "local_llm_failed");
                Err(AssistantError::Unavailable {
                    message: "Local LLM unavailable".to_owned(),
                    retry_after: error.retry_after(),
                    cause: Some(Box::new(error)),
                })
            }
            Some(Suggester::Cloud) => {
                tracing::error!(task_id = task.id, %error, "forced_cloud_llm_failed");
                Ok(self.tip(request_id, task))
            }
            Some(Suggester::Mock) | None => {
                if !matches!(error, ModelError::NotConfigured(_)) {
                    tracing::warn!(task_id = task.id, %error, "cloud_llm_failed");
                }
                Ok(self.tip(request_id, task))
            }
        }
    }

    /// A tip by priority (contract 000-A7), counted as a fallback (contract 000-M1).
    fn tip(&self, request_id: Uuid, task: &Task) -> String {
        self.parts
            .gateway
            .record_fallback(Use::Suggestion, &Call::new(request_id));
        let tip = match task.priority {
            Priority::High | Priority::Urgent => {
                "Split this into small steps and start the first one now, before anything else."
            }
            Priority::Medium => {
                "Reserve 30 to 45 minutes for this in your calendar and do it in one sitting."
            }
            Priority::Low => "Keep this for a quiet moment, and do it in one go when that comes.",
        };
        tip.to_owned()
    }
}

/// 000-A5 and A6: at most 100 tokens, temperature 0.7.
fn request(task: &Task) -> ChatRequest {
    let due = task
        .due
        .map_or_else(|| "none".to_owned(), |due| due.to_string());
    let description = task
        .description
        .as_deref()
        .filter(|text| !text.trim().is_empty());
    let told = format!(
        "Task: {}\nDescription: {}\nPriority: {}\nDue: {due}\n\nHow should I approach it?",
        task.summary,
        description.unwrap_or("none"),
        task.priority
    );
    ChatRequest {
        messages: vec![
            Message::system(include_str!("prompts/suggestion.md").trim()),
            Message::user(told),
        ],
        temperature: Some(0.7),
        max_tokens: Some(100),
        ..ChatRequest::default()
    }
}
