//! Text and a clock in; tasks, dates, people, priorities and dependencies out.
//!
//! Everything here is deterministic and pure: no I/O, no model, no clock of its own. The rules are
//! ordinary code over tokens, linear in the length of the text. What a task is, and what its fields
//! mean, is written in `docs/tasks.md`.

pub mod date;
mod task;

pub use date::{Due, FoundDate, Grain, Policy};
pub use task::{
    Area, Category, Evidence, ExtractedTask, Extraction, Field, Priority, Reason, Span, extract,
};
