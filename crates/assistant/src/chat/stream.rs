//! The streamed answer: words as they come, then the tasks, then the end.
//!
//! A person who leaves cancels the call upstream, and what was said so far is kept.

use std::time::Instant;

use domain::message::{MessageAnswer, MessageStatus};
use futures_util::StreamExt;
use llm::gateway::Call;
use llm::{ChatEvent, ChatRequest, Usage, Use};
use tokio::sync::mpsc;

use super::{ChatInput, ChatReply, Outcome, session};
use crate::{AssistantError, View};

/// A piece of a streamed answer, in this order: words, the tasks, the end.
#[derive(Debug, Clone)]
pub enum ChatPiece {
    /// More words.
    Text(String),
    /// The answer as a whole, with its tasks; the last piece.
    Done(Box<ChatReply>),
    /// The answer broke off; what was said so far is kept.
    Broken {
        /// In words for a person.
        message: String,
    },
}

/// Pieces on the way before a slow reader holds up the model.
const AHEAD: usize = 64;

impl View {
    /// Answers a message piece by piece. Dropping the receiver cancels the answer.
    ///
    /// # Errors
    /// Only the store's, before the first piece.
    pub async fn chat_stream(
        &self,
        input: ChatInput,
    ) -> Result<mpsc::Receiver<ChatPiece>, AssistantError> {
        let start = Instant::now();
        let kept = self.keep(&input).await?;
        let request = self.chat_request(&input, &kept).await?;
        let (pieces, receiver) = mpsc::channel(AHEAD);
        let view = self.clone();
        self.parts.tasks.spawn(async move {
            let answer = view.answer_in_pieces(&input, kept.id, request, &pieces, start);
            Box::pin(view.while_answering(kept.id, answer)).await;
        });
        Ok(receiver)
    }

    async fn answer_in_pieces(
        &self,
        input: &ChatInput,
        id: i64,
        request: ChatRequest,
        pieces: &mpsc::Sender<ChatPiece>,
        start: Instant,
    ) {
        let call = Call::new(input.request_id).for_user(self.owner.clone());
        let asked = self.parts.gateway.stream(Use::Chat, request, call);
        let answered = tokio::select! {
            answered = asked => answered,
            () = pieces.closed() => return self.keep_aborted(input, id, String::new(), start).await,
        };
        let outcome = match answered {
            Ok(answered) => {
                let (model, provider) = (answered.model.clone(), answered.account.clone());
                match relay(answered.value, pieces).await {
                    Relayed::Whole { text, usage } => Outcome {
                        text: text.trim().to_owned(),
                        model,
                        provider: Some(provider),
                        tokens: usage.total_tokens(),
                        status: MessageStatus::Success,
                    },
                    Relayed::Left { text } => {
                        return self.keep_aborted(input, id, text, start).await;
                    }
                    Relayed::Broken { text, message } => {
                        self.keep_aborted(input, id, text, start).await;
                        return send(pieces, ChatPiece::Broken { message }).await;
                    }
                }
            }
            Err(error) => {
                let outcome = self.without_model(input, &error);
                send(pieces, ChatPiece::Text(outcome.text.clone())).await;
                outcome
            }
        };
        let last = match self.conclude(input, id, outcome, start.elapsed()).await {
            Ok(reply) => ChatPiece::Done(Box::new(reply)),
            Err(error) => {
                tracing::error!(%error, "an answer could not be kept");
                let message = "The answer could not be saved. Your message is kept.".to_owned();
                ChatPiece::Broken { message }
            }
        };
        send(pieces, last).await;
    }

    /// Keeps what was said before the person left or the model broke off, and proposes the tasks in it.
    async fn keep_aborted(
        &self,
        input: &ChatInput,
        message_id: i64,
        response: String,
        start: Instant,
    ) {
        let begun = (!response.is_empty()).then_some(&*response);
        let found = session::record(&self.find(input, message_id, begun));
        let answer = MessageAnswer {
            status: MessageStatus::Aborted,
            response,
            model: None,
            provider: None,
            response_time: start.elapsed().as_secs_f64(),
            tokens_used: None,
            found,
        };
        if let Err(error) = self.store().answer_message(message_id, answer).await {
            tracing::warn!(%error, message.id = message_id, "a broken-off answer could not be kept");
        }
    }
}

/// How a stream ended.
enum Relayed {
    Whole { text: String, usage: Usage },
    Left { text: String },
    Broken { text: String, message: String },
}

async fn relay(mut stream: llm::ChatStream, pieces: &mpsc::Sender<ChatPiece>) -> Relayed {
    let mut text = String::new();
    let mut usage = Usage::default();
    loop {
        let event = tokio::select! {
            event = stream.next() => event,
            () = pieces.closed() => return Relayed::Left { text },
        };
        match event {
            None => return Relayed::Whole { text, usage },
            Some(Ok(ChatEvent::Text(more))) => {
                text.push_str(&more);
                if pieces.send(ChatPiece::Text(more)).await.is_err() {
                    return Relayed::Left { text };
                }
            }
            Some(Ok(ChatEvent::Usage(tokens))) => usage = tokens,
            Some(Ok(_)) => {}
            Some(Err(error)) => {
                tracing::warn!(%error, class = error.class(), "a streamed answer broke off");
                let message = "The model broke off in the middle of its answer.".to_owned();
                return Relayed::Broken { text, message };
            }
        }
    }
}

/// A reader who left needs no more pieces.
async fn send(pieces: &mpsc::Sender<ChatPiece>, piece: ChatPiece) {
    if pieces.send(piece).await.is_err() {
        tracing::debug!("the reader of an answer left before its end");
    }
}
