//! From Ollama's lines to events; whole answers are one line.

use llm::{ChatEvent, Finish, ModelError, Usage};

use super::wire::{Answer, Said};
use crate::http::{Decode, Flow, fault_in_answer};
use crate::lenient;
use crate::prompt::made_up_id;
use crate::sse::Frame;

/// Reads one answer of either route.
pub(super) struct Decoder {
    model: String,
    started: bool,
    finish: Option<Finish>,
    calls: usize,
    /// Whether words are required: `/api/generate` without any is no answer (contract 004-A1).
    words_needed: bool,
    words_seen: bool,
}

impl Decoder {
    pub(super) fn new(model: &str, words_needed: bool) -> Self {
        Self {
            model: model.to_owned(),
            started: false,
            finish: None,
            calls: 0,
            words_needed,
            words_seen: false,
        }
    }

    fn words(&mut self, words: Option<String>, events: &mut Vec<ChatEvent>) {
        if let Some(words) = words.filter(|words| !words.is_empty()) {
            self.words_seen = true;
            events.push(ChatEvent::Text(words));
        }
    }

    fn said(&mut self, said: Said, events: &mut Vec<ChatEvent>) {
        events.extend(thought(said.thinking));
        self.words(said.content, events);
        for call in said.tool_calls {
            let index = self.calls;
            self.calls += 1;
            events.push(ChatEvent::ToolCall {
                index,
                id: Some(call.id.unwrap_or_else(|| made_up_id(index))),
                name: Some(call.function.name),
                arguments: lenient::as_text(call.function.arguments),
            });
        }
    }
}

fn thought(thinking: Option<String>) -> Option<ChatEvent> {
    thinking
        .filter(|thinking| !thinking.is_empty())
        .map(ChatEvent::Reasoning)
}

impl Decode for Decoder {
    fn frame(&mut self, frame: &Frame, events: &mut Vec<ChatEvent>) -> Result<Flow, ModelError> {
        let answer: Answer = serde_json::from_str(&frame.data)
            .map_err(|error| ModelError::Malformed(error.to_string()))?;
        if let Some(error) = answer.error.filter(|error| !error.is_null()) {
            return Err(fault_in_answer(&error, &self.model));
        }
        if !self.started {
            self.started = true;
            let named = answer.model.filter(|model| !model.is_empty());
            events.push(ChatEvent::Started {
                model: named.unwrap_or_else(|| self.model.clone()),
            });
        }
        events.extend(thought(answer.thinking));
        self.words(answer.response, events);
        if let Some(said) = answer.message {
            self.said(said, events);
        }
        if answer.done != Some(true) {
            return Ok(Flow::More);
        }
        if self.words_needed && !self.words_seen {
            return Err(ModelError::Malformed("an answer without words".to_owned()));
        }
        events.push(ChatEvent::Usage(Usage {
            input_tokens: answer.prompt_eval_count,
            output_tokens: answer.eval_count,
            provider_ms: answer.total_duration.map(|nanos| nanos / 1_000_000),
        }));
        self.finish = Some(match answer.done_reason {
            _ if self.calls > 0 => Finish::ToolCalls,
            None => Finish::Stop,
            Some(reason) => match reason.as_str() {
                "stop" => Finish::Stop,
                "length" => Finish::Length,
                _ => Finish::Other(reason),
            },
        });
        Ok(Flow::Done)
    }

    fn finish(&mut self) -> Option<Finish> {
        self.finish.take()
    }
}
