//! A conversation as `generateContent` wants it.

use llm::{ChatRequest, Format, Message, ModelError, Role};
use serde_json::{Value, json};

use super::schema;
use super::wire::{
    Body, Content, FunctionCall, FunctionDeclaration, FunctionResponse, GenerationConfig,
    InlineData, Part, Tools,
};
use crate::lenient;
use crate::prompt::{Base64, format_in_words, is_short, split_system, tool_name};

/// The body of a request.
///
/// # Errors
/// [`ModelError::NotConfigured`] for tools at a model that takes none.
pub(super) fn body<'a>(request: &'a ChatRequest, model: &str) -> Result<Body<'a>, ModelError> {
    let gemma = model.starts_with("gemma");
    if gemma && !request.tools.is_empty() {
        return Err(ModelError::NotConfigured(format!("{model} takes no tools")));
    }
    let response_schema = match &request.format {
        Format::JsonSchema { schema, .. } if !gemma => schema::translated(schema),
        _ => None,
    };
    // Forms and tools together are refused; the form is then said in words.
    let form = !gemma && request.format != Format::Text && request.tools.is_empty();
    let words = (!form || response_schema.is_none())
        .then(|| format_in_words(&request.format))
        .flatten();

    let (system, rest) = split_system(&request.messages);
    let system = match (system, words) {
        (Some(system), Some(words)) => Some(format!("{system}\n\n{words}")),
        (system, words) => system.or(words),
    };
    let mut contents = contents(&rest, model);
    let system_instruction = match system {
        Some(system) if gemma => {
            say_first(&mut contents, system);
            None
        }
        system => system.map(|system| Content {
            role: None,
            parts: vec![text(system)],
        }),
    };
    Ok(Body {
        system_instruction,
        contents,
        tools: tools(request),
        generation_config: GenerationConfig {
            temperature: request.temperature,
            top_p: request.top_p,
            max_output_tokens: request.max_tokens,
            stop_sequences: &request.stop,
            seed: request.seed.map(seed),
            response_mime_type: form.then_some("application/json"),
            response_schema: response_schema.filter(|_| form),
            thinking_config: is_short(request).then(|| little_thinking(model)).flatten(),
        },
    })
}

/// Puts instructions before the first words of the person.
fn say_first(contents: &mut Vec<Content<'_>>, instructions: String) {
    let first = contents
        .iter_mut()
        .find(|content| content.role == Some("user"));
    match first {
        Some(content) => content.parts.insert(0, text(format!("{instructions}\n\n"))),
        None => contents.push(Content {
            role: Some("user"),
            parts: vec![text(instructions)],
        }),
    }
}

/// The conversation, with messages of one side in a row as one.
fn contents<'a>(messages: &[&'a Message], model: &str) -> Vec<Content<'a>> {
    let mut contents: Vec<Content<'a>> = Vec::new();
    for (place, message) in messages.iter().enumerate() {
        let role = if message.role == Role::Assistant {
            "model"
        } else {
            "user"
        };
        let before = messages.get(..place).unwrap_or_default();
        let parts = parts(message, before, model);
        match contents.last_mut() {
            Some(last) if last.role == Some(role) => last.parts.extend(parts),
            _ => contents.push(Content {
                role: Some(role),
                parts,
            }),
        }
    }
    contents
}

fn parts<'a>(message: &'a Message, before: &[&'a Message], model: &str) -> Vec<Part<'a>> {
    if message.role == Role::Tool {
        let words = message.words();
        let result = serde_json::from_str::<Value>(&words).ok();
        return vec![Part {
            function_response: Some(FunctionResponse {
                name: tool_name(before, message),
                // The answer must be an object; anything else is put into one.
                response: match result {
                    Some(object @ Value::Object(_)) => object,
                    _ => json!({ "result": words }),
                },
            }),
            ..Part::default()
        }];
    }
    let mut parts: Vec<Part<'a>> = message
        .parts
        .iter()
        .map(|part| match part {
            llm::Part::Text(words) => text(words.clone()),
            llm::Part::Image(image) => Part {
                inline_data: Some(InlineData {
                    mime_type: &image.media_type,
                    data: Base64(&image.bytes),
                }),
                ..Part::default()
            },
        })
        .collect();
    // From the third generation on, calls of earlier turns must carry a signature; this one is
    // documented for histories that have lost theirs.
    let signature = generation(model).filter(|generation| *generation >= 3);
    parts.extend(message.tool_calls.iter().map(|call| Part {
        function_call: Some(FunctionCall {
            name: &call.name,
            args: lenient::as_object(&call.arguments),
        }),
        thought_signature: signature.map(|_| "skip_thought_signature_validator"),
        ..Part::default()
    }));
    parts
}

fn text<'a>(words: String) -> Part<'a> {
    Part {
        text: Some(words),
        ..Part::default()
    }
}

fn tools(request: &ChatRequest) -> Vec<Tools<'_>> {
    if request.tools.is_empty() {
        return Vec::new();
    }
    let declared = request.tools.iter().map(|tool| FunctionDeclaration {
        name: &tool.name,
        description: &tool.description,
        // An object without properties is refused; a tool without arguments has no schema.
        parameters: schema::translated(&tool.parameters).filter(|schema| {
            schema["properties"]
                .as_object()
                .is_some_and(|properties| !properties.is_empty())
        }),
    });
    vec![Tools {
        function_declarations: declared.collect(),
    }]
}

/// Seeds are 32 bits here; more are folded.
fn seed(seed: u64) -> i32 {
    let folded = (seed ^ (seed >> 32)) & 0x7FFF_FFFF;
    i32::try_from(folded).unwrap_or_default()
}

/// Thinking counts against the limit of tokens, so a short answer gets little of it.
fn little_thinking(model: &str) -> Option<Value> {
    if model.starts_with("gemini-2.5-flash") {
        return Some(json!({"thinkingBudget": 0}));
    }
    (generation(model)? >= 3).then(|| json!({"thinkingLevel": "low"}))
}

/// The 3 of `gemini-3.5-flash-lite`.
fn generation(model: &str) -> Option<u32> {
    let digits = model.strip_prefix("gemini-")?;
    let end = digits.find(|c: char| !c.is_ascii_digit())?;
    digits.get(..end)?.parse().ok()
}
