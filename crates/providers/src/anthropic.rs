//! Anthropic's Messages API.

mod decode;
mod request;
mod wire;

use futures_util::future::BoxFuture;
use llm::{ChatAnswer, ChatModel, ChatRequest, ChatStream, ModelError};
use reqwest::RequestBuilder;

use crate::http::{Upstream, collected, streamed};
use crate::prompt::size;
use crate::sse::{Frame, Framing};
use crate::{Kind, retired};
use decode::{StreamDecoder, WholeDecoder};

/// The version of the API spoken here.
pub(crate) const VERSION: &str = "2023-06-01";

/// A chat model at Anthropic.
pub(crate) struct AnthropicChat {
    upstream: Upstream,
    default_model: String,
}

impl AnthropicChat {
    pub(crate) fn new(upstream: Upstream, default_model: String) -> Self {
        Self {
            upstream,
            default_model,
        }
    }

    fn model<'a>(&'a self, request: &'a ChatRequest) -> &'a str {
        let model = request.model.as_deref().unwrap_or(&self.default_model);
        retired::current(Kind::Anthropic, model)
    }

    fn asked(&self, request: &ChatRequest, stream: bool) -> Result<RequestBuilder, ModelError> {
        let body = request::body(request, self.model(request), stream);
        self.upstream.post_json("/messages", &body, size(request))
    }
}

impl ChatModel for AnthropicChat {
    fn stream(&self, request: ChatRequest) -> BoxFuture<'_, Result<ChatStream, ModelError>> {
        Box::pin(async move {
            let model = self.model(&request).to_owned();
            let asked = self.asked(&request, true)?;
            let response = self.upstream.begin(asked, &model).await?;
            let decoder = StreamDecoder::new(&model, request::form(&request, &model).is_some());
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
            let asked = self.asked(&request, false)?;
            let body = self.upstream.whole(asked, &model).await?;
            let decoder = WholeDecoder::new(&model, request::form(&request, &model).is_some());
            collected(&self.upstream, decoder, Frame::whole(&body)).await
        })
    }
}
