//! The wire formats, as their providers document them.

use serde_json::{Value, json};

use super::{Behaviour, Received};

/// Whose format a path belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    OpenAi,
    Transcription,
    Gemini,
    Anthropic,
    Ollama,
    HuggingFaceSpeech,
    HuggingFaceCaption,
}

/// Everything an answer is made of.
#[derive(Debug)]
pub(super) struct Says {
    pub(super) format: Format,
    /// Whether the model asked for is one of the models there are.
    pub(super) has_model: bool,
    path: String,
    model: String,
    models: Vec<String>,
    words: String,
    streamed: bool,
}

impl Says {
    pub(super) fn of(request: &Received, words: String, models: Vec<String>) -> Self {
        let path = request.path.split('?').next().unwrap_or_default();
        let body = request.json();
        let format = if path.ends_with("/chat/completions") {
            Format::OpenAi
        } else if path.ends_with("/audio/transcriptions") {
            Format::Transcription
        } else if path.contains(":generateContent") || path.contains(":streamGenerateContent") {
            Format::Gemini
        } else if path.ends_with("/messages") {
            Format::Anthropic
        } else if path.starts_with("/api/") {
            Format::Ollama
        } else if request
            .header("content-type")
            .is_some_and(|kind| kind.starts_with("image/"))
        {
            Format::HuggingFaceCaption
        } else {
            Format::HuggingFaceSpeech
        };
        let in_path = path
            .rsplit_once("/models/")
            .map(|(_, model)| model.split(':').next().unwrap_or_default());
        let model = body["model"].as_str().or(in_path).unwrap_or_default();
        let streamed = path.contains(":streamGenerateContent") || body["stream"] == true;
        Self {
            format,
            // A name without a tag means the latest.
            has_model: models
                .iter()
                .any(|known| known == model || *known == format!("{model}:latest")),
            path: path.to_owned(),
            model: model.to_owned(),
            models,
            words,
            streamed,
        }
    }

    /// The body of a good answer, with what a behaviour does to it: its type and its pieces.
    pub(super) fn body(&self, behaviour: &Behaviour) -> (String, Vec<Vec<u8>>) {
        if let Behaviour::Raw {
            content_type,
            pieces,
        } = behaviour
        {
            return (content_type.clone(), pieces.clone());
        }
        if *behaviour == Behaviour::Page {
            let page = "<!doctype html><title>Sign in</title><p>Please sign in.";
            return ("text/html".to_owned(), vec![page.into()]);
        }
        if self.path == "/api/tags" {
            let models: Vec<Value> = self
                .models
                .iter()
                .map(|name| json!({"name": name}))
                .collect();
            let body = json!({ "models": models }).to_string();
            return ("application/json".to_owned(), vec![body.into_bytes()]);
        }
        let words = match behaviour {
            Behaviour::Huge(size) => "x".repeat(*size),
            _ => self.words.clone(),
        };
        let usage = *behaviour != Behaviour::NoUsage;
        if !self.streamed {
            return (
                "application/json".to_owned(),
                self.whole(&words, usage, behaviour),
            );
        }
        let mut values = self.pieces(&words, usage);
        match behaviour {
            Behaviour::ErrorAfter(after) => {
                values.truncate(*after);
                values.push(self.error_value(503, None));
            }
            Behaviour::Noise => values = noisy(values),
            _ => {}
        }
        let mut pieces: Vec<Vec<u8>> = values.iter().map(|value| self.framed(value)).collect();
        match behaviour {
            Behaviour::Malformed => pieces = vec![b"data: {\"choices\": [{\n\n{\"oh\n".to_vec()],
            Behaviour::Noise => {
                pieces.insert(0, self.noise());
                pieces.push(self.noise());
            }
            _ => {}
        }
        if self.format == Format::OpenAi && !matches!(behaviour, Behaviour::ErrorAfter(_)) {
            pieces.push(b"data: [DONE]\n\n".to_vec());
        }
        let content_type = match self.format {
            Format::Ollama => "application/x-ndjson",
            _ => "text/event-stream; charset=utf-8",
        };
        (content_type.to_owned(), pieces)
    }

    /// A whole answer in two pieces, so that it can be cut.
    fn whole(&self, words: &str, usage: bool, behaviour: &Behaviour) -> Vec<Vec<u8>> {
        let value = match behaviour {
            Behaviour::ErrorAfter(_) => self.error_value(503, None),
            _ => self.whole_value(words, usage),
        };
        let text = match behaviour {
            Behaviour::Malformed => "{\"choices\": [{".to_owned(),
            // Some servers keep a slow connection open with blanks before the answer.
            Behaviour::Noise => format!("\r\n \n{value:#}\n\n"),
            _ => value.to_string(),
        };
        let (first, second) = text.as_bytes().split_at(text.len() / 2);
        vec![first.to_vec(), second.to_vec()]
    }

    fn framed(&self, value: &Value) -> Vec<u8> {
        match self.format {
            Format::Ollama => format!("{value}\n"),
            Format::Anthropic => {
                let kind = value["type"].as_str().unwrap_or_default();
                format!("event: {kind}\ndata: {value}\n\n")
            }
            _ => format!("data: {value}\n\n"),
        }
        .into_bytes()
    }

    fn noise(&self) -> Vec<u8> {
        match self.format {
            Format::Ollama => b"\n\r\n".to_vec(),
            Format::Anthropic => b"event: ping\r\ndata: {\"type\": \"ping\"}\r\n\r\n".to_vec(),
            _ => b": keep-alive\r\n\r\n\r\n".to_vec(),
        }
    }

    fn whole_value(&self, words: &str, usage: bool) -> Value {
        let model = &self.model;
        let mut value = match self.format {
            Format::OpenAi => json!({
                "id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": model,
                "choices": [{"index": 0, "message": {"role": "assistant", "content": words},
                    "finish_reason": "stop"}],
                "usage": {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}}),
            Format::Transcription => json!({
                "text": words, "language": "english", "duration": 2.0,
                "segments": [{"id": 0, "start": 0.0, "end": 2.0, "text": words,
                    "avg_logprob": -0.1, "no_speech_prob": 0.01}]}),
            Format::Gemini => json!({
                "candidates": [{"content": {"role": "model", "parts": [{"text": words}]},
                    "finishReason": "STOP", "index": 0}],
                "usageMetadata": {"promptTokenCount": 11, "candidatesTokenCount": 7,
                    "totalTokenCount": 18},
                "modelVersion": model}),
            Format::Anthropic => json!({
                "id": "msg_1", "type": "message", "role": "assistant", "model": model,
                "content": [{"type": "text", "text": words}], "stop_reason": "end_turn",
                "usage": {"input_tokens": 11, "output_tokens": 7}}),
            Format::Ollama => self.ollama(words, true),
            Format::HuggingFaceSpeech => json!({ "text": words }),
            Format::HuggingFaceCaption => json!([{ "generated_text": words }]),
        };
        if !usage && let Value::Object(fields) = &mut value {
            fields.retain(|name, _| !USAGE.contains(&name.as_str()));
        }
        value
    }

    fn ollama(&self, words: &str, done: bool) -> Value {
        let mut value = json!({"model": self.model, "created_at": "2026-01-01T00:00:00Z"});
        if self.path == "/api/generate" {
            value["response"] = json!(words);
        } else {
            value["message"] = json!({"role": "assistant", "content": words});
        }
        value["done"] = json!(done);
        if done {
            value["done_reason"] = json!("stop");
            value["total_duration"] = json!(250_000_000);
            value["prompt_eval_count"] = json!(11);
            value["eval_count"] = json!(7);
        }
        value
    }

    /// A streamed answer: first a piece without words, then the words one by one, then the end.
    fn pieces(&self, words: &str, usage: bool) -> Vec<Value> {
        let model = &self.model;
        let parts = words.split_inclusive(' ');
        let mut values: Vec<Value> = Vec::new();
        match self.format {
            Format::OpenAi => {
                let chunk = |delta: Value, finish: Value| {
                    json!({"id": "chatcmpl-1", "object": "chat.completion.chunk", "model": model,
                        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})
                };
                values.push(chunk(
                    json!({"role": "assistant", "content": ""}),
                    Value::Null,
                ));
                values.extend(parts.map(|part| chunk(json!({"content": part}), Value::Null)));
                values.push(chunk(json!({}), json!("stop")));
                if usage {
                    values.push(json!({"model": model, "choices": [],
                        "usage": {"prompt_tokens": 11, "completion_tokens": 7}}));
                }
            }
            Format::Gemini => {
                let chunk = |text: &str| {
                    json!({"candidates": [{"content": {"role": "model",
                        "parts": [{"text": text}]}}], "modelVersion": model})
                };
                values.push(chunk(""));
                values.extend(parts.map(chunk));
                let mut last = self.whole_value("", usage);
                last["candidates"][0]["content"] = json!({});
                values.push(last);
            }
            Format::Anthropic => values = anthropic_events(model, words, usage),
            Format::Ollama => {
                values.push(self.ollama("", false));
                values.extend(parts.map(|part| self.ollama(part, false)));
                let mut last = self.ollama("", true);
                if !usage && let Value::Object(fields) = &mut last {
                    fields.retain(|name, _| !USAGE.contains(&name.as_str()));
                }
                values.push(last);
            }
            Format::Transcription | Format::HuggingFaceSpeech | Format::HuggingFaceCaption => {
                values.push(self.whole_value(words, usage));
            }
        }
        values
    }

    /// A refusal in the provider's form. It repeats the key, as careless providers do.
    pub(super) fn error(&self, status: u16, key: Option<&str>) -> String {
        self.error_value(status, key).to_string()
    }

    fn error_value(&self, status: u16, key: Option<&str>) -> Value {
        let said = format!("refused with {status}, key {}", key.unwrap_or("none"));
        match self.format {
            Format::OpenAi | Format::Transcription => json!({"error": {"message": said,
                "type": if status < 500 { "invalid_request_error" } else { "server_error" },
                "code": null}}),
            Format::Gemini => json!({"error": {"code": status, "message": said,
                "status": if status < 500 { "INVALID_ARGUMENT" } else { "UNAVAILABLE" }}}),
            Format::Anthropic => json!({"type": "error", "error": {"message": said,
                "type": if status < 500 { "invalid_request_error" } else { "overloaded_error" }}}),
            Format::HuggingFaceSpeech | Format::HuggingFaceCaption if status == 503 => {
                json!({"error": said, "estimated_time": 20.0})
            }
            Format::Ollama | Format::HuggingFaceSpeech | Format::HuggingFaceCaption => {
                json!({ "error": said })
            }
        }
    }

    /// How this provider says that a model is gone.
    pub(super) fn model_gone(&self) -> (u16, String) {
        let model = &self.model;
        let (status, value) = match self.format {
            Format::OpenAi | Format::Transcription => (
                400,
                json!({"error": {"message": format!("The model `{model}` has been decommissioned \
                    and is no longer supported."), "type": "invalid_request_error",
                    "code": "model_decommissioned"}}),
            ),
            Format::Gemini => (
                404,
                json!({"error": {"code": 404, "status": "NOT_FOUND", "message":
                    format!("models/{model} is not found for API version v1beta.")}}),
            ),
            Format::Anthropic => (
                404,
                json!({"type": "error", "error": {"type": "not_found_error",
                    "message": format!("model: {model}")}}),
            ),
            Format::Ollama => (
                404,
                json!({"error": format!("model '{model}' not found, try pulling it first")}),
            ),
            Format::HuggingFaceSpeech | Format::HuggingFaceCaption => (
                410,
                json!({"error": format!("The requested model {model} is deprecated.")}),
            ),
        };
        (status, value.to_string())
    }
}

const USAGE: [&str; 5] = [
    "usage",
    "usageMetadata",
    "prompt_eval_count",
    "eval_count",
    "total_duration",
];

fn anthropic_events(model: &str, words: &str, usage: bool) -> Vec<Value> {
    let mut start = json!({"id": "msg_1", "type": "message", "role": "assistant", "model": model,
        "content": [], "stop_reason": null});
    let mut end = json!({"type": "message_delta", "delta": {"stop_reason": "end_turn"}});
    if usage {
        start["usage"] = json!({"input_tokens": 11, "output_tokens": 1});
        end["usage"] = json!({"output_tokens": 7});
    }
    let mut values = vec![
        json!({"type": "message_start", "message": start}),
        json!({"type": "content_block_start", "index": 0,
            "content_block": {"type": "text", "text": ""}}),
    ];
    values.extend(words.split_inclusive(' ').map(|part| {
        json!({"type": "content_block_delta", "index": 0,
            "delta": {"type": "text_delta", "text": part}})
    }));
    values.push(json!({"type": "content_block_stop", "index": 0}));
    values.push(end);
    values.push(json!({"type": "message_stop"}));
    values
}

/// The first piece, which has no words, and the one that says why it ended come twice.
fn noisy(values: Vec<Value>) -> Vec<Value> {
    let ends = |value: &Value| {
        value["choices"][0]["finish_reason"].is_string()
            || value["candidates"][0]["finishReason"].is_string()
            || value["type"] == "message_delta"
    };
    let mut noisy: Vec<Value> = values.first().cloned().into_iter().collect();
    for value in values {
        if ends(&value) {
            noisy.push(value.clone());
        }
        noisy.push(value);
    }
    noisy
}
