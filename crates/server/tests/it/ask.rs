//! `/api/ask` and the cache behind it.

use domain::message::MessageKind;
use domain::page::Page;
use jiff::SignedDuration;
use llm::mock::{Reply, ScriptedChat};
use llm::{Account, CallStatus, ChatModel, ModelType, Models};
use serde_json::{Value, json};
use std::sync::Arc;
use testkit::{Setup, TestApp, databases};

/// A refiner and an answerer with these words.
struct Pair {
    refiner: Arc<ScriptedChat>,
    answerer: Arc<ScriptedChat>,
}

impl Pair {
    fn new(refiner: Vec<Reply>, answerer: Vec<Reply>) -> Self {
        Self {
            refiner: ScriptedChat::new("refiner-1", refiner),
            answerer: ScriptedChat::new("answerer-1", answerer),
        }
    }

    fn good() -> Self {
        let refined = Reply::text("Why is the sky blue? A short explanation.");
        Self::new(vec![refined], vec![Reply::text("Rayleigh scattering.")])
    }

    fn setup(&self) -> Setup {
        let account = |name: &str, chat: &Arc<ScriptedChat>, model: &str| {
            let mut account = Account::new(name, name, ModelType::Cloud);
            account.models = Models::one(model);
            account.chat = Some(Arc::clone(chat) as Arc<dyn ChatModel>);
            account
        };
        Setup {
            accounts: vec![
                account("gemma", &self.refiner, "refiner-1"),
                account("openai", &self.answerer, "answerer-1"),
            ],
            ..Setup::default()
        }
    }
}

async fn ask(app: &TestApp, query: &str) -> Value {
    let body = json!({ "query": query });
    app.http().post("/api/ask", body).await.expect(200)
}

async fn cache(app: &TestApp) -> Value {
    app.http().get("/healthz/cache").await.expect(200)
}

/// Contract 001-M1, 001-M3, 001-B1; P-05, P-07.
#[tokio::test]
async fn e4_001_a_question_is_restated_answered_and_kept() {
    for database in databases() {
        let pair = Pair::good();
        let app = TestApp::start(&database, pair.setup()).await;
        let first = ask(&app, "What makes the sky blue?").await;
        assert_eq!(first["answer"], "Rayleigh scattering.");
        assert_eq!(first["meta"]["cached"], false);
        assert_eq!(first["meta"]["model"], "refiner-1 + answerer-1");
        assert_eq!(first["meta"]["status"], "ok");
        let prompt = &first["meta"]["orchestrator_prompt"];
        assert_eq!(prompt, "Why is the sky blue? A short explanation.");
        let asked = pair.answerer.requests();
        let words = asked[0].messages[0].words();
        assert!(words.contains(prompt.as_str().unwrap()), "{words}");

        let again = ask(&app, "  What makes the sky blue? ").await;
        assert_eq!(again["answer"], first["answer"]);
        assert_eq!(again["meta"]["cached"], true);
        assert_eq!(again["meta"]["model"], "cached");
        assert!(again["meta"].get("orchestrator_prompt").is_none());
        assert_ne!(again["meta"]["request_id"], first["meta"]["request_id"]);
        assert_eq!((pair.refiner.calls(), pair.answerer.calls()), (1, 1));

        let page = Page::default();
        let kept = app.store.messages(None, page).await.unwrap();
        assert!(kept.iter().all(|one| one.kind == MessageKind::Ask));
        let answers: Vec<&str> = kept.iter().map(|one| one.response.as_str()).collect();
        assert_eq!(answers, ["Rayleigh scattering.", "Rayleigh scattering."]);
    }
}

/// Contract 001-A2.
#[tokio::test]
async fn e3_001_the_cache_tells_what_it_did_and_forgets_after_ten_minutes() {
    let pair = Pair::good();
    let app = TestApp::on_sqlite(pair.setup()).await;
    assert_eq!(cache(&app).await["size"], 0);
    ask(&app, "What makes the sky blue?").await;
    ask(&app, "What makes the sky blue?").await;
    let state = cache(&app).await;
    assert_eq!(
        (&state["size"], &state["max_size"]),
        (&json!(1), &json!(1000))
    );
    assert_eq!((&state["hits"], &state["misses"]), (&json!(1), &json!(1)));
    assert_eq!(
        (&state["hit_rate"], &state["ttl"]),
        (&json!(50.0), &json!(600.0))
    );
    assert_eq!(state["namespaces"]["ask"]["hits"], 1);
    // 003-E5
    let total = app.http().get("/cache/metrics").await.expect(200);
    assert_eq!(
        total,
        json!({ "available": true, "hits": 1, "misses": 1, "total_requests": 2, "hit_rate": 50.0 })
    );
    assert_eq!(app.http().get("/health").await.json()["cache"], "connected");
    app.clock.advance(SignedDuration::from_secs(599));
    assert_eq!(
        ask(&app, "What makes the sky blue?").await["meta"]["cached"],
        true
    );
    app.clock.advance(SignedDuration::from_secs(1));
    assert_eq!(cache(&app).await["size"], 0);
    assert_eq!(
        ask(&app, "What makes the sky blue?").await["meta"]["cached"],
        false
    );
}

#[tokio::test]
async fn cached_answers_stand_in_the_ledger() {
    let pair = Pair::good();
    let app = TestApp::on_sqlite(pair.setup()).await;
    ask(&app, "Why?").await;
    ask(&app, "Why?").await;
    let rows = app.ledger.rows();
    let told: Vec<_> = rows
        .iter()
        .map(|row| (row.purpose.as_str(), row.account.as_str(), row.status))
        .collect();
    assert_eq!(
        told,
        [
            ("ask_refine", "gemma", CallStatus::Success),
            ("ask_answer", "openai", CallStatus::Success),
            ("ask_answer", "openai", CallStatus::Cached),
        ]
    );
}

/// Contract 001-B4, D8.35.
#[tokio::test]
async fn a3_001_a_refiner_that_fails_leaves_the_question_as_it_stands_for_a_minute() {
    let pair = Pair::new(vec![Reply::down()], vec![Reply::text("Scattering.")]);
    let app = TestApp::on_sqlite(pair.setup()).await;
    let first = ask(&app, "What makes the sky blue?").await;
    assert_eq!(first["meta"]["status"], "fallback");
    assert_eq!(first["meta"]["model"], "answerer-1");
    assert_eq!(
        first["meta"]["orchestrator_prompt"],
        "What makes the sky blue?"
    );
    // D8.35
    app.clock.advance(SignedDuration::from_secs(59));
    let again = ask(&app, "What makes the sky blue?").await;
    assert_eq!(
        (&again["meta"]["cached"], &again["meta"]["status"]),
        (&json!(true), &json!("fallback"))
    );
    app.clock.advance(SignedDuration::from_secs(1));
    assert_eq!(
        ask(&app, "What makes the sky blue?").await["meta"]["cached"],
        false
    );
}

/// Contract 001-B3.
#[tokio::test]
async fn a6_001_words_of_regret_are_never_kept() {
    let refined = vec![Reply::text("Why?")];
    let answers = vec![
        Reply::Fail(llm::ModelError::BadRequest("no".to_owned())),
        Reply::text(" "),
        Reply::text("Sure! To answer this question I NEED MORE CONTEXT."),
        Reply::text("Because."),
    ];
    let pair = Pair::new(refined, answers);
    let app = TestApp::on_sqlite(pair.setup()).await;
    let mut regrets = Vec::new();
    for _ in 0..3 {
        let failed = ask(&app, "Why?").await;
        assert_eq!(failed["meta"]["status"], "error");
        assert_eq!(
            (&failed["meta"]["cached"], &failed["meta"]["model"]),
            (&json!(false), &json!("none"))
        );
        regrets.push(failed["answer"].as_str().unwrap().to_owned());
    }
    // 001-A5
    assert!(regrets[2].contains("other words") && !regrets[2].contains("context"));
    assert_eq!(cache(&app).await["size"], 0);
    assert_eq!(ask(&app, "Why?").await["answer"], "Because.");
}

#[tokio::test]
async fn without_any_model_the_answer_says_what_to_do_and_the_question_is_kept() {
    for database in databases() {
        let app = TestApp::plain(&database).await;
        let reply = ask(&app, "Why?").await;
        assert_eq!(reply["meta"]["status"], "error");
        assert!(reply["answer"].as_str().unwrap().contains("OPENAI_API_KEY"));
        let kept = app.store.messages(None, Page::default()).await.unwrap();
        assert_eq!(
            (kept[0].message.as_str(), kept[0].status.as_str()),
            ("Why?", "placeholder")
        );
    }
}

#[tokio::test]
async fn the_same_question_at_the_same_time_is_answered_by_one_call() {
    let slow = Reply::text("Because.").after(std::time::Duration::from_millis(50));
    let pair = Pair::new(vec![Reply::text("Why?")], vec![slow]);
    let app = TestApp::on_sqlite(pair.setup()).await;
    let (one, two) = tokio::join!(ask(&app, "Why?"), ask(&app, "Why?"));
    assert_eq!(
        (&one["answer"], &two["answer"]),
        (&json!("Because."), &json!("Because."))
    );
    assert_eq!((pair.refiner.calls(), pair.answerer.calls()), (1, 1));
    let state = cache(&app).await;
    assert_eq!((&state["hits"], &state["misses"]), (&json!(1), &json!(1)));
}

#[tokio::test]
async fn e4_001_questions_have_1_to_1000_characters() {
    let app = TestApp::on_sqlite(Pair::good().setup()).await;
    let post = async |body: Value| app.http().post("/api/ask", body).await;
    for (body, kind) in [
        (json!({ "query": "" }), "string_too_short"),
        (json!({ "query": " \n" }), "string_too_short"),
        (json!({ "query": "x".repeat(1001) }), "string_too_long"),
        (json!({}), "missing"),
    ] {
        let refused = post(body).await.expect(422);
        assert_eq!(refused["detail"][0]["type"], kind);
        assert_eq!(refused["detail"][0]["loc"], json!(["body", "query"]));
    }
    post(json!({ "query": "ü".repeat(1000) })).await.expect(200);
}

/// Contract 001-A3, 001-A4, D8.18: what the two models are told.
#[tokio::test]
async fn d8_18_the_restated_question_names_the_kind_of_answer() {
    let pair = Pair::good();
    let app = TestApp::on_sqlite(pair.setup()).await;
    ask(&app, "sky blue why").await;
    let [refine] = &pair.refiner.requests()[..] else {
        panic!("one request")
    };
    let told = refine.messages[0].words();
    assert!(
        told.contains("kind of answer") && told.contains("greetings"),
        "{told}"
    );
    assert!(told.ends_with("sky blue why"), "{told}");
    let [answer] = &pair.answerer.requests()[..] else {
        panic!("one request")
    };
    assert_eq!((answer.messages.len(), answer.max_tokens), (1, Some(1024)));
    let told = answer.messages[0].words();
    assert!(
        told.contains("Why is the sky blue? A short explanation."),
        "{told}"
    );
}
