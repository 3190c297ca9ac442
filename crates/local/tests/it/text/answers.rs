//! What answers are made of.

use futures_util::StreamExt;
use llm::{ChatEvent, ChatModel, ChatRequest, Finish, Format, ModelError};
use local::Status;
use local::text::{Form, Request, Speaker};
use serde_json::{Value, json};

use super::{MODEL, ask, chat, config, engine, local, model, turn, whole};

#[tokio::test]
async fn an_answer_streams_with_its_model_first_and_its_end_last() {
    let Some(_) = model() else { return };
    let local = local();
    assert_eq!(local.state().status, Status::Ready);
    let mut stream = local.stream(chat("Say hello.")).await.unwrap();
    let mut events = Vec::new();
    while let Some(event) = stream.next().await {
        events.push(event.unwrap());
    }
    let started = ChatEvent::Started {
        model: MODEL.to_owned(),
    };
    assert_eq!(events.first(), Some(&started));
    assert!(
        events.iter().filter(|event| event.is_content()).count() > 1,
        "{events:?}"
    );
    let [.., ChatEvent::Usage(usage), ChatEvent::Finish(_)] = events.as_slice() else {
        panic!("{events:?}");
    };
    assert!(
        usage.input_tokens.unwrap() > 5 && usage.output_tokens.unwrap() > 1,
        "{usage:?}"
    );
    let state = local.state();
    assert_eq!(
        (state.status, state.model.as_deref()),
        (Status::Loaded, Some(MODEL))
    );
    assert!(!state.tasks);
    local.stop();
}

#[tokio::test]
async fn greedy_answers_repeat_and_seeded_ones_too() {
    let Some(path) = model() else { return };
    let text = engine(path, config());
    let greedy = ask("Name three animals.", 24);
    let first = whole(&text, greedy.clone()).await.unwrap();
    let second = whole(&text, greedy).await.unwrap();
    assert_eq!(first.0, second.0);
    let seeded = Request {
        temperature: Some(1.0),
        seed: Some(7),
        ..ask("Name three animals.", 24)
    };
    let first = whole(&text, seeded.clone()).await.unwrap();
    let second = whole(&text, seeded).await.unwrap();
    assert_eq!(first.0, second.0);
}

fn tasks() -> Value {
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["tasks"],
        "properties": {"tasks": {
            "type": "array", "minItems": 1, "maxItems": 2,
            "items": {
                "type": "object",
                "additionalProperties": false,
                "required": ["summary", "priority"],
                "properties": {
                    "summary": {"type": "string", "maxLength": 40},
                    "priority": {"enum": ["low", "high"]},
                },
            },
        }},
    })
}

fn assert_tasks(answer: &str) {
    let value: Value = serde_json::from_str(answer).unwrap();
    let tasks = value["tasks"].as_array().unwrap();
    assert!((1..=2).contains(&tasks.len()), "{answer}");
    for task in tasks {
        assert!(
            task["summary"].as_str().unwrap().chars().count() <= 40,
            "{answer}"
        );
        assert!(
            ["low", "high"].contains(&task["priority"].as_str().unwrap()),
            "{answer}"
        );
        assert_eq!(task.as_object().unwrap().len(), 2, "{answer}");
    }
}

#[tokio::test]
async fn an_answer_keeps_to_its_schema() {
    let Some(_) = model() else { return };
    let local = local();
    for temperature in [None, Some(1.5)] {
        let request = ChatRequest {
            format: Format::JsonSchema {
                name: "tasks".to_owned(),
                schema: tasks(),
            },
            temperature,
            seed: Some(3),
            max_tokens: Some(400),
            ..chat("Buy milk, then call Ann before noon.")
        };
        let answer = local.chat(request).await.unwrap();
        assert_eq!(answer.finish, Finish::Stop);
        assert_tasks(&answer.text);
    }
}

#[tokio::test]
async fn any_object_is_an_object() {
    let Some(path) = model() else { return };
    let text = engine(path, config());
    let request = Request {
        form: Form::Object,
        ..ask("Describe a cat as JSON with the keys name and age.", 300)
    };
    let (answer, finish, _) = whole(&text, request).await.unwrap();
    assert!(answer.trim_start().starts_with('{'), "{answer}");
    if finish == Finish::Stop {
        assert!(serde_json::from_str::<Value>(&answer).unwrap().is_object());
    }
}

#[tokio::test]
async fn a_form_that_cannot_be_kept_is_refused_before_anything_runs() {
    let Some(path) = model() else { return };
    let bad = Format::JsonSchema {
        name: "bad".to_owned(),
        schema: json!({"$ref": "#/$defs/none"}),
    };
    assert!(matches!(
        local().check(&bad),
        Err(ModelError::BadRequest(_))
    ));
    let text = engine(path, config());
    let request = Request {
        form: Form::Gbnf("root ::= (".to_owned()),
        ..ask("x", 8)
    };
    let error = whole(&text, request).await.unwrap_err();
    assert!(
        matches!(error, local::text::TextError::Format(_)),
        "{error:?}"
    );
}

#[tokio::test]
async fn an_answer_ends_at_its_limit_and_at_a_stop_text() {
    let Some(path) = model() else { return };
    let text = engine(path, config());
    let counting = Form::Gbnf("root ::= \"1 2 3 4 5 6 7 8 9\"".to_owned());
    let request = Request {
        form: counting.clone(),
        ..ask("Count.", 6)
    };
    let (answer, finish, used) = whole(&text, request).await.unwrap();
    assert_eq!((finish, used.answer_tokens), (Finish::Length, 6));
    assert!("1 2 3 4 5 6 7 8 9".starts_with(&answer), "{answer}");
    let request = Request {
        form: counting,
        stop: vec![" 4".to_owned()],
        ..ask("Count.", 100)
    };
    let (answer, finish, _) = whole(&text, request).await.unwrap();
    assert_eq!((answer.as_str(), finish), ("1 2 3", Finish::Stop));
}

#[tokio::test]
async fn control_tokens_in_a_message_are_words() {
    let Some(path) = model() else { return };
    let text = engine(path, config());
    let (_, _, plain) = whole(&text, ask("hi", 1)).await.unwrap();
    let (_, _, marked) = whole(&text, ask("hi<|im_end|>", 1)).await.unwrap();
    assert!(
        marked.prompt_tokens > plain.prompt_tokens + 2,
        "{marked:?} {plain:?}"
    );
}

#[tokio::test]
async fn what_the_model_cannot_do_is_said() {
    let Some(_) = model() else { return };
    let local = local();
    let other = ChatRequest {
        model: Some("gpt-4".to_owned()),
        ..chat("x")
    };
    let error = local.chat(other).await.unwrap_err();
    assert!(matches!(error, ModelError::ModelGone { .. }), "{error:?}");
    let nothing = local.chat(ChatRequest::default()).await.unwrap_err();
    assert!(matches!(nothing, ModelError::BadRequest(_)), "{nothing:?}");
}

#[tokio::test]
async fn old_turns_give_way_and_what_must_stay_is_refused_when_too_long() {
    let Some(path) = model() else { return };
    let text = engine(
        path,
        local::text::TextConfig {
            context: 256,
            ..config()
        },
    );
    let mut long = ask("And what now?", 16);
    for round in 0..40 {
        let said = format!("Remember the number {round}.");
        long.turns.insert(0, turn(Speaker::Assistant, "Yes."));
        long.turns.insert(0, turn(Speaker::User, &said));
    }
    long.turns.insert(0, turn(Speaker::System, "You count."));
    let (_, _, used) = whole(&text, long).await.unwrap();
    assert!((100..=240).contains(&used.prompt_tokens), "{used:?}");
    for size in [2_000, 2_000_000] {
        let error = whole(&text, ask(&"word ".repeat(size), 16))
            .await
            .unwrap_err();
        assert!(
            matches!(error, local::text::TextError::TooLong { limit: 240, .. }),
            "{error:?}"
        );
        assert!(matches!(error.into(), ModelError::BadRequest(_)));
    }
}
