//! The bank of interview questions (contract 003-A9, 003-T `questions`).

use domain::page::Page;
use domain::question::{Difficulty, NewQuestion, Question, QuestionCategory};

use crate::StoreError;
use crate::link::Link;
use crate::operations::operations;
use crate::row::Row;
use crate::statement::{Statement, json};

operations! {
    /// Keeps questions, and answers them in the order given. One whose text, role (whatever its
    /// case) and difficulty are known already is not kept twice: the known one is answered.
    atomic fn add_questions(new: Vec<NewQuestion>) -> Vec<Question>;
    /// Questions for a role (whatever its case) and difficulty, of these categories or of any if
    /// none is given; the least used first, then the oldest.
    read fn find_questions(
        role: &str, difficulty: Difficulty, categories: &[QuestionCategory], limit: u32,
    ) -> Vec<Question>;
    /// How many there are to find.
    read fn count_questions(
        role: &str, difficulty: Difficulty, categories: &[QuestionCategory],
    ) -> i64;
    /// Counts one use of each.
    write fn mark_questions_used(ids: &[i64]) -> ();
}

const COLUMNS: &str = "id, question_text, category, difficulty, role, expected_answer_points, \
     time_limit_seconds, usage_count, provider_name, created_at";

impl Link {
    async fn add_questions(&mut self, new: Vec<NewQuestion>) -> Result<Vec<Question>, StoreError> {
        let mut questions = Vec::with_capacity(new.len());
        for question in new {
            questions.push(self.add_question(question).await?);
        }
        Ok(questions)
    }

    async fn add_question(&mut self, new: NewQuestion) -> Result<Question, StoreError> {
        let now = self.now();
        let insert = Statement::new(format!(
            "INSERT INTO questions (question_text, category, difficulty, role, role_key, \
             expected_answer_points, time_limit_seconds, provider_name, generation_metadata, \
             created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10) \
             ON CONFLICT (role_key, difficulty, question_text) \
             DO UPDATE SET deleted_at = NULL RETURNING {COLUMNS}"
        ))
        .bind(new.question_text)
        .bind(new.category.as_str())
        .bind(new.difficulty.as_str())
        .bind(&*new.role)
        .bind(role_key(&new.role))
        .bind(json(&new.expected_answer_points)?)
        .bind(new.time_limit_seconds)
        .bind(new.provider_name)
        .bind(json(&new.generation_metadata)?)
        .bind(now);
        read(&self.one(insert).await?)
    }

    async fn find_questions(
        &mut self,
        role: &str,
        difficulty: Difficulty,
        categories: &[QuestionCategory],
        limit: u32,
    ) -> Result<Vec<Question>, StoreError> {
        let select = self
            .of_kind(COLUMNS, role, difficulty, categories)?
            .push(" ORDER BY usage_count, id");
        self.list(select.page(Page { limit, offset: 0 }), read)
            .await
    }

    async fn count_questions(
        &mut self,
        role: &str,
        difficulty: Difficulty,
        categories: &[QuestionCategory],
    ) -> Result<i64, StoreError> {
        let count = self.of_kind("COUNT(*) AS n", role, difficulty, categories)?;
        self.one(count).await?.get("n")
    }

    async fn mark_questions_used(&mut self, ids: &[i64]) -> Result<(), StoreError> {
        let now = self.now();
        let update = Statement::new(format!(
            "UPDATE questions SET usage_count = usage_count + 1, updated_at = $2 WHERE id IN {}",
            self.dialect().numbers(1)
        ));
        self.execute(update.bind(json(ids)?).bind(now)).await?;
        Ok(())
    }

    fn of_kind(
        &self,
        columns: &str,
        role: &str,
        difficulty: Difficulty,
        categories: &[QuestionCategory],
    ) -> Result<Statement, StoreError> {
        let select = Statement::new(format!(
            "SELECT {columns} FROM questions \
             WHERE deleted_at IS NULL AND role_key = $1 AND difficulty = $2"
        ))
        .bind(role_key(role))
        .bind(difficulty.as_str());
        if categories.is_empty() {
            return Ok(select);
        }
        let texts = self.dialect().texts(3);
        Ok(select
            .push(&format!(" AND category IN {texts}"))
            .bind(json(categories)?))
    }
}

fn role_key(role: &str) -> String {
    role.trim().to_lowercase()
}

fn read(row: &Row) -> Result<Question, StoreError> {
    Ok(Question {
        id: row.get("id")?,
        question_text: row.get("question_text")?,
        category: row.parsed("category")?,
        difficulty: row.parsed("difficulty")?,
        role: row.get("role")?,
        expected_answer_points: row.json("expected_answer_points")?,
        time_limit_seconds: row.get("time_limit_seconds")?,
        usage_count: row.get("usage_count")?,
        provider_name: row.get("provider_name")?,
        created_at: row.moment("created_at")?,
    })
}
