//! `serve`: starts, answers, drains, and loses nothing.

use std::io::Write;
use std::net::TcpListener;

use serde_json::{Value, json};

use crate::program::Place;

#[test]
fn it_starts_on_a_free_port_answers_and_ends_with_sigterm() {
    let place = Place::new();
    let server = place.serve();
    let (status, health) = server.ask("GET", "/health", "");
    assert_eq!((status, health["status"].as_str()), (200, Some("healthy")));
    server.signal("TERM");
    assert_eq!(server.end(), Some(0));
    let log = std::fs::read_to_string(place.path().join("data/logs/intelliassist.log")).unwrap();
    assert!(
        log.contains("request completed") && log.contains("request_id="),
        "{log}"
    );
    assert!(log.contains("listening on"), "{log}");
}

#[test]
fn a_running_request_is_finished_after_sigterm() {
    let place = Place::new();
    let mut server = place.serve();
    let mut stream = server.connect();
    let body = json!({"summary": "Order chairs"}).to_string();
    let (first, rest) = body.split_at(5);
    // The head says more than has come, so the request is under way.
    write!(
        stream,
        "POST /api/v1/tasks HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{first}",
        body.len()
    )
    .unwrap();
    server.wait_for("request started");
    server.signal("TERM");
    server.wait_for("stopping");
    stream.write_all(rest.as_bytes()).unwrap();
    let (status, task) = crate::program::Server::answer(stream);
    assert_eq!((status, task["id"].as_i64()), (200, Some(1)));
    assert_eq!(server.end(), Some(0));
}

#[test]
fn a_second_signal_ends_it_at_once() {
    let place = Place::new();
    let mut server = place.serve();
    let mut stream = server.connect();
    write!(stream, "POST /api/v1/tasks HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{{").unwrap();
    server.wait_for("request started");
    server.signal("INT");
    server.wait_for("stopping");
    server.signal("INT");
    assert_eq!(server.end(), None, "nothing of it was run to an end");
}

#[test]
fn what_was_acknowledged_survives_a_kill() {
    let place = Place::new();
    let server = place.serve();
    for number in 1..=20 {
        let body = json!({"summary": format!("Task {number}")}).to_string();
        let (status, task) = server.ask("POST", "/api/v1/tasks", &body);
        assert_eq!((status, task["id"].as_i64()), (200, Some(number)));
    }
    server.signal("KILL");
    assert_eq!(server.end(), None);
    let server = place.serve();
    let (_, listed) = server.ask("GET", "/api/v1/tasks?limit=100", "");
    assert_eq!(
        listed["tasks"].as_array().map(Vec::len),
        Some(20),
        "{listed}"
    );
}

#[test]
fn a_port_in_use_is_told_with_the_remedy() {
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let place = Place::new().with("API_PORT", &port);
    place
        .run(&["serve"])
        .refused(1, &format!("port {port} on 127.0.0.1 is in use"));
    assert!(
        !place.path().join("data/intelliassist.db").exists(),
        "nothing was begun"
    );
}

#[test]
fn c_5_5_json_lines_have_their_fields() {
    let place = Place::new()
        .with("LOG_FORMAT", "JSON")
        .with("APP_NAME", "Mine");
    let mut server = place.serve();
    server.ask("GET", "/ping", "");
    let line: Value = serde_json::from_str(&server.wait_for("request completed")).unwrap();
    for (key, value) in [
        ("level", "INFO"),
        ("service", "Mine"),
        ("environment", "development"),
        ("path", "/ping"),
    ] {
        assert_eq!(line[key], value, "{line}");
    }
    assert!(
        line["timestamp"].is_string() && line["logger"].is_string(),
        "{line}"
    );
    assert!(
        line["request_id"].is_string() && line["status_code"] == 200,
        "{line}"
    );
}

#[test]
fn c_004_b4_warnings_only_still_say_where_it_listens() {
    let server = Place::new().with("LOG_LEVEL", "WARNING").serve();
    assert_eq!(server.ask("GET", "/ping", "").0, 200);
}

#[test]
fn a_log_directory_that_cannot_be_written_is_told_and_survived() {
    let place = Place::new()
        .with("LOG_DIR", "file/logs")
        .with("LOG_FORMAT", "JSON");
    std::fs::write(place.path().join("file"), "").unwrap();
    let (server, before) = place.serve_with_log();
    assert_eq!(server.ask("GET", "/ping", "").0, 200);
    assert!(
        before.contains("set LOG_DIR to a directory that can"),
        "{before}"
    );
}

#[test]
fn the_log_is_turned_over_by_size() {
    let place = Place::new()
        .with("LOG_MAX_SIZE", "2000")
        .with("LOG_BACKUP_COUNT", "2");
    let server = place.serve();
    for _ in 0..40 {
        server.ask("GET", "/ping", "");
    }
    server.signal("TERM");
    server.end();
    let logs = place.path().join("data/logs");
    let mut names: Vec<String> = std::fs::read_dir(&logs)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(
        names,
        [
            "intelliassist.log",
            "intelliassist.log.1",
            "intelliassist.log.2"
        ]
    );
    let size = std::fs::metadata(logs.join("intelliassist.log.1"))
        .unwrap()
        .len();
    assert!((2000..4000).contains(&size), "{size}");
}

#[test]
fn keys_open_the_door() {
    let server = Place::new().with("API_KEYS", "one,two").serve();
    assert_eq!(server.ask("GET", "/api/v1/tasks", "").0, 401);
    assert_eq!(server.ask("GET", "/health", "").0, 200);
}

/// Whether the machine has the model that tests answer with; says so where it has not.
#[expect(
    clippy::disallowed_methods,
    reason = "how the runner of the tests speaks to them"
)]
fn test_models() -> Option<String> {
    let directory = std::env::var("TEST_MODELS_DIR").ok();
    let there = directory.filter(|dir| {
        std::path::Path::new(dir)
            .join("text-135m/model.gguf")
            .is_file()
    });
    if there.is_none() {
        println!("skipped: TEST_MODELS_DIR has no text-135m (make test fetches it)");
    }
    there
}

#[test]
fn the_local_model_answers_a_chat_through_the_whole_binary() {
    let Some(models) = test_models() else { return };
    let place = Place::new()
        .with("LOCAL_MODELS", "only")
        .with("MODELS_DIR", models)
        .with("LOCAL_TEXT_MODEL", "text-135m")
        .with("LOCAL_THREADS", "1");
    let server = place.serve();
    let body = json!({ "message": "Say hello to Anna in three words." }).to_string();
    let (status, reply) = server.ask("POST", "/api/v1/chat", &body);
    assert_eq!(
        (status, reply["status"].as_str()),
        (200, Some("success")),
        "{reply}"
    );
    assert_eq!(reply["model"], "text-135m");
    assert!(
        reply["tokens_used"]
            .as_u64()
            .is_some_and(|tokens| tokens > 10)
    );
    let (_, providers) = server.ask("GET", "/api/v1/ai/providers/local", "");
    assert_eq!(
        providers["provider"]["successful_requests"], 1,
        "{providers}"
    );
    server.signal("TERM");
    assert_eq!(server.end(), Some(0));
}

#[test]
fn a_local_model_without_a_name_is_whichever_is_there() {
    let Some(models) = test_models() else { return };
    // Only the small model lies in this directory, so that it is the best there is.
    let place = Place::new()
        .with("LOCAL_MODELS", "only")
        .with("LOCAL_THREADS", "1");
    let place = {
        let own = place.path().join("models/text-135m");
        std::fs::create_dir_all(&own).unwrap();
        let whole = std::path::Path::new(&models).join("text-135m/model.gguf");
        std::os::unix::fs::symlink(whole, own.join("model.gguf")).unwrap();
        let own = place.path().join("models").display().to_string();
        place.with("MODELS_DIR", own)
    };
    let server = place.serve();
    let body = json!({ "message": "Say hello." }).to_string();
    let (_, reply) = server.ask("POST", "/api/v1/chat", &body);
    assert_eq!(reply["status"], "success", "{reply}");
    assert_eq!(reply["model"], "text-135m");
}
