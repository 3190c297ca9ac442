//! From the pieces of `generateContent` to events; whole answers are one large piece.

use llm::{ChatEvent, Finish, ModelError, Usage};

use super::wire::{Answer, Said, UsageMetadata};
use crate::http::{Decode, Flow, fault_in_answer};
use crate::prompt::made_up_id;
use crate::sse::Frame;

/// Reads one answer.
pub(super) struct Decoder {
    model: String,
    whole: bool,
    started: bool,
    finish: Option<Finish>,
    calls: usize,
}

impl Decoder {
    pub(super) fn new(model: &str, whole: bool) -> Self {
        Self {
            model: model.to_owned(),
            whole,
            started: false,
            finish: None,
            calls: 0,
        }
    }

    fn said(&mut self, said: Said, events: &mut Vec<ChatEvent>) {
        for part in said.parts {
            if let Some(text) = part.text.filter(|text| !text.is_empty()) {
                events.push(if part.thought == Some(true) {
                    ChatEvent::Reasoning(text)
                } else {
                    ChatEvent::Text(text)
                });
            }
            if let Some(call) = part.function_call {
                let index = self.calls;
                self.calls += 1;
                events.push(ChatEvent::ToolCall {
                    index,
                    id: Some(
                        call.id
                            .filter(|id| !id.is_empty())
                            .unwrap_or_else(|| made_up_id(index)),
                    ),
                    name: Some(call.name),
                    arguments: call
                        .args
                        .filter(|args| !args.is_null())
                        .map_or_else(|| "{}".to_owned(), |args| args.to_string()),
                });
            }
        }
    }
}

impl Decode for Decoder {
    fn frame(&mut self, frame: &Frame, events: &mut Vec<ChatEvent>) -> Result<Flow, ModelError> {
        let data = frame.data.trim();
        if data.is_empty() || data == "[DONE]" {
            return Ok(Flow::More);
        }
        let malformed = |error: serde_json::Error| ModelError::Malformed(error.to_string());
        let answer: Answer = serde_json::from_str(data).map_err(malformed)?;
        if let Some(error) = answer.error.filter(|error| !error.is_null()) {
            return Err(fault_in_answer(&error, &self.model));
        }
        if !self.started {
            self.started = true;
            let named = answer.model_version.filter(|model| !model.is_empty());
            events.push(ChatEvent::Started {
                model: named.unwrap_or_else(|| self.model.clone()),
            });
        }
        let blocked = answer
            .prompt_feedback
            .and_then(|feedback| feedback.block_reason)
            .is_some();
        if blocked {
            self.finish = Some(Finish::ContentFilter);
        } else if self.whole && answer.candidates.is_empty() {
            return Err(ModelError::Malformed(
                "an answer without a candidate".to_owned(),
            ));
        }
        if let Some(candidate) = answer.candidates.into_iter().next() {
            if let Some(said) = candidate.content {
                self.said(said, events);
            }
            match candidate.finish_reason {
                Some(reason) => self.finish = Some(finish(reason)?),
                None if self.whole => self.finish = Some(Finish::Stop),
                None => {}
            }
        }
        if let Some(usage) = answer.usage_metadata {
            events.push(ChatEvent::Usage(tokens(&usage)));
        }
        Ok(Flow::More)
    }

    fn finish(&mut self) -> Option<Finish> {
        let finish = self.finish.take()?;
        // A call for tools ends with STOP here.
        if finish == Finish::Stop && self.calls > 0 {
            return Some(Finish::ToolCalls);
        }
        Some(finish)
    }
}

/// Thinking is written by the model and paid as such.
fn tokens(usage: &UsageMetadata) -> Usage {
    let thoughts = usage.thoughts;
    Usage {
        input_tokens: usage.prompt,
        output_tokens: match (usage.candidates, thoughts) {
            (None, None) => None,
            (said, thought) => Some(said.unwrap_or(0).saturating_add(thought.unwrap_or(0))),
        },
        provider_ms: None,
    }
}

fn finish(reason: String) -> Result<Finish, ModelError> {
    Ok(match reason.as_str() {
        "STOP" => Finish::Stop,
        "MAX_TOKENS" => Finish::Length,
        "SAFETY" | "RECITATION" | "LANGUAGE" | "BLOCKLIST" | "PROHIBITED_CONTENT" | "SPII"
        | "IMAGE_SAFETY" => Finish::ContentFilter,
        "MALFORMED_FUNCTION_CALL" | "UNEXPECTED_TOOL_CALL" | "TOO_MANY_TOOL_CALLS" => {
            return Err(ModelError::Malformed(format!(
                "the model ended with {reason}"
            )));
        }
        _ => Finish::Other(reason),
    })
}
