//! The configurations of `deploy/examples/`, each through the whole binary against an upstream that
//! fails on command.

use serde_json::{Value, json};
use testkit::upstream::Behaviour;

use crate::program::{Place, Server};
use crate::upstream::Fake;

const GROQ: [&str; 3] = ["canary-groq-1", "canary-groq-2", "canary-groq-3"];
const FACES: [&str; 2] = ["canary-face-1", "canary-face-2"];

fn five_keys(fake: &Fake) -> Place {
    Place::new()
        .with_example("five-keys.toml")
        .with("GROQ_API_KEY", GROQ[0])
        .with("GROQ_API_KEY_2", GROQ[1])
        .with("GROQ_API_KEY_3", GROQ[2])
        .with("HUGGINGFACE_API_KEY", FACES[0])
        .with("HUGGINGFACE_API_KEY_2", FACES[1])
        .with("GROQ_BASE_URL", fake.url(""))
        .with("HF_ROUTER_BASE_URL", fake.url(""))
        .with("HF_BASE_URL", fake.url(""))
}

fn chat(server: &Server) -> Value {
    let body = json!({ "message": "Say hello.", "save_tasks": false });
    let reply = server.post("/api/v1/chat", &body, 200);
    assert_eq!(reply["status"], "success", "{reply}");
    reply
}

fn key_of_last(fake: &Fake) -> String {
    fake.last().unwrap().key().unwrap()
}

/// Contract 003: C1, C2, A5; P-21.
#[test]
fn c1_003_five_keys_are_five_accounts_that_stand_in_for_one_another() {
    let fake = Fake::start();
    let place = five_keys(&fake);
    let listed = place.run(&["providers", "list", "--json"]).json();
    let accounts: Vec<&str> = listed
        .as_array()
        .unwrap()
        .iter()
        .map(|account| account["provider"]["provider_name"].as_str().unwrap())
        .collect();
    let five = [
        "groq_1",
        "groq_2",
        "groq_3",
        "huggingface_1",
        "huggingface_2",
    ];
    assert_eq!(accounts, five);
    assert_eq!(listed[1]["quota"]["quota_limit"], 14_400);
    assert_eq!(listed[4]["quota"]["quota_limit"], 30_000);

    let server = place.serve();
    assert_eq!(chat(&server)["model"], "llama-3.1-8b-instant");
    let used = key_of_last(&fake);
    assert!(GROQ.contains(&used.as_str()), "{used}");
    // Two of three are down: the third answers, whichever is asked first.
    fake.set_for_key(GROQ[0], Behaviour::status(500));
    fake.set_for_key(GROQ[1], Behaviour::status_with(429, "retry-after", "30"));
    for _ in 0..6 {
        chat(&server);
        assert_eq!(key_of_last(&fake), GROQ[2]);
    }
    // All three are down: Hugging Face answers.
    fake.set_for_key(GROQ[2], Behaviour::Reset);
    let reply = chat(&server);
    assert_eq!(reply["model"], "mistralai/Mistral-7B-Instruct-v0.2");
    assert_eq!(key_of_last(&fake), FACES[0]);
    let quotas = server.get("/api/v1/ai/quota");
    let quota = &quotas["providers"][3];
    assert!(quota["character_count"].as_u64().unwrap() > 0, "{quota}");
    let one = server.get("/api/v1/ai/providers/groq_1");
    assert_eq!(one["last_error"], "unavailable", "{one}");
}

/// Contract 003-E1 with the five keys: questions go to Groq's model for them, and from there to
/// Hugging Face.
#[test]
fn e1_003_questions_are_written_by_whichever_key_answers() {
    let fake = Fake::start();
    for key in GROQ {
        fake.set_for_key(key, Behaviour::status(503));
    }
    let questions: Vec<Value> = (1..=2)
        .map(|number| {
            json!({
                "question_text": format!("What would you do about case number {number}?"),
                "category": "Technical", "difficulty": "Medium",
                "expected_answer_points": ["one", "two", "three"], "time_limit_seconds": 240,
            })
        })
        .collect();
    fake.says(&Value::Array(questions).to_string());
    let server = five_keys(&fake).with("MAX_RETRIES", "0").serve();
    let wish = json!({ "role": "Engineer", "difficulty": "Medium", "question_count": 2 });
    let given = server.post("/api/v1/questions/generate", &wish, 200);
    assert_eq!(
        (&given["count"], &given["cache_hit"]),
        (&json!(2), &json!(false))
    );
    let asked: Vec<String> = fake.received().iter().map(|r| r.key().unwrap()).collect();
    assert_eq!(asked, [GROQ[0], GROQ[1], GROQ[2], FACES[0]]);
    assert_eq!(fake.received()[0].json()["model"], "openai/gpt-oss-120b");
    let again = server.post("/api/v1/questions/generate", &wish, 200);
    assert_eq!(again["cache_hit"], true);
    assert_eq!(fake.received().len(), 4);
}

fn two_ollamas(one: &Fake, two: &Fake) -> Place {
    let endpoints = format!("{},{}", one.url(""), two.url(""));
    Place::new()
        .with_example("two-ollamas.toml")
        .with("OLLAMA_ENDPOINTS", endpoints)
}

fn suggest(server: &Server, model: &str) -> (u16, Value) {
    server.ask("GET", &format!("/tasks/1/ai-suggestion?model={model}"), "")
}

/// Contract 000: A3, A4, B5; P-02.
#[test]
fn b5_000_an_instance_is_asked_only_for_models_it_has() {
    let (one, two) = (Fake::start(), Fake::start());
    two.has_models(&["tinyllama"]);
    one.says("Begin with the figures.");
    let server = two_ollamas(&one, &two).serve();
    let task = json!({ "title": "Write the quarterly report", "priority": "high" });
    server.post("/tasks", &task, 200);
    for _ in 0..4 {
        let (status, given) = suggest(&server, "local");
        assert_eq!(
            (status, given),
            (200, json!({ "suggestion": "Begin with the figures." }))
        );
    }
    assert_eq!(two.prompts(), 0);
    // The only one that has the model fails: forced, that is told; else a canned tip helps.
    one.set(Behaviour::status(500));
    let (status, refused) = suggest(&server, "local");
    assert_eq!(
        (status, &refused["detail"]),
        (503, &json!("Local LLM unavailable"))
    );
    assert_eq!(suggest(&server, "mock").0, 200);
}

/// Contract 000-B4: the addresses are those of the setting.
#[test]
fn a4_000_two_instances_with_the_model_take_turns_and_stand_in_for_one_another() {
    let (one, two) = (Fake::start(), Fake::start());
    // No background job counts here: it may or may not have come first.
    let server = two_ollamas(&one, &two).serve();
    server.post("/tasks", &json!({ "title": "Write the report" }), 200);
    for _ in 0..6 {
        assert_eq!(suggest(&server, "local").0, 200);
    }
    let (before_one, before_two) = (one.prompts(), two.prompts());
    assert!(
        before_one >= 3 && before_two >= 3,
        "{before_one} and {before_two}"
    );
    one.set(Behaviour::Reset);
    for _ in 0..4 {
        assert_eq!(suggest(&server, "local").0, 200);
    }
    assert!(two.prompts() >= before_two + 4);
}

/// Contract 001: E3, E4, A1…A3.
#[test]
fn e4_001_a_question_is_restated_answered_and_kept() {
    let fake = Fake::start();
    let place = Place::new()
        .with_example("ask.toml")
        .with("GEMMA_API_KEY", "canary-gemma")
        .with("OPENAI_API_KEY", "canary-openai")
        .with("GEMINI_BASE_URL", fake.url(""))
        .with("OPENAI_BASE_URL", fake.url(""))
        .with("MAX_RETRIES", "0");
    fake.says("Sunlight is scattered by the air.");
    let server = place.serve();
    let ask = |query: &str, status| server.post("/api/ask", &json!({ "query": query }), status);
    let first = ask("What makes the sky blue?", 200);
    assert_eq!(first["answer"], "Sunlight is scattered by the air.");
    let meta = &first["meta"];
    assert_eq!(meta["model"], "gemma-3-1b-it + gpt-4o-mini");
    assert_eq!(
        (&meta["cached"], &meta["status"]),
        (&json!(false), &json!("ok"))
    );
    assert_eq!(
        meta["orchestrator_prompt"],
        "Sunlight is scattered by the air."
    );
    assert_eq!(fake.prompts(), 2);
    let again = ask("What makes the sky blue?", 200);
    assert_eq!(
        (&again["meta"]["cached"], &again["meta"]["model"]),
        (&json!(true), &json!("cached"))
    );
    assert_eq!(fake.prompts(), 2);
    let cache = server.get("/healthz/cache");
    assert_eq!(
        (&cache["size"], &cache["hits"], &cache["misses"]),
        (&json!(1), &json!(1), &json!(1))
    );
    assert_eq!(
        (&cache["max_size"], &cache["ttl"]),
        (&json!(1000), &json!(600.0))
    );
    // Without the one that restates, the question goes on as it stands; without the other, words of
    // regret that are not kept.
    fake.set_for_key("canary-gemma", Behaviour::status(500));
    let fallback = ask("And at night?", 200);
    assert_eq!(fallback["meta"]["status"], "fallback");
    assert_eq!(fallback["meta"]["orchestrator_prompt"], "And at night?");
    fake.set_for_key("canary-openai", Behaviour::status(500));
    let regret = ask("Why?", 200);
    assert_eq!(regret["meta"]["status"], "error");
    assert_eq!(server.get("/healthz/cache")["size"], 2);
    ask("", 422);
    ask(&"x".repeat(1001), 422);
}

/// Contract 004: E10, A1…A3.
#[test]
fn e10_004_one_ollama_answers_conversations_and_is_needed_to_start() {
    let fake = Fake::start();
    let place = || {
        Place::new()
            .with_example("ollama.toml")
            .with("OLLAMA_STARTUP_CHECK_ENABLED", "true")
    };
    fake.has_models(&["phi3:mini"]);
    let without = place().with("OLLAMA_BASE_URL", fake.url(""));
    without
        .run(&["serve", "--port", "0"])
        .refused(1, "ollama pull llama3.2:3b");
    let nobody = place().with("OLLAMA_BASE_URL", "http://127.0.0.1:1");
    nobody
        .run(&["serve", "--port", "0"])
        .refused(1, "http://127.0.0.1:1");

    fake.has_models(&["llama3.2:3b"]);
    let server = place().with("OLLAMA_BASE_URL", fake.url("")).serve();
    let user = server.post("/users", &json!({ "email": "anna@example.com" }), 201);
    let version = json!({ "provider": "Ollama", "model_name": "llama3.2:3b", "version_tag": "v1" });
    let version = server.post("/model-versions", &version, 201);
    let new = |response: Option<&str>| {
        json!({
            "user_id": user["id"], "model_version_id": version["id"], "prompt": "What next?",
            "response": response, "temperature": 0.0, "max_tokens": 16,
        })
    };
    let made = server.post("/conversations", &new(None), 201);
    assert_eq!(made["response"], "Buy milk tomorrow.");
    assert_eq!(fake.last().unwrap().json()["options"]["num_predict"], 16);
    assert!(
        made["total_tokens"].is_u64() && made["latency_ms"].is_u64(),
        "{made}"
    );
    let before = fake.prompts();
    server.post("/conversations", &new(Some("Mine.")), 201);
    assert_eq!(fake.prompts(), before);
    fake.set(Behaviour::status(500));
    let refused = server.post("/conversations", &new(None), 503);
    assert_eq!(refused["detail"], "LLM provider unavailable");
}
