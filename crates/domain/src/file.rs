//! Uploaded files (contract 002-T `uploaded_files`).

use jiff::Timestamp;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::words::words;

words! {
    /// How far the work on a file has come.
    Processing as "processing status" {
        /// Not begun.
        Pending = "pending",
        /// Being worked on.
        Running = "processing",
        /// Done; the result is kept.
        Completed = "completed",
        /// Given up; the reason is kept.
        Failed = "failed",
    }
}

words! {
    /// What a picture is about, and with it what is asked about it (contract 002-E12, D8.8).
    Topic as "task type" {
        /// Nothing special.
        General = "general",
        /// A page, a form, a contract.
        Document = "document",
        /// Data as a picture.
        Chart = "chart",
        /// People, slides, a whiteboard.
        Meeting = "meeting",
        /// Calendars, time lines, diagrams of work.
        Planning = "planning",
    }
}

/// The record of an uploaded file; the bytes lie in the upload directory.
#[derive(Debug, Clone, PartialEq)]
pub struct File {
    /// Identity, and the stem of the stored name.
    pub id: Uuid,
    /// Label of the person, if given.
    pub user_id: Option<String>,
    /// Name of the stored file: id and a safe extension.
    pub filename: String,
    /// Name the person's machine gave it.
    pub original_filename: String,
    /// Size in bytes.
    pub file_size: i64,
    /// Type found from the content.
    pub content_type: String,
    /// Path below the upload directory.
    pub file_path: String,
    /// SHA-256 of the content, in hex.
    pub sha256: String,
    /// The person's words about it.
    pub description: Option<String>,
    /// How far the work on it has come.
    pub processing_status: Processing,
    /// What came of the work.
    pub processing_result: Option<Value>,
    /// Anything else.
    pub metadata: Map<String, Value>,
    /// When it was uploaded.
    pub created_at: Timestamp,
    /// When the record last changed.
    pub updated_at: Timestamp,
}

/// A file just uploaded.
#[derive(Debug, Clone, PartialEq)]
pub struct NewFile {
    /// Identity.
    pub id: Uuid,
    /// Label of the person, if given.
    pub user_id: Option<String>,
    /// Name of the stored file.
    pub filename: String,
    /// Name the person's machine gave it.
    pub original_filename: String,
    /// Size in bytes.
    pub file_size: i64,
    /// Type found from the content.
    pub content_type: String,
    /// Path below the upload directory.
    pub file_path: String,
    /// SHA-256 of the content, in hex.
    pub sha256: String,
    /// The person's words about it.
    pub description: Option<String>,
    /// Anything else.
    pub metadata: Map<String, Value>,
}
