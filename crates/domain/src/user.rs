//! People with a record of their own (contract 004-E2…E6).

use jiff::Timestamp;
use uuid::Uuid;

/// A person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Identity.
    pub id: Uuid,
    /// Address; unique among active users whatever its case.
    pub email: String,
    /// When the record was made.
    pub created_at: Timestamp,
    /// False once deleted.
    pub is_active: bool,
}

/// By what a list of users is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UserOrder {
    /// When the record was made.
    #[default]
    CreatedAt,
    /// Address.
    Email,
}
