//! Real answers, as the providers document them.

use llm::{ChatAnswer, ChatEvent, Finish, Message, ModelError, ToolCall, Usage};
use providers::Kind;
use providers::config::Seconds;
use testkit::upstream::{Behaviour, Upstream};

use crate::support::{chat, config, connected, drain, hello, words};

/// The events of a stream that is this fixture.
async fn streamed(kind: Kind, fixture: &str) -> (Vec<ChatEvent>, Result<(), ModelError>) {
    let upstream = Upstream::start().await.unwrap();
    // In pieces that fall where they may.
    let pieces = fixture.as_bytes().chunks(61).map(<[u8]>::to_vec).collect();
    upstream.set(Behaviour::Raw {
        content_type: "text/event-stream".to_owned(),
        pieces,
    });
    let mut request = hello();
    if kind == Kind::Ollama {
        // A lone prompt would go to `/api/generate`.
        request.messages.insert(0, Message::system("Be brief."));
    }
    drain(chat(kind, &upstream).as_ref(), request).await
}

async fn answered(kind: Kind, fixture: &str) -> Result<ChatAnswer, ModelError> {
    let upstream = Upstream::start().await.unwrap();
    upstream.set(Behaviour::json(fixture));
    chat(kind, &upstream).chat(hello()).await
}

async fn put_together(kind: Kind, fixture: &str) -> ChatAnswer {
    let (events, end) = streamed(kind, fixture).await;
    end.unwrap();
    let events = futures_util::stream::iter(events.into_iter().map(Ok));
    llm::chat::collect(Box::pin(events)).await.unwrap()
}

fn call(id: &str, name: &str, arguments: &str) -> ToolCall {
    ToolCall {
        id: id.to_owned(),
        name: name.to_owned(),
        arguments: arguments.to_owned(),
    }
}

fn usage(input: u64, output: u64) -> Usage {
    Usage {
        input_tokens: Some(input),
        output_tokens: Some(output),
        provider_ms: None,
    }
}

#[tokio::test]
async fn openai_calls_two_tools_at_once() {
    let fixture = include_str!("../fixtures/openai_stream_tools.sse");
    let answer = put_together(Kind::OpenAi, fixture).await;
    assert_eq!(answer.text, "I will look.");
    assert_eq!(
        answer.tool_calls,
        [
            call("call_a", "list_tasks", r#"{"due":"today"}"#),
            call("call_b", "add_task", r#"{"title":"Milk"}"#)
        ]
    );
    assert_eq!(answer.finish, Finish::ToolCalls);
    assert_eq!(answer.usage, usage(82, 41));
    assert_eq!(answer.model, "gpt-4o-mini-2024-07-18");
}

#[tokio::test]
async fn groq_thinks_aloud_and_counts_in_its_own_field() {
    let fixture = include_str!("../fixtures/groq_stream_reasoning.sse");
    let (events, end) = streamed(Kind::Groq, fixture).await;
    end.unwrap();
    assert!(events.contains(&ChatEvent::Reasoning("The user greets.".to_owned())));
    assert_eq!(words(&events), "Hello!");
    assert!(events.contains(&ChatEvent::Usage(usage(74, 21))));
    assert_eq!(events.last(), Some(&ChatEvent::Finish(Finish::Stop)));
}

#[tokio::test]
async fn an_error_inside_a_good_stream_is_an_error() {
    let fixture = include_str!("../fixtures/openrouter_stream_error.sse");
    let (events, end) = streamed(Kind::OpenAiCompatible, fixture).await;
    assert_eq!(words(&events), "Buy");
    assert!(
        matches!(end, Err(ModelError::Unavailable { .. })),
        "{end:?}"
    );

    let fixture = include_str!("../fixtures/anthropic_stream_overloaded.sse");
    let (_, end) = streamed(Kind::Anthropic, fixture).await;
    assert!(
        matches!(end, Err(ModelError::Unavailable { .. })),
        "{end:?}"
    );
}

#[tokio::test]
async fn mistral_says_things_in_parts() {
    let fixture = include_str!("../fixtures/mistral_answer.json");
    let answer = answered(Kind::OpenAiCompatible, fixture).await.unwrap();
    assert_eq!(answer.text, "Buy milk.");
    assert_eq!(answer.usage, usage(16, 34));
}

#[tokio::test]
async fn gemini_thinks_and_calls_tools_without_ids() {
    let fixture = include_str!("../fixtures/gemini_stream_tools.sse");
    let (events, _) = streamed(Kind::Gemini, fixture).await;
    assert!(events.contains(&ChatEvent::Reasoning("Thinking about it.".to_owned())));
    let answer = put_together(Kind::Gemini, fixture).await;
    assert_eq!(answer.text, "Let me see. ");
    assert_eq!(
        answer.tool_calls,
        [
            call("call_0", "list_tasks", r#"{"due":"today"}"#),
            call("call_1", "count_tasks", "{}")
        ]
    );
    assert_eq!(answer.finish, Finish::ToolCalls);
    // Thinking is written by the model, too.
    assert_eq!(answer.usage, usage(61, 34));
}

#[tokio::test]
async fn gemini_may_refuse_to_answer() {
    let fixture = include_str!("../fixtures/gemini_blocked.json");
    let answer = answered(Kind::Gemini, fixture).await.unwrap();
    assert_eq!(
        (answer.text.as_str(), answer.finish),
        ("", Finish::ContentFilter)
    );
    let withheld = r#"{"candidates": [{"content": {}, "finishReason": "SAFETY"}]}"#;
    let answer = answered(Kind::Gemini, withheld).await.unwrap();
    assert_eq!(answer.finish, Finish::ContentFilter);
    let garbled = r#"{"candidates": [{"finishReason": "MALFORMED_FUNCTION_CALL"}]}"#;
    let error = answered(Kind::Gemini, garbled).await.unwrap_err();
    assert!(error.is_transient(), "{error:?}");
}

#[tokio::test]
async fn anthropic_calls_two_tools_at_once() {
    let fixture = include_str!("../fixtures/anthropic_stream_tools.sse");
    let (events, _) = streamed(Kind::Anthropic, fixture).await;
    assert!(events.contains(&ChatEvent::Reasoning("Two tools.".to_owned())));
    let answer = put_together(Kind::Anthropic, fixture).await;
    assert_eq!(answer.text, "I will look.");
    assert_eq!(
        answer.tool_calls,
        [
            call("toolu_a", "list_tasks", r#"{"due":"today"}"#),
            call("toolu_b", "add_task", r#"{"title":"Milk"}"#)
        ]
    );
    assert_eq!(answer.finish, Finish::ToolCalls);
    // Cached tokens of the prompt are tokens of the prompt.
    assert_eq!(answer.usage, usage(500, 89));
}

#[tokio::test]
async fn anthropic_answers_in_a_form_by_a_tool() {
    let upstream = Upstream::start().await.unwrap();
    upstream.set(Behaviour::json(include_str!(
        "../fixtures/anthropic_answer_form.json"
    )));
    let request = llm::ChatRequest {
        format: llm::Format::JsonSchema {
            name: "tasks".to_owned(),
            schema: serde_json::json!({"type": "object"}),
        },
        ..hello()
    };
    let answer = chat(Kind::Anthropic, &upstream)
        .chat(request)
        .await
        .unwrap();
    assert_eq!(answer.text, r#"{"tasks":["Buy milk"]}"#);
    assert_eq!(answer.finish, Finish::Stop);
    assert_eq!(answer.tool_calls, []);
}

#[tokio::test]
async fn ollama_calls_tools() {
    let fixture = include_str!("../fixtures/ollama_chat_tools.ndjson");
    let answer = put_together(Kind::Ollama, fixture).await;
    assert_eq!(
        answer.tool_calls,
        [call("call_0", "list_tasks", r#"{"due":"today"}"#)]
    );
    assert_eq!(answer.finish, Finish::ToolCalls);
    assert_eq!(answer.usage.provider_ms, Some(883));
}

/// Contract 004-A1: 11, 7 and 250 000 000 ns are 11, 7, 18 and 250 ms.
#[tokio::test]
async fn ollama_counts_and_times() {
    let fixture = include_str!("../fixtures/ollama_generate.json");
    let answer = answered(Kind::Ollama, fixture).await.unwrap();
    assert_eq!(answer.text, "Start early.");
    assert_eq!(answer.usage.input_tokens, Some(11));
    assert_eq!(answer.usage.output_tokens, Some(7));
    assert_eq!(answer.usage.total_tokens(), Some(18));
    assert_eq!(answer.usage.provider_ms, Some(250));
}

/// Contract 004-A1: an answer has at least one character.
#[tokio::test]
async fn ollama_without_words_has_not_answered() {
    let error = answered(Kind::Ollama, r#"{"response": "", "done": true}"#)
        .await
        .unwrap_err();
    assert!(matches!(error, ModelError::Malformed(_)), "{error:?}");
    let error = answered(Kind::Ollama, r#"{"unexpected": 1}"#)
        .await
        .unwrap_err();
    assert!(matches!(error, ModelError::Malformed(_)), "{error:?}");
}

#[tokio::test]
async fn a_stream_may_end_without_a_reason_but_not_without_an_end() {
    let unreasoned = "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\ndata: [DONE]\n\n";
    let answer = put_together(Kind::OpenAiCompatible, unreasoned).await;
    assert_eq!((answer.text.as_str(), answer.finish), ("Hi", Finish::Stop));
    // The server names no model, so the one asked for is named.
    assert_eq!(answer.model, "own-model");

    let unended =
        "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}, \"finish_reason\": \"length\"}]}\n\n";
    let answer = put_together(Kind::OpenAiCompatible, unended).await;
    assert_eq!(answer.finish, Finish::Length);
}

/// What follows the reason is only a goodbye: its loss costs nothing.
#[tokio::test]
async fn the_end_may_be_lost_once_the_reason_is_known() {
    let upstream = Upstream::start().await.unwrap();
    // A piece without words, three words, the reason, the tokens, `[DONE]`.
    for behaviour in [
        Behaviour::HangAfter(6),
        Behaviour::TruncateAfter(6),
        Behaviour::EndAfter(6),
    ] {
        upstream.set(behaviour.clone());
        let mut config = config(Kind::OpenAi, &upstream);
        // Only what hangs waits for this; on a busy machine good pieces may be slow, too.
        config.idle_timeout_seconds = Some(Seconds::whole(1));
        let chat = connected(&config).chat.unwrap();
        let (events, end) = drain(chat.as_ref(), hello()).await;
        end.unwrap();
        assert_eq!(words(&events), "Buy milk tomorrow.", "{behaviour:?}");
        assert!(
            events.contains(&ChatEvent::Usage(usage(11, 7))),
            "{behaviour:?}"
        );
        assert_eq!(events.last(), Some(&ChatEvent::Finish(Finish::Stop)));
    }
}

#[tokio::test]
async fn a_server_that_does_not_stream_still_answers() {
    let upstream = Upstream::start().await.unwrap();
    upstream.set(Behaviour::json(include_str!(
        "../fixtures/mistral_answer.json"
    )));
    let chat = chat(Kind::OpenAiCompatible, &upstream);
    let stream = chat.stream(hello()).await.unwrap();
    let answer = llm::chat::collect(stream).await.unwrap();
    assert_eq!(
        (answer.text.as_str(), answer.finish),
        ("Buy milk.", Finish::Stop)
    );
}

#[tokio::test]
async fn an_error_in_a_good_answer_keeps_its_meaning() {
    let upstream = Upstream::start().await.unwrap();
    for (kind, body) in [
        (
            Kind::OpenAi,
            r#"{"error": {"code": 429, "message": "slow down"}}"#,
        ),
        (
            Kind::Gemini,
            r#"{"error": {"code": 429, "status": "RESOURCE_EXHAUSTED"}}"#,
        ),
        (
            Kind::Anthropic,
            r#"{"type": "error", "error": {"type": "rate_limit_error"}}"#,
        ),
        (
            Kind::Ollama,
            r#"{"error": {"code": "rate_limit_exceeded"}}"#,
        ),
    ] {
        upstream.set(Behaviour::json(body));
        let chat = chat(kind, &upstream);
        let (_, end) = drain(chat.as_ref(), hello()).await;
        assert_eq!(end.unwrap_err().class(), "rate_limited", "{kind} streamed");
        let error = chat.chat(hello()).await.unwrap_err();
        assert_eq!(error.class(), "rate_limited", "{kind}");
    }
}
