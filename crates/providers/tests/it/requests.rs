//! What is sent.

use bytes::Bytes;
use llm::{ChatRequest, Format, Image, Message, Part, Role, StructuredOutput, Tool, ToolCall};
use providers::Kind;
use serde_json::{Value, json};
use testkit::upstream::Upstream;

use crate::support::{chat, config, connected, drain, hello};

/// What arrives of a request.
async fn sent(kind: Kind, request: ChatRequest, stream: bool) -> (String, Value) {
    let upstream = Upstream::start().await.unwrap();
    let chat = chat(kind, &upstream);
    if stream {
        drain(chat.as_ref(), request).await.1.unwrap();
    } else {
        chat.chat(request).await.unwrap();
    }
    let received = upstream.last().unwrap();
    (received.path.clone(), received.json())
}

/// A conversation with everything in it.
fn conversation() -> Vec<Message> {
    vec![
        Message::system("Be brief."),
        Message {
            parts: vec![
                Part::Text("What is this?".to_owned()),
                Part::Image(Image {
                    media_type: "image/png".to_owned(),
                    bytes: Bytes::from_static(b"abc"),
                }),
            ],
            ..Message::user("")
        },
        Message {
            parts: Vec::new(),
            tool_calls: vec![ToolCall {
                id: "call_1".to_owned(),
                name: "look".to_owned(),
                arguments: "{\"closely\":true}".to_owned(),
            }],
            ..Message::assistant("")
        },
        Message {
            tool_call_id: Some("call_1".to_owned()),
            ..Message::text(Role::Tool, "a cat")
        },
        Message::user("Sure?"),
    ]
}

fn everything(model: &str) -> ChatRequest {
    ChatRequest {
        model: Some(model.to_owned()),
        messages: conversation(),
        temperature: Some(0.5),
        top_p: Some(1.0),
        max_tokens: Some(100),
        stop: vec!["END".to_owned()],
        seed: Some(7),
        tools: vec![Tool {
            name: "look".to_owned(),
            description: "Looks.".to_owned(),
            parameters: json!({"type": "object", "properties": {"closely": {"type": "boolean"}}}),
        }],
        ..ChatRequest::default()
    }
}

fn in_form(request: ChatRequest) -> ChatRequest {
    ChatRequest {
        format: Format::JsonSchema {
            name: "tasks".to_owned(),
            schema: schema(),
        },
        ..request
    }
}

fn schema() -> Value {
    json!({"type": "object", "properties": {"tasks": {"type": "array", "items": {"type": "string"}}},
        "required": ["tasks"], "additionalProperties": false})
}

/// Contract 6, 001-A4.
#[tokio::test]
async fn openai_gets_what_is_set_and_no_more() {
    let (path, body) = sent(Kind::OpenAi, hello(), false).await;
    assert_eq!(path, "/v1/chat/completions");
    assert_eq!(
        body,
        json!({"model": "gpt-4o-mini",
            "messages": [{"role": "user", "content": "What is to be done?"}]})
    );
    let (_, body) = sent(Kind::OpenAi, hello(), true).await;
    assert_eq!(body["stream"], true);
    assert_eq!(body["stream_options"], json!({"include_usage": true}));
}

#[tokio::test]
async fn openai_gets_everything() {
    let (_, body) = sent(Kind::OpenAi, everything("gpt-4o"), false).await;
    assert_eq!(
        body,
        json!({
            "model": "gpt-4o",
            "messages": [
                {"role": "system", "content": "Be brief."},
                {"role": "user", "content": [
                    {"type": "text", "text": "What is this?"},
                    {"type": "image_url", "image_url": {"url": "data:image/png;base64,YWJj"}}]},
                {"role": "assistant", "content": null, "tool_calls": [{"id": "call_1",
                    "type": "function",
                    "function": {"name": "look", "arguments": "{\"closely\":true}"}}]},
                {"role": "tool", "content": "a cat", "tool_call_id": "call_1"},
                {"role": "user", "content": "Sure?"}],
            "temperature": 0.5, "top_p": 1.0, "max_tokens": 100, "stop": ["END"], "seed": 7,
            "tools": [{"type": "function", "function": {"name": "look", "description": "Looks.",
                "parameters": {"type": "object", "properties": {"closely": {"type": "boolean"}}}}}]
        })
    );
}

#[tokio::test]
async fn models_that_think_get_their_own_words() {
    let (_, body) = sent(Kind::OpenAi, everything("gpt-5-mini"), false).await;
    assert_eq!(body["max_completion_tokens"], 100);
    assert_eq!(body["reasoning_effort"], "low");
    for refused in ["max_tokens", "temperature", "top_p"] {
        assert_eq!(body.get(refused), None, "{refused}");
    }
    let (_, body) = sent(Kind::OpenAi, everything("gpt-5-chat-latest"), false).await;
    assert_eq!(body["max_tokens"], 100);
}

/// Contract D8.17, as far as each provider goes.
#[tokio::test]
async fn the_form_is_asked_for_as_the_provider_knows_it() {
    let (_, body) = sent(Kind::OpenAi, in_form(hello()), true).await;
    assert_eq!(
        body["response_format"],
        json!({"type": "json_schema",
            "json_schema": {"name": "tasks", "schema": schema(), "strict": true}})
    );
    assert_eq!(body["messages"].as_array().unwrap().len(), 1);

    let any_object = ChatRequest {
        format: Format::JsonObject,
        ..hello()
    };
    let (_, body) = sent(Kind::OpenAi, any_object, false).await;
    assert_eq!(body["response_format"], json!({"type": "json_object"}));
    // The API refuses object mode in a conversation without this word.
    assert!(
        body["messages"][0]["content"]
            .as_str()
            .unwrap()
            .contains("JSON")
    );

    let gpt_oss = ChatRequest {
        model: Some("openai/gpt-oss-120b".to_owned()),
        ..in_form(hello())
    };
    for (request, stream, expected) in [
        (in_form(hello()), false, json!("json_object")),
        (in_form(hello()), true, Value::Null),
        (gpt_oss.clone(), false, json!("json_schema")),
        (gpt_oss, true, Value::Null),
    ] {
        let (path, body) = sent(Kind::Groq, request, stream).await;
        assert_eq!(path, "/openai/v1/chat/completions");
        assert_eq!(body["response_format"]["type"], expected);
        let said = body["messages"][0]["content"].as_str().unwrap();
        assert_eq!(
            said.contains("JSON schema"),
            expected != json!("json_schema")
        );
    }

    let (_, body) = sent(Kind::HuggingFace, in_form(hello()), false).await;
    assert_eq!(body.get("response_format"), None);
    assert!(
        body["messages"][0]["content"]
            .as_str()
            .unwrap()
            .contains("\"tasks\"")
    );
}

#[tokio::test]
async fn a_compatible_server_is_as_it_is_described() {
    let upstream = Upstream::start().await.unwrap();
    let mut config = config(Kind::OpenAiCompatible, &upstream);
    config.base_url = Some(upstream.url("/api/v3/"));
    config.compatibility.structured_output = StructuredOutput::JsonSchema;
    config.compatibility.stream_usage = false;
    config.compatibility.max_completion_tokens = true;
    config.compatibility.images = false;
    let chat = connected(&config).chat.unwrap();
    let request = ChatRequest {
        max_tokens: Some(9),
        ..in_form(hello())
    };
    drain(chat.as_ref(), request).await.1.unwrap();
    let last = upstream.last().unwrap();
    assert_eq!(last.path, "/api/v3/chat/completions");
    assert_eq!(last.json()["max_completion_tokens"], 9);
    assert_eq!(last.json()["response_format"]["type"], "json_schema");
    assert_eq!(last.json().get("stream_options"), None);

    let error = chat.chat(everything("m")).await.unwrap_err();
    assert_eq!(error.class(), "not_configured");
    assert_eq!(upstream.requests(), 1);
}

/// Contract D8.14.
#[tokio::test]
async fn retired_names_become_their_successors() {
    for (kind, retired, current) in [
        (Kind::Groq, "llama3-8b-8192", "llama-3.1-8b-instant"),
        (
            Kind::Anthropic,
            "claude-3-haiku-20240307",
            "claude-haiku-4-5",
        ),
    ] {
        let request = ChatRequest {
            model: Some(retired.to_owned()),
            ..hello()
        };
        assert_eq!(sent(kind, request, false).await.1["model"], current);
    }
    let request = ChatRequest {
        model: Some("gemini-1.5-flash".to_owned()),
        ..hello()
    };
    let (path, _) = sent(Kind::Gemini, request, false).await;
    assert_eq!(path, "/v1beta/models/gemini-2.5-flash:generateContent");
}

/// Contract 6.
#[tokio::test]
async fn gemini_gets_everything() {
    let (path, body) = sent(Kind::Gemini, everything("gemini-2.5-flash"), true).await;
    assert_eq!(
        path,
        "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse"
    );
    assert_eq!(
        body,
        json!({
            "system_instruction": {"parts": [{"text": "Be brief."}]},
            "contents": [
                {"role": "user", "parts": [{"text": "What is this?"},
                    {"inline_data": {"mime_type": "image/png", "data": "YWJj"}}]},
                {"role": "model", "parts": [
                    {"functionCall": {"name": "look", "args": {"closely": true}}}]},
                {"role": "user", "parts": [
                    {"functionResponse": {"name": "look", "response": {"result": "a cat"}}},
                    {"text": "Sure?"}]}],
            "tools": [{"functionDeclarations": [{"name": "look", "description": "Looks.",
                "parameters": {"type": "object",
                    "properties": {"closely": {"type": "boolean"}}}}]}],
            "generationConfig": {"temperature": 0.5, "topP": 1.0, "maxOutputTokens": 100,
                "stopSequences": ["END"], "seed": 7, "thinkingConfig": {"thinkingBudget": 0}}
        })
    );
    let (_, body) = sent(Kind::Gemini, in_form(hello()), false).await;
    assert_eq!(
        body["generationConfig"]["responseMimeType"],
        "application/json"
    );
    let properties = schema()["properties"].clone();
    assert_eq!(
        body["generationConfig"]["responseSchema"]["properties"],
        properties
    );
    assert_eq!(body.get("system_instruction"), None);
}

/// Contract 001-A3: Gemma takes neither instructions nor forms, so both are said.
#[tokio::test]
async fn gemma_is_told_everything_in_words() {
    let request = ChatRequest {
        messages: vec![Message::system("Restate it."), Message::user("Why?")],
        ..in_form(ChatRequest::default())
    };
    let (path, body) = sent(Kind::Gemma, request, false).await;
    assert_eq!(path, "/v1beta/models/gemma-3-1b-it:generateContent");
    assert_eq!(body.get("system_instruction"), None);
    assert_eq!(body["generationConfig"], json!({}));
    let parts = body["contents"][0]["parts"].as_array().unwrap();
    let said = parts[0]["text"].as_str().unwrap();
    assert!(
        said.starts_with("Restate it.") && said.contains("JSON schema"),
        "{said}"
    );
    assert_eq!(parts[1]["text"], "Why?");

    let upstream = Upstream::start().await.unwrap();
    let error = chat(Kind::Gemma, &upstream)
        .chat(everything("gemma-3-27b-it"))
        .await
        .unwrap_err();
    assert_eq!(error.class(), "not_configured");
}

#[tokio::test]
async fn anthropic_gets_everything() {
    let (path, body) = sent(Kind::Anthropic, everything("claude-haiku-4-5"), true).await;
    assert_eq!(path, "/v1/messages");
    assert_eq!(
        body,
        json!({
            "model": "claude-haiku-4-5", "max_tokens": 100, "system": "Be brief.",
            "messages": [
                {"role": "user", "content": [{"type": "text", "text": "What is this?"},
                    {"type": "image", "source": {"type": "base64", "media_type": "image/png",
                        "data": "YWJj"}}]},
                {"role": "assistant", "content": [{"type": "tool_use", "id": "call_1",
                    "name": "look", "input": {"closely": true}}]},
                {"role": "user", "content": [
                    {"type": "tool_result", "tool_use_id": "call_1", "content": "a cat"},
                    {"type": "text", "text": "Sure?"}]}],
            "temperature": 0.5, "stop_sequences": ["END"],
            "tools": [{"name": "look", "description": "Looks.", "input_schema":
                {"type": "object", "properties": {"closely": {"type": "boolean"}}}}],
            "stream": true
        })
    );
    let (_, body) = sent(Kind::Anthropic, in_form(hello()), false).await;
    assert_eq!(
        body["tool_choice"],
        json!({"type": "tool", "name": "answer"})
    );
    assert_eq!(body["tools"][0]["input_schema"], schema());
    // Later models refuse to be made to call a tool, and choose their temperature themselves.
    let (_, body) = sent(
        Kind::Anthropic,
        in_form(everything("claude-sonnet-5")),
        false,
    )
    .await;
    assert_eq!(body.get("tool_choice"), None);
    assert_eq!(body.get("temperature"), None);
    assert!(body["system"].as_str().unwrap().contains("JSON schema"));
}

#[tokio::test]
async fn anthropic_is_told_its_version() {
    let upstream = Upstream::start().await.unwrap();
    chat(Kind::Anthropic, &upstream)
        .chat(hello())
        .await
        .unwrap();
    assert_eq!(
        upstream.last().unwrap().header("anthropic-version"),
        Some("2023-06-01")
    );
}

/// Contract 004-A1, 000-A5: a single prompt goes to `/api/generate`, options only when set.
#[tokio::test]
async fn ollama_gets_a_prompt() {
    let request = ChatRequest {
        model: Some(" ".to_owned()),
        ..hello()
    };
    let (path, body) = sent(Kind::Ollama, request, false).await;
    assert_eq!(path, "/api/generate");
    assert_eq!(
        body,
        json!({"model": "llama3.2:3b", "prompt": "What is to be done?", "stream": false})
    );
    let request = ChatRequest {
        model: Some("phi3:mini".to_owned()),
        temperature: Some(0.75),
        max_tokens: Some(100),
        ..hello()
    };
    let (_, body) = sent(Kind::Ollama, request, false).await;
    assert_eq!(
        body["options"],
        json!({"temperature": 0.75, "num_predict": 100})
    );
    assert_eq!(body["model"], "phi3:mini");
}

#[tokio::test]
async fn ollama_gets_a_conversation() {
    let (path, body) = sent(Kind::Ollama, in_form(everything("phi3:mini")), true).await;
    assert_eq!(path, "/api/chat");
    assert_eq!(body["format"], schema());
    assert_eq!(body["stream"], true);
    let options = json!({"temperature": 0.5, "top_p": 1.0, "num_predict": 100, "seed": 7,
        "stop": ["END"]});
    assert_eq!(body["options"], options);
    let messages = body["messages"].as_array().unwrap();
    assert_eq!(messages[1]["images"], json!(["YWJj"]));
    assert_eq!(
        messages[2]["tool_calls"],
        json!([{"function": {"name": "look", "arguments": {"closely": true}}}])
    );
    assert_eq!(
        messages[3],
        json!({"role": "tool", "content": "a cat", "tool_name": "look"})
    );
}
