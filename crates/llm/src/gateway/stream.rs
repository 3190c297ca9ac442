//! Streams: nothing is given out before the first content, and nothing is lost after it.

use std::collections::VecDeque;
use std::time::Duration;

use futures_util::{Stream, StreamExt, stream};
use tokio::time::{Instant, timeout_at};

use super::ask::length;
use super::attempt::{Attempt, Progress};
use crate::clock::ends;
use crate::{ChatEvent, ChatStream, ModelError};

/// Bytes of content-free events that are held back at most; then the stream counts as begun.
const MOST_HELD: usize = 1 << 20;
/// How long to wait after the finish for tokens that are told late.
const LATE_USAGE: Duration = Duration::from_secs(1);

/// A stream that has begun to answer.
pub(super) struct Head {
    pub model: String,
    events: VecDeque<ChatEvent>,
    rest: ChatStream,
}

/// Reads a stream up to its first content, or its finish when there is none.
pub(super) async fn until_content(mut rest: ChatStream) -> Result<Head, ModelError> {
    let mut events = VecDeque::new();
    let mut model = String::new();
    let mut held = 0;
    loop {
        let event = rest.next().await.ok_or_else(cut)??;
        match &event {
            ChatEvent::Started { model: named } => model.clone_from(named),
            ChatEvent::Reasoning(thought) => held += thought.len(),
            _ => {}
        }
        let begun = event.is_content() || matches!(event, ChatEvent::Finish(_));
        events.push_back(event);
        if begun || held > MOST_HELD {
            return Ok(Head {
                model,
                events,
                rest,
            });
        }
    }
}

/// The rest of the answer, within its times. It ends with a finish or with an error.
pub(super) fn guarded(
    mut attempt: Attempt,
    head: Head,
) -> impl Stream<Item = Result<ChatEvent, ModelError>> + Send + 'static {
    attempt.note_content();
    let mut flow = Flow {
        attempt,
        held: head.events,
        rest: head.rest,
        finished: false,
    };
    for event in &flow.held {
        note(&mut flow.attempt.progress, event);
    }
    flow.finished = flow
        .held
        .iter()
        .any(|event| matches!(event, ChatEvent::Finish(_)));
    stream::unfold(Some(flow), |flow| async move {
        let mut flow = flow?;
        match flow.next().await {
            Ok(Some(event)) => Some((Ok(event), Some(flow))),
            Ok(None) => None,
            // Dropping the flow hangs up.
            Err(error) => Some((Err(error), None)),
        }
    })
}

struct Flow {
    attempt: Attempt,
    held: VecDeque<ChatEvent>,
    rest: ChatStream,
    finished: bool,
}

impl Flow {
    async fn next(&mut self) -> Result<Option<ChatEvent>, ModelError> {
        if let Some(event) = self.held.pop_front() {
            return Ok(Some(event));
        }
        if self.finished {
            return Ok(self.late_usage().await);
        }
        let result = self.receive().await;
        if let Err(error) = &result {
            self.attempt.fail(error);
        }
        result.map(Some)
    }

    async fn receive(&mut self) -> Result<ChatEvent, ModelError> {
        let silence_end = ends(
            Instant::now(),
            self.attempt.slot.account.limits.between_tokens,
        );
        let (total_end, what) = self.attempt.stream_end();
        let (end, what) = if silence_end < total_end {
            (silence_end, "between tokens")
        } else {
            (total_end, what)
        };
        let event = timeout_at(end, self.rest.next())
            .await
            .map_err(|_| ModelError::Timeout(what))?
            .ok_or_else(cut)??;
        note(&mut self.attempt.progress, &event);
        self.finished = matches!(event, ChatEvent::Finish(_));
        Ok(event)
    }

    /// After the finish only tokens may still come. What else goes wrong then no longer matters.
    async fn late_usage(&mut self) -> Option<ChatEvent> {
        let end = Instant::now() + LATE_USAGE;
        while self.attempt.progress.usage.total_tokens().is_none() {
            match timeout_at(end, self.rest.next()).await {
                Ok(Some(Ok(event))) => {
                    note(&mut self.attempt.progress, &event);
                    if let ChatEvent::Usage(_) = event {
                        return Some(event);
                    }
                }
                Ok(Some(Err(_)) | None) | Err(_) => break,
            }
        }
        self.attempt.succeed();
        None
    }
}

impl Drop for Flow {
    /// Someone who leaves after the finish has the whole answer.
    fn drop(&mut self) {
        if self.finished {
            self.attempt.succeed();
        }
    }
}

fn note(progress: &mut Progress, event: &ChatEvent) {
    match event {
        ChatEvent::Started { model } => progress.model = Some(model.clone()),
        ChatEvent::Text(text) => progress.characters_out += length(text),
        ChatEvent::ToolCall { arguments, .. } => progress.characters_out += length(arguments),
        ChatEvent::Usage(usage) => progress.usage = *usage,
        ChatEvent::Reasoning(_) | ChatEvent::Finish(_) => {}
    }
}

fn cut() -> ModelError {
    ModelError::Malformed("the stream ended before its finish".to_owned())
}
