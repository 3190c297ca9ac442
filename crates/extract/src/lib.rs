//! Text and a clock in; tasks, dates, people, priorities and dependencies out.
//!
//! Everything here is deterministic and pure: no I/O, no model, no clock of its own. The rules are
//! ordinary code over tokens, linear in the length of the text. What a task is, and what its fields
//! mean, is written in `docs/tasks.md`.

mod action;
mod area;
mod assign;
mod category;
mod clause;
pub mod date;
mod dependency;
mod detect;
mod doubt;
mod draft;
mod due;
mod filler;
mod hash;
mod lexicon;
mod person;
mod pipeline;
mod priority;
pub mod quick_add;
mod quiet;
mod reply;
mod revise;
mod rows;
mod scorer;
mod sentence;
mod summary;
mod task;
#[cfg(test)]
mod testing;
mod text;
mod thing;
mod token;
mod weights;
mod words;

pub use area::{Placement, placements};
pub use date::{Due, FoundDate, Grain, Policy};
pub use due::{Dating, datings};
pub use pipeline::{extract, extract_refusing};
pub use quick_add::{QuickAdd, quick_add, quick_add_dated, quick_add_refusing};
pub use scorer::{Example, examples};
pub use task::{
    Area, Category, Evidence, ExtractedTask, Extraction, Field, Priority, Reason, Span,
};
pub use words::{Action, same_action, similarity};
