//! Running it: another configuration by SIGHUP, what is known over a restart, and that no key is ever
//! told.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use testkit::upstream::Behaviour;

use crate::program::{Place, Server};
use crate::upstream::Fake;

fn chat(server: &Server) -> Value {
    let body = json!({ "message": "Say hello.", "save_tasks": false });
    server.post("/api/v1/chat", &body, 200)
}

fn groq(fake: &Fake, key: &str) -> String {
    format!(
        "[[provider]]\nkind = \"groq\"\nname = \"team\"\nbase_url = \"{}\"\napi_key = \"{key}\"\n",
        fake.url("")
    )
}

fn write(place: &Place, name: &str, text: &str) {
    std::fs::write(place.path().join(name), text).unwrap();
}

fn reload(server: &mut Server, wanted: &str) -> String {
    server.signal("HUP");
    server.wait_for(wanted)
}

/// P-20: keys can be changed without a restart.
#[test]
fn p_20_sighup_takes_providers_keys_limits_and_prices_from_the_file() {
    let fake = Fake::start();
    let place = Place::new();
    write(&place, "intelliassist.toml", &groq(&fake, "canary-old"));
    let mut server = place.serve();
    assert_eq!(chat(&server)["status"], "success");
    assert_eq!(fake.last().unwrap().key().as_deref(), Some("canary-old"));
    assert_eq!(server.get("/api/v1/status")["last_reload"], Value::Null);

    let price = "[gateway.prices.\"llama-3.1-8b-instant\"]\ninput = 1.0\noutput = 2.0\n";
    let text = format!(
        "api_keys = [\"canary-door\"]\n[cache]\nttl_seconds = 60\n{price}{}",
        groq(&fake, "canary-new")
    );
    write(&place, "intelliassist.toml", &text);
    write(
        &place,
        ".env",
        "RATE_LIMIT_PER_MINUTE=3\nOPENAI_API_KEY=canary-openai\n",
    );
    let line = reload(&mut server, "the configuration was taken");
    assert!(line.contains("openai"), "{line}");
    // The key at the door is in force, and so is the limit.
    assert_eq!(server.ask("GET", "/api/v1/status", "").0, 401);
    let status = with_key(&server, "/api/v1/status");
    assert_eq!(status["last_reload"]["taken"], true, "{status}");
    assert_eq!(
        status["last_reload"]["needs_restart"],
        json!(["cache.ttl_seconds"])
    );
    let listed = with_key(&server, "/api/v1/ai/providers");
    assert_eq!(listed["count"], 2, "{listed}");
    assert_eq!(
        listed["providers"][1]["calls"], 1,
        "what was known of it is kept: {listed}"
    );
    with_key(&server, "/ping");
    assert_eq!(server.ask("GET", "/api/v1/status", "").0, 401);
    let mut stream = server.connect();
    let head = "GET /api/v1/tasks HTTP/1.1\r\nhost: x\r\nconnection: close\r\nx-api-key: canary-door\r\n\r\n";
    for wanted in [200, 429] {
        stream.write_all(head.as_bytes()).unwrap();
        assert_eq!(Server::answer(stream).0, wanted);
        stream = server.connect();
    }
}

fn with_key(server: &Server, path: &str) -> Value {
    let mut stream = server.connect();
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nx-api-key: canary-door\r\n\r\n"
    )
    .unwrap();
    let (status, body) = Server::answer(stream);
    assert_eq!(status, 200, "{body}");
    body
}

/// Contract 001-B5: a call that hangs holds up nobody else.
#[test]
fn a_running_request_keeps_its_account_and_the_next_has_the_new_one() {
    let (old, new) = (Fake::start(), Fake::start());
    new.says("I am new here.");
    let place = Place::new();
    write(&place, "intelliassist.toml", &groq(&old, "one"));
    let mut server = place.serve();
    // The answer waits until the test has seen the other configuration taken.
    old.next(Behaviour::HangAfter(1));
    let mut stream = server.connect();
    let body = json!({ "message": "Say hello.", "save_tasks": false }).to_string();
    write!(
        stream,
        "POST /api/v1/chat HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    wait_until(|| old.prompts() == 1);
    write(&place, "intelliassist.toml", &groq(&new, "two"));
    reload(&mut server, "the configuration was taken");
    assert_eq!(old.aborted(), 0, "the running request goes on");
    assert_eq!(chat(&server)["response"], "I am new here.");
    assert_eq!((old.prompts(), new.prompts()), (1, 1));
    drop(stream);
    wait_until(|| old.aborted() == 1);
}

/// D8.34: `HTTP_REQUEST_TIMEOUT_S` is the time of a whole question, and a running server takes it.
#[test]
fn the_time_of_a_question_is_taken_without_a_restart() {
    let fake = Fake::start();
    fake.set(Behaviour::HangBeforeHeaders);
    let place = Place::new();
    let patient = format!("{}timeout_seconds = 3600\n", groq(&fake, "one"));
    write(&place, "intelliassist.toml", &patient);
    let mut server = place.serve();
    let hasty = format!("[gateway]\ntimeout_seconds = 0.2\n{patient}");
    write(&place, "intelliassist.toml", &hasty);
    reload(&mut server, "the configuration was taken");
    // With the time it was started with, nobody would wait for this answer.
    let answer = server.post("/api/ask", &json!({ "query": "Why?" }), 200);
    assert_eq!(answer["meta"]["status"], "error", "{answer}");
}

/// Waits for what another process does; whoever runs the tests ends a wait without end.
fn wait_until(is_so: impl Fn() -> bool) {
    while !is_so() {
        std::thread::yield_now();
    }
}

#[test]
fn a_bad_file_leaves_the_old_configuration_and_says_why() {
    let fake = Fake::start();
    let place = Place::new();
    let good = groq(&fake, "canary-old");
    write(&place, "intelliassist.toml", &good);
    let mut server = place.serve();
    let bad = [
        (format!("{good}[oops"), "is not valid TOML: line 6"),
        (
            format!("{good}api_key = \"canary-cut"),
            "is not valid TOML: line 6",
        ),
        (good.replace("api_key", "api_kye"), "did you mean api_key?"),
        (
            format!("{good}priority = 11\n"),
            "priority must be from 1 to 10",
        ),
        (format!("{good}{good}"), "two accounts are named team"),
        (good.replace("http://", "gopher://"), "team"),
        (
            format!("[gateway]\nbreaker_failure_threshold = 0\n{good}"),
            "gateway",
        ),
        (
            format!("[server]\nauth_mode = \"keys\"\n{good}"),
            "API_KEYS",
        ),
    ];
    for (text, why) in bad {
        write(&place, "intelliassist.toml", &text);
        let line = reload(&mut server, "the configuration was not taken");
        assert!(line.contains(why), "{why:?} is not in {line}");
        assert!(!line.contains("canary"), "{line}");
        let status = server.get("/api/v1/status");
        let last = &status["last_reload"];
        assert_eq!(last["taken"], false);
        assert!(last["error"].as_str().unwrap().contains(why), "{last}");
        assert!(status["warnings"].to_string().contains(why), "{status}");
        assert_eq!(chat(&server)["status"], "success");
        assert_eq!(fake.last().unwrap().key().as_deref(), Some("canary-old"));
    }
    write(&place, "intelliassist.toml", &good);
    reload(&mut server, "the configuration was taken");
    assert_eq!(
        server.get("/api/v1/status")["last_reload"]["error"],
        Value::Null
    );
}

#[test]
fn circuits_and_scores_outlive_the_process_however_it_ends() {
    let fake = Fake::start();
    let place = Place::new()
        .with("GROQ_API_KEY", "one")
        .with("GROQ_API_KEY_2", "two")
        .with("GROQ_BASE_URL", fake.url(""))
        .with("BREAKER_TIMEOUT_SECONDS", "600")
        .with("MAX_RETRIES", "0")
        .with("LOG_LEVEL", "DEBUG");
    let account = |server: &Server, name: &str| server.get(&format!("/api/v1/ai/providers/{name}"));
    let kept = "the state of a circuit was kept";
    fake.set(Behaviour::status(500));
    let mut server = place.serve();
    for _ in 0..5 {
        assert_eq!(chat(&server)["status"], "api_error");
    }
    server.wait_for(kept);
    server.wait_for(kept);
    let before = account(&server, "groq_2");
    server.signal("TERM");
    assert_eq!(server.end(), Some(0));

    fake.set(Behaviour::Answer);
    let asked = fake.prompts();
    let mut server = place.serve();
    let after = account(&server, "groq_2");
    for (page, field) in [
        ("circuit_breaker", "state"),
        ("circuit_breaker", "opened_at"),
        ("provider", "health_score"),
        ("provider", "consecutive_failures"),
        ("provider", "failed_requests"),
    ] {
        assert_eq!(after[page][field], before[page][field], "{after}");
    }
    assert_eq!(after["circuit_breaker"]["state"], "open");
    assert_eq!(after["provider"]["failed_requests"], 5);
    assert_eq!(chat(&server)["status"], "api_error");
    assert_eq!(fake.prompts(), asked, "nothing is sent before its time");
    // What was written when it closed is what a kill leaves.
    server.post(
        "/api/v1/ai/providers/groq_2/circuit/reset",
        &Value::Null,
        200,
    );
    server.wait_for(kept);
    server.signal("KILL");
    assert_eq!(server.end(), None);
    let server = place.serve();
    let state = |name| account(&server, name)["circuit_breaker"]["state"].clone();
    assert_eq!(
        (state("groq_1"), state("groq_2")),
        (json!("open"), json!("closed"))
    );
    assert_eq!(chat(&server)["status"], "success");
}

/// Contract 000-M2: what happens is told in the words that dashboards look for.
#[test]
fn m2_000_suggestions_leave_their_events_in_the_log() {
    let fake = Fake::start();
    let gone = "http://127.0.0.1:1";
    let (server, mut log) = Place::new().serve_with_log();
    let suggest = |server: &Server, query: &str| {
        server
            .ask("GET", &format!("/tasks/1/ai-suggestion{query}"), "")
            .0
    };
    let task = json!({ "title": "Write the report" });
    server.post("/tasks", &task, 200);
    assert_eq!(suggest(&server, "?model=cloud"), 200);
    assert_eq!(suggest(&server, "?model=local"), 503);
    server.signal("TERM");
    log += &server.whole_log();
    for event in [
        "google_api_key_missing",
        "ai_analysis_start",
        "cloud_model_requested",
        "agent_available=false",
        "cloud_agent_unavailable",
        "forced_cloud_llm_failed",
        "local_llm_failed",
    ] {
        assert!(log.contains(event), "{event} is not in {log}");
    }
    let place = Place::new()
        .with("GOOGLE_API_KEY", "g")
        .with("GEMINI_BASE_URL", fake.url(""))
        .with("MAX_RETRIES", "0");
    let balanced = format!(
        "[[provider]]\nkind = \"ollama\"\nname = \"ollama\"\nbase_url = \"{gone}\"\nendpoints = [\"{}\"]\n",
        fake.url("")
    );
    write(&place, "intelliassist.toml", &balanced);
    let (server, mut log) = place.serve_with_log();
    server.post("/tasks", &task, 200);
    assert_eq!(suggest(&server, "?model=local"), 200);
    assert_eq!(suggest(&server, "?model=cloud"), 200);
    fake.set(Behaviour::status(500));
    assert_eq!(suggest(&server, "?model=cloud"), 200);
    server.signal("TERM");
    log += &server.whole_log();
    for event in [
        "google_agent_initialized",
        "load_balancer_failed",
        "ai_analysis_complete",
        "model_type=local",
        "model_type=cloud",
        "agent_available=true",
        "forced_cloud_llm_failed",
    ] {
        assert!(log.contains(event), "{event} is not in {log}");
    }
}

/// Pages on which something of the settings or of the providers is shown.
const PAGES: [&str; 17] = [
    "/",
    "/health",
    "/metrics",
    "/openapi.json",
    "/cache/metrics",
    "/healthz/cache",
    "/monitoring/health",
    "/monitoring/dashboard",
    "/monitoring/metrics",
    "/monitoring/rate-limits",
    "/api/v1/status",
    "/api/v1/ai/health",
    "/api/v1/ai/providers",
    "/api/v1/ai/metrics",
    "/api/v1/ai/quota",
    "/api/v1/jobs",
    "/api/v1/database/health",
];

/// Every way in which a provider can refuse or fail repeats the key it was given; nobody else does.
#[test]
fn no_key_is_ever_told() {
    let fake = Fake::start();
    let keys = [
        "canary-groq",
        "canary-face",
        "canary-openai",
        "canary-google",
        "canary-claude",
    ];
    let place = Place::new()
        .with("GROQ_API_KEY", keys[0])
        .with("HF_API_KEY", keys[1])
        .with("OPENAI_API_KEY", keys[2])
        .with("GOOGLE_API_KEY", keys[3])
        .with("ANTHROPIC_API_KEY", keys[4])
        .with("API_KEYS", "canary-door")
        .with("REDIS_URL", "redis://:canary-redis@127.0.0.1:1/")
        .with("MAX_RETRIES", "0")
        .with("LOG_LEVEL", "TRACE")
        .with("LOG_FORMAT", "JSON")
        .with("GROQ_BASE_URL", fake.url(""))
        .with("HF_BASE_URL", fake.url(""))
        .with("HF_ROUTER_BASE_URL", fake.url(""))
        .with("OPENAI_BASE_URL", fake.url(""))
        .with("GEMINI_BASE_URL", fake.url(""))
        .with("ANTHROPIC_BASE_URL", fake.url(""));
    let (mut server, mut told) = place.serve_with_log();
    told += &every_failure(&fake, &server);
    for path in PAGES {
        told += &with_door(&server, "GET", path, "");
    }
    told += &with_door(&server, "POST", "/api/v1/monitoring/export", "");
    server.signal("HUP");
    told += &server.log_to("the configuration was taken");
    server.signal("TERM");
    told += &server.whole_log();
    assert_eq!(server.end(), Some(0));
    for command in [
        &["config", "check"][..],
        &["providers", "list"],
        &["doctor"],
    ] {
        let run = place.run(command);
        told += &run.stdout;
        told += &run.stderr;
    }
    for file in files(&place.path().join("data")) {
        told += &String::from_utf8_lossy(&std::fs::read(file).unwrap());
    }
    assert!(told.contains("model call"), "the log was not read");
    let canaries = keys.iter().chain(&["canary-door", "canary-redis"]);
    for key in canaries {
        let at = told.find(key);
        let around = at.map(|at| told.get(at.saturating_sub(200)..at + 80).unwrap_or(key));
        assert_eq!(around, None, "{key} was told");
    }
}

/// What answers say while every provider fails in every way.
fn every_failure(fake: &Fake, server: &Server) -> String {
    let mut told = String::new();
    for behaviour in [
        Behaviour::Answer,
        Behaviour::status(500),
        Behaviour::status(401),
        Behaviour::status(400),
        Behaviour::Malformed,
        Behaviour::Reset,
    ] {
        fake.set(behaviour);
        for (path, body) in [
            ("/api/v1/chat", json!({ "message": "Say hello." })),
            ("/api/ask", json!({ "query": "Why?" })),
            (
                "/api/v1/extract",
                json!({ "text": "Buy milk.", "model": "always" }),
            ),
            (
                "/api/v1/questions/generate",
                json!({ "role": "Cook", "difficulty": "Easy", "question_count": 1 }),
            ),
        ] {
            told += &with_door(server, "POST", path, &body.to_string());
        }
        // Refused keys rest; the next fault is for all of them again.
        for account in [
            "groq_1",
            "huggingface_1",
            "openai",
            "gemini",
            "gemma",
            "anthropic",
        ] {
            let path = format!("/api/v1/ai/providers/{account}/circuit/reset");
            told += &with_door(server, "POST", &path, "");
        }
    }
    told
}

/// The whole answer as text.
fn with_door(server: &Server, method: &str, path: &str, body: &str) -> String {
    let mut stream = server.connect();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nx-api-key: canary-door\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    assert!(!text.starts_with("HTTP/1.1 401"), "{path}: {text}");
    text
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}
