//! What users, tasks, conversations, messages, questions, files, jobs and model calls *are*.
//!
//! Plain values: no HTTP, no SQL, no model. Every other crate speaks in these words.

pub mod call;
pub mod clock;
pub mod conversation;
pub mod file;
pub mod id;
pub mod job;
pub mod message;
pub mod model_version;
pub mod page;
pub mod question;
pub mod task;
pub mod user;
mod words;

pub use clock::{Clock, ManualClock, SystemClock};
pub use id::{Ids, RandomIds, SequentialIds};
pub use page::{Direction, Page};
pub use words::UnknownWord;
