//! Chat with a model at one of the instances.

use futures_util::future::BoxFuture;
use llm::{
    ChatAnswer, ChatModel, ChatRequest, ChatStream, Format, Message, ModelError, Part, Role,
};
use reqwest::RequestBuilder;
use serde_json::Value;

use super::decode::Decoder;
use super::pool::Pool;
use super::wire::{Asked, AskedCall, AskedFunction, Chat, Generate, Options, Tool};
use crate::http::{Upstream, collected, streamed};
use crate::lenient;
use crate::prompt::{Base64, format_in_words, images, size, tool_name, with_instructions};
use crate::sse::{Frame, Framing};

/// A chat model behind Ollama.
pub(crate) struct OllamaChat {
    pool: Pool,
    default_model: String,
}

impl OllamaChat {
    pub(crate) fn new(pool: Pool, default_model: String) -> Self {
        Self {
            pool,
            default_model,
        }
    }

    /// The model asked for; a blank name means the default (contract 004-A1).
    fn model<'a>(&'a self, request: &'a ChatRequest) -> &'a str {
        request
            .model
            .as_deref()
            .map(str::trim)
            .filter(|model| !model.is_empty())
            .unwrap_or(&self.default_model)
    }
}

impl ChatModel for OllamaChat {
    fn stream(&self, request: ChatRequest) -> BoxFuture<'_, Result<ChatStream, ModelError>> {
        Box::pin(async move {
            let (model, request) = (self.model(&request), &request);
            self.pool
                .call(model, |upstream| async move {
                    let asked = asked(&upstream, request, model, true)?;
                    let response = upstream.begin(asked, model).await?;
                    let decoder = Decoder::new(model, single_prompt(request).is_some());
                    Ok(streamed(&upstream, response, Framing::lines(), decoder))
                })
                .await
        })
    }

    fn chat(&self, request: ChatRequest) -> BoxFuture<'_, Result<ChatAnswer, ModelError>> {
        Box::pin(async move {
            let (model, request) = (self.model(&request), &request);
            self.pool
                .call(model, |upstream| async move {
                    let asked = asked(&upstream, request, model, false)?;
                    let body = upstream.whole(asked, model).await?;
                    let decoder = Decoder::new(model, single_prompt(request).is_some());
                    collected(&upstream, decoder, Frame::whole(&body)).await
                })
                .await
        })
    }
}

fn asked(
    upstream: &Upstream,
    request: &ChatRequest,
    model: &str,
    stream: bool,
) -> Result<RequestBuilder, ModelError> {
    let options = options(request);
    if let Some(prompt) = single_prompt(request) {
        let body = Generate {
            model,
            prompt,
            stream,
            options,
        };
        return upstream.post_json("/api/generate", &body, size(request));
    }
    let words = format_in_words(&request.format);
    let messages = with_instructions(&request.messages, words.as_deref());
    let all: Vec<&Message> = messages.iter().collect();
    let asked = all.iter().enumerate().map(|(place, message)| {
        let before = all.get(..place).unwrap_or_default();
        Asked {
            role: message.role,
            content: message.words(),
            images: images(message).map(|image| Base64(&image.bytes)).collect(),
            tool_calls: message
                .tool_calls
                .iter()
                .map(|call| AskedCall {
                    function: AskedFunction {
                        name: &call.name,
                        arguments: lenient::as_object(&call.arguments),
                    },
                })
                .collect(),
            tool_name: (message.role == Role::Tool).then(|| tool_name(before, message)),
        }
    });
    let body = Chat {
        model,
        messages: asked.collect(),
        stream,
        options,
        format: match &request.format {
            Format::Text => None,
            Format::JsonObject => Some(Value::from("json")),
            Format::JsonSchema { schema, .. } => Some(schema.clone()),
        },
        tools: request
            .tools
            .iter()
            .map(|tool| Tool {
                r#type: "function",
                function: tool,
            })
            .collect(),
    };
    upstream.post_json("/api/chat", &body, size(request))
}

/// The prompt, if the conversation is nothing but one: then `/api/generate` is asked.
fn single_prompt(request: &ChatRequest) -> Option<&str> {
    let [message] = request.messages.as_slice() else {
        return None;
    };
    let [Part::Text(prompt)] = message.parts.as_slice() else {
        return None;
    };
    let plain =
        message.role == Role::User && request.tools.is_empty() && request.format == Format::Text;
    plain.then_some(prompt.as_str())
}

/// What is set; nothing when nothing is (contract 004-A1).
fn options(request: &ChatRequest) -> Option<Options<'_>> {
    let options = Options {
        temperature: request.temperature,
        top_p: request.top_p,
        num_predict: request.max_tokens,
        seed: request.seed,
        stop: &request.stop,
    };
    let nothing = Options {
        temperature: None,
        top_p: None,
        num_predict: None,
        seed: None,
        stop: &[],
    };
    (options != nothing).then_some(options)
}
