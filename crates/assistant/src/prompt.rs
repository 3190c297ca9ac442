//! What models are told. The words stand in `prompts/`.

use jiff::Zoned;
use llm::Message;

/// The assistant's instructions for chat (contract 002-A1).
pub(crate) fn chat_system(now: &Zoned) -> Message {
    let date = now.strftime("%A, %-d %B %Y").to_string();
    Message::system(
        include_str!("prompts/chat.md")
            .trim()
            .replace("{date}", &date),
    )
}
