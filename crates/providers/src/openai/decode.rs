//! From the pieces of `/chat/completions` to events; whole answers are one large piece.

use llm::{ChatEvent, Finish, ModelError, Usage};

use super::wire::{CallPiece, Completion, Said};
use crate::http::{Decode, Flow, fault_in_answer};
use crate::lenient;
use crate::prompt::made_up_id;
use crate::sse::Frame;

/// Reads one answer.
pub(super) struct Decoder {
    /// The model asked for, for answers that do not name theirs.
    model: String,
    /// Whether the answer comes as one piece.
    whole: bool,
    started: bool,
    finish: Option<Finish>,
    calls: Vec<Call>,
}

/// A tool call begun.
struct Call {
    /// The index the provider gave it.
    wire_index: Option<usize>,
    /// The id the provider gave it.
    id: Option<String>,
}

impl Decoder {
    pub(super) fn new(model: &str, whole: bool) -> Self {
        Self {
            model: model.to_owned(),
            whole,
            started: false,
            finish: None,
            calls: Vec::new(),
        }
    }

    fn said(&mut self, said: Said, events: &mut Vec<ChatEvent>) {
        for thought in [said.reasoning_content, said.reasoning]
            .into_iter()
            .flatten()
        {
            if !thought.is_empty() {
                events.push(ChatEvent::Reasoning(thought));
                // Servers that send both send the same twice.
                break;
            }
        }
        let words = said.content.map(super::wire::Content::text);
        for text in [words, said.refusal].into_iter().flatten() {
            if !text.is_empty() {
                events.push(ChatEvent::Text(text));
            }
        }
        for piece in said.tool_calls.unwrap_or_default() {
            events.push(self.call(piece));
        }
    }

    /// One piece of a call. Pieces of parallel calls may alternate; their index tells them apart.
    /// Some servers leave the index out, some give every call the same: then a new id is a new call.
    fn call(&mut self, piece: CallPiece) -> ChatEvent {
        let function = piece.function.unwrap_or_default();
        let id = piece.id.filter(|id| !id.is_empty());
        let name = function.name.filter(|name| !name.is_empty());
        let arguments = function.arguments.map(lenient::as_text).unwrap_or_default();
        let known = self.position(piece.index, id.as_deref(), name.is_some());
        let Some(index) = known else {
            let index = self.calls.len();
            self.calls.push(Call {
                wire_index: piece.index,
                id: id.clone(),
            });
            return ChatEvent::ToolCall {
                index,
                id: Some(id.unwrap_or_else(|| made_up_id(index))),
                name,
                arguments,
            };
        };
        ChatEvent::ToolCall {
            index,
            id: None,
            name: None,
            arguments,
        }
    }

    /// Which of the calls begun a piece continues.
    fn position(&self, wire_index: Option<usize>, id: Option<&str>, named: bool) -> Option<usize> {
        match (wire_index, id) {
            (Some(wire_index), id) => self.calls.iter().rposition(|call| {
                call.wire_index == Some(wire_index)
                    && (id.is_none() || call.id.is_none() || call.id.as_deref() == id)
            }),
            (None, Some(id)) => self
                .calls
                .iter()
                .rposition(|call| call.id.as_deref() == Some(id)),
            // Neither: a name begins a call, anything else goes on with the last.
            (None, None) if named => None,
            (None, None) => self.calls.len().checked_sub(1),
        }
    }
}

impl Decode for Decoder {
    fn frame(&mut self, frame: &Frame, events: &mut Vec<ChatEvent>) -> Result<Flow, ModelError> {
        let data = frame.data.trim();
        if data == "[DONE]" {
            // The end without a reason: some servers never give one.
            self.finish.get_or_insert(Finish::Stop);
            return Ok(Flow::Done);
        }
        if data.is_empty() {
            return Ok(Flow::More);
        }
        let completion: Completion =
            serde_json::from_str(data).map_err(|error| ModelError::Malformed(error.to_string()))?;
        if let Some(error) = completion.error.filter(|error| !error.is_null()) {
            return Err(fault_in_answer(&error, &self.model));
        }
        if frame.event.as_deref() == Some("error") {
            let value = serde_json::from_str(data).unwrap_or_default();
            return Err(fault_in_answer(&value, &self.model));
        }
        if !self.started {
            self.started = true;
            let named = completion.model.filter(|model| !model.is_empty());
            events.push(ChatEvent::Started {
                model: named.unwrap_or_else(|| self.model.clone()),
            });
        }
        if self.whole && completion.choices.as_ref().is_none_or(Vec::is_empty) {
            return Err(ModelError::Malformed(
                "an answer without a choice".to_owned(),
            ));
        }
        // Only one answer is asked for; a second choice would be mixed into the first.
        if let Some(choice) = completion.choices.into_iter().flatten().next() {
            if let Some(said) = choice.delta.or(choice.message) {
                self.said(said, events);
            }
            if let Some(reason) = choice.finish_reason {
                self.finish = Some(finish(reason));
            } else if self.whole {
                self.finish = Some(Finish::Stop);
            }
        }
        if let Some(error) = completion.x_groq.as_ref().and_then(|own| own.error.clone()) {
            return Err(ModelError::Malformed(error));
        }
        let tokens = completion
            .usage
            .or(completion.x_groq.and_then(|own| own.usage));
        if let Some(tokens) = tokens {
            events.push(ChatEvent::Usage(Usage {
                input_tokens: tokens.prompt_tokens,
                output_tokens: tokens.completion_tokens,
                provider_ms: None,
            }));
        }
        Ok(Flow::More)
    }

    fn finish(&mut self) -> Option<Finish> {
        let finish = self.finish.take()?;
        // Some servers say `stop` after asking for tools.
        if finish == Finish::Stop && !self.calls.is_empty() {
            return Some(Finish::ToolCalls);
        }
        Some(finish)
    }
}

fn finish(reason: String) -> Finish {
    match reason.as_str() {
        "stop" | "eos" | "eos_token" | "end_turn" | "stop_sequence" | "complete" => Finish::Stop,
        "length" | "max_tokens" | "model_length" => Finish::Length,
        "tool_calls" | "tool_use" | "function_call" => Finish::ToolCalls,
        "content_filter" | "safety" | "refusal" => Finish::ContentFilter,
        _ => Finish::Other(reason),
    }
}

#[cfg(test)]
mod tests;
