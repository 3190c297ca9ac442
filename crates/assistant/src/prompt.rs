//! What models are told. The words stand in `prompts/`.

use jiff::Zoned;
use llm::Message;

/// The assistant's instructions for chat (contract 002-A1).
pub(crate) fn chat_system(now: &Zoned) -> Message {
    dated(include_str!("prompts/chat.md"), now)
}

/// The assistant's instructions for a message with parts (contract 002-A8).
pub(crate) fn multimodal_system(now: &Zoned) -> Message {
    dated(include_str!("prompts/multimodal.md"), now)
}

fn dated(instructions: &str, now: &Zoned) -> Message {
    let date = now.strftime("%A, %-d %B %Y").to_string();
    Message::system(instructions.trim().replace("{date}", &date))
}
