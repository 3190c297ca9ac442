//! Chat over `/chat/completions`.

use futures_util::future::BoxFuture;
use llm::{ChatAnswer, ChatModel, ChatRequest, ChatStream, Format, ModelError, StructuredOutput};
use reqwest::RequestBuilder;

use super::Dialect;
use super::decode::Decoder;
use super::wire::{Asked, Request, ResponseFormat, StreamOptions, Tool};
use crate::http::{Upstream, collected, streamed};
use crate::prompt::{format_in_words, has_images, size, with_instructions};
use crate::retired;
use crate::sse::{Frame, Framing};

/// A chat model behind `OpenAI`'s protocol.
pub(crate) struct OpenAiChat {
    upstream: Upstream,
    dialect: Dialect,
    default_model: String,
}

impl OpenAiChat {
    pub(crate) fn new(upstream: Upstream, dialect: Dialect, default_model: String) -> Self {
        Self {
            upstream,
            dialect,
            default_model,
        }
    }

    fn model<'a>(&'a self, request: &'a ChatRequest) -> &'a str {
        let model = request.model.as_deref().unwrap_or(&self.default_model);
        retired::current(self.dialect.kind, model)
    }

    fn request(&self, request: &ChatRequest, stream: bool) -> Result<RequestBuilder, ModelError> {
        let dialect = self.dialect;
        if !dialect.compatibility.images && has_images(&request.messages) {
            return Err(ModelError::NotConfigured(
                "this server takes no pictures".to_owned(),
            ));
        }
        let model = self.model(request);
        let structured = dialect.structured_output(model, request, stream);
        let held_to_schema = structured == StructuredOutput::JsonSchema
            && matches!(request.format, Format::JsonSchema { .. });
        // Object mode wants the word JSON in the conversation; a schema says all by itself.
        let words = if held_to_schema {
            None
        } else {
            format_in_words(&request.format)
        };
        let messages = with_instructions(&request.messages, words.as_deref());
        let new_name = dialect.max_completion_tokens(model);
        let sampling = dialect.takes_sampling(model);
        let body = Request {
            model,
            messages: messages.iter().map(Asked::from).collect(),
            temperature: request.temperature.filter(|_| sampling),
            top_p: request.top_p.filter(|_| sampling),
            max_tokens: request.max_tokens.filter(|_| !new_name),
            max_completion_tokens: request.max_tokens.filter(|_| new_name),
            reasoning_effort: dialect.reasoning_effort(model, request),
            stop: &request.stop,
            seed: request.seed,
            tools: request.tools.iter().map(Tool::from).collect(),
            response_format: ResponseFormat::of(request, structured),
            stream,
            stream_options: (stream && dialect.compatibility.stream_usage).then_some(
                StreamOptions {
                    include_usage: true,
                },
            ),
        };
        self.upstream
            .post_json("/chat/completions", &body, size(request))
    }
}

impl ChatModel for OpenAiChat {
    fn stream(&self, request: ChatRequest) -> BoxFuture<'_, Result<ChatStream, ModelError>> {
        Box::pin(async move {
            let model = self.model(&request).to_owned();
            let asked = self.request(&request, true)?;
            let response = self.upstream.begin(asked, &model).await?;
            let decoder = Decoder::new(&model, false);
            Ok(streamed(
                &self.upstream,
                response,
                Framing::events(),
                decoder,
            ))
        })
    }

    fn chat(&self, request: ChatRequest) -> BoxFuture<'_, Result<ChatAnswer, ModelError>> {
        Box::pin(async move {
            let model = self.model(&request).to_owned();
            let asked = self.request(&request, false)?;
            let body = self.upstream.whole(asked, &model).await?;
            let frame = Frame::whole(&body);
            collected(&self.upstream, Decoder::new(&model, true), frame).await
        })
    }
}
