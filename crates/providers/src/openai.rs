//! The protocol `OpenAI` made and half the field speaks: `/chat/completions` and
//! `/audio/transcriptions`. What differs between `OpenAI`, Groq, Hugging Face's router and other
//! servers is a [`Dialect`].

mod chat;
mod decode;
mod language;
mod transcribe;
mod wire;

pub(crate) use chat::OpenAiChat;
pub(crate) use transcribe::OpenAiTranscriber;

use llm::{ChatRequest, Format, StructuredOutput};

use crate::Kind;
use crate::config::Compatibility;
use crate::prompt::is_short;

/// Where a server differs from the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dialect {
    /// Whose names and habits the models have.
    pub(crate) kind: Kind,
    pub(crate) compatibility: Compatibility,
}

impl Dialect {
    pub(crate) fn of(kind: Kind, compatibility: Compatibility) -> Self {
        let compatibility = match kind {
            Kind::OpenAi => Compatibility {
                structured_output: StructuredOutput::JsonSchema,
                ..Compatibility::default()
            },
            Kind::Groq => Compatibility {
                structured_output: StructuredOutput::JsonObject,
                ..Compatibility::default()
            },
            // The router's members differ too much to count on a form.
            Kind::HuggingFace => Compatibility::default(),
            _ => compatibility,
        };
        Self {
            kind,
            compatibility,
        }
    }

    /// How the answer's form is asked for.
    fn structured_output(
        self,
        model: &str,
        request: &ChatRequest,
        stream: bool,
    ) -> StructuredOutput {
        let schema = matches!(request.format, Format::JsonSchema { .. });
        let offered = self.compatibility.structured_output;
        if self.kind == Kind::Groq {
            // Groq holds only some models to a schema, and none while streaming or with tools.
            if stream || !request.tools.is_empty() {
                return StructuredOutput::Words;
            }
            if schema && model.starts_with("openai/gpt-oss") {
                return StructuredOutput::JsonSchema;
            }
        }
        if !schema && offered == StructuredOutput::JsonSchema && self.kind == Kind::OpenAiCompatible
        {
            // LM Studio takes a schema but no plain object mode.
            return StructuredOutput::Words;
        }
        offered
    }

    /// Whether the limit goes by its new name. `OpenAI`'s reasoning models refuse the old one.
    fn max_completion_tokens(self, model: &str) -> bool {
        match self.kind {
            Kind::OpenAi => is_reasoning(model),
            _ => self.compatibility.max_completion_tokens,
        }
    }

    /// Whether the model lets temperature be chosen.
    fn takes_sampling(self, model: &str) -> bool {
        self.kind != Kind::OpenAi || !is_reasoning(model)
    }

    /// How hard to think, where that can be said and matters.
    fn reasoning_effort(self, model: &str, request: &ChatRequest) -> Option<&'static str> {
        let thinks = match self.kind {
            Kind::OpenAi => is_reasoning(model),
            Kind::Groq => model.starts_with("openai/gpt-oss"),
            _ => false,
        };
        (thinks && is_short(request)).then_some("low")
    }
}

/// `OpenAI`'s models that think before they answer.
fn is_reasoning(model: &str) -> bool {
    let of_series = |series: char| {
        model
            .strip_prefix(series)
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    let gpt: Option<u32> = model.strip_prefix("gpt-").and_then(|rest| {
        let digits = rest.find(|c: char| !c.is_ascii_digit());
        rest.get(..digits.unwrap_or(rest.len()))?.parse().ok()
    });
    // `gpt-5-chat-latest` and its like are the ones that do not think.
    of_series('o') || (gpt.is_some_and(|version| version >= 5) && !model.contains("-chat"))
}
