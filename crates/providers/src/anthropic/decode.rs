//! From the events of a streamed message, or a whole one, to events of ours.

use llm::{ChatEvent, Finish, ModelError, Usage};

use super::wire::{Counts, Event, Message, Said};
use crate::http::{Decode, Flow, fault_in_answer};
use crate::sse::Frame;

/// What both ways of reading have in common.
struct Reading {
    model: String,
    /// Whether the answer is the argument of a tool made for it.
    form: bool,
    /// Block index and call index of the tool calls begun.
    calls: Vec<usize>,
    counts: Counts,
    finish: Option<Finish>,
}

impl Reading {
    fn new(model: &str, form: bool) -> Self {
        Self {
            model: model.to_owned(),
            form,
            calls: Vec::new(),
            counts: Counts::default(),
            finish: None,
        }
    }

    fn started(&self, named: Option<String>) -> ChatEvent {
        ChatEvent::Started {
            model: named
                .filter(|model| !model.is_empty())
                .unwrap_or_else(|| self.model.clone()),
        }
    }

    /// A block, whole or just begun. `place` is its index in the message.
    fn block(&mut self, place: usize, block: Said, whole: bool, events: &mut Vec<ChatEvent>) {
        if block.r#type == "tool_use" {
            let input = block.input.filter(|_| whole).map(|input| input.to_string());
            if self.form {
                events.extend(input.map(ChatEvent::Text));
                return;
            }
            let index = self.calls.len();
            self.calls.push(place);
            events.push(ChatEvent::ToolCall {
                index,
                id: block.id,
                name: block.name,
                arguments: input.unwrap_or_default(),
            });
            return;
        }
        let text = block.text.filter(|text| !text.is_empty());
        events.extend(text.map(ChatEvent::Text));
        let thinking = block.thinking.filter(|thinking| !thinking.is_empty());
        events.extend(thinking.map(ChatEvent::Reasoning));
    }

    /// More of the tokens: the prompt's come first, the answer's last.
    fn counted(&mut self, counts: Option<Counts>, events: &mut Vec<ChatEvent>) {
        let Some(counts) = counts else {
            return;
        };
        let output = counts.output.or(self.counts.output);
        if counts.input.is_some() {
            self.counts = counts;
        }
        self.counts.output = output;
        events.push(ChatEvent::Usage(Usage {
            input_tokens: self.counts.prompt(),
            output_tokens: self.counts.output,
            provider_ms: None,
        }));
    }

    fn stopped(&mut self, reason: Option<String>) {
        let Some(reason) = reason else {
            return;
        };
        self.finish = Some(match reason.as_str() {
            "end_turn" | "stop_sequence" => Finish::Stop,
            "max_tokens" | "model_context_window_exceeded" => Finish::Length,
            "tool_use" if self.form => Finish::Stop,
            "tool_use" => Finish::ToolCalls,
            "refusal" => Finish::ContentFilter,
            _ => Finish::Other(reason),
        });
    }
}

/// Reads a streamed message.
pub(super) struct StreamDecoder(Reading);

impl StreamDecoder {
    pub(super) fn new(model: &str, form: bool) -> Self {
        Self(Reading::new(model, form))
    }

    fn delta(&mut self, event: Event, events: &mut Vec<ChatEvent>) {
        let Some(delta) = event.delta else {
            return;
        };
        let text = delta.text.filter(|text| !text.is_empty());
        events.extend(text.map(ChatEvent::Text));
        let thinking = delta.thinking.filter(|thinking| !thinking.is_empty());
        events.extend(thinking.map(ChatEvent::Reasoning));
        let Some(json) = delta.partial_json.filter(|json| !json.is_empty()) else {
            return;
        };
        if self.0.form {
            events.push(ChatEvent::Text(json));
            return;
        }
        let calls = &self.0.calls;
        let index = event
            .index
            .and_then(|place| calls.iter().position(|call| *call == place))
            .or(calls.len().checked_sub(1));
        if let Some(index) = index {
            events.push(ChatEvent::ToolCall {
                index,
                id: None,
                name: None,
                arguments: json,
            });
        }
    }
}

impl Decode for StreamDecoder {
    fn frame(&mut self, frame: &Frame, events: &mut Vec<ChatEvent>) -> Result<Flow, ModelError> {
        let data = frame.data.trim();
        if data.is_empty() {
            return Ok(Flow::More);
        }
        let event: Event =
            serde_json::from_str(data).map_err(|error| ModelError::Malformed(error.to_string()))?;
        if event.r#type == "error" || event.error.is_some() {
            let error = event.error.unwrap_or_default();
            return Err(fault_in_answer(&error, &self.0.model));
        }
        match event.r#type.as_str() {
            "message_start" => {
                let message = event.message.unwrap_or_default();
                events.push(self.0.started(message.model));
                self.0.counted(message.usage, events);
            }
            "content_block_start" => {
                let block = event.content_block.unwrap_or_default();
                self.0
                    .block(event.index.unwrap_or_default(), block, false, events);
            }
            "content_block_delta" => self.delta(event, events),
            "message_delta" => {
                self.0
                    .stopped(event.delta.and_then(|delta| delta.stop_reason));
                self.0.counted(event.usage, events);
            }
            "message_stop" => {
                self.0.finish.get_or_insert(Finish::Stop);
                return Ok(Flow::Done);
            }
            // `ping`, `content_block_stop` and what the future brings say nothing to us.
            _ => {}
        }
        Ok(Flow::More)
    }

    fn finish(&mut self) -> Option<Finish> {
        self.0.finish.take()
    }
}

/// Reads a whole message.
pub(super) struct WholeDecoder(Reading);

impl WholeDecoder {
    pub(super) fn new(model: &str, form: bool) -> Self {
        Self(Reading::new(model, form))
    }
}

impl Decode for WholeDecoder {
    fn frame(&mut self, frame: &Frame, events: &mut Vec<ChatEvent>) -> Result<Flow, ModelError> {
        let message: Message = serde_json::from_str(&frame.data)
            .map_err(|error| ModelError::Malformed(error.to_string()))?;
        if let Some(error) = message.error.filter(|error| !error.is_null()) {
            return Err(fault_in_answer(&error, &self.0.model));
        }
        let Some(content) = message.content else {
            return Err(ModelError::Malformed(
                "an answer without content".to_owned(),
            ));
        };
        events.push(self.0.started(message.model));
        for (place, block) in content.into_iter().enumerate() {
            self.0.block(place, block, true, events);
        }
        self.0.counted(message.usage, events);
        self.0.stopped(message.stop_reason);
        self.0.finish.get_or_insert(Finish::Stop);
        Ok(Flow::Done)
    }

    fn finish(&mut self) -> Option<Finish> {
        self.0.finish.take()
    }
}
