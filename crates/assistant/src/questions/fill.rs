//! Asking models until there are as many questions as wanted (contract 003-A9, A11, A12).

use std::collections::HashSet;
use std::time::Instant;

use domain::question::{Question, QuestionCategory};
use llm::gateway::Call;
use llm::{ChatRequest, Message, ModelError, Use};

use super::{DEADLINE, QuestionInput, parse};
use crate::{AssistantError, View};

/// Questions asked for at once: more do not fit the tokens of one answer.
const BATCH: usize = 7;
/// Answers beyond those needed at least, before the bank has to do.
const SPARE: usize = 4;
/// Questions a model is told not to repeat.
const TOLD: usize = 30;

/// Questions collected so far; none twice, all as wished.
pub(super) struct Collected {
    pub(super) questions: Vec<Question>,
    ids: HashSet<i64>,
    texts: HashSet<String>,
}

impl Collected {
    pub(super) fn new() -> Self {
        Self {
            questions: Vec::new(),
            ids: HashSet::new(),
            texts: HashSet::new(),
        }
    }

    /// Takes what is still wanted; tells how many it took.
    pub(super) fn take(
        &mut self,
        found: impl IntoIterator<Item = Question>,
        wish: &QuestionInput,
    ) -> usize {
        let before = self.questions.len();
        for question in found {
            let fits = wish.categories.is_empty() || wish.categories.contains(&question.category);
            let is_new = !self.ids.contains(&question.id)
                && !self.texts.contains(&plain(&question.question_text));
            if self.questions.len() < wish.count && fits && is_new {
                self.ids.insert(question.id);
                self.texts.insert(plain(&question.question_text));
                self.questions.push(question);
            }
        }
        self.questions.len() - before
    }
}

impl View {
    /// Asks models for what is missing, and keeps what they give in the bank. Ends when there is
    /// enough, when nobody answers, or after too many answers of no use. Who gave one of those is
    /// asked again only when nobody else is left. Tells the error that ended it.
    pub(super) async fn ask_models(
        &self,
        wish: &QuestionInput,
        known: &[Question],
        collected: &mut Collected,
        start: Instant,
    ) -> Result<Option<ModelError>, AssistantError> {
        let mut call = Call::new(wish.request_id)
            .for_user(self.owner.clone())
            .after_cache_miss();
        let known_ids: HashSet<i64> = known.iter().map(|question| question.id).collect();
        let mut second_chance = true;
        for _ in 0..wish.count.div_ceil(BATCH) + SPARE {
            let missing = wish.count - collected.questions.len();
            let left = DEADLINE.saturating_sub(start.elapsed());
            if missing == 0 || left.is_zero() {
                break;
            }
            call = call.within(left);
            let request = request(wish, missing.min(BATCH), known, &collected.questions);
            let gateway = &self.parts.gateway;
            let answered = match gateway.chat(Use::Questions, request, call.clone()).await {
                Ok(answered) => answered,
                Err(_) if second_chance && !call.avoid.is_empty() => {
                    second_chance = false;
                    call.avoid.clear();
                    continue;
                }
                Err(error) => return Ok(Some(error)),
            };
            call.cache = llm::CacheNote::NotAsked;
            let new = parse::questions(&answered.value.text, wish, &answered.account);
            let stored = self.store().add_questions(new).await?;
            let useful = |one: &Question| !wish.fresh || !known_ids.contains(&one.id);
            if collected.take(stored.into_iter().filter(useful), wish) == 0 {
                tracing::warn!(
                    provider.name = answered.account,
                    "no usable question came back"
                );
                call.avoid.push(answered.account);
            }
        }
        Ok(None)
    }
}

/// Contract 003-A11: at most 2000 tokens, temperature 0.7.
fn request(
    wish: &QuestionInput,
    count: usize,
    known: &[Question],
    collected: &[Question],
) -> ChatRequest {
    let categories = match wish.categories.as_slice() {
        [] => QuestionCategory::ALL,
        some => some,
    };
    let categories: Vec<&str> = categories.iter().map(|one| one.as_str()).collect();
    let told: Vec<String> = collected
        .iter()
        .chain(known)
        .take(TOLD)
        .map(|question| format!("- {}", question.question_text))
        .collect();
    let avoid = if told.is_empty() {
        String::new()
    } else {
        format!(
            "\n\nThese were asked already; do not repeat them:\n{}",
            told.join("\n")
        )
    };
    let prompt = include_str!("../prompts/questions.md")
        .trim()
        .replace("{count}", &count.to_string())
        .replace("{difficulty}", wish.difficulty.as_str())
        .replace("{categories}", &categories.join(", "))
        .replace("{avoid}", &avoid)
        .replace("{role}", &wish.role.replace('"', "'"));
    ChatRequest {
        messages: vec![Message::user(prompt)],
        temperature: Some(0.7),
        max_tokens: Some(2000),
        ..ChatRequest::default()
    }
}

/// A text by its words alone.
fn plain(text: &str) -> String {
    let words = text.split(|sign: char| !sign.is_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join(" ")
}
