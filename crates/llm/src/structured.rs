//! Answers in a form: asked for in words where a provider has no other way, and checked (D8.17).

mod lenient;
mod schema;

pub use lenient::parse_lenient;
pub use schema::violations;

use serde_json::Value;

use crate::account::StructuredOutput;
use crate::{ChatRequest, Format, Message, Part, Role};

/// The request as a provider with this support gets it: what it cannot enforce is said in words.
pub fn prepare(request: &ChatRequest, support: StructuredOutput) -> ChatRequest {
    let mut request = request.clone();
    let Some(words) = instruction(&request.format, support) else {
        return request;
    };
    add_instruction(&mut request.messages, words);
    request.format = match support {
        StructuredOutput::Words => Format::Text,
        StructuredOutput::JsonObject | StructuredOutput::JsonSchema => Format::JsonObject,
    };
    request
}

fn instruction(format: &Format, support: StructuredOutput) -> Option<String> {
    match (format, support) {
        (Format::Text, _)
        | (Format::JsonObject, StructuredOutput::JsonObject | StructuredOutput::JsonSchema)
        | (Format::JsonSchema { .. }, StructuredOutput::JsonSchema) => None,
        (Format::JsonObject, StructuredOutput::Words) => {
            Some("Answer with one JSON object and nothing else.".to_owned())
        }
        (Format::JsonSchema { schema, .. }, _) => Some(format!(
            "Answer with JSON and nothing else. It must satisfy this JSON schema:\n{schema}"
        )),
    }
}

/// Appends to the system message, or puts one in front.
fn add_instruction(messages: &mut Vec<Message>, words: String) {
    match messages
        .iter_mut()
        .find(|message| message.role == Role::System)
    {
        Some(system) => system.parts.push(Part::Text(words)),
        None => messages.insert(0, Message::system(words)),
    }
}

/// Reads an answer in the form that was asked for: JSON without fences and other trimmings.
///
/// # Errors
/// What is wrong with it, one sentence each.
pub fn check(format: &Format, answer: &str) -> Result<Value, Vec<String>> {
    let value = parse_lenient(answer).ok_or_else(|| vec!["the answer is not JSON".to_owned()])?;
    let wrong = match format {
        Format::Text => Vec::new(),
        Format::JsonObject if value.is_object() => Vec::new(),
        Format::JsonObject => vec!["the answer is not a JSON object".to_owned()],
        Format::JsonSchema { schema, .. } => violations(&value, schema),
    };
    if wrong.is_empty() {
        Ok(value)
    } else {
        Err(wrong)
    }
}

/// The conversation that asks the model to repair its own answer.
pub fn repair(request: &ChatRequest, answer: &str, wrong: &[String]) -> ChatRequest {
    let mut request = request.clone();
    request.messages.push(Message::assistant(answer));
    request.messages.push(Message::user(format!(
        "That answer does not have the form that was asked for:\n- {}\n\
         Answer again with the corrected JSON and nothing else.",
        wrong.join("\n- ")
    )));
    request
}

#[cfg(test)]
mod tests;
