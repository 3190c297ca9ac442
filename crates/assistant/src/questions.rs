//! Interview questions (contract 003-A7, A9…A12, 7.5, D8.38): those given before, else those of the
//! bank, else new ones from a model. As many as wanted, or none.

mod fill;
mod parse;

use std::time::{Duration, Instant};

use domain::question::{Difficulty, Question, QuestionCategory};
use jiff::Timestamp;
use llm::gateway::{Call, Origin};
use llm::{ModelError, ModelType, Use};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{AssistantError, View};
use fill::Collected;

/// The namespace of the cache.
pub(crate) const NAMESPACE: &str = "questions";
/// Time for all models together.
const DEADLINE: Duration = Duration::from_secs(90);
/// Questions of the bank that a model is told not to repeat.
const KNOWN: u32 = 100;

/// Which questions are wanted.
#[derive(Debug, Clone)]
pub struct QuestionInput {
    /// The request this serves.
    pub request_id: Uuid,
    /// For which role.
    pub role: String,
    /// How hard.
    pub difficulty: Difficulty,
    /// How many, 1 to 20.
    pub count: usize,
    /// About what; empty is anything.
    pub categories: Vec<QuestionCategory>,
    /// Whether new ones are wanted, whatever is there.
    pub fresh: bool,
}

/// Questions as wanted.
#[derive(Debug, Clone, PartialEq)]
pub struct QuestionReply {
    /// Exactly as many as wanted.
    pub questions: Vec<Question>,
    /// Whether they were given before.
    pub cache_hit: bool,
    /// What there is to say about them.
    pub message: Option<&'static str>,
}

/// A question as the cache keeps it.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    id: i64,
    question_text: String,
    category: QuestionCategory,
    difficulty: Difficulty,
    role: String,
    expected_answer_points: Vec<String>,
    time_limit_seconds: i64,
    usage_count: i64,
    provider_name: Option<String>,
    created_at: Timestamp,
}

impl View {
    /// Gives questions.
    ///
    /// # Errors
    /// `Unavailable` where no model gives enough and too few are stored (contract D8.38).
    pub async fn questions(
        &self,
        mut wish: QuestionInput,
    ) -> Result<QuestionReply, AssistantError> {
        let start = Instant::now();
        wish.role = wish.role.trim().to_owned();
        wish.categories.sort_by_key(|category| category.as_str());
        wish.categories.dedup();
        let key = key(&wish);
        if !wish.fresh {
            if let Some(questions) = self.given_before(&key, &wish).await {
                return Ok(QuestionReply {
                    questions,
                    cache_hit: true,
                    message: None,
                });
            }
            if let Some(questions) = self.of_bank(&wish).await? {
                return self.give(&key, questions).await;
            }
        }
        let known = self.stored(&wish, KNOWN).await?;
        let mut collected = Collected::new();
        let failed = self
            .ask_models(&wish, &known, &mut collected, start)
            .await?;
        if collected.questions.len() == wish.count {
            return self.give(&key, collected.questions).await;
        }
        collected.take(known, &wish);
        if collected.questions.len() < wish.count {
            return Err(too_few(&collected, failed));
        }
        self.count_use(&collected.questions).await?;
        Ok(QuestionReply {
            questions: collected.questions,
            cache_hit: false,
            message: Some("No model gave enough new questions; stored ones are among these."),
        })
    }

    /// The questions that the cache has. One that does not answer has none (contract 003-A7).
    async fn given_before(&self, key: &str, wish: &QuestionInput) -> Option<Vec<Question>> {
        let found = self.parts.caches.lasting.get(NAMESPACE, key).await;
        let kept = found.and_then(|text| serde_json::from_str::<Vec<Kept>>(&text).ok());
        let kept = kept.filter(|kept| kept.len() == wish.count);
        self.parts.caches.questions.count(kept.is_some());
        let questions: Vec<Question> = kept?.into_iter().map(Question::from).collect();
        let call = Call::new(wish.request_id).for_user(self.owner.clone());
        let origin = self.origin(questions.first()?);
        let gateway = &self.parts.gateway;
        gateway.record_cached(Use::Questions, &call, &origin);
        Some(questions)
    }

    /// Enough questions of the bank, the least used first.
    async fn of_bank(&self, wish: &QuestionInput) -> Result<Option<Vec<Question>>, AssistantError> {
        let count = u32::try_from(wish.count).unwrap_or(u32::MAX);
        let found = self.stored(wish, count).await?;
        Ok((found.len() == wish.count).then_some(found))
    }

    async fn stored(
        &self,
        wish: &QuestionInput,
        most: u32,
    ) -> Result<Vec<Question>, AssistantError> {
        let store = self.store();
        Ok(store
            .find_questions(&wish.role, wish.difficulty, &wish.categories, most)
            .await?)
    }

    /// Counts the use and keeps the questions for the next who wants the same.
    async fn give(
        &self,
        key: &str,
        questions: Vec<Question>,
    ) -> Result<QuestionReply, AssistantError> {
        self.count_use(&questions).await?;
        let kept: Vec<Kept> = questions.iter().cloned().map(Kept::from).collect();
        let text = serde_json::to_string(&kept).map_err(AssistantError::internal)?;
        let ttl = self.parts.config.cache.question_ttl;
        let until = self.parts.clock.now().checked_add(ttl);
        let until = until.unwrap_or(Timestamp::MAX);
        let lasting = &self.parts.caches.lasting;
        lasting.put(NAMESPACE, key, &text, until).await;
        Ok(QuestionReply {
            questions,
            cache_hit: false,
            message: None,
        })
    }

    async fn count_use(&self, questions: &[Question]) -> Result<(), AssistantError> {
        let ids: Vec<i64> = questions.iter().map(|question| question.id).collect();
        Ok(self.store().mark_questions_used(&ids).await?)
    }

    /// The account that once wrote a question, as far as it is still there.
    fn origin(&self, question: &Question) -> Origin {
        let name = question.provider_name.as_deref().unwrap_or("stored");
        let account = self.parts.gateway.account(name);
        Origin {
            account: name.to_owned(),
            kind: account.as_ref().map_or_else(
                || name.to_owned(),
                |account| account.provider.provider_type.clone(),
            ),
            model: account
                .as_ref()
                .map_or_else(String::new, |account| account.provider.model.clone()),
            model_type: account.map_or(ModelType::Cloud, |account| account.model_type),
        }
    }
}

/// Contract 003-A7: `questions:software_engineer:medium:5:Behavioral,Technical`.
fn key(wish: &QuestionInput) -> String {
    let categories: Vec<&str> = wish.categories.iter().map(|one| one.as_str()).collect();
    let categories = match categories.as_slice() {
        [] => "all".to_owned(),
        some => some.join(","),
    };
    let role = wish.role.to_lowercase().replace(' ', "_");
    let difficulty = wish.difficulty.as_str().to_lowercase();
    format!(
        "{NAMESPACE}:{role}:{difficulty}:{}:{categories}",
        wish.count
    )
}

fn too_few(collected: &Collected, failed: Option<ModelError>) -> AssistantError {
    let message = format!(
        "No model gave enough questions, and only {} of this kind are stored. Try again later, or \
         set a key such as GROQ_API_KEY.",
        collected.questions.len()
    );
    AssistantError::Unavailable {
        message,
        retry_after: failed.as_ref().and_then(ModelError::retry_after),
        cause: failed.map(|error| Box::new(error) as Box<dyn std::error::Error + Send + Sync>),
    }
}

impl From<Kept> for Question {
    fn from(kept: Kept) -> Self {
        Self {
            id: kept.id,
            question_text: kept.question_text,
            category: kept.category,
            difficulty: kept.difficulty,
            role: kept.role,
            expected_answer_points: kept.expected_answer_points,
            time_limit_seconds: kept.time_limit_seconds,
            usage_count: kept.usage_count,
            provider_name: kept.provider_name,
            created_at: kept.created_at,
        }
    }
}

impl From<Question> for Kept {
    fn from(question: Question) -> Self {
        Self {
            id: question.id,
            question_text: question.question_text,
            category: question.category,
            difficulty: question.difficulty,
            role: question.role,
            expected_answer_points: question.expected_answer_points,
            time_limit_seconds: question.time_limit_seconds,
            usage_count: question.usage_count,
            provider_name: question.provider_name,
            created_at: question.created_at,
        }
    }
}
