//! What it is to call a model, and how to call many of them well.
//!
//! The contract: a capability is a trait a provider *has* ([`ChatModel`], [`Transcriber`],
//! [`Captioner`], [`TextReader`]), never a method that refuses. Requests and answers know no provider's wire format,
//! no HTTP and nothing of tasks or users.
//!
//! The gateway ([`Gateway`]) puts many accounts behind one call: chains per use, breaker, score,
//! quota, repetitions, time-outs, queues, and one row in the ledger for every call.

pub mod account;
pub mod breaker;
pub mod caption;
pub mod chains;
pub mod chat;
pub mod clock;
pub mod config;
pub mod error;
pub mod gateway;
pub mod ledger;
pub mod mock;
pub mod monitor;
pub mod prices;
pub mod purpose;
pub mod quota;
pub mod read_text;
pub mod retry;
pub mod score;
pub mod structured;
pub mod transcribe;
pub mod usage;
pub mod window;

pub use account::{
    Account, AccountLimits, ModelType, Models, Quota, QuotaPeriod, QuotaUnit, StructuredOutput,
};
pub use caption::{Caption, CaptionRequest, Captioner};
pub use chains::Chains;
pub use chat::{
    ChatAnswer, ChatEvent, ChatModel, ChatRequest, ChatStream, Finish, Format, Image, Message,
    Part, Role, Tool, ToolCall,
};
pub use clock::Clock;
pub use config::GatewayConfig;
pub use error::{FailedAttempt, ModelError};
pub use gateway::{Answered, CacheNote, Call, Gateway, Only};
pub use ledger::{CallRecord, CallStatus, LedgerSink, NoLedger};
pub use purpose::Use;
pub use read_text::{PictureText, Pixels, ReadTextRequest, TextLine, TextReader};
pub use structured::parse_lenient;
pub use transcribe::{Segment, Transcriber, Transcript, TranscriptionRequest};
pub use usage::Usage;
