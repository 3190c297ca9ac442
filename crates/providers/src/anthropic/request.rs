//! A conversation as the Messages API wants it.

use llm::{ChatRequest, Format, Message, Part, Role};
use serde_json::{Value, json};

use super::wire::{Asked, Block, Body, Source, Tool};
use crate::lenient;
use crate::prompt::{Base64, format_in_words, split_system};

/// The API insists on a limit; this is one every model takes.
const DEFAULT_MAX_TOKENS: u32 = 4096;
/// Name of the tool that carries an answer in a given form.
const FORM_TOOL: &str = "answer";

/// The schema of the tool that carries the answer, where the form is asked for by a tool: with
/// models that may be made to call one, and where no other tools are on offer.
pub(super) fn form<'a>(request: &'a ChatRequest, model: &str) -> Option<&'a Value> {
    match &request.format {
        Format::JsonSchema { schema, .. }
            if request.tools.is_empty() && schema["type"] == "object" && is_classic(model) =>
        {
            Some(schema)
        }
        _ => None,
    }
}

/// Models up to 4.6: they take temperature, and can be made to call a tool. Later ones think by
/// themselves and refuse both.
fn is_classic(model: &str) -> bool {
    if model.starts_with("claude-3") || model.starts_with("claude-2") {
        return true;
    }
    let mut numbers = model
        .split('-')
        .filter_map(|part| part.parse::<u32>().ok())
        // A date is no version.
        .filter(|number| *number < 100);
    match (numbers.next(), numbers.next()) {
        (Some(4), minor) => minor.is_none_or(|minor| minor <= 6),
        _ => false,
    }
}

/// The body of a request.
pub(super) fn body<'a>(request: &'a ChatRequest, model: &'a str, stream: bool) -> Body<'a> {
    let form = form(request, model);
    let words = if form.is_none() {
        format_in_words(&request.format)
    } else {
        None
    };
    let (system, rest) = split_system(&request.messages);
    let system = match (system, words) {
        (Some(system), Some(words)) => Some(format!("{system}\n\n{words}")),
        (system, words) => system.or(words),
    };
    let classic = is_classic(model);
    let mut tools: Vec<Tool<'a>> = request
        .tools
        .iter()
        .map(|tool| Tool {
            name: &tool.name,
            description: &tool.description,
            input_schema: &tool.parameters,
        })
        .collect();
    if let Some(schema) = form {
        tools.push(Tool {
            name: FORM_TOOL,
            description: "Gives the answer in the form that is asked for.",
            input_schema: schema,
        });
    }
    Body {
        model,
        max_tokens: request.max_tokens.unwrap_or(DEFAULT_MAX_TOKENS),
        system,
        messages: messages(&rest),
        temperature: request
            .temperature
            .filter(|_| classic)
            .map(|temperature| temperature.clamp(0.0, 1.0)),
        // Both together are refused.
        top_p: request
            .top_p
            .filter(|_| classic && request.temperature.is_none()),
        stop_sequences: &request.stop,
        tools,
        tool_choice: form.map(|_| json!({"type": "tool", "name": FORM_TOOL})),
        stream,
    }
}

/// The conversation, with messages of one side in a row as one.
fn messages<'a>(messages: &[&'a Message]) -> Vec<Asked<'a>> {
    let mut asked: Vec<Asked<'a>> = Vec::new();
    for message in messages {
        let role = if message.role == Role::Assistant {
            "assistant"
        } else {
            "user"
        };
        let content = blocks(message);
        if content.is_empty() {
            continue;
        }
        match asked.last_mut() {
            Some(last) if last.role == role => last.content.extend(content),
            _ => asked.push(Asked { role, content }),
        }
    }
    asked
}

fn blocks(message: &Message) -> Vec<Block<'_>> {
    if message.role == Role::Tool {
        return vec![Block::ToolResult {
            tool_use_id: message.tool_call_id.as_deref().unwrap_or_default(),
            content: message.words(),
        }];
    }
    let parts = message.parts.iter().filter_map(|part| match part {
        // Empty texts are refused.
        Part::Text(text) if text.trim().is_empty() => None,
        Part::Text(text) => Some(Block::Text { text }),
        Part::Image(image) => Some(Block::Image {
            source: Source {
                r#type: "base64",
                media_type: &image.media_type,
                data: Base64(&image.bytes),
            },
        }),
    });
    let calls = message.tool_calls.iter().map(|call| Block::ToolUse {
        id: &call.id,
        name: &call.name,
        input: lenient::as_object(&call.arguments),
    });
    parts.chain(calls).collect()
}

#[cfg(test)]
mod tests {
    use super::is_classic;

    #[test]
    fn later_models_choose_for_themselves() {
        for model in [
            "claude-haiku-4-5",
            "claude-haiku-4-5-20251001",
            "claude-sonnet-4-6",
            "claude-sonnet-4-20250514",
            "claude-3-5-haiku-20241022",
        ] {
            assert!(is_classic(model), "{model}");
        }
        for model in [
            "claude-sonnet-5",
            "claude-haiku-5-5",
            "claude-opus-4-7",
            "claude-next",
        ] {
            assert!(!is_classic(model), "{model}");
        }
    }
}
