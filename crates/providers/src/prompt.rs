//! What several providers need of a conversation before it goes into their own format.

use std::borrow::Cow;

use base64::display::Base64Display;
use base64::engine::general_purpose::STANDARD;
use llm::{ChatRequest, Format, Image, Message, Part, Role};
use serde::{Serialize, Serializer};

/// The form of the answer in words, for models that cannot be held to it (contract D8.17).
pub(crate) fn format_in_words(format: &Format) -> Option<String> {
    match format {
        Format::Text => None,
        Format::JsonObject => Some(
            "Answer with one JSON object and nothing else: no words around it, no code fence."
                .to_owned(),
        ),
        Format::JsonSchema { schema, .. } => Some(format!(
            "Answer with one JSON value and nothing else: no words around it, no code fence. \
             It must satisfy this JSON schema:\n{schema}"
        )),
    }
}

/// The conversation with more instructions at the end of the leading system message.
pub(crate) fn with_instructions<'a>(
    messages: &'a [Message],
    instructions: Option<&str>,
) -> Cow<'a, [Message]> {
    let Some(instructions) = instructions else {
        return Cow::Borrowed(messages);
    };
    let mut messages = messages.to_vec();
    match messages.first_mut() {
        Some(first) if first.role == Role::System => {
            first.parts.push(Part::Text(format!("\n{instructions}")));
        }
        _ => messages.insert(0, Message::system(instructions)),
    }
    Cow::Owned(messages)
}

/// All system messages as one text, apart from the rest.
pub(crate) fn split_system(messages: &[Message]) -> (Option<String>, Vec<&Message>) {
    let (system, rest): (Vec<&Message>, Vec<&Message>) = messages
        .iter()
        .partition(|message| message.role == Role::System);
    let system: Vec<String> = system.into_iter().map(Message::words).collect();
    let system = (!system.is_empty()).then(|| system.join("\n\n"));
    (system, rest)
}

/// The pictures of a message.
pub(crate) fn images(message: &Message) -> impl Iterator<Item = &Image> {
    message.parts.iter().filter_map(|part| match part {
        Part::Image(image) => Some(image),
        Part::Text(_) => None,
    })
}

/// Whether the conversation has a picture in it.
pub(crate) fn has_images(messages: &[Message]) -> bool {
    messages
        .iter()
        .any(|message| images(message).next().is_some())
}

/// The name of the tool whose result a message is: wires without call ids refer to it.
pub(crate) fn tool_name<'a>(messages: &[&'a Message], result: &Message) -> &'a str {
    let id = result.tool_call_id.as_deref().unwrap_or_default();
    messages
        .iter()
        .rev()
        .flat_map(|message| &message.tool_calls)
        .find(|call| call.id == id)
        .map_or("", |call| call.name.as_str())
}

/// The id of a tool call where the provider gives none.
pub(crate) fn made_up_id(index: usize) -> String {
    format!("call_{index}")
}

/// About how many bytes a request takes as JSON.
pub(crate) fn size(request: &ChatRequest) -> usize {
    let parts = request.messages.iter().flat_map(|message| &message.parts);
    parts
        .map(|part| match part {
            Part::Text(text) => text.len() + text.len() / 8 + 64,
            Part::Image(image) => image.bytes.len().div_ceil(3) * 4 + 128,
        })
        .sum()
}

/// Below this many tokens of answer, thinking is kept short: where it counts against the limit,
/// it would leave nothing for the answer.
pub(crate) const SHORT_ANSWER: u32 = 2048;

/// Whether the answer is to be short.
pub(crate) fn is_short(request: &ChatRequest) -> bool {
    request.max_tokens.is_some_and(|limit| limit < SHORT_ANSWER)
}

/// Bytes written as Base64 straight into the request's body.
pub(crate) struct Base64<'a>(pub(crate) &'a [u8]);

impl Serialize for Base64<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&Base64Display::new(self.0, &STANDARD))
    }
}

/// A picture as a `data:` address.
pub(crate) struct DataUrl<'a>(pub(crate) &'a Image);

impl Serialize for DataUrl<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!(
            "data:{};base64,{}",
            self.0.media_type,
            Base64Display::new(&self.0.bytes, &STANDARD)
        ))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn instructions_join_the_system_message_or_become_one() {
        let with = |messages: &[Message]| {
            let messages = with_instructions(messages, Some("Only JSON."));
            messages.iter().map(Message::words).collect::<Vec<_>>()
        };
        let asked = [Message::system("Be kind."), Message::user("Hello")];
        assert_eq!(with(&asked), ["Be kind.\n\nOnly JSON.", "Hello"]);
        assert_eq!(with(&asked[1..]), ["Only JSON.", "Hello"]);
    }

    /// Contract D8.17.
    #[test]
    fn a_schema_is_said_in_words() {
        let schema = json!({"type": "object"});
        let format = Format::JsonSchema {
            name: "x".to_owned(),
            schema,
        };
        assert!(
            format_in_words(&format)
                .unwrap()
                .ends_with("{\"type\":\"object\"}")
        );
        assert_eq!(format_in_words(&Format::Text), None);
    }

    #[test]
    fn a_picture_becomes_an_address() {
        let image = Image {
            media_type: "image/png".to_owned(),
            bytes: bytes::Bytes::from_static(b"abc"),
        };
        assert_eq!(json!(DataUrl(&image)), json!("data:image/png;base64,YWJj"));
    }
}
