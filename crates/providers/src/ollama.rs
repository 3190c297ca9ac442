//! Ollama, native: `/api/generate` for a single prompt, `/api/chat` for everything else, over one
//! or more instances.

mod chat;
mod check;
mod decode;
mod pool;
mod wire;

pub(crate) use chat::OllamaChat;
pub use check::{StartupError, answers, check};
pub(crate) use pool::Pool;
