//! `extract`, `dates` and `add --dry-run`.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use serde_json::{Value, json};

use crate::program::Place;

const NOTE: &str = "Ben sends the invoice to Mrs Okafor by Friday.\nPlease call Kim tomorrow.\n";

#[test]
fn a_text_on_standard_input_becomes_a_table() {
    let place = Place::new();
    let at = [
        "extract",
        "-",
        "--reference-time",
        "2026-03-09T09:00:00+01:00",
    ];
    let table = place.run_with(&at, NOTE).good();
    assert!(
        table.contains("2026-03-13") && table.contains("Ben"),
        "{table}"
    );
    assert!(
        table.contains("2 tasks, found by rules, not saved"),
        "{table}"
    );
    assert!(!table.contains('\x1b'), "no colours where nobody sees them");
}

#[test]
fn json_and_explain_are_for_programs_and_the_curious() {
    let place = Place::new();
    let at = ["extract", "-", "--json", "--explain", "--rules-only"];
    let found = place.run_with(&at, NOTE).json();
    let task = &found["tasks"][0];
    assert_eq!(
        task["evidence"]["quote"],
        "Ben sends the invoice to Mrs Okafor by Friday."
    );
    assert_eq!(task["reasons"]["due"]["evidence"]["quote"], "by Friday");
    assert_eq!(task["id"], Value::Null);
    assert!(
        !place.path().join("data").exists(),
        "rules alone write nothing"
    );
}

#[test]
fn saved_tasks_are_there_for_the_next_command() {
    let place = Place::new();
    place.run_with(&["extract", "-", "--save"], NOTE).good();
    let tasks = place.run(&["tasks", "list", "--json"]).json();
    assert_eq!(tasks.as_array().unwrap().len(), 2);
}

#[test]
fn a_file_that_is_missing_or_no_text_is_refused() {
    let place = Place::new();
    place
        .run(&["extract", "nothing.md"])
        .refused(1, "cannot read nothing.md");
    std::fs::write(
        place.path().join("x.png"),
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0",
    )
    .unwrap();
    place.run(&["extract", "x.png"]).refused(1, "x.png: ");
    place.run(&["extract"]).refused(2, "FILE");
    let odd = ["extract", "-", "--reference-time", "yesterday"];
    place
        .run_with(&odd, NOTE)
        .refused(1, "is no RFC 3339 moment");
}

#[test]
fn text_in_another_encoding_is_read() {
    let place = Place::new();
    let text: Vec<u8> = "\u{feff}Buy milk by Friday"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    std::fs::write(place.path().join("note.txt"), text).unwrap();
    let found = place
        .run(&["extract", "note.txt", "--json", "--rules-only"])
        .json();
    assert_eq!(found["tasks"].as_array().unwrap().len(), 1);
}

#[test]
fn json_lines_are_answered_in_order_and_a_bad_one_stops_nothing() {
    let place = Place::new();
    let line = |id: Value, text: &str| {
        json!({"id": id, "text": text, "reference_time": "2026-03-09T09:00:00+01:00"}).to_string()
    };
    let input = [
        line(json!("a"), "Please send the report by Friday."),
        "{not json".to_owned(),
        line(json!(2), "The weather was nice yesterday."),
        r#"{"id": 3, "text": "x", "reference_time": "soon"}"#.to_owned(),
        String::new(),
        r#"{"id": 4, "text": "x"}"#.to_owned(),
        json!({"id": 5, "text": "Call Bob at 9:30", "reference_time": "2026-07-01T06:00:00Z", "tz": "Europe/Berlin"}).to_string(),
    ];
    let answers = place
        .run_with(&["extract", "--jsonl", "--rules-only"], &input.join("\n"))
        .lines();
    let ids: Vec<&Value> = answers.iter().map(|answer| &answer["id"]).collect();
    assert_eq!(
        ids,
        [
            &json!("a"),
            &Value::Null,
            &json!(2),
            &json!(3),
            &json!(4),
            &json!(5)
        ]
    );
    let keys: Vec<&String> = answers[0]["tasks"][0].as_object().unwrap().keys().collect();
    let wanted = [
        "summary",
        "due",
        "priority",
        "category",
        "area",
        "assignee",
        "depends_on",
        "evidence",
    ];
    assert_eq!(keys.len(), wanted.len());
    assert!(
        wanted
            .iter()
            .all(|key| keys.iter().any(|there| there == key)),
        "{keys:?}"
    );
    assert_eq!(answers[0]["tasks"][0]["due"], "2026-03-13");
    assert_eq!(answers[2]["tasks"], json!([]));
    for (index, words) in [(1, "line 1"), (3, "reference_time: "), (4, "missing field")] {
        let error = answers[index]["error"].as_str().unwrap();
        assert!(error.contains(words), "{error}");
    }
    assert_eq!(answers[5]["tasks"][0]["due"], "2026-07-01T09:30:00+02:00");
}

#[test]
fn json_lines_are_a_stream() {
    let place = Place::new();
    let mut child = place
        .command(&["extract", "--jsonl", "--rules-only"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut questions = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    for id in 0..3 {
        writeln!(
            questions,
            r#"{{"id":{id},"text":"Buy milk","reference_time":"2026-03-09T09:00:00Z"}}"#
        )
        .unwrap();
        // Each answer comes before the next question.
        let answer: Value = serde_json::from_str(&answers.next().unwrap().unwrap()).unwrap();
        assert_eq!(answer["id"], id);
    }
    drop(questions);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_reader_who_leaves_ends_it_quietly() {
    let place = Place::new();
    let mut child = place
        .command(&["config", "docs"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(output.status.success());
}

#[test]
fn dates_are_answered_at_the_offset_of_the_question() {
    let place = Place::new();
    let input = [
        r#"{"id":1,"text":"tomorrow at 17:00","now":"2026-03-09T23:30:00","off":-18000}"#,
        r#"{"id":2,"text":"the weather is nice","now":"2026-03-09T09:00:00","off":0}"#,
        r#"{"id":3,"text":"x","now":"soon","off":0}"#,
    ];
    let answers = place
        .run_with(&["dates", "--jsonl"], &input.join("\n"))
        .lines();
    assert_eq!(answers[0]["start"], "2026-03-10T17:00:00");
    assert_eq!(answers[0]["span"], json!([0, 17]));
    let none =
        json!({"id": 2, "start": null, "end": null, "grain": null, "span": null, "certain": null});
    assert_eq!(answers[1], none);
    assert!(answers[2]["error"].as_str().unwrap().starts_with("now: "));
}

#[test]
fn deadlines_and_quick_adds_have_their_own_lines() {
    let place = Place::new();
    let deadline = r#"{"id":1,"text":"by end of month","ref":"2026-03-09T09:00:00+01:00"}"#;
    let answers = place
        .run_with(&["dates", "--deadline", "--jsonl"], deadline)
        .lines();
    assert_eq!(answers, [json!({"id": 1, "due": "2026-03-31"})]);
    let line = json!({
        "id": 1,
        "text": "Pay rent every 1st at 9am #finance p1 @alex",
        "ref": "2026-03-09T09:00:00+01:00",
        "tz": "Europe/Berlin",
    });
    let add = ["add", "--dry-run", "--jsonl"];
    let answers = place.run_with(&add, &line.to_string()).lines();
    let wanted = json!({
        "id": 1,
        "title": "Pay rent",
        "due": "2026-04-01T09:00:00+02:00",
        "rrule": "FREQ=MONTHLY;BYMONTHDAY=1",
        "priority": "high",
        "labels": ["finance"],
        "project": null,
        "assignee": "alex",
    });
    assert_eq!(answers, [wanted]);
}
