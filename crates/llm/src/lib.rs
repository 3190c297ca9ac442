//! What it is to call a model, and how to call many of them well.
//!
//! The contract: a capability is a trait a provider *has* ([`ChatModel`], [`Transcriber`],
//! [`Captioner`]), never a method that refuses. Requests and answers know no provider's wire format,
//! no HTTP and nothing of tasks or users.

pub mod caption;
pub mod chat;
pub mod error;
pub mod transcribe;
pub mod usage;

pub use caption::{Caption, CaptionRequest, Captioner};
pub use chat::{
    ChatAnswer, ChatEvent, ChatModel, ChatRequest, ChatStream, Finish, Format, Image, Message,
    Part, Role, Tool, ToolCall,
};
pub use error::ModelError;
pub use transcribe::{Segment, Transcriber, Transcript, TranscriptionRequest};
pub use usage::Usage;
