//! Captions by any chat model that takes pictures.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use llm::{
    Caption, CaptionRequest, Captioner, ChatModel, ChatRequest, Finish, Image, Message, ModelError,
    Part, Role,
};

/// What is asked about the picture.
const PROMPT: &str = "Describe what this picture shows in one factual sentence. Name what kind of \
picture it is and quote any words that stand out. Say nothing else.";

/// Enough for one sentence, and for the little thinking some models do first.
const MAX_TOKENS: u32 = 300;

/// Makes a captioner of a chat model.
pub struct ChatCaptioner {
    chat: Arc<dyn ChatModel>,
    default_model: Option<String>,
}

impl ChatCaptioner {
    /// `default_model` is asked where a request names none; `None` leaves that to the chat model.
    pub fn new(chat: Arc<dyn ChatModel>, default_model: Option<String>) -> Self {
        Self {
            chat,
            default_model,
        }
    }
}

impl Captioner for ChatCaptioner {
    fn caption(&self, request: CaptionRequest) -> BoxFuture<'_, Result<Caption, ModelError>> {
        Box::pin(async move {
            let picture = Image {
                media_type: request.media_type,
                bytes: request.image,
            };
            let asked = ChatRequest {
                model: request.model.or_else(|| self.default_model.clone()),
                messages: vec![Message {
                    parts: vec![Part::Text(PROMPT.to_owned()), Part::Image(picture)],
                    ..Message::text(Role::User, "")
                }],
                max_tokens: Some(MAX_TOKENS),
                temperature: Some(0.2),
                ..ChatRequest::default()
            };
            let answer = self.chat.chat(asked).await?;
            if answer.finish == Finish::ContentFilter {
                return Err(ModelError::BadRequest(
                    "the provider will not describe this picture".to_owned(),
                ));
            }
            let text = answer.text.split_whitespace().collect::<Vec<_>>().join(" ");
            if text.is_empty() {
                return Err(ModelError::Malformed("a caption without words".to_owned()));
            }
            Ok(Caption {
                text,
                confidence: None,
                model: answer.model,
            })
        })
    }
}
