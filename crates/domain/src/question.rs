//! Interview questions (contract 003-E1, 003-A10, 003-T).

use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::words::words;

words! {
    /// How hard a question is.
    Difficulty as "difficulty" {
        /// For beginners.
        Easy = "Easy",
        /// For people with some practice.
        Medium = "Medium",
        /// For experienced people.
        Hard = "Hard",
        /// For experts.
        Expert = "Expert",
    }
}

words! {
    /// What a question is about.
    QuestionCategory as "question category" {
        /// Tools and techniques.
        Technical = "Technical",
        /// How somebody behaved.
        Behavioral = "Behavioral",
        /// The trade itself.
        DomainSpecific = "Domain_Specific",
        /// The design of a system.
        SystemDesign = "System_Design",
        /// Writing code.
        Coding = "Coding",
    }
}

/// A question in the bank.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Identity.
    pub id: i64,
    /// The question.
    pub question_text: String,
    /// What it is about.
    pub category: QuestionCategory,
    /// How hard it is.
    pub difficulty: Difficulty,
    /// For which role.
    pub role: String,
    /// What a good answer says; at least three.
    pub expected_answer_points: Vec<String>,
    /// Time for the answer in seconds, 120 to 600.
    pub time_limit_seconds: i64,
    /// How often it was given out.
    pub usage_count: i64,
    /// The provider that wrote it.
    pub provider_name: Option<String>,
    /// When it was stored.
    pub created_at: Timestamp,
}

/// A question that passed validation.
#[derive(Debug, Clone, PartialEq)]
pub struct NewQuestion {
    /// The question.
    pub question_text: String,
    /// What it is about.
    pub category: QuestionCategory,
    /// How hard it is.
    pub difficulty: Difficulty,
    /// For which role.
    pub role: String,
    /// What a good answer says.
    pub expected_answer_points: Vec<String>,
    /// Time for the answer in seconds.
    pub time_limit_seconds: i64,
    /// The provider that wrote it.
    pub provider_name: Option<String>,
    /// How it was made.
    pub generation_metadata: Map<String, Value>,
}
