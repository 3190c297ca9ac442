use proptest::prelude::*;
use serde_json::json;

use super::*;

#[test]
fn reads_what_models_write() {
    let table = [
        (
            r#"{"a": [1, 2.5, -3e2, true, null]}"#,
            json!({"a": [1, 2.5, -300.0, true, null]}),
        ),
        ("```json\n{\"a\": 1}\n```", json!({"a": 1})),
        (
            "Sure! Here you go [1]:\n{\"a\": \"x\"}\nHope it helps {smile}.",
            json!({"a": "x"}),
        ),
        (
            "<think>maybe {\"a\": 2}?</think>{\"a\": 1}",
            json!({"a": 1}),
        ),
        ("[{\"a\": 1,}, {\"b\": 2},]", json!([{"a": 1}, {"b": 2}])),
        (
            "{'it': 'it's fine', 'n': None, 'y': True}",
            json!({"it": "it's fine", "n": null, "y": true}),
        ),
        ("{a: 1 \"b\": 2}", json!({"a": 1, "b": 2})),
        ("{\"a\": 1, // why\n \"b\": 2}", json!({"a": 1, "b": 2})),
        (
            r#"{"a": "q\"\\\n\u00e4\ud83d\ude00"}"#,
            json!({"a": "q\"\\\nä😀"}),
        ),
        ("{\"a\": \"two\nlines\"}", json!({"a": "two\nlines"})),
        ("{\"a\":,\"b\":}", json!({})),
    ];
    for (text, value) in table {
        assert_eq!(parse_lenient(text), Some(value), "{text}");
    }
}

/// What was cut in the middle is dropped, not guessed.
#[test]
fn a_cut_tail_loses_only_what_is_incomplete() {
    let whole = r#"[{"q": "one", "n": 120}, {"q": "two", "n": 240}]"#;
    let table = [
        (
            whole.len() - 1,
            json!([{"q": "one", "n": 120}, {"q": "two", "n": 240}]),
        ),
        (
            whole.len() - 3,
            json!([{"q": "one", "n": 120}, {"q": "two"}]),
        ),
        (whole.len() - 15, json!([{"q": "one", "n": 120}, {}])),
        (whole.len() - 21, json!([{"q": "one", "n": 120}, {}])),
    ];
    for (length, value) in table {
        let cut = &whole[..length];
        assert_eq!(parse_lenient(cut), Some(value.clone()), "{cut}");
        assert_eq!(
            parse_lenient(&format!("```json\n{cut}")),
            Some(value),
            "{cut}"
        );
    }
    assert_eq!(
        parse_lenient("```\n{\"a\": [1, 2\n```"),
        Some(json!({"a": [1, 2]}))
    );
    assert_eq!(parse_lenient("{\"a\": tru"), Some(json!({})));
}

#[test]
fn gives_up_on_what_is_no_json_and_on_what_is_too_deep() {
    for text in [
        "",
        "no json here",
        "{name} and [see below]",
        "<think>{\"a\": 1}",
    ] {
        assert_eq!(parse_lenient(text), None, "{text}");
    }
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(parse_lenient(&nested(64)).is_some());
    for depth in [65, 1_000_000] {
        assert_eq!(parse_lenient(&nested(depth)), None, "{depth}");
    }
    assert_eq!(parse_lenient(&"{".repeat(1_000_000)), None);
    assert_eq!(parse_lenient(&"[\"[".repeat(1_000_000)), None);
    assert_eq!(parse_lenient(&" ".repeat(5 << 20)), None);
}

/// A piece of a broken answer is not the answer.
#[test]
fn what_is_broken_in_the_middle_is_not_read_in_pieces() {
    for text in [
        r#"{"tasks": [{"a": 1}, oops, {"b": 2}]}"#,
        r#"{"tasks": [{"a": 1}}, {"b": 2}]}"#,
        r#"{"a": {"b": 1} = 2, "c": {"d": 3}}"#,
    ] {
        assert_eq!(parse_lenient(text), None, "{text}");
    }
}

fn schema() -> Value {
    json!({
        "type": "object",
        "required": ["title", "tags"],
        "additionalProperties": false,
        "properties": {
            "title": {"type": "string", "minLength": 2, "maxLength": 5},
            "tags": {"type": "array", "minItems": 1, "items": {"enum": ["a", "b"]}},
            "time": {"type": ["integer", "null"], "minimum": 120, "maximum": 600}
        }
    })
}

#[test]
fn checks_the_words_of_a_schema() {
    let table = [
        (json!({"title": "ab", "tags": ["a"], "time": null}), vec![]),
        (json!({"title": "ab", "tags": ["a"], "time": 120}), vec![]),
        (json!([]), vec!["the answer must be of type object"]),
        (
            json!({"title": "ab"}),
            vec!["the answer must have \"tags\""],
        ),
        (
            json!({"title": "äöüß€x", "tags": ["a"]}),
            vec!["the answer.title must have at most 5 characters"],
        ),
        (
            json!({"title": "a", "tags": []}),
            vec![
                "the answer.title must have at least 2 characters",
                "the answer.tags must have at least 1 items",
            ],
        ),
        (
            json!({"title": "ab", "tags": ["c"]}),
            vec!["the answer.tags[0] must be one of a, b"],
        ),
        (
            json!({"title": "ab", "tags": ["a"], "x": 1}),
            vec!["the answer.x is not allowed"],
        ),
        (
            json!({"title": "ab", "tags": ["a"], "time": 1.5}),
            vec!["the answer.time must be of type integer, null"],
        ),
        (
            json!({"title": "ab", "tags": ["a"], "time": 601}),
            vec!["the answer.time must be at most 600"],
        ),
    ];
    for (value, wrong) in table {
        assert_eq!(violations(&value, &schema()), wrong, "{value}");
    }
}

fn request(format: Format) -> ChatRequest {
    ChatRequest {
        messages: vec![Message::system("Be brief."), Message::user("Go.")],
        format,
        ..ChatRequest::default()
    }
}

/// Contract D8.17: a provider without the form gets the schema in words.
#[test]
fn says_in_words_what_a_provider_cannot_enforce() {
    use StructuredOutput::{JsonObject, JsonSchema, Words};
    let format = || Format::JsonSchema {
        name: "t".to_owned(),
        schema: schema(),
    };
    let table = [
        (format(), Words, Format::Text, true),
        (format(), JsonObject, Format::JsonObject, true),
        (format(), JsonSchema, format(), false),
        (Format::JsonObject, Words, Format::Text, true),
        (Format::JsonObject, JsonSchema, Format::JsonObject, false),
        (Format::Text, Words, Format::Text, false),
    ];
    for (asked, support, sent, told) in table {
        let prepared = prepare(&request(asked.clone()), support);
        assert_eq!(prepared.format, sent, "{asked:?} for {support:?}");
        let system = prepared.messages[0].words();
        assert_eq!(system.contains("JSON"), told, "{asked:?} for {support:?}");
        assert!(system.starts_with("Be brief."));
    }
}

#[test]
fn accepts_an_answer_in_its_form_only() {
    let format = Format::JsonSchema {
        name: "t".to_owned(),
        schema: schema(),
    };
    let good = check(&format, "```\n{\"title\": \"ab\", \"tags\": [\"a\"],}\n```");
    assert_eq!(good, Ok(json!({"title": "ab", "tags": ["a"]})));
    assert_eq!(
        check(&format, "I cannot").unwrap_err(),
        ["the answer is not JSON"]
    );
    assert!(check(&Format::JsonObject, "[1]").is_err());
}

fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..6)
                .prop_map(|fields| fields.into_iter().collect()),
        ]
    })
}

/// Whether everything in `read` is in `whole`, at the same place.
fn is_part(read: &Value, whole: &Value) -> bool {
    match (read, whole) {
        (Value::Array(read), Value::Array(whole)) => {
            read.len() <= whole.len() && read.iter().zip(whole).all(|(r, w)| is_part(r, w))
        }
        (Value::Object(read), Value::Object(whole)) => read
            .iter()
            .all(|(key, r)| whole.get(key).is_some_and(|w| is_part(r, w))),
        _ => read == whole,
    }
}

proptest! {
    /// What is JSON already is read as it is, also with words and a fence around it.
    #[test]
    fn proper_json_is_read_as_it_is(value in json_value()) {
        let wrapped = json!({"answer": value});
        for text in [wrapped.to_string(), serde_json::to_string_pretty(&wrapped).unwrap()] {
            prop_assert_eq!(parse_lenient(&text), Some(wrapped.clone()));
            let fenced = format!("Here it is:\n```json\n{text}\n```\nDone.");
            prop_assert_eq!(parse_lenient(&fenced), Some(wrapped.clone()));
        }
    }

    /// Wherever the text was cut, what is read was there, and nothing is made up.
    #[test]
    fn a_cut_answer_is_read_as_far_as_it_goes(
        value in json_value(),
        length in any::<prop::sample::Index>(),
    ) {
        let whole = json!({"answer": value});
        let text = whole.to_string();
        let ends: Vec<usize> = text.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
        let cut = &text[..ends[length.index(ends.len())]];
        let read = parse_lenient(cut).unwrap();
        prop_assert!(is_part(&read, &whole), "{} from {}", read, cut);
    }

    /// No text is too strange.
    #[test]
    fn any_text_is_read_or_refused(text in "[\\[\\]{}\"',:`\\\\a-f0-9.eE+\\-/ \nuä😀]{0,200}") {
        let _read = parse_lenient(&text);
    }
}
