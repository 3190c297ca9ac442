//! From a body that arrives in pieces to the events of an answer.
//!
//! A provider supplies a [`Decode`]; what is common is here: framing, the limit on size, the
//! time-out between pieces, the end. [`ChatEvent::Finish`] is held back until the provider has
//! said all (tokens often come after the reason), and a body that ends without a reason is an
//! error, never a short answer.

use std::collections::VecDeque;

use futures_util::stream::{self, StreamExt};
use http::header::CONTENT_TYPE;
use llm::chat::collect;
use llm::{ChatAnswer, ChatEvent, ChatStream, Finish, ModelError};
use reqwest::Response;

use super::{MAX_ANSWER, Upstream, fault};
use crate::sse::{Frame, Framing, TooLarge};

/// Whether a provider has more to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flow {
    /// It may.
    More,
    /// It has said that this was all.
    Done,
}

/// One provider's way of saying things.
pub(crate) trait Decode: Send + 'static {
    /// Takes one frame and appends what it says.
    ///
    /// # Errors
    /// What the frame reports, or that it cannot be read.
    fn frame(&mut self, frame: &Frame, events: &mut Vec<ChatEvent>) -> Result<Flow, ModelError>;

    /// Why the answer ended, once that is known. Taken at the end, or when the connection is lost
    /// after it.
    fn finish(&mut self) -> Option<Finish>;
}

/// A streamed answer from an accepted request.
pub(crate) fn streamed<D: Decode>(
    upstream: &Upstream,
    response: Response,
    framing: Framing,
    decoder: D,
) -> ChatStream {
    let state = State {
        upstream: upstream.clone(),
        framing: framing_of(&response, framing),
        response,
        decoder,
        waiting: VecDeque::new(),
        read: 0,
        over: false,
        failed: None,
    };
    stream::unfold(state, |mut state| async move {
        loop {
            if let Some(event) = state.waiting.pop_front() {
                return Some((Ok(event), state));
            }
            // What came before an error is given out before it.
            if let Some(error) = state.failed.take() {
                return Some((Err(state.upstream.scrubbed(error)), state));
            }
            if state.over {
                return None;
            }
            if let Err(error) = state.advance().await {
                state.failed = Some(error);
                state.over = true;
            }
        }
    })
    .boxed()
}

/// How the body is really framed. Some servers do not stream, and some report errors in a plain
/// JSON body with a good status.
fn framing_of(response: &Response, expected: Framing) -> Framing {
    let is_json = response
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.starts_with("application/json"));
    match expected {
        Framing::Events(_) if is_json => Framing::Whole(Vec::new()),
        expected => expected,
    }
}

/// A whole answer from frames that are all there.
pub(crate) async fn collected<D: Decode>(
    upstream: &Upstream,
    mut decoder: D,
    frame: Frame,
) -> Result<ChatAnswer, ModelError> {
    let mut events = Vec::new();
    decoder
        .frame(&frame, &mut events)
        .map_err(|error| upstream.scrubbed(error))?;
    events.extend(decoder.finish().map(ChatEvent::Finish));
    collect(stream::iter(events.into_iter().map(Ok)).boxed()).await
}

struct State<D> {
    upstream: Upstream,
    response: Response,
    framing: Framing,
    decoder: D,
    waiting: VecDeque<ChatEvent>,
    read: usize,
    over: bool,
    failed: Option<ModelError>,
}

impl<D: Decode> State<D> {
    /// Reads one piece of the body and decodes what became whole.
    async fn advance(&mut self) -> Result<(), ModelError> {
        let idle = self.upstream.timeouts.idle;
        let piece = match tokio::time::timeout(idle, self.response.chunk()).await {
            Err(_) => Err(ModelError::Timeout("between pieces")),
            Ok(Err(error)) => Err(fault::of_body(error)),
            Ok(Ok(piece)) => Ok(piece),
        };
        match piece {
            Ok(Some(bytes)) => {
                self.read += bytes.len();
                if self.read > MAX_ANSWER {
                    return Err(ModelError::Malformed(
                        "the answer is larger than 16 MiB".to_owned(),
                    ));
                }
                self.framing.push(&bytes).map_err(too_large)?;
                while let Some(frame) = self.framing.next_frame().map_err(too_large)? {
                    if self.decode(&frame)? == Flow::Done {
                        return self.close();
                    }
                }
                Ok(())
            }
            Ok(None) => {
                if let Some(frame) = self.framing.end().map_err(too_large)? {
                    self.decode(&frame)?;
                }
                self.close()
            }
            // The answer was complete; only the goodbye is missing.
            Err(error) => self.close().map_err(|_| error),
        }
    }

    fn decode(&mut self, frame: &Frame) -> Result<Flow, ModelError> {
        let mut events = Vec::new();
        let flow = self.decoder.frame(frame, &mut events);
        self.waiting.extend(events);
        flow
    }

    fn close(&mut self) -> Result<(), ModelError> {
        let finish = self
            .decoder
            .finish()
            .ok_or_else(|| ModelError::Malformed("the answer was cut".to_owned()))?;
        self.waiting.push_back(ChatEvent::Finish(finish));
        self.over = true;
        Ok(())
    }
}

fn too_large(error: TooLarge) -> ModelError {
    ModelError::Malformed(error.to_string())
}
