//! `/api/v1/questions/*` (contract 003-E1, 003-E2).

use std::time::Instant;

use assistant::QuestionInput;
use axum::extract::{Extension, State};
use domain::question::{Difficulty, Question, QuestionCategory};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::AppState;
use crate::api::probes::unix_seconds;
use crate::body::Json;
use crate::error::ApiError;
use crate::layers::RequestId;
use crate::problem::Problems;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(generate))
        .routes(routes!(health))
}

#[derive(Debug, Deserialize, ToSchema)]
struct QuestionWish {
    /// For which role, 2 to 100 characters.
    role: String,
    /// `Easy`, `Medium`, `Hard` or `Expert`.
    difficulty: String,
    /// 1 to 20.
    question_count: i64,
    /// Of `Technical`, `Behavioral`, `Domain_Specific`, `System_Design`, `Coding`; any if absent.
    categories: Option<Vec<String>>,
    /// Whether new questions are wanted, whatever was given before or is stored.
    #[serde(default)]
    fresh: bool,
}

#[derive(Debug, Serialize, ToSchema)]
struct QuestionList {
    success: bool,
    questions: Vec<QuestionRead>,
    /// As many as wanted.
    count: usize,
    /// Whether the same were given before.
    cache_hit: bool,
    /// Two decimals.
    response_time_ms: f64,
    message: Option<&'static str>,
}

#[derive(Debug, Serialize, ToSchema)]
struct QuestionRead {
    id: i64,
    question_text: String,
    category: &'static str,
    difficulty: &'static str,
    role: String,
    /// What a good answer says; at least three.
    expected_answer_points: Vec<String>,
    /// 120 to 600.
    time_limit_seconds: i64,
    usage_count: i64,
    created_at: String,
}

impl QuestionRead {
    /// The role is echoed as it was asked for; a stored one may be written in another case.
    fn new(question: Question, role: &str) -> Self {
        Self {
            id: question.id,
            question_text: question.question_text,
            category: question.category.as_str(),
            difficulty: question.difficulty.as_str(),
            role: role.to_owned(),
            expected_answer_points: question.expected_answer_points,
            time_limit_seconds: question.time_limit_seconds,
            usage_count: question.usage_count,
            created_at: question.created_at.to_string(),
        }
    }
}

/// Interview questions: those given before, else of the bank, else new ones (003-E1).
#[utoipa::path(
    post, path = "/api/v1/questions/generate", tag = "questions", request_body = QuestionWish,
    responses(
        (status = 200, body = QuestionList),
        (status = 422, description = "Not a wish that can be met"),
        (status = 503, description = "No model gave enough, and too few are stored"),
    )
)]
async fn generate(
    State(state): State<AppState>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    Json(wish): Json<QuestionWish>,
) -> Result<axum::Json<QuestionList>, ApiError> {
    let start = Instant::now();
    let (difficulty, categories) = check(&wish)?;
    let input = QuestionInput {
        request_id,
        role: wish.role.clone(),
        difficulty,
        count: usize::try_from(wish.question_count).unwrap_or(1),
        categories,
        fresh: wish.fresh,
    };
    let reply = state.assistant.as_user(None).questions(input).await?;
    let role = wish.role.trim();
    let questions: Vec<QuestionRead> = reply
        .questions
        .into_iter()
        .map(|question| QuestionRead::new(question, role))
        .collect();
    Ok(axum::Json(QuestionList {
        success: true,
        count: questions.len(),
        questions,
        cache_hit: reply.cache_hit,
        response_time_ms: (start.elapsed().as_secs_f64() * 100_000.0).round() / 100.0,
        message: reply.message,
    }))
}

fn check(wish: &QuestionWish) -> Result<(Difficulty, Vec<QuestionCategory>), ApiError> {
    let mut problems = Problems::of("body");
    problems.length("role", wish.role.trim(), 2, 100);
    problems.range("question_count", wish.question_count as f64, 1.0, 20.0);
    let difficulty = problems.word("difficulty", &wish.difficulty, wish.difficulty.parse());
    let words = wish.categories.as_deref().unwrap_or_default();
    let categories = words
        .iter()
        .filter_map(|word| problems.word("categories", word, word.parse()))
        .collect();
    problems.finish()?;
    // Without a problem there is a difficulty.
    Ok((difficulty.unwrap_or(Difficulty::Medium), categories))
}

#[derive(Debug, Serialize, ToSchema)]
struct QuestionsHealth {
    status: &'static str,
    service: &'static str,
    /// Seconds since 1970.
    timestamp: f64,
}

/// That questions can be asked for (003-E2).
#[utoipa::path(
    get, path = "/api/v1/questions/health", tag = "questions", responses((status = 200, body = QuestionsHealth))
)]
async fn health(State(state): State<AppState>) -> axum::Json<QuestionsHealth> {
    axum::Json(QuestionsHealth {
        status: "healthy",
        service: "questions",
        timestamp: unix_seconds(state.clock.now()),
    })
}
