//! Tool calls, however their pieces arrive.

use futures_util::{StreamExt, stream};
use llm::chat::collect;
use llm::{ChatAnswer, ChatEvent, Finish, ModelError, ToolCall};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::Decoder;
use crate::http::Decode;
use crate::sse::Frame;

fn frame(value: &Value) -> Frame {
    Frame::whole(value.to_string().as_bytes())
}

fn put_together(frames: &[Value], whole: bool) -> Result<ChatAnswer, ModelError> {
    let mut decoder = Decoder::new("m", whole);
    let mut events = Vec::new();
    for value in frames {
        decoder.frame(&frame(value), &mut events)?;
    }
    events.extend(decoder.finish().map(ChatEvent::Finish));
    let events = stream::iter(events.into_iter().map(Ok)).boxed();
    futures_util::FutureExt::now_or_never(collect(events)).unwrap()
}

fn piece(call: &Value) -> Value {
    json!({"choices": [{"delta": {"tool_calls": [call]}}]})
}

fn end() -> Value {
    json!({"choices": [{"delta": {}, "finish_reason": "tool_calls"}]})
}

fn calls(pieces: &[Value]) -> Vec<(String, String, String)> {
    let mut frames: Vec<Value> = pieces.iter().map(piece).collect();
    frames.push(end());
    let answer = put_together(&frames, false).unwrap();
    assert_eq!(answer.finish, Finish::ToolCalls);
    let whole = |call: ToolCall| (call.id, call.name, call.arguments);
    answer.tool_calls.into_iter().map(whole).collect()
}

fn call(id: &str, name: &str, arguments: &str) -> (String, String, String) {
    (id.to_owned(), name.to_owned(), arguments.to_owned())
}

#[test]
fn pieces_of_parallel_calls_may_alternate() {
    let made = calls(&[
        json!({"index": 0, "id": "a", "function": {"name": "add", "arguments": ""}}),
        json!({"index": 1, "id": "b", "function": {"name": "list", "arguments": "{"}}),
        json!({"index": 0, "function": {"arguments": "{\"x\":"}}),
        json!({"index": 1, "function": {"arguments": "}"}}),
        json!({"index": 0, "function": {"arguments": "1}"}}),
    ]);
    assert_eq!(
        made,
        [call("a", "add", "{\"x\":1}"), call("b", "list", "{}")]
    );
}

#[test]
fn an_index_may_be_missing_or_the_same_for_all() {
    let whole = |index: &Value| {
        vec![
            json!({"index": index, "id": "a", "function": {"name": "add", "arguments": "{}"}}),
            json!({"index": index, "id": "b", "function": {"name": "list", "arguments": "{}"}}),
        ]
    };
    let expected = [call("a", "add", "{}"), call("b", "list", "{}")];
    assert_eq!(calls(&whole(&Value::Null)), expected);
    assert_eq!(calls(&whole(&json!(0))), expected);
}

#[test]
fn without_index_and_id_a_name_begins_a_call() {
    let made = calls(&[
        json!({"function": {"name": "add", "arguments": "{"}}),
        json!({"function": {"arguments": "}"}}),
        json!({"function": {"name": "add", "arguments": {"x": 2}}}),
    ]);
    assert_eq!(
        made,
        [
            call("call_0", "add", "{}"),
            call("call_1", "add", "{\"x\":2}")
        ]
    );
}

#[test]
fn a_name_and_id_repeated_in_every_piece_count_once() {
    let made = calls(&[
        json!({"index": 0, "id": "a", "function": {"name": "add", "arguments": "{"}}),
        json!({"index": 0, "id": "a", "function": {"name": "add", "arguments": "}"}}),
    ]);
    assert_eq!(made, [call("a", "add", "{}")]);
}

#[test]
fn a_stop_after_a_call_is_a_call() {
    let frames = [
        piece(&json!({"index": 0, "id": "a", "function": {"name": "add"}})),
        json!({"choices": [{"delta": {}, "finish_reason": "stop"}]}),
    ];
    assert_eq!(
        put_together(&frames, false).unwrap().finish,
        Finish::ToolCalls
    );
}

#[test]
fn reasons_to_end() {
    for (reason, finish) in [
        ("stop", Finish::Stop),
        ("eos_token", Finish::Stop),
        ("length", Finish::Length),
        ("content_filter", Finish::ContentFilter),
        (
            "insufficient_system_resource",
            Finish::Other("insufficient_system_resource".to_owned()),
        ),
    ] {
        let whole = json!({"choices": [{"message": {"content": "x"}, "finish_reason": reason}]});
        assert_eq!(put_together(&[whole], true).unwrap().finish, finish);
    }
}

#[test]
fn an_answer_without_choice_is_none() {
    for odd in [json!({}), json!({"choices": []}), json!({"choices": null})] {
        assert!(matches!(
            put_together(&[odd], true),
            Err(ModelError::Malformed(_))
        ));
    }
}

/// A streamed answer cut into any pieces.
#[derive(Debug, Clone)]
struct Cut {
    text: Vec<String>,
    thoughts: Vec<String>,
    /// Name and pieces of the arguments of each call.
    calls: Vec<(String, Vec<String>)>,
    /// In which order the next piece of which call comes.
    order: Vec<prop::sample::Index>,
    indexed: bool,
}

fn cut() -> impl Strategy<Value = Cut> {
    let words = || prop::collection::vec("[a-zäß😀 ]{0,6}", 0..4);
    let calls = prop::collection::vec(
        ("[a-z]{1,5}", prop::collection::vec("[a-z0-9]{1,4}", 1..4)),
        0..4,
    );
    let order = prop::collection::vec(any::<prop::sample::Index>(), 16);
    (words(), words(), calls, order, any::<bool>()).prop_map(
        |(text, thoughts, calls, order, indexed)| Cut {
            text,
            thoughts,
            calls,
            order,
            indexed,
        },
    )
}

impl Cut {
    fn whole(&self) -> Value {
        let calls: Vec<Value> = self
            .calls
            .iter()
            .enumerate()
            .map(|(i, (name, pieces))| {
                json!({"id": format!("id{i}"), "type": "function",
                    "function": {"name": name, "arguments": pieces.concat()}})
            })
            .collect();
        json!({"model": "m", "choices": [{"finish_reason": "stop", "message": {
            "content": self.text.concat(), "reasoning_content": self.thoughts.concat(),
            "tool_calls": calls}}]})
    }

    fn frames(&self) -> Vec<Value> {
        let delta = |delta: Value| json!({"model": "m", "choices": [{"delta": delta}]});
        let mut frames: Vec<Value> = Vec::new();
        frames.extend(
            self.thoughts
                .iter()
                .map(|t| delta(json!({"reasoning_content": t}))),
        );
        frames.extend(self.text.iter().map(|t| delta(json!({"content": t}))));
        let mut waiting: Vec<(usize, usize)> = (0..self.calls.len()).map(|i| (i, 0)).collect();
        let mut turns = self.order.iter();
        while !waiting.is_empty() {
            // Without an index, pieces of different calls cannot alternate.
            let turn = match turns.next() {
                Some(turn) if self.indexed => turn.index(waiting.len()),
                _ => 0,
            };
            let (i, next) = waiting[turn];
            let (name, pieces) = &self.calls[i];
            let mut call = json!({"function": {"arguments": pieces[next]}});
            if next == 0 {
                call["id"] = json!(format!("id{i}"));
                call["function"]["name"] = json!(name);
            }
            if self.indexed {
                call["index"] = json!(i);
            }
            frames.push(piece(&call));
            waiting[turn].1 += 1;
            if waiting[turn].1 == pieces.len() {
                waiting.remove(turn);
            }
        }
        frames.push(json!({"choices": [{"delta": {}, "finish_reason": "stop"}]}));
        frames
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

    /// The streamed answer put together is the whole answer.
    #[test]
    fn a_stream_put_together_is_the_whole_answer(cut in cut()) {
        let mut whole = put_together(&[cut.whole()], true).unwrap();
        let mut streamed = put_together(&cut.frames(), false).unwrap();
        // Calls are numbered in the order they begin, which is chance here.
        whole.tool_calls.sort_by(|a, b| a.id.cmp(&b.id));
        streamed.tool_calls.sort_by(|a, b| a.id.cmp(&b.id));
        if streamed.model.is_empty() {
            streamed.model = "m".to_owned();
        }
        prop_assert_eq!(streamed, whole);
    }
}
