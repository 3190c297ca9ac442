//! Google AI: Gemini, and Gemma behind the same routes. Gemma takes neither system instructions
//! nor schemas nor tools; what can be said in words is said in words.

mod decode;
mod request;
mod schema;
mod wire;

use futures_util::future::BoxFuture;
use llm::{ChatAnswer, ChatModel, ChatRequest, ChatStream, ModelError};

use crate::http::{Upstream, collected, streamed};
use crate::prompt::size;
use crate::sse::{Frame, Framing};
use crate::{Kind, retired};
use decode::Decoder;

/// A chat model at Google AI.
pub(crate) struct GeminiChat {
    upstream: Upstream,
    kind: Kind,
    default_model: String,
}

impl GeminiChat {
    pub(crate) fn new(upstream: Upstream, kind: Kind, default_model: String) -> Self {
        Self {
            upstream,
            kind,
            default_model,
        }
    }

    /// The model's name without the `models/` that some write before it.
    fn model(&self, request: &ChatRequest) -> Result<String, ModelError> {
        let model = request.model.as_deref().unwrap_or(&self.default_model);
        let model = model.strip_prefix("models/").unwrap_or(model);
        let model = retired::current(self.kind, model);
        // It becomes part of the path.
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_.:@".contains(c);
        if model.is_empty() || !model.chars().all(plain) {
            return Err(ModelError::ModelGone {
                model: model.to_owned(),
                message: "no model has such a name".to_owned(),
            });
        }
        Ok(model.to_owned())
    }

    fn asked(
        &self,
        request: &ChatRequest,
        model: &str,
        method: &str,
    ) -> Result<reqwest::RequestBuilder, ModelError> {
        let body = request::body(request, model)?;
        self.upstream
            .post_json(&format!("/models/{model}:{method}"), &body, size(request))
    }
}

impl ChatModel for GeminiChat {
    fn stream(&self, request: ChatRequest) -> BoxFuture<'_, Result<ChatStream, ModelError>> {
        Box::pin(async move {
            let model = self.model(&request)?;
            let asked = self.asked(&request, &model, "streamGenerateContent?alt=sse")?;
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
            let model = self.model(&request)?;
            let asked = self.asked(&request, &model, "generateContent")?;
            let body = self.upstream.whole(asked, &model).await?;
            let frame = Frame::whole(&body);
            collected(&self.upstream, Decoder::new(&model, true), frame).await
        })
    }
}
